"""Single values of a row: days, coordinates, numbers, addresses; what is wrong with one is told."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from math import isfinite

from kg.model import Time

_BAD = r'\x00-\x20<>"{}|\\^`\[\]\x7f-\x9f\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\U0010ffff'
"""Characters that may not stand in an IRI, and some beyond the first plane that need not."""
_URL = re.compile(rf"https?://(?:[^{_BAD}/?#%]+|\[[0-9a-f:.]+\](?::\d+)?)(?=[/?#]|$)", re.I)
_UNSAFE = re.compile(rf"[{_BAD}]|%(?![0-9A-Fa-f]{{2}})")
_LONGEST_URL = 4_000
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_WRITTEN = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})")
_PACKED = re.compile(r"(\d{4})(\d\d)(\d\d)(\d{6})?")
_SHOWN = 60


class RowError(ValueError):
    """A row that cannot be used; says which field and why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")


def shown(text: str) -> str:
    """Return a value as it is told in a message: quoted, and not too long."""
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


def packed_day(field: str, text: str) -> str:
    """Return the day of YYYYMMDD or YYYYMMDDHHMMSS.

    Raises:
        RowError: no such day.

    >>> packed_day("SQLDATE", "20240503")
    '2024-05-03'
    """
    found = _PACKED.fullmatch(text)
    if not found or not text.isascii():
        raise RowError(field, f"not a day of the form YYYYMMDD: {shown(text)}")
    return _day(field, text, found[1], found[2], found[3])


def written_day(field: str, text: str) -> str:
    """Return the day of YYYY-MM-DD or "3 May 2024".

    Raises:
        RowError: no such day.

    >>> written_day("event_date", "03 May 2024")
    '2024-05-03'
    """
    plain = text.strip() if text.isascii() else ""
    found = _ISO.fullmatch(plain)
    if found:
        return _day(field, text, found[1], found[2], found[3])
    found = _WRITTEN.fullmatch(plain)
    months = [
        number for number, name in enumerate(_MONTHS, 1) if found and _is_month(found[2], name)
    ]
    if not found or len(months) != 1:
        raise RowError(field, f"not a day (2024-05-03 or 03 May 2024): {shown(text)}")
    return _day(field, text, found[3], str(months[0]), found[1])


def seconds_day(text: str) -> str | None:
    """Return the day (UTC) of seconds since 1970, or None.

    >>> seconds_day("1714694400")
    '2024-05-03'
    """
    value = _float(text)
    if value is None or not 0 <= value < 4_102_444_800:  # the year 2100
        return None
    return datetime.fromtimestamp(value, UTC).date().isoformat()


def exact_time(day: str) -> Time:
    """Return the time of something that was on that day."""
    return Time(start=day, granularity="day")


def week_around(day: str) -> Time:
    """Return bounds that hold every week which that day is part of: six days on either side."""
    middle, six = date.fromisoformat(day), timedelta(days=6)
    try:
        first, last = middle - six, middle + six
    except OverflowError:
        first = last = middle
    return Time(earliest=first.isoformat(), latest=last.isoformat(), granularity="week")


def month_of(day: str) -> Time:
    """Return the bounds of the month of that day."""
    year, month = int(day[:4]), int(day[5:7])
    last = monthrange(year, month)[1]
    return Time(earliest=f"{day[:7]}-01", latest=f"{day[:7]}-{last:02}", granularity="month")


def degrees(field: str, text: str, most: float) -> float | None:
    """Return a coordinate, or None where there is none.

    Raises:
        RowError: not a number, or beyond `most` on either side.
    """
    if not text.strip():
        return None
    value = _float(text)
    if value is None:
        raise RowError(field, f"not a number: {shown(text)}")
    if abs(value) > most:
        raise RowError(field, f"not within {most:g} degrees: {shown(text)}")
    return value


def whole(field: str, text: str) -> int:
    """Return a whole number; "3.0" is one too.

    Raises:
        RowError: it is none.
    """
    value = _float(text)
    if value is None or value != int(value) or abs(value) > 1e15:
        raise RowError(field, f"not a whole number: {shown(text)}")
    return int(value)


def clean_url(text: str) -> str | None:
    """Return an address of the web as an IRI, what may not stand in one escaped; else None.

    Source: https://www.rfc-editor.org/rfc/rfc3987#section-2.2

    >>> clean_url(" https://courier.example/a b ")
    'https://courier.example/a%20b'
    """
    plain = text.strip()
    host = _URL.match(plain)
    if len(plain) > _LONGEST_URL or host is None:
        return None
    return host[0] + _UNSAFE.sub(lambda found: _escape(found[0]), plain[host.end() :])


def _escape(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def _is_month(word: str, name: str) -> bool:
    return word.lower() in {name, name[:3]} or (name == "september" and word.lower() == "sept")


def _float(text: str) -> float | None:
    if not text.isascii() or "_" in text:
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None


def _day(field: str, text: str, year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise RowError(field, f"no such day: {shown(text)}") from None
