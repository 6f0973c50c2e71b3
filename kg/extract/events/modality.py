"""What the words that govern a trigger say of it: planned, wished, negated, denied, claimed.

From the trigger the parse is climbed: its auxiliaries and negations, the verbs, adjectives and
nouns that govern it, up to a clause that is told for itself. What it gets wrong: plans told in the
present tense, irony, and whatever the parser attached wrongly.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.events.lexicon import load_cues
from kg.extract.events.owners import owner_of, subject_above
from kg.extract.events.syntax import carried, governing_verb
from kg.extract.events.triggers import Candidate

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass")
_CLIMB = 8
_LOOMING = frozenset({"SANCTION", "TRIAL", "LAWSUIT"})


@dataclass(slots=True)
class Reading:
    """What the words that govern a trigger say of it.

    Attributes:
        values: `planned`, `hypothetical`, `negated`, `denied`, `claimed`, as met; `attempted` is
            what somebody tried, `refused` what somebody would not or could not do, `purpose` what
            something else was done for.
        sources: the words that name who claims or denies; None for "reportedly".
    """

    values: list[str]
    sources: "list[Token | None]"
    would: bool = False

    def add(self, value: str, source: "Token | None" = None) -> None:
        """Note a value, and who it comes from where somebody claims or denies."""
        if value not in self.values:
            self.values.append(value)
        if value in ("claimed", "denied") and source not in self.sources:
            self.sources.append(source)


def read_modality(candidate: Candidate) -> Reading:
    """Return what the trigger's own sentence says of it, without regard to claims."""
    reading = Reading([], [])
    token = candidate.token
    if candidate.nominal:
        _read_noun(token, reading)
    else:
        _read_verb(token, reading)
    heads = candidate.frame.at("head") if candidate.nominal else ()
    if candidate.type in _LOOMING and any(h.lemma_ == "face" and h.tag_ != "VBD" for h in heads):
        reading.add("planned")
    if "unreal" in candidate.rule.readings:
        reading.add("hypothetical")
    return reading


def _read_noun(token: "Token", reading: Reading) -> None:
    cues = load_cues()
    for child in token.children:
        _read_dependent(child, reading)
    definite = any(c.lower_ in cues["definite"] or c.dep_ == "poss" for c in token.children)
    token = carried(token)
    head, verb = token.head, governing_verb(token)
    if verb is not None:
        _read_governor(verb, token, reading, definite=definite)
    elif token.dep_ == "attr" or (token.dep_ == "nsubj" and not definite):
        _read_verb(head, reading)
    elif token.dep_ == "pobj":
        _read_prepositional(head, reading, definite=definite)
    elif token.dep_ == "compound":
        _read_noun_governor(head, reading)


def _read_dependent(child: "Token", reading: Reading) -> None:
    """Read "no attack", "alleged attack", "next year's election", "a vote that will"."""
    word = child.lower_
    if child.dep_ == "det" and word in ("no", "neither"):
        reading.add("negated")
    elif child.dep_ in ("amod", "compound", "advmod"):
        _read_modifier(word, reading)
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
    is_subject = noun.dep_ in _SUBJECTS and not any(c.dep_ == "auxpass" for c in verb.children)
    if is_subject:
        if lemma in cues["occurs"] or not definite:
            _read_verb(verb, reading)
        return
    if lemma in cues["denials"] and not _is_negated(verb):
        reading.add("denied", subject_above(verb))
    elif lemma == "announce" or (
        lemma in cues["plans"] and lemma not in ("order", "mean", "set", "commit")
    ):
        reading.add("planned")
    elif (lemma in cues["wishes"] and not definite) or (
        lemma in cues["wishes"] and lemma in ("propose", "threaten", "demand", "seek", "fear")
    ):
        reading.add("hypothetical")
    elif lemma in cues["failures"]:
        reading.add("refused")
    elif lemma in ("claim", "allege", "suspect"):
        reading.add("claimed", subject_above(verb))
    if lemma in cues["light"] or lemma in cues["occurs"] or not definite:
        _read_verb(verb, reading)


def _read_prepositional(prep: "Token", reading: Reading, *, definite: bool) -> None:
    """Read "threat of an attack", "call for talks", "accused of fraud"."""
    governor = prep.head
    if governor.pos_ in ("NOUN", "PROPN"):
        _read_noun_governor(governor, reading)
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
        if not definite:
            _read_verb(governor, reading)


