"""What is looked for, and how near to it a statement is."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kg.validate.places.statements import Statement, read_term
from kg.validate.report import Place

_STEPS = re.compile(r"\(?\^?<[^<>]*>(?:\|\^?<[^<>]*>)*\)?")
_STEP = re.compile(r"(\^?)<([^<>]*)>")

# How near a line is; less is nearer.
_TRIPLE, _PROPERTY, _BLOCK, _OBJECT = range(4)
_NEVER = 1000
_ELSEWHERE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A node or statement whose line is wanted, as a finding names it.

    Attributes:
        graph: IRI of its graph, None for the default graph or where graphs were put together.
        focus: IRI, literal in N-Triples, or blank node as `_:f1b3`.
        path: IRI of a property, or a property path; None where the node itself is meant.
        value: as focus; None where something is missing.
    """

    graph: str | None
    focus: str
    path: str | None = None
    value: str | None = None


class Search:
    """The lines found so far for what is wanted."""

    def __init__(self, file: str, wanted: Collection[Wanted]) -> None:
        """Begin a search.

        Args:
            file: the name that the places give.
            wanted: what is looked for; repetitions count once.
        """
        self._file = file
        self._goals = {one: _Goal(one) for one in wanted}
        self._nodes: dict[str, _Node] = {}
        for goal in self._goals.values():
            self._nodes.setdefault(goal.focus, _Node()).add(goal)
        self._open = len(self._goals)

    @property
    def done(self) -> bool:
        """Whether no statement can bring a nearer line any more."""
        return self._open == 0

    @property
    def subjects(self) -> Collection[str]:
        """The nodes of which something is wanted."""
        return self._nodes.keys()

    def offer(self, statement: Statement) -> None:
        """Take the statement's lines where they are nearer than those found before."""
        node = self._nodes.get(statement.subject)
        if node is not None:
            for goal in node.goals(statement.object):
                self._open -= goal.take_subject(statement)
        node = self._nodes.get(statement.object)
        if node is not None:
            for goal in node.goals(statement.subject):
                self._open -= goal.take_object(statement)

    @property
    def places(self) -> dict[Wanted, Place]:
        """Places of what was found."""
        return {
            wanted: Place(file=self._file, line=goal.line, exact=goal.exact)
            for wanted, goal in self._goals.items()
            if goal.line
        }


class _Node:
    """What is wanted of one node: a node with a thousand wrong values is no slower for each."""

    __slots__ = ("_by_value", "_unsettled")

    def __init__(self) -> None:
        self._unsettled: list[_Goal] = []
        self._by_value: dict[str, list[_Goal]] = {}

    def add(self, goal: "_Goal") -> None:
        self._unsettled.append(goal)
        if goal.value is not None:
            self._by_value.setdefault(goal.value, []).append(goal)

    def goals(self, other: str) -> Iterator["_Goal"]:
        """Yield those that a statement may bring nearer; other is what it says of the node."""
        if self._unsettled:
            yield from self._unsettled
            self._unsettled = [goal for goal in self._unsettled if not goal.settled]
        yield from self._by_value.get(other, ())


def is_backward(wanted: Wanted) -> bool:
    """Return whether the statements that lead to the node count, not those about it."""
    return bool(_predicates(wanted.path)[1])


class _Goal:
    """One thing that is wanted, with the nearest line so far; line 0 where there is none yet."""

    __slots__ = (
        "_best",
        "_graph",
        "_inverse",
        "_loose",
        "_near",
        "_onward",
        "exact",
        "focus",
        "line",
        "value",
    )

    def __init__(self, wanted: Wanted) -> None:
        self.focus = read_term(wanted.focus)
        self.line = 0
        self.exact = False
        self._graph = wanted.graph
        self.value = None if wanted.value is None else read_term(wanted.value)
        self._onward, self._inverse = _predicates(wanted.path)
        self._near = _NEVER
        nearest = _PROPERTY if self.value is None else _TRIPLE
        self._best = nearest if self._onward or self._inverse else _BLOCK
        # A query that names no path gives as value what is wrong: an object, or a property.
        self._loose = not wanted.path and self.value not in (None, self.focus)
        if self._loose:
            self._best = _PROPERTY

    @property
    def settled(self) -> bool:
        """Whether only the statement itself can still be nearer."""
        enough = self._weigh(max(self._best, _PROPERTY), self._graph)
        # Where the graph does not matter, any will do for the property.
        return self._near <= enough + (self._graph is None and self._best == _TRIPLE)

    def take_subject(self, found: Statement) -> bool:
        """Take a statement about the node; return whether the search for it is over by that."""
        if found.predicate in self._onward:
            return self._take(found, found.line, self._step(found.object))
        if self._loose and self.value in (found.object, found.predicate):
            return self._take(found, found.line, _PROPERTY)
        return self._take(found, found.block, _BLOCK)

    def take_object(self, found: Statement) -> bool:
        """Take a statement that leads to the node; return whether the search is over by that."""
        if found.predicate in self._inverse:
            return self._take(found, found.line, self._step(found.subject))
        return self._take(found, found.line, _OBJECT)

    def _step(self, other: str) -> int:
        return _TRIPLE if other == self.value else _PROPERTY

    def _take(self, found: Statement, line: int, nearness: int) -> bool:
        near = self._weigh(nearness, found.graph)
        if near >= self._near:
            return False
        self._near, self.line = near, line
        self.exact = nearness == _TRIPLE or (nearness == _PROPERTY and self.value is None)
        return near == self._weigh(self._best, self._graph)

    def _weigh(self, nearness: int, graph: str | None) -> int:
        """Return how near a line is, with the graph: one without a name may stand for all."""
        if self._graph is None:
            return 2 * nearness + (graph is not None)
        return nearness + (0 if graph == self._graph else _ELSEWHERE)


def _predicates(path: str | None) -> tuple[frozenset[str], frozenset[str]]:
    """Return the properties of a path of one step or a choice of such, onward and backward ones."""
    if not path:
        return frozenset(), frozenset()
    if "<" not in path:
        plain = frozenset({path.removeprefix("^")})
        return (frozenset(), plain) if path.startswith("^") else (plain, frozenset())
    steps = _STEP.findall(path) if _STEPS.fullmatch(path) else []
    return (
        frozenset(iri for mark, iri in steps if not mark),
        frozenset(iri for mark, iri in steps if mark),
    )
