"""Turn a time expression into days, counted from the article's own date and the verb's tense.

Where the article's date is only known to lie in a stretch, the result is the hull over it.

What it gets wrong: "next Friday" said of the coming one; weekdays more than six days back without
"last"; months more than a year away.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from kg.extract.dates import fixed, relative
from kg.extract.dates.anchor import Anchor
from kg.extract.dates.days import Days, hull, shift
from kg.extract.dates.expressions import Expression
from kg.extract.dates.reference import Before, Reference

_Rule = Callable[[Expression, Reference], Days | None]


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
    fixed_days = _resolved(one, Reference(None, tense, before))
    if not found:
        return fixed_days
    closed = anchor.first is not None and anchor.last is not None
    if all(days == found[0] for days in found) and (closed or found[0] == fixed_days):
        return found[0]
    joined = hull(found)
    if anchor.first is None:
        joined = replace(joined, first=None, stated=False)
    if anchor.last is None:
        joined = replace(joined, last=None, stated=False)
    return joined


def sample_days(anchor: Anchor) -> list[date]:
    """Return days of the anchor that span the results of all: its first and its last week."""
    first, last = anchor.first or anchor.last, anchor.last or anchor.first
    if first is None or last is None or last < first:
        return []
    length = (last - first).days
    offsets = [*range(min(length, 6) + 1), *range(max(0, length - 6), length + 1)]
    return [shift(first, n) for n in sorted(set(offsets))]


def _resolved(one: Expression, ref: Reference) -> Days | None:
    """Return the days for one reference; None where the calendar ends ("5,000 years ago")."""
    rule = _RULES.get(one.kind)
    if rule is None:
        return None
    try:
        if one.other is not None:
            return _range(one, one.other, ref)
        days = rule(one, ref)
    except (ValueError, OverflowError):
        return None
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


def _opened(days: Days, one: Expression, ref: Reference) -> Days | None:
    """Apply the preposition: since, until, by, before and after open one side."""
    if one.lead == "since":
        begun = ref.day is None or days.first is None or days.first <= ref.day
        return Days(days.first, ref.day, "interval") if begun else None
    if one.lead in ("until", "till", "by", "through", "before"):
        return Days(None, days.last, "interval")
    if one.lead == "after":
        return Days(days.first, ref.day if ref.tense == "past" else None, "interval")
    return _cut_at_article(days, ref)


def _cut_at_article(days: Days, ref: Reference) -> Days:
    """End what has happened at the article's day, and begin there what is to come."""
    if days.stated or ref.day is None or days.first is None or days.last is None:
        return days
    if ref.tense == "past" and days.first <= ref.day < days.last:
        return replace(days, last=ref.day)
    if ref.tense == "future" and days.first < ref.day <= days.last:
        return replace(days, first=ref.day)
    return days


_RULES: dict[str, _Rule] = {
    "full": fixed.full,
    "full_day_first": fixed.full,
    "iso": fixed.full,
    "holiday": fixed.holiday,
    "month_year": fixed.month_year,
    "year_month": fixed.month_year,
    "month_of": fixed.month_of,
    "which_month": fixed.which_month,
    "month": fixed.month,
    "season_year": fixed.season_year,
    "year": fixed.year_rule,
    "part_year": fixed.year_rule,
    "years": fixed.years,
    "decade": fixed.decade,
    "weekday": relative.weekday,
    "today": relative.today,
    "yesterday": relative.yesterday,
    "tomorrow": relative.tomorrow,
    "same_day": relative.same_day,
    "day_off": relative.day_off,
    "since_then": relative.since_then,
    "weekend": relative.weekend,
    "quarter": fixed.quarter,
    "period": relative.period,
    "part_period": relative.period,
    "span": relative.span,
    "bare_span": relative.span,
    "recent": relative.recent,
    "ago": relative.ago,
}
