"""Other people's stores, over HTTP: ask them, and put graphs into them."""

from kg.store.remote.asking import RemoteStore
from kg.store.remote.endpoints import KINDS, Endpoints, Kind, find_endpoints
from kg.store.remote.graphs import GraphStore
from kg.store.remote.protocol import QueryDoor, RemoteRows

__all__ = [
    "KINDS",
    "Endpoints",
    "GraphStore",
    "Kind",
    "QueryDoor",
    "RemoteRows",
    "RemoteStore",
    "find_endpoints",
]
