"""Rules for dates, months, seasons, years and decades: what the calendar fixes.

Where the year is missing, the one nearest to the article that fits the tense is taken.
"""

from dataclasses import replace
from datetime import date

from kg.extract.dates.days import Days, make_day, month_days, one_day, part_of, year_days
from kg.extract.dates.expressions import Expression
from kg.extract.dates.lexicon import date_words, movable_day
from kg.extract.dates.reference import Reference, nearest

STEPS = {
    "last": -1,
    "this past": -1,
    "the past": -1,
    "the previous": -1,
    "next": 1,
    "the following": 1,
    "the coming": 1,
    "this coming": 1,
}


def full(one: Expression, ref: Reference) -> Days | None:
    """Return a day or a run of days of one month: "June 3", "June 3-5, 2020"."""
    if one.month is None or one.day is None:
        return None
    if one.year is not None:
        return _day_in(one, one.year)
    if ref.day is None:
        return None
    years = (ref.day.year - 1, ref.day.year, ref.day.year + 1)
    return nearest([_day_in(one, year) for year in years], ref)


def holiday(one: Expression, ref: Reference) -> Days | None:
    """Return a holiday, also one that moves through the calendar: "on Thanksgiving"."""
    if one.holiday is None:
        return full(one, ref)
    if one.year is None and ref.day is None:
        return None
    day = ref.day.year if ref.day else 0
    years = (one.year,) if one.year else (day - 1, day, day + 1)
    found = [one_day(d) for y in years if (d := movable_day(one.holiday, y))]
    return nearest(list(found), ref) if ref.day else next(iter(found), None)


def _day_in(one: Expression, year: int) -> Days | None:
    assert one.month
    assert one.day is not None
    first = make_day(year, one.month, one.day)
    if first is None:
        return None
    last = make_day(year, one.month, one.last_day) if one.last_day else None
    return Days(first, last, "interval") if last and last > first else one_day(first)


def month_year(one: Expression, _: Reference) -> Days | None:
    """Return a month with its year: "August 2020"."""
    if one.month is None or one.year is None:
        return None
    return part_of(month_days(one.year, one.month), one.part)


def month_of(one: Expression, ref: Reference) -> Days | None:
    """Return a month told by its year: "November last year"."""
    if ref.day is None or one.month is None:
        return None
    year = ref.day.year + STEPS.get(one.which or "", 0)
    return part_of(month_days(year, one.month), one.part)


def which_month(one: Expression, ref: Reference) -> Days | None:
    """Return a month told by its place: "last December" lies in the months before."""
    if ref.day is None or one.month is None:
        return None
    year, step = ref.day.year, STEPS.get(one.which or "", 0)
    if step == 0:
        return month(replace(one, part=None), ref)
    if step < 0:
        return month_days(year if one.month < ref.day.month else year - 1, one.month)
    return month_days(year if one.month > ref.day.month else year + 1, one.month)


def month(one: Expression, ref: Reference) -> Days | None:
    """Return a month without a year: "in September"."""
    if ref.day is None or one.month is None:
        return None
    years = (ref.day.year - 1, ref.day.year, ref.day.year + 1)
    found = nearest([month_days(year, one.month) for year in years], ref)
    return part_of(found, one.part) if found else None


def quarter(one: Expression, ref: Reference) -> Days | None:
    """Return a quarter of the calendar: "the third quarter", "Q3 2023", the nearest one."""
    number = one.day or one.number
    if not 1 <= number <= 4 or (one.year is None and ref.day is None):
        return None
    here = ref.day.year if ref.day else 0
    if one.year or one.which:
        return _quarter_of(one.year or here + STEPS.get(one.which or "", 0), number)
    return nearest([_quarter_of(here + n, number) for n in (-1, 0, 1)], ref)


def _quarter_of(year: int, number: int) -> Days:
    first = month_days(year, 3 * number - 2)
    return Days(first.first, month_days(year, 3 * number).last, "interval")


def season_year(one: Expression, _: Reference) -> Days | None:
    """Return a season with its year: "the summer of 2017"."""
    if one.year is None or one.unit is None:
        return None
    return part_of(season(one.unit, one.year), one.part)


def season(name: str, year: int) -> Days:
    """Return a season; winter begins in the year before."""
    first, last = date_words().seasons[name]
    start = year - 1 if last > 12 else year
    return Days(month_days(start, first).first, month_days(year, last).last, "interval")


def year_rule(one: Expression, _: Reference) -> Days | None:
    """Return a year or a part of it."""
    return part_of(year_days(one.year), one.part) if one.year else None


def years(one: Expression, _: Reference) -> Days | None:
    """Return a run of years: "2014-16"."""
    if one.year is None or one.last_day is None:
        return None
    last = one.last_day if one.last_day > 99 else one.year // 100 * 100 + one.last_day
    return Days(date(one.year, 1, 1), date(last, 12, 31)) if last >= one.year else None


def decade(one: Expression, _: Reference) -> Days | None:
    """Return a decade, or a century where its number ends in 00: "the 1990s"."""
    if one.year is None:
        return None
    span = 9 if one.year % 100 or one.year >= 2000 else 99
    return part_of(Days(date(one.year, 1, 1), date(one.year + span, 12, 31)), one.part)
