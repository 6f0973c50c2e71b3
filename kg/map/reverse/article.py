"""Quads -> Article: the record of an article's graph, with the authority graph beside it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import get_args

from pyoxigraph import NamedNode, Quad

from kg.errors import RecordError
from kg.iris import graph_iri
from kg.map.head import plain_headline
from kg.map.reverse.entities import read_entities, read_link
from kg.map.reverse.happenings import read_claims, read_events, read_figures
from kg.map.reverse.index import GraphIndex, member
from kg.model import Article, Author, Outlet, Span, Zone, ZoneKind
from kg.settings import Settings


def unmap_article(
    quads: Iterable[Quad], settings: Settings | None = None, *, text: str | None = None
) -> Article:
    """Return the record of an article from its graph.

    `docs/data-model.md` says what comes back; `normalise_article` gives the same form.

    Args:
        quads: the article's graph; beside it the authority graph, without which linked nodes have
            no names, and the links graph, which knows stories.
        settings: only the base is used.
        text: the source text; needed where the graph keeps offsets only.

    Raises:
        RecordError: there is not exactly one article, or something it needs is missing.
    """
    graph = GraphIndex(quads, settings or Settings(), text)
    try:
        return _read_article(graph)
    except (KeyError, IndexError, ValueError) as error:
        raise RecordError(f"not a graph of kg: {error}", source=graph.node) from None


def unmap_articles(quads: Iterable[Quad], settings: Settings | None = None) -> tuple[Article, ...]:
    """Return the records of all articles of a dataset, by id.

    Args:
        quads: with their named graphs, as TriG, N-Quads and JSON-LD keep them.
        settings: only the base is used.

    Raises:
        RecordError: an article's graph lacks something; names it.
    """
    settings = settings or Settings()
    room, text_room = (graph_iri(settings.base, name) for name in ("article/", "text/"))
    own: dict[str, list[Quad]] = {}
    beside: list[Quad] = []
    for quad in quads:
        name = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
        key = name.removeprefix(room).removeprefix(text_room)
        (own.setdefault(key, []) if key != name else beside).append(quad)
    shared = _by_subject(beside)
    return tuple(
        unmap_article([*own[key], *_used(own[key], shared)], settings) for key in sorted(own)
    )


def _by_subject(quads: Iterable[Quad]) -> dict[object, list[Quad]]:
    found: dict[object, list[Quad]] = {}
    for quad in quads:
        found.setdefault(quad.subject, []).append(quad)
    return found


def _used(own: Sequence[Quad], shared: dict[object, list[Quad]]) -> Iterator[Quad]:
    """Yield what other graphs say of the nodes of an article's graph."""
    nodes = {quad.subject for quad in own} | {quad.object for quad in own}
    for node in sorted(nodes & shared.keys(), key=str):
        yield from shared[node]


def _read_article(graph: GraphIndex) -> Article:
    node = graph.node
    context = graph.needed(node, "schema:encoding")
    source = graph.needed(node, "schema:isBasedOn")
    actors, places = read_entities(graph)
    headline = _words_of_zone(graph, "headline", "schema:headline", plain_headline)
    return Article(
        id=node.rpartition("/")[2],
        source=graph.needed(source, "schema:name"),
        text_sha256=graph.needed(context, "schema:sha256"),
        text_length=graph.range(context)[1],
        raw_sha256=graph.needed(source, "schema:sha256"),
        language=graph.needed(node, "schema:inLanguage"),
        url=graph.text_of(node, "schema:url"),
        text=graph.text_of(context, "nif:isString", beside=True),
        encoding=graph.needed(source, "schema:encodingFormat").partition("charset=")[2],
        media_type=graph.needed(source, "schema:encodingFormat").partition(";")[0],
        headline=headline,
        title=graph.text_of(node, "schema:alternativeHeadline" if headline else "schema:headline"),
        authors=_authors(graph),
        publisher=_outlet(graph, "schema:publisher"),
        original_publisher=_outlet(graph, "schema:sourceOrganization"),
        dateline=_words_of_zone(graph, "dateline", "schema:dateline", str),
        zones=_zones(graph),
        date_published=graph.text_of(node, "schema:datePublished"),
        date_inferred=graph.text_of(node, "dcterms:date"),
        date_earliest=graph.text_of(node, "sem:hasEarliestBeginTimeStamp"),
        date_latest=graph.text_of(node, "sem:hasLatestEndTimeStamp"),
        date_basis=graph.text_of(node, "skos:editorialNote"),
        actors=actors,
        places=places,
        events=read_events(graph),
        claims=read_claims(graph),
        figures=read_figures(graph),
    )


def _words_of_zone(
    graph: GraphIndex, kind: ZoneKind, predicate: str, form: Callable[[str], str]
) -> Span | None:
    """Return the zone whose words the article has, or else the longest such span inside one."""
    wanted = graph.text_of(graph.node, predicate)
    zones = [(graph.range(node), node) for node in graph.subjects("kg:zone", kind)]
    if wanted is None or not zones:
        return None
    inside = [
        (node not in {zone for _, zone in zones}, start, -end, node)
        for node in graph.typed("nif:RFC5147String")
        for start, end in [graph.range(node)]
        if any(a <= start and end <= b for (a, b), _ in zones) and graph.has_words(node)
    ]
    found = (graph.span(node) for *_, node in sorted(inside))
    return next((span for span in found if form(span.text) == wanted), None)


def _authors(graph: GraphIndex) -> tuple[Author, ...]:
    end = graph.range(graph.needed(graph.node, "schema:encoding"))[1]
    found = [
        Author(name=graph.needed(node, "schema:name"), span=graph.one_span(node, "kg:credit"))
        for node in graph.texts(graph.node, "schema:author")
    ]
    return tuple(sorted(found, key=lambda a: (a.span.start if a.span else end, a.name)))


def _outlet(graph: GraphIndex, predicate: str) -> Outlet | None:
    node = graph.text_of(graph.node, predicate)
    if node is None:
        return None
    span = graph.one_span(node, "kg:credit")
    return Outlet(
        name=graph.needed(node, "schema:name", beside=True),
        span=span,
        link=read_link(graph, node),
    )


def _zones(graph: GraphIndex) -> tuple[Zone, ...]:
    found = []
    for kind in get_args(ZoneKind):
        for node in graph.subjects("kg:zone", kind):
            start, end = graph.range(node)
            found.append(Zone(kind=member(kind, get_args(ZoneKind), "zone"), start=start, end=end))
    return tuple(sorted(found, key=lambda zone: (zone.start, zone.end, zone.kind)))
