"""Which entry of the authority file a name stands for: one, or none.

A name must be a form of the entry and the types must fit; nothing is matched by likeness. Forms
that many bear (a bare surname, an acronym, "Labour Party", a common English name) count only in an
article that names the entry's country. Where several entries remain, none is chosen.

What it gets wrong: a namesake from the same country; a body whose country is never named.
"""

from collections.abc import Iterable

from kg.authority import Authority, City, Entry, load_cities
from kg.link.context import has_namesake, is_weak, surface_forms
from kg.model import Actor, Place

_BODIES = frozenset(
    {
        *("IntergovernmentalOrganization", "GovernmentOrganization", "ArmedForce", "ArmedGroup"),
        *("NewsMediaOrganization", "PoliticalParty", "Corporation", "Organization", "Group"),
    }
)
_PLACES = frozenset(
    {"Country", "Region", "City", "Facility", "Landform", "BodyOfWater", "Continent", "Place"}
)
_CLEARLY_LARGER = 10


def choose_actor(actor: Actor, authority: Authority, context: frozenset[str]) -> Entry | None:
    """Return the one entry that the actor is, or None."""
    if not actor.named:
        return None
    names = _with_principal(actor, authority)
    return _choose(names, _kin(actor.type), authority, context)


def choose_place(place: Place, authority: Authority, context: frozenset[str]) -> Entry | None:
    """Return the one entry that the place is, or None."""
    kinds = frozenset({"Country"}) if place.type == "Country" else _PLACES
    return _choose(surface_forms(place), kinds, authority, context, own=place.type)


def choose_city(place: Place, context: frozenset[str]) -> City | None:
    """Return the city of the gazetteer that the place is, or None.

    One in a country that the article names goes before others; among several, the largest counts
    only if it has ten times the people of the next.
    """
    if place.type not in {"City", "Place"}:
        return None
    found = load_cities().find(place.name)
    near = [city for city in found if city.country in context] or list(found)
    near.sort(key=lambda city: (-city.population, city.geonames_id))
    if len(near) > 1 and near[0].population < _CLEARLY_LARGER * near[1].population:
        return None
    return near[0] if near else None


def _with_principal(actor: Actor, authority: Authority) -> tuple[str, ...]:
    """Return the actor's names, also as its country's: "Defense Ministry" acts for Belarus."""
    names = surface_forms(actor)
    if not actor.acts_for or not actor.acts_for.startswith("state-"):
        return names
    principal = authority.get(f"place/{actor.acts_for.removeprefix('state-')}")
    adjectives = principal.demonyms[:1] if principal else ()
    return (*names, *(f"{adjective} {name}" for adjective in adjectives for name in names))


def _kin(kind: str) -> frozenset[str]:
    if kind in {"Person", "Country"}:
        return frozenset({kind})
    return _BODIES


def _choose(
    names: Iterable[str],
    kinds: frozenset[str],
    authority: Authority,
    context: frozenset[str],
    own: str | None = None,
) -> Entry | None:
    """Return the entry of the first name that decides for one; None if two names disagree."""
    chosen: dict[str, Entry] = {}
    for name in names:
        found = [e for e in authority.find(name) if e.type in kinds]
        found = [e for e in found if e.type == own] or found
        shared = len(found) > 1
        fit = [e for e in found if _plausible(e, name, authority, context, shared=shared)]
        if len(fit) == 1:
            chosen[fit[0].path] = fit[0]
    return next(iter(chosen.values())) if len(chosen) == 1 else None


def _plausible(
    entry: Entry, name: str, authority: Authority, context: frozenset[str], *, shared: bool
) -> bool:
    if entry.type == "City":
        return _plausible_city(entry, authority, context)
    if not shared and not is_weak(entry, name):
        return True
    home = {entry.country, entry.acts_for, *(office.body for office in entry.offices)}
    return bool(home & context)


def _plausible_city(entry: Entry, authority: Authority, context: frozenset[str]) -> bool:
    if entry.country not in context:
        return not has_namesake(entry, context or None)
    country = authority.get(entry.country or "")
    capital = country is not None and country.capital == entry.path
    return capital or not has_namesake(entry, context)
