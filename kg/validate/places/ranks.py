"""Names of blank nodes by their rank, counted beside the parser itself.

A reader here gives statements in the order in which the parser does. Should they differ somewhere,
by what the reader does not know or by another version of the parser, every blank node from there
on is without a place: a wrong line is worse than none.
"""

from collections.abc import Iterable, Iterator
from itertools import count

import pyoxigraph as ox

from kg.validate.places.statements import BLANK, LOST, UNREAD, Statement, read_term


def name_blanks(
    statements: Iterable[Statement], quads: Iterable[ox.Quad], number: int
) -> Iterator[Statement]:
    """Yield the statements with the names by which the report knows blank nodes.

    Args:
        statements: of the file, by a reader here.
        quads: of the same file, by the parser.
        number: of the file among those validated, from 1.
    """
    ranks = Ranks(number, count(1))
    parsed = _until_broken(quads)
    for statement in statements:
        yield ranks.name(statement, next(parsed, None))


class Ranks:
    """Which blank node of the reader is which of the parser.

    Attributes:
        lost: whether reader and parser have parted, so that no blank node has a name any more.
    """

    def __init__(self, number: int, order: Iterator[int]) -> None:
        """Begin.

        Args:
            number: of the file among those validated, from 1.
            order: ranks of the blank nodes in the order in which they will appear.
        """
        self.lost = False
        self._number = number
        self._order = order
        self._ranks: dict[str, int] = {}
        self._ours: dict[str, str] = {}

    def name(self, ours: Statement, theirs: ox.Quad | None) -> Statement:
        """Return the reader's statement with the names by which the report knows blank nodes."""
        subject, term, graph = self._names(ours, theirs) or (LOST, LOST, LOST)
        return ours._replace(
            subject=subject if ours.subject.startswith(BLANK) else ours.subject,
            object=term if ours.object.startswith(BLANK) else ours.object,
            graph=graph if (ours.graph or "").startswith(BLANK) else ours.graph,
        )

    def _names(self, ours: Statement, theirs: ox.Quad | None) -> tuple[str, str, str] | None:
        """Return the names of subject, object and graph; None where the two have parted."""
        if self.lost or theirs is None or ours.predicate != theirs.predicate.value:
            self.lost = True
            return None
        subject = self._name(ours.subject, theirs.subject)
        term = self._name(ours.object, theirs.object)
        graph = self._name(ours.graph or "", theirs.graph_name)
        if subject is None or term is None or graph is None:
            self.lost = True
            return None
        return subject, term, graph

    def _name(self, ours: str, theirs: object) -> str | None:
        """Return the name of a term; None where the parser has another one."""
        if isinstance(theirs, ox.Literal) and ours == UNREAD:
            return ours
        if not isinstance(theirs, ox.BlankNode):
            text = _text(theirs)
            # XML has two ways to read line ends and tabs, and parsers differ in theirs.
            same = ours == text or (text.startswith('"') and ours.split() == text.split())
            return ours if same else None
        if not ours.startswith(BLANK) or self._ours.setdefault(theirs.value, ours) != ours:
            return None
        rank = self._ranks.get(ours)
        if rank is None:
            rank = self._ranks[ours] = next(self._order, 0)
        known = rank and len(self._ranks) == len(self._ours)
        return f"_:f{self._number}b{rank}" if known else None


def _text(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return term.value
    return "" if isinstance(term, ox.DefaultGraph) else read_term(str(term))


def _until_broken(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    try:
        yield from quads
    except (SyntaxError, ValueError, OSError):
        return
