"""What readers of a store folder open: the last published snapshot, which nobody writes.

Reading an Oxigraph database beside its writer is undefined, so a writer publishes: a snapshot by
hard links, and a pointer to it that is replaced atomically. A snapshot goes when three newer ones
stand and ten minutes have passed since the next, so that who has just opened it can go on reading.
"""

import itertools
import os
import shutil
import time
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError

MARK = "kg-store.json"
CATALOGUE = "catalogue.db"
POINTER = "current"
_FOLDER = "snapshots"
_KEPT = 3
_AGE = 600.0  # seconds
_MOST = 50  # however young


def is_store_folder(path: Path) -> bool:
    """Return whether a folder is a store of `kg add`."""
    return (path / MARK).is_file()


def current_snapshot(folder: Path) -> tuple[Path, int]:
    """Return the database to read and the number of its publication, from 1.

    Raises:
        StoreError: nothing was published yet.
    """
    try:
        number = int((folder / POINTER).read_text("ascii"))
    except (OSError, ValueError):
        raise StoreError(
            "nothing was published in this store yet: run kg add again", source=str(folder)
        ) from None
    return folder / _FOLDER / str(number), number


def publish_snapshot(folder: Path, store: ox.Store) -> int:
    """Make a snapshot of the writer's database what readers open; return its number.

    Raises:
        OSError: it cannot be written; readers go on with the one before.
    """
    numbers = _numbers(folder)
    number = max((0, *numbers)) + 1
    (folder / _FOLDER).mkdir(exist_ok=True)
    target = folder / _FOLDER / str(number)
    store.backup(str(target))
    unfinished = folder / f"{POINTER}.new"
    with unfinished.open("w", encoding="ascii") as stream:
        stream.write(f"{number}\n")
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(folder / POINTER)
    _remove_old(folder, numbers)
    return number


def _numbers(folder: Path) -> list[int]:
    if not (folder / _FOLDER).is_dir():
        return []
    return sorted(int(p.name) for p in (folder / _FOLDER).iterdir() if p.name.isdigit())


def _remove_old(folder: Path, numbers: list[int]) -> None:
    """Remove the snapshots that were followed by others long enough ago."""
    now = time.time()
    for number, following in itertools.pairwise(numbers):
        followed = (folder / _FOLDER / str(following)).stat().st_mtime
        late = following in numbers[: -(_KEPT - 2)] and now - followed > _AGE
        if late or number in numbers[:-_MOST]:
            shutil.rmtree(folder / _FOLDER / str(number), ignore_errors=True)
