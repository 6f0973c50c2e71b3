"""Mistakes in shapes are found, each at its line, and shapes without mistakes are left alone."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from kg.errors import ShapesError
from kg.resources import resource_dir
from kg.validate import load_shapes
from kg.validate.report import Problem
from kg.validate.shapes.files import read_file
from kg.validate.shapes.lint import find_problems, meta
from kg.validate.shapes.lint.view import View
from tests.unit.shapes_cases import CASES, HEAD, Case

SUITE = Path(__file__).parents[3] / "shared/corpora/w3c/data-shapes-test-suite/tests"
GOOD = "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:nodeKind sh:IRI .\n"


def lint(folder: Path, text: str, name: str = "shapes.ttl") -> tuple[Problem, ...]:
    file = folder / name
    file.write_text(HEAD + text.replace("§1", "").replace("§", ""), "utf-8")
    return find_problems([read_file(str(file), 1)])


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_mistake_is_found_at_its_line_and_nothing_else(tmp_path: Path, case: Case) -> None:
    problems = lint(tmp_path, case.broken)
    told = {(problem.code, problem.severity) for problem in problems}
    assert told == {(case.code, case.severity)}, problems
    lines = (HEAD + case.broken).splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "§" in text)
    place = problems[0].place
    assert place is not None
    assert place.file == str(tmp_path / "shapes.ttl")
    assert place.line == (1 if "§1" in case.broken else line)
    assert any(case.says in problem.message for problem in problems), problems


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_mended_twin_has_no_problem(tmp_path: Path, case: Case) -> None:
    problems = lint(tmp_path, case.mended)
    if case.code != "checks-nothing":  # the twins are short, and some check nothing
        problems = tuple(p for p in problems if p.code != "checks-nothing")
    assert problems == ()


def test_every_code_has_a_case() -> None:
    package = Path(find_problems.__code__.co_filename).parent
    text = "".join(file.read_text("utf-8") for file in package.glob("*.py"))
    codes = set(re.findall(r'(?:violation|warning|say|problem)\(\s*"([a-z-]+)"', text))
    assert len(codes) > 30
    assert codes - {case.code for case in CASES.values()} == {"shacl-shacl", "wrong-namespace"}


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.w3.org/ns/shacl",
        "https://www.w3.org/ns/shacl#",
        "http://www.w3.org/ns/shacl/",
        "http://w3.org/ns/shacl#",
        "http://www.w3.org/ns/SHACL#",
    ],
)
def test_wrong_namespace_is_named(tmp_path: Path, namespace: str) -> None:
    file = tmp_path / "shapes.ttl"
    file.write_text(f"@prefix sh: <{namespace}> . @prefix ex: <https://a.example/> .\n{GOOD}")
    with pytest.raises(ShapesError, match="write @prefix sh:") as info:
        load_shapes(file)
    assert [problem.code for problem in info.value.problems].count("wrong-namespace") == 1
    assert f"{file}:2: <{namespace}>" in str(info.value)


def test_namespaces_that_only_begin_alike_are_left_alone(tmp_path: Path) -> None:
    text = GOOD + "<> owl:imports <http://www.w3.org/ns/shacl> ; rdfs:seeAlso rdfs:seeAlso , "
    assert lint(tmp_path, text + "<http://www.w3.org/ns/shacl-test#Validate> .") == ()


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("sh:property [ sh:path ex:p ;\n sh:minCoun 1 ] .", 4, "did you mean sh:minCount"),
        ("\n sh:property [ sh:minCount 1 ] .", 4, "no sh:path"),
        (
            "\n sh:nodeKind sh:IRI .\nex:C sh:severity sh:Info .",
            5,
            "sh:severity is not read on ex:C",
        ),
    ],
)
def test_error_names_file_and_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    file = tmp_path / "shapes.ttl"
    file.write_text(f"{HEAD}ex:S a sh:NodeShape ; sh:targetClass ex:C ; {text}")
    with pytest.raises(ShapesError) as info:
        load_shapes(file)
    assert str(info.value).startswith(f"{file}:{line}: ")
    assert says in str(info.value)


def test_all_problems_are_told_at_once_and_in_order(tmp_path: Path) -> None:
    file = tmp_path / "shapes.ttl"
    file.write_text(
        f"{HEAD}ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:node ex:gone ;\n"
        "sh:property [ sh:path ex:p ;\n sh:minCoun 1 ;\n sh:maxCount 'one' ] ."
    )
    with pytest.raises(ShapesError) as info:
        load_shapes(file)
    assert len(str(info.value).splitlines()) == 2
    told = [(p.severity, p.code, p.place.line, p.shape) for p in info.value.problems]
    assert told == [
        ("Violation", "unknown-term", 5, "https://a.example/S"),
        ("Violation", "wrong-kind", 6, "https://a.example/S"),
        ("Warning", "undescribed", 3, "https://a.example/S"),
    ]


def test_parameters_of_own_components_are_legitimate(tmp_path: Path) -> None:
    text = (
        "ex:P sh:declare [ sh:prefix 'ex' ; sh:namespace 'https://a.example/'^^xsd:anyURI ] .\n"
        "ex:Least a sh:ConstraintComponent ; sh:parameter [ sh:path ex:least ;\n"
        "  sh:datatype xsd:integer ; sh:name 'least' ] ; sh:labelTemplate 'at least {$least}' ;\n"
        "  sh:validator [ a sh:SPARQLAskValidator ; sh:prefixes ex:P ;\n"
        "    sh:ask 'ASK { FILTER($value >= $least && ex:a != $value) }' ; sh:message 'less' ] .\n"
        "ex:S a sh:NodeShape ; sh:targetClass ex:C ; ex:least 3 ."
    )
    assert lint(tmp_path, text) == ()


def test_shape_that_only_has_an_own_parameter_is_never_applied_without_target(
    tmp_path: Path,
) -> None:
    text = (
        "ex:Least a sh:ConstraintComponent ; sh:parameter [ sh:path ex:least ] ;\n"
        "  sh:validator [ sh:ask 'ASK { FILTER($value >= $least) }' ] .\n"
        + GOOD
        + "ex:N ex:least 3 ."
    )
    assert [problem.code for problem in lint(tmp_path, text)] == ["never-applied"]


def test_data_beside_the_shapes_may_have_terms_of_their_own(tmp_path: Path) -> None:
    (problem,) = lint(tmp_path, GOOD + "ex:c a ex:C ; sh:nodeShape ex:S .")
    assert (problem.severity, problem.code) == ("Warning", "unknown-term")


def test_blank_nodes_of_several_files_are_kept_apart(tmp_path: Path) -> None:
    for name, value in (("a", "sh:minCount 1"), ("b", "sh:minCoun 2")):
        (tmp_path / f"{name}.ttl").write_text(
            f"{HEAD}ex:{name} a sh:NodeShape ; sh:targetClass ex:C ; sh:property _:p .\n"
            f"_:p sh:path ex:p ; {value} ."
        )
    with pytest.raises(ShapesError) as info:
        load_shapes(tmp_path)
    assert [str(p.place) for p in info.value.problems] == [f"{tmp_path / 'b.ttl'}:4"]


@pytest.mark.parametrize("fast", [True, False])
def test_shapes_of_shacl_find_what_no_rule_has_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, fast: bool
) -> None:
    if not fast:
        monkeypatch.setattr(
            meta, "find_spec", lambda name: None if name == "shacl" else find_spec(name)
        )
    file = tmp_path / "shapes.ttl"
    file.write_text(
        f"{HEAD}ex:S a sh:NodeShape ; sh:targetClass ex:C ;\n"
        "sh:property [ sh:path ex:p ; sh:minCount '1' ] ; sh:in 'a' ; sh:severity 'x' ."
    )
    view = View([read_file(str(file), 1)])
    found = meta.check_by_shapes(view, ())
    assert sorted(one.term.rpartition("#")[2] for one in found if one.term) == [
        "in",
        "minCount",
        "severity",
    ]


def _suite_shapes() -> list[tuple[str, ...]]:
    """The shapes graphs of the W3C suite whose test does not expect a failure."""
    tested: dict[tuple[str, ...], None] = {}
    for file in sorted(SUITE.rglob("*.ttl")):
        text = " ".join(file.read_text("utf-8").split())
        if "sht:Failure" not in text:
            for name in re.findall(r"sht:shapesGraph <([^>]*)>", text):
                tested[str((file.parent / name) if name else file),] = None
    return list(tested)


@pytest.mark.skipif(not SUITE.is_dir(), reason="the W3C test suite is not here")
def test_shapes_of_the_w3c_suite_are_accepted() -> None:
    graphs = _suite_shapes()
    refused = {
        names: [p.message for p in problems if p.severity == "Violation"]
        for names in graphs
        if (problems := find_problems([read_file(name, n) for n, name in enumerate(names, 1)]))
    }
    assert len(graphs) >= 100
    assert {names: told for names, told in refused.items() if told} == {}


def test_own_shapes_have_no_problem_at_all() -> None:
    files = sorted(resource_dir("shapes").rglob("*.ttl"))
    problems = find_problems([read_file(str(file), n) for n, file in enumerate(files, 1)])
    names = {Path(problem.place.file).name for problem in problems if problem.place}
    assert ({problem.code for problem in problems}, names) == (
        {"checks-nothing"},
        {"vocabulary.ttl"},  # checked in Python: the file names the shapes alone
    )
    assert load_shapes().problems == ()


@pytest.mark.parametrize(
    "profile", ["core", "claims", "evidence", "hygiene", "rows", "publish", "vocabulary"]
)
def test_each_layer_of_our_shapes_has_no_problem_by_itself(profile: str) -> None:
    assert load_shapes(profiles=[profile]).problems == ()


def test_misspelling_any_parameter_of_our_shapes_is_found(tmp_path: Path) -> None:
    files = sorted(resource_dir("shapes").rglob("*.ttl"))
    text = "\n".join(file.read_text("utf-8") for file in files)
    used = sorted(set(re.findall(r"\bsh:(\w+) ", text)) - {"NodeShape"})
    assert len(used) > 20
    for name in used:
        file = tmp_path / f"{name}.ttl"
        file.write_text(re.sub(rf"\bsh:{name}\b", f"sh:{name}x", text), "utf-8")
        codes = {problem.code for problem in find_problems([read_file(str(file), 1)])}
        assert "unknown-term" in codes, name
