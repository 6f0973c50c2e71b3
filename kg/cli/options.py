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
