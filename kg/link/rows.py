"""Link the actors and places of event tables to the authority file, by codes and very names alone.

A state that acts is the same node as in articles. What it gets wrong: nothing is matched by
likeness, so a person or body that is in the authority file stays local unless its code is known.
"""

from dataclasses import replace
from functools import lru_cache

from kg.authority import Authority, Entry, load_authority
from kg.model import CodedActor, CodedPlace, CodedRow, EventTable, Link


def link_table(table: EventTable) -> EventTable:
    """Return the table with links where a country code, a group's code or a country's name fits."""
    linker = _Linker(load_authority(), _typed(table))
    return replace(table, rows=tuple(linker.link_row(row) for row in table.rows))


def _typed(table: EventTable) -> dict[str, CodedActor]:
    """Return actors whose kind the table tells, by name, for where it names them without one."""
    found: dict[str, CodedActor] = {}
    if table.kind == "acled":
        for row in table.rows:
            for actor in (*row.agents, *row.targets, *row.participants):
                if actor.code:
                    found.setdefault(actor.name, actor)
    return found


class _Linker:
    """Links rows; the same actor or place is looked up once."""

    def __init__(self, authority: Authority, typed: dict[str, CodedActor]) -> None:
        self._authority, self._typed = authority, typed
        self._actors: dict[CodedActor, CodedActor] = {}
        self._places: dict[CodedPlace, CodedPlace] = {}

    def link_row(self, row: CodedRow) -> CodedRow:
        """Return the row with its actors and places linked."""
        return replace(
            row,
            agents=self._all(row.agents),
            targets=self._all(row.targets),
            participants=self._all(row.participants),
            actors=self._all(row.actors),
            place=self._place(row.place) if row.place else None,
            places=tuple(self._place(place) for place in row.places),
        )

    def _all(self, actors: tuple[CodedActor, ...]) -> tuple[CodedActor, ...]:
        return tuple(self._actor(actor) for actor in actors)

    def _actor(self, actor: CodedActor) -> CodedActor:
        if actor not in self._actors:
            told = self._typed.get(actor.name, actor)
            self._actors[actor] = self._link_actor(told)
        return self._actors[actor]

    def _place(self, place: CodedPlace) -> CodedPlace:
        if place not in self._places:
            self._places[place] = self._link_place(place)
        return self._places[place]

    def _link_actor(self, actor: CodedActor) -> CodedActor:
        group = self._authority.get(actor.group) if actor.group else None
        if group is not None:
            return replace(actor, link=_link(group))
        country = self._authority.country(actor.country) if actor.country else None
        if country is None:
            return actor
        if actor.is_country and names_country(actor.name, country.path):
            return replace(actor, type="Country", name=country.name, link=_link(country))
        own = names_country(actor.name, country.path) or country.name in actor.name
        shown = own or not actor.code or "(" in actor.name
        return replace(
            actor,
            name=actor.name if shown else f"{actor.name} ({country.name})",
            principal=country.path if actor.state_body else None,
        )

    def _link_place(self, place: CodedPlace) -> CodedPlace:
        country = self._authority.country(place.country) if place.country else None
        if country is None:
            return place
        if place.type == "Country":
            return replace(place, name=country.name, link=_link(country))
        return replace(place, container=country.path)


@lru_cache(maxsize=4096)
def names_country(name: str, path: str) -> bool:
    """Return whether words in any case are a name of a country, of its people or of its capital.

    GDELT gives the country's code to every town in it: "VANCOUVER" is not Canada.

    >>> names_country("ISRAELI", "place/israel")
    True
    """
    authority = load_authority()
    forms = {name, name.title(), name.capitalize(), name.replace("_", " ").title()}
    found: list[Entry] = []
    for form in sorted(forms):
        found += authority.find(form) + authority.find_demonym(form) + authority.find_metonym(form)
    return any(entry.path == path for entry in found)


def _link(entry: Entry) -> Link:
    return Link(iri=entry.path, qid=entry.qid, method="code")
