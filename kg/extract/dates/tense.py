"""Whether a happening lies before or after the article, by the verb that carries it.

What it gets wrong: the historic present; "would" said of the past.
"""

from typing import TYPE_CHECKING

from kg.extract.dates.lexicon import date_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_AUXILIARIES = ("aux", "auxpass")


def tense_at(token: "Token") -> str:
    """Return `past`, `future` or "" (present or unknown) for the clause of a parsed token."""
    verb = verb_above(token)
    if verb is None:
        return ""
    if _is_future(verb):
        return "future"
    forms = {child.tag_ for child in verb.children if child.dep_ in _AUXILIARIES} | {verb.tag_}
    if verb.tag_ == "VBD" or "VBD" in forms:
        return "past"
    perfect = any(c.lemma_ == "have" for c in verb.children if c.dep_ in _AUXILIARIES)
    if perfect:
        return "past"
    if verb.tag_ == "VBN" and not any(c.dep_ in _AUXILIARIES for c in verb.children):
        return "past"
    return _above(verb) if verb.tag_ in ("VBG", "VB", "VBN") else ""


def verb_above(token: "Token") -> "Token | None":
    """Return the token or the nearest verb above it, or None."""
    for _ in range(12):
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in _AUXILIARIES:
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _has_plan_above(verb: "Token") -> bool:
    """Return whether an infinitive hangs on a word of planning ("due to begin", "plans to go")."""
    if verb.dep_ not in ("xcomp", "acl", "advcl", "ccomp"):
        return False
    return verb.head.lemma_.lower() in date_words().plan_words


def _is_future(verb: "Token") -> bool:
    words = date_words()
    for child in verb.children:
        if child.dep_ in _AUXILIARIES and child.lower_ in words.future_auxiliaries:
            return True
        if child.dep_ in _AUXILIARIES and child.lower_ in ("would", "'d") and verb.dep_ == "ccomp":
            return True
    if verb.dep_ == "advcl" and verb.head.i != verb.i and _has_mark(verb) and _is_future(verb.head):
        return True
    if _has_to(verb) and _has_plan_above(verb):
        return True
    return verb.lemma_ in ("schedule", "slate") and verb.tag_ == "VBN"


def _has_mark(verb: "Token") -> bool:
    return any(c.lower_ in ("when", "until", "once", "if") for c in verb.children)


def _has_to(verb: "Token") -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _above(verb: "Token") -> str:
    """Return the tense of the clause that a participle or infinitive hangs on."""
    if verb.dep_ in ("advcl", "xcomp", "pcomp", "conj", "acl") and verb.head.i != verb.i:
        return tense_at(verb.head)
    return ""
