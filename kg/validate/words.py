"""What a finding is about, in the article's own words: headline, sentence and passage.

A span is a node `nif:anchorOf` has the words of, or one with a place in a text that is at hand.
Nodes rest on spans: an event on its trigger, an actor on its mentions, anything on its evidence.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.validate.engines import Finding
from kg.validate.report import Result
from kg.validate.units import Unit
from kg.vocabulary import expand

_ANCHOR, _BEGIN, _END = map(expand, ("nif:anchorOf", "nif:beginIndex", "nif:endIndex"))
_CONTEXT, _IS_STRING = expand("nif:referenceContext"), expand("nif:isString")
_EVIDENCE, _HEADLINE, _IDENT = map(expand, ("kg:evidence", "schema:headline", "itsrdf:taIdentRef"))
_TYPE, _ARTICLE = expand("rdf:type"), ox.NamedNode(expand("schema:NewsArticle"))
_PASSAGES = tuple(map(expand, ("kg:trigger", "kg:quotedFragment", "kg:role")))
_USED = frozenset({_ANCHOR, _BEGIN, _END, _CONTEXT, _EVIDENCE, _HEADLINE, _IDENT, *_PASSAGES})
_Node = ox.NamedNode | ox.BlankNode
_NUMBER = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """A passage: its context, where it begins and ends there (characters), and its words."""

    context: str
    begin: int
    end: int
    words: str | None

    def holds(self, other: "_Span") -> bool:
        """Whether the other is this one or lies within it."""
        inside = self.begin <= other.begin and other.end <= self.end
        return inside and self.context == other.context


class WordFinder:
    """Looks up headlines, sentences and passages in one unit."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._article_of: dict[str, ox.NamedNode] = {}
        self._mentions: dict[Any, list[Any]] = defaultdict(list)
        self._sentences: dict[str, list[_Span]] = defaultdict(list)
        self._texts: dict[str, str] | None = None
        self._values: dict[tuple[Any, str], list[Any]] = defaultdict(list)
        sentences: dict[Any, None] = {}
        used = _USED | {_TYPE} if _ARTICLE.value.encode() in unit.own else _USED
        for triple in unit.with_predicates(used):
            self._values[triple.subject, triple.predicate.value].append(triple.object)
            if triple.object == _ARTICLE and isinstance(triple.subject, ox.NamedNode):
                self._article_of[triple.subject.value] = triple.subject
            elif triple.predicate.value == _IDENT:
                self._mentions[triple.object].append(triple.subject)
            elif triple.predicate.value == _EVIDENCE:
                sentences[triple.object] = None
        for node in sentences:
            span = self._span(node)
            if span is not None:
                self._sentences[span.context].append(span)

    def result(self, finding: Finding) -> Result:
        """Return the result of a finding."""
        article = self._article(finding.focus)
        headlines = self._of(article, _HEADLINE) if article is not None else []
        sentence, words = self._passage(finding)
        return Result(
            focus=finding.focus,
            path=finding.path,
            value=finding.value,
            severity=finding.severity,
            message=finding.message,
            shape=finding.shape,
            component=finding.component,
            severity_iri=finding.severity_iri,
            graph=self._unit.graph,
            article=None if article is None else article.value,
            headline=min((str(text.value) for text in headlines), default=None),
            sentence=sentence,
            words=words,
        )

    def _of(self, node: _Node, name: str) -> list[Any]:
        """Return the values of a property of a node, in the order of the graph."""
        return self._values.get((node, name), [])

    def _article(self, focus: str) -> ox.NamedNode | None:
        article = self._article_of.get(focus.partition("#")[0])
        if article is None and len(self._article_of) == 1 and self._unit.graph is not None:
            return next(iter(self._article_of.values()))
        return article

    def _passage(self, finding: Finding) -> tuple[str | None, str | None]:
        """Return sentence and words: of the value where that is a span, else of the focus node."""
        nodes = [_node(finding.value or ""), _node(finding.focus)]
        spans = [span for node in nodes if node for span in (self._span(node),) if span]
        for node in reversed(nodes):
            if not spans and node is not None:
                spans = [span for span in self._rests_on(node) if span.words is not None]
        if not spans:
            return None, None
        return self._sentence(spans[0]), spans[0].words

    def _rests_on(self, node: _Node) -> Iterator[_Span]:
        """Yield the spans of a node in the order of use: what names it, then its evidence."""
        for name in (*_PASSAGES, _EVIDENCE):
            yield from self._in_order(self._of(node, name))
        yield from self._in_order(self._mentions.get(node, []))

    def _in_order(self, nodes: list[Any]) -> list[_Span]:
        spans = [span for span in map(self._span, nodes) if span is not None]
        return sorted(spans, key=lambda s: (s.context, s.begin, s.end))

    def _sentence(self, span: _Span) -> str | None:
        """Return the shortest evidence that a span lies in: itself only where none is longer."""
        around = [other for other in self._sentences[span.context] if other.holds(span)]
        size = span.end - span.begin
        best = min(
            around,
            key=lambda o: (o.words is None, o.end - o.begin == size, o.end - o.begin),
            default=None,
        )
        return best.words if best else None

    def _span(self, node: object) -> _Span | None:
        if not isinstance(node, ox.NamedNode | ox.BlankNode):
            return None
        given = self._of(node, _ANCHOR)
        words = min((str(text.value) for text in given), default=None)
        context = min((str(c) for c in self._of(node, _CONTEXT)), default="")
        begin, end = (self._number(node, name) for name in (_BEGIN, _END))
        if begin is None or end is None:
            return None if words is None else _Span(context=str(node), begin=0, end=0, words=words)
        if words is None and context:
            words = self._text(context)[begin:end] or None
        return _Span(context=context or str(node), begin=begin, end=end, words=words)

    def _number(self, node: _Node, name: str) -> int | None:
        values = (str(v.value) for v in self._of(node, name) if isinstance(v, ox.Literal))
        return min((int(text) for text in values if _NUMBER.fullmatch(text)), default=None)

    def _text(self, context: str) -> str:
        """Return the text of a context, empty where it is not at hand."""
        if self._texts is None:
            mark = f" <{_IS_STRING}> ".encode()
            data = b"\n".join(line for line in self._unit.data.split(b"\n") if mark in line)
            quads = ox.parse(input=data, format=ox.RdfFormat.N_TRIPLES)
            self._texts = {
                str(quad.subject): quad.object.value
                for quad in quads
                if isinstance(quad.object, ox.Literal)
            }
        return self._texts.get(context, "")


def _node(name: str) -> _Node | None:
    if name.startswith("_:"):
        return ox.BlankNode(name[2:]) if name[2:] else None
    try:
        return ox.NamedNode(name)
    except ValueError:
        return None
