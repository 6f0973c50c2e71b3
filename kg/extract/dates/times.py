"""The times of an article and which of them holds for a token."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kg.extract.dates.anchor import Anchor
from kg.extract.dates.attach import Share, continued_from, relative_verbs, upward
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
        inside: indexes of those that date a noun alone ("Sunday's vote", "the 2014 war").
        known: times of happenings that the world knows the day of, by token index.
        anchor: when the article was written.
    """

    parsed: Parsed
    found: tuple[Time, ...] = ()
    by_token: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    inside: frozenset[int] = frozenset()
    known: Mapping[int, Time] = field(default_factory=dict)
    anchor: Anchor = field(default_factory=Anchor)

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
        for word, share in upward(token):
            time = self._pick(word, token, share)
            if time is None and word.i == token.i:
                time = self._of_its_own(token)
            if time is not None:
                return time
        return self._continued(token) or self._headed(token)

    def _headed(self, token: "Token") -> Time | None:
        """Return the day that heads the paragraph of a chronology ("May 3, 2024: …")."""
        at = bisect_right(self._heads, token.idx, key=lambda head: head[0]) - 1
        if at < 0 or token.idx >= self._heads[at][1]:
            return None
        return self._heads[at][2]

    @cached_property
    def _heads(self) -> list[tuple[int, int, Time]]:
        """Paragraphs that a day and a colon open: begin, end and day, in order."""
        days = {t.expression.start: t for t in self.found if t.start and t.expression}
        text, found = self.parsed.document.text, []
        for zone in self.parsed.document.zones:
            time = days.get(zone.start) if zone.kind == "body" else None
            if time and time.expression and text[time.expression.end : zone.end][:1] in ":—–":
                found.append((zone.start, zone.end, time))
        return found

    def _of_its_own(self, token: "Token") -> Time | None:
        """Return the time of a relative clause on a noun, or the day that is generally known."""
        time = self._relative(token) if token.pos_ in ("NOUN", "PROPN") else None
        return time or self.known.get(token.i)

    def _relative(self, noun: "Token") -> Time | None:
        """Return the time of a verb that tells when the noun's happening was."""
        found = (self._pick(verb, noun, Share.ALL) for verb in relative_verbs(noun))
        return next((time for time in found if time is not None), None)

    def _continued(self, token: "Token") -> Time | None:
        """Return the day that opened a sentence before, where the story just goes on."""
        for verb in continued_from(token):
            time = self._pick(verb, token, Share.LEADING)
            if time is not None or verb.i in self.by_token:
                return time if time is not None and time.start else None
        return None

    def _pick(self, word: "Token", token: "Token", share: Share) -> Time | None:
        """Return the time on a word that lies nearest to the token."""
        usable = [
            self.found[n]
            for n in self.by_token.get(word.i, ())
            if (n not in self.inside or _within(token, word, share))
            and _is_shared(self.found[n], share, word, token)
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


def _within(token: "Token", noun: "Token", share: Share) -> bool:
    """Return whether what dates a noun alone holds for the token: the noun or a part of it."""
    if token.i == noun.i or share is Share.OWN:
        return True
    return token.head.i == noun.i and token.dep_ in ("compound", "amod", "nmod")


def _is_shared(time: Time, share: Share, word: "Token", token: "Token") -> bool:
    """Return whether a time of the word above holds for the token below."""
    if time.expression is None or not (time.earliest or time.latest):
        return False
    start, coarse = time.expression.start, time.start is None
    if share is Share.LEADING:
        return start < word.idx
    if share is Share.LEADING_OR_DAY:
        return start < word.idx or not coarse
    if share is Share.COARSE_AFTER:
        return coarse and start > token.idx
    if share is Share.YEAR:
        return time.granularity in ("year", "month")
    return True


def _gap(time: Time, offset: int) -> int:
    """Return how far an expression is from an offset; those with a stated day come first."""
    assert time.expression
    return abs(time.expression.start - offset) + (0 if time.start else 10_000)
