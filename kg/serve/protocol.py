"""Requests of the SPARQL 1.1 Protocol: what is asked, of which dataset.

Source: https://www.w3.org/TR/sparql11-protocol/
"""

import asyncio
import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl

from starlette.requests import Request

from kg.serve.refusals import HttpRefusedError
from kg.store.guard import check_dataset

_FORM = "application/x-www-form-urlencoded"
_DIRECT: dict[str, Literal["query", "update"]] = {
    "application/sparql-query": "query",
    "application/sparql-update": "update",
}
_MOST_FIELDS = 200
_CHARSET = re.compile(r';\s*charset\s*=\s*"?([^\s";]+)"?', re.IGNORECASE)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*")
_GRAPHS = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A query or an update, as it was asked.

    Attributes:
        default_graphs: IRIs given in the request; None where neither kind was given.
        named_graphs: likewise.
        form: short name or media type of `format=`, or None.
    """

    kind: Literal["query", "update"]
    sparql: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    form: str | None


async def read_operation(request: Request, *, most_bytes: int, seconds: float) -> Operation | None:
    """Return what a request asks; None for a GET that asks nothing.

    Args:
        request: to any of the endpoint's paths.
        most_bytes: limit of the body.
        seconds: within which all of the body must have come.

    Raises:
        HttpRefusedError: 400, 405, 408, 413 or 415.
        RefusedError: a graph that is a file or the like.
    """
    fields = decode_form(request.scope["query_string"])
    if request.method in ("GET", "HEAD"):
        if any(name == "update" for name, _ in fields):
            raise HttpRefusedError(400, "an update is sent by POST, not by GET")
        if not any(name == "query" for name, _ in fields):
            return None
        return _operation_of(fields)
    if request.method != "POST":
        raise HttpRefusedError(
            405, f"{request.method} is no operation of SPARQL", headers={"Allow": "GET, POST"}
        )
    media_type = _media_type(request)
    body = await read_body(request, most_bytes=most_bytes, seconds=seconds)
    if media_type == _FORM:
        return _operation_of([*fields, *decode_form(body)])
    kind = _DIRECT[media_type]
    if any(name in ("query", "update") for name, _ in fields):
        raise HttpRefusedError(400, "the body holds the text; the address must not hold another")
    return _operation_of([*fields, (kind, _decode(body))])


async def read_body(request: Request, *, most_bytes: int, seconds: float) -> bytes:
    """Return the body of a request; what is too long is not read to its end.

    Raises:
        HttpRefusedError: 413 or 408.
    """
    told = request.headers.get("content-length", "")
    too_long = HttpRefusedError(413, f"a body of more than {most_bytes:,} bytes is refused")
    if told.isdigit() and (len(told) > 18 or int(told) > most_bytes):
        raise too_long
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for piece in request.stream():
                body += piece
                if len(body) > most_bytes:
                    raise too_long
    except TimeoutError:
        raise HttpRefusedError(408, f"the body did not come within {seconds:g} seconds") from None
    return bytes(body)


def decode_form(data: bytes) -> list[tuple[str, str]]:
    """Return the fields of a query string or an URL-encoded body.

    Raises:
        HttpRefusedError: 400, not UTF-8 or too many fields.
    """
    try:
        return parse_qsl(
            data.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except UnicodeDecodeError:
        raise HttpRefusedError(400, "the parameters are not UTF-8") from None
    except ValueError:
        raise HttpRefusedError(400, f"more than {_MOST_FIELDS} parameters") from None


def _media_type(request: Request) -> str:
    header = request.headers.get("content-type", "")
    media_type = header.partition(";")[0].strip().lower()
    if media_type != _FORM and media_type not in _DIRECT:
        told = f"{media_type[:80]!r} is" if media_type else "without a Content-Type it is"
        wanted = ", ".join((_FORM, *_DIRECT))
        raise HttpRefusedError(415, f"{told} no body that can be read; there are: {wanted}")
    charset = _CHARSET.search(header)
    if charset and charset[1].lower() not in ("utf-8", "utf8", "us-ascii"):
        raise HttpRefusedError(415, f"charset {charset[1][:40]!r}: SPARQL comes as UTF-8")
    return media_type


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HttpRefusedError(400, f"byte {error.start} of the body is not UTF-8") from None


def _operation_of(fields: list[tuple[str, str]]) -> Operation:
    texts = [(name, value) for name, value in fields if name in ("query", "update")]
    if not texts:
        raise HttpRefusedError(400, "no parameter query or update")
    if len(texts) > 1:
        raise HttpRefusedError(400, "more than one parameter query or update: give one")
    kind: Literal["query", "update"] = "update" if texts[0][0] == "update" else "query"
    other = "query" if kind == "update" else "update"
    wrong = [name for name, _ in fields if name in _GRAPHS[other]]
    if wrong:
        raise HttpRefusedError(400, f"{wrong[0]} belongs to a {other}, and this is a {kind}")
    default, named = (_iris(fields, name) for name in _GRAPHS[kind])
    given = bool(default or named)
    return Operation(
        kind=kind,
        sparql=texts[0][1],
        default_graphs=default if given else None,
        named_graphs=named if given else None,
        form=next(
            (value for name, value in fields if name in ("format", "output") and value), None
        ),
    )


def _iris(fields: list[tuple[str, str]], name: str) -> tuple[str, ...]:
    found = tuple(value for field, value in fields if field == name and value)
    for iri in found:
        if not _ABSOLUTE.fullmatch(iri):
            raise HttpRefusedError(400, f"{name}={iri[:200]}: not an absolute IRI")
    check_dataset(found)
    return found
