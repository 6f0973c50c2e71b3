"""Read the date of writing where a document states it: date lines, bylines, fields beside the text.

Own rules first; dateparser only for lines with a year that the rules cannot read (other languages).
What it gets wrong: "03/04/2021" is left alone, as nobody can tell the day from the month.
"""

import re
from datetime import date, datetime

from kg.extract.dates.days import make_day
from kg.extract.dates.expressions import Expression, find_expressions

_UPDATED = re.compile(r"\b(?:last )?(?:updated|modified|edited)\b", re.IGNORECASE)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d)(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)[/.]?(0\d|1[0-2])[/.]?([0-3]\d)(?!\d)")
_ANY_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CAPITALS = re.compile(r"[A-Z]{3,}")
_DAY_KINDS = ("full", "full_day_first", "iso")


def read_stated(text: str) -> date | None:
    """Return the day that a line of text states, or None.

    >>> read_stated("Posted: Tue 7 Mar 2017 09.15 CET")
    datetime.date(2017, 3, 7)
    >>> read_stated("JUNE 20, 2006")
    datetime.date(2006, 6, 20)
    """
    if text.isupper():
        text = _CAPITALS.sub(lambda word: word[0].capitalize(), text)
    days = [(bool(_UPDATED.search(text, 0, e.core)), e.core, _day(e)) for e in _full_dates(text)]
    found = [(updated, offset, day) for updated, offset, day in days if day]
    if found:
        return min(found)[2]
    return _read_numeric(text) or _read_otherwise(text)


def _full_dates(text: str) -> list[Expression]:
    found = find_expressions(text)
    return [e for e in found if e.kind in _DAY_KINDS and e.year and e.day is not None]


def _day(one: Expression) -> date | None:
    if one.year is None or one.month is None or one.day is None:
        return None
    return make_day(one.year, one.month, one.day)


def _read_numeric(text: str) -> date | None:
    """Return a day in digits where the order of day and month is beyond doubt."""
    match = _YEAR_FIRST.search(text)
    if match:
        return make_day(int(match[1]), int(match[2]), int(match[3]))
    match = _NUMERIC.search(text)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if match[2] == "." or first > 12 or first == second:
        return make_day(year, second, first)
    return make_day(year, first, second) if second > 12 else None


def _read_otherwise(text: str) -> date | None:
    if not _ANY_YEAR.search(text) or len(text) > 80 or text.isascii():
        return None
    import dateparser

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "RELATIVE_BASE": datetime(1, 1, 1)}  # noqa: DTZ001
    found = dateparser.parse(text, settings=settings)
    return found.date() if found else None
