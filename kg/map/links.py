"""The links graph: which events and claims of different articles are the same.

It is the only graph that depends on the corpus, and the only one that is rebuilt when an article
comes or goes. `prov:alternateOf` joins descriptions of one thing without merging them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from kg.iris import article_iri, graph_iri
from kg.map.terms import TERM, Term, event_type, number, words
from kg.model import Article, Event
from kg.settings import Settings


@dataclass(slots=True)
class _Story:
    names: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)


def map_links(articles: Iterable[Article], settings: Settings | None = None) -> list[Quad]:
    """Return the links graph of articles in any order: stories first, then the links, by IRI.

    A story counts its independent sources: the outlets, or original outlets, of its articles; an
    article that names none counts for itself.

    Raises:
        ValueError: a path that cannot stand in an IRI.
    """
    base = (settings or Settings()).base
    graph = NamedNode(graph_iri(base, "links"))
    stories: dict[str, _Story] = {}
    links: list[tuple[str, str]] = []
    for article in articles:
        iri = article_iri(base, article.id)
        for event in article.events:
            if event.story is not None:
                links.append((f"{iri}#{event.id}", base + event.story))
                _add_to_story(stories.setdefault(base + event.story, _Story()), event, article)
        for claim in article.claims:
            if claim.same_as is not None:
                other = base + claim.same_as if "/" in claim.same_as else f"{iri}#{claim.same_as}"
                links.append((f"{iri}#{claim.id}", other))
    triples = [triple for iri in sorted(stories) for triple in _describe(iri, stories[iri])]
    triples += [(a, "prov:alternateOf", NamedNode(b)) for a, b in sorted(set(links))]
    return [Quad(NamedNode(s), TERM[p], o, graph) for s, p, o in triples]


def _add_to_story(story: _Story, event: Event, article: Article) -> None:
    outlet = article.original_publisher or article.publisher
    story.names.add(event.name)
    story.types.add(event.type)
    story.sources.add(outlet.name.casefold() if outlet else article.id)


def _describe(iri: str, story: _Story) -> list[tuple[str, str, Term]]:
    name = min(story.names, key=lambda text: (len(text), text))
    return [
        (iri, "rdf:type", TERM["kg:Story"]),
        (iri, "schema:name", words(name, "en")),
        *((iri, "sem:eventType", event_type(code)) for code in sorted(story.types)),
        (iri, "kg:independentSources", number(len(story.sources))),
    ]
