"""Which site carries an article, and whose text it is, as far as the file shows it.

Evidence, strongest first: what stands beside the text; the byline; the site's copyright line; "More
from X"; the suffix of the headline. A credit "(c) X, 2022" or "first appeared in X" below the
story, an agency in the byline or dateline, and "told The X" of an agency name the original outlet.

What it gets wrong: sites that carry only their owner's name; outlets that are quoted by name.
"""

import re
from collections.abc import Iterator

from kg.authority import load_authority
from kg.extract.bylines import Byline, is_outlet, outlet_words
from kg.extract.parse import Parsed
from kg.model import Link, Outlet, Span

_NAME = r"(?P<name>[A-Z][\w&'’./-]*(?: (?:[A-Z&(][\w&'’./()-]*|of|or|and|the|de|for|on)){0,6})"
_FOOTER = re.compile(
    rf"(?:©|\(c\)|[Cc]opyright(?: ©)?)\s*(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?[,.]?\s*"
    rf"(?:by )?{_NAME}|"
    rf"(?:19|20)\d\d\s*©\s*{_NAME.replace('name', 'name2')}|"
    rf"©\s*{_NAME.replace('name', 'name3')},?\s*(?:19|20)\d\d"
)
_CREDIT = re.compile(rf"^(?:\(c\)|\(C\)|©)\s*{_NAME},\s*(?:19|20)\d\d\W*$")
_FIRST = re.compile(
    r"(?:[Ff]irst|[Oo]riginally) (?:appeared|published|posted|ran) (?:in|on|by|at) "
    rf"(?:the )?{_NAME}|"
    rf"[Rr]epublished (?:with permission )?from (?:the )?{_NAME.replace('name', 'name2')}"
)
_MORE = re.compile(
    r"^(?:More (?:from|on|news from)|Follow|Subscribe to|Read more (?:on|at|from)|About|Support|"
    rf"Download the)\s+{_NAME}(?=\s*$|\s+(?:for|on|today|app|magazine|newsletter)\b)"
)
_SUFFIX = re.compile(r"\s+(?:\||[-–—•·]|::)\s+(?P<name>[^|]{2,40})$")
_PLACE_AGENCY = re.compile(r"\((?P<name>[A-Z][\w .-]{1,30})\)")
_GENERIC = frozenset(
    ("us", "me", "author", "authors", "the author", "this", "topics", "privacy", "all")
)


def headline_suffix(headline: Span | None, parsed: Parsed) -> Span | None:
    """Return the site or source that a headline ends with, or None.

    >>> _SUFFIX.search("Dam bursts | The Daily Reed")["name"]
    'The Daily Reed'
    """
    match = _SUFFIX.search(headline.text) if headline else None
    if match is None or headline is None:
        return None
    name, before = match["name"].strip(), headline.text[: match.start()]
    words = name.split()
    titled = all(w[0].isupper() or w in ("of", "the", "and") for w in words)
    if not titled or len(words) > 5 or len(before.split()) < 3:
        return None
    if not is_outlet(name) and not _is_repeated(name, parsed):
        return None
    begin = headline.start + match.start("name")
    return parsed.span(begin, begin + len(match["name"]))


def find_publisher(parsed: Parsed, byline: Byline, suffix: Span | None) -> Outlet | None:
    """Return the site that carries the article, or None where the file does not show it."""
    stated = parsed.document.publisher
    if stated:
        return to_outlet(stated, None)
    for span in _publisher_spans(parsed, byline):
        return to_outlet(_without_legal_form(span.text), span)
    if byline.account is not None:
        owner = _account_owner(byline.account, parsed)
        if owner is not None:
            return to_outlet(owner.text, owner)
    return to_outlet(suffix.text.strip(), suffix) if suffix else None


def find_original(
    parsed: Parsed, byline: Byline, suffix: Span | None, publisher: Outlet | None
) -> Outlet | None:
    """Return the outlet whose text the site carries, or None where it seems the site's own."""
    for span in _original_spans(parsed, byline, suffix):
        name = outlet_words().agency_names.get(span.text.strip(), span.text.strip())
        if publisher is None or not _same_outlet(name, publisher.name):
            return to_outlet(name, span)
    return None


