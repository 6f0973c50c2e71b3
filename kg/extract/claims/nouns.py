"""Nouns that report: what "claim", "allegation", "denial" hold, and whose they are.

"X's claim that S" · "a claim by X that S" · "made the accusation that S" · "the threat of N V-ing".

What it gets wrong: "by X" that belongs to a noun before ("a report on the attack by rebels that").
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.claims.draft import Content
from kg.extract.claims.lexicon import load_lexicon
from kg.extract.claims.syntax import is_negated, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_LIGHT = frozenset(
    ("make", "issue", "repeat", "voice", "express", "give", "have", "file", "send", "put", "raise",
     "level", "deliver", "offer", "reiterate", "renew", "launch", "bring", "face")
)  # fmt: skip
_ABOUT = ("of", "for", "about", "against", "to", "over", "on", "with")
_VERB = ("VERB", "AUX")
_RELATIVE = ("that", "which", "who", "whom", "whose")
_FINITE = ("VBD", "VBZ", "VBP", "MD")


def noun_contents(noun: "Token") -> "Iterator[tuple[str, Content]]":
    """Yield frame and content of each clause or phrase after a reporting noun."""
    for child in noun.children:
        if child.i < noun.i:
            continue
        first, last = child.left_edge.i, child.right_edge.i + 1
        if child.dep_ in ("acl", "ccomp", "relcl") and child.pos_ in _VERB:
            opener = noun.doc[first]
            if opener.lower_ == "that" and opener.dep_ == "mark" and not lacks_object(child):
                yield "clause", Content([(first + 1, last)], child)
            elif child.dep_ == "acl" and opener.lower_ == "to" and opener.dep_ == "aux":
                yield "inf", Content([(first, last)], child)
            elif _is_bare_clause(noun, child, opener):
                yield "clause", Content([(first, last)], child)
        elif child.dep_ == "prep" and child.lower_ in _ABOUT:
            target = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if target is not None:
                yield child.lower_, Content([(target.left_edge.i, last)], target)


def _is_bare_clause(noun: "Token", clause: "Token", opener: "Token") -> bool:
    """Whether a finite clause follows without "that": "allegations he had taken money"."""
    if opener.i != noun.i + 1 or opener.lower_ in _RELATIVE or clause.dep_ == "relcl":
        return False
    finite = any(t.tag_ in _FINITE for t in (clause, *clause.children))
    subject = any(c.dep_ in ("nsubj", "nsubjpass") for c in clause.children)
    return finite and subject and not lacks_object(clause)


def lacks_object(clause: "Token") -> bool:
    """Return whether "that" is what the verb reports on ("a claim that officials rejected")."""
    frames = load_lexicon().verbs.get(clause.lemma_.lower(), {})
    return "obj" in frames and not any(c.dep_ in ("dobj", "ccomp") for c in clause.children)


def owner_of(noun: "Token") -> "Token | None":
    """Return whose claim it is: possessive, "by X", the subject of "make", "issue", "repeat"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "prep" and child.lower_ in ("by", "from"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_.lower() in _LIGHT and not is_negated(verb):
        return subject_of(verb)
    return None


def is_rejected(noun: "Token") -> bool:
    """Return whether the noun is what a verb denies or doubts ("rejected the claim that")."""
    frames = load_lexicon().verbs.get(noun.head.lemma_.lower(), {})
    return (
        noun.dep_ in ("dobj", "nsubjpass")
        and "obj" in frames
        and frames["obj"].polarity != "asserted"
    )


def clause_of_nobody(noun: "Token") -> Content | None:
    """Return the clause after a reporting noun without an owner: "the allegation that S"."""
    if noun.lemma_.lower() not in load_lexicon().nouns or owner_of(noun) is not None:
        return None
    return next((content for frame, content in noun_contents(noun) if frame == "clause"), None)
