"""Give the parts of an article new ids, consistently, and unite what got the same one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from kg.model import Actor, Article, Claim, Event, Factuality, Figure, Mention, Place, Role, Span


@dataclass(frozen=True, slots=True)
class Renaming:
    """New ids of actors and places by their old ones; an id that is not in it stays."""

    actors: dict[str, str]
    places: dict[str, str]

    def actor(self, name: str) -> str:
        """Return the new id of an actor."""
        return self.actors.get(name, name)

    def place(self, name: str) -> str:
        """Return the new id of a place."""
        return self.places.get(name, name)


def rename_article(article: Article, new: Renaming) -> Article:
    """Return the article with the new ids wherever an actor or place is referred to.

    Actors (places) that get the same id are united: the first one's name, type and link, the names,
    roles and mentions of all.
    """
    return replace(
        article,
        actors=_unite_actors(_rename_actor(actor, new) for actor in article.actors),
        places=_unite_places(replace(place, id=new.place(place.id)) for place in article.places),
        events=tuple(_rename_event(event, new) for event in article.events),
        claims=tuple(_rename_claim(claim, new) for claim in article.claims),
        figures=tuple(_rename_figure(figure, new) for figure in article.figures),
    )


def _rename_actor(actor: Actor, new: Renaming) -> Actor:
    principal = actor.acts_for and new.actor(actor.acts_for)
    name = new.actor(actor.id)
    return replace(actor, id=name, acts_for=None if principal == name else principal)


def _rename_event(event: Event, new: Renaming) -> Event:
    place = event.place and new.place(event.place)
    return replace(
        event,
        agents=_each(event.agents, new.actor),
        targets=_each(event.targets, new.actor),
        place=place,
        other_places=tuple(p for p in _each(event.other_places, new.place) if p != place),
        factuality=_labels(event.factuality, new),
    )


def _rename_claim(claim: Claim, new: Renaming) -> Claim:
    return replace(
        claim,
        speakers=_each(claim.speakers, new.actor),
        cited_by=claim.cited_by and new.actor(claim.cited_by),
        addressee=claim.addressee and new.actor(claim.addressee),
        via=_each(claim.via, new.actor),
    )


def _rename_figure(figure: Figure, new: Renaming) -> Figure:
    return replace(
        figure,
        about=figure.about and new.actor(figure.about),
        factuality=_labels(figure.factuality, new),
    )


def _labels(labels: Iterable[Factuality], new: Renaming) -> tuple[Factuality, ...]:
    renamed = (replace(label, by=label.by and new.actor(label.by)) for label in labels)
    return tuple(dict.fromkeys(renamed))


def _each(ids: Iterable[str], rename: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rename(one) for one in ids))


def _unite_actors(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    united: dict[str, Actor] = {}
    for actor in actors:
        known = united.get(actor.id)
        united[actor.id] = actor if known is None else _unite_two(known, actor)
    return tuple(united.values())


def _unite_two(first: Actor, second: Actor) -> Actor:
    return replace(
        first,
        named=first.named or second.named,
        aliases=other_forms(first.name, (second.name, *first.aliases, *second.aliases)),
        roles=_roles((*first.roles, *second.roles)),
        acts_for=first.acts_for or second.acts_for,
        mentions=_mentions((*first.mentions, *second.mentions)),
    )


def _unite_places(places: Iterable[Place]) -> tuple[Place, ...]:
    united: dict[str, Place] = {}
    for place in places:
        known = united.get(place.id)
        united[place.id] = place if known is None else _unite_two_places(known, place)
    return tuple(united.values())


def _unite_two_places(first: Place, second: Place) -> Place:
    here = first if first.latitude is not None else second
    return replace(
        first,
        aliases=other_forms(first.name, (second.name, *first.aliases, *second.aliases)),
        mentions=_mentions((*first.mentions, *second.mentions)),
        latitude=here.latitude,
        longitude=here.longitude,
    )


def other_forms(name: str, forms: Iterable[str]) -> tuple[str, ...]:
    """Return the forms other than the name, sorted, each once."""
    return tuple(sorted({form for form in forms if form and form != name}))


def _mentions(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    by_span: dict[tuple[int, int], Mention] = {}
    for mention in mentions:
        by_span.setdefault(_place_of(mention.span), mention)
    return tuple(by_span[key] for key in sorted(by_span))


def _roles(roles: Iterable[Role]) -> tuple[Role, ...]:
    by_span: dict[tuple[int, int], Role] = {}
    for role in roles:
        by_span.setdefault(_place_of(role.span), role)
    return tuple(by_span[key] for key in sorted(by_span))


def _place_of(span: Span) -> tuple[int, int]:
    return span.start, span.end
