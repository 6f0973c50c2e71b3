"""What readers of a store folder open: the last published snapshot, which nobody writes."""

from pathlib import Path

from kg.errors import StoreError

CATALOGUE = "catalogue.db"
MARK = "kg-store.json"
POINTER = "current"


def is_store_folder(path: Path) -> bool:
    """Return whether a folder is a store of `kg add`."""
    return (path / MARK).is_file()


def current_snapshot(folder: Path) -> tuple[Path, int]:
    """Return the database to read and the number of its publication.

    Raises:
        StoreError: nothing was published yet.
    """
    try:
        number = int((folder / POINTER).read_text("ascii"))
    except (OSError, ValueError):
        raise StoreError(
            "nothing was published in this store: run kg add again", source=str(folder)
        ) from None
    return folder / "snapshots" / str(number), number
