"""Happenings that a reported judgement or denial takes for granted, and so the article tells.

"Condemned the arrest of the editor" · "denied a role in the attack" · "called the vote a farce".
The words are the article's own: a noun phrase with "the", not a clause, and not in quotation marks.
What it gets wrong: happenings that only the speaker believes in ("condemned the genocide").
"""

from typing import TYPE_CHECKING

from kg.extract.events.lexicon import load_cues
from kg.extract.events.stretches import FINITE
from kg.extract.events.triggers import Candidate
from kg.model import Claim, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_JUDGING = frozenset({"CONDEMN", "PRAISE", "APOLOGIZE", "FAVOR", "OPPOSE", "THANK"})


def is_given(candidate: Candidate, claim: Claim) -> bool:
    """Return whether the words of a claim speak of a happening without saying that it happened."""
    token = candidate.token
    if claim.kind != "indirect" or not candidate.nominal or not _is_definite(token):
        return False
    part = next((p for p in claim.parts if p.start <= token.idx < p.end), None)
    words = _words(token, part) if part is not None else None
    if words is None or any(t.tag_ in FINITE for t in words):
        return False
    if claim.polarity == "denied":
        inside = words.start <= token.head.i < words.end
        return inside or any(t.lower_ == "as" for t in words)
    return _judges(token, claim) and not _has_doer(token)


def _words(token: "Token", part: Span) -> "TokenSpan | None":
    return token.doc.char_span(part.start, part.end, alignment_mode="contract")


def _is_definite(noun: "Token") -> bool:
    near = {c.lower_ for c in noun.children}
    owned = any(c.dep_ == "poss" for c in noun.children)
    return noun.pos_ == "PROPN" or owned or bool(near & load_cues()["definite"])


def _judges(token: "Token", claim: Claim) -> bool:
    """Return whether a claim says what somebody thinks of a thing, not that it is."""
    if claim.speech_act in _JUDGING:
        return True
    cue = claim.cue
    span = _words(token, cue) if cue is not None else None
    return span is not None and span[0].lemma_ in load_cues()["judging"]


def _has_doer(noun: "Token") -> bool:
    """Return whether a noun says who did it: that is the speaker's word."""
    return any(c.dep_ == "poss" or c.lower_ == "by" for c in noun.children)
