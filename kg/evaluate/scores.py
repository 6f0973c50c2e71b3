"""What a comparison with a gold set gives: columns that add up over documents, and mistakes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Prf:
    """Counts behind precision, recall and F1.

    Attributes:
        right: true positives.
        invented: false positives.
        missed: false negatives.
    """

    right: float = 0
    invented: float = 0
    missed: float = 0

    def __add__(self, other: "Prf") -> "Prf":
        return Prf(
            self.right + other.right, self.invented + other.invented, self.missed + other.missed
        )

    @property
    def precision(self) -> float:
        """Share of what was found that is right, 0 to 1; 1 where nothing was found or asked."""
        found = self.right + self.invented
        return self.right / found if found else float(not self.missed)

    @property
    def recall(self) -> float:
        """Share of the gold that was found, 0 to 1; 1 where the gold is empty and all is."""
        wanted = self.right + self.missed
        return self.right / wanted if wanted else float(not self.invented)

    @property
    def value(self) -> float:
        """F1, 0 to 1."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Right answers of all that were asked."""

    right: float = 0
    asked: int = 0

    def __add__(self, other: "Accuracy") -> "Accuracy":
        return Accuracy(self.right + other.right, self.asked + other.asked)

    @property
    def value(self) -> float | None:
        """Share of right answers, 0 to 1; None where nothing was asked."""
        return self.right / self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class Count:
    """A plain number; 0 is best."""

    number: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.number + other.number)

    @property
    def value(self) -> float:
        """The number."""
        return float(self.number)


@dataclass(frozen=True, slots=True)
class Fraction:
    """Precision and recall that were computed over a whole set, such as B-cubed."""

    precision: float = 0.0
    recall: float = 0.0

    @property
    def value(self) -> float:
        """F1, 0 to 1."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


Score = Prf | Accuracy | Count | Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One thing that was missed, invented or wrong.

    Attributes:
        column: column that it lowers, such as `events.mentions`.
        kind: what went wrong.
        document: name of the text.
        type: event, actor or claim type that it is counted under, where there is one.
        gold: what the gold says; None for an invention.
        found: what the record says; None for a miss.
        sentence: the words around it.
        offset: where it is in the text, code points; None where it has no place.
    """

    column: str
    kind: Literal["missed", "invented", "wrong"]
    document: str
    type: str = ""
    gold: str | None = None
    found: str | None = None
    sentence: str = ""
    offset: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetScores:
    """What one gold set gave.

    Attributes:
        name: name of the set, such as `seeds` or `meantime/dev`.
        kind: kind of gold, such as `annotated articles`, `MEANTIME`, `PolNeAR`, `re3d`, `pages`.
        documents: number of texts that were scored.
        digest: first 16 hex digits of the sha256 over names and texts, in order of names.
        columns: column name -> score, in the order to print.
        peers: "COLUMN (BASELINE)" -> score of a baseline on the same texts, such as
            "events.mentions (all verbs)".
        by_type: column name -> type -> score.
        left_out: neutral type -> number of found things that were not charged, since the set does
            not annotate the type.
        per_document: document -> column -> score; sums and B-cubed are in `columns` only.
        mistakes: in order of document and place.
        notes: what a reader of the table must know, one line each.
        skipped: why the set could not be scored; empty where it was.
    """

    name: str
    kind: str
    documents: int = 0
    digest: str = ""
    columns: Mapping[str, Score] = field(default_factory=dict)
    peers: Mapping[str, Score] = field(default_factory=dict)
    by_type: Mapping[str, Mapping[str, Score]] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    per_document: Mapping[str, Mapping[str, Score]] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()
    notes: tuple[str, ...] = ()
    skipped: str = ""


def add_columns(many: Iterable[Mapping[str, Score]]) -> dict[str, Score]:
    """Return the sums of the columns of several documents; all columns but `Fraction` add up.

    >>> add_columns([{"a": Count(1)}, {"a": Count(2)}])["a"].value
    3.0
    """
    total: dict[str, Score] = {}
    for columns in many:
        for name, score in columns.items():
            total[name] = total[name] + score if name in total else score  # type: ignore[operator]
    return total
