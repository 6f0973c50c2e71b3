"""Fetch the pages that a URL, feed or sitemap leads to, one after another."""

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from kg.errors import FetchError, InputError, KgError
from kg.fetch.web import PAGE_BYTES, SITEMAP_BYTES, Fetched, Web
from kg.model import Failure
from kg.read.calls import Call
from kg.read.feeds import Feed, FeedEntry, looks_like_feed, parse_feed
from kg.read.listing import peek
from kg.read.sitemaps import (
    Sitemap,
    SitemapEntry,
    looks_like_list,
    looks_like_sitemap,
    parse_sitemap,
)

DEEPEST = 2
"""Sitemaps that stand in one another below the one that was named."""
MOST_SITEMAPS = 50
"""Sitemaps that are fetched for one input."""

_PAGES = frozenset(
    {"", "text/html", "application/xhtml+xml", "text/plain", "text/xml", "application/xml"}
)

Entry = FeedEntry | SitemapEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A page that was fetched.

    Attributes:
        fetched: what the server sent.
        entry: what the feed or sitemap says of it, for what the page does not say itself; None for
            a page that the user named.
        container: URL or name of that feed or sitemap, or None.
    """

    fetched: Fetched
    entry: Entry | None = None
    container: str | None = None


def do_here(call: Call) -> Any:  # noqa: ANN401
    """Do a call in this process."""
    return call.function(*call.arguments, **call.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which of the listed pages are fetched, and how lists are parsed.

    Attributes:
        since: day; entries that state an earlier one as that of their publication are left out.
        limit: pages that are asked for at most, whether they come or not; None for all.
        done: URLs that were read before: not asked for again, but counted.
        parse: does the call for a feed or sitemap; `Parsers.parse` does it in another process.
    """

    since: date | None = None
    limit: int | None = None
    done: Container[str] = frozenset()
    parse: Callable[[Call], Any] = do_here


_ALL = Wanted()


def follow(url: str, web: Web, wanted: Wanted = _ALL) -> Iterator[Listed | Failure]:
    """Yield the pages that a URL leads to: itself, or those of its feed or sitemap, in order.

    A page that names feeds in its head is a page all the same. `HOST/robots.txt` leads to the
    sitemaps that stand in it.

    Args:
        url: of a page, feed, sitemap, index of sitemaps or robots.txt.
        web: to ask.
        wanted: which of them.
    """
    following = _Following(web, wanted, url)
    try:
        web.name(url)
        if urlsplit(url).path == "/robots.txt":
            yield from following.from_robots(url)
            return
        fetched = web.get(url, most=SITEMAP_BYTES)
    except (FetchError, InputError) as error:
        yield _told(url, error)
        return
    if listing_kind(fetched.body, fetched.media_type) is not None:
        yield from following.from_listing(fetched.body, url, fetched.final_url)
    elif len(fetched.body) > PAGE_BYTES:
        yield _failure(url, f"the page is larger than {PAGE_BYTES:,} bytes")
    else:
        yield Listed(fetched=fetched)


def follow_file(
    raw: bytes, name: str, web: Web, wanted: Wanted = _ALL
) -> Iterator[Listed | Failure]:
    """Yield the pages of a feed or sitemap that is a file, in its order.

    Args:
        raw: what the file holds; may be packed with gzip.
        name: of the file, for messages and for what the pages say of where they were listed.
        web: to ask.
        wanted: which of them.
    """
    if listing_kind(raw, "text/plain") is None:
        yield _failure(name, "neither a feed nor a sitemap: there are no pages to fetch")
        return
    yield from _Following(web, wanted, name).from_listing(raw, name, None)


def listing_kind(raw: bytes, media_type: str = "") -> str | None:
    """Return "feed" or "sitemap" where bytes are one, packed or not; else None.

    Lines of URLs are a sitemap only where they are sent as plain text.

    >>> listing_kind(b"<rss version='2.0'>"), listing_kind(b"<html>")
    ('feed', None)
    """
    head = peek(raw)
    if looks_like_feed(head):
        return "feed"
    if looks_like_sitemap(head) or (media_type == "text/plain" and looks_like_list(head)):
        return "sitemap"
    return None


