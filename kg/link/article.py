"""Link the actors, places and outlets of one article to the authority file.

A link that the extractor made by name is looked at again with the whole article at hand: it is
moved, or taken away, where the name fits several nodes or speaks of a country that the article
never names. Links made in other ways are kept.

What it gets wrong: see `kg.link.choose`. A name that several nodes bear, or that the authority file
does not have, stays local to the article.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import cast

from kg.authority import Authority, Entry, load_authority
from kg.iris import actor_id, linked_actor_id, linked_place_id, place_id
from kg.link.choose import choose_actor, choose_city, choose_place
from kg.link.context import Context, find_context, surface_forms
from kg.link.rename import Renaming, other_forms, rename_article
from kg.model import Actor, ActorType, Article, Link, Outlet, Place, PlaceType

_BY_NAME = frozenset({"name", "alias"})


def link_article(article: Article) -> Article:
    """Return the article with links, names, types and ids from the authority file.

    Two actors (places) that are the same node become one. Names of the article that differ from
    the node's become aliases. Cities without a node get coordinates where the gazetteer leaves no
    doubt.
    """
    authority = load_authority()
    context = find_context(article, authority)
    actors = [_link_actor(actor, context) for actor in article.actors]
    places = [_link_place(place, context) for place in article.places]
    linked = replace(
        article,
        actors=tuple(actors),
        places=tuple(places),
        publisher=_link_outlet(article.publisher, authority),
        original_publisher=_link_outlet(article.original_publisher, authority),
    )
    renaming = Renaming(
        actors=_new_ids(article.actors, actors), places=_new_ids(article.places, places)
    )
    linked = _replace_ids(linked, article, renaming)
    return _fill_principals(_drop_unused(linked), authority)


def _replace_ids(linked: Article, before: Article, renaming: Renaming) -> Article:
    """Rename from the old ids on: the new nodes still carry them."""
    actors = zip(linked.actors, before.actors, strict=True)
    places = zip(linked.places, before.places, strict=True)
    return rename_article(
        replace(
            linked,
            actors=tuple(replace(new, id=old.id) for new, old in actors),
            places=tuple(replace(new, id=old.id) for new, old in places),
        ),
        renaming,
    )


def _link_actor(actor: Actor, context: Context) -> Actor:
    known = _known(actor.link, context.authority)
    entry = known
    if actor.link is None or (known and actor.link.method in _BY_NAME):
        entry = choose_actor(actor, context)
        if entry is None and known is not None:
            if _came_by(known, actor, context.authority):
                return _unlink_actor(actor, known)
            entry = known
    if entry is None or (entry.path.startswith("place/") and entry.type != "Country"):
        return actor
    return replace(
        actor,
        id=linked_actor_id(entry.path),
        name=entry.name,
        type=cast("ActorType", entry.type),
        named=True,
        aliases=other_forms(entry.name, (*_own_names(actor, known), *actor.aliases)),
        acts_for=actor.acts_for if known in {None, entry} else None,
        link=actor.link if known == entry else _link(entry, surface_forms(actor)),
    )


def _link_place(place: Place, context: Context) -> Place:
    known = _known(place.link, context.authority)
    entry = known
    if place.link is None or (known and place.link.method in _BY_NAME):
        entry = choose_place(place, context)
        if entry is None and known is not None:
            if _came_by(known, place, context.authority):
                return _locate(_unlink_place(place, known), context)
            entry = known
    if entry is None:
        return _locate(place, context) if place.link is None else place
    return replace(
        place,
        id=linked_place_id(entry.path),
        name=entry.name,
        type=cast("PlaceType", entry.type),
        aliases=other_forms(entry.name, (*_own_names(place, known), *place.aliases)),
        link=place.link if known == entry else _link(entry, surface_forms(place)),
        latitude=entry.latitude if place.latitude is None else place.latitude,
        longitude=entry.longitude if place.longitude is None else place.longitude,
    )


def _came_by(entry: Entry, node: Actor | Place, authority: Authority) -> bool:
    """Return whether the node was linked to the entry for a name that the text has."""
    return any(entry in authority.find(form) for form in surface_forms(node))


def _own_names(node: Actor | Place, known: Entry | None) -> tuple[str, ...]:
    """Return the node's name unless a link put it there without the text having it."""
    if known and node.name == known.name and node.name not in surface_forms(node):
        return ()
    return (node.name,)


def _unlink_actor(actor: Actor, known: Entry) -> Actor:
    name = _fullest(actor)
    principal = linked_actor_id(known.acts_for) if known.acts_for else None
    return replace(
        actor,
        id=actor_id(actor.type, name),
        name=name,
        aliases=other_forms(name, (*_own_names(actor, known), *actor.aliases)),
        acts_for=None if actor.acts_for == principal else actor.acts_for,
        link=None,
    )


def _unlink_place(place: Place, known: Entry) -> Place:
    name = _fullest(place)
    aliases = other_forms(name, (*_own_names(place, known), *place.aliases))
    return replace(place, id=place_id(name), name=name, aliases=aliases, link=None)


def _fullest(node: Actor | Place) -> str:
    return max(surface_forms(node), key=lambda form: (len(form), form))


def _locate(place: Place, context: Context) -> Place:
    if place.latitude is not None:
        return place
    city = choose_city(place, context)
    return replace(place, latitude=city.latitude, longitude=city.longitude) if city else place


def _link_outlet(outlet: Outlet | None, authority: Authority) -> Outlet | None:
    if outlet is None or outlet.link is not None:
        return outlet
    found = [e for e in authority.find(outlet.name) if e.type == "NewsMediaOrganization"]
    return replace(outlet, link=_link(found[0], (outlet.name,))) if len(found) == 1 else outlet


def _known(link: Link | None, authority: Authority) -> Entry | None:
    return authority.get(link.iri) if link and link.iri else None


def _link(entry: Entry, forms: tuple[str, ...]) -> Link:
    method = "name" if entry.name in forms else "alias"
    return Link(iri=entry.path, qid=entry.qid, method=method)


def _new_ids(before: Sequence[Actor | Place], after: Sequence[Actor | Place]) -> dict[str, str]:
    """Return new ids by old ones; an unlinked node gives way to a linked one, with a number."""
    new = {old.id: node.id for old, node in zip(before, after, strict=True)}
    linked = {node.id for node in after if node.link}
    taken = {*new, *new.values()}
    for old, node in zip(before, after, strict=True):
        if node.link is None and node.id in linked:
            new[old.id] = next(f"{node.id}-{n}" for n in count(2) if f"{node.id}-{n}" not in taken)
            taken.add(new[old.id])
    return new


def _drop_unused(article: Article) -> Article:
    """Leave out states that nothing names or refers to: principals of a link taken away."""
    if not any(actor.mentions for actor in article.actors):
        return article
    used = set(_referred(article))
    kept = (a for a in article.actors if a.mentions or a.type != "Country" or a.id in used)
    return replace(article, actors=tuple(kept))


def _referred(article: Article) -> Iterator[str | None]:
    for event in article.events:
        yield from (*event.agents, *event.targets, *(label.by for label in event.factuality))
    for claim in article.claims:
        yield from (*claim.speakers, *claim.via, claim.cited_by, claim.addressee)
    for figure in article.figures:
        yield from (figure.about, *(label.by for label in figure.factuality))
    yield from (actor.acts_for for actor in article.actors)


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
