"""Attacks on what reads pages, feeds, archives and records: each meets its limit, in time."""

import gzip
import io
import json
import os
import time
import zipfile
import zlib
from dataclasses import replace

import pytest

from kg.errors import InputError
from kg.model import Article, Document, EventTable, Failure
from kg.read import read_documents
from kg.read.feeds import Feed, parse_feed
from kg.read.pages import Page, read_page
from kg.read.sitemaps import Sitemap, parse_sitemap
from kg.settings import Reading, Settings
from tests.conformance.hostile_inputs import STORY
from tests.conformance.watched import SECRET, assert_one_line, watch

_SECONDS = 2  # of processor time, where the default is 10
_TOO_SLOW = "parsing takes more than 2 seconds: leave it out or make it smaller"
BODY = "".join(f"<p>{words}</p>" for words in STORY)
RSS = "<rss version='2.0'><channel><title>T</title>{}</channel></rss>"
ITEM = "<item><title>{}</title><link>https://a.example/1</link></item>"
URLSET = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{}</urlset>"


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    with watch(tmp_path_factory.mktemp("watched"), count=1) as made:
        yield made
        made.assert_untouched()


def parse(watched, function, raw, *, most=6 * _SECONDS + 2):
    """Return what came of an input, in the time that it may take."""
    begun = time.monotonic()
    found = watched.one(function, raw.encode() if isinstance(raw, str) else raw, seconds=_SECONDS)
    assert time.monotonic() - begun < most
    assert SECRET not in repr(found) + str(found)
    if isinstance(found, InputError) and str(found) != _TOO_SLOW:
        assert_one_line(found)
    return found


def read(path, *, most=10.0, **options):
    """Return what a file gives in the time that it may take."""
    begun = time.monotonic()
    found = list(read_documents([path], **options))
    assert time.monotonic() - begun < most
    for failure in found:
        if isinstance(failure, Failure):
            assert "\n" not in failure.reason
            assert len(failure.reason) < 500
    return found


def reasons(found):
    return [item.reason for item in found if isinstance(item, Failure)]


def put(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


PAGES = {
    "200,000 nested elements": "<div>" * 200_000,
    "200,000 nested elements with an end": "<b>" * 200_000 + "x" + "</b>" * 200_000,
    "5,000 nested tables": "<table><tr><td>" * 5_000 + BODY,
    "400,000 paragraphs": "<p>a b c" * 400_000,
    "100,000 elements side by side": "<i>x</i>" * 100_000 + BODY,
    "5,000 attributes": "<p " + " ".join(f"a{n}=1" for n in range(5_000)) + ">" + BODY,
    "20,000 attributes": "<p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">" + BODY,
    "200,000 attributes": "<p " + " ".join(f"a{n}" for n in range(200_000)) + ">" + BODY,
    "200,000 attributes without values": "<p " + "a " * 200_000 + ">" + BODY,
    "200,000 attributes divided by slashes": "<p/" + "/".join(f"a{n}" for n in range(200_000)),
    "200,000 attributes in quotes with >": "<p "
    + " ".join(f"a{n}='>'" for n in range(200_000))
    + ">"
    + BODY,
    "an attribute of 5 MB": f'<p class="{"x" * 5_000_000}">{BODY}',
    "100,000 links": "".join(f'<a href="/{n}">{n}</a>' for n in range(100_000)),
    "100,000 meta elements": '<meta property="og:title" content="x">' * 100_000 + BODY,
    "2,000 scripts of data": (
        '<script type="application/ld+json">{"@type": "NewsArticle"}</script>' * 2_000 + BODY
    ),
    "data nested 100,000 deep": (
        f'<script type="application/ld+json">{"[" * 100_000}{"]" * 100_000}</script>{BODY}'
    ),
    "data of 5 MB": '<script type="application/ld+json">'
    + json.dumps({"@type": "NewsArticle", "a": ["x"] * 900_000})
    + f"</script>{BODY}",
    "an open comment of 5 MB": "<p>x</p><!--" + "-" * 5_000_000,
    "5 MB of less-than": "<" * 5_000_000,
    "5 MB of ampersands": "<p>" + "&" * 5_000_000,
    "a tag that never ends": "<p " + "a=b " * 1_000_000,
    "5 MB of one word": f"<h1>{'x' * 5_000_000}</h1>{BODY}",
    "a megabyte of spaces in a title": f"<title>a{' ' * 1_000_000}b</title>{BODY}",
    "a megabyte of separators in a title": f"<title>{'| ' * 500_000}b</title>{BODY}",
    "a name of 500,000 commas": f'<meta name="author" content="{"a, " * 500_000}">{BODY}',
    "a date of a million digits": (
        f'<meta property="article:published_time" content="{"2" * 1_000_000}">{BODY}'
    ),
    "external entity": ('<!DOCTYPE html [<!ENTITY x SYSTEM "FILE">]><html><body><p>&x;</p>' + BODY),
    "inclusion": (
        '<html xmlns:xi="http://www.w3.org/2001/XInclude"><body><xi:include parse="text" '
        f'href="FILE"/>{BODY}'
    ),
    "data with a context elsewhere": (
        '<script type="application/ld+json">{"@context": ["WEB", "FILE", {"@import": "WEB"}], '
        f'"@type": "NewsArticle", "headline": "x"}}</script>{BODY}'
    ),
}
"""Attacks by pages; FILE and WEB stand for what must not be touched."""


@pytest.mark.parametrize("name", PAGES)
def test_hostile_page_is_read_or_refused_in_time(watched, name):
    written = PAGES[name].replace("FILE", watched.lures.file).replace("WEB", watched.lures.web)
    found = parse(watched, read_page, written)
    assert isinstance(found, Page | InputError)
    watched.assert_untouched()


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("400,000 paragraphs", "elements"),
        ("20,000 attributes", "attributes"),
        ("200,000 attributes", "attributes"),
        ("200,000 attributes without values", "attributes"),
        ("200,000 attributes divided by slashes", "attributes"),
        ("200,000 attributes in quotes with >", "attributes"),
    ],
)
def test_limit_that_a_page_is_over_is_named(watched, name, word):
    assert word in str(parse(watched, read_page, PAGES[name]))


