"""What feeds and sitemaps have in common: XML that may not declare anything, URLs, moments."""

import html
import re
import zlib
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from kg.errors import InputError

_HEAD = 4_096
_LONGEST_URL = 2_048
_BLANK = re.compile(rb"\s*")
_SKIPPED = ((b"<?", b"?>"), (b"<!--", b"-->"))
_ELEMENT = re.compile(rb"<([A-Za-z_][\w.:-]{0,99})")
_DOCTYPE = re.compile(
    rb"<!DOCTYPE\s+([\w.:-]{1,100})(?:[^>\[\"']|\"[^\"]*\"|'[^']*')*+([>\[]|\Z)", re.IGNORECASE
)
_MOST_ATTRIBUTES = 500
_CROWDED = re.compile(
    rb"<[A-Za-z][\w.:-]{0,100}+"
    rb"(?:\s++[^\s=>\"'<]{1,200}+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"']*+))?+){%d}"
    % (_MOST_ATTRIBUTES + 1)
)
_TAG = re.compile(r"<[^<>]*>")
_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d)(:\d\d)?(?:[.,]\d+)?\s*([Zz]|[+-]\d\d:?\d\d)?)?\Z"
)


def unpack(raw: bytes, most: int) -> bytes:
    """Return the bytes, unpacked where they are gzip.

    Raises:
        InputError: larger than `most` bytes, or broken.
    """
    if len(raw) > most:
        raise InputError(f"larger than {most:,} bytes")
    if not raw.startswith(b"\x1f\x8b"):
        return raw
    content = bytearray()
    while raw.startswith(b"\x1f\x8b"):
        inner = zlib.decompressobj(31)
        try:
            content += inner.decompress(raw, most + 1 - len(content))
        except zlib.error as error:
            raise InputError(f"broken gzip: {error}") from None
        if len(content) > most:
            raise InputError(f"unpacks to more than {most:,} bytes")
        if not inner.eof:
            raise InputError("broken gzip: its end is missing")
        raw = inner.unused_data
    return bytes(content)


def peek(raw: bytes) -> bytes:
    """Return the first bytes, unpacked where they are gzip."""
    if not raw.startswith(b"\x1f\x8b"):
        return raw[:_HEAD]
    try:
        return zlib.decompressobj(31).decompress(raw[:65_536], _HEAD)
    except zlib.error:
        return b""


def root_name(head: bytes) -> str:
    """Return the local name of the first element, in lower case; "" where there is none.

    >>> root_name(b'<?xml version="1.0"?><!-- <a> --><rdf:RDF xmlns="x">')
    'rdf'
    """
    return _prolog(_ascii(head[:_HEAD]))[0]


def check_xml(raw: bytes) -> None:
    """Refuse XML with a document type of its own: entities can be declared nowhere else.

    A document type that only names one (`<!DOCTYPE rss PUBLIC …>`) is let through: it is not read.

    Source: https://www.w3.org/TR/xml/#NT-doctypedecl

    Raises:
        InputError: it does.
    """
    if _prolog(_ascii(raw))[1]:
        raise InputError(
            "the XML declares entities or elements of its own (<!DOCTYPE … [), which is refused"
        )


def check_attributes(raw: bytes) -> None:
    """Refuse elements with so many attributes that parsers take minutes over them.

    Raises:
        InputError: there is one.
    """
    if _CROWDED.search(_ascii(raw)):
        raise InputError(f"an element has more than {_MOST_ATTRIBUTES} attributes")


def _prolog(text: bytes) -> tuple[str, bool]:
    """Return the name of the first element, and whether declarations stand before it.

    Where they do, the name is that of the document type.
    """
    place = len(text) - len(text.lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n"))
    while True:
        blank = _BLANK.match(text, place)
        place = blank.end() if blank else place
        ending = next((end for begun, end in _SKIPPED if text.startswith(begun, place)), None)
        if ending is not None:
            found = text.find(ending, place)
            if found < 0:
                return "", False
            place = found + len(ending)
        elif doctype := _DOCTYPE.match(text, place):
            if doctype[2] != b">":
                return _local(doctype[1]), True
            place = doctype.end()
        else:
            element = _ELEMENT.match(text, place)
            return (_local(element[1]) if element else ""), False


def _local(name: bytes) -> str:
    return name.rpartition(b":")[2].decode("ascii", "replace").lower()


def _ascii(raw: bytes) -> bytes:
    """Return the bytes so that ASCII can be searched in them, whichever UTF they are in."""
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in raw[:64]:
        return raw.replace(b"\x00", b"")
    return raw


def entry_url(value: object, base: str | None) -> str | None:
    """Return the absolute URL of an entry, without its fragment; None if it is not of the web.

    >>> entry_url(" /a b#c", "https://news.example/feed")
    'https://news.example/a%20b'
    >>> entry_url("javascript:alert(1)", "https://news.example/feed")
    """
    if not isinstance(value, str) or not value.strip():
        return None
    text = re.sub(r"[\t\r\n]", "", value.strip()).replace(" ", "%20")
    if len(text) > _LONGEST_URL or not text.isprintable():
        return None
    try:
        found = urljoin(base or "", text)
        parts = urlsplit(found)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    if not usable or "@" in parts.netloc:
        return None
    return parts._replace(fragment="").geturl()


def clean_text(value: object, most: int = 2_000) -> str | None:
    """Return text without markup, in one line; None where nothing is left.

    >>> clean_text("<b>Mayor</b> &amp; council   resign")
    'Mayor & council resign'
    """
    if not isinstance(value, str):
        return None
    text = html.unescape(_TAG.sub(" ", value[: 10 * most]))
    text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())[:most].rstrip() or None


def read_moment(value: str) -> str | None:
    """Return a moment or day as ISO 8601; a moment without a zone is one of UTC.

    >>> read_moment("2026-03-01"), read_moment("2026-03-01T08:30:00.5+0100")
    ('2026-03-01', '2026-03-01T08:30:00+01:00')
    >>> read_moment("Sun, 01 Mar 2026 08:30:00 -0500")
    '2026-03-01T08:30:00-05:00'
    """
    text = value.strip()[:100]
    if re.fullmatch(r"\d{4}(-\d\d)?", text):
        return None  # a year or a month is no day
    found = _ISO.match(text)
    try:
        if found is None:
            moment = parsedate_to_datetime(text)
        elif found[2] is None:
            return datetime.strptime(found[1], "%Y-%m-%d").replace(tzinfo=UTC).date().isoformat()
        else:
            zone = (found[4] or "Z").upper()
            moment = datetime.fromisoformat(f"{found[1]}T{found[2]}{found[3] or ':00'}{zone}")
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.isoformat(timespec="seconds")
