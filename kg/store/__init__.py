"""Ask SPARQL of a graph: an RDF file, an output folder, a store on disk, or a remote endpoint.

Files and folders are loaded into memory. Queries see the union of all named graphs as the default
graph, and know the prefixes of the vocabulary. They never write and never reach the network.
"""

import os
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.fetch import is_url, read_credentials
from kg.store.files import list_graph_files, load_file
from kg.store.keep import current_snapshot, is_store_folder
from kg.store.location import Location, is_database, locate, open_database
from kg.store.remote import RemoteRows, RemoteStore
from kg.store.rows import Rows, ask
from kg.store.saved import Parameter, SavedQuery, find_query, list_queries

__all__ = [
    "Location",
    "Parameter",
    "RemoteRows",
    "RemoteStore",
    "Rows",
    "SavedQuery",
    "Store",
    "list_queries",
    "locate",
    "open_store",
]


class Store:
    """A graph to ask SPARQL of."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    @property
    def database(self) -> ox.Store:
        """The Oxigraph database itself."""
        return self._store

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
        return ask(self._store, find_query(query).with_values(parameters or {}))


def open_store(source: str | Path) -> Store | RemoteStore:
    """Return a store to query.

    Args:
        source: an RDF file (.ttl .trig .nt .nq .jsonld .rdf, each with .gz too), an output folder
            (its `graph.trig` and `provenance.trig` are loaded), a store folder of `kg add` (its
            last publication), an Oxigraph database (opened read-only), or the URL of a SPARQL
            endpoint (credentials from KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN).

    Raises:
        InputError: no such source, or it does not parse; names file and line.
        StoreError: a store that cannot be opened.
        FetchError: a server that does not answer.
    """
    if is_url(source):
        return RemoteStore(str(source), credentials=read_credentials(os.environ))
    path = Path(source)
    if is_store_folder(path):
        return Store(open_database(current_snapshot(path)[0]))
    if is_database(path):
        return Store(open_database(path))
    store = ox.Store()
    for file in list_graph_files(path):
        load_file(store, file)
    return Store(store)
