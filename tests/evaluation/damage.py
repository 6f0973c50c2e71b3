"""Random damage to records and annotations, for tests of the scorer."""

import random
from dataclasses import replace

from kg.model import Actor, Article, Claim, Event, Factuality, Figure, Place, Relation, Span, Time

DAYS = (None, "2016-01-01", "2020-08-09", "2020-08-31", "2022-02-24", "2022-12-31")
LABELS = ("asserted", "claimed", "denied", "planned", "hypothetical", "negated")


class Damage:
    """Loses, doubles, moves and mixes up what is in one record."""

    def __init__(self, article: Article, text: str, chance: random.Random) -> None:
        self.article, self.text, self.chance = article, text, chance
        self.actors = [a.id for a in article.actors]
        self.places = [p.id for p in article.places]

    def record(self) -> Article:
        article = self.article
        dates = ("2020", "2022-02", "2020-08-17/..", article.date_inferred)
        return replace(
            article,
            headline=None if self.hit() else article.headline,
            authors=self.few(article.authors),
            publisher=None if self.hit() else article.publisher,
            date_published=None if self.hit() else article.date_published,
            date_inferred=self.chance.choice(dates),
            dateline=None if self.hit() else article.dateline,
            zones=article.zones[:-1] if self.hit(0.5) else article.zones,
            actors=tuple(self.entity(a) for a in self.few(article.actors)),
            places=tuple(self.entity(p) for p in self.few(article.places)),
            events=tuple(self.event(e) for e in self.few(article.events)),
            claims=tuple(self.claim(c) for c in self.few(article.claims)),
            figures=tuple(self.figure(f) for f in self.few(article.figures)),
        )

    def hit(self, share: float = 0.15) -> bool:
        return self.chance.random() < share

    def few(self, items):
        return tuple(item for item in items if not self.hit())

    def moved(self, span: Span) -> Span:
        start = min(max(0, span.start + self.chance.randint(-6, 6)), len(self.text) - 1)
        end = min(len(self.text), max(start + 1, span.end + self.chance.randint(-6, 6)))
        return Span.of(self.text, start, end)

    def some(self, **changes):
        """Each change with a chance; its value is computed only then."""
        return {name: make() for name, (share, make) in changes.items() if self.hit(share)}

    def entity(self, item: Actor | Place):
        others = [*self.article.actors, *self.article.places]
        moved = self.some(
            mentions=(0.15, lambda: [replace(m, span=self.moved(m.span)) for m in item.mentions]),
            link=(0.15, lambda: self.chance.choice(others).link),
            name=(0.15, lambda: self.chance.choice(others).name),
            aliases=(0.15, tuple),
            type=(0.15, lambda: self.chance.choice(["Country", "Region"])),
        )
        mentions = tuple(moved.pop("mentions", item.mentions))
        return replace(item, mentions=self.few(mentions) if self.hit() else mentions, **moved)

    def event(self, item: Event) -> Event:
        choice, events = self.chance.choice, self.article.events
        mentions = item.mentions
        if self.hit():
            mentions += choice(events).mentions
        if self.hit():
            mentions = tuple(replace(m, trigger=self.moved(m.trigger)) for m in mentions)
        changes = self.some(
            type=(0.15, lambda: choice(events).type),
            agents=(0.3, lambda: tuple(self.chance.choices(self.actors, k=2))),
            targets=(0.3, lambda: item.agents),
            place=(0.3, lambda: choice([*self.places, *self.actors, None])),
            time=(0.3, lambda: Time(earliest=choice(DAYS), latest=choice(DAYS))),
            factuality=(0.3, lambda: (self.label(), self.label())),
        )
        return replace(item, mentions=mentions, **changes)

    def label(self) -> Factuality:
        return Factuality(
            value=self.chance.choice(LABELS), by=self.chance.choice([None, *self.actors])
        )

    def claim(self, item: Claim) -> Claim:
        choice, ids = self.chance.choice, [x.id for x in (*self.article.events, item)]
        changes = self.some(
            parts=(0.15, lambda: tuple(self.moved(p) for p in item.parts)),
            kind=(0.15, lambda: choice(["direct", "indirect", "mixed"])),
            speakers=(0.15, lambda: (choice(self.actors),)),
            cue=(0.15, lambda: None),
            polarity=(0.15, lambda: "doubted"),
            via=(0.15, lambda: tuple(self.actors[:2])),
            addressee=(0.15, lambda: choice([None, "the public", *self.actors])),
            relations=(0.15, lambda: (Relation(relation="denies", target=choice(ids)),)),
        )
        return replace(item, **changes)

    def figure(self, item: Figure) -> Figure:
        if self.hit():
            return replace(item, value=7.0, bound="minimum")
        return replace(item, unit="tonne") if self.hit() else item


def damage_gold(gold, chance):
    """An annotation with other options, other bounds and some things lost."""

    def hit(share=0.15):
        return chance.random() < share

    ids = [a["id"] for a in gold["actors"]]
    head = gold["article"]
    head["body_end"] -= chance.choice((0, 0, 200))
    head["boilerplate"] = [b for b in head["boilerplate"] if not hit()]
    for junk in head["boilerplate"]:
        junk["kind"] = chance.choice(("deck", "caption", junk["kind"]))
    for entity in gold["actors"] + gold["places"]:
        for mention in entity["mentions"]:
            mention["optional"] = hit()
        entity["nominal_mentions"] += [m for m in entity["mentions"] if hit(0.1)]
        entity["acts_for"] = chance.choice([None, *ids]) if hit() else entity.get("acts_for")
        entity["wikidata"] = None if hit() else entity["wikidata"]
        entity["type_accept"] = ["Region"] if hit() else []
    for event in gold["events"]:
        event["optional"] = hit()
        event["targets_optional"] = hit()
        event["roles_interchangeable"] = hit()
        event["type_accept"] = [chance.choice(gold["events"])["type"]] if hit() else []
        event["fact_accept"] = [chance.choice(("FACT", "PLANNED"))] if hit() else []
        event["agents_accept"] = [chance.choice(ids)] if hit() else []
        event["mentions"] = [m for m in event["mentions"] if not hit()] or event["mentions"]
        for mention in event["mentions"]:
            mention["optional"] = hit()
    for statement in gold["statements"]:
        statement["optional"] = hit()
        statement["speaker_accept"] = [chance.choice(ids)] if hit() else []
    gold["statements"] = [s for s in gold["statements"] if not hit()]
