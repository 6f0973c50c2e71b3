# ruff: noqa: E501 - texts stand on one line
import re
import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read.zones import find_zones

STORY = [
    "The ferry company said on Tuesday that its two northern lines would stop running in winter.",
    "“We looked at every other way,” said Mara Lindqvist, who heads the company, in Tromvik.",
    "Fishermen on the islands called the plan a blow and asked the ministry to step in at once.",
]


def kinds(text):
    return [(z.kind, text[z.start : z.end]) for z in find_zones(text)]


def of(text, kind):
    return [words for k, words in kinds(text) if k == kind]


def page(*blocks, sep="\n\n"):
    return sep.join(blocks)


def test_plain_article_has_headline_and_one_body_zone_a_paragraph():
    text = page("Ferry lines to close in winter", *STORY)
    assert kinds(text) == [("headline", "Ferry lines to close in winter")] + [
        ("body", p) for p in STORY
    ]


def test_site_suffix_stays_in_the_headline():
    text = page("Ferry lines to close | The Harbour Gazette", *STORY)
    assert of(text, "headline") == ["Ferry lines to close | The Harbour Gazette"]


def test_report_without_headline_starts_with_its_body():
    assert [k for k, _ in kinds(page(*STORY))] == ["body"] * 3


def test_one_paragraph_a_line():
    text = page("Ferry lines to close", *STORY, sep="\n")
    assert of(text, "body") == STORY


@pytest.mark.parametrize("br", ["\r\n", "\r\n\r\n", "\n\x0c\n", "\u2028"])
def test_any_line_break(br):
    assert of(page("Ferry lines to close", *STORY, sep=br), "body") == STORY


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("width", [60, 66, 80])
def test_text_broken_at_a_fixed_width(width, between):
    said = "The ministry answered on Wednesday that it had no money to spare for either of the two lines, and that the company was free to choose."
    paragraphs = [*STORY, said, "Nobody asked us."]
    text = between.join(
        textwrap.fill(p, width) for p in ["Ferry lines to close in winter", *paragraphs]
    )
    assert [" ".join(p.split()) for p in of(text, "body")] == paragraphs


def test_sentence_broken_around_a_link_is_one_paragraph():
    text = page(
        "Ferry lines to close",
        "The ministry said it had asked the",
        "ferry company",
        "to think again about the lines.",
        *STORY,
    )
    assert of(text, "body")[0].endswith("think again about the lines.")


@pytest.mark.parametrize(
    ("line", "want"),
    [
        ("By Jane Quill", [("byline", "By Jane Quill")]),
        ("by Harbour_Desk", [("byline", "by Harbour_Desk")]),
        ("March 3, 2021", [("date", "March 3, 2021")]),
        ("March 3, 2021Jane Quill", [("date", "March 3, 2021"), ("byline", "Jane Quill")]),
        ("By Jane Quill | 3 March 2021", [("byline", "By Jane Quill |"), ("date", "3 March 2021")]),
        ("Published: Wed, 3 March 2021 9:27PM", [("date", "Published: Wed, 3 March 2021 9:27PM")]),
        ("Jane Quill, northern correspondent", [("byline", "Jane Quill, northern correspondent")]),
        ("2021-03-03", [("date", "2021-03-03")]),
    ],
)
def test_credits(line, want):
    text = page("Ferry lines to close in winter", line, *STORY)
    assert kinds(text)[1:-3] == want


def test_standfirst_above_the_byline():
    deck = "Islanders fear for their market days. The company says it cannot pay for the fuel any longer."
    text = page("Ferry lines to close in winter", deck, "By Jane Quill", *STORY)
    assert of(text, "standfirst") == [deck]
    assert of(text, "body") == STORY


