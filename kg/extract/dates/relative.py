"""Rules for what is counted from the article's day: weekdays, weeks, "two years ago".

Weeks run from Monday; "last Tuesday" is the one in the week before, weeks then counted from Sunday.
"""

from collections.abc import Callable
from datetime import date

from kg.extract.dates.days import (
    Days,
    add_months,
    month_days,
    one_day,
    part_of,
    shift,
    week_of,
    weekend_before,
    year_days,
)
from kg.extract.dates.expressions import Expression
from kg.extract.dates.fixed import STEPS, season
from kg.extract.dates.lexicon import date_words
from kg.extract.dates.reference import Reference, nearest


def weekday(one: Expression, ref: Reference) -> Days | None:
    """Return the day that a weekday means: on or before the article, or after it."""
    if ref.day is None or one.weekday is None:
        return None
    back, ahead = (ref.day.weekday() - one.weekday) % 7, (one.weekday - ref.day.weekday()) % 7
    if one.which in ("last", "the previous"):
        sunday = shift(ref.day, -((ref.day.weekday() + 1) % 7) - 7)
        return one_day(shift(sunday, (one.weekday + 1) % 7))
    if one.which in ("next", "this coming", "the following"):
        far = week_of(ref.day, 1).first
        assert far
        return Days(shift(ref.day, ahead or 7), shift(far, one.weekday), "interval")
    if one.which == "this" and ref.tense != "past":
        return one_day(shift(ref.day, ahead))
    opens = one.lead in ("by", "from", "starting", "beginning") and ref.tense != "past"
    comes = opens or ref.tense == "future" or one.lead in ("until", "till")
    return one_day(shift(ref.day, ahead if comes else -back))


def today(one: Expression, ref: Reference) -> Days | None:
    """Return the article's day; with the day before for "overnight"."""
    if ref.day is None:
        return None
    if one.which == "overnight":
        return Days(shift(ref.day, -1), ref.day, "interval")
    return one_day(ref.day)


def yesterday(_: Expression, ref: Reference) -> Days | None:
    """Return the day before the article."""
    return one_day(shift(ref.day, -1)) if ref.day else None


def tomorrow(_: Expression, ref: Reference) -> Days | None:
    """Return the day after the article."""
    return one_day(shift(ref.day, 1)) if ref.day else None


def same_day(_: Expression, ref: Reference) -> Days | None:
    """Return the last day told before: "the same day"."""
    return one_day(ref.before.day) if ref.before.day else None


def day_off(one: Expression, ref: Reference) -> Days | None:
    """Return the day beside the last day told before: "the next day"."""
    if ref.before.day is None:
        return None
    back = any(word in (one.which or "") for word in ("previous", "before", "earlier"))
    return one_day(shift(ref.before.day, -1 if back else 1))


def since_then(_: Expression, ref: Reference) -> Days | None:
    """Return the stretch since the last time told: "since then"."""
    if ref.before.days is None or ref.before.days.first is None:
        return None
    return Days(ref.before.days.first, ref.day, "interval")


def weekend(_: Expression, ref: Reference) -> Days | None:
    """Return the last weekend, or the coming one: "over the weekend"."""
    if ref.day is None:
        return None
    recent = weekend_before(ref.day)
    if ref.tense != "future":
        return recent
    return weekend_before(shift(ref.day, (6 - ref.day.weekday()) % 7))


def period(one: Expression, ref: Reference) -> Days | None:
    """Return the week, month, season or year meant: "last week", "this month"."""
    if ref.day is None or one.unit is None:
        return None
    step = STEPS.get(one.which or "", 0)
    days = _unit_days(one.unit, ref, step)
    return part_of(days, one.part) if days else None


