"""When a claim was made that no words of its own date: the occasion or the speaker's day.

A speaker goes on at the same time in the sentences that follow, and what is said after a rally, a
meeting or a hearing of the speaker was told of was said there. What it gets wrong: old remarks that
the article comes back to between two of today.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kg.extract.parse import Parsed
from kg.model import Claim, Event, Time

_SESSION = 800  # code points over which a speaker goes on at the same time
_SCENE = 1500  # code points over which an occasion lasts
_AROUND = 160
_BACK = re.compile(r"\b(?:earlier|previously|formerly|had (?:\w+ )?\w+ed|once|used to)\b", re.I)
_LAST = 4
_LONGEST = 7
_TOLD = ("asserted", "claimed")
_OCCASIONS = frozenset(
    {"PUBLIC_APPEARANCE", "RALLY", "MEETING", "PHONE_CALL", "VISIT", "TRIAL", "AGREEMENT"}
)


def carry_times(claims: Sequence[Claim], events: Sequence[Event], parsed: Parsed) -> list[Claim]:
    """Return the claims, those without a time with that of their speaker's day or occasion.

    Args:
        claims: in order of the text.
        events: of the same article, with times.
        parsed: the parse, for the words around a claim's cue.
    """
    told = sorted(
        (m.trigger.end, n)
        for n, e in enumerate(events)
        if e.type in _OCCASIONS and e.factuality[0].value in _TOLD and _is_short(e.time)
        for m in e.mentions
    )
    found: list[Claim] = []
    for claim in claims:
        if claim.time is None and not _looks_back(claim, parsed):
            nearest = max(_of_speaker(claim, found), _of_occasion(claim, events, told), key=_end)
            claim = replace(claim, time=nearest[1])  # noqa: PLW2901
        found.append(claim)
    return found


def _looks_back(claim: Claim, parsed: Parsed) -> bool:
    """Return whether the words around the cue tell of an earlier day than the story's."""
    if claim.cue is None or not parsed.sentences:
        return False
    sentence = parsed.sentence_at(claim.cue.start)
    begin = max(sentence.start_char, claim.cue.start - _AROUND)
    found = _BACK.finditer(parsed.document.text, begin, claim.cue.end)
    return any(not any(p.start <= m.start() < p.end for p in claim.parts) for m in found)


def _end(found: tuple[int, Time | None]) -> int:
    return found[0]


def _of_speaker(claim: Claim, before: Sequence[Claim]) -> tuple[int, Time | None]:
    """Return the end and the time of the same speaker's claim among the last ones."""
    for last in reversed(before[-_LAST:]):
        near = claim.parts[0].start - last.parts[-1].end < _SESSION
        if near and last.speakers == claim.speakers:
            time = last.time and _copied(last.time, "the same speaker goes on")
            return last.parts[-1].end, time
    return -1, None


def _of_occasion(
    claim: Claim, events: Sequence[Event], told: Sequence[tuple[int, int]]
) -> tuple[int, Time | None]:
    """Return the end and the time of the speaker's meeting or hearing told of shortly before."""
    start = claim.parts[0].start
    at = bisect_left(told, (start,))
    for end, number in reversed(told[max(0, at - _LAST) : at]):
        event = events[number]
        if start - end > _SCENE or event.time is None:
            break
        if set(claim.speakers) & {*event.agents, *event.targets}:
            return end, _copied(event.time, f"said at the {event.name}")
    return -1, None


def _copied(time: Time, basis: str) -> Time:
    return replace(time, start=None, end=None, basis=basis)


def _is_short(time: Time | None) -> bool:
    if time is None or time.earliest is None or time.latest is None:
        return False
    length = date.fromisoformat(time.latest) - date.fromisoformat(time.earliest)
    return length.days <= _LONGEST
