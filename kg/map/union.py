"""Many articles: the quads of the whole dataset, and how much of the texts it repeats."""

from collections.abc import Iterable, Sequence

from pyoxigraph import Quad

from kg.map.article import map_article
from kg.map.authority import linked_nodes, map_authority
from kg.map.dataset import count_articles, map_dataset
from kg.map.entities import all_entities
from kg.map.links import map_links
from kg.model import Article, Span
from kg.settings import Settings


def map_articles(articles: Sequence[Article], settings: Settings | None = None) -> list[Quad]:
    """Return the graphs of all articles, by id, then authority, links and dataset.

    The order of the articles makes no difference.

    Raises:
        RecordError: a record that cannot be mapped; names it.
    """
    settings = settings or Settings()
    ordered = sorted(articles, key=lambda a: (a.id, a.source))
    quads = [quad for article in ordered for quad in map_article(article, settings)]
    nodes = {node for article in ordered for node in linked_nodes(article)}
    quads += map_authority(nodes, settings=settings)
    quads += map_links(ordered, settings)
    quads += map_dataset(count_articles(ordered), settings)
    return quads


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
