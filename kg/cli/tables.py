"""The command that makes tables."""

import sys
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from kg.cli.asking import ready
from kg.cli.options import Quiet, RowsOf
from kg.cli.screen import fail


def table(
    name: Annotated[RowsOf, typer.Argument(metavar="events|claims|actors|figures")],
    source: Annotated[
        Path, typer.Argument(metavar="SOURCE", help="RDF file, output folder or store folder.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Its suffix is the form: .csv .tsv .jsonl .parquet. Else CSV to standard output.",
        ),
    ] = None,
    asserted: Annotated[
        bool, typer.Option("--asserted", help="Only what an article itself vouches for.")
    ] = False,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin CSV with a mark by which Excel knows UTF-8.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Make a table for spreadsheets and data frames: one row an event, claim, actor or figure.

    What is only claimed is in the table too, and its first columns say so. docs/tables.md tells
    what every column means.

    Example: kg table events output -o events.csv
    """
    from kg.store import Store, open_store
    from kg.store.tables import FORMATS, make_table, write_table
    from kg.write import replace_with

    form = output.suffix.lower().removeprefix(".") if output else "csv"
    if form not in FORMATS:
        fail(f"{output}: the suffix says the form: {' '.join('.' + one for one in FORMATS)}")
    if asserted and name in (RowsOf.claims, RowsOf.actors):
        fail(f"--asserted is for events and figures: {name.value} are not asserted or otherwise")
    ready(source)
    store = open_store(source)
    if not isinstance(store, Store):
        fail(f"{source}: a table is made from files or a store on disk: kg query asks this one")
    made, rows = make_table(store.database, name.value, asserted=asserted)
    if output is None:
        write_table(made, rows, sys.stdout.buffer, form, mark=bom)
        return

    def write(stream: BinaryIO) -> None:
        write_table(made, rows, stream, form, mark=bom)

    replace_with(output, write)
    if not quiet:
        print(f"{len(rows)} rows, {len(made.columns)} columns written to {output}")
