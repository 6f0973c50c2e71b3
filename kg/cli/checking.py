"""The command that checks graphs: validate."""

# ruff: noqa: ARG001

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import BothEngine, FailOn, Graphs, InputFormat, Quiet, ReportFormat
from kg.cli.screen import FAILED, OK, fail


def validate(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...",
            show_default=False,
            help="RDF files (Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD; also .gz), "
            "folders, or [bold]-[/bold] for standard input. Without any, the shapes alone are "
            "looked through for mistakes.",
        ),
    ] = None,
    graphs: Annotated[
        Graphs,
        typer.Option(
            rich_help_panel="Data", help="Named graphs one by one, or all together as one graph."
        ),
    ] = Graphs.each,
    context: Annotated[
        list[str] | None,
        typer.Option(
            rich_help_panel="Data",
            metavar="PATH|IRI",
            help="A file, or a named graph of the data, that stands beside each graph; may be "
            "repeated. Our own authority graph is found without.",
        ),
    ] = None,
    input_format: Annotated[
        InputFormat | None,
        typer.Option(
            rich_help_panel="Data",
            help="Syntax of standard input, or of files whose ending misleads.",
        ),
    ] = None,
    texts: Annotated[
        Path | None,
        typer.Option(
            rich_help_panel="Data",
            metavar="DIR",
            help="Source texts: proves that the words of every span are there; fails where a text "
            "is missing.",
        ),
    ] = None,
    shapes: Annotated[
        list[Path] | None,
        typer.Option(
            rich_help_panel="Shapes",
            metavar="PATH",
            help="Shapes file or folder instead of ours; may be repeated.",
        ),
    ] = None,
    profile: Annotated[
        list[str] | None,
        typer.Option(
            rich_help_panel="Shapes",
            metavar="NAME",
            help="Layers of our own shapes: core, claims, evidence, hygiene (these by default), "
            "rows, publish, vocabulary; may be repeated, or names with commas.",
        ),
    ] = None,
    engine: Annotated[
        BothEngine,
        typer.Option(
            rich_help_panel="Shapes",
            help="SHACL engine: auto takes the fast one where it can run the shapes, both compares "
            "the two.",
        ),
    ] = BothEngine.auto,
    form: Annotated[
        ReportFormat,
        typer.Option("--format", "-f", rich_help_panel="Report", help="Form of what is printed."),
    ] = ReportFormat.text,
    report: Annotated[
        list[Path] | None,
        typer.Option(
            rich_help_panel="Report",
            metavar="FILE",
            help="Also write the whole report: .json, .ttl (W3C), .sarif, .xml (JUnit) or .txt; "
            "may be repeated.",
        ),
    ] = None,
    fail_on: Annotated[
        FailOn,
        typer.Option(
            rich_help_panel="Verdict", help="The least severity that makes the exit code 1."
        ),
    ] = FailOn.violation,
    baseline: Annotated[
        Path | None,
        typer.Option(
            rich_help_panel="Verdict",
            metavar="FILE.json",
            help="Report of an earlier run: only what is new fails.",
        ),
    ] = None,
    most: Annotated[
        int,
        typer.Option(
            "--max",
            rich_help_panel="Report",
            metavar="N",
            min=0,
            help="Print at most N results; all are counted.",
        ),
    ] = 50,
    allow_unchecked: Annotated[
        bool,
        typer.Option(
            "--allow-unchecked",
            rich_help_panel="Verdict",
            help="Exit with 0 also where no node is a target of any shape.",
        ),
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Validate RDF against SHACL shapes.

    Exit codes: 0 conforms; 1 does not, or nothing was checked;
    2 cannot be validated: input, options, broken shapes, engines that disagree.

    Example: kg validate output --texts seeds
    Example: kg validate data.ttl --shapes shapes/ -f github --report report.sarif
    """
    from kg.validate import render_report, validate_graph
    from kg.write import replace_file

    if form not in (ReportFormat.text, ReportFormat.json):
        fail(f"{form}: not built yet")
    found = validate_graph(
        list(files or []), shapes=shapes[0] if shapes else None, engine=engine.value, texts=texts
    )
    for path in report or []:
        replace_file(path, render_report(found, "json"))
    if form is ReportFormat.json:
        sys.stdout.write(render_report(found, "json"))
    elif not quiet:
        sys.stdout.write(render_report(found, form.value, limit=most))
    raise SystemExit(OK if found.conforms else FAILED)
