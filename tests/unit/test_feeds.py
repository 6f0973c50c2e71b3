"""Feeds and sitemaps are read from bytes alone, whole or not at all."""

import gzip
import json
import random
import time
from contextlib import suppress

import pytest

from kg.errors import InputError
from kg.read.feeds import looks_like_feed, parse_feed
from kg.read.kinds import detect_kind
from kg.read.listing import check_attributes, check_xml, entry_url, read_moment
from kg.read.sitemaps import looks_like_sitemap, parse_sitemap

HOME = "https://news.example/rss/all.xml"

RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Daily &amp; Weekly</title>
<item><title>Mayor &lt;b&gt;resigns&lt;/b&gt;</title><link>/2026/mayor</link>
  <pubDate>Sun, 01 Mar 2026 08:30:00 -0500</pubDate><description>Short.</description>
  <content:encoded><![CDATA[<!DOCTYPE html [ <p>Long <script>x()</script>text</p>]]>
  </content:encoded>
</item>
<item><title>Second</title><link>https://news.example/2026/second#top</link>
  <dc:date>2026-03-02T10:00:00Z</dc:date></item>
<item><title>Again</title><link>https://news.example/2026/second</link></item>
<item><title>No link</title></item>
<item><title>Script</title><link>javascript:alert(1)</link></item>
<item><title>File</title><link>file:///etc/passwd</link></item>
<item><title>By its id</title><guid isPermaLink="true">https://news.example/3</guid></item>
</channel></rss>"""

ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">
<title>Le Monde d'exemple</title>
<entry><title type="html">&lt;i&gt;Un&lt;/i&gt; titre</title><link rel="alternate" href="../un"/>
<updated>2026-03-01T09:00:00+01:00</updated><published>2026-02-28T09:00:00+01:00</published>
<source><title>Autre journal</title></source></entry></feed>"""

RSS_10 = b"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>Ten</title></channel>
<item rdf:about="https://news.example/10"><title>A</title><link>https://news.example/10</link></item>
</rdf:RDF>"""

RSS_091 = b"""<rss version="0.91"><channel><title>Old</title>
<item><title>A</title><link>https://news.example/91</link></item></channel></rss>"""

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Jay",
        "items": [
            {
                "id": "1",
                "url": "https://news.example/j",
                "title": "J",
                "content_html": "<p>x</p>",
                "date_published": "2026-03-01T08:30:00+01:00",
            },
            "not an item",
            {"id": "2"},
        ],
    }
).encode()


def test_a_feed_gives_its_articles_in_order_each_once_with_urls_of_the_web():
    feed = parse_feed(RSS, url=HOME)
    assert feed.title == "The Daily & Weekly"
    assert [entry.url for entry in feed.entries] == [
        "https://news.example/2026/mayor",
        "https://news.example/2026/second",
        "https://news.example/3",
    ]
    assert feed.left_out == 4
    first, second, third = feed.entries
    assert (first.title, first.summary) == ("Mayor resigns", "Short.")
    assert first.published == "2026-03-01T08:30:00-05:00"
    assert first.publisher == "The Daily & Weekly"
    assert first.content is not None
    assert "Long" in first.content
    assert "script" not in first.content
    assert second.title == "Second"
    assert second.published == "2026-03-02T10:00:00+00:00"
    assert third.published is None


def test_atom_gives_the_first_publication_and_the_source():
    (entry,) = parse_feed(ATOM, url="https://monde.example/flux/tout").entries
    assert (entry.url, entry.title) == ("https://monde.example/un", "Un titre")
    assert entry.published == "2026-02-28T09:00:00+01:00"
    assert entry.publisher == "Autre journal"


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        (RSS_10, "https://news.example/10"),
        (RSS_091, "https://news.example/91"),
        (JSON_FEED, "https://news.example/j"),
        (gzip.compress(RSS_091, mtime=0), "https://news.example/91"),
        (b"\xef\xbb\xbf\n" + RSS_091, "https://news.example/91"),
        (('<?xml version="1.0"?>' + RSS_091.decode()).encode("utf-16"), "https://news.example/91"),
        (b'<!DOCTYPE rss PUBLIC "-//N//DTD" "http://a.example/r.dtd">' + RSS_091,
         "https://news.example/91"),
    ],
)  # fmt: skip
def test_every_form_of_feed_is_read(raw, url):
    assert [entry.url for entry in parse_feed(raw, url=None).entries] == [url]


