"""What hangs on a word: its complements, modifiers and prepositions."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.events.lexicon import load_cues

if TYPE_CHECKING:
    from spacy.tokens import Token

Tokens = tuple["Token", ...]
_COMPLEMENTS = ("attr", "oprd", "acomp")
_MODIFIERS = ("compound", "amod", "nmod", "nummod", "quantmod")
_CHAINED = frozenset({"from", "out", "off", "away", "back", "up", "down", "over", "into", "to"})


def complements(token: "Token") -> Tokens:
    """Return what a verb says its subject or object to be."""
    found = tuple(c for c in token.children if c.dep_ in _COMPLEMENTS)
    clauses = (c for c in token.children if c.dep_ == "ccomp")
    small = tuple(c for c in clauses if c.pos_ in ("NOUN", "ADJ", "PROPN"))
    return found + small


def small_subjects(complements: Tokens) -> Tokens:
    """Return whom a complement is said of ("found the driver guilty")."""
    return tuple(c for head in complements for c in head.children if c.dep_ == "nsubj")


def modifiers(token: "Token") -> Tokens:
    """Return the words before a noun that tell its kind, theirs included."""
    found = []
    for child in token.children:
        if child.dep_ in _MODIFIERS:
            found.append(child)
            found.extend(g for g in child.children if g.dep_ in (*_MODIFIERS, "npadvmod", "conj"))
    if token.i > 1 and token.nbor(-1).text == "-":
        found.append(token.nbor(-2))
    return tuple(sorted(found, key=lambda t: t.i))


def prepositions(token: "Token") -> dict[str, Tokens]:
    """Return preposition -> its objects; chained ("from X to Y") and conjoined ones included."""
    found: dict[str, list[Token]] = {}
    for prep in _walk_prepositions(token):
        heads = [c for c in prep.children if c.dep_ in ("pobj", "pcomp")]
        found.setdefault(prep.lower_, []).extend(heads)
    return {name: tuple(heads) for name, heads in found.items()}


def _walk_prepositions(token: "Token") -> "Iterator[Token]":
    for child in token.children:
        if child.dep_ in ("prep", "agent") or (child.dep_ == "dative" and child.pos_ == "ADP"):
            yield child
            if child.lower_ in _CHAINED:
                yield from (g for g in child.children if g.dep_ == "prep")
            channels = [c for c in child.children if c.lemma_ in load_cues()["channels"]]
            yield from (g for c in channels for g in c.children if g.dep_ == "prep")
        elif child.dep_ == "prt" and child.head.pos_ in ("VERB", "AUX"):
            yield from (g for g in child.children if g.dep_ == "prep")
