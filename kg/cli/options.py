"""Options and arguments that commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.settings import Settings

DEFAULT = Settings()


class Engine(StrEnum):
    """SHACL engines."""

    auto = "auto"
    shacl = "shacl"
    pyshacl = "pyshacl"


class BothEngine(StrEnum):
    """SHACL engines, and both against each other."""

    auto = "auto"
    shacl = "shacl"
    pyshacl = "pyshacl"
    both = "both"


class Graphs(StrEnum):
    """What is validated together."""

    each = "each"
    union = "union"


class InputFormat(StrEnum):
    """RDF syntaxes."""

    turtle = "turtle"
    trig = "trig"
    nquads = "nquads"
    ntriples = "ntriples"
    rdfxml = "rdfxml"
    jsonld = "jsonld"


class ReportFormat(StrEnum):
    """Forms of a validation report."""

    text = "text"
    json = "json"
    turtle = "turtle"
    sarif = "sarif"
    junit = "junit"
    github = "github"


class FailOn(StrEnum):
    """Severities that can make a validation fail."""

    violation = "violation"
    warning = "warning"
    info = "info"


class Evidence(StrEnum):
    """What the graph holds of the words of a span."""

    words = "words"
    offsets = "offsets"


class ServerKind(StrEnum):
    """Kinds of stores behind a URL."""

    oxigraph = "oxigraph"
    virtuoso = "virtuoso"
    fuseki = "fuseki"
    rdf4j = "rdf4j"
    graphdb = "graphdb"
    standard = "standard"


class TableFormat(StrEnum):
    """Formats of query results."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    xml = "xml"


class RowsOf(StrEnum):
    """Tables."""

    events = "events"
    claims = "claims"
    actors = "actors"
    figures = "figures"


class SearchFormat(StrEnum):
    """Forms of what a search finds."""

    table = "table"
    json = "json"


class SearchKind(StrEnum):
    """Where a search looks."""

    name = "name"
    headline = "headline"
    claim = "claim"
    event = "event"
    evidence = "evidence"


class By(StrEnum):
    """What scores are divided by."""

    type = "type"


_INPUT = typer.Argument(
    metavar="INPUT...",
    help="Files, folders, globs, URLs; [bold]-[/bold] is standard input. Text, web pages, feeds, "
    "sitemaps, WARC, records, rows of event tables: see [bold]kg read --help[/bold]. What a text "
    "lacks can stand beside it in NAME.meta.json (url, title, publisher, date_published, authors).",
)
Inputs = Annotated[list[str], _INPUT]
OptionalInputs = Annotated[list[str] | None, _INPUT]
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
RdfFiles = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FILE]...",
        show_default=False,
        help="RDF files (Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD; also .gz), "
        "folders, or [bold]-[/bold] for standard input. None with --only-shapes.",
    ),
]
GraphsOption = Annotated[
    Graphs,
    typer.Option(
        rich_help_panel="Data", help="Named graphs one by one, or all together as one graph."
    ),
]
ContextOption = Annotated[
    list[str] | None,
    typer.Option(
        rich_help_panel="Data",
        metavar="PATH|IRI",
        help="A file, or a named graph of the data, that stands beside each graph; may be "
        "repeated. Our own authority graph is found without.",
    ),
]
InputFormatOption = Annotated[
    InputFormat | None,
    typer.Option(
        rich_help_panel="Data",
        help="Syntax of standard input, or of files whose ending misleads.",
    ),
]
TextsOption = Annotated[
    Path | None,
    typer.Option(
        rich_help_panel="Data",
        metavar="DIR",
        help="Source texts: proves that the words of every span are there; fails where a text "
        "is missing.",
    ),
]
ShapesOption = Annotated[
    list[Path] | None,
    typer.Option(
        rich_help_panel="Shapes",
        metavar="PATH",
        help="Shapes file or folder instead of ours; may be repeated.",
    ),
]
ProfileOption = Annotated[
    list[str] | None,
    typer.Option(
        rich_help_panel="Shapes",
        metavar="NAME",
        help="Layers of our own shapes: core, claims, evidence, hygiene (these by default), "
        "rows, publish, vocabulary; may be repeated, or names with commas.",
    ),
]
OnlyShapes = Annotated[
    bool,
    typer.Option(
        "--only-shapes",
        rich_help_panel="Shapes",
        help="Look through the shapes for mistakes, and validate nothing.",
    ),
]
BothEngineOption = Annotated[
    BothEngine,
    typer.Option(
        rich_help_panel="Shapes",
        help="SHACL engine: auto takes the fast one where it can run the shapes, both compares "
        "the two.",
    ),
]
ReportFormatOption = Annotated[
    ReportFormat,
    typer.Option("--format", "-f", rich_help_panel="Report", help="Form of what is printed."),
]
ReportFiles = Annotated[
    list[Path] | None,
    typer.Option(
        rich_help_panel="Report",
        metavar="FILE",
        help="Also write the whole report: .json, .ttl (W3C), .sarif, .xml (JUnit) or .txt; "
        "may be repeated.",
    ),
]
FailOnOption = Annotated[
    FailOn,
    typer.Option(rich_help_panel="Verdict", help="The least severity that makes the exit code 1."),
]
BaselineOption = Annotated[
    Path | None,
    typer.Option(
        rich_help_panel="Verdict",
        metavar="FILE.json",
        help="Report of an earlier run: only what is new fails.",
    ),
]
MostOption = Annotated[
    int,
    typer.Option(
        "--max",
        rich_help_panel="Report",
        metavar="N",
        min=0,
        help="Print at most N results; all are counted.",
    ),
]
AllowUnchecked = Annotated[
    bool,
    typer.Option(
        "--allow-unchecked",
        rich_help_panel="Verdict",
        help="Exit with 0 also where no node is a target of any shape.",
    ),
]
