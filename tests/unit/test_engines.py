"""One face for two engines: labels, paths, severities, fallback, disagreement."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import InputError, ShapesError
from kg.validate import ShapesGraph, load_shapes
from kg.validate.engines import Finding, choice, choose_engine, fast, run_pyshacl, run_shacl

EX = "https://a.example/"
HEAD = f"@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <{EX}> .\n"
DATA = f"""_:f1b1 <{EX}p> _:f1b2 .
_:f1b2 <{EX}q> "say _:f1b9 <{EX}p> _:f1b8" .
_:f2b1 <{EX}p> <{EX}x> .
<{EX}y> <{EX}p> _:f1b2 .
""".encode()
BOTH = pytest.mark.parametrize("run", [run_shacl, run_pyshacl])
Run = Callable[[ShapesGraph, bytes], list[Finding]]


@pytest.fixture
def shapes_of(tmp_path: Path) -> Callable[[str], ShapesGraph]:
    def load(body: str) -> ShapesGraph:
        file = tmp_path / "shapes.ttl"
        file.write_text(HEAD + body, "utf-8")
        return load_shapes(file)

    return load


Shapes = Callable[[str], ShapesGraph]
NESTED = """ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:property [ sh:path [ sh:inversePath
    [ sh:zeroOrMorePath ex:p ] ] ; sh:nodeKind sh:IRI ; sh:or ( [ sh:nodeKind sh:IRI ]
    [ sh:nodeKind sh:Literal ] ) ] ."""


@BOTH
def test_blank_nodes_keep_the_labels_of_the_data(shapes_of: Shapes, run: Run) -> None:
    found = {f.value for f in run(shapes_of(NESTED), DATA) if f.component == "NodeKind"}
    assert found == {"_:f1b1", "_:f2b1"}


@BOTH
def test_label_after_many_others_is_still_its_own(shapes_of: Shapes, run: Run) -> None:
    shapes = shapes_of("ex:S a sh:NodeShape ; sh:targetObjectsOf ex:last ; sh:nodeKind sh:IRI .")
    lines = [f"_:f1b{n} <{EX}p> _:f1b{n + 1} .\n" for n in range(1, 200, 2)]
    data = "".join([*lines, f"<{EX}a> <{EX}last> _:f1b77 .\n"]).encode()
    assert [f.focus for f in run(shapes, data)] == ["_:f1b77"]


def test_blank_nodes_within_triple_terms_are_counted(shapes_of: Shapes) -> None:
    shapes = shapes_of("ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:last ; sh:nodeKind sh:IRI .")
    inner = f'<<( _:f1b3 <{EX}q> "say _:f1b9 \\" _:f1b8" )>>'
    data = f"""_:f1b1 <{EX}p> <<( _:f1b2 <{EX}q> {inner} )>> .
