"""Graphs of another store, written by SPARQL 1.1 Update.

`INSERT … WHERE {}` and not `INSERT DATA`, where there are blank nodes: Virtuoso refuses them in the
latter. The prefix `DROP SILENT GRAPH` and the first part of a graph are one request, which most
stores carry out as one transaction.
"""

from dataclasses import dataclass

import pyoxigraph as ox

from kg.fetch import Request, Session
from kg.store.remote.bodies import Part
from kg.store.remote.endpoints import Endpoints
from kg.store.remote.graphs import check_done


@dataclass(frozen=True, slots=True)
class UpdateDoor:
    """The endpoint of a store that takes updates."""

    endpoints: Endpoints
    session: Session

    def insert(self, graph: str | None, part: Part, *, replace: bool) -> None:
        """Add triples to a graph, or make it hold nothing else.

        Source: https://www.w3.org/TR/sparql11-update/#insertData

        Raises:
            FetchError: the server refused, or did not answer.
        """
        words = part.body.decode()
        if graph is not None:
            words = f"GRAPH {ox.NamedNode(graph)} {{\n{words}}}"
        insert = f"INSERT {{ {words} }} WHERE {{}}" if part.blank else f"INSERT DATA {{ {words} }}"
        update = f"{_drop(graph)} ;\n{insert}" if replace else insert
        self._send(update, repeatable=replace or not part.blank)

    def drop(self, graph: str | None) -> None:
        """Delete a graph, if there is one.

        Source: https://www.w3.org/TR/sparql11-update/#drop

        Raises:
            FetchError: the server refused, or did not answer.
        """
        self._send(_drop(graph), repeatable=True)

    def _send(self, update: str, *, repeatable: bool) -> None:
        request = Request(
            method="POST",
            url=self.endpoints.update,
            body=update.encode(),
            content_type="application/sparql-update",
            repeatable=repeatable,
        )
        check_done(request, self.session.send(request))


def _drop(graph: str | None) -> str:
    return f"DROP SILENT {'DEFAULT' if graph is None else f'GRAPH {ox.NamedNode(graph)}'}"
