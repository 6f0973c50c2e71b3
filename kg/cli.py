"""The command line: the only module that prints or exits.

Exit codes: 0 done and conforms; 1 something does not conform or a document failed; 2 usage,
missing input or unusable shapes; 130 interrupted.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import KgError
from kg.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from kg.model import Failure
    from kg.pipeline import Export

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
OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
_WIDE = 240  # columns of a table that goes to a file
_FEW = 3  # documents that need no progress bar
_DEFAULT = Settings()


class Engine(StrEnum):
    """SHACL engines."""

    auto = "auto"
    shacl = "shacl"
    pyshacl = "pyshacl"


class Evidence(StrEnum):
    """What the graph holds of the words of a span."""

    words = "words"
    offsets = "offsets"


class TableFormat(StrEnum):
    """Formats of query results."""

    table = "table"
    csv = "csv"
    json = "json"
    xml = "xml"


class By(StrEnum):
    """What scores are divided by."""

    type = "type"


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...",
        help="Text files, folders, globs; [bold]-[/bold] is standard input. What a text lacks can "
        "stand beside it in NAME.meta.json (url, title, publisher, date_published, authors).",
    ),
]
Meta = Annotated[
    Path | None,
    typer.Option(
        metavar="TABLE",
        help="CSV or JSON Lines with a column [bold]file[/bold] and url, title, publisher, "
        "date_published, authors, language.",
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        metavar="PACKAGE",
        help="An installed spaCy model other than the pinned one; [bold]none[/bold]: rules only.",
    ),
]
Base = Annotated[
    str, typer.Option(metavar="IRI", envvar="KG_BASE", help="Prefix of every IRI that is made.")
]
WithText = Annotated[
    bool, typer.Option("--with-text", help="Keep the full text in records and graph (copyright!).")
]
EvidenceOption = Annotated[
    Evidence,
    typer.Option(help="[bold]words[/bold] of each span, or only [bold]offsets[/bold] and a hash."),
]
EngineOption = Annotated[
    Engine, typer.Option(help="SHACL engine; auto takes the fast one where it is installed.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")]
Columns = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="COLUMN...",
        help="Columns to show: a whole name, or how names begin, such as [bold]events[/bold]; the "
        "main ones by default.",
    ),
]
Only = Annotated[
    list[str] | None,
    typer.Option(metavar="SET", help="Only this set; may be repeated, or names with commas."),
]
ErrorsOption = Annotated[
    bool,
    typer.Option("--errors", help="List what was missed, invented or wrong, with its sentence."),
]
PerDocument = Annotated[
    bool, typer.Option("--per-document", help="Also show the scores of each text.")
]
Without = Annotated[
    list[str] | None,
    typer.Option(metavar="GROUP", help="Switch a rule group off; may be repeated."),
]
Ablation = Annotated[
    bool,
    typer.Option(
        "--ablation",
        help="Switch each rule group off in turn (those of --without, if given), and show what is "
        "lost.",
    ),
]


def main() -> None:
    """Run the command line; errors of kg become one line and an exit code."""
    try:
        app()
    except KgError as error:
        _fail(str(error))
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(FAILED) from None
    except KeyboardInterrupt:
        print("kg: interrupted; files written before stay as they were", file=sys.stderr)
        raise SystemExit(INTERRUPTED) from None


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


@app.command()
def export(
    inputs: Inputs,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Output folder.")],
    meta: Meta = None,
    base: Base = _DEFAULT.base,
    model: Model = None,
    evidence: EvidenceOption = Evidence.words,
    with_text: WithText = False,
    engine: EngineOption = Engine.auto,
    quiet: Quiet = False,
) -> None:
    """Read news, extract, link, map, validate and write: the whole way in one command.

    Writes graph.ttl and graph.trig (the graph, flat and by article), articles.jsonl (the records),
    report.json (validation), failures.jsonl, provenance.trig, run.json and manifest.json. Ends with
    1 if a document failed or the graph does not conform, else 0.

    Example: kg export seeds -o output
    """
    from kg.pipeline import export_articles

    settings = _settings(base, model, evidence, with_text=with_text)
    with _progress(quiet=quiet) as tell:
        result = export_articles(
            inputs, output, settings, meta=meta, engine=engine.value, progress=tell
        )
    _tell_failures(result.failures)
    if model != "none":
        _warn_rules_only(result)
    if not result.articles:
        print("kg: no article was found: the graph files stay as they were", file=sys.stderr)
    elif not quiet:
        _closing_table(result)
        if not result.report.conforms:
            print(result.report.to_text(limit=20), file=sys.stderr)
        _console().print(
            f"Written to [bold]{output}[/bold]: {_names(result.files)}", soft_wrap=True
        )
        if result.report.warnings and result.report.conforms:
            _console().print(f"What the warnings are: kg validate {output}", soft_wrap=True)
    raise SystemExit(OK if result.ok else FAILED)


@app.command()
def extract(
    inputs: Inputs,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE.jsonl", help="Records, one a line.")
    ],
    meta: Meta = None,
    model: Model = None,
    with_text: WithText = False,
    quiet: Quiet = False,
) -> None:
    """Read news and write records (JSON Lines): articles, actors, events, claims with their spans.

    Example: kg extract seeds -o articles.jsonl
    """
    from kg.pipeline import collect_documents, extract_documents
    from kg.records import dump_records
    from kg.write import replace_file

    settings = Settings(model=model, with_text=with_text)
    with _progress(quiet=quiet) as tell:
        documents, failures = collect_documents(inputs, settings, meta)
        articles, more = extract_documents(documents, settings, tell)
    if articles:
        replace_file(output, dump_records(articles))
    failures = sorted([*failures, *more], key=lambda f: (f.source, f.step, f.reason))
    _tell_failures(failures)
    if not quiet:
        told = f"{len(articles)} records written to {output}" if articles else "nothing written"
        _console().print(told)
    raise SystemExit(FAILED if any(f.fatal for f in failures) else OK)


@app.command("map")
def map_records(
    records: Annotated[
        Path, typer.Argument(metavar="FILE.jsonl", help="Records, ours or another extractor's.")
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Graph; the suffix says the format: .ttl .trig .nq .nt .jsonld",
        ),
    ],
    base: Base = _DEFAULT.base,
    evidence: EvidenceOption = Evidence.words,
    with_text: WithText = False,
    quiet: Quiet = False,
) -> None:
    """Map records to RDF.

    Example: kg map articles.jsonl -o graph.ttl
    """
    from kg.map import map_articles
    from kg.records import read_records
    from kg.write import write_graph

    settings = _settings(base, None, evidence, with_text=with_text)
    if not records.is_file():
        _fail(f"{records}: no such file")
    articles = list(read_records(records))
    if not articles:
        _fail(f"{records}: no record in this file; nothing was written")
    quads = map_articles(articles, settings)
    count = write_graph(quads, output, base=settings.base)
    if not quiet:
        _console().print(f"{count} triples written to [bold]{output}[/bold]")


@app.command()
def validate(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="RDF files, or an output folder.")
    ],
    shapes: Annotated[
        Path | None, typer.Option(metavar="PATH", help="Shapes file or folder instead of ours.")
    ] = None,
    engine: EngineOption = Engine.auto,
    texts: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Source texts: proves that the words of every span are there."
        ),
    ] = None,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE.json", help="Also write the report as JSON.")
    ] = None,
    most: Annotated[
        int, typer.Option("--max", metavar="N", help="Print at most N results, the worst first.")
    ] = 50,
) -> None:
    """Validate RDF against SHACL shapes; 0 conforms, 1 does not, 2 cannot be validated.

    Example: kg validate output --texts seeds
    """
    from kg.validate import validate_graph
    from kg.write import replace_file

    result = validate_graph(files, shapes=shapes, engine=engine.value, texts=texts)
    if report:
        replace_file(report, result.to_json())
    print(result.to_text(limit=most))
    raise SystemExit(OK if result.conforms else FAILED)


@app.command("eval")
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
    is F1, precision, recall; or accuracy and how many were asked. 2 if nothing can be scored.

    Examples: kg eval gold; kg eval gold events --errors; kg eval gold --ablation --only seeds
    """
    from kg.evaluate.listing import dump_scores, list_mistakes
    from kg.evaluate.report import View, check_columns, show_scores
    from kg.evaluate.runs import ablate, check_groups, evaluate
    from kg.write import replace_file

    sets, off, shown = _split(only), check_groups(_split(without)), tuple(columns or ())
    settings = Settings(model=model, without=frozenset() if ablation else frozenset(off))
    with _progress(quiet=quiet) as tell:
        if ablation:
            results = ablate(folder, settings, only=sets, groups=off, progress=tell)
        else:
            results = {"": evaluate(folder, settings, only=sets, progress=tell)}
    scored = results.pop("")
    check_columns(scored, shown)
    if json_file:
        replace_file(json_file, dump_scores(scored, results))
    view = View(
        prefixes=shown, everything=everything, by_type=by is not None, per_document=per_document
    )
    if not quiet:
        _print_parts(show_scores(scored, results, view))
    if errors:
        for line in list_mistakes(scored, shown, everything=everything):
            print(line)
    for scores in scored:
        if scores.skipped:
            print(f"kg: {scores.name}: skipped: {scores.skipped}", file=sys.stderr)
    raise SystemExit(USAGE if all(scores.skipped for scores in scored) else OK)


