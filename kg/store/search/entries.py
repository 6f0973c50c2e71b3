"""What of a graph can be found by its words: names, headlines, claims, events and evidence."""

from collections.abc import Iterator

import pyoxigraph as ox

from kg.store.search.index import Entry, Kind
from kg.vocabulary import expand

_NAMES = ("schema:name", "schema:alternateName", "schema:description")
_KINDS: tuple[tuple[str, Kind], ...] = (("schema:headline", "headline"), ("schema:text", "claim"))
_EVENTS = ("schema:Event", "kg:UnconfirmedEvent")
_NOT_NAMED = ("schema:MediaObject", "prov:Entity", "prov:SoftwareAgent", "dcat:Dataset", "kg:Story")


def read_entries(store: ox.Store, graph: str | None = None) -> Iterator[Entry]:
    """Yield the entries of one named graph, or of all.

    A name is that of whoever and whatever has one, but for events, which are a kind of their own,
    and for files, programs and the dataset, which nobody looks for.
    """
    where = None if graph is None else ox.NamedNode(graph)
    yield from _names(store, where)
    for predicate, kind in _KINDS:
        for quad in store.quads_for_pattern(None, _node(predicate), None, where):
            if isinstance(quad.object, ox.Literal):
                yield _entry(quad, kind, quad.object.value)
    anchor = _node("nif:anchorOf")
    claims = _of_class(store, where, "schema:Claim")
    for quad in store.quads_for_pattern(None, _node("kg:evidence"), None, where):
        if quad.subject in claims or isinstance(quad.object, ox.Literal):
            continue  # a claim's words are found as the claim
        spans = store.quads_for_pattern(quad.object, anchor, None, quad.graph_name)
        words = next((span.object for span in spans), None)
        if isinstance(words, ox.Literal):
            yield _entry(quad, "evidence", words.value)


def _names(store: ox.Store, where: ox.NamedNode | None) -> Iterator[Entry]:
    events = set().union(*(_of_class(store, where, name) for name in _EVENTS))
    others = set().union(*(_of_class(store, where, name) for name in _NOT_NAMED))
    for predicate in _NAMES:
        for quad in store.quads_for_pattern(None, _node(predicate), None, where):
            if not isinstance(quad.object, ox.Literal) or quad.subject in others:
                continue
            yield _entry(quad, "event" if quad.subject in events else "name", quad.object.value)


def _of_class(store: ox.Store, where: ox.NamedNode | None, name: str) -> set[object]:
    kind = _node("rdf:type")
    return {quad.subject for quad in store.quads_for_pattern(None, kind, _node(name), where)}


def _entry(quad: ox.Quad, kind: Kind, words: str) -> Entry:
    iri = str(getattr(quad.subject, "value", quad.subject))
    graph = getattr(quad.graph_name, "value", "")
    article = iri.partition("#")[0] if "/article/" in iri else ""
    return Entry(graph=graph, iri=iri, kind=kind, words=words, article=article)


def _node(name: str) -> ox.NamedNode:
    return ox.NamedNode(expand(name))
