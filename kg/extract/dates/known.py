"""Events of the world whose day is known, from `lexicon/dated_events.tsv`.

They date an article only together with words such as "eight months after" or "on Thursday", and a
happening only where it is named as the one everybody knows, at or before the article's date.

What it gets wrong: a second event of the same name that the table lacks.
"""

import csv
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from kg.extract.dates.anchor import Anchor
from kg.extract.parse import Parsed
from kg.model import Time

_INDEFINITE = frozenset(
    ("a", "an", "any", "another", "new", "further", "possible", "potential", "no", "future", "next")
)
# Of more events of one name the text means any; of two, as a rule, the later one.
_MOST_ALIKE = 2
_FILE = Path(__file__).parents[1] / "lexicon" / "dated_events.tsv"


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An event with a known first day; `keywords` must be in a text for the pattern to match."""

    day: date
    name: str
    keywords: tuple[str, ...]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class KnownMention:
    """Words of the text that name a known event; several events may share them."""

    event: KnownEvent
    start: int
    end: int


@lru_cache(maxsize=1)
def known_events() -> tuple[KnownEvent, ...]:
    """Return all known events, by day."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(
        KnownEvent(
            date.fromisoformat(row["date"]),
            row["name"],
            tuple(row["keywords"].split("|")),
            re.compile(row["pattern"]),
        )
        for row in rows
    )


@lru_cache(maxsize=4)
def find_known(text: str) -> tuple[KnownMention, ...]:
    """Return the mentions of known events in a text, by position, then by day."""
    found = [
        KnownMention(event, match.start(), match.end())
        for event in known_events()
        if any(word in text for word in event.keywords)
        for match in event.pattern.finditer(text)
    ]
    return tuple(sorted(found, key=lambda m: (m.start, m.event.day)))


def known_times(parsed: Parsed, anchor: Anchor) -> dict[int, Time]:
    """Return the time of each token that belongs to a known event, by token index."""
    times: dict[int, Time] = {}
    if anchor.last is None or not parsed.uses("known-dates"):
        return times
    found = find_known(parsed.text)
    past = [m for m in found if m.event.day <= anchor.last]
    past.sort(key=lambda m: m.end - m.start)  # the longest name comes last and stands
    names = Counter((m.start, m.end) for m in past)
    for mention in past:
        if names[mention.start, mention.end] > _MOST_ALIKE:
            continue
        tokens = parsed.doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if tokens is None or any(c.lower_ in _INDEFINITE for t in tokens for c in t.children):
            continue
        day = mention.event.day.isoformat()
        basis = f"known day: {mention.event.name}"
        time = Time(earliest=day, latest=day, granularity="day", basis=basis)
        times.update({token.i: time for token in tokens})
    return times