def test_a_json_feed_leaves_out_what_is_no_article():
    feed = parse_feed(JSON_FEED, url=HOME)
    assert feed.title == "Jay"
    assert feed.entries[0].published == "2026-03-01T08:30:00+01:00"
    assert feed.entries[0].content == "<p>x</p>"
    assert feed.entries[1].url == "https://news.example/rss/2"
    assert feed.left_out == 1


@pytest.mark.parametrize(
    ("head", "feed", "sitemap"),
    [
        (RSS, True, False),
        (ATOM, True, False),
        (RSS_10, True, False),
        (JSON_FEED, True, False),
        (b"  \n<?xml version='1.0'?>\n<!-- <urlset> -->\n<rss>", True, False),
        (b"<urlset>", False, True),
        (b"<sm:sitemapindex xmlns:sm='x'>", False, True),
        (b"<!DOCTYPE html><html><head>", False, False),
        (b"<html><body><rss>", False, False),
        (b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", True, False),
        (b"rss", False, False),
        (b"", False, False),
        (b'{"version": "1"}', False, False),
        (b"<!-- never closed <rss>", False, False),
        (b"<?xml version='1.0'?> words <rss>", False, False),
    ],
)
def test_a_feed_is_known_by_its_first_element(head, feed, sitemap):
    assert (looks_like_feed(head), looks_like_sitemap(head)) == (feed, sitemap)


NEWS = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<!-- a comment --><url><loc> https://news.example/a?x=1&amp;y=2 </loc><lastmod>2026-03-02</lastmod>
<news:news><news:publication><news:name>The Daily</news:name><news:language>en</news:language>
</news:publication><news:publication_date>2026-03-01T08:30Z</news:publication_date>
<news:title>Mayor resigns</news:title></news:news>
<image:image><image:loc>https://news.example/a.jpg</image:loc><image:title>Not this</image:title>
</image:image></url>
<url><loc>https://news.example/b</loc><lastmod>2026-03-02</lastmod></url>
<url><loc>https://news.example/b</loc></url><url><loc>ftp://news.example/c</loc></url><url/>
</urlset>"""

INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://news.example/1.xml.gz</loc><lastmod>2026-03-02T00:00:00Z</lastmod></sitemap>
<sitemap><loc>https://news.example/2.xml</loc></sitemap></sitemapindex>"""


@pytest.mark.parametrize(
    "raw", [NEWS, gzip.compress(NEWS, mtime=0), NEWS.replace(b" xmlns=", b" xmlns:q=")]
)
def test_a_news_sitemap_says_title_date_publisher_and_language(raw):
    found = parse_sitemap(raw, url="https://news.example/sitemap.xml")
    first, second = found.entries
    assert first.url == "https://news.example/a?x=1&y=2"
    assert (first.title, first.publisher, first.language) == ("Mayor resigns", "The Daily", "en")
    assert first.published == "2026-03-01T08:30:00+00:00"
    assert (second.url, second.published, second.title) == (
        "https://news.example/b",
        "2026-03-02",
        None,
    )
    assert found.left_out == 3


def test_an_index_names_sitemaps():
    found = parse_sitemap(INDEX, url=None)
    assert [(n.url, n.changed) for n in found.nested] == [
        ("https://news.example/1.xml.gz", "2026-03-02T00:00:00+00:00"),
        ("https://news.example/2.xml", None),
    ]
    assert not found.entries


def test_a_list_of_urls_is_a_sitemap():
    raw = b"\xef\xbb\xbfhttps://a.example/1\r\n\r\nhttps://a.example/2\nwords\nhttps://a.example/1"
    found = parse_sitemap(raw)
    assert [entry.url for entry in found.entries] == ["https://a.example/1", "https://a.example/2"]


# Hostile input.

ENTITIES = b'<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize("parse", [parse_feed, parse_sitemap])
@pytest.mark.parametrize(
    "prolog",
    [
        ENTITIES,
        b"<!-- x -->\n" + ENTITIES,
        b'<?xml version="1.0"?><!doctype urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE urlset SYSTEM "a>b" [<!ENTITY % x SYSTEM "http://127.0.0.1/">]>',
        b"<!DOCTYPE urlset [",
    ],
)
@pytest.mark.parametrize("coding", ["ascii", "utf-16-le", "utf-16"])
def test_xml_that_declares_anything_is_refused(parse, prolog, coding):
    raw = (prolog + b"<urlset><url><loc>&x;</loc></url></urlset>").decode().encode(coding)
    with pytest.raises(InputError, match="declares entities"):
        parse(raw, url=HOME)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<",
        b"<html>",
        b"words",
        b"\x1f\x8bnot gzip",
        gzip.compress(RSS, mtime=0)[:-9],
        b"{",
        b"[" * 100_000,
        b'{"items": ' + b"[" * 100_000,
        gzip.compress(bytes(60_000_000), mtime=0),
        b"<urlset>\x00</urlset>",
        b"\x00" * 1000,
    ],
)
@pytest.mark.parametrize("parse", [parse_feed, parse_sitemap])
def test_what_is_neither_is_refused_in_a_line(parse, raw):
    with pytest.raises(InputError) as error:
        parse(raw, url=HOME)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "raw",
    [
        b"<urlset>" + b"<a>" * 100_000,
        b"<urlset>" + b"<a>" * 21 + b"</a>" * 21 + b"</urlset>",
        b"<urlset><url " + b" ".join(b'a%d="x"' % n for n in range(20_000)) + b"/></urlset>",
        b"<urlset><url><loc>https://a.example/</loc>" + b"x" * 20_000_000 + b"</url></urlset>",
        b"<!DOCTYPE urlset " + b"'" * 1_000_000 + b"><urlset/>",
    ],
)
def test_a_sitemap_that_is_too_much_ends_soon(raw):
    began = time.monotonic()
    with pytest.raises(InputError):
        parse_sitemap(raw)
    assert time.monotonic() - began < 5


