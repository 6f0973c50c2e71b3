"""What the handlers of a server share: where it reads, whom it asks, and how it answers."""

import asyncio
import contextlib
import gzip
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kg.serve.limits import Answer, Limits, Question
from kg.serve.metrics import PoolMetrics
from kg.serve.negotiate import HTML, accepts_gzip, rank
from kg.serve.refusals import HttpRefusedError
from kg.store.keep import current_snapshot
from kg.store.location import Location

BODY_SECONDS = 20.0
"""Within which the body of a request must have come."""
_PIECE = 65_536
_LEAST_PACKED, _MOST_PACKED = 1_000, 10_000_000  # bytes; larger answers would hold a core
_PROBLEM = "application/problem+json"
_CHANGING = re.compile(r"\b(?:now|rand|uuid|struuid|bnode)\b|\\u", re.IGNORECASE)


class Asker(Protocol):
    """Whoever answers questions within limits."""

    async def ask(self, question: Question) -> Answer:
        """Return the answer."""
        ...

    @property
    def metrics(self) -> PoolMetrics:
        """What was asked, and how it ended."""
        ...


@dataclass(slots=True, kw_only=True)
class Site:
    """A server at work.

    Attributes:
        base: prefix of the IRIs that this server answers about; empty where there are none.
        token: that updates need; None where they are off.
        nonce: of this start, so that no tag of another one holds.
        pool: set while the server runs.
    """

    location: Location
    limits: Limits
    base: str
    token: str | None
    nonce: str
    pool: Asker | None = None

    def generation(self) -> int:
        """Return the number of what is published now."""
        return current_snapshot(self.location.source)[1] if self.location.keeps else 0

    async def ask(self, question: Question) -> Answer:
        """Return the pool's answer.

        Raises:
            HttpRefusedError: 503 while the server starts or stops.
            KgError: as the pool says.
        """
        if self.pool is None:
            raise HttpRefusedError(503, "starting or stopping", headers={"Retry-After": "2"})
        return await self.pool.ask(question)

    def metrics(self) -> PoolMetrics:
        """Return the figures of the pool; zeros while there is none."""
        return PoolMetrics() if self.pool is None else self.pool.metrics

    def local(self, iri: str) -> str | None:
        """Return the path on this server of an IRI under the base."""
        if self.base and iri.startswith(self.base) and len(iri) > len(self.base):
            return "/" + iri[len(self.base) :]
        return None


class Sent(Response):
    """An answer that goes out in pieces, so that a slow client holds one piece and not all."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send it."""
        start = {"type": "http.response.start", "status": self.status_code}
        await send({**start, "headers": self.raw_headers})
        body = memoryview(bytes(self.body))
        if scope["method"] == "HEAD":
            body = body[:0]
        for begin in range(0, len(body), _PIECE):
            more = begin + _PIECE < len(body)
            piece = bytes(body[begin : begin + _PIECE])
            await send({"type": "http.response.body", "body": piece, "more_body": more})
            await asyncio.sleep(0)
        if not body:
            await send({"type": "http.response.body", "body": b""})


def site_of(request: Request) -> Site:
    """Return the site that a request came to."""
    site = request.app.state.site
    if not isinstance(site, Site):
        raise TypeError("no site in the app's state")
    return site


def tag_of(site: Site, generation: int, *parts: object) -> str | None:
    """Return an ETag of what is asked; None where the answer changes by itself.

    Args:
        site: whose answer.
        generation: of the graph.
        parts: everything else that the answer depends on.
    """
    text = repr((site.nonce, generation, parts))
    if any(_CHANGING.search(str(part)) for part in parts):
        return None
    return f'W/"{hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]}"'


def is_known(request: Request, tag: str | None) -> bool:
    """Return whether the client has the answer with this tag already."""
    given = request.headers.get("if-none-match", "")
    return tag is not None and tag in [part.strip() for part in given[:4000].split(",")]


def unchanged(tag: str) -> Response:
    """Return the answer that says so."""
    return Response(status_code=304, headers=_cache(tag))


async def send_body(
    request: Request,
    body: bytes,
    media_type: str,
    *,
    tag: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return an answer in a negotiated form, packed where the client takes it."""
    fields = {**_cache(tag), **(headers or {})}
    if _LEAST_PACKED <= len(body) <= _MOST_PACKED and accepts_gzip(
        request.headers.get("accept-encoding")
    ):
        body = await asyncio.to_thread(gzip.compress, body, 3, mtime=0)
        fields["Content-Encoding"] = "gzip"
    kind = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
    return Sent(body, headers=fields, media_type=kind)


async def ask_while_there(request: Request, question: Question) -> Answer | None:
    """Return the answer, or None where the client has gone: then nobody works on it any more."""
    asking = asyncio.create_task(site_of(request).ask(question))
    leaving = asyncio.create_task(_leave(request))
    try:
        await asyncio.wait({asking, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if asking.done():
            return asking.result()
        asking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asking
        return None
    finally:
        for task in (asking, leaving):
            task.cancel()


def refuse(request: Request, refusal: HttpRefusedError, page: str) -> Response:
    """Return an error: a page for browsers, problem+json who asks for it, else one line.

    Args:
        request: what is refused.
        refusal: why.
        page: HTML of it.
    """
    offered = ("text/plain", _PROBLEM, HTML)
    form = (rank(request.headers.get("accept"), offered) or offered)[0]
    if form == HTML:
        body = page
    elif form == _PROBLEM:
        told = {"title": str(refusal), "status": refusal.status}
        body = json.dumps(told, ensure_ascii=False)
    else:
        body = " ".join(str(refusal).split()) + "\n"
    headers = {"Cache-Control": "no-store", "Vary": "Accept", **refusal.headers}
    return Response(body.encode("utf-8", "replace"), refusal.status, headers, form)


async def _leave(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _cache(tag: str | None) -> dict[str, str]:
    fields = {"Vary": "Accept, Accept-Encoding", "Cache-Control": "no-cache"}
    if tag is None:
        fields["Cache-Control"] = "no-store"
    else:
        fields["ETag"] = tag
    return fields
