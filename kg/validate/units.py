"""What is validated together: each article's graph with the authority nodes it uses and its text.

A graph is known by what is in it (an article, a text) or by how its IRI ends (`graph/authority`),
never by the base. Data without named graphs are one unit. A context that the user names stands
beside every graph.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pyoxigraph as ox

from kg.validate.sources import Dataset, Graph
from kg.validate.tables import divide, has_rows, pieces
from kg.validate.texts import TextFinder
from kg.vocabulary import expand

_TYPE = f"<{expand('rdf:type')}>".encode()
_ARTICLE = f"<{expand('schema:NewsArticle')}>".encode()
_CONTEXT = f"<{expand('nif:Context')}>".encode()
_IS_STRING = f"<{expand('nif:isString')}>".encode()
_SAME_AS = f"<{expand('schema:sameAs')}>".encode()
_SUBCLASS = b"<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
_IS_CONTEXT = b" %s %s .\n" % (_TYPE, _CONTEXT)
_AUTHORITY = "/authority"
_CHARSET = "charset="


@dataclass(slots=True)
class Unit:
    """A graph and what stands beside it.

    Attributes:
        graph: IRI of the named graph, `_:label` of one that a blank node names, None for the
            default graph, and for all as one.
        own: its statements as N-Triples; beside: those of the context, of the authority nodes it
            uses, and of its texts.
        files: where its own statements are from.
        shared: it stands beside others, so what is wrong with it is told once, in itself.
        leans: something shared stands beside it.
        told: whether its results belong in the report; not those of context files.
        rows: it holds event tables alone, and rows are their evidence.
        part: it is not the first part of its graph.
        articles: how many texts its articles have; texts: how many of them are at hand.
    """

    graph: str | None
    own: bytes
    beside: bytes = b""
    files: tuple[str, ...] = ()
    shared: bool = False
    leans: bool = False
    told: bool = True
    rows: bool = False
    part: bool = False
    articles: int = 0
    texts: int = 0
    _triples: list[ox.Triple] | None = None
    _index: dict[Any, dict[str, list[Any]]] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        """All that is validated, as N-Triples."""
        return self.own + self.beside if self.beside else self.own

    @property
    def triples(self) -> list[ox.Triple]:
        """Its own statements, parsed when first asked for."""
        if self._triples is None:
            quads = ox.parse(input=self.own, format=ox.RdfFormat.N_TRIPLES)
            self._triples = [quad.triple for quad in quads]
        return self._triples

    def with_predicates(self, predicates: frozenset[str]) -> list[ox.Triple]:
        """Return its own statements with these predicates; no others are parsed.

        Of somebody else's large graph that is next to nothing.
        """
        marks = {f"<{name}>".encode() for name in predicates}
        marks = {mark for mark in marks if mark in self.own}
        if not marks:
            return []
        lines = (line for line in self.own.split(b"\n") if line)
        data = b"\n".join(line for line in lines if line.split(b" ", 2)[1] in marks)
        return [quad.triple for quad in ox.parse(input=data, format=ox.RdfFormat.N_TRIPLES)]

    def is_about(self, node: str) -> bool:
        """Return whether a node (IRI or `_:label`) is a subject of its own statements."""
        start = (node if node.startswith("_:") else f"<{node}>").encode() + b" "
        return self.own.startswith(start) or b"\n" + start in self.own

    def subjects(self) -> frozenset[str]:
        """Return the subjects of its own statements, as results name them (IRI or `_:label`)."""
        found = {line[: line.index(b" ")] for line in self.own.split(b"\n") if line}
        return frozenset(name.decode().strip("<>") for name in found)

    def values(self, subject: object, predicate: str) -> list[Any]:
        """Return the values of a property of a node, in the order of the graph."""
        if not self._index:
            for triple in self.triples:
                properties = self._index.setdefault(triple.subject, {})
                properties.setdefault(triple.predicate.value, []).append(triple.object)
        return self._index.get(subject, {}).get(predicate, [])


def split_units(dataset: Dataset, finder: TextFinder) -> Iterator[Unit]:
    """Yield the units of a dataset: what is shared first, then graphs by IRI, default graph first.

    Only one is in memory at a time, and what is shared.
    """
    if dataset.union:
        for graph in dataset:
            unit = _unit(graph, beside=dataset.context, leans=bool(dataset.context))
            for part in _parts(unit):
                _add_texts(part, dataset, finder)
                yield part
        return
    shared = _Shared(dataset)
    yield from shared.units(finder)
    for graph in dataset:
        only_texts = graph.name is not None and graph.texts == graph.triples
        if graph.name in shared.names or only_texts:
            continue
        for unit in _parts(_unit(graph)):
            shared.put_beside(unit)
            _add_texts(unit, dataset, finder)
            yield unit


def as_bytes(triples: Iterable[ox.Triple]) -> bytes:
    """Return triples as N-Triples."""
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _unit(graph: Graph, *, beside: bytes = b"", leans: bool = False) -> Unit:
    return Unit(graph.name, graph.read(), beside, graph.files, leans=leans)


def _parts(unit: Unit) -> Iterator[Unit]:
    """Yield a unit; one with event tables in parts, what is not of the tables first.

    Beside the tables stand the nodes that they use of the other part, and beside the later pieces
    of large ones those that they use of the first.
    """
    if not has_rows(unit.own):
        yield unit
        return
    tables, others = divide(unit.own)
    if others:
        yield replace(unit, own=others)
    around = _Shelf(others)
    own: _Shelf | None = None
    for piece in pieces(tables):
        beside = unit.beside + around.used_by(piece) + (own.used_by(piece) if own else b"")
        part, own = bool(others or own), own or _Shelf(piece)
        leans = unit.leans or part
        yield replace(unit, own=piece, beside=beside, rows=True, part=part, leans=leans)


class _Shared:
    """What stands beside graphs: context files, context graphs, and our own authority graph."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._graphs = [g for g in dataset if g.name in dataset.context_graphs]
        named = [g for g in dataset if (g.name or "").endswith(_AUTHORITY)]
        self._authority = next((g for g in named if g not in self._graphs), None)
        self._shelf = _Shelf(self._authority.read() if self._authority else b"")
        self._context = b"".join([dataset.context, *(graph.read() for graph in self._graphs)])
        self.names = {graph.name for graph in (*self._graphs, self._authority) if graph}

    def units(self, finder: TextFinder) -> Iterator[Unit]:
        """Yield what is shared as units of their own, the context files as one not told."""
        files = self._dataset.context_files
        if files:
            yield Unit(None, self._dataset.context, b"", files, shared=True, told=False)
        for graph in (*self._graphs, self._authority):
            if graph is not None:
                unit = _unit(graph, beside=self._dataset.context, leans=bool(files))
                unit.shared = True
                _add_texts(unit, self._dataset, finder)
                yield unit

    def put_beside(self, unit: Unit) -> None:
        """Put the context beside a unit, and beside an article the nodes it uses."""
        unit.beside += self._context
        uses_nodes = unit.rows or _ARTICLE in unit.own
        if unit.graph is not None and self._shelf and uses_nodes:
            unit.beside += self._shelf.used_by(unit.own)
        unit.leans = bool(unit.beside)


