"""What table a file is, by what stands in its first lines: never by its name."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from kg.model import TableKind
from kg.read.rows.cells import RawRow, split_rows
from kg.read.rows.layouts import (
    ACLED_NEEDED,
    ACLED_OLD_NAMES,
    EVENT_NAMES,
    EVENTS_1,
    EVENTS_1_EARLY,
    EVENTS_2,
    GKG,
    GKG_NAMES,
    MENTION_NAMES,
    MENTIONS,
    header_name,
)

RowsKind = TableKind | Literal["codebook"]

_LOOKED_AT = 20
_DAY = re.compile(r"(1[89]|20)\d{6}")
_MOMENT = re.compile(r"20\d{12}")
_DIGITS = re.compile(r"\d{1,15}")
_GKG_ID = re.compile(r"\d{14}-T?\d+")
_MOST_KNOWN = 0.8
_CODEBOOK_HEADERS = (
    {"name", "type", "description"},
    {"tableid", "description"},
    {"description", "cameocode"},
    {"cameoeventcode", "eventdescription"},
    {"variable", "description", "values"},
    {"inter1/inter2", "numeric code"},
    {"event_type", "sub_event_type", "political_violence"},
)


def looks_like(head: bytes) -> RowsKind | None:
    r"""Return what table a file is, by its first bytes (64 kB do).

    Returns:
        A kind; `codebook` for a list of columns or codes that has no rows; None for anything else.

    >>> looks_like(b"name,type,description\nSQLDATE,INTEGER,Day of the event\n")
    'codebook'
    """
    delimiter = find_delimiter(head)
    rows = _first_rows(head, delimiter)
    if not rows:
        return None
    names = {header_name(cell) for cell in rows[0].cells}
    of_header = header_kind(rows[0].cells)
    if of_header is not None:
        return "codebook" if len(rows) == 1 else of_header
    if any(wanted <= names for wanted in _CODEBOOK_HEADERS) or _lists_columns(rows):
        return "codebook"
    if delimiter != "\t":
        return None
    found = Counter(kind for row in rows if (kind := _shape(row.cells)))
    return found.most_common(1)[0][0] if found else None


def find_delimiter(head: bytes) -> str:
    """Return what divides a table: tab, comma or semicolon; the first line with words decides."""
    line = next((line for line in head.splitlines() if line.strip()), b"")
    tabs = line.count(b"\t")
    if tabs >= len(MENTIONS) - 1 or tabs >= max(line.count(b","), line.count(b";")):
        return "\t"
    return ";" if line.count(b";") > line.count(b",") else ","


def header_kind(cells: tuple[str, ...]) -> TableKind | None:
    """Return the kind of table whose header these cells are, or None."""
    names = [header_name(cell) for cell in cells]
    known = {ACLED_OLD_NAMES.get(name, name) for name in names}
    if set(ACLED_NEEDED) <= known:
        return "acled"
    kinds: tuple[tuple[TableKind, str, frozenset[str]], ...] = (
        ("gdelt-events", "eventcode", EVENT_NAMES),
        ("gdelt-mentions", "mentionidentifier", MENTION_NAMES),
        ("gkg", "gkgrecordid", GKG_NAMES),
    )
    for kind, needed, wanted in kinds:
        here = sum(name in wanted for name in names)
        if len(names) > 1 and needed in names and here >= _MOST_KNOWN * len(names):
            return kind
    return None


def _first_rows(head: bytes, delimiter: str) -> list[RawRow]:
    found: list[RawRow] = []
    for row in split_rows(head, delimiter=delimiter):
        if row.problem is None and any(cell.strip() for cell in row.cells):
            found.append(row)
        if len(found) == _LOOKED_AT:
            break
    return found


def _shape(cells: tuple[str, ...]) -> TableKind | None:
    """Return the kind of table that a row fits by its number of cells and their form."""
    if len(cells) in {len(EVENTS_1_EARLY), len(EVENTS_1), len(EVENTS_2)}:
        fits = _DIGITS.fullmatch(cells[0]) and _DAY.fullmatch(cells[1])
        return "gdelt-events" if fits else None
    if len(cells) == len(MENTIONS):
        fits = _DIGITS.fullmatch(cells[0]) and _MOMENT.fullmatch(cells[1])
        return "gdelt-mentions" if fits else None
    if len(cells) == len(GKG):
        return "gkg" if _GKG_ID.fullmatch(cells[0]) and _MOMENT.fullmatch(cells[1]) else None
    return None


def _lists_columns(rows: list[RawRow]) -> bool:
    """Return whether each row begins with the name of a column: a description of the table."""
    names = [set(_names(row)) for row in rows]
    known = EVENT_NAMES | MENTION_NAMES | GKG_NAMES
    return len(rows) > 3 and sum(bool(found & known) for found in names) > len(rows) / 2


def _names(row: RawRow) -> Iterator[str]:
    return (header_name(cell) for cell in row.cells[:2])
