"""The turns of a transcript: "HOLT: We will reopen it." in paragraphs of a dialogue.

What it gets wrong: headings in capitals before a colon, where two or more paragraphs have them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.claims.draft import Range
from kg.extract.claims.quotes import Quote
from kg.model import Zone

_TURN = re.compile(
    r"[\"“]?(?P<name>[A-Z][A-Z.'’-]*(?: [A-Z][A-Z.'’-]*){0,3})(?: \([^()\n]{1,40}\))?: ?(?=\S)"
)
_CLOSING = re.compile(r"\s*[\"”]?\s*$")
_LEAST_TURNS = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker of a transcript says in a paragraph.

    Attributes:
        quote: the words. name: range of the name before the colon.
    """

    quote: Quote
    name: Range


def find_turns(text: str, paragraphs: Sequence[Zone]) -> list[Turn]:
    """Return the turns of a dialogue, in text order; none where fewer than two are marked."""
    found: list[Turn] = []
    for index, zone in enumerate(paragraphs):
        match = _TURN.match(text, zone.start, zone.end)
        if match is None or not any(c.isalpha() for c in match["name"][1:]):
            continue
        closing = _CLOSING.search(text, match.end(), zone.end)
        end = closing.start() if closing is not None else zone.end
        if end > match.end():
            quote = Quote(((match.end(), end),), zone.start, zone.end, index, index)
            found.append(Turn(quote, match.span("name")))
    speaking = {text[slice(*turn.name)] for turn in found}
    return found if len(found) >= _LEAST_TURNS and len(speaking) >= _LEAST_TURNS else []
