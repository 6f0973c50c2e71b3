"""When an article was written, where it does not say: bounds that its words allow.

Clues are intersected, the surest first; one that contradicts the rest is dropped. Years and days
told in the past bound it from below; a credit line gives the year; "last year's protests" beside
"the protests of 2020" does too; "eight months after X" counts from events of known date; a weekday
that an explicit date falls on pins the week. The clock is never asked.

What it gets wrong: an old date retold without a word that ties it to its own time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.extract.dates.anchor import Anchor
from kg.extract.dates.clues import Clue, Told, tell
from kg.extract.dates.days import make_day, month_days, shift, year_days
from kg.extract.dates.offices import office_clues
from kg.extract.dates.pairs import known_clues, weekday_clues, year_clues
from kg.extract.dates.periods import period_clues
from kg.extract.dates.yearless import yearless_clues
from kg.extract.parse import Parsed

_CREDIT = re.compile(r"^\s*(?:\([cC]\)|©)\s*[A-Z][^\d\n]{1,60},\s*((?:19|20)\d\d)\W*$")
_MAX_GUESS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Inferred:
    """When an article was written, as far as it can be told.

    Attributes:
        published: stated day or time. guess: ISO day, month, year or interval `A/B`.
        earliest, latest: bounds, None where open. basis: why, in words.
        reference: what relative expressions are counted from.
    """

    published: str | None = None
    guess: str | None = None
    earliest: str | None = None
    latest: str | None = None
    basis: str | None = None
    reference: Anchor


def infer_date(parsed: Parsed) -> Inferred:
    """Return bounds and a guess for an article that states no date."""
    if not parsed.uses("inferred-date"):
        return Inferred(reference=Anchor())
    told = tell(parsed)
    clues = list(_clues(parsed, told))
    clues += yearless_clues(parsed, told, *_intersect(clues)[:2])
    strong = _before_future(told, *_intersect([c for c in clues if not c.weak]))
    first, last, used = _before_future(told, *_intersect(clues))
    day = next((c.day for c in clues if c.day and _inside(c.day, first, last)), None)
    guess = day.isoformat() if day else _guess(strong[0], strong[1])
    return _answer(first, last, guess, day, used)


def _clues(parsed: Parsed, told: list[Told]) -> Iterator[Clue]:
    """Yield clues, the surest first."""
    yield from _credit_clues(parsed)
    yield from _past_clues(told)
    yield from year_clues(told)
    yield from known_clues(parsed, told, several=False)
    yield from weekday_clues(parsed, told)
    yield from _ahead_clues(told)
    yield from office_clues(parsed, told)
    yield from period_clues(parsed, told)
    yield from known_clues(parsed, told, several=True)


def _credit_clues(parsed: Parsed) -> Iterator[Clue]:
    for zone in parsed.document.zones:
        if zone.kind == "notice" and zone.end - zone.start < 90:
            match = _CREDIT.match(parsed.document.text[zone.start : zone.end])
            if match:
                year = year_days(int(match[1]))
                yield Clue(year.first, year.last, f"credit line of {match[1]}")


def _past_clues(told: list[Told]) -> Iterator[Clue]:
    """Yield the latest day that a time with a stated year begins on, told in the past."""
    past = [t for t in told if t.one.year and t.tense == "past" and t.days and t.days.first]
    days = [t.days.first for t in past if t.days and t.days.first]
    if days:
        yield Clue(max(days), None, f"tells of {max(days).isoformat()[:7]} as past")


def _ahead_clues(told: list[Told]) -> Iterator[Clue]:
    """Yield what "this year" beside a month or season of another year still to come gives."""
    now = any((t.one.kind, t.one.which, t.one.unit) == ("period", "this", "year") for t in told)
    for item in told:
        year = item.one.year
        if now and year and item.one.kind in ("season_year", "month_year") and item.tense != "past":
            last = year_days(year - 1)
            yield Clue(last.first, last.last, f"{item.words!r} is still to come")


def _intersect(clues: list[Clue]) -> tuple[date | None, date | None, list[str]]:
    first: date | None = None
    last: date | None = None
    used: list[str] = []
    for clue in clues:
        begin = max((d for d in (first, clue.first) if d), default=None)
        end = min((d for d in (last, clue.last) if d), default=None)
        if begin and end and begin > end:
            continue
        if (begin, end) != (first, last):
            used.append(clue.why)
        first, last = begin, end
    return first, last, used


def _before_future(
    told: list[Told], first: date | None, last: date | None, used: list[str]
) -> tuple[date | None, date | None, list[str]]:
    """Cut the stretch where a month or day that is still to come begins."""
    if first is None or last is None or first.year != last.year:
        return first, last, used
    for item in told:
        if item.tense != "future" or item.one.year or not item.one.month or item.one.which:
            continue
        cut = _day_before(item, last.year)
        if cut and first <= cut < last:
            last = cut
            used = [*used, f"{item.words!r} is still to come"]
    return first, last, used


def _day_before(item: Told, year: int) -> date | None:
    assert item.one.month
    if item.one.kind in ("full", "full_day_first") and item.one.day:
        return make_day(year, item.one.month, item.one.day)
    if item.one.kind != "month":
        return None
    begin = month_days(year, item.one.month).first
    return begin - timedelta(days=1) if begin else None


def _inside(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _answer(
    first: date | None, last: date | None, guess: str | None, day: date | None, used: list[str]
) -> Inferred:
    earliest = first.isoformat() if first else None
    latest = last.isoformat() if last else None
    if not used:
        return Inferred(reference=Anchor())
    known = day.isoformat() if day else None
    return Inferred(
        guess=guess,
        earliest=earliest,
        latest=latest,
        basis="; ".join(used),
        reference=Anchor(known or earliest, known or latest),
    )


def _guess(first: date | None, last: date | None) -> str | None:
    """Return a month or year that the bounds fill or lie in, the interval, or None if too wide."""
    if first is None or last is None or (last - first).days > _MAX_GUESS:
        return None
    if first == last:
        return first.isoformat()
    year = year_days(first.year)
    if (first, last) == (year.first, year.last):
        return str(first.year)
    middle = shift(first, (last - first).days // 2)
    month = month_days(middle.year, middle.month)
    length = (last - first).days
    assert month.first
    assert month.last
    if first >= month.first and last <= month.last and length > 20:
        return middle.isoformat()[:7]
    return f"{first.isoformat()}/{last.isoformat()}"
