"""Who stands behind a word that claims or denies: a verb's subject, a noun's owner.

What it gets wrong: owners that only another sentence names.
"""

from typing import TYPE_CHECKING

from kg.extract.events.control import governing_verb

if TYPE_CHECKING:
    from spacy.tokens import Token


def subject_above(verb: "Token") -> "Token | None":
    """Return the subject of a verb, or of the verb that it shares one with."""
    for _ in range(4):
        found = [c for c in verb.children if c.dep_ == "nsubj"]
        if found:
            return found[0]
        agents = [p for c in verb.children if c.dep_ == "agent" for p in c.children]
        if agents:
            return agents[0]
        if verb.dep_ not in ("conj", "xcomp", "advcl"):
            return None
        verb = verb.head
    return None


def owner_of(noun: "Token") -> "Token | None":
    """Return who makes a claim that is told as a noun ("Moscow's claims", "he made claims")."""
    owners = [c for c in noun.children if c.dep_ == "poss"]
    by = [p for c in noun.children if c.lower_ in ("by", "from") for p in c.children]
    if owners or by:
        return (owners or by)[0]
    verb = governing_verb(noun)
    if verb is not None and noun.dep_ == "dobj" and verb.lemma_ in ("make", "repeat", "raise"):
        return subject_above(verb)
    return None
