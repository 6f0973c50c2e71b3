"""Mentions of one happening become one event.

Two mentions are the same event if their types are the same and nothing speaks against it: other
actors, another place, another day, another number, plan against fact, "another". What it gets
wrong: two like events of which the text names neither actor, place nor day.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from kg.extract.entities import Entities
from kg.extract.events.geography import Geography
from kg.extract.events.lexicon import load_cues
from kg.extract.events.mentions import COUNTED, Group, MentionInfo
from kg.extract.events.told import ROLES, Shelf, Told
from kg.model import Time

_OTHERS_WORDS = frozenset({"claimed", "denied"})
# What goes on for long: "the war" is not the war that somebody feared.
_GOING_ON = frozenset({"ARMED_CONFLICT", "PROTEST", "CRACKDOWN"})


def group_mentions(
    mentions: Sequence[MentionInfo], entities: Entities, geography: Geography
) -> list[Group]:
    """Return the events that mentions, in order of the text, belong to."""
    merger = _Merger(entities, geography)
    for mention in mentions:
        merger.place(mention)
    return merger.shelf.groups()


class _Merger:
    def __init__(self, entities: Entities, geography: Geography) -> None:
        self.entities = entities
        self.geography = geography
        self.shelf = Shelf(self._root)

    def place(self, mention: MentionInfo) -> None:
        """Add a mention to the latest event that it can belong to and is likest, or start one."""
        fitting = [told for told in self.shelf.near(mention) if self._may_join(mention, told)]
        home = max(reversed(fitting), key=lambda t: self._likeness(mention, t), default=None)
        if home is None:
            self.shelf.start(mention)
        else:
            self.shelf.join(home, mention)

    def _may_join(self, mention: MentionInfo, told: Told) -> bool:
        first, candidate = told.first, mention.candidate
        joining = "keep" in candidate.rule.readings
        if (
            _says_other(mention)
            or joining != ("keep" in first.candidate.rule.readings)
            or _is_wave(mention) != _is_wave(first)
            or _is_world_war(mention) != _is_world_war(first)
            or (mention.unreal != first.unreal and not _takes_up(mention, told))
            or not self._told_alike(mention, told)
            or self._clash(mention, told)
        ):
            return False
        return self._likeness(mention, told) >= _wanted_likeness(mention)

    def _told_alike(self, mention: MentionInfo, told: Told) -> bool:
        """Return whether what one mention says happened the other does not say did not.

        What one side claims and the other denies is one event; what the article tells and somebody
        denies is one only if those who did it are named in both.
        """
        mains = told.labels | {mention.labels[0].value}
        values = told.values | {f.value for f in mention.labels}
        if "negated" in mains:
            return len(mains) == 1
        if "asserted" in mains and mains & _OTHERS_WORDS:
            return self._same_for_sure(mention, told, denied="denied" in mains)
        if "denied" in values and values <= _OTHERS_WORDS:
            return self._disputed_alike(mention, told)
        return True

    def _disputed_alike(self, mention: MentionInfo, told: Told) -> bool:
        """Return whether what one side claims and what another denies is one happening.

        They share an actor, a place or a day; or the mention names nobody who did it and takes up
        the word or speaks of it as known. Nobody claims and denies one thing, nor do two who speak
        for the same.
        """
        if _is_joined(mention) != _is_joined(told.first):
            return False
        alike = self._shares_root(mention, told) or _same_day(mention, told)
        if not alike and not mention.arguments.agents:
            shared = mention.words & told.words
            alike = bool(shared - load_cues()["light"]) or mention.definite
        return alike and not self._contradicts_itself(mention, told)

    def _contradicts_itself(self, mention: MentionInfo, told: Told) -> bool:
        mine = [(f.value, self._root(f.by)) for f in mention.labels if f.by]
        claimants = told.claimants | {who for value, who in mine if value == "claimed"}
        return bool(claimants & (told.deniers | {who for value, who in mine if value == "denied"}))

    def _same_for_sure(self, mention: MentionInfo, told: Told, *, denied: bool) -> bool:
        """Return whether the article's own words and a claim tell one thing beyond doubt.

        What is denied must have the same word, and an actor, a place or a day that both give. Of
        what nobody denies it is enough that they share those, or that one tells it as known ("the
        blaze").
        """
        taken_up = bool(mention.words & told.words)
        if self._shares_root(mention, told) or _same_day(mention, told):
            return taken_up or (not denied and (mention.definite or not _is_wide(mention)))
        return not denied and (mention.definite or told.definite)

    def _shares_root(self, mention: MentionInfo, told: Told) -> bool:
        return any(self._roots(mention, role) & told.roots[role] for role in ROLES)

    def _clash(self, mention: MentionInfo, told: Told) -> bool:
        """Return whether anything that both tell speaks against their being one."""
        return (
            _wording_clashes(mention, told)
            or self._people_clash(mention, told)
            or any(_apart(mention.time, time) for time in told.times.values())
            or self._far(mention, told)
            or any(self._foreign(mention, told, role) for role in ("agents", "targets"))
        )

    def _people_clash(self, mention: MentionInfo, told: Told) -> bool:
        """Return whether "12 killed" meets the killing of somebody named."""
        if mention.candidate.type not in COUNTED or bool(mention.number) == bool(told.numbers):
            return False
        known = told.roots["targets"] and not mention.definite
        return bool(mention.arguments.targets or known)

    def _far(self, mention: MentionInfo, told: Told) -> bool:
        """Return whether no place of the one is, or holds, or lies in one of the other."""
        home, here = self.geography.country_of, mention.arguments.places
        theirs = told.places | told.roots["places"]
        near = any(place in theirs or home(place) in told.places for place in here)
        return bool(here) and bool(told.places) and not near

    def _foreign(self, mention: MentionInfo, told: Told, role: str) -> bool:
        """Return whether mention and event name different ones only in a role."""
        mine, theirs = self._roots(mention, role), told.roots[role]
        return bool(mine) and bool(theirs) and not mine & theirs

    def _roots(self, mention: MentionInfo, role: str) -> set[str]:
        return {self._root(i) for i in getattr(mention.arguments, role)}

    def _root(self, one: str) -> str:
        if one.startswith("place-"):
            return self.geography.country_of(one)
        return self.entities.principal(one) or one

    def _likeness(self, mention: MentionInfo, told: Told) -> int:
        shared = sum(bool(self._roots(mention, role) & told.roots[role]) for role in ROLES)
        same_word = bool(mention.words & told.words)
        early = mention.time.earliest if mention.time else None
        same_time = mention.time is not None and any(
            time.earliest == early for time in told.times.values()
        )
        return shared + same_word + same_time + _bare_definite(mention)


def _takes_up(mention: MentionInfo, told: Told) -> bool:
    """Return whether a plan and something told as known are one.

    "The deployment" may mean one that so far was only planned or imagined; and "could slow the
    talks" says nothing of whether there are talks.
    """
    known = mention.candidate.type in _GOING_ON
    if not _bare_definite(mention) or not mention.words & told.words:
        return False
    return not known if told.first.unreal else _presupposes(mention)


def _presupposes(mention: MentionInfo) -> bool:
    """Return whether the clause around a noun says something of it, not that it comes to be."""
    frame, cues = mention.candidate.frame, load_cues()
    if frame.at("light") or frame.at("suffer"):
        return False
    verbs = {t.lemma_ for t in (*frame.at("head"), *frame.at("does"))}
    return not verbs & (cues["light_verbs"] | cues["happenings"])


def _wanted_likeness(mention: MentionInfo) -> int:
    """Return how alike two mentions of a type must be: 0 where an article usually tells one."""
    cues, code = load_cues(), mention.candidate.type
    if code in cues["unlike"]:
        return 2
    return 1 if code in cues["told_in_number"] and not _bare_definite(mention) else 0


def _wording_clashes(mention: MentionInfo, told: Told) -> bool:
    """Return whether numbers, ordinals, topics or settings of both are given and differ."""
    pairs: tuple[tuple[AbstractSet[str], AbstractSet[str]], ...] = (
        (_as_set(mention.number), told.numbers),
        (_as_set(mention.order), told.orders),
        (_as_set(mention.setting), told.settings),
        (mention.topics, told.topics),
    )
    differ = any(mine and theirs and not mine & theirs for mine, theirs in pairs)
    return differ or _numbers_apart(mention, told.first)


def _as_set(word: str | None) -> frozenset[str]:
    return frozenset() if word is None else frozenset({word})


def _numbers_apart(mention: MentionInfo, first: MentionInfo) -> bool:
    """Return whether a noun tells one and the other tells several ("one strike", "strikes")."""
    one, other = mention.candidate, first.candidate
    if not (one.nominal and other.nominal) or one.type not in load_cues()["told_in_number"]:
        return False
    tags = {one.token.tag_, other.token.tag_}
    return one.token.lemma_ == other.token.lemma_ and tags == {"NN", "NNS"}


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


def _is_world_war(mention: MentionInfo) -> bool:
    """Return whether a war is called a world war, which no other fighting of a text is."""
    if mention.candidate.type != "ARMED_CONFLICT" or not mention.candidate.nominal:
        return False
    return any(t.lower_ == "world" for t in mention.candidate.frame.at("mod"))


def _is_joined(mention: MentionInfo) -> bool:
    """Return whether it is told that somebody else takes part ("had joined the invasion")."""
    token = mention.candidate.token
    if token.dep_ == "pobj" and token.head.head.lemma_ in ("part", "participate", "join", "help"):
        return True
    return token.dep_ == "dobj" and token.head.lemma_ in ("join", "support", "aid", "assist")


def _same_day(mention: MentionInfo, told: Told) -> bool:
    day = mention.time.start if mention.time else None
    return day is not None and any(time.start == day for time in told.times.values())


def _apart(one: Time | None, other: Time | None) -> bool:
    """Return whether two times cannot be the same."""
    if one is None or other is None:
        return False
    early, late = one.earliest or "0000", one.latest or "9999"
    return late < (other.earliest or "0000") or (other.latest or "9999") < early


def _is_wide(mention: MentionInfo) -> bool:
    """Return whether a happening is so wide that sharing a party makes no two of it one."""
    return mention.candidate.type == "ARMED_CONFLICT"
