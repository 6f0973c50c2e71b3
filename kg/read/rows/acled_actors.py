"""Actors of ACLED, read off their names and the code of their kind.

ACLED names them by patterns: "Police Forces of Uganda (1986-)", "Protesters (Uganda)",
"Unidentified Armed Group (Uganda)". What a pattern does not tell, the kind (`inter1`) does, in
numbers or, since 2024, in words; associated actors have none.

Source: https://acleddata.com/knowledge-base/codebook/
"""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from kg.authority import load_authority
from kg.model import ActorType, CodedActor
from kg.read.rows.codes import find_actor_kind
from kg.read.rows.notes import Notes
from kg.read.rows.values import shown

_INTER_NAMES = {
    "state forces": "1",
    "government or mutinous force": "1",
    "rebel group": "2",
    "rebel groups": "2",
    "rebel forces": "2",
    "political militia": "3",
    "political militias": "3",
    "militia groups": "3",
    "identity militia": "4",
    "identity militias": "4",
    "communal / identity groups": "4",
    "rioters": "5",
    "protesters": "6",
    "civilians": "7",
    "external/other forces": "8",
    "foreign / others": "8",
    "other forces": "8",
}


_Tells = Literal["state body", "name", "kind"]


class _Pattern(NamedTuple):
    """How names begin: names of bodies that act for their state, names, or words for a kind."""

    form: re.Pattern[str]
    type: ActorType
    tells: _Tells


_KINDS_OF_PEOPLE = (
    "students|teachers|women|farmers|lawyers|journalists|settlers|pastoralists|prisoners|muslims?"
    "|christians?|aid workers|health workers|taxi drivers|refugees/idps|lgbt\\w*|vigilantes|fishers"
    "|street traders|former [\\w ]+"
)
_FORMS: tuple[tuple[str, ActorType, _Tells], ...] = (
    (r"(protesters|rioters|civilians|sole perpetrator)\b", "Group", "kind"),
    ("unidentified military forces", "ArmedForce", "kind"),
    ("unidentified ", "ArmedGroup", "kind"),
    ("police forces of ", "GovernmentOrganization", "state body"),
    ("military forces of ", "ArmedForce", "state body"),
    ("government of ", "GovernmentOrganization", "state body"),
    (r"[\w' -]+ (communal|ethnic|clan|tribal) militia\b", "ArmedGroup", "name"),
    (r"[\w' -]+ group \(", "Group", "kind"),
    (rf"({_KINDS_OF_PEOPLE}) \(", "Group", "kind"),
)
_PATTERNS = tuple(_Pattern(re.compile(form, re.I), kind, tells) for form, kind, tells in _FORMS)
_YEARS = re.compile(r"\s*\(\d{4}-(\d{4})?\).*$")
_OF = re.compile(r"(?:Police Forces|Military Forces|Government) of (?:the )?(.+)")
_IN = re.compile(r"\(([^()]+)\)\s*$")


def read_actor(name: str, inter: str, field: str, notes: Notes) -> CodedActor | None:
    """Return the actor of a name and the code of its kind, or None where there is none."""
    plain = " ".join(name.split())
    if not plain:
        return None
    code = _inter_code(inter)
    kind = find_actor_kind("acled-inter", code) if code not in {"", "0"} else None
    if kind is None and code not in {"", "0"}:
        notes.tell(field, f"unknown: {shown(inter)}; the actor's kind is read off its name")
    return _actor(plain, kind.type if kind else "Organization", code)


def read_actors(names: str) -> tuple[CodedActor, ...]:
    """Return the actors of a list with semicolons, each once."""
    plain = (" ".join(name.split()) for name in names.split(";"))
    return tuple(_actor(name, "Organization", "") for name in dict.fromkeys(plain) if name)


@lru_cache(maxsize=8192)
def _actor(name: str, other: ActorType, code: str) -> CodedActor:
    found = next((pattern for pattern in _PATTERNS if pattern.form.match(name)), None)
    country = _country(name)
    return CodedActor(
        name=name,
        code=code,
        type=found.type if found else other,
        named=found is None or found.tells != "kind",
        country=country,
        state_body=found is not None and found.tells == "state body" and country is not None,
    )


def _inter_code(inter: str) -> str:
    text = inter.strip().lower()
    return _INTER_NAMES.get(text, text.removesuffix(".0"))


def _country(name: str) -> str | None:
    """Return the country that a name ends in or is of, only where that is its very name."""
    without = _YEARS.sub("", name)
    found = _OF.fullmatch(without) or _IN.search(without)
    if not found:
        return None
    known = [entry.code for entry in load_authority().find(found[1]) if entry.type == "Country"]
    return known[0] if len(known) == 1 else None
