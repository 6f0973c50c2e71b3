"""Turn a time expression into days, counted from the article's own date and the verb's tense.

Weeks run from Monday; "last Tuesday" is the one in the week before, weeks then counted from Sunday.
Where the article's date is only known to lie in a stretch, the result is the hull over that stretch.

What it gets wrong: "next Friday" said of the coming one; weekdays more than six days back without
"last"; months more than a year away.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from kg.extract.dates.anchor import Anchor
from kg.extract.dates.days import (
    Days,
    add_months,
    hull,
    make_day,
    month_days,
    one_day,
    part_of,
    shift,
    week_of,
    weekend_before,
    year_days,
)
from kg.extract.dates.expressions import Expression
from kg.extract.dates.lexicon import date_words

_TOLERANCE = 1


@dataclass(frozen=True, slots=True)
class Before:
    """What was told before an expression.

    Attributes:
        day: the last stated day, for "the same day". days: the last stretch, for "since then".
    """

    day: date | None = None
    days: Days | None = None


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


def resolve(
    one: Expression, anchor: Anchor, tense: str = "", before: Before | None = None
) -> Days | None:
    """Return the days that an expression means, or None where they cannot be told.

    Args:
        one: the expression.
        anchor: when the article was written.
        tense: past, future or "" of the verb that it belongs to.
        before: what was told before it in the text.
    """
    before = before or Before()
    results = [_resolved(one, Reference(day, tense, before)) for day in sample_days(anchor)]
    found = [days for days in results if days is not None]
    if not found:
        return _resolved(one, Reference(None, tense, before))
    if all(days == found[0] for days in found):
        return found[0]
    joined = hull(found)
    if anchor.first is None:
        joined = replace(joined, first=None, stated=False)
    if anchor.last is None and tense != "past":
        joined = replace(joined, last=None, stated=False)
    return joined


def sample_days(anchor: Anchor) -> list[date]:
    """Return days of the anchor whose results span those of all its days: its first and last week."""
    first, last = anchor.first or anchor.last, anchor.last or anchor.first
    if first is None or last is None or last < first:
        return []
    length = (last - first).days
    offsets = [*range(min(length, 6) + 1), *range(max(0, length - 6), length + 1)]
    return [shift(first, n) for n in sorted(set(offsets))]


def _resolved(one: Expression, ref: Reference) -> Days | None:
    rule = _RULES.get(one.kind)
    if rule is None:
        return None
    if one.other is not None:
        return _range(one, one.other, ref)
    days = rule(one, ref)
    return _opened(days, one, ref) if days else None


def _range(one: Expression, other: Expression, ref: Reference) -> Days | None:
    """Return from the first end's first day to the second end's last day."""
    if one.year is None and other.year is not None and one.month and other.month:
        year = other.year - (one.month > other.month)
        kind = "full" if one.day else "month_year"
        one = replace(one, year=year, kind=kind)
    days = _RULES[one.kind](one, ref)
    if days is None or days.first is None:
        return None
    later = replace(ref, day=days.first, tense="future")
    end = _resolved(other, ref if other.year else later)
    if end is None or end.last is None or end.last < days.first:
        return None
    return Days(days.first, end.last, "interval")


def _opened(days: Days, one: Expression, ref: Reference) -> Days:
    """Apply the preposition: since, until, by, before and after open one side."""
    if one.lead == "since":
        end = ref.day if ref.day and (days.first is None or days.first <= ref.day) else None
        return Days(days.first, end, "interval")
    if one.lead in ("until", "till", "by", "through") or one.lead == "before":
        return Days(None, days.last, "interval")
    if one.lead == "after":
        return Days(days.first, ref.day if ref.tense == "past" else None, "interval")
    if ref.tense == "past" and ref.day and days.last and days.first and not days.stated:
        if days.first <= ref.day < days.last:
            return replace(days, last=ref.day)
    if ref.tense == "future" and ref.day and days.first and days.last and not days.stated:
        if days.first < ref.day <= days.last and days.grain != "day":
            return replace(days, first=ref.day)
    return days


def _nearest(candidates: list[Days | None], ref: Reference) -> Days | None:
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
    assert days.first and days.last
    if days.first <= day <= days.last:
        return 0
    ahead = (days.first - day).days
    weight = 3 if not tense else 1
    return ahead * weight if ahead > 0 else (day - days.last).days


def _full(one: Expression, ref: Reference) -> Days | None:
    if one.month is None or one.day is None:
        return None
    if one.year is not None:
        return _day_in(one, one.year)
    if ref.day is None:
        return None
    years = (ref.day.year - 1, ref.day.year, ref.day.year + 1)
    return _nearest([_day_in(one, year) for year in years], ref)


def _day_in(one: Expression, year: int) -> Days | None:
    assert one.month and one.day is not None
    first = make_day(year, one.month, one.day)
    if first is None:
        return None
    last = make_day(year, one.month, one.last_day) if one.last_day else None
    return Days(first, last, "interval") if last and last > first else one_day(first)


def _month_year(one: Expression, _: Reference) -> Days | None:
    if one.month is None or one.year is None:
        return None
    return part_of(month_days(one.year, one.month), one.part)


def _month_of(one: Expression, ref: Reference) -> Days | None:
    if ref.day is None or one.month is None:
        return None
    year = ref.day.year + _STEPS.get(one.which or "", 0)
    return part_of(month_days(year, one.month), one.part)


def _which_month(one: Expression, ref: Reference) -> Days | None:
    if ref.day is None or one.month is None:
        return None
    year, step = ref.day.year, _STEPS.get(one.which or "", 0)
    if step == 0:
        return _month(replace(one, part=None), ref)
    if step < 0:
        return month_days(year if one.month < ref.day.month else year - 1, one.month)
    return month_days(year if one.month > ref.day.month else year + 1, one.month)


def _month(one: Expression, ref: Reference) -> Days | None:
    if ref.day is None or one.month is None:
        return None
    years = (ref.day.year - 1, ref.day.year, ref.day.year + 1)
    found = _nearest([month_days(year, one.month) for year in years], ref)
    return part_of(found, one.part) if found else None


def _season_year(one: Expression, _: Reference) -> Days | None:
    if one.year is None or one.unit is None:
        return None
    return part_of(_season(one.unit, one.year), one.part)


def _season(name: str, year: int) -> Days:
    first, last = date_words().seasons[name]
    start = year - 1 if last > 12 else year
    return Days(month_days(start, first).first, month_days(year, last).last, "interval")


def _year_rule(one: Expression, _: Reference) -> Days | None:
    return part_of(year_days(one.year), one.part) if one.year else None


def _years(one: Expression, _: Reference) -> Days | None:
    if one.year is None or one.last_day is None:
        return None
    last = one.last_day if one.last_day > 99 else one.year // 100 * 100 + one.last_day
    return Days(date(one.year, 1, 1), date(last, 12, 31)) if last >= one.year else None


def _decade(one: Expression, _: Reference) -> Days | None:
    if one.year is None:
        return None
    span = 9 if one.year % 100 or one.year >= 2000 else 99
    return part_of(Days(date(one.year, 1, 1), date(one.year + span, 12, 31)), one.part)


def _weekday(one: Expression, ref: Reference) -> Days | None:
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
    if one.lead in ("until", "till", "by", "from", "starting", "beginning") and ref.tense != "past":
        return one_day(shift(ref.day, ahead))
    return one_day(shift(ref.day, ahead if ref.tense == "future" else -back))


def _today(one: Expression, ref: Reference) -> Days | None:
    if ref.day is None:
        return None
    if one.which == "overnight":
        return Days(shift(ref.day, -1), ref.day, "interval")
    return one_day(ref.day)


def _yesterday(_: Expression, ref: Reference) -> Days | None:
    return one_day(shift(ref.day, -1)) if ref.day else None


def _tomorrow(_: Expression, ref: Reference) -> Days | None:
    return one_day(shift(ref.day, 1)) if ref.day else None


def _same_day(_: Expression, ref: Reference) -> Days | None:
    return one_day(ref.before.day) if ref.before.day else None


def _day_off(one: Expression, ref: Reference) -> Days | None:
    if ref.before.day is None:
        return None
    back = any(word in (one.which or "") for word in ("previous", "before", "earlier"))
    return one_day(shift(ref.before.day, -1 if back else 1))


def _since_then(_: Expression, ref: Reference) -> Days | None:
    if ref.before.days is None or ref.before.days.first is None:
        return None
    return Days(ref.before.days.first, ref.day, "interval")


def _weekend(_: Expression, ref: Reference) -> Days | None:
    if ref.day is None:
        return None
    recent = weekend_before(ref.day)
    if ref.tense != "future":
        return recent
    coming = weekend_before(shift(ref.day, (6 - ref.day.weekday()) % 7))
    return coming


def _period(one: Expression, ref: Reference) -> Days | None:
    if ref.day is None or one.unit is None:
        return None
    step = _STEPS.get(one.which or "", 0)
    days = _unit_days(one.unit, ref, step)
    return part_of(days, one.part) if days else None


def _unit_days(unit: str, ref: Reference, step: int) -> Days | None:
    day = ref.day
    assert day is not None
    if unit == "week":
        whole = week_of(day, step)
        return Days(shift(whole.first, -1), whole.last) if step and whole.first else whole
    if unit == "weekend":
        near = _weekend_step(ref, step)
        return near
    if unit == "month":
        return month_days(day.year, day.month + step)
    if unit == "quarter":
        first = month_days(day.year, (day.month - 1) // 3 * 3 + 1 + 3 * step)
        return Days(
            first.first, first.first and month_days(first.first.year, first.first.month + 2).last
        )
    if unit == "year":
        return year_days(day.year + step)
    if unit in ("decade", "century"):
        length = 10 if unit == "decade" else 100
        start = day.year // length * length + step * length
        return Days(date(start, 1, 1), date(start + length - 1, 12, 31))
    return _season_step(unit, ref, step)


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
        return _nearest([_season(unit, y) for y in years], ref)
    whole = [_season(unit, ref.day.year + n) for n in (-1, 0, 1)]
    if step < 0:
        return next((s for s in reversed(whole) if s.last and s.last < ref.day), None)
    return next((s for s in whole if s.first and s.first > ref.day), None)


def _span(one: Expression, ref: Reference) -> Days | None:
    if ref.day is None or one.unit is None:
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


def _recent(one: Expression, ref: Reference) -> Days | None:
    if ref.day is None:
        return None
    back = date_words().recent[(one.unit or "day") + "s"]
    return Days(shift(ref.day, -back), ref.day)


def _ago(one: Expression, ref: Reference) -> Days | None:
    if ref.day is None or one.unit is None:
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


_STEPS = {
    "last": -1,
    "this past": -1,
    "the past": -1,
    "the previous": -1,
    "next": 1,
    "the following": 1,
    "the coming": 1,
    "this coming": 1,
}
_RULES: dict[str, Callable[[Expression, Reference], Days | None]] = {
    "full": _full,
    "full_day_first": _full,
    "iso": _full,
    "holiday": _full,
    "month_year": _month_year,
    "year_month": _month_year,
    "month_of": _month_of,
    "which_month": _which_month,
    "month": _month,
    "season_year": _season_year,
    "year": _year_rule,
    "part_year": _year_rule,
    "years": _years,
    "decade": _decade,
    "weekday": _weekday,
    "today": _today,
    "yesterday": _yesterday,
    "tomorrow": _tomorrow,
    "same_day": _same_day,
    "day_off": _day_off,
    "since_then": _since_then,
    "weekend": _weekend,
    "period": _period,
    "part_period": _period,
    "span": _span,
    "bare_span": _span,
    "recent": _recent,
    "ago": _ago,
}
