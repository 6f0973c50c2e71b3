"""What is validated together: each article's graph with the authority nodes it uses and its text.

A graph is known by what is in it (an article, a text) or by how its IRI ends (`graph/authority`),
never by the base. Data without named graphs are one unit.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from kg.validate.texts import TextFinder
from kg.vocabulary import expand

_TYPE = expand("rdf:type")
_ARTICLE = ox.NamedNode(expand("schema:NewsArticle"))
_CONTEXT = ox.NamedNode(expand("nif:Context"))
_IS_STRING = ox.NamedNode(expand("nif:isString"))
_SAME_AS = expand("schema:sameAs")
_CHARSET = "charset="


@dataclass(slots=True)
class Unit:
    """A graph and what stands beside it.

    Attributes:
        graph: IRI of the named graph, None for the default graph.
        triples: its own; beside: N-Triples of the authority nodes it uses and of its texts.
        articles: how many texts its articles have; texts: how many of them are at hand.
    """

    graph: str | None
    triples: list[ox.Triple]
    beside: bytes = b""
    articles: int = 0
    texts: int = 0
    _index: dict[Any, dict[str, list[Any]]] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        """All that is validated, as N-Triples."""
        return as_bytes(self.triples) + self.beside

    def values(self, subject: object, predicate: str) -> list[Any]:
        """Return the values of a property of a node, in the order of the graph."""
        if not self._index:
            for triple in self.triples:
                properties = self._index.setdefault(triple.subject, {})
                properties.setdefault(triple.predicate.value, []).append(triple.object)
        return self._index.get(subject, {}).get(predicate, [])


def split_units(quads: Iterable[ox.Quad], finder: TextFinder) -> list[Unit]:
    """Return the units of a dataset: graphs by IRI, the default graph first."""
    graphs: dict[str | None, list[ox.Triple]] = defaultdict(list)
    for quad in quads:
        graph = quad.graph_name
        graphs[graph.value if isinstance(graph, ox.NamedNode) else None].append(quad.triple)
    texts = [t for triples in graphs.values() for t in triples if t.predicate == _IS_STRING]
    shelf = _Shelf(next((t for n, t in graphs.items() if (n or "").endswith("/authority")), []))
    units = []
    for name in sorted(graphs, key=lambda n: n or ""):
        triples = graphs[name]
        if name is not None and all(t.predicate == _IS_STRING for t in triples):
            continue
        unit = Unit(name, triples)
        if name is not None and any(t.object == _ARTICLE for t in triples):
            unit.beside = shelf.used_by(triples)
        _add_texts(unit, texts, finder)
        units.append(unit)
    return units


def as_bytes(triples: Iterable[ox.Triple]) -> bytes:
    """Return triples as N-Triples."""
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


class _Shelf:
    """The authority graph by node, to be taken from as articles need it."""

    def __init__(self, triples: list[ox.Triple]) -> None:
        self._nodes: dict[Any, list[ox.Triple]] = defaultdict(list)
        self._items: dict[Any, list[Any]] = defaultdict(list)
        self._bytes: dict[Any, bytes] = {}
        for triple in triples:
            self._nodes[triple.subject].append(triple)
            if triple.predicate.value == _SAME_AS:
                self._items[triple.object].append(triple.subject)

    def used_by(self, triples: list[ox.Triple]) -> bytes:
        """Return the nodes that triples speak of or share an item with, and what those need."""
        waiting = [t.object for t in triples if t.object in self._nodes]
        waiting += [t.subject for t in triples if t.subject in self._nodes]
        for triple in triples:
            if triple.predicate.value == _SAME_AS:
                waiting += self._items.get(triple.object, [])
        found: dict[Any, None] = {}
        while waiting:
            node = waiting.pop()
            if node not in found:
                found[node] = None
                waiting += [t.object for t in self._nodes[node] if t.object in self._nodes]
        return b"".join(self._text_of(node) for node in found)

    def _text_of(self, node: object) -> bytes:
        if node not in self._bytes:
            self._bytes[node] = as_bytes(self._nodes[node])
        return self._bytes[node]


def _add_texts(unit: Unit, texts: list[ox.Triple], finder: TextFinder) -> None:
    """Put the texts of a unit's articles beside it: those of the data, else those found."""
    contexts = {t.subject for t in unit.triples if t.object == _CONTEXT}
    own = {t.subject for t in unit.triples if t.predicate == _IS_STRING}
    given = [t for t in texts if t.subject in contexts - own]
    known = own | {t.subject for t in given}
    for context in sorted(contexts - known, key=str):
        text = _found_text(unit, context, finder)
        if text is not None:
            given.append(ox.Triple(context, _IS_STRING, ox.Literal(text)))
            known.add(context)
    unit.beside += as_bytes(given)
    unit.articles, unit.texts = len(contexts), len(contexts & known)


def _found_text(unit: Unit, context: object, finder: TextFinder) -> str | None:
    hashes = unit.values(context, expand("schema:sha256"))
    if not hashes or not (finder.by_text or finder.by_bytes):
        return None
    raw, charset = next(_sources(unit, context), (None, None))
    return finder.find(hashes[0].value, raw, charset)


def _sources(unit: Unit, context: object) -> Iterator[tuple[str, str]]:
    """Yield hash and encoding of the file that the article of a context was read from."""
    encoding = expand("schema:encoding")
    articles = [
        t.subject for t in unit.triples if t.predicate.value == encoding and t.object == context
    ]
    for article in articles:
        for source in unit.values(article, expand("schema:isBasedOn")):
            for raw in unit.values(source, expand("schema:sha256")):
                forms = unit.values(source, expand("schema:encodingFormat"))
                form = forms[0].value if forms else ""
                yield raw.value, form.partition(_CHARSET)[2] or "utf-8"
