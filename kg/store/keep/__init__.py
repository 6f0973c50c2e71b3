"""A store folder: a graph on disk that articles are put into and taken out of."""

from kg.store.keep.catalogue import EVERYTHING, Catalogue, Change, Kept, connect_read_only
from kg.store.keep.folder import (
    StoreFolder,
    Terms,
    as_stored,
    delete_data,
    drop_graphs,
    insert_data,
    open_writer,
    read_terms,
)
from kg.store.keep.snapshots import CATALOGUE, current_snapshot, is_store_folder

__all__ = [
    "CATALOGUE",
    "EVERYTHING",
    "Catalogue",
    "Change",
    "Kept",
    "StoreFolder",
    "Terms",
    "as_stored",
    "connect_read_only",
    "current_snapshot",
    "delete_data",
    "drop_graphs",
    "insert_data",
    "is_store_folder",
    "open_writer",
    "read_terms",
]
