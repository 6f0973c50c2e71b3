"""The SPARQL 1.1 Protocol: a query is sent, and its answer read to the end."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.errors import FetchError, QueryError, StoreError
from kg.fetch import Request, Response, Session
from kg.store.frames import FramedRows
from kg.store.remote.endpoints import Endpoints
from kg.store.remote.graphs import check_done, parse_triples
from kg.store.remote.prefixes import gives_triples
from kg.vocabulary import PREFIXES

_FORM = "application/x-www-form-urlencoded"
_JSON = "application/sparql-results+json"
_TRIPLES = "application/n-triples, text/turtle;q=0.8"
_RESULTS = {
    _JSON: ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_WRITTEN = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
_VIRTUOSO_NODE = b"nodeID://"
_LIST_GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
_ANY = "SELECT ?s WHERE { ?s ?p ?o }"
Dataset = tuple[tuple[str, str], ...]
"""Parameters of a request that say which graphs a query sees."""


@dataclass(frozen=True, slots=True)
class RemoteRows(FramedRows):
    """The answer of another store.

    Attributes:
        columns: names of the variables; "answer" for ASK; subject, predicate, object for CONSTRUCT.
    """

    columns: tuple[str, ...]
    _body: bytes
    _form: ox.QueryResultsFormat | None
    _triples: tuple[ox.Triple, ...] = ()

    def terms(self) -> Iterator[tuple[object, ...]]:
        """Yield rows of RDF terms (of pyoxigraph); None is unbound."""
        if self._form is None:
            for triple in self._triples:
                yield (triple.subject, triple.predicate, triple.object)
            return
        answer = ox.parse_query_results(self._body, format=self._form)
        if isinstance(answer, ox.QueryBoolean):
            yield (ox.Literal(bool(answer)),)
            return
        for solution in answer:
            yield tuple(solution[name] for name in self.columns)

    def serialize(self, name: str) -> str:
        """Return the answer as csv, tsv, json or xml (W3C results); Turtle for CONSTRUCT."""
        if self._form is None:
            words = ox.serialize(self._triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
        else:
            answer = ox.parse_query_results(self._body, format=self._form)
            words = answer.serialize(format=_WRITTEN[name])
        return (words or b"").decode()


@dataclass(frozen=True, slots=True)
class QueryDoor:
    """The endpoint of a store that answers queries."""

    endpoints: Endpoints
    session: Session

    def ask(self, sparql: str, dataset: Dataset = ()) -> RemoteRows:
        """Return the rows of a query.

        Raises:
            QueryError: the server does not take the query.
            StoreError: the server cut the answer.
            FetchError: the server cannot be reached, or answers with something else.
        """
        triples = gives_triples(sparql)
        response = self._send(sparql, dataset, _TRIPLES if triples else _JSON)
        self._check_whole(response)
        if triples:
            found = parse_triples(response)
            self._check_triples(len(found))
            return RemoteRows(("subject", "predicate", "object"), b"", None, found)
        form = _RESULTS.get(response.media_type)
        if form is None:
            raise FetchError(
                f"answered with {response.media_type or 'no media type'}, not with SPARQL results",
                source=response.url,
                status=response.status,
            )
        return _parsed(response, form)

    def _send(self, sparql: str, dataset: Dataset, accept: str) -> Response:
        body = urlencode([("query", sparql), *dataset]).encode("ascii")
        request = Request(
            method="POST",
            url=self.endpoints.query,
            body=body,
            content_type=_FORM,
            accept=accept,
            reads=True,
        )
        response = self.session.send(request)
        if response.status in {400, 422} or (response.status == 500 and _is_syntax(response)):
            raise QueryError(f"{response.url}: not a query that can be run: {response.reason()}")
        return check_done(request, response)

    def _check_whole(self, response: Response) -> None:
        """Refuse an answer that the server says to be a part.

        Source: https://docs.openlinksw.com/virtuoso/rdfsparqlprotocolendpoint/
        """
        most = response.header("x-sparql-maxrows")
        if most:
            raise StoreError(
                f"the server cut the answer at {most} rows: ask for less, or raise its "
                "ResultSetMaxRows",
                source=response.url,
            )
        if response.status == 206 or response.header("x-sql-state") == "S1TAT":
            raise StoreError(
                "the server stopped at its time limit and answered in part", source=response.url
            )

    def _check_triples(self, count: int) -> None:
        """Refuse triples that may be cut: Virtuoso does not say so of CONSTRUCT."""
        if self.endpoints.kind != "virtuoso" or not count:
            return
        request = Request(
            method="POST",
            url=self.endpoints.query,
            body=urlencode({"query": _ANY}).encode("ascii"),
            content_type=_FORM,
            accept=_JSON,
            reads=True,
            wants_body=False,
        )
        most = self.session.send(request).header("x-sparql-maxrows") or ""
        if most.isdecimal() and count >= int(most):
            raise StoreError(
                f"the server may have cut the answer at its limit of {most} rows: ask for less, or "
                "raise its ResultSetMaxRows",
                source=self.endpoints.query,
            )

    def count_graph(self, graph: str | None) -> int:
        """Return the number of triples in a graph; 0 where there is none.

        Raises:
            QueryError: the server does not take the query.
            FetchError: the server cannot be reached, or answers with something else.
        """
        pattern = "?s ?p ?o" if graph is None else f"GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }}"
        rows = self.ask(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
        return int(next(iter(rows))[0] or 0)

    def list_graphs(self) -> tuple[str, ...]:
        """Return the IRIs of the named graphs, sorted.

        Raises:
            StoreError: the server cut the list.
            QueryError: the server does not take the query.
            FetchError: the server cannot be reached, or answers with something else.
        """
        return tuple(sorted(row[0] for row in self.ask(_LIST_GRAPHS) if row[0]))


def _parsed(response: Response, form: ox.QueryResultsFormat) -> RemoteRows:
    """Return the rows, once it is sure that all of them can be read."""
    try:
        body = _with_node_names(response.body) if _VIRTUOSO_NODE in response.body else response.body
        answer = ox.parse_query_results(body, format=form)
        if isinstance(answer, ox.QueryBoolean):
            return RemoteRows(("answer",), body, form)
        columns = tuple(v.value for v in answer.variables)
        for _ in answer:
            pass
    except (SyntaxError, ValueError, AttributeError, OSError) as error:
        raise FetchError(
            f"the answer is broken or cut off: {error}",
            source=response.url,
            status=response.status,
        ) from None
    return RemoteRows(columns, body, form)


def _with_node_names(body: bytes) -> bytes:
    """Return results in JSON with blank nodes named as they may be: Virtuoso writes URLs there.

    Source: https://www.w3.org/TR/sparql11-results-json/#select-encode-terms
    """
    results = json.loads(body)
    for row in results.get("results", {}).get("bindings", ()):
        for term in row.values():
            if term.get("type") == "bnode":
                term["value"] = term["value"].rpartition("/")[2]
    return json.dumps(results).encode()


def _is_syntax(response: Response) -> bool:
    return (
        re.search(rb"(?i)syntax error|SPARQL compiler|SP03[01]", response.body[:2000]) is not None
    )
