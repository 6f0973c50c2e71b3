"""What every request must keep to, what every answer says to browsers, and who may update."""

import hmac
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.refusals import HttpRefusedError

MOST_ADDRESS_BYTES = 16_384
MOST_FIELD_BYTES = 32_768
_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_ALWAYS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After, Content-Location",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    # Authorization is not among them: no page of another site can update.
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, POST, OPTIONS",
}


class Guarded:
    """Middleware that refuses odd requests, answers OPTIONS and adds headers for browsers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def add_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = _refuse(scope)
        if refusal is not None:
            await _answer(add_headers, refusal.status, str(refusal), {"Connection": "close"})
        elif scope["method"] == "OPTIONS":
            await _answer(add_headers, 204, "", _PREFLIGHT)
        else:
            await self.app(scope, receive, add_headers)


def check_token(request: Request, token: str | None) -> None:
    """Let an update pass, or say why not.

    Raises:
        HttpRefusedError: 403 where updates are off, 401 without the right token.
    """
    if token is None:
        raise HttpRefusedError(
            403, "this server is read-only; kg serve --update lets updates in, with a token"
        )
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    same = hmac.compare_digest(given.strip().encode("utf-8", "replace"), token.encode())
    if scheme.lower() != "bearer" or not same:
        wrong = ', error="invalid_token"' if given else ""
        raise HttpRefusedError(
            401,
            "updates need the header Authorization: Bearer TOKEN",
            headers={"WWW-Authenticate": f'Bearer realm="kg updates"{wrong}'},
        )


def _refuse(scope: Scope) -> HttpRefusedError | None:
    headers = Headers(scope=scope)
    if len(scope.get("raw_path", b"")) + len(scope["query_string"]) > MOST_ADDRESS_BYTES:
        return HttpRefusedError(
            414, f"an address of more than {MOST_ADDRESS_BYTES:,} bytes: send the query by POST"
        )
    if sum(len(name) + len(value) for name, value in scope["headers"]) > MOST_FIELD_BYTES:
        return HttpRefusedError(431, f"headers of more than {MOST_FIELD_BYTES:,} bytes")
    # Two readings of where a body ends would let one request hide in another.
    # Source: https://www.rfc-editor.org/rfc/rfc9112#section-6.1-15
    if "transfer-encoding" in headers and "content-length" in headers:
        return HttpRefusedError(400, "both Content-Length and Transfer-Encoding")
    if headers.get("host") and not _HOST.fullmatch(headers["host"]):
        return HttpRefusedError(400, "the Host header is no host")
    return None


async def _answer(send: Send, status: int, message: str, headers: dict[str, str]) -> None:
    body = f"{message}\n".encode() if message else b""
    fields = {"Content-Type": "text/plain; charset=utf-8", **headers}
    if status != 204:
        fields["Content-Length"] = str(len(body))
    raw = [(name.lower().encode(), value.encode()) for name, value in fields.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})
