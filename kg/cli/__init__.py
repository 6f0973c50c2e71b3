"""The command line: the only package that prints or exits.

Exit codes: 0 done and conforms; 1 something does not conform or a document failed; 2 usage,
missing input or unusable shapes; 130 interrupted.
"""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.asking import queries, query, search
from kg.cli.checking import validate
from kg.cli.comparing import compare
from kg.cli.keeping import add, remove, store_app
from kg.cli.loading import load
from kg.cli.making import export, extract, map_records
from kg.cli.reading import read
from kg.cli.scoring import evaluate_gold
from kg.cli.screen import FAILED, INTERRUPTED, USAGE, fail
from kg.cli.serving import serve
from kg.cli.tables import table
from kg.errors import KgError

__all__ = ["app", "main"]

app = typer.Typer(
    name="kg",
    help="News in, linked data out: articles, actors, events and claims as validated RDF.\n\n"
    "Start with [bold]kg export FILES -o DIR[/bold], then ask [bold]kg queries[/bold] what can be "
    "asked, and [bold]kg query DIR NAME[/bold] for an answer.",
    rich_markup_mode="rich",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_MAKE, _ASK, _KEEP = "Make a graph", "Ask a graph", "Keep a graph, pass it on"
app.command(rich_help_panel=_MAKE)(export)
app.command(rich_help_panel=_MAKE)(read)
app.command(rich_help_panel=_MAKE)(extract)
app.command("map", rich_help_panel=_MAKE)(map_records)
app.command(rich_help_panel=_MAKE)(validate)
app.command("eval", rich_help_panel=_MAKE)(evaluate_gold)
app.command(rich_help_panel=_ASK)(query)
app.command(rich_help_panel=_ASK)(queries)
app.command(rich_help_panel=_ASK)(search)
app.command(rich_help_panel=_ASK)(table)
app.command(rich_help_panel=_ASK)(compare)
app.command(rich_help_panel=_KEEP)(add)
app.command(rich_help_panel=_KEEP)(remove)
app.add_typer(store_app, rich_help_panel=_KEEP)
app.command(rich_help_panel=_KEEP)(load)
app.command(rich_help_panel=_KEEP)(serve)


def main() -> None:
    """Run the command line; errors of kg become one line and an exit code."""
    if sys.stdout is None:  # closed by the caller, who wants the exit code alone
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    try:
        _run()
    except KgError as error:
        fail(str(error))
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(FAILED) from None
    except OSError as error:  # of files every command tells by itself: this is the output
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
        fail(f"the output cannot be written: {error.strerror or error}")


def _run() -> None:
    try:
        app()
    except SystemExit as stop:
        if stop.code == INTERRUPTED:  # typer has caught the interrupt, and says nothing
            print("kg: interrupted; files written before stay as they were", file=sys.stderr)
        sys.stdout.flush()
        raise


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if version:
        from kg import __version__

        print(f"kg {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit(USAGE)
