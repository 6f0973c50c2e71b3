"""Files of rows: each row goes to the reader of its table; what one cannot use is told."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.errors import InputError
from kg.model import CodedRow, EventTable, Failure, MentionTable, RowMention, TableKind
from kg.read.rows import acled, gdelt, gkg
from kg.read.rows.cells import RawRow, split_rows
from kg.read.rows.detect import find_delimiter, header_kind
from kg.read.rows.layouts import (
    ACLED_OLD_NAMES,
    EVENTS_1,
    EVENTS_1_EARLY,
    EVENTS_2,
    GKG,
    MENTIONS,
    Cell,
    header_name,
)
from kg.read.rows.notes import Notes
from kg.read.rows.values import RowError

_HEAD = 65_536
_MOST_LOST, _LOST_PER_READ = 10_000, 10
"""So many rows that cannot be used, and so many for each that can: the table is given up."""
_MAY_BE_NAME = re.compile(r"\s*\"?[A-Za-z_][A-Za-z0-9_]{1,40}\"?\s*")
_GDELT = ("The GDELT Project", "https://www.gdeltproject.org/")
_GDELT_TERMS = "https://www.gdeltproject.org/about.html#termsofuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """How a kind of table is read.

    Attributes:
        layouts: columns of a table without header. code: reads a row. day: when it was added.
    """

    name: str
    publisher: tuple[str, str]
    licence: str | None
    layouts: tuple[tuple[str, ...], ...]
    code: Callable[[int, Cell, Notes], CodedRow | RowMention]
    day: Callable[[Cell], str | None]


_FORMS: dict[TableKind, _Form] = {
    "gdelt-events": _Form(
        name="GDELT Event Database",
        publisher=_GDELT,
        licence=_GDELT_TERMS,
        layouts=(EVENTS_1_EARLY, EVENTS_1, EVENTS_2),
        code=gdelt.code_event,
        day=gdelt.added_day,
    ),
    "gdelt-mentions": _Form(
        name="GDELT Event Mentions",
        publisher=_GDELT,
        licence=_GDELT_TERMS,
        layouts=(MENTIONS,),
        code=gdelt.code_mention,
        day=gdelt.mentioned_day,
    ),
    "gkg": _Form(
        name="GDELT Global Knowledge Graph",
        publisher=_GDELT,
        licence=_GDELT_TERMS,
        layouts=(GKG,),
        code=gkg.code_record,
        day=gkg.record_day,
    ),
    "acled": _Form(
        name="Armed Conflict Location & Event Data",
        publisher=("ACLED", "https://acleddata.com/"),
        licence=None,
        layouts=(),
        code=acled.code_row,
        day=acled.changed_day,
    ),
}


def read_event_table(
    raw: bytes, *, name: str, kind: TableKind
) -> tuple[EventTable, tuple[Failure, ...]]:
    """Return a table of events or of records, and what is wrong with its rows.

    Args:
        raw: the bytes of the file, unpacked.
        name: of the file, for messages and the record.
        kind: gdelt-events, gkg or acled.

    Raises:
        InputError: no such table: a list of columns, or one without the columns that are needed.
    """
    form, walk = _FORMS[kind], _Walk(raw, name, kind)
    rows: list[CodedRow] = []
    failures: list[Failure] = []
    for item in walk:
        if isinstance(item, Failure):
            failures.append(item)
        elif isinstance(item, CodedRow):
            rows.append(item)
    publisher, url = form.publisher
    table = EventTable(
        kind=kind,
        name=form.name,
        publisher=publisher,
        publisher_url=url,
        licence=form.licence,
        state=walk.state,
        source=name,
        sha256=hashlib.sha256(raw).hexdigest(),
        media_type="text/tab-separated-values" if walk.delimiter == "\t" else "text/csv",
        rows=tuple(rows),
    )
    return table, tuple(failures)


def read_mentions(raw: bytes, *, name: str) -> tuple[MentionTable, tuple[Failure, ...]]:
    """Return a table of GDELT's mentions, and what is wrong with its rows.

    Raises:
        InputError: no such table.
    """
    items = list(_Walk(raw, name, "gdelt-mentions"))
    rows = tuple(item for item in items if isinstance(item, RowMention))
    digest = hashlib.sha256(raw).hexdigest()
    failures = tuple(item for item in items if isinstance(item, Failure))
    return MentionTable(source=name, sha256=digest, rows=rows), failures


def read_table_rows(
    raw: bytes, *, name: str, kind: TableKind
) -> Iterator[CodedRow | RowMention | Failure]:
    """Yield the rows of a table one by one, and what is wrong with them, in the file's order.

    Raises:
        InputError: no such table.
    """
    return iter(_Walk(raw, name, kind))


class _Walk:
    """Goes through the rows of a file.

    Attributes:
        delimiter: what divides its cells. state: the latest day on which a row so far was added.
    """

    def __init__(self, raw: bytes, name: str, kind: TableKind) -> None:
        self._raw, self._name, self._kind = raw, name, kind
        self._form, self._notes = _FORMS[kind], Notes()
        self.delimiter = find_delimiter(raw[:_HEAD])
        self.state: str | None = None
        self._columns: dict[str, int] | None = None
        self._layouts = {len(layout): _numbered(layout) for layout in self._form.layouts}

    def __iter__(self) -> Iterator[CodedRow | RowMention | Failure]:
        empty: RawRow | None = None
        read = lost = 0
        for row in split_rows(self._raw, delimiter=self.delimiter):
            if row.problem is None and not any(cell.strip() for cell in row.cells):
                empty = empty or row
                continue
            if empty is not None:
                self._notes.tell("row", "empty; passed over, like any other")
                yield from self._warnings(empty.number)
                empty = None
            for item in self._take(row):
                if isinstance(item, Failure):
                    lost += item.fatal
                else:
                    read += 1
                yield item
            if lost >= _MOST_LOST and lost > _LOST_PER_READ * read:
                told = f"{lost:,} of {row.number:,} rows cannot be used"
                raise InputError(f"{told}: another table, or damaged", source=self._name)

    def _take(self, row: RawRow) -> Iterator[CodedRow | RowMention | Failure]:
        if row.problem is not None:
            yield self._failure(row, row.problem)
            return
        if _MAY_BE_NAME.fullmatch(row.cells[0]) and header_kind(row.cells) == self._kind:
            if row.number > 1 and self._columns is not None:
                self._notes.tell("header", "stands again among the rows; passed over")
            self._columns = _numbered(row.cells)
            yield from self._warnings(row.number)
            return
        try:
            cell = self._cells(row)
            yield self._form.code(row.number, cell, self._notes)
            day = self._form.day(cell)
            self.state = max(self.state or "", day or "") or None
        except RowError as error:
            yield self._failure(row, str(error))
        if row.bad_bytes:
            self._notes.tell("bytes", f"{row.bad_bytes} are not UTF-8 and became U+FFFD")
        yield from self._warnings(row.number)

    def _cells(self, row: RawRow) -> Cell:
        columns = self._columns or self._layouts.get(len(row.cells))
        if columns is None and not self._layouts:
            raise InputError("no header: the first row names the columns", source=self._name)
        if columns is None:
            counts = " or ".join(map(str, sorted(self._layouts)))
            raise RowError("columns", f"{len(row.cells)} of them, not {counts}")
        if self._columns is not None and len(row.cells) != len(columns):
            raise RowError("columns", f"{len(row.cells)} of them, not {len(columns)}")
        cells, known = row.cells, columns

        def cell(name: str) -> str:
            place = known.get(header_name(name))
            return "" if place is None else cells[place]

        return cell

    def _failure(self, row: RawRow, reason: str) -> Failure:
        place = f"row {row.number}" + (f" (line {row.line})" if row.line != row.number else "")
        return Failure(source=self._name, step="read", reason=f"{place}: {reason}; left out")

    def _warnings(self, number: int) -> Iterator[Failure]:
        for note in self._notes.take():
            reason = f"row {number}: {note}"
            yield Failure(source=self._name, step="read", reason=reason, fatal=False)


def _numbered(names: tuple[str, ...]) -> dict[str, int]:
    plain = [header_name(name) for name in names]
    return {ACLED_OLD_NAMES.get(name, name): place for place, name in enumerate(plain)}
