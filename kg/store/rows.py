"""The answer to a query: rows to go through, to write, or to put into a data frame."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.frames import FramedRows
from kg.store.guard import check_query, names_dataset
from kg.vocabulary import PREFIXES

Answer = ox.QueryBoolean | ox.QueryTriples | ox.QuerySolutions
_RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}


@dataclass(frozen=True, slots=True)
class Rows(FramedRows):
    """The answer to a query; going through it again asks again.

    Attributes:
        columns: names of the variables; "answer" for ASK; subject, predicate, object for CONSTRUCT.
    """

    columns: tuple[str, ...]
    _store: ox.Store
    _sparql: str

    def terms(self) -> Iterator[tuple[object, ...]]:
        """Yield rows of RDF terms (of pyoxigraph); None is unbound."""
        answer = run_query(self._store, self._sparql)
        if isinstance(answer, ox.QueryBoolean):
            yield (ox.Literal(bool(answer)),)
        elif isinstance(answer, ox.QueryTriples):
            for triple in answer:
                yield (triple.subject, triple.predicate, triple.object)
        else:
            for solution in answer:
                yield tuple(solution[name] for name in self.columns)

    def serialize(self, name: str) -> str:
        """Return the answer as csv, tsv, json or xml (W3C results); Turtle for CONSTRUCT."""
        answer = run_query(self._store, self._sparql)
        if isinstance(answer, ox.QueryTriples):
            words = ox.serialize(answer, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
        else:
            words = answer.serialize(format=_RESULTS[name])
        return (words or b"").decode()


def ask(store: ox.Store, sparql: str) -> Rows:
    """Return the rows of a query.

    Raises:
        QueryError: bad SPARQL, or a call to another service.
    """
    answer = run_query(store, sparql)
    if isinstance(answer, ox.QueryBoolean):
        columns: tuple[str, ...] = ("answer",)
    elif isinstance(answer, ox.QueryTriples):
        columns = ("subject", "predicate", "object")
    else:
        columns = tuple(v.value for v in answer.variables)
    return Rows(columns, store, sparql)


def run_query(store: ox.Store, sparql: str) -> Answer:
    """Return the engine's answer; the default graph is the union of all, unless FROM names others.

    Raises:
        QueryError: bad SPARQL; names line and column.
        RefusedError: a call to another service.
    """
    checked = check_query(sparql)
    try:
        return store.query(
            checked, use_default_graph_as_union=not names_dataset(checked), prefixes=PREFIXES
        )
    except (SyntaxError, ValueError) as error:
        raise QueryError(
            f"not a query that can be run: {place_of_error(str(error), checked)}"
        ) from None


def place_of_error(message: str, sparql: str) -> str:
    """Return the place of a syntax error with its line, instead of the parser's list of tokens."""
    place = re.match(r"error at (\d+):(\d+): expected", message)
    if not place:
        return message
    line, column = int(place[1]), int(place[2])
    words = (sparql.splitlines() or [""])[min(line, sparql.count("\n") + 1) - 1]
    prefix = "a prefix that is not declared, " if "Prefix not found" in message else ""
    return f"{prefix}line {line}, column {column}: {words.strip()[:200]!r}"
