"""What a time expression is counted from, and which of several readings lies nearest to it."""

from dataclasses import dataclass
from datetime import date

from kg.extract.dates.days import Days, shift

_TOLERANCE = 1


@dataclass(frozen=True, slots=True)
class Before:
    """What was told before an expression.

    Attributes:
        day: the last stated day, for "the same day". days: the last stretch, for "since then".
        months: months with the year that they were last told with, for days without one.
    """

    day: date | None = None
    days: Days | None = None
    months: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """What an expression is counted from.

    Attributes:
        day: day of the article. tense: past, future or "" of the verb it belongs to.
        before: what was told before it.
    """

    day: date | None
    tense: str = ""
    before: Before = Before()


def nearest(candidates: list[Days | None], ref: Reference) -> Days | None:
    """Return the candidate that fits the tense and lies nearest to the day."""
    day = ref.day
    assert day is not None
    usable = [c for c in candidates if c and c.first and c.last]
    fits = [
        c
        for c in usable
        if (ref.tense != "past" or (c.first and c.first <= shift(day, _TOLERANCE)))
        and (ref.tense != "future" or (c.last and c.last >= day))
    ]
    return min(fits or usable, key=lambda c: _distance(c, day, ref.tense), default=None)


def _distance(days: Days, day: date, tense: str) -> int:
    assert days.first
    assert days.last
    if days.first <= day <= days.last:
        return 0
    ahead = (days.first - day).days
    weight = 3 if not tense else 1
    return ahead * weight if ahead > 0 else (day - days.last).days
