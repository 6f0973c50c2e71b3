"""Commands that make records and graphs: export, extract, map."""

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from kg.cli.options import (
    DEFAULT,
    Base,
    Engine,
    EngineOption,
    Evidence,
    EvidenceOption,
    Inputs,
    Meta,
    Model,
    OptionalInputs,
    Quiet,
    WithText,
)
from kg.cli.screen import FAILED, OK, fail, make_console, progress, tell_failures
from kg.cli.sources import reads_inputs
from kg.settings import Reading, Settings

if TYPE_CHECKING:
    from kg.pipeline import Export


@reads_inputs
def export(
    inputs: OptionalInputs = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Output folder.")
    ] = None,
    from_store: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Instead of INPUT: write what a store of kg add holds."),
    ] = None,
    texts: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="With --from-store: source texts, to prove the words."),
    ] = None,
    licence: Annotated[
        str | None, typer.Option(metavar="IRI", help="Licence of the graph, for dataset.ttl.")
    ] = None,
    downloads: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Folder where the files will stand; else the base."),
    ] = None,
    meta: Meta = None,
    base: Base = DEFAULT.base,
    model: Model = None,
    evidence: EvidenceOption = Evidence.words,
    with_text: WithText = False,
    engine: EngineOption = Engine.auto,
    quiet: Quiet = False,
    *,
    reading: Reading,
) -> None:
    """Read news, extract, link, map, validate and write: the whole way in one command.

    Writes graph.ttl and graph.trig (the graph, flat and by article), articles.jsonl (the records),
    dataset.ttl (what the graph is and holds: DCAT, VoID), report.json (validation), failures.jsonl,
    provenance.trig, run.json and manifest.json; texts/ holds what was extracted from pages, so that
    kg validate DIR --texts DIR/texts proves the words. Ends with 1 if a document failed or the
    graph does not conform, else 0.

    Example: kg export seeds -o output
    """
    from kg.pipeline import Publication, export_articles, export_store

    if output is None:
        fail("--output is missing: the folder to write to")
    if (from_store is None) == (not inputs):
        fail("give either INPUT (files, folders, URLs, - for standard input) or --from-store DIR")
    terms = Publication(licence=licence, downloads=downloads)
    if from_store is not None:
        kept = export_store(from_store, output, engine=engine.value, texts=texts, publication=terms)
        _close_export(kept, output, quiet=quiet)
    settings = replace(settings_from(base, model, evidence, with_text=with_text), reading=reading)
    with progress(quiet=quiet) as tell:
        result = export_articles(
            inputs or (),
            output,
            settings,
            meta=meta,
            engine=engine.value,
            progress=tell,
            publication=terms,
        )
    tell_failures(result.failures)
    if model != "none":
        english = [a for a in result.articles if a.language in ("en", "und")]
        warn_rules_only(any(a.extractor.model is None for a in english))
    _close_export(result, output, quiet=quiet)


def _close_export(result: "Export", output: Path, *, quiet: bool) -> NoReturn:
    """Tell what an export did, and end with its code."""
    if not result.articles and not result.tables:
        told = "no article and no row was found: the graph files stay as they were"
        print(f"kg: {told}", file=sys.stderr)
    elif not quiet:
        _closing_table(result)
        if not result.report.conforms:
            from kg.validate import render_report

            print(render_report(result.report, "text", limit=20), end="", file=sys.stderr)
        make_console().print(
            f"Written to [bold]{output}[/bold]: {_names(result.files, output)}", soft_wrap=True
        )
        if result.report.warnings and result.report.conforms:
            make_console().print(f"What the warnings are: kg validate {output}", soft_wrap=True)
    raise SystemExit(OK if result.ok else FAILED)


@reads_inputs
def extract(
    inputs: Inputs,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE.jsonl", help="Records, one a line.")
    ],
    meta: Meta = None,
    model: Model = None,
    with_text: WithText = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Start over, even where an interrupted run left off.")
    ] = False,
    quiet: Quiet = False,
    *,
    reading: Reading,
) -> None:
    """Read news and write records (JSON Lines): articles, actors, events, claims with their spans.

    If it is interrupted, the same command goes on where it stopped (FILE.jsonl.part keeps it).

    Example: kg extract seeds -o articles.jsonl
    """
    from kg.pipeline import extract_to_file

    settings = Settings(model=model, with_text=with_text, reading=reading)
    try:
        with progress(quiet=quiet) as tell:
            done = extract_to_file(inputs, output, settings, meta=meta, fresh=fresh, progress=tell)
    except KeyboardInterrupt:
        print("kg: what is done is kept: the same command goes on from there", file=sys.stderr)
        raise
    if done.stale:
        told = "an interrupted run of other inputs, settings or software was given up"
        print(f"kg: {output}: {told}", file=sys.stderr)
    tell_failures(done.failures)
    if not quiet:
        told = f"{done.records} records written to {output}" if done.records else "nothing written"
        kept = f", {done.resumed} of them by an interrupted run" if done.resumed else ""
        make_console().print(told + kept, soft_wrap=True)
    raise SystemExit(FAILED if any(f.fatal for f in done.failures) else OK)


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
    base: Base = DEFAULT.base,
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

    settings = settings_from(base, None, evidence, with_text=with_text)
    if not records.is_file():
        fail(f"{records}: no such file")
    articles = list(read_records(records))
    if not articles:
        fail(f"{records}: no record in this file; nothing was written")
    quads = map_articles(articles, settings)
    count = write_graph(quads, output, base=settings.base)
    if not quiet:
        make_console().print(f"{count} triples written to [bold]{output}[/bold]")


def settings_from(base: str, model: str | None, evidence: Evidence, *, with_text: bool) -> Settings:
    """Return the settings of the options, or end with what is wrong with them."""
    from kg.iris import check_base

    try:
        check_base(base)
    except ValueError as error:
        fail(f"--base: {error}")
    return Settings(base=base, model=model, evidence=evidence.value, with_text=with_text)


def warn_rules_only(found: bool) -> None:
    """Say that rules alone were used, if they were."""
    if found:
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
        *_rows(result),
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
    make_console().print(table)


def _other_languages(result: "Export") -> list[tuple[str, str]]:
    """Return a row that counts the articles in other languages, if there are any."""
    counts = Counter(a.language for a in result.articles if a.language not in ("en", "und"))
    told = ", ".join(f"{code} {number}" for code, number in sorted(counts.items()))
    return [("in other languages", told)] if counts else []


def _rows(result: "Export") -> list[tuple[str, int]]:
    """Return a row that counts the rows of event tables, if there are any."""
    number = sum(len(table.rows) for table in result.tables)
    return [("rows of event tables", number)] if number else []


def _key(article: str, local: str, actor: object) -> str:
    """One key an actor: its IRI where linked, else its place in the article."""
    link = getattr(actor, "link", None)
    return link.iri if link and link.iri else f"{article}#{local}"


def _names(files: tuple[Path, ...], output: Path) -> str:
    """Return the names of files, those in a folder as one."""
    folders = Counter(p.parent.name for p in files if p.parent != output)
    told = [p.name for p in files if p.parent == output]
    return ", ".join([*told, *(f"{name}/ ({number})" for name, number in folders.items())])
