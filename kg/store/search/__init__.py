"""Full-text search over names, headlines, claims, events and the evidence for them."""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from kg.store.keep import CATALOGUE, connect_read_only
from kg.store.location import Location, locate
from kg.store.search.entries import read_entries
from kg.store.search.index import KINDS, Entry, Hit, Kind, SearchIndex, match_of
from kg.store.search.step import follow_changes

__all__ = [
    "KINDS",
    "Entry",
    "Hit",
    "Kind",
    "SearchIndex",
    "follow_changes",
    "match_of",
    "open_index",
    "read_entries",
    "search",
]

_BESIDE = "search.db"


def search(
    source: str | Path | Location, words: str, kinds: Collection[str] = (), limit: int = 20
) -> tuple[Hit, ...]:
    """Return what holds all the words, best first.

    Args:
        source: a file, an output folder, a store folder, or where one is read.
        words: all must be there; "in quotes" as they stand; `-word` must not; `wor*` begins so.
        kinds: of `KINDS`; all where empty.
        limit: most hits.

    Raises:
        InputError: no such source, or it does not parse.
        QueryError: no word to look for, or an unknown kind.
        StoreError: a store that cannot be opened.
    """
    match_of(words)  # a mistake is told before anything is loaded
    if isinstance(source, Location):
        with open_index(source) as index:
            return index.find(words, kinds, limit)
    with locate(source) as location, open_index(location) as index:
        return index.find(words, kinds, limit)


@contextmanager
def open_index(location: Location) -> Iterator[SearchIndex]:
    """Open the index of what is read; the first time it is made where the source keeps none.

    A store folder keeps its own, in step with what it publishes. That of files lies beside what was
    loaded for reading; that of somebody's database is made in memory each time.
    """
    if location.keeps:
        connection = connect_read_only(location.source / CATALOGUE)
    elif location.path == location.source:
        connection = sqlite3.connect(":memory:")
        _fill(connection, location.open())
    else:
        target = location.path.parent / _BESIDE
        if not target.exists():
            _make(target, location)
        connection = connect_read_only(target)
    try:
        yield SearchIndex(connection)
    finally:
        connection.close()


def _make(target: Path, location: Location) -> None:
    unfinished = target.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    connection = sqlite3.connect(unfinished)
    try:
        _fill(connection, location.open())
    finally:
        connection.close()
    unfinished.replace(target)


def _fill(connection: sqlite3.Connection, store: ox.Store) -> None:
    index = SearchIndex(connection)
    index.create()
    index.add(read_entries(store))
    connection.commit()
