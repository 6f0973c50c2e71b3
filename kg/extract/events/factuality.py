"""How each mention of a happening is presented: told, claimed, denied, planned, imagined, negated.

Two things decide: the words that govern the trigger (`kg.extract.events.modality`) and the claims
that cover it. A mention inside the words of somebody who is not a mere carrier of news never counts
as told by the article, whatever its wording. What it gets wrong: sources that the claims missed.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kg.extract.claims.quotes import find_quotes
from kg.extract.entities import Entities
from kg.extract.events.attribution import find_attributions
from kg.extract.events.givens import is_given
from kg.extract.events.lexicon import load_cues
from kg.extract.events.modality import read_modality
from kg.extract.events.reading import Reading
from kg.extract.events.stretches import Attribution
from kg.extract.events.triggers import Candidate
from kg.extract.parse import Parsed
from kg.model import Claim, Factuality, FactualityValue, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_REMARK = 25  # code points; shorter quotations are names and single words
_SCARE = 2  # words that may stand before or after one within its quotation marks
_BLOCK = 200  # words; longer sentences are looked at in overlapping stretches of three
_NOBODY = "unattributed words"
_MEDIA = frozenset({"NewsMediaOrganization"})
_WISHING = frozenset({"THREATEN", "REQUEST", "DEMAND", "PROMISE", "OFFER", "PROPOSE"})


class Labeller:
    """Turns readings and claims into the labels of one mention."""

    def __init__(self, parsed: Parsed, entities: Entities, claims: Sequence[Claim]) -> None:
        """Sort the claims' parts so that the innermost is found first."""
        self.entities = entities
        body = [z for z in parsed.document.zones if z.kind == "body"]
        quotes = find_quotes(parsed.document.text, body)
        self.quotes = [q for q in quotes if q.closed and q.end - q.start > _REMARK]
        said = [(p, c) for c in claims for p in c.parts if not _names_speaker(p, c)]
        parts = [(p.end - p.start, p.start, p.end, c) for p, c in said]
        self.parts = sorted(parts, key=lambda row: row[:3])
        spans = [c.source for c in claims if c.source is not None]
        self.sources = {offset for s in spans for offset in range(s.start, s.end)}
        self.cues = {c.cue.start for _, c in said if c.cue is not None}
        self._net: dict[int, list[Attribution]] = {}
        self._reads_modality = parsed.uses("modality")
        self._reads_order = parsed.uses("sentence-attribution")

    def covering(self, offset: int) -> list[Claim]:
        """Return the claims whose words hold a code point, innermost first."""
        return [c for _, start, end, c in self.parts if start <= offset < end]

    def label(self, candidate: Candidate) -> tuple[Factuality, ...]:
        """Return the labels of one mention, main one first; never empty."""
        reading = read_modality(candidate) if self._reads_modality else Reading([], [])
        covering = self._interested(self.covering(candidate.token.idx))
        claims = [c for c in covering if not is_given(candidate, c)]
        values = _modality(reading, claims)
        if not values and not _is_aside(candidate.token):
            values = _by_stance(claims)
        negated = "negated" in reading.values and "hypothetical" not in reading.values
        sources = self._sources(reading, claims, candidate.token.idx, negated=negated)
        if any(s.value == "denied" for s in sources) and _is_flat_denial(values, claims):
            values = ["negated"] if "refused" in reading.values else []
        found = [Factuality(value=v) for v in values] + sources
        laid = self._laid_at(candidate.token)
        rebuttals = [f for f in laid if f.value == "denied"]
        if rebuttals:
            found = [*(sources or [f for f in laid if f.value == "claimed"]), *rebuttals]
        found = found or self._caught(candidate.token)
        told = tuple(dict.fromkeys(found)) or (Factuality(value="asserted"),)
        if told[0].value in ("asserted", "claimed"):
            told += tuple(self._denied_beside(candidate.token))
        return tuple(dict.fromkeys(told))

    def _caught(self, token: "Token") -> list[Factuality]:
        """Return how a question, or the order of the words, presents what no claim covers."""
        if token.sent.text.rstrip().endswith("?"):
            return [Factuality(value="hypothetical")]
        covering = self.covering(token.idx)
        if not covering and self._is_scare_quoted(token):
            return [Factuality(value="claimed", by=self.entities.source(_NOBODY))]
        return [] if self._interested(covering) else self._laid_at(token)

    def _laid_at(self, token: "Token") -> list[Factuality]:
        """Return who the order of the words of its sentence lays a happening on."""
        found: list[Factuality] = []
        for one in self._stretches(token):
            taken = {f.value for f in found}
            if not one.beside and one.value not in taken:
                found += self._laid_on(one)
        return found

    def _denied_beside(self, token: "Token") -> list[Factuality]:
        """Return who denies what the sentence tells, as in ", which the army denied"."""
        return [f for one in self._stretches(token) if one.beside for f in self._laid_on(one)]

    def _stretches(self, token: "Token") -> list[Attribution]:
        """Return the stretches of its sentence that a token stands in."""
        if not self._reads_order:
            return []
        near = _near(token)
        if near.start not in self._net:
            self._net[near.start] = find_attributions(near, self._is_read)
        return [one for one in self._net[near.start] if one.first <= token.i < one.last]

    def _is_read(self, word: "Token") -> bool:
        return word.idx in self.cues

    def _laid_on(self, one: Attribution) -> list[Factuality]:
        speakers = self.entities.speaker_of(one.speaker) if one.speaker is not None else ()
        if one.asks_actor and not any(self._may_tell(s, one.speaker) for s in speakers):
            return []
        if speakers and all(self.entities.is_carrier(s) for s in speakers):
            return []
        named = [s for s in speakers if not self.entities.is_carrier(s)]
        return [Factuality(value=one.value, by=s) for s in named or [self.entities.source(_NOBODY)]]

    def _may_tell(self, actor: str, word: "Token | None") -> bool:
        """Return whether an actor tells by its mere name: not a country, not a firm, not media."""
        kind = self.entities.kind_of(actor)
        if kind == "Organization":
            return word is not None and word.lemma_.lower() in load_cues()["tellers"]
        return kind not in ("Country", *_MEDIA)

    def _is_scare_quoted(self, token: "Token") -> bool:
        """Return whether a word is in quotation marks of its own, as nobody's or others' word."""
        if token.is_title or token.pos_ == "PROPN":
            return False
        doc, last = token.doc, len(token.doc) - 1
        before = doc[max(0, token.i - _SCARE) : token.i]
        after = doc[token.i + 1 : min(last, token.i + _SCARE) + 1]
        opened = any(t.is_quote and not t.whitespace_ for t in before)
        closed = any(t.is_quote for t in after)
        return opened and closed and not any(t.text in ",.!?" for t in before)

    def _interested(self, claims: list[Claim]) -> list[Claim]:
        return [c for c in claims if not all(self.entities.is_carrier(s) for s in c.speakers)]

    def _is_quoted(self, offset: int) -> bool:
        """Return whether a code point stands in a quotation that no claim was made of."""
        return not self.covering(offset) and any(q.holds(offset) for q in self.quotes)

    def _sources(
        self, reading: Reading, claims: list[Claim], offset: int, *, negated: bool
    ) -> list[Factuality]:
        """Return who claims or denies it: by the claims, else by the words of the sentence."""
        if not claims and self._is_quoted(offset):
            return [Factuality(value="claimed", by=self.entities.source(_NOBODY))]
        if claims:
            denials = [c for c in claims[1:] if c.polarity == "denied"]
            return [f for c in claims[:1] for f in self._from_claim(c, negated=negated)] + [
                f for c in denials for f in self._from_claim(c, negated=False)
            ]
        values: tuple[FactualityValue, ...] = ("claimed", "denied")
        return [f for v in values if v in reading.values for f in self._from_words(v, reading)]

    def _from_claim(self, claim: Claim, *, negated: bool) -> Iterable[Factuality]:
        speakers = [s for s in claim.speakers if not self.entities.is_carrier(s)]
        for speaker in speakers:
            media = self.entities.kind_of(speaker) in _MEDIA
            denies = claim.polarity == "denied" or (negated and not media)
            yield Factuality(value="denied" if denies else "claimed", by=speaker)

    def _from_words(self, value: FactualityValue, reading: Reading) -> Iterable[Factuality]:
        for source in reading.sources:
            if source is not None and self._is_source(source):
                continue
            speakers = self.entities.speaker_of(source) if source is not None else ()
            if not speakers:
                speakers = (self.entities.source("reportedly"),)
            elif all(self.entities.is_carrier(s) for s in speakers):
                continue
            for speaker in speakers:
                yield Factuality(value=value, by=speaker)

    def _is_source(self, token: "Token") -> bool:
        """Return whether a claim has these words as its source: then its parts decide."""
        return token.idx in self.sources


