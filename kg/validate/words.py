"""What a finding is about, in the article's own words: its headline and the passage."""

from typing import Any

import pyoxigraph as ox

from kg.validate.engines import Finding
from kg.validate.report import Result
from kg.validate.units import Unit
from kg.vocabulary import expand

_ANCHOR, _EVIDENCE = expand("nif:anchorOf"), expand("kg:evidence")
_HEADLINE = expand("schema:headline")
_ARTICLE = ox.NamedNode(expand("schema:NewsArticle"))


class WordFinder:
    """Looks up headlines and passages in one unit."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._article_of: dict[str, Any] = {}
        for triple in unit.triples:
            if triple.object == _ARTICLE and isinstance(triple.subject, ox.NamedNode):
                self._article_of[triple.subject.value] = triple.subject

    def result(self, finding: Finding) -> Result:
        """Return the result of a finding."""
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
            headline=self._headline(finding.focus),
            words=self._words(finding),
        )

    def _headline(self, focus: str) -> str | None:
        article = self._article_of.get(focus.partition("#")[0])
        if article is None and len(self._article_of) == 1 and self._unit.graph is not None:
            article = next(iter(self._article_of.values()))
        headlines = self._unit.values(article, _HEADLINE) if article is not None else []
        return min((str(text.value) for text in headlines), default=None)

    def _words(self, finding: Finding) -> str | None:
        for name in (finding.focus, finding.value or ""):
            node = _node(name)
            if node is None:
                continue
            spans = sorted(self._unit.values(node, _EVIDENCE), key=_natural)
            for span in (node, *spans):
                words = self._unit.values(span, _ANCHOR)
                if words:
                    return min(str(text.value) for text in words)
        return None


def _natural(node: object) -> tuple[int, str]:
    """Sort key by which the spans of one article stand in the order of the text."""
    return (len(str(node)), str(node))


def _node(name: str) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(name)
    except ValueError:
        return None
