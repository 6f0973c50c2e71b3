"""Words that tell of a happening: verbs, nouns and participles of the lexicon in the right company.

A word with several rules takes the one with most demands met, so "opened fire" is an attack and a
fire in a factory is not. What it gets wrong: senses that no company of words tells apart, and
happenings told without a word of the lexicon.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.entities import Entities
from kg.extract.events.company import FLAGS, is_generic, is_standing
from kg.extract.events.lexicon import Condition, Lexicon, Rule, load_cues, load_lexicon
from kg.extract.events.syntax import Frame, noun_frame, verb_frame
from kg.extract.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_NAME_TYPES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "WORK_OF_ART", "PRODUCT", "NORP"})
_NAMEABLE = frozenset(
    {"AGREEMENT", "ELECTION", "REFERENDUM", "DISASTER", "MILITARY_EXERCISE", "ARMED_CONFLICT"}
)
_NAMING = frozenset({"DISASTER", "ARMED_CONFLICT"})
_TIGHT = ("obj", "subj", "on", "in", "into", "to", "with", "for")
_PERSON_WORDS = frozenset({"he", "she", "i", "we", "who", "him", "her", "me", "us", "you"})
_ACTOR_WORDS = _PERSON_WORDS | frozenset({"they", "it", "them", "which"})
_OWNERS = frozenset({"his", "her", "my", "your", "their"})
_EARSHOT = 400  # words after which a vague word takes up nothing any more
_ARMED = frozenset({"ArmedForce", "ArmedGroup"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trigger with the rule that found it and the words around it."""

    token: "Token"
    last: "Token"
    rule: Rule
    frame: Frame
    nominal: bool

    @property
    def type(self) -> str:
        """The event type."""
        return self.rule.type


def find_triggers(parsed: Parsed, entities: Entities) -> list[Candidate]:
    """Return the triggers of a parsed body in order of the text, at most one a token."""
    matcher = Matcher(entities, load_lexicon(), demanding=parsed.uses("trigger-demands"))
    nouns = parsed.uses("nominal-triggers")
    found: list[Candidate] = []
    last: dict[str, int] = {}
    for token in parsed.doc:
        one = matcher.candidate(token, last)
        if one is not None and (nouns or not one.nominal):
            found.append(one)
            last[one.type] = token.i
    return list(_drop_doubles(found))


