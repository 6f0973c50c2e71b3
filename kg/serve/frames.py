"""How the pool and its workers talk: a length, a header in JSON, and for answers a body."""

import asyncio
import json
import struct
from dataclasses import asdict, dataclass
from typing import BinaryIO, Literal

_LENGTHS = struct.Struct(">II")
Outcome = Literal["ok", "bad", "refused", "unacceptable", "result", "memory", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a worker is to do.

    Attributes:
        database: folder of the database; a worker opens it anew when it is another one.
    """

    sparql: str
    accept: tuple[str, ...]
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    base: str | None = None
    database: str = ""
    result_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came of it.

    Attributes:
        message: one line, where the outcome is not ok.
        generation: of a publication that an update made.
    """

    outcome: Outcome
    message: str = ""
    media_type: str = ""
    generation: int = 0
    body: bytes = b""


def pack_job(job: Job) -> bytes:
    """Return a job as bytes."""
    header = json.dumps(asdict(job)).encode()
    return _LENGTHS.pack(len(header), 0) + header


def pack_reply(reply: Reply) -> bytes:
    """Return a reply as bytes."""
    fields = asdict(reply)
    body: bytes = fields.pop("body")
    header = json.dumps(fields).encode()
    return _LENGTHS.pack(len(header), len(body)) + header + body


def read_job(stream: BinaryIO) -> Job | None:
    """Return the next job, or None where the pool is gone."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    size, _ = _LENGTHS.unpack(lengths)
    text = stream.read(size)
    if len(text) < size:
        return None
    read = json.loads(text)
    for name in ("accept", "default_graphs", "named_graphs"):
        read[name] = None if read[name] is None else tuple(read[name])
    return Job(**read)


async def read_reply(stream: asyncio.StreamReader) -> Reply:
    """Return the next reply.

    Raises:
        IncompleteReadError: the worker is gone.
    """
    size, more = _LENGTHS.unpack(await stream.readexactly(_LENGTHS.size))
    read = json.loads(await stream.readexactly(size))
    return Reply(**read, body=await stream.readexactly(more))
