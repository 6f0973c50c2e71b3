"""Mentions of happenings with all that was read about them, and those that are one event."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.events.arguments import Arguments
from kg.extract.events.lexicon import load_cues
from kg.extract.events.triggers import Candidate
from kg.model import Factuality, Time

if TYPE_CHECKING:
    from spacy.tokens import Token

_UNREAL = frozenset({"planned", "hypothetical"})
_STEM = 4  # letters by which a noun is of a verb of its type: "acquire", "acquisition"
# Happenings to people, of which "12 killed" and the killing of somebody named are two.
COUNTED = frozenset({"KILLING", "DEATH", "ARREST", "HANDOVER", "ASSAULT", "RESCUE"})


@dataclass(slots=True)
class MentionInfo:
    """One mention with all that was read about it."""

    candidate: Candidate
    arguments: Arguments
    labels: tuple[Factuality, ...]
    time: Time | None
    words: frozenset[str] = frozenset()
    setting: str | None = None
    topics: frozenset[str] = frozenset()
    order: str | None = None

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
            heads = candidate.frame.at("obj") if candidate.type in COUNTED else ()
            plain = [h.lower_ for h in heads if h.like_num]
            if plain:
                return plain[0]
        found = [c.lower_ for h in heads for c in h.children if c.dep_ == "nummod"]
        return found[0] if found else None

    def __post_init__(self) -> None:
        """Read off the words once what every comparison asks for."""
        self.words = _trigger_words(self.candidate)
        lemma = self.candidate.token.lemma_
        if len(lemma) > _STEM and (self.definite or not self.candidate.nominal):
            self.words |= {lemma[:_STEM] + "-"}
        self.setting = _setting(self.candidate.token)
        if self.candidate.nominal:
            self.topics = _topics(self.candidate)
            ordinals, before = load_cues()["ordinals"], self.candidate.frame.at("mod")
            self.order = next((t.lower_ for t in before if t.lower_ in ordinals), None)


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


def _trigger_words(candidate: Candidate) -> frozenset[str]:
    """Return the words that tell it: the trigger's lemma, and the object of "open fire"."""
    wanted = {w for c in candidate.rule.conditions if "obj" in c.slots for w in c.words}
    objects = {t.lemma_ for t in candidate.frame.at("obj")} & wanted
    return frozenset({candidate.token.lemma_} | objects)


def _topics(candidate: Candidate) -> frozenset[str]:
    """Return what a treaty, a vote or a law is about, by the words before the noun.

    Of a disaster the noun tells its nature; of premieres and deals the name before tells which.
    """
    cues, before = load_cues(), candidate.frame.at("mod")
    words = {t.lower_ for t in before}
    if candidate.type == "DISASTER":
        words = {candidate.token.lemma_.lower()}
    found = {k for k, group in cues.items() if k.startswith("topic_") and words & group}
    if not found and candidate.type in cues["unlike"]:
        found = {t.lower_ for t in before if t.ent_type_ in ("GPE", "NORP")}
    return frozenset(found)


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
