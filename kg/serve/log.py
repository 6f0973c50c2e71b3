"""The access log: one line of JSON for each request, without tokens."""

import hashlib
import json
import time
from datetime import UTC, datetime
from typing import TextIO

from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOTES = "kg.notes"
"""Key of the scope under which handlers leave what the log is to say besides."""
_SHOWN = 200  # characters of a query


class AccessLog:
    """Middleware that writes a line for each request."""

    def __init__(self, app: ASGIApp, *, stream: TextIO) -> None:
        self.app = app
        self.stream = stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request and write its line."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope[NOTES] = notes = dict[str, str]()
        status, sent = 0, 0
        begin = time.perf_counter()

        async def watch(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                sent += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except BaseException:
            notes["outcome"] = "fault"
            status = status or 500
            raise
        finally:
            seconds = time.perf_counter() - begin
            self._write(scope, notes, status=status, sent=sent, seconds=seconds)

    def _write(
        self, scope: Scope, notes: dict[str, str], *, status: int, sent: int, seconds: float
    ) -> None:
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "client": (scope.get("client") or ("",))[0],
            "method": scope["method"],
            "path": scope["path"][:500],
            "status": status or 499,  # the client went before there was an answer
            "bytes": sent,
            "seconds": round(seconds, 4),
            "outcome": notes.pop("outcome", _outcome(status)),
            **notes,
        }
        self.stream.write(json.dumps(line, ensure_ascii=True) + "\n")
        self.stream.flush()


def note_query(scope: Scope, sparql: str, kind: str) -> None:
    """Leave for the log what was asked: its hash and its beginning."""
    notes = scope.get(NOTES)
    if notes is not None:
        data = sparql.encode("utf-8", "surrogatepass")
        notes["operation"] = kind
        notes["query_sha256"] = hashlib.sha256(data).hexdigest()
        notes["query"] = sparql[:_SHOWN]


def note_error(scope: Scope, name: str) -> None:
    """Leave for the log which error ended a request."""
    notes = scope.get(NOTES)
    if notes is not None:
        notes["outcome"] = name


def _outcome(status: int) -> str:
    if not status:
        return "gone"
    return "ok" if status < 400 else "refused" if status < 500 else "failed"
