"""4,000 broken and hostile pages, feeds and sitemaps: each is read or refused, and does no harm."""

import gzip
import io
import json
import random
import socket
import zipfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Failure
from kg.read import read_documents
from kg.read.feeds import Feed, parse_feed
from kg.read.pages import Page, read_page
from kg.read.sitemaps import Sitemap, parse_sitemap
from kg.settings import Reading, Settings
from tests.conformance.hostile_inputs import (
    CHANGES,
    STORY,
    Lures,
    mutate,
    mutated_feeds,
    mutated_pages,
    mutated_sitemaps,
)
from tests.conformance.watched import SECRET, assert_one_line, watch
from tests.unit.webarchives import Archive, page

ROOT = Path(__file__).parents[2]
_PAGES, _FEEDS, _SITEMAPS = 2_000, 1_000, 1_000


def check_page(page):
    """Assert that a page is text with zones, all of which can be written."""
    assert isinstance(page, Page)
    repr(page).encode("utf-8")
    page.text.encode("utf-8")
    end = 0
    for zone in page.zones:
        assert end <= zone.start < zone.end <= len(page.text)
        assert not page.text[end : zone.start].strip()
        end = zone.end
    assert not page.text[end:].strip()
    for value in (page.title, page.publisher, page.url, page.language, *page.authors):
        assert value is None or value.encode("utf-8")


def check_listing(found, kind):
    """Assert that a feed or sitemap lists pages of the web, each once."""
    assert isinstance(found, kind)
    urls = [entry.url for entry in found.entries]
    assert len(set(urls)) == len(urls)
    assert all(url.startswith(("http://", "https://")) for url in urls)
    repr(found).encode("utf-8")


def run(watched, function, inputs, check):
    """Return how many inputs were read and how many were refused."""
    told = Counter()
    for number, (raw, found) in enumerate(watched.parse(function, inputs)):
        if isinstance(found, InputError):
            assert_one_line(found)
        else:
            try:
                check(found)
            except (AssertionError, UnicodeError) as error:
                raise AssertionError(f"input {number}: {raw[:300]!r}: {error}") from error
        assert SECRET not in repr(found) + str(found)
        told[type(found).__name__] += 1
    return told


@pytest.fixture
def watched(tmp_path):
    with watch(tmp_path) as made:
        yield made
        made.assert_untouched()


def open_and_ask(raw, *, lure):
    """Do what no parser may do."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", 9), timeout=0.1):
        pass
    return Path(raw.decode()).read_text("utf-8") + lure


def test_the_watch_sees_files_and_requests(tmp_path):
    with watch(tmp_path) as watched:
        secret = str(tmp_path / "canary.txt").encode()
        assert SECRET in watched.one(open_and_ask, secret, lure="")
        noted = watched.log.read_text("utf-8")
        assert "open" in noted
        assert "socket.connect" in noted
        with pytest.raises(AssertionError):
            watched.assert_untouched()


def test_2000_hostile_pages_are_read_or_refused_without_harm(watched):
    told = run(
        watched,
        read_page,
        mutated_pages(watched.lures, _PAGES),
        check_page,
    )
    assert told.total() == _PAGES
    assert told["Page"] > _PAGES / 2  # broken as they are, most say something


def test_2000_hostile_feeds_and_sitemaps_are_read_or_refused_without_harm(watched):
    feeds = mutated_feeds(watched.lures, _FEEDS)
    told = run(watched, parse_feed, feeds, lambda found: check_listing(found, Feed))
    assert told["Feed"] > _FEEDS / 4
    maps = mutated_sitemaps(watched.lures, _SITEMAPS)
    more = run(watched, parse_sitemap, maps, lambda found: check_listing(found, Sitemap))
    assert more["Sitemap"] > _SITEMAPS / 4
    assert told.total() + more.total() == _FEEDS + _SITEMAPS


def row(columns, number):
    """Return a row of an event table with some of its columns filled."""
    filled = {0: f"12345678{number}", 1: "20240503", 2: "202405", 3: "2024", 4: "2024.3"}
    return "\t".join(filled.get(n, ("", "GOV", "1", "54.5", "042")[n % 5]) for n in range(columns))


def files():
    """Return one good input of each kind that is read in this process, by ending."""
    story = " ".join(STORY)
    archive = Archive()
    archive.answer(page(1))
    archive.record("conversion", story.encode(), media="text/plain")
    own = (ROOT / "output/articles.jsonl").read_bytes().splitlines(keepends=True)[:2]
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.txt", story)
        made.writestr("b.json", json.dumps({"maintext": story, "title": "x", "authors": ["A"]}))
    data = {"@context": "http://schema.org", "@type": "NewsArticle", "articleBody": story}
    acled = (
        "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,country,"
        "location,latitude,longitude,fatalities,notes\n"
        'ABC1,2024-05-03,2024,1,Protests,Peaceful protest,Dockers,A,Velden,54.5,9.25,2,"x, ""y"""\n'
    )
    return {
        "warc": archive.raw,
        "jsonl": b"".join(own),
        "json": json.dumps(
            [{"maintext": story, "title": "x", "date_publish": "2024-05-03"}]
        ).encode(),
        "jsonld": json.dumps({"@graph": [data, {**data, "author": {"name": "Ann Lee"}}]}).encode(),
        "txt": story.encode(),
        "zip": zipped.getvalue(),
        "gz": gzip.compress(archive.raw, mtime=0),
        "csv": acled.encode(),
        "export": "\n".join(row(61, n) for n in range(3)).encode(),
        "mentions": "\n".join(row(16, n) for n in range(3)).encode(),
        "gkg": "\n".join(row(27, n) for n in range(3)).encode(),
    }


def test_1100_hostile_files_of_other_kinds_are_read_or_refused_without_harm(tmp_path):
    chance = random.Random(9)
    folder = tmp_path / "in"
    folder.mkdir()
    lures = Lures(file=(tmp_path / "canary.txt").as_uri(), web="http://127.0.0.1:9/")
    (tmp_path / "canary.txt").write_text(SECRET, "utf-8")
    for ending, good in files().items():
        for number in range(100):
            (raw,) = mutate((good,), CHANGES, lures, 1, seed=chance.randrange(10**9))
            (folder / f"{number}.{ending}").write_bytes(raw)
            if number % 10 == 0:
                beside = json.dumps(
                    {"title": "Bridge", "authors": ["A"], "url": "https://a.example"}
                )
                (changed,) = mutate((beside.encode(),), CHANGES, lures, 1, seed=number)
                (folder / f"{number}.meta.json").write_bytes(changed)
    settings = Settings(model="none", reading=Reading(allow_private=False, robots=False))
    told = Counter()
    for item in read_documents([folder], settings=settings):
        told[type(item).__name__] += 1
        if isinstance(item, Failure):
            assert "\n" not in item.reason
            assert len(item.reason) < 600
        assert SECRET not in repr(item)
        repr(item).encode("utf-8")
    assert told["Document"] > 200
    assert told["Failure"] > 200