def _near(token: "Token") -> "TokenSpan":
    """Return the sentence of a token; of one that is long beyond measure, the part around it."""
    sentence = token.sent
    if len(sentence) <= 3 * _BLOCK:
        return sentence
    block = max(0, (token.i - sentence.start) // _BLOCK - 1)
    first = sentence.start + block * _BLOCK
    return token.doc[first : min(sentence.end, first + 3 * _BLOCK)]


def _names_speaker(part: Span, claim: Claim) -> bool:
    """Return whether a part is only who speaks: "X, who was held, told reporters"."""
    cue, source = claim.cue, claim.source
    return (
        source is not None
        and cue is not None
        and part.start == source.start
        and part.end <= cue.start
        and claim.kind != "direct"
    )


def _modality(reading: Reading, claims: Sequence[Claim]) -> list[FactualityValue]:
    """Return planned, hypothetical or negated, by the words around the trigger."""
    met = reading.values
    if "hypothetical" in met:
        return ["hypothetical"]
    negated = "negated" in met or "refused" in met
    if "planned" in met and not negated:
        return ["planned"]
    alone = not claims and "claimed" not in met
    if "claimed" not in met and ("purpose" in met or ("attempted" in met and alone)):
        return ["hypothetical"]
    if reading.would and not negated:
        backshift = bool(claims) and claims[0].kind != "direct"
        return ["planned" if backshift else "hypothetical"]
    return ["negated"] if negated else []


def _by_stance(claims: Sequence[Claim]) -> list[FactualityValue]:
    """Return the reading of what somebody threatens, demands, offers or promises."""
    if not claims or claims[0].speech_act not in _WISHING:
        return []
    stance = claims[0].stance
    return [stance] if stance in ("planned", "hypothetical") else []


def _is_flat_denial(values: list[FactualityValue], claims: Sequence[Claim]) -> bool:
    """Return whether somebody says that it did not or will not happen, not that it should not."""
    wished = "hypothetical" in values and bool(claims) and claims[0].speech_act == "REJECT"
    return not wished


def _is_aside(token: "Token") -> bool:
    """Return whether a word stands in a relative clause, which tells what is known."""
    return any(a.dep_ == "relcl" for a in (token, *token.ancestors))
