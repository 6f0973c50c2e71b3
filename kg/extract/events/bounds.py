"""What can be done with the times of a happening's mentions: the best one, cut, copied, moved."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from kg.extract.dates.tense import verb_above
from kg.extract.events.mentions import Group, MentionInfo
from kg.extract.events.ties import Tie, tense_form
from kg.model import Time

TOLD = frozenset({"asserted", "claimed", "denied"})
# What is a part or a way of what, so that it has its time.
WHOLES = {
    "ARMED_CONFLICT": frozenset({"ARMED_CONFLICT"}),
    "ELECTION_FRAUD": frozenset({"ELECTION", "REFERENDUM"}),
    "KILLING": frozenset(
        {"ATTACK", "ACCIDENT", "DISASTER", "PROTEST", "CRACKDOWN", "ARMED_CONFLICT", "ASSAULT"}
    ),
    "DEATH": frozenset({"ATTACK", "ACCIDENT", "DISASTER", "PROTEST", "ARMED_CONFLICT"}),
    "ATTACK": frozenset({"KILLING", "CRACKDOWN"}),
    "ASSAULT": frozenset({"CRACKDOWN", "PROTEST", "ATTACK"}),
    "ARREST": frozenset({"CRACKDOWN", "RAID"}),
    "RESCUE": frozenset({"ACCIDENT", "DISASTER"}),
}
# Types of which another word with a stated day is the same happening ("detained", "the arrest").
_PLAIN = frozenset({"ARREST", "ELECTION", "KILLING", "DEATH", "HANDOVER", "RESIGNATION"})


def group_time(mentions: Sequence[MentionInfo]) -> Time | None:
    """Return the most exact time of the mentions, the first of them in a tie.

    A stretch is cut to what the other mentions leave of it.
    """
    found = [m.time for m in mentions if m.time is not None]
    exact = [t for t in found if t.start is not None]
    closed = [t for t in found if t.earliest is not None and t.latest is not None]
    time = next(iter(exact or closed or found), None)
    if time is None or exact or not closed:
        return time
    for other in closed:
        time = cut_to(time, other)
    return time


def cut_to(time: Time, other: Time) -> Time:
    """Return what two stretches have in common, or the first where that is nothing new."""
    early = max(time.earliest or "", other.earliest or "")
    late = min(time.latest or "", other.latest or "")
    if early > late or (early, late) == (time.earliest, time.latest):
        return time
    basis = f"{time.basis}; {other.basis}"
    grain = "day" if early == late else "interval"
    return replace(time, earliest=early, latest=late, granularity=grain, basis=basis)


def copy_bounds(time: Time, basis: str) -> Time:
    """Return the bounds of another time as what is inferred."""
    return replace(time, start=None, end=None, expression=None, basis=basis)


def moved_by(time: Time, tie: Tie) -> Time | None:
    """Return the bounds that a number of days before or after a time gives."""
    if time.earliest is None or time.latest is None or tie.days is None:
        return None
    low, high = tie.days
    first = date.fromisoformat(time.earliest) + timedelta(days=low)
    last = date.fromisoformat(time.latest) + timedelta(days=high)
    return Time(
        earliest=first.isoformat(),
        latest=last.isoformat(),
        granularity="interval",
        basis=f"{tie.words} {tie.word.text!r}",
    )


def is_first_day(group: Group, time: Time) -> bool:
    """Return whether a war as a whole has the known day that it began on."""
    known = time.basis is not None and time.basis.startswith("known day")
    return known and group.type == "ARMED_CONFLICT"


def drop_previous(group: Group) -> None:
    """Take the time off mentions of what was done "previously", where others tell it as now."""
    before = [m for m in group.mentions if _is_previous(m)]
    if len(before) < len(group.mentions):
        for mention in before:
            if mention is not group.mentions[0]:
                mention.time = None


def _is_previous(mention: MentionInfo) -> bool:
    token = mention.candidate.token
    verb = verb_above(token)
    if verb is None or tense_form(verb) != "pluperfect":
        return False
    return any(c.lower_ in ("previously", "earlier") for c in verb.children)


def dating_mentions(group: Group) -> list[MentionInfo]:
    """Return the mentions that may date a happening: not those of what was "previously" done."""
    return [m for m in group.mentions if not _is_previous(m)] or group.mentions


def is_alike(mention: MentionInfo, other: MentionInfo) -> bool:
    """Return whether the same word in the same number tells both, or a stated day one of them."""
    if mention.words & other.words:
        return other.candidate.token.tag_ == mention.candidate.token.tag_
    stated = other.time is not None and other.time.start is not None
    return stated and mention.candidate.type in _PLAIN


def is_told(group: Group) -> bool:
    """Return whether a happening is told as one that took place, by whomever."""
    return group.mentions[0].labels[0].value in TOLD
