"""The command that scores the extraction: eval."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import (
    Ablation,
    By,
    Columns,
    ErrorsOption,
    Model,
    Only,
    PerDocument,
    Quiet,
    Without,
)
from kg.cli.screen import FAILED, OK, USAGE, print_whole, progress, wide_console
from kg.settings import Settings

_NOT_READ = "pages"  # HTML, which is not read yet: no fault of the folder


def evaluate_gold(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Folder that holds gold sets, at any depth.")
    ],
    columns: Columns = None,
    only: Only = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show all columns, with what they ask.")
    ] = False,
    errors: ErrorsOption = False,
    by: Annotated[By | None, typer.Option(help="Divide the columns that know types.")] = None,
    per_document: PerDocument = False,
    without: Without = None,
    ablation: Ablation = False,
    model: Model = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write all scores and mistakes.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Score the extraction against gold sets: one table for each kind, the sets beside each other.

    Finds annotated articles (NAME.gold.json with texts), MEANTIME, PolNeAR, re3d and publishers'
    pages below FOLDER, extracts their texts as [bold]kg extract[/bold] does, and compares. A cell
    is F1, precision, recall; or accuracy and how many were asked. 1 if a set is
    broken, 2 if nothing can be scored.

    Examples: kg eval gold; kg eval gold events --errors; kg eval gold --ablation --only seeds
    """
    from kg.evaluate.listing import dump_scores, list_mistakes
    from kg.evaluate.report import View, check_columns, show_scores
    from kg.evaluate.runs import ablate, check_groups, evaluate
    from kg.write import replace_file

    sets, off, shown = _split(only), check_groups(_split(without)), tuple(columns or ())
    settings = Settings(model=model, without=frozenset() if ablation else frozenset(off))
    with progress(quiet=quiet) as tell:
        if ablation:
            results = ablate(folder, settings, only=sets, groups=off, progress=tell)
        else:
            results = {"": evaluate(folder, settings, only=sets, progress=tell)}
    scored = results.pop("")
    check_columns(scored, shown)
    if json_file:
        replace_file(json_file, dump_scores(scored, results))
    if not quiet:
        wide = wide_console()
        view = View(
            prefixes=shown,
            everything=everything,
            by_type=by is not None,
            per_document=per_document,
            width=wide.width,
        )
        for part in show_scores(scored, results, view):
            print_whole(wide, part)
    if errors:
        for line in list_mistakes(scored, shown, everything=everything):
            print(line)
    for scores in scored:
        if scores.skipped:
            print(f"kg: {scores.name}: skipped: {scores.skipped}", file=sys.stderr)
    if all(scores.skipped for scores in scored):
        raise SystemExit(USAGE)
    broken = any(scores.skipped and scores.kind != _NOT_READ for scores in scored)
    raise SystemExit(FAILED if broken else OK)


def _split(values: list[str] | None) -> list[str]:
    return [name for value in values or () for name in value.split(",") if name]