def to_outlet(name: str, span: Span | None) -> Outlet:
    """Return an outlet, linked where the authority file knows exactly one of that name."""
    known = [e for e in load_authority().find(name) if e.type == "NewsMediaOrganization"]
    link = Link(iri=known[0].path, qid=known[0].qid) if len(known) == 1 else None
    return Outlet(name=name, span=span, link=link)


def _publisher_spans(parsed: Parsed, byline: Byline) -> Iterator[Span]:
    agencies = set(outlet_words().agencies)
    yield from (span for span in byline.outlets if span.text not in agencies)
    yield from _found(parsed, _MORE, ("related", "notice", "bio"))
    yield from _found(parsed, _FOOTER, ("notice",))


def _original_spans(parsed: Parsed, byline: Byline, suffix: Span | None) -> Iterator[Span]:
    agencies = set(outlet_words().agencies)
    yield from _found(parsed, _CREDIT, ("notice", "byline", "bio"))
    yield from _found(parsed, _FIRST, ("notice", "byline", "bio", "related"))
    yield from (span for span in byline.outlets if span.text in agencies)
    if suffix is not None:
        yield suffix
    yield from (s for s in _found(parsed, _PLACE_AGENCY, ("dateline",)) if s.text in agencies)
    yield from _told(parsed)


def _found(parsed: Parsed, pattern: re.Pattern[str], kinds: tuple[str, ...]) -> Iterator[Span]:
    for zone in parsed.document.zones:
        if zone.kind not in kinds or zone.end - zone.start > 400:
            continue
        words = parsed.document.text[zone.start : zone.end]
        if pattern is _FOOTER and _CREDIT.match(words):
            continue
        for match in pattern.finditer(words):
            group = match.lastgroup or "name"
            begin, end = match.span(group)
            end -= len(match[group]) - len(_trimmed(match[group]))
            if end > begin and words[begin:end].lower() not in _GENERIC:
                yield parsed.span(zone.start + begin, zone.start + end)


def _trimmed(name: str) -> str:
    name = re.split(r"(?:\.|,)? (?:All|or its|and its)\b|\. ", name)[0]
    return re.sub(r"(?: (?:of|or|and|the|de|for|on))+$", "", name.rstrip(" .,(-"))


def _told(parsed: Parsed) -> Iterator[Span]:
    """Yield an agency that somebody "told" something: it was there, so the text is its own."""
    names = "|".join(re.escape(a) for a in sorted(outlet_words().agencies, key=len, reverse=True))
    for match in re.finditer(rf"\btold ({names})\b", parsed.text):
        yield parsed.span(match.start(1), match.end(1))


def _account_owner(account: Span, parsed: Parsed) -> Span | None:
    """Return the site's name in an account like "DailyReed_Admin", or None."""
    bare = re.sub(r"[_.-]?(?:admin|editor|staff|web|news)$", "", account.text, flags=re.IGNORECASE)
    if bare == account.text or len(bare) < 3 or bare.lower() in outlet_words().nobody:
        return None
    return parsed.span(account.start, account.start + len(bare))


def _without_legal_form(name: str) -> str:
    """Return a company's name as an outlet's: "Reed News Ltd" is "Reed" if that is known."""
    words = name.split()
    forms = outlet_words().legal_forms
    while len(words) > 1 and words[-1].strip(",") in forms:
        words.pop()
    for length in range(len(words), 0, -1):
        known = load_authority().find(" ".join(words[:length]))
        if len(known) == 1 and known[0].type == "NewsMediaOrganization":
            return known[0].name
    return " ".join(words)


def _same_outlet(one: str, other: str) -> bool:
    left, right = (re.sub(r"^the | magazine$", "", n.lower().strip()) for n in (one, other))
    return left == right or left in right or right in left


def _is_repeated(name: str, parsed: Parsed) -> bool:
    return parsed.document.text.count(name) > 1