@app.command()
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
        _print_table(list(rows.columns), [list(row) for row in rows])
    else:
        sys.stdout.write(rows.serialize(output_format.value))


@app.command()
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
    _console().print(table)


def _settings(base: str, model: str | None, evidence: Evidence, *, with_text: bool) -> Settings:
    from kg.iris import check_base

    try:
        check_base(base)
    except ValueError as error:
        _fail(f"--base: {error}")
    return Settings(base=base, model=model, evidence=evidence.value, with_text=with_text)


def _pairs(parameters: list[str]) -> dict[str, str]:
    pairs = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals:
            _fail(f"{parameter!r}: a parameter is NAME=VALUE, such as speaker=Lukashenko")
        pairs[name] = value
    return pairs


def _console(*, stderr: bool = False) -> "Console":
    from rich.console import Console

    return Console(stderr=stderr, highlight=False)


def _fail(message: str) -> None:
    print(f"kg: {message}", file=sys.stderr)
    raise SystemExit(USAGE)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Give a function that shows progress on a terminal, for more than a few documents."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = _console(stderr=True)
    columns = (TextColumn("{task.description:8}"), BarColumn(), MofNCompleteColumn())
    hidden = quiet or not console.is_terminal
    with Progress(
        *columns, TimeRemainingColumn(), console=console, transient=True, disable=hidden
    ) as bar:
        tasks: dict[str, int] = {}

        def tell(step: str, done: int, total: int) -> None:
            if total > _FEW and step not in tasks:
                tasks[step] = bar.add_task(step, total=total)
            if step in tasks:
                bar.update(tasks[step], completed=done)  # type: ignore[arg-type]

        yield tell