def test_page_with_5000_attributes_is_read(watched):
    found = parse(watched, read_page, PAGES["5,000 attributes"])
    assert isinstance(found, Page)
    assert "harbour bridge" in found.text


def entities(declared, used):
    return f"<!DOCTYPE rss [{declared}]>" + RSS.format(ITEM.format(used))


LAUGHS = '<!ENTITY l0 "lol">' + "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)
)
XML = {
    "billion laughs": entities(LAUGHS, "&l9;"),
    "quadratic": entities(f'<!ENTITY a "{"a" * 50_000}">', "&a;" * 50_000),
    "external entity": entities('<!ENTITY x SYSTEM "FILE">', "&x;"),
    "external entity of the web": entities('<!ENTITY x SYSTEM "WEB">', "&x;"),
    "parameter entity": entities('<!ENTITY % p SYSTEM "WEB"> %p;', "&x;"),
    "parameter entity of a file": entities(
        '<!ENTITY % f SYSTEM "FILE"><!ENTITY % e "<!ENTITY x SYSTEM \'WEB?%f;\'>"> %e;', "&x;"
    ),
    "external document type": '<!DOCTYPE rss SYSTEM "WEB">' + RSS.format(ITEM.format("&x;")),
    "external public type": '<!DOCTYPE rss PUBLIC "-//X" "FILE">' + RSS.format(ITEM.format("&x;")),
    "inclusion": RSS.format(
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="FILE"/>'
        + ITEM.format("x")
    ),
    "style sheet": '<?xml-stylesheet type="text/xsl" href="WEB"?>' + RSS.format(ITEM.format("x")),
    "style sheet within": RSS.format(
        '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0">'
        "<xsl:include href='FILE'/></xsl:stylesheet>" + ITEM.format("x")
    ),
    "schema": RSS.format(ITEM.format("x")).replace(
        "<rss ",
        '<rss xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:noNamespaceSchemaLocation="WEB" ',
    ),
    "200,000 nested elements": RSS.format("<item>" * 200_000),
    "200,000 attributes": RSS.format(
        "<item " + " ".join(f"a{n}='1'" for n in range(200_000)) + "/>"
    ),
    "50,000 name spaces": RSS.format(
        "<item " + " ".join(f"xmlns:a{n}='u{n}'" for n in range(50_000)) + "/>"
    ),
    "declared in UTF-16": entities(LAUGHS, "&l9;").encode("utf-16"),
    "declared in UTF-16 without a mark": entities(LAUGHS, "&l9;").encode("utf-16-be"),
    "declared after a comment": "<!--" + "x" * 10_000 + "-->" + entities(LAUGHS, "&l9;"),
    "declared in lower case": entities(LAUGHS, "&l9;").replace("DOCTYPE", "doctype"),
    "declared in UTF-7": '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE rss [+ADw-!ENTITY '
    'x SYSTEM "FILE"+AD4]+AD4-' + RSS.format(ITEM.format("&x;")),
    "10,000 items": RSS.format(ITEM.format("x") * 10_000),
    "a title of 10 MB": RSS.format(ITEM.format("x" * 10_000_000)),
    "10 MB of references": RSS.format(ITEM.format("&#65;" * 2_000_000)),
    "5 MB of less-than": RSS.format("<" * 5_000_000),
    "1 MB of hostile markup in a text": RSS.format(
        "<item><description><![CDATA[" + "<a<b" * 250_000 + "]]></description></item>"
    ),
}


