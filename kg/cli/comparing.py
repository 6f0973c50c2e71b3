"""The command that lays event rows beside our own extraction: compare."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import Quiet
from kg.cli.screen import FAILED, OK, fail, print_whole, tell_failures, wide_console

if TYPE_CHECKING:
    from kg.pipeline.comparing import Comparison, Counts

_FORMS = (".csv", ".json")


def compare(
    table: Annotated[
        Path,
        typer.Argument(metavar="TABLE", help="Event rows of GDELT or ACLED; .gz and .zip too."),
    ],
    articles: Annotated[
        list[Path],
        typer.Argument(metavar="ARTICLES...", help="Records (.jsonl) or folders of kg export."),
    ],
    mentions: Annotated[
        Path | None,
        typer.Option("--mentions", metavar="FILE", help="GDELT mentions: more reports of a row."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="All rows; the suffix is the form: .csv .json"
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Lay the rows of an event table beside what kg found in the same articles.

    A row and an article belong together by the address of the report. The table shows, for each row
    that has an article, what the data set claims and what the article has: asserted, claimed (by
    whom), denied, negated, or absent; and whether type, actors, place and day agree. Ends with 1 if
    a row cannot be read.

    Example: kg compare 20260813.export.CSV output -o compared.csv
    """
    from kg.pipeline.comparing import compare_files, dump_comparison
    from kg.write import replace_file

    if output is not None and output.suffix.lower() not in _FORMS:
        fail(f"{output}: the suffix says the form: {' '.join(_FORMS)}")
    if output is not None and output.resolve() in {
        table.resolve(),
        *(a.resolve() for a in articles),
    }:
        fail(f"--output {output}: is one of the files that are read; give another name")
    found, failures = compare_files(table, articles, mentions=mentions)
    tell_failures(failures)
    if output is not None:
        replace_file(output, dump_comparison(found, output.suffix.lower().removeprefix(".")))
    if not quiet:
        _show(found)
    raise SystemExit(FAILED if any(failure.fatal for failure in failures) else OK)


def _show(found: "Comparison") -> None:
    from rich.table import Table

    from kg.pipeline.comparing import iter_shown

    names = (
        "row",
        "claimed",
        "ours",
        "in the article",
        "type",
        "actors",
        "place",
        "day",
        "article",
    )
    shown = Table(*names, header_style="bold", box=None)
    for row in iter_shown(found):
        presented = f"{row.found} by {row.by}" if row.by else row.found
        shown.add_row(
            str(row.row),
            f"{row.claimed_type}: {row.claimed_actors}; {row.claimed_place}",
            f"{row.our_type}: {row.our_actors}; {row.our_place}" if row.our_type else "",
            presented,
            *(_mark(verdict) for verdict in (row.type, row.actors, row.place, row.day)),
            row.article,
        )
    if shown.row_count:
        print_whole(wide_console(), shown)
    print(_summary(found.counts), file=sys.stderr)


def _mark(verdict: str) -> str:
    return "-" if verdict == "unknown" else verdict


def _summary(counts: "Counts") -> str:
    return (
        f"{counts.rows:,} rows, {counts.with_article:,} with an article: {counts.absent:,} absent, "
        f"{counts.same_type:,} of the same type, {counts.same_class:,} of the same class; "
        f"{counts.asserted:,} asserted, {counts.claimed:,} claimed, "
        f"{counts.not_happened:,} said not to have happened; agree: {counts.actors:,} actors, "
        f"{counts.places:,} places, {counts.days:,} days"
    )
