"""The words of `lexicon/figures.toml`, read once."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parents[1] / "lexicon" / "figures.toml"


@dataclass(frozen=True)
class FigureWords:
    """Numbers, hedges, units and variables by word, in lower case.

    Attributes:
        hedges: bound by hedge. units: unit by noun. variables: variable by verb or noun.
    """

    numbers: dict[str, float]
    multiples: dict[str, float]
    scales: dict[str, float]
    ordinals: dict[str, float]
    hedges: dict[str, str]
    currencies: dict[str, str]
    currency_words: dict[str, str]
    units: dict[str, str]
    variables: dict[str, str]
    variables_by_event: dict[str, str]
    people_events: frozenset[str]


@lru_cache(maxsize=1)
def figure_words() -> FigureWords:
    """Return the words of figures."""
    data = tomllib.loads(_FILE.read_text("utf-8"))
    return FigureWords(
        numbers=data["numbers"],
        multiples=data["multiples"],
        scales=data["scales"],
        ordinals=data["ordinals"],
        hedges=_inverted(data["hedges"]),
        currencies=data["currencies"],
        currency_words=data["currency_words"],
        units=_inverted(data["units"]),
        variables=_inverted(data["variables"]),
        variables_by_event=data["variables_by_event"],
        people_events=frozenset(data["people_events"]["types"]),
    )


def _inverted(table: dict[str, list[str]]) -> dict[str, str]:
    return {word: key for key, words in table.items() for word in words}
