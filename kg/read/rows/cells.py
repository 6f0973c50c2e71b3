"""Rows and cells of a table, numbered, with what is wrong with their bytes.

GDELT's files are divided by tabs alone: a quotation mark is a character like any other. Files with
commas or semicolons are CSV. Rows are counted from 1, the header and empty rows included.

Source: https://www.rfc-editor.org/rfc/rfc4180#section-2
Source: https://www.rfc-editor.org/rfc/rfc7111#section-2.1
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_ROW = 4_000_000
"""Bytes: a longer row is not read."""

_BREAK = re.compile(r"\r\n|\n|\r")
_BLANK = re.compile(r"[\r\n]+")
_BLANK_BYTES = re.compile(rb"(?:\r?\n)+")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row.

    Attributes:
        number: counted from 1. line: on which it begins, counted from 1.
        cells: its cells; empty where `problem` says why there are none.
        problem: what makes it unreadable, or None. bad_bytes: how many became U+FFFD.
    """

    number: int
    line: int
    cells: tuple[str, ...]
    problem: str | None = None
    bad_bytes: int = 0


def split_rows(raw: bytes, *, delimiter: str) -> Iterator[RawRow]:
    """Yield the rows of a table; the line break at its end begins none.

    Of empty lines that follow each other only the first is given; all are counted.

    Args:
        raw: the bytes of the file, UTF-8.
        delimiter: a comma or semicolon, of CSV with quotation marks; or a tab, which alone divides.
    """
    body = raw.removeprefix(_BOM)
    yield from _tab_rows(body) if delimiter == "\t" else _quoted_rows(body, delimiter)


def _tab_rows(body: bytes) -> Iterator[RawRow]:
    start, number = 0, 0
    while start < len(body):
        blank = _BLANK_BYTES.match(body, start)
        if blank is not None:  # one stands for all: files of line breaks alone cost no time
            yield RawRow(number + 1, number + 1, ())
            number += body.count(b"\n", start, blank.end())
            start = blank.end()
            continue
        end = body.find(b"\n", start)
        end = len(body) if end < 0 else end
        number += 1
        yield _tab_row(number, body[start:end] if end - start <= LONGEST_ROW else None)
        start = end + 1


def _tab_row(number: int, line: bytes | None) -> RawRow:
    if line is None:
        return RawRow(number, number, (), f"longer than {LONGEST_ROW:,} bytes")
    text, bad = _decode(line.removesuffix(b"\r"))
    if "\x00" in text:
        return RawRow(number, number, (), "NUL bytes: the file is damaged or no text")
    return RawRow(number, number, tuple(text.split("\t")), None, bad)


def _quoted_rows(body: bytes, delimiter: str) -> Iterator[RawRow]:
    """Yield the rows of CSV; after one that does not parse it goes on with the next line."""
    text, _ = _decode(body)
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter)
    number = 0
    while True:
        line = lines.number + 1
        blank = lines.pass_blank()
        if blank:
            yield RawRow(number + 1, line, ())
            number += blank
            continue
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield RawRow(number, line, (), f"not CSV: {error}")
            continue
        if any("\x00" in cell for cell in cells):
            yield RawRow(number, line, (), "NUL bytes: the file is damaged or no text")
        else:
            bad = sum(cell.count("\ufffd") for cell in cells)
            yield RawRow(number, line, tuple(cells), None, bad)


class _Lines:
    """The lines of a text, with their breaks, and how many were taken."""

    def __init__(self, text: str) -> None:
        self._text, self._place = text, 0
        self.number = 0

    def pass_blank(self) -> int:
        """Pass over empty lines and return how many they were; only between two rows."""
        found = _BLANK.match(self._text, self._place)
        if found is None:
            return 0
        self._place = found.end()
        passed = sum(1 for _ in _BREAK.finditer(found[0]))
        self.number += passed
        return passed

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self._place >= len(self._text):
            raise StopIteration
        found = _BREAK.search(self._text, self._place)
        end = found.end() if found else len(self._text)
        line, self._place = self._text[self._place : end], end
        self.number += 1
        return line


def _decode(raw: bytes) -> tuple[str, int]:
    try:
        return raw.decode("utf-8"), 0
    except UnicodeDecodeError:
        text = raw.decode("utf-8", "replace")
        return text, text.count("\ufffd")
