"""Actors and places of an article's graph, as values."""

from kg.map.reverse.index import GraphIndex
from kg.map.reverse.readings import find_readings
from kg.model import Actor, ActorType, Link, Mention, MentionKind, Place, PlaceType, Role
from kg.vocabulary import ACTOR_TYPE, ACTOR_TYPE_SLUGS, PLACE_CLASSES, TERMS, WIKIDATA

_ACTOR_TYPES: dict[str, ActorType] = {
    ACTOR_TYPE + slug: kind for kind, slug in ACTOR_TYPE_SLUGS.items()
}


def read_entities(graph: GraphIndex) -> tuple[tuple[Actor, ...], tuple[Place, ...]]:
    """Return the actors and the places, each by id."""
    acting, placed = find_readings(graph)
    actors = [_read_actor(graph, node, shared=node in placed) for node in acting]
    places = [_read_place(graph, node, shared=node in acting) for node in placed]
    return (
        tuple(sorted(actors, key=lambda actor: actor.id)),
        tuple(sorted(places, key=lambda place: place.id)),
    )


def read_link(graph: GraphIndex, node: str) -> Link | None:
    """Return the link of a node; how it was made is not in the graph."""
    item = graph.text_of(node, "schema:sameAs", beside=True)
    qid = item.removeprefix(WIKIDATA) if item else None
    path = None if graph.local_id(node) else graph.path(node)
    return Link(iri=path, qid=qid) if path is not None or qid is not None else None


def _read_actor(graph: GraphIndex, node: str, *, shared: bool) -> Actor:
    reading = "schema:GovernmentOrganization" if shared else None
    mentions = _mentions(graph, node, reading)
    link = read_link(graph, node)
    name = graph.text_of(node, "schema:name", beside=True)
    named = name is not None
    name = name if name is not None else graph.needed(node, "schema:description", beside=True)
    principals = graph.actor_ids(node, "kg:actsFor")
    return Actor(
        id=graph.actor_id(node),
        name=name,
        type=_ACTOR_TYPES[graph.needed(node, "kg:actorType", beside=True)],
        named=named,
        aliases=_aliases(graph, node, name, link, mentions),
        roles=_roles(graph, node),
        acts_for=principals[0] if principals else None,
        mentions=mentions,
        link=link,
    )


def _read_place(graph: GraphIndex, node: str, *, shared: bool) -> Place:
    mentions = _mentions(graph, node, "schema:Place" if shared else None)
    link = read_link(graph, node)
    name = graph.needed(node, "schema:name", beside=True)
    return Place(
        id=graph.place_id(node),
        name=name,
        type=_place_type(graph, node),
        aliases=_aliases(graph, node, name, link, mentions),
        mentions=mentions,
        link=link,
        latitude=graph.number(node, "schema:latitude", beside=True),
        longitude=graph.number(node, "schema:longitude", beside=True),
    )


def _place_type(graph: GraphIndex, node: str) -> PlaceType:
    classes = set(graph.texts(node, "rdf:type", beside=True))
    for kind, curie in PLACE_CLASSES.items():
        if TERMS[curie] in classes:
            return kind
    return "Place"


def _aliases(
    graph: GraphIndex, node: str, name: str, link: Link | None, mentions: tuple[Mention, ...]
) -> tuple[str, ...]:
    found = set(graph.texts(node, "schema:alternateName"))
    if link and link.iri:
        found |= {mention.span.text for mention in mentions if mention.kind == "name"}
        found -= {name}
    return tuple(sorted(found))


def _roles(graph: GraphIndex, node: str) -> tuple[Role, ...]:
    return tuple(Role(span=span) for span in graph.spans(node, "kg:role"))


def _mentions(graph: GraphIndex, node: str, reading: str | None) -> tuple[Mention, ...]:
    """Return the mentions of a node, or those in one reading of a node that has two."""
    passages = graph.subjects("itsrdf:taIdentRef", node)
    if reading:
        wanted = TERMS[reading]
        passages = [p for p in passages if wanted in graph.texts(p, "itsrdf:taClassRef")]
    found = [_mention(graph, passage) for passage in passages]
    return tuple(sorted(found, key=lambda m: (m.span.start, m.span.end)))


def _mention(graph: GraphIndex, passage: str) -> Mention:
    marks = graph.texts(passage, "kg:mentionKind")
    kind: MentionKind = "name"
    if "nominal" in marks:
        kind = "nominal"
    elif "pronoun" in marks:
        kind = "pronoun"
    return Mention(
        span=graph.span(passage),
        kind=kind,
        metonym="metonym" in marks,
        inferred="inferred" in marks,
    )
