"""Validation of large files graph by graph: against pySHACL in the same run, time and memory.

Times are those of the processor, since a benchmark seldom has the machine for itself.
"""

import random
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import SH, XSD

from kg.validate import load_shapes
from kg.validate.sources import open_dataset
from kg.validate.texts import find_texts
from kg.validate.units import split_units
from tests.bench.measure import Measured, measure_validation
from tests.bench.newsroom import Newsroom, write_news

pytestmark = pytest.mark.bench
SMALL, LARGE = 100_000, 1_000_000
FASTER, GROWTH, MEGABYTES = 60, 11, 700
# pySHACL takes seconds for one article: it is timed on a share of the graphs and scaled.
SAMPLE = 0.05
SUFFIX = "ConstraintComponent"


class Row(NamedTuple):
    focus: str
    component: str
    value: str | None
    severity: str


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    return write_news(tmp_path_factory.mktemp("news") / "small.trig", SMALL)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    return write_news(tmp_path_factory.mktemp("news") / "large.trig", LARGE)


def test_sixty_times_faster_than_pyshacl_with_the_same_results(small: Newsroom) -> None:
    ours = [measure_validation(small.path) for _ in range(3)]
    seconds = statistics.median(one.cpu for one in ours)
    units = dict(units_of(small.path))
    names = sorted(units, key=lambda name: name or "")
    sample = random.Random(1).sample(names, round(len(names) * SAMPLE))
    shapes = rdflib.Graph().parse(data=load_shapes().text, format="nt")
    found: Counter[tuple[str | None, Row]] = Counter()
    clock = time.process_time()
    for name in sample:
        found.update((name, row) for row in pyshacl_rows(units[name], shapes))
    slow = time.process_time() - clock
    share = sum(units[n].count(b"\n") for n in sample) / sum(u.count(b"\n") for u in units.values())
    print(
        f"\n{small.triples:,} triples, {len(units)} graphs, {ours[0].results} results: "
        f"{seconds:.2f} s; pySHACL {slow:.1f} s for {len(sample)} graphs with {share:.1%} of the "
        f"triples: {slow / share / seconds:.0f} times as long for all"
    )
    assert found == Counter(rows_of(ours[0], set(sample)))
    assert slow / share / seconds >= FASTER


def test_time_and_memory_grow_with_the_file(small: Newsroom, large: Newsroom) -> None:
    pairs = [(measure_validation(small.path), measure_validation(large.path)) for _ in range(2)]
    growth = statistics.median(big.cpu / little.cpu for little, big in pairs)
    peak = max(big.megabytes for _, big in pairs)
    times = large.triples / small.triples
    little, big = pairs[0]
    print(
        f"\n{small.triples:,} triples {little.cpu:.2f} s, {little.megabytes:.0f} MB; "
        f"{large.triples:,} triples in {big.graphs:,} graphs, {big.results:,} results "
        f"{big.cpu:.2f} s, {peak:.0f} MB: {growth:.2f} times the time for {times:.2f} times "
        f"the triples"
    )
    assert big.results > 5 * little.results > 0
    assert big.graphs > large.articles
    assert growth * 10 / times <= GROWTH
    assert peak < MEGABYTES


def units_of(path: Path) -> Iterator[tuple[str | None, bytes]]:
    """The graphs as they are validated, each with what stands beside it, as N-Triples."""

    with open_dataset(path) as dataset:
        for unit in split_units(dataset, find_texts(None)):
            yield unit.graph, unit.data


def pyshacl_rows(data: bytes, shapes: rdflib.Graph) -> Iterator[Row]:
    """What pySHACL says of N-Triples, called as its manual says."""
    graph = rdflib.Graph().parse(data=data, format="nt")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    for result in report.objects(None, SH.result):
        component = str(report.value(result, SH.sourceConstraintComponent))
        yield row(
            report.value(result, SH.focusNode),
            component.removeprefix(str(SH)).removesuffix(SUFFIX),
            report.value(result, SH.value),
            str(report.value(result, SH.resultSeverity)).removeprefix(str(SH)),
        )


def rows_of(measured: Measured, graphs: set[str | None]) -> Iterator[tuple[str | None, Row]]:
    for graph, focus, _, component, value, severity in measured.found:
        if graph in graphs:
            yield graph, Row(focus or "", component or "", value, severity or "")


def row(focus: object, component: str, value: object, severity: str) -> Row:
    node, other = text_of(focus), text_of(value) if value is not None else None
    # pySHACL fills in the focus node where a query names no value.
    return Row(node, component, None if (component, other) == ("SPARQL", node) else other, severity)


def text_of(term: object) -> str:
    if isinstance(term, rdflib.Literal):
        if term.language:
            return str(ox.Literal(str(term), language=term.language))
        return str(ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype or XSD.string))))
    return str(term)
