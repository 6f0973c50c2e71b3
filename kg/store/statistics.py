"""How much of what a graph holds: a few queries over the union of all graphs, each linear.

A triple that stands in two graphs counts once: Oxigraph's union of graphs gives it twice, so the
queries that count triples say DISTINCT.

Source: https://www.w3.org/TR/void/#statistics
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.vocabulary import PREFIXES, SCHEMA, WIKIDATA

_BY_PROPERTY = """SELECT ?p (COUNT(*) AS ?n) WHERE { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }
GROUP BY ?p"""
_SUBJECTS = "SELECT DISTINCT ?s WHERE { ?s ?p ?o }"
_OBJECTS = "SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE { ?s ?p ?o }"
_BY_CLASS = "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) (MIN(?s) AS ?first) WHERE { ?s a ?c } GROUP BY ?c"
_LINKS = """SELECT ?p ?o (COUNT(DISTINCT ?s) AS ?n)
WHERE { VALUES ?p { schema:sameAs owl:sameAs skos:exactMatch } ?s ?p ?o } GROUP BY ?p ?o"""

_TYPE = PREFIXES["rdf"] + "type"
_LINKING = frozenset(
    {SCHEMA + "sameAs", PREFIXES["owl"] + "sameAs", PREFIXES["skos"] + "exactMatch"}
)
_ARTICLE = SCHEMA + "NewsArticle"
_SHOWN = tuple(
    SCHEMA + name for name in ("NewsArticle", "Event", "Claim", "Person", "Organization", "Place")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Another dataset that a graph links to.

    Attributes:
        name: short, for an IRI.
        title: for people.
        space: what its IRIs begin with.
        homepage, endpoint: IRIs.
    """

    name: str
    title: str
    space: str
    homepage: str
    endpoint: str


TARGETS = (
    Target(
        name="wikidata",
        title="Wikidata",
        space=WIKIDATA,
        homepage="https://www.wikidata.org/",
        endpoint="https://query.wikidata.org/sparql",
    ),
)
"""Datasets that are looked for among the links."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkset:
    """Links to another dataset by one property; `triples` are distinct."""

    target: Target
    predicate: str
    triples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """What was counted; everything distinct.

    Attributes:
        triples: whatever their graph.
        entities: subjects that are IRIs below the base.
        subjects, objects: terms.
        documents: news articles.
        classes: IRI and number of instances, by IRI.
        properties: IRI and number of triples, by IRI.
        vocabularies: namespaces of classes and properties, sorted.
        examples: the first instance of each well-known class, by IRI.
        linksets: by target and predicate.
    """

    triples: int
    entities: int
    subjects: int
    objects: int
    documents: int
    classes: tuple[tuple[str, int], ...]
    properties: tuple[tuple[str, int], ...]
    vocabularies: tuple[str, ...]
    examples: tuple[str, ...]
    linksets: tuple[Linkset, ...]


def count_graph(store: ox.Store, base: str) -> Statistics:
    """Return how much of what a store holds, all graphs together, as its endpoint would answer.

    Oxigraph keeps numbers by value: `"7"^^xsd:nonNegativeInteger` and `7` are one object to it.

    Args:
        store: opened in any way.
        base: what the IRIs of the graph's own entities begin with.
    """
    subjects = entities = 0
    for (subject,) in _ask(store, _SUBJECTS):
        subjects += 1
        entities += _is_own(subject, base)
    found = _Found(subjects=subjects, entities=entities)
    for predicate, number in _ask(store, _BY_PROPERTY):
        found.properties[predicate.value] = _number(number)
    for kind, number, first in _ask(store, _BY_CLASS):
        if isinstance(kind, ox.NamedNode):
            found.classes[kind.value] = _number(number)
            if isinstance(first, ox.NamedNode):
                found.firsts[kind.value] = first.value
    for predicate, other, number in _ask(store, _LINKS):
        found.link(predicate.value, other, _number(number))
    found.objects = _number(next(_ask(store, _OBJECTS))[0])
    return found.sum_up(base)


def count_quads(quads: Iterable[ox.Quad], base: str) -> Statistics:
    """Return how much of what quads hold, all graphs together, every term as it is written.

    Args:
        quads: read once.
        base: as for `count_graph`.
    """
    triples = {quad.triple for quad in quads}
    subjects = {triple.subject for triple in triples}
    found = _Found(subjects=len(subjects), entities=sum(_is_own(s, base) for s in subjects))
    found.objects = len({triple.object for triple in triples})
    for triple in triples:
        predicate, other = triple.predicate.value, triple.object
        found.properties[predicate] += 1
        if predicate == _TYPE and isinstance(other, ox.NamedNode):
            found.classes[other.value] += 1
            if isinstance(triple.subject, ox.NamedNode):
                first = found.firsts.get(other.value, triple.subject.value)
                found.firsts[other.value] = min(first, triple.subject.value)
        elif predicate in _LINKING:
            found.link(predicate, other, 1)
    return found.sum_up(base)


@dataclass(slots=True, kw_only=True)
class _Found:
    """Counts while they grow."""

    subjects: int
    entities: int
    objects: int = 0
    properties: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    firsts: dict[str, str] = field(default_factory=dict)
    links: Counter[tuple[Target, str]] = field(default_factory=Counter)

    def link(self, predicate: str, other: object, number: int) -> None:
        """Count links where they lead to a known dataset."""
        for target in TARGETS:
            if isinstance(other, ox.NamedNode) and other.value.startswith(target.space):
                self.links[target, predicate] += number

    def sum_up(self, base: str) -> Statistics:
        """Return the counts in their order."""
        links = sorted(self.links, key=lambda key: (key[0].name, key[1]))
        return Statistics(
            triples=self.properties.total(),
            entities=self.entities,
            subjects=self.subjects,
            objects=self.objects,
            documents=self.classes[_ARTICLE],
            classes=tuple(sorted(self.classes.items())),
            properties=tuple(sorted(self.properties.items())),
            vocabularies=_namespaces([*self.classes, *self.properties], base),
            examples=tuple(sorted({self.firsts[iri] for iri in _SHOWN if iri in self.firsts})),
            linksets=tuple(
                Linkset(target=target, predicate=iri, triples=self.links[target, iri])
                for target, iri in links
            ),
        )


def _is_own(term: object, base: str) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.startswith(base)


def _namespaces(terms: list[str], base: str) -> tuple[str, ...]:
    spaces = {iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for iri in terms}
    return tuple(sorted(s for s in spaces if s.endswith(("#", "/")) and not s.startswith(base)))


def _ask(store: ox.Store, query: str) -> Iterator[tuple[ox.NamedNode | ox.Literal, ...]]:
    answer = store.query(query, use_default_graph_as_union=True, prefixes=PREFIXES)
    assert isinstance(answer, ox.QuerySolutions)  # all are SELECT
    for row in answer:
        yield tuple(row)


def _number(term: object) -> int:
    return int(term.value) if isinstance(term, ox.Literal) else 0
