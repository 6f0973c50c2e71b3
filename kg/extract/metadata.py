"""What a document says of itself: headline, writers, outlet, place and date of writing."""

import re
from dataclasses import dataclass
from datetime import datetime

from kg.extract.dates import Anchor
from kg.extract.language import detect_language
from kg.extract.parse import Parsed
from kg.model import Author, Outlet, Span

_DATE = re.compile(r"([A-Z][a-z]{2,8})\.? (\d{1,2}), ((?:19|20)\d\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a document says of itself; fields as in `kg.model.Article`.

    Attributes:
        reference: the day that "Monday" is relative to.
    """

    language: str = "und"
    headline: Span | None = None
    title: str | None = None
    authors: tuple[Author, ...] = ()
    publisher: Outlet | None = None
    original_publisher: Outlet | None = None
    dateline: Span | None = None
    date_published: str | None = None
    date_inferred: str | None = None
    date_earliest: str | None = None
    date_latest: str | None = None
    date_basis: str | None = None
    reference: Anchor = Anchor()


def read_metadata(parsed: Parsed) -> Metadata:
    """Return what the document says of itself, in its zones and beside the text."""
    document = parsed.document
    day = _stated_day(parsed)
    return Metadata(
        language=document.language or detect_language(parsed),
        headline=_zone_span(parsed, "headline"),
        title=document.title,
        authors=tuple(Author(name=name) for name in document.authors),
        publisher=Outlet(name=document.publisher) if document.publisher else None,
        dateline=_zone_span(parsed, "dateline"),
        date_published=day,
        date_inferred=day,
        date_earliest=day,
        date_latest=day,
        date_basis="stated" if day else None,
        reference=Anchor(day, day),
    )


def _zone_span(parsed: Parsed, kind: str) -> Span | None:
    zone = next((z for z in parsed.document.zones if z.kind == kind), None)
    return parsed.span(zone.start, zone.end) if zone else None


def _stated_day(parsed: Parsed) -> str | None:
    if parsed.document.date_published:
        return parsed.document.date_published[:10]
    for zone in parsed.document.zones:
        if zone.kind in ("date", "byline"):
            match = _DATE.search(parsed.document.text[zone.start : zone.end])
            if match:
                words = f"{match[1][:3]} {match[2]} {match[3]} +0000"
                return datetime.strptime(words, "%b %d %Y %z").date().isoformat()
    return None
