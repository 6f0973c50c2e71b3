"""Files are replaced whole: a reader sees the old file or the new one, never half of either."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from kg.errors import WriteError


def replace_file(path: str | Path, content: str | bytes) -> None:
    """Replace a file by this content: a temporary file beside it, fsync, then `os.replace`.

    Raises:
        WriteError: the file cannot be written, or the text has no form in UTF-8.
    """
    try:
        data = content.encode("utf-8") if isinstance(content, str) else content
    except UnicodeEncodeError as error:
        raise WriteError(f"cannot be encoded: {error.reason}", source=str(path)) from None

    def write(stream: BinaryIO) -> None:
        stream.write(data)

    replace_with(path, write)


def replace_with(path: str | Path, write: Callable[[BinaryIO], object]) -> None:
    """Replace a file by what `write` puts into the stream it is given; untouched if it fails.

    Raises:
        WriteError: the file cannot be written.
    """
    path = Path(path).resolve()  # what a link leads to is replaced, not the link
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                write(stream)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.chmod(_mode(path))
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise WriteError(error.strerror or str(error), source=str(path)) from None


def check_folder(path: str | Path) -> Path:
    """Return the folder, made if absent, after a trial that a file can be written in it.

    Raises:
        WriteError: it is a file, cannot be made, or nothing can be written in it.
    """
    path = Path(path)
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            return path
    except OSError as error:
        raise WriteError(error.strerror or str(error), source=str(path)) from None


def _mode(path: Path) -> int:
    """Return the permissions of the file that is replaced, or those of a new file."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
