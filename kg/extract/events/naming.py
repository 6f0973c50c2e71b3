"""A short English name for an event: what it is, to whom, by whom, where."""

import tomllib
from functools import lru_cache
from pathlib import Path

from kg.extract.entities import Entities
from kg.extract.events.arguments import Arguments

_MUTUAL = frozenset({"MEETING", "PHONE_CALL", "AGREEMENT", "CEASEFIRE"})
_MOST = 2


@lru_cache(maxsize=1)
def load_names() -> dict[str, tuple[str, str]]:
    """Return type -> (what it is called, preposition before its targets)."""
    path = Path(__file__).parents[1] / "lexicon" / "event_names.toml"
    table = tomllib.loads(path.read_text("utf-8"))
    return {code: (label, preposition) for code, (label, preposition) in table.items()}


def name_event(code: str, arguments: Arguments, entities: Entities) -> str:
    """Return a name such as "Arrest of protesters by police in Minsk"."""
    label, preposition = load_names()[code]
    pieces = [label]
    if code in _MUTUAL and len(arguments.agents) > 1:
        pieces.append("of " + _join(arguments.agents, entities))
    else:
        if arguments.targets and preposition:
            pieces.append(f"{preposition} {_join(arguments.targets, entities)}")
        if arguments.agents:
            pieces.append(f"by {_join(arguments.agents, entities)}")
    if arguments.place:
        relation = "near" if arguments.near else "in"
        pieces.append(f"{relation} {entities.name_of(arguments.place)}")
    return " ".join(pieces)


def _join(ids: tuple[str, ...], entities: Entities) -> str:
    names = [entities.name_of(i) for i in ids[:_MOST]]
    if len(ids) > _MOST:
        return ", ".join(names) + " and others"
    return " and ".join(names)
