"""Names in the headline, matched from those of the body; the headline itself is not parsed."""

import re
from typing import TYPE_CHECKING

from kg.extract.entities.register import Node, Register

if TYPE_CHECKING:
    from kg.model import Span


def mention_headline(register: Register, headline: "Span | None") -> None:
    """Note names of the body's actors and places in the headline, the longest first."""
    if headline is None:
        return
    text = register.parsed.document.text
    taken: list[tuple[int, int]] = []
    any_case = re.IGNORECASE if headline.text.isupper() else re.NOFLAG
    for form, node in _forms(register):
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", headline.text, any_case):
            start, end = headline.start + match.start(), headline.start + match.end()
            if all(end <= a or b <= start for a, b in taken):
                taken.append((start, end))
                register.headline_mention(node, register.parsed.span(start, end))
    assert all(text[a:b] for a, b in taken)


def _forms(register: Register) -> list[tuple[str, Node]]:
    """Return forms with their nodes, longest first; a state goes before its territory."""
    rows = [
        (mention.span.text, rank, node.id, node)
        for rank, nodes in enumerate((register.actors, register.places))
        for node in nodes.values()
        for mention in node.mentions.values()
        if mention.kind == "name" and not mention.metonym
    ]
    rows.sort(key=lambda row: (-len(row[0]), row[0], row[1], row[2]))
    return [(form, node) for form, _, _, node in rows]
