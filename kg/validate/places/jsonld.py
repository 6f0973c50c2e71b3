"""Statements of JSON-LD with the lines of their keys and nodes, in the order of the parser.

Source: https://www.w3.org/TR/json-ld11-api/#expansion-algorithm
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import IO

from kg.validate.places.context import Context, Term
from kg.validate.places.json_text import BrokenJsonError, JsonText, JsonValue, Member
from kg.validate.places.literals import read_literal, read_value_object
from kg.validate.places.statements import BLANK, FIRST, NIL, REST, TYPE, Statement


def read_jsonld(file: IO[bytes], *, base: str | None = None) -> Iterator[Statement]:
    """Yield the statements of JSON-LD, as far as they can be read.

    The line of a statement is that of its key, or of the item where its value is one of several;
    a node's block begins at its `@id`, or at its bracket where it has none.

    Args:
        file: the text.
        base: IRI that relative ones are resolved against until the text gives its own.

    Raises:
        OSError: the file cannot be read.
    """
    reader = _Reader(Context(base=base))
    with suppress(BrokenJsonError):
        for _ in reader.read(JsonText(file)):
            yield from reader.found
            reader.found.clear()
    yield from reader.found


_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    """The statement that a value completes.

    Attributes:
        subject, predicate: of it; no subject where the value stands by itself.
        block: line of the subject's block.
        line: of the key; None where the value is one of several and its own line tells more.
    """

    subject: str | None = None
    predicate: str = ""
    block: int = 0
    line: int | None = None


_NO_LINK = _Link()


class _Reader:
    """The statements found since they were last taken."""

    def __init__(self, context: Context) -> None:
        self.found: list[Statement] = []
        self._outermost = context
        self._graph: str | None = None
        self._blanks = 0

    def read(self, text: JsonText) -> Iterator[None]:
        """Read the nodes one by one; yield after each."""
        if text.opens("["):
            for item in text.read_items():
                self._value(item, self._outermost, _NO_LINK, None)
                yield
        elif text.opens("{"):
            yield from self._read_object(text)

    def _read_object(self, text: JsonText) -> Iterator[None]:
        """Read the outermost object; the nodes of a graph after the context one by one."""
        context: Context | None = self._outermost
        members: list[Member] = []
        first = True
        for key, line in text.read_keys():
            if key == "@context" and context is not None and not members:
                context = context.extend(text.read_value(), self._outermost)
                continue
            if context is None:
                return
            if first and context.expand_key(key).iri == "@graph" and text.opens("["):
                for item in text.read_items():
                    self._value(item, context, _NO_LINK, None)
                    yield
                continue
            first = False
            members.append(Member(key=key, line=line, value=text.read_value()))
        if members and context is not None:
            line = members[0].line
            whole = JsonValue(kind="object", line=line, members=members)
            self._object(whole, context, _NO_LINK, None)
        yield

    # Values

    def _value(self, value: JsonValue, context: Context, link: _Link, term: Term | None) -> None:
        if value.kind == "array":
            inner = _Link(subject=link.subject, predicate=link.predicate, block=link.block)
            for item in value.items:
                self._value(item, context, inner, term)
        elif value.kind == "object":
            self._object(value, context, link, term)
        elif value.kind != "null" and link.subject is not None:
            self._plain(value, context, link, term)

    def _plain(self, value: JsonValue, context: Context, link: _Link, term: Term | None) -> None:
        line = link.line or value.line
        if term is not None and term.kind in ("@id", "@vocab") and value.kind == "string":
            own = context.expand_key(value.text).iri if term.kind == "@vocab" else None
            node = _name(own or context.expand_id(value.text))
            if node is not None:
                self._tell(link, node, line)
            return
        literal = read_literal(value, context, term)
        if literal is not None:
            self._tell(link, literal, line)

    def _object(self, value: JsonValue, outer: Context, link: _Link, term: Term | None) -> None:
        context = self._own_context(value, outer)
        if context is None:
            return
        members = [(context.expand_key(m.key), m) for m in value.members if m.key != "@context"]
        parts = {key.iri: member.value for key, member in members}
        if "@value" in parts:
            literal = read_value_object(parts, context)
            if literal is not None and link.subject is not None:
                self._tell(link, literal, link.line or parts["@value"].line)
        elif "@list" in parts:
            items = _flat([parts["@list"]])
            self._list(JsonValue(kind="array", line=value.line, items=items), context, link, term)
        elif "@set" in parts:
            self._value(parts["@set"], context, link, term)
        else:
            self._node(value, context, link, members)

    def _own_context(self, value: JsonValue, outer: Context) -> Context | None:
        context: Context | None = outer
        for member in value.members:
            if member.key == "@context" and context is not None:
                context = context.extend(member.value, self._outermost)
        return context

    def _list(self, value: JsonValue, context: Context, link: _Link, term: Term | None) -> None:
        items = value.items if value.kind == "array" else [value]
        line, block = link.line or value.line, link.block
        last = link.subject
        if last is None:
            return
        predicate = link.predicate
        for item in items:
            if item.kind == "null":
                continue
            cell = self._new_blank()
            self.found.append(Statement(last, predicate, cell, self._graph, block, line))
            block = line = item.line
            inner = _Link(subject=cell, predicate=FIRST, block=block, line=line)
            if item.kind == "array":
                self._list(item, context, inner, term)
            else:
                self._value(item, context, inner, term)
            last, predicate = cell, REST
        self.found.append(Statement(last, predicate, NIL, self._graph, block, line))

    # Nodes

    def _node(
        self, value: JsonValue, context: Context, link: _Link, members: list[tuple[Term, Member]]
    ) -> None:
        keys = {term.iri: member for term, member in members}
        line = value.line
        node: str | None = self._new_blank() if "@id" not in keys else None
        if node is None:
            line = keys["@id"].value.line
            node = _name(context.expand_id(keys["@id"].value.text))
        types = [
            item for term, m in members if term.iri == "@type" for item in _sorted_types(m.value)
        ]
        if node is None or any(context.expand_key(item.text).context for item in types):
            return
        if link.subject is not None:
            self._tell(link, node, link.line or line)
        for item in types:
            kind = _name(context.expand_key(item.text).iri)
            if kind is not None:
                self.found.append(Statement(node, TYPE, kind, self._graph, line, item.line))
        for term, member in members:
            if term.iri == "@graph":
                nameless = link.subject is None and keys.keys() == {"@graph"}
                self._inner_graph(None if nameless else node, member.value, context)
            else:
                self._property(term, member, context, node, line)

    def _inner_graph(self, name: str | None, value: JsonValue, context: Context) -> None:
        outer = self._graph
        self._graph = name
        self._value(value, context, _NO_LINK, None)
        self._graph = outer

    def _property(
        self, term: Term, member: Member, context: Context, node: str, block: int
    ) -> None:
        iri = _property_of(term)
        if iri is None or member.value.kind == "null":
            return
        if term.context is not None:
            below = context.extend(term.context, self._outermost)
            if below is None:
                return
            context = below
        link = _Link(subject=node, predicate=iri, block=block, line=member.line)
        value = member.value
        if "@list" in term.containers and not _says_itself(value):
            self._list(value, context, link, term)
        elif value.kind == "object" and "@language" in term.containers:
            for one in value.members:
                self._value(one.value, _speaking(context, one.key), link, _plainly(term))
        elif value.kind == "object" and "@index" in term.containers:
            for one in value.members:
                self._value(one.value, context, link, term)
        elif not term.containers - {"@set", "@list", "@language", "@index"}:
            self._value(value, context, link, term)

    def _tell(self, link: _Link, term: str, line: int) -> None:
        self.found.append(
            Statement(link.subject or "", link.predicate, term, self._graph, link.block, line)
        )

    def _new_blank(self) -> str:
        self._blanks += 1
        return f"{BLANK}{self._blanks}"


def _name(text: str | None) -> str | None:
    """Return a node as text; None where the text names none."""
    if text is None or ":" not in text or _NO_IRI.search(text):
        return None
    return BLANK + text if text.startswith("_:") else text


def _property_of(term: Term) -> str | None:
    """Return the IRI of a property; None where the key is none, or not followed."""
    iri = term.iri
    if iri is None or iri.startswith(("@", "_:")) or ":" not in iri or not term.known:
        return None
    return iri


def _sorted_types(value: JsonValue) -> list[JsonValue]:
    """Return types in the order of their text, as the algorithm has it."""
    items = value.items if value.kind == "array" else [value]
    return sorted(items, key=lambda item: item.text)


def _flat(items: list[JsonValue]) -> list[JsonValue]:
    """Return the items with those of arrays among them in their place."""
    lists = (_flat(item.items) if item.kind == "array" else [item] for item in items)
    return [one for some in lists for one in some]


def _says_itself(value: JsonValue) -> bool:
    """Return whether the value says whether it is a list, so that its key does not."""
    return value.kind == "object" and any(m.key in ("@list", "@set") for m in value.members)


def _speaking(context: Context, language: str) -> Context:
    return replace(context, language=None if language == "@none" else language)


def _plainly(term: Term) -> Term:
    return replace(term, language=None, kind=None)
