"""Updates through the pool: made whole, published, seen by readers, within their time."""

import asyncio
import json
import os
import signal
from pathlib import Path

import pytest

from kg.errors import QueryError, RefusedError, StoreError, TimeLimitError
from kg.serve.limits import Answer, Limits, Question
from kg.serve.pool import Pool
from kg.store.keep import Terms, open_writer
from tests.unit.serve_graph import JSON, RUNAWAY, outcome, patient, question, run_in_pool

LIMITS = Limits(workers=1, seconds=8, memory_bytes=300_000_000)
PUT = "INSERT DATA {{ GRAPH <urn:g> {{ <urn:s{0}> <urn:p> {0} }} }}"


@pytest.fixture
def folder(tmp_path) -> Path:
    path = tmp_path / "store"
    with open_writer(path, Terms(base="https://data.example.net/")) as writer:
        writer.update(PUT.format(0))
        writer.publish()
    return path


def updating(sparql: str, **more: object) -> Question:
    return Question(sparql=sparql, kind="update", **more)


async def count(pool: Pool) -> int:
    answer = await pool.ask(question("SELECT * { ?s ?p ?o }", JSON))
    return len(json.loads(answer.body)["results"]["bindings"])


def test_an_update_is_seen_by_the_next_query_and_raises_the_generation(folder):
    async def do(pool: Pool):
        before = pool.generation, await count(pool)
        made = await pool.ask(updating(PUT.format(1)))
        after = pool.generation, await count(pool)
        return before, made.generation, after

    before, made, after = run_in_pool(folder, LIMITS, do, update=True)
    assert (before[1], after[1]) == (1, 2)
    assert before[0] < made == after[0]


def test_many_updates_beside_queries_lose_nothing(folder):
    async def do(pool: Pool):
        async def read() -> list[Answer | Exception]:
            return [await outcome(pool, question("ASK {}")) for _ in range(40)]

        async def write() -> list[Answer | Exception]:
            return [await outcome(pool, updating(PUT.format(n))) for n in range(1, 16)]

        reads, writes = await asyncio.gather(read(), write())
        return reads + writes, await count(pool)

    answers, found = run_in_pool(folder, LIMITS, do, update=True)
    assert [answer for answer in answers if not isinstance(answer, Answer)] == []
    assert found == 16


@pytest.mark.parametrize(
    ("update", "kind"),
    [
        ("nonsense", QueryError),
        ("CLEAR GRAPH <urn:nowhere>", QueryError),
        ("LOAD <http://127.0.0.1:9/>", RefusedError),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", RefusedError),
    ],
)
def test_an_update_that_cannot_be_made_changes_nothing(folder, update, kind):
    async def do(pool: Pool):
        error = await outcome(pool, updating(f"{PUT.format(7)} ; {update}"))
        return error, await count(pool), await outcome(pool, updating(PUT.format(1)))

    error, found, after = run_in_pool(folder, LIMITS, do, update=True)
    assert type(error) is kind
    assert found == 1
    assert isinstance(after, Answer)


def test_an_update_over_its_time_is_killed_and_nothing_of_it_is_made(folder):
    limits = Limits(workers=1, seconds=1.0)
    many = " ".join(f"<urn:m{n}> <urn:p> {n} ." for n in range(300))
    endless = f"{PUT.format(9)} ; INSERT {{ <urn:x> <urn:p> ?n }} WHERE {{ {{ {RUNAWAY} }} }}"

    async def do(pool: Pool):
        pool.limits = LIMITS
        await pool.ask(updating(f"INSERT DATA {{ {many} }}"))
        pool.limits = limits
        error = await outcome(pool, updating(endless))
        pool.limits = LIMITS
        return error, await outcome(pool, updating(PUT.format(1))), await count(pool)

    error, after, found = run_in_pool(folder, limits, do, update=True)
    assert isinstance(error, TimeLimitError)
    assert isinstance(after, Answer)
    assert found == 302


def test_a_writer_that_is_killed_is_started_again(folder):
    async def do(pool: Pool):
        with patient() as until:
            writer = pool._writer
            os.kill(writer.pid, signal.SIGKILL)
            await until(lambda: not writer.alive)
            return await outcome(pool, updating(PUT.format(1))), await count(pool)

    answer, found = run_in_pool(folder, LIMITS, do, update=True)
    assert isinstance(answer, Answer)
    assert found == 2


def test_a_second_server_cannot_update_the_same_store(folder):
    with (
        open_writer(folder),
        pytest.raises(StoreError, match="writing"),
    ):
        run_in_pool(folder, LIMITS, count, update=True)


def test_the_dataset_of_the_protocol_holds_for_updates(folder):
    async def do(pool: Pool):
        update = "INSERT { GRAPH <urn:out> { ?s <urn:q> ?o } } WHERE { ?s ?p ?o }"
        await pool.ask(updating(update, default_graphs=("urn:nowhere",)))
        before = await count(pool)
        await pool.ask(updating(update, default_graphs=("urn:g",)))
        return before, await count(pool)

    assert run_in_pool(folder, LIMITS, do, update=True) == (1, 2)


def test_a_client_that_goes_while_its_update_runs_leaves_the_writer_in_order(folder):
    async def do(pool: Pool):
        first = asyncio.create_task(pool.ask(updating(PUT.format(1))))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        second = await outcome(pool, updating("nonsense"))
        return second, await outcome(pool, updating(PUT.format(2)))

    second, third = run_in_pool(folder, LIMITS, do, update=True)
    assert isinstance(second, QueryError), "each update has its own reply"
    assert isinstance(third, Answer)
