"""The command that checks graphs: validate."""

import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from kg.cli.options import BothEngine, FailOn, Graphs, InputFormat, Quiet, ReportFormat
from kg.cli.screen import fail, progress
from kg.errors import InputError, ShapesError

if TYPE_CHECKING:
    from kg.validate import Severity, ValidationReport

_FILE_LINE = re.compile(r"(.*), line (\d+)")
_SEVERITIES: dict[FailOn, "Severity"] = {
    FailOn.violation: "Violation",
    FailOn.warning: "Warning",
    FailOn.info: "Info",
}


def validate(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...",
            show_default=False,
            help="RDF files (Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD; also .gz), "
            "folders, or [bold]-[/bold] for standard input. None with --only-shapes.",
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
    only_shapes: Annotated[
        bool,
        typer.Option(
            "--only-shapes",
            rich_help_panel="Shapes",
            help="Look through the shapes for mistakes, and validate nothing.",
        ),
    ] = False,
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
    from kg.validate import judge_report, load_baseline

    if not files and not only_shapes:
        fail("no FILE to validate (to look through the shapes alone, say --only-shapes)")
    if files and only_shapes:
        fail("--only-shapes validates nothing: leave out FILE")
    forms = _forms(report or [], [*(files or []), *map(str, shapes or [])])
    known = load_baseline(baseline) if baseline else None
    data = _Data(files or [], graphs, context or [], input_format, texts)
    try:
        found = _validated(data, _Shapes(shapes, _names(profile)), engine.value, quiet=quiet)
    except (ShapesError, InputError) as error:
        found = _broken(error)
    found = judge_report(
        found,
        fail_on=_SEVERITIES[fail_on],
        baseline=known,
        unchecked_fails=not allow_unchecked,
    )
    _write(found, forms)
    _print(found, form.value, most, quiet=quiet)
    raise SystemExit(found.exit_code)


class _Data(NamedTuple):
    files: list[str]
    graphs: Graphs
    context: list[str]
    form: InputFormat | None
    texts: Path | None


class _Shapes(NamedTuple):
    paths: list[Path] | None
    profiles: list[str] | None


def _names(profile: list[str] | None) -> list[str] | None:
    names = [name.strip() for text in profile or [] for name in text.split(",")]
    return [name for name in names if name] or None


def _validated(data: _Data, shapes: _Shapes, engine: str, *, quiet: bool) -> "ValidationReport":
    """Lint the shapes, then read and validate the data, if there are any."""
    from kg.validate import ValidationReport, load_shapes, open_dataset, validate_graph

    loaded = load_shapes(shapes.paths, profiles=shapes.profiles)
    if not data.files:
        return ValidationReport(only_shapes=True, checked=False, problems=loaded.problems)
    with (
        progress(quiet=quiet) as tell,
        open_dataset(
            data.files,
            union=data.graphs is Graphs.union,
            context=data.context,
            form=data.form.value if data.form else None,
            tell=tell,
        ) as dataset,
    ):
        return validate_graph(
            dataset,
            shapes=shapes.paths,
            profiles=shapes.profiles,
            engine=engine,
            texts=data.texts,
            tell=tell,
        )


def _broken(error: ShapesError | InputError) -> "ValidationReport":
    """Return the report of a run that could not begin, for programs that read only reports."""
    from kg.validate import Place, Problem, ValidationReport

    problems = getattr(error, "problems", ())
    if not problems:
        about: Literal["shapes", "data"] = "shapes" if isinstance(error, ShapesError) else "data"
        found = _FILE_LINE.fullmatch(error.source or "")
        place = Place(file=found[1], line=int(found[2]), exact=True) if found else None
        message = str(error).removeprefix(f"{error.source}: ") if place else str(error)
        problem = Problem(
            severity="Violation",
            code="unreadable-data" if about == "data" else "unusable-shapes",
            message=message,
            about=about,
            place=place,
        )
        problems = (problem,)
    return ValidationReport(checked=False, problems=problems)


def _forms(paths: list[Path], inputs: list[str]) -> dict[Path, str]:
    """Return the form of each file to write.

    A wrong ending is told before anything is done, and so is a file that would be lost.
    """
    from kg.validate import form_of, list_files

    with suppress(InputError):  # told where the file is read
        read = {Path(name).resolve() for name in list_files(inputs)} if paths else set()
        for path in paths:
            if path.resolve() in read:
                fail(f"--report {path}: is one of the files that are read; give another name")
    return {path: form_of(path) for path in paths}


def _print(found: "ValidationReport", form: str, most: int, *, quiet: bool) -> None:
    from kg.validate import render_report

    if form == ReportFormat.text and found.unusable:
        sys.stderr.write(f"kg: {render_report(found, form, limit=most)}")
    elif not (quiet and form == ReportFormat.text and found.conforms):
        sys.stdout.write(render_report(found, form, limit=most))


def _write(found: "ValidationReport", forms: dict[Path, str]) -> None:
    from kg.validate import render_report
    from kg.write import replace_file

    for path, form in forms.items():
        replace_file(path, render_report(found, form))
