"""Graphs of many articles for the benchmarks: made up, mapped by `kg.map`, slightly damaged.

Every article has texts and spans of its own; its people, bodies and places come from pools in which
a few are in most articles and most in few, as in the news. One node in a hundred is damaged.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from kg.iris import (
    article_id,
    claim_id,
    event_id,
    linked_actor_id,
    linked_place_id,
    slug,
    text_digest,
)
from kg.map import iter_articles
from kg.model import (
    Actor,
    ActorType,
    Article,
    Author,
    Claim,
    Event,
    EventMention,
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
)
from kg.settings import Settings
from kg.vocabulary import expand
from kg.write import write_graph

BASE = "https://data.example.net/news/"
SEED = 30
DAMAGED = 0.01
MOST_PARAGRAPHS = 14
PEOPLE, BODIES, CITIES = 3000, 600, 900
_SYLLABLES = ("bar", "den", "vel", "mor", "tis", "kal", "ren", "sol", "dra", "lin", "gur", "pem")
_POSTS = ("Harbour master", "Mayor", "Transport Minister", "Union leader", "Judge")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_DONE = (
    ("ARREST", "arrested", "Police action"),
    ("ASSAULT", "beat", "Attack"),
    ("MEETING", "met", "Meeting"),
)


@dataclass(frozen=True)
class Newsroom:
    """A graph that was written.

    Attributes:
        triples: all statements in it; articles: how many; damages: how many nodes are damaged.
    """

    path: Path
    triples: int
    articles: int
    damages: int


@dataclass
class _Count:
    triples: int = 0
    articles: int = 0
    damages: int = 0


def write_news(path: Path, triples: int, *, seed: int = SEED, damaged: float = DAMAGED) -> Newsroom:
    """Write a dataset of at least so many triples as TriG: the same bytes for the same numbers."""
    count = _Count()

    def articles() -> Iterator[Article]:
        for article in make_articles(seed):
            if count.triples >= triples:
                return
            count.articles += 1
            yield article

    def counted(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        for quad in quads:
            count.triples += 1
            yield quad

    quads = iter_articles(articles(), Settings(base=BASE, with_text=True))
    write_graph(counted(_damage(quads, damaged, random.Random(seed), count)), path)
    return Newsroom(path, count.triples, count.articles, count.damages)


def make_articles(seed: int = SEED) -> Iterator[Article]:
    """Yield articles without end, of 1 to 14 paragraphs, mostly short."""
    pick = random.Random(seed)
    number = 0
    while True:
        number += 1
        paragraphs = min(int(pick.expovariate(0.3)) + 1, MOST_PARAGRAPHS)
        yield _Page(pick, number).article(paragraphs)


@dataclass
class _Page:
    """An article being written: its text so far and what stands in it."""

    pick: random.Random
    number: int
    text: str = ""
    actors: dict[str, Actor] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)

    def article(self, paragraphs: int) -> Article:
        writer = f"{_name(self.rare(PEOPLE))} {_name(self.rare(BODIES))}"
        headline = self.write(f"News of {_name(self.number)} and {_name(self.rare(CITIES))}")
        byline = self.write(writer, before="\n\nBy ")
        for _ in range(paragraphs):
            self.write("\n\n")
            self.pick.choice((self.report, self.report, self.quote, self.dispute))()
        digest = text_digest(self.text)
        month, day = self.pick.randrange(6, 13), self.pick.randrange(1, 29)
        date = f"2024-{month:02}-{day:02}"
        return Article(
            id=article_id(self.text),
            source=f"{self.number}.txt",
            text=self.text,
            text_sha256=digest,
            text_length=len(self.text),
            raw_sha256=digest,
            language="en",
            url=f"https://courier.example/{self.number}",
            headline=headline,
            authors=(Author(name=writer, span=byline),),
            publisher=Outlet(name=f"{_name(self.rare(60))} Courier"),
            date_published=date,
            date_inferred=date,
            date_earliest=date,
            date_latest=date,
            actors=tuple(self.actors.values()),
            places=tuple(self.places.values()),
            events=tuple(self.events),
            claims=tuple(self.claims),
            figures=tuple(self.figures),
        )

    def report(self) -> None:
        """Somebody did something to somebody, somewhere, on a day, with a number."""
        kind, verb, name = self.pick.choice(_DONE)
        start = len(self.text)
        agent = self.body()
        trigger = self.write(verb, before=" ")
        number = self.pick.randrange(2, 90)
        count = self.write(f"{number} people", before=" ")
        target = self.person(", among them ")
        city = self.city(", in ")
        day = self.write(self.pick.choice(_DAYS), before=" on ")
        sentence = self.end(start)
        event = Event(
            id=event_id(kind, trigger.start),
            type=kind,
            name=f"{name} in {self.places[city].name}",
            factuality=(Factuality(value="asserted"),),
            mentions=(EventMention(trigger=trigger, sentence=sentence),),
            agents=(agent, target) if kind == "MEETING" else (agent,),
            targets=() if kind == "MEETING" else (target,),
            place=city,
            time=Time(earliest="2024-05-03", latest="2024-05-04", expression=day),
            story=f"event/story-{self.pick.randrange(400)}" if self.pick.random() < 0.2 else None,
            confidence=0.75,
        )
        self.events.append(event)
        self.figures.append(
            Figure(
                id=f"figure-{count.start}",
                span=count,
                about=event.id,
                variable="participants",
                unit="person",
                value=number,
            )
        )

    def quote(self) -> None:
        """Somebody says something in so many words."""
        said = self.write(f"The {_name(self.rare(400))} plan is ready. It was late.", before="“")
        post = self.write(self.pick.choice(_POSTS), before="”, ")
        speaker = self.person(" ", post)
        cue = self.write("told", before=" ")
        self.write(" reporters.")
        self.claims.append(
            Claim(
                id=claim_id(said.start, said.end),
                kind="direct",
                parts=(said,),
                text=said.text,
                speakers=(speaker,),
                source=post,
                cue=cue,
                addressee="reporters",
                about=(self.events[-1].id,) if self.events else (),
            )
        )

    def dispute(self) -> None:
        """One body says that another beat somebody, and that one denies it."""
        start = len(self.text)
        accuser = self.body()
        self.write(" says ")
        begin = len(self.text)
        accused = self.body(other_than=accuser)
        trigger = self.write("beat", before=" ")
        victim = self.person(" ")
        content = Span.of(self.text, begin, len(self.text))
        first = self.end(start)
        self.write(" ")
        start = len(self.text)
        denied = self.write("the beating", before="It denies ")
        second = self.end(start)
        event = Event(
            id=event_id("ASSAULT", trigger.start),
            type="ASSAULT",
            name="Beating",
            factuality=(
                Factuality(value="claimed", by=accuser),
                Factuality(value="denied", by=accused),
            ),
            mentions=(
                EventMention(trigger=trigger, sentence=first),
                EventMention(trigger=denied, sentence=second),
            ),
            agents=(accused,),
            targets=(victim,),
        )
        self.events.append(event)
        said = Claim(
            id=claim_id(content.start, content.end),
            kind="indirect",
            parts=(content,),
            text=content.text,
            speakers=(accuser,),
            about=(event.id,),
        )
        denial = Claim(
            id=claim_id(denied.start, denied.end),
            kind="indirect",
            parts=(denied,),
            text=denied.text,
            speakers=(accused,),
            about=(event.id,),
            relations=(Relation(relation="disputes", target=said.id),),
            stance="denied",
        )
        self.claims += (said, denial)

    def write(self, words: str, before: str = "") -> Span:
        start = len(self.text) + len(before)
        self.text += before + words
        return Span.of(self.text, start, len(self.text))

    def end(self, start: int) -> Span:
        self.text += "."
        return Span.of(self.text, start, len(self.text))

    def rare(self, size: int) -> int:
        """A number below size: the smaller the commoner, as with names in the news."""
        return int(size ** self.pick.random()) - 1

    def person(self, before: str, post: Span | None = None) -> str:
        number = self.rare(PEOPLE)
        name = f"{_name(number % 61)} {_name(number)}"
        link = Link(iri=f"person/{slug(name)}", qid=f"Q{910_000_000 + number}")
        return self.actor("Person", name, link, self.write(name, before), post)

    def body(self, other_than: str | None = None) -> str:
        number = self.rare(BODIES)
        name = f"{_name(number)} Harbour Police"
        link = Link(iri=f"org/{slug(name)}", qid=f"Q{920_000_000 + number}")
        if link.iri and linked_actor_id(link.iri) == other_than:
            return self.body(other_than)
        return self.actor("GovernmentOrganization", name, link, self.write(name))

    def actor(
        self, kind: ActorType, name: str, link: Link, span: Span, post: Span | None = None
    ) -> str:
        local = linked_actor_id(link.iri or "")
        known = self.actors.get(local) or Actor(id=local, name=name, type=kind, link=link)
        self.actors[local] = replace(
            known,
            mentions=(*known.mentions, Mention(span=span)),
            roles=known.roles or ((Role(span=post),) if post else ()),
        )
        return local

    def city(self, before: str) -> str:
        number = self.rare(CITIES)
        name = "Port " + _name(number)
        link = Link(iri=f"place/{slug(name)}", qid=f"Q{930_000_000 + number}")
        local = linked_place_id(link.iri or "")
        span = self.write(name, before)
        known = self.places.get(local) or Place(
            id=local, name=name, type="City", link=link, latitude=54.25, longitude=9.5
        )
        self.places[local] = replace(known, mentions=(*known.mentions, Mention(span=span)))
        return local


def _name(number: int) -> str:
    """A name of three syllables or more, another one for every number."""
    size, letters = len(_SYLLABLES), []
    for _ in range(3):
        letters.append(_SYLLABLES[number % size])
        number //= size
    return "".join(letters).capitalize() + ("" if not number else f"-{number}")


def _damage(
    quads: Iterable[ox.Quad], share: float, pick: random.Random, count: _Count
) -> Iterator[ox.Quad]:
    """Yield quads, of which one node in so many of the articles has a fault."""
    for (graph, _), group in groupby(quads, key=lambda q: (q.graph_name, q.subject)):
        node = list(group)
        if "/graph/article/" in str(graph) and pick.random() < share:
            count.damages += 1
            at = pick.randrange(len(node))
            node[at : at + 1] = _wrong(node[at], pick.randrange(4))
        yield from node


def _wrong(quad: ox.Quad, kind: int) -> list[ox.Quad]:
    """Return the statement with a wrong value or a misspelt property, or without it."""
    predicate, value = quad.predicate, ox.Literal("wrong")
    if kind == 0:
        return []
    if kind == 3:
        predicate, value = ox.NamedNode(expand("kg:misspelt")), quad.object
    wrong = ox.Quad(quad.subject, predicate, value, quad.graph_name)
    return [quad, wrong] if kind == 1 else [wrong]
