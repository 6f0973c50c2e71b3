"""Find the texts that a user names: files, folders, patterns and standard input."""

import glob
import os
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
            elif source.path is None or (key := os.path.abspath(source.path)) not in files:
                if source.path is not None:
                    files.add(key)
                found.append(_with_own_name(source, names))
    if not any(isinstance(item, Source) for item in found):
        reasons = "; ".join(f"{f.source}: {f.reason}" for f in found[:3] if isinstance(f, Failure))
        raise InputError(f"nothing to read: {reasons}")
    return found


def _expand(item: str) -> Iterator[Source | Failure]:
    path = Path(item)
    if item == STDIN:
        yield Source(STDIN_NAME, None)
    elif path.is_dir():
        yield from _walk(path)
    elif path.is_symlink() or path.exists():
        yield Source(path.name, path)
    elif glob.has_magic(item):
        matches = sorted(glob.glob(item, recursive=True))
        if not matches:
            yield _failure(item, "no file matches this pattern: check the folder and the ending")
        for match in matches:
            yield from _expand(glob.escape(match) if glob.has_magic(match) else match)
    else:
        yield _failure(item, "no such file or folder: check the spelling")


def _walk(folder: Path) -> Iterator[Source | Failure]:
    """Yield the texts of a folder and the folders in it, sorted; links to folders are not followed."""
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
    name, number = source.name, 1
    while name in names:
        parent = (
            source.path.absolute().parts[: -len(Path(source.name).parts)][-1:]
            if source.path
            else ()
        )
        number += 1
        prefix = parent[0].strip("/\\") if parent and number == 2 else str(number)
        name = f"{prefix or number}/{source.name}"
    names.add(name)
    return Source(name, source.path)


def _failure(source: str, reason: str) -> Failure:
    return Failure(source=source, step="read", reason=reason)