_:f1b4 <{EX}last> <{EX}x> .
_:f1b2 <{EX}last> <{EX}x> .
""".encode()
    assert {f.focus for f in run_shacl(shapes, data)} == {"_:f1b2", "_:f1b4"}
    with pytest.raises(ShapesError, match="triple term"):
        run_pyshacl(shapes, data)


@BOTH
def test_blank_node_that_a_query_gives_is_that_of_the_data(shapes_of: Shapes, run: Run) -> None:
    shapes = shapes_of(
        "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:sparql [ sh:select "
        f'"SELECT DISTINCT $this ?value WHERE {{ $this <{EX}p> ?value FILTER isBlank(?value) }}"'
        " ] ."
    )
    found = sorted((f.focus, f.value) for f in run(shapes, DATA))
    assert found == [("_:f1b1", "_:f1b2"), (f"{EX}y", "_:f1b2")]


@BOTH
def test_path_is_text_of_sparql(shapes_of: Shapes, run: Run) -> None:
    paths = {f.path for f in run(shapes_of(NESTED), DATA)}
    assert paths == {f"^(<{EX}p>)*"}


@BOTH
def test_severity_of_the_shapes_own_counts_as_violation(shapes_of: Shapes, run: Run) -> None:
    shapes = shapes_of(
        "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:q ; sh:severity ex:Grave ; "
        "sh:nodeKind sh:IRI ."
    )
    (finding,) = run(shapes, DATA)
    assert (finding.severity, finding.severity_iri) == ("Violation", f"{EX}Grave")


@BOTH
def test_solution_found_twice_is_one_finding(shapes_of: Shapes, run: Run) -> None:
    shapes = shapes_of(
        "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:q ; sh:sparql [ sh:select "
        '"SELECT $this WHERE { $this ?p ?o . ?a ?b ?c }" ] .'
    )
    assert [(f.focus, f.value) for f in run(shapes, DATA)] == [("_:f1b2", "_:f1b2")]


@BOTH
def test_query_of_property_shape_without_value_has_none(shapes_of: Shapes, run: Run) -> None:
    shapes = shapes_of(
        "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:q ; sh:property [ sh:path ex:q ; "
        'sh:sparql [ sh:select "SELECT DISTINCT $this WHERE { $this $PATH ?any }" ] ] .'
    )
    assert [(f.focus, f.value, f.path) for f in run(shapes, DATA)] == [("_:f1b2", None, f"{EX}q")]


@BOTH
def test_message_is_plain_where_the_shapes_have_none(shapes_of: Shapes, run: Run) -> None:
    (finding,) = run(
        shapes_of("ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:q ; sh:nodeKind sh:IRI ."), DATA
    )
    assert finding.message == "the value is of another kind of node (sh:nodeKind sh:IRI)"


@BOTH
def test_literal_of_the_shapes_is_not_rewritten(shapes_of: Shapes, run: Run) -> None:
    shapes = shapes_of(
        "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:n ; sh:property [ sh:path ex:n ; "
        "sh:in ( 01 ) ] ."
    )
    data = f'<{EX}a> <{EX}n> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'.encode()
    assert [f.component for f in run(shapes, data)] == ["In"]


LOOK_AHEAD = (
    "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:q ; "
    'sh:property [ sh:path ex:q ; sh:pattern "a(?=b)" ] .'
)
CLOSED = (
    "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; "
    "sh:property [ sh:path ex:p ; sh:closed true ] ."
)
BACKWARDS = (
    "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; "
    "sh:property [ sh:path [ sh:inversePath ( ex:p ex:q ) ] ; sh:maxCount 0 ] ."
)


@pytest.mark.parametrize(
    ("body", "word", "number"), [(LOOK_AHEAD, "look-ahead", 1), (CLOSED, "sh:closed", 1)]
)
def test_pyshacl_takes_over_and_says_why_once(
    shapes_of: Shapes, body: str, word: str, number: int
) -> None:
    shapes, engine = shapes_of(body), choose_engine("auto")
    data = f'<{EX}a> <{EX}q> "ac" .\n<{EX}b> <{EX}p> <{EX}a> .\n'.encode()
    assert [len(engine.run(shapes, data).findings) for _ in range(2)] == [number, number]
    assert engine.name == "pyshacl"
    (notice,) = engine.notices
    assert word in notice
    assert "pyshacl" in notice
    with pytest.raises(ShapesError, match=word):
        choose_engine("shacl").run(shapes, data)


def test_pyshacl_refuses_what_it_gets_wrong(shapes_of: Shapes) -> None:
    shapes = shapes_of(BACKWARDS)
    data = f"<{EX}a> <{EX}p> <{EX}b> .\n<{EX}b> <{EX}q> <{EX}c> .\n<{EX}c> <{EX}p> <{EX}a> .\n"
    with pytest.raises(ShapesError, match="inverse of a sequence"):
        choose_engine("pyshacl").run(shapes, data.encode())
    (finding,) = choose_engine("auto").run(shapes, data.encode()).findings
    assert finding.path == f"^(<{EX}p>/<{EX}q>)"


def test_what_no_engine_can_use_names_both_reasons(
    shapes_of: Shapes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(shapes: ShapesGraph, data: bytes) -> list[Finding]:
        raise ShapesError("out of sorts")

    monkeypatch.setattr(choice, "run_pyshacl", refuse)
    with pytest.raises(ShapesError, match=r"look-ahead.*out of sorts"):
        choose_engine("auto").run(shapes_of(LOOK_AHEAD), DATA)


def test_panic_of_the_fast_engine_is_an_error_like_others(
    shapes_of: Shapes, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PanicException(BaseException):
        pass

    class Broken:
        def validate_text(self, text: str, **options: str) -> None:
            raise PanicException("index out of bounds")

    monkeypatch.setattr(fast, "_compile", lambda text: Broken())
    with pytest.raises(ShapesError, match="broke down: index out of bounds"):
        choose_engine("shacl").run(shapes_of(NESTED), DATA)
    assert choose_engine("auto").run(shapes_of(NESTED), DATA).findings


def test_interrupt_is_no_panic(shapes_of: Shapes, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(text: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(fast, "_compile", interrupt)
    with pytest.raises(KeyboardInterrupt):
        choose_engine("auto").run(shapes_of(NESTED), DATA)


def test_wheel_that_does_not_load_is_as_good_as_none(
    shapes_of: Shapes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "shacl", None)
    engine = choose_engine("auto")
    assert engine.name == "pyshacl"
    assert "not installed" in engine.notices[0]
    assert engine.run(shapes_of(NESTED), DATA).findings
    for name in ("shacl", "both"):
        with pytest.raises(InputError, match="not installed"):
            choose_engine(name)


def test_both_engines_give_one_list(shapes_of: Shapes) -> None:
    shapes = shapes_of(NESTED)
    outcome = choose_engine("both").run(shapes, DATA)
    assert not outcome.differences
    assert outcome.findings == tuple(run_shacl(shapes, DATA))


def test_difference_names_its_engine(shapes_of: Shapes, monkeypatch: pytest.MonkeyPatch) -> None:
    shapes = shapes_of(NESTED)
    all_of_them = sorted(run_shacl(shapes, DATA), key=str)
    monkeypatch.setattr(choice, "run_shacl", lambda *_: all_of_them[1:])
    monkeypatch.setattr(choice, "run_pyshacl", lambda *_: all_of_them[:-1])
    outcome = choose_engine("both").run(shapes, DATA)
    assert sorted(outcome.findings, key=str) == all_of_them
    assert outcome.differences == (("shacl", all_of_them[-1]), ("pyshacl", all_of_them[0]))


def test_both_is_loud_where_one_cannot(shapes_of: Shapes) -> None:
    with pytest.raises(ShapesError, match="look-ahead"):
        choose_engine("both").run(shapes_of(LOOK_AHEAD), DATA)
