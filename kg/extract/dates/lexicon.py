"""The words of `lexicon/dates.toml`, read once."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
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
    ordinals: dict[str, int]
    seasons: dict[str, list[int]]
    holidays: dict[str, list[int]]
    movable: dict[str, list[int]]
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
        if plain.isdigit():
            return int(plain)
        return self.numbers.get(plain, self.ordinals.get(plain, 0))


@lru_cache(maxsize=1)
def date_words() -> DateWords:
    """Return the words of time expressions."""
    data = tomllib.loads(_FILE.read_text("utf-8"))
    tense, attachment = data["tense"], data["attachment"]
    return DateWords(
        months=_lower(data["months"]),
        weekdays=_lower(data["weekdays"]),
        numbers=_lower(data["numbers"]),
        ordinals=_lower(data["ordinals"]),
        seasons=_lower(data["seasons"]),
        holidays=_lower(data["holidays"]),
        movable=_lower(data["movable_holidays"]),
        recent=data["recent"],
        future_auxiliaries=frozenset(tense["future_auxiliaries"]),
        plan_words=frozenset(tense["plan_words"]),
        speech=frozenset(attachment["speech"]),
        speech_nouns=frozenset(attachment["speech_nouns"]),
        closed_prepositions=frozenset(attachment["closed_prepositions"]),
        happening=frozenset(attachment["happening"]),
    )


def movable_day(name: str, year: int) -> date | None:
    """Return the day of a movable holiday in a year, or None for another word.

    >>> movable_day("Thanksgiving Day", 2016)
    datetime.date(2016, 11, 24)
    """
    rule = date_words().movable.get(name.lower())
    if rule is None:
        return None
    if len(rule) == 1:
        return _easter(year) + timedelta(days=rule[0])
    month, weekday, nth = rule
    if nth < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _easter(year: int) -> date:
    """Return Easter Sunday of the western churches (the Gregorian computus of Meeus)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def alternatives(words: Iterable[str]) -> str:
    """Return a regular expression for any of the words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def _lower(table: dict[str, Any]) -> dict[str, Any]:
    return {key.lower(): value for key, value in table.items()}
