"""Who "the two", "both countries" and "the two leaders" are: the pair that the text named last.

What it gets wrong: pairs of which one is only described.
"""

from typing import TYPE_CHECKING

from kg.extract.entities import Entities
from kg.extract.events.geography import Geography
from kg.extract.events.lexicon import load_cues

if TYPE_CHECKING:
    from spacy.tokens import Token

_BACK = 3
_NEAR = 80
_PAIR = 2


def is_pair(token: "Token") -> bool:
    """Return whether a noun phrase tells of two that the text knows already.

    Args:
        token: the head: "two" in "the two", "leaders" in "the two leaders".
    """
    if token.lower_ == "both":
        return not any(c.lower_ == "of" for c in token.children)
    known = any(c.lower_ in ("the", "these", "their", "both") for c in token.children)
    if token.lower_ == "two":
        return known and not any(c.lower_ == "of" for c in token.children)
    return known and any(c.lower_ in ("two", "both") for c in token.children)


def find_pair(token: "Token", entities: Entities, geography: Geography) -> tuple[str, ...]:
    """Return the ids of the two, or () where the text before names more or fewer.

    The sentence itself is read back first, then up to three before it.
    """
    kinds = _kinds(token)
    sentence, stop, found = token.sent, token.i, dict[str, list[str]]()
    for _ in range(_BACK + 1):
        for word in sentence.doc[max(sentence.start, stop - _NEAR) : stop]:
            actor = _actor(word, entities, geography)
            if actor is not None and entities.kind_of(actor) in kinds:
                row = found.setdefault(entities.kind_of(actor), [])
                row.extend([] if actor in row else [actor])
        for kind in kinds:
            if len(found.get(kind, ())) >= _PAIR:
                return tuple(found[kind]) if len(found[kind]) == _PAIR else ()
        if sentence.start == 0:
            return ()
        sentence = token.doc[sentence.start - 1].sent
        stop = sentence.end
    return ()


def _actor(token: "Token", entities: Entities, geography: Geography) -> str | None:
    """Return the named actor of a token; a country counts also where it is read as a place."""
    actor = entities.actor_at(token)
    if actor is None:
        place = entities.place_at(token)
        state = geography.state_of(place) if place is not None else None
        return state or geography.state_named(token.text)
    return actor if entities.is_named(actor) else None


def _kinds(token: "Token") -> tuple[str, ...]:
    cues, lemma = load_cues(), token.lemma_.lower()
    if lemma in cues["pair_states"]:
        return ("Country",)
    if lemma in cues["pair_people"]:
        return ("Person",)
    if lemma in cues["pair_firms"]:
        return ("Corporation", "Organization")
    return ("Person", "Country") if lemma in ("two", "both") else ()
