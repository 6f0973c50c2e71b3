"""Reads the W3C test suite of SHACL by its manifests: data, shapes, and the report expected.

Source: https://w3c.github.io/data-shapes/data-shapes-test-suite/
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

SUITE = Path(__file__).parents[3] / "shared" / "corpora" / "w3c" / "data-shapes-test-suite"
TESTS = SUITE / "tests"
SH = "http://www.w3.org/ns/shacl#"
SHT = "http://www.w3.org/ns/shacl-test#"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
ANY = "_:"

Row = tuple[str, str, str, str, str, str]
Index = dict[Any, dict[str, list[Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteTest:
    """One `sht:Validate` test.

    Attributes:
        name: folder and name in the suite, such as `core/node/class-001`.
        data, shapes: files.
        rows: results expected; None where a failure is.
    """

    name: str
    data: Path
    shapes: Path
    rows: Counter[Row] | None


@cache
def suite_tests() -> tuple[SuiteTest, ...]:
    """The tests of the suite in the order of its manifests; empty where it is not at hand."""
    manifest = TESTS / "manifest.ttl"
    return tuple(_tests_of(manifest)) if manifest.is_file() else ()


def _tests_of(manifest: Path) -> Iterator[SuiteTest]:
    index = read_index(manifest)
    me = ox.NamedNode(manifest.as_uri())
    for included in index[me].get(MF + "include", []):
        yield from _tests_of(_path(included))
    for head in index[me].get(MF + "entries", []):
        for entry in _items(index, head):
            yield _test(index, entry, manifest)


def _test(index: Index, entry: Any, manifest: Path) -> SuiteTest:
    assert _one(index, entry, RDF + "type").value == SHT + "Validate"
    action = _one(index, entry, MF + "action")
    result = _one(index, entry, MF + "result")
    failure = isinstance(result, ox.NamedNode) and result.value == SHT + "Failure"
    folder = manifest.parent.relative_to(TESTS).as_posix()
    return SuiteTest(
        name=f"{folder}/{Path(entry.value).name}",
        data=_path(_one(index, action, SHT + "dataGraph")),
        shapes=_path(_one(index, action, SHT + "shapesGraph")),
        rows=None if failure else _rows(index, result),
    )


def _rows(index: Index, report: Any) -> Counter[Row]:
    conforms = _one(index, report, SH + "conforms").value
    results = index[report].get(SH + "result", [])
    assert (conforms in ("true", "1")) == (not results)
    return Counter(_row(index, result) for result in results)


def _row(index: Index, result: Any) -> Row:
    def text(term: str) -> str:
        values = index[result].get(SH + term)
        return _plain(values[0]) if values else ""

    shape = text("sourceShape")
    path = index[result].get(SH + "resultPath")
    return (
        text("focusNode"),
        path_text(index, path[0]) if path else "",
        text("value"),
        text("resultSeverity"),
        text("sourceConstraintComponent"),
        shape,
    )


def path_text(index: Index, node: Any) -> str:
    """A path with brackets around every complex part; written apart from the code under test."""
    if isinstance(node, ox.NamedNode):
        return f"<{node.value}>"
    parts = index[node]
    if RDF + "first" in parts:
        return "(" + "/".join(path_text(index, item) for item in _items(index, node)) + ")"
    for term, form in (
        ("inversePath", "(^{})"),
        ("zeroOrMorePath", "({}*)"),
        ("oneOrMorePath", "({}+)"),
        ("zeroOrOnePath", "({}?)"),
    ):
        if SH + term in parts:
            return form.format(path_text(index, parts[SH + term][0]))
    items = _items(index, parts[SH + "alternativePath"][0])
    return "(" + "|".join(path_text(index, item) for item in items) + ")"


def read_index(file: Path) -> Index:
    index: Index = {}
    for quad in ox.parse(path=str(file), base_iri=file.as_uri()):
        values = index.setdefault(quad.subject, {}).setdefault(quad.predicate.value, [])
        values.append(quad.object)
    return index


def _items(index: Index, node: Any) -> Iterator[Any]:
    while RDF + "first" in index.get(node, {}):
        yield index[node][RDF + "first"][0]
        node = index[node][RDF + "rest"][0]


def _one(index: Index, node: Any, predicate: str) -> Any:
    (value,) = index[node][predicate]
    return value


def _plain(term: Any) -> str:
    if isinstance(term, ox.BlankNode):
        return ANY
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _path(iri: Any) -> Path:
    return Path(iri.value.removeprefix("file://"))
