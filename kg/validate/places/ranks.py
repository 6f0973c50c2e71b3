"""Names of blank nodes by their rank, counted beside the parser itself.

A reader here gives statements in the order in which the parser does. Should they differ somewhere,
by what the reader does not know or by another version of the parser, every blank node from there
on is without a place: a wrong line is worse than none.
"""

from collections.abc import Iterable, Iterator

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
    ranks = _Ranks(number)
    parsed = _until_broken(quads)
    for statement in statements:
        names = ranks.names(statement, next(parsed, None))
        subject, term, graph = names or (LOST, LOST, LOST)
        yield statement._replace(
            subject=subject if statement.subject.startswith(BLANK) else statement.subject,
            object=term if statement.object.startswith(BLANK) else statement.object,
            graph=graph if (statement.graph or "").startswith(BLANK) else statement.graph,
        )


class _Ranks:
    """Which blank node of the reader is which of the parser."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._ranks: dict[str, int] = {}
        self._ours: dict[str, str] = {}
        self._lost = False

    def names(self, ours: Statement, theirs: ox.Quad | None) -> tuple[str, str, str] | None:
        """Return the names of subject, object and graph; None where the two have parted."""
        if self._lost or theirs is None or ours.predicate != theirs.predicate.value:
            self._lost = True
            return None
        subject = self._name(ours.subject, theirs.subject)
        term = self._name(ours.object, theirs.object)
        graph = self._name(ours.graph or "", theirs.graph_name)
        if subject is None or term is None or graph is None:
            self._lost = True
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
        rank = self._ranks.setdefault(ours, len(self._ranks) + 1)
        return f"_:f{self._number}b{rank}" if len(self._ranks) == len(self._ours) else None


def _text(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return term.value
    return "" if isinstance(term, ox.DefaultGraph) else read_term(str(term))


def _until_broken(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    try:
        yield from quads
    except (SyntaxError, ValueError, OSError):
        return
