"""Commands that ask of graphs: query, queries."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import TableFormat
from kg.cli.screen import fail, make_console, print_table


def query(
    source: Annotated[
        Path, typer.Argument(metavar="SOURCE", help="RDF file, output folder or store folder.")
    ],
    text: Annotated[
        str,
        typer.Argument(metavar="QUERY", help="Name of a saved query, a .rq file, or SPARQL text."),
    ],
    parameters: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME=VALUE", help="Parameters of a saved query."),
    ] = None,
    output_format: Annotated[
        TableFormat,
        typer.Option("--format", "-f", help="table for people, the others for programs."),
    ] = TableFormat.table,
) -> None:
    """Ask SPARQL of a graph.

    Examples: kg query output disputed; kg query output claims-by-speaker speaker=Lukashenko
    """
    from kg.store import open_store

    rows = open_store(source).query(text, _pairs(parameters or []))
    if output_format is TableFormat.table:
        print_table(list(rows.columns), [list(row) for row in rows])
    else:
        sys.stdout.write(rows.serialize(output_format.value))


def queries() -> None:
    """List the saved queries: name, what each answers, and its parameters."""
    from rich.table import Table

    from kg.store import list_queries

    table = Table("name", "what it answers", "parameters", box=None, header_style="bold")
    for saved in list_queries():
        table.add_row(
            saved.name,
            saved.answers,
            "\n".join(f"{p.name}={p.default}" for p in saved.parameters),
        )
    make_console().print(table)


def _pairs(parameters: list[str]) -> dict[str, str]:
    pairs = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals:
            fail(f"{parameter!r}: a parameter is NAME=VALUE, such as speaker=Lukashenko")
        pairs[name] = value
    return pairs
