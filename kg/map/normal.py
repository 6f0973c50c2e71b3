"""The form of a record that its graph keeps: what comes back is this, to the last field.

A graph is a set, so lists come back sorted; only the main label stays first, and the mention of an
event that its id tells. What the graph does not hold is named in `kg.map.fields`.
"""

from collections.abc import Iterable
from dataclasses import replace

from kg.map.claims import claim_kind
from kg.map.entities import all_entities, other_names
from kg.map.head import sorted_authors
from kg.map.reverse.happenings import label_key
from kg.map.settled import settle_article
from kg.map.sheet import sorted_spans
from kg.map.times import granularity_of
from kg.model import (
    Actor,
    Article,
    Claim,
    Event,
    Extractor,
    Factuality,
    Figure,
    Link,
    Mention,
    Outlet,
    Place,
    Role,
    Time,
)

_Spelt = dict[str, set[str]]


def normalise_article(article: Article, *, with_text: bool = False) -> Article:
    """Return the article in the order and form in which its graph gives it back."""
    article = settle_article(article)
    spelt = _spelt_names(article)
    return replace(
        article,
        text=article.text if with_text else None,
        authors=tuple(sorted_authors(article)),
        publisher=_outlet(article.publisher),
        original_publisher=_outlet(article.original_publisher),
        zones=tuple(sorted(set(article.zones), key=lambda z: (z.start, z.end, z.kind))),
        actors=tuple(sorted((_actor(a, spelt) for a in article.actors), key=lambda a: a.id)),
        places=tuple(sorted((_place(p, spelt) for p in article.places), key=lambda p: p.id)),
        events=tuple(
            sorted((_event(e) for e in article.events), key=lambda e: (e.trigger.start, e.id))
        ),
        claims=tuple(
            sorted((_claim(c) for c in article.claims), key=lambda c: (c.parts[0].start, c.id))
        ),
        figures=tuple(
            sorted((_figure(f) for f in article.figures), key=lambda f: (f.span.start, f.id))
        ),
        origins=(),
        extractor=Extractor(name="unknown", version="0"),
    )


def _ids(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(ids)))


def _outlet(outlet: Outlet | None) -> Outlet | None:
    if outlet is None:
        return None
    return replace(outlet, link=_link(outlet.link))


def _link(link: Link | None) -> Link | None:
    """Return the link without how it was made."""
    if link is None or (link.iri is None and link.qid is None):
        return None
    return Link(iri=link.iri, qid=link.qid)


def _mentions(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted(set(mentions), key=lambda m: (m.span.start, m.span.end)))


def _spelt_names(article: Article) -> _Spelt:
    """Return the names of linked nodes that no mention shows; the readings of a node share them."""
    spelt: _Spelt = {}
    for entity in all_entities(article):
        if entity.link and entity.link.iri:
            spelt.setdefault(entity.link.iri, set()).update(other_names(entity))
    return spelt


def _aliases(entity: Actor | Place, spelt: _Spelt) -> tuple[str, ...]:
    if entity.link is None or entity.link.iri is None:
        return _ids(entity.aliases)
    shown = {mention.span.text for mention in entity.mentions if mention.kind == "name"}
    return _ids({*spelt[entity.link.iri], *shown} - {entity.name})


def _actor(actor: Actor, spelt: _Spelt) -> Actor:
    return replace(
        actor,
        aliases=_aliases(actor, spelt),
        roles=tuple(Role(span=span) for span in sorted_spans(r.span for r in actor.roles)),
        mentions=_mentions(actor.mentions),
        link=_link(actor.link),
    )


def _place(place: Place, spelt: _Spelt) -> Place:
    return replace(
        place,
        aliases=_aliases(place, spelt),
        mentions=_mentions(place.mentions),
        link=_link(place.link),
    )


def _labels(labels: tuple[Factuality, ...]) -> tuple[Factuality, ...]:
    """Return the labels sorted, the main value first; only claims and denials have a speaker."""
    found = {
        label if label.value in ("claimed", "denied") else Factuality(value=label.value)
        for label in labels
    }
    spoken = {label.value for label in found if label.by}
    kept = [label for label in found if label.by or label.value not in spoken]
    return tuple(sorted(kept, key=lambda label: label_key(labels[0].value, label)))


def _time(time: Time | None) -> Time | None:
    if time is None:
        return None
    time = replace(time, granularity=granularity_of(time), basis=None)
    return None if time == Time() else time


def _event(event: Event) -> Event:
    return replace(
        event,
        factuality=_labels(event.factuality),
        agents=_ids(event.agents),
        targets=_ids(event.targets),
        other_places=_ids(event.other_places),
        place_relation=event.place_relation if event.place else None,
        time=_time(event.time),
    )


def _claim(claim: Claim) -> Claim:
    relations = sorted(set(claim.relations), key=lambda r: (r.relation, r.target))
    return replace(
        claim,
        kind=claim_kind(quoted=claim.kind == "direct", fragments=bool(claim.quoted_fragments)),
        parts=tuple(sorted_spans(claim.parts)),
        speakers=_ids(claim.speakers),
        quoted_fragments=tuple(sorted_spans(claim.quoted_fragments)),
        via=_ids(claim.via),
        time=_time(replace(claim.time, end=claim.time.start) if claim.time else None),
        about=_ids(claim.about),
        relations=tuple(relations),
    )


def _figure(figure: Figure) -> Figure:
    return replace(figure, factuality=_labels(figure.factuality))
