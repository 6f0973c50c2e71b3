"""The sheet of one article: counts, mistakes with their sentences, and what counts where."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from kg.evaluate.annotated.compare import Range, overlap
from kg.evaluate.annotated.shape import GoldArticle, Pairs
from kg.evaluate.scores import Accuracy, Mistake, Prf, Score, add_columns

_LONGEST = 400  # code points of a sentence in a message


@dataclass(slots=True)
class Sheet:
    """Scores of one article.

    Every error that is counted is also kept as a `Mistake`.
    """

    gold: GoldArticle
    columns: dict[str, Score] = field(default_factory=dict)
    by_type: dict[str, dict[str, Score]] = field(default_factory=dict)
    peers: dict[str, Score] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    pairs: Pairs = field(default_factory=Pairs)

    def open(self, *columns: str, score: Score) -> None:
        """Begin columns, so that they are there even where nothing is counted."""
        for column in columns:
            self.columns.setdefault(column, score)

    def add(self, column: str, score: Score, kind: str = "") -> None:
        """Add to a column, and to its row of a type."""
        _add(self.columns, column, score)
        if kind:
            _add(self.by_type.setdefault(column, {}), kind, score)

    def compare(self, name: str, score: Score) -> None:
        """Add to a baseline, which is named `COLUMN (BASELINE)`."""
        _add(self.peers, name, score)

    def right(self, column: str, kind: str = "") -> None:
        """Count something found that is right."""
        self.add(column, Prf(1), kind)

    def missed(self, column: str, gold: str, at: Range | None, kind: str = "") -> None:
        """Count something that should have been found."""
        self.add(column, Prf(0, 0, 1), kind)
        self.note(column, "missed", at, kind=kind, gold=gold)

    def invented(self, column: str, found: str, at: Range | None, kind: str = "") -> None:
        """Count something that should not have been found."""
        self.add(column, Prf(0, 1), kind)
        self.note(column, "invented", at, kind=kind, found=found)

    def answer(
        self,
        column: str,
        *,
        good: bool,
        gold: object = None,
        found: object = None,
        at: Range | None = None,
        kind: str = "",
    ) -> None:
        """Count an answer that is right or wrong."""
        self.add(column, Accuracy(float(good), 1), kind)
        if not good:
            self.note(column, "wrong", at, kind=kind, gold=_words(gold), found=_words(found))

    def note(
        self,
        column: str,
        what: Literal["missed", "invented", "wrong"],
        at: Range | None,
        *,
        kind: str = "",
        gold: str | None = None,
        found: str | None = None,
    ) -> None:
        """Keep a mistake without counting it."""
        self.mistakes.append(
            Mistake(
                column=column,
                kind=what,
                document=self.gold.name,
                type=kind,
                gold=gold,
                found=found,
                sentence=self.sentence(at) if at else "",
                offset=at[0] if at else None,
            )
        )

    def sentence(self, at: Range) -> str:
        """Return the sentence around a range on one line, or its paragraph where none is known."""
        text = self.gold.text
        around = next((s for s in self.gold.sentences if s[0] <= at[0] < s[1]), None)
        if around is None:
            end = text.find("\n", at[0])
            around = text.rfind("\n", 0, at[0]) + 1, end if end >= 0 else len(text)
        words = " ".join(text[around[0] : around[1]].split())
        return words if len(words) <= _LONGEST else words[:_LONGEST] + "…"

    def in_body(self, at: Range) -> bool:
        """Whether a range lies in what is scored."""
        body = self.gold.body
        return body[0] <= at[0] and at[1] <= body[1] and not self.in_junk(at)

    def in_junk(self, at: Range) -> bool:
        """Whether a range touches a caption, biography, link, menu or notice."""
        return any(overlap(at, junk) for _, junk in self.gold.junk)

    def is_neutral(self, at: Range) -> bool:
        """Whether nothing is counted there: headline and deck, but not the junk."""
        kinds = (kind for kind, junk in self.gold.junk if overlap(at, junk))
        return not self.in_body(at) and all(kind == "deck" for kind in kinds)

    def sorted_mistakes(self) -> tuple[Mistake, ...]:
        """Return the mistakes in the order of the text, those without a place first."""
        return tuple(sorted(self.mistakes, key=lambda m: -1 if m.offset is None else m.offset))


def touches(at: Range, others: Iterable[Range]) -> bool:
    """Return whether a range shares a code point with one of others."""
    return any(overlap(at, other) for other in others)


def _add(scores: dict[str, Score], name: str, score: Score) -> None:
    before = {name: scores[name]} if name in scores else {}
    scores.update(add_columns([before, {name: score}]))


def _words(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, tuple) and len(value) == 2:
        first, last = (str(side or "..") for side in value)
        return first if first == last else f"{first}/{last}"
    return str(value)
