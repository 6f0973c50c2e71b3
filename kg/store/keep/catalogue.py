"""The catalogue of a store folder, in SQLite: its articles, and a journal of what is under way.

A change is written down whole before the graph is touched, and crossed out when both are done. What
is found written down at opening is done again; every change can be done twice.
"""

import json
import os
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.errors import StoreError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS article (
  id TEXT PRIMARY KEY, url TEXT, source TEXT NOT NULL, digest TEXT NOT NULL, run INTEGER NOT NULL,
  place TEXT, replaces TEXT, keys TEXT NOT NULL, record BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS article_url ON article (url);
CREATE INDEX IF NOT EXISTS article_source ON article (source);
CREATE INDEX IF NOT EXISTS article_place ON article (place);
CREATE INDEX IF NOT EXISTS article_run ON article (run);
CREATE TABLE IF NOT EXISTS run (
  number INTEGER PRIMARY KEY, started TEXT NOT NULL, ended TEXT NOT NULL, software TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pending (id INTEGER PRIMARY KEY, change BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS changed (graph TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_COLUMNS = "id, url, source, digest, run, place, replaces, keys, record"
EVERYTHING = "*"
"""In place of a graph's name: the whole graph may have changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An article in the catalogue.

    Attributes:
        id: 16 hex digits, from its text.
        url: where it was published, if known.
        source: name of the file or record it came from.
        digest: of what it was made from and by: the same again needs no work.
        run: number of the run that put it there.
        place: hash of the file's place, so that the same file is known again.
        replaces: id of the capture that it revises, where both are kept.
        keys: what other graphs need of it, as JSON; the catalogue does not look inside.
        record: the whole record as one line of JSON.
    """

    id: str
    url: str | None
    source: str
    digest: str
    run: int
    place: str | None = None
    replaces: str | None = None
    keys: str
    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One transaction.

    Attributes:
        update: SPARQL Update; doing it twice is doing it once.
        put: the article that is there afterwards.
        removed: ids of the articles that are not.
        graphs: names of the graphs it touches.
    """

    update: str
    put: Kept | None = None
    removed: tuple[str, ...] = ()
    graphs: tuple[str, ...] = ()


class Catalogue:
    """The tables; every method is one transaction."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        try:
            if read_only:
                self.connection = connect_read_only(path)
                return
            self.connection = sqlite3.connect(path, timeout=10)
            self.connection.execute("PRAGMA journal_mode = WAL")
            self.connection.execute("PRAGMA synchronous = FULL")
            self.connection.executescript(_SCHEMA)
        except sqlite3.Error as error:
            raise catalogue_error(path, error) from None

    def close(self) -> None:
        """Close the database."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        if isinstance(error, sqlite3.Error):
            raise catalogue_error(self.path, error) from None

    def begin(self, change: Change) -> int:
        """Write down a change before it is made; return its number."""
        text = json.dumps(asdict(change), ensure_ascii=False).encode()
        with self.connection as database:
            done = database.execute(
                "INSERT INTO pending (change) VALUES (?)", (zlib.compress(text, 1),)
            )
        return int(done.lastrowid or 0)

    def finish(self, number: int, change: Change) -> None:
        """Take over what a change did to the articles, and cross it out."""
        with self.connection as database:
            database.executemany(
                "DELETE FROM article WHERE id = ?", [(one,) for one in change.removed]
            )
            if change.put is not None:
                row = tuple(_packed(change.put))
                marks = ", ".join("?" * len(row))
                database.execute(
                    f"INSERT OR REPLACE INTO article ({_COLUMNS}) VALUES ({marks})",  # noqa: S608
                    row,
                )
            database.executemany(
                "INSERT OR IGNORE INTO changed (graph) VALUES (?)",
                [(graph,) for graph in change.graphs],
            )
            if change.put is not None or change.removed:
                _set(database, "settled", "no")
            database.execute("DELETE FROM pending WHERE id = ?", (number,))

    def pending(self) -> list[tuple[int, Change]]:
        """Return the changes that were begun and not finished, oldest first."""
        rows = self.connection.execute("SELECT id, change FROM pending ORDER BY id").fetchall()
        return [(number, _change(json.loads(zlib.decompress(text)))) for number, text in rows]

    def state(self, name: str, default: str = "") -> str:
        """Return a remembered word."""
        row = self.connection.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else default

    def remember(self, name: str, value: str) -> None:
        """Remember a word."""
        with self.connection as database:
            _set(database, name, value)

    def changed(self) -> list[str]:
        """Return the graphs that changed since the index was last in step."""
        return [row[0] for row in self.connection.execute("SELECT graph FROM changed ORDER BY 1")]

    def note_changed(self, graph: str) -> None:
        """Note that a graph changed."""
        with self.connection as database:
            database.execute("INSERT OR IGNORE INTO changed (graph) VALUES (?)", (graph,))

    def begin_run(self, started: str, software: str) -> int:
        """Note a run; return its number."""
        with self.connection as database:
            done = database.execute(
                "INSERT INTO run (started, ended, software) VALUES (?, ?, ?)",
                (started, started, software),
            )
        return int(done.lastrowid or 0)

    def end_run(self, number: int, ended: str) -> None:
        """Note when a run ended."""
        with self.connection as database:
            database.execute("UPDATE run SET ended = ? WHERE number = ?", (ended, number))

    def runs(self) -> list[tuple[int, str, str, str]]:
        """Return number, start, end and software of the runs that have articles, oldest first."""
        return self.connection.execute(
            "SELECT number, started, ended, software FROM run "
            "WHERE number IN (SELECT run FROM article) ORDER BY number"
        ).fetchall()

    def __len__(self) -> int:
        """Return the number of articles."""
        return int(self.connection.execute("SELECT count(*) FROM article").fetchone()[0])

    def digest(self, article: str) -> str | None:
        """Return the digest of an article's record, or None where there is no such article."""
        row = self.connection.execute(
            "SELECT digest FROM article WHERE id = ?", (article,)
        ).fetchone()
        return str(row[0]) if row else None

    def ids(self) -> list[str]:
        """Return the ids of all articles, sorted."""
        return [row[0] for row in self.connection.execute("SELECT id FROM article ORDER BY id")]

    def ids_by_url(self, url: str) -> list[str]:
        """Return the captures of a URL, sorted."""
        return self._ids("SELECT id FROM article WHERE url = ? ORDER BY id", url)

    def ids_by_place(self, place: str) -> list[str]:
        """Return the articles without a URL that came from one file, sorted."""
        statement = "SELECT id FROM article WHERE place = ? AND url IS NULL ORDER BY id"
        return self._ids(statement, place)

    def run_of(self, article: str) -> int | None:
        """Return the number of the run that put an article there."""
        row = self.connection.execute("SELECT run FROM article WHERE id = ?", (article,)).fetchone()
        return int(row[0]) if row else None

    def revised(self, article: str) -> str | None:
        """Return the id of the capture that an article revises, or None."""
        row = self.connection.execute(
            "SELECT replaces FROM article WHERE id = ?", (article,)
        ).fetchone()
        return row[0] if row else None

    def ids_by_source(self, source: str) -> list[str]:
        """Return the articles that came from a file of this name, sorted."""
        return self._ids("SELECT id FROM article WHERE source = ? ORDER BY id", source)

    def names(self) -> Iterator[tuple[str, str | None, str]]:
        """Yield id, URL and source of every article."""
        yield from self.connection.execute("SELECT id, url, source FROM article ORDER BY id")

    def all_keys(self) -> Iterator[tuple[str, int, str | None, str]]:
        """Yield id, run, what it replaces and keys of every article, by id."""
        yield from self.connection.execute(
            "SELECT id, run, replaces, keys FROM article ORDER BY id"
        )

    def records(self) -> Iterator[str]:
        """Yield the record of every article as JSON, by id."""
        for (packed,) in self.connection.execute("SELECT record FROM article ORDER BY id"):
            yield zlib.decompress(packed).decode()

    def _ids(self, statement: str, value: str) -> list[str]:
        return [row[0] for row in self.connection.execute(statement, (value,))]


def connect_read_only(path: Path) -> sqlite3.Connection:
    """Return a connection to a catalogue that writes nothing, also where nothing can be written.

    Source: https://www.sqlite.org/wal.html#read_only_databases
    """
    still = "" if os.access(path.parent, os.W_OK) else "&immutable=1"
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro{still}", uri=True)


def catalogue_error(path: Path, error: sqlite3.Error) -> StoreError:
    """Return what is wrong with a catalogue in one line."""
    if "full" in str(error):
        return StoreError("the disk is full: what was in before is still in", source=str(path))
    return StoreError(f"the catalogue cannot be read or written: {error}", source=str(path))


def _set(database: sqlite3.Connection, name: str, value: str) -> None:
    database.execute("INSERT OR REPLACE INTO state (name, value) VALUES (?, ?)", (name, value))


def _packed(kept: Kept) -> Iterator[str | int | bytes | None]:
    yield from (kept.id, kept.url, kept.source, kept.digest, kept.run)
    yield from (kept.place, kept.replaces, kept.keys)
    yield zlib.compress(kept.record.encode(), 6)


def _change(read: dict[str, object]) -> Change:
    put = read["put"]
    return Change(
        update=str(read["update"]),
        put=Kept(**put) if isinstance(put, dict) else None,
        removed=tuple(map(str, _list(read["removed"]))),
        graphs=tuple(map(str, _list(read["graphs"]))),
    )


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
