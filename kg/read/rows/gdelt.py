"""Rows of GDELT's event tables and of its mentions.

Taken: who, whom, what by the CAMEO code, the place and day of the action, the address of the
report. Not taken: counts of mentions, tone and Goldstein scale (they measure coverage, not what
happened), the places of the actors, their religion and ethnic group.

Source: http://data.gdeltproject.org/documentation/GDELT-Event_Codebook-V2.0.pdf
"""

import re

from kg.model import CodedActor, CodedPlace, CodedRow, PlaceType, RowMention
from kg.read.rows.codes import ActorKind, find_actor_kind, find_country, find_meaning
from kg.read.rows.layouts import Cell
from kg.read.rows.notes import Notes
from kg.read.rows.values import RowError, clean_url, degrees, exact_time, packed_day, shown, whole

_PLACE_TYPES: dict[str, tuple[PlaceType, bool]] = {
    "1": ("Country", False),
    "2": ("Region", False),
    "3": ("City", True),
    "4": ("City", True),
    "5": ("Region", False),
}
"""Geo_Type -> type of the place, and whether the event is at it. 3 and 4 are any named spot."""

_COUNTY = re.compile(r"[^,]+ (County|Parish|Borough|District|Province|Region|State)(,|$)")
_WORLDWIDE = 5


def _event_key(text: str) -> str:
    """Return the number of an event, as it is written.

    Raises:
        RowError: it is none; "1.3E+09" has lost its digits to a spreadsheet.
    """
    plain = text.strip().removesuffix(".0")
    if not plain.isascii() or not plain.isdigit():
        raise RowError("GlobalEventID", f"no number of an event: {shown(text)}")
    return str(int(plain))


def code_event(number: int, cell: Cell, notes: Notes) -> CodedRow:
    """Return a row of events.

    Raises:
        RowError: it cannot be used.
    """
    key = _event_key(cell("GlobalEventID"))
    code = _event_code(cell, notes)
    meaning = find_meaning("cameo", code)
    if meaning is None:
        raise RowError("EventCode", f"no code of CAMEO: {shown(code)}")
    day = packed_day("SQLDATE", cell("SQLDATE"))
    first, second = _actor(1, cell, notes), _actor(2, cell, notes)
    place = _place(cell, notes)
    label = (meaning.event_type or meaning.speech_act or "").replace("_", " ").capitalize()
    said = " → ".join(_told(actor) for actor in (first, second) if actor) or "nobody named"
    url = clean_url(cell("SOURCEURL"))
    return CodedRow(
        number=number,
        key=key,
        code=code,
        label=label,
        event_type=meaning.event_type,
        speech_act=meaning.speech_act,
        agents=(first,) if first else (),
        targets=(second,) if second else (),
        place=place,
        time=exact_time(day),
        citations=(url,) if url else (),
        sources="" if url else cell("SOURCEURL").strip(),
        text="; ".join(
            [
                f"CAMEO {code}: {label}: {said}",
                *([place.full_name or place.name] if place else []),
                day,
            ]
        ),
    )


def code_mention(number: int, cell: Cell, notes: Notes) -> RowMention:
    """Return a row of mentions.

    Raises:
        RowError: it cannot be used.
    """
    del notes
    key = _event_key(cell("GlobalEventID"))
    packed_day("MentionTimeDate", cell("MentionTimeDate"))
    confidence = whole("Confidence", cell("Confidence"))
    if not 0 <= confidence <= 100:
        raise RowError("Confidence", f"not from 0 to 100: {confidence}")
    return RowMention(
        number=number,
        key=key,
        url=clean_url(cell("MentionIdentifier")),
        confidence=confidence / 100,
    )


def first_part(name: str) -> str:
    """Return the place of "place, region, country".

    >>> first_part("Port Alba, Alba, Uganda")
    'Port Alba'
    """
    return name.partition(",")[0].strip() or name


