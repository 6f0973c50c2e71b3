"""The validation report of the SHACL specification, as Turtle.

Its `sh:conforms` is that of the specification, true where nothing at all was found, but for data of
which nothing was checked. Whether the
gate is open (`--fail-on`, baseline) is told by the exit code.

Source: https://www.w3.org/TR/shacl/#validation-report
"""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pyoxigraph as ox

from kg.validate.report import Result, ValidationReport

_SH = "http://www.w3.org/ns/shacl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_PREFIXES = {"sh": _SH, "rdf": _RDF, "xsd": _XSD, "schema": "https://schema.org/"}
_TOKEN = re.compile(r"\^|/|\||\(|\)|[*+?]|<[^<>]*>")
_NO_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_REPEATS = {"*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath"}
_Term = ox.NamedNode | ox.BlankNode | ox.Literal
_Node = ox.NamedNode | ox.BlankNode


def to_turtle(report: ValidationReport, limit: int | None = None) -> str:
    """Return the report as Turtle, all results in order.

    Args:
        report: what was found.
        limit: has no effect: the report of the specification is whole.
    """
    del limit
    data = ox.serialize(_Writer().report(report), format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES)
    return (data or b"").decode()


class _Writer:
    """Makes triples; blank nodes are numbered as they come."""

    def __init__(self) -> None:
        self._count = 0

    def report(self, report: ValidationReport) -> Iterator[ox.Triple]:
        """Yield the triples of a report."""
        node = self._blank("report")
        checked = report.checked and not report.unusable
        conforms = "true" if checked and not report.results else "false"
        yield ox.Triple(node, _rdf("type"), _sh("ValidationReport"))
        yield ox.Triple(node, _sh("conforms"), _literal(conforms, "boolean"))
        results = [(self._blank("result"), result) for result in report.results]
        for name, _ in results:
            yield ox.Triple(node, _sh("result"), name)
        for name, result in results:
            yield from self._result(name, result)

    def _result(self, node: ox.BlankNode, result: Result) -> Iterator[ox.Triple]:
        yield ox.Triple(node, _rdf("type"), _sh("ValidationResult"))
        yield ox.Triple(node, _sh("focusNode"), _term(result.focus))
        path, steps = self._path(result.path) if result.path else (None, [])
        if path is not None:
            yield ox.Triple(node, _sh("resultPath"), path)
        if result.value is not None:
            yield ox.Triple(node, _sh("value"), _term(result.value))
        severity = result.severity_iri or _SH + result.severity
        yield ox.Triple(node, _sh("resultSeverity"), _iri(severity))
        yield ox.Triple(node, _sh("sourceShape"), _shape(result.shape))
        yield ox.Triple(node, _sh("sourceConstraintComponent"), _component(result.component))
        yield ox.Triple(node, _sh("resultMessage"), ox.Literal(result.message))
        yield from steps

    def _path(self, text: str) -> tuple[_Node, list[ox.Triple]]:
        """Return the node of a path and the triples that describe it."""
        if "<" not in text:
            text = f"^<{text[1:]}>" if text.startswith("^") else f"<{text}>"
        found: list[ox.Triple] = []
        node, _ = self._choice(_TOKEN.findall(text), found)
        return node, found

    def _choice(self, tokens: list[str], found: list[ox.Triple]) -> tuple[_Node, list[str]]:
        node, tokens = self._sequence(tokens, found)
        members = [node]
        while tokens[:1] == ["|"]:
            node, tokens = self._sequence(tokens[1:], found)
            members.append(node)
        if len(members) == 1:
            return node, tokens
        return self._wrap("alternativePath", self._list(members, found), found), tokens

    def _sequence(self, tokens: list[str], found: list[ox.Triple]) -> tuple[_Node, list[str]]:
        node, tokens = self._step(tokens, found)
        members = [node]
        while tokens[:1] == ["/"]:
            node, tokens = self._step(tokens[1:], found)
            members.append(node)
        return (node if len(members) == 1 else self._list(members, found)), tokens

    def _step(self, tokens: list[str], found: list[ox.Triple]) -> tuple[_Node, list[str]]:
        first, tokens = tokens[0], tokens[1:]
        node: _Node
        if first == "^":
            inner, tokens = self._step(tokens, found)
            return self._wrap("inversePath", inner, found), tokens
        if first == "(":
            node, tokens = self._choice(tokens, found)
            tokens = tokens[1:]
        else:
            node = _iri(first[1:-1])
        while tokens and tokens[0] in _REPEATS:
            node, tokens = self._wrap(_REPEATS[tokens[0]], node, found), tokens[1:]
        return node, tokens

    def _wrap(self, term: str, inner: _Node, found: list[ox.Triple]) -> ox.BlankNode:
        node = self._blank("path")
        found.append(ox.Triple(node, _sh(term), inner))
        return node

    def _list(self, members: list[_Node], found: list[ox.Triple]) -> ox.BlankNode:
        cells = [self._blank("path") for _ in members]
        rest: list[_Node] = [*cells[1:], _rdf("nil")]
        for cell, member, after in zip(cells, members, rest, strict=True):
            found.append(ox.Triple(cell, _rdf("first"), member))
            found.append(ox.Triple(cell, _rdf("rest"), after))
        return cells[0]

    def _blank(self, kind: str) -> ox.BlankNode:
        self._count += 1
        return ox.BlankNode(f"{kind}{self._count}")


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SH + name)


def _rdf(name: str) -> ox.NamedNode:
    return ox.NamedNode(_RDF + name)


def _literal(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(_XSD + datatype))


def _term(text: str) -> _Term:
    """Return a term from the text of a result: IRI plain, literal in N-Triples, or `_:label`."""
    if text.startswith("_:"):
        return ox.BlankNode(text[2:] or "unknown")
    if text.startswith('"'):
        line = f"<urn:s> <urn:p> {text} ."
        quads: Iterator[ox.Quad] = iter(ox.parse(input=line, format=ox.RdfFormat.N_TRIPLES))
        found = next(quads).object
        assert not isinstance(found, ox.Triple)
        return found
    return _iri(text)


def _iri(text: str) -> ox.NamedNode:
    """Return an IRI; what RDF does not allow in one is escaped, so that the report can be read.

    Source: https://www.w3.org/TR/turtle/#grammar-production-IRIREF
    """
    try:
        return ox.NamedNode(text)
    except ValueError:
        escaped = _NO_IRI.sub(lambda found: quote(found[0], safe=""), text)
        return ox.NamedNode(escaped if ":" in escaped else f"urn:x-relative:{escaped}")


def _shape(name: str) -> _Node:
    if name.startswith("urn:kg:nameless-shape:"):
        return ox.BlankNode("shape" + name.rpartition(":")[2])
    return ox.BlankNode("shape") if not name or name.startswith("_:") else _iri(name)


def _component(name: str) -> ox.NamedNode:
    return _iri(name if ":" in name else f"{_SH}{name}ConstraintComponent")
