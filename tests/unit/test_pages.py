"""Web pages of our own invention: what is read of them, and where each value is from."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.read.pages import read_page

PARAGRAPHS = (
    "The harbour bridge was closed on Monday after a crane hit it, the port authority said.",
    "“Nobody was hurt,” its spokeswoman, Mara Lind, said on Tuesday, and divers were sent down.",
    "Repairs will take until the end of the summer, and ferries will carry the traffic till then.",
    "The crane belongs to a company that was fined twice last year for working without a permit.",
)
URL = "https://courier.example/news/bridge"


def page(head="", body=None, *, lang='lang="en"', title="Bridge closed after crane hits it"):
    told = "".join(f"<p>{p}</p>" for p in PARAGRAPHS) if body is None else body
    return (
        f"<!DOCTYPE html><html {lang}><head><meta charset='utf-8'><title>{title} | The Courier"
        f"</title>{head}</head><body><header><nav><a href='/'>Home</a></nav></header><main>"
        f"<article><h1>{title}</h1>{told}</article></main>"
        "<footer><p>© The Courier. All rights reserved.</p></footer></body></html>"
    ).encode()


def data(*nodes, mark='<script type="application/ld+json">'):
    return "".join(f"{mark}{n if isinstance(n, str) else json.dumps(n)}</script>" for n in nodes)


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Bridge closed after crane hits it",
    "datePublished": "2024-05-06T10:00:00+02:00",
    "dateModified": "2024-05-07T10:00:00+02:00",
    "author": [{"@type": "Person", "name": "Ann Lee"}, {"@type": "Person", "name": "Bo Carr"}],
    "publisher": {"@type": "NewsMediaOrganization", "name": "The Courier"},
    "inLanguage": "en-GB",
    "url": URL,
}


def read_or_refuse(raw, **options):
    """Return the page, or why there is none."""
    try:
        return read_page(raw, **options)
    except InputError as error:
        return str(error)


def origins(found):
    return {origin.field: origin.origin for origin in found.origins}


def zones(found, kind):
    return [found.text[z.start : z.end] for z in found.zones if z.kind == kind]


def test_the_page_s_data_comes_first_and_each_value_says_so():
    meta = '<meta property="og:title" content="Crane!"><meta name="author" content="Desk Team">'
    found = read_page(page(data(ARTICLE) + meta), url=URL)
    assert found.title == "Bridge closed after crane hits it"
    assert found.authors == ("Ann Lee", "Bo Carr")
    assert found.date_published == "2024-05-06T10:00:00+02:00"
    assert found.publisher == "The Courier"
    assert (found.url, found.language) == (URL, "en-GB")
    assert origins(found)["title"] == "JSON-LD NewsArticle.headline"
    assert origins(found)["date_published"] == "JSON-LD NewsArticle.datePublished"


def test_the_story_is_laid_out_with_zones_and_without_the_page_around_it():
    found = read_page(page(data(ARTICLE)))
    assert zones(found, "headline") == [ARTICLE["headline"]]
    assert zones(found, "body") == list(PARAGRAPHS)
    assert "rights reserved" not in found.text
    assert "Home" not in found.text


def test_opengraph_and_meta_where_there_is_no_data():
    head = (
        '<meta property="og:title" content="Bridge closed after crane hits it">'
        '<meta property="article:published_time" content="2024-05-06T08:00:00Z">'
        '<meta name="author" content="By Ann Lee and Bo Carr, Political Editor">'
        '<meta property="og:site_name" content="The Courier">'
        f'<link rel="canonical" href="{URL}">'
    )
    found = read_page(page(head, title="Something else"), url=URL)
    assert found.title == "Bridge closed after crane hits it"
    assert found.authors == ("Ann Lee", "Bo Carr")
    assert found.date_published == "2024-05-06T08:00:00Z"
    assert origins(found) == {
        "url": "link canonical",
        "title": "meta og:title",
        "publisher": "meta og:site_name",
        "date_published": "meta article:published_time",
        "authors": "meta author",
        "language": "html lang",
    }


def test_without_any_the_shown_headline_counts_and_nothing_is_made_up():
    found = read_page(page(lang=""))
    assert found.title == "Bridge closed after crane hits it"
    assert origins(found)["title"] == "element h1"
    assert found.publisher is None
    assert found.authors == ()


@pytest.mark.parametrize(
    "script",
    [
        "<!-- " + json.dumps(ARTICLE) + " -->",
        "//<![CDATA[\n" + json.dumps(ARTICLE) + "\n//]]>",
        json.dumps(ARTICLE).replace('"url"', '\n\t"url"')[:-1] + ",}",
        json.dumps(ARTICLE) + ";",
        json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, ARTICLE]}),
        json.dumps([[ARTICLE]]),
        json.dumps({"@type": "WebPage", "mainEntity": ARTICLE}),
        json.dumps({**ARTICLE, "@type": ["http://schema.org/NewsArticle", "Report"]}),
    ],
)
def test_data_is_read_in_spite_of_small_faults_and_wherever_it_stands(script):
    found = read_page(page(data(script)))
    assert found.date_published == "2024-05-06T10:00:00+02:00"
    assert found.authors == ("Ann Lee", "Bo Carr")


def test_broken_data_is_passed_over_for_the_next_source():
    head = data('{"@type": "NewsArticle", "headline": ') + '<meta name="date" content="2024-05-06">'
    found = read_page(page(head))
    assert found.date_published == "2024-05-06"
    assert origins(found)["date_published"] == "meta date"


def test_of_many_articles_the_one_counts_that_the_page_shows():
    teasers = [
        {**ARTICLE, "headline": f"Other story {n}", "datePublished": "2020-01-01"} for n in range(3)
    ]
    found = read_page(page(data([*teasers, ARTICLE, *teasers])))
    assert found.title == ARTICLE["headline"]
    assert found.date_published.startswith("2024-05-06")


def test_the_wording_that_readers_see_counts_among_those_of_the_data():
    shown = "Bridge closed after crane hits it"
    found = read_page(page(data({**ARTICLE, "headline": "BRIDGE: closed!", "name": shown})))
    assert found.title == shown
    assert origins(found)["title"] == "JSON-LD NewsArticle.name"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (["https://courier.example/authors/ann"], ()),
        (["The Courier"], ()),
        (["Staff"], ()),
        (["ann.lee@courier.example"], ()),
        (["ann-lee"], ("Ann Lee",)),
        (["Ann Lee in Valencia"], ("Ann Lee",)),
        (["Words by Ann Lee, Bo Carr & Cem Öz"], ("Ann Lee", "Bo Carr", "Cem Öz")),
        (["Ann Lee", "ann lee"], ("Ann Lee",)),
    ],
)
def test_authors_are_names_of_persons_each_once(given, wanted):
    node = {**ARTICLE, "author": [{"@type": "Person", "name": name} for name in given]}
    assert read_page(page(data(node))).authors == wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("2024-05-06", "2024-05-06"),
        ("2024-05-06 10:00:00", "2024-05-06T10:00:00"),
        ("2024-05-06T10:00:00+0200", "2024-05-06T10:00:00+02:00"),
        ("2024-05-06T10:00:00.123456789Z", "2024-05-06T10:00:00Z"),
        ("20240506", "2024-05-06"),
    ],
)
def test_dates_become_iso_with_their_time_zone(given, wanted):
    assert read_page(page(data({**ARTICLE, "datePublished": given}))).date_published == wanted


def test_a_canonical_address_of_another_site_is_not_believed():
    head = '<link rel="canonical" href="https://elsewhere.example/x">' + data(ARTICLE)
    assert read_page(page(head), url=URL).url == URL
    assert origins(read_page(page(head), url=URL))["url"] == "JSON-LD NewsArticle.url"


def test_notices_links_captions_and_repeats_are_no_body():
    body = "".join(
        (
            f"<p>{PARAGRAPHS[0]}</p>",
            f'<figure><img src="x.jpg"><figcaption class="caption">{PARAGRAPHS[0]}</figcaption>'
            "</figure>",
            f"<p>{PARAGRAPHS[1]}</p>",
            "<p>Read more: Ferry fares to rise again in the autumn</p>",
            f"<h2>What comes next</h2><p>{PARAGRAPHS[2]}</p><p>{PARAGRAPHS[3]}</p>",
            "<p>Sign up to our newsletter for the latest news in your inbox.</p>",
        )
    )
    found = read_page(page(data(ARTICLE), body))
    assert zones(found, "body") == [
        PARAGRAPHS[0],
        PARAGRAPHS[1],
        "What comes next",
        PARAGRAPHS[2],
        PARAGRAPHS[3],
    ]


def test_the_standfirst_is_a_zone_of_its_own():
    summary = "Ferries will carry the traffic until the summer ends"
    body = f"<p>{summary}</p>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    found = read_page(page(data({**ARTICLE, "description": summary}), body))
    assert zones(found, "standfirst") == [summary]
    assert zones(found, "body") == list(PARAGRAPHS)


def test_a_dateline_is_a_zone_of_its_own():
    body = f"<p>VELDEN — {PARAGRAPHS[0]}</p>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS[1:])
    found = read_page(page(data(ARTICLE), body))
    assert zones(found, "dateline") == ["VELDEN"]
    assert zones(found, "body") == list(PARAGRAPHS)


def test_a_text_that_only_the_data_holds_is_taken_from_there():
    node = {**ARTICLE, "articleBody": "\n".join(PARAGRAPHS)}
    found = read_page(page(data(node), f"<p>{PARAGRAPHS[0]}</p><div id='app'></div>"))
    assert zones(found, "body") == list(PARAGRAPHS)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_encodings(encoding):
    text = page(data(ARTICLE)).decode().replace("<meta charset='utf-8'>", "")
    if encoding == "cp1252":
        text = text.replace("<head>", "<head><meta charset='windows-1252'>")
    found = read_page(text.replace("Mara", "Márä").encode(encoding))
    assert "Márä Lind" in found.text
    assert found.bad_bytes == 0


def test_what_the_server_says_of_the_encoding_counts_first():
    text = page(data(ARTICLE)).decode().replace("<meta charset='utf-8'>", "")
    raw = text.replace("Mara", "Márä").encode("iso8859-2", "xmlcharrefreplace")
    found = read_page(raw, encoding="iso-8859-2")
    assert "Márä" in found.text
    assert found.encoding == "iso8859-2"


def test_what_the_page_says_of_itself_is_kept_with_its_contexts_written_out():
    node = {**ARTICLE, "@context": ["http://schema.org", "https://elsewhere.example/ctx.jsonld"]}
    found = read_page(
        page(data({**node, "@type": "http://schema.org/NewsArticle"})), keep_data=True
    )
    (kept,) = json.loads(found.data)
    assert kept["@context"]["@vocab"] == "https://schema.org/"
    assert kept["@type"] == "https://schema.org/NewsArticle"
    assert "elsewhere.example" not in found.data
    assert any("elsewhere.example" in warning for warning in found.warnings)
    assert read_page(page(data(node))).data is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html></html>",
        b"<p></p>",
        b"\x00" * 100,
        b"<html" + b" a=1" * 20_000 + b">",
    ],
)
def test_a_page_without_an_article_has_no_text_or_is_refused(raw):
    found = read_or_refuse(raw)
    assert found.count("\n") == 0 if isinstance(found, str) else found.text == ""


_HTML = st.lists(
    st.sampled_from(
        [
            *("<p>", "</p>", "<div", ">", "<a href='", "'>", "<!--", "-->", "<script>", "&#x0;"),
            *('<script type="application/ld+json">', "{", "}", '"@type":', '"NewsArticle"', ","),
            *("</script>", "<h1>", "<table><tr><td>", "]]>", "\ud800", "é", "\x00", *PARAGRAPHS),
        ]
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(_HTML)
def test_any_page_gives_zones_in_order_that_cover_all_but_white_space(pieces):
    raw = "".join(pieces).encode("utf-8", "surrogatepass")
    found = read_or_refuse(raw, url=URL, keep_data=True)
    if isinstance(found, str):
        assert "\n" not in found
        return
    done = 0
    for zone in found.zones:
        assert not found.text[done : zone.start].strip(" \n—–-,()") or zone.kind == "body"
        assert done <= zone.start < zone.end <= len(found.text)
        done = zone.end
    assert not found.text[done:].strip()


@pytest.mark.parametrize(
    ("shown", "told", "taken"),
    [
        ("Council closes the bridge", "Football cup ends in tears", False),
        ("Council closes the bridge", "Bridge shut by councillors", True),
        ("港口大桥周一关闭维修", "港口大桥关闭", True),
        ("港口大桥周一关闭维修", "足球决赛在雨中结束了", False),
    ],
)
def test_an_article_of_other_words_is_that_of_a_teaser(shown, told, taken):
    node = {"@type": "NewsArticle", "headline": told, "datePublished": "2024-05-06"}
    found = read_page(page(data(node), title=shown))
    assert (found.date_published == "2024-05-06") is taken


def test_what_readers_wrote_below_is_not_the_article():
    comment = {
        **ARTICLE,
        "@type": "SocialMediaPosting",
        "articleBody": "First!",
        "author": {"@type": "Person", "name": "Some Reader"},
        "datePublished": "2025-01-01",
    }
    found = read_page(page(data({**ARTICLE, "comment": [comment], "liveBlogUpdate": [comment]})))
    assert found.authors == ("Ann Lee", "Bo Carr")
    assert found.date_published.startswith("2024-05-06")


def test_a_day_of_change_is_no_day_of_publication():
    head = '<meta property="article:modified_time" content="2024-05-09T10:00:00Z">'
    assert read_page(page(head)).date_published is None


def test_a_canonical_address_under_a_shared_suffix_is_another_site():
    head = '<link rel="canonical" href="https://evil.co.uk/x">'
    assert read_page(page(head), url="https://news.co.uk/a").url is None
    head = '<link rel="canonical" href="https://www.news.co.uk/x">'
    assert read_page(page(head), url="https://m.news.co.uk/a").url == "https://www.news.co.uk/x"
