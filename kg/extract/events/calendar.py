"""Times of happenings that no expression of their own dates, from the rest of the article.

After mentions are joined, a happening without a time takes one from what the text ties it to: the
happening it came after, was part of or was a way of, the vote it falsified, what it is told of
again, the war that goes on, the day of the report where it is under way or is the news itself.
All of these are bounds with a basis in words, never a day that the text states.

What it gets wrong: what is told in another order than it happened; news that is old.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.extract.dates import Times
from kg.extract.dates.tense import verb_above
from kg.extract.events.coreference import Group, MentionInfo
from kg.extract.events.kinship import Kinship
from kg.extract.events.newsday import NewsDay
from kg.extract.events.ties import Tie, find_tie, is_under_way, tense_form
from kg.extract.parse import Parsed
from kg.model import Claim, Time

if TYPE_CHECKING:
    from spacy.tokens import Token

_TOLD = frozenset({"asserted", "claimed", "denied"})
# What is a part or a way of what, so that it has its time.
_WHOLES = {
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
_FAR = 3
# How many mentions back, and words around, a happening is looked for.
_WINDOW = 24
_AROUND = 40
_NO_WAR = frozenset({"ARMED_CONFLICT"})


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
        time = _cut(time, other)
    return time


def _cut(time: Time, other: Time) -> Time:
    """Return what two stretches have in common, or the first where that is nothing new."""
    early = max(time.earliest or "", other.earliest or "")
    late = min(time.latest or "", other.latest or "")
    if early > late or (early, late) == (time.earliest, time.latest):
        return time
    basis = f"{time.basis}; {other.basis}"
    grain = "day" if early == late else "interval"
    return replace(time, earliest=early, latest=late, granularity=grain, basis=basis)


def complete_times(
    parsed: Parsed,
    groups: Sequence[Group],
    times: Times,
    claims: Sequence[Claim],
    kinship: Kinship,
) -> None:
    """Give the groups that have no time the one that the article ties them to.

    Args:
        parsed: the parse of the body.
        groups: the happenings with their mentions, in order of the text; those are changed.
        times: the times of the text.
        claims: what was said, to know when.
        kinship: which happenings share actors or places.
    """
    if not parsed.uses("times-across-sentences"):
        return
    calendar = _Calendar(parsed, groups, times, claims, kinship)
    calendar.refine()
    for _ in range(2):
        calendar.fill()


class _Calendar:
    def __init__(
        self,
        parsed: Parsed,
        groups: Sequence[Group],
        times: Times,
        claims: Sequence[Claim],
        kinship: Kinship,
    ) -> None:
        self.groups, self.times, self.kinship = groups, times, kinship
        self.news = NewsDay(parsed, times, claims)
        self.at = {m.candidate.token.i: g for g in groups for m in g.mentions}
        self.alike: defaultdict[str, list[Group]] = defaultdict(list)
        for group in groups:
            self.alike[group.type].append(group)
        self.sentence = {t.i: n for n, s in enumerate(parsed.sentences) for t in s}
        told = [(i, n) for n, g in enumerate(groups) if _is_told(g) for i in _places(g)]
        self.told = sorted(told)

    def refine(self) -> None:
        """Drop and narrow what was read off single mentions.

        The first day of a war is no time of the war; a month or year is cut where the sentence
        tells what came before it; what was done "previously" does not date what was done now.
        """
        for group in self.groups:
            for mention in group.mentions:
                time = mention.time
                if time is not None and _is_first_day(group, time):
                    mention.time = None
                elif time is not None and time.start is None and mention.labels[0].value in _TOLD:
                    tied = self._tied(group, mention)
                    if tied is not None and self._is_sound(tied) and tied.earliest:
                        mention.time = _cut(time, tied) if time.earliest and time.latest else time
            _drop_previous(group)

    def fill(self) -> None:
        """Try the rules on every group without a time, the surest first."""
        rules: tuple[Callable[[Group, MentionInfo], Time | None], ...] = (
            self._tied,
            self._whole,
            self._beside,
            self._taken_up,
            self._going_on,
            self._under_way,
            self._news,
            self._since_before,
        )
        for rule in rules:
            for group in self.groups:
                if group_time(group.mentions) is not None:
                    continue
                for mention in group.mentions:
                    if mention.labels[0].value not in _TOLD:
                        continue
                    time = rule(group, mention)
                    if time is not None and self._is_sound(time):
                        mention.time = time
                        break

    def _is_sound(self, time: Time) -> bool:
        """Return whether a time has bounds in the right order that end by the report's day."""
        early, late = time.earliest, time.latest
        last = self.times.anchor.latest
        if early and late and early > late:
            return False
        return not (last and early and early > last)

    def _until_report(self, first: str | None, basis: str) -> Time | None:
        last = self.times.anchor.latest
        if first is None or last is None or first > last:
            return None
        return Time(earliest=first, latest=last, granularity="interval", basis=basis)

    def _tied(self, group: Group, mention: MentionInfo) -> Time | None:
        """Return the time that "after", "following", "during" with a dated happening gives."""
        tie = find_tie(mention.candidate.token)
        if tie is None:
            return None
        time = self._time_in(tie, group)
        if time is None:
            return None
        if tie.link in ("in", "as"):
            return _copied(time, f"at the time of {_words(tie.word)!r}")
        if tie.days is not None:
            return _moved(time, tie)
        if tie.link == "after":
            return self._until_report(time.earliest, f"after {_words(tie.word)!r}")
        return None

    def _time_in(self, tie: Tie, group: Group) -> Time | None:
        """Return the time of the dated happening or verb that a tie leads to."""
        for word in tie.reach:
            other = self.at.get(word.i)
            if other is not None and other is not group:
                time = group_time(other.mentions)
                if time is not None and _is_told(other):
                    return time
        return self.times.at(tie.word)

    def _whole(self, group: Group, mention: MentionInfo) -> Time | None:
        """Return the time of the happening that this one is a part or a way of."""
        kinds = _WHOLES.get(group.type)
        if kinds is None:
            return None
        token = mention.candidate.token
        near = [
            other
            for word in _around(token)
            if (other := self.at.get(word.i)) is not None
            and other is not group
            and other.type in kinds
            and _is_told(other)
            and _is_joined(token, word)
        ]
        if not near and group.type == "ELECTION_FRAUD":
            near = self._before(token, kinds)
        found = [(o, t) for o in near if (t := group_time(o.mentions)) is not None]
        if not found:
            return None
        other, time = found[0]
        return _copied(time, f"part of what {_words(other.mentions[0].candidate.token)!r} tells")

    def _before(self, token: "Token", kinds: frozenset[str]) -> list[Group]:
        """Return the happenings of some types told up to here, the last of them first."""
        return [g for g in self._told_before(token) if g.type in kinds]

    def _taken_up(self, group: Group, mention: MentionInfo) -> Time | None:
        """Return the time of the one dated happening that "the arrest" means again."""
        if not mention.definite or mention.number or group.type in _NO_WAR:
            return None
        same = [
            g
            for g in self.alike[group.type][:_WINDOW]
            if g is not group
            and _is_told(g)
            and group_time(g.mentions) is not None
            and self.kinship.share(group, g)
            and any(mention.words & m.words for m in g.mentions)
        ]
        if len(same) != 1:
            return None
        time = group_time(same[0].mentions)
        told = _words(same[0].mentions[0].candidate.token)
        return time and _copied(time, f"told of the same happening as {told!r}")

    def _going_on(self, group: Group, mention: MentionInfo) -> Time | None:
        """Return the stretch from the invasion to the report, for the war that followed it."""
        if group.type != "ARMED_CONFLICT" or not mention.candidate.nominal:
            return None
        begun = [
            time
            for g in self.alike["INVASION"][:_WINDOW]
            if _is_told(g) and (self.kinship.share(group, g) or self._is_near(group, g))
            if (time := group_time(g.mentions)) is not None and time.earliest
        ]
        first = max((t.earliest for t in begun if t.earliest), default=None)
        return self._until_report(first, "from the invasion to the day of the report")

    def _is_near(self, group: Group, other: Group) -> bool:
        """Return whether two happenings are told within a few sentences."""
        here = [self.sentence.get(i, 0) for i in _places(group)[:_WINDOW]]
        there = [self.sentence.get(i, 0) for i in _places(other)[:_WINDOW]]
        return any(0 <= a - b <= _FAR for a in here for b in there)

    def _beside(self, group: Group, mention: MentionInfo) -> Time | None:
        """Return the time of the verb that another is joined to: "killed 3 and injured 20"."""
        token = mention.candidate.token
        if token.dep_ != "conj" or token.pos_ != "VERB" or token.head.pos_ != "VERB":
            return None
        if any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children):
            return None
        other = self.at.get(token.head.i)
        if other is None or other is group or not _is_told(other):
            return None
        time = group_time(other.mentions)
        return time and _copied(time, f"told in one breath with {_words(token.head)!r}")

    def _under_way(self, _: Group, mention: MentionInfo) -> Time | None:
        """Return the day of the report, or of the speech, for what is going on then."""
        if mention.candidate.type in _NO_WAR or not is_under_way(mention.candidate.token):
            return None
        return self.news.now(mention.candidate.token, "under way on the day of the report")

    def _news(self, _: Group, mention: MentionInfo) -> Time | None:
        """Return the days of the news for what the first sentences tell as just done."""
        if mention.candidate.type in _NO_WAR:
            return None
        return self.news.of(mention.candidate.token)

    def _since_before(self, group: Group, mention: MentionInfo) -> Time | None:
        """Return from the last happening told until the report, for what has been done since."""
        token = mention.candidate.token
        verb = verb_above(token)
        if verb is None or group.type in _NO_WAR:
            return None
        if tense_form(verb) != "perfect" and not self.news.answers(token):
            return self._by_what_it_names(token, verb, group)
        here = self.sentence.get(token.i, 0)
        for other in self._told_before(token):
            time = group_time(other.mentions)
            if time is None or time.earliest is None or other is group:
                continue
            near = any(
                0 <= here - self.sentence.get(m.candidate.token.i, -99) <= _FAR
                for m in other.mentions
            )
            if near and (self.kinship.share(group, other) or self.news.answers(token)):
                told = _words(other.mentions[0].candidate.token)
                return self._until_report(time.earliest, f"after {told!r}, which it follows")
        return None

    def _by_what_it_names(self, token: "Token", verb: "Token", group: Group) -> Time | None:
        """Return from what the subject is told by: "Those left homeless by the fire"."""
        if tense_form(verb) != "past" or verb.i != token.i:
            return None
        for subject in (c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")):
            for word in list(subject.subtree)[:_AROUND]:
                other = self.at.get(word.i)
                if other is None or other is group or word.pos_ != "NOUN":
                    continue
                time = group_time(other.mentions) if _is_told(other) else None
                if time is not None:
                    return self._until_report(time.earliest, f"after {_words(word)!r}")
        return None

    def _told_before(self, token: "Token") -> list[Group]:
        """Return the happenings told up to a token, the last one told first."""
        at = bisect_left(self.told, (token.i,))
        return [self.groups[n] for _, n in reversed(self.told[max(0, at - _WINDOW) : at])]


def _places(group: Group) -> list[int]:
    return [m.candidate.token.i for m in group.mentions]


def _is_first_day(group: Group, time: Time) -> bool:
    """Return whether a war as a whole has the known day that it began on."""
    known = time.basis is not None and time.basis.startswith("known day")
    return known and group.type == "ARMED_CONFLICT"


def _drop_previous(group: Group) -> None:
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


def _is_told(group: Group) -> bool:
    return group.mentions[0].labels[0].value in _TOLD


def _copied(time: Time, basis: str) -> Time:
    """Return the bounds of another time as what is inferred."""
    return replace(time, start=None, end=None, expression=None, basis=basis)


def _moved(time: Time, tie: Tie) -> Time | None:
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
        basis=f"{tie.words} {_words(tie.word)!r}",
    )


def _is_joined(part: "Token", whole: "Token") -> bool:
    """Return whether one of two words of a sentence hangs on the other within one happening."""
    return _hangs(part, whole) or _hangs(whole, part)


def _hangs(low: "Token", high: "Token") -> bool:
    for _ in range(5):
        if low.i == high.i:
            return True
        if low.head.i == low.i or (low.dep_ == "conj" and low.pos_ == "VERB" and low.i > high.i):
            break
        if low.dep_ == "prep" and low.lower_ in ("after", "before", "for", "against", "about"):
            break
        if low.dep_ == "advcl" and any(c.dep_ == "mark" for c in low.children):
            break
        low = low.head
    return low.i == high.i


def _around(token: "Token") -> "list[Token]":
    """Return the words of the sentence near a token."""
    sentence = token.sent
    begin, end = max(sentence.start, token.i - _AROUND), min(sentence.end, token.i + _AROUND)
    return list(token.doc[begin:end])


def _words(token: "Token") -> str:
    return token.text
