"""The command that loads graphs into other stores: load."""

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.asking import ready
from kg.cli.options import ServerKind
from kg.cli.screen import FAILED, OK, progress

if TYPE_CHECKING:
    from kg.pipeline.loading import LoadReport

_MOST_LINES = 20


class Via(StrEnum):
    """Ways to write into a store."""

    auto = "auto"
    gsp = "gsp"
    update = "update"


def load(
    source: Annotated[
        Path, typer.Argument(metavar="SOURCE", help="RDF file, output folder or store folder.")
    ],
    url: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="URL",
            help="Server, its Graph Store endpoint, or a template with {graph}.",
        ),
    ],
    server: Annotated[
        ServerKind | None, typer.Option("--server", help="What it is, if it does not say so.")
    ] = None,
    via: Annotated[
        Via, typer.Option("--via", help="gsp: Graph Store Protocol; update: SPARQL Update.")
    ] = Via.auto,
    update_url: Annotated[
        str, typer.Option("--update-url", metavar="URL", help="Endpoint of SPARQL Update.")
    ] = "",
    query_url: Annotated[
        str, typer.Option("--query-url", metavar="URL", help="Endpoint of queries, for counting.")
    ] = "",
    add: Annotated[
        bool, typer.Option("--add", help="Add to graphs instead of replacing them.")
    ] = False,
    graph: Annotated[
        str | None,
        typer.Option("--graph", metavar="IRI", help="Graph for triples that are in none."),
    ] = None,
    send_all: Annotated[
        bool, typer.Option("--all", help="Send also what has not changed since the last load.")
    ] = False,
    no_verify: Annotated[
        bool, typer.Option("--no-verify", help="Do not count the graphs afterwards.")
    ] = False,
    delete_missing: Annotated[
        bool,
        typer.Option("--delete-missing", help="Delete graphs below --base that SOURCE lacks."),
    ] = False,
    base: Annotated[
        str, typer.Option("--base", metavar="IRI", help="Prefix of our own graphs.")
    ] = "",
    most_bytes: Annotated[
        int, typer.Option("--max-body", min=1000, help="Bytes of a request; more is split.")
    ] = 8_000_000,
    state: Annotated[
        Path | None,
        typer.Option("--state", metavar="FILE", help="Where to keep what has arrived."),
    ] = None,
    seconds: Annotated[
        float, typer.Option("--seconds", min=0.1, help="Time for each request, tries included.")
    ] = 600,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """Load graphs into a store, one at a time, and count that all have arrived.

    An interrupted load continues, and what has not changed is not sent again. Credentials are taken
    from the environment: KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN. Ends with 1 if a
    graph does not hold as many triples as SOURCE.

    Example: kg load output --to http://localhost:7878
    """
    from kg.fetch import Limits, read_credentials
    from kg.pipeline.loading import LoadOptions, load_graphs

    ready(source)
    options = LoadOptions(
        server=None if server is None else server.value,
        via=via.value,
        update_url=update_url,
        query_url=query_url,
        add=add,
        graph=graph,
        send_all=send_all,
        verify=not no_verify,
        delete_missing=delete_missing,
        base=base,
        most_bytes=most_bytes,
        state=state,
        limits=Limits(total_seconds=seconds, read_seconds=seconds),
    )
    with progress(quiet=quiet) as tell:
        report = load_graphs(
            source, url, options, credentials=read_credentials(os.environ), tell=tell
        )
    raise typer.Exit(_tell(report, verified=not no_verify))


def _tell(report: "LoadReport", *, verified: bool) -> int:
    """Print what was done; return the exit code."""
    whole = len(report.sent) + len(report.unchanged)
    print(
        f"{whole} graph{'' if whole == 1 else 's'}, {report.triples:,} triples: "
        f"{len(report.sent)} sent, {len(report.unchanged)} unchanged, "
        f"{len(report.deleted)} deleted; {'counted' if verified else 'not counted'}"
    )
    for difference in report.differences[:_MOST_LINES]:
        name = difference.graph or "the default graph"
        print(
            f"kg: {name}: {difference.expected:,} triples expected, {difference.found:,} found",
            file=sys.stderr,
        )
    if len(report.differences) > _MOST_LINES:
        print(f"kg: and {len(report.differences) - _MOST_LINES} more graphs", file=sys.stderr)
    return FAILED if report.differences else OK
