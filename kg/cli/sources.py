"""Options of how inputs are read, shared by all commands that read them."""

import functools
import inspect
import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.screen import fail
from kg.settings import Reading

_PANEL = "Reading"


class InputKind(StrEnum):
    """Kinds of input; those of `kg.read.Kind`, which is not loaded for --help."""

    text = "text"
    html = "html"
    feed = "feed"
    sitemap = "sitemap"
    warc = "warc"
    records = "records"
    jsonld = "jsonld"
    newsplease = "newsplease"
    trafilatura = "trafilatura"
    gdelt_events = "gdelt-events"
    gdelt_mentions = "gdelt-mentions"
    gkg = "gkg"
    acled = "acled"


def _read_options(
    kind: Annotated[
        InputKind | None,
        typer.Option(
            rich_help_panel=_PANEL,
            help="Kind of all inputs; found out from their bytes where it is not given.",
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            rich_help_panel=_PANEL,
            metavar="DATE",
            help="Of feeds and sitemaps: pages from this day on (2026-03-01, or 7d: of the last "
            "7 days).",
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            rich_help_panel=_PANEL,
            metavar="N",
            min=1,
            help="Of each feed or sitemap: fetch at most N pages.",
        ),
    ] = None,
    delay: Annotated[
        float,
        typer.Option(
            rich_help_panel=_PANEL,
            metavar="SECONDS",
            min=0,
            help="Time between two requests to one host.",
        ),
    ] = 1.0,
    allow_private: Annotated[
        bool,
        typer.Option(
            "--allow-private",
            rich_help_panel=_PANEL,
            help="Also fetch from this machine and private networks.",
        ),
    ] = False,
    ignore_robots: Annotated[
        bool,
        typer.Option(
            "--ignore-robots", rich_help_panel=_PANEL, help="Fetch what robots.txt forbids, too."
        ),
    ] = False,
    user_agent: Annotated[
        str | None,
        typer.Option(
            rich_help_panel=_PANEL,
            metavar="NAME",
            envvar="KG_USER_AGENT",
            help="How requests name themselves; say who you are and how to reach you.",
        ),
    ] = None,
    cache: Annotated[
        Path | None,
        typer.Option(
            rich_help_panel=_PANEL,
            metavar="DIR",
            envvar="KG_CACHE",
            help="Folder of fetched pages: they are asked for again only if they have changed.",
        ),
    ] = None,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", rich_help_panel=_PANEL, help="Keep no fetched pages.")
    ] = False,
    keep_jsonld: Annotated[
        bool,
        typer.Option(
            "--keep-jsonld",
            rich_help_panel=_PANEL,
            help="Keep what pages say of themselves (JSON-LD), in pages.trig.",
        ),
    ] = False,
) -> Reading:
    """Return the options as a value, or end with what is wrong with them."""
    return Reading(
        kind=kind.value if kind else None,
        since=_day(since) if since else None,
        limit=limit,
        delay=delay,
        allow_private=allow_private,
        robots=not ignore_robots,
        user_agent=user_agent,
        cache=None if no_cache else cache or default_cache(),
        keep_data=keep_jsonld,
    )


def reads_inputs(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of reading; it takes them as one value, `reading`."""
    options = inspect.signature(_read_options).parameters
    own = {n: p for n, p in inspect.signature(command).parameters.items() if n != "reading"}

    @functools.wraps(command)
    def run(**given: Any) -> None:  # noqa: ANN401
        reading = _read_options(**{name: given.pop(name) for name in options})
        command(**given, reading=reading)

    both = [*own.values(), *options.values()]
    run.__signature__ = inspect.Signature(both)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in both}
    return run


def default_cache() -> Path:
    """Return the folder of fetched pages: in the user's cache folder.

    Source: https://specifications.freedesktop.org/basedir-spec/latest/#variables
    """
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or ""
    return (Path(home) if Path(home).is_absolute() else Path.home() / ".cache") / "kg" / "pages"


def _day(told: str) -> date:
    if told.endswith("d") and told[:-1].isdecimal():
        return date.today() - timedelta(days=int(told[:-1]))  # noqa: DTZ011 (the user's own day)
    try:
        return datetime.fromisoformat(told).date()
    except ValueError:
        fail(f"--since: {told} is no date such as 2026-03-01, nor days such as 7d")
