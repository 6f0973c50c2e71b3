"""What claims are about, when they were made, and what they do to one another.

A claim is about the events and figures whose words lie in its content. It denies, disputes or
confirms what another speaker says of the same event, repeats the same speaker's words, answers the
claim before it.

What it gets wrong: denials that name no event and no earlier claim; answers to somebody who spoke
earlier than the last speaker.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from kg.extract.parse import Parsed
from kg.model import Claim, Event, Figure, Relation, RelationKind, Span, Time

if TYPE_CHECKING:
    from spacy.tokens import Token

_REPLIES = re.compile(r"^(?:respon|repl|answer|retort|counter|rebut|comment|hit back|fire)", re.I)
_REFERS_BACK = re.compile(
    r"\b(?:claims?|assertions?|allegations?|accusations?|charges?|reports?|statements?|remarks?"
    r"|comments?|demands?|calls?|requests?|suggestions?|warnings?|threats?|proposals?|offers?"
    r"|criticisms?|denials?|it|this|that|them|everything|all)\b",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]{3,}|\d+")
_NEAR = 2500  # code points back that "it" or "the claim" can reach
_SESSION = 800  # code points over which a speaker goes on at the same time
_MOST = 3
_ALIKE = 0.6
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
    aimed = [_aim(claim, events, figures, times) for claim in claims]
    timed = _carry_time(aimed)
    by_id = {event.id: event for event in events}
    return [_relate(claim, position, timed, by_id) for position, claim in enumerate(timed)]


def _carry_time(claims: Sequence[Claim]) -> list[Claim]:
    """Give a claim without a time that of the same speaker's claim just before it."""
    found: list[Claim] = []
    for claim in claims:
        last = found[-1] if found else None
        near = last is not None and claim.parts[0].start - last.parts[-1].end < _SESSION
        if last is not None and near and claim.time is None and last.speakers == claim.speakers:
            time = last.time and replace(
                last.time, start=None, end=None, basis="the same speaker goes on"
            )
            claim = replace(claim, time=time)  # noqa: PLW2901
        found.append(claim)
    return found


def _aim(
    claim: Claim, events: Sequence[Event], figures: Sequence[Figure], times: TimeTable
) -> Claim:
    about = [event.id for event in events if any(_inside(m.trigger, claim) for m in event.mentions)]
    about += [figure.id for figure in figures if _inside(figure.span, claim)]
    return replace(claim, about=tuple(dict.fromkeys(about)), time=_time(claim, times))


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


def _relate(
    claim: Claim, position: int, claims: Sequence[Claim], events: Mapping[str, Event]
) -> Claim:
    relations: list[Relation] = []
    about = list(claim.about)
    others = [c for n, c in enumerate(claims) if n != position]
    kind = _attitude(claim)
    if kind is not None:
        near = [c for c in others if _opposes(claim, c, kind, events)]
        near.sort(key=lambda c: abs(c.parts[0].start - claim.parts[0].start))
        targets = sorted(c.id for c in near[:_MOST])
        if not targets and claim.polarity != "asserted" and _refers_back(claim):
            targets = _antecedent(claim, claims[:position])
            about += [t for t in targets if t not in about]
        relations += [Relation(relation=kind, target=t) for t in targets]
        if not targets and claim.polarity != "asserted":
            relations += [
                Relation(relation=kind, target=e) for e in claim.about if e.startswith("event-")
            ]
    relations += _answers(claim, claims[:position], relations)
    relations += [
        Relation(relation="repeats", target=c.id)
        for c in claims[:position]
        if _alike(claim, c) and c.speakers[:1] == claim.speakers[:1]
    ]
    return replace(claim, about=tuple(about), relations=tuple(relations))


def _attitude(claim: Claim) -> RelationKind | None:
    """What the claim does to others about the same event."""
    if claim.polarity == "denied" or claim.stance == "denied":
        return "denies"
    if claim.polarity == "doubted":
        return "disputes"
    return "confirms" if claim.speech_act == "CONFIRM" else None


def _opposes(claim: Claim, other: Claim, kind: RelationKind, events: Mapping[str, Event]) -> bool:
    """Whether the other claim is what this one denies, disputes or confirms."""
    shared = _shared_events(claim, other)
    if set(claim.speakers) & set(other.speakers) or not shared:
        return False
    if kind == "confirms":
        return other.polarity == "asserted" and other.parts[0].start < claim.parts[0].start
    if _attitude(other) in ("denies", "disputes"):
        return False
    shared = {e for e in shared if e in events and not events[e].asserted}
    if any(_is_labelled(events.get(e), "claimed", other) for e in shared):
        single = [events[e] for e in shared if events[e].type not in _UMBRELLAS]
        return claim.polarity != "asserted" or any(
            _is_labelled(event, "denied", claim) for event in single
        )
    earlier = other.parts[0].start < claim.parts[0].start
    return bool(shared) and claim.polarity != "asserted" and earlier


def _is_labelled(event: Event | None, value: str, claim: Claim) -> bool:
    """Whether the event is labelled as claimed or denied by the claim's speaker."""
    labels = event.factuality if event is not None else ()
    return any(f.value == value and f.by in claim.speakers for f in labels)


def _shared_events(claim: Claim, other: Claim) -> set[str]:
    return {a for a in claim.about if a.startswith("event-")} & set(other.about)


def _refers_back(claim: Claim) -> bool:
    """Whether the content is no more than a phrase that points at something said before."""
    return len(claim.text.split()) <= 14 and bool(_REFERS_BACK.search(claim.text))


def _antecedent(claim: Claim, before: Sequence[Claim]) -> list[str]:
    """The claim of another speaker that the words point back at: the last near one."""
    start = claim.parts[0].start
    rivals = [
        c
        for c in before
        if not set(c.speakers) & set(claim.speakers) and start - c.parts[-1].end < _NEAR
    ]
    return [rivals[-1].id] if rivals else []


def _answers(claim: Claim, before: Sequence[Claim], known: Sequence[Relation]) -> list[Relation]:
    if claim.cue is None or not _REPLIES.match(claim.cue.text):
        return []
    done = {relation.target for relation in known}
    return [
        Relation(relation="responds_to", target=target)
        for target in _antecedent(claim, before)
        if target not in done
    ]


def _alike(claim: Claim, other: Claim) -> bool:
    first, second = _words(claim), _words(other)
    if min(len(first), len(second)) < 4:
        return False
    return len(first & second) >= _ALIKE * max(len(first), len(second))


def _words(claim: Claim) -> set[str]:
    return {word.casefold() for word in _WORD.findall(claim.text)}
