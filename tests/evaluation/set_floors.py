"""Raise the floors to what is measured now: `python -m tests.evaluation.set_floors`.

A margin of .01 is left for differences between processors. A floor is
lowered only with `--lower-floors`.
"""

import json
import math
import sys
from pathlib import Path

from kg.evaluate import SetScores
from tests.evaluation.scored import RULES_ONLY, is_count, scored, value_of

TARGET = Path(__file__).parent / "floors.json"
MARGIN = 0.01
COLUMNS = {
    "annotated articles": (
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
        "events.fact_kept",
        "statements.direct",
        "statements.quote_and_speaker",
    ),
    "MEANTIME": (
        "events.mentions precision",
        "events.mentions",
        "factuality.not_asserted",
        "factuality.asserted",
    ),
    "PolNeAR": ("content", "content.direct", "content.indirect", "source"),
    "re3d": ("names.overlap", "names.exact", "names.type"),
    "pages": ("page.headline", "page.date", "page.authors", "page.body", "page.body_mean"),
}
BARE_COLUMNS = (
    "named_mentions.overlap",
    "actors.set",
    "events.mentions",
    "events.not_fact_kept",
    "statements.direct",
)


def columns_of(name: str, scores: SetScores) -> tuple[str, ...]:
    return BARE_COLUMNS if name == RULES_ONLY else COLUMNS.get(scores.kind, ())


def floor_of(scores: SetScores, column: str) -> float:
    value = value_of(scores, column)
    return value if is_count(scores, column) else math.floor((value - MARGIN) * 1000) / 1000


def main() -> None:
    lower = "--lower-floors" in sys.argv
    old = json.loads(TARGET.read_text("utf-8")) if TARGET.exists() else {}
    new = {}
    for name, scores in scored().items():
        before = old.get(name, {}).get("floors", {})
        floors = {}
        for column in columns_of(name, scores):
            value = floor_of(scores, column)
            better = min if is_count(scores, column) else max
            floors[column] = value if lower else better(value, before.get(column, value))
            found = value_of(scores, column)
            print(f"{name:22} {column:28} {found:.3f}  floor {floors[column]}")
        new[name] = {"corpus": scores.digest, "floors": floors}
    TARGET.write_text(json.dumps(new, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