@pytest.mark.parametrize("name", XML)
@pytest.mark.parametrize("kind", ["feed", "sitemap"])
def test_hostile_xml_is_read_or_refused_in_time(watched, name, kind):
    raw = XML[name] if isinstance(XML[name], bytes) else XML[name].encode()
    lures = ((b"FILE", watched.lures.file), (b"WEB", watched.lures.web))
    for word, lure in lures:
        raw = raw.replace(word, lure.encode())
    if kind == "sitemap":
        for old, new in ((b"rss", b"urlset"), (b"item", b"url"), (b"link>", b"loc>")):
            raw = raw.replace(old, new)
    found = parse(watched, parse_feed if kind == "feed" else parse_sitemap, raw)
    assert isinstance(found, Feed | Sitemap | InputError)
    watched.assert_untouched()


@pytest.mark.parametrize("name", ["billion laughs", "quadratic", "external entity"])
def test_xml_with_declarations_is_refused_by_name(watched, name):
    assert "DOCTYPE" in str(parse(watched, parse_feed, XML[name]))


def test_feed_that_unpacks_past_its_limit_is_refused(watched):
    bomb = gzip.compress(bytes(60_000_000), 9, mtime=0)
    for function in (parse_feed, parse_sitemap):
        assert "unpacks to more than" in str(parse(watched, function, bomb))


def small(**options):
    return Settings(model="none", reading=Reading(**options))


def test_gzip_bomb_as_a_page_is_refused_at_its_limit(tmp_path):
    page = b"<html><body>" + b"<p>a</p>" * 10
    bomb = put(tmp_path, "a.html.gz", gzip.compress(page + b" " * 300_000_000, 9, mtime=0))
    assert bomb.stat().st_size < 400_000
    (reason,) = reasons(read(bomb))
    assert "larger than 10,000,000 bytes" in reason


def test_stored_gzip_of_300_mb_is_refused_at_its_limit(tmp_path):
    path = tmp_path / "a.txt.gz"
    with gzip.open(path, "wb", 0) as file:
        for _ in range(300):
            file.write(b"word " * 200_000)
    assert "larger than 50,000,000 bytes" in reasons(read(path))[0]


def test_gzip_of_many_members_is_refused_at_its_limit(tmp_path):
    path = put(tmp_path, "a.txt.gz", gzip.compress(b"word " * 200_000, mtime=0) * 300)
    assert "larger than 50,000,000 bytes" in reasons(read(path))[0]


