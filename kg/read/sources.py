"""Find the texts that a user names: files, folders, patterns and standard input."""

import glob
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.model import Failure

STDIN = "-"
STDIN_NAME = "standard-input"
SUFFIX = ".txt"


@dataclass(frozen=True)
class Source:
    """One text to read: its name in records, and its file (None for standard input)."""

    name: str
    path: Path | None


def find_sources(inputs: Iterable[str | Path]) -> list[Source | Failure]:
    """Return the texts in the order given, folders sorted by name, each file once.

    A file in a folder is named relative to that folder, any other by its file name; where two would
    share a name, the second one gets its folder in front.

    Args:
        inputs: paths of files and folders, patterns with `*`, or `-`.

    Raises:
        InputError: nothing was named, or nothing of it is there.
    """
    named = [str(item) for item in inputs]
    if not named:
        raise InputError(
            "no input: name a text file, a folder of .txt files, or - for standard input"
        )
    found: list[Source | Failure] = []
    names: set[str] = set()
    files: set[str] = set()
    for item in named:
        for source in _expand(item):
            if isinstance(source, Failure):
                found.append(source)
            elif source.path is None or (key := str(source.path.absolute())) not in files:
                if source.path is not None:
                    files.add(key)
                found.append(_with_own_name(source, names))
    if not any(isinstance(item, Source) for item in found):
        reasons = "; ".join(f"{f.source}: {f.reason}" for f in found[:3] if isinstance(f, Failure))
        raise InputError(f"nothing to read: {reasons}")
    return found


def read_bytes(path: Path | None, limit: int) -> bytes:
    """Return the bytes of a regular file, or of standard input where `path` is None.

    Args:
        path: the file.
        limit: how many bytes it may have.

    Raises:
        InputError: it is not a file, cannot be read, or is too large.
    """
    try:
        raw = sys.stdin.buffer.read(limit + 1) if path is None else _read_file(path, limit)
    except FileNotFoundError as error:
        gone = "a link to a file that is gone" if path and path.is_symlink() else "the file is gone"
        raise InputError(f"{gone}: put it back, or leave it out") from error
    except PermissionError as error:
        raise InputError("no permission to read it: change its mode (chmod +r)") from error
    except OSError as error:
        raise InputError(f"cannot be read: {os.strerror(error.errno or 0)}") from error
    if len(raw) > limit:
        raise InputError(f"larger than {limit:,} bytes: split it into one file per article")
    return raw


def _read_file(path: Path, limit: int) -> bytes:
    if not stat.S_ISREG(path.stat().st_mode):
        raise InputError("a pipe, device or folder, not a file: save the text to a file, or use -")
    with path.open("rb") as file:
        return file.read(limit + 1)


def _expand(item: str) -> Iterator[Source | Failure]:
    path = Path(item)
    if item == STDIN:
        yield Source(STDIN_NAME, None)
    elif path.is_dir():
        yield from _walk(path)
    elif path.is_symlink() or path.exists():
        yield Source(path.name, path)
    elif glob.has_magic(item):
        matches = sorted(glob.glob(item, recursive=True))  # noqa: PTH207 - absolute patterns too
        if not matches:
            yield _failure(item, "no file matches this pattern: check the folder and the ending")
        for match in matches:
            yield from _expand(glob.escape(match) if glob.has_magic(match) else match)
    else:
        yield _failure(item, "no such file or folder: check the spelling")


def _walk(folder: Path) -> Iterator[Source | Failure]:
    """Yield the texts in a folder and below it, sorted; links to folders are not followed."""
    refused: list[OSError] = []
    paths: list[Path] = []
    for here, folders, files in os.walk(folder, onerror=refused.append):
        folders.sort()
        paths += [Path(here, name) for name in files if name.lower().endswith(SUFFIX)]
    for error in sorted(refused, key=lambda e: str(e.filename)):
        yield _failure(
            Path(str(error.filename)).name, "cannot look into this folder: check its permissions"
        )
    if not paths and not refused:
        yield _failure(
            folder.name or str(folder),
            f"no {SUFFIX} file in this folder: name another, or name the files",
        )
    for path in sorted(paths, key=lambda p: p.relative_to(folder).as_posix()):
        yield Source(path.relative_to(folder).as_posix(), path)


def _with_own_name(source: Source, names: set[str]) -> Source:
    plain = source.name.encode("utf-8", "replace").decode()
    name, number = plain, 1
    while name in names:
        parent = (
            source.path.absolute().parts[: -len(Path(source.name).parts)][-1:]
            if source.path
            else ()
        )
        number += 1
        prefix = parent[0].strip("/\\") if parent and number == 2 else str(number)
        name = f"{prefix or number}/{plain}"
    names.add(name)
    return Source(name, source.path)


def _failure(source: str, reason: str) -> Failure:
    return Failure(source=source, step="read", reason=reason)
