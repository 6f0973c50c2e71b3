"""Documents: from plain text, and from what was read of a page or of another's record."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kg.errors import InputError
from kg.model import Capture, Document, Failure, Origin
from kg.read.decode import decode_text
from kg.read.pages.page import Page
from kg.read.sidecar import FIELDS, Stated, read_sidecar
from kg.read.sources import Source
from kg.read.zones import find_zones
from kg.settings import Settings

_XSD = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An input that is to become a document: what is known of it before it is read.

    Attributes:
        name: of the source, as records will have it.
        digest: sha256 of its bytes.
        media_type: of its bytes.
        stated: what stands beside it, what counts most first.
        otherwise: what counts only where the page itself says nothing, as a feed's entry.
    """

    name: str
    digest: str
    media_type: str = "text/plain"
    capture: Capture | None = None
    stated: tuple[Stated, ...] = ()
    otherwise: Stated | None = None


def find_stated(source: Source, table: dict[str, Stated]) -> tuple[Stated, ...]:
    """Return what is known beside an input, what counts most first."""
    path = Path(source.name)
    row = table.get(source.name) or table.get(path.name) or table.get(path.stem)
    beside = read_sidecar(source.path) if source.path else None
    return tuple(known for known in (row, beside) if known is not None)


def read_text(raw: bytes, given: Given, settings: Settings) -> Iterator[Document | Failure]:
    """Yield what is odd about a plain text, then the text.

    Raises:
        InputError: it is no text, or too long.
    """
    as_told = settings.reading.kind == "text"
    decoded = decode_text(raw, settings.max_characters, allow_markup=as_told)
    page = Page(
        text=decoded.text,
        zones=find_zones(decoded.text),
        encoding=decoded.encoding,
        bad_bytes=decoded.bad_bytes,
    )
    yield from make_document(page, given, settings)


def make_document(page: Page, given: Given, settings: Settings) -> Iterator[Document | Failure]:
    """Yield what is odd about a page, then its document.

    Raises:
        InputError: there is no text, or it is too long.
    """
    if not page.text.strip():
        raise InputError("there is no text in it: no article was found")
    if len(page.text) > settings.max_characters:
        limit = f"{settings.max_characters:,}"
        raise InputError(f"longer than {limit} characters: split it into one file per article")
    own = _of_page(page)
    known = [*given.stated, own, *([given.otherwise] if given.otherwise else [])]
    for reason in _oddities(page, given.stated):
        yield Failure(source=given.name, step="read", reason=reason, fatal=False)
    values = {key: value for one in reversed(known) for key, value in one.values.items()}
    if "date_published" in values:
        values["date_published"] = as_xsd(values["date_published"])
    authors = next((one.authors for one in known if one.authors), ())
    yield Document(
        source=given.name,
        text=page.text,
        raw_sha256=given.digest,
        media_type=given.media_type,
        encoding=page.encoding,
        bad_bytes=page.bad_bytes,
        zones=page.zones,
        url=values.get("url"),
        title=values.get("title"),
        publisher=values.get("publisher"),
        date_published=values.get("date_published"),
        authors=authors,
        language=values.get("language"),
        origins=_origins(known, page),
        capture=given.capture,
        page_data=page.data,
    )


def as_xsd(date: str) -> str:
    """Return an ISO 8601 day or date-time in the form of XML Schema: extended, with seconds.

    >>> as_xsd("2024-08-08T08:00Z"), as_xsd("20240808"), as_xsd("2024-08-08T08:00:00+02:00")
    ('2024-08-08T08:00:00Z', '2024-08-08', '2024-08-08T08:00:00+02:00')
    """
    if _XSD.fullmatch(date):
        return date
    moment = datetime.fromisoformat(date)
    if "T" not in date and ":" not in date:
        return moment.date().isoformat()
    told = moment.isoformat(timespec="seconds")
    return told.replace("+00:00", "Z") if date.endswith("Z") else told


def digest_of(raw: bytes) -> str:
    """Return the sha256 of bytes, 64 hex digits."""
    return hashlib.sha256(raw).hexdigest()


def _of_page(page: Page) -> Stated:
    values = {name: getattr(page, name) for name in FIELDS if name != "authors"}
    return Stated(
        {name: value for name, value in values.items() if value}, page.authors, origin="page"
    )


def _origins(known: Sequence[Stated], page: Page) -> tuple[Origin, ...]:
    """Return where each value came from: a page says it of each, a file of all."""
    of_page = {origin.field: origin.origin for origin in page.origins}
    found = []
    for field in FIELDS:
        first = next((one for one in known if field in one.fields), None)
        if first is not None:
            told = of_page.get(field, first.origin) if first.origin == "page" else first.origin
            found.append(Origin(field=field, origin=told))
    return tuple(found)


def _oddities(page: Page, stated: Sequence[Stated]) -> Iterator[str]:
    yield from (reason for known in stated for reason in known.warnings)
    if page.bad_bytes:
        reason = f"{page.bad_bytes} bytes are not {page.encoding} and were replaced"
        yield f"{reason}: save the text as UTF-8"
    yield from page.warnings
    if not any(zone.kind == "body" for zone in page.zones):
        yield "no running text was found: only titles, links or notices"
