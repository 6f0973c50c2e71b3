"""Feeds: RSS, Atom and JSON Feed, from bytes alone; nothing is fetched here.

Source: https://www.rssboard.org/rss-specification
Source: https://www.rfc-editor.org/rfc/rfc4287
Source: https://www.jsonfeed.org/version/1.1/
"""

import io
import json
import re
from calendar import timegm
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import struct_time
from typing import Any

from kg.errors import InputError
from kg.read.decode import mend_pairs
from kg.read.listing import (
    check_attributes,
    check_xml,
    clean_text,
    entry_url,
    read_moment,
    root_name,
    unpack,
)

MOST_BYTES = 20_000_000
"""Of a feed, unpacked."""
MOST_ENTRIES = 5_000
"""Of a feed that are read."""

_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What the library stumbles into on bytes that are no feed, though they begin like one."""

_ROOTS = frozenset({"rss", "feed", "rdf"})
_REFERENCE = re.compile(rb"&#([xX][0-9a-fA-F]{1,4000}|\d{1,4000});?")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One article, as a feed announces it.

    Attributes:
        url: absolute.
        title: without markup.
        published: ISO 8601 with time zone, or the day alone; None where it is not stated.
        summary: without markup.
        content: HTML of the article where the feed carries it, or None.
        publisher: title of the feed that it first stood in, or of this one.
    """

    url: str
    title: str | None = None
    published: str | None = None
    summary: str | None = None
    content: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed.

    Attributes:
        title: of the feed, or None.
        entries: in the feed's order, each URL once.
        left_out: entries without a URL of the web, or the second of its URL.
    """

    title: str | None
    entries: tuple[FeedEntry, ...]
    left_out: int = 0


def looks_like_feed(head: bytes) -> bool:
    """Return whether the first bytes are those of RSS, Atom or JSON Feed.

    >>> looks_like_feed(b'<?xml version="1.0"?><rss version="2.0">'), looks_like_feed(b"<html>")
    (True, False)
    """
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return re.search(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/', head) is not None
    return root_name(head) in _ROOTS


def parse_feed(raw: bytes, *, url: str | None = None) -> Feed:
    """Return what a feed announces.

    Args:
        raw: the feed as sent or as in the file; may be packed with gzip.
        url: of the feed, against which relative links are read.

    Raises:
        InputError: not a feed, too large, or XML with declarations of its own.
    """
    raw = unpack(raw, MOST_BYTES)
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _parse_json(raw, url)
    check_xml(raw)
    check_attributes(raw)
    try:
        found = _parse_xml(raw, url)
    except _FAULTS as error:
        words = " ".join(str(error).split())[:100]
        raise InputError(f"the feed is broken, and cannot be parsed: {words}") from None
    if not found.get("version") and not found.entries:
        raise InputError("not a feed: neither RSS nor Atom nor JSON Feed")
    title = clean_text(found.feed.get("title"))
    return _gather(title, [_entry_of(entry, url, title) for entry in found.entries[:MOST_ENTRIES]])


def _parse_xml(raw: bytes, url: str | None) -> Any:  # noqa: ANN401 (a library without types)
    import feedparser

    headers = {"content-location": url} if url else None
    mended = _REFERENCE.sub(_mend_reference, _in_utf_8(raw))
    return feedparser.parse(io.BytesIO(mended), response_headers=headers)


def _in_utf_8(raw: bytes) -> bytes:
    """Return a feed in UTF-16 as one in UTF-8: the library reads it only where its head says so."""
    if raw[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        return raw
    text = raw.decode("utf-16", "replace").lstrip()
    return (text.partition("?>")[2] if text.startswith("<?xml") else text).encode()


def _mend_reference(found: re.Match[bytes]) -> bytes:
    """Return a reference to a character, or to the mark for a bad one where there is none such.

    Source: https://www.w3.org/TR/xml/#NT-Char
    """
    digits = found[1].decode("ascii")
    number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    good = number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0x110000
    return found[0] if good else b"&#xFFFD;"


def _gather(title: str | None, entries: list[FeedEntry | None]) -> Feed:
    first = {entry.url: entry for entry in reversed(entries) if entry is not None}
    kept = tuple(e for e in entries if e is not None and first.get(e.url) is e)
    return Feed(title=title, entries=kept, left_out=len(entries) - len(kept))


def _entry_of(entry: Mapping[str, Any], base: str | None, feed: str | None) -> FeedEntry | None:
    """Return an entry as feedparser gives it as one of ours; None without a URL."""
    url = entry_url(entry.get("link"), base)
    if url is None and entry.get("guidislink"):
        url = entry_url(entry.get("id"), base)
    if url is None:
        return None
    contents = [str(part.get("value") or "") for part in entry.get("content") or ()]
    source = entry.get("source")
    stated = source.get("title") if isinstance(source, Mapping) else None
    return FeedEntry(
        url=url,
        title=clean_text(entry.get("title")),
        published=_published(entry),
        summary=clean_text(entry.get("summary")),
        content=max(contents, key=len, default="") or None,
        publisher=clean_text(stated) or feed,
    )


def _published(entry: Mapping[str, Any]) -> str | None:
    """Return when an entry was published, or else changed; with the zone that it states."""
    entry = dict(entry.items())  # the library's own answers for one name with another
    for name in ("published", "updated", "created"):
        stated = read_moment(str(entry.get(name) or ""))
        if stated is not None:
            return stated
        parsed = entry.get(f"{name}_parsed")
        if isinstance(parsed, struct_time):
            return _from_utc(parsed)
    return None


def _from_utc(parsed: struct_time) -> str | None:
    try:
        found = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=timegm(parsed))
    except (ValueError, OverflowError):
        return None
    return found.isoformat(timespec="seconds")


def _parse_json(raw: bytes, url: str | None) -> Feed:
    try:
        found = json.loads(mend_pairs(raw.decode("utf-8-sig")))
    except (ValueError, RecursionError) as error:
        raise InputError(f"not a JSON Feed: {str(error)[:100]}") from None
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list):
        raise InputError("not a JSON Feed: no list of items")
    title = clean_text(found.get("title"))
    return _gather(title, [_item_of(item, url, title) for item in items[:MOST_ENTRIES]])


def _item_of(item: object, base: str | None, feed: str | None) -> FeedEntry | None:
    if not isinstance(item, dict):
        return None
    url = entry_url(item.get("url") or item.get("id"), base)
    if url is None:
        return None
    content = item.get("content_html")
    moment = item.get("date_published") or item.get("date_modified")
    return FeedEntry(
        url=url,
        title=clean_text(item.get("title")),
        published=read_moment(moment if isinstance(moment, str) else ""),
        summary=clean_text(item.get("summary")),
        content=content if isinstance(content, str) and content else None,
        publisher=feed,
    )
