"""Statements of RDF/XML with the lines of their elements, in the order of the parser.

Source: https://www.w3.org/TR/rdf-syntax-grammar/#section-Infoset-Grammar
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from kg.validate.places.statements import (
    BLANK,
    FIRST,
    NIL,
    RDF,
    REST,
    TYPE,
    UNREAD,
    Statement,
    join_literal,
    resolve_iri,
)

_XML = "http://www.w3.org/XML/1998/namespace"
_PIECE = 1 << 16
_TAG = re.compile(rb"<[^\s/>]+")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=<>/"']+)\s*=\s*(?:"[^"]*"|'[^']*')""")
_NO_PROPERTY = frozenset(
    RDF + name
    for name in ("about", "ID", "nodeID", "resource", "datatype", "parseType", "bagID", "type")
)


def read_rdfxml(file: IO[bytes], *, base: str | None = None) -> Iterator[Statement]:
    """Yield the statements of RDF/XML, as far as they can be read.

    The line of a statement is that of its property element, or of the element whose attribute it
    is.

    Args:
        file: the text.
        base: IRI that relative ones are resolved against where the text gives none.

    Raises:
        OSError: the file cannot be read.
    """
    reader = _Reader(base)
    ended = False
    while not ended:
        piece = file.read(_PIECE)
        ended = not piece
        try:
            reader.parse(piece, ended=ended)
        except expat.ExpatError:
            ended = True
        yield from reader.found
        reader.found.clear()


@dataclass(slots=True, kw_only=True)
class _Element:
    """An element that is open.

    Attributes:
        kind: top, node, property, collection or literal.
        line: on which it begins.
        base: given by itself; language: likewise.
        subject: of a node, or of the statement a property makes; block: line of its node.
        predicate, node, datatype, statement: of a property; node is its object where that is one.
        text: characters of a property.
        items: nodes of a collection, with their lines.
        listed: how many rdf:li a node has had.
        depth: of elements inside a literal.
    """

    kind: str
    line: int = 0
    base: str | None = None
    language: str | None = None
    subject: str = ""
    block: int = 0
    predicate: str = ""
    node: str | None = None
    datatype: str | None = None
    statement: str | None = None
    told: bool = True
    text: list[str] = field(default_factory=list)
    items: list[tuple[str, int]] = field(default_factory=list)
    listed: int = 0
    depth: int = 0


