"""Which happenings have actors or places in common, by what stands behind them."""

from kg.extract.entities import Entities
from kg.extract.events.geography import Geography
from kg.extract.events.mentions import Group

_STEM = 8


class Kinship:
    """Compares the arguments of happenings by principal and country."""

    def __init__(self, entities: Entities, geography: Geography) -> None:
        """Keep whom actors act for and where places lie."""
        self._entities, self._geography = entities, geography
        self._names = {a.id: a.name for a in entities.actors()}
        self._roots: dict[int, frozenset[str]] = {}

    def share(self, one: Group, other: Group) -> bool:
        """Return whether two happenings have an actor, a place or what stands behind in common."""
        return bool(self._of(one) & self._of(other))

    def share_words(self, one: Group, other: Group) -> bool:
        """Return whether targets that are not named are told by the same noun or adjective."""
        return bool(self._nouns(one) & self._nouns(other))

    def _nouns(self, group: Group) -> frozenset[str]:
        """Return the long words that the targets go by, cut to what their forms share."""
        names = (self._names.get(i, "") for i in group.ids("targets"))
        return frozenset(w[:_STEM].lower() for name in names for w in name.split() if len(w) > 5)

    def _of(self, group: Group) -> frozenset[str]:
        key = id(group)
        if key not in self._roots:
            ids = [i for role in ("agents", "targets", "places") for i in group.ids(role)]
            self._roots[key] = frozenset(r for i in ids for r in (i, self._root(i)))
        return self._roots[key]

    def _root(self, one: str) -> str:
        if one.startswith("place-"):
            return self._geography.country_of(one).removeprefix("place-")
        return (self._entities.principal(one) or one).removeprefix("state-")
