"""From bytes to text: which encoding, how many bytes were bad, and what is no text at all.

What it gets wrong: short texts in an old eight-bit encoding, which look alike in several of them.
"""

import codecs
import json
import re
from dataclasses import dataclass
from importlib.util import find_spec

from kg.errors import InputError

# Source: the formats' own first bytes; file(1)
_MAGIC = (
    (b"%PDF", "a PDF file: save its text as .txt first (pdftotext)"),
    (b"\x1f\x8b", "a gzip archive: unpack it first (gunzip)"),
    (b"PK\x03\x04", "a ZIP, Word or EPUB file: unpack it, or save it as plain text"),
    (b"BZh", "a bzip2 archive: unpack it first (bunzip2)"),
    (b"\xfd7zXZ", "an xz archive: unpack it first (unxz)"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it first"),
    (b"(\xb5/\xfd", "a zstd archive: unpack it first"),
    (b"Rar!", "a RAR archive: unpack it first"),
    (b"\x89PNG", "a PNG picture, not a text"),
    (b"\xff\xd8\xff", "a JPEG picture, not a text"),
    (b"GIF8", "a GIF picture, not a text"),
    (b"\x7fELF", "a program, not a text"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file: save it as plain text"),
    (b"{\\rtf", "an RTF file: save it as plain text"),
    (b"SQLite format 3", "a database, not a text"),
    (b"WARC/1.", "a WARC file: extract the texts of its pages first"),
    (b"filedesc://", "an ARC file, the older form of web archives: make it a WARC first"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ESCAPED = re.compile("[\udc80-\udcff]")
_LONE = re.compile("[\ud800-\udfff]")
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
_HTML = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)?(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(r"\s*<\?xml\b|\s*<(?:rss|feed|article|TEI|nitf|newsItem)\b", re.IGNORECASE)
_TAGS = re.compile(
    r"</?(?:p|div|span|a|br|li|ul|h[1-6]|script|meta|table|td)\b[^>]{0,300}>", re.IGNORECASE
)
_SAMPLE = 200_000
_FEW_BAD = 0.01
_MANY_CONTROLS = 0.02
_MANY_TAGS = 20


@dataclass(frozen=True)
class Decoded:
    """Text without byte order mark; how many bytes of it became U+FFFD."""

    text: str
    encoding: str
    bad_bytes: int = 0


def decode_text(raw: bytes, limit: int, *, allow_markup: bool = False) -> Decoded:
    """Return the text of a file.

    Args:
        raw: all its bytes.
        limit: how many characters it may have.
        allow_markup: take pages and data files for text too.

    Raises:
        InputError: it is no plain text, or too long.
    """
    try:
        decoded = decode_bytes(raw)
    except ValueError as error:
        raise InputError(str(error)) from error
    if not decoded.text.strip():
        raise InputError("empty file: there is no text in it")
    if len(decoded.text) > limit:
        raise InputError(f"longer than {limit:,} characters: split it into one file per article")
    if not allow_markup and (reason := refuse_markup(decoded.text)):
        raise InputError(reason)
    return decoded


def decode_bytes(raw: bytes) -> Decoded:
    """Return the text of `raw`.

    UTF-8, UTF-16 and UTF-32 are told by their marks and patterns; what is mostly UTF-8 is read as
    such, its bad bytes replaced; else the encoding is guessed.

    Raises:
        ValueError: no text; the message says what it is and what to do.
    """
    for magic, reason in _MAGIC:
        if raw.startswith(magic):
            raise ValueError(f"this is {reason}")
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _replace(raw[len(mark) :], encoding)
    wide = _wide_encoding(raw[:_SAMPLE])
    if wide:
        return _replace(raw, wide)
    sample = raw[:_SAMPLE]
    if b"\0" in raw or len(_CONTROL.findall(sample)) > _MANY_CONTROLS * len(sample):
        raise ValueError("binary data, not a text: save the article as plain text (UTF-8)")
    as_utf8 = _replace(raw, "utf-8")
    if as_utf8.bad_bytes == 0 or _is_damaged_utf8(raw, as_utf8):
        return as_utf8
    return _replace(raw, _guess(raw[:_SAMPLE]))


def refuse_markup(text: str) -> str | None:
    """Return why a text is a page, feed or data file given by mistake, or None."""
    if _HTML.match(text[:5000]) or len(_TAGS.findall(text[:50_000])) > _MANY_TAGS:
        return "this is HTML, not plain text: save the page as text, or extract its article first"
    if _XML.match(text[:1000]):
        return "this is XML, not plain text: extract the article's text first"
    if text.lstrip()[:1] in ("{", "[") and _is_json(text):
        return "this is JSON, not plain text: put each article's text into a .txt file"
    return None


def mend_pairs(written: str) -> str:
    r"""Return JSON whose texts can be written: half a surrogate pair alone becomes U+FFFD.

    Source: https://www.rfc-editor.org/rfc/rfc8259#section-8.2

    >>> mend_pairs(r'"\ud83d \ud83d\ude00 \\ud83d"')
    '"\\ufffd \\ud83d\\ude00 \\\\ud83d"'
    """
    if "\\ud" not in written and "\\uD" not in written:
        return written
    return _ESCAPE.sub(lambda found: "\\ufffd" if found[1] else found[0], written)


def _is_json(text: str) -> bool:
    """Whether the text, or its first line, is a JSON object or list."""
    for piece in (text.strip().split("\n", 1)[0], text):
        try:
            value = json.loads(piece)
        except (ValueError, RecursionError):
            continue
        return isinstance(value, dict | list)
    return False


def _replace(raw: bytes, encoding: str) -> Decoded:
    """Decode, with U+FFFD for each bad byte."""
    if encoding.startswith(("utf-16", "utf-32")):
        text = raw.decode(encoding, "replace")
        return Decoded(text, encoding, text.count("\ufffd"))
    text = raw.decode(encoding, "surrogateescape")
    text, bad = _ESCAPED.subn("\ufffd", text)
    return Decoded(_LONE.sub("\ufffd", text), encoding, bad)


def _wide_encoding(sample: bytes) -> str | None:
    """Name UTF-16 without a mark by its NULs: every other byte of Latin text."""
    if len(sample) < 4 or b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.05 * half else None


def _is_damaged_utf8(raw: bytes, decoded: Decoded) -> bool:
    """Whether there is more good than bad beyond ASCII."""
    beyond = sum(byte > 0x7F for byte in raw[:_SAMPLE])
    good = sum(ord(c) > 0x7F for c in decoded.text[:_SAMPLE]) - decoded.bad_bytes
    return decoded.bad_bytes <= _FEW_BAD * len(raw) and good > decoded.bad_bytes and beyond > 0


def _guess(sample: bytes) -> str:
    """Return the likeliest eight-bit encoding; Windows-1252 where nothing can tell."""
    if find_spec("charset_normalizer") is not None:
        from charset_normalizer import from_bytes

        best = from_bytes(sample).best()
        if best is not None and best.encoding not in ("ascii", "utf_8"):
            return codecs.lookup(best.encoding).name
    return "cp1252"
