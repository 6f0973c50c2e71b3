"""Which word a time expression belongs to, and which happenings share its time.

A happening takes the time that hangs on it or on the verb above it, as long as no border is crossed
between: reported content, a new clause with its own subject, a preposition such as "after".

What it gets wrong: what the parser attaches wrongly; times that hold over several sentences.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.dates.lexicon import date_words
from kg.extract.dates.tense import verb_above

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_VERB_LIKE = ("VERB", "AUX")
_NOUN_LINKS = ("nsubj", "nsubjpass", "dobj", "attr", "obj", "oprd", "dative", "agent")
_INSIDE = ("compound", "amod", "nmod", "poss", "npadvmod", "appos", "nummod", "advmod")
_OPEN_CLAUSES = ("xcomp", "prep", "pcomp", "acomp")
_MAX_STEPS = 10


def root_of(tokens: "TokenSpan") -> "Token":
    """Return the word of an expression that the rest of it hangs on."""
    return tokens.root


def governor_of(tokens: "TokenSpan") -> "Token":
    """Return the word that an expression belongs to: a verb, or the noun that it dates."""
    token = tokens.root
    sentence = token.sent
    if _is_leading(tokens, sentence):
        return sentence.root
    head = token.head
    while head.i != token.i and head.pos_ in ("ADP", "SCONJ", "ADV", "PART", "NUM"):
        if head.pos_ == "ADV" and head.head.i == head.i:
            break
        token, head = head, head.head
    if head.ent_type_ in ("PERSON", "GPE", "LOC") or head.pos_ in ("PROPN", "PRON"):
        return verb_above(head) or head
    return head


def is_inside_noun(tokens: "TokenSpan") -> bool:
    """Return whether an expression dates a noun alone, as in "Sunday's vote", "the 2014 war"."""
    return tokens.root.dep_ in ("poss", "compound", "amod", "nmod", "nummod")


def _is_leading(tokens: "TokenSpan", sentence: "TokenSpan") -> bool:
    """Return whether the expression opens its sentence and a comma closes it off."""
    if tokens.start - sentence.start > 2 or tokens.end >= sentence.end:
        return False
    root = sentence.root
    if root.pos_ not in _VERB_LIKE or root.i < tokens.end:
        return False
    after = tokens.doc[tokens.end]
    if tokens.root.dep_ in ("poss", "compound", "nummod", "amod"):
        return False
    return after.text == "," and tokens.root.head.i >= tokens.start


def upward(token: "Token") -> Iterator[tuple["Token", bool]]:
    """Yield the token and the words above it whose time it shares, nearest first.

    The second value says whether only times that stand before that word are shared (a coordinated
    verb shares what opens the sentence).
    """
    yield token, False
    leading = False
    for _ in range(_MAX_STEPS):
        head = token.head
        if head.i == token.i:
            return
        step = _step(token, head)
        if step is None:
            return
        leading = leading or step
        yield head, leading
        token = head


def _step(token: "Token", head: "Token") -> bool | None:
    """Return None where the border is closed, True where only leading times pass, else False."""
    link = token.dep_
    if link == "conj":
        return token.pos_ in _VERB_LIKE
    if token.pos_ in _VERB_LIKE:
        return _verb_step(token, head)
    if link in _INSIDE:
        return False
    if link == "pobj":
        return None if head.lower_ in date_words().closed_prepositions else False
    if link == "prep":
        return False
    if link in _NOUN_LINKS and head.pos_ in _VERB_LIKE:
        return None if _keeps_time(token, head) else False
    return None


def _verb_step(token: "Token", head: "Token") -> bool | None:
    link = token.dep_
    if link in _OPEN_CLAUSES:
        return None if head.lower_ in date_words().closed_prepositions else False
    if link == "advcl" and token.tag_ == "VBG" and not _has_marker(token):
        return False
    if link in ("acl", "relcl") and head.lower_ in ("wave", "day", "week"):
        return False
    return None


def _has_marker(verb: "Token") -> bool:
    return any(child.dep_ in ("mark", "nsubj", "nsubjpass") for child in verb.children)


def _keeps_time(noun: "Token", verb: "Token") -> bool:
    """Return whether a noun under a verb of saying has a time of its own, not the verb's."""
    return noun.dep_ not in ("nsubj", "nsubjpass") and verb.lemma_ in date_words().speech


def relative_verbs(noun: "Token") -> Iterator["Token"]:
    """Yield verbs that tell when a noun's happening was: "the strike, which began on Monday"."""
    words = date_words().happening
    for child in noun.children:
        if child.dep_ in ("relcl", "acl") and (child.lemma_ in words or child.dep_ == "acl"):
            yield child