class _Reader:
    """The elements that are open, and the statements found since the last piece."""

    def __init__(self, base: str | None) -> None:
        self.found: list[Statement] = []
        self._open = [_Element(kind="top", base=base)]
        self._fresh: list[Statement] = []
        self._attributes: list[str] = []
        self._blanks = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.ordered_attributes = True
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def parse(self, piece: bytes, *, ended: bool) -> None:
        """Read on."""
        self._parser.Parse(piece, ended)

    # Events; the parser hands out what one event completes the last first.

    def _start(self, name: str, pairs: list[str]) -> None:
        outer = self._open[-1]
        if outer.kind == "literal":
            outer.depth += 1
            return
        tag = name.replace(" ", "")
        self._attributes = [name.replace(" ", "") for name in pairs[::2]]
        given = dict(zip(self._attributes, pairs[1::2], strict=True))
        element = _Element(
            kind="top",
            line=self._parser.CurrentLineNumber,
            base=given.pop(_XML + "base", None),
            language=given.pop(_XML + "lang", None),
        )
        self._open.append(element)
        if outer.kind == "node":
            self._start_property(tag, given)
        elif tag != RDF + "RDF":
            self._start_node(tag, given)
        self._hand_out()

    def _end(self, _: str) -> None:
        element = self._open[-1]
        if element.kind == "literal" and element.depth:
            element.depth -= 1
            return
        if element.kind == "property":
            self._end_property(element)
        elif element.kind == "collection":
            self._end_collection(element)
        elif element.kind == "literal" and element.told:
            self._state(element, UNREAD)
        self._open.pop()
        self._hand_out()
        outer = self._open[-1]
        if element.kind == "node" and outer.kind in ("property", "collection"):
            outer.node = element.subject
            outer.items.append((element.subject, element.line))

    def _characters(self, text: str) -> None:
        if self._open[-1].kind == "property":
            self._open[-1].text.append(text)

    def _hand_out(self) -> None:
        self.found.extend(reversed(self._fresh))
        self._fresh.clear()

    # Nodes

    def _start_node(self, tag: str, given: dict[str, str]) -> None:
        element = self._open[-1]
        element.kind = "node"
        if RDF + "about" in given:
            element.subject = self._resolve(given[RDF + "about"])
        elif RDF + "ID" in given:
            element.subject = self._resolve("#" + given[RDF + "ID"])
        elif RDF + "nodeID" in given:
            element.subject = BLANK + given[RDF + "nodeID"]
        else:
            element.subject = self._new_blank()
        self._state_attributes(element.subject, given)
        if tag != RDF + "Description":
            self._tell(element.subject, TYPE, tag, element.line)

    def _state_attributes(self, subject: str, given: dict[str, str]) -> None:
        if TYPE not in given and not _properties(given):
            return
        block, lines = self._open[-1].line, self._attribute_lines()
        for name in _properties(given):
            literal = join_literal(given[name], self._language())
            self._tell(subject, name, literal, block, lines.get(name, block))
        if TYPE in given:
            kind = self._resolve(given[TYPE])
            self._tell(subject, TYPE, kind, block, lines.get(TYPE, block))

    def _attribute_lines(self) -> dict[str, int]:
        """Return the lines of the attributes in work; none where a piece of the file ends in them.

        The parser gives names in full but not lines, the text of the tag lines but not full names:
        their order brings them together.
        """
        text = self._parser.GetInputContext() or b""
        tag = _TAG.match(text)
        end = tag.end() if tag else 0
        lines = []
        while found := _ATTRIBUTE.match(text, end):
            end = found.end()
            if not found[1].startswith(b"xmlns"):
                lines.append(self._open[-1].line + text.count(b"\n", 0, found.start(1)))
        same = len(lines) == len(self._attributes)
        return dict(zip(self._attributes, lines, strict=True)) if same else {}

    # Properties

    def _start_property(self, tag: str, given: dict[str, str]) -> None:
        node, element = self._open[-2], self._open[-1]
        if tag == RDF + "li":
            node.listed += 1
            tag = f"{RDF}_{node.listed}"
        element.kind, element.predicate = "property", tag
        element.subject, element.block = node.subject, node.block or node.line
        if RDF + "ID" in given:
            element.statement = self._resolve("#" + given[RDF + "ID"])
        kind = given.get(RDF + "parseType")
        if kind is None:
            self._start_plain(element, given)
        elif kind == "Resource":
            blank = self._new_blank()
            self._state(element, blank)
            element.kind, element.subject, element.block = "node", blank, 0
        elif kind == "Collection":
            element.kind = "collection"
        else:
            element.kind, element.told = "literal", kind == "Literal"

    def _start_plain(self, element: _Element, given: dict[str, str]) -> None:
        if RDF + "datatype" in given:
            element.datatype = self._resolve(given[RDF + "datatype"])
        if RDF + "resource" in given:
            element.node = self._resolve(given[RDF + "resource"])
        elif RDF + "nodeID" in given:
            element.node = BLANK + given[RDF + "nodeID"]
        elif _properties(given):
            element.node = self._new_blank()
        if element.node is not None:
            self._state_attributes(element.node, given)

    def _end_property(self, element: _Element) -> None:
        if element.node is not None:
            self._state(element, element.node)
            return
        language = None if element.datatype else self._language()
        self._state(element, join_literal("".join(element.text), language, element.datatype))

    def _end_collection(self, element: _Element) -> None:
        rest = NIL
        for item, line in reversed(element.items):
            cell = self._new_blank()
            self._tell(cell, FIRST, item, line)
            self._tell(cell, REST, rest, line)
            rest = cell
        self._state(element, rest)

    # Statements and terms

    def _state(self, element: _Element, term: str) -> None:
        """Make the statement of a property element, and the four about it where it has a name."""
        name, line = element.statement, element.line
        if name is not None:
            self._tell(name, TYPE, RDF + "Statement", line)
            self._tell(name, RDF + "subject", element.subject, line)
            self._tell(name, RDF + "predicate", element.predicate, line)
            self._tell(name, RDF + "object", term, line)
        self._fresh.append(
            Statement(element.subject, element.predicate, term, None, element.block, line)
        )

    def _tell(
        self, subject: str, predicate: str, term: str, block: int, line: int | None = None
    ) -> None:
        self._fresh.append(Statement(subject, predicate, term, None, block, line or block))

    def _new_blank(self) -> str:
        self._blanks += 1
        return f"{BLANK}{self._blanks}"

    def _language(self) -> str | None:
        return next((e.language for e in reversed(self._open) if e.language is not None), None)

    def _resolve(self, iri: str) -> str:
        return resolve_iri(iri, next((e.base for e in reversed(self._open) if e.base), None))


def _properties(given: dict[str, str]) -> list[str]:
    """Return the attributes that are properties of a node."""
    return [name for name in given if name not in _NO_PROPERTY and not name.startswith(_XML)]
