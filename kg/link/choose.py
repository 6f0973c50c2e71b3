"""Which entry of the authority file a name stands for: one, or none.

A name must be a form of the entry and the types must fit; nothing is matched by likeness. Forms
that many bear (a bare surname, an acronym, "Labour Party", a common English name) count only in an
article that names the entry's country. Where several entries remain, none is chosen.

What it gets wrong: a namesake from the same country; a body whose country is never named.
"""

from collections.abc import Iterable

from kg.authority import City, Entry, load_cities
from kg.link.context import Context, has_namesake, is_weak, surface_forms
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
_PERSON = frozenset({"Person"})
_COUNTRY = frozenset({"Country"})
_CLEARLY_LARGER = 10


def choose_actor(actor: Actor, context: Context) -> Entry | None:
    """Return the one entry that the actor is, or None."""
    if not actor.named:
        return None
    if actor.type == "Person":
        return _choose(_tellings(surface_forms(actor), context), _PERSON, context)
    kinds = _COUNTRY if actor.type == "Country" else _BODIES
    return _choose(_with_principal(actor, context), kinds, context)


def choose_place(place: Place, context: Context) -> Entry | None:
    """Return the one entry that the place is, or None."""
    return _choose(surface_forms(place), _PLACES, context, own=place.type)


def choose_city(place: Place, context: Context) -> City | None:
    """Return the city of the gazetteer that the place is, or None.

    One in a country that the article names goes before others; among several, the largest counts
    only if it has ten times the people of the next.
    """
    if place.type not in {"City", "Place"}:
        return None
    found = load_cities().find(place.name)
    near = [city for city in found if city.country in context.paths] or list(found)
    near.sort(key=lambda city: (-city.population, city.geonames_id))
    if len(near) > 1 and near[0].population < _CLEARLY_LARGER * near[1].population:
        return None
    return near[0] if near else None


def _tellings(names: tuple[str, ...], context: Context) -> tuple[str, ...]:
    """Return the names that may decide: a bare surname only where no fuller name is unknown.

    "Rubio" beside "Luis Rubio" is not the senator.
    """
    full = tuple(name for name in names if " " in name)
    known = tuple(name for name in full if context.authority.find(name))
    return known if full else names


def _with_principal(actor: Actor, context: Context) -> tuple[str, ...]:
    """Return the actor's names, also as its country's: "Defense Ministry" acts for Belarus."""
    names = surface_forms(actor)
    if not actor.acts_for or not actor.acts_for.startswith("state-"):
        return names
    principal = context.authority.get(f"place/{actor.acts_for.removeprefix('state-')}")
    adjectives = principal.demonyms[:1] if principal else ()
    return (*names, *(f"{adjective} {name}" for adjective in adjectives for name in names))


def _choose(
    names: Iterable[str], kinds: frozenset[str], context: Context, own: str | None = None
) -> Entry | None:
    """Return the one entry that the names decide for; None if they disagree."""
    chosen: dict[str, Entry] = {}
    for name in names:
        found = _without_homonyms(context.authority.find(name), context)
        found = [entry for entry in found if entry.type in kinds]
        found = [entry for entry in found if entry.type == own] or found
        fit = [entry for entry in found if _plausible(entry, name, context, len(found))]
        if len(fit) == 1:
            chosen[fit[0].path] = fit[0]
    return next(iter(chosen.values())) if len(chosen) == 1 else None


def _without_homonyms(found: Iterable[Entry], context: Context) -> list[Entry]:
    """Return the entries without a country or a region that goes by the same name elsewhere.

    Georgia is the American state in an article that names other parts of the United States.
    """
    entries = list(found)
    regions = [entry for entry in entries if entry.type == "Region"]
    countries = [entry for entry in entries if entry.type == "Country"]
    if not regions or not countries:
        return entries
    likely = [entry for entry in regions if context.has_parts_of(entry.country, entry.path)]
    named = [entry for entry in countries if entry.path in context.paths]
    if named and likely:
        return []
    return likely or countries


def _plausible(entry: Entry, name: str, context: Context, rivals: int) -> bool:
    if entry.type == "City":
        return _plausible_city(entry, name, context)
    if rivals == 1 and not is_weak(entry, name):
        return True
    home = {entry.country, entry.acts_for, *(office.body for office in entry.offices)}
    return bool(home & context.paths)


def _plausible_city(entry: Entry, name: str, context: Context) -> bool:
    if entry.country not in context.paths:
        return not has_namesake(name, entry.country, context.paths or None)
    country = context.authority.get(entry.country or "")
    capital = country is not None and country.capital == entry.path
    return capital or not has_namesake(name, entry.country, context.paths)