def _tell_failures(failures: "tuple[Failure, ...] | list[Failure]", most: int = 20) -> None:
    for failure in list(failures)[:most]:
        kind = "failed" if failure.fatal else "warning"
        print(f"kg: {failure.source}: {kind} at {failure.step}: {failure.reason}", file=sys.stderr)
    if len(failures) > most:
        print(f"kg: and {len(failures) - most} more, see failures.jsonl", file=sys.stderr)


def _warn_rules_only(result: "Export") -> None:
    english = [a for a in result.articles if a.language in ("en", "und")]
    if any(a.extractor.model is None for a in english):
        print(
            "kg: WARNING: no language model is installed, so rules alone were used: far fewer "
            'names, events and claims are found. Install it with pip install "newskg[extract]"',
            file=sys.stderr,
        )


def _closing_table(result: "Export") -> None:
    from rich.table import Table

    events = [event for article in result.articles for event in article.events]
    asserted = sum(event.asserted for event in events)
    rows: tuple[tuple[str, str | int], ...] = (
        ("articles", len(result.articles)),
        ("failed", len(result.failed)),
        *_other_languages(result),
        ("actors", len({_key(a.id, x.id, x) for a in result.articles for x in a.actors})),
        ("events asserted", asserted),
        ("events unconfirmed", len(events) - asserted),
        ("claims", sum(len(a.claims) for a in result.articles)),
        ("triples", result.triples),
        ("violations", result.report.violations),
        ("warnings", result.report.warnings),
        ("share of text repeated", f"{result.repeated:.0%}"),
        ("seconds", f"{result.seconds:.1f}"),
    )
    table = Table(box=None, show_header=False)
    table.add_column()
    table.add_column(justify="right", style="bold")
    for name, value in rows:
        table.add_row(name, f"{value:,}" if isinstance(value, int) else value)
    _console().print(table)


def _other_languages(result: "Export") -> list[tuple[str, str]]:
    """Return a row that counts the articles in other languages, if there are any."""
    counts = Counter(a.language for a in result.articles if a.language not in ("en", "und"))
    told = ", ".join(f"{code} {number}" for code, number in sorted(counts.items()))
    return [("in other languages", told)] if counts else []


def _key(article: str, local: str, actor: object) -> str:
    """One key an actor: its IRI where linked, else its place in the article."""
    link = getattr(actor, "link", None)
    return link.iri if link and link.iri else f"{article}#{local}"


def _names(files: tuple[Path, ...]) -> str:
    return ", ".join(path.name for path in files)


def _split(values: list[str] | None) -> list[str]:
    return [name for value in values or () for name in value.split(",") if name]


def _print_parts(parts: "Iterable[Table | str]") -> None:
    """Print tables and lines; no table is cut where the output goes to a file or pipe."""
    from rich.console import Console

    console = _console()
    if not console.is_terminal:
        console = Console(highlight=False, width=_WIDE)
    for part in parts:
        console.print(part, soft_wrap=isinstance(part, str), markup=False)


def _print_table(columns: list[str], rows: list[list[str | None]]) -> None:
    from rich.table import Table

    table = Table(*columns, header_style="bold", box=None)
    for row in rows:
        table.add_row(*[value or "" for value in row])
    _console().print(table)
    print(f"{len(rows)} row{'' if len(rows) == 1 else 's'}", file=sys.stderr)
