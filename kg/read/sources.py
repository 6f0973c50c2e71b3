"""Find what a user names: files, folders, patterns, URLs and standard input."""

import glob
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import InputError
from kg.fetch.credentials import is_url
from kg.model import Failure

STDIN = "-"
STDIN_NAME = "standard-input"
SUFFIXES = frozenset(
    {
        ".txt",
        ".html",
        ".htm",
        ".xhtml",
        ".shtml",
        ".xml",
        ".rss",
        ".atom",
        ".rdf",
        ".json",
        ".jsonl",
        ".ndjson",
        ".jsonld",
        ".csv",
        ".tsv",
        ".warc",
        ".gz",
        ".zip",
        ".export",
        ".mentions",
        ".gkg",
    }
)
"""Endings of the files in a folder that are looked at; of what is named itself, none matters."""
_BESIDE = ".meta.json"
_SHOWN = 4


@dataclass(frozen=True)
class Source:
    """One input: its name in records, its file (None for standard input), or its URL.

    Attributes:
        in_folder: it was found, not named: where it is of no known kind, that is no error.
    """

    name: str
    path: Path | None = None
    url: str | None = None
    in_folder: bool = False


def find_sources(inputs: Iterable[str | Path]) -> list[Source | Failure]:
    """Return the inputs in the order given, folders sorted by name, each file once.

    A file in a folder is named relative to that folder, any other by its file name; where two would
    share a name, the second one gets its folder in front.

    Args:
        inputs: paths of files and folders, patterns with `*`, URLs, or `-`.

    Raises:
        InputError: nothing was named, or nothing of it is there.
    """
    named = [str(item) for item in inputs]
    if not named:
        raise InputError("no input: name a file, a folder, a URL, or - for standard input")
    found: list[Source | Failure] = []
    names: set[str] = set()
    files: set[str] = set()
    for item in named:
        for source in _expand(item):
            if isinstance(source, Failure):
                found.append(source)
            elif (key := source.url or str(source.path and source.path.absolute())) not in files:
                files.add(key)
                found.append(source if source.url else _with_own_name(source, names))
    if not any(isinstance(item, Source) for item in found):
        reasons = "; ".join(f"{f.source}: {f.reason}" for f in found[:3] if isinstance(f, Failure))
        raise InputError(f"nothing to read: {reasons}")
    return found


def _expand(item: str) -> Iterator[Source | Failure]:
    path = Path(item)
    if item == STDIN:
        yield Source(STDIN_NAME)
    elif is_url(item):
        yield Source(item, url=item)
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
    """Yield the inputs in a folder and below it, sorted; links to folders are not followed."""
    refused: list[OSError] = []
    paths: list[Path] = []
    others: Counter[str] = Counter()
    for here, folders, files in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            if name.startswith(".") or name.lower().endswith(_BESIDE):
                continue
            if Path(name).suffix.lower() in SUFFIXES:
                paths.append(Path(here, name))
            else:
                others[Path(name).suffix.lower() or "without ending"] += 1
    for error in sorted(refused, key=lambda e: str(e.filename)):
        yield _failure(
            Path(str(error.filename)).name, "cannot look into this folder: check its permissions"
        )
    name = folder.name or str(folder)
    if others:
        listed = ", ".join(f"{end} {n}" for end, n in sorted(others.items())[:_SHOWN])
        more = ", …" if len(others) > _SHOWN else ""
        reason = f"{others.total()} files of other endings were left out ({listed}{more})"
        yield Failure(source=name, step="read", reason=reason, fatal=False)
    if not paths and not refused:
        yield _failure(name, "nothing to read in this folder: name another, or name the files")
    for path in sorted(paths, key=lambda p: p.relative_to(folder).as_posix()):
        yield Source(path.relative_to(folder).as_posix(), path, in_folder=True)


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
    return replace(source, name=name)


def _failure(source: str, reason: str) -> Failure:
    return Failure(source=source, step="read", reason=reason)
