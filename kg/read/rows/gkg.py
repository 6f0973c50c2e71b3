"""Records of GDELT's knowledge graph 2.1: persons, organisations and places that a report names.

Taken: the address of the report, the day, and who and what it names. Not taken: themes, tone, GCAM,
counts, quotations, images and amounts: other people's text analysis of the whole report, without
words that it rests on.

Source: http://data.gdeltproject.org/documentation/GDELT-Global_Knowledge_Graph_Codebook-V2.1.pdf
"""

import re

from kg.model import CodedActor, CodedPlace, CodedRow, PlaceType
from kg.read.rows.codes import find_country
from kg.read.rows.gdelt import first_part
from kg.read.rows.layouts import Cell
from kg.read.rows.notes import Notes
from kg.read.rows.values import (
    RowError,
    clean_url,
    degrees,
    exact_time,
    packed_day,
    shown,
)

_ID = re.compile(r"\d{14}-T?\d+")
_PLACE_TYPES: dict[str, tuple[PlaceType, bool]] = {
    "1": ("Country", False),
    "2": ("Region", False),
    "3": ("City", True),
    "4": ("City", True),
    "5": ("Region", False),
}
_LOCATION = 7
"""Parts of a location: type, name, country, part of it, latitude, longitude, number."""


def code_record(number: int, cell: Cell, notes: Notes) -> CodedRow:
    """Return a record.

    Raises:
        RowError: it cannot be used.
    """
    key = cell("GKGRECORDID").strip()
    if not _ID.fullmatch(key):
        raise RowError("GKGRECORDID", f"not a record's number: {shown(key)}")
    day = packed_day("DATE", cell("DATE"))
    persons = _names(cell("Persons"))
    bodies = _names(cell("Organizations"))
    places = _places(cell("Locations"), notes)
    actors = tuple(CodedActor(name=name, type="Person") for name in persons)
    actors += tuple(CodedActor(name=name, type="Organization") for name in bodies)
    if not actors and not places:
        raise RowError("Persons", "the record names nobody and no place: nothing to take from it")
    named = ", ".join([*persons, *bodies, *(place.full_name or place.name for place in places)])
    url = clean_url(cell("DocumentIdentifier"))
    return CodedRow(
        number=number,
        key=key,
        label="Mentions",
        actors=actors,
        places=places,
        time=exact_time(day),
        citations=(url,) if url else (),
        sources="" if url else cell("DocumentIdentifier").strip(),
        text=f"The report of {day} names {named}",
    )


def record_day(cell: Cell) -> str | None:
    """Return the day of a record, or None."""
    try:
        return packed_day("DATE", cell("DATE"))
    except RowError:
        return None


def _names(cell: str) -> tuple[str, ...]:
    plain = (" ".join(name.split()) for name in cell.split(";"))
    return tuple(dict.fromkeys(name for name in plain if name))


def _places(cell: str, notes: Notes) -> tuple[CodedPlace, ...]:
    blocks = (block for block in cell.split(";") if block.strip())
    found = (_place(block.split("#"), notes) for block in blocks)
    return tuple(dict.fromkeys(place for place in found if place))


def _place(parts: list[str], notes: Notes) -> CodedPlace | None:
    if len(parts) < _LOCATION or parts[0] not in _PLACE_TYPES:
        notes.tell("Locations", f"not a place: {shown('#'.join(parts))}; it is left out")
        return None
    kind, exact = _PLACE_TYPES[parts[0]]
    country = find_country("fips", parts[2].strip())
    name = " ".join(parts[1].split())
    if not name:
        return None
    return CodedPlace(
        name=first_part(name) if kind != "Country" else name,
        full_name=name if kind != "Country" else "",
        type="Region" if kind == "Country" and country and country.part else kind,
        exact=exact,
        country=country.alpha2 if country else None,
        latitude=degrees("Locations", parts[4], 90) if exact else None,
        longitude=degrees("Locations", parts[5], 180) if exact else None,
        key=parts[6].strip() if exact else "",
    )
