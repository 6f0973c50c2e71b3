"""Which encoding a page is in: what it is declared as, read as browsers do, and what it shows."""

import codecs
import re

from kg.errors import InputError
from kg.read.decode import Decoded, decode_bytes

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_HEAD = 100_000  # bytes in which a declaration counts
# Source: https://encoding.spec.whatwg.org/#names-and-labels: an old name means its larger sister
_LARGER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
}
_OTHERS = frozenset({"utf-8", "koi8-r", "koi8-u", "euc_jp", "iso2022_jp", "mac-roman"})
_FAMILY = re.compile(r"iso8859-\d+|cp125\d")
_FEW_BAD = 0.01
_LAST = 0x10FFFF
# Source: https://www.w3.org/TR/xml/#NT-Char
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,9})|(\d{1,9}));?")


def decode_page(raw: bytes, declared: str | None) -> Decoded:
    """Return the text of a page, its encoding and how many bytes were bad.

    A mark at its beginning counts first; then what is UTF-8 throughout is read as such, whatever it
    is declared as; then what the server said, then what the page says, then what its bytes show.

    Args:
        raw: the page.
        declared: encoding that its server named.

    Raises:
        InputError: it is no text.
    """
    marked = raw.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE))
    if not marked and not raw.isascii() and _is_utf8(raw):
        return Decoded(raw.decode("utf-8"), "utf-8")
    found = _META_CHARSET.search(raw[:_HEAD])
    named = () if marked else (declared, found[1].decode("ascii", "replace") if found else None)
    for name in filter(None, (_known(name) for name in named if name)):
        text = raw.decode(name, "replace")
        bad = text.count("\ufffd")
        if bad <= _FEW_BAD * len(text) and (name != "utf-8" or not bad):
            return Decoded(text, name, bad)
    try:
        return decode_bytes(raw)
    except ValueError as error:
        raise InputError(str(error)) from error


def mend_characters(text: str) -> str:
    """Return a page with U+FFFD for what no tree can hold: control characters, half pairs.

    Source: https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state

    >>> mend_characters("a&#0;b&#xD800;c&#233;") == "a\ufffdb\ufffdc&#233;"
    True
    """

    def mend(found: re.Match[str]) -> str:
        number = int(found[1], 16) if found[1] else int(found[2])
        fits = number <= _LAST and not _NO_CHARACTER.match(chr(number))
        return found[0] if fits else "\ufffd"

    return _REFERENCE.sub(mend, _NO_CHARACTER.sub("\ufffd", text))


def _known(label: str) -> str | None:
    """Return the codec for an encoding of pages; None for another, some of which are slow.

    >>> _known("ISO-8859-1"), _known("latin2"), _known("punycode"), _known("no such")
    ('cp1252', 'iso8859-2', None, None)
    """
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return None
    if name in _LARGER:
        return _LARGER[name]
    return name if name in _OTHERS or _FAMILY.fullmatch(name) else None


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeError:
        return False
    return True
