"""Read text files into documents: decoded, divided into zones, with what is known beside them."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import InputError
from kg.model import Document, Failure, Origin
from kg.read.decode import Decoded, decode_text
from kg.read.sidecar import FIELDS, Stated, read_sidecar, read_table
from kg.read.sources import Source, find_sources, read_bytes
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
            raw = read_bytes(source.path, settings.max_bytes)
            decoded = decode_text(raw, settings.max_characters)
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
    stated = _stated(source, table)
    zones = find_zones(decoded.text)
    warnings = [reason for known in stated for reason in known.warnings]
    if decoded.bad_bytes:
        reason = f"{decoded.bad_bytes} bytes are not {decoded.encoding} and were replaced"
        warnings.append(f"{reason}: save the text as UTF-8")
    if not any(zone.kind == "body" for zone in zones):
        warnings.append("no running text was found: only titles, links or notices")
    yield from (_warning(source.name, reason) for reason in warnings)
    values = {key: value for known in reversed(stated) for key, value in known.values.items()}
    origins = {key: known.origin for known in reversed(stated) for key in known.fields}
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
        authors=next((known.authors for known in stated if known.authors), ()),
        language=values.get("language"),
        origins=tuple(Origin(field=f, origin=origins[f]) for f in FIELDS if f in origins),
    )


def _stated(source: Source, table: dict[str, Stated]) -> list[Stated]:
    """Return what is known beside a text, what counts most first."""
    path = Path(source.name)
    row = table.get(source.name) or table.get(path.name) or table.get(path.stem)
    beside = read_sidecar(source.path) if source.path else None
    return [known for known in (row, beside) if known is not None]


def _warning(source: str, reason: str) -> Failure:
    return Failure(source=source, step="read", reason=reason, fatal=False)
