"""The links graph: which events and claims of different articles are the same.

It is the only graph that depends on the corpus, and the only one that is rebuilt when an article
comes or goes. `prov:alternateOf` joins descriptions of one thing without merging them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from kg.iris import article_iri, graph_iri
from kg.map.terms import TERM, Term, event_type, number, words
from kg.model import Article
from kg.settings import Settings

_REASON = "Taken for one event: same type, standing and day (or year), same place or parties."


@dataclass(slots=True)
class _Story:
    names: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)


class LinkTable:
    """The links of articles that come one by one; only names and ids are kept."""

    def __init__(self, settings: Settings) -> None:
        self._base = settings.base
        self._stories: dict[str, _Story] = {}
        self._links: set[tuple[str, str]] = set()

    def take(self, article: Article) -> None:
        """Take the links of an article."""
        outlet = outlet_key(article)
        for event in article.events:
            if event.story is not None:
                self.take_event(article.id, event.id, event.story)
                self.describe_story(event.story, event.name, event.type, outlet)
        for claim in article.claims:
            if claim.same_as is not None:
                self.take_claim(article.id, claim.id, claim.same_as)

    def take_event(self, article: str, event: str, story: str) -> None:
        """Take the path of the story that an event tells."""
        iri = article_iri(self._base, article)
        self._links.add((f"{iri}#{event}", self._base + story))

    def describe_story(self, story: str, name: str, kind: str, outlet: str) -> None:
        """Take how an article calls a story, its type code, and who tells it."""
        found = self._stories.setdefault(self._base + story, _Story())
        found.names.add(name)
        found.types.add(kind)
        found.sources.add(outlet)

    def take_claim(self, article: str, claim: str, same_as: str) -> None:
        """Take what a claim repeats: the id of one of its article, or a shared path."""
        iri = article_iri(self._base, article)
        other = self._base + same_as if "/" in same_as else f"{iri}#{same_as}"
        self._links.add((f"{iri}#{claim}", other))

    def quads(self) -> list[Quad]:
        """Return the links graph: stories first, then the links, by IRI.

        Raises:
            ValueError: a path that cannot stand in an IRI.
        """
        graph = NamedNode(graph_iri(self._base, "links"))
        triples = [t for iri in sorted(self._stories) for t in _describe(iri, self._stories[iri])]
        triples += [(a, "prov:alternateOf", NamedNode(b)) for a, b in sorted(self._links)]
        return [Quad(NamedNode(s), TERM[p], o, graph) for s, p, o in triples]


def map_links(articles: Iterable[Article], settings: Settings | None = None) -> list[Quad]:
    """Return the links graph of articles in any order.

    A story counts its independent sources: the outlets, or original outlets, of its articles; an
    article that names none counts for itself.

    Raises:
        ValueError: a path that cannot stand in an IRI.
    """
    table = LinkTable(settings or Settings())
    for article in articles:
        table.take(article)
    return table.quads()


def outlet_key(article: Article) -> str:
    """Return who answers for an article: its outlet or original outlet, else itself."""
    outlet = article.original_publisher or article.publisher
    return outlet.name.casefold() if outlet else article.id


def _describe(iri: str, story: _Story) -> list[tuple[str, str, Term]]:
    name = min(story.names, key=lambda text: (len(text), text))
    return [
        (iri, "rdf:type", TERM["kg:Story"]),
        (iri, "schema:name", words(name, "en")),
        *((iri, "sem:eventType", event_type(code)) for code in sorted(story.types)),
        (iri, "kg:independentSources", number(len(story.sources))),
        (iri, "skos:editorialNote", words(_REASON, "en")),
    ]
