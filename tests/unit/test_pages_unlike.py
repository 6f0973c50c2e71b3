"""Pages of other makers of sites: references in their data, old encodings, dates, line breaks."""

import json

import pytest

from kg.errors import InputError
from kg.read.pages import read_page
from kg.read.pages.dates import to_iso
from kg.read.pages.names import clean_authors

TITLE = "Bridge closed after crane hits it"
URL = "https://courier.example/news/bridge"
PARAGRAPHS = (
    "The harbour bridge was closed on Monday after a crane hit it, the port authority said.",
    "“Nobody was hurt,” its spokeswoman, Mara Lind, said on Tuesday, and divers were sent down.",
    "Repairs will take until the end of the summer, and ferries will carry the traffic till then.",
)
STORY = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)


def page(head="", story=STORY):
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{TITLE}</title>{head}</head>"
        f"<body><article><h1>{TITLE}</h1>{story}</article></body></html>"
    )


def data(value):
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def bodies(found):
    return tuple(found.text[z.start : z.end] for z in found.zones if z.kind == "body")


def test_writers_and_publisher_that_the_data_only_refers_to_are_looked_up_in_it():
    graph = [
        {
            "@type": "Article",
            "headline": TITLE,
            "author": [{"@id": "#ann"}, {"@id": "#nobody"}],
            "publisher": {"@id": "#org"},
        },
        {"@type": "Organization", "@id": "#org", "name": "The Courier"},
        {"@type": "Person", "@id": "#ann", "givenName": "Ann", "familyName": "Lee"},
    ]
    found = read_page(page(data({"@graph": graph})).encode())
    assert found.authors == ("Ann Lee",)
    assert found.publisher == "The Courier"


def test_data_that_is_of_another_page_alone_is_not_believed():
    teaser = {
        "@type": "NewsArticle",
        "headline": "Ferry fares rise again in autumn",
        "url": "https://courier.example/news/ferry",
        "datePublished": "2019-01-02",
        "author": "Zed Other",
    }
    head = f'<link rel="canonical" href="{URL}"><meta name="author" content="Ann Lee">'
    found = read_page(page(data(teaser) + head).encode())
    assert (found.title, found.authors) == (TITLE, ("Ann Lee",))
    assert found.date_published != "2019-01-02"
    own = {**teaser, "headline": "Crane!", "url": "https://amp.courier.example/news/bridge?x=1"}
    assert read_page(page(data(own) + head).encode()).date_published == "2019-01-02"


@pytest.mark.parametrize(
    ("declared", "written", "read_as"),
    [
        ("iso-8859-1", "cp1252", "cp1252"),
        ("iso-8859-1", "utf-8", "utf-8"),
        ("Shift_JIS", "cp932", "cp932"),
    ],
)
def test_an_encoding_is_read_as_browsers_read_it(declared, written, read_as):
    story = STORY if written != "cp932" else STORY + "<p>港の橋は月曜日に閉鎖された。①</p>"
    raw = page(f"<meta charset={declared}>", story).encode(written)
    found = read_page(raw)
    assert bodies(found)[:2] == PARAGRAPHS[:2]
    assert found.encoding == read_as
    assert found.bad_bytes == 0


def test_few_bad_bytes_do_not_change_the_encoding_that_a_page_names():
    raw = page("<meta charset=iso-8859-2>").replace("Lind", "Łoś").encode("cp1250", "replace")
    raw = raw.replace(b"cp1250", b"").replace(b"iso-8859-2", b"windows-1250")
    found = read_page(raw.replace(b"hurt", b"h\x81rt"))
    assert found.encoding == "cp1250"
    assert found.bad_bytes == 1
    assert "Łoś" in found.text


def test_line_breaks_after_sentences_divide_paragraphs_and_others_only_words():
    story = f"<div>{'<br><br>'.join(PARAGRAPHS).replace('until the', 'until<br>the')}</div>"
    assert bodies(read_page(page("", story).encode())) == PARAGRAPHS


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("2024-05-06T10:00:00+02:00[Europe/Berlin]", "2024-05-06T10:00:00+02:00"),
        ("20240506T100000Z", "2024-05-06T10:00:00Z"),
        ("2024-05-06 10:00:00 +0200", "2024-05-06T10:00:00+02:00"),
        ("2024-5-6", "2024-05-06"),
        ("Mon, 06 May 2024 10:00:00 +0200", "2024-05-06T10:00:00+02:00"),
        ("Monday, May 6th, 2024 10:00 AM", "2024-05-06"),
        ("6 May 2024", "2024-05-06"),
        ("1714990000000", "2024-05-06T10:06:40+00:00"),
        ("05/06/2024", None),
        ("2024-13-45", None),
        ("31 June 2024", None),
        ("0001-01-01T00:00:00", None),
        ("1970-01-01T00:00:00Z", None),
    ],
)
def test_dates_as_pages_write_them(given, wanted):
    assert to_iso(given) == wanted


