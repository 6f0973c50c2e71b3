"""Another store to load graphs into: by the Graph Store Protocol or by SPARQL Update."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

from kg.errors import FetchError, InputError
from kg.fetch import Session
from kg.store.remote.bodies import Part, split_graph
from kg.store.remote.endpoints import Endpoints
from kg.store.remote.graphs import GraphStore
from kg.store.remote.protocol import QueryDoor
from kg.store.remote.updates import UpdateDoor

Way = Literal["gsp", "update"]
_BATCH = 1000  # triples of an update: Virtuoso's compiler refuses 5,000 and takes 2,000
_WHOLE_TRIES = 3  # of a graph in several parts, of which one was lost on the way


@dataclass(slots=True)
class _Progress:
    """What has arrived of a graph."""

    parts: int = 0
    triples: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A store that graphs are loaded into.

    Attributes:
        endpoints: its addresses.
        session: that asks it.
        way: of writing.
        most_bytes: of the body of a request.
        countable: whether it has an endpoint for queries; else graphs are fetched to count them.
    """

    endpoints: Endpoints
    session: Session
    way: Way
    most_bytes: int
    countable: bool = True

    def replace_graph(self, graph: str | None, triples: Callable[[], Iterable[ox.Triple]]) -> int:
        """Make a graph hold these triples alone; return how many were sent.

        A graph in several parts is begun anew if one is lost: nobody knows whether it arrived.

        Args:
            graph: IRI of the graph.
            triples: gives the triples, again if need be.

        Raises:
            InputError: triples that do not fit into one request.
            FetchError: the server refused, or did not answer.
        """
        for tries in range(1, _WHOLE_TRIES + 1):
            progress = _Progress()
            try:
                self._send_parts(graph, self._split(triples()), progress, replace=True)
            except FetchError as error:
                if error.status is not None or progress.parts == 0 or tries == _WHOLE_TRIES:
                    raise
            else:
                break
        return progress.triples

    def add_to_graph(self, graph: str | None, triples: Iterable[ox.Triple]) -> int:
        """Add triples to a graph; return how many were sent.

        Raises:
            InputError: triples that do not fit into one request.
            FetchError: the server refused, or did not answer.
        """
        progress = _Progress()
        self._send_parts(graph, self._split(triples), progress, replace=False)
        return progress.triples

    def delete_graph(self, graph: str | None) -> None:
        """Delete a graph, if there is one.

        Raises:
            FetchError: the server refused, or did not answer.
        """
        if self.way == "update":
            UpdateDoor(self.endpoints, self.session).drop(graph)
        else:
            GraphStore(self.endpoints, self.session).delete_graph(graph)

    def count_graph(self, graph: str | None) -> int:
        """Return the number of triples in a graph; 0 where there is none.

        Raises:
            QueryError: the server does not take the query.
            FetchError: the server did not answer.
        """
        if self.countable:
            return QueryDoor(self.endpoints, self.session).count_graph(graph)
        return len(set(GraphStore(self.endpoints, self.session).get_graph(graph) or ()))

    def list_graphs(self) -> tuple[str, ...]:
        """Return the IRIs of the named graphs, sorted.

        Raises:
            InputError: no endpoint for queries is known.
            StoreError: the server cut the list.
            FetchError: the server did not answer.
        """
        if not self.countable:
            raise InputError("to know which graphs there are, give --query-url")
        return QueryDoor(self.endpoints, self.session).list_graphs()

    def _split(self, triples: Iterable[ox.Triple]) -> Iterable[Part]:
        most = _BATCH if self.way == "update" else None
        return split_graph(triples, most_bytes=self.most_bytes, most_triples=most)

    def _send_parts(
        self, graph: str | None, parts: Iterable[Part], progress: _Progress, *, replace: bool
    ) -> None:
        for part in parts:
            first = replace and progress.parts == 0
            if self.way == "update":
                UpdateDoor(self.endpoints, self.session).insert(graph, part, replace=first)
            elif first:
                GraphStore(self.endpoints, self.session).put_graph(graph, part.body)
            else:
                GraphStore(self.endpoints, self.session).add_to_graph(
                    graph, part.body, repeatable=not part.blank
                )
            progress.parts += 1
            progress.triples += part.triples
