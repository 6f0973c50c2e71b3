"""The words of `lexicon/dates.toml`, read once."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parents[1] / "lexicon" / "dates.toml"


@dataclass(frozen=True)
class DateWords:
    """Words of time expressions with what they stand for; keys in lower case."""

    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    seasons: dict[str, list[int]]
    holidays: dict[str, list[int]]
    recent: dict[str, int]
    future_auxiliaries: frozenset[str]
    plan_words: frozenset[str]
    speech: frozenset[str]
    speech_nouns: frozenset[str]
    closed_prepositions: frozenset[str]
    happening: frozenset[str]

    def number(self, words: str | None) -> int:
        """Return the value of "3", "three" or "a"; 1 for nothing, 0 for a vague word."""
        if not words:
            return 1
        plain = words.strip().lower().replace(",", "")
        return int(plain) if plain.isdigit() else self.numbers.get(plain, 0)


@lru_cache(maxsize=1)
def date_words() -> DateWords:
    """Return the words of time expressions."""
    data = tomllib.loads(_FILE.read_text("utf-8"))
    tense, attachment = data["tense"], data["attachment"]
    return DateWords(
        months=_lower(data["months"]),
        weekdays=_lower(data["weekdays"]),
        numbers=_lower(data["numbers"]),
        seasons=_lower(data["seasons"]),
        holidays=_lower(data["holidays"]),
        recent=data["recent"],
        future_auxiliaries=frozenset(tense["future_auxiliaries"]),
        plan_words=frozenset(tense["plan_words"]),
        speech=frozenset(attachment["speech"]),
        speech_nouns=frozenset(attachment["speech_nouns"]),
        closed_prepositions=frozenset(attachment["closed_prepositions"]),
        happening=frozenset(attachment["happening"]),
    )


def alternatives(words: Iterable[str]) -> str:
    """Return a regular expression for any of the words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def _lower(table: dict[str, Any]) -> dict[str, Any]:
    return {key.lower(): value for key, value in table.items()}
