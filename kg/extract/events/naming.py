"""A short English name for an event: what it is, to whom, by whom, where.

What it gets wrong: the article before names that only usage decides ("the Hague").
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.authority import load_authority
from kg.extract.entities import Entities
from kg.extract.events.arguments import Arguments

_MUTUAL = frozenset({"MEETING", "PHONE_CALL", "AGREEMENT", "CEASEFIRE"})
_MOST = 2
_WITH_THE = re.compile(
    r"(?:Armed Forces|United|European|African Union|West$|Kremlin|White House|Netherlands|Gulf"
    r"|Philippines|Ministry|Supreme|Communist|Taliban|Islamic State$)\b"
    r"|.*\b(?:Union|Army|Navy|Party|Forces|Front|Council|Committee|Commission|Court|Police"
    r"|Regiment|Government|Parliament|Senate|[Mm]ilitary|Service|Agency|Republics?)$"
)
_FORCES = re.compile(
    r".*\b(?:forces|troops|soldiers|units|fighters|army|navy|guards|warships|jets|military)$", re.I
)
_SITES = re.compile(
    r".*\b(?:Plant|Base|Zone|Airport|Embassy|Palace|Square|Bridge|Sea|Ocean|Strip|River|Strait|Dam"
    r"|Port|Hospital|Stadium|Station|Refinery|Prison|Monastery|Cathedral)$",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"(?:[a-z].*s$|.*\b(?:people|police|men|women|media|children)$)")
_WIDE = frozenset({"BodyOfWater", "Facility"})


@dataclass(frozen=True, slots=True)
class Pattern:
    """How events of a type are called.

    Attributes:
        label: what it is.
        preposition: the word before those it is done to; empty where they are left out.
        manner: place, goal, taken, forces, of or by, as the lexicon explains.
    """

    label: str
    preposition: str
    manner: str = "by"


@lru_cache(maxsize=1)
def load_names() -> dict[str, Pattern]:
    """Return how events are called, by type."""
    path = Path(__file__).parents[1] / "lexicon" / "event_names.toml"
    table = tomllib.loads(path.read_text("utf-8"))
    return {code: Pattern(*words) for code, words in table.items()}


def name_event(
    code: str, arguments: Arguments, entities: Entities, kinds: Mapping[str, str] | None = None
) -> str:
    """Return a name such as "Arrest of protesters by the police in Minsk".

    Args:
        code: the event type.
        arguments: who, to whom and where.
        entities: the names.
        kinds: the types of the places by id.
    """
    pattern, kinds = load_names()[code], kinds or {}
    place, agents = arguments.place, _distinct(arguments.agents, entities)
    pieces = [pattern.label]
    if pattern.manner == "forces" and agents and all(_is_force(a, entities) for a in agents):
        pieces, agents = [f"{pattern.label.split()[0]} of {_join(agents, entities)}"], ()
    if code in _MUTUAL and agents:
        pieces.append(("of " if len(agents) > 1 else "with ") + _join(agents, entities))
    elif pattern.manner == "taken" and place and not arguments.near:
        pieces += [f"of {_site(place, entities, kinds)}", *_doers(agents, entities)]
        place = None
    elif pattern.manner == "goal" and place and not arguments.near:
        hosts = [a for a in arguments.targets if entities.kind_of(a) != "Country"]
        pieces += [f"to {_join(tuple(hosts), entities)}"] if hosts else []
        pieces.append(f"{'in' if hosts else 'to'} {_site(place, entities, kinds)}")
        pieces += _doers(agents, entities)
        place = None
    else:
        targets = _distinct(arguments.targets, entities)
        if targets and pattern.preposition:
            pieces.append(f"{pattern.preposition} {_join(targets, entities)}")
        if pattern.manner == "of" and agents:
            pieces.insert(1, f"of {_join(agents, entities)}")
        elif pattern.manner != "place":
            pieces += _doers(agents, entities)
    told = {entities.name_of(i) for i in (*arguments.agents, *arguments.targets)}
    if place and (entities.name_of(place) not in told or pattern.manner == "place"):
        pieces.append(f"{_where(place, arguments, kinds)} {_site(place, entities, kinds)}")
    return " ".join(pieces)


def _is_force(actor: str, entities: Entities) -> bool:
    named_force = entities.kind_of(actor) in ("ArmedForce", "ArmedGroup")
    return named_force or _FORCES.match(entities.name_of(actor)) is not None


def _doers(agents: tuple[str, ...], entities: Entities) -> list[str]:
    return [f"by {_join(agents, entities)}"] if agents else []


def _distinct(ids: tuple[str, ...], entities: Entities) -> tuple[str, ...]:
    """Return actors without those that another of them acts for ("NATO forces" and NATO)."""
    principals = {entities.principal(i) for i in ids}
    kept = tuple(i for i in ids if i not in principals)
    return kept or ids


def _where(place: str, arguments: Arguments, kinds: Mapping[str, str]) -> str:
    if arguments.near:
        return "near"
    return "at" if kinds.get(place) == "Facility" else "in"


def _site(place: str, entities: Entities, kinds: Mapping[str, str]) -> str:
    name = entities.name_of(place)
    wide = kinds.get(place) in _WIDE and _SITES.match(name)
    return f"the {name}" if wide or _SITES.match(name) or _WITH_THE.match(name) else name


def _join(ids: tuple[str, ...], entities: Entities) -> str:
    names = [_called(i, entities) for i in ids[:_MOST]]
    if len(ids) > _MOST:
        return ", ".join(names) + " and others"
    return " and ".join(names)


def _is_demonym(word: str) -> bool:
    authority = load_authority()
    return bool(authority.find_demonym(word) or authority.find_demonym(word.removesuffix("s")))


def _called(actor: str, entities: Entities) -> str:
    """Return a name with its article; of what has none, the words as inside a sentence."""
    name = re.sub(r"^[Nn]o (?=[a-z])", "", entities.name_of(actor))
    if entities.is_named(actor):
        person = entities.kind_of(actor) == "Person"
        return f"the {name}" if not person and _WITH_THE.match(name) else name
    first, _, rest = name.partition(" ")
    if first.istitle() and (not rest or rest.islower()) and not _is_demonym(first):
        name = name[0].lower() + name[1:]
    owned = "\u2019s " in name or "'s " in name
    plain = owned or _PLURAL.match(name) or name.lower().startswith(("the ", "a ", "an ", "some "))
    return name if plain or name.endswith("s") else f"the {name}"
