"""Link the actors, places and outlets of one article to the authority file.

What it gets wrong: see `kg.link.choose`. A name that several nodes bear, or that the authority file
does not have, stays local to the article.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import count
from typing import cast

from kg.authority import Authority, Entry, load_authority
from kg.iris import linked_actor_id, linked_place_id
from kg.link.choose import choose_actor, choose_city, choose_place
from kg.link.context import find_context
from kg.link.rename import Renaming, other_forms, rename_article
from kg.model import Actor, ActorType, Article, Link, Outlet, Place, PlaceType


def link_article(article: Article) -> Article:
    """Return the article with links, names, types and ids from the authority file.

    Two actors (places) that are the same node become one. A link that is there already is kept.
    Names of the article that differ from the node's become aliases. Cities without a node get
    coordinates where the gazetteer leaves no doubt.
    """
    authority = load_authority()
    context = find_context(article, authority)
    actors = tuple(_link_actor(actor, authority, context) for actor in article.actors)
    places = tuple(_link_place(place, authority, context) for place in article.places)
    linked = replace(
        article,
        actors=actors,
        places=places,
        publisher=_link_outlet(article.publisher, authority),
        original_publisher=_link_outlet(article.original_publisher, authority),
    )
    return _fill_principals(rename_article(linked, _new_ids(actors, places)), authority)


def _link_actor(actor: Actor, authority: Authority, context: frozenset[str]) -> Actor:
    entry = _known(actor.link, authority) or (
        choose_actor(actor, authority, context) if actor.link is None else None
    )
    if entry is None or (entry.path.startswith("place/") and entry.type != "Country"):
        return actor
    return replace(
        actor,
        name=entry.name,
        type=cast("ActorType", entry.type),
        named=True,
        aliases=other_forms(entry.name, (actor.name, *actor.aliases)),
        link=actor.link or _link(entry, actor.name),
    )


def _link_place(place: Place, authority: Authority, context: frozenset[str]) -> Place:
    entry = _known(place.link, authority) or (
        choose_place(place, authority, context) if place.link is None else None
    )
    if entry is None:
        return _locate(place, context) if place.link is None else place
    return replace(
        place,
        name=entry.name,
        type=cast("PlaceType", entry.type),
        aliases=other_forms(entry.name, (place.name, *place.aliases)),
        link=place.link or _link(entry, place.name),
        latitude=entry.latitude if place.latitude is None else place.latitude,
        longitude=entry.longitude if place.longitude is None else place.longitude,
    )


def _locate(place: Place, context: frozenset[str]) -> Place:
    if place.latitude is not None:
        return place
    city = choose_city(place, context)
    return replace(place, latitude=city.latitude, longitude=city.longitude) if city else place


def _link_outlet(outlet: Outlet | None, authority: Authority) -> Outlet | None:
    if outlet is None or outlet.link is not None:
        return outlet
    found = [e for e in authority.find(outlet.name) if e.type == "NewsMediaOrganization"]
    return replace(outlet, link=_link(found[0], outlet.name)) if len(found) == 1 else outlet


def _known(link: Link | None, authority: Authority) -> Entry | None:
    return authority.get(link.iri) if link and link.iri else None


def _link(entry: Entry, name: str) -> Link:
    method = "name" if name == entry.name else "alias"
    return Link(iri=entry.path, qid=entry.qid, method=method)


def _new_ids(actors: Iterable[Actor], places: Iterable[Place]) -> Renaming:
    """Return the ids that follow from the links; an unlinked namesake gives way with a number."""
    new_actors = {a.id: linked_actor_id(a.link.iri) for a in actors if a.link and a.link.iri}
    new_places = {p.id: linked_place_id(p.link.iri) for p in places if p.link and p.link.iri}
    return Renaming(
        actors=_without_clashes(new_actors, [actor.id for actor in actors]),
        places=_without_clashes(new_places, [place.id for place in places]),
    )


def _without_clashes(new: dict[str, str], old: list[str]) -> dict[str, str]:
    taken = {*new.values(), *old}
    given = dict(new)
    for one in old:
        if one not in new and one in new.values():
            given[one] = next(f"{one}-{n}" for n in count(2) if f"{one}-{n}" not in taken)
            taken.add(given[one])
    return given


def _fill_principals(article: Article, authority: Authority) -> Article:
    """Let a linked body act for its principal where that is an actor of the article too."""
    present = {actor.id for actor in article.actors}

    def fill(actor: Actor) -> Actor:
        entry = _known(actor.link, authority)
        if actor.acts_for or entry is None or entry.acts_for is None:
            return actor
        principal = linked_actor_id(entry.acts_for)
        return replace(actor, acts_for=principal) if principal in present else actor

    return replace(article, actors=tuple(fill(actor) for actor in article.actors))
