"""The form of an article that its graph can tell: what is settled before anything is written.

The graph has no list of actors and places: whoever is mentioned or has a part in something is one.
It marks the zones that hold headline and dateline, the kinds of mention on the span, and of an
event the triggers and the evidence. So four things are settled, in `settle_article`:

* a linked actor or place that the article neither mentions nor gives a part is left out;
* a span that mentions several nodes mentions all of them in the same way;
* headline and dateline lie in a zone of that kind;
* an event's main trigger is the one at the offset of its id, or else its first; a trigger's
  sentence is the shortest passage of the event's evidence that covers it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.model import Actor, Article, Event, EventMention, Mention, Place, Span, Zone, ZoneKind


def settle_article(article: Article) -> Article:
    """Return the article in the form that its graph can tell; settling twice changes nothing.

    Raises:
        ValueError: an event without a mention.
    """
    actors, places = used_entities(article)
    marks = _marks_by_span((*actors, *places))
    return replace(
        article,
        actors=tuple(replace(a, mentions=_marked(a.mentions, marks)) for a in actors),
        places=tuple(replace(p, mentions=_marked(p.mentions, marks)) for p in places),
        zones=(*article.zones, *_missing_zones(article)),
        events=tuple(_settle_event(event) for event in article.events),
    )


def used_entities(article: Article) -> tuple[list[Actor], list[Place]]:
    """Return the actors and places that the article mentions or gives a part in something.

    Those linked to nothing have a description of their own in the graph, and all stay.
    """
    parts = set(_parts(article))
    actors = [
        a
        for a in article.actors
        if not _is_linked(a) or a.mentions or a.roles or a.acts_for or a.id in parts
    ]
    places = [p for p in article.places if not _is_linked(p) or p.mentions or p.id in parts]
    return actors, places


def sort_mentions(event_id: str, mentions: Iterable[EventMention]) -> tuple[EventMention, ...]:
    """Return the mentions by offset, those at the offset that the event's id ends in first."""
    offset = event_id.rpartition("-")[2]
    return tuple(
        sorted(
            mentions,
            key=lambda m: (str(m.trigger.start) != offset, m.trigger.start, m.trigger.end),
        )
    )


def sentence_of(trigger: Span, evidence: Iterable[Span]) -> Span:
    """Return the shortest passage that covers a trigger, or the shortest of all where none does.

    Raises:
        ValueError: there is no passage at all.
    """
    return min(evidence, key=lambda s: (not s.covers(trigger), s.end - s.start, s.start))


def holds_zone(zone: Zone, kind: ZoneKind, span: Span) -> bool:
    """Return whether a zone is of a kind and a span lies in it."""
    return zone.kind == kind and zone.start <= span.start and span.end <= zone.end


def _is_linked(entity: Actor | Place) -> bool:
    return entity.link is not None and entity.link.iri is not None


def _parts(article: Article) -> Iterator[str]:
    """Yield the ids of all actors and places that have a part in something."""
    for event in article.events:
        yield from (*event.agents, *event.targets, *event.other_places)
        if event.place is not None:
            yield event.place
    for claim in article.claims:
        yield from (*claim.speakers, *claim.via)
        yield from (known for known in (claim.cited_by, claim.addressee) if known)
    labels = [label for event in article.events for label in event.factuality]
    labels += [label for figure in article.figures for label in figure.factuality]
    yield from (x.by for x in labels if x.by and x.value in ("claimed", "denied"))
    yield from (figure.about for figure in article.figures if figure.about)
    yield from (actor.acts_for for actor in article.actors if actor.acts_for)


_Marks = dict[Span, Mention]


def _marks_by_span(entities: Iterable[Actor | Place]) -> _Marks:
    """Return one mention for every span, which has the marks of all its mentions."""
    found: _Marks = {}
    for entity in entities:
        for mention in entity.mentions:
            known = found.get(mention.span)
            found[mention.span] = _merged(known, mention) if known else mention
    return found


def _merged(one: Mention, other: Mention) -> Mention:
    kinds = {one.kind, other.kind}
    return Mention(
        span=one.span,
        kind="nominal" if "nominal" in kinds else "pronoun" if "pronoun" in kinds else "name",
        metonym=one.metonym or other.metonym,
        inferred=one.inferred or other.inferred,
    )


def _marked(mentions: Iterable[Mention], marks: _Marks) -> tuple[Mention, ...]:
    return tuple(dict.fromkeys(marks[mention.span] for mention in mentions))


def _missing_zones(article: Article) -> Iterator[Zone]:
    wanted: tuple[tuple[ZoneKind, Span | None], ...] = (
        ("headline", article.headline),
        ("dateline", article.dateline),
    )
    for kind, span in wanted:
        if span and not any(holds_zone(zone, kind, span) for zone in article.zones):
            yield Zone(kind=kind, start=span.start, end=span.end)


def _settle_event(event: Event) -> Event:
    passages = {*event.evidence, *(mention.sentence for mention in event.mentions)}
    mentions = {
        EventMention(trigger=m.trigger, sentence=sentence_of(m.trigger, passages))
        for m in event.mentions
    }
    evidence = sorted(passages, key=lambda span: (span.start, span.end))
    return replace(event, mentions=sort_mentions(event.id, mentions), evidence=tuple(evidence))
