"""Documents: what was read, before anything is found in it."""

from dataclasses import dataclass
from typing import Literal

ZoneKind = Literal[
    "headline",
    "standfirst",
    "byline",
    "date",
    "dateline",
    "caption",
    "body",
    "related",
    "bio",
    "notice",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Half-open range [start, end) of code points in the document's text, with its words.

    >>> Span.of("NATO denies it", 0, 4)
    Span(start=0, end=4, text='NATO')
    """

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        """Refuse a range that cannot hold its words."""
        if self.start < 0 or self.end - self.start != len(self.text) or not self.text:
            raise ValueError(f"not a span: [{self.start}, {self.end}) {self.text[:40]!r}")

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "Span":
        """Return the span of `text[start:end]`."""
        return cls(start=start, end=end, text=text[start:end])

    def overlaps(self, other: "Span") -> bool:
        """Return whether the two ranges share a code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        """Return whether `other` lies inside this range."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A stretch of the document and what it is: headline, body paragraph, caption, notice.

    Body zones are single paragraphs (without the line break), in order; what no zone covers is
    white space.
    """

    kind: ZoneKind
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a value that the text does not carry came from, such as `NAME.meta.json`."""

    field: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """How a page was come by: by a request over the network, or out of an archive.

    Attributes:
        url: that was asked for, before redirects.
        retrieved: when, ISO 8601 with time zone, as the server or the archive says.
        record_id: WARC-Record-ID, or None.
        container: name of the archive, feed or list that it stands in, or None.
    """

    url: str | None = None
    retrieved: str | None = None
    record_id: str | None = None
    container: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One source text: as decoded, or as extracted from a page or record.

    Attributes:
        source: name of the input, relative to what the user gave; never an absolute path.
        text: decoded text without a byte order mark, or the text extracted from a page; offsets
            count in it.
        raw_sha256: hash of the bytes as read.
        media_type: of those bytes, without parameters.
        encoding: name of the encoding used, as in `codecs`.
        bad_bytes: how many undecodable bytes became U+FFFD.
        zones: sorted by start, not overlapping.
        url, title, publisher, date_published, authors, language: stated beside the text, or empty.
        origins: which file, row or part of a page stated them.
        capture: how a page was come by.
        page_data: the page's own JSON-LD, its context written out; only where it is to be kept.
    """

    source: str
    text: str
    raw_sha256: str
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    bad_bytes: int = 0
    zones: tuple[Zone, ...] = ()
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    date_published: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    origins: tuple[Origin, ...] = ()
    capture: Capture | None = None
    page_data: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A document that could not be used, or a warning about one.

    Attributes:
        source: name of the input. step: read, extract, link, map, validate or write.
        reason: one line that says what is wrong and what to do.
        fatal: False for a warning: the document was still used.
    """

    source: str
    step: str
    reason: str
    fatal: bool = True
