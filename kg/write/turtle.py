"""Turtle and TriG for people: prefixed names, one block a subject, one section a graph.

Blocks stand in the order in which their quads come, so a changed article changes one section. The
section of an article sets @base to it, so its own things read `<#event-arrest-120>` and their words
`<#char=120,128>`. There is no blank node; other IRIs without a legal prefixed name stand in full.

Source: https://www.w3.org/TR/turtle/#sec-grammar
"""

import re
from collections.abc import Iterable, Iterator

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
_NEXT = " ;" + _NEW_LINE
_WIDTH = 80  # values of one property that share a line


class TermFormat:
    """Writes terms, with prefixes where a prefixed name is legal."""

    def __init__(self, prefixes: dict[str, str]) -> None:
        self._prefixes = {namespace: prefix for prefix, namespace in prefixes.items()}
        self._short: dict[str, str] = {}
        self._local = self._whole = "\n"  # nothing starts with it
        self._cut = 0

    def set_base(self, iri: str | None) -> None:
        """Write fragments of an IRI relative to it from here on, or all IRIs in full."""
        self._local, self._whole = (f"<{iri}#", f"<{iri}>") if iri else ("\n", "\n")
        self._cut = len(self._local) - 1

    def node(self, text: str) -> str:
        """Return `<iri>` as a prefixed name, or as it is.

        >>> TermFormat({"ex": "http://example.org/"}).node("<http://example.org/a>")
        'ex:a'
        """
        if text.startswith(self._local):
            return "<" + text[self._cut :]
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
    open_graph, spans, closing = None, False, ""
    for graph, subject, block in _split_blocks(quads):
        if graph != open_graph:
            yield closing + _open_section(terms, graph, block, graphs=graphs)
            closing = "}\n" if graphs and graph[:1] == "<" else ""
            open_graph, spans = graph, False
        is_span = "#char=" in subject
        gap = "" if spans and is_span else "\n"
        yield gap + _format_block(terms, subject, block)
        spans = is_span
    yield closing


def _split_blocks(quads: Iterable[Quad]) -> Iterator[tuple[str, str, list[Quad]]]:
    """Yield runs of quads of one graph and one subject, with the two in N-Quads form."""
    block: list[Quad] = []
    graph: object = None
    subject: object = None
    for quad in quads:
        here, about = quad.graph_name, quad.subject
        if about != subject or here != graph:
            if block:
                yield str(graph), str(subject), block
            graph, subject, block = here, about, []
        block.append(quad)
    if block:
        yield str(graph), str(subject), block


def _open_section(terms: TermFormat, graph: str, block: list[Quad], *, graphs: bool) -> str:
    """Return the lines that open the section of a graph."""
    start = _section_base(terms, graph)
    if graph[:1] != "<":
        return start
    opening = f"{terms.node(graph)} {{\n" if graphs else ""
    return f"{start}\n# ---- {_title(graph, block)} ----\n{opening}"


def _section_base(terms: TermFormat, graph: str) -> str:
    """Return the @base of an article's section, and write relative to it until the next section."""
    room, found, name = graph[1:-1].rpartition("/graph/article/")
    if not found or "#" in name:
        terms.set_base(None)
        return ""
    terms.set_base(f"{room}/article/{name}")
    return f"\n@base <{room}/article/{name}> ."


def _format_block(terms: TermFormat, subject: str, block: list[Quad]) -> str:
    node, literal = terms.node, terms.literal
    properties: list[tuple[str, list[str]]] = []
    last, values = None, list[str]()
    for quad in block:
        predicate, value = quad.predicate, quad.object
        if predicate != last:
            last, values = predicate, []
            name = str(predicate)
            properties.append(("a" if name == _TYPE else node(name), values))
        text = str(value)
        values.append(node(text) if text[0] == "<" else literal(text))
    lines = [f"{name} {_join_values(found)}" for name, found in properties]
    start = node(subject) if subject[0] == "<" else subject
    return f"{start} {_NEXT.join(lines)} .\n"


def _join_values(values: list[str]) -> str:
    """Return the values of one property on a line, or on one each where they do not fit."""
    if len(values) == 1:
        return values[0]
    comma = f",{_NEW_LINE}    " if sum(map(len, values)) > _WIDTH else ", "
    return comma.join(values)


def _title(graph: str, block: list[Quad]) -> str:
    """Return what a section is about, for the comment above it: a headline or the graph's name."""
    for quad in block:
        if isinstance(quad.object, Literal) and quad.predicate.value == _HEADLINE:
            plain = "".join(c if c.isprintable() else " " for c in quad.object.value)
            return " ".join(plain.split())
    return graph[1:-1].rpartition("/graph/")[2] or graph[1:-1]
