"""The sheet on which one article's graph is written: its quads, its names and its spans.

Quads stand in the order in which they are added; the spans, which everything shares, are kept
aside and written last in the order of their offsets.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from kg.errors import RecordError
from kg.iris import article_iri, graph_iri, text_digest
from kg.map.terms import TERM, Term, index, words
from kg.model import Article, Span
from kg.settings import Settings

_KEPT_IDS = ("char=", "source", "author-", "publisher-", "citation-", "attribution-")


@dataclass(slots=True)
class Passage:
    """A span node in the making: its words, where they are evidence, and what is said about it."""

    node: NamedNode
    start: int
    end: int
    text: str | None = None
    notes: list[tuple[NamedNode, Term]] = field(default_factory=list)


class Sheet:
    """Collects the quads of one article."""

    def __init__(self, article: Article, settings: Settings) -> None:
        self.article = article
        self.settings = settings
        self.language = article.language
        self.iri = article_iri(settings.base, article.id)
        self.node = NamedNode(self.iri)
        self.graph = NamedNode(graph_iri(settings.base, f"article/{article.id}"))
        self.quads: list[Quad] = []
        self._said: set[tuple[NamedNode, str, Term]] = set()
        self._passages: dict[tuple[int, int], Passage] = {}
        self._nodes: dict[str, NamedNode] = {}
        self._context = self.local(f"char=0,{article.text_length}")

    def local(self, name: str) -> NamedNode:
        """Return the node of a fragment of the article.

        Raises:
            RecordError: the name cannot stand in an IRI.
        """
        try:
            return NamedNode(f"{self.iri}#{name}")
        except ValueError:
            raise RecordError(f"cannot stand in an IRI: {name!r}") from None

    def below_base(self, path: str) -> NamedNode:
        """Return the node of a path below the base.

        Raises:
            RecordError: the path cannot stand in an IRI.
        """
        try:
            return NamedNode(self.settings.base + path)
        except ValueError:
            raise RecordError(f"cannot stand in an IRI: {path!r}") from None

    def name_node(self, local_id: str, node: NamedNode) -> None:
        """Keep the node that an id of the record stands for.

        Raises:
            RecordError: the record has the id twice, or it is kept for something else.
        """
        if local_id in self._nodes:
            raise RecordError(f"two entries have the id {local_id!r}")
        if local_id.startswith(_KEPT_IDS):
            raise RecordError(f"an id does not begin like this: {local_id!r}")
        self._nodes[local_id] = node

    def named(self, local_id: str, asked_by: str) -> NamedNode:
        """Return the node of an id.

        Raises:
            RecordError: no entry of the record has the id.
        """
        try:
            return self._nodes[local_id]
        except KeyError:
            raise RecordError(f"{asked_by}: no entry has the id {local_id!r}") from None

    def knows(self, local_id: str) -> bool:
        """Return whether an entry of the record has the id."""
        return local_id in self._nodes

    def add(self, subject: NamedNode, predicate: str, value: Term) -> None:
        """Add one triple; the predicate is a CURIE of the vocabulary."""
        self.quads.append(Quad(subject, TERM[predicate], value, self.graph))

    def add_once(self, subject: NamedNode, predicate: str, value: Term) -> None:
        """Add a triple that another reading of the same node may have added already."""
        if (subject, predicate, value) not in self._said:
            self._said.add((subject, predicate, value))
            self.add(subject, predicate, value)

    def add_type(self, subject: NamedNode, *classes: str) -> None:
        """Add the classes of a node."""
        for name in classes:
            self.add(subject, "rdf:type", TERM[name])

    def add_nodes(
        self, subject: NamedNode, predicate: str, ids: Iterable[str], asked_by: str
    ) -> None:
        """Add a triple to each of the nodes that the ids stand for, in the order of the ids."""
        for local_id in sorted(set(ids)):
            self.add(subject, predicate, self.named(local_id, asked_by))

    def add_spans(self, subject: NamedNode, predicate: str, spans: Iterable[Span]) -> None:
        """Add a triple to each span node, in the order of their offsets."""
        for node in sorted_spans(spans):
            self.add(subject, predicate, self.span(node))

    def span(self, span: Span) -> NamedNode:
        """Return the node of a span whose words stand in the graph.

        Raises:
            RecordError: the record has other words for the same range.
        """
        passage = self._passage(span.start, span.end)
        if passage.text is None:
            passage.text = span.text
        elif passage.text != span.text:
            raise RecordError(f"two texts for [{span.start}, {span.end})")
        return passage.node

    def note_range(self, start: int, end: int, predicate: str, value: Term) -> None:
        """Say something about a range of the text, without its words."""
        self._passage(start, end).notes.append((TERM[predicate], value))

    def note(self, span: Span, predicate: str, value: Term) -> None:
        """Say something about a span."""
        self.span(span)
        self.note_range(span.start, span.end, predicate, value)

    def write_passages(self) -> None:
        """Add the quads of all spans, by offset, outer ones first."""
        quads, graph, offsets = self.quads, self.graph, self.settings.evidence == "offsets"
        for passage in sorted(self._passages.values(), key=lambda p: (p.start, -p.end)):
            node = passage.node
            whole = node == self._context
            if not whole:
                self._write_range(passage, hashed=offsets and passage.text is not None)
            quads.append(Quad(node, TERM["nif:referenceContext"], self._context, graph))
            if passage.text is not None and not (whole and offsets):
                quads.append(_words_quad(passage, graph, offsets=offsets))
            quads.extend(Quad(node, p, value, graph) for p, value in _unique(passage.notes))

    def _write_range(self, passage: Passage, *, hashed: bool) -> None:
        """Add the class and the offsets; a hash stands on a media object only."""
        node, graph = passage.node, self.graph
        self.quads.append(Quad(node, TERM["rdf:type"], TERM["nif:RFC5147String"], graph))
        if hashed:
            self.quads.append(Quad(node, TERM["rdf:type"], TERM["schema:TextObject"], graph))
        self.quads.append(Quad(node, TERM["nif:beginIndex"], index(passage.start), graph))
        self.quads.append(Quad(node, TERM["nif:endIndex"], index(passage.end), graph))

    def _passage(self, start: int, end: int) -> Passage:
        passage = self._passages.get((start, end))
        if passage is None:
            node = NamedNode(f"{self.iri}#char={start},{end}")
            passage = self._passages[start, end] = Passage(node, start, end)
        return passage


def sorted_spans(spans: Iterable[Span]) -> list[Span]:
    """Return spans once each, by offset, shorter ones first."""
    return sorted(set(spans), key=lambda span: (span.start, span.end))


def _words_quad(passage: Passage, graph: NamedNode, *, offsets: bool) -> Quad:
    text = passage.text or ""
    if offsets:
        return Quad(passage.node, TERM["schema:sha256"], words(text_digest(text)), graph)
    return Quad(passage.node, TERM["nif:anchorOf"], words(text), graph)


def _unique(notes: list[tuple[NamedNode, Term]]) -> Iterator[tuple[NamedNode, Term]]:
    if len(notes) == 1:
        yield notes[0]
    else:
        yield from sorted(set(notes), key=str)
