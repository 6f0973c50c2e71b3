"""What claims are about, when they were made, and what they do to one another.

A claim is about the events and figures whose words lie in its content. It denies, disputes or
confirms what another speaker says of the same event, repeats the same speaker's words, answers the
claim before it.

What it gets wrong: denials that name no event and no earlier claim; answers to somebody who spoke
earlier than the last speaker.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from kg.extract.claims.ground import Ground
from kg.extract.claims.lexicon import is_attitude
from kg.extract.claims.occasions import carry_times
from kg.extract.claims.replies import (
    antecedents,
    is_question,
    may_mean,
    points_back,
    reply_of,
    rivals_of,
)
from kg.extract.claims.topics import topics_of
from kg.extract.parse import Parsed
from kg.model import Claim, Event, Figure, Relation, RelationKind, Span, Time

if TYPE_CHECKING:
    from spacy.tokens import Token

_MOST = 3
_WINDOW = 60  # claims on either side that one is held against
# Whoever denies a part in one of these does not deny what others say of the whole.
_UMBRELLAS = frozenset(("ARMED_CONFLICT", "CRACKDOWN", "ELECTION", "PROTEST", "REVOLUTION"))


class TimeTable(Protocol):
    """What the claim rules ask of the times."""

    @property
    def parsed(self) -> Parsed:
        """The parse that the times were found in."""

    def at(self, token: "Token") -> Time | None:
        """Return the time that holds for the happening at a token."""


def relate_claims(
    claims: Sequence[Claim], events: Sequence[Event], figures: Sequence[Figure], times: TimeTable
) -> list[Claim]:
    """Return the claims with time, about and relations, in the same order.

    Args:
        claims: as `find_claims` gives them.
        events: of the same article.
        figures: of the same article.
        times: its time expressions.
    """
    told = sorted(
        [
            (m.trigger.start, m.trigger.end, n, e.id)
            for n, e in enumerate(events)
            for m in e.mentions
        ]
        + [(f.span.start, f.span.end, len(events) + n, f.id) for n, f in enumerate(figures)]
    )
    aimed = [_aim(claim, told, times) for claim in claims]
    timed = carry_times(aimed, events, times.parsed)
    by_id = {event.id: event for event in events}
    said = [claim for claim in timed if not is_attitude(claim)]
    ground = Ground(by_id, times.parsed, topics_of(said, by_id, times.parsed))
    found: list[Claim] = []
    for position in range(len(said)):
        found.append(_relate(position, said, ground, found))
    related = {claim.id: claim for claim in found}
    return [related.get(claim.id, claim) for claim in timed]


def _aim(claim: Claim, told: Sequence[tuple[int, int, int, str]], times: TimeTable) -> Claim:
    """Return the claim with its time and the events and figures told inside its words.

    Args:
        claim: without them.
        told: begin, end, rank and id of every trigger and figure, sorted.
        times: the times of the article.
    """
    inside: dict[str, int] = {}
    for part in claim.parts:
        at = bisect_left(told, (part.start,))
        while at < len(told) and told[at][0] < part.end:
            if told[at][1] <= part.end:
                inside[told[at][3]] = told[at][2]
            at += 1
    about = tuple(sorted(inside, key=lambda i: inside[i]))
    return replace(claim, about=about, time=_time(claim, times))


def _inside(span: Span, claim: Claim) -> bool:
    return any(part.start <= span.start and span.end <= part.end for part in claim.parts)


def _time(claim: Claim, times: TimeTable) -> Time | None:
    """When it was said: the time at the cue, unless its words belong to the content."""
    if claim.cue is None:
        return None
    token = _token_at(times.parsed, claim.cue.start)
    if token is None:
        return None
    occasions = [g for c in token.children if c.dep_ == "prep" for g in c.children]
    for word in (token, *occasions):
        found = times.at(word)
        if found is not None and found.expression is not None:
            return None if _inside(found.expression, claim) else found
    return None


def _token_at(parsed: Parsed, offset: int) -> "Token | None":
    sentence = parsed.sentence_at(offset) if parsed.sentences else ()
    return next((token for token in sentence if token.idx == offset), None)


def _relate(position: int, claims: Sequence[Claim], ground: Ground, done: Sequence[Claim]) -> Claim:
    """Return the claim with what it does to others; `done` are those before with relations."""
    claim, first = claims[position], max(0, position - _WINDOW)
    before, events = claims[first:position], ground.events
    others = [*before, *claims[position + 1 : position + 1 + _WINDOW]]
    relations: list[Relation] = []
    about = list(claim.about)
    kind = _attitude(claim, events)
    if kind is not None:
        targets = _rejected(claim, others) or _near_targets(claim, others, kind, events)
        targets += [t for t in ground.same_topic(claim, before, kind) if t not in targets]
        if not targets and kind != "confirms" and points_back(claim):
            targets = antecedents(claim, before)
            about += [t for t in targets if t not in about]
        relations += [Relation(relation=kind, target=t) for t in targets]
        if not targets and claim.polarity != "asserted":
            relations += [
                Relation(relation=kind, target=e)
                for e in claim.about
                if e in events and not events[e].asserted
            ]
    known = {r.target for r in relations}
    relations += _replies(claim, before, ground.parsed, done, known)
    relations += ground.further(claim, before, {r.target for r in relations})
    return replace(claim, about=tuple(about), relations=tuple(relations))


def _rejected(claim: Claim, others: Sequence[Claim]) -> list[str]:
    """The claims inside a denial: "rejected X's claim that S"."""
    if claim.polarity == "asserted":
        return []
    return [
        c.id
        for c in others
        if not set(c.speakers) & set(claim.speakers) and all(_inside(p, claim) for p in c.parts)
    ]


def _near_targets(
    claim: Claim, others: Sequence[Claim], kind: RelationKind, events: Mapping[str, Event]
) -> list[str]:
    near = [c for c in others if _opposes(claim, c, kind, events) and may_mean(claim, c)]
    near = [c for c in near if c.parts[0].start < claim.parts[0].start] or near
    near.sort(key=lambda c: abs(c.parts[0].start - claim.parts[0].start))
    return sorted(c.id for c in near[:_MOST])


def _attitude(claim: Claim, events: Mapping[str, Event]) -> RelationKind | None:
    """What the claim does to others about the same event."""
    if claim.speech_act == "REJECT" and claim.text.startswith("to "):
        return None
    if claim.polarity == "denied" or claim.stance == "denied":
        return "denies"
    if claim.polarity == "doubted":
        return "disputes"
    labelled = claim.kind == "direct"  # the stance of direct speech is told by its events alone
    if labelled and any(_is_labelled(events.get(e), "denied", claim) for e in claim.about):
        return "denies"
    return "confirms" if claim.speech_act == "CONFIRM" else None


def _opposes(claim: Claim, other: Claim, kind: RelationKind, events: Mapping[str, Event]) -> bool:
    """Whether the other claim is what this one denies, disputes or confirms."""
    earlier = other.parts[0].start < claim.parts[0].start
    if set(claim.speakers) & set(other.speakers):
        return False
    if kind == "confirms":
        shared = {a for a in claim.about if a.startswith("event-")} & set(other.about)
        return bool(shared) and other.polarity == "asserted" and earlier
    if _attitude(other, events) in ("denies", "disputes"):
        return False
    pairs = list(_matching(claim, other, events))
    told = [(own, its) for own, its in pairs if _is_labelled(its, "claimed", other)]
    if any(_is_labelled(own, "denied", claim) and own.type not in _UMBRELLAS for own, _ in told):
        return earlier or claim.polarity == "denied"
    return claim.polarity != "asserted" and earlier and bool(pairs)


def _matching(
    claim: Claim, other: Claim, events: Mapping[str, Event]
) -> Iterator[tuple[Event, Event]]:
    """Yield the events of two claims that are one, or alike in type and in who takes part."""
    mine = [events[a] for a in claim.about if a in events and not events[a].asserted]
    theirs = [events[a] for a in other.about if a in events and not events[a].asserted]
    for own in mine:
        for its in theirs:
            if own == its or _is_like(own, its):
                yield own, its


def _is_like(first: Event, second: Event) -> bool:
    """Whether two events may be one: type, somebody who acts, both past or both to come."""
    if first.type != second.type or not set(first.agents) & set(second.agents):
        return False
    return _is_ahead(first) == _is_ahead(second)


def _is_ahead(event: Event) -> bool:
    return event.factuality[0].value in ("planned", "hypothetical")


def _is_labelled(event: Event | None, value: str, claim: Claim) -> bool:
    """Whether the event is labelled as claimed or denied by the claim's speaker."""
    labels = event.factuality if event is not None else ()
    return any(f.value == value and f.by in claim.speakers for f in labels)


def _replies(
    claim: Claim, before: Sequence[Claim], parsed: Parsed, done: Sequence[Claim], known: set[str]
) -> list[Relation]:
    """Answers, comments and contradictions of the last other speaker."""
    kind = reply_of(claim, parsed)
    targets = _last(claim, before) if kind == "responds_to" else antecedents(claim, before)
    if kind is None:
        kind, targets = "responds_to", _same_question(claim, before, done)
    return [Relation(relation=kind, target=t) for t in targets if t not in known]


def _last(claim: Claim, before: Sequence[Claim]) -> list[str]:
    return [c.id for c in rivals_of(claim, before)[-1:]]


def _same_question(claim: Claim, before: Sequence[Claim], done: Sequence[Claim]) -> list[str]:
    """What the same speaker's claim just before answers, where that is a question."""
    last = done[-1] if done else None
    if last is None or last.speakers != claim.speakers or claim.polarity != "asserted":
        return []
    questions = {c.id for c in before if is_question(c)}
    return [
        r.target for r in last.relations if r.relation == "responds_to" and r.target in questions
    ]
