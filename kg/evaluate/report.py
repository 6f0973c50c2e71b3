"""What `kg eval` shows: tables and lines, in their order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.table import Table

from kg.errors import InputError
from kg.evaluate.columns import MEANINGS, chosen_columns
from kg.evaluate.scores import SetScores
from kg.evaluate.tables import (
    ablation_table,
    by_kind,
    document_table,
    idle_groups,
    score_table,
    type_table,
    width_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What of the scores is shown.

    Attributes:
        prefixes: names of columns, or how they begin; the main ones where empty.
        everything: all columns, with what they ask.
        by_type: also a table for each column that knows types.
        per_document: also a table of the texts of each set.
        width: columns of the terminal; precision, recall and numbers are left out where they do
            not fit.
    """

    prefixes: tuple[str, ...] = ()
    everything: bool = False
    by_type: bool = False
    per_document: bool = False
    width: int = 240

    def columns(self, sets: Sequence[SetScores]) -> list[str]:
        """Return the columns to show of sets of one kind."""
        return chosen_columns(sets, self.prefixes, everything=self.everything)


def check_columns(scored: Sequence[SetScores], prefixes: Sequence[str]) -> None:
    """Check that there is a column for every name or beginning.

    Raises:
        InputError: there is none; says which there are.
    """
    names = list(dict.fromkeys(name for scores in scored for name in scores.columns))
    for prefix in prefixes:
        if names and not any(name.startswith(prefix) for name in names):
            known = ", ".join(names)
            raise InputError(f"no column is named or begins with {prefix}; there are: {known}")


def show_scores(
    scored: Sequence[SetScores], without: Mapping[str, Sequence[SetScores]], view: View
) -> Iterator[Table | str]:
    """Yield tables and lines of an evaluation.

    Args:
        scored: all sets.
        without: scores by the rule group that was off; empty where nothing was.
        view: what of it is shown.
    """
    for kind, sets in by_kind(scored).items():
        yield from _show_kind(kind, sets, view)
    for scores in scored:
        yield from (f"{scores.name}: {note}" for note in scores.notes)
    if view.per_document:
        yield from _show_documents(scored, view)
    if without:
        yield from _show_ablation({"": scored, **without}, view)


def _show_kind(kind: str, sets: Sequence[SetScores], view: View) -> Iterator[Table | str]:
    columns = view.columns(sets)
    if not columns:
        return
    meanings = MEANINGS.get(kind) if view.everything else None
    names = {*columns, *(name for scores in sets for name in scores.peers)}
    short = width_of(sets, names) > view.width
    yield score_table(kind, sets, columns, meanings=meanings, short=short)
    yield ""
    for column in columns if view.by_type else ():
        table = type_table(column, sets, short=short)
        if table is not None:
            yield from (table, "")


def _show_documents(scored: Sequence[SetScores], view: View) -> Iterator[Table | str]:
    for scores in scored:
        if scores.per_document:
            known = {name for row in scores.per_document.values() for name in row}
            columns = [name for name in view.columns([scores]) if name in known]
            yield from (document_table(scores, columns), "")


def _show_ablation(results: Mapping[str, Sequence[SetScores]], view: View) -> Iterator[Table | str]:
    for scores in results[""]:
        if not scores.skipped:
            yield from ("", ablation_table(scores.name, results, view.prefixes))
    if idle := idle_groups(results):
        yield f"\nNo column of any set changes without: {', '.join(idle)}"
