"""The command that shows what would be read."""

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import Inputs, Meta, SearchFormat
from kg.cli.screen import FAILED, OK, print_whole, tell_failures, wide_console
from kg.cli.sources import reads_inputs
from kg.settings import Reading, Settings

if TYPE_CHECKING:
    from kg.model import Document
    from kg.read import Inspected


@reads_inputs
def read(
    inputs: Inputs,
    show: Annotated[
        bool,
        typer.Option("--show", help="Read them, and print each text and where each value is from."),
    ] = False,
    meta: Meta = None,
    form: Annotated[SearchFormat, typer.Option("--format", "-f", help="Form of the list.")] = (
        SearchFormat.table
    ),
    *,
    reading: Reading,
) -> None:
    """Show what would be read: each input, its kind, and how many articles or rows it holds.

    Kinds are told by content: text; html; feed and sitemap, whose pages are fetched; warc; records
    (JSON Lines of kg extract); jsonld (schema.org NewsArticle); newsplease and trafilatura (their
    JSON); gdelt-events, gdelt-mentions, gkg and acled (rows of event tables). Any of them may be
    compressed (.gz, .zip). Nothing is fetched without --show. Ends with 1 if something cannot be
    used.

    Example: kg read inbox/ page.html crawl.warc.gz
    """
    settings = Settings(reading=reading)
    if show:
        raise SystemExit(_show(inputs, settings, meta))
    from kg.read import inspect_inputs

    found = list(inspect_inputs(inputs, settings))
    if form is SearchFormat.json:
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
    else:
        _list(found)
    raise SystemExit(FAILED if any(one.failed for one in found) else OK)


def _list(found: "list[Inspected]") -> None:
    from rich.table import Table

    from kg.read import MEANING

    table = Table(
        "input", "kind", "articles", "rows", "bytes", "what", header_style="bold", box=None
    )
    for column in table.columns[2:5]:
        column.justify = "right"
    for one in found:
        what = "; ".join(one.notes) or (MEANING[one.kind] if one.kind else "")
        table.add_row(
            one.name,
            one.kind or ("-" if one.readable else "not read"),
            *("" if n is None else f"{n:,}" for n in (one.articles, one.rows, one.size)),
            what,
        )
    print_whole(wide_console(), table)
    articles = sum(one.articles or 0 for one in found)
    rows = sum(one.rows or 0 for one in found)
    unread = sum(not one.readable for one in found)
    print(f"{articles:,} articles, {rows:,} rows; {unread:,} not read", file=sys.stderr)


def _show(inputs: list[str], settings: Settings, meta: object) -> int:
    """Print the documents; return the exit code."""
    from kg.model import Article, Document, Failure
    from kg.read import read_documents

    failed = False
    for item in read_documents(inputs, settings=settings, meta=meta):  # type: ignore[arg-type]
        if isinstance(item, Failure):
            failed |= item.fatal
            tell_failures([item])
        elif isinstance(item, Document):
            _show_document(item)
        elif isinstance(item, Article):
            print(f"== {item.source}\na record: {len(item.events)} events\n")
        else:
            print(f"== {item.source}\na table: {len(item.rows):,} rows\n")
    return FAILED if failed else OK


def _show_document(document: "Document") -> None:
    origins = {origin.field: origin.origin for origin in document.origins}
    print(f"== {document.source}")
    for field in ("title", "date_published", "authors", "publisher", "language", "url"):
        value = getattr(document, field)
        told = ", ".join(value) if isinstance(value, tuple) else value
        if told:
            print(f"{field}: {told}   [{origins.get(field, 'from the text')}]")
    print(f"text: {len(document.text):,} characters")
    for zone in document.zones:
        print(f"  {zone.kind:10} {document.text[zone.start : zone.end]}")
    print()
