"""Articles of every kind that a record can hold, with any text in them.

Three things are left out because a graph cannot tell them apart: one span that mentions a node as
an actor and another as a place, two zones with the words of the headline, and two outlets that are
one node.
"""

from hypothesis import strategies as st

from kg.iris import (
    actor_id,
    article_id,
    claim_id,
    event_id,
    figure_id,
    linked_actor_id,
    linked_place_id,
    place_id,
    text_digest,
)
from kg.model import (
    Actor,
    Article,
    Author,
    Claim,
    Event,
    EventMention,
    Extractor,
    Factuality,
    Figure,
    Link,
    Mention,
    Origin,
    Outlet,
    Place,
    Relation,
    Role,
    Span,
    Time,
    Zone,
)

WORDS = st.text(min_size=1, max_size=12)
DAYS = st.sampled_from(["2024-02-29", "2024-05-03", "1999-12-31", "2020-08"])
MAYBE_DAY = st.none() | DAYS
NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=64)
SCORES = st.none() | st.floats(0, 1)
CODES = st.sampled_from(["PROTEST", "MEETING", "TROOP_DEPLOYMENT", "OTHER"])
LINKED_ACTORS = [
    ("person/ines-moreau", "Person", "Ines Moreau", "Q101"),
    ("org/harbour-union", "Organization", "Harbour Union", None),
    ("org/coast-guard", "ArmedForce", "Coast Guard", "Q102"),
    ("place/norland", "Country", "Norland", "Q103"),
]
LINKED_PLACES = [
    ("place/norland", "Country", "Norland", "Q103"),
    ("place/port-alba", "City", "Port Alba", None),
]
ACTOR_TYPES = ["Person", "Country", "ArmedGroup", "NewsMediaOrganization", "Group", "Corporation"]
PLACE_TYPES = ["Country", "City", "Region", "Facility", "Landform", "BodyOfWater", "Place"]


