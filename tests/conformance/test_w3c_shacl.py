"""The W3C test suite of SHACL, through the public function, in both engines."""

from collections import Counter
from functools import cache

import pytest
from rdflib.plugins.sparql import prepareQuery

from kg.errors import ShapesError
from kg.validate import Result, validate_graph
from tests.conformance.suite import ANY, SH, TESTS, Row, SuiteTest, suite_tests

pytestmark = pytest.mark.skipif(
    not TESTS.is_dir(), reason="the W3C suite of SHACL is not at hand (../shared/corpora/w3c)"
)
ENGINES = ("shacl", "pyshacl")
# Engine and test -> why it fails; a test holds that it does.
ALLOWED_FAILURES = {
    ("pyshacl", "sparql/pre-binding/shapesGraph-001"): "pySHACL has no $shapesGraph, and says so",
}
COMPONENT = "ConstraintComponent"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("test", suite_tests(), ids=lambda test: test.name)
def test_results_are_those_of_the_suite(test: SuiteTest, engine: str) -> None:
    difference = compare(test, engine)
    if (engine, test.name) in ALLOWED_FAILURES:
        assert difference, "it passes: take it off the list"
    else:
        assert not difference


@pytest.mark.parametrize("engine", ENGINES)
def test_counts_of_what_passes(engine: str) -> None:
    counts = Counter(test.name.partition("/")[0] for test in suite_tests())
    assert counts == {"core": 98, "sparql": 22}
    failing = Counter(n.partition("/")[0] for e, n in ALLOWED_FAILURES if e == engine)
    assert failing["core"] == 0
    assert failing["sparql"] <= 1


def compare(test: SuiteTest, engine: str) -> str:
    """What is not as the suite expects it, empty where all is."""
    try:
        report = validate_graph(test.data, shapes=test.shapes, engine=engine)
    except ShapesError as error:
        return "" if test.rows is None else f"shapes refused: {error}"
    if test.rows is None:
        return f"no failure, but {len(report.results)} results"
    found = _with_paths(Counter(_row(result) for result in report.results))
    expected = _with_paths(test.rows)
    if _without_shapes(found) != _without_shapes(expected):
        missing, extra = expected - found, found - expected
        return f"missing: {dict(missing)}; beyond: {dict(extra)}"
    named = Counter({row: number for row, number in expected.items() if row[-1] != ANY})
    return f"not of the shape expected: {dict(named - found)}" if named - found else ""


def _row(result: Result) -> Row:
    severity = result.severity_iri or SH + result.severity
    component = result.component
    component = component if ":" in component else SH + component + COMPONENT
    values = (result.focus, result.path or "", result.value or "")
    focus, path, value = (ANY if v.startswith("_:") else v for v in values)
    return (focus, path, value, severity, component, result.shape)


def _without_shapes(rows: Counter[Row]) -> Counter[tuple[str, ...]]:
    """The rows without their shapes: a nameless one is told by the name of its parent."""
    short: Counter[tuple[str, ...]] = Counter()
    for row, number in rows.items():
        short[row[:-1]] += number
    return short


def _with_paths(rows: Counter[Row]) -> Counter[Row]:
    paths: Counter[Row] = Counter()
    for (focus, path, *rest), number in rows.items():
        paths[focus, _algebra(path), *rest] += number  # type: ignore[index]
    return paths


@cache
def _algebra(path: str) -> str:
    """A path as a SPARQL parser reads it, so that brackets too many make no difference."""
    if not path:
        return ""
    text = path if path[0] in "<(^" else f"<{path}>"
    query = prepareQuery(f"SELECT * {{ ?s {text} ?o }}")
    (triple,) = query.algebra.p.p.triples
    return str(triple[1].n3())
