"""Sitemaps: of pages, of news, of other sitemaps, and plain lists of URLs.

Source: https://www.sitemaps.org/protocol.html
Source: https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
"""

import io
import re
from dataclasses import dataclass

from lxml import etree

from kg.errors import InputError
from kg.read.listing import check_xml, clean_text, entry_url, read_moment, root_name, unpack

MOST_BYTES = 50_000_000
"""Of a sitemap, unpacked."""
MOST_ENTRIES = 50_000
"""Of a sitemap, as its specification has it."""

_DEEPEST = 20
_MOST_ATTRIBUTES = 50
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
    """

    entries: tuple[SitemapEntry, ...] = ()
    nested: tuple[Nested, ...] = ()
    left_out: int = 0


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
        return _parse_lines(raw, url)
    check_xml(raw)
    if not looks_like_sitemap(raw):
        raise InputError("not a sitemap: neither <urlset> nor <sitemapindex>")
    found = _Gathered(url)
    try:
        _read(raw, found)
    except etree.XMLSyntaxError as error:
        if not found.whole:
            raise InputError(f"not XML: {str(error)[:200]}") from None
    return found.sitemap()


class _Gathered:
    """What was read so far."""

    def __init__(self, base: str | None) -> None:
        self._base = base
        self._entries: dict[str, SitemapEntry] = {}
        self._nested: dict[str, Nested] = {}
        self._left_out = 0
        self.whole = False

    @property
    def full(self) -> bool:
        return len(self._entries) + len(self._nested) >= MOST_ENTRIES

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

    def sitemap(self) -> Sitemap:
        return Sitemap(
            entries=tuple(self._entries.values()),
            nested=tuple(self._nested.values()),
            left_out=self._left_out,
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
    depth, fields = 0, dict[str, str]()
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
            if depth > _DEEPEST or len(element.attrib) > _MOST_ATTRIBUTES:
                raise InputError("the sitemap is nested too deep, or has too many attributes")
            if name in {"url", "sitemap"} and depth == 2:
                fields = {}
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
    found.whole = True


def _local(element: "etree._Element") -> str:
    name = element.tag
    return name.rpartition("}")[2].lower() if isinstance(name, str) else ""


def _parse_lines(raw: bytes, url: str | None) -> Sitemap:
    """Return a list of URLs, one a line.

    Source: https://www.sitemaps.org/protocol.html#otherformats
    """
    lines = raw.decode("utf-8-sig", "replace").splitlines()
    stated = [line.strip() for line in lines if line.strip()][: MOST_ENTRIES + 1]
    found = [entry_url(line, None) for line in stated]
    kept = dict.fromkeys(u for u in found if u is not None)
    if not kept:
        raise InputError("not a sitemap: neither XML nor lines of URLs", source=url)
    entries = tuple(SitemapEntry(url=u) for u in list(kept)[:MOST_ENTRIES])
    return Sitemap(entries=entries, left_out=len(stated) - len(entries))