def test_milliseconds_in_data_are_a_date():
    node = {"@type": "NewsArticle", "headline": TITLE, "datePublished": 1714990000000}
    found = read_page(page(data(node)).encode())
    assert found.date_published == "2024-05-06T10:06:40+00:00"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("Von Anna Schmidt und Jörg von der Heide", ("Anna Schmidt", "Jörg von der Heide")),
        ("Von Miller", ("Von Miller",)),
        ("Ann Lee for The Courier", ("Ann Lee",)),
        ("Ann Lee, Ph.D.", ("Ann Lee",)),
        ("Ann Lee with Bo Carr", ("Ann Lee", "Bo Carr")),
        ("Mary-Kate O'Shea • Bo Carr", ("Mary-Kate O'Shea", "Bo Carr")),
        ("Ann Lee (Velden) and Bo Carr (Oslo)", ("Ann Lee", "Bo Carr")),
        ("Ann Lee Updated May 6", ("Ann Lee",)),
        ("Opinion by Ann Lee", ("Ann Lee",)),
        ("Photography by Bo Carr", ()),
        ("Chief Okoro", ("Chief Okoro",)),
        ("Ann Lee ann.lee@courier.example", ("Ann Lee",)),
        ("Newsroom", ()),
    ],
)
def test_writers_as_pages_name_them(given, wanted):
    assert clean_authors([given], "The Courier") == wanted


@pytest.mark.parametrize("attributes", ["hidden{}", 'a{}=">"'])
def test_thousands_of_attributes_of_an_element_are_refused_however_they_are_written(attributes):
    tag = " ".join(attributes.format(n) for n in range(60_000))
    with pytest.raises(InputError, match="attributes"):
        read_page(page("", f"<div {tag}>{STORY}</div>").encode())


SUMMARY = "Ferries will carry the traffic over the river until summer ends"
LONGER = (*PARAGRAPHS, "The crane belongs to a company that was fined twice for having no permit.")


def paragraphs(*lines):
    return "".join(f"<p>{line}</p>" for line in lines)


def zones(found, kind):
    return [found.text[z.start : z.end] for z in found.zones if z.kind == kind]


def test_a_standfirst_outside_of_the_story_is_read_where_the_page_says_it_or_calls_it_so():
    story = f"<article>{paragraphs(*LONGER)}</article>"
    for tag, head in (
        ("span", f'<meta property="og:description" content="{SUMMARY}">'),
        ("div", ""),
    ):
        name = "" if head else "article__standfirst"
        shown = f'<{tag} class="{name}">{SUMMARY}</{tag}>'
        header = f"<header><h1>{TITLE}</h1>{shown}</header>"
        raw = (
            f"<html lang=en><head><title>x</title>{head}</head><body>{header}{story}</body></html>"
        )
        found = read_page(raw.encode())
        assert zones(found, "standfirst") == [SUMMARY]
        assert bodies(found) == LONGER


def test_the_summary_of_a_newsletter_is_no_standfirst():
    box = f'<form><h1>Daily</h1><div class="dek">{SUMMARY}</div></form>'
    found = read_page(page("", STORY + box).encode())
    assert zones(found, "standfirst") == []


def test_sentences_are_no_links_but_what_tells_of_writers_and_repeats_itself_is_no_body():
    last = "Ann Lee covers harbours and rivers from Velden, where she has lived since 2001."
    link = "Ferry fares rise again in autumn"
    node = {"@type": "NewsArticle", "headline": TITLE, "author": "Ann Lee"}
    story = paragraphs(*LONGER, f"{link} {link}", "Fares went up twice in a year.", last)
    found = read_page(page(data(node), story).encode())
    assert bodies(found) == LONGER
    assert zones(found, "bio") == [last]


def test_markup_in_the_text_of_the_data_is_not_text():
    for body in (
        STORY,
        "\n".join(
            ("+++dropcap", *PARAGRAPHS[:2], "[Repairs](https://a.example/x)" + PARAGRAPHS[2][7:])
        ),
    ):
        node = {"@type": "NewsArticle", "headline": TITLE, "articleBody": body}
        found = read_page(page(data(node), "<div id=app></div>").encode())
        assert bodies(found) == PARAGRAPHS


def test_a_title_ends_where_the_heading_that_readers_see_ends():
    head = f'<meta property="og:title" content="{TITLE} | Harbour | News">'
    assert read_page(page(head).encode()).title == TITLE


@pytest.mark.parametrize("odd", ["&#0;", "&#xD800;", "&#xFFFE;", "&#99999999;", "\x01", "\uffff"])
def test_characters_that_no_tree_holds_are_replaced_not_fatal(odd):
    raw = page("", f"<h1>One{odd}two</h1>{STORY}").replace(f"<h1>{TITLE}</h1>", "", 1)
    found = read_page(raw.replace(f"<title>{TITLE}", f"<title>A{odd}").encode())
    assert found.title == "One\ufffdtwo"
    assert bodies(found) == PARAGRAPHS
