"""A happening of no type of its own is told only where something with a name takes part.

What it gets wrong: names that the parse does not know as names, and participants that only the
sentence before names.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.entities import Entities
from kg.extract.events.mentions import Group, MentionInfo

if TYPE_CHECKING:
    from spacy.tokens import Token

_SLOTS = ("subj", "obj", "dative", "with", "of", "by", "poss", "mod", "for", "to", "from", "at")
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "PRODUCT", "LOC", "EVENT"})
_CLIMB = 4
_BEFORE = ("compound", "amod", "poss", "nmod")


def has_participant(group: Group, entities: Entities) -> bool:
    """Return whether an event may stand: any but OTHER, and OTHER with a named participant."""
    return group.type != "OTHER" or any(_named(m, entities) for m in group.mentions)


def _named(mention: MentionInfo, entities: Entities) -> bool:
    ids = (*mention.arguments.agents, *mention.arguments.targets)
    if any(entities.is_named(i) for i in ids):
        return True
    frame = mention.candidate.frame
    heads = [t for slot in _SLOTS for t in frame.at(slot)]
    return any(_is_name(t, entities) for t in (*heads, *_above(frame.token)))


def _above(token: "Token") -> Iterator["Token"]:
    """Yield the subjects of the clauses that a trigger stands in ("X said it would hire 20")."""
    for _ in range(_CLIMB):
        if token.dep_ == "ROOT":
            return
        token = token.head
        yield from (c for c in token.children if c.dep_ in ("nsubj", "nsubjpass", "poss"))


def _is_name(token: "Token", entities: Entities) -> bool:
    """Return whether a head is a name, or has one beside it ("the Dutch economy")."""
    actor = entities.actor_at(token)
    if _looks_like_name(token) or (actor is not None and entities.is_named(actor)):
        return True
    behind = (o for p in token.children if p.dep_ == "prep" for o in p.children)
    before = (c for c in token.children if c.dep_ in _BEFORE)
    return any(_looks_like_name(c) for c in (*before, *behind))


def _looks_like_name(token: "Token") -> bool:
    """Return whether a word is, or is written as, a name ("the Nikkei")."""
    return token.ent_type_ in _NAMES or (token.pos_ == "PROPN" and not token.ent_type_)
