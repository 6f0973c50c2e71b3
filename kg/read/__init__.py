"""Read text files into documents: decoded, divided into zones, with what is known beside them."""

import hashlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import InputError
from kg.model import Document, Failure, Origin
from kg.read.decode import Decoded, decode_bytes, refuse_markup
from kg.read.sidecar import FIELDS, Stated, read_sidecar, read_table
from kg.read.sources import Source, find_sources
from kg.read.zones import find_zones
from kg.settings import Settings

__all__ = ["find_zones", "read_documents"]


def read_documents(
    inputs: Iterable[str | Path], *, settings: Settings | None = None, meta: Path | None = None
) -> Iterator[Document | Failure]:
    """Return the documents of files, folders, patterns and standard input (`-`), in that order.

    What cannot be used is a `Failure`; what was used in spite of a flaw is a `Document` after a
    `Failure` that is not fatal. A text that was there before is not read again.

    Args:
        inputs: paths and patterns; folders are searched for .txt files.
        settings: limits of size.
        meta: a CSV or JSON Lines table with what is known about the texts, by file name; it counts
            before `NAME.meta.json`.

    Raises:
        InputError: nothing of the input is there, or the table is unusable.
    """
    sources = find_sources(inputs)
    table, warnings = read_table(meta) if meta is not None else ({}, [])
    early = [_warning(meta.name, reason) for reason in warnings] if meta is not None else []
    return _read_all(sources, early, table, settings or Settings())


def _read_all(
    sources: list[Source | Failure],
    early: list[Failure],
    table: dict[str, Stated],
    settings: Settings,
) -> Iterator[Document | Failure]:
    yield from early
    seen: dict[str, str] = {}
    for source in sources:
        if isinstance(source, Failure):
            yield source
            continue
        try:
            raw = _read_bytes(source, settings)
            decoded = _decode(raw, settings)
        except InputError as error:
            yield Failure(source=source.name, step="read", reason=str(error))
            continue
        digest = hashlib.sha256(decoded.text.encode()).hexdigest()
        if digest in seen:
            yield _warning(source.name, f"same text as {seen[digest]}: read once")
            continue
        seen[digest] = source.name
        yield from _document(source, raw, decoded, table)


def _document(
    source: Source, raw: bytes, decoded: Decoded, table: dict[str, Stated]
) -> Iterator[Document | Failure]:
    """Yield what is odd about a text, then the text."""
    beside = read_sidecar(source.path) if source.path else None
    row = (
        table.get(source.name)
        or table.get(Path(source.name).name)
        or table.get(Path(source.name).stem)
    )
    stated = [s for s in (row, beside) if s is not None]
    for reason in [w for s in stated for w in s.warnings]:
        yield _warning(source.name, reason)
    if decoded.bad_bytes:
        yield _warning(
            source.name,
            f"{decoded.bad_bytes} bytes are not {decoded.encoding} and were replaced: save the text as UTF-8",
        )
    zones = find_zones(decoded.text)
    if not any(zone.kind == "body" for zone in zones):
        yield _warning(source.name, "no running text was found: only titles, links or notices")
    values: dict[str, str] = {}
    origins: dict[str, str] = {}
    for known in stated:
        for key, value in known.values.items():
            if key not in values:
                values[key], origins[key] = value, known.origin
    by = next((s for s in stated if s.authors), None)
    if by:
        origins["authors"] = by.origin
    yield Document(
        source=source.name,
        text=decoded.text,
        raw_sha256=hashlib.sha256(raw).hexdigest(),
        encoding=decoded.encoding,
        bad_bytes=decoded.bad_bytes,
        zones=zones,
        url=values.get("url"),
        title=values.get("title"),
        publisher=values.get("publisher"),
        date_published=values.get("date_published"),
        authors=by.authors if by else (),
        language=values.get("language"),
        origins=tuple(Origin(field=f, origin=origins[f]) for f in FIELDS if f in origins),
    )


def _read_bytes(source: Source, settings: Settings) -> bytes:
    """Return the bytes of a regular file or of standard input.

    Raises:
        InputError: it is not a file, cannot be read, or is too large.
    """
    limit = settings.max_bytes
    if source.path is None:
        raw = sys.stdin.buffer.read(limit + 1)
    else:
        try:
            if not stat.S_ISREG(source.path.stat().st_mode):
                raise InputError(
                    "not a regular file (a pipe, device or folder): save the text to a file, or use -"
                )
            with source.path.open("rb") as file:
                raw = file.read(limit + 1)
        except FileNotFoundError as error:
            reason = (
                "a link to a file that is gone" if source.path.is_symlink() else "the file is gone"
            )
            raise InputError(f"{reason}: put it back, or leave it out") from error
        except PermissionError as error:
            raise InputError("no permission to read it: change its mode (chmod +r)") from error
        except OSError as error:
            raise InputError(f"cannot be read: {os.strerror(error.errno or 0)}") from error
    if len(raw) > limit:
        raise InputError(f"larger than {limit:,} bytes: split it into one file per article")
    return raw


def _decode(raw: bytes, settings: Settings) -> Decoded:
    """Return the text.

    Raises:
        InputError: it is no plain text, or too long.
    """
    try:
        decoded = decode_bytes(raw)
    except ValueError as error:
        raise InputError(str(error)) from error
    if len(decoded.text) > settings.max_characters:
        raise InputError(
            f"longer than {settings.max_characters:,} characters: split it into one file per article"
        )
    reason = refuse_markup(decoded.text)
    if reason:
        raise InputError(reason)
    return decoded


def _warning(source: str, reason: str) -> Failure:
    return Failure(source=source, step="read", reason=reason, fatal=False)
