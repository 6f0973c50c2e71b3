"""What governs a verb or a noun, and what that says of a happening below it.

From a verb the parse is climbed: its auxiliaries and negations, the verbs, adjectives and nouns
that govern it, up to a clause that is told for itself. What it gets wrong: irony, and whatever the
parser attached wrongly.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.extract.events.clauses import (
    is_conditional,
    is_habitual,
    is_imperative,
    is_infinitive,
    is_negated,
    is_title,
    mark_of,
    negates_subject,
    own_subject,
    was_prevented,
    with_particle,
)
from kg.extract.events.control import governing_verb
from kg.extract.events.lexicon import load_cues
from kg.extract.events.owners import owner_of, subject_above
from kg.extract.events.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLIMB = 8
_RANKS = frozenset({"first", "second", "third", "last", "latest", "only", "one"})
_BESIDE = frozenset(
    {"after", "before", "by", "since", "despite", "upon", "following", "through", "besides"}
)
_INSTEAD = frozenset({"instead", "rather", "far", "short"})


def read_noun_governor(noun: "Token", reading: Reading) -> None:
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


def read_verb(token: "Token", reading: Reading) -> None:
    """Climb from a verb to what governs it, noting every cue on the way."""
    current, inherits = token, True
    for depth in range(_CLIMB):
        if inherits:
            _read_auxiliaries(current, reading)
            if negates_subject(current):
                reading.add("negated")
        _read_clause(current, reading, lowest=depth == 0)
        step = _step(current, reading)
        if step is None:
            return
        inherits = current.dep_ != "conj" or _shares_auxiliaries(current)
        current = step


def _shares_auxiliaries(verb: "Token") -> bool:
    """Return whether a conjoined verb may share the auxiliaries of the first: "will go and see"."""
    bare = verb.lower_ == verb.lemma_ and verb.head.tag_ == "VB"
    return (bare or verb.tag_ in ("VB", "VBN", "VBG", "VBP")) and not own_subject(verb)


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


def _read_clause(verb: "Token", reading: Reading, *, lowest: bool) -> None:
    """Note a condition of the clause, a command, a habit, a title in the infinitive."""
    if is_conditional(verb) or is_imperative(verb) or (lowest and is_habitual(verb)):
        reading.add("hypothetical")
    elif is_title(verb):
        reading.add("planned")


def _step(token: "Token", reading: Reading) -> "Token | None":
    """Note what governs a verb and return where to climb on, or None at the end."""
    step = _STEPS.get(token.dep_)
    return step(token, reading) if step is not None and token.head.i != token.i else None


def _step_conjunct(token: "Token", _: Reading) -> "Token | None":
    return token.head if token.head.pos_ in ("VERB", "AUX") else None


def _step_noun_clause(token: "Token", reading: Reading) -> "Token | None":
    head = token.head
    if is_infinitive(token):
        known = len(reading.values)
        read_noun_governor(head, reading)
        _read_absence(head, reading)
        if len(reading.values) == known and not _is_ranked(head):
            reading.add("purpose")
    elif token.dep_ == "acl" and head.dep_ == "pobj" and head.head.lower_ == "of":
        read_noun_governor(head.head.head, reading)
    elif token.dep_ == "acl" and mark_of(token) == "that":
        read_noun_governor(head, reading)
    return None


def _is_ranked(noun: "Token") -> bool:
    """Return whether an infinitive tells what was done: "the first to land", "the largest to"."""
    if noun.lower_ in ("first", "last", "only", "one"):
        return True
    of = [p for c in noun.children if c.lower_ == "of" for p in c.children]
    near = [*noun.children, *(g for p in of for g in p.children)]
    return any(c.tag_ == "JJS" or c.lower_ in _RANKS for c in near)


def _read_absence(noun: "Token", reading: Reading) -> None:
    """Read "has no plans to", "did not get permission to"."""
    verb = governing_verb(noun)
    if any(c.lower_ == "no" for c in noun.children) or (verb is not None and is_negated(verb)):
        reading.add("negated")


def _step_gerund(token: "Token", reading: Reading) -> "Token | None":
    prep = token.head
    governor = prep.head
    if _is_instead(prep) or governor.lower_ == "close":
        reading.add("negated")
        return None
    if prep.lower_ == "without":
        reading.add("negated")
    if governor.pos_ in ("NOUN", "PROPN"):
        read_noun_governor(governor, reading)
        return None
    if governor.lemma_ == "accuse":
        reading.add("claimed", subject_above(governor))
        return None
    if prep.lower_ not in _BESIDE:
        _read_verb_governor(governor, reading)
    return governor if prep.lower_ in ("of", "from", "to", "in", "about", "by") else None


def _is_instead(prep: "Token") -> bool:
    """Return whether a preposition is that of "instead of", "far from", "rather than"."""
    near = [prep.head, *prep.children]
    return prep.lower_ in ("of", "from", "than") and any(t.lower_ in _INSTEAD for t in near)


def _step_adverbial(token: "Token", reading: Reading) -> "Token | None":
    """Climb out of a participle or an infinitive of purpose, not out of a clause with a tense."""
    cues, head = load_cues(), token.head
    mark = mark_of(token)
    if mark == "than" and any(c.lower_ in _INSTEAD for c in token.children):
        reading.add("negated")
        return None
    if mark in cues["telling_marks"] or token.tag_ in ("VBD", "VBZ", "VBP"):
        return None
    purpose = is_infinitive(token)
    if purpose and not _is_movement(head):
        reading.add("purpose")
    if head.pos_ not in ("VERB", "AUX"):
        return None
    return head if purpose or token.tag_ == "VBG" else None


def _is_movement(verb: "Token") -> bool:
    """Return whether what follows with "to" was done too: "came to", "made a visit to"."""
    cues = load_cues()
    if verb.lemma_ in cues["movements"]:
        return True
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    return verb.lemma_ in cues["bringing_about"] and any(
        o.lemma_ in cues["moving_nouns"] for o in objects
    )


def _step_complement(token: "Token", reading: Reading) -> "Token | None":
    head = token.head
    if head.pos_ not in ("VERB", "AUX", "ADJ"):
        return None
    if token.dep_ == "ccomp" and _is_telling(token):
        _read_teller(head, reading)
        return None
    if head.lemma_ == "try" and token.tag_ == "VBG":
        return head
    if _is_ahead(token, head):
        reading.add("planned")
    if token.dep_ == "xcomp" and is_infinitive(token) and head.lemma_ in ("seem", "appear"):
        reading.add("hypothetical")
    _read_verb_governor(head, reading)
    return head


def _is_ahead(verb: "Token", head: "Token") -> bool:
    """Return whether a verb stands under "is going to" or "is to"."""
    if head.lemma_ == "be":
        complements = any(c.dep_ in ("attr", "acomp") for c in head.children)
        return is_infinitive(verb) and not complements and own_subject(head)
    return head.lemma_ == "go" and verb.tag_ == "VB" and head.tag_ == "VBG"


def _read_teller(verb: "Token", reading: Reading) -> None:
    """Read the verb over a clause: "denies that", "says that", "hopes that"."""
    cues, lemma = load_cues(), verb.lemma_
    if lemma in cues["denials"]:
        reading.add("denied", subject_above(verb))
    elif lemma in cues["says"] or lemma in cues["claims"]:
        reading.add("claimed", subject_above(verb))
    elif lemma in cues["wishing_clauses"] or verb.lower_ in cues["wishing_clauses"]:
        reading.add("hypothetical")


def _is_telling(token: "Token") -> bool:
    """Return whether a complement is a clause with its own subject and tense."""
    if not own_subject(token):
        return False
    auxiliaries = [c for c in token.children if c.dep_ in ("aux", "auxpass") and c.lower_ != "to"]
    return bool(auxiliaries) or token.tag_ in ("VBD", "VBZ", "VBP")


def _read_verb_governor(governor: "Token", reading: Reading) -> None:
    """Read "plans to", "wants to", "failed to", "is alleged to have"."""
    cues = load_cues()
    lemma, word = with_particle(governor), governor.lower_
    if lemma in cues["failures"] or was_prevented(governor):
        reading.add("refused")
    elif lemma in cues["wishes"] or word in cues["wishes"]:
        reading.add("hypothetical")
    elif lemma in cues["plans"] or word in cues["plans"] or lemma in cues["choices"]:
        reading.add("planned")
    elif lemma in cues["attempts"]:
        reading.add("attempted")
    elif lemma in cues["denials"]:
        reading.add("denied", subject_above(governor))
    elif lemma in cues["claims"]:
        reading.add("claimed", subject_above(governor))


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
