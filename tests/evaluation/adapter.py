"""A record in the shape of the gold files, so that the gold's own scorer can read it.

Nothing is added or judged here: fields are renamed, spans copied, and the zone of a mention is read
off the record's zones.
"""

from kg.extract.claims import is_attitude
from kg.model import Actor, Article, Claim, Event, Figure, Mention, Place, Span, Time

_LABEL = {
    "asserted": "FACT",
    "claimed": "CLAIMED_BY",
    "denied": "DENIED_BY",
    "planned": "PLANNED",
    "hypothetical": "HYPOTHETICAL",
    "negated": "NEGATED",
}
_BOUND = {"approximate": "approx", "minimum": "min", "maximum": "max"}


def to_prediction(article: Article) -> dict:
    return {
        "article": _head(article),
        "actors": [_actor(a, article) for a in article.actors],
        "places": [_place(p, article) for p in article.places],
        "events": [_event(e, article) for e in article.events],
        # the guide's statements are what somebody says; plans and likings are not among them
        "statements": [_statement(c) for c in article.claims if not is_attitude(c)],
    }


def _head(article: Article) -> dict:
    body = [z for z in article.zones if z.kind in ("body", "dateline")]
    title = article.headline.text if article.headline else article.title
    return {
        "headline": title,
        "authors": [a.name for a in article.authors],
        "publisher": article.publisher.name if article.publisher else None,
        "original_publisher": article.original_publisher.name
        if article.original_publisher
        else None,
        "date_published": article.date_published,
        "date_inferred": article.date_inferred,
        "dateline_place": article.dateline.text if article.dateline else None,
        "language": article.language,
        "body_start": body[0].start if body else None,
        "body_end": body[-1].end if body else None,
    }


def _span(span: Span | None) -> dict | None:
    return span and {"text": span.text, "start": span.start, "end": span.end}


def _mentions(mentions: tuple[Mention, ...], article: Article, *, named: bool) -> list[dict]:
    headline = [z for z in article.zones if z.kind == "headline"]
    return [
        {
            **_span(m.span),
            "zone": "headline"
            if any(z.start <= m.span.start < z.end for z in headline)
            else "body",
        }
        for m in mentions
        if (m.kind == "name") == named
    ]


def _actor(actor: Actor, article: Article) -> dict:
    return {
        "id": actor.id,
        "name": actor.name,
        "type": actor.type,
        "wikidata": actor.link.qid if actor.link else None,
        "aliases": list(actor.aliases),
        "roles": [_span(r.span) for r in actor.roles],
        "acts_for": actor.acts_for,
        "mentions": _mentions(actor.mentions, article, named=True),
        "nominal_mentions": [_span(m.span) for m in actor.mentions if m.kind == "nominal"],
    }


def _place(place: Place, article: Article) -> dict:
    return {
        "id": place.id,
        "name": place.name,
        "type": place.type,
        "wikidata": place.link.qid if place.link else None,
        "aliases": list(place.aliases),
        "mentions": _mentions(place.mentions, article, named=True),
        "nominal_mentions": _mentions(place.mentions, article, named=False),
    }


def _date(time: Time | None) -> dict:
    if time is None or (time.earliest is None and time.latest is None):
        return {"value": None}
    first, last = time.earliest, time.latest
    value = first if first == last else f"{first or '..'}/{last or '..'}"
    return {"value": value, "start": first, "end": last}


def _event(event: Event, article: Article) -> dict:
    return {
        "id": event.id,
        "type": event.type,
        "trigger": _span(event.trigger),
        "mentions": [
            {"trigger": _span(m.trigger), "sentence": [m.sentence.start, m.sentence.end]}
            for m in event.mentions
        ],
        "agents": list(event.agents),
        "targets": list(event.targets),
        "place": event.place,
        "other_places": list(event.other_places),
        "place_relation": event.place_relation,
        "date": _date(event.time),
        "quantities": [_quantity(f) for f in article.figures if f.about == event.id],
        "factuality": [_LABEL[f.value] + (f":{f.by}" if f.by else "") for f in event.factuality],
        "part_of": event.part_of,
        "same_as": event.story,
    }


def _quantity(figure: Figure) -> dict:
    value = next((v for v in (figure.value, figure.minimum, figure.maximum) if v is not None), 0)
    return {
        "value": int(value) if float(value).is_integer() else value,
        "unit": figure.unit,
        "what": figure.variable,
        "bound": _BOUND.get(figure.bound, figure.bound),
        **_span(figure.span),
    }


def _statement(claim: Claim) -> dict:
    return {
        "id": claim.id,
        "kind": claim.kind,
        "quote": claim.text,
        "speaker": claim.speakers[0],
        "co_speakers": list(claim.speakers[1:]),
        "cited_by": claim.cited_by,
        "addressee": claim.addressee,
        "verb": _span(claim.cue),
        "parts": [_span(p) for p in claim.parts],
        "start": claim.parts[0].start,
        "end": claim.parts[-1].end,
        "quoted_fragments": [_span(q) for q in claim.quoted_fragments],
        "polarity": claim.polarity,
        "via": list(claim.via),
        "date": _date(claim.time),
        "stance": [{"relation": r.relation, "target": r.target} for r in claim.relations],
        "about_events": list(claim.about),
        "same_as": claim.same_as,
    }