class Matcher:
    """Tries the rules of the lexicon on single tokens."""

    def __init__(self, entities: Entities, lexicon: Lexicon, *, demanding: bool = True) -> None:
        """Keep what conditions ask about; without demands any word of the lexicon will do."""
        self.entities = entities
        self.lexicon = lexicon
        self.demanding = demanding

    def candidate(self, token: "Token", last: dict[str, int]) -> Candidate | None:
        """Return the trigger that a token is, or None; `last` says where each type was told of."""
        if token.dep_ == "amod":
            return self._attribute(token, last)
        if token.pos_ == "VERB":
            if token.dep_ == "compound" and token.head.lemma_ not in load_cues()["carriers"]:
                return None
            found = self._verb(token, last)
            return self._noun(token, last) if found is None and _is_gerund(token) else found
        if token.pos_ == "AUX" and token.lemma_ == "be" and token.dep_ not in ("aux", "auxpass"):
            return self._verb(token, last)
        return self._noun(token, last) if token.pos_ in ("NOUN", "PROPN") else None

    def _verb(self, token: "Token", last: dict[str, int]) -> Candidate | None:
        rules = self.lexicon.rules.get(("v", token.lemma_.lower()))
        if not rules:
            return None
        frame = verb_frame(token)
        rule = self._best([r for r in rules if "echo" not in r.readings], frame)
        echo = self._echo(rules, frame, last)
        if echo and (rule is None or last.get(rule.type, -1) < last[echo.type]):
            rule = echo
        return Candidate(token, token, rule, frame, nominal=False) if rule else None

    def _noun(self, token: "Token", last_told: dict[str, int]) -> Candidate | None:
        key, last = _noun_key(token) if token.pos_ != "VERB" else (token.lower_, token)
        if last is not token and ("n", key) not in self.lexicon.rules:
            return None
        rules = self.lexicon.rules.get(("n", key)) or self.lexicon.rules.get(("n", token.lower_))
        if not rules or not _may_head(token):
            return None
        if token.pos_ == "PROPN" and (token.ent_type_ in _NAME_TYPES or token.dep_ == "compound"):
            wanted = _NAMING if token.dep_ == "compound" else _NAMEABLE
            rules = tuple(r for r in rules if r.type in wanted)
        frame = noun_frame(token)
        rule = self._best([r for r in rules if "echo" not in r.readings], frame)
        known = any(c.dep_ in ("det", "poss") for c in token.children)
        rule = rule or (self._echo(rules, frame, last_told) if known else None)
        return Candidate(token, last, rule, frame, nominal=True) if rule else None

    def _echo(
        self, rules: tuple[Rule, ...], frame: Frame, last_told: dict[str, int]
    ) -> Rule | None:
        """Return the rule of a vague word ("the deal") whose type was told of last."""
        near = {code for code, at in last_told.items() if frame.token.i - at <= _EARSHOT}
        echoes = [r for r in rules if "echo" in r.readings and r.type in near]
        echoes = [r for r in echoes if all(self.holds(c, frame) for c in r.conditions)]
        return max(echoes, key=lambda r: last_told[r.type], default=None)

    def _attribute(self, token: "Token", last: dict[str, int]) -> Candidate | None:
        """Return the trigger that a participle or adjective before its noun is."""
        if (token.i and token.nbor(-1).text == "-") or is_standing(token):
            return None
        if token.tag_ == "VBN" and (found := self._verb(token, last)) is not None:
            return found
        rules = self.lexicon.rules.get(("a", token.lower_))
        if not rules:
            return None
        frame = Frame(token, slots={"subj": (token.head,), "obj": (token.head,)})
        return Candidate(token, token, rules[0], frame, nominal=False)

    def _best(self, rules: Sequence[Rule], frame: Frame) -> Rule | None:
        fitting = [r for r in rules if all(self.holds(c, frame) for c in r.conditions)]
        return max(fitting, key=lambda r: r.weight, default=None)

    def holds(self, condition: Condition, frame: Frame) -> bool:
        """Return whether a frame meets a condition."""
        if not self.demanding:
            return True
        return self._met(condition, frame) == condition.holds

    def _met(self, condition: Condition, frame: Frame) -> bool:
        return any(self._met_at(slot, condition, frame) for slot in condition.slots)

    def _met_at(self, slot: str, condition: Condition, frame: Frame) -> bool:
        flag = self._is_verbal(frame) if slot == "verbal" else _flag(slot, frame)
        if flag is not None:
            return flag
        heads = frame.at(slot)
        if condition.words:
            return any(_words(h) & condition.words for h in heads)
        if condition.kinds:
            return any(self.is_kind(h, kind) for h in heads for kind in condition.kinds)
        return bool(heads) or slot in frame.words

    def _is_verbal(self, frame: Frame) -> bool:
        """Return whether one person attacks another: with words, unless it is told otherwise."""
        doers = frame.at("poss") + frame.at("subj") + frame.at("light")
        aims = frame.at("on") + frame.at("against") + frame.at("obj") + frame.at("answered")
        by = any(t.lower_ in _OWNERS or self._actor_kind(t) == "Person" for t in doers)
        return by and any(self.is_kind(t, "person") or t.lower_ == "her" for t in aims)

    def is_kind(self, token: "Token", kind: str) -> bool:
        """Return whether a head word is of a class of the lexicon or a kind of name."""
        words = self.lexicon.classes.get(kind)
        if words is not None:
            return self._in_class(token, kind, words)
        if kind in ("country", "person"):
            pronoun = kind == "person" and token.lower_ in _PERSON_WORDS
            return pronoun or self._actor_kind(token) == kind.title()
        if kind == "place":
            return self.entities.place_at(token) is not None or token.ent_type_ in ("GPE", "LOC")
        if kind == "product_name":
            return token.ent_type_ == "PRODUCT"
        named = self._is_named(token)
        return named or (kind == "actor" and (token.lower_ in _ACTOR_WORDS or self._acts(token)))

    def _in_class(self, token: "Token", kind: str, words: frozenset[str]) -> bool:
        if token.lemma_.lower() in words or token.lower_ in words:
            return True
        if kind in ("military", "market", "product") and any(
            c.lemma_.lower() in words for c in token.children if c.dep_ == "compound"
        ):
            return True
        if kind == "people":
            return token.pos_ == "NUM" or token.lower_ in _ACTOR_WORDS
        if kind in ("military", "military_actor"):
            return self._actor_kind(token) in _ARMED
        return kind in ("company", "body") and self._actor_kind(token) == "Corporation"

    def _is_named(self, token: "Token") -> bool:
        return (
            token.ent_type_ in _NAME_TYPES
            or (token.pos_ == "PROPN" and not token.ent_type_)
            or self.entities.actor_at(token) is not None
        )

    def _acts(self, token: "Token") -> bool:
        classes = self.lexicon.classes
        lemma = token.lemma_.lower()
        return any(lemma in classes[name] for name in ("people", "body", "office", "military"))

    def _actor_kind(self, token: "Token") -> str | None:
        actor = self.entities.actor_at(token)
        if actor is not None:
            return self.entities.kind_of(actor)
        return "Person" if token.ent_type_ == "PERSON" else None


