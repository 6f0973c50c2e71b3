"""Mentions of one happening become one event.

Two mentions are the same event if their types are the same and nothing speaks against it: other
actors, another place, another day, another number, plan against fact, "another". What it gets
wrong: two like events of which the text names neither actor, place nor day.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.entities import Entities
from kg.extract.events.arguments import Arguments
from kg.extract.events.geography import Geography
from kg.extract.events.lexicon import load_cues
from kg.extract.events.triggers import Candidate
from kg.model import Factuality, Time

if TYPE_CHECKING:
    from spacy.tokens import Token

_OTHERS_WORDS = frozenset({"claimed", "denied"})
_UNREAL = frozenset({"planned", "hypothetical"})
# Happenings to people, of which "12 killed" and the killing of somebody named are two.
_COUNTED = frozenset({"KILLING", "DEATH", "ARREST", "HANDOVER", "ASSAULT", "RESCUE"})
# What goes on for long: "the war" is not the war that somebody feared.
_GOING_ON = frozenset({"ARMED_CONFLICT", "PROTEST", "CRACKDOWN"})


@dataclass(slots=True)
class MentionInfo:
    """One mention with all that was read about it."""

    candidate: Candidate
    arguments: Arguments
    labels: tuple[Factuality, ...]
    time: Time | None
    words: frozenset[str] = frozenset()
    setting: str | None = None

    @property
    def unreal(self) -> bool:
        """Whether it is told as a plan or a possibility."""
        return self.labels[0].value in _UNREAL

    @property
    def definite(self) -> bool:
        """Whether a noun is told as known ("the attack")."""
        children = list(self.candidate.token.children)
        return self.candidate.nominal and any(
            c.lower_ in load_cues()["definite"] or c.dep_ == "poss" for c in children
        )

    @property
    def number(self) -> str | None:
        """The number before a noun, such as "34"."""
        candidate = self.candidate
        if candidate.nominal:
            heads: tuple[Token, ...] = (candidate.token,)
        else:
            heads = candidate.frame.at("obj") if candidate.type in _COUNTED else ()
            plain = [h.lower_ for h in heads if h.like_num]
            if plain:
                return plain[0]
        found = [c.lower_ for h in heads for c in h.children if c.dep_ == "nummod"]
        return found[0] if found else None

    def __post_init__(self) -> None:
        """Read off the words once what every comparison asks for."""
        self.words = _trigger_words(self.candidate)
        self.setting = _setting(self.candidate.token)


@dataclass(slots=True)
class Group:
    """The mentions of one event so far."""

    mentions: list[MentionInfo] = field(default_factory=list)

    @property
    def type(self) -> str:
        """The type of all of them."""
        return self.mentions[0].candidate.type

    def ids(self, role: str) -> tuple[str, ...]:
        """Return the actor or place ids of a role over all mentions, first met first."""
        found = [i for m in self.mentions for i in getattr(m.arguments, role)]
        return tuple(dict.fromkeys(found))


def group_mentions(
    mentions: Sequence[MentionInfo], entities: Entities, geography: Geography
) -> list[Group]:
    """Return the events that mentions, in order of the text, belong to."""
    merger = _Merger(entities, geography)
    groups: list[Group] = []
    for mention in mentions:
        home = merger.home(mention, groups)
        if home is None:
            groups.append(Group([mention]))
        else:
            home.mentions.append(mention)
    return groups


class _Merger:
    def __init__(self, entities: Entities, geography: Geography) -> None:
        self.entities = entities
        self.geography = geography

    def home(self, mention: MentionInfo, groups: list[Group]) -> Group | None:
        """Return the latest event that a mention can belong to and is likest."""
        code = mention.candidate.type
        fitting = [g for g in groups if g.type == code and self._may_join(mention, g)]
        return max(reversed(fitting), key=lambda g: self._likeness(mention, g), default=None)

    def _may_join(self, mention: MentionInfo, group: Group) -> bool:
        first, candidate = group.mentions[0], mention.candidate
        joining = "keep" in candidate.rule.readings
        if (
            _says_other(mention)
            or joining != ("keep" in first.candidate.rule.readings)
            or _is_wave(mention) != _is_wave(first)
            or (mention.unreal != first.unreal and not _takes_up_plan(mention, group))
            or not self._told_alike(mention, group)
            or self._clash(mention, group)
        ):
            return False
        return self._likeness(mention, group) >= _wanted_likeness(mention)

    def _told_alike(self, mention: MentionInfo, group: Group) -> bool:
        """Return whether what one mention says happened the other does not say did not.

        What one side claims and the other denies is one event; what the article tells and somebody
        denies is one only if those who did it are named in both.
        """
        values = {m.labels[0].value for m in group.mentions} | {mention.labels[0].value}
        told = {f.value for m in (mention, *group.mentions) for f in m.labels}
        if "negated" in values:
            return len(values) == 1
        if "asserted" in values and values & _OTHERS_WORDS:
            return self._same_for_sure(mention, group, denied="denied" in values)
        if "denied" in told and told <= _OTHERS_WORDS:
            return self._disputed_alike(mention, group)
        return True

    def _disputed_alike(self, mention: MentionInfo, group: Group) -> bool:
        """Return whether what one side claims and what another denies is one happening.

        They share an actor, a place or a day; or the mention names nobody who did it and takes up
        the word or speaks of it as known. Nobody claims and denies one thing, nor do two who speak
        for the same.
        """
        if _is_joined(mention) != _is_joined(group.mentions[0]):
            return False
        told = self._shares_root(mention, group) or _same_day(mention, group)
        if not told and not mention.arguments.agents:
            shared = {w for m in group.mentions for w in mention.words & m.words}
            told = bool(shared - load_cues()["light"]) or mention.definite
        return told and not self._contradicts_itself(mention, group)

    def _contradicts_itself(self, mention: MentionInfo, group: Group) -> bool:
        labels = [f for m in (mention, *group.mentions) for f in m.labels if f.by]
        claimants = {self._root(f.by) for f in labels if f.by and f.value == "claimed"}
        return any(self._root(f.by) in claimants for f in labels if f.by and f.value == "denied")

    def _same_for_sure(self, mention: MentionInfo, group: Group, *, denied: bool) -> bool:
        """Return whether the article's own words and a claim tell one thing beyond doubt.

        What is denied must have the same word, and an actor, a place or a day that both give. Of
        what nobody denies it is enough that they share those, or that one tells it as known ("the
        blaze").
        """
        same_word = any(mention.words & m.words for m in group.mentions)
        if self._shares_root(mention, group) or _same_day(mention, group):
            return same_word or not denied
        return not denied and (mention.definite or any(m.definite for m in group.mentions))

    def _shares_root(self, mention: MentionInfo, group: Group) -> bool:
        return any(
            {self._root(i) for i in getattr(mention.arguments, role)}
            & {self._root(i) for i in group.ids(role)}
            for role in ("agents", "targets", "places")
        )

    def _clash(self, mention: MentionInfo, group: Group) -> bool:
        numbers = {m.number for m in group.mentions} - {None}
        if mention.number and numbers and mention.number not in numbers:
            return True
        counted = mention.candidate.type in _COUNTED and bool(mention.number) != bool(numbers)
        if counted and (mention.arguments.targets or group.ids("targets")):
            return True
        settings = {m.setting for m in group.mentions} - {None}
        elsewhere = mention.setting and settings and mention.setting not in settings
        if elsewhere or any(_apart(mention.time, m.time) for m in group.mentions):
            return True
        if self._far(mention.arguments.places, group.ids("places")):
            return True
        return any(
            self._foreign(getattr(mention.arguments, role), group.ids(role))
            for role in ("agents", "targets")
        )

    def _far(self, some: tuple[str, ...], others: tuple[str, ...]) -> bool:
        """Return whether no place of the one is, or holds, or lies in one of the other."""
        home = self.geography.country_of
        near = any(a == b or home(a) == b or a == home(b) for a in some for b in others)
        return bool(some) and bool(others) and not near

    def _foreign(self, some: tuple[str, ...], others: tuple[str, ...]) -> bool:
        """Return whether two sets of arguments name different ones only."""
        if not some or not others:
            return False
        mine = {self._root(i) for i in some}
        theirs = {self._root(i) for i in others}
        return not mine & theirs

    def _root(self, one: str) -> str:
        if one.startswith("place-"):
            return self.geography.country_of(one)
        return self.entities.principal(one) or one

    def _likeness(self, mention: MentionInfo, group: Group) -> int:
        shared = sum(
            bool({self._root(i) for i in getattr(mention.arguments, role)}
                 & {self._root(i) for i in group.ids(role)})
            for role in ("agents", "targets", "places")
        )  # fmt: skip
        same_word = any(mention.words & m.words for m in group.mentions)
        same_time = mention.time is not None and any(
            m.time is not None and m.time.earliest == mention.time.earliest for m in group.mentions
        )
        return shared + same_word + same_time + _bare_definite(mention)


def _trigger_words(candidate: Candidate) -> frozenset[str]:
    """Return the words that tell it: the trigger's lemma, and the object of "open fire"."""
    wanted = {w for c in candidate.rule.conditions if "obj" in c.slots for w in c.words}
    objects = {t.lemma_ for t in candidate.frame.at("obj")} & wanted
    return frozenset({candidate.token.lemma_} | objects)


def opening(token: "Token") -> "list[Token]":
    """Return the first words of a sentence, without bullets and adverbs ("Also in Iraq, …")."""
    start = token.sent.start
    words = [t for t in token.doc[start : start + 9] if t.is_alpha or t.text == ","]
    while words and (words[0].pos_ in ("ADV", "CCONJ") or words[0].text == ","):
        words = words[1:]
    return words[:6]


def _setting(token: "Token") -> str | None:
    """Return the words of a place that open the sentence ("Near Mosul, …"), known or not."""
    words = [t.text for t in opening(token)]
    if not words or words[0].lower() not in ("near", "in", "at", "outside"):
        return None
    if len(words) < 2 or not words[1][:1].isupper():
        return None
    return " ".join(words[1 : words.index(",")] if "," in words else words[1:2])


def _takes_up_plan(mention: MentionInfo, group: Group) -> bool:
    """Return whether "the deployment" means one that so far was only planned or imagined."""
    first = group.mentions[0]
    same_word = any(mention.words & m.words for m in group.mentions)
    known = mention.candidate.type in _GOING_ON
    return first.unreal and _bare_definite(mention) and same_word and not known


def _wanted_likeness(mention: MentionInfo) -> int:
    """Return how alike two mentions of a type must be: 0 where an article usually tells one."""
    cues, code = load_cues(), mention.candidate.type
    if code in cues["unlike"]:
        return 2
    return 1 if code in cues["told_in_number"] and not _bare_definite(mention) else 0


def _says_other(mention: MentionInfo) -> bool:
    children = mention.candidate.token.children
    return mention.candidate.nominal and any(c.lower_ in load_cues()["others"] for c in children)


def _bare_definite(mention: MentionInfo) -> bool:
    return mention.definite and not mention.number


def _is_wave(mention: MentionInfo) -> bool | None:
    """Return whether protests are told as a wave, not as what was on one day; None of others."""
    if mention.candidate.type != "PROTEST":
        return None
    token = mention.candidate.token
    if mention.time is not None and mention.time.start is not None:
        return False
    return mention.candidate.nominal and (token.tag_ == "NNS" or token.lemma_ == "unrest")


def _is_joined(mention: MentionInfo) -> bool:
    """Return whether it is told that somebody else takes part ("had joined the invasion")."""
    token = mention.candidate.token
    if token.dep_ == "pobj" and token.head.head.lemma_ in ("part", "participate", "join", "help"):
        return True
    return token.dep_ == "dobj" and token.head.lemma_ in ("join", "support", "aid", "assist")


def _same_day(mention: MentionInfo, group: Group) -> bool:
    starts = {m.time.start for m in group.mentions if m.time is not None} - {None}
    return mention.time is not None and mention.time.start in starts


def _apart(one: Time | None, other: Time | None) -> bool:
    """Return whether two times cannot be the same."""
    if one is None or other is None:
        return False
    early, late = one.earliest or "0000", one.latest or "9999"
    return late < (other.earliest or "0000") or (other.latest or "9999") < early
