"""Which columns are shown."""

from collections.abc import Collection, Sequence

from kg.evaluate import meantime, pages, polnear, re3d
from kg.evaluate.annotated import COLUMNS, KIND
from kg.evaluate.scores import SetScores

MEANINGS: dict[str, dict[str, str]] = {
    KIND: COLUMNS,
    meantime.KIND: meantime.COLUMNS,
    polnear.KIND: polnear.COLUMNS,
    re3d.KIND: re3d.COLUMNS,
    pages.KIND: pages.COLUMNS,
}
"""What columns ask, by kind of gold and name."""

MAIN_COLUMNS: dict[str, tuple[str, ...]] = {
    KIND: (
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
        "events.place",
        "events.date_compatible",
        "events.factuality",
        "events.factuality_source",
        "events.not_fact_kept",
        "events.fact_kept",
        "statements.quote_and_speaker",
        "statements.direct",
        "statements.speaker",
        "cross.actors_b3_end_to_end",
        "cross.events_b3_end_to_end",
    ),
}
"""Columns that are shown by default, by kind of gold; all of them where a kind is not here."""
SHORT_COLUMNS = (
    *("named_mentions.overlap", "actors.set", "places.set", "events.mentions"),
    *("events.events", "events.arguments_lenient", "events.date_compatible", "events.factuality"),
    *("events.factuality_source", "events.not_fact_kept", "events.fact_kept"),
    *("statements.quote_and_speaker", "statements.direct"),
)
"""Columns of an ablation of annotated articles."""


def chosen_columns(
    sets: Sequence[SetScores], prefixes: Sequence[str] = (), *, everything: bool = False
) -> list[str]:
    """Return the columns to show of sets of one kind, in their order.

    Args:
        sets: of one kind.
        prefixes: names of columns, or how they begin.
        everything: all columns instead of the main ones.
    """
    names = list(dict.fromkeys(name for scores in sets for name in scores.columns))
    if prefixes:
        return [name for name in names if is_wanted(name, prefixes, names)]
    main = MAIN_COLUMNS.get(sets[0].kind) if sets and not everything else None
    return [name for name in names if main is None or name in main]


def is_wanted(name: str, prefixes: Sequence[str], names: Collection[str]) -> bool:
    """Return whether a column is named, or begins so; a whole name is that column alone.

    >>> columns = ["content", "content.direct"]
    >>> [is_wanted(c, ["content"], columns) for c in columns]
    [True, False]
    >>> [is_wanted(c, ["con"], columns) for c in columns]
    [True, True]
    """
    return name in prefixes or any(name.startswith(p) for p in prefixes if p not in names)