@pytest.mark.parametrize(
    ("dateline", "place", "rest"),
    [
        ("TROMVIK, Norway — ", "TROMVIK, Norway", []),
        ("TROMVIK (Reuters) - ", "TROMVIK", [("byline", "(Reuters)")]),
        (
            "TROMVIK, March 3 (Reuters) - ",
            "TROMVIK",
            [("date", "March 3"), ("byline", "(Reuters)")],
        ),
        ("TROMVIK, Norway (AP) — ", "TROMVIK, Norway", [("byline", "(AP)")]),
        ("NORTH BAY, N.J. -- ", "NORTH BAY, N.J.", []),
        ("Tromvik, 3 March – ", "Tromvik", [("date", "3 March")]),
    ],
)
def test_dateline_is_a_zone_and_the_body_begins_after_the_dash(dateline, place, rest):
    text = page("Ferry lines to close in winter", dateline + STORY[0], *STORY[1:])
    assert kinds(text)[1 : 3 + len(rest)] == [("dateline", place), *rest, ("body", STORY[0])]


@pytest.mark.parametrize(
    "sentence",
    [
        "NATO said on Monday that it would - after long talks - send two more ships to the north.",
        "Norway’s fishermen — those of the islands above all — have long asked for better boats.",
        "The U.S. and its partners agreed on the plan in Tromvik - a first in the history of the pact.",
    ],
)
def test_no_dateline_in_an_ordinary_sentence(sentence):
    assert of(page("Ferry lines to close in winter", sentence, *STORY), "dateline") == []


@pytest.mark.parametrize(
    "caption",
    [
        "Photo: EPA The ferry in the harbour of Tromvik",
        "Islanders wait for the ferry on the pier. Photo via Twitter, courtesy of @tromvik.",
        "The ferry Nordlys leaves the harbour. (Ola Berg/Harbour Gazette)",
        "The ferry Nordlys in the harbour of Tromvik. REUTERS/Ola Berg",
        "Islanders wait on the pier. Photograph: Ola Berg/Getty",
        "The ferry in a file photo. Image: NRK",
        "A sailor on the Nordlys. US Coast Guard photo by Petty Officer Ola K. Berg, courtesy of DVIDS.",
        "The pier of Tromvik at night. (AP Photo/Ola Berg)",
        "Minister Kari Dahl with the mayor. Credit: Ola Berg",
    ],
)
def test_captions_between_paragraphs(caption):
    text = page("Ferry lines to close in winter", STORY[0], caption, *STORY[1:])
    assert of(text, "caption") == [caption]
    assert of(text, "body") == STORY


@pytest.mark.parametrize(
    "sentence",
    [
        "Getty Images said it would sue the company that had copied its pictures without asking.",
        "She posted a photo by mistake and took it down an hour later, her lawyer told the court.",
        "The ministry published an image of the wreck and said divers would go down again on Friday.",
        "Thousands rushed to sign up for the volunteer force after the flood, the army said on Monday.",
        "Police told residents to follow the signs on the road and to leave their homes before dark.",
        "To reach the town, the rescuers had to cross the river on boats lent by fishermen.",
        "Terms of the deal were not disclosed by either company, which had talked since the autumn.",
        "Subscribers to the pension fund had lost a third of their savings by then, the court heard.",
        "By Friday the water had reached the second floor of the hospital, according to its head nurse.",
        "The bank will share this year’s profit with its staff, who had gone on strike in the spring.",
    ],
)
def test_sentences_that_sound_like_furniture_stay_in_the_body(sentence):
    text = page("Ferry lines to close in winter", STORY[0], sentence, *STORY[1:])
    assert of(text, "body") == [STORY[0], sentence, *STORY[1:]]


def test_repeated_sentence_is_a_caption():
    twice = "Hundreds of islanders gathered on the pier of Tromvik on Tuesday evening."
    text = page("Ferry lines to close in winter", twice, twice, *STORY)
    assert of(text, "caption") == [twice, twice]
    assert of(text, "body") == STORY


def test_pull_quote_is_not_read_twice():
    said = "We looked at every single way to keep the northern lines and found none at all"
    text = page(
        "Ferry lines to close",
        STORY[0],
        said,
        "— Mara Lindqvist",
        f"“{said},” she said on Tuesday.",
        STORY[2],
    )
    assert of(text, "caption") == [said, "— Mara Lindqvist"]