class _Following:
    """What was asked for one input so far."""

    def __init__(self, web: Web, wanted: Wanted, start: str) -> None:
        self._web = web
        self._wanted = wanted
        self._asked = 0
        self._sitemaps = 0
        self._seen = {start}

    @property
    def _over(self) -> bool:
        return self._wanted.limit is not None and self._asked >= self._wanted.limit

    def from_robots(self, url: str) -> Iterator[Listed | Failure]:
        rules = self._web.robots(url)
        if rules.problem is not None:
            yield _failure(url, rules.problem)
        elif not rules.sitemaps:
            yield _failure(url, "it names no sitemap: name a page, feed or sitemap")
        yield from self._nested([(place, None) for place in rules.sitemaps], url, 0)

    def from_listing(
        self, raw: bytes, name: str, url: str | None, depth: int = 0
    ) -> Iterator[Listed | Failure]:
        """Yield the pages of a feed or sitemap.

        Args:
            raw: its bytes.
            name: by which it is told of.
            url: where it stands, against which its links are read; None for a file.
            depth: how many sitemaps it stands in.
        """
        is_feed = listing_kind(raw, "text/plain") == "feed"
        try:
            found: Feed | Sitemap = self._wanted.parse(
                Call(
                    function=parse_feed if is_feed else parse_sitemap,
                    arguments=(raw,),
                    options={"url": url},
                    seconds=20,
                )
            )
        except InputError as error:
            yield _failure(name, str(error))
            return
        nested = found.nested if isinstance(found, Sitemap) else ()
        if not found.entries and not nested:
            yield _failure(name, "it lists no pages", fatal=False)
        if isinstance(found, Sitemap) and found.broken:
            reason = f"its XML is broken, what follows is left out: {found.broken}"
            yield _failure(name, reason, fatal=False)
        if found.left_out:
            reason = (
                f"{found.left_out:,} entries without a URL of the web, or listed twice: left out"
            )
            yield _failure(name, reason, fatal=False)
        yield from self._pages(found.entries, name)
        yield from self._nested([(one.url, one.changed) for one in nested], name, depth)

    def _pages(self, entries: Iterable[Entry], container: str) -> Iterator[Listed | Failure]:
        undated = 0
        for entry in entries:
            if self._over:
                break
            if entry.url in self._seen or self._is_old(entry):
                continue
            undated += entry.published is None
            self._seen.add(entry.url)
            self._asked += 1
            if entry.url in self._wanted.done:
                continue
            yield self._page(entry, container)
        if undated and self._wanted.since is not None:
            reason = f"{undated:,} entries state no date, and were fetched in spite of --since"
            yield _failure(container, reason, fatal=False)

    def _is_old(self, entry: Entry) -> bool:
        since = self._wanted.since
        return since is not None and _is_before(entry.published, since)

    def _page(self, entry: Entry, container: str) -> Listed | Failure:
        try:
            fetched = self._web.get(entry.url)
        except (FetchError, InputError) as error:
            return _told(entry.url, error)
        if fetched.media_type not in _PAGES:
            return _failure(entry.url, f"not a page but {fetched.media_type[:60]}: left out")
        if listing_kind(fetched.body) is not None:
            return _failure(entry.url, "not a page but a feed or sitemap: name it itself")
        return Listed(fetched=fetched, entry=entry, container=container)

    def _nested(
        self, places: list[tuple[str, str | None]], name: str, depth: int
    ) -> Iterator[Listed | Failure]:
        since = self._wanted.since
        if places and depth >= DEEPEST:
            yield _failure(name, f"sitemaps more than {DEEPEST} deep: name them themselves")
            return
        for number, (url, changed) in enumerate(places):
            if self._over:
                return
            if url in self._seen or (since is not None and _is_before(changed, since)):
                continue
            if self._sitemaps >= MOST_SITEMAPS:
                left = len(places) - number
                reason = f"more than {MOST_SITEMAPS} sitemaps: {left:,} of them are left out"
                yield _failure(name, f"{reason}; name them themselves, or use --since", fatal=False)
                return
            self._seen.add(url)
            self._sitemaps += 1
            yield from self._sitemap(url, depth + 1)

    def _sitemap(self, url: str, depth: int) -> Iterator[Listed | Failure]:
        try:
            fetched = self._web.get(url, most=SITEMAP_BYTES)
        except (FetchError, InputError) as error:
            yield _told(url, error)
            return
        yield from self.from_listing(fetched.body, url, fetched.final_url, depth)


def _is_before(moment: str | None, since: date) -> bool:
    """Return whether a moment lies on an earlier day, as its own zone counts days."""
    return moment is not None and moment[:10] < since.isoformat()


def _told(url: str, error: KgError) -> Failure:
    """Return an error as a failure of a URL, which its line need not name again."""
    words = str(error)
    for name in (f"GET {url}: ", f"{url}: "):
        words = words.removeprefix(name)
    return _failure(url, words)


def _failure(source: str, reason: str, *, fatal: bool = True) -> Failure:
    return Failure(source=source, step="read", reason=reason, fatal=fatal)
