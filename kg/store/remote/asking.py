"""Queries of other stores by the SPARQL 1.1 Protocol.

Saved queries see all named graphs as one. Servers differ in that: see `_dataset`.
"""

from collections.abc import Mapping

from kg.errors import StoreError
from kg.fetch import Credentials, Limits, Session
from kg.store.remote.endpoints import Endpoints, Kind, find_endpoints, has_union
from kg.store.remote.prefixes import declare_prefixes
from kg.store.remote.protocol import Dataset, QueryDoor, RemoteRows
from kg.store.saved import find_query

_MOST_GRAPHS = 2000  # that are named in a request, where a server has no union of its own


class RemoteStore:
    """A store behind a SPARQL endpoint."""

    def __init__(
        self,
        url: str,
        *,
        credentials: Credentials | None = None,
        server: Kind | None = None,
        limits: Limits | None = None,
        union: bool = True,
    ) -> None:
        """Find out what a server is; nothing is kept open that needs closing.

        Args:
            url: of the endpoint, or of the server.
            credentials: for this server alone.
            server: its kind, where it does not say so itself.
            limits: bounds of every request.
            union: let queries see all named graphs as the default graph.

        Raises:
            InputError: a URL that cannot be asked.
            FetchError: the server does not answer.
        """
        self.session = Session(limits, credentials=credentials, homes=(url,))
        self.endpoints: Endpoints = find_endpoints(
            url, self.session, server=server, signed=credentials is not None
        )
        self.door = QueryDoor(self.endpoints, self.session)
        self._union = union
        self._own_union: bool | None = None

    def query(self, query: str, parameters: Mapping[str, str] | None = None) -> RemoteRows:
        """Return the rows of a query.

        Args:
            query: name of a saved query, path of a `.rq` file, or SPARQL text.
            parameters: values for the parameters of a saved query; they become escaped literals.

        Raises:
            QueryError: the server does not take the query; an unknown name or parameter.
            StoreError: the server cut the answer.
            FetchError: the server cannot be reached, or answers with something else.
        """
        sparql = declare_prefixes(find_query(query).with_values(parameters or {}))
        return self.door.ask(sparql, self._dataset() if self._union else ())

    def _dataset(self) -> Dataset:
        """Return what makes a server take all named graphs as the default graph.

        Oxigraph has a parameter, Fuseki a graph of that name; a server that has neither and does
        not say that it does so by itself is told every graph.
        Source: https://www.w3.org/TR/sparql11-protocol/#dataset
        """
        if self.endpoints.kind == "oxigraph":
            return (("union-default-graph", "true"),)
        if self.endpoints.kind == "fuseki":
            return (("default-graph-uri", "urn:x-arq:UnionGraph"),)
        if self._own_union is None:
            self._own_union = has_union(self.endpoints, self.session)
        if self._own_union:
            return ()
        graphs = self.door.list_graphs()
        if len(graphs) > _MOST_GRAPHS:
            raise StoreError(
                f"{len(graphs):,} graphs, which cannot all be named in a query: ask a server whose "
                "default graph is the union of all",
                source=self.endpoints.query,
            )
        names = ("default-graph-uri", "named-graph-uri")
        return tuple((name, graph) for name in names for graph in graphs)