class Drawer:
    """Draws the parts of one article."""

    def __init__(self, draw, text):
        self.draw, self.text = draw, text
        cuts = draw(st.lists(st.integers(0, len(text)), min_size=24, max_size=24))
        pairs = {(min(p), max(p)) for p in zip(cuts[::2], cuts[1::2], strict=True)}
        self.pool = [Span.of(text, b, e) for b, e in sorted(pairs) if b < e]

    def own_span(self):
        """A span that nothing else has been given, or None where they are used up."""
        return self.pool.pop(self.draw(st.integers(0, len(self.pool) - 1))) if self.pool else None

    def span(self):
        start = self.draw(st.integers(0, len(self.text) - 1))
        return Span.of(self.text, start, self.draw(st.integers(start + 1, len(self.text))))

    def maybe_span(self):
        return self.span() if self.draw(st.booleans()) else None

    def some(self, items, most=3):
        return tuple(self.draw(st.lists(st.sampled_from(items), max_size=most))) if items else ()

    def one(self, items):
        return self.draw(st.sampled_from(items)) if items and self.draw(st.booleans()) else None

    def mentions(self):
        spans = [span for _ in range(self.draw(st.integers(0, 2))) if (span := self.own_span())]
        kinds = st.sampled_from(["name", "nominal", "pronoun"])
        return tuple(
            Mention(
                span=span,
                kind=self.draw(kinds),
                metonym=self.draw(st.booleans()),
                inferred=self.draw(st.booleans()),
            )
            for span in spans
        )

    def link(self, path=None, qid=None):
        if path is None and qid is None:
            return None
        method = self.draw(st.sampled_from(["name", "context"]))
        return Link(iri=path, qid=qid, method=method, score=self.draw(st.floats(0, 1)))

    def time(self):
        parts = {name: self.draw(MAYBE_DAY) for name in ("start", "end", "earliest", "latest")}
        grain = self.draw(st.none() | st.sampled_from(["day", "month"]))
        basis = self.draw(st.none() | WORDS)
        time = Time(**parts, granularity=grain, basis=basis, expression=self.maybe_span())
        return time if self.draw(st.booleans()) else None

    def actors(self):
        found = []
        for path, kind, name, qid in self.some(LINKED_ACTORS):
            found.append((linked_actor_id(path), kind, name, self.link(path, qid), True))
        for name in self.draw(st.lists(WORDS, max_size=3)):
            kind = self.draw(st.sampled_from(ACTOR_TYPES))
            link = self.link(None, self.draw(st.none() | st.just("Q7")))
            found.append((actor_id(kind, name), kind, name, link, self.draw(st.booleans())))
        unique = {item[0]: item for item in found}.values()
        ids = [item[0] for item in unique]
        return [self.actor(*item, ids) for item in unique]

    def actor(self, local_id, kind, name, link, named, ids):
        spans = [span for _ in range(self.draw(st.integers(0, 2))) if (span := self.own_span())]
        return Actor(
            id=local_id,
            name=name,
            type=kind,
            named=named,
            aliases=tuple(self.draw(st.lists(WORDS, max_size=2))),
            roles=tuple(
                Role(span=s, start=self.draw(MAYBE_DAY), end=self.draw(MAYBE_DAY)) for s in spans
            ),
            acts_for=self.one(ids),
            mentions=self.mentions(),
            link=link,
        )

    def places(self):
        found = {
            linked_place_id(path): (kind, name, self.link(path, qid), None, None)
            for path, kind, name, qid in self.some(LINKED_PLACES)
        }
        for name in self.draw(st.lists(WORDS, max_size=2)):
            kind = self.draw(st.sampled_from(PLACE_TYPES))
            link = self.link(None, self.draw(st.none() | st.just("Q8")))
            where = self.draw(st.none() | st.tuples(NUMBERS, NUMBERS)) or (None, None)
            found.setdefault(place_id(name), (kind, name, link, *where))
        return [
            Place(
                id=local_id,
                name=name,
                type=kind,
                aliases=tuple(self.draw(st.lists(WORDS, max_size=2))),
                mentions=self.mentions(),
                link=link,
                latitude=latitude,
                longitude=longitude,
            )
            for local_id, (kind, name, link, latitude, longitude) in found.items()
        ]

    def labels(self, actors):
        values = ["asserted", "claimed", "denied", "planned", "hypothetical", "negated"]
        found = self.draw(st.lists(st.sampled_from(values), min_size=1, max_size=3))
        return tuple(
            Factuality(value=v, by=self.one(actors) if v in ("claimed", "denied") else None)
            for v in found
        )

    def sentence(self, trigger):
        """The same sentence for the same trigger: the text cut every forty characters."""
        end = min(len(self.text), -(-trigger.end // 40) * 40)
        return Span.of(self.text, trigger.start // 40 * 40, end)

    def events(self, actors, places):
        kinds = self.draw(st.lists(CODES, max_size=3))
        heads = [(kind, self.span()) for kind in kinds]
        ids = {event_id(kind, span.start): (kind, span) for kind, span in heads}
        return [self.event(i, k, s, list(ids), actors, places) for i, (k, s) in ids.items()]

    def event(self, local_id, kind, trigger, ids, actors, places):
        triggers = dict.fromkeys((trigger, *(self.span() for _ in range(2))))
        place = self.one(places)
        return Event(
            id=local_id,
            type=kind,
            name=self.draw(WORDS),
            factuality=self.labels(actors),
            mentions=tuple(EventMention(trigger=s, sentence=self.sentence(s)) for s in triggers),
            agents=self.some(actors),
            targets=self.some(actors),
            place=place,
            other_places=self.some(places),
            place_relation=self.draw(st.none() | st.just("near")),
            time=self.time(),
            part_of=self.one(ids),
            story=self.draw(st.none() | st.just("event/port-strike")),
            evidence=tuple(self.span() for _ in range(self.draw(st.integers(0, 2)))),
            confidence=self.draw(SCORES),
        )

    def figures(self, subjects, actors):
        found = {}
        for _ in range(self.draw(st.integers(0, 2))):
            span = self.span()
            found[figure_id(span.start)] = Figure(
                id=figure_id(span.start),
                span=span,
                variable=self.draw(WORDS),
                unit=self.draw(WORDS),
                about=self.one(subjects),
                value=self.draw(st.none() | NUMBERS),
                minimum=self.draw(st.none() | NUMBERS),
                maximum=self.draw(st.none() | NUMBERS),
                bound=self.draw(st.sampled_from(["exact", "minimum", "derived"])),
                factuality=self.labels(actors),
            )
        return list(found.values())

    def claims(self, actors, subjects):
        if not actors:
            return []
        spans = [self.span() for _ in range(self.draw(st.integers(0, 3)))]
        ids = {claim_id(s.start, s.end): s for s in spans}
        return [self.claim(i, s, list(ids), actors, subjects) for i, s in ids.items()]

    def claim(self, local_id, span, ids, actors, subjects):
        targets = [*ids, *subjects]
        relations = ["disputes", "denies", "confirms", "repeats", "responds_to", "comments_on"]
        chosen = [(self.draw(st.sampled_from(relations)), t) for t in self.some(targets)]
        return Claim(
            id=local_id,
            kind=self.draw(st.sampled_from(["direct", "indirect", "mixed"])),
            parts=(span, *(self.span() for _ in range(self.draw(st.integers(0, 1))))),
            text=span.text,
            speakers=(self.draw(st.sampled_from(actors)), *self.some(actors)),
            quoted_fragments=tuple(self.span() for _ in range(self.draw(st.integers(0, 2)))),
            source=self.maybe_span(),
            cited_by=self.one(actors),
            addressee=self.draw(st.none() | WORDS | st.sampled_from(actors)),
            cue=self.maybe_span(),
            speech_act=self.draw(st.none() | st.sampled_from(["DEMAND", "ACCUSE"])),
            via=self.some(actors),
            same_as=self.draw(st.none() | st.sampled_from(["claim/first", ids[0]])),
            polarity=self.draw(st.sampled_from(["asserted", "denied", "doubted"])),
            stance=self.draw(st.sampled_from(["claimed", "denied", "planned", "hypothetical"])),
            time=self.time(),
            about=self.some(targets),
            relations=tuple(Relation(relation=r, target=t) for r, t in chosen),
            confidence=self.draw(SCORES),
        )

    def zones(self):
        kinds = st.sampled_from(["byline", "body", "caption", "notice"])
        spans = [self.span() for _ in range(self.draw(st.integers(0, 3)))]
        return tuple(Zone(kind=self.draw(kinds), start=s.start, end=s.end) for s in spans)

    def outlets(self):
        names = self.draw(st.lists(WORDS, min_size=2, max_size=2, unique=True))
        made = [Outlet(name=name, span=self.maybe_span()) for name in names]
        if self.draw(st.booleans()):
            path, _, name, qid = LINKED_ACTORS[1]
            made[0] = Outlet(name=name, span=self.own_span(), link=self.link(path, qid))
        return [self.one([outlet]) for outlet in made]


@st.composite
def articles(draw):
    """An article that a graph can give back, whatever its text."""
    text = draw(st.text(min_size=1, max_size=160))
    made = Drawer(draw, text)
    actors, places = made.actors(), made.places()
    actor_ids, place_ids = [a.id for a in actors], [p.id for p in places]
    events = made.events(actor_ids, place_ids)
    event_ids = [event.id for event in events]
    figures = made.figures([*event_ids, *actor_ids], actor_ids)
    claims = made.claims(actor_ids, [*event_ids, *(f.id for f in figures)])
    publisher, original = made.outlets()
    names = draw(st.lists(WORDS, max_size=3))
    return Article(
        id=article_id(text),
        source=draw(WORDS),
        text_sha256=text_digest(text),
        text_length=len(text),
        raw_sha256=text_digest(text),
        language=draw(st.sampled_from(["en", "en-GB", "und", "not a tag"])),
        url=draw(st.none() | st.just("https://news.example/a?b=c#d") | WORDS),
        text=draw(st.none() | st.just(text)),
        encoding=draw(st.sampled_from(["utf-8", "cp1252"])),
        headline=made.maybe_span(),
        title=draw(st.none() | WORDS),
        authors=tuple(Author(name=name, span=made.maybe_span()) for name in names),
        publisher=publisher,
        original_publisher=original,
        dateline=made.maybe_span(),
        zones=made.zones(),
        date_published=draw(st.none() | DAYS | st.just("2024-05-03T10:00:00Z")),
        date_inferred=draw(st.none() | st.just("2024-05-01/2024-05-07")),
        date_earliest=draw(MAYBE_DAY),
        date_latest=draw(MAYBE_DAY),
        date_basis=draw(st.none() | WORDS),
        actors=tuple(actors),
        places=tuple(places),
        events=tuple(events),
        claims=tuple(claims),
        figures=tuple(figures),
        origins=(Origin(field="url", origin="list.csv"),) if draw(st.booleans()) else (),
        extractor=Extractor(name="kg", version="0", model=draw(st.none() | WORDS)),
    )
