"""A small graph with a query that never ends, for tests of the pool."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from kg.serve.limits import Answer, Limits, Question
from kg.serve.pool import Pool
from kg.store.location import locate

T = TypeVar("T")
ROWS = 300
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f FILTER(?a != ?f && ?c != ?b) }"
JSON = "application/sparql-results+json"
CSV = "text/csv"


def write_graph(folder: Path) -> Path:
    """Write two named graphs: one of 300 numbers, one of a single name."""
    lines = [f'<urn:n{i}> <urn:value> "{i}" <urn:numbers> .' for i in range(ROWS)]
    lines.append('<urn:n1> <https://schema.org/name> "One" <urn:names> .')
    path = folder / "graph.nq"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def run_in_pool(path: Path, limits: Limits, do: Callable[[Pool], Awaitable[T]], **more: bool) -> T:
    """Return what comes of doing something with a pool over a source."""

    async def inside() -> T:
        with locate(path) as location:
            async with Pool(location, limits, **more) as pool:
                return await asyncio.wait_for(do(pool), 60)

    return asyncio.run(inside())


def question(sparql: str, *accept: str, **more: object) -> Question:
    return Question(sparql=sparql, accept=accept or ("*/*",), **more)


async def outcome(pool: Pool, asked: Question) -> Answer | Exception:
    """Return the answer or the error."""
    try:
        return await pool.ask(asked)
    except Exception as error:  # noqa: BLE001 (a test looks at which)
        return error


@contextmanager
def patient() -> Iterator[Callable[[Callable[[], bool]], Awaitable[None]]]:
    """Give a function that waits until something is so, at most 15 seconds."""

    async def until(so: Callable[[], bool]) -> None:
        for _ in range(300):
            if so():
                return
            await asyncio.sleep(0.05)
        raise AssertionError("it did not come to be so within 15 seconds")

    yield until
