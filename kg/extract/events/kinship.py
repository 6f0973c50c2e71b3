"""Which happenings have actors or places in common, by what stands behind them."""

from kg.extract.entities import Entities
from kg.extract.events.coreference import Group
from kg.extract.events.geography import Geography


class Kinship:
    """Compares the arguments of happenings by principal and country."""

    def __init__(self, entities: Entities, geography: Geography) -> None:
        """Keep whom actors act for and where places lie."""
        self._entities, self._geography = entities, geography
        self._roots: dict[int, frozenset[str]] = {}

    def share(self, one: Group, other: Group) -> bool:
        """Return whether two happenings have an actor, a place or what stands behind in common."""
        return bool(self._of(one) & self._of(other))

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
