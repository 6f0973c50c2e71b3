"""Who wrote an article, from the lines that say so.

A byline may name writers, a post, an outlet or agency, a place, or only the account that posted the
text. What it gets wrong: writers with a single name; outlets whose names look like people's.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.authority import load_authority
from kg.extract.parse import Parsed
from kg.model import Author, Span

_LEXICON = Path(__file__).parent / "lexicon"
_BY = re.compile(
    r"^\W*(?:(?:written|reported|text|story|posted|published|words|filed)\s+)?(?:by|authors?:|from:|words:)\s+",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:,|;|\||·|•|&|/|\band\b|\bAnd\b|\bAND\b|\bfor\b)\s*")
_GLUED = re.compile(
    r"(?<=[a-zé])(?<!\bMc)(?<!Mac)(?<!\bDe)(?<!\bLe)(?<!\bLa)(?=(?:The )?[A-Z][a-z]+(?: [A-Z]|$))"
)
_CAPITALISED = r"[A-ZÀ-ÖØ-Ý][\w'’.-]*"
_NAME = re.compile(
    rf"{_CAPITALISED}(?: (?:{_CAPITALISED}|de|van|von|der|den|da|di|del|la|le|al|el|bin|ibn|dos|du|"
    r"ter|ten)){1,4}"
)
_PLACE = re.compile(r"^(?P<name>.+?) in (?P<place>[A-Z][\w .'’-]+)$")
_ACCOUNT = re.compile(r"^@?[\w.-]*(?:_|\d|[Aa]dmin)[\w.-]*$")


@dataclass(frozen=True, slots=True)
class OutletWords:
    """Words of `lexicon/outlets.toml`; single words and whole names in lower case."""

    outlet_words: frozenset[str]
    agencies: tuple[str, ...]
    agency_names: dict[str, str]
    posts: frozenset[str]
    nobody: frozenset[str]
    legal_forms: tuple[str, ...]
    first_names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Byline:
    """What the bylines of a document say.

    Attributes:
        authors: in order, without repeats. outlets: names of outlets and agencies.
        account: the account that posted the text. place: where it was written.
    """

    authors: tuple[Author, ...] = ()
    outlets: tuple[Span, ...] = ()
    account: Span | None = None
    place: Span | None = None


@lru_cache(maxsize=1)
def outlet_words() -> OutletWords:
    """Return the words that tell outlets from writers."""
    data = tomllib.loads((_LEXICON / "outlets.toml").read_text("utf-8"))
    names = tomllib.loads((_LEXICON / "first_names.toml").read_text("utf-8"))
    return OutletWords(
        first_names=frozenset(name for words in names.values() for name in words.split()),
        outlet_words=frozenset(data["outlet_words"]),
        agencies=tuple(data["agencies"]),
        agency_names=data["agency_names"],
        posts=frozenset(data["bylines"]["posts"]),
        nobody=frozenset(data["bylines"]["nobody"]),
        legal_forms=tuple(data["bylines"]["legal_forms"]),
    )


def read_bylines(parsed: Parsed) -> Byline:
    """Return the writers, outlets, account and place that the byline zones name."""
    authors: dict[str, Author] = {}
    outlets: list[Span] = []
    account = place = None
    for part in _byline_parts(parsed):
        span, where = _without_place(part, parsed)
        place = place or where
        if _ACCOUNT.match(span.text):
            account = account or span
        elif is_outlet(span.text):
            outlets.append(span)
        elif (name := _person(span, parsed)) is not None:
            authors.setdefault(name.text, Author(name=name.text, span=name))
    return Byline(tuple(authors.values()), tuple(outlets), account, place)


def _without_place(span: Span, parsed: Parsed) -> tuple[Span, Span | None]:
    """Return the outlet and the place of "The Reed in Lisbon"; else the span and None."""
    placed = _PLACE.match(span.text)
    if placed is None or not is_outlet(placed["name"]):
        return span, None
    place = parsed.span(span.start + placed.start("place"), span.end)
    return parsed.span(span.start, span.start + placed.end("name")), place


def is_outlet(name: str) -> bool:
    """Return whether a name is that of an outlet or agency."""
    words = outlet_words()
    bare = name.strip()
    if bare in words.agencies:
        return True
    if any(e.type == "NewsMediaOrganization" for e in load_authority().find(bare)):
        return True
    parts = bare.lower().split()
    if len(parts) == 2 and parts[0] in words.first_names:
        return False
    return len(parts) > 1 and any(part in words.outlet_words for part in parts[-2:] + parts[:1])


def _byline_parts(parsed: Parsed) -> list[Span]:
    """Return the names in byline lines, without "by"."""
    parts: list[Span] = []
    text = parsed.document.text
    for start, end in _byline_lines(parsed):
        by = _BY.match(text[start:end])
        begin = start + by.end() if by else start
        parts += [parsed.span(*piece) for piece in _pieces(text, begin, end)]
    return parts


def _byline_lines(parsed: Parsed) -> list[tuple[int, int]]:
    """Return byline zones, and later lines of headline and standfirst that begin with "by"."""
    lines = []
    for zone in parsed.document.zones:
        if zone.kind not in ("byline", "headline", "standfirst"):
            continue
        found = re.finditer(r"[^\n]+", parsed.document.text[zone.start : zone.end])
        lines += [
            (zone.start + line.start(), zone.start + line.end())
            for line in found
            if zone.kind == "byline" or (line.start() and _BY.match(line[0]))
        ]
    return lines


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the parts of a line between commas, bars, "and" and glued words."""
    cuts = [(m.start(), m.end()) for m in _SPLIT.finditer(text, start, end)]
    cuts += [(m.start(), m.end()) for m in _GLUED.finditer(text, start, end)]
    pieces, begin = [], start
    for left, right in [*sorted(cuts), (end, end)]:
        while begin < left and text[begin].isspace():
            begin += 1
        stop = left
        while stop > begin and text[stop - 1].isspace():
            stop -= 1
        if stop > begin:
            pieces.append((begin, stop))
        begin = right
    return pieces


def _person(span: Span, parsed: Parsed) -> Span | None:
    """Return the name at the beginning of a part, without the post behind it."""
    words = outlet_words()
    if span.text.lower() in words.nobody:
        return None
    match = _NAME.match(span.text)
    if match is None:
        return None
    kept = match[0].split(" ")
    while len(kept) > 2 and kept[-1].lower() in words.posts:
        kept.pop()
    name = " ".join(kept)
    if any(w.lower() in words.posts for w in kept) or any(c.isdigit() for c in name):
        return None
    rest = span.text[len(name) :].split()
    if any(word.lower().strip(".") not in words.posts for word in rest[:1]):
        return None
    known = load_authority().find(name)
    if any(e.type not in ("Person",) for e in known) or re.search(r"[a-z][A-Z]{2}", name):
        return None
    return parsed.span(span.start, span.start + len(name))
