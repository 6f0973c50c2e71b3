"""Mistakes as text, one block each, and scores as JSON."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kg.evaluate.columns import chosen_columns
from kg.evaluate.scores import Accuracy, Count, Mistake, Prf, Score, SetScores

_MOST = 160  # code points of what the gold or the record says


def list_mistakes(
    scored: Iterable[SetScores], prefixes: Sequence[str] = (), *, everything: bool = False
) -> Iterator[str]:
    """Yield lines: for each set and column a heading with counts, then a block for each mistake.

    The first line of a block is `SET/TEXT:OFFSET: COLUMN KIND: gold … found …`, the second the
    sentence; OFFSET counts code points of the raw text, and is 0 for what has no place.

    Args:
        scored: sets with their mistakes.
        prefixes: names of columns, or how they begin; the main ones where empty.
        everything: all columns instead of the main ones.
    """
    for scores in scored:
        columns: dict[str, list[Mistake]] = {}
        for mistake in scores.mistakes:
            columns.setdefault(mistake.column, []).append(mistake)
        for column in chosen_columns([scores], prefixes, everything=everything):
            if column in columns:
                yield from _section(scores.name, column, columns[column])


def _section(name: str, column: str, mistakes: Sequence[Mistake]) -> Iterator[str]:
    counts = Counter(mistake.kind for mistake in mistakes)
    numbers = ", ".join(f"{n} {kind}" for kind, n in sorted(counts.items()))
    yield f"== {name} {column}: {numbers}"
    types = Counter(mistake.type for mistake in mistakes if mistake.type)
    if len(types) > 1:
        ranked = sorted(types.items(), key=lambda item: (-item[1], item[0]))
        yield "   " + ", ".join(f"{kind} {n}" for kind, n in ranked)
    for mistake in mistakes:
        yield from _block(name, mistake)
    yield ""


def _block(name: str, mistake: Mistake) -> Iterator[str]:
    said = []
    if mistake.gold is not None:
        said.append(f"gold={_cut(mistake.gold)!r}")
    if mistake.found is not None:
        said.append(f"found={_cut(mistake.found)!r}")
    place = f"{name}/{mistake.document}:{mistake.offset or 0}"
    yield f"{place}: {mistake.column} {mistake.kind}: {' '.join(said)}"
    if mistake.sentence:
        yield f"    {mistake.sentence}"


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _MOST else line[:_MOST] + "…"


def dump_scores(
    scored: Sequence[SetScores], without: Mapping[str, Sequence[SetScores]] | None = None
) -> str:
    """Return the scores as JSON text; without a rule group the mistakes are left out.

    Args:
        scored: all sets.
        without: scores by the rule group that was off.
    """
    value: dict[str, object] = {"sets": to_json(scored)}
    if without:
        value["without"] = {group: to_json(sets, mistakes=False) for group, sets in without.items()}
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def to_json(scored: Iterable[SetScores], *, mistakes: bool = True) -> list[dict[str, Any]]:
    """Return the scores as values of JSON, one object a set, with all columns and mistakes."""
    return [_set(scores, mistakes=mistakes) for scores in scored]


def _set(scores: SetScores, *, mistakes: bool) -> dict[str, Any]:
    if scores.skipped:
        return {"name": scores.name, "kind": scores.kind, "skipped": scores.skipped}
    return {
        "name": scores.name,
        "kind": scores.kind,
        "documents": scores.documents,
        "digest": scores.digest,
        "columns": _columns(scores.columns),
        "peers": _columns(scores.peers),
        "by_type": {column: _columns(rows) for column, rows in scores.by_type.items()},
        "per_document": {name: _columns(rows) for name, rows in scores.per_document.items()},
        "left_out": dict(scores.left_out),
        "notes": list(scores.notes),
        **({"mistakes": _mistakes(scores)} if mistakes else {}),
    }


def _mistakes(scores: SetScores) -> list[dict[str, Any]]:
    return [
        {
            "column": m.column,
            "kind": m.kind,
            "document": m.document,
            "offset": m.offset,
            "type": m.type,
            "gold": m.gold,
            "found": m.found,
            "sentence": m.sentence,
        }
        for m in scores.mistakes
    ]


def _columns(columns: Mapping[str, Score]) -> dict[str, dict[str, float | None]]:
    return {name: _score(score) for name, score in columns.items()}


def _score(score: Score) -> dict[str, float | None]:
    if isinstance(score, Count):
        return {"count": score.number}
    if isinstance(score, Accuracy):
        return {"accuracy": score.value, "right": score.right, "n": score.asked}
    values: dict[str, float | None] = {
        "f1": score.value,
        "precision": score.precision,
        "recall": score.recall,
    }
    if isinstance(score, Prf):
        values |= {"right": score.right, "invented": score.invented, "missed": score.missed}
    return values
