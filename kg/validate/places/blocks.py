"""Which blocks of a Turtle file have to be read to find some of its nodes, blank ones included.

Where no blank node has a label, each stands in the block of one subject, to which the statements
lead up. So the parser tells which blocks speak of what is wanted, and at which rank their blank
nodes stand; all others need not be read token by token.
"""

from array import array
from collections.abc import Iterable, Iterator
from itertools import compress
from pathlib import Path

import pyoxigraph as ox

from kg.validate.places.ranks import Ranks
from kg.validate.places.search import Search
from kg.validate.places.source import open_file
from kg.validate.places.turtle import read_turtle

_LABEL = b"_:"
_PIECE = 1 << 20
_TURTLE = ox.RdfFormat.TURTLE


def search_blocks(search: Search, path: str | Path, number: int, base: str | None) -> bool:
    """Offer the statements of the blocks that a search needs; return whether nothing is in doubt.

    Where it is not, the search may hold wrong lines and the whole file has to be read.

    Args:
        search: new; a literal may not be among its nodes.
        path: of a Turtle file, packed or not.
        number: of the file, for the names of blank nodes.
        base: IRI against which relative ones are resolved.

    Raises:
        OSError: the file cannot be read.
    """
    if any(node.startswith('"') for node in search.subjects) or _has_label(path):
        return False
    with open_file(path) as file, open_file(path) as again, open_file(path) as once_more:
        try:
            outline = _Outline(ox.parse(file, format=_TURTLE, base_iri=base), search, number)
            if not outline.sure:
                return False
            subjects = outline.subjects()
            quads = compress(
                ox.parse(again, format=_TURTLE, base_iri=base), outline.chosen(subjects)
            )
            ranks = Ranks(number, outline.ranks(subjects))
            for statement in read_turtle(once_more, base=base, subjects=subjects):
                search.offer(ranks.name(statement, next(quads, None)))
                if ranks.lost:
                    return False
            return next(quads, None) is None
        except (SyntaxError, ValueError):
            return False


def _has_label(path: str | Path) -> bool:
    """Return whether the file may give a blank node a label."""
    last = b""
    with open_file(path) as file:
        while piece := file.read(_PIECE):
            if _LABEL in last + piece:
                return True
            last = piece[-1:]
    return False


class _Outline:
    """Which statement is about which node, and what leads to each blank node.

    A node is known by a number: a blank node by its rank, the subject of a block by one below 0.

    Attributes:
        sure: whether each blank node has one place only, so that what is told of it holds.
    """

    def __init__(self, quads: Iterable[ox.Quad], search: Search, number: int) -> None:
        """Take in the statements of a file.

        Raises:
            SyntaxError: they are broken.
        """
        self.sure = True
        self._ranks: dict[str, int] = {}
        self._blocks: dict[str, int] = {}
        self._about, self._objects = array("q"), array("q")
        self._above = array("q", [0])
        self._needed: set[int] = set()
        own = f"_:f{number}b"
        nodes = {node.removeprefix(own) for node in search.subjects}
        for quad in quads:
            self._take(quad.subject, quad.object, nodes)
            if not self.sure:
                return

    def subjects(self) -> frozenset[str]:
        """Return those whose blocks speak of what is wanted."""
        tops = {self._top(node) for node in self._needed}
        return frozenset(iri for iri, node in self._blocks.items() if node in tops)

    def chosen(self, subjects: frozenset[str]) -> Iterator[bool]:
        """Yield for each statement whether it stands in a block of these, or of a nameless node."""
        tops = {self._blocks[iri] for iri in subjects}
        within: dict[int, bool] = {}
        for node in self._about:
            known = within.get(node)
            if known is None:
                top = self._top(node)
                known = within[node] = top > 0 or top in tops
            yield known

    def ranks(self, subjects: frozenset[str]) -> Iterator[int]:
        """Yield the ranks of the blank nodes in those statements, in order of appearance."""
        seen: set[int] = set()
        chosen = self.chosen(subjects)
        for nodes in compress(zip(self._about, self._objects, strict=True), chosen):
            for node in nodes:
                if node > 0 and node not in seen:
                    seen.add(node)
                    yield node

    def _take(self, subject: object, term: object, nodes: set[str]) -> None:
        needed = False
        if isinstance(subject, ox.NamedNode):
            iri = subject.value
            about = self._blocks.setdefault(iri, -1 - len(self._blocks))
            needed = iri in nodes
        elif isinstance(subject, ox.BlankNode):
            about = self._rank(subject)
            needed = str(about) in nodes
        else:
            self.sure = False
            return
        rank = 0
        if isinstance(term, ox.BlankNode):
            rank = self._rank(term)
            needed = needed or str(rank) in nodes
            self.sure = self._above[rank] == 0 and rank != about
            self._above[rank] = about
        elif isinstance(term, ox.NamedNode):
            needed = needed or term.value in nodes
        elif not isinstance(term, ox.Literal):
            self.sure = False
        self._about.append(about)
        self._objects.append(rank)
        if needed:
            self._needed.add(about)

    def _rank(self, node: ox.BlankNode) -> int:
        rank = self._ranks.setdefault(node.value, len(self._ranks) + 1)
        if rank == len(self._above):
            self._above.append(0)
        return rank

    def _top(self, node: int) -> int:
        """Return the subject of the block in which a node stands; the way there is cut short."""
        top = node
        while top > 0 and self._above[top]:
            top = self._above[top]
        while node != top:
            above = self._above[node]
            self._above[node] = top
            node = above
        return top
