"""Answers that are kept, so that an unchanged page is asked for and not sent again.

A small cache of our own, and not requests-cache, for three reasons that were measured or read in
version 1.3.3: it reads and unfolds a whole answer before it gives any of it back, so that a limit
of bytes comes too late (a gzip bomb of 200 kB took 800 MB of memory, asked for as a stream); it
keeps all headers, Set-Cookie too; and what it reads back is unpickled, so that who can write the
file can run code. Here an entry is a file: a line of JSON, then the bytes, their hash in the line.

An answer is never used without asking the server whether it is still right (If-None-Match,
If-Modified-Since), so only answers with an ETag or a Last-Modified are kept.
"""

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_VERSION = 1
_KEPT = ("content-type", "date", "etag", "last-modified")
_LONGEST_HEAD = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An answer that was kept.

    Attributes:
        headers: names in lower case, those alone that are needed again.
        body: as it was after unfolding.
    """

    headers: tuple[tuple[str, str], ...]
    body: bytes

    def conditions(self) -> tuple[tuple[str, str], ...]:
        """Return the headers that ask for the answer only if it has changed."""
        found = dict(self.headers)
        asked = (
            ("If-None-Match", found.get("etag")),
            ("If-Modified-Since", found.get("last-modified")),
        )
        return tuple((name, value) for name, value in asked if value)


class Cache:
    """A folder of answers, bounded in number and size; several runs may share it."""

    def __init__(
        self, folder: Path, *, most_entries: int = 10_000, most_bytes: int = 500_000_000
    ) -> None:
        """Open a folder; it is made when something is kept.

        Args:
            folder: of the entries.
            most_entries: that stay when the cache is closed; the least recently used go first.
            most_bytes: that stay.
        """
        self._folder = folder
        self._most_entries = most_entries
        self._most_bytes = most_bytes
        self._grew = False

    def find(self, key: str) -> Entry | None:
        """Return what was kept under a key; a file that is not whole is thrown away."""
        path = self._path(key)
        try:
            with path.open("rb") as file:
                entry = _read(file.readline(_LONGEST_HEAD), file.read(), key)
        except OSError:
            return None
        with suppress(OSError):
            if entry is None:
                path.unlink()
            else:
                os.utime(path)
        return entry

    def keep(self, key: str, headers: tuple[tuple[str, str], ...], body: bytes) -> None:
        """Keep an answer, if it can be asked about again; a full disk is no error."""
        found = {name: value for name, value in headers if name in _KEPT}
        said = ",".join(value for name, value in headers if name == "cache-control").lower()
        if "no-store" in said or not (found.get("etag") or found.get("last-modified")):
            return
        head = {
            "version": _VERSION,
            "key": key,
            "headers": found,
            "sha256": hashlib.sha256(body).hexdigest(),
        }
        words = json.dumps(head).encode() + b"\n"
        if len(words) >= _LONGEST_HEAD:
            return
        with suppress(OSError):
            self._write(self._path(key), words + body)
            self._grew = True

    def drop(self, key: str) -> None:
        """Keep an answer no longer."""
        with suppress(OSError):
            self._path(key).unlink()

    def close(self) -> None:
        """Throw away the least recently used beyond the bounds."""
        if not self._grew:
            return
        kept: list[tuple[float, str, int]] = []
        for path in self._folder.iterdir():  # what a killed run left half written, too
            with suppress(OSError):
                found = path.stat()
                kept.append((found.st_mtime, path.name, found.st_size))
        kept.sort(reverse=True)
        size = 0
        for number, (_, name, length) in enumerate(kept):
            size += length
            if number >= self._most_entries or size > self._most_bytes:
                with suppress(OSError):
                    (self._folder / name).unlink()

    def _path(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()[:40]}.page"

    def _write(self, path: Path, content: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._folder, suffix=".new")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def _read(line: bytes, body: bytes, key: str) -> Entry | None:
    """Return the entry of a file; None where it is not one that was written whole, or another's."""
    try:
        head = json.loads(line)
        headers = {str(k): str(v) for k, v in head["headers"].items() if k in _KEPT}
        stated = (head["version"], head["key"], head["sha256"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if stated != (_VERSION, key, hashlib.sha256(body).hexdigest()):
        return None
    return Entry(headers=tuple(sorted(headers.items())), body=body)
