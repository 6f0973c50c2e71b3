"""Turtle and TriG for people: prefixed names, one block a subject, one section a graph.

Blocks stand in the order in which their quads come, so a changed article changes one section. The
section of an article sets @base to it, so its own things read `<#event-arrest-120>` and their words
`<#char=120,128>`. There is no blank node; other IRIs without a legal prefixed name stand in full.

Source: https://www.w3.org/TR/turtle/#sec-grammar
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from pyoxigraph import Literal, Quad

_LOCAL_NAME = re.compile(r"[A-Za-z_](?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9_-]))*")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_BARE = {
    f"<{_XSD}integer>": re.compile(r'"[+-]?\d+"'),
    f"<{_XSD}decimal>": re.compile(r'"[+-]?\d*\.\d+"'),
}
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_HEADLINE = "https://schema.org/headline"
_CACHED = 50_000
_NEW_LINE = "\n    "
_WIDTH = 80  # values of one property that share a line

Block = tuple[str, list[tuple[str, list[str]]]]


class TermFormat:
    """Writes terms, with prefixes where a prefixed name is legal."""

    def __init__(self, prefixes: dict[str, str]) -> None:
        self._prefixes = {namespace: prefix for prefix, namespace in prefixes.items()}
        self._short: dict[str, str] = {_TYPE: "a"}
        self._local = self._whole = "\n"  # nothing starts with it

    def set_base(self, iri: str | None) -> None:
        """Write fragments of an IRI relative to it from here on, or all IRIs in full."""
        self._local, self._whole = (f"<{iri}#", f"<{iri}>") if iri else ("\n", "\n")

    def node(self, text: str) -> str:
        """Return `<iri>` as a prefixed name, or as it is.

        >>> TermFormat({"ex": "http://example.org/"}).node("<http://example.org/a>")
        'ex:a'
        """
        if text.startswith(self._local):
            return "<" + text[len(self._local) - 1 :]
        if text == self._whole:
            return "<>"
        short = self._short.get(text)
        if short is None:
            short = self._shorten(text)
            if short is not text and len(self._short) < _CACHED:
                self._short[text] = short
        return short

    def literal(self, text: str) -> str:
        """Return a literal in N-Triples form with a short datatype, or bare where Turtle may."""
        if text[-1] != ">":
            return text
        cut = text.rindex('"^^<') + 1
        value, datatype = text[:cut], text[cut + 2 :]
        bare = _BARE.get(datatype)
        if bare and bare.fullmatch(value):
            return value[1:-1]
        return f"{value}^^{self.node(datatype)}"

    def _shorten(self, text: str) -> str:
        cut = max(text.rfind("#"), text.rfind("/")) + 1
        prefix = self._prefixes.get(text[1:cut])
        if prefix is None or not _LOCAL_NAME.fullmatch(text, cut, len(text) - 1):
            return text
        return f"{prefix}:{text[cut:-1]}"


def format_turtle(
    quads: Iterable[Quad], prefixes: dict[str, str], *, graphs: bool = False
) -> Iterator[str]:
    """Yield pieces of a Turtle file, or of a TriG file where `graphs` are kept.

    Args:
        quads: in the order they are written; those of one subject together.
        prefixes: prefix to namespace; namespaces end in `/` or `#`.
        graphs: write named graphs instead of the union of all.
    """
    terms = TermFormat(prefixes)
    yield "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes.items())
    for graph, members in groupby(quads, key=lambda quad: str(quad.graph_name)):
        named = graphs and graph[:1] == "<"
        first, spans = True, False
        for subject, group in groupby(members, key=lambda quad: str(quad.subject)):
            block = list(group)
            if first:
                yield _section_base(terms, graph)
                yield f"\n# ---- {_title(graph, block)} ----\n" if graph[:1] == "<" else ""
                yield f"{terms.node(graph)} {{\n" if named else ""
            apart = not (spans and "#char=" in subject)
            yield _format_block(terms, subject, block, gap="\n" if apart else "")
            first, spans = False, "#char=" in subject
        yield "}\n" if named else ""


def _section_base(terms: TermFormat, graph: str) -> str:
    """Return the @base of an article's section, and write relative to it until the next section."""
    room, found, name = graph[1:-1].rpartition("/graph/article/")
    if not found or "#" in name:
        terms.set_base(None)
        return ""
    terms.set_base(f"{room}/article/{name}")
    return f"\n@base <{room}/article/{name}> ."


def _format_block(terms: TermFormat, subject: str, block: list[Quad], gap: str) -> str:
    node = terms.node
    lines = []
    for predicate, group in groupby(block, key=lambda quad: str(quad.predicate)):
        values = [_format_value(terms, quad.object) for quad in group]
        wide = sum(map(len, values)) > _WIDTH
        comma = f",{_NEW_LINE}    " if wide and len(values) > 1 else ", "
        lines.append(f"{node(predicate)} {comma.join(values)}")
    start = node(subject) if subject[0] == "<" else subject
    return f"{gap}{start} {(' ;' + _NEW_LINE).join(lines)} .\n"


def _format_value(terms: TermFormat, value: object) -> str:
    text = str(value)
    return terms.literal(text) if type(value) is Literal else terms.node(text)


def _title(graph: str, block: list[Quad]) -> str:
    """Return what a section is about, for the comment above it: a headline or the graph's name."""
    for quad in block:
        if isinstance(quad.object, Literal) and quad.predicate.value == _HEADLINE:
            plain = "".join(c if c.isprintable() else " " for c in quad.object.value)
            return " ".join(plain.split())
    return graph[1:-1].rpartition("/graph/")[2] or graph[1:-1]
