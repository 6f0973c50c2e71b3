"""A record in the shape that annotated articles are compared in.

Nothing is added or judged: fields are renamed, and the zone of a mention is read off the zones.
Attitudes are counted only: the annotation's statements are what somebody says.
"""

from collections.abc import Iterable, Sequence

from kg.evaluate.annotated.compare import Days, normalise
from kg.evaluate.annotated.shape import (
    Entity,
    FoundArticle,
    FoundHead,
    Happening,
    Name,
    Quantity,
    Statement,
    Trigger,
)
from kg.extract.claims import is_attitude
from kg.model import Actor, Article, Claim, Event, Figure, Mention, Place, Span, Time

_LABELS = {
    "asserted": "FACT",
    "claimed": "CLAIMED_BY",
    "denied": "DENIED_BY",
    "planned": "PLANNED",
    "hypothetical": "HYPOTHETICAL",
    "negated": "NEGATED",
}
_BOUNDS = {"approximate": "approx", "minimum": "min", "maximum": "max"}


def read_record(article: Article) -> FoundArticle:
    """Return a record in the shape of the annotated articles."""
    titles = [zone for zone in article.zones if zone.kind == "headline"]

    def zone_of(span: Span) -> str:
        inside = any(zone.start <= span.start < zone.end for zone in titles)
        return "headline" if inside else "body"

    def entity(item: Actor | Place) -> Entity:
        names = tuple(
            Name((m.span.start, m.span.end), m.span.text, zone_of(m.span))
            for m in item.mentions
            if m.kind == "name"
        )
        return _entity(item, names)

    said = [claim for claim in article.claims if not is_attitude(claim)]
    return FoundArticle(
        head=_head(article),
        actors=tuple(entity(actor) for actor in article.actors),
        places=tuple(entity(place) for place in article.places),
        events=tuple(_event(event, article.figures) for event in article.events),
        statements=tuple(_statement(claim) for claim in said),
        attitudes=len(article.claims) - len(said),
    )


def _head(article: Article) -> FoundHead:
    body = [zone for zone in article.zones if zone.kind in ("body", "dateline")]
    publisher, original = article.publisher, article.original_publisher
    title = article.headline.text if article.headline else article.title
    return FoundHead(
        headline=normalise(title),
        authors=frozenset(normalise(author.name) for author in article.authors),
        publisher=normalise(publisher.name if publisher else None),
        original_publisher=normalise(original.name if original else None),
        published=article.date_published[:10] if article.date_published else None,
        inferred=article.date_inferred,
        dateline=normalise(article.dateline.text if article.dateline else None),
        language=article.language,
        body=(body[0].start, body[-1].end) if body else None,
    )


def _entity(item: Actor | Place, names: tuple[Name, ...]) -> Entity:
    forms = [item.name, *item.aliases, *(name.text for name in names)]
    return Entity(
        id=item.id,
        name=item.name,
        type=item.type,
        key=normalise(item.name),
        forms=frozenset(filter(None, map(normalise, forms))),
        qid=item.link.qid if item.link else None,
        names=names,
        nominals=tuple((m.span.start, m.span.end) for m in item.mentions if _is_nominal(m, item)),
        roles=_ranges([r.span for r in item.roles]) if isinstance(item, Actor) else (),
        acts_for=item.acts_for if isinstance(item, Actor) else None,
    )


def _is_nominal(mention: Mention, item: Actor | Place) -> bool:
    """Whether it anchors an entity that has no name there; an actor's pronouns do not."""
    if isinstance(item, Actor):
        return mention.kind == "nominal"
    return mention.kind != "name"


def _days(time: Time | None) -> Days | None:
    if time is None or (time.earliest is None and time.latest is None):
        return None
    return time.earliest, time.latest


def _event(event: Event, figures: Iterable[Figure]) -> Happening:
    return Happening(
        id=event.id,
        type=event.type,
        words=f"{event.type}: {event.trigger.text}",
        triggers=tuple(
            Trigger((m.trigger.start, m.trigger.end), (m.sentence.start, m.sentence.end))
            for m in event.mentions
        ),
        agents=event.agents,
        targets=event.targets,
        where=event.place,
        days=_days(event.time),
        quantities=tuple(_quantity(f) for f in figures if f.about == event.id),
        labels=tuple((_LABELS[f.value], f.by or "") for f in event.factuality),
        story=event.story,
    )


def _quantity(figure: Figure) -> Quantity:
    values = (figure.value, figure.minimum, figure.maximum)
    value = next((v for v in values if v is not None), 0.0)
    return Quantity(value, normalise(figure.unit), _BOUNDS.get(figure.bound, figure.bound))


def _ranges(spans: Sequence[Span]) -> tuple[tuple[int, int], ...]:
    return tuple((span.start, span.end) for span in spans)


def _statement(claim: Claim) -> Statement:
    return Statement(
        id=claim.id,
        kind=claim.kind,
        words=claim.text,
        parts=_ranges(claim.parts),
        speakers=claim.speakers,
        verb=(claim.cue.start, claim.cue.end) if claim.cue else None,
        addressee=claim.addressee,
        via=claim.via,
        days=_days(claim.time),
        polarity=claim.polarity,
        relations=tuple((r.relation, r.target) for r in claim.relations),
        same_as=claim.same_as,
    )
