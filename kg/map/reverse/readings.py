"""Which nodes an article's graph takes for actors, and which for places.

A node of the article's own says so by its type. A linked one is what it is mentioned as or has a
part as; a country may be both.
"""

from collections import Counter
from collections.abc import Iterator

from kg.map.reverse.index import GraphIndex
from kg.vocabulary import TERMS

_ACTOR_PARTS = (
    "schema:agent",
    "schema:object",
    "schema:participant",
    "schema:observationAbout",
    "kg:claimedBy",
    "kg:deniedBy",
    "kg:addressee",
    "kg:actsFor",
)
_SPEAKER_PARTS = ("schema:author", "schema:publisher")
_PLACE_PARTS = ("schema:location", "kg:near", "sem:hasPlace")
_GOVERNMENT, _PLACE = TERMS["schema:GovernmentOrganization"], TERMS["schema:Place"]


def find_readings(graph: GraphIndex) -> tuple[set[str], set[str]]:
    """Return the nodes that are actors of the article, and those that are places of it."""
    actors = {node for node, _ in graph.pairs("kg:actorType")}
    places = set(graph.typed("schema:Place"))
    actors |= {node for node in _with_parts(graph) if graph.is_linked(node)}
    located = {node for name in _PLACE_PARTS for _, node in graph.pairs(name)}
    places |= {node for node in located if graph.is_linked(node)}
    mentions = graph.pairs("itsrdf:taIdentRef")
    shared = _shared(mentions)
    for span, node in mentions:
        if graph.is_linked(node):
            acting, placed = _mentioned_as(graph, span, node, alone=span not in shared)
            actors.update([node] * acting)
            places.update([node] * placed)
    return actors, places


def _with_parts(graph: GraphIndex) -> Iterator[str]:
    """Yield the nodes that act, speak, are acted on, acted for or have a role."""
    for name in _ACTOR_PARTS:
        yield from (node for _, node in graph.pairs(name))
    for name in ("kg:actsFor", "kg:role"):
        yield from (node for node, _ in graph.pairs(name))
    for name in _SPEAKER_PARTS:
        yield from (node for claim, node in graph.pairs(name) if claim != graph.node)


def _shared(mentions: list[tuple[str, str]]) -> set[str]:
    """Return the spans that mention more than one node."""
    return {span for span, times in Counter(span for span, _ in mentions).items() if times > 1}


def _mentioned_as(graph: GraphIndex, span: str, node: str, *, alone: bool) -> tuple[bool, bool]:
    """Return whether a span mentions a linked node as an actor, and whether as a place.

    Where it mentions others too, the authority graph says which of the readings the node has.
    """
    classes = graph.texts(span, "itsrdf:taClassRef")
    acting, placed = _GOVERNMENT in classes, _PLACE in classes
    if alone:
        return acting or not placed, placed
    is_place = _PLACE in graph.texts(node, "rdf:type", beside=True)
    is_actor = graph.text_of(node, "kg:actorType", beside=True) is not None
    return is_actor and (acting or not is_place), is_place and placed
