"""What stands around a trigger: logical subjects and objects, prepositions, modifiers.

Passives, participles after a noun, relative clauses, infinitives and conjoined verbs are undone, so
that `subj` is who does it and `obj` to whom. What it gets wrong: the parser's own attachments.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.events.control import (
    OBJECTS,
    PASSIVE,
    RELATIVES,
    SUBJECTS,
    Tokens,
    carried,
    governing_verb,
    surface_subjects,
    unrelative,
)
from kg.extract.events.lexicon import load_cues
from kg.extract.events.phrases import complements, modifiers, prepositions, small_subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

# prepositions that may hang on the object of a verb instead: "recalled its ambassador from X"
_SHARED = frozenset({"from", "with", "against", "on", "to"})
# the same after "protests by farmers against X", "a loan of 5 million dollars for X"
_HANDED_ON = frozenset({"against", "for", "to"})
_QUANTITIES = frozenset({"PERCENT", "MONEY", "QUANTITY", "CARDINAL"})


@dataclass(slots=True)
class Frame:
    """The words around one trigger, by slot; prepositions and adverbs are slots of their own."""

    token: "Token"
    passive: bool = False
    slots: dict[str, Tokens] = field(default_factory=dict)
    words: frozenset[str] = frozenset()

    def at(self, slot: str) -> Tokens:
        """Return the heads that fill a slot."""
        return self.slots.get(slot, ())


def verb_frame(token: "Token") -> Frame:
    """Return the frame of a verb or participle."""
    frame = Frame(token, is_passive(token))
    slots = prepositions(token)
    slots["subj"], slots["obj"] = _arguments(token, frame.passive)
    for head in slots["obj"]:
        for name, found in prepositions(head).items():
            if name in _SHARED and found:
                slots.setdefault(name, found)
    slots["dative"] = tuple(c for c in token.children if c.dep_ == "dative" and c.pos_ != "ADP")
    slots["comp"] = complements(token)
    if not slots["obj"]:
        slots["obj"] = small_subjects(slots["comp"])
    slots["objmod"] = tuple(m for head in slots["obj"] for m in modifiers(head))
    slots["prt"] = tuple(c for c in token.children if c.dep_ in ("prt", "advmod"))
    slots["amount"] = _amounts(token, slots)
    slots["xcomp"] = tuple(c for c in token.children if c.dep_ == "xcomp")
    slots["clause"] = tuple(c for c in token.children if c.dep_ == "ccomp")
    frame.slots = {name: tuple(map(counted, heads)) for name, heads in slots.items()}
    frame.words = frozenset(c.lower_ for c in token.children if c.dep_ in ("advmod", "prt", "prep"))
    return frame


def _amounts(token: "Token", slots: dict[str, Tokens]) -> Tokens:
    """Return the sums, shares and counts that a verb is measured in."""
    near = [c for c in token.children if c.dep_ in ("npadvmod", *OBJECTS)] + list(
        slots.get("by", ())
    )
    return tuple(c for c in near if c.ent_type_ in _QUANTITIES or c.text == "%")


def noun_frame(token: "Token") -> Frame:
    """Return the frame of a noun; its light verb's subject counts as its agent."""
    frame = Frame(token)
    slots = prepositions(token)
    for name in ("by", "of"):
        for head in slots.get(name, ()):
            for inner, found in prepositions(head).items():
                if inner in _HANDED_ON and found:
                    slots.setdefault(inner, found)
    slots["poss"] = tuple(c for c in token.children if c.dep_ == "poss")
    slots["mod"] = modifiers(token)
    verb = governing_verb(token)
    answer = _answering(token)
    if answer is not None:
        slots["light"] = _arguments(answer, is_passive(answer))[0]
        slots["answered"] = prepositions(answer).get("to", ())
    elif verb is not None and carried(token).dep_ in (*OBJECTS, *PASSIVE):
        slots["head"] = (verb,)
        _borrow(slots, verb)
    else:
        _borrow_through(slots, carried(token))
    slots["after"] = (token.head,) if token.dep_ == "pobj" else ()
    slots["under"] = _under(token)
    slots["attr"] = (token.head,) if token.dep_ == "attr" else ()
    slots["carrier"] = (token.head,) if token.dep_ == "compound" else ()
    slots["nummod"] = tuple(c for c in token.children if c.dep_ == "nummod")
    slots["does"] = (verb,) if verb is not None and carried(token).dep_ in SUBJECTS else ()
    slots["struck"] = _struck(slots["does"])
    slots["aim"] = _aims(token)
    slots["inf"] = tuple(c for c in token.children if c.dep_ in ("acl", "relcl") and c.tag_ == "VB")
    slots["conj"] = token.conjuncts
    frame.slots = {name: tuple(map(counted, heads)) for name, heads in slots.items()}
    frame.words = frozenset(c.lower_ for c in token.children if c.dep_ == "prep")
    return frame


def _answering(token: "Token") -> "Token | None":
    """Return the verb of "responded with a crackdown"."""
    if token.dep_ == "pobj" and token.head.lower_ == "with":
        verb = token.head.head
        return verb if verb.lemma_ in load_cues()["responses"] else None
    return None


