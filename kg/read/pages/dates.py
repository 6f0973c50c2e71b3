"""Days and times as pages write them, as ISO 8601."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from kg.read.sidecar import is_iso_date

_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_NAMED = (
    re.compile(rf"\b{_NAME}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b", re.I),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_NAME},?\s+(?P<year>\d{{4}})\b", re.I),
)
_NUMBERS = re.compile(r"(?P<year>\d{4})([-/.]?)(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?(?=Z|[+-]|$)")
_SECONDS = re.compile(r"\d{9,10}(?:\d{3})?")
_MAIL = re.compile(r"[A-Za-z]{3}, \d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d")
_LONGEST = 100
_UNSET = "1970-01-01"  # second 0: what machines write for no date


def to_iso(value: str) -> str | None:
    """Return a date as ISO 8601, its time zone as given; None where it is none, or is unclear.

    Seconds and milliseconds since 1970 are read; a day such as 5/6/2024 is unclear.

    >>> to_iso("2026-06-05T17:20:55+0000"), to_iso("20260605"), to_iso("soon")
    ('2026-06-05T17:20:55+00:00', '2026-06-05', None)
    >>> to_iso("Fri, 05 Jun 2026 17:20:55 +0200"), to_iso("June 5th, 2026"), to_iso("1780680055")
    ('2026-06-05T17:20:55+02:00', '2026-06-05', '2026-06-05T17:20:55+00:00')
    """
    plain = " ".join(value[:_LONGEST].split())
    if plain.startswith(_UNSET):
        return None
    told = _iso(plain) or _mail(plain) or _epoch(plain) or _day(plain)
    return told if told and _FIRST_YEAR <= int(told[:4]) <= _LAST_YEAR else None


def _iso(value: str) -> str | None:
    plain = re.sub(r"\[[\w/+-]+\]$", "", value)
    plain = re.sub(r"^(\d{4}-\d\d-\d\d) (?=\d)", r"\1T", plain)
    plain = _COMPACT.sub(lambda m: f"{m[1]}-{m[2]}-{m[3]}T{m[4]}:{m[5]}:{m[6] or '00'}", plain)
    plain = re.sub(r"\s*(?:UTC|GMT)$", "Z", plain)
    plain = re.sub(r"\s*([+-]\d\d):?(\d\d)$", r"\1:\2", plain) if "T" in plain else plain
    plain = re.sub(r"(:\d\d)[.,]\d+", r"\1", plain)
    return plain if is_iso_date(plain) and "-" in plain[:8] else None


def _mail(value: str) -> str | None:
    """Source: https://www.rfc-editor.org/rfc/rfc5322#section-3.3."""
    if not _MAIL.match(value):
        return None
    try:
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, IndexError, OverflowError):
        return None


def _epoch(value: str) -> str | None:
    if not _SECONDS.fullmatch(value):
        return None
    return datetime.fromtimestamp(int(value[:10] if len(value) > 10 else value), UTC).isoformat()


def _day(value: str) -> str | None:
    found = _NUMBERS.match(value) or next(filter(None, (p.search(value) for p in _NAMED)), None)
    if not found:
        return None
    month = found["month"].lower()
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
    told = f"{found['year']}-{number:02}-{int(found['day']):02}"
    return told if is_iso_date(told) else None
