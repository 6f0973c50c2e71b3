"""An article's graph, looked up by subject and predicate, with other graphs beside it."""

from collections.abc import Iterable, Sequence
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from kg.errors import RecordError
from kg.iris import article_iri, graph_iri, linked_actor_id, linked_place_id
from kg.map.terms import Term
from kg.model import Span
from kg.settings import Settings
from kg.vocabulary import TERMS

_Index = dict[str, dict[str, list[Term]]]


class GraphIndex:
    """The triples of one article and of the graphs beside it.

    Attributes:
        node: IRI of the article. text: the source text, where it is at hand.
    """

    def __init__(self, quads: Iterable[Quad], settings: Settings, text: str | None) -> None:
        held = list(quads)
        self.base = settings.base
        self.node = _find_article(held, settings)
        self.text = text
        graph = NamedNode(graph_iri(settings.base, "article/" + self.node.rpartition("/")[2]))
        self._own: _Index = {}
        self._all: _Index = {}
        for quad in held:
            if quad.graph_name in (graph, DefaultGraph()):
                _put(self._own, quad)
            _put(self._all, quad)

    def values(self, subject: str, predicate: str) -> list[Term]:
        """Return what the article's graph says, sorted."""
        return sorted(self._own.get(subject, {}).get(TERMS[predicate], []), key=str)

    def known(self, subject: str, predicate: str) -> list[Term]:
        """Return what any of the graphs says, sorted."""
        return sorted(self._all.get(subject, {}).get(TERMS[predicate], []), key=str)

    def texts(self, subject: str, predicate: str, *, beside: bool = False) -> list[str]:
        """Return the values as plain strings; IRIs as they are."""
        found = (self.known if beside else self.values)(subject, predicate)
        return sorted(value.value for value in found)

    def text_of(self, subject: str, predicate: str, *, beside: bool = False) -> str | None:
        """Return the only value as a plain string, or None."""
        found = self.texts(subject, predicate, beside=beside)
        return found[0] if found else None

    def needed(self, subject: str, predicate: str, *, beside: bool = False) -> str:
        """Return the value as a plain string.

        Raises:
            RecordError: there is none.
        """
        found = self.text_of(subject, predicate, beside=beside)
        if found is None:
            raise RecordError(f"<{subject}> has no {predicate}", source=self.node)
        return found

    def number(self, subject: str, predicate: str, *, beside: bool = False) -> float | None:
        """Return the value as a number, or None."""
        found = self.text_of(subject, predicate, beside=beside)
        return None if found is None else float(found)

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Return the subjects of the article's graph that have this IRI or text as a value."""
        wanted = TERMS[predicate]
        return sorted(
            subject
            for subject, found in self._own.items()
            if any(term.value == value for term in found.get(wanted, ()))
        )

    def pairs(self, predicate: str) -> list[tuple[str, str]]:
        """Return the subjects of the article's graph that have a property, with each value."""
        wanted = TERMS[predicate]
        return sorted(
            (subject, term.value)
            for subject, found in self._own.items()
            for term in found.get(wanted, ())
        )

    def typed(self, curie: str) -> list[str]:
        """Return the nodes of the article's graph that have this class."""
        return self.subjects("rdf:type", TERMS[curie])

    def span(self, node: str) -> Span:
        """Return the span of a node.

        Raises:
            RecordError: its words are neither in the graph nor in a text at hand.
        """
        start, end = self.range(node)
        words = self.text_of(node, "nif:anchorOf")
        if words is None and self.text is not None:
            words = self.text[start:end]
        if words is None:
            raise RecordError(f"<{node}>: the graph keeps offsets only: give the text")
        return Span(start=start, end=end, text=words)

    def has_words(self, node: str) -> bool:
        """Return whether the graph keeps the words of a span, or a hash of them."""
        kept = ("nif:anchorOf", "schema:sha256")
        return any(self.values(node, predicate) for predicate in kept)

    def range(self, node: str) -> tuple[int, int]:
        """Return the offsets of a span node."""
        return int(self.needed(node, "nif:beginIndex")), int(self.needed(node, "nif:endIndex"))

    def spans(self, subject: str, predicate: str) -> tuple[Span, ...]:
        """Return the spans that a node points at, by offset."""
        found = [self.span(node) for node in self.texts(subject, predicate)]
        return tuple(sorted(found, key=lambda span: (span.start, span.end)))

    def one_span(self, subject: str, predicate: str) -> Span | None:
        """Return the only span that a node points at, or None."""
        found = self.spans(subject, predicate)
        return found[0] if found else None

    def local_id(self, node: str) -> str | None:
        """Return the fragment of a node of this article, None for any other."""
        name = node.removeprefix(self.node + "#")
        return name if name != node else None

    def is_linked(self, node: str) -> bool:
        """Return whether a node is one below the base that articles share."""
        return node.startswith(self.base) and self.local_id(node) is None

    def path(self, node: str) -> str:
        """Return the path of a node below the base.

        Raises:
            RecordError: it is not below the base.
        """
        path = node.removeprefix(self.base)
        if path == node:
            raise RecordError(f"<{node}> is not below {self.base}", source=self.node)
        return path

    def actor_id(self, node: str) -> str:
        """Return the id of an actor's node."""
        return self.local_id(node) or linked_actor_id(self.path(node))

    def place_id(self, node: str) -> str:
        """Return the id of a place's node."""
        return self.local_id(node) or linked_place_id(self.path(node))

    def actor_ids(self, subject: str, predicate: str) -> tuple[str, ...]:
        """Return the ids of the actors that a node points at, sorted."""
        return tuple(sorted(self.actor_id(node) for node in self.texts(subject, predicate)))

    def place_ids(self, subject: str, predicate: str) -> tuple[str, ...]:
        """Return the ids of the places that a node points at, sorted."""
        return tuple(sorted(self.place_id(node) for node in self.texts(subject, predicate)))

    def name_in(self, table: dict[Any, str], subject: str, predicate: str) -> list[Any]:
        """Return the keys of a table of CURIEs whose terms the node has."""
        found = set(self.texts(subject, predicate))
        return [key for key, curie in table.items() if TERMS[curie] in found]


def member(value: str, options: Sequence[Any], what: str) -> Any:  # noqa: ANN401
    """Return the value if it is one of the options.

    Raises:
        RecordError: it is none of them.
    """
    if value not in options:
        raise RecordError(f"no such {what}: {value!r}")
    return value


def _put(index: _Index, quad: Quad) -> None:
    subject, value = quad.subject, quad.object
    if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
        found = index.setdefault(subject.value, {}).setdefault(quad.predicate.value, [])
        if value not in found:
            found.append(value)
    elif isinstance(subject, BlankNode) or isinstance(value, BlankNode):
        raise RecordError("the graph has blank nodes: it was not written by kg")


def _find_article(quads: Sequence[Quad], settings: Settings) -> str:
    kind, article = TERMS["rdf:type"], NamedNode(TERMS["schema:NewsArticle"])
    found = {
        quad.subject.value
        for quad in quads
        if quad.object == article
        and quad.predicate.value == kind
        and isinstance(quad.subject, NamedNode)
    }
    if len(found) != 1:
        raise RecordError(f"the graph has {len(found)} articles, not one")
    node = found.pop()
    if not node.startswith(article_iri(settings.base, "")):
        raise RecordError(f"<{node}> is not below {settings.base}")
    return node
