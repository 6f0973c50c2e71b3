"""A text with its record, for the search why something was lost."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.extract.parse import Parsed
from kg.model import Actor, Article, Claim, Event, Mention, Place

if TYPE_CHECKING:
    from spacy.tokens import Token

Range = tuple[int, int]


@dataclass(frozen=True)
class Case:
    """One text.

    Attributes:
        parsed: the parse that the record was made from.
        article: the record.
        loose: the record that the rules make without the group `trigger-demands`.
        words: every word, in small letters, that is a trigger in some record of any set.
        cues: every word, in small letters, of a cue in some record of any set.
        gold: what people annotated, in the form of its gold set.
    """

    parsed: Parsed
    article: Article
    loose: Article
    words: frozenset[str]
    cues: frozenset[str]
    gold: object

    @property
    def text(self) -> str:
        """The raw text."""
        return self.parsed.document.text

    def is_read(self, offset: int) -> bool:
        """Whether a place lies in a paragraph of the body."""
        zones = self.parsed.document.zones
        return any(z.kind == "body" and z.start <= offset < z.end for z in zones)

    def sentence(self, offset: int) -> Range:
        """The range of the sentence at a place."""
        around = self.parsed.sentence_at(offset)
        return around.start_char, around.end_char

    def token(self, offset: int) -> "Token | None":
        """The token at a place."""
        around = self.parsed.sentence_at(offset)
        return next((t for t in around if t.idx <= offset < t.idx + len(t.text)), None)

    def tag(self, offset: int) -> tuple[str, str]:
        """Part of speech and lemma of the token at a place, or empty words."""
        token = self.token(offset)
        return ("", "") if token is None else (token.pos_, token.lemma_.lower())

    @cached_property
    def _mentions(self) -> list[tuple[Mention, Actor | Place]]:
        nodes: Iterable[Actor | Place] = (*self.article.actors, *self.article.places)
        return [(mention, node) for node in nodes for mention in node.mentions]

    def mentions_at(self, at: Range) -> Iterator[tuple[Mention, Actor | Place]]:
        """Mentions of the record that touch a range, with their nodes."""
        for mention, node in self._mentions:
            if touch((mention.span.start, mention.span.end), at):
                yield mention, node

    def events_at(self, at: Range, *, loose: bool = False) -> list[Event]:
        """Events of the record with a trigger that touches a range."""
        article = self.loose if loose else self.article
        return [
            event
            for event in article.events
            if any(touch((m.trigger.start, m.trigger.end), at) for m in event.mentions)
        ]

    def cue_at(self, at: Range) -> bool:
        """Whether the cue of a claim touches a range."""
        cues = (claim.cue for claim in self.article.claims)
        return any(cue is not None and touch((cue.start, cue.end), at) for cue in cues)

    def letters(self, ranges: Iterable[Range]) -> frozenset[int]:
        """Offsets of letters and digits."""
        text = self.text
        return frozenset(i for start, end in ranges for i in range(start, end) if text[i].isalnum())

    def best_claim(self, letters: frozenset[int]) -> tuple[float, Claim | None]:
        """The claim that shares most with some letters, and how much, 0 to 1."""
        best: tuple[float, Claim | None] = (0.0, None)
        for claim in self.article.claims:
            own = self.letters((p.start, p.end) for p in claim.parts)
            share = len(own & letters) / max(1, len(own | letters))
            best = max(best, (share, claim), key=lambda pair: pair[0])
        return best


def touch(a: Range, b: Range) -> bool:
    """Return whether two ranges share a code point."""
    return a[0] < b[1] and b[0] < a[1]
