"""Tags that no honest page has are refused before the tree is built: it takes them square time."""

import re
from collections.abc import Iterator

from kg.errors import InputError

MOST_ATTRIBUTES = 5_000
_SHORT = 2 * MOST_ATTRIBUTES  # characters; a shorter tag has no room for so many
_START = re.compile(r"<(?:!--|(?:script|style)\b|[a-z])", re.IGNORECASE)
_RAW_END = re.compile(r"</(?:script|style)\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"[\s/]*[^\s/>=][^\s/>=]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]*))?")
_INSIDE = re.compile(rf"[^\s/>]*(?:{_ATTRIBUTE.pattern})*+")


def refuse_long_tags(text: str) -> None:
    """Refuse a page with a tag of more than `MOST_ATTRIBUTES` attributes.

    Comments, scripts and styles are passed over. Takes time in proportion to the text.

    Source: https://html.spec.whatwg.org/multipage/parsing.html#before-attribute-name-state

    Raises:
        InputError: there is one.
    """
    for start, end in _long_tags(text):
        found = _ATTRIBUTE.finditer(text, start, end)
        if sum(1 for _ in found) > MOST_ATTRIBUTES:
            raise InputError(f"an element with more than {MOST_ATTRIBUTES:,} attributes")


def _long_tags(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the attributes of long tags begin and end."""
    place = 0
    while start := _START.search(text, place):
        if start[0] == "<!--":
            place = text.find("-->", start.end() - 2) + 3
            if place < 3:
                return
            continue
        inside = _INSIDE.match(text, start.end())
        place = inside.end() if inside else start.end()
        if place - start.end() > _SHORT:
            yield start.end(), place
        if len(start[0]) > 2:
            ending = _RAW_END.search(text, place)
            if ending is None:
                return
            place = ending.end()
