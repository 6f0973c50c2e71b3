"""Link events and claims that several articles share: the first step across a corpus.

Events are taken for one when all of this holds: they have the same type and the same standing
(vouched for by their articles, or claimed in them); they are dated to the same day, or to the same
year where a country has only one (a vote in it, an invasion of it by the same state); they have the
same linked city, or the same linked country or region and a linked party, or two linked parties; no
article has two of them; and their linked agents do not speak against it. Claims are taken for one
when the same linked speaker says the same words.

What it gets wrong: it misses most: events without a day, without links, or told by one article
twice. Two attacks on one city on one day by nobody named count as one.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.authority import load_authority
from kg.iris import type_slug
from kg.model import Article, Claim, Time

_YEARLY = frozenset({"ELECTION", "REFERENDUM", "CONSTITUTIONAL_CHANGE"})
_SYMMETRIC = frozenset({"MEETING", "PHONE_CALL", "AGREEMENT"})
_STANDING = {"asserted": "asserted", "claimed": "claimed", "denied": "claimed"}
_FEWEST_WORDS = 5
_Key = tuple[str, ...]


def link_corpus(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Return the articles, in their order, with `story` of events and `same_as` of claims filled.

    Nothing else changes. The order of the articles does not matter for what is linked.
    """
    corpus = tuple(articles)
    stories = find_stories(told for article in corpus for told in find_tellings(article))
    shared = find_shared(said for article in corpus for said in find_sayings(article))
    return tuple(fill_shared(article, stories, shared) for article in corpus)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An event as one article tells it: all that linking looks at.

    Attributes:
        article, event: ids.
        type: code of the event type.
        name: of the event.
        standing: asserted or claimed.
        agents, targets: paths of those that are linked, sorted.
        place: path of the place, if linked.
        day: the one day it is dated to. year: likewise, where the day is not known.
    """

    article: str
    event: str
    type: str
    name: str
    standing: str
    agents: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    place: str | None = None
    day: str | None = None
    year: str | None = None

    def signs(self) -> Iterator[_Key]:
        """Yield what it must share with another telling to be the same event."""
        base = (self.standing, self.type)
        if self.day:
            yield from ((*base, self.day, *rest) for rest in self._places_and_parties())
        country = self.place is not None and _is_type(self.place, "Country")
        if self.type in _YEARLY and self.year and self.place and country:
            yield (*base, self.year, self.place)
        if self.type == "INVASION" and self.year:
            yield from ((*base, self.year, *pair) for pair in self._pairs())

    def _places_and_parties(self) -> Iterator[_Key]:
        parties = sorted({*self.agents, *self.targets})
        if self.place and _is_type(self.place, "City"):
            yield ("place", self.place)
        elif self.place:
            yield from (("place", self.place, party) for party in parties)
        if self.type in _SYMMETRIC:
            yield from (("parties", a, b) for a in parties for b in parties if a < b)
        else:
            yield from (("parties", agent, target) for agent, target in self._pairs())

    def _pairs(self) -> Iterator[tuple[str, str]]:
        yield from ((a, t) for a in self.agents for t in self.targets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A claim as one article reports it.

    Attributes:
        article, claim: ids.
        path: what claims of the same speaker and words share, or None.
        local: id of the claim of the same article that it repeats, or None.
    """

    article: str
    claim: str
    path: str | None = None
    local: str | None = None


def find_tellings(article: Article) -> tuple[Telling, ...]:
    """Return the events of an article that may be told elsewhere too."""
    parties = _linked_actors(article)
    places = {p.id: p.link.iri for p in article.places if p.link and p.link.iri}
    return tuple(
        Telling(
            article=article.id,
            event=event.id,
            type=event.type,
            name=event.name,
            standing=_STANDING[event.factuality[0].value],
            agents=_paths(event.agents, parties),
            targets=_paths(event.targets, parties),
            place=places.get(event.place) if event.place else None,
            day=exact_day(event.time),
            year=_year(event.time),
        )
        for event in article.events
        if event.factuality[0].value in _STANDING
    )


def find_sayings(article: Article) -> tuple[Saying, ...]:
    """Return the claims of an article that repeat another, or may be repeated elsewhere."""
    links = _linked_actors(article)
    found = (
        Saying(
            article=article.id,
            claim=claim.id,
            path=_claim_path(claim, links),
            local=_local(claim),
        )
        for claim in article.claims
    )
    return tuple(saying for saying in found if saying.path or saying.local)


def find_stories(tellings: Iterable[Telling]) -> dict[tuple[str, str], str]:
    """Return the story's path by article id and event id."""
    groups = [group for group in _components(list(tellings)) if _is_one_event(group)]
    paths = [_story_path(group) for group in groups]
    used = Counter(paths)
    return {
        (one.article, one.event): path
        for group, path in zip(groups, paths, strict=True)
        if used[path] == 1
        for one in group
    }


