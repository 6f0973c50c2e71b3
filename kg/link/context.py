"""What an article is about, as far as linking needs it: the countries that turn up in it.

A country turns up when it, one of its regions, bodies or persons, or a city without a namesake
abroad is named, or two of its bodies or persons by names that alone would say too little. Media
and companies do not speak for their country: news from anywhere quotes them.

What it gets wrong: a passing mention weighs as much as the main scene.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.authority import Authority, Entry, load_cities
from kg.model import Actor, Article, Place

_ABROAD = frozenset({"NewsMediaOrganization", "Corporation"})
_INITIAL = re.compile(r"(?<= )[A-Z]\. |,? Jr\.$")
_NAMESAKE = 100_000
_SMALLER = 10
_NATIONAL = frozenset(
    {"GovernmentOrganization", "PoliticalParty", "ArmedForce", "ArmedGroup", "Organization"}
)
_GENERIC = frozenset(
    {
        *("administration", "agency", "alliance", "army", "assembly", "authority", "bank"),
        *("bureau", "command", "commission", "committee", "congress", "council", "court"),
        *(
            "democrats",
            "department",
            "fleet",
            "force",
            "forces",
            "foundation",
            "front",
            "government",
        ),
        *("guard", "house", "ministry", "movement", "navy", "office", "parliament", "party"),
        *("police", "republicans", "senate", "service", "tories", "treasury", "union"),
    }
)
_ENGLISH = frozenset(
    f"place/{name}"
    for name in (
        *("united-states", "united-kingdom", "ireland", "canada", "australia", "new-zealand"),
    )
)


@dataclass(frozen=True, slots=True)
class Context:
    """The authority file, and the paths of what an article is about."""

    authority: Authority
    paths: frozenset[str]

    def has_parts_of(self, country: str | None, besides: str) -> bool:
        """Return whether another region or city of the country turns up."""
        entries = (self.authority.get(path) for path in self.paths if path != besides)
        parts = (entry for entry in entries if entry and entry.type in {"Region", "City"})
        return any(entry.country == country for entry in parts)


def find_context(article: Article, authority: Authority) -> Context:
    """Return the countries, and principals such as the EU, that the article names."""
    paths: set[str] = set()
    hints: dict[str, set[str]] = {}
    for name in _names(article):
        found = authority.find(name)
        if len(found) == 1 and _tells(found[0], name):
            paths.update(_origins(found[0]))
        elif len(found) == 1 and found[0].country and _hints(found[0], name):
            hints.setdefault(found[0].country, set()).add(found[0].path)
        first = name.partition(" ")[0]
        for country in authority.find_demonym(first) if first != name else ():
            paths.add(country.path)
    paths.update(country for country, bodies in hints.items() if len(bodies) > 1)
    return Context(authority, frozenset(paths))


def has_namesake(name: str, country: str | None, among: frozenset[str] | None = None) -> bool:
    """Return whether a city abroad has the same name, and a tenth of its people and 100,000.

    Args:
        name: as the text has it.
        country: path of the country that is home.
        among: count only namesakes in these countries; all where None.
    """
    cities = load_cities().find(name)
    own = max((city.population for city in cities if city.country == country), default=0)
    least = max(_NAMESAKE, own // _SMALLER)
    return any(
        city.country != country
        and city.population >= least
        and (among is None or city.country in among)
        for city in cities
    )


def is_weak(entry: Entry, name: str) -> bool:
    """Return whether the name alone says too little: others in other countries bear it."""
    if entry.country is None:
        return False
    if entry.type == "Person":
        return " " not in name or entry.country in _ENGLISH
    if entry.type not in _NATIONAL:
        return False
    acronym = name.isupper() and len(name) <= 4
    return acronym or not _GENERIC.isdisjoint(name.casefold().split())


def surface_forms(node: Actor | Place) -> tuple[str, ...]:
    """Return the names that the text has for a node; its record's names without mentions.

    Names of persons come without their middle initials as well.
    Once linked, a node bears the authority's name, which the text need not have.
    """
    said = {mention.span.text for mention in node.mentions if mention.kind == "name"}
    forms = tuple(sorted(said)) or (node.name, *node.aliases)
    if isinstance(node, Actor) and node.type == "Person":
        forms = (*forms, *(_INITIAL.sub("", form) for form in forms))
    return tuple(dict.fromkeys(forms))


def _names(article: Article) -> Iterator[str]:
    nodes: list[Actor | Place] = [*article.actors, *article.places]
    anchored = any(node.mentions for node in nodes)
    for node in nodes:
        if node.mentions or not anchored:
            yield from surface_forms(node)
            yield from (m.span.text for m in node.mentions if m.kind == "nominal")


def _tells(entry: Entry, name: str) -> bool:
    if entry.type == "City":
        return not has_namesake(name, entry.country)
    return not is_weak(entry, name)


def _hints(entry: Entry, name: str) -> bool:
    """Return whether the name tells its country if another such name does too."""
    return entry.type in _NATIONAL or (entry.type == "Person" and " " in name)


def _origins(entry: Entry) -> Iterator[str]:
    yield entry.path
    if entry.type not in _ABROAD:
        yield from filter(None, (entry.country, entry.acts_for))
        yield from (office.body for office in entry.offices)
