"""Numbers that the article gives: crowds, casualties, sums, shares, each with its bound."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extract.parse import Parsed
from kg.iris import figure_id
from kg.model import Claim, Event, Figure

if TYPE_CHECKING:
    from kg.extract.entities import Entities

_NUMBER = re.compile(r"\b\d{1,3}(?:,\d{3})+\b")


def find_figures(
    parsed: Parsed, entities: "Entities", events: Sequence[Event], claims: Sequence[Claim]
) -> list[Figure]:
    """Return the figures of a document, in the order of the text."""
    found = []
    for match in _NUMBER.finditer(parsed.doc.text):
        sentence = parsed.sentence_at(match.start())
        near = [
            e
            for e in events
            if any(sentence.start_char <= m.trigger.start < sentence.end_char for m in e.mentions)
        ]
        about = near[0] if near else None
        found.append(
            Figure(
                id=figure_id(match.start()),
                span=parsed.span(match.start(), match.end()),
                variable="other",
                unit="person",
                about=about.id if about else None,
                value=float(match.group().replace(",", "")),
                **({"factuality": about.factuality} if about else {}),
            )
        )
    return found
