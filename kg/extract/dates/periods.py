"""Stretches of the world's wars, from `lexicon/known_periods.tsv`: who held or fought for a town.

A text that tells of strikes near a town, of a campaign for it or of its siege as of its own time
was written within that stretch. A sentence with a year of its own looks back and bounds nothing.

What it gets wrong: a later retelling without any year; fighting that flares up anew.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from kg.extract.dates.clues import Clue, Told
from kg.extract.dates.days import shift
from kg.extract.parse import Parsed

_FILE = Path(__file__).parents[1] / "lexicon" / "known_periods.tsv"
_AFTERWARDS = 7


@dataclass(frozen=True, slots=True)
class KnownPeriod:
    """A stretch of days with the patterns that a sentence told within it must all hold."""

    first: date
    last: date
    name: str
    places: re.Pattern[str]
    sides: re.Pattern[str]
    deeds: re.Pattern[str]

    def fits(self, sentence: str) -> bool:
        """Return whether a sentence tells of it."""
        return all(p.search(sentence) for p in (self.places, self.sides, self.deeds))


@lru_cache(maxsize=1)
def known_periods() -> tuple[KnownPeriod, ...]:
    """Return all known stretches, in the order of the table."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(
        KnownPeriod(
            date.fromisoformat(row["first"]),
            date.fromisoformat(row["last"]),
            row["name"],
            re.compile(rf"\b(?:{row['places']})\b"),
            re.compile(rf"\b(?:{row['sides']})\b"),
            re.compile(row["deeds"]),
        )
        for row in rows
    )


@lru_cache(maxsize=1)
def _any_place() -> re.Pattern[str]:
    places = "|".join(period.places.pattern for period in known_periods())
    return re.compile(places)


def period_clues(parsed: Parsed, told: list[Told]) -> Iterator[Clue]:
    """Yield the stretches that sentences without a year of their own were told in."""
    if not parsed.uses("known-dates"):
        return
    text, seen = parsed.text, set()
    dated = {item.sentence for item in told if item.one.year}
    for match in _any_place().finditer(text):
        sentence = parsed.sentence_at(match.start())
        bounds = (sentence.start_char, sentence.end_char)
        if bounds in seen or bounds in dated:
            continue
        seen.add(bounds)
        for period in known_periods():
            if period.fits(sentence.text):
                last = shift(period.last, _AFTERWARDS)
                yield Clue(period.first, last, f"tells of the {period.name}", weak=True)
