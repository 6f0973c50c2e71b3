"""Raise the floors to what is measured now: `python -m tests.evaluation.set_floors`.

A margin of .01 is left for differences between processors. A floor is
lowered only with `--lower-floors`.
"""

import json
import math
import sys
from pathlib import Path

from tests.evaluation.corpus import GROUPS
from tests.evaluation.test_floors import corpus_hash, scores

TARGET = Path(__file__).parent / "floors.json"
MARGIN = 0.01
COLUMNS = (
    "article.headline",
    "article.date_compatible",
    "article.date_guess",
    "named_mentions.overlap",
    "boilerplate.leaks",
    "actors.set",
    "actors.type",
    "places.set",
    "events.mentions",
    "events.events",
    "events.arguments_lenient",
    "events.date_compatible",
    "events.factuality",
    "events.factuality_source",
    "events.not_fact_kept",
    "statements.direct",
    "statements.quote_and_speaker",
)
RULES_ONLY = (
    "named_mentions.overlap",
    "actors.set",
    "events.mentions",
    "events.not_fact_kept",
    "statements.direct",
)


def floor_of(column: str, value: float) -> float:
    return value if column == "boilerplate.leaks" else math.floor((value - MARGIN) * 1000) / 1000


def main() -> None:
    lower = "--lower-floors" in sys.argv
    old = json.loads(TARGET.read_text("utf-8")) if TARGET.exists() else {}
    new = {}
    for group in (*GROUPS, "rules_only"):
        found = scores("seeds", "none") if group == "rules_only" else scores(group)
        columns = RULES_ONLY if group == "rules_only" else COLUMNS
        before = old.get(group, {}).get("floors", {})
        floors = {}
        for column in columns:
            value = floor_of(column, found[column])
            kept = before.get(column, value)
            better = min if column == "boilerplate.leaks" else max
            floors[column] = value if lower else better(value, kept)
            print(f"{group:11} {column:30} {found[column]:.3f}  floor {floors[column]}")
        new[group] = {
            "corpus": corpus_hash("seeds" if group == "rules_only" else group),
            "floors": floors,
        }
    TARGET.write_text(json.dumps(new, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
