"""A store folder: a graph on disk that articles are put into and taken out of."""

from kg.store.keep.snapshots import CATALOGUE, current_snapshot, is_store_folder

__all__ = ["CATALOGUE", "current_snapshot", "is_store_folder"]
