"""The server's routes, from the parts beside this file."""

import asyncio
import contextlib
import functools
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from http import HTTPStatus
from typing import TextIO

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from kg.errors import KgError
from kg.serve.describing import Description
from kg.serve.endpoint import answer_sparql
from kg.serve.limits import Limits
from kg.serve.log import AccessLog, note_error
from kg.serve.pages import render, style_sheet
from kg.serve.pool import Pool
from kg.serve.refusals import HttpRefusedError, refusal_of
from kg.serve.security import Guarded
from kg.serve.site import Asker, Site, refuse
from kg.serve.status import point_to_dataset, show_health, show_metrics
from kg.serve.views import (
    answer_saved,
    answer_search,
    show_dataset,
    show_queries,
    show_resource,
    show_start,
)
from kg.store.location import Location

_LOG = logging.getLogger(__name__)
PoolMaker = Callable[[Location, Limits], AbstractAsyncContextManager[Asker]]
_READ = ["GET"]  # and HEAD, which Starlette adds


def create_app(
    location: Location,
    limits: Limits,
    *,
    base: str,
    update_token: str | None = None,
    access_log: TextIO | None = None,
    make_pool: PoolMaker | None = None,
) -> Starlette:
    """Return the app that serves a graph.

    Args:
        location: where it is read.
        limits: of every query, answer and request.
        base: prefix of the IRIs that it answers about; empty for none.
        update_token: what an update must show; None leaves updates off.
        access_log: where a line for each request goes; None for nowhere.
        make_pool: of what answers questions; worker processes where None.
    """
    site = Site(
        location=location,
        limits=limits,
        base=base,
        token=update_token,
        nonce=secrets.token_hex(8),
    )

    make = make_pool or functools.partial(Pool, update=update_token is not None)

    @contextlib.asynccontextmanager
    async def live(app: Starlette) -> AsyncIterator[None]:
        async with make(location, limits) as pool:
            app.state.searching = asyncio.Semaphore(2)
            app.state.description = Description()
            site.pool = pool
            try:
                yield
            finally:
                site.pool = None

    middleware = [Middleware(Guarded)]
    if access_log is not None:
        middleware.insert(0, Middleware(AccessLog, stream=access_log))
    app = Starlette(
        routes=_routes(),
        middleware=middleware,
        lifespan=live,
        exception_handlers={
            KgError: _refuse,
            HTTPException: _refuse,
            ClientDisconnect: _forget,
            Exception: _fail,
        },
    )
    app.router.redirect_slashes = False
    app.state.site = site
    app.state.overview = None
    return app


def _routes() -> Sequence[Route]:
    every = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"]
    return [
        *(
            Route(path, answer_sparql, methods=every)
            for path in ("/sparql", "/sparql/", "/query", "/update")
        ),
        Route("/", show_start, methods=_READ),
        Route("/queries", show_queries, methods=_READ),
        Route("/queries/{name:path}", answer_saved, methods=_READ),
        Route("/search", answer_search, methods=_READ),
        Route("/health", show_health, methods=_READ),
        Route("/metrics", show_metrics, methods=_READ),
        Route("/.well-known/void", point_to_dataset, methods=_READ),
        Route("/dataset", show_dataset, methods=_READ),
        Route("/dataset.{suffix}", show_dataset, methods=_READ),
        Route("/dataset/{part:path}", point_to_dataset, methods=_READ),
        Route("/style.css", _show_style, methods=_READ),
        Route("/robots.txt", _show_robots, methods=_READ),
        Route("/{path:path}", show_resource, methods=_READ),
    ]


async def _show_style(_: Request) -> Response:
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(style_sheet(), headers=headers, media_type="text/css")


async def _show_robots(_: Request) -> Response:
    words = "User-agent: *\nDisallow: /sparql\nDisallow: /queries/\nDisallow: /search\n"
    return Response(words, media_type="text/plain")


async def _refuse(request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        refusal = HttpRefusedError(
            error.status_code, str(error.detail), headers=dict(error.headers or {})
        )
    elif isinstance(error, KgError):
        refusal = refusal_of(error)
        if refusal.status == HTTPStatus.INTERNAL_SERVER_ERROR:
            _LOG.error("%s", error, exc_info=error)
    else:
        raise error
    note_error(request.scope, type(error).__name__)
    return refuse(request, refusal, _page_of(refusal))


async def _fail(request: Request, error: Exception) -> Response:
    _LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    refusal = HttpRefusedError(500, "the server has a fault; its log says more")
    return refuse(request, refusal, _page_of(refusal))


async def _forget(_: Request, __: Exception) -> Response:
    return Response(status_code=499)


def _page_of(refusal: HttpRefusedError) -> str:
    phrase = HTTPStatus(refusal.status).phrase
    return render("error.html", status=refusal.status, phrase=phrase, message=str(refusal))
