"""What the words that govern a trigger say of it: planned, wished, negated, denied, claimed.

Verbs are read by what governs them (`kg.extract.events.governors`); nouns by their own modifiers
and by the verb or noun they depend on. What it gets wrong: plans told in the present tense, and
nouns whose definite article says nothing ("the strike" that is only threatened).
"""

from typing import TYPE_CHECKING

from kg.extract.events.clauses import is_negated, was_prevented, with_particle
from kg.extract.events.control import carried, governing_verb
from kg.extract.events.governors import read_noun_governor, read_verb
from kg.extract.events.lexicon import load_cues
from kg.extract.events.owners import subject_above
from kg.extract.events.reading import Reading
from kg.extract.events.triggers import Candidate

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass")
_OUTCOMES = frozenset(
    {"AGREEMENT", "CEASEFIRE", "BUSINESS_DEAL", "HANDOVER", "LOAN", "CONSTITUTIONAL_CHANGE"}
)
_DONE = frozenset({"ARREST", "KILLING", "DEATH", "ATTACK", "SEIZURE", "RESCUE", "RAID", "RESEARCH"})
_NAMING = frozenset({"as", "like", "including", "during", "after", "before", "amid", "despite"})
_BACKGROUND = frozenset({"over", "amid", "despite", "since"})
_LOOMING = frozenset({"SANCTION", "TRIAL", "LAWSUIT"})


def read_modality(candidate: Candidate) -> Reading:
    """Return what the trigger's own sentence says of it, without regard to claims."""
    reading = Reading([], [])
    token = candidate.token
    if candidate.nominal:
        _read_noun(token, reading)
    else:
        read_verb(token, reading)
    heads = candidate.frame.at("head") if candidate.nominal else ()
    if candidate.type in _DONE and any(h.lemma_ == "announce" for h in heads):
        reading.values = [v for v in reading.values if v != "planned"]
    if candidate.nominal and candidate.type in _OUTCOMES and _is_talked_over(token):
        reading.add("hypothetical")
    if candidate.type in _LOOMING and any(h.lemma_ == "face" and h.tag_ != "VBD" for h in heads):
        reading.add("planned")
    if "unreal" in candidate.rule.readings:
        reading.add("hypothetical")
    return reading


def _is_talked_over(noun: "Token") -> bool:
    """Return whether a noun is what is bargained for: "talks on a treaty"."""
    prep = carried(noun).head
    over = prep.lower_ in ("on", "over", "about", "for", "towards", "toward", "regarding")
    return over and prep.dep_ == "prep" and prep.head.lemma_ in load_cues()["bargaining_nouns"]


def _read_noun(token: "Token", reading: Reading) -> None:
    cues = load_cues()
    for child in token.children:
        _read_dependent(child, reading)
    if any(c.dep_ == "amod" and c.lower_ in cues["real_words"] for c in token.children):
        return
    definite = any(_is_known_by(c) for c in token.children)
    if token.dep_ == "compound" and token.head.lemma_ in cues["carriers"]:
        token = token.head
        definite = definite or any(c.lower_ in cues["definite"] for c in token.children)
    token = carried(token)
    head, verb = token.head, governing_verb(token)
    if verb is not None:
        _read_governor(verb, token, reading, definite=definite)
    elif token.dep_ == "attr" or (token.dep_ == "nsubj" and not definite):
        read_verb(head, reading)
    elif token.dep_ == "pobj":
        _read_prepositional(head, reading, definite=definite)
    elif token.dep_ == "compound":
        read_noun_governor(head, reading)


def _is_known_by(child: "Token") -> bool:
    """Return whether a word beside a noun tells of it as known: "the", "imposed last year"."""
    if child.lower_ in load_cues()["definite"] or child.dep_ == "poss":
        return True
    told = child.dep_ in ("acl", "relcl") and child.tag_ in ("VBN", "VBD")
    return told and not any(g.lower_ in ("would", "could", "might") for g in child.children)


def _read_dependent(child: "Token", reading: Reading) -> None:
    """Read "no attack", "alleged attack", "next year's election", "a vote that will"."""
    word = child.lower_
    if child.dep_ == "det" and word in ("no", "neither"):
        reading.add("negated")
    elif child.dep_ in ("amod", "compound", "advmod"):
        so = word == "called" and any(g.lower_ == "so" for g in child.children)
        _read_modifier("so-called" if so else word, reading)
    elif _is_ahead(child):
        reading.add("planned")


def _is_ahead(child: "Token") -> bool:
    if child.dep_ == "poss":
        return any(g.lower_ == "next" for g in child.subtree)
    future = load_cues()["future"]
    return child.dep_ == "relcl" and any(g.lower_ in future for g in child.children)


