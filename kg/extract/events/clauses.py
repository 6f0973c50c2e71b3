"""What a clause is by its own words: a condition, a command, a habit, a title, a negation.

What it gets wrong: commands that open with an adverb, habits told without a word for them.
"""

from typing import TYPE_CHECKING

from kg.extract.events.lexicon import load_cues

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass")
_AUXILIARIES = ("aux", "auxpass")
_MAIN = ("ROOT", "ccomp", "advcl")
_INVERTED = frozenset({"had", "were", "should"})


def own_subject(verb: "Token") -> bool:
    """Return whether a verb has a subject of its own."""
    return any(c.dep_ in _SUBJECTS for c in verb.children)


def is_infinitive(verb: "Token") -> bool:
    """Return whether a verb stands with "to"."""
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def is_negated(verb: "Token") -> bool:
    """Return whether "not" or "never" stands with a verb."""
    return any(c.dep_ == "neg" for c in verb.children)


def is_present(verb: "Token") -> bool:
    """Return whether a verb stands in the simple present tense."""
    return verb.tag_ in ("VBP", "VBZ") and not any(c.dep_ in _AUXILIARIES for c in verb.children)


def mark_of(clause: "Token") -> str:
    """Return the word that opens a clause: "if", "after", an inverted "should"; "" for none."""
    for child in clause.children:
        if child.dep_ == "mark" or (child.dep_ == "aux" and child.lower_ == "should"):
            return child.lower_
    return ""


def with_particle(verb: "Token") -> str:
    """Return the lemma of a verb, joined to its particle where it has one: "call-off"."""
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), "")
    joined = f"{verb.lemma_}-{particle}"
    return joined if joined in load_cues()["failures"] else verb.lemma_


def was_prevented(verb: "Token") -> bool:
    """Return whether a verb tells, as done, that something was kept from happening."""
    if verb.lemma_ not in load_cues()["preventions"] or verb.tag_ not in ("VBD", "VBN"):
        return False
    helpers = {c.lower_ for c in verb.children if c.dep_ in _AUXILIARIES}
    told = verb.tag_ == "VBD" or bool(helpers & {"was", "were", "had", "has", "have", "been"})
    return told and not helpers & {"to", *load_cues()["modal"], *load_cues()["conditional"]}


def negates_subject(verb: "Token") -> bool:
    """Return whether "no one", "no ships" or "neither side" is a verb's subject or object."""
    nobody = load_cues()["nobody"]
    for child in verb.children:
        if child.dep_ in (*_SUBJECTS, "dobj"):
            near = {c.lower_ for c in child.children if c.dep_ in ("det", "preconj")}
            if child.lower_ in nobody or near & {"no", "neither"}:
                return True
    return False


def is_conditional(verb: "Token") -> bool:
    """Return whether a verb stands under a condition, or is one."""
    cues = load_cues()
    for child in verb.children:
        if child.dep_ == "advcl" and mark_of(child) in ("if", "unless", "should"):
            if not is_reservation(child):
                return True
        elif child.dep_ == "mark" and (
            child.lower_ in cues["if"] or (child.lower_ in ("until", "once") and is_present(verb))
        ):
            return True
    return _is_inverted(verb)


def is_reservation(clause: "Token") -> bool:
    """Return whether an if-clause only lays the sentence on somebody: "if X is to be believed"."""
    near = {clause.lower_, *(c.lower_ for c in clause.children)}
    return bool(near & load_cues()["reservations"])


def _is_inverted(verb: "Token") -> bool:
    """Return whether a clause opens like "had it not", "were he to", "should she", "had the"."""
    subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
    if subject is None:
        return False
    first = subject.left_edge.i - 1
    opener = next((c for c in verb.children if c.i == first and c.lower_ in _INVERTED), None)
    if opener is None or verb.sent.text.rstrip().endswith("?"):
        return False
    return first == verb.sent.start or verb.doc[first - 1].text in (",", "–", "—", "“", '"')


def is_imperative(verb: "Token") -> bool:
    """Return whether a verb commands: "Release them now!", "Do not attack"."""
    if verb.tag_ != "VB" or verb.dep_ not in _MAIN or own_subject(verb):
        return False
    helpers = [c.lower_ for c in verb.children if c.dep_ in _AUXILIARIES]
    if any(h not in ("do", "please") for h in helpers):
        return False
    opens = verb.left_edge.i
    first = opens == verb.sent.start or verb.doc[opens - 1].is_quote
    return verb.dep_ == "ROOT" or (first and "to" not in helpers)


def is_habitual(verb: "Token") -> bool:
    """Return whether a verb in the present tense tells of what happens again and again."""
    if not is_present(verb):
        return False
    cues = load_cues()
    for child in verb.children:
        if child.dep_ in _SUBJECTS and child.lower_ in cues["anybody"]:
            return True
        if child.dep_ in ("npadvmod", "advmod") and (
            child.lower_ in cues["habits"] or any(g.lower_ in cues["each"] for g in child.children)
        ):
            return True
        if child.dep_ == "advcl" and _mark_word(child) in ("when", "whenever", "where", "wherever"):
            return _is_bare_plural(verb) and is_present(child)
    return False


def _mark_word(clause: "Token") -> str:
    return next((c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod")), "")


def _is_bare_plural(verb: "Token") -> bool:
    """Return whether the subject is "storms", not "the storms" or "two storms"."""
    subjects = [c for c in verb.children if c.dep_ in _SUBJECTS]
    return any(s.tag_ == "NNS" and not list(s.children) for s in subjects)


def is_title(verb: "Token") -> bool:
    """Return whether a verb is the infinitive of a title: "Minister to resign"."""
    if not is_infinitive(verb) or any(c.lower_ == "have" for c in verb.children):
        return False
    if verb.dep_ == "ROOT":
        return own_subject(verb)
    head = verb.head
    bare = verb.dep_ in ("acl", "relcl") and head.dep_ == "ROOT" and head.pos_ in ("NOUN", "PROPN")
    return bare and not any(t.text == "." for t in head.children)
