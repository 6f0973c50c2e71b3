"""The times of an article and which of them holds for a token."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.dates.attach import relative_verbs, upward
from kg.extract.parse import Parsed
from kg.model import Time

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True)
class Times:
    """Every time expression of an article, resolved.

    Attributes:
        parsed: the parse that the expressions were found in.
        found: sorted by the expression's start; those that resolve to nothing have no bounds.
        by_token: indexes into `found` by the index of the token that each belongs to.
    """

    parsed: Parsed
    found: tuple[Time, ...] = ()
    by_token: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    def expressions(self) -> tuple[Time, ...]:
        """Return all times, in the order of the text, each with its expression."""
        return self.found

    def at(self, token: "Token") -> Time | None:
        """Return the time that holds for the happening at this token, or None.

        The nearest expression wins that hangs on the token or on a word above it in the same
        clause. Without a parse: the only expression of the sentence.
        """
        if not self.parsed.has_parse:
            return self._only_one(token)
        for word, leading in upward(token):
            time = self._pick(word, token, leading=leading)
            if time is not None:
                return time
            if word.i == token.i and token.pos_ in ("NOUN", "PROPN"):
                for verb in relative_verbs(token):
                    time = self._pick(verb, token, leading=False)
                    if time is not None:
                        return time
        return None

    def _pick(self, word: "Token", token: "Token", *, leading: bool) -> Time | None:
        """Return the time on a word that lies nearest to the token."""
        times = [self.found[n] for n in self.by_token.get(word.i, ())]
        usable = [
            time
            for time in times
            if (time.earliest or time.latest)
            and time.expression
            and not (leading and time.expression.start > word.idx)
        ]
        return min(usable, key=lambda t: _gap(t, token.idx), default=None)

    def _only_one(self, token: "Token") -> Time | None:
        sentence = self.parsed.sentence_at(token.idx)
        begin, end = sentence.start_char, sentence.end_char
        inside = [
            time
            for time in self.found
            if time.expression
            and begin <= time.expression.start < end
            and (time.earliest or time.latest)
        ]
        return inside[0] if len(inside) == 1 else None


def _gap(time: Time, offset: int) -> int:
    """Return how far an expression is from an offset; those with a stated day come first."""
    assert time.expression
    return abs(time.expression.start - offset) + (0 if time.start else 10_000)
