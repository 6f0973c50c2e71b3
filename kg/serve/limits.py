"""How much a query may take, and what a question and its answer are."""

import os
from dataclasses import dataclass, field
from typing import Literal


def _cores() -> int:
    return max(2, os.cpu_count() or 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a query may take.

    Attributes:
        seconds: wall-clock time of a query once it runs.
        memory_bytes: memory that it may add to its worker.
        result_bytes: size of its answer; more is an error, never a cut answer.
        request_bytes: size of the query itself.
        workers: queries that run side by side; as many again may run in the slow lane.
        waiting: queries that may wait for a worker.
        wait_seconds: how long one waits before it is told to come back.
        slow_seconds: after so much processor time a query goes to the slow lane: low priority,
            and a fresh worker takes its place.
    """

    seconds: float = 10.0
    memory_bytes: int = 2_000_000_000
    result_bytes: int = 50_000_000
    request_bytes: int = 1_000_000
    workers: int = field(default_factory=_cores)
    waiting: int = 64
    wait_seconds: float = 5.0
    slow_seconds: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A query or update, as a client asks it.

    Attributes:
        accept: media types, the most wanted first; `*/*` takes any.
        default_graphs, named_graphs: of the protocol's dataset; None where the client names none.
        base: IRI that relative ones are below.
    """

    sparql: str
    kind: Literal["query", "update"] = "query"
    accept: tuple[str, ...] = ("*/*",)
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    base: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer, whole.

    Attributes:
        generation: number of the publication that was asked.
    """

    body: bytes
    media_type: str
    generation: int = 0
