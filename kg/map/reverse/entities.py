"""Actors and places of an article's graph, as values."""

from kg.map.reverse.index import GraphIndex
from kg.model import Actor, ActorType, Link, Mention, MentionKind, Place, PlaceType, Role, Span
from kg.vocabulary import ACTOR_TYPE, ACTOR_TYPE_SLUGS, PLACE_CLASSES, TERMS, WIKIDATA

_ACTOR_TYPES: dict[str, ActorType] = {
    ACTOR_TYPE + slug: kind for kind, slug in ACTOR_TYPE_SLUGS.items()
}


def read_actors(graph: GraphIndex) -> tuple[Actor, ...]:
    """Return the actors, by id."""
    places = set(graph.texts(graph.node, "kg:hasPlace"))
    found = [
        _read_actor(graph, node, shared=node in places)
        for node in graph.texts(graph.node, "kg:hasActor")
    ]
    return tuple(sorted(found, key=lambda actor: actor.id))


def read_places(graph: GraphIndex) -> tuple[Place, ...]:
    """Return the places, by id."""
    actors = set(graph.texts(graph.node, "kg:hasActor"))
    found = [
        _read_place(graph, node, shared=node in actors)
        for node in graph.texts(graph.node, "kg:hasPlace")
    ]
    return tuple(sorted(found, key=lambda place: place.id))


def read_link(graph: GraphIndex, node: str, spans: list[Span]) -> Link | None:
    """Return the link of a node; how it was made stands on the spans that name it."""
    item = graph.text_of(node, "schema:sameAs", beside=True)
    qid = item.removeprefix(WIKIDATA) if item else None
    path = None if graph.local_id(node) else graph.path(node)
    if path is None and qid is None:
        return None
    method, score = None, None
    if spans:
        passage = f"{graph.node}#char={spans[0].start},{spans[0].end}"
        method = graph.text_of(passage, "kg:linkMethod")
        score = graph.number(passage, "itsrdf:taConfidence")
    return Link(
        iri=path,
        qid=qid,
        method="name" if method is None else method,
        score=1.0 if score is None else score,
    )


def _read_actor(graph: GraphIndex, node: str, *, shared: bool) -> Actor:
    reading = "schema:GovernmentOrganization" if shared else None
    mentions = _mentions(graph, node, reading)
    link = read_link(graph, node, [mention.span for mention in mentions])
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
    link = read_link(graph, node, [mention.span for mention in mentions])
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
    found = []
    for passage in graph.texts(node, "kg:role"):
        span = graph.span(passage)
        start, end = graph.text_of(passage, "kg:roleStart"), graph.text_of(passage, "kg:roleEnd")
        found.append(Role(span=span, start=start, end=end))
    return tuple(sorted(found, key=lambda role: (role.span.start, role.span.end)))


def _mentions(graph: GraphIndex, node: str, reading: str | None) -> tuple[Mention, ...]:
    """Return the mentions of a node, or those in one reading of a node that has two."""
    passages = graph.subjects("itsrdf:taIdentRef", node)
    if reading:
        wanted = TERMS[reading]
        passages = [p for p in passages if wanted in graph.texts(p, "itsrdf:taClassRef")]
    found = [_mention(graph, passage, node) for passage in passages]
    return tuple(sorted(found, key=lambda m: (m.span.start, m.span.end)))


def _mention(graph: GraphIndex, passage: str, node: str) -> Mention:
    marks = graph.texts(passage, "kg:mentionKind")
    if node in graph.texts(passage, "kg:nameOf"):
        marks = []
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
