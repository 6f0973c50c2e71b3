"""One evaluation for all tests: the scores of every gold set, computed once."""

from functools import cache

from kg.evaluate import Count, Prf, SetScores, evaluate
from kg.settings import Settings
from tests.evaluation.corpus import SHARED

RULES_ONLY = "seeds without a model"


@cache
def scored() -> dict[str, SetScores]:
    """The sets that could be scored, by name; the seeds once more without a model."""
    found = {s.name: s for s in evaluate(SHARED)}
    (bare,) = evaluate(SHARED, Settings(model="none"), only=["seeds"])
    return {name: s for name, s in {**found, RULES_ONLY: bare}.items() if not s.skipped}


def value_of(scores: SetScores, column: str) -> float:
    """F1, accuracy or number; "COLUMN precision" is the precision of a column."""
    name, _, part = column.partition(" ")
    score = scores.columns[name]
    if part and isinstance(score, Prf):
        return {"precision": score.precision, "recall": score.recall}[part]
    return -1.0 if score.value is None else score.value


def is_count(scores: SetScores, column: str) -> bool:
    """Whether less is better."""
    return isinstance(scores.columns.get(column), Count)