def make_zip(path, members, kind=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", kind) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def test_zip_with_one_huge_member_costs_that_member(tmp_path):
    members = [("a.txt", " ".join(STORY)), ("b.txt", b"word " * 60_000_000)]
    found = read(make_zip(tmp_path / "a.zip", members))
    assert [item.source for item in found if isinstance(item, Document)] == ["a.zip/a.txt"]
    assert "larger than 50,000,000 bytes" in reasons(found)[0]


def test_zip_with_too_many_members_is_refused(tmp_path):
    members = [(f"{n}.txt", "x") for n in range(10_001)]
    found = read(make_zip(tmp_path / "a.zip", members))
    assert reasons(found) == ["more than 10,000 files in it: unpack it first"]


def test_zip_that_lies_about_its_sizes_is_refused(tmp_path):
    path = make_zip(tmp_path / "a.zip", [("a.txt", b"word " * 1_000_000)])
    raw = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = raw.index(mark) + place
        raw[at : at + 4] = (10).to_bytes(4, "little")
    found = read(put(tmp_path, "b.zip", bytes(raw)))
    assert len(found) == len(reasons(found)) == 1


def test_zip_whose_members_share_their_bytes_is_refused(tmp_path):
    path = make_zip(tmp_path / "a.zip", [("a.txt", "word " * 100_000)])
    raw = path.read_bytes()
    start = raw.index(b"PK\x01\x02")
    end = raw.index(b"PK\x05\x06")
    entry = raw[start:end]
    closing = bytearray(raw[end:])
    for place in (8, 10):
        closing[place : place + 2] = (500).to_bytes(2, "little")
    closing[12:16] = (len(entry) * 500).to_bytes(4, "little")
    found = read(put(tmp_path, "b.zip", raw[:start] + entry * 500 + closing))
    assert reasons(found) == ["several files in it are the same bytes: unpack it first"]


def test_zip_in_zip_is_not_opened(tmp_path):
    inner = make_zip(tmp_path / "in.zip", [("a.txt", "x")]).read_bytes()
    for _ in range(3):
        inner = make_zip(tmp_path / "in.zip", [("in.zip", inner)]).read_bytes()
    assert "archive in an archive" in reasons(read(put(tmp_path, "a.zip", inner)))[0]


@pytest.mark.parametrize(
    "name", ["../../up.txt", "/etc/absolute.txt", "C:\\x.txt", "a\n\x1b[31mb.txt", "..\\..\\x.txt"]
)
def test_names_in_a_zip_lead_nowhere(tmp_path, name):
    inside = tmp_path / "inside"
    inside.mkdir()
    path = make_zip(inside / "a.zip", [(name, " ".join(STORY))])
    before = sorted(p for p in tmp_path.rglob("*"))
    found = read(path)
    assert sorted(p for p in tmp_path.rglob("*")) == before
    (document,) = [item for item in found if isinstance(item, Document)]
    assert document.source.startswith("a.zip/")
    assert document.source.isprintable()


def deflate(data):
    return zlib.compress(data)


def records(*blocks, lie=None):
    """Return an archive of answers, one for each page."""
    out = io.BytesIO()
    for number, block in enumerate(blocks):
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\n"
            "Content-Type: application/http; msgtype=response\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
            f"WARC-Target-URI: https://a.example/{number}\r\nWARC-Date: 2024-06-03T08:00:00Z\r\n"
            f"Content-Length: {len(block) if lie is None else lie}\r\n\r\n"
        )
        out.write(head.encode() + block + b"\r\n\r\n")
    return out.getvalue()


def answer(body, coding=""):
    lines = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
    return (lines + (f"Content-Encoding: {coding}\r\n" if coding else "") + "\r\n").encode() + body


GOOD = answer(f"<html><body><h1>Bridge</h1>{BODY}</body></html>".encode())


def test_record_of_an_archive_that_says_10_terabytes_ends_the_reading(tmp_path):
    raw = records(GOOD) + records(GOOD, lie=10_000_000_000_000)
    found = read(put(tmp_path, "a.warc", raw))
    assert [type(item) for item in found] == [Document, Failure]
    assert "10,000,000,000,000 bytes" in found[1].reason


@pytest.mark.parametrize("length", ["-5", "99999999999999999999999999", "x", "", "0x10", "1e3"])
def test_odd_lengths_of_records_cost_no_more_than_the_archive(tmp_path, length):
    found = read(put(tmp_path, "a.warc", records(GOOD, lie=length)))
    assert all(isinstance(item, Document | Failure) for item in found)
    assert reasons(found)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "gzip, gzip", "br"])
def test_bomb_in_an_archive_costs_its_record(tmp_path, coding):
    pack = {"deflate": deflate}.get(coding, lambda data: gzip.compress(data, 9, mtime=0))
    bomb = pack(b"<html>" + b" " * 200_000_000)
    if coding == "gzip, gzip":
        bomb = pack(bomb)
    found = read(
        put(tmp_path, "a.warc.gz", gzip.compress(records(answer(bomb, coding), GOOD), mtime=0))
    )
    (document,) = [item for item in found if isinstance(item, Document)]
    assert document.url == "https://a.example/1"
    assert len(reasons(found)) == 1


