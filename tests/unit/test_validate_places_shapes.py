"""Lines of shapes, and the order of statements in files that people wrote."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.validate.places import find_shape_places
from kg.validate.places.statements import BLANK, read_term
from kg.validate.places.turtle import read_turtle
from kg.validate.report import Place
from tests.unit.places import E

SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix : <http://e.example/> .
:S a sh:NodeShape ;
  sh:targetClass :C ;
  sh:property [ sh:path :p ;
    sh:property [ sh:path ( :q
      :r ) ] ] ,
    :named .
[] sh:targetNode :n .
:named sh:path :z .
"""


def test_shapes_without_a_name_are_found_by_their_count(tmp_path: Path) -> None:
    first, second = tmp_path / "a.ttl", tmp_path / "b.ttl"
    first.write_text(SHAPES)
    second.write_text(SHAPES.replace(":S a", ":T a"))
    places = find_shape_places([str(first), str(second)])
    assert places[E + "S"] == Place(file=str(first), line=3)
    assert places[E + "T"] == Place(file=str(second), line=3)
    assert places[E + "named"] == Place(file=str(first), line=10)
    names = {name[-1]: found for name, found in places.items() if "nameless" in name}
    assert {name: found.line for name, found in names.items()} == {
        "1": 6, "2": 5, "3": 9, "4": 6, "5": 5, "6": 9,
    }  # fmt: skip
    assert [found.file for _, found in sorted(names.items())] == [str(first)] * 3 + [
        str(second)
    ] * 3


def test_the_count_of_shapes_is_that_of_the_loaded_shapes(tmp_path: Path) -> None:
    from kg.validate.shapes import load_shapes

    file = tmp_path / "shapes.ttl"
    file.write_text(SHAPES)
    paths = load_shapes(file).paths
    places = find_shape_places([str(file)])
    lines = {paths[name]: place.line for name, place in places.items() if name in paths}
    assert lines == {E + "p": 5, E + "z": 10, f"<{E}q>/<{E}r>": 6}


def test_a_shape_with_a_relative_name_is_found(tmp_path: Path) -> None:
    file = tmp_path / "shapes.ttl"
    file.write_text("@prefix sh: <http://www.w3.org/ns/shacl#> .\n<#S>\n a sh:NodeShape .\n")
    assert find_shape_places([file]) == {f"{file.as_uri()}#S": Place(file=str(file), line=2)}


TESTS = Path(__file__).parents[3] / "shared/corpora/w3c/data-shapes-test-suite"


def in_order(file: Path) -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]:
    names: tuple[dict[str, int], dict[str, int]] = ({}, {})

    def theirs(term: object) -> str:
        if isinstance(term, ox.BlankNode):
            return f"_:{names[0].setdefault(term.value, len(names[0]))}"
        return term.value if isinstance(term, ox.NamedNode) else read_term(str(term))

    def ours(term: str) -> str:
        blank = term.startswith(BLANK)
        return f"_:{names[1].setdefault(term, len(names[1]))}" if blank else term

    base = "http://base.example/file"
    triples = ox.parse(path=str(file), format=ox.RdfFormat.TURTLE, base_iri=base)
    expected = [(theirs(q.subject), q.predicate.value, theirs(q.object)) for q in triples]
    with file.open("rb") as opened:
        found = list(read_turtle(opened, base=base))
    return expected, [(ours(s.subject), s.predicate, ours(s.object)) for s in found]


@pytest.mark.skipif(not TESTS.is_dir(), reason="the W3C test suite is not at hand")
def test_the_files_of_the_w3c_are_read_as_the_parser_reads_them() -> None:
    files = sorted(TESTS.rglob("*.ttl"))
    assert len(files) >= 100
    for file in files:
        expected, found = in_order(file)
        assert found == expected, file


def test_what_the_project_writes_is_read_as_the_parser_reads_it() -> None:
    root = Path(__file__).parents[2]
    for file in [*(root / "shapes").rglob("*.ttl"), *(root / "ontology").glob("*.ttl")]:
        expected, found = in_order(file)
        assert found == expected, file
