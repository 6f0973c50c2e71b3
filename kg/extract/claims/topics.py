"""What claims speak of, so that those on one topic find each other: their words and happenings.

Two claims are on one topic where they share words that carry meaning (by lemma) and kinds of
happenings. "unsafe" is the opposite of "safe", and speaks of the same.

What it gets wrong: other words for the same thing, above all pronouns.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.parse import Parsed
from kg.model import Claim, Event

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPEN = frozenset(("NOUN", "VERB", "ADJ", "PROPN", "NUM"))
_DULL = frozenset(
    ("be", "have", "do", "say", "make", "take", "get", "give", "go", "come", "tell",
    "other", "more", "such", "mr", "mrs", "ms", "year", "day", "time", "people", "new",
    "last", "first", "claim", "report", "statement", "accusation", "allegation", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "way", "thing",
    "country", "know", "want", "need")
)  # fmt: skip
_NEGATIONS = frozenset(("not", "n't", "no", "never", "nobody", "nothing", "none", "neither", "nor"))
_KIND = "a "  # opens the type of a happening among the words
_PREFIXES = ("un", "in", "im", "dis", "non", "il", "ir")
_ANTONYMS = {
    frozenset(pair.split())
    for pair in (
        "empty full", "true false", "safe dangerous", "guilty innocent", "alive dead",
        "win lose", "rise fall", "increase decrease", "increase fall", "grow shrink",
        "open closed", "high low", "right wrong", "legal criminal", "strong weak",
        "success failure", "more fewer", "more less", "large small", "big small",
        "support oppose", "gain lose", "improve worsen", "clean dirty", "better worse",
        "advance retreat", "hold lose", "enemy friend", "peaceful violent",
    )
}  # fmt: skip


def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one, other in (sorted(pair) for pair in _ANTONYMS):
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


_OPPOSITES = _opposites()
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Topic:
    """What a claim speaks of.

    Attributes:
        words: lemmas that carry meaning, prefixes of negation left out, and types of happenings.
        raw: the lemmas as they are.
        negated: whether the words say no ("not", "never", "nobody").
    """

    words: frozenset[str]
    raw: frozenset[str]
    negated: bool

    def common(self, other: "Topic") -> int:
        """Return how many words two topics share; a word and its opposite are one."""
        rest = other.words - self.words
        return len(self.words & other.words) + sum(
            len(_OPPOSITES.get(word, _NONE) & rest) for word in self.words - other.words
        )

    def shared(self, other: "Topic") -> float:
        """Return how much of the shorter of two topics lies in the longer one, 0 to 1."""
        least = min(len(self.words), len(other.words))
        return self.common(other) / least if least else 0.0

    def likeness(self, other: "Topic") -> float:
        """Return how much of the longer topic's own words lies in the other one, 0 to 1."""
        kinds = {word for word in self.words & other.words if word.startswith(_KIND)}
        most = max(len(t.words) - sum(w.startswith(_KIND) for w in t.words) for t in (self, other))
        return (self.common(other) - len(kinds)) / most if most else 0.0

    def contradicts(self, other: "Topic") -> bool:
        """Return whether one says no and the other does not, or they use opposite words."""
        mine, theirs = self.raw - other.raw, other.raw - self.raw
        opposite = (
            any(not _OPPOSITES.get(word, _NONE).isdisjoint(theirs) for word in mine)
            or any(_is_negated_in(word, theirs) for word in mine)
            or any(_is_negated_in(word, mine) for word in theirs)
        )
        return (self.negated != other.negated) != opposite


def _is_negated_in(word: str, others: frozenset[str]) -> bool:
    """Return whether a word is one of the others with a prefix that negates it."""
    bare = (word.removeprefix(p) for p in _PREFIXES if word.startswith(p))
    return any(len(rest) > 3 and rest in others for rest in bare)


def topics_of(
    claims: Sequence[Claim], events: Mapping[str, Event], parsed: Parsed
) -> dict[str, Topic]:
    """Return what each claim speaks of, by id.

    Args:
        claims: with what they are about.
        events: by id.
        parsed: the article.
    """
    starts = [token.idx for token in parsed.doc]
    return {claim.id: _topic(claim, events, parsed, starts) for claim in claims}


def _topic(
    claim: Claim, events: Mapping[str, Event], parsed: Parsed, starts: Sequence[int]
) -> Topic:
    tokens: list[Token] = []
    for part in claim.parts:
        first, last = bisect_left(starts, part.start), bisect_left(starts, part.end)
        tokens += parsed.doc[first:last]
    raw = frozenset(_lemma(t) for t in tokens if t.pos_ in _OPEN) - _DULL
    kinds = {f"{_KIND}{events[a].type}" for a in claim.about if a in events}
    negated = any(t.lower_ in _NEGATIONS for t in tokens)
    return Topic(frozenset(_stem(word) for word in raw) | kinds, raw, negated)


def _lemma(token: "Token") -> str:
    lemma: str = token.lemma_.lower()
    return lemma


def _stem(word: str) -> str:
    """A word without a prefix that negates it: "unsafe" speaks of "safe"."""
    for prefix in ("un", "non"):
        if word.startswith(prefix) and len(word) > len(prefix) + 3:
            return word.removeprefix(prefix).removeprefix("-")
    return word
