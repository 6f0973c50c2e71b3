"""The command that serves a graph over HTTP."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from kg.cli.asking import ready
from kg.cli.screen import fail

if TYPE_CHECKING:
    from kg.serve.limits import Limits
    from kg.store.location import Location

_TOKEN = "KG_UPDATE_TOKEN"  # noqa: S105 - the name of the variable
_SHORTEST_TOKEN = 16
_NEAR = ("127.0.0.1", "localhost", "::1")


def serve(
    source: Annotated[
        Path, typer.Argument(metavar="SOURCE", help="RDF file, output folder or store folder.")
    ],
    host: Annotated[
        str, typer.Option(help="Address to listen at; 0.0.0.0 is every one of this machine.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free one.")] = 8333,
    update: Annotated[
        bool,
        typer.Option("--update", help=f"Let updates in, with the token in ${_TOKEN}."),
    ] = False,
    base: Annotated[
        str | None,
        typer.Option(help="Prefix of the IRIs to answer about; as a rule found in the graph."),
    ] = None,
    seconds: Annotated[float, typer.Option(min=0.1, help="Most time for a query.")] = 10.0,
    memory: Annotated[int, typer.Option(min=256, help="Most memory of a worker, in MB.")] = 2000,
    result: Annotated[int, typer.Option(min=1, help="Largest result, in MB.")] = 50,
    request: Annotated[int, typer.Option(min=1, help="Largest request, in kB.")] = 1000,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that answer; as many as cores.")
    ] = None,
    log: Annotated[
        Path | None, typer.Option(help="Access log, one JSON line a request; else to stderr.")
    ] = None,
) -> None:
    """Serve a graph: SPARQL, linked data, saved queries and search.

    Examples: kg serve output; KG_UPDATE_TOKEN=… kg serve store --update
    """
    from kg.serve.limits import Limits
    from kg.store.location import locate

    token = _read_token() if update else None
    limits = Limits(
        seconds=seconds,
        memory_bytes=memory * 1_000_000,
        result_bytes=result * 1_000_000,
        request_bytes=request * 1_000,
        **({"workers": workers} if workers else {}),
    )
    if host not in _NEAR:
        print(f"kg: anybody who reaches {host} can ask; there is no encryption", file=sys.stderr)
    ready(source)
    with locate(source) as location:
        if token and not location.keeps:
            fail(f"{source}: only a store folder of kg add can be updated")
        with _open_log(log) as stream:
            _run(location, limits, token=token, address=(host, port), base=base, log=stream)


def _run(
    location: "Location",
    limits: "Limits",
    *,
    token: str | None,
    address: tuple[str, int],
    base: str | None,
    log: TextIO,
) -> None:
    from kg.serve.app import create_app
    from kg.serve.origin import find_base
    from kg.serve.wire import open_socket, run_app

    store = location.open()
    triples, found = len(store), find_base(location, store) if base is None else base
    del store
    try:
        listening = open_socket(*address)
    except OSError as error:
        fail(f"cannot listen at {address[0]}:{address[1]}: {error.strerror or error}")
    app = create_app(location, limits, base=found, update_token=token, access_log=log)
    host, port = listening.getsockname()[:2]
    line = (
        f"kg: http://{f'[{host}]' if ':' in host else host}:{port}/ serves {location.source}: "
        f"{triples:,} triples, {'updates with a token' if token else 'read-only'}; "
        f"{limits.workers} workers, {limits.seconds:g} s and {limits.memory_bytes // 1_000_000:,} "
        f"MB a query, {limits.result_bytes // 1_000_000:,} MB a result"
    )
    run_app(app, listening, ready=lambda: print(line, flush=True))


def _read_token() -> str:
    token = os.environ.get(_TOKEN, "")
    if len(token) < _SHORTEST_TOKEN or not token.isascii() or not token.isprintable():
        fail(
            f"--update needs a token of {_SHORTEST_TOKEN} or more plain characters in ${_TOKEN}, "
            "where ps does not show it"
        )
    return token


def _open_log(path: Path | None) -> TextIO:
    if path is None:
        return open(os.dup(sys.stderr.fileno()), "w", encoding="utf-8")  # noqa: PTH123
    try:
        return path.open("a", encoding="utf-8")
    except OSError as error:
        fail(f"{path}: cannot be written: {error.strerror}")
