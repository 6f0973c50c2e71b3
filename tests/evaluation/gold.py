"""An annotated article as a record: the best extraction there could be.

`to_record` keeps everything the record has a field for. Actors and places become nodes of the
authority file where the annotation's Wikidata item and type are the same there.
"""

import re
from collections import Counter

from kg.authority import load_authority
from kg.iris import (
    actor_id,
    article_id,
    claim_id,
    event_id,
    figure_id,
    linked_actor_id,
    linked_place_id,
    place_id,
    slug,
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
    Outlet,
    Place,
    Relation,
    Role,
    Span,
    Time,
    Zone,
)

_LABEL = {
    "FACT": "asserted",
    "CLAIMED_BY": "claimed",
    "DENIED_BY": "denied",
    "PLANNED": "planned",
    "HYPOTHETICAL": "hypothetical",
    "NEGATED": "negated",
}
_ZONE = {
    "byline": "byline",
    "caption": "caption",
    "author_bio": "bio",
    "bio": "bio",
    "deck": "standfirst",
    "related_links": "related",
    "menu": "related",
    "navigation": "related",
}
_BOUND = {"approx": "approximate", "min": "minimum", "max": "maximum"}


class GoldReader:
    """Turns one gold file and its text into an `Article`."""

    def __init__(self, gold: dict, text: str) -> None:
        self.gold, self.text = gold, text
        self.used: Counter[str] = Counter()
        self.ids: dict[str, str] = {}

    def to_record(self) -> Article:
        head = self.gold["article"]
        digest = text_digest(self.text)
        interval = head["date_text_interval"]
        headline = self.span(head["headline"])
        for entity in [*self.gold["actors"], *self.gold["places"]]:
            self.ids[entity["id"]] = self.entity_id(entity)
        for event in self.gold["events"]:
            self.ids[event["id"]] = self.fresh(event_id(event["type"], event["trigger"]["start"]))
        for claim in self.gold["statements"]:
            first, last = claim["parts"][0], claim["parts"][-1]
            self.ids[claim["id"]] = self.fresh(claim_id(first["start"], last["end"]))
        claims = tuple(self.claim(s) for s in self.gold["statements"])
        actors = [self.actor(a) for a in self.gold["actors"]]
        actors += [
            Actor(id=via, name=via.replace("-", " "), type="Group", named=False)
            for via in sorted({v for c in claims for v in c.via} - {a.id for a in actors})
        ]
        return Article(
            id=article_id(self.text),
            source=self.gold["seed"] + ".txt",
            text_sha256=digest,
            text_length=len(self.text),
            raw_sha256=digest,
            language=head["language"],
            headline=headline,
            authors=tuple(
                Author(name=name, span=self.span(head["author_evidence"]))
                for name in head["authors"]
            ),
            publisher=self.outlet(head["publisher"]),
            original_publisher=self.outlet(head["original_publisher"]),
            dateline=self.dateline(head),
            zones=self.zones(head, headline),
            date_published=head["date_published"],
            date_inferred=head["date_inferred"],
            date_earliest=interval[0],
            date_latest=interval[1],
            actors=tuple(actors),
            places=tuple(self.place(p) for p in self.gold["places"]),
            events=tuple(self.event(e) for e in self.gold["events"]),
            claims=claims,
            figures=tuple(f for e in self.gold["events"] for f in self.figures(e)),
            extractor=Extractor(name="annotator", version="1"),
        )

    def fresh(self, name: str) -> str:
        self.used[name] += 1
        return name if self.used[name] == 1 else f"{name}-{self.used[name]}"

    def span(self, node: dict | None) -> Span | None:
        return Span.of(self.text, node["start"], node["end"]) if node else None

    def spans(self, nodes: list[dict]) -> tuple[Span, ...]:
        return tuple(self.span(n) for n in nodes)

    def outlet(self, name: str | None) -> Outlet | None:
        return Outlet(name=name) if name else None

    def dateline(self, head: dict) -> Span | None:
        if not head["dateline_place"]:
            return None
        words = r"\W+".join(map(re.escape, re.findall(r"\w+", head["dateline_place"])))
        found = re.compile(words, re.IGNORECASE).search(self.text, head["body_start"])
        return Span.of(self.text, *found.span())

    def zones(self, head: dict, headline: Span | None) -> tuple[Zone, ...]:
        marked = [Zone(kind="headline", start=headline.start, end=headline.end)] if headline else []
        marked += [
            Zone(kind=_ZONE.get(b["kind"], "notice"), start=b["start"], end=b["end"])
            for b in head["boilerplate"]
        ]
        for block in re.finditer(r"\S[^\n]*", self.text):
            start, end = block.start(), block.start() + len(block.group().rstrip())
            if start < head["body_start"] or end > head["body_end"]:
                continue
            if not any(z.start < end and start < z.end for z in marked):
                marked.append(Zone(kind="body", start=start, end=end))
        return tuple(sorted(marked, key=lambda z: z.start))

    def link(self, entity: dict) -> Link | None:
        qid = entity["wikidata"]
        if not qid:
            return None
        for entry in load_authority().entries():
            if entry.qid == qid and entry.type == entity["type"]:
                return Link(iri=entry.path, qid=qid, method="annotator")
        return Link(iri=None, qid=qid, method="annotator")

    def entity_id(self, entity: dict) -> str:
        link, is_place = self.link(entity), entity in self.gold["places"]
        if link and link.iri:
            return self.fresh((linked_place_id if is_place else linked_actor_id)(link.iri))
        if is_place:
            return self.fresh(place_id(entity["name"]))
        return self.fresh(actor_id(entity["type"], entity["name"]))

    def name(self, entity: dict) -> tuple[str, tuple[str, ...]]:
        """Name and other surface forms; a linked node goes by the authority's name."""
        link, name = self.link(entity), entity["name"]
        if link and link.iri:
            name = load_authority().get(link.iri).name
        forms = {m["text"] for m in entity["mentions"]} | set(entity["aliases"])
        return name, tuple(sorted(forms - {name}))

    def mentions(self, entity: dict) -> tuple[Mention, ...]:
        named = [
            Mention(span=self.span(m), metonym=bool(m.get("metonym"))) for m in entity["mentions"]
        ]
        nominal = [Mention(span=self.span(m), kind="nominal") for m in entity["nominal_mentions"]]
        return tuple(sorted(named + nominal, key=lambda m: m.span.start))

    def actor(self, actor: dict) -> Actor:
        name, aliases = self.name(actor)
        principal = actor.get("acts_for")
        return Actor(
            id=self.ids[actor["id"]],
            name=name,
            type=actor["type"],
            named=actor["named"],
            aliases=aliases,
            roles=tuple(Role(span=self.span(r)) for r in actor["roles"]),
            acts_for=self.ids.get(principal),
            mentions=self.mentions(actor),
            link=self.link(actor),
        )

    def place(self, place: dict) -> Place:
        name, aliases = self.name(place)
        return Place(
            id=self.ids[place["id"]],
            name=name,
            type=place["type"],
            aliases=aliases,
            mentions=self.mentions(place),
            link=self.link(place),
        )

    def time(self, date: dict | None) -> Time | None:
        if not date or date["value"] is None:
            return None
        day = date["start"] if date["start"] == date["end"] else None
        return Time(
            start=day,
            end=day,
            earliest=date["start"],
            latest=date["end"],
            granularity="day" if day else "interval",
            expression=self.span(date.get("expression")),
        )

    def named(self, ids: list[str]) -> tuple[str, ...]:
        return tuple(sorted(self.ids[i] for i in ids))

    def labels(self, raw: list[str]) -> tuple[Factuality, ...]:
        found = []
        for label in raw:
            value, _, who = label.partition(":")
            found.append(Factuality(value=_LABEL[value], by=self.ids[who] if who else None))
        main = found[0].value
        return tuple(sorted(found, key=lambda f: (f.value != main, f.value, f.by or "")))

    def event_labels(self, event: dict, mentions: tuple[EventMention, ...]) -> tuple:
        """An optional event told only inside a statement is its speaker's claim, as in the model.

        The annotation counts optional events neither way.
        """
        labels = self.labels(event["factuality"])
        if not event.get("optional") or labels[0].value != "asserted":
            return labels
        for statement in self.gold["statements"]:
            start, end = statement["parts"][0]["start"], statement["parts"][-1]["end"]
            if all(start <= m.trigger.start < end for m in mentions):
                return (Factuality(value="claimed", by=self.ids[statement["speaker"]]),)
        return labels

    def event(self, event: dict) -> Event:
        mentions = tuple(
            EventMention(
                trigger=self.span(m["trigger"]), sentence=Span.of(self.text, *m["sentence"])
            )
            for m in event["mentions"]
        )
        place, story = event["place"], event["same_as"]
        return Event(
            id=self.ids[event["id"]],
            type=event["type"],
            name=event["description"],
            factuality=self.event_labels(event, mentions),
            mentions=mentions,
            agents=self.named(event["agents"]),
            targets=self.named(event["targets"]),
            place=self.ids[place] if place else None,
            other_places=self.named(event.get("other_places", [])),
            place_relation=event.get("place_relation"),
            time=self.time(event["date"]),
            part_of=self.ids[event["part_of"]] if event.get("part_of") else None,
            story="event/" + slug(story.removeprefix("X:")) if story else None,
            evidence=tuple(sorted({m.sentence for m in mentions}, key=lambda s: s.start)),
        )

    def figures(self, event: dict) -> list[Figure]:
        return [self.figure(q, event) for q in event["quantities"]]

    def figure(self, quantity: dict, event: dict) -> Figure:
        bound = _BOUND.get(quantity["bound"], quantity["bound"])
        field = {"minimum": "minimum", "maximum": "maximum", "multiple": "minimum"}
        return Figure(
            id=self.fresh(figure_id(quantity["start"])),
            span=self.span(quantity),
            about=self.ids[event["id"]],
            variable="other",
            unit=quantity["unit"],
            bound=bound,
            factuality=self.labels(event["factuality"]),
            **{field.get(bound, "value"): quantity["value"]},
        )

    def claim(self, statement: dict) -> Claim:
        parts, addressee = self.spans(statement["parts"]), statement["addressee"]
        cited, same = statement.get("cited_by"), statement["same_as"]
        return Claim(
            id=self.ids[statement["id"]],
            kind=statement["kind"],
            parts=parts,
            text=" ".join(p.text for p in parts),
            quoted_fragments=self.spans(statement["quoted_fragments"]),
            speakers=(self.ids[statement["speaker"]], *self.named(statement["co_speakers"])),
            cited_by=self.ids[cited] if cited else None,
            addressee=self.ids.get(addressee, addressee) if addressee else None,
            cue=self.span(statement["verb"]),
            via=tuple(sorted(self.ids.get(v, slug(v)) for v in statement["via"])),
            same_as="claim/" + slug(same.removeprefix("XS:")) if same else None,
            polarity=statement["polarity"],
            stance="denied" if statement["polarity"] == "denied" else "claimed",
            time=self.time(statement["date"]),
            about=self.named(statement["about_events"]),
            relations=tuple(
                sorted(
                    (
                        Relation(relation=s["relation"], target=self.ids[s["target"]])
                        for s in statement["stance"]
                    ),
                    key=lambda r: (r.relation, r.target),
                )
            ),
        )


def to_record(gold: dict, text: str) -> Article:
    """The record of one annotated article."""
    return GoldReader(gold, text).to_record()
