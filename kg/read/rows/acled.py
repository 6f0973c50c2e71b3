"""Rows of ACLED's exports, with the column names and codes of its older and newer releases.

Taken: who, whom and with whom, what by event and sub-event type, where and when as precisely as
ACLED says, the sources' names, notes, fatalities. Not taken: `interaction` (it repeats the two
kinds of actor), region, admin2 and admin3, `civilian_targeting`, `source_scale`, tags.

Source: https://acleddata.com/knowledge-base/codebook/
"""

from kg.authority import load_authority
from kg.model import CodedActor, CodedFigure, CodedPlace, CodedRow, Time
from kg.read.rows.acled_actors import read_actor, read_actors
from kg.read.rows.codes import find_country, find_meaning
from kg.read.rows.layouts import Cell
from kg.read.rows.notes import Notes
from kg.read.rows.values import (
    RowError,
    clean_url,
    degrees,
    exact_time,
    month_of,
    seconds_day,
    shown,
    week_around,
    whole,
    written_day,
)

_NO_ORDER = frozenset({"Battles", "Protests", "Riots", "Strategic developments"})
"""Event types in which actor1 and actor2 are the two sides, not doer and victim."""


def code_row(number: int, cell: Cell, notes: Notes) -> CodedRow:
    """Return a row of events.

    Raises:
        RowError: it cannot be used.
    """
    key = cell("event_id_cnty").strip()
    if not key:
        raise RowError("event_id_cnty", "empty")
    event, sub_event = (" ".join(cell(name).split()) for name in ("event_type", "sub_event_type"))
    meaning = find_meaning("acled", f"{event}|{sub_event}")
    if meaning is None or meaning.event_type is None:
        raise RowError("sub_event_type", f"unknown: {shown(f'{event}: {sub_event}')}")
    place = _place(cell, notes)
    agents, targets, participants = _parties(event, cell, notes)
    time = _time(cell)
    day = time.start or f"{time.earliest} to {time.latest}"
    url = clean_url(cell("source"))
    label = sub_event if event == "Protests" else f"{event}: {sub_event}"
    parties = ", ".join(actor.name for actor in (*agents, *targets, *participants))
    return CodedRow(
        number=number,
        key=key,
        code=f"{event}: {sub_event}",
        label=label,
        event_type=meaning.event_type,
        agents=agents,
        targets=targets,
        participants=participants,
        place=place,
        time=time,
        citations=(url,) if url else (),
        sources="" if url else " ".join(cell("source").split()),
        figures=_fatalities(cell),
        text="; ".join([f"{event}: {sub_event}: {parties or 'nobody named'}", place.name, day]),
        notes=" ".join(cell("notes").split()),
    )


def changed_day(cell: Cell) -> str | None:
    """Return the day on which a row was last changed, or None."""
    return seconds_day(cell("timestamp").strip())


def _parties(
    event: str, cell: Cell, notes: Notes
) -> tuple[tuple[CodedActor, ...], tuple[CodedActor, ...], tuple[CodedActor, ...]]:
    """Return who does it, to whom, and who else takes part."""
    first = read_actor(cell("actor1"), cell("inter1"), "inter1", notes)
    second = read_actor(cell("actor2"), cell("inter2"), "inter2", notes)
    allies = read_actors(f"{cell('assoc_actor_1')};{cell('assoc_actor_2')}")
    main = (first,) if first else ()
    other = (second,) if second else ()
    if event == "Battles":
        return (), (), _once((*main, *other, *allies))
    if event in _NO_ORDER:
        return main, (), _once((*other, *allies), but=main)
    return main, other, _once(allies, but=(*main, *other))


def _once(
    actors: tuple[CodedActor, ...], but: tuple[CodedActor, ...] = ()
) -> tuple[CodedActor, ...]:
    return tuple(actor for actor in dict.fromkeys(actors) if actor not in but)


def _place(cell: Cell, notes: Notes) -> CodedPlace:
    precision = whole("geo_precision", cell("geo_precision"))
    if precision not in {1, 2, 3}:
        raise RowError("geo_precision", f"not from 1 to 3: {precision}")
    latitude = degrees("latitude", cell("latitude"), 90)
    longitude = degrees("longitude", cell("longitude"), 180)
    state, region, spot = (
        " ".join(cell(name).split()) for name in ("country", "admin1", "location")
    )
    country = _country(cell, state, notes)
    if precision == 3 or not spot:
        return _region(region, state, country)
    return CodedPlace(
        name=spot,
        type="City",
        exact=precision == 1,
        country=country,
        latitude=latitude,
        longitude=longitude,
    )


def _region(region: str, state: str, country: str | None) -> CodedPlace:
    """Return the province, or the country: the point of precision 3 only stands for it."""
    if region:
        return CodedPlace(name=region, type="Region", exact=False, country=country)
    if state:
        return CodedPlace(name=state, type="Country", exact=False, country=country)
    raise RowError("country", "empty")


def _country(cell: Cell, state: str, notes: Notes) -> str | None:
    """Return the country by its number, else by its very name."""
    number = cell("iso").strip()
    if number:
        code = whole("iso", number)
        found = find_country("numeric", str(code))
        if found is not None and found.alpha2 is not None:
            return found.alpha2
    named = [entry.code for entry in load_authority().find(state) if entry.type == "Country"]
    if len(named) == 1 and named[0]:
        return named[0]
    notes.tell("country", f"neither number nor name is known: {shown(state)}; none is given")
    return None


def _time(cell: Cell) -> Time:
    day = written_day("event_date", cell("event_date"))
    precision = whole("time_precision", cell("time_precision"))
    if precision not in {1, 2, 3}:
        raise RowError("time_precision", f"not from 1 to 3: {precision}")
    return (exact_time, week_around, month_of)[precision - 1](day)


def _fatalities(cell: Cell) -> tuple[CodedFigure, ...]:
    """Return the fatalities; none where it is 0, which says only that none were reported."""
    if not cell("fatalities").strip():
        return ()
    value = whole("fatalities", cell("fatalities"))
    if value < 0:
        raise RowError("fatalities", f"below 0: {value}")
    return (CodedFigure(variable="killed", unit="person", value=value),) if value else ()