def _under(token: "Token") -> Tokens:
    """Return the noun that "in exile" describes, or the subject of a verb that it does."""
    if token.dep_ != "pobj":
        return ()
    governor = token.head.head
    if governor.pos_ in ("VERB", "AUX"):
        return _arguments(governor, is_passive(governor))[0] or surface_subjects(governor)
    return (governor,)


def adversaries(verb: "Token") -> Tokens:
    """Return whom "to defeat X" and "to liberate the city from X" are aimed at."""
    heads = [c for c in verb.children if c.dep_ in OBJECTS]
    for head in (verb, *heads):
        heads += prepositions(head).get("from", ())
    return tuple(heads)


def _struck(verbs: Tokens) -> Tokens:
    """Return what "an earthquake struck" or "a flood hit"."""
    hits = load_cues()["hits"]
    return tuple(o for v in verbs if v.lemma_ in hits for o in v.children if o.dep_ in OBJECTS)


def _aims(token: "Token") -> Tokens:
    """Return the targets of "raids and arrests targeting reporters"."""
    words = load_cues()["targeting"]
    clauses = [c for t in (token, *token.conjuncts) for c in t.children if c.dep_ == "acl"]
    return tuple(o for c in clauses if c.lemma_ in words for o in c.children if o.dep_ == "dobj")


def counted(token: "Token") -> "Token":
    """Return what is counted in "dozens of people", "all of them", or the token itself."""
    if token.lower_ in load_cues()["counts"]:
        for prep in token.children:
            if prep.lower_ == "of":
                return next((c for c in prep.children if c.dep_ == "pobj"), token)
    return token


def _borrow(slots: dict[str, Tokens], verb: "Token") -> None:
    """Give a noun the subject of its light verb, and the prepositions that hang on the verb."""
    passive = is_passive(verb)
    subjects, _ = _arguments(verb, passive)
    cues = load_cues()
    light, suffers = verb.lemma_ in cues["light_verbs"], verb.lemma_ in cues["suffering"]
    takes = verb.lemma_ in cues["takers"]
    slots["suffer" if suffers else "light"] = subjects if light or suffers else ()
    slots["taker"] = subjects if takes else ()
    slots["dative"] = tuple(c for c in verb.children if c.dep_ == "dative" and c.pos_ != "ADP")
    if passive and any(c.dep_ in OBJECTS for c in verb.children):
        slots["dative"] = surface_subjects(verb)
    if light or suffers or takes:
        for name, found in prepositions(verb).items():
            if name != "by":
                slots.setdefault(name, found)


def _borrow_through(slots: dict[str, Tokens], token: "Token") -> None:
    """Give a noun the company of "supply X with aid", "is in talks", "locked in a war"."""
    if token.dep_ != "pobj" or token.head.dep_ != "prep":
        return
    cues, prep, governor = load_cues(), token.head, token.head.head
    if prep.lower_ == "to" and governor.lemma_ in cues["agreeing"]:
        slots["party"] = logical_subjects(governor)
    elif prep.lower_ == "with" and governor.lemma_ in cues["givers"]:
        slots["light"], slots["dative"] = _arguments(governor, is_passive(governor))
    elif prep.lower_ in cues["within"] and governor.lemma_ in cues["engaging"]:
        slots["party"] = surface_subjects(governor)
        for name, found in prepositions(governor).items():
            if name not in cues["within"]:
                slots.setdefault(name, found)


def is_passive(token: "Token") -> bool:
    """Return whether a verb form is passive, or a past participle after or before its noun."""
    if token.lemma_ in load_cues()["engaging"]:
        return False
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in token.children):
        return True
    if token.tag_ not in ("VBN", "VBD"):
        return False
    if token.dep_ == "acl" or (token.dep_ == "amod" and token.tag_ == "VBN"):
        return True
    if token.dep_ == "conj" and not any(c.dep_ in SUBJECTS for c in token.children):
        return (
            token.tag_ == "VBN"
            and token.head.pos_ in ("VERB", "AUX")
            and is_passive(token.head)
            and not any(c.dep_ in OBJECTS for c in token.children)
        )
    return token.tag_ == "VBN" and token.dep_ in ("ccomp", "advcl") and not _has_auxiliary(token)


def _has_auxiliary(token: "Token") -> bool:
    return any(c.dep_ == "aux" for c in token.children)


def _arguments(token: "Token", passive: bool) -> tuple[Tokens, Tokens]:  # noqa: FBT001
    """Return the logical subjects and objects of a verb."""
    surface = surface_subjects(token)
    objects = tuple(c for c in token.children if c.dep_ in OBJECTS)
    if passive:
        agents = tuple(
            p
            for c in token.children
            if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by")
            for p in c.children
            if p.dep_ == "pobj"
        )
        return agents, surface + objects
    if not objects and token.dep_ == "relcl":
        antecedent = _relative_object(token)
        if antecedent is not None:
            objects = (antecedent,)
    return surface, tuple(unrelative(o, token) for o in objects)


def logical_subjects(verb: "Token") -> Tokens:
    """Return who or what does a verb, relative pronouns and passives undone."""
    return _arguments(verb, is_passive(verb))[0]


def _relative_object(verb: "Token") -> "Token | None":
    """Return the antecedent of "the city (that) they seized"."""
    subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
    if subjects and subjects[0].lower_ not in RELATIVES:
        return verb.head
    return None