def added_day(cell: Cell) -> str | None:
    """Return the day on which a row was added, or None."""
    try:
        return packed_day("DATEADDED", cell("DATEADDED"))
    except RowError:
        return None


def mentioned_day(cell: Cell) -> str | None:
    """Return the day on which a mention was found, or None."""
    try:
        return packed_day("MentionTimeDate", cell("MentionTimeDate"))
    except RowError:
        return None


def _event_code(cell: Cell, notes: Notes) -> str:
    """Return the code; a zero before it that a spreadsheet has taken away is put back."""
    code, root = cell("EventCode").strip(), cell("EventRootCode").strip()
    if len(root) == 1 and root.isdigit() and code.startswith(root):
        notes.tell("EventCode", "zeros before the codes are lost (a spreadsheet?); put back")
        return f"0{code}"
    return code


def _told(actor: CodedActor) -> str:
    return actor.name if actor.code in {"", actor.name} else f"{actor.name} ({actor.code})"


def _actor(which: int, cell: Cell, notes: Notes) -> CodedActor | None:
    prefix = f"Actor{which}"
    code, name = cell(f"{prefix}Code").strip(), " ".join(cell(f"{prefix}Name").split())
    if not code and not name:
        return None
    country, region = _country(f"{prefix}CountryCode", cell(f"{prefix}CountryCode"), notes)
    group = _kind("cameo-group", f"{prefix}KnownGroupCode", cell, notes)
    role = _kind("cameo-role", f"{prefix}Type1Code", cell, notes)
    kind = group or role or region
    return CodedActor(
        name=name or code,
        code=code,
        type=kind.type if kind else "Group",
        country=country,
        is_country=country is not None and code == cell(f"{prefix}CountryCode").strip(),
        state_body=bool(kind and kind.state_body),
        group=group.path if group else None,
    )


def _country(field: str, code: str, notes: Notes) -> tuple[str | None, ActorKind | None]:
    """Return the country of CAMEO's code, or the part of the world that it stands for."""
    code = code.strip()
    if not code:
        return None, None
    found = find_country("alpha3", code)
    if found is not None:
        return (None if found.part else found.alpha2), None
    region = find_actor_kind("cameo-region", code)
    if region is None:
        notes.tell(field, f"no country of CAMEO: {shown(code)}; the actor is kept without one")
    return None, region


def _kind(scheme: str, field: str, cell: Cell, notes: Notes) -> ActorKind | None:
    code = cell(field).strip()
    kind = find_actor_kind(scheme, code) if code else None
    if code and kind is None:
        notes.tell(field, f"unknown: {shown(code)}; the actor is kept as a group")
    return kind


def _place(cell: Cell, notes: Notes) -> CodedPlace | None:
    code, name = cell("ActionGeo_Type").strip(), " ".join(cell("ActionGeo_FullName").split())
    if code in {"", "0"}:
        return None
    if code not in _PLACE_TYPES:
        raise RowError("ActionGeo_Type", f"not from 0 to {_WORLDWIDE}: {shown(code)}")
    latitude = degrees("ActionGeo_Lat", cell("ActionGeo_Lat"), 90)
    longitude = degrees("ActionGeo_Long", cell("ActionGeo_Long"), 180)
    if not name:
        return None
    kind, exact = _PLACE_TYPES[code]
    if exact and _COUNTY.match(name):
        kind, exact = "Region", False
    country = find_country("fips", cell("ActionGeo_CountryCode").strip())
    if country is None:
        told = shown(cell("ActionGeo_CountryCode"))
        notes.tell("ActionGeo_CountryCode", f"no code of FIPS 10-4: {told}; no country is given")
    if kind == "Country" and country and country.part:
        kind = "Region"
    return CodedPlace(
        name=first_part(name) if kind != "Country" else name,
        full_name=name if kind != "Country" else "",
        type=kind,
        exact=exact,
        country=country.alpha2 if country else None,
        latitude=latitude if exact else None,
        longitude=longitude if exact else None,
        key=cell("ActionGeo_FeatureID").strip() if exact else "",
    )
