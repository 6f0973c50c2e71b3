"""4,000 broken and hostile pages, feeds and sitemaps: each is read or refused, and does no harm."""

import socket
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.read.feeds import Feed, parse_feed
from kg.read.pages import Page, read_page
from kg.read.sitemaps import Sitemap, parse_sitemap
from tests.conformance.hostile_inputs import mutated_feeds, mutated_pages, mutated_sitemaps
from tests.conformance.watched import SECRET, assert_one_line, watch

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
