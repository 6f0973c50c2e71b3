"""What the authority file knows of places and demonyms: states, countries of places, kinds."""

from collections import Counter

from kg.authority import load_authority
from kg.extract.entities import Entities
from kg.iris import linked_actor_id, linked_place_id

_FEW = 3
_ROOM = {"Facility": 0, "City": 1, "Region": 2, "Landform": 2, "BodyOfWater": 3, "Place": 3}


class Geography:
    """Answers about one article's places.

    Attributes:
        main_country: id of the country that the article names far more often than any other.
    """

    def __init__(self, entities: Entities) -> None:
        """Read the places once; their kinds do not change any more."""
        places = entities.places()
        self._rank = {p.id: _ROOM.get(p.type, 5) for p in places}
        self._kinds = {p.id: p.type for p in places}
        self._country: dict[str, str] = {}
        for place in places:
            entry = load_authority().get(place.link.iri) if place.link and place.link.iri else None
            if entry is not None and entry.country:
                self._country[place.id] = linked_place_id(entry.country)

        self.main_country = _main_country(entities)
        self._actors = frozenset(a.id for a in entities.actors())

    def state_of(self, place: str) -> str | None:
        """Return the actor that a country is, where the article knows it as one."""
        state = "state-" + place.removeprefix("place-")
        return state if state in self._actors else None

    def state_named(self, demonym: str) -> str | None:
        """Return the state of "Russian", where the article knows that state as an actor."""
        if not demonym[:1].isupper():
            return None
        found = [linked_actor_id(e.path) for e in load_authority().find_demonym(demonym)]
        return next((state for state in found if state in self._actors), None)

    def place_of(self, state: str) -> str | None:
        """Return the place that a state is, where the article names it as a place."""
        place = "place-" + state.removeprefix("state-")
        return place if place in self._rank else None

    def kind(self, place: str) -> str | None:
        """Return the type of a place that the article names."""
        return self._kinds.get(place)

    def is_country(self, place: str) -> bool:
        """Return whether a place that the article names is a country."""
        return self._kinds.get(place) == "Country"

    def rank(self, place: str) -> int:
        """Return how wide a place is: 0 a building, 1 a city, 5 a country or more."""
        return self._rank.get(place, 5)

    def country_of(self, place: str) -> str:
        """Return the id of the country a place lies in, or of the place itself."""
        return self._country.get(place, place)


def _main_country(entities: Entities) -> str | None:
    """Return the place of the country with three mentions or more and twice those of the next."""
    counts: Counter[str] = Counter()
    places = {p.id: p for p in entities.places() if p.type == "Country"}
    for place in places.values():
        counts[place.id] += len(place.mentions)
    for actor in entities.actors():
        home = "place-" + actor.id.removeprefix("state-")
        if actor.type == "Country" and home in places:
            counts[home] += len(actor.mentions)
    ranked = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    if not ranked or ranked[0][1] < _FEW or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return ranked[0][0]
