"""How exact a time is, read off its bounds: the graph has the bounds alone."""

from calendar import monthrange
from datetime import date, timedelta

from kg.model import Time

_DAY = len("2024-05-03")
_OF_LENGTH = {_DAY: "day", len("2024-05"): "month", len("2024"): "year"}


def granularity_of(time: Time) -> str | None:
    """Return day, week, month, year or interval, or None for a time without dates.

    A week begins on a Monday (ISO 8601); bounds that are open on one side are an interval.

    >>> granularity_of(Time(earliest="2024-04-29", latest="2024-05-05"))
    'week'
    """
    first, last = time.earliest or time.start, time.latest or time.end
    if first is None and last is None:
        return None
    if first is None or last is None:
        return "interval"
    if first == last:
        return _OF_LENGTH.get(len(first), "interval")
    if len(first) != _DAY or len(last) != _DAY:
        return "interval"
    try:
        return _of_days(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        return "interval"


def _of_days(first: date, last: date) -> str:
    if first.weekday() == 0 and last - first == timedelta(days=6):
        return "week"
    if first.day != 1 or first.year != last.year:
        return "interval"
    if (first.month, last.month, last.day) == (1, 12, 31):
        return "year"
    whole = first.month == last.month and last.day == monthrange(last.year, last.month)[1]
    return "month" if whole else "interval"
