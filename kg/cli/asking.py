"""Commands that ask of graphs: query, queries, search."""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import SearchFormat, SearchKind, ServerKind, TableFormat
from kg.cli.screen import FAILED, OK, fail, make_console, print_table

if TYPE_CHECKING:
    from kg.store import RemoteStore, Store


def query(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE", help="RDF file, output folder, store folder, or URL of an endpoint."
        ),
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
    server: Annotated[
        ServerKind | None,
        typer.Option("--server", help="What a URL belongs to, if it does not say so itself."),
    ] = None,
    seconds: Annotated[
        float, typer.Option("--seconds", min=0.1, help="Time that an endpoint has for the answer.")
    ] = 120,
) -> None:
    """Ask SPARQL of a graph.

    An endpoint's user and password are taken from KG_STORE_USER and KG_STORE_PASSWORD, a token
    from KG_STORE_TOKEN.

    Examples: kg query output disputed; kg query output claims-by-speaker speaker=Lukashenko;
    kg query http://localhost:7878 disputed
    """
    from kg.fetch import is_url

    stop_at_once()
    store = _remote(source, server, seconds) if is_url(source) else _local(source)
    rows = store.query(text, _pairs(parameters or []))
    if output_format is TableFormat.table:
        print_table(list(rows.columns), [list(row) for row in rows])
    else:
        sys.stdout.write(rows.serialize(output_format.value))


def _local(source: str) -> "Store | RemoteStore":
    from kg.store import open_store

    ready(Path(source))
    return open_store(source)


def _remote(url: str, server: ServerKind | None, seconds: float) -> "RemoteStore":
    from kg.fetch import Limits, read_credentials
    from kg.store import RemoteStore

    return RemoteStore(
        url,
        credentials=read_credentials(os.environ),
        server=None if server is None else server.value,
        limits=Limits(total_seconds=seconds, read_seconds=seconds),
    )


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
    make_console().print(table)


def search(
    source: Annotated[
        Path, typer.Argument(metavar="SOURCE", help="RDF file, output folder or store folder.")
    ],
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS",
            help='All must be there; "in quotes" as they stand; wor* begins so. '
            "Put -- before a -word that must not be there.",
        ),
    ],
    kind: Annotated[
        list[SearchKind] | None,
        typer.Option("--kind", "-k", help="Look only there; may be given more than once."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Most hits.")] = 20,
    output_format: Annotated[
        SearchFormat, typer.Option("--format", "-f", help="table for people, json for programs.")
    ] = SearchFormat.table,
) -> None:
    """Search the words of names, headlines, claims, events and evidence.

    Accents make no difference: walesa finds Wałęsa. Ends with 1 where nothing is found.

    Example: kg search output border --kind claim
    """
    from kg.store.search import search as find

    ready(source)
    typed = " ".join(_as_typed(word) for word in words)
    hits = find(source, typed, [one.value for one in kind or []], limit)
    if output_format is SearchFormat.json:
        print(json.dumps([asdict(hit) for hit in hits], ensure_ascii=False, indent=1))
    elif not hits:
        print(f"kg: nothing holds all of: {typed}", file=sys.stderr)
    else:
        print_table(["kind", "words", "of"], [[hit.kind, hit.snippet, hit.iri] for hit in hits])
    raise SystemExit(OK if hits else FAILED)


def stop_at_once() -> None:
    """Let Ctrl-C end a command that only reads, also while the engine is at work."""
    import signal

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def ready(source: Path) -> None:
    """Finish what a process left unfinished in a store folder; anything else is left alone."""
    from kg.store.keep import is_store_folder

    if is_store_folder(source):
        from kg.pipeline import make_ready

        make_ready(source)


def _as_typed(word: str) -> str:
    """Return a word with the quotes that the shell took away from a phrase."""
    return f'"{word}"' if " " in word and '"' not in word else word


def _pairs(parameters: list[str]) -> dict[str, str]:
    pairs = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals:
            fail(f"{parameter!r}: a parameter is NAME=VALUE, such as speaker=Lukashenko")
        pairs[name] = value
    return pairs
