"""Shapes come from any RDF file, know where they stand, and say which targets find nothing."""

import gzip
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import ShapesError
from kg.validate import load_shapes
from kg.validate.report import Place
from kg.validate.shapes import unmatched_targets

TURTLE = (
    "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix ex: <https://a.example/> .\n"
    "ex:S a sh:NodeShape ; sh:targetClass ex:C ;\n"
    "  sh:property [ sh:path ex:p ;\n    sh:minCount 1 ] .\n"
)
S = "https://a.example/S"
FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def _write(file: Path, text: str = TURTLE) -> Path:
    file.write_text(text, "utf-8")
    return file


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("ending", FORMATS)
def test_shapes_may_be_in_any_syntax(tmp_path: Path, ending: str, *, packed: bool) -> None:
    quads = ox.parse(input=TURTLE, format=ox.RdfFormat.TURTLE)
    data = ox.serialize((quad.triple for quad in quads), format=FORMATS[ending])
    file = tmp_path / f"shapes.{ending}{'.gz' if packed else ''}"
    file.write_bytes(gzip.compress(data, mtime=0) if packed else data)
    shapes = load_shapes(file)
    assert shapes.classes == {"https://a.example/C"}
    assert set(shapes.paths.values()) == {"https://a.example/p"}
    assert shapes.files == (str(file),)


def test_named_graphs_are_read_as_one(tmp_path: Path) -> None:
    text = TURTLE.replace("ex:S a", "ex:g { ex:S a") + "}"
    assert load_shapes(_write(tmp_path / "s.trig", text)).classes == {"https://a.example/C"}


def test_folder_is_read_whole_and_several_paths_together(tmp_path: Path) -> None:
    more = TURTLE.replace("ex:S", "ex:T").replace("ex:C", "ex:D")
    _write(tmp_path / "a.ttl")
    _write(tmp_path / "b.trig", more)
    _write(tmp_path / "notes.txt", "no RDF")
    whole = load_shapes(tmp_path)
    assert whole.classes == {"https://a.example/C", "https://a.example/D"}
    assert load_shapes([tmp_path / "a.ttl", tmp_path / "b.trig"]).text == whole.text


def test_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    file = _write(tmp_path / "a.ttl")
    assert load_shapes([file, file, tmp_path]).text == load_shapes(file).text


def test_relative_iris_are_those_of_the_file(tmp_path: Path) -> None:
    file = _write(tmp_path / "a.ttl", TURTLE.replace("ex:S a", "<#S> a"))
    shapes = load_shapes(file)
    (target,) = shapes.targets
    assert target.shape == f"{file.as_uri()}#S"
    assert shapes.place_of(target.shape) == Place(file=str(file), line=3)


def test_same_files_are_loaded_once_until_they_change(tmp_path: Path) -> None:
    file = _write(tmp_path / "a.ttl")
    first = load_shapes(file)
    assert load_shapes(str(file)) is first
    _write(file, TURTLE.replace("ex:C", "ex:Changed"))
    assert load_shapes(file).classes == {"https://a.example/Changed"}


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.ttl", TURTLE[:-3], "line 5"),
        ("a.docx", TURTLE, "unknown ending .docx"),
        ("a.ttl", "", "no shape with a target"),
        ("a.jsonld", '{"@context": "https://a.example/c", "@id": "urn:a"}', "nothing is fetched"),
        ("a.ttl.gz", TURTLE, "gzip"),
        ("a.rdf", TURTLE, "a.rdf"),
    ],
)
def test_unusable_file_is_refused_by_name(tmp_path: Path, name: str, text: str, says: str) -> None:
    file = _write(tmp_path / name, text)
    with pytest.raises(ShapesError, match=says) as info:
        load_shapes(file)
    assert str(file) in str(info.value)


@pytest.mark.parametrize(("name", "says"), [("gone.ttl", "no such file"), ("", "no RDF file")])
def test_missing_file_and_empty_folder_are_refused(tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(ShapesError, match=says):
        load_shapes(tmp_path / name)


def test_shapes_know_their_lines(tmp_path: Path) -> None:
    file = _write(tmp_path / "a.ttl")
    shapes = load_shapes(file)
    (nameless,) = shapes.owners
    assert shapes.place_of(S) == Place(file=str(file), line=3)
    assert shapes.place_of(nameless) == Place(file=str(file), line=4)
    assert shapes.place_of("https://a.example/other") is None


@dataclass(frozen=True)
class Seen:
    predicates: Collection[str] = ()
    classes: Collection[str] = ()
    nodes: Collection[str] = field(default=())

    def has_node(self, term: str) -> bool:
        return term in self.nodes


MATCHED = Seen(
    predicates={"https://a.example/p", "https://a.example/q"},
    classes={"https://a.example/C"},
    nodes={"https://a.example/n", '"text"'},
)
TARGETS = (
    "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://a.example/> .\n"
    "ex:S a sh:NodeShape ; sh:nodeKind sh:IRI ;\n"
    "  sh:targetClass ex:C ; sh:targetSubjectsOf ex:p ; sh:targetObjectsOf ex:q ;\n"
    "  sh:targetNode ex:n , 'text' .\n"
)


def test_targets_that_the_data_have_are_not_told_of(tmp_path: Path) -> None:
    assert unmatched_targets(load_shapes(_write(tmp_path / "a.ttl", TARGETS)), MATCHED) == ()


def test_each_target_that_finds_nothing_is_told_with_its_shape(tmp_path: Path) -> None:
    file = _write(tmp_path / "a.ttl", TARGETS)
    problems = unmatched_targets(load_shapes(file), Seen())
    assert len(problems) == 5
    assert {(p.severity, p.code, p.shape) for p in problems} == {("Warning", "unmatched-target", S)}
    assert {p.place for p in problems} == {Place(file=str(file), line=2)}


@pytest.mark.parametrize(
    ("seen", "near"),
    [
        (Seen(classes={"http://a.example/C", "https://a.example/Other"}), "http://a.example/C"),
        (Seen(classes={"https://a.example/c"}), "https://a.example/c"),
        (Seen(classes={"https://elsewhere.example/Tree"}), None),
    ],
)
def test_class_that_was_nearly_meant_is_named(tmp_path: Path, seen: Seen, near: str | None) -> None:
    (problem,) = unmatched_targets(load_shapes(_write(tmp_path / "a.ttl")), seen)
    assert ("did you mean" in problem.message) is (near is not None)
    assert near is None or problem.message.endswith(f"did you mean {near}?")


def test_class_that_is_a_shape_is_its_own_target(tmp_path: Path) -> None:
    text = TURTLE.replace(
        "a sh:NodeShape ; sh:targetClass ex:C",
        "a sh:NodeShape , <http://www.w3.org/2000/01/rdf-schema#Class>",
    )
    shapes = load_shapes(_write(tmp_path / "a.ttl", text))
    assert shapes.classes == {S}
    assert unmatched_targets(shapes, Seen(classes={S})) == ()
