"""Many articles: the quads of the whole dataset, and how much of the texts it repeats."""

from collections.abc import Iterable, Iterator

from pyoxigraph import Quad

from kg.map.article import map_article
from kg.map.authority import LinkedNode, linked_nodes, map_authority
from kg.map.concepts import ConceptTable
from kg.map.dataset import CountTable, map_dataset
from kg.map.entities import all_entities
from kg.map.links import LinkTable
from kg.map.rows import map_table, table_concepts, table_nodes
from kg.model import Article, EventTable, Span
from kg.settings import Settings


def map_articles(
    articles: Iterable[Article],
    settings: Settings | None = None,
    tables: Iterable[EventTable] = (),
) -> list[Quad]:
    """Return the graphs of all articles and tables, by id, then authority, links and dataset.

    The order of the articles and tables makes no difference.

    Raises:
        RecordError: a record that cannot be mapped; names it.
    """
    ordered = sorted(articles, key=lambda a: (a.id, a.source))
    return list(iter_articles(ordered, settings, sorted(tables, key=lambda t: (t.id, t.source))))


def iter_articles(
    articles: Iterable[Article],
    settings: Settings | None = None,
    tables: Iterable[EventTable] = (),
) -> Iterator[Quad]:
    """Yield what `map_articles` returns, with one article in memory at a time.

    Args:
        articles: in the order in which they are to be written; sorted by id, the same set gives the
            same quads.
        settings: defaults where None.
        tables: likewise; they come after the articles.

    Raises:
        RecordError: a record that cannot be mapped; names it.
    """
    settings = settings or Settings()
    nodes, links, counts = set[LinkedNode](), LinkTable(settings), CountTable()
    concepts = ConceptTable(settings)
    for article in articles:
        yield from map_article(article, settings)
        nodes.update(linked_nodes(article))
        links.take(article)
        counts.take(article)
        concepts.take(article)
    for table in tables:
        yield from map_table(table, settings)
        nodes.update(table_nodes(table))
        concepts.add(table_concepts(table))
    yield from map_authority(nodes, settings=settings)
    yield from concepts.quads()
    yield from links.quads()
    yield from map_dataset(counts.counts(), settings)


def repeated_share(articles: Iterable[Article], settings: Settings | None = None) -> float:
    """Return the share of the bodies' code points that the graph repeats, 0 to 1.

    With `evidence="offsets"` only the texts of claims are repeated.
    """
    settings, body, repeated = settings or Settings(), 0, 0
    for article in articles:
        inside = {
            offset
            for zone in article.zones
            if zone.kind == "body"
            for offset in range(zone.start, zone.end)
        }
        shown = {o for span in _shown_spans(article, settings) for o in range(span.start, span.end)}
        body += len(inside)
        repeated += len(inside & shown)
    return repeated / body if body else 0.0


def _shown_spans(article: Article, settings: Settings) -> Iterable[Span]:
    for claim in article.claims:
        yield from claim.parts
    for event in article.events:
        if settings.evidence == "words" or any(label.by for label in event.factuality):
            yield from (mention.sentence for mention in event.mentions)
        if settings.evidence == "words":
            yield from event.evidence
    if settings.evidence == "words":
        yield from (figure.span for figure in article.figures)
        for entity in all_entities(article):
            yield from (mention.span for mention in entity.mentions)