def test_archive_that_is_one_bomb_ends(tmp_path):
    raw = b"WARC/1.0\r\nWARC-Type: response\r\n" + b"X: y\r\n" * 10_000_000
    path = put(tmp_path, "a.warc.gz", gzip.compress(raw, 9, mtime=0))
    del raw
    found = read(path)
    assert "more than 1,000,000 bytes of no record" in reasons(found)[0]
    assert not [item for item in found if isinstance(item, Document)]


@pytest.mark.parametrize("field", ["maintext", "text_sha256", "articleBody"])
def test_json_nested_100000_deep_is_refused(tmp_path, field):
    raw = f'{{"@type": "NewsArticle", "id": 1, "{field}": {"[" * 100_000}{"]" * 100_000}}}'
    found = read(put(tmp_path, "a.json", raw))
    assert len(found) == len(reasons(found)) == 1


def test_line_of_60_mb_is_refused(tmp_path):
    raw = '{"id": "a", "text_sha256": "b", "source": "' + "x" * 60_000_000 + '"}\n'
    assert "a line of more than 50,000,000 bytes" in reasons(read(put(tmp_path, "a.jsonl", raw)))[0]


def test_text_of_60_mb_is_refused(tmp_path):
    assert "larger than" in reasons(read(put(tmp_path, "a.txt", "word " * 12_000_000)))[0]


def test_table_with_a_field_of_100_mb_costs_its_row(tmp_path):
    row = "\t".join(["123456789", "20240503", "202405", "2024", "2024.3", *[""] * 53])
    huge = row + "x" * 100_000_000
    found = read(put(tmp_path, "a.export.CSV", f"{row}\n{huge}\n{row}\n"), most=30)
    assert all(isinstance(item, EventTable | Failure) for item in found)


def test_table_with_100000_columns_is_refused(tmp_path):
    row = ",".join(f"c{n}" for n in range(100_000))
    found = read(put(tmp_path, "a.csv", f"{row}\n{row}\n"))
    assert len(found) == len(reasons(found)) == 1
    known = "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,country,"
    known += "location,latitude,longitude,"
    found = read(put(tmp_path, "b.csv", f"{known}{row}\n{'x,' * 100_000}\n"))
    assert all(isinstance(item, EventTable | Failure) for item in found)
    assert reasons(found)


def test_folder_of_10000_files_is_read(tmp_path):
    for number in range(10_000):
        put(tmp_path, f"{number}.txt", f"Story {number}. {STORY[0]}")
    found = read(tmp_path, most=60)
    assert sum(isinstance(item, Document) for item in found) == 10_000


def test_links_that_lead_in_a_circle_are_not_followed(tmp_path):
    put(tmp_path, "a.txt", " ".join(STORY))
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "one.txt").symlink_to(tmp_path / "two.txt")
    (tmp_path / "two.txt").symlink_to(tmp_path / "one.txt")
    found = read(tmp_path)
    assert [item.source for item in found if isinstance(item, Document)] == ["a.txt"]
    assert len(reasons(found)) == 3


def test_devices_and_pipes_are_refused(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to("/dev/zero")
    assert all("a pipe, device or folder" in reason for reason in reasons(read(tmp_path)))


def test_what_a_page_says_beside_it_is_bounded_too(tmp_path):
    put(tmp_path, "a.txt", " ".join(STORY))
    put(tmp_path, "a.meta.json", '{"title": ' + "[" * 100_000)
    found = read(tmp_path)
    assert [type(item) for item in found] == [Failure, Document]


def test_page_that_takes_too_long_costs_itself_alone(tmp_path):
    slow = "<p>a b c" * 190_000
    paths = [put(tmp_path, "a.html", slow), put(tmp_path, "b.html", GOOD.partition(b"\r\n\r\n")[2])]
    settings = replace(Settings(), reading=Reading(seconds=1.5))
    found = list(read_documents(paths, settings=settings))
    assert "more than 1.5 seconds" in reasons(found)[0]
    assert [item.source for item in found if isinstance(item, Document | Article)] == ["b.html"]
