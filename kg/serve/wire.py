"""HTTP/1.1 connections that nobody can hold open by being slow or silent.

uvicorn limits the time between requests, not the time a request takes to come or an answer to go.
"""

import asyncio
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any

import h11
import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADER_SECONDS = 10.0
"""From the first byte (or the connection) to the end of the headers."""
STALL_SECONDS = 20.0
"""Within which a client must take what was sent to it (64 kB) while an answer goes out."""
MOST_CONNECTIONS = 400
MOST_HEADER_BYTES = 65_536
_LINGER_SECONDS = 2.0  # after a refusal, so that the client gets to read it
_SENTENCES = {
    408: "the headers did not come in time",
    414: "the address is too long",
    431: "the headers are too long",
}


class PatientProtocol(H11Protocol):
    """A connection with deadlines; a refusal is told before it is closed."""

    def __init__(self, *args: Any, **keywords: Any) -> None:  # noqa: ANN401 - uvicorn's own
        super().__init__(*args, **keywords)
        self._deadline: asyncio.TimerHandle | None = None
        self._stalled: asyncio.TimerHandle | None = None
        self._refused = False
        self._begun = False
        self.since = self.loop.time()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for headers."""
        full = len(self.connections) >= MOST_CONNECTIONS and not self._make_room()
        super().connection_made(transport)
        self._arm()
        if full:
            self._refuse(503, "too many connections; try again soon")

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the deadlines."""
        self._disarm()
        if self._stalled is not None:
            self._stalled.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take bytes; the first of a request sets its deadline."""
        if self._refused:
            return
        if not self.is_busy() and not self._begun:
            self._begun = True
            self._arm()
        super().data_received(data)
        if self.is_busy():
            self._begun = False
            self._disarm()

    def is_busy(self) -> bool:
        """Return whether a request is being answered."""
        return self.cycle is not None and not self.cycle.response_complete

    def on_response_complete(self) -> None:
        """Go on to the next request, unless the client still sends this one."""
        unread = self.conn.their_state is h11.SEND_BODY
        super().on_response_complete()
        if unread and not self._refused:  # whoever still sends would hold the connection
            self._refused = True
            self._linger()
        elif not self.is_busy():
            self.since = self.loop.time()
            if self.conn.trailing_data[0]:
                self._begun = True
                self._arm()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's own
        """Refuse what is no HTTP, with the status that says why."""
        error = sys.exception()
        status = getattr(error, "error_status_hint", 400)
        if status == 431 and b"\n" not in self.conn.trailing_data[0]:
            status = 414
        self._refuse(status, _SENTENCES.get(status, "not a request of HTTP/1.1"))

    def pause_writing(self) -> None:
        """Begin to wait for a client that does not take its answer."""
        super().pause_writing()
        if self._stalled is None:
            self._stalled = self.loop.call_later(STALL_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on sending."""
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None
        super().resume_writing()

    def shutdown(self) -> None:
        """Close, or let the answer that is under way be the last."""
        if self._refused:
            self.transport.close()
        else:
            super().shutdown()

    def _arm(self) -> None:
        self._disarm()
        self._deadline = self.loop.call_later(HEADER_SECONDS, self._late)

    def _disarm(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _late(self) -> None:
        if self.is_busy() or self.transport.is_closing():
            return
        if self._begun:
            self._refuse(408, _SENTENCES[408])
        else:
            self.transport.close()

    def _make_room(self) -> bool:
        """Close the connection that has been silent longest; return whether there is one."""
        idle = [c for c in self.connections if isinstance(c, PatientProtocol) and not c.is_busy()]
        if idle:
            oldest = min(idle, key=lambda c: c.since)
            self.connections.discard(oldest)
            oldest.transport.abort()
        return bool(idle)

    def _refuse(self, status: int, message: str) -> None:
        """Answer without h11, whose state a broken request has spoilt, and close."""
        if self.transport.is_closing():
            return
        if not self._refused and not self.is_busy():
            body = f"{message}\n".encode()
            self.transport.write(
                f"HTTP/1.1 {status} Refused\r\ncontent-type: text/plain; charset=utf-8\r\n"
                f"content-length: {len(body)}\r\nconnection: close\r\n\r\n".encode()
                + body
            )
        self._refused = True
        self._linger()

    def _linger(self) -> None:
        self._disarm()
        if self.transport.is_closing():
            return
        try:
            self.transport.write_eof()
        except OSError:  # the client has gone already
            self.transport.abort()
            return
        self.transport.resume_reading()
        self.loop.call_later(_LINGER_SECONDS, self.transport.abort)


def open_socket(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 is any free one.

    Raises:
        OSError: the address is in use, not ours, or not known.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(512)
    except OSError:
        listening.close()
        raise
    return listening


def run_app(app: Starlette, listening: socket.socket, ready: Callable[[], None]) -> None:
    """Serve an app until SIGINT or SIGTERM; answers that are under way are finished first.

    Args:
        app: with what it opens at its start and closes at its end.
        listening: from `open_socket`.
        ready: called once everything is open.

    Raises:
        KgError: as the app's start says.
    """
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=MOST_HEADER_BYTES,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=15,
    )

    async def live() -> None:
        async with app.router.lifespan_context(app):
            for sign in (signal.SIGINT, signal.SIGTERM):  # uvicorn raises them again at its end
                signal.signal(sign, lambda *_: None)
            ready()
            await uvicorn.Server(config).serve(sockets=[listening])

    asyncio.run(live())