@pytest.mark.parametrize(
    "title",
    [
        "Similar articles",
        "More from Harbour Gazette",
        "READ MORE:",
        "Related Stories",
        "[Read more:]",
        "Most read",
    ],
)
def test_lists_of_other_articles_end_the_story(title):
    teasers = [
        "Cod quota cut for third year",
        "The fisheries board cut the quota again on 5 May 2019 and blamed warm water in the fjords.",
        "Mayor opens new pier",
        "The mayor of Tromvik cut the ribbon on 7 June 2019 before a crowd of several hundred people.",
    ]
    text = page("Ferry lines to close in winter", *STORY, title, *teasers)
    assert of(text, "body") == STORY
    assert of(text, "related")[0] == title


def test_story_goes_on_after_a_link_in_the_middle():
    text = page(
        "Ferry lines to close in winter",
        STORY[0],
        "Read more: Cod quota cut for third year",
        *STORY[1:],
    )
    assert of(text, "body") == STORY


def test_bio_of_the_writer():
    bio = "Jane Quill is a senior editor at Harbour Gazette and the author of two books on the sea. She lives in Tromvik."
    text = page("Ferry lines to close in winter", "By Jane Quill", *STORY, "Jane Quill", bio)
    assert of(text, "bio") == ["Jane Quill", bio]
    assert of(text, "body") == STORY


def test_person_who_speaks_last_is_no_bio():
    last = "Kari Dahl is a writer and has reported on the fleet; she told the paper that nobody had asked her."
    assert (
        of(page("Ferry lines to close in winter", "By Jane Quill", *STORY, last), "body")[-1]
        == last
    )


@pytest.mark.parametrize(
    "notice",
    [
        "This website uses cookies to improve your experience. Accept Read More",
        "Let us know if you have any problems with comments.",
        "© 2021 Harbour Gazette. All Rights Reserved",
        "(c) Harbour Gazette, 2021",
        "Sign up for our newsletter and get the news in your inbox every morning.",
        "With files from The Associated Press",
        "(Reporting by Jane Quill; Editing by Ola Berg)",
        "This article first appeared in Harbour Gazette and is republished with permission.",
        "Advertisement",
        "Correction, 4 March 2021: An earlier version of this article gave the wrong name of the ferry.",
        "Harbour Gazette. Reporting by Jane Quill; editing by Ola Berg",
    ],
)
def test_notices(notice):
    text = page("Ferry lines to close in winter", *STORY, notice)
    assert of(text, "notice") == [notice]
    assert of(text, "body") == STORY


@pytest.mark.parametrize(
    "notice",
    [
        "This website uses cookies to improve your experience.",
        "Read more:",
        "© 2021 Harbour Gazette",
        "Follow us on Telegram.",
    ],
)
def test_notice_glued_to_the_last_paragraph(notice):
    text = page("Ferry lines to close in winter", *STORY) + notice
    assert of(text, "body") == STORY
    assert of(text, "notice") + of(text, "related") == [notice]


def test_first_paragraph_parted_from_the_rest():
    text = page("Ferry lines to close in winter", STORY[0], "Listen", "Harbour Radio", *STORY[1:])
    assert of(text, "body") == STORY


MENU = [
    "Skip to main content",
    "Search",
    "Sign in",
    "News",
    "Opinion",
    "Sport",
    "Culture",
    "Weather",
    "Travel",
    "Food",
    "Puzzles",
    "Today’s Paper",
]
FOOTER = [
    "About us",
    "Careers",
    "Contact us",
    "Privacy policy",
    "Harbour Gazette on the radio",
    "© 2021 Harbour Gazette",
]


def test_page_with_menus():
    text = page(
        *MENU,
        "Ferry lines to close in the winter",
        "Jane Quill",
        "Wed, 3 March 2021",
        "Comments",
        *STORY,
        "Explore more on these topics",
        *FOOTER,
    )
    assert of(text, "headline") == ["Ferry lines to close in the winter"]
    assert of(text, "date") == ["Wed, 3 March 2021"]
    assert of(text, "byline") == ["Jane Quill"]
    assert of(text, "body") == STORY


