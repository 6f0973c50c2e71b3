"""Drafts for speakers that stand beside their words without a verb.

The turns of a transcript ("HOLT: We will reopen it.") · "“We will reopen it.” — Anna Holt"

What it gets wrong: dashes before a name that only goes on.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.claims.draft import Draft, Range
from kg.extract.claims.quotes import Quote
from kg.extract.claims.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

_SIGNED = re.compile(r"\s*(?:[―—–]|--?)\s*(?=[A-Z])")
_MOST_NAMING = 14  # tokens of a name with age, office and place


def read_turns(scene: Scene) -> Iterator[Draft]:
    """Yield a draft for each turn of a transcript, in text order."""
    known = _actors_by_word(scene) if scene.turns else {}
    for turn in scene.turns:
        tokens = list(scene.tokens(*turn.name))
        if not tokens:
            continue
        actor = known.get(tokens[-1].lower_)
        words = scene.doc[tokens[0].i : tokens[-1].i + 1]
        yield Draft(
            kind="direct",
            parts=list(turn.quote.ranges),
            speakers=(actor or scene.entities.unnamed(words, "Person"),),
            source=turn.name,
            cue=(turn.name[1], turn.name[1] + 1),
            confidence=0.8,
        )


def _actors_by_word(scene: Scene) -> dict[str, str]:
    """Who is meant by each word of a name."""
    found: dict[str, str] = {}
    for token in scene.doc:
        if token.pos_ == "PROPN" and not token.is_upper:
            actor = scene.entities.actor_at(token)
            if actor is not None and scene.entities.kind_of(actor) == "Person":
                found.setdefault(token.lower_, actor)
    return found


def signature_of(scene: Scene, quote: Quote, after: Range) -> "tuple[Token, Token] | None":
    """Return the dash and the name that sign a quotation: "“It rained.” — Anna Holt, 34".

    Args:
        scene: the article.
        quote: the quotation.
        after: what follows it in its paragraph.
    """
    start, end = after
    if not scene.text[start:end].strip(" .") and quote.last + 1 < len(scene.paragraphs):
        below = scene.paragraphs[quote.last + 1]
        start, end = below.start, below.end
    opening = _SIGNED.match(scene.text, start, end)
    if opening is None or end - start > 200:
        return None
    tokens = list(scene.tokens(start, end))
    name = next((t for t in tokens if t.idx >= opening.end()), None)
    if name is None or len(tokens) > _MOST_NAMING or any(_is_verb(t) for t in tokens):
        return None
    while name.i + 1 < len(scene.doc) and name.nbor(1).pos_ == "PROPN" and name.nbor(1).is_title:
        name = name.nbor(1)
    return (tokens[0], name) if name.pos_ in ("PROPN", "NOUN") else None


def _is_verb(token: "Token") -> bool:
    return token.tag_ in ("VBD", "VBZ", "VBP", "MD") and token.is_lower
