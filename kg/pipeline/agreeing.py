"""Whether a row of an event table and our own extraction tell the same: type, who, where, when.

Each question has one of four answers: yes; near (the same class of events, the same country, days
that overlap); no; and unknown, where one side says nothing.
"""

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt
from typing import Literal

from kg.authority import find_city, fold_name, load_authority
from kg.model import Actor, Article, CodedActor, CodedPlace, Place, Time

Verdict = Literal["yes", "near", "no", "unknown"]

RANK: dict[Verdict, int] = {"yes": 2, "near": 1, "no": 0, "unknown": 0}
_EARTH = 6371.0
_NEAR = 25.0
"""Kilometres within which two points are the same place."""


def actors_agree(coded: Iterable[CodedActor], ours: Iterable[Actor], article: Article) -> Verdict:
    """Return whether the row's actors are among ours: all of them, some or their countries, none.

    >>> actors_agree((), (), None)
    'unknown'
    """
    rows, known = list(coded), list(ours)
    if not rows or not known:
        return "unknown"
    verdicts = [max((_same(c, a, article) for a in known), key=_rank) for c in rows]
    if all(verdict == "yes" for verdict in verdicts):
        return "yes"
    return "near" if any(RANK[verdict] for verdict in verdicts) else "no"


def places_agree(coded: CodedPlace | None, ours: Place | None) -> Verdict:
    """Return whether two places are the same, or in the same country."""
    if coded is None or ours is None:
        return "unknown"
    path = ours.link.iri if ours.link else None
    if coded.link and coded.link.iri == path:
        return "yes"
    if coded.exact and fold_name(coded.name) in {fold_name(n) for n in (ours.name, *ours.aliases)}:
        return "yes"
    if _distance(coded, ours) <= _NEAR:
        return "yes"
    country = _country_of_coded(coded)
    return "near" if country is not None and country == _country_of_place(ours) else "no"


def times_agree(coded: Time | None, ours: Time | None) -> Verdict:
    """Return whether two times are the same day, or may be."""
    if coded is None or ours is None:
        return "unknown"
    first, last = (_bounds(time) for time in (coded, ours))
    if not any(first) or not any(last):
        return "unknown"
    if coded.start is not None and coded.start == (ours.start or "")[:10]:
        return "yes"
    begins_before = (first[0] or "") <= (last[1] or "9999")
    ends_after = (first[1] or "9999") >= (last[0] or "")
    return "near" if begins_before and ends_after else "no"


def _rank(verdict: Verdict) -> int:
    return RANK[verdict]


def _same(coded: CodedActor, ours: Actor, article: Article) -> Verdict:
    path = ours.link.iri if ours.link else None
    if coded.link and coded.link.iri == path:
        return "yes"
    names = {fold_name(name) for name in (ours.name, *ours.aliases)}
    if fold_name(coded.name.partition(" (")[0]) in names:
        return "yes"
    country = _country_of_coded(coded)
    return "near" if country is not None and country in _countries(ours, article) else "no"


def _countries(ours: Actor, article: Article) -> set[str]:
    """Return the paths of the countries that an actor is, acts for or belongs to."""
    path = ours.link.iri if ours.link else None
    entry = load_authority().get(path) if path else None
    found = {path, entry.country if entry else None, entry.acts_for if entry else None}
    principal = next((a for a in article.actors if a.id == ours.acts_for), None)
    if principal is not None and principal.link:
        found.add(principal.link.iri)
    return {one for one in found if one}


def _country_of_coded(coded: CodedActor | CodedPlace) -> str | None:
    if coded.link and coded.link.iri:
        return coded.link.iri
    entry = load_authority().country(coded.country) if coded.country else None
    return entry.path if entry else None


def _country_of_place(ours: Place) -> str | None:
    path = ours.link.iri if ours.link else None
    entry = load_authority().get(path) if path else None
    if entry is not None:
        return entry.path if entry.type == "Country" else entry.country
    city = find_city(ours.name)
    return city.country if city else None


def _distance(coded: CodedPlace, ours: Place) -> float:
    """Return the great-circle distance in kilometres; infinity where a point is missing."""
    points = (coded.latitude, coded.longitude, ours.latitude, ours.longitude)
    if coded.type == "Country" or ours.type == "Country" or any(p is None for p in points):
        return float("inf")
    lat1, lon1, lat2, lon2 = (radians(p) for p in points if p is not None)
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH * asin(sqrt(min(half, 1.0)))


def _bounds(time: Time) -> tuple[str | None, str | None]:
    first = time.start or time.earliest
    last = time.end or time.start or time.latest
    return (first or "")[:10] or None, (last or "")[:10] or None
