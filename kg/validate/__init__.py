"""Validate a graph against the shapes: each named graph by itself, with what it needs beside it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.validate.engines import Engine, Finding, choose_engine
from kg.validate.formats import render_report
from kg.validate.report import Difference, Result, Severity, ValidationReport
from kg.validate.shapes import ShapesGraph, load_shapes
from kg.validate.sources import Seen, Source, open_dataset
from kg.validate.texts import Texts, find_texts
from kg.validate.units import Unit, split_units
from kg.validate.words import WordFinder
from kg.vocabulary import expand

__all__ = [
    "Result",
    "Severity",
    "ShapesGraph",
    "ValidationReport",
    "load_shapes",
    "render_report",
    "validate_graph",
]

_TYPE = expand("rdf:type")


def validate_graph(
    source: Source,
    *,
    shapes: str | Path | ShapesGraph | None = None,
    engine: str = "auto",
    texts: Texts | None = None,
    profiles: Iterable[str] | None = None,
) -> ValidationReport:
    """Return what the shapes find in a graph.

    Named graphs are validated one by one: that of an article with the nodes of the authority graph
    that it uses, and its text, beside it. Data without named graphs are validated as a whole.

    Args:
        source: RDF files, folders (their `graph.trig`), or quads.
        shapes: file or folder of shapes, or shapes already loaded; the project's own where None.
        engine: shacl, pyshacl, both (and whether they agree), or auto: the fast one where it is
            installed and can use the shapes.
        texts: folder of the source texts, or the texts: proves that the words of every span are
            there. A text is known by its sha256.
        profiles: layers of our own shapes; the usual ones where None.

    Raises:
        InputError: a source that cannot be read (names file, line and reason), or no such engine.
        ShapesError: shapes that cannot be used.
    """
    graph = shapes if isinstance(shapes, ShapesGraph) else load_shapes(shapes, profiles=profiles)
    chosen = choose_engine(engine)
    differences: list[Difference] = []
    counts: Counter[str] = Counter()
    with open_dataset(source) as dataset:
        units = _counted(split_units(dataset, find_texts(texts)), counts)
        results = sorted(_results(units, graph, chosen, differences), key=lambda r: r.key)
        checked = bool(results) or _has_target(dataset.seen, graph)
    return ValidationReport(
        results=tuple(results),
        engine=chosen.name,
        checked=checked,
        graphs=counts["graphs"],
        articles=counts["articles"],
        texts=counts["texts"],
        notices=chosen.notices,
        differences=tuple(differences),
    )


def _counted(units: Iterable[Unit], counts: Counter[str]) -> Iterator[Unit]:
    for unit in units:
        counts["graphs"] += unit.told
        counts["articles"] += unit.articles
        counts["texts"] += unit.texts
        yield unit


def _results(
    units: Iterable[Unit], shapes: ShapesGraph, engine: Engine, differences: list[Difference]
) -> Iterator[Result]:
    """Yield results; what is wrong with something shared is told once, in its own graph."""
    told: Counter[Finding] = Counter()
    for unit in units:
        outcome = engine.run(shapes, unit.data)
        findings = Counter(outcome.findings)
        if unit.leans:
            findings -= told
        if unit.shared:
            told |= findings
        if not unit.told:
            continue
        words = WordFinder(unit) if findings or outcome.differences else None
        if words is not None:
            yield from (words.result(finding) for finding in findings.elements())
            for name, finding in outcome.differences:
                differences.append(Difference(engine=name, result=words.result(finding)))


def _has_target(seen: Seen, shapes: ShapesGraph) -> bool:
    if (shapes.predicates - {_TYPE}) & seen.predicates or shapes.classes & seen.classes:
        return True
    return any(seen.has_node(node) for node in shapes.nodes)
