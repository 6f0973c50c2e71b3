"""Which time holds for which happening, in parsed sentences."""

import pytest

from kg.extract.dates import Anchor, find_times
from kg.extract.parse import parse_documents
from kg.model import Document, Zone

# A Wednesday.
DAY = Anchor("2019-05-15", "2019-05-15")


def parse(text, model=None):
    zones, start = [], 0
    for line in text.split("\n"):
        if line:
            zones.append(Zone(kind="body", start=start, end=start + len(line)))
        start += len(line) + 1
    document = Document(source="x.txt", text=text, raw_sha256="0" * 64, zones=tuple(zones))
    return next(parse_documents([document], model=model))


def time_of(text, word, anchor=DAY, model=None):
    parsed = parse(text, model)
    times = find_times(parsed, anchor)
    token = next(t for t in parsed.doc if t.text == word)
    return times.at(token)


def expression_of(text, word, **options):
    time = time_of(text, word, **options)
    return time.expression.text if time and time.expression else None


@pytest.mark.parametrize(
    ("text", "word", "expression"),
    [
        ("On Monday, dockers blocked the gate and burned tyres.", "blocked", "On Monday"),
        ("On Monday, dockers blocked the gate and burned tyres.", "burned", "On Monday"),
        ("Dockers held a rally on Sunday in Lisbon.", "rally", "on Sunday"),
        ("Police arrested nine men during a march on Friday.", "arrested", "on Friday"),
        ("The union recalled last year's strike.", "strike", "last year"),
        ("The strike, which began on Thursday, has closed the port.", "strike", "on Thursday"),
        ("The 2014 uprising ended his rule.", "uprising", "2014"),
        ("A fire destroyed the mill in 2011 and killed six.", "destroyed", "in 2011"),
    ],
)
def test_a_happening_takes_the_time_of_its_clause(text, word, expression):
    assert expression_of(text, word) == expression


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The mayor said on Monday that troops had crossed the river.", "crossed"),
        ("The minister on Monday condemned the killing of a clerk.", "killing"),
        ("The mayor resigned on Monday after the collapse of the bridge.", "collapse"),
        ("Dockers blocked the gate. They demand more pay.", "demand"),
        ("Her comments on Tuesday about the collapse drew applause.", "collapse"),
    ],
)
def test_a_time_does_not_cross_the_border_of_its_clause(text, word):
    assert time_of(text, word) is None


def test_a_weekday_follows_the_tense_of_its_verb():
    told = time_of("The crews met on Friday.", "met")
    planned = time_of("The crews will meet on Friday.", "meet")
    assert (told.start, planned.start) == ("2019-05-10", "2019-05-17")


def test_only_a_stated_day_has_a_start():
    assert time_of("The dam burst on May 3.", "burst").start == "2019-05-03"
    month = time_of("The dam burst in April.", "burst")
    assert (month.start, month.earliest, month.latest) == (None, "2019-04-01", "2019-04-30")


def test_the_story_goes_on_within_a_paragraph():
    text = "On Monday, dockers blocked the gate. Police cleared it."
    assert expression_of(text, "cleared") == "On Monday"
    assert time_of(text.replace(". ", ".\n"), "cleared") is None


def test_the_same_day_is_the_last_one_told():
    text = "On Monday, dockers blocked the gate. Nurses marched on the same day."
    assert time_of(text, "marched").start == "2019-05-13"


def test_expressions_keep_their_words_and_offsets():
    text = "Ships “waited” since March 3 off the coast."
    (time,) = find_times(parse(text), DAY).expressions()
    assert time.expression.text == "since March 3"
    assert text[time.expression.start : time.expression.end] == "since March 3"
    assert (time.earliest, time.latest) == ("2019-03-03", "2019-05-15")


def test_without_a_parse_only_a_single_time_of_the_sentence_holds():
    one = "On Monday dockers blocked the gate."
    two = "On Monday dockers blocked the gate they had opened on Sunday."
    assert expression_of(one, "blocked", model="none") == "On Monday"
    assert time_of(two, "blocked", model="none") is None


def test_an_article_without_a_date_leaves_weekdays_open():
    text = "Dockers blocked the gate on Monday."
    assert time_of(text, "blocked", anchor=Anchor()) is None
    (time,) = find_times(parse(text), Anchor()).expressions()
    assert (time.earliest, time.latest) == (None, None)


def test_what_everybody_knows_the_day_of_is_dated_by_its_name():
    time = time_of(
        "The port closed after the fall of Kabul.", "fall", Anchor("2022-03-01", "2022-03-01")
    )
    assert (time.start, time.earliest, time.latest) == (None, "2021-08-15", "2021-08-15")
    assert (
        time_of("The port fears the fall of Kabul.", "fall", Anchor("2020-03-01", "2020-03-01"))
        is None
    )


@pytest.mark.parametrize(
    ("word", "day"),
    [("sailed", "2018-05-03"), ("sank", "2018-05-03"), ("raised", "2018-06-11")],
)
def test_a_day_that_heads_a_paragraph_of_a_chronology_holds_for_it(word, day):
    text = (
        "May 3, 2018: Two ferries sailed from Orla. One of them sank off the cape.\n"
        "June 11, 2018: Divers found the wreck. A crane raised it."
    )
    assert time_of(text, word).earliest == day


def test_an_open_anchor_bounds_nothing_above():
    time = time_of("Peru recalled its envoy on Monday.", "recalled", anchor=Anchor("2019-05-15"))
    assert time is None or time.latest is None
    assert time is None or time.start is None
