"""Days without a year that a report opens with ("On Jan. 8, …") date the report itself.

Such a report is fresh: it was written within two weeks, within one where it also says "today",
"yesterday" or "this week". The year is one that the other bounds allow, that the weekday or the
movable holiday named beside the day falls in ("Thanksgiving" on Nov. 24); where several are left,
all of them are.

What it gets wrong: a look back at an anniversary that opens with its day.
"""

from collections.abc import Iterator
from datetime import date

from kg.extract.dates.clues import Clue, Told
from kg.extract.dates.days import make_day, shift
from kg.extract.dates.lexicon import date_words, movable_day
from kg.extract.parse import Parsed

_LEAD = 4
_FRESH, _DAILY = 14, 6
_DEICTIC = ("today", "yesterday")
_MOST_YEARS = 12


def yearless_clues(
    parsed: Parsed, told: list[Told], first: date | None, last: date | None
) -> Iterator[Clue]:
    """Yield the stretch that the days without a year of the first sentences allow.

    Args:
        parsed: the parse of the body.
        told: its time expressions.
        first: the first day that the article can be of by other clues.
        last: the last one.
    """
    lead = _lead_days(parsed, told)
    if not lead or first is None or last is None or last.year - first.year > _MOST_YEARS:
        return
    begin, end = min(_key(t) for t in lead), max(_key(t) for t in lead)
    years = [y for y in range(first.year, last.year + 1) if _may_be(y, lead, told)]
    stretches = [s for y in years if (s := _stretch(y, begin, end, told))]
    fits = [(a, b) for a, b in stretches if a <= last and b >= first]
    if fits:
        words = lead[0].words
        yield Clue(fits[0][0], fits[-1][1], f"{words!r} is told as new")


def _lead_days(parsed: Parsed, told: list[Told]) -> list[Told]:
    """Return the days without a year that the first sentences tell as past."""
    sentences = parsed.sentences[:_LEAD]
    end = sentences[-1].end_char if sentences else 0
    found = [
        t
        for t in told
        if t.one.kind in ("full", "full_day_first", "holiday")
        and t.one.month
        and t.one.day
        and not t.one.year
        and not t.caption
        and t.one.start < end
        and t.tense != "future"
    ]
    return found if found and max(map(_key, found))[0] - min(map(_key, found))[0] <= 1 else []


def _key(item: Told) -> tuple[int, int]:
    assert item.one.month
    assert item.one.day
    return item.one.month, item.one.day


def _may_be(year: int, lead: list[Told], told: list[Told]) -> bool:
    """Return whether a year fits the weekdays and movable holidays that are told of the days."""
    for item in lead:
        day = make_day(year, *_key(item))
        weekday = next((n for w, n in date_words().weekdays.items() if w in _words(item)), None)
        if day is None or (weekday is not None and day.weekday() != weekday):
            return False
    named = {m for t in told if (m := t.one.holiday)}
    days = [movable_day(name, year) for name in sorted(named)]
    near = [d for d in days if d and any(d.month == _key(t)[0] for t in lead)]
    return not near or any(make_day(year, *_key(t)) in near for t in lead)


def _words(item: Told) -> list[str]:
    return [word.strip(".,") for word in item.words.lower().split()]


def _stretch(
    year: int, begin: tuple[int, int], end: tuple[int, int], told: list[Told]
) -> tuple[date, date] | None:
    """Return the days that a report of the days of that year can be of."""
    first, last = make_day(year, *begin), make_day(year, *end)
    if first is None or last is None:
        return None
    if any(t.one.kind == "period" and (t.one.which, t.one.unit) == ("this", "week") for t in told):
        return last, max(last, shift(first, _DAILY))
    if any(t.one.kind == "yesterday" for t in told):
        last = shift(last, 1)
    daily = any(t.one.kind in _DEICTIC for t in told)
    return last, shift(make_day(year, *end) or last, _DAILY if daily else _FRESH)