def _read_modifier(word: str, reading: Reading) -> None:
    cues = load_cues()
    if word in cues["plan_words"]:
        reading.add("planned")
    elif word in cues["attempt_words"]:
        reading.add("attempted")
    elif word in cues["wish_words"]:
        reading.add("hypothetical")
    elif word in cues["claim_words"]:
        reading.add("claimed", None)


def _read_governor(verb: "Token", noun: "Token", reading: Reading, *, definite: bool) -> None:
    """Read a verb off the noun that is its object or subject."""
    cues = load_cues()
    lemma = verb.lemma_
    infinitive = any(c.dep_ == "xcomp" for c in verb.children)
    if infinitive and noun.dep_ in _SUBJECTS and lemma in cues["plans"]:
        reading.add("planned")
        return
    if (definite or noun.tag_ == "NNS") and lemma in cues["presupposing"]:
        return
    if lemma == "be" and verb.tag_ != "VBD" and any(c.lower_ == "away" for c in verb.children):
        reading.add("planned")
    is_subject = noun.dep_ in _SUBJECTS and not any(c.dep_ == "auxpass" for c in verb.children)
    if is_subject:
        if lemma in cues["occurs"] or not definite:
            read_verb(verb, reading)
        return
    _read_over_object(verb, reading, definite=definite)
    if lemma in cues["bringing_about"] or lemma in cues["occurs"] or not definite:
        read_verb(verb, reading)


def _read_over_object(verb: "Token", reading: Reading, *, definite: bool) -> None:
    """Read "planned a strike", "seeks talks", "called off the vote", "denied the attack"."""
    cues, lemma = load_cues(), with_particle(verb)
    if lemma in cues["denials"] and not is_negated(verb):
        reading.add("denied", subject_above(verb))
    elif lemma == "announce" or (lemma in cues["plans"] and lemma not in cues["not_planning"]):
        if not (definite and lemma in ("approve", "authorize", "authorise")):
            reading.add("planned")
    elif was_prevented(verb):
        reading.add("refused")
    elif lemma in cues["wishes"] and (not definite or lemma in cues["unreal_objects"]):
        reading.add("hypothetical")
    elif lemma in cues["failures"]:
        reading.add("refused")
    elif lemma in ("claim", "allege", "suspect"):
        reading.add("claimed", subject_above(verb))


def _is_aloof(noun: "Token", prep: "Token", *, definite: bool) -> bool:
    """Return whether a noun says nothing of what it is about: "concern over the arrest"."""
    cues = load_cues()
    talks = noun.lemma_ in cues["bargaining_nouns"] and prep.lower_ != "of"
    return talks or prep.lower_ in _NAMING or (definite and noun.lemma_ in cues["concerns"])


def _read_prepositional(prep: "Token", reading: Reading, *, definite: bool) -> None:
    """Read "threat of an attack", "call for talks", "accused of fraud"."""
    governor = prep.head
    _read_distance(prep, reading)
    if governor.pos_ in ("NOUN", "PROPN"):
        if not _is_aloof(governor, prep, definite=definite):
            read_noun_governor(governor, reading)
    elif governor.pos_ in ("VERB", "AUX", "ADJ"):
        cues = load_cues()
        lemma = governor.lemma_
        if lemma in ("call", "ask", "push", "plead", "hope", "wait", "prepare", "apply", "lobby"):
            reading.add("planned" if lemma == "prepare" else "hypothetical")
        elif lemma in cues["charges"] and prep.lower_ in ("with", "of", "for", "over", "on"):
            reading.add("claimed", subject_above(governor))
        elif lemma in cues["plans"] and prep.lower_ in ("on", "for", "to"):
            reading.add("planned")
        elif prep.lower_ == "without":
            reading.add("negated")
        if not definite and prep.lower_ not in _BACKGROUND:
            read_verb(governor, reading)


def _read_distance(prep: "Token", reading: Reading) -> None:
    """Read "until the vote", "ahead of the vote", "shied away from a strike"."""
    if _awaits(prep):
        reading.add("planned")
    elif prep.lower_ == "from" and _verb_of(prep).lemma_ in load_cues()["shunning"]:
        reading.add("refused")


def _verb_of(prep: "Token") -> "Token":
    """Return what a preposition hangs on, "away" left out."""
    return prep.head.head if prep.head.pos_ == "ADV" else prep.head


def _awaits(prep: "Token") -> bool:
    """Return whether "until" or "ahead of" stands in a clause that is not told in the past."""
    ahead = prep.lower_ == "of" and prep.head.lower_ == "ahead"
    if not ahead and prep.lower_ not in ("until", "till"):
        return False
    above = next((a for a in prep.ancestors if a.pos_ in ("VERB", "AUX")), None)
    if above is None or above.tag_ == "VBD":
        return False
    helpers = {c.lower_ for c in above.children if c.dep_ in ("aux", "auxpass")}
    return bool(helpers & {"is", "are", "am", "'s", "'re"}) or above.tag_ in ("VBZ", "VBP")