def _read_noun_governor(noun: "Token", reading: Reading) -> None:
    """Read "the threat of", "plans for", "claims of", and what governs such a noun."""
    cues = load_cues()
    lemma = noun.lemma_
    if lemma in cues["wish_nouns"]:
        reading.add("hypothetical")
    elif lemma in cues["plan_nouns"]:
        reading.add("planned")
    elif lemma in cues["attempt_nouns"]:
        reading.add("attempted")
    elif lemma in cues["failure_nouns"]:
        reading.add("refused")
    elif lemma in cues["denial_nouns"]:
        reading.add("denied", owner_of(noun))
    elif lemma in cues["claim_nouns"]:
        reading.add("claimed", owner_of(noun))


def _read_verb(token: "Token", reading: Reading) -> None:
    """Climb from a verb to what governs it, noting every cue on the way."""
    current, inherits = token, True
    for _ in range(_CLIMB):
        if inherits:
            _read_auxiliaries(current, reading)
        _read_children(current, reading)
        step = _step(current, reading)
        if step is None:
            return
        if current.dep_ == "conj":
            inherits = current.tag_ in ("VB", "VBN", "VBG", "VBP") and not _own_subject(current)
        else:
            inherits = True
        current = step


def _own_subject(token: "Token") -> bool:
    return any(c.dep_ in _SUBJECTS for c in token.children)


def _read_auxiliaries(token: "Token", reading: Reading) -> None:
    cues = load_cues()
    for child in token.children:
        word = child.lower_
        if child.dep_ == "neg" or (child.dep_ == "advmod" and word in cues["negators"]):
            reading.add("negated")
        elif child.dep_ in ("aux", "auxpass"):
            if word in cues["future"] or child.lemma_ in cues["future"]:
                reading.add("planned")
            elif word in cues["modal"]:
                reading.add("hypothetical")
            elif word in cues["conditional"]:
                reading.would = True
        elif child.dep_ == "advmod" and word in cues["claim_adverbs"]:
            reading.add("claimed", None)
        elif child.dep_ == "advmod" and word in cues["wish_adverbs"]:
            reading.add("hypothetical")


def _read_children(token: "Token", reading: Reading) -> None:
    """Note "no one was", a condition of the clause, and a clause that opens with "should"."""
    cues = load_cues()
    for child in token.children:
        if child.dep_ in (*_SUBJECTS, "dobj"):
            determiners = {c.lower_ for c in child.children if c.dep_ == "det"}
            if child.lower_ in cues["nobody"] or "no" in determiners:
                reading.add("negated")
        elif (
            (child.dep_ == "advcl" and _mark(child) in ("if", "unless", "should"))
            or (child.dep_ == "mark" and child.lower_ in cues["if"])
            or (child.dep_ == "mark" and child.lower_ in ("until", "once") and _is_present(token))
            or (child.dep_ == "aux" and child.lower_ == "should" and child.i == child.sent.start)
        ):
            reading.add("hypothetical")


def _is_present(verb: "Token") -> bool:
    return verb.tag_ in ("VBP", "VBZ") and not any(
        c.dep_ in ("aux", "auxpass") for c in verb.children
    )


def _mark(clause: "Token") -> str:
    for child in clause.children:
        if child.dep_ == "mark" or (child.dep_ == "aux" and child.lower_ == "should"):
            return child.lower_
    return ""


def _step(token: "Token", reading: Reading) -> "Token | None":
    """Note what governs a verb and return where to climb on, or None at the end."""
    step = _STEPS.get(token.dep_)
    return step(token, reading) if step is not None and token.head.i != token.i else None


def _step_conjunct(token: "Token", _: Reading) -> "Token | None":
    return token.head if token.head.pos_ in ("VERB", "AUX") else None


def _step_noun_clause(token: "Token", reading: Reading) -> "Token | None":
    head = token.head
    if _is_infinitive(token):
        known = len(reading.values)
        _read_noun_governor(head, reading)
        _read_absence(head, reading)
        if len(reading.values) == known and not _is_ranked(head):
            reading.add("purpose")
    elif token.dep_ == "acl" and head.dep_ == "pobj" and head.head.lower_ == "of":
        _read_noun_governor(head.head.head, reading)
    return None


