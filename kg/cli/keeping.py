"""Commands for a graph that is kept: add, remove, store info."""

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.making import settings_from, warn_rules_only
from kg.cli.options import (
    DEFAULT,
    Base,
    Evidence,
    EvidenceOption,
    Inputs,
    Meta,
    Model,
    Quiet,
    WithText,
)
from kg.cli.screen import FAILED, OK, make_console, progress, tell_failures
from kg.cli.sources import reads_inputs
from kg.settings import Reading

StoreOption = Annotated[
    Path,
    typer.Option("--store", "-s", metavar="DIR", help="Store folder; made where there is none."),
]
StoreArgument = Annotated[Path, typer.Argument(metavar="DIR", help="Store folder.")]

store_app = typer.Typer(
    name="store", help="What a store folder holds.", no_args_is_help=True, rich_markup_mode="rich"
)


@reads_inputs
def add(
    inputs: Inputs,
    store: StoreOption,
    meta: Meta = None,
    base: Base = DEFAULT.base,
    model: Model = None,
    evidence: EvidenceOption = Evidence.words,
    with_text: WithText = False,
    keep_old: Annotated[
        bool, typer.Option("--keep-old", help="Keep the earlier capture of a changed text, too.")
    ] = False,
    keep_invalid: Annotated[
        bool, typer.Option("--keep-invalid", help="Put in what the shapes refuse, too.")
    ] = False,
    quiet: Quiet = False,
    *,
    reading: Reading,
) -> None:
    """Put articles into a store on disk, one transaction each.

    What is there already is left
    alone; a text that changed under the same URL, or in the same file, replaces the earlier one.
    Readers (kg query, kg serve) see the new state when all is done. Ends with 1 if a document
    failed or breaks a shape; the others are in.

    Example: kg add today/*.txt --store news
    """
    from kg.pipeline import add_articles

    settings = replace(settings_from(base, model, evidence, with_text=with_text), reading=reading)
    with progress(quiet=quiet) as tell:
        done = add_articles(
            inputs,
            store,
            settings,
            meta=meta,
            keep_old=keep_old,
            keep_invalid=keep_invalid,
            progress=tell,
        )
    tell_failures(done.failures)
    if model != "none":
        warn_rules_only(done.rules_only)
    if not quiet:
        failed = sum(failure.fatal for failure in done.failures)
        print(
            f"{len(done.added)} added, {len(done.replaced)} replaced, "
            f"{len(done.unchanged)} unchanged, {failed} failed in {done.seconds:.1f} s: {store}"
        )
    raise SystemExit(OK if done.ok else FAILED)


def remove(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLE|URL|FILE...",
            help="Id or IRI of an article, its URL (every capture goes), or the name of its file.",
        ),
    ],
    store: Annotated[Path, typer.Option("--store", "-s", metavar="DIR", help="Store folder.")],
    quiet: Quiet = False,
) -> None:
    """Take articles out of a store: nothing of them stays in any graph or in the search.

    Where one of the names is unknown, nothing is removed.

    Example: kg remove https://news.example/story.html --store news
    """
    from kg.pipeline import remove_articles

    gone = remove_articles(names, store)
    if not quiet:
        print(f"{len(gone)} removed from {store}: {' '.join(gone)}")


@store_app.command("info")
def info(
    store: StoreArgument,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Tell what a store holds: articles, triples, size, and what it was made with.

    Example: kg store info news
    """
    from rich.table import Table

    from kg.pipeline import describe_store

    found = describe_store(store)
    if as_json:
        print(json.dumps(asdict(found), indent=1))
        return
    rows = (
        ("articles", f"{found.articles:,}"),
        *([("event tables", f"{found.tables:,}")] if found.tables else []),
        ("triples", f"{found.triples:,}"),
        ("named graphs", f"{found.graphs:,}"),
        ("on disk", f"{found.bytes / 1e6:,.1f} MB"),
        ("base", found.base),
        ("evidence", found.evidence + (", texts kept" if found.with_text else "")),
        ("last change", found.changed or "never"),
        ("publication", str(found.publication)),
        ("readers see all of it", "yes" if found.settled else "no"),
    )
    table = Table(box=None, show_header=False)
    for row in rows:
        table.add_row(*row)
    make_console().print(table)
    if not found.settled:
        print(
            "kg: a process left this store unfinished: the next kg add, remove or query ends it",
            file=sys.stderr,
        )
