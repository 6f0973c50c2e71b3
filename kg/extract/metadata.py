"""What a document says of itself: headline, writers, outlet, place and date of writing.

What stands beside the text wins over what the text shows. Years of site footers and dates of other
articles on the page are no dates. Where no date is stated, `kg.extract.dates.infer` gives bounds.
"""

import re
from dataclasses import dataclass
from datetime import date

from kg.extract.bylines import Byline, read_bylines
from kg.extract.dates import Anchor
from kg.extract.dates.infer import Inferred, infer_date
from kg.extract.dates.stated import read_stated
from kg.extract.language import document_language
from kg.extract.outlets import find_original, find_publisher, headline_suffix
from kg.extract.parse import Parsed
from kg.model import Author, Outlet, Span

_AGENCY = re.compile(r"\s*\([A-Z][\w .-]{1,30}\)")
_DASHES = " \t\r\n-–—,:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a document says of itself; fields as in `kg.model.Article`.

    Attributes:
        reference: the day that "Monday" is relative to, or the days it can be.
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
    reference: Anchor


def read_metadata(parsed: Parsed) -> Metadata:
    """Return what the document says of itself, in its zones and beside the text."""
    document = parsed.document
    byline = read_bylines(parsed)
    line = _headline_line(parsed)
    suffix = headline_suffix(line, parsed)
    publisher = find_publisher(parsed, byline, suffix)
    dating = _stated_dating(parsed) or infer_date(parsed)
    return Metadata(
        language=document_language(document),
        headline=_without_suffix(line, suffix, parsed),
        title=document.title,
        authors=_authors(parsed, byline),
        publisher=publisher,
        original_publisher=find_original(parsed, byline, suffix, publisher),
        dateline=_dateline(parsed) or byline.place,
        date_published=dating.published,
        date_inferred=dating.guess,
        date_earliest=dating.earliest,
        date_latest=dating.latest,
        date_basis=dating.basis,
        reference=dating.reference,
    )


def _headline_line(parsed: Parsed) -> Span | None:
    """Return the first line of the headline's zone."""
    zone = next((z for z in parsed.document.zones if z.kind == "headline"), None)
    if zone is None:
        return None
    words = parsed.document.text[zone.start : zone.end]
    match = re.search(r"\S[^\n]*", words)
    if match is None:
        return None
    return _stripped(parsed, zone.start + match.start(), zone.start + match.end())


def _without_suffix(line: Span | None, suffix: Span | None, parsed: Parsed) -> Span | None:
    if line is None or suffix is None:
        return line
    kept = line.text[: suffix.start - line.start].rstrip(" \t\u00a0|-–—•·:")
    return parsed.span(line.start, line.start + len(kept))


def _authors(parsed: Parsed, byline: Byline) -> tuple[Author, ...]:
    stated = parsed.document.authors
    if not stated:
        return byline.authors
    spans = {author.name: author.span for author in byline.authors}
    return tuple(Author(name=name, span=spans.get(name)) for name in stated)


def _dateline(parsed: Parsed) -> Span | None:
    """Return the place that opens the story, without dash and agency."""
    zone = next((z for z in parsed.document.zones if z.kind == "dateline"), None)
    if zone is None:
        return None
    words = parsed.document.text[zone.start : zone.end]
    agency = _AGENCY.search(words)
    end = zone.start + (agency.start() if agency else len(words))
    return _stripped(parsed, zone.start, end)


def _stripped(parsed: Parsed, start: int, end: int) -> Span | None:
    text = parsed.document.text
    while end > start and text[end - 1] in _DASHES:
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return parsed.span(start, end) if end > start else None


def _stated_dating(parsed: Parsed) -> Inferred | None:
    """Return the date that is stated beside the text or in its date and byline zones."""
    beside = parsed.document.date_published
    day = _iso_day(beside) if beside else None
    if day is not None:
        return _exactly(beside or "", day, "stated beside the text")
    text = parsed.document.text
    for start, end in _date_lines(parsed):
        day = read_stated(text[start:end])
        if day is not None:
            return _exactly(day.isoformat(), day, "stated in the text")
    return None


def _date_lines(parsed: Parsed) -> list[tuple[int, int]]:
    """Return date lines, those above the story and nearest to it first, then bylines."""
    zones = [z for z in parsed.document.zones if z.end - z.start < 200]
    body = next((z.start for z in parsed.document.zones if z.kind == "body"), 0)
    dates = [z for z in zones if z.kind == "date"]
    dates.sort(key=lambda z: (z.start > body, abs(z.start - body)))
    bylines = [z for z in zones if z.kind == "byline"]
    return [(z.start, z.end) for z in [*dates, *bylines]]


def _iso_day(stated: str) -> date | None:
    try:
        return date.fromisoformat(stated[:10])
    except ValueError:
        return read_stated(stated)


def _exactly(stated: str, day: date, basis: str) -> Inferred:
    iso = day.isoformat()
    published = stated if stated.startswith(iso) else iso
    return Inferred(
        published=published, earliest=iso, latest=iso, basis=basis, reference=Anchor(iso, iso)
    )