def _is_ranked(noun: "Token") -> bool:
    """Return whether an infinitive tells what was done: "the first to land", "the largest to"."""
    if noun.lower_ in ("first", "last", "only", "one"):
        return True
    ranks = ("first", "second", "third", "last", "latest", "only", "one")
    return any(c.tag_ == "JJS" or c.lower_ in ranks for c in noun.children)


def _is_infinitive(token: "Token") -> bool:
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)


def _read_absence(noun: "Token", reading: Reading) -> None:
    """Read "has no plans to", "did not get permission to"."""
    verb = governing_verb(noun)
    if any(c.lower_ == "no" for c in noun.children) or (verb is not None and _is_negated(verb)):
        reading.add("negated")


def _step_gerund(token: "Token", reading: Reading) -> "Token | None":
    prep = token.head
    governor = prep.head
    if prep.lower_ == "without":
        reading.add("negated")
    if governor.pos_ in ("NOUN", "PROPN"):
        _read_noun_governor(governor, reading)
        return None
    if governor.lemma_ == "accuse":
        reading.add("claimed", subject_above(governor))
        return None
    _read_verb_governor(governor, reading)
    return governor if prep.lower_ in ("of", "from", "to", "in", "about") else None


def _step_adverbial(token: "Token", reading: Reading) -> "Token | None":
    """Climb out of a participle or an infinitive of purpose, not out of a clause with a tense."""
    cues, head = load_cues(), token.head
    if _mark(token) in cues["telling_marks"] or token.tag_ in ("VBD", "VBZ", "VBP"):
        return None
    purpose = _is_infinitive(token)
    if purpose and head.lemma_ not in cues["movements"]:
        reading.add("purpose")
    if head.pos_ not in ("VERB", "AUX"):
        return None
    return head if purpose or token.tag_ == "VBG" else None


def _step_complement(token: "Token", reading: Reading) -> "Token | None":
    head = token.head
    if head.pos_ not in ("VERB", "AUX", "ADJ"):
        return None
    if token.dep_ == "ccomp" and _is_telling(token):
        _read_teller(head, reading)
        return None
    if head.lemma_ == "go" and token.tag_ == "VB" and head.tag_ == "VBG":
        reading.add("planned")
    _read_verb_governor(head, reading)
    return head


def _read_teller(verb: "Token", reading: Reading) -> None:
    """Read the verb over a clause: "denies that", "says that", "hopes that"."""
    cues, lemma = load_cues(), verb.lemma_
    if lemma in cues["denials"]:
        reading.add("denied", subject_above(verb))
    elif lemma in cues["says"] or lemma in cues["claims"]:
        reading.add("claimed", subject_above(verb))
    elif lemma in cues["wishing_clauses"]:
        reading.add("hypothetical")


def _is_telling(token: "Token") -> bool:
    """Return whether a complement is a clause with its own subject and tense."""
    if not _own_subject(token):
        return False
    auxiliaries = [c for c in token.children if c.dep_ in ("aux", "auxpass") and c.lower_ != "to"]
    return bool(auxiliaries) or token.tag_ in ("VBD", "VBZ", "VBP")


def _read_verb_governor(governor: "Token", reading: Reading) -> None:
    """Read "plans to", "wants to", "failed to", "is alleged to have"."""
    cues = load_cues()
    lemma, word = governor.lemma_, governor.lower_
    if lemma in cues["failures"]:
        reading.add("refused")
    elif lemma in cues["wishes"] or word in cues["wishes"]:
        reading.add("hypothetical")
    elif lemma in cues["plans"] or word in cues["plans"]:
        reading.add("planned")
    elif lemma in cues["attempts"]:
        reading.add("attempted")
    elif lemma in cues["denials"]:
        reading.add("denied", subject_above(governor))
    elif lemma in cues["claims"]:
        reading.add("claimed", subject_above(governor))


def _is_negated(token: "Token") -> bool:
    return any(c.dep_ == "neg" for c in token.children)


_STEPS: dict[str, Callable[["Token", Reading], "Token | None"]] = {
    "conj": _step_conjunct,
    "csubj": _step_conjunct,
    "acl": _step_noun_clause,
    "relcl": _step_noun_clause,
    "pcomp": _step_gerund,
    "pobj": _step_gerund,
    "advcl": _step_adverbial,
    "xcomp": _step_complement,
    "ccomp": _step_complement,
}