def find_shared(sayings: Iterable[Saying]) -> dict[tuple[str, str], str]:
    """Return the path shared by claims of the same words and speaker, by article and claim id."""
    holders: dict[str, set[tuple[str, str]]] = {}
    for saying in sayings:
        if saying.path:
            holders.setdefault(saying.path, set()).add((saying.article, saying.claim))
    return {
        key: path
        for path, keys in holders.items()
        if len({article for article, _ in keys}) > 1
        for key in keys
    }


def _linked_actors(article: Article) -> dict[str, str]:
    return {a.id: a.link.iri for a in article.actors if a.link and a.link.iri}


def _paths(ids: tuple[str, ...], links: dict[str, str]) -> tuple[str, ...]:
    return tuple(sorted({links[one] for one in ids if one in links}))


def _year(time: Time | None) -> str | None:
    day = exact_day(time)
    if day:
        return day[:4]
    bounds = {(time.earliest or "")[:4], (time.latest or "")[:4]} if time else {""}
    return next(iter(bounds)) if len(bounds) == 1 else None


def exact_day(time: Time | None) -> str | None:
    """Return the one day that a time states or is bound to, or None."""
    if time is None:
        return None
    first, last = time.start or time.earliest, time.end or time.start or time.latest
    return first if first == last else None


def _is_type(path: str, kind: str) -> bool:
    entry = load_authority().get(path)
    return entry is not None and entry.type == kind


def _components(told: list[Telling]) -> Iterator[list[Telling]]:
    """Yield groups joined by signs; an article with two tellings of a sign is left out of it."""
    holders: dict[_Key, list[int]] = {}
    for number, one in enumerate(told):
        for sign in one.signs():
            holders.setdefault(sign, []).append(number)
    parent = list(range(len(told)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for numbers in holders.values():
        times = Counter(told[number].article for number in numbers)
        clear = [number for number in numbers if times[told[number].article] == 1]
        for number in clear[1:]:
            parent[root(number)] = root(clear[0])
    groups: dict[int, list[Telling]] = {}
    for number, one in enumerate(told):
        groups.setdefault(root(number), []).append(one)
    yield from (group for group in groups.values() if len(group) > 1)


def _is_one_event(group: list[Telling]) -> bool:
    articles = {one.article for one in group}
    if len(articles) != len(group):
        return False
    if len({one.day for one in group if one.day}) > 1:
        return False
    agents = [frozenset(one.agents) for one in group if one.agents]
    return not agents or bool(frozenset.intersection(*agents))


def _story_path(group: list[Telling]) -> str:
    """Return `event/TYPE-WHERE-DATE`: a city or a vote's country says where, else a party too."""
    first = group[0]
    date = max((one.day or one.year or "" for one in group), key=len)
    places = {one.place for one in group}
    place = next(iter(places)) if len(places) == 1 else None
    parties = Counter(party for one in group for party in (*one.agents, *one.targets))
    ranked = sorted(parties, key=lambda path: (-parties[path], path))
    alone = place is not None and (first.type in _YEARLY or _is_type(place, "City"))
    names = [path.partition("/")[2] for path in (place, *ranked[: 0 if alone else 1]) if path]
    standing = "" if first.standing == "asserted" else "-claimed"
    return f"event/{type_slug(first.type)}-{'-'.join(names)}-{date}{standing}"


def _claim_path(claim: Claim, links: dict[str, str]) -> str | None:
    words = re.findall(r"\w+", claim.text.casefold().replace("’", "'").replace("'", ""))
    speaker = links.get(claim.speakers[0]) if claim.speakers else None
    if speaker is None or len(words) < _FEWEST_WORDS:
        return None
    digest = hashlib.sha256(f"{claim.polarity} {' '.join(words)}".encode()).hexdigest()[:12]
    return f"claim/{speaker.partition('/')[2]}-{digest}"


def fill_shared(
    article: Article,
    stories: dict[tuple[str, str], str],
    shared: dict[tuple[str, str], str],
) -> Article:
    """Return the article with what `find_stories` and `find_shared` found filled in."""
    return replace(
        article,
        events=tuple(
            replace(event, story=stories.get((article.id, event.id))) for event in article.events
        ),
        claims=tuple(
            replace(claim, same_as=shared.get((article.id, claim.id), _local(claim)))
            for claim in article.claims
        ),
    )


def _local(claim: Claim) -> str | None:
    """Return what the claim repeats within its article, without what an earlier run shared."""
    return None if claim.same_as and "/" in claim.same_as else claim.same_as