ATTRIBUTES = 20_000
CROWDS = [
    " ".join(f'a{n}="x"' for n in range(ATTRIBUTES)),
    "\n".join(f"a{n} = '>'" for n in range(ATTRIBUTES)),
    " ".join(f"a{n}=x" for n in range(ATTRIBUTES)),
    " ".join(f"a{n}" for n in range(ATTRIBUTES)),
]


@pytest.mark.parametrize("crowd", CROWDS)
@pytest.mark.parametrize("coding", ["ascii", "utf-16"])
def test_an_element_with_a_crowd_of_attributes_is_refused_at_once(crowd, coding):
    raw = f"<rss version='2.0'><channel><item {crowd}/></channel></rss>".encode(coding)
    began = time.monotonic()
    with pytest.raises(InputError, match="more than 500 attributes"):
        parse_feed(raw, url=HOME)
    assert time.monotonic() - began < 1


@pytest.mark.parametrize("piece", ['<a x="', "<a x='\n", "<a ", "<a b=c ", "<", '<a x="" '])
def test_counting_attributes_takes_no_time(piece):
    began = time.monotonic()
    with suppress(InputError):
        check_attributes((piece * (2_000_000 // len(piece))).encode())
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "raw",
    [b"<urlset>" + b"<url/>" * 3_000_000, b"<urlset><url>" + b"<a/>" * 3_000_000],
)
def test_a_sitemap_of_empty_elements_ends_soon(raw):
    began = time.monotonic()
    with suppress(InputError):
        assert not parse_sitemap(raw).entries
    assert time.monotonic() - began < 3


def test_a_sitemap_has_at_most_so_many_pages():
    urls = b"".join(b"<url><loc>https://a.example/%d</loc></url>" % n for n in range(50_010))
    assert len(parse_sitemap(b"<urlset>" + urls + b"</urlset>").entries) == 50_000


def test_of_a_sitemap_that_broke_off_the_whole_entries_are_read():
    found = parse_sitemap(NEWS[: NEWS.index(b"<url><loc>https://news.example/b</loc></url>") - 10])
    assert [entry.url for entry in found.entries] == ["https://news.example/a?x=1&y=2"]
    assert found.broken
    with pytest.raises(InputError, match="not XML"):
        parse_sitemap(NEWS[:300])


@pytest.mark.parametrize(
    "broken",
    [b"<title>&#x110000;</title>", b"<enclosure url='http://[x'/>", b"<link href='http://['/>"],
)
def test_what_the_library_stumbles_over_is_an_error_or_read(broken):
    raw = RSS_091.replace(b"</item>", broken + b"</item>")
    try:
        found = parse_feed(raw, url=HOME)
        assert len(found.entries) + found.left_out == 1
    except InputError as error:
        assert "broken" in str(error)  # noqa: PT017


def test_mutated_lists_are_read_or_refused():
    chance = random.Random(7)
    bits = [b"<", b">", b"&", b'"', b"]]>", b"<![CDATA[", b"<!--", b"\x00", b"\xff", b"&#x110000;",
            b"<?xml version='1.0' encoding='utf-7'?>", b"xml:base='http://['"]  # fmt: skip
    for _ in range(400):
        raw = bytearray(chance.choice([RSS, ATOM, RSS_10, JSON_FEED, NEWS, INDEX]))
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(raw))
            if chance.random() < 0.5:
                raw[place:place] = chance.choice(bits)
            else:
                del raw[place : place + chance.randint(1, 60)]
        for parse in (parse_feed, parse_sitemap):
            with suppress(InputError):
                parse(bytes(raw), url=HOME)


def test_a_doctype_in_an_article_is_no_doctype_of_the_feed():
    check_xml(RSS)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-03-01T08:30:00.123456789+01:00", "2026-03-01T08:30:00+01:00"),
        ("2026-03-01 08:30:00", "2026-03-01T08:30:00+00:00"),
        ("Sun, 1 Mar 2026 08:30:00 GMT", "2026-03-01T08:30:00+00:00"),
        ("2026-03", None),
        ("2026-02-30", None),
        ("2026-03-01T25:00:00Z", None),
        ("yesterday", None),
        ("", None),
        ("Sun, 1 Mar 999999999 08:30:00 GMT", None),
    ],
)
def test_moments_have_a_zone_or_are_days(value, moment):
    assert read_moment(value) == moment


@pytest.mark.parametrize(
    "value",
    ["https://u:p@a.example/", "http://", "//", "http://[", "http://a.example:0/", "x" * 3000,
     "http://a.example/\x07", "data:text/html,x", None, 7, "mailto:a@b.example"],
)  # fmt: skip
def test_what_is_no_url_of_the_web_is_left_out(value):
    assert entry_url(value, None) is None


@pytest.mark.parametrize(
    ("raw", "kind"),
    [(RSS, "feed"), (ATOM, "feed"), (RSS_10, "feed"), (JSON_FEED, "feed"), (NEWS, "sitemap"),
     (INDEX, "sitemap")],
)  # fmt: skip
def test_a_file_is_known_as_what_it_is(raw, kind):
    assert detect_kind(raw) == kind
