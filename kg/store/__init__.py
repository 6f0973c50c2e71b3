"""Ask SPARQL of a graph: an RDF file, an output folder, or an Oxigraph store on disk.

Files and folders are loaded into memory. Queries see the union of all named graphs as the default
graph, and know the prefixes of the vocabulary. They never write and never reach the network.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError, QueryError
from kg.store.saved import Parameter, SavedQuery, find_query, list_queries
from kg.vocabulary import PREFIXES

__all__ = ["Parameter", "Rows", "SavedQuery", "Store", "list_queries", "open_store"]

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}
_RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
# What may hold the letters "service" without calling one: strings, IRIs, comments, names.
# Source: https://www.w3.org/TR/sparql11-query/#sparqlGrammar
_OPAQUE = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\''
    r'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>"{}|^`\\\s]*>|#[^\n]*'
    r"|[?$]\w+|[\w-]*:[\w-]*"
)


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a query.

    Attributes:
        columns: names of the variables; "answer" for ASK; subject, predicate, object for CONSTRUCT.
    """

    columns: tuple[str, ...]
    _store: ox.Store
    _sparql: str

    def __iter__(self) -> Iterator[tuple[str | None, ...]]:
        """Yield rows of plain strings: IRIs and the words of literals; None is unbound."""
        answer = _run(self._store, self._sparql)
        if isinstance(answer, ox.QueryBoolean):
            yield ("true" if answer else "false",)
        elif isinstance(answer, ox.QueryTriples):
            for triple in answer:
                yield (_plain(triple.subject), _plain(triple.predicate), _plain(triple.object))
        else:
            for solution in answer:
                yield tuple(_plain(solution[name]) for name in self.columns)

    def serialize(self, name: str) -> str:
        """Return the answer as csv, json or xml (W3C results); Turtle for CONSTRUCT."""
        answer = _run(self._store, self._sparql)
        if isinstance(answer, ox.QueryTriples):
            words = answer.serialize(format=ox.RdfFormat.TURTLE)
        else:
            words = answer.serialize(format=_RESULTS[name])
        return (words or b"").decode()


class Store:
    """A graph to ask SPARQL of."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def __len__(self) -> int:
        """Return the number of quads."""
        return len(self._store)

    def query(self, query: str, parameters: Mapping[str, str] | None = None) -> Rows:
        """Return the rows of a query.

        Args:
            query: name of a saved query, path of a `.rq` file, or SPARQL text.
            parameters: values for the parameters of a saved query; they become escaped literals.

        Raises:
            QueryError: bad SPARQL, an unknown name or parameter, or a call to another service.
        """
        sparql = find_query(query).with_values(parameters or {})
        answer = _run(self._store, sparql)
        if isinstance(answer, ox.QueryBoolean):
            columns: tuple[str, ...] = ("answer",)
        elif isinstance(answer, ox.QueryTriples):
            columns = ("subject", "predicate", "object")
        else:
            columns = tuple(v.value for v in answer.variables)
        return Rows(columns, self._store, sparql)


def open_store(source: str | Path) -> Store:
    """Return a store to query.

    Args:
        source: an RDF file (.ttl .trig .nt .nq .jsonld .rdf), an output folder (its `graph.trig`
            and `provenance.trig` are loaded), or an Oxigraph store folder (opened read-only).

    Raises:
        InputError: no such source, or it does not parse; names file and line.
    """
    path = Path(source)
    if path.is_dir() and (path / "CURRENT").is_file():
        return Store(ox.Store.read_only(str(path)))
    if path.is_dir():
        files = [path / name for name in ("graph.trig", "provenance.trig")]
        files = [file for file in files if file.is_file()]
        if not files:
            raise InputError(
                "not an output folder or store (no graph.trig, no CURRENT)", source=str(path)
            )
    elif path.is_file():
        files = [path]
    else:
        raise InputError("no such file or folder", source=str(path))
    store = ox.Store()
    for file in files:
        _load(store, file)
    return Store(store)


def _load(store: ox.Store, file: Path) -> None:
    form = _FORMATS.get(file.suffix.lower())
    if form is None:
        known = " ".join(_FORMATS)
        raise InputError(f"unknown kind of RDF file; known are {known}", source=str(file))
    try:
        store.bulk_load(path=str(file), format=form)
    except (SyntaxError, ValueError, OSError) as error:
        raise InputError(f"does not parse: {error}", source=str(file)) from None


def _run(store: ox.Store, sparql: str) -> ox.QueryBoolean | ox.QueryTriples | ox.QuerySolutions:
    if re.search(r"(?i)\bSERVICE\b", _OPAQUE.sub(" ", sparql)):
        raise QueryError("SERVICE is refused: queries here never reach the network")
    try:
        return store.query(sparql, use_default_graph_as_union=True, prefixes=PREFIXES)
    except (SyntaxError, ValueError) as error:
        raise QueryError(f"not a query that can be run: {_where(str(error), sparql)}") from None


def _where(message: str, sparql: str) -> str:
    """Return the place of a syntax error with its line, instead of the parser's list of tokens."""
    place = re.match(r"error at (\d+):(\d+): expected", message)
    if not place:
        return message
    line, column = int(place[1]), int(place[2])
    words = (sparql.splitlines() or [""])[min(line, sparql.count("\n") + 1) - 1]
    prefix = "a prefix that is not declared, " if "Prefix not found" in message else ""
    return f"{prefix}line {line}, column {column}: {words.strip()!r}"


def _plain(term: object) -> str | None:
    if term is None:
        return None
    return str(getattr(term, "value", term))
