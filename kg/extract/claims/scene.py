"""What all claim rules look at: the parse, the quotations and the actors of one article."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from kg.extract.claims.draft import Range, overlap
from kg.extract.claims.lexicon import load_lexicon
from kg.extract.claims.quotes import Quote, find_quotes, is_utterance
from kg.extract.claims.syntax import trim_range
from kg.extract.claims.turns import find_turns
from kg.extract.parse import Parsed
from kg.model import ActorType, Zone

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token


_LONGEST_BLOCK = 40  # paragraphs
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y)\b")


@dataclass(frozen=True, slots=True)
class Credit:
    """A source named beside another claim: "…, according to X", ", X reports".

    Attributes:
        speakers: actor ids.
        at: offset of the words that name it.
    """

    speakers: tuple[str, ...]
    at: int


class Speakers(Protocol):
    """What the claim rules ask of the entities."""

    def actor_at(self, token: "Token") -> str | None:
        """Return the actor that a token refers to."""

    def actors_of(self, token: "Token") -> tuple[str, ...]:
        """Return the actors of a noun phrase."""

    def speaker_of(self, token: "Token") -> tuple[str, ...]:
        """Return the actors of a noun phrase that speaks."""

    def unnamed(
        self, span_tokens: "TokenSpan", kind: ActorType, *, acts_for: str | None = None
    ) -> str:
        """Return an unnamed actor of these words."""

    def name_of(self, node_id: str) -> str:
        """Return the name of an actor."""

    def gender_of(self, actor_id: str) -> str:
        """Return "f", "m" or an empty string."""

    def settle_pronoun(self, token: "Token", actor_id: str) -> None:
        """Fix what a pronoun refers to."""

    def release_pronoun(self, token: "Token") -> None:
        """Take back what a pronoun was read as."""

    def source(self, name: str) -> str:
        """Return an unnamed source without words in the text."""

    def is_carrier(self, actor_id: str) -> bool:
        """Return whether what the actor reports stays asserted."""

    def kind_of(self, actor_id: str) -> ActorType:
        """Return the type of an actor."""


STEM = 8  # letters that "prosecution" and "prosecutors" share


class Scene:
    """One article while its claims are sought."""

    def __init__(self, parsed: Parsed, entities: Speakers) -> None:
        self.parsed = parsed
        self.entities = entities
        self.text = parsed.document.text
        self.doc = parsed.doc
        self.paragraphs: list[Zone] = [z for z in parsed.document.zones if z.kind == "body"]
        self.turns = find_turns(self.text, self.paragraphs)
        turning = {turn.quote.paragraph for turn in self.turns}
        quotes = find_quotes(self.text, self.paragraphs)
        self.quotes = [q for q in quotes if not turning & {q.paragraph, q.last}]
        self.utterances = sorted([*self._utterances(), *self._blocks()], key=lambda q: q.start)
        self.credits: list[Credit] = []

    def _utterances(self) -> list[Quote]:
        found, previous = [], None
        for quote in self.quotes:
            start = self.paragraphs[quote.paragraph].start
            if previous is not None and previous.last == quote.paragraph:
                start = max(start, previous.end)
            if self._opens_speech(start, quote):
                found.append(quote)
            previous = quote
        return found

    def lemma(self, token: "Token") -> str:
        """Return the lemma in lower case; without a parse, that of a reporting verb."""
        if self.parsed.has_parse:
            return token.lemma_.lower()
        return load_lexicon().forms.get(token.lower_, token.lower_)

    def _blocks(self) -> list[Quote]:
        """Unquoted paragraphs of a statement that "X said:" at a paragraph's end brings in."""
        found: list[Quote] = []
        for index, zone in enumerate(self.paragraphs[:-1]):
            words = self.text[zone.start : zone.end].rstrip()
            if words.endswith(":") and self._has_cue(max(zone.start, zone.end - 120), zone.end):
                found.extend(self._block(index + 1))
        return found

    def _block(self, first: int) -> list[Quote]:
        block: list[Quote] = []
        for index in range(first, min(first + _LONGEST_BLOCK, len(self.paragraphs))):
            zone = self.paragraphs[index]
            if index in self._quoting:
                break
            inner = trim_range(self.text, zone.start, zone.end) or (zone.start, zone.end)
            block.append(Quote(((inner[0], zone.end),), zone.start, zone.end, index, index))
        told = " ".join(self.text[q.start : q.end] for q in block)
        return block if _FIRST_PERSON.search(told) else []

    def _opens_speech(self, start: int, quote: Quote) -> bool:
        """Whether the words before a quotation let it be an utterance, not a quoted phrase."""
        before = self.text[start : quote.start].rstrip()
        shaped = is_utterance(self.text, quote)
        if not before or before[-1] in ".?!…":
            return shaped
        inner_end = quote.ranges[-1][1]
        words = len(self.text[quote.ranges[0][0] : quote.ranges[-1][1]].split())
        if before[-1] == ":":
            return words > 1 or self.text[inner_end - 1] in ".?!"
        if before[-1] == ",":
            tied = self._has_cue(start, quote.start) or self.text[start : quote.start][:1] in " ,"
            return tied and (shaped or words > 3 or self.text[inner_end - 1] in ".?!")
        finished = self.text[inner_end - 1] in ",.?!" or self.text[quote.end : quote.end + 1] in (
            tuple(".,;")
        )
        before_mark = self.doc[self.token_at(quote.start - 1)]
        return words > 1 and finished and self._has_cue(before_mark.idx, quote.start)

    def _has_cue(self, start: int, end: int) -> bool:
        """Whether a verb that introduces direct speech stands in the last sentence of a range."""
        verbs = load_lexicon().verbs
        found = False
        for token in self.tokens(start, end):
            if token.text in (".", "?", "!"):
                found = False
            elif "quote" in verbs.get(self.lemma(token), {}):
                found = True
        return found

    @cached_property
    def _quoting(self) -> frozenset[int]:
        """Indices of the paragraphs that hold quotation marks."""
        return frozenset(n for q in self.quotes for n in range(q.paragraph, q.last + 1))

    @cached_property
    def _utterance_starts(self) -> list[int]:
        return [q.start for q in self.utterances]

    @cached_property
    def _starts(self) -> list[int]:
        return [q.start for q in self.quotes]

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.idx for token in self.doc]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [zone.start for zone in self.paragraphs]

    @cached_property
    def spoken(self) -> frozenset[int]:
        """Indices of the tokens inside whole utterances."""
        return frozenset(
            token.i
            for quote in (*self.utterances, *(turn.quote for turn in self.turns))
            for start, end in quote.ranges
            for token in self.tokens(start, end)
        )

    def paragraph_at(self, offset: int) -> int:
        """Return the index of the paragraph that holds a code point."""
        return max(0, bisect_right(self._paragraph_starts, offset) - 1)

    def quote_at(self, offset: int) -> Quote | None:
        """Return the quotation that holds a code point, marks included."""
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and offset < self.quotes[index].end:
            return self.quotes[index]
        return None

    @cached_property
    def suing(self) -> "list[Token]":
        """The verbs by which somebody sues, in text order."""
        return [t for t in self.doc if t.pos_ == "VERB" and t.lemma_.lower() == "sue"]

    @cached_property
    def nouns(self) -> "dict[str, list[Token]]":
        """The nouns of the narrative by their first letters, in text order."""
        found: dict[str, list[Token]] = {}
        for token in self.doc:
            if token.pos_ == "NOUN" and token.i not in self.spoken:
                found.setdefault(token.lower_[:STEM], []).append(token)
        return found

    @cached_property
    def documents(self) -> "dict[str, list[Token]]":
        """The nouns of writings ("statement", "report") by lemma, in text order."""
        found: dict[str, list[Token]] = {}
        for token in self.doc:
            if token.pos_ == "NOUN" and token.lemma_.lower() in load_lexicon().documents:
                found.setdefault(token.lemma_.lower(), []).append(token)
        return found

    def is_quoted(self, start: int, end: int) -> bool:
        """Return whether most of a range lies inside utterances that open in it."""
        shared = 0
        at = bisect_right(self._utterance_starts, start + 3) - 1
        while at >= 0 and self.utterances[at].end > start:
            shared += overlap([(start, end)], list(self.utterances[at].ranges))
            at -= 1
        return shared > 0.6 * (end - start)

    def holds_utterance(self, start: int, end: int) -> bool:
        """Return whether a whole utterance opens in a range."""
        at = bisect_left(self._utterance_starts, start)
        return at < len(self.utterances) and self.utterances[at].start < end

    def fragments_in(self, start: int, end: int) -> list[Range]:
        """Return the ranges inside quotation marks that lie within a range."""
        index = max(0, bisect_right(self._starts, start) - 1)
        found: list[Range] = []
        for quote in self.quotes[index:]:
            if quote.start >= end:
                break
            found.extend(r for r in quote.ranges if start <= r[0] and r[1] <= end + 1)
        return found

    def token_at(self, offset: int) -> int:
        """Return the index of the token at or before a code point."""
        return max(0, bisect_right(self._token_starts, offset) - 1)

    def tokens(self, start: int, end: int) -> "Iterator[Token]":
        """Yield the tokens that start within a range, white space left out."""
        index = self.token_at(start)
        while index < len(self.doc) and self.doc[index].idx < end:
            token = self.doc[index]
            if token.idx >= start and not token.is_space:
                yield token
            index += 1

    def trimmed(self, start: int, end: int) -> Range | None:
        """Return a content range stretched over quotations that it cuts, then trimmed."""
        opening, closing = self.quote_at(start), self.quote_at(max(start, end - 1))
        if opening is not None and opening.start < start and opening.end - start < 400:
            start = max(start, opening.ranges[0][0])
        if closing is not None and closing.end > end and closing.start >= start:
            end = closing.end
        return trim_range(self.text, start, end)
