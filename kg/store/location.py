"""Where readers read: an Oxigraph database on disk that nobody writes.

Reading a database beside its writer is undefined in Oxigraph. A store folder is read in its last
published snapshot; files are loaded into a database of their own, which goes when the reader does.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.files import list_graph_files, load_file
from kg.store.keep import current_snapshot, is_store_folder

_PREFIX = "kg-read-"


class Location:
    """A database to open with `Store.read_only`, as often and by as many processes as needed.

    Attributes:
        source: what was asked for.
        path: the database; another one after `refresh` has returned True.
        generation: number of the publication that `path` holds; 0 for files, which never change.
        keeps: whether the source is a store folder, which can be updated.
    """

    def __init__(self, source: str | Path) -> None:
        self.source = Path(source)
        self.keeps = is_store_folder(self.source)
        self.generation = 0
        self._temporary: Path | None = None
        if self.keeps:
            self.path, self.generation = current_snapshot(self.source)
        elif is_database(self.source):
            self.path = self.source
        else:
            self.path = self._load()

    def refresh(self) -> bool:
        """Look for a newer publication of a store folder; return whether there is one."""
        if not self.keeps:
            return False
        path, generation = current_snapshot(self.source)
        if generation == self.generation:
            return False
        self.path, self.generation = path, generation
        return True

    def open(self) -> ox.Store:
        """Return the database, opened for reading.

        Raises:
            StoreError: it cannot be opened.
        """
        return open_database(self.path)

    def close(self) -> None:
        """Remove what was made for reading."""
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)
            self._temporary = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _load(self) -> Path:
        files = list_graph_files(self.source)
        _remove_left_over()
        self._temporary = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        path = self._temporary / "graph"
        try:
            store = ox.Store(str(path))
            for file in files:
                load_file(store, file)
            store.flush()
            del store
        except BaseException:  # of any kind: what was begun must go
            self.close()
            raise
        return path


def _remove_left_over() -> None:
    """Remove what processes that were killed had loaded."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if owner.isdigit() and not _is_running(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_running(process: int) -> bool:
    if sys.platform == "win32":  # where 0 is no question but Ctrl-C
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's, or a system that does not say
        return True
    return True


def locate(source: str | Path) -> Location:
    """Return where to read a file, an output folder, an Oxigraph database or a store folder.

    Use it in a `with`: what was loaded for reading is removed at its end.

    Raises:
        InputError: no such source, or it does not parse; names file and line.
        StoreError: a store folder of which nothing was published.
    """
    return Location(source)


def is_database(path: Path) -> bool:
    """Return whether a folder is an Oxigraph database."""
    return path.is_dir() and (path / "CURRENT").is_file()


def open_database(path: Path) -> ox.Store:
    """Return an Oxigraph database opened for reading.

    Raises:
        StoreError: it cannot be opened.
    """
    try:
        return ox.Store.read_only(str(path))
    except OSError as error:
        raise StoreError(f"cannot be opened as a store: {error}", source=str(path)) from None
