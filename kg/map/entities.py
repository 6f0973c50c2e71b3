"""Actors and places: nodes, names, roles and the spans that mention them.

A linked entity's name, classes and Wikidata item stand in the authority graph alone; the article's
graph says how this article speaks of it.
"""

from pyoxigraph import NamedNode

from kg.map.sheet import Sheet
from kg.map.terms import TERM, actor_type, decimal, words
from kg.model import Actor, Article, Link, Mention, Place
from kg.vocabulary import ACTOR_CLASSES, ACTOR_TYPE_SLUGS, PLACE_CLASSES, WIKIDATA


def entity_node(sheet: Sheet, entity: Actor | Place) -> NamedNode:
    """Return the node of an actor or place: its link's path below the base, or a fragment."""
    if entity.link and entity.link.iri:
        return sheet.below_base(entity.link.iri)
    return sheet.local(entity.id)


def all_entities(article: Article) -> tuple[Actor | Place, ...]:
    """Return the actors, then the places."""
    return (*article.actors, *article.places)


def name_entities(sheet: Sheet) -> None:
    """Keep the nodes of all actors and places under their ids.

    Raises:
        RecordError: two entries have the same id.
    """
    for entity in all_entities(sheet.article):
        sheet.name_node(entity.id, entity_node(sheet, entity))


def add_actors(sheet: Sheet) -> None:
    """Add the blocks of all actors, by id."""
    for actor in sorted(sheet.article.actors, key=lambda a: a.id):
        _add_actor(sheet, actor)


def add_places(sheet: Sheet) -> None:
    """Add the blocks of all places, by id."""
    for place in sorted(sheet.article.places, key=lambda p: p.id):
        _add_place(sheet, place)


def acts_as_country(actor: Actor) -> bool:
    """Return whether the node of the actor may also be read as a place."""
    path = actor.link.iri if actor.link else None
    return actor.type == "Country" or (path or "").startswith("place/")


def other_names(entity: Actor | Place) -> list[str]:
    """Return the aliases that the graph must spell out.

    Those of a linked entity that its mentions already show are left to the mentions.
    """
    if entity.link is None or entity.link.iri is None:
        return sorted(set(entity.aliases))
    shown = {mention.span.text for mention in entity.mentions if mention.kind == "name"}
    return sorted(set(entity.aliases) - shown)


def _add_actor(sheet: Sheet, actor: Actor) -> None:
    node = sheet.named(actor.id, actor.id)
    if actor.link is None or actor.link.iri is None:
        sheet.add_type(node, *ACTOR_CLASSES[actor.type])
        sheet.add(node, "kg:actorType", actor_type(ACTOR_TYPE_SLUGS[actor.type]))
        if actor.named:
            sheet.add(node, "schema:name", words(actor.name))
        else:
            sheet.add(node, "schema:description", words(actor.name, sheet.language))
        add_item(sheet, node, actor.link)
    for alias in other_names(actor):
        sheet.add_once(node, "schema:alternateName", words(alias))
    if actor.acts_for is not None:
        sheet.add(node, "kg:actsFor", sheet.named(actor.acts_for, actor.id))
    _add_roles(sheet, node, actor)
    _note_mentions(
        sheet, node, actor, "schema:GovernmentOrganization" if acts_as_country(actor) else None
    )


def _add_place(sheet: Sheet, place: Place) -> None:
    node = sheet.named(place.id, place.id)
    if place.link is None or place.link.iri is None:
        own = PLACE_CLASSES[place.type]
        sheet.add_type(node, *dict.fromkeys((own, "schema:Place")))
        sheet.add(node, "schema:name", words(place.name))
        add_item(sheet, node, place.link)
        if place.latitude is not None:
            sheet.add(node, "schema:latitude", decimal(place.latitude))
        if place.longitude is not None:
            sheet.add(node, "schema:longitude", decimal(place.longitude))
    for alias in other_names(place):
        sheet.add_once(node, "schema:alternateName", words(alias))
    _note_mentions(sheet, node, place, "schema:Place")


def add_item(sheet: Sheet, node: NamedNode, link: Link | None) -> None:
    """Add the Wikidata item of a node that is linked to nothing else."""
    if link and link.qid:
        sheet.add(node, "schema:sameAs", NamedNode(WIKIDATA + link.qid))


def _add_roles(sheet: Sheet, node: NamedNode, actor: Actor) -> None:
    if actor.type == "Person":
        for title in sorted({" ".join(role.span.text.split()) for role in actor.roles} - {""}):
            sheet.add(node, "schema:jobTitle", words(title, sheet.language))
    sheet.add_spans(node, "kg:role", (role.span for role in actor.roles))


def _marks(mention: Mention) -> list[str]:
    marks = [] if mention.kind == "name" else [mention.kind]
    return marks + ["metonym"] * mention.metonym + ["inferred"] * mention.inferred


def _note_mentions(
    sheet: Sheet, node: NamedNode, entity: Actor | Place, reading: str | None
) -> None:
    for mention in entity.mentions:
        sheet.note(mention.span, "itsrdf:taIdentRef", node)
        if reading:
            sheet.note(mention.span, "itsrdf:taClassRef", TERM[reading])
        for mark in _marks(mention):
            sheet.note(mention.span, "kg:mentionKind", words(mark))
