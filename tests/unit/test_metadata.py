"""What documents say of themselves, in zones and beside the text."""

import pytest

from kg.extract.metadata import read_metadata
from kg.extract.parse import parse_documents
from kg.model import Document, Zone

BODY = "Dockers blocked the gate of the old harbour on Monday and burned tyres on the quay."


def document(*parts, **beside):
    """A document of (kind, words) parts, one a line."""
    zones, lines, start = [], [], 0
    for kind, words in parts:
        zones.append(Zone(kind=kind, start=start, end=start + len(words)))
        lines.append(words)
        start += len(words) + 1
    text = "\n".join(lines)
    return Document(source="x.txt", text=text, raw_sha256="0" * 64, zones=tuple(zones), **beside)


def read(*parts, **beside):
    return read_metadata(next(parse_documents([document(*parts, ("body", BODY), **beside)])))


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ines Moreau and Tom Ferris", ["Ines Moreau", "Tom Ferris"]),
        ("Ines Moreau · Harbour News ·", ["Ines Moreau"]),
        ("Ines MoreauThe Harbour Times", ["Ines Moreau"]),
        ("By Emily Post and Tom Star", ["Emily Post", "Tom Star"]),
        ("Ines Moreau Political editor", ["Ines Moreau"]),
        ("by HarbourNews_Admin", []),
        ("By staff writer", []),
        ("Reuters in Lisbon", []),
    ],
)
def test_writers_are_told_from_outlets_and_accounts(line, names):
    about = read(("headline", "Gate of the harbour blocked"), ("byline", line))
    assert [author.name for author in about.authors] == names


def test_the_headline_loses_its_site():
    about = read(("headline", "Harbour gate blocked by dockers | The Harbour Times"))
    assert about.headline.text == "Harbour gate blocked by dockers"
    assert about.publisher.name == "The Harbour Times"


def test_a_headline_keeps_what_is_no_site():
    words = "BUDGET | Dockers get two million to mend the quay"
    assert read(("headline", words)).headline.text == words


def test_an_agency_is_the_original_publisher():
    parts = (("headline", "Harbour gate blocked"), ("byline", "Reuters in Lisbon"))
    about = read(*parts, publisher="The Harbour Times")
    assert (about.publisher.name, about.original_publisher.name) == ("The Harbour Times", "Reuters")
    assert about.dateline.text == "Lisbon"


def test_a_dateline_has_no_agency():
    about = read(("headline", "Harbour gate blocked"), ("dateline", "LISBON, Portugal (AP) —"))
    assert about.dateline.text == "LISBON, Portugal"
    assert about.original_publisher.name == "Associated Press"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("October 4, 2018", "2018-10-04"),
        ("Tue 7 Mar 2017 09.15 CET", "2017-03-07"),
        ("Posted: Mar 02, 2018 7:30 PM EST | Updated: March 3, 2018", "2018-03-02"),
        ("9 June 2016 - 08:05", "2016-06-09"),
        ("2019-05-15T08:00:00Z", "2019-05-15"),
        ("15.05.2019", "2019-05-15"),
        ("25/12/2018", "2018-12-25"),
        ("03/04/2021", None),
        ("2 hours ago", None),
        ("May 2019", None),
    ],
)
def test_a_stated_date_is_read_in_many_forms(line, day):
    assert read(("headline", "Harbour gate blocked"), ("date", line)).date_published == day


def test_what_stands_beside_the_text_wins():
    about = read(
        ("date", "May 3, 2018"),
        ("byline", "By Tom Ferris"),
        date_published="2019-05-15",
        authors=("Ines Moreau",),
        language="pt",
    )
    assert about.date_published == "2019-05-15"
    assert [author.name for author in about.authors] == ["Ines Moreau"]
    assert about.language == "pt"


def test_years_of_footers_and_dates_of_other_articles_are_no_dates():
    parts = (
        ("related", "June 2, 2018"),
        ("notice", "© 2024 The Harbour Times. All rights reserved"),
    )
    about = read(*parts)
    assert (about.date_published, about.date_inferred) == (None, None)
    assert about.publisher.name == "The Harbour Times"


def inferred(*sentences, **more):
    parts = [("body", sentence) for sentence in sentences]
    parts += list(more.items())
    about = read_metadata(next(parse_documents([document(*parts)])))
    return about.date_inferred, about.date_earliest, about.date_latest


def test_last_year_beside_the_year_itself_gives_the_year():
    found = inferred(
        "The mayor recalled last year's flood.",
        "The flood of June 2017 drowned six cows.",
        "In October, the council will vote on a dam.",
    )
    assert found == ("2018-01-01/2018-09-30", "2018-01-01", "2018-09-30")


def test_a_credit_line_gives_the_year():
    assert inferred(BODY, notice="(c) The Harbour Times, 2016")[0] == "2016"


def test_months_after_a_known_event_give_the_month():
    guess, first, last = inferred("Now, six months after the Brexit vote, the port is empty.")
    assert first <= "2016-12-23" <= last
    assert (first[:4], last[:4]) == ("2016", "2017")
    assert guess is not None


def test_a_weekday_of_a_stated_day_gives_the_week():
    found = inferred(
        "On Sunday, miners marched through Radnor. The owners answered them on Monday.",
        caption="Miners marched through Radnor on May 12, 2019.",
    )
    assert found == ("2019-05-13", "2019-05-12", "2019-05-18")


def test_an_office_holder_bounds_the_date_but_gives_no_guess():
    guess, first, last = inferred("President Barack Obama met the dockers in Boston on Monday.")
    assert (guess, first) == (None, "2009-01-20")
    assert last is not None
    assert last.startswith("2017-01")


def test_a_former_office_holder_says_nothing_of_the_end():
    found = inferred("Former President Barack Obama met the dockers in Boston on Monday.")
    assert found == (None, None, None)


@pytest.mark.parametrize(
    "sentence",
    [
        BODY,
        "The plan is to close all mines by 2030.",
        "The company was founded in 1985 and has grown since.",
    ],
)
def test_nothing_is_guessed_without_a_clue(sentence):
    assert inferred(sentence)[0] is None


@pytest.mark.parametrize(
    ("notice", "name"),
    [
        (
            "This article first appeared in Eastward Dispatch and is shown here.",
            "Eastward Dispatch",
        ),
        ("Originally published by the Marrow Valley News.", "Marrow Valley News"),
        ("Republished with permission from The Reed.", "The Reed"),
    ],
)
def test_a_line_of_first_publication_names_the_original_outlet(notice, name):
    story = "The council of Orla closed the old bridge on Friday after engineers found new cracks."
    text = f"Bridge closed in Orla\n\n{story}\n\n{notice}\n"
    start = text.index(story)
    zones = (
        Zone(kind="body", start=start, end=start + len(story)),
        Zone(kind="notice", start=text.index(notice), end=text.index(notice) + len(notice)),
    )
    document = Document(source="a.txt", text=text, raw_sha256="", zones=zones)
    found = read_metadata(next(parse_documents([document]))).original_publisher
    assert found is not None
    assert found.name == name
