"""Fill a table from a graph, by looking values up node by node: time grows with the rows alone."""

import math
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache

import pyoxigraph as ox

from kg.errors import InputError
from kg.store.tables.columns import TABLES, Column, Table
from kg.vocabulary import expand

Value = str | int | float | bool | date | tuple[str, ...] | None
_Node = ox.NamedNode | ox.BlankNode
_MENTION = "itsrdf:taIdentRef"
_INSIDE = 5  # places that may lie in one another


def make_table(
    store: ox.Store, name: str, *, asserted: bool = False
) -> tuple[Table, list[tuple[Value, ...]]]:
    """Return a table and its rows, sorted; a value for every column.

    Args:
        store: the graph.
        name: events, claims, actors or figures.
        asserted: of events and figures only those that an article itself vouches for.

    Raises:
        InputError: no such table.
    """
    table = TABLES.get(name)
    if table is None:
        raise InputError(f"no table {name!r}; there are: {', '.join(TABLES)}")
    reader = _Reader(store)
    columns = [reader.getter(table, column) for column in table.columns]
    rows = [
        tuple(column(node) for column in columns) for node in sorted(reader.nodes(table), key=str)
    ]
    places = {column.name: place for place, column in enumerate(table.columns)}
    if asserted and "factuality" in places and "labels" in places:
        rows = [row for row in rows if row[places["factuality"]] == "asserted"]
    keys = [places[column] for column in table.order]
    return table, sorted(rows, key=lambda row: tuple(_sort_key(row[key]) for key in keys))


def _sort_key(value: Value) -> tuple[bool, str]:
    """Sort numbers as numbers, and what is empty last."""
    if isinstance(value, int | float):
        return False, f"{value:020.4f}"
    return value is None, str(value)


class _Reader:
    """Looks values up in a graph; names are remembered."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self.name = lru_cache(maxsize=100_000)(self._name)

    def nodes(self, table: Table) -> set[_Node]:
        """Return the nodes that are rows."""
        if table.name == "actors":
            return set(self._subjects("kg:actorType"))
        kind = ox.NamedNode(expand("rdf:type"))
        return {
            quad.subject
            for name in table.classes
            for quad in self._store.quads_for_pattern(None, kind, ox.NamedNode(expand(name)))
            if isinstance(quad.subject, ox.NamedNode | ox.BlankNode)
        }

    def getter(self, table: Table, column: Column) -> Callable[[_Node], Value]:
        """Return what gives the value of a column for a node."""
        worked_out = {
            "country": self._country,
            "quotation": self._quotation,
            "articles": lambda node: len(set(self._articles(node))),
            "events_as_agent": lambda node: self._count(node, "schema:agent", "schema:participant"),
            "events_as_target": lambda node: self._count(node, "schema:object"),
            "claims": lambda node: self._count(node, "schema:author", only="schema:Claim"),
        }
        if not column.path:
            return worked_out[column.name]
        steps = column.path.split("/")
        if table.name == "actors" and column.name == "wikidata":
            return lambda node: self._first(node, steps)
        return lambda node: self._value(node, column, steps)

    def _value(self, node: _Node, column: Column, steps: list[str]) -> Value:
        words = self._words(node, steps)
        if column.kind == "list":
            return tuple(dict.fromkeys(words))
        if not words:
            return None
        if column.kind in ("integer", "number"):
            numbers = sorted(number for word in words if (number := _number(word)) is not None)
            if not numbers:
                return None
            number = numbers[-1] if column.name.endswith("_end") else numbers[0]
            return int(number) if column.kind == "integer" or number.is_integer() else number
        if column.kind == "date":
            return _day(words[0])
        return words[0]

    def _words(self, node: _Node, steps: list[str]) -> list[str]:
        """Return the words at the end of a path, sorted by the nodes on the way."""
        ends: list[object] = [node]
        for step in steps:
            ends = [value for end in ends for value in self._step(end, step)]
        return [str(getattr(end, "value", end)) for end in ends]

    def _step(self, end: object, step: str) -> Iterable[object]:
        if step == "iri":
            return (end,)
        if step == "code":
            return (_last_part(str(getattr(end, "value", end))),)
        if step == "name":
            if isinstance(end, ox.Literal):
                return (end,)
            found = self.name(end)
            return (found,) if found else ()
        if step == "article":
            article = str(getattr(end, "value", "")).partition("#")[0]
            return (ox.NamedNode(article),) if "/article/" in article else ()
        return self._objects(end, step.split("|"))

    def _objects(self, end: object, predicates: Iterable[str]) -> list[object]:
        if not isinstance(end, ox.NamedNode | ox.BlankNode):
            return []
        found = {
            quad.object
            for name in predicates
            for quad in self._store.quads_for_pattern(end, ox.NamedNode(expand(name)), None)
        }
        return sorted(found, key=_natural)

    def _subjects(self, predicate: str, value: _Node | None = None) -> Iterator[_Node]:
        for quad in self._store.quads_for_pattern(None, ox.NamedNode(expand(predicate)), value):
            if isinstance(quad.subject, ox.NamedNode | ox.BlankNode):
                yield quad.subject

    def _first(self, node: _Node, steps: list[str]) -> str | None:
        return next(iter(self._words(node, steps)), None)

    def _name(self, node: object) -> str | None:
        for predicate in ("schema:name", "schema:description"):
            for found in self._objects(node, (predicate,)):
                return str(getattr(found, "value", found))
        if isinstance(node, ox.NamedNode) and "#figure-" in node.value:
            return self._first(node, ["kg:evidence", "nif:anchorOf"])
        if isinstance(node, ox.NamedNode) and "#claim-" in node.value:
            return self._first(node, ["schema:text"])
        return None

    def _country(self, node: _Node) -> str | None:
        places = self._objects(node, ("schema:location", "kg:near")) or [node]
        for place in places:
            end: object = place
            for _ in range(_INSIDE):
                if self._is(end, "schema:Country"):
                    return self.name(end)
                end = next(iter(self._objects(end, ("schema:containedInPlace",))), None)
        return None

    def _quotation(self, node: _Node) -> bool:
        return self._is(node, "schema:Quotation")

    def _is(self, node: object, name: str) -> bool:
        kind = ox.NamedNode(expand(name))
        return kind in self._objects(node, ("rdf:type",))

    def _articles(self, node: _Node) -> Iterator[str]:
        for span in self._subjects(_MENTION, node):
            yield span.value.partition("#")[0]

    def _count(self, node: _Node, *predicates: str, only: str = "") -> int:
        found = {one for name in predicates for one in self._subjects(name, node)}
        return sum(1 for one in found if not only or self._is(one, only))


def _natural(term: object) -> tuple[str, int, str]:
    """Sort spans by where they begin, anything else by its words."""
    words = str(getattr(term, "value", term))
    head, mark, tail = words.partition("#char=")
    begin = tail.partition(",")[0]
    return head, int(begin) if mark and begin.isdigit() else 0, words


def _last_part(iri: str) -> str:
    return iri.rpartition("#")[2] if "#" in iri else iri.rpartition("/")[2]


def _number(words: str) -> float | None:
    """Return a finite number, or None for what is none: data of others can be wrong."""
    try:
        number = float(words)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
