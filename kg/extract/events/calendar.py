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
from kg.extract.events.bounds import (
    TOLD,
    WHOLES,
    copy_bounds,
    cut_to,
    dating_mentions,
    drop_previous,
    group_time,
    is_alike,
    is_first_day,
    is_told,
    moved_by,
)
from kg.extract.events.kinship import Kinship
from kg.extract.events.mentions import Group, MentionInfo
from kg.extract.events.newsday import NewsDay
from kg.extract.events.ties import (
    Tie,
    find_tie,
    is_going_on_as_told,
    is_joined,
    is_under_way,
    relative_noun,
    remark_verb,
    tense_form,
    words_around,
)
from kg.extract.parse import Parsed
from kg.model import Claim, Time

if TYPE_CHECKING:
    from spacy.tokens import Token

_DIRECT = ("dobj", "nsubjpass", "attr")
_FAR = 3
_LONG, _RECENT = 200, 400
# How many mentions back, and words around, a happening is looked for.
_WINDOW = 24
_AROUND = 40
_NO_WAR = frozenset({"ARMED_CONFLICT"})


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
        told = [(i, n) for n, g in enumerate(groups) if is_told(g) for i in _places(g)]
        self.told = sorted(told)

    def refine(self) -> None:
        """Drop and narrow what was read off single mentions.

        The first day of a war is no time of the war; a month or year is cut where the sentence
        tells what came before it; what was done "previously" does not date what was done now.
        """
        for group in self.groups:
            for mention in group.mentions:
                time = mention.time
                if time is not None and is_first_day(group, time):
                    mention.time = None
                elif time is not None and time.start is None and mention.labels[0].value in TOLD:
                    tied = self._tied(group, mention)
                    if tied is not None and self._is_sound(tied) and tied.earliest:
                        mention.time = cut_to(time, tied) if time.earliest and time.latest else time
            drop_previous(group)

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
                for mention in dating_mentions(group)[:_WINDOW]:
                    if mention.labels[0].value not in TOLD:
                        continue
                    time = rule(group, mention)
                    if time is not None and self._is_sound(time):
                        mention.time = self._until(time)
                        break

    def _is_sound(self, time: Time) -> bool:
        """Return whether a time has bounds in the right order that end by the report's day."""
        early, late = time.earliest, time.latest
        last = self.times.anchor.latest
        if early and late and early > late:
            return False
        return not (last and early and early > last)

    def _until(self, time: Time) -> Time:
        """Return a time that does not go on after the report."""
        last = self.times.anchor.latest
        if last is None or time.latest is None or time.latest <= last:
            return time
        return replace(time, latest=last)

    def _until_report(self, first: str | None, basis: str) -> Time | None:
        last = self.times.anchor.latest
        if first is None or last is None or first > last:
            return None
        return Time(earliest=first, latest=last, granularity="interval", basis=basis)

    def _tied(self, group: Group, mention: MentionInfo) -> Time | None:
        """Return the time that "after", "following", "during" with a dated happening gives."""
        tie = find_tie(mention.candidate.token)
        if tie is None or (tie.link == "in" and tie.word.pos_ == "NOUN" and not self._at(tie)):
            return None
        time = self._time_in(tie, group)
        if time is None and remark_verb(tie):
            time = self.news.last_said(mention.candidate.token)
        return time and self._beside_time(tie, time, war=group.type == "ARMED_CONFLICT")

    def _beside_time(self, tie: Tie, time: Time, *, war: bool) -> Time | None:
        """Return what a tie to a happening of a known time gives."""
        if tie.link in ("in", "as"):
            return copy_bounds(time, f"at the time of {tie.word.text!r}")
        if tie.days is not None:
            inferred = tie.link == "after" and time.expression is None
            return None if inferred else moved_by(time, tie)
        if tie.link == "after" and not war:
            return self._until_report(time.earliest, f"after {tie.word.text!r}")
        return None

    def _at(self, tie: Tie) -> bool:
        """Return whether "in" and "during" lead to a happening, not to a place or a stretch."""
        return tie.word.i in self.at

    def _time_in(self, tie: Tie, group: Group) -> Time | None:
        """Return the time of the dated happening or verb that a tie leads to."""
        if tie.link == "before" and tie.word.tag_ == "VBZ":
            return self.news.report("the day of the report")
        for word in tie.reach:
            other = self.at.get(word.i)
            if other is not None and other is not group:
                time = group_time(other.mentions)
                if time is not None and is_told(other):
                    return time
        return self.times.at(tie.word)

    def _whole(self, group: Group, mention: MentionInfo) -> Time | None:
        """Return the time of the happening that this one is a part or a way of."""
        kinds = WHOLES.get(group.type)
        if kinds is None:
            kinds = frozenset()
        token = mention.candidate.token
        near = [
            other
            for word in words_around(token)
            if (other := self.at.get(word.i)) is not None
            and other is not group
            and other.type in kinds
            and is_told(other)
            and is_joined(token, word)
        ]
        if not near and group.type == "ELECTION_FRAUD":
            near = self._before(token, kinds)
        near = near or self._of_relative(token)
        found = [(o, t) for o in near if (t := group_time(o.mentions)) is not None]
        if not found:
            return None
        other, time = found[0]
        return copy_bounds(time, f"part of what {other.mentions[0].candidate.token.text!r} tells")

    def _of_relative(self, token: "Token") -> list[Group]:
        """Return what "which" stands for that is its verb's subject: the dated noun before it."""
        verb = token.head if token.dep_ == "conj" and token.head.pos_ == "VERB" else token
        which = relative_noun(verb)
        if which is None:
            return []
        words = reversed(list(which.doc[max(which.sent.start, which.i - 8) : which.i]))
        found = [g for w in words if w.pos_ == "NOUN" and (g := self.at.get(w.i)) is not None]
        return [g for g in found if is_told(g)][:1]

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
            and is_told(g)
            and group_time(g.mentions) is not None
            and (self.kinship.share(group, g) or self.kinship.share_words(group, g))
            and any(is_alike(mention, m) for m in g.mentions)
        ]
        if len(same) != 1:
            return None
        time = group_time(same[0].mentions)
        if time is None or time.earliest is None or time.latest is None:
            return None
        told = same[0].mentions[0].candidate.token.text
        return copy_bounds(time, f"told of the same happening as {told!r}")

    def _going_on(self, group: Group, mention: MentionInfo) -> Time | None:
        """Return the stretch from the invasion to the report, for the war that followed it."""
        token = mention.candidate.token
        if group.type != "ARMED_CONFLICT" or token.tag_ not in ("NN", "NNP"):
            return None
        begun = [
            (g, time)
            for g in self.alike["INVASION"][:_WINDOW]
            if is_told(g)
            if (time := group_time(g.mentions)) is not None and time.earliest
        ]
        tied = [t for g, t in begun if self.kinship.share(group, g) or self._is_near(group, g)]
        if not tied and len(begun) == 1 and any(m.definite for m in group.mentions):
            tied = [t for _, t in begun]
        first = max((t.earliest for t in tied if t.earliest), default=None)
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
        own = any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)
        other = self.at.get(token.head.i)
        if other is None or other is group or not is_told(other):
            return None
        time = group_time(other.mentions)
        if time is not None and own:
            return self._until_report(time.start, f"told after {token.head.text!r}")
        return time and copy_bounds(time, f"told in one breath with {token.head.text!r}")

    def _under_way(self, _: Group, mention: MentionInfo) -> Time | None:
        """Return the day of the report, or of the speech, for what is going on then."""
        token = mention.candidate.token
        if is_going_on_as_told(token):
            said = self.news.said(token)
            if said is not None:
                return said
        war = mention.candidate.type in _NO_WAR and mention.candidate.nominal
        if war or not is_under_way(token):
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
        if token.i != verb.i and not (token.dep_ in _DIRECT and token.head.i == verb.i):
            return None
        if tense_form(verb) != "perfect" and not self.news.answers(token):
            return self._by_what_it_names(token, verb, group)
        here = self.sentence.get(token.i, 0)
        for other in self._told_before(token):
            time = group_time(other.mentions)
            if time is None or other is group or not self._is_recent(time):
                continue
            near = any(
                0 <= here - self.sentence.get(m.candidate.token.i, -99) <= _FAR
                for m in other.mentions
            )
            if near and (self.kinship.share(group, other) or self.news.answers(token)):
                told = other.mentions[0].candidate.token.text
                return self._until_report(time.earliest, f"after {told!r}, which it follows")
        return None

    def _is_recent(self, time: Time) -> bool:
        """Return whether a time lies within about a year before the report."""
        last = self.times.anchor.last
        if last is None or time.earliest is None or time.latest is None:
            return False
        length = date.fromisoformat(time.latest) - date.fromisoformat(time.earliest)
        return (
            length.days <= _LONG and time.earliest >= (last - timedelta(days=_RECENT)).isoformat()
        )

    def _by_what_it_names(self, token: "Token", verb: "Token", group: Group) -> Time | None:
        """Return from what the subject is told by: "Families hit by the flood"."""
        if tense_form(verb) != "past" or verb.i != token.i:
            return None
        for subject in (c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")):
            for word in list(subject.subtree)[:_AROUND]:
                other = self.at.get(word.i)
                if other is None or other is group or word.pos_ != "NOUN":
                    continue
                time = group_time(other.mentions) if is_told(other) else None
                if time is not None:
                    return self._until_report(time.earliest, f"after {word.text!r}")
        return None

    def _told_before(self, token: "Token") -> list[Group]:
        """Return the happenings told up to a token, the last one told first."""
        at = bisect_left(self.told, (token.i,))
        return [self.groups[n] for _, n in reversed(self.told[max(0, at - _WINDOW) : at])]


def _places(group: Group) -> list[int]:
    return [m.candidate.token.i for m in group.mentions]
