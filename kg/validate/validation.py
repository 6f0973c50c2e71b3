"""One validation in order: the data graph by graph, then the lines of what was found."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyoxigraph as ox

from kg.resources import resource_dir
from kg.validate.engines import Engine, Finding
from kg.validate.places import Wanted, find_places
from kg.validate.profiles import is_own
from kg.validate.report import Difference, Place, Result, ValidationReport
from kg.validate.schemaorg import check_terms, is_schemaorg
from kg.validate.shapes import RDF, ShapesGraph, unmatched_targets
from kg.validate.sources import Dataset, Seen, base_of
from kg.validate.texts import TextFinder
from kg.validate.units import Unit, split_units
from kg.validate.words import WordFinder

Progress = Callable[[str, int, int], None]
_TYPE = f"{RDF}type"
_FEW = 5


@dataclass(slots=True, kw_only=True)
class Validation:
    """What is validated with, and what was found so far.

    Attributes:
        shapes: what is asked of the data.
        engine: what asks it.
        row_shapes: what is asked of event tables instead; the same where None.
        results, differences: found so far, without their places.
        graphs, articles, texts: counted so far, as in the report.
    """

    shapes: ShapesGraph
    engine: Engine
    row_shapes: Callable[[], ShapesGraph] | None = None
    results: list[Result] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    graphs: int = 0
    articles: int = 0
    texts: int = 0
    _tables: set[str | None] = field(default_factory=set)
    _shape_places: dict[tuple[str, bool], Place | None] = field(default_factory=dict)
    _told: Counter[Finding] = field(default_factory=Counter)
    _aside: Counter[Finding] = field(default_factory=Counter)

    def run(self, dataset: Dataset, finder: TextFinder, tell: Progress) -> ValidationReport:
        """Return what the shapes find in a dataset.

        Args:
            dataset: the data.
            finder: knows the articles' texts.
            tell: called with `validate`, graphs so far, and graphs in all.

        Raises:
            ShapesError: the engine cannot use the shapes.
        """
        total = len(dataset)
        for unit in split_units(dataset, finder):
            self._validate(unit)
            tell("validate", self.graphs, total)
        unmatched = unmatched_targets(self.shapes, dataset.seen) if dataset.triples else ()
        problems = (*self.shapes.problems, *(p for p in unmatched if not is_own(p.place)))
        results = sorted(_located(dataset, self.results), key=lambda r: r.key)
        others = _located(dataset, [difference.result for difference in self.differences])
        checked = bool(results) or _has_target(dataset.seen, self.shapes)
        notices = (*self.engine.notices, *self._on_tables())
        notices = notices if checked else (*notices, *self._why(dataset))
        return ValidationReport(
            results=tuple(results),
            engine=self.engine.name,
            checked=checked,
            files=dataset.files,
            graphs=self.graphs,
            triples=dataset.triples,
            articles=self.articles,
            texts=self.texts,
            prefixes=tuple(sorted({**self.shapes.prefixes, **dataset.prefixes}.items())),
            notices=notices,
            problems=problems,
            differences=tuple(
                replace(difference, result=result)
                for difference, result in zip(self.differences, others, strict=True)
            ),
        )

    def _on_tables(self) -> Iterator[str]:
        """Yield which shapes event tables were validated with, where there are some."""
        if self._tables and self.row_shapes is not None:
            count = len(self._tables)
            held = "1 graph holds" if count == 1 else f"{count} graphs hold"
            yield f"{held} event tables: for these the profile rows took the place of evidence"

    def _shapes_for(self, unit: Unit) -> ShapesGraph:
        return self.row_shapes() if unit.rows and self.row_shapes is not None else self.shapes

    def _why(self, dataset: Dataset) -> Iterator[str]:
        """Yield what the data have and what the shapes are for, where the two do not meet."""
        if dataset.triples:
            there = _listed(dataset.seen.classes) or "no class"
            wanted = _listed(self.shapes.classes) or "no class"
            wanted = "terms of schema.org" if self.shapes.terms else wanted
            yield f"the data have {there}; the shapes are for {wanted}"

    def _validate(self, unit: Unit) -> None:
        """Take up what is found in a unit; what is shared is told once, in its own graph."""
        outcome = self.engine.run(self._shapes_for(unit), unit.data)
        findings = Counter(outcome.findings)
        if self.shapes.terms:
            findings.update(check_terms(ox.parse(unit.data, format=ox.RdfFormat.N_TRIPLES)))
        if unit.leans:
            findings -= self._told
            findings -= self._aside_from(unit)
        if unit.part:
            own = unit.subjects()
            findings = Counter({f: n for f, n in findings.items() if f.focus in own})
        if not unit.told:
            self._aside = findings
            return
        if unit.shared:
            self._told |= findings
        self.graphs += not unit.part
        if unit.rows:
            self._tables.add(unit.graph)
        self.articles += unit.articles
        self.texts += unit.texts
        if not findings and not outcome.differences:
            return
        words = WordFinder(unit)
        found = findings.elements()
        self.results += [self._result(words, finding, unit) for finding in found]
        self.differences += [
            Difference(engine=name, result=self._result(words, finding, unit))
            for name, finding in outcome.differences
        ]

    def _aside_from(self, unit: Unit) -> Counter[Finding]:
        """Return what is wrong with context files, without the nodes that a unit describes."""
        return Counter({f: n for f, n in self._aside.items() if not unit.is_about(f.focus)})

    def _result(self, words: WordFinder, finding: Finding, unit: Unit) -> Result:
        name = finding.part or finding.shape
        key = name, unit.rows
        if key not in self._shape_places:
            self._shape_places[key] = _shown(self._shapes_for(unit).place_of(name))
        return replace(words.result(finding), shape_place=self._shape_places[key])


def _shown(place: Place | None) -> Place | None:
    """Return a place, in our own shapes the same wherever the package is installed."""
    if place is None or not is_own(place):
        return place
    below = Path(place.file).relative_to(resource_dir("shapes"))
    return replace(place, file=f"shapes/{below.as_posix()}")


def _listed(names: Iterable[str]) -> str:
    ordered = sorted(names)
    more = f" and {len(ordered) - _FEW} more" if len(ordered) > _FEW else ""
    return ", ".join(f"<{name}>" for name in ordered[:_FEW]) + more


def _located(dataset: Dataset, results: list[Result]) -> list[Result]:
    """Return results with their lines in the data."""
    places = _find_places(dataset, results)
    return [
        replace(result, place=places.get(_wanted(result, union=dataset.union)))
        for result in results
    ]


def _find_places(dataset: Dataset, results: Iterable[Result]) -> Mapping[Wanted, Place]:
    """Return the nearest place of each result in the files that its graph is from."""
    wanted = {_wanted(result, union=dataset.union) for result in results}
    files_of = defaultdict(list)
    for graph in dataset:
        for file in graph.files:
            files_of[file].append(graph.name)
    found: dict[Wanted, Place] = {}
    for number, file in enumerate(dataset.files, 1):
        form = dataset.form_of(file)
        graphs = set(files_of[file])
        here = [one for one in wanted if one.graph in graphs or dataset.union]
        if here and form is not None:
            places = find_places(
                file, form, here, number, base=base_of(file), path=dataset.path_of(file)
            )
            for one, place in places.items():
                if one not in found or (place.exact and not found[one].exact):
                    found[one] = place
    return found


def _wanted(result: Result, *, union: bool) -> Wanted:
    graph = None if union else result.graph
    return Wanted(graph=graph, focus=result.focus, path=result.path, value=result.value)


def _has_target(seen: Seen, shapes: ShapesGraph) -> bool:
    if shapes.terms and any(is_schemaorg(iri) for iri in (*seen.predicates, *seen.classes)):
        return True
    if (shapes.predicates - {_TYPE}) & seen.predicates or shapes.classes & seen.classes:
        return True
    return any(seen.has_node(node) for node in shapes.nodes)
