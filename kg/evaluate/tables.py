"""Tables of scores for a terminal: gold sets of one kind beside each other."""

from collections.abc import Iterable, Mapping, Sequence

from rich.table import Table
from rich.text import Text

from kg.evaluate.columns import MAIN_COLUMNS, SHORT_COLUMNS, chosen_columns
from kg.evaluate.scores import Accuracy, Count, Fraction, Prf, Score, SetScores

_SMALL = 0.0005
_CELL = 16  # code points of a cell with its margin


def by_kind(scored: Iterable[SetScores]) -> dict[str, list[SetScores]]:
    """Return the sets that were scored, by kind, in their order."""
    kinds: dict[str, list[SetScores]] = {}
    for scores in scored:
        if not scores.skipped:
            kinds.setdefault(scores.kind, []).append(scores)
    return kinds


def score_table(
    title: str,
    sets: Sequence[SetScores],
    columns: Sequence[str],
    *,
    meanings: Mapping[str, str] | None = None,
    short: bool = False,
) -> Table:
    """Return one row a column, one column a set; baselines have rows of their own below.

    Args:
        title: of the table.
        sets: of one kind.
        columns: names of the columns, in their order.
        meanings: what a column asks, by name; shown in a last column where given.
        short: F1, accuracy or number only.
    """
    table = _table(title, "column")
    for scores in sets:
        heading = Text(scores.name).append(f"\n{scores.documents} texts", style="dim")
        table.add_column(heading, justify="right", no_wrap=True)
    if meanings:
        table.add_column("what it asks", style="dim")
    baselines = list(dict.fromkeys(name for scores in sets for name in scores.peers))
    for column in columns:
        asks = [meanings.get(column, "")] if meanings else []
        cells = (cell(scores.columns.get(column), short=short) for scores in sets)
        table.add_row(column, *cells, *asks)
        for name in baselines:
            if name.partition(" ")[0] == column:
                cells = (cell(scores.peers.get(name), short=short) for scores in sets)
                table.add_row(name, *cells, style="dim")
    return table


def document_table(scores: SetScores, columns: Sequence[str]) -> Table:
    """Return one row a text, one column a score."""
    table = _table(f"{scores.name}, by text", "text")
    for name in columns:
        table.add_column(_folded(name), justify="right", no_wrap=True)
    for document, view in scores.per_document.items():
        table.add_row(document, *(Text(_short(view.get(name))) for name in columns))
    return table


def type_table(column: str, sets: Sequence[SetScores], *, short: bool = False) -> Table | None:
    """Return one row a type, one column a set; None where a column knows no types."""
    views = [scores.by_type.get(column, {}) for scores in sets]
    types = sorted({name for view in views for name in view})
    if not types:
        return None
    table = _table(f"{column}, by type", "type")
    for scores in sets:
        table.add_column(scores.name, justify="right", no_wrap=True)
    for name in types:
        table.add_row(name, *(cell(view.get(name), short=short) for view in views))
    return table


def ablation_table(
    name: str, results: Mapping[str, Sequence[SetScores]], prefixes: Sequence[str] = ()
) -> Table:
    """Return what each rule group is worth to a set: change without it, in hundredths.

    Args:
        name: the set.
        results: as `kg.evaluate.ablate` gives them.
        prefixes: names of columns, or how they begin.
    """
    whole = _of(results[""], name)
    columns = chosen_columns([whole], prefixes)
    if not prefixes and whole.kind in MAIN_COLUMNS:
        columns = [column for column in columns if column in SHORT_COLUMNS]
    table = _table(f"{name}: change in hundredths without a rule group", "without")
    for column in columns:
        table.add_column(_folded(column), justify="right", no_wrap=True)
    table.add_row("(all rules)", *(_short(whole.columns[c]) for c in columns), end_section=True)
    for group, scored in results.items():
        if group:
            view = _of(scored, name).columns
            cells = (_change(whole.columns[c], view.get(c)) for c in columns)
            table.add_row(group, *cells)
    return table


def idle_groups(results: Mapping[str, Sequence[SetScores]]) -> list[str]:
    """Return the rule groups without which no column of any set changes."""
    whole = [scores.columns for scores in results[""]]
    return [
        group
        for group, scored in results.items()
        if group and [scores.columns for scores in scored] == whole
    ]


def width_of(sets: Sequence[SetScores], names: Iterable[str]) -> int:
    """Return how many columns of a terminal a table of all numbers takes."""
    return 2 + max(map(len, names), default=0) + _CELL * len(sets)


def cell(score: Score | None, *, short: bool = False) -> Text:
    """Return a score for a table: F1, precision and recall, or accuracy and how many."""
    if score is None:
        return Text("")
    text = Text(_short(score), style="bold")
    if short:
        return text
    if isinstance(score, Prf | Fraction):
        text.append(f" {_three(score.precision)} {_three(score.recall)}", style="not bold")
    elif isinstance(score, Accuracy):
        text.append(f" {f'n {score.asked}':>9}", style="not bold")
    elif isinstance(score, Count):
        text.append(" " * 10)
    return text


def _table(title: str, first: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, padding=(0, 1))
    table.add_column(first, no_wrap=True, style="not bold")
    return table


def _three(value: float) -> str:
    return f"{value:.3f}".removeprefix("0") if value < 0.9995 else "1.00"


def _short(score: Score | None) -> str:
    if score is None or score.value is None:
        return "-"
    return f"{score.value:g}" if isinstance(score, Count) else _three(score.value)


def _folded(column: str) -> str:
    """Break a long name in two lines."""
    group, _, name = column.partition(".")
    return f"{group}\n{name}"


def _change(before: Score, after: Score | None) -> Text:
    if after is None or before.value is None or after.value is None:
        return Text("-")
    by = after.value - before.value
    if isinstance(before, Count):
        return Text(f"{by:+g}" if by else "·")
    if abs(by) < _SMALL:
        return Text("·", style="dim")
    return Text(f"{100 * by:+.1f}", style="red" if by < 0 else "green")


def _of(scored: Sequence[SetScores], name: str) -> SetScores:
    return next(scores for scores in scored if scores.name == name)