def _unit_days(unit: str, ref: Reference, step: int) -> Days | None:
    """Return the period so many units away from the one that the article lies in."""
    day = ref.day
    assert day is not None
    if unit == "weekend":
        return _weekend_step(ref, step)
    if unit in date_words().seasons:
        return _season_step(unit, ref, step)
    rules: dict[str, Callable[[date, int], Days]] = {
        "week": _week_step,
        "month": lambda d, n: month_days(d.year, d.month + n),
        "quarter": _quarter_step,
        "year": lambda d, n: year_days(d.year + n),
        "decade": lambda d, n: _years_step(d, 10, n),
        "century": lambda d, n: _years_step(d, 100, n),
    }
    return rules[unit](day, step) if unit in rules else None


def _week_step(day: date, step: int) -> Days:
    """Return a week; that before or after begins on Sunday already, as some count."""
    whole = week_of(day, step)
    return Days(shift(whole.first, -1), whole.last) if step and whole.first else whole


def _quarter_step(day: date, step: int) -> Days:
    month = (day.month - 1) // 3 * 3 + 1 + 3 * step
    return Days(month_days(day.year, month).first, month_days(day.year, month + 2).last)


def _years_step(day: date, length: int, step: int) -> Days:
    start = day.year // length * length + step * length
    return Days(date(start, 1, 1), date(start + length - 1, 12, 31))


def _weekend_step(ref: Reference, step: int) -> Days | None:
    assert ref.day is not None
    recent = weekend_before(ref.day)
    if step < 0:
        in_weekend = ref.day.weekday() >= 5
        return weekend_before(shift(ref.day, -7)) if in_weekend else recent
    if step > 0 or ref.tense != "past":
        coming = shift(ref.day, (5 - ref.day.weekday()) % 7)
        if ref.day.weekday() >= 5 and step == 0:
            return recent
        return Days(coming, shift(coming, 1), "interval")
    return recent


def _season_step(unit: str, ref: Reference, step: int) -> Days | None:
    assert ref.day is not None
    if step == 0:
        years = (ref.day.year - 1, ref.day.year, ref.day.year + 1)
        return nearest([season(unit, y) for y in years], ref)
    whole = [season(unit, ref.day.year + n) for n in (-1, 0, 1)]
    if step < 0:
        return next((s for s in reversed(whole) if s.last and s.last < ref.day), None)
    return next((s for s in whole if s.first and s.first > ref.day), None)


def span(one: Expression, ref: Reference) -> Days | None:
    """Return the stretch to or from the article: "the past ten months"."""
    if ref.day is None or one.unit is None or not one.number:
        return None
    if one.which in ("next", "coming", "following"):
        return Days(ref.day, _moved(ref.day, one.unit, one.number))
    if one.which == "first":
        return None
    return Days(_moved(ref.day, one.unit, -one.number), ref.day)


def _moved(day: date, unit: str, number: int) -> date:
    if unit == "hour":
        days = -(-abs(number) // 24)
        return shift(day, days if number > 0 else -days)
    if unit in ("day", "week"):
        return shift(day, number * (7 if unit == "week" else 1))
    return add_months(day, number * {"month": 1, "year": 12, "decade": 120}[unit])


def recent(one: Expression, ref: Reference) -> Days | None:
    """Return the longest stretch that "recent days" may mean."""
    if ref.day is None:
        return None
    back = date_words().recent[(one.unit or "day") + "s"]
    return Days(shift(ref.day, -back), ref.day)


def ago(one: Expression, ref: Reference) -> Days | None:
    """Return the day, month or year so long ago, as exact as the unit."""
    if ref.day is None or one.unit is None or not one.number:
        return None
    day = _moved(ref.day, one.unit, -one.number)
    if one.unit == "hour" or (one.unit == "day" and one.number <= 6):
        return one_day(day)
    if one.unit == "year":
        return year_days(day.year)
    if one.unit == "month":
        return month_days(day.year, day.month)
    margin = {"day": 2, "week": 4}.get(one.unit, 1500)
    return Days(shift(day, -margin), shift(day, margin))