def test_newsletter_box_in_the_middle():
    box = [
        "skip past newsletter promotion",
        "Sign up to Harbour Weekly",
        "The best of the week, from the nets to the markets",
        "Enter your email address",
        "after newsletter promotion",
    ]
    text = page("Ferry lines to close in winter", *STORY[:2], *box, STORY[2])
    assert of(text, "body") == STORY


def test_film_card_in_the_middle():
    card = [
        "WATCH | Islanders protest on the pier",
        "1 day ago",
        "Duration 1:30",
        "Islanders gathered on the pier to protest against the closure of the two lines.",
    ]
    text = page("Ferry lines to close in winter", *STORY[:2], *card, STORY[2])
    assert of(text, "body") == STORY


def test_left_over_picture_markup():
    text = page("Ferry lines to close in winter", "150px " + STORY[0], *STORY[1:])
    assert of(text, "body") == STORY


def test_subheads_stay_in_the_body():
    text = page(
        "Ferry lines to close in winter",
        STORY[0],
        "What will the islanders do?",
        *STORY[1:],
        "A blow to the fleet",
        *[p.replace("Tuesday", "Friday").replace("the", "a") for p in STORY],
    )
    assert "What will the islanders do?" in of(text, "body")
    assert "A blow to the fleet" in of(text, "body")


def test_date_above_the_headline():
    text = page("Press release", "March 3, 2021", "Ministry to pay for new ferries", *STORY)
    assert of(text, "date") == ["March 3, 2021"]
    assert of(text, "headline") == ["Ministry to pay for new ferries"]


def test_headline_that_looks_like_a_credit():
    assert of(page("Former Gazette Editor Arrested", *STORY), "headline") == [
        "Former Gazette Editor Arrested"
    ]


def test_nothing_but_titles_is_still_read():
    assert of("Ferry lines to close\nMayor opens pier", "body") == ["Mayor opens pier"]


def test_empty():
    assert find_zones("") == find_zones(" \n\u200b\n") == ()


PIECES = st.sampled_from(
    [
        *STORY,
        *MENU,
        "By Jane Quill",
        "March 3, 2021Jane Quill",
        "TROMVIK, Norway — " + STORY[0],
        "Read more:",
        "Photo: EPA",
        "\u200b",
        "“",
        "150px x",
        "a" * 1300,
    ]
)
TEXTS = st.one_of(
    st.text(max_size=400),
    st.lists(st.one_of(PIECES, st.text(max_size=40)), max_size=25).map("\n\n".join),
    st.lists(PIECES, max_size=25).map("\n".join),
)


@settings(deadline=None)
@given(TEXTS)
def test_zones_hold_together(text):
    done = 0
    for zone in find_zones(text):
        assert done <= zone.start < zone.end <= len(text)
        words = text[zone.start : zone.end]
        assert words == words.strip()
        left_out = re.sub("[\u00ad\u200b-\u200f\u2060\ufeff]", "", text[done : zone.start])
        assert not left_out.strip().strip("—–-:|, ")
        done = zone.end
    assert not re.sub("[\u00ad\u200b-\u200f\u2060\ufeff]", "", text[done:]).strip()


@pytest.mark.parametrize(
    "piece",
    [
        "A",
        ". ",
        "AB ",
        '"',
        "Read more: x. ",
        "News\n",
        STORY[0] + "\n",
        "the men of the town\nagreed on a plan,\n",
    ],
)
@pytest.mark.bench
def test_time_is_linear(piece):
    def seconds(size):
        text = piece * (size // len(piece))
        start = time.process_time()
        find_zones(text)
        return time.process_time() - start

    seconds(10_000)
    assert seconds(400_000) < 60 * max(seconds(20_000), 0.01)


def test_a_hyphen_in_a_text_in_capitals_is_no_dash_of_a_dateline():
    from kg.read import find_zones

    story = "THE FIRM IS PLANNING TO SELL FULL-LENGTH FILMS FOR DOWNLOAD, ITS OWNER SAID ON FRIDAY."
    for text, kinds in ((story, ["body"]), (f"OSLO — {story}", ["dateline", "body"])):
        zones = find_zones(f"A TITLE OF ITS OWN\n\n{text}\n")
        assert [zone.kind for zone in zones if zone.kind != "headline"] == kinds
