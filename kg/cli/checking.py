"""The command that checks graphs: validate."""

import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from kg.cli.options import (
    AllowUnchecked,
    BaselineOption,
    BothEngine,
    BothEngineOption,
    ContextOption,
    FailOn,
    FailOnOption,
    Graphs,
    GraphsOption,
    InputFormat,
    InputFormatOption,
    MostOption,
    OnlyShapes,
    ProfileOption,
    Quiet,
    RdfFiles,
    ReportFiles,
    ReportFormat,
    ReportFormatOption,
    ShapesOption,
    TextsOption,
)
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
    files: RdfFiles = None,
    graphs: GraphsOption = Graphs.each,
    context: ContextOption = None,
    input_format: InputFormatOption = None,
    texts: TextsOption = None,
    shapes: ShapesOption = None,
    profile: ProfileOption = None,
    only_shapes: OnlyShapes = False,
    engine: BothEngineOption = BothEngine.auto,
    form: ReportFormatOption = ReportFormat.text,
    report: ReportFiles = None,
    fail_on: FailOnOption = FailOn.violation,
    baseline: BaselineOption = None,
    most: MostOption = 50,
    allow_unchecked: AllowUnchecked = False,
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
    read = [*(files or []), *map(str, [*(shapes or []), *([baseline] if baseline else [])])]
    forms = _forms(report or [], [*read, *(context or [])], texts)
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


def _forms(paths: list[Path], inputs: list[str], texts: Path | None) -> dict[Path, str]:
    """Return the form of each file to write.

    A wrong ending is told before anything is done, and so is a file that would be lost.
    """
    from kg.validate import form_of, list_files

    read: set[Path] = set()
    for name in inputs if paths else []:
        with suppress(InputError):  # told where the file is read
            read.update(Path(file).resolve() for file in list_files([name]))
    for path in paths:
        target = path.resolve()
        is_text = texts is not None and target.is_file() and target.is_relative_to(texts.resolve())
        if target in read or is_text:
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
