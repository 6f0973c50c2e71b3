"""The dataset graph: what the graph is, under what licence, and how much of what is in it.

It holds no time stamp: the same articles give the same bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.iris import graph_iri
from kg.map.derived import count_derived
from kg.map.settled import used_entities
from kg.map.terms import TERM, Term, number, words
from kg.model import Article, Link
from kg.settings import Settings
from kg.vocabulary import KG, SCHEMA

_TITLE = "News knowledge graph"
_ABOUT = (
    "Articles with the actors, places, events, claims and figures found in them, each with the "
    "words of the text that it rests on. What is only claimed is marked as such."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetCounts:
    """How many of what a dataset holds; claims count those derived from labels too."""

    articles: int
    actors: int
    places: int
    asserted_events: int
    unconfirmed_events: int
    claims: int
    figures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCounts:
    """What one article adds to the counts.

    Attributes:
        asserted_events, unconfirmed_events, claims, figures: numbers.
        actors, places: keys; the same key in two articles is the same thing.
    """

    asserted_events: int
    unconfirmed_events: int
    claims: int
    figures: int
    actors: tuple[str, ...]
    places: tuple[str, ...]


def count_article(article: Article) -> ArticleCounts:
    """Return what an article adds to the counts."""
    asserted = sum(event.asserted for event in article.events)
    actors, places = used_entities(article)
    return ArticleCounts(
        asserted_events=asserted,
        unconfirmed_events=len(article.events) - asserted,
        claims=len(article.claims) + count_derived(article),
        figures=len(article.figures),
        actors=tuple(sorted({_key(article.id, a.id, a.link) for a in actors})),
        places=tuple(sorted({_key(article.id, p.id, p.link) for p in places})),
    )


class CountTable:
    """Counts articles that come one by one."""

    def __init__(self) -> None:
        self._articles = self._asserted = self._unconfirmed = self._claims = self._figures = 0
        self._actors: set[str] = set()
        self._places: set[str] = set()

    def take(self, article: Article) -> None:
        """Count what an article has."""
        self.add(count_article(article))

    def add(self, counts: ArticleCounts) -> None:
        """Add the counts of an article."""
        self._articles += 1
        self._asserted += counts.asserted_events
        self._unconfirmed += counts.unconfirmed_events
        self._claims += counts.claims
        self._figures += counts.figures
        self._actors.update(counts.actors)
        self._places.update(counts.places)

    def counts(self) -> DatasetCounts:
        """Return the counts so far."""
        return DatasetCounts(
            articles=self._articles,
            actors=len(self._actors),
            places=len(self._places),
            asserted_events=self._asserted,
            unconfirmed_events=self._unconfirmed,
            claims=self._claims,
            figures=self._figures,
        )


def count_articles(articles: Iterable[Article]) -> DatasetCounts:
    """Return the counts of the records; an actor in two articles counts twice unless linked."""
    table = CountTable()
    for article in articles:
        table.take(article)
    return table.counts()


def map_dataset(
    counts: DatasetCounts,
    settings: Settings | None = None,
    *,
    title: str = _TITLE,
    licence: str | None = None,
) -> list[Quad]:
    """Return the description of the dataset.

    Args:
        counts: from `count_articles`.
        settings: only the base is used.
        title: its name, in English.
        licence: IRI of the licence of the graph itself; left out where None.

    Raises:
        ValueError: the licence is no IRI.

    Source: https://www.w3.org/TR/void/#statistics
    """
    base = (settings or Settings()).base
    graph, node = NamedNode(graph_iri(base, "dataset")), NamedNode(base + "dataset")
    triples: list[tuple[NamedNode, str, Term]] = [
        (node, "rdf:type", TERM["schema:Dataset"]),
        (node, "rdf:type", TERM["dcat:Dataset"]),
        (node, "rdf:type", TERM["void:Dataset"]),
        (node, "schema:name", words(title, "en")),
        (node, "dcterms:title", words(title, "en")),
        (node, "schema:description", words(_ABOUT, "en")),
    ]
    if licence is not None:
        triples.append((node, "schema:license", NamedNode(licence)))
        triples.append((node, "dcterms:license", NamedNode(licence)))
    triples.append((node, "void:uriSpace", words(base)))
    triples += [(node, "void:vocabulary", NamedNode(iri)) for iri in (SCHEMA, KG)]
    triples.append((node, "void:documents", number(counts.articles)))
    triples += _partitions(base, node, counts)
    return [Quad(s, TERM[p], o, graph) for s, p, o in triples]


def _partitions(
    base: str, node: NamedNode, counts: DatasetCounts
) -> list[tuple[NamedNode, str, Term]]:
    parts = (
        ("articles", "schema:NewsArticle", counts.articles),
        ("events", "schema:Event", counts.asserted_events),
        ("unconfirmed-events", "kg:UnconfirmedEvent", counts.unconfirmed_events),
        ("claims", "schema:Claim", counts.claims),
        ("figures", "schema:Observation", counts.figures),
    )
    named = [(NamedNode(f"{base}dataset/{name}"), kind, size) for name, kind, size in parts]
    triples: list[tuple[NamedNode, str, Term]] = [
        (node, "void:classPartition", part) for part, _, _ in named
    ]
    for part, kind, size in named:
        triples.append((part, "rdf:type", TERM["void:Dataset"]))
        triples.append((part, "void:class", TERM[kind]))
        triples.append((part, "void:entities", number(size)))
    return triples


def _key(article: str, local_id: str, link: Link | None) -> str:
    return link.iri if link and link.iri else f"{article}#{local_id}"
