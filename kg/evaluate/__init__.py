"""Score the extraction against gold sets: annotated articles, MEANTIME, PolNeAR, re3d, pages.

`evaluate` finds every gold set in a folder, extracts its texts as `kg extract` does with default
options, and compares the records with what people annotated. Nothing of a gold set is ever part of
the project: the folder is the user's.
"""

from kg.evaluate.gold_set import GoldSet
from kg.evaluate.runs import ablate, evaluate, find_gold
from kg.evaluate.scores import Accuracy, Count, Fraction, Mistake, Prf, Score, SetScores

evaluate_gold = evaluate  # how `kg` offers it, where `kg.evaluate` is this package

__all__ = [
    "Accuracy",
    "Count",
    "Fraction",
    "GoldSet",
    "Mistake",
    "Prf",
    "Score",
    "SetScores",
    "ablate",
    "evaluate",
    "evaluate_gold",
    "find_gold",
]