def _flag(slot: str, frame: Frame) -> bool | None:
    """Return the value of a yes-or-no demand, or None for a slot."""
    test = FLAGS.get(slot)
    return None if test is None else test(frame)


def _is_gerund(token: "Token") -> bool:
    """Return whether an -ing form tells of a happening as a noun does ("the fighting")."""
    inner = ("aux", "auxpass", "nsubj", "nsubjpass", "dobj")
    return token.tag_ == "VBG" and not any(c.dep_ in inner for c in token.children)


def _words(token: "Token") -> set[str]:
    """Return form and lemma, and the title or kind before a name ("Judge Ana Roth")."""
    found = {token.lower_, token.lemma_.lower()}
    if token.pos_ == "PROPN":
        found |= {c.lower_ for c in token.children if c.dep_ == "compound"}
    return found


def _noun_key(token: "Token") -> tuple[str, "Token"]:
    """Return the lemma of a noun, "build-up" and "cease-fire" as one, and its last token."""
    doc, i = token.doc, token.i
    if i + 2 < len(doc) and doc[i + 1].text == "-" and not token.whitespace_:
        return f"{token.lower_}-{doc[i + 2].lower_}", doc[i + 2]
    return token.lemma_.lower(), token


def _may_head(token: "Token") -> bool:
    """Return whether a noun tells of its own happening: not "strike force", not "each strike"."""
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    if token.dep_ in ("compound", "npadvmod", "nmod"):
        if token.head.lemma_ in load_cues()["carriers"]:
            return True
        named = following is not None and token.pos_ == "PROPN" and following.pos_ == "PROPN"
        return named or (following is not None and following.text == "-")
    if token.i and token.nbor(-1).text == "-" and token.nbor(-1).head.i != token.i:
        return False
    return not is_generic(token)


def _drop_doubles(found: list[Candidate]) -> Iterator[Candidate]:
    """Leave out a verb whose object or subject tells the same happening ("sign a treaty").

    Of "drag us into a war" the verb is kept, which is not the war itself.
    """
    nominal = {c.token.i: c for c in found if c.nominal}
    joined = {
        t.i
        for c in found
        if "keep" in c.rule.readings
        for slot in _TIGHT
        for t in c.frame.at(slot)
        if any(d.lower_ in ("a", "an") for d in t.children)
    }
    for one in found:
        if one.token.i in joined:
            continue
        around = () if one.nominal else tuple(one.frame.at(slot) for slot in _TIGHT)
        others = [nominal[t.i] for heads in around for t in heads if t.i in nominal]
        same = any(o.type == one.type for o in others) and "keep" not in one.rule.readings
        told = one.type == "OTHER" and any(t.i in nominal for t in one.frame.at("obj"))
        if not same and not (told and not one.nominal):
            yield one
