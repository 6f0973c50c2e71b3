"""Single expressions, resolved against a known day, an interval of days, and nothing."""

import pytest

from kg.extract.dates.anchor import Anchor
from kg.extract.dates.expressions import find_expressions
from kg.extract.dates.resolve import resolve

# A Wednesday.
DAY = Anchor("2019-05-15", "2019-05-15")


def bounds(words, tense="", anchor=DAY):
    (one,) = find_expressions(words)
    days = resolve(one, anchor, tense)
    if days is None:
        return None
    return tuple(d.isoformat() if d else None for d in (days.first, days.last))


@pytest.mark.parametrize(
    ("words", "tense", "first", "last"),
    [
        ("on Monday", "past", "2019-05-13", "2019-05-13"),
        ("on Wednesday", "past", "2019-05-15", "2019-05-15"),
        ("on Thursday", "past", "2019-05-09", "2019-05-09"),
        ("on Thursday", "future", "2019-05-16", "2019-05-16"),
        ("last Friday", "past", "2019-05-10", "2019-05-10"),
        ("last Tuesday", "past", "2019-05-07", "2019-05-07"),
        ("at 5 a.m. local time on Sunday", "past", "2019-05-12", "2019-05-12"),
        ("yesterday", "past", "2019-05-14", "2019-05-14"),
        ("over the weekend", "past", "2019-05-11", "2019-05-12"),
        ("this weekend", "future", "2019-05-18", "2019-05-19"),
        ("this week", "past", "2019-05-13", "2019-05-15"),
        ("earlier this month", "past", "2019-05-01", "2019-05-15"),
        ("later this year", "future", "2019-05-15", "2019-12-31"),
        ("last month", "past", "2019-04-01", "2019-04-30"),
        ("last year", "past", "2018-01-01", "2018-12-31"),
        ("next year", "future", "2020-01-01", "2020-12-31"),
        ("in September", "past", "2018-09-01", "2018-09-30"),
        ("in September", "future", "2019-09-01", "2019-09-30"),
        ("on Feb. 27", "past", "2019-02-27", "2019-02-27"),
        ("on Feb. 27", "future", "2020-02-27", "2020-02-27"),
        ("June 3-5, 2018", "past", "2018-06-03", "2018-06-05"),
        ("on 21 May 2018", "past", "2018-05-21", "2018-05-21"),
        ("from Monday to Friday", "past", "2019-05-13", "2019-05-17"),
        ("between March and June", "past", "2019-03-01", "2019-06-30"),
        ("from November to March", "past", "2018-11-01", "2019-03-31"),
        ("in 2014", "past", "2014-01-01", "2014-12-31"),
        ("since 2014", "", "2014-01-01", "2019-05-15"),
        ("since March 3", "past", "2019-03-03", "2019-05-15"),
        ("by 2030", "future", None, "2030-12-31"),
        ("until Friday", "future", None, "2019-05-17"),
        ("two years ago", "past", "2017-01-01", "2017-12-31"),
        ("three days ago", "past", "2019-05-12", "2019-05-12"),
        ("over the past week", "past", "2019-05-08", "2019-05-15"),
        ("over the next four years", "future", "2019-05-15", "2023-05-15"),
        ("in the past 24 hours", "past", "2019-05-14", "2019-05-15"),
        ("November last year", "past", "2018-11-01", "2018-11-30"),
        ("last December", "past", "2018-12-01", "2018-12-31"),
        ("the summer of 2017", "past", "2017-06-01", "2017-08-31"),
        ("the 1990s", "past", "1990-01-01", "1999-12-31"),
    ],
)
def test_an_expression_means_these_days(words, tense, first, last):
    assert bounds(words, tense) == (first, last)


@pytest.mark.parametrize("words", ["several weeks ago", "over the past many years"])
def test_vague_lengths_are_left_open(words):
    assert bounds(words, "past") is None


@pytest.mark.parametrize(
    "text",
    [
        "She may go and they march on.",
        "The 2,014 men of Article 12 flew an F-4.",
        "It weighs 1.2014 grams and costs $2014.",
        "He told Harbour Today that all was well.",
    ],
)
def test_what_only_looks_like_a_time_is_none(text):
    assert find_expressions(text) == ()


def test_an_interval_of_articles_widens_a_weekday():
    week = Anchor("2019-05-15", "2019-05-21")
    assert bounds("on Monday", "past", week) == ("2019-05-13", "2019-05-20")
    assert bounds("on Wednesday", "past", week) == ("2019-05-15", "2019-05-15")


def test_without_an_article_date_only_full_dates_are_known():
    assert bounds("on Monday", "past", Anchor()) is None
    assert bounds("in September", "past", Anchor()) is None
    assert bounds("in September 2011", "past", Anchor()) == ("2011-09-01", "2011-09-30")


def test_an_open_side_of_the_article_date_stays_open():
    assert bounds("in 2011", "past", Anchor(earliest="2019-05-15")) == ("2011-01-01", "2011-12-31")
    assert bounds("last year", "future", Anchor(earliest="2019-05-15")) == ("2018-01-01", None)


@pytest.mark.parametrize("words", ["on Monday", "yesterday", "this week", "in May", "this year"])
def test_the_past_never_ends_after_the_article(words):
    last = bounds(words, "past")[1]
    assert last is not None
    assert last <= "2019-05-15"
