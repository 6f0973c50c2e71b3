"""Article -> quads of its named graph, in a fixed order: the same record gives the same quads.

The order of a record's lists makes no difference, except that the first label is the main one.
"""

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad

from kg.errors import RecordError
from kg.iris import graph_iri
from kg.map.claims import add_attributions, add_claims, add_figures
from kg.map.entities import add_actors, add_places, name_entities
from kg.map.events import add_events
from kg.map.head import add_head
from kg.map.settled import settle_article
from kg.map.sheet import Sheet
from kg.map.terms import TERM, words
from kg.model import Article
from kg.settings import Settings


def map_article(article: Article, settings: Settings | None = None) -> list[Quad]:
    """Return the quads of an article's graph, and of its text graph where the text is kept.

    Blocks of one subject each: the article, its writers and source, actors, places, events, claims,
    figures, then the spans by offset.

    Args:
        article: linked or not; its ids must be consistent.
        settings: base, form of evidence, and whether to keep the text; defaults where None.

    Raises:
        RecordError: an id that no entry has, or a value that cannot stand in RDF; one line.
    """
    settings = settings or Settings()
    try:
        check_article(article)
        sheet = Sheet(settle_article(article), settings)
        _name_all(sheet)
        for add in (
            add_head,
            add_actors,
            add_places,
            add_events,
            add_claims,
            add_attributions,
            add_figures,
        ):
            add(sheet)
        sheet.write_passages()
        return [*sheet.quads, *_text_graph(sheet)]
    except RecordError as error:
        raise RecordError(str(error), source=article.source) from None
    except (ValueError, KeyError) as error:
        raise RecordError(f"cannot stand in RDF: {error}", source=article.source) from None


def check_article(article: Article) -> None:
    """Refuse a record that lacks what every event, claim and figure has.

    Raises:
        RecordError: names the entry and what it lacks.
    """
    for event in article.events:
        _need(event.id, mentions=event.mentions, factuality=event.factuality)
    for claim in article.claims:
        _need(claim.id, parts=claim.parts, speakers=claim.speakers)
    for figure in article.figures:
        _need(figure.id, factuality=figure.factuality)


def _need(local_id: str, **lists: tuple[object, ...]) -> None:
    for name, values in lists.items():
        if not values:
            raise RecordError(f"{local_id}: {name} is empty")


def _name_all(sheet: Sheet) -> None:
    name_entities(sheet)
    article = sheet.article
    ids = [event.id for event in article.events]
    ids += [claim.id for claim in article.claims]
    ids += [figure.id for figure in article.figures]
    for local_id in ids:
        sheet.name_node(local_id, sheet.local(local_id))


def _text_graph(sheet: Sheet) -> Iterator[Quad]:
    """Yield the full text, in a graph of its own."""
    article, settings = sheet.article, sheet.settings
    if settings.with_text and article.text is not None:
        graph = NamedNode(graph_iri(settings.base, f"text/{article.id}"))
        context = sheet.local(f"char=0,{article.text_length}")
        yield Quad(context, TERM["nif:isString"], words(article.text), graph)
