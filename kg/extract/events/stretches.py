"""Stretches of a sentence that are laid on somebody, and who that is by the place of the words.

What it gets wrong: speakers whose name stands after a break ("the mayor, he of the long beard,").
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.claims.lexicon import load_lexicon
from kg.extract.events.lexicon import load_cues
from kg.model import FactualityValue

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
TOLD = frozenset({"VBD", "VBZ", "VBP", "VBN"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
BREAKS = frozenset({",", "–", "—", "-", "--", ";", ":"})
STOPS = frozenset({",", ".", ";", "!", "?", "–", "—"})
_OPEN_TAGS = frozenset({"IN", "WRB", "VBG", "VBN", "TO"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """A stretch of a sentence, by token indices, and who it is laid on.

    Attributes:
        first, last: half-open range of tokens.
        speaker: the word that names who says so; None where nobody is named.
        value: claimed or denied.
        asks_actor: whether it holds only where the speaker is a person or a body, not a country.
        beside: whether somebody denies what the sentence tells for all that.
    """

    first: int
    last: int
    speaker: "Token | None"
    value: FactualityValue = "claimed"
    asks_actor: bool = False
    beside: bool = False


@lru_cache(maxsize=1)
def reporting_lemmas() -> frozenset[str]:
    """Return the verbs that report words or thoughts, not those by which documents show."""
    wanted = {"clause", "quote"}
    return frozenset(
        lemma
        for lemma, frames in load_lexicon().verbs.items()
        if any(f in wanted and (r.act or not r.weak) for f, r in frames.items())
    )


def reports(token: "Token") -> bool:
    """Return whether a word is a verb that reports, in a tense and not in the passive."""
    if token.tag_ not in TOLD or token.pos_ not in ("VERB", "AUX"):
        return False
    if _is_cited(token):
        return True
    passive = token.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in token.children)
    lemma = token.lemma_.lower()
    before = token.nbor(-1).text if token.i else ""
    inside = before in ("than", "as") or (token.dep_ == "amod" and before not in ("", ","))
    if passive or inside or lemma in load_cues()["unsaying"]:
        return False
    return lemma in reporting_lemmas()


def _is_cited(token: "Token") -> bool:
    """Return whether it is the verb of "was quoted as saying"."""
    after = [t.lower_ for t in token.doc[token.i + 1 : token.i + 2]]
    return token.tag_ == "VBN" and token.lemma_ in ("quote", "cite") and after == ["as"]


def opens(token: "Token", sentence: "TokenSpan") -> bool:
    """Return whether a word stands first in a sentence or after a break."""
    return token.i == sentence.start or sentence.doc[token.i - 1].text in BREAKS


def own_start(sentence: "TokenSpan", cut: int) -> int:
    """Return where the words laid on somebody start: after "After the raid," if it opens."""
    if sentence[0].tag_ not in _OPEN_TAGS:
        return sentence.start
    breaks = [t.i for t in sentence if t.text == "," and t.i < cut]
    return breaks[0] + 1 if breaks else cut


def speaker_before(word: "Token", first: int | None = None) -> "Token | None":
    """Return the noun before a reporting word that says it, by its place.

    Args:
        word: the reporting word.
        first: index of the token from which it may stand; the sentence's first if left out.
    """
    owners = [c for c in word.children if c.dep_ == "poss"]
    if word.pos_ == "NOUN":
        by = [p for c in word.children if c.lower_ in ("by", "from") for p in c.children]
        if owners or by:
            return (owners or by)[0]
    subjects = [c for c in word.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < word.i]
    doc, start = word.doc, word.sent.start if first is None else first
    subjects = [s for s in subjects if s.i >= start]
    i = word.i - 1
    while i >= start and doc[i].pos_ not in NOMINAL:
        i -= 1
    if i < start:
        return subjects[0] if subjects else None
    if subjects and subjects[0].right_edge.i >= i:
        return subjects[0]
    return _head_of(doc[i], start)


def _head_of(token: "Token", start: int) -> "Token":
    """Return the head of the noun phrase that ends with a token."""
    while token.dep_ in ("pobj", "prep", "compound", "appos", "poss") and token.head.i >= start:
        head = token.head
        if head.pos_ not in (*NOMINAL, "ADP") or head.i >= token.i + 2:
            break
        token = head
    return token
