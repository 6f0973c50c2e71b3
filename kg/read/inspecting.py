"""What inputs are, kind by kind, before anything is done with them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import InputError
from kg.model import Failure
from kg.read.archives import LeftOut, read_archive
from kg.read.containers import DAMAGE, Opened, open_source, read_within, unwrap
from kg.read.decode import decode_text
from kg.read.kinds import TABLES, Kind, detect_kind, name_unknown
from kg.read.records import read_described, read_own_records
from kg.read.sitemaps import MOST_BYTES
from kg.read.sources import Source, find_sources
from kg.read.table_kinds import read_table_of
from kg.settings import Settings

_FEW = 3  # of what is wrong with the rows of a table


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """One input.

    Attributes:
        name: as records will name it.
        kind: None where it is of none that is read.
        size: bytes, unpacked; None where that was not counted.
        articles: articles, pages or records in it; None where only reading would tell.
        rows: rows of a table.
        notes: what is odd or will be left out, a line each.
        readable: whether anything of it can be used.
        named: whether the user named it, so that it must be readable; else a folder did.
    """

    name: str
    kind: Kind | None = None
    size: int | None = None
    articles: int | None = None
    rows: int | None = None
    notes: tuple[str, ...] = ()
    readable: bool = True
    named: bool = True

    @property
    def failed(self) -> bool:
        """Whether the user named it and nothing of it can be used."""
        return self.named and not self.readable


def inspect_inputs(
    inputs: Iterable[str | Path], settings: Settings | None = None
) -> Iterator[Inspected]:
    """Yield what each input is; nothing is fetched, and nothing parsed but what has to be counted.

    Raises:
        InputError: nothing of the input is there.
    """
    settings = settings or Settings()
    for source in find_sources(inputs):
        if isinstance(source, Failure):
            yield Inspected(name=source.source, notes=(source.reason,), readable=not source.fatal)
        elif source.url is not None:
            note = "will be fetched: a page, or a feed or sitemap whose pages are fetched"
            yield Inspected(name=source.name, notes=(note,))
        else:
            yield from _inspect_file(source, settings)


def _inspect_file(source: Source, settings: Settings) -> Iterator[Inspected]:
    try:
        with open_source(source.path) as file:
            for opened in unwrap(source.name, file):
                if isinstance(opened, Failure):
                    yield Inspected(name=opened.source, notes=(opened.reason,), readable=False)
                else:
                    yield replace(_inspect(opened, settings), named=not source.in_folder)
    except InputError as error:
        yield Inspected(name=source.name, notes=(str(error),), readable=False)


def _inspect(opened: Opened, settings: Settings) -> Inspected:
    asked = settings.reading.kind
    kind = Kind(asked) if asked else detect_kind(opened.head, opened.name)
    if kind is None or not opened.head:
        note = name_unknown(opened.head) if opened.head else "empty file: there is no text in it"
        return Inspected(name=opened.name, notes=(note,), readable=False)
    try:
        return _count(opened, kind, settings)
    except InputError as error:
        return Inspected(name=opened.name, kind=kind, notes=(str(error),), readable=False)
    except DAMAGE as error:
        note = f"a damaged archive ({error or 'it breaks off'}): fetch it anew"
        return Inspected(name=opened.name, kind=kind, notes=(note,), readable=False)


def _count(opened: Opened, kind: Kind, settings: Settings) -> Inspected:
    if kind is Kind.warc:
        return _archive(opened, settings)
    if kind is Kind.records:
        return _records(opened, settings)
    if kind in (Kind.jsonld, Kind.newsplease, Kind.trafilatura):
        return _described(opened, kind, settings)
    if kind is Kind.text:
        raw = read_within(opened.stream, settings.max_bytes)
        decode_text(raw, settings.max_characters, allow_markup=settings.reading.kind == "text")
        return Inspected(name=opened.name, kind=kind, size=len(raw), articles=1)
    if kind in TABLES:
        return _table(opened, kind, settings)
    limit = settings.reading.page_bytes if kind is Kind.html else MOST_BYTES
    size = len(read_within(opened.stream, limit, "no page, feed or sitemap is"))
    articles = 1 if kind is Kind.html else None
    return Inspected(name=opened.name, kind=kind, size=size, articles=articles)


def _archive(opened: Opened, settings: Settings) -> Inspected:
    pages, notes, size = 0, list[str](), 0
    for found in read_archive(opened.stream, opened.name, settings.reading.page_bytes):
        if isinstance(found, LeftOut):
            notes.append(found.reason)
        else:
            pages += 1
            size += len(found.block)
    return Inspected(
        name=opened.name,
        kind=Kind.warc,
        size=size,
        articles=pages,
        notes=tuple(notes),
        readable=pages > 0,
    )


def _records(opened: Opened, settings: Settings) -> Inspected:
    good, bad = 0, list[str]()
    for found in read_own_records(opened.stream, opened.name, settings.max_bytes):
        if isinstance(found, Failure):
            bad.append(f"line {found.source.rpartition(':')[2]}: {found.reason}")
        else:
            good += 1
    return Inspected(
        name=opened.name, kind=Kind.records, articles=good, notes=tuple(bad), readable=good > 0
    )


def _described(opened: Opened, kind: Kind, settings: Settings) -> Inspected:
    raw = read_within(opened.stream, settings.max_bytes)
    found = list(read_described(raw, kind))
    notes = tuple(one for one in found if isinstance(one, str))
    number = len(found) - len(notes)
    return Inspected(
        name=opened.name,
        kind=kind,
        size=len(raw),
        articles=number,
        notes=notes,
        readable=number > 0,
    )


def _table(opened: Opened, kind: Kind, settings: Settings) -> Inspected:
    raw = read_within(opened.stream, settings.reading.table_bytes)
    table, failures = read_table_of(raw, opened.name, kind)
    notes = [f"{failure.source}: {failure.reason}" for failure in failures[:_FEW]]
    if len(failures) > _FEW:
        notes.append(f"and {len(failures) - _FEW} more")
    return Inspected(
        name=opened.name,
        kind=kind,
        size=len(raw),
        rows=len(table.rows),
        notes=tuple(notes),
        readable=bool(table.rows),
    )
