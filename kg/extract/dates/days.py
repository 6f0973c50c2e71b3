"""Stretches of days: months, years, weeks, seasons, and how far they lie from another day."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Days:
    """Inclusive first and last day, None where open, and how finely they are known.

    Attributes:
        stated: the text states the day itself.
    """

    first: date | None
    last: date | None
    grain: str = "interval"
    stated: bool = False


def one_day(day: date) -> Days:
    """Return a single stated day."""
    return Days(day, day, "day", stated=True)


def make_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_days(year: int, month: int) -> Days:
    """Return a month; months above 12 lie in the following year, below 1 in the one before."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return Days(date(year, month, 1), date(year, month, last), "month")


def year_days(year: int) -> Days:
    """Return a year."""
    return Days(date(year, 1, 1), date(year, 12, 31), "year")


def add_months(day: date, months: int) -> date:
    """Return the same day of another month, or that month's last day."""
    there = month_days(day.year, day.month + months)
    assert there.first
    assert there.last
    return min(there.first + timedelta(days=day.day - 1), there.last)


def shift(day: date, days: int) -> date:
    """Return the day so many days later."""
    return day + timedelta(days=days)


def week_of(day: date, weeks: int = 0) -> Days:
    """Return the week from Monday to Sunday, so many weeks later."""
    monday = shift(day, 7 * weeks - day.weekday())
    return Days(monday, shift(monday, 6), "week")


def weekend_before(day: date) -> Days:
    """Return the weekend that the day is in, or the last one before it."""
    back = day.weekday() - 5 if day.weekday() >= 5 else day.weekday() + 2
    saturday = shift(day, -back)
    return Days(saturday, shift(saturday, 1), "interval")


def hull(parts: list[Days], *, grain: str | None = None) -> Days:
    """Return the smallest stretch that holds all parts; open where one is open."""
    firsts = [p.first for p in parts]
    lasts = [p.last for p in parts]
    first = None if None in firsts else min(f for f in firsts if f)
    last = None if None in lasts else max(d for d in lasts if d)
    same = first is not None and first == last
    stated = same and all(p.stated for p in parts)
    return Days(first, last, grain or (parts[0].grain if same else "interval"), stated=stated)


def part_of(days: Days, part: str | None) -> Days:
    """Return the early, middle or late part of a month or year, with a margin."""
    if not part or days.first is None or days.last is None:
        return days
    length = (days.last - days.first).days
    begin, end = {"early": (0.0, 0.4), "mid": (0.25, 0.75), "late": (0.6, 1.0)}[part]
    first = shift(days.first, round(length * begin))
    return Days(first, shift(days.first, round(length * end)), "interval")
