"""The date of an article that states none; times of happenings that have none of their own."""

from datetime import date

import pytest

from kg.extract import extract_article
from kg.extract.dates.anchor import Anchor
from kg.extract.dates.expressions import find_expressions
from kg.extract.dates.known import known_events
from kg.extract.dates.lexicon import date_words, movable_day
from kg.extract.dates.periods import known_periods
from kg.extract.dates.resolve import resolve
from kg.model import Article, Document, Event, Zone
from kg.settings import Settings


def read(text: str, day: str | None = None, without: frozenset[str] = frozenset()) -> Article:
    zones, start = [], 0
    for line in text.split("\n"):
        zones.append(Zone(kind="body", start=start, end=start + len(line)))
        start += len(line) + 1
    document = Document(
        source="a.txt",
        text=text,
        raw_sha256="0" * 64,
        zones=tuple(zones),
        date_published=day,
        language="en",
    )
    return extract_article(document, Settings(without=without))


def the(article: Article, code: str) -> Event:
    return next(e for e in article.events if e.type == code)


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("Thanksgiving", 2016, date(2016, 11, 24)),
        ("Labor Day", 2023, date(2023, 9, 4)),
        ("Memorial Day", 2024, date(2024, 5, 27)),
        ("Easter Sunday", 2024, date(2024, 3, 31)),
        ("Good Friday", 2000, date(2000, 4, 21)),
        ("Easter Monday", 1961, date(1961, 4, 3)),
    ],
)
def test_holidays_that_move(name, year, day):
    assert movable_day(name, year) == day


def test_every_movable_holiday_has_a_day_in_every_year():
    days = [movable_day(n, y) for n in date_words().movable for y in range(1900, 2100)]
    assert None not in days


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("in the third quarter", "2023-07-01", "2023-09-30"),
        ("in the first quarter of last year", "2023-01-01", "2023-03-31"),
        ("in Q2 2021", "2021-04-01", "2021-06-30"),
        ("in the fourth quarter of fiscal 2022", "2022-10-01", "2022-12-31"),
    ],
)
def test_quarters(words, first, last):
    (one,) = find_expressions(words)
    days = resolve(one, Anchor("2024-05-15", "2024-05-15"), "past")
    assert (str(days.first), str(days.last)) == (first, last)


def test_tables_are_in_order_and_end_after_they_begin():
    assert [e.day for e in known_events()] == sorted(e.day for e in known_events())
    assert all(p.first < p.last for p in known_periods())


def test_a_day_without_a_year_in_the_lead_dates_the_report():
    article = read(
        "On Jan. 12, coalition forces struck ISIL near Mosul.\n"
        "The airstrikes helped the operation to liberate Mosul from ISIL."
    )
    assert (article.date_earliest, article.date_latest) == ("2017-01-12", "2017-01-26")
    assert "is told as new" in article.date_basis


def test_the_weekday_beside_it_leaves_one_year():
    sure = "The airstrikes hit ISIL in Raqqa."
    assert read(f"On Monday, Jan. 12, a bridge was bombed.\n{sure}").date_earliest == "2015-01-12"
    assert read(f"On Tuesday, Jan. 12, a bridge was bombed.\n{sure}").date_earliest == "2016-01-12"


def test_a_holiday_beside_it_leaves_one_year():
    article = read(
        "A soldier was killed on Thanksgiving Day.\nHe died on Nov. 24, the army said.\n"
        "He took part in Operation Inherent Resolve."
    )
    assert article.date_earliest == "2016-11-24"


def test_nothing_is_inferred_without_bounds():
    article = read("On March 2, the army shot down a drone.")
    assert article.date_inferred is article.date_earliest is None


def test_the_switches():
    text = "On Jan. 12, coalition forces struck ISIL near Mosul.\nAirstrikes hit ISIL in Mosul."
    assert read(text).date_earliest is not None
    assert read(text, without=frozenset({"inferred-date"})).date_earliest is None
    assert read(text, without=frozenset({"known-dates"})).date_earliest is None
    told = "The army shelled Merrin on 2 May. Dozens were killed in the attack."
    assert the(read(told, "2024-05-15"), "KILLING").time is not None
    switched = read(told, "2024-05-15", frozenset({"times-across-sentences"}))
    assert the(switched, "KILLING").time is None


def test_inferred_times_say_so_and_state_no_day():
    article = read(
        "The army shelled Merrin on 2 May. Dozens were killed in the attack.", "2024-05-15"
    )
    time = the(article, "KILLING").time
    assert time.start is time.end is time.expression is None
    assert (time.earliest, time.latest) == ("2024-05-02", "2024-05-02")
    assert "attack" in time.basis


@pytest.mark.parametrize(
    "text",
    [
        "Two weeks after the vote of 3 May, protests broke out in Lodz.",
        "The strike that began on Monday will go on. In response, police arrested ten people.",
        "Negotiations with the union are under way. A judge has sentenced the banker Ana Rell.",
        "Shares of Renault fell 4 percent.",
    ],
)
def test_nothing_told_as_done_lies_ahead_of_the_article(text):
    for event in read(text, "2024-05-15").events:
        if event.asserted and event.time is not None and event.time.latest:
            assert event.time.latest <= "2024-05-15"
