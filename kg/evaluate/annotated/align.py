"""Which actor or place of the annotation one of the record is."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from kg.evaluate.annotated.compare import overlap
from kg.evaluate.annotated.shape import Entity, FoundArticle, GoldArticle


def similarity(gold: Entity, found: Entity) -> float:
    """Return 0 where two entities cannot be one, else more for better evidence."""
    if gold.qid and found.qid:
        return 3.0 + (gold.key == found.key) if gold.qid == found.qid else 0.0
    if gold.key and gold.key == found.key:
        return 2.9
    shared = gold.forms & found.forms
    return 1.0 + len(shared) / (len(gold.forms | found.forms) + 1) if shared else 0.0


class Alignment:
    """Actors and places of a record by those of the annotation; an unknown one is `?ID`.

    A country given as a place may stand as an actor, and the reverse.
    """

    def __init__(self, gold: GoldArticle, found: FoundArticle) -> None:
        """Align by Wikidata item, name or alias, else by the words that both mark."""
        self._gold, self._found = gold, found
        self._principals = {a.id: a.acts_for for a in gold.actors}

    @cached_property
    def _actors(self) -> dict[str, str]:
        others = _map(self._gold.actors, self._found.places)
        return _over(others, _map(self._gold.actors, self._found.actors))

    @cached_property
    def _places(self) -> dict[str, str]:
        others = _map(self._gold.places, self._found.actors)
        return _over(others, _map(self._gold.places, self._found.places))

    def is_gold_actor(self, name: str) -> bool:
        """Whether an id is one of the annotation's actors."""
        return name in self._principals

    def actor(self, name: str) -> str:
        """Return the id of the annotation for an actor id of the record."""
        return self._actors.get(name) or f"?{name}"

    def place(self, name: str | None) -> str | None:
        """Return the id of the annotation for a place id of the record."""
        return name if name is None else self._places.get(name) or f"?{name}"

    def root(self, name: str) -> str:
        """Return the principal that an actor of the annotation acts for in the end."""
        seen: set[str] = set()
        while name not in seen and (principal := self._principals.get(name)):
            seen.add(name)
            name = principal
        return name


def _over(weak: dict[str, str], strong: dict[str, str]) -> dict[str, str]:
    return {**weak, **strong}


def _map(gold: Sequence[Entity], found: Sequence[Entity]) -> dict[str, str]:
    """Return gold ids by the record's ids, many to one."""
    mapping = {}
    for entity in found:
        ranked = ((similarity(g, entity), -k) for k, g in enumerate(gold))
        best, rank = max(ranked, default=(0.0, 0))
        if best > 0:
            mapping[entity.id] = gold[-rank].id
        elif not entity.qid and (place := _by_place(gold, entity)):
            mapping[entity.id] = place
    return mapping


def _by_place(gold: Sequence[Entity], entity: Entity) -> str | None:
    """Return the gold entity whose mentions it covers most, by code points."""
    votes: Counter[str] = Counter()
    for at in (*(name.at for name in entity.names), *entity.nominals):
        for other in gold:
            for want in (*(name.at for name in other.names), *other.nominals):
                shared = overlap(at, want)
                if shared * 2 >= want[1] - want[0]:
                    votes[other.id] += shared
    return votes.most_common(1)[0][0] if votes else None