class _Shelf:
    """The authority graph by node, to be taken from as articles need it."""

    def __init__(self, data: bytes) -> None:
        self._nodes: dict[bytes, list[bytes]] = defaultdict(list)
        self._links: dict[bytes, list[bytes]] = defaultdict(list)
        self._items: dict[bytes, list[bytes]] = defaultdict(list)
        classes = []
        for line in _lines(data):
            subject, predicate, value = _terms(line)
            self._nodes[subject].append(line)
            self._links[subject].append(value)
            if predicate == _SAME_AS:
                self._items[value].append(subject)
            elif predicate == _SUBCLASS:
                classes.append(line)
        self._classes = b"".join(line + b"\n" for line in classes)

    def __bool__(self) -> bool:
        return bool(self._nodes)

    def used_by(self, data: bytes) -> bytes:
        """Return the nodes that a graph speaks of or shares an item with, and what those need."""
        nodes = self._nodes
        waiting: list[bytes] = []
        for line in _lines(data):
            subject, predicate, value = _terms(line)
            waiting += [term for term in (subject, value) if term in nodes]
            if predicate == _SAME_AS:
                waiting += self._items.get(value, [])
        found: dict[bytes, None] = {}
        while waiting:
            node = waiting.pop()
            if node not in found:
                found[node] = None
                waiting += [value for value in self._links[node] if value in nodes]
        lines = [line for node in found for line in nodes[node]]
        return b"".join([*(line + b"\n" for line in lines), self._classes])


def _lines(data: bytes) -> Iterator[bytes]:
    return (line for line in data.split(b"\n") if line)


def _terms(line: bytes) -> tuple[bytes, bytes, bytes]:
    subject, predicate, rest = line.split(b" ", 2)
    return subject, predicate, rest[:-2]


def _subjects_before(rest: bytes, data: bytes) -> Iterator[bytes]:
    """Yield the subjects of the lines that go on with `rest`."""
    at = data.find(rest)
    while at >= 0:
        subject = data[data.rfind(b"\n", 0, at) + 1 : at]
        if b" " not in subject:
            yield subject
        at = data.find(rest, at + 1)


def _add_texts(unit: Unit, dataset: Dataset, finder: TextFinder) -> None:
    """Put the texts of a unit's articles beside it: those of the data, else those found."""
    contexts = set(_subjects_before(_IS_CONTEXT, unit.own))
    if not contexts:
        return
    known = set(_subjects_before(b" %s " % _IS_STRING, unit.own)) & contexts
    given = []
    for context in sorted(contexts - known):
        text = dataset.text_of(context.decode()) or _found_text(unit, context, finder)
        if text:
            given.append(text)
            known.add(context)
    unit.beside += b"".join(given)
    unit.articles, unit.texts = len(contexts), len(known)


def _found_text(unit: Unit, context: bytes, finder: TextFinder) -> bytes:
    """Return the statement of the text that a context has the hash of, nothing if not found."""
    if not (finder.by_text or finder.by_bytes):
        return b""
    node = next(t.subject for t in unit.triples if str(t.subject).encode() == context)
    hashes = unit.values(node, expand("schema:sha256"))
    if not hashes:
        return b""
    raw, charset = next(_sources(unit, node), (None, None))
    text = finder.find(hashes[0].value, raw, charset)
    if text is None:
        return b""
    return as_bytes([ox.Triple(node, ox.NamedNode(expand("nif:isString")), ox.Literal(text))])


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
