"""The code tables of event rows: what a code of CAMEO, FIPS, ISO or ACLED is among our codes.

Made by `tools/make_row_codes.py`; read once.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

from kg.model import ActorType

_DATA = Path(__file__).parent.parent.parent / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a row's code is: an event type or a speech act."""

    event_type: str | None
    speech_act: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorKind:
    """What kind of actor a code stands for.

    Attributes:
        state_body: they act for their state.
        name: of a known group or region, or of the role.
        path: of a known group in the authority file, or None.
    """

    type: ActorType
    state_body: bool
    name: str
    path: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryCode:
    """The country (ISO 3166-1 alpha-2, None where it is of none) that a code stands for.

    Attributes:
        part: it stands for a part of the country alone.
    """

    alpha2: str | None
    part: bool


def find_meaning(scheme: str, code: str) -> Meaning | None:
    """Return what a code is: of `cameo`, or of `acled` (event and sub-event with a bar between).

    >>> find_meaning("cameo", "173").event_type
    'ARREST'
    """
    return _meanings().get((scheme, code))


def find_actor_kind(scheme: str, code: str) -> ActorKind | None:
    """Return the kind that a code stands for: cameo-role, cameo-group, cameo-region, acled-inter.

    >>> find_actor_kind("cameo-role", "COP").type
    'GovernmentOrganization'
    """
    return _actor_kinds().get((scheme, code))


def find_country(scheme: str, code: str) -> CountryCode | None:
    """Return the country of a code: alpha3 (with those that CAMEO alone has), numeric or fips.

    >>> find_country("fips", "UK").alpha2
    'GB'
    """
    return _countries().get((scheme, code))


@lru_cache(maxsize=1)
def _meanings() -> dict[tuple[str, str], Meaning]:
    return {
        (scheme, code): Meaning(event_type=event_type or None, speech_act=speech_act or None)
        for scheme, code, event_type, speech_act, _ in _rows("row_types.tsv")
    }


@lru_cache(maxsize=1)
def _actor_kinds() -> dict[tuple[str, str], ActorKind]:
    return {
        (scheme, code): ActorKind(
            type=cast("ActorType", kind), state_body=body == "yes", name=name, path=path or None
        )
        for scheme, code, kind, body, name, path in _rows("row_actors.tsv")
    }


@lru_cache(maxsize=1)
def _countries() -> dict[tuple[str, str], CountryCode]:
    return {
        (scheme, code): CountryCode(alpha2=alpha2 or None, part=part == "yes")
        for scheme, code, alpha2, part in _rows("row_countries.tsv")
    }


def _rows(name: str) -> list[list[str]]:
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:]]
