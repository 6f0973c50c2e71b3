"""Sitemaps: of pages, of news, of other sitemaps, and plain lists of URLs.

Source: https://www.sitemaps.org/protocol.html
Source: https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
"""

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.read.listing import check_xml, clean_text, entry_url, read_moment, root_name, unpack

if TYPE_CHECKING:
    from lxml import etree

MOST_BYTES = 50_000_000
"""Of a sitemap, unpacked."""
MOST_ENTRIES = 50_000
"""Of a sitemap, as its specification has it."""

_DEEPEST = 20
_MOST_ATTRIBUTES = 50
_MOST_ELEMENTS = 3_000_000
_MOST_OF_ENTRY = 10_000
_LONGEST_LINE = 4_096
_LINE = re.compile(rb"https?://\S+\Z", re.IGNORECASE)
_ROOTS = frozenset({"urlset", "sitemapindex"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapEntry:
    """One page, as a sitemap lists it.

    Attributes:
        url: absolute.
        published: of the news entry, or else when the page last changed; ISO 8601, or None.
        title: of the news entry, or None.
        publisher: of the news entry, or None.
        language: of the news entry, or None.
    """

    url: str
    published: str | None = None
    title: str | None = None
    publisher: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Nested:
    """A sitemap that an index names.

    Attributes:
        url: absolute.
        changed: when it last changed, ISO 8601, or None.
    """

    url: str
    changed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """A sitemap, or an index of them.

    Attributes:
        entries: pages in the file's order, each once.
        nested: sitemaps that an index names.
        left_out: entries without a URL of the web, or the second of its URL.
        broken: what is wrong with the XML, so that nothing after it could be read; or None.
    """

    entries: tuple[SitemapEntry, ...] = ()
    nested: tuple[Nested, ...] = ()
    left_out: int = 0
    broken: str | None = None


def looks_like_sitemap(head: bytes) -> bool:
    """Return whether the first bytes are those of a sitemap or of an index of them.

    A plain list of URLs cannot be told from text by its look.

    >>> looks_like_sitemap(b'<urlset xmlns="x">'), looks_like_sitemap(b"<rss>")
    (True, False)
    """
    return root_name(head) in _ROOTS


def looks_like_list(head: bytes) -> bool:
    """Return whether the first lines are URLs and nothing else.

    >>> looks_like_list(b"https://a.example/1"), looks_like_list(b"words")
    (True, False)
    """
    lines = [line.strip() for line in head.removeprefix(b"\xef\xbb\xbf").splitlines()[:20]]
    lines = [line for line in lines if line]
    return bool(lines) and all(_LINE.match(line) for line in lines)


def parse_sitemap(raw: bytes, *, url: str | None = None) -> Sitemap:
    """Return the pages that a sitemap lists, or the sitemaps of an index.

    Args:
        raw: XML or lines of URLs; may be packed with gzip.
        url: of the sitemap, against which relative URLs are read.

    Raises:
        InputError: not a sitemap, too large, too deep, or XML with declarations of its own.
    """
    raw = unpack(raw, MOST_BYTES)
    if not raw.lstrip(b"\xef\xbb\xbf \t\r\n\x00\xff\xfe").startswith(b"<"):
        return _parse_lines(raw)
    check_xml(raw)
    if not looks_like_sitemap(raw):
        raise InputError("not a sitemap: neither <urlset> nor <sitemapindex>")
    from lxml import etree

    found = _Gathered(url)
    try:
        _read(raw, found)
    except etree.XMLSyntaxError as error:
        words = " ".join(str(error).split())[:200]
        if found.empty:
            raise InputError(f"not XML: {words}") from None
        return found.sitemap(broken=words)
    return found.sitemap()


class _Gathered:
    """What was read so far."""

    def __init__(self, base: str | None) -> None:
        self._base = base
        self._entries: dict[str, SitemapEntry] = {}
        self._nested: dict[str, Nested] = {}
        self._left_out = 0

    @property
    def empty(self) -> bool:
        return not self._entries and not self._nested

    @property
    def full(self) -> bool:
        return len(self._entries) + len(self._nested) + self._left_out >= MOST_ENTRIES

    def add(self, kind: str, fields: dict[str, str]) -> None:
        url = entry_url(fields.get("loc"), self._base)
        known = self._entries if kind == "url" else self._nested
        if url is None or url in known:
            self._left_out += 1
            return
        changed = read_moment(fields.get("lastmod", ""))
        if kind == "sitemap":
            self._nested[url] = Nested(url=url, changed=changed)
            return
        self._entries[url] = SitemapEntry(
            url=url,
            published=read_moment(fields.get("publication_date", "")) or changed,
            title=clean_text(fields.get("title")),
            publisher=clean_text(fields.get("name")),
            language=clean_text(fields.get("language"), 20),
        )

    def sitemap(self, broken: str | None = None) -> Sitemap:
        return Sitemap(
            entries=tuple(self._entries.values()),
            nested=tuple(self._nested.values()),
            left_out=self._left_out,
            broken=broken,
        )


_FIELDS = {
    "url": {"loc", "lastmod"},
    "sitemap": {"loc", "lastmod"},
    "news": {"publication_date", "title"},
    "publication": {"name", "language"},
}
"""Elements that are read, by the element that they stand in."""


def _read(raw: bytes, found: _Gathered) -> None:
    """Read element by element, so that a large file is never a large tree."""
    from lxml import etree

    depth, elements, begun, fields = 0, 0, 0, dict[str, str]()
    for event, element in etree.iterparse(
        io.BytesIO(raw),
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    ):
        name = _local(element)
        if event == "start":
            depth += 1
            elements += 1
            if depth == 2:
                begun, fields = elements, {}
            _check_bounds(depth, len(element.attrib), elements, elements - begun)
            continue
        depth -= 1
        parent = element.getparent()
        if parent is not None and name in _FIELDS.get(_local(parent), ()):
            fields.setdefault(name, element.text or "")
        if name in {"url", "sitemap"} and depth == 1:
            found.add(name, fields)
        if depth == 1:
            element.clear()
            if parent is not None:
                parent.remove(element)
            if found.full:
                break


def _check_bounds(depth: int, attributes: int, elements: int, of_entry: int) -> None:
    if depth > _DEEPEST or attributes > _MOST_ATTRIBUTES:
        raise InputError("the sitemap is nested too deep, or has too many attributes")
    if elements > _MOST_ELEMENTS or of_entry > _MOST_OF_ENTRY:
        raise InputError("the sitemap has too many elements")


def _local(element: "etree._Element") -> str:
    name = element.tag
    return name.rpartition("}")[2].lower() if isinstance(name, str) else ""


def _parse_lines(raw: bytes) -> Sitemap:
    """Return a list of URLs, one a line.

    Source: https://www.sitemaps.org/protocol.html#otherformats
    """
    found: dict[str, None] = {}
    left_out = 0
    for line in io.BytesIO(raw.removeprefix(b"\xef\xbb\xbf")):
        if not line.strip():
            continue
        place = entry_url(line[:_LONGEST_LINE].decode("utf-8", "replace"), None)
        if place is not None and place not in found:
            found[place] = None
        else:
            left_out += 1
        if len(found) + left_out >= MOST_ENTRIES:
            break
    if not found:
        raise InputError("not a sitemap: neither XML nor lines of URLs")
    return Sitemap(entries=tuple(SitemapEntry(url=u) for u in found), left_out=left_out)
