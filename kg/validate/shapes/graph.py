"""The triples of a shapes graph by subject, and the names that nameless shapes are given."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pyoxigraph as ox

SH = "http://www.w3.org/ns/shacl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"

NAMELESS = "urn:kg:nameless-shape:"

Term = Any  # a NamedNode, BlankNode, Literal or Triple: pyoxigraph has no class above them
Index = dict[Term, dict[str, list[Term]]]


def index_triples(triples: Iterable[ox.Triple]) -> Index:
    """Return objects by subject and predicate, in the order of the triples."""
    index: Index = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        index[triple.subject][triple.predicate.value].append(triple.object)
    return index


def values(index: Index, node: Term, predicate: str) -> list[Term]:
    """Return the objects of a node, without making an entry for it."""
    return index[node].get(predicate, []) if node in index else []


def name_shapes(triples: Iterable[ox.Triple]) -> dict[Term, str]:
    """Return a name for every nameless shape that results may come from, in order of appearance.

    Engines give blank nodes names of their own, by which a result cannot be traced to its shape.
    """
    names: dict[Term, str] = {}
    for triple in triples:
        term = triple.predicate.value.removeprefix(SH)
        node = triple.object if term == "property" else triple.subject
        if (term == "property" or term.startswith("target")) and isinstance(node, ox.BlankNode):
            names.setdefault(node, f"{NAMELESS}{len(names) + 1}")
    return names


def rename(triples: Iterable[ox.Triple], names: Mapping[Term, str]) -> list[ox.Triple]:
    """Return the triples with blank nodes replaced by the names given to them."""
    nodes = {node: ox.NamedNode(name) for node, name in names.items()}
    return [
        ox.Triple(nodes.get(t.subject, t.subject), t.predicate, nodes.get(t.object, t.object))
        for t in triples
    ]


def write_text(triples: Iterable[ox.Triple]) -> str:
    """Return the triples as N-Triples."""
    data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return (data or b"").decode()


def list_items(index: Index, node: Term) -> list[Term]:
    """Return the members of an RDF list, as far as it is well formed; a circle ends it."""
    items: list[Term] = []
    seen: set[Term] = set()
    while node not in seen and values(index, node, RDF + "first"):
        seen.add(node)
        items.append(index[node][RDF + "first"][0])
        rest = values(index, node, RDF + "rest")
        node = rest[0] if rest else None
    return items


def superclasses(index: Index, kind: str) -> frozenset[str]:
    """Return a class and all above it by rdfs:subClassOf."""
    found: set[str] = set()
    ways = [kind]
    while ways:
        name = ways.pop()
        if name not in found:
            found.add(name)
            above = values(index, ox.NamedNode(name), RDFS + "subClassOf")
            ways += [term.value for term in above if isinstance(term, ox.NamedNode)]
    return frozenset(found)


def types_of(index: Index, node: Term) -> frozenset[str]:
    """Return the classes of a node, with those above them."""
    return frozenset(
        name
        for kind in values(index, node, RDF + "type")
        if isinstance(kind, ox.NamedNode)
        for name in superclasses(index, kind.value)
    )
