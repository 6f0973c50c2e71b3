"""Queries in worker processes: answers, forms, datasets, and the limits that hold them."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.errors import (
    BusyError,
    MemoryLimitError,
    NotAcceptableError,
    QueryError,
    RefusedError,
    ResultLimitError,
    StoreError,
    TimeLimitError,
)
from kg.serve.limits import Answer, Limits
from kg.serve.pool import Pool
from tests.unit.serve_graph import (
    CSV,
    JSON,
    ROWS,
    RUNAWAY,
    outcome,
    patient,
    question,
    run_in_pool,
    write_graph,
)

SMALL = Limits(workers=1, seconds=10, memory_bytes=300_000_000)
QUICK = Limits(workers=1, seconds=1.0, slow_seconds=0.4, memory_bytes=300_000_000)
ALL = "SELECT * { ?s ?p ?o }"


@pytest.fixture(scope="module")
def graph(tmp_path_factory) -> Path:
    return write_graph(tmp_path_factory.mktemp("pool"))


def ask(graph, sparql, *accept, limits=SMALL, **more):
    async def do(pool):
        return await outcome(pool, question(sparql, *accept, **more))

    return run_in_pool(graph, limits, do)


def ask_in_turn(graph, limits, *sparqls):
    async def do(pool):
        return [await outcome(pool, question(sparql, JSON)) for sparql in sparqls]

    return run_in_pool(graph, limits, do)


def count_of(answer: Answer) -> int:
    return len(json.loads(answer.body)["results"]["bindings"])


def test_a_query_sees_the_union_of_all_graphs_and_knows_the_prefixes(graph):
    answer = ask(graph, "SELECT ?v ?n { ?s <urn:value> ?v ; schema:name ?n }", CSV)
    assert answer.body == b"v,n\r\n1,One\r\n"
    assert answer.media_type == CSV


@pytest.mark.parametrize(
    ("sparql", "accept", "media_type", "start"),
    [
        (ALL, ("*/*",), JSON, b'{"head"'),
        (ALL, ("application/sparql-results+xml",), "application/sparql-results+xml", b"<?xml"),
        (ALL, ("text/turtle", "text/tab-separated-values"), "text/tab-separated-values", b"?"),
        (ALL, ("application/json",), JSON, b'{"head"'),
        ("ASK {}", ("text/html", "*/*"), JSON, b'{"head":{},"boolean":true}'),
        ("ASK {}", (CSV,), CSV, b"true"),
        ("CONSTRUCT WHERE { ?s schema:name ?o }", ("*/*",), "text/turtle", b"@prefix"),
        ("DESCRIBE <urn:n1>", ("application/n-triples",), "application/n-triples", b"<urn:n1>"),
        ("DESCRIBE <urn:n1>", ("application/ld+json",), "application/ld+json", b"["),
        ("DESCRIBE <urn:n1>", ("application/rdf+xml",), "application/rdf+xml", b"<?xml"),
        ("DESCRIBE <urn:n1>", ("application/n-quads",), "application/n-quads", b"<urn:n1>"),
        ("DESCRIBE <urn:n1>", (CSV, "application/trig"), "application/trig", b"@prefix"),
    ],
)
def test_the_first_form_that_fits_the_kind_of_query_is_given(
    graph, sparql, accept, media_type, start
):
    answer = ask(graph, sparql, *accept)
    assert (answer.media_type, answer.body[: len(start)]) == (media_type, start)


@pytest.mark.parametrize(("sparql", "accept"), [(ALL, "text/turtle"), ("DESCRIBE <urn:n1>", CSV)])
def test_a_form_that_does_not_fit_the_kind_of_query_is_not_acceptable(graph, sparql, accept):
    assert isinstance(ask(graph, sparql, accept), NotAcceptableError)


@pytest.mark.parametrize(
    ("default", "named", "outside", "within"),
    [
        (None, None, ROWS + 1, ROWS + 1),
        (("urn:names",), None, 1, 0),
        (None, ("urn:names",), 0, 1),
        (("urn:numbers",), ("urn:names",), ROWS, 1),
        (("urn:numbers", "urn:names"), None, ROWS + 1, 0),
        (("urn:nowhere",), ("urn:nowhere",), 0, 0),
    ],
)
def test_the_dataset_of_the_protocol_is_what_the_query_sees(graph, default, named, outside, within):
    dataset = {"default_graphs": default, "named_graphs": named}
    assert count_of(ask(graph, ALL, JSON, **dataset)) == outside
    inner = ask(graph, "SELECT * { GRAPH ?g { ?s ?p ?o } }", JSON, **dataset)
    assert count_of(inner) == within


def test_the_dataset_of_the_protocol_stands_before_that_of_the_query(graph):
    sparql = "SELECT * FROM <urn:numbers> { ?s ?p ?o }"
    assert count_of(ask(graph, sparql, JSON)) == ROWS
    assert count_of(ask(graph, sparql, JSON, default_graphs=("urn:names",))) == 1


def test_relative_iris_are_below_the_base(graph):
    answer = ask(graph, "SELECT (STR(<x>) AS ?x) {}", CSV, base="https://example.org/a/")
    assert answer.body.split() == [b"x", b"https://example.org/a/x"]


@pytest.mark.parametrize(
    ("sparql", "kind"),
    [
        ("SELECT nonsense", QueryError),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", QueryError),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", RefusedError),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", RefusedError),
        ("SELECT * { BIND('\ud800' AS ?x) }", QueryError),
    ],
)
def test_what_cannot_be_run_is_said_in_one_line(graph, sparql, kind):
    error = ask(graph, sparql)
    assert type(error) is kind
    assert "\n" not in str(error)


def test_a_dataset_outside_the_graph_is_refused(graph):
    assert isinstance(ask(graph, ALL, default_graphs=("file:///etc/passwd",)), RefusedError)


def test_an_update_is_refused_where_updates_are_off(graph):
    assert isinstance(ask(graph, "CLEAR ALL", kind="update"), RefusedError)


def test_updates_need_a_store_folder(graph):
    with pytest.raises(StoreError, match="store of kg add"):
        run_in_pool(graph, SMALL, lambda pool: asyncio.sleep(0), update=True)


def test_an_answer_that_is_too_large_is_an_error_and_never_cut(graph):
    whole = ask(graph, ALL, CSV)
    exact = Limits(workers=1, result_bytes=len(whole.body))
    short = Limits(workers=1, result_bytes=len(whole.body) - 1)
    assert ask(graph, ALL, CSV, limits=exact).body == whole.body
    assert isinstance(ask(graph, ALL, CSV, limits=short), ResultLimitError)


def test_a_large_answer_comes_whole(graph):
    sparql = "SELECT (STR(?o) AS ?x) { ?s <urn:value> ?o . ?t <urn:value> ?u }"
    answer = ask(graph, sparql, CSV)
    assert answer.body.count(b"\n") == ROWS * ROWS + 1


def test_a_query_that_runs_on_ends_at_its_limit_and_the_next_is_answered(graph):
    start = time.monotonic()
    first, second = ask_in_turn(graph, QUICK, RUNAWAY, "ASK {}")
    assert isinstance(first, TimeLimitError)
    assert isinstance(second, Answer)
    assert time.monotonic() - start < QUICK.seconds + 8


def test_a_query_that_takes_too_much_memory_ends_its_worker_alone(graph):
    greedy = "SELECT ?a ?c ?e { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f } ORDER BY ?f"
    little = Limits(workers=1, seconds=30, memory_bytes=60_000_000)
    first, second = ask_in_turn(graph, little, greedy, "ASK {}")
    assert isinstance(first, MemoryLimitError)
    assert isinstance(second, Answer)


@pytest.mark.parametrize(
    "sparql",
    [
        "ASK { FILTER(" + "(" * 100_000 + "1" + ")" * 100_000 + ") }",
        "ASK " + "{" * 100_000 + "}" * 100_000,
        "SELECT * { ?s ?p " + "[ <urn:p> " * 50_000 + "1" + "]" * 50_000 + "}",
        "ASK { FILTER(" + "!" * 100_000 + "true) }",
        "ASK { FILTER(" + "- " * 100_000 + "1) }",
        "ASK { FILTER(1" + " + 1" * 100_000 + ") }",
        "ASK { FILTER(true" + " || true" * 50_000 + ") }",
        "ASK { ?s <urn:p>" + "/<urn:p>" * 50_000 + " ?o }",
        "ASK { ?s <urn:p>" + "|<urn:p>" * 50_000 + " ?o }",
        "ASK { {}" + " UNION {}" * 50_000 + " }",
    ],
    ids=["(", "{", "[", "!", "-", "+", "||", "/", "|", "UNION"],
)
def test_a_query_nested_too_deep_costs_at_most_its_worker(graph, sparql):
    limits = Limits(workers=1, seconds=4, slow_seconds=1, memory_bytes=300_000_000)
    first, second = ask_in_turn(graph, limits, sparql, "ASK {}")
    assert isinstance(first, QueryError | TimeLimitError | MemoryLimitError | Answer), first
    assert isinstance(second, Answer)


def test_a_worker_that_is_killed_from_outside_is_an_error_and_is_replaced(graph):
    async def do(pool: Pool):
        with patient() as until:
            asked = asyncio.create_task(outcome(pool, question(RUNAWAY)))
            await until(lambda: pool.metrics.busy == 1)
            os.kill(next(iter(pool._all)).pid, signal.SIGKILL)
            died = await asked
            return died, await outcome(pool, question("ASK {}")), pool.metrics.restarts

    died, after, restarts = run_in_pool(graph, SMALL, do)
    assert isinstance(died, StoreError)
    assert "died" in str(died)
    assert isinstance(after, Answer)
    assert restarts == 1


def test_a_worker_that_dies_while_it_is_idle_is_replaced_unnoticed(graph):
    async def do(pool: Pool):
        with patient() as until:
            await pool.ask(question("ASK {}"))
            worker = next(iter(pool._all))
            os.kill(worker.pid, signal.SIGKILL)
            await until(lambda: not worker.alive)
            return await outcome(pool, question("ASK {}"))

    assert isinstance(run_in_pool(graph, SMALL, do), Answer)


def test_a_client_that_goes_ends_its_query_at_once(graph):
    async def do(pool: Pool):
        with patient() as until:
            asked = asyncio.create_task(pool.ask(question(RUNAWAY)))
            await until(lambda: pool.metrics.busy == 1)
            worker = next(iter(pool._all))
            asked.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asked
            start = time.monotonic()
            await until(lambda: not worker.alive)
            return time.monotonic() - start, await outcome(pool, question("ASK {}"))

    took, after = run_in_pool(graph, SMALL, do)
    assert took < 2
    assert isinstance(after, Answer)


def test_a_client_that_goes_while_it_waits_leaves_its_place(graph):
    limits = Limits(workers=1, seconds=20, slow_seconds=20, waiting=1)

    async def do(pool: Pool):
        with patient() as until:
            long = asyncio.create_task(pool.ask(question(RUNAWAY)))
            await until(lambda: pool.metrics.busy == 1)
            gone = asyncio.create_task(pool.ask(question("ASK {}")))
            await until(lambda: pool.metrics.waiting == 1)
            full = await outcome(pool, question("ASK {}"))
            gone.cancel()
            await until(lambda: pool.metrics.waiting == 0)
            third = asyncio.create_task(outcome(pool, question("ASK {}")))
            await until(lambda: pool.metrics.waiting == 1)
            long.cancel()
            return full, await third

    full, third = run_in_pool(graph, limits, do)
    assert isinstance(full, BusyError)
    assert full.retry_after >= 1
    assert isinstance(third, Answer)


def test_who_waits_too_long_is_told_to_come_back(graph):
    limits = Limits(workers=1, seconds=20, slow_seconds=20, wait_seconds=0.3)

    async def do(pool: Pool):
        with patient() as until:
            long = asyncio.create_task(outcome(pool, question(RUNAWAY)))
            await until(lambda: pool.metrics.busy == 1)
            told = await outcome(pool, question("ASK {}"))
            long.cancel()
            return told

    assert isinstance(run_in_pool(graph, limits, do), BusyError)


def test_waiting_queries_are_served_in_the_order_they_came(graph):
    async def do(pool: Pool):
        order = []

        async def one(number: int) -> None:
            await pool.ask(question("ASK {}"))
            order.append(number)

        await asyncio.gather(*(one(number) for number in range(20)))
        return order

    assert run_in_pool(graph, SMALL, do) == list(range(20))


def test_a_long_query_makes_room_for_short_ones(graph):
    limits = Limits(workers=1, seconds=20, slow_seconds=0.3, wait_seconds=10)

    async def do(pool: Pool):
        with patient() as until:
            long = asyncio.create_task(outcome(pool, question(RUNAWAY)))
            await until(lambda: pool.metrics.slow == 1)
            nice = os.getpriority(os.PRIO_PROCESS, next(w.pid for w in pool._all if w.slow))
            short = await outcome(pool, question("ASK {}"))
            running = not long.done()
            long.cancel()
            return nice, short, running

    nice, short, running = run_in_pool(graph, limits, do)
    assert nice == 10
    assert isinstance(short, Answer)
    assert running


def test_many_long_queries_do_not_keep_short_ones_out(graph):
    limits = Limits(workers=1, seconds=6, slow_seconds=0.3, wait_seconds=10)

    async def do(pool: Pool):
        long = [asyncio.create_task(outcome(pool, question(RUNAWAY))) for _ in range(4)]
        await asyncio.sleep(0.5)
        short = await outcome(pool, question("ASK {}"))
        return short, await asyncio.gather(*long)

    short, long = run_in_pool(graph, limits, do)
    assert isinstance(short, Answer)
    assert all(isinstance(error, TimeLimitError | BusyError) for error in long), long
    assert any(isinstance(error, BusyError) for error in long)


def test_numbers_tell_how_queries_ended(graph):
    async def do(pool: Pool):
        for sparql in ("ASK {}", "ASK {}", "nonsense", "SELECT * { SERVICE <urn:x> {} }"):
            await outcome(pool, question(sparql))
        return pool.metrics

    metrics = run_in_pool(graph, SMALL, do)
    assert dict(metrics.outcomes) == {"ok": 2, "query": 1, "refused": 1}
    assert (metrics.asked, metrics.buckets[-1]) == (4, 4)
    assert (metrics.workers, metrics.busy, metrics.waiting, metrics.slow) == (1, 0, 0, 0)


SERVER = """
import asyncio, sys
from kg.serve.limits import Limits, Question
from kg.serve.pool import Pool
from kg.store.location import locate
async def main():
    with locate(sys.argv[1]) as location:
        async with Pool(location, Limits(workers=2)) as pool:
            await pool.ask(Question(sparql="ASK {}"))
            print(*(worker.pid for worker in pool._all), flush=True)
            await pool.ask(Question(sparql=sys.argv[2]))
asyncio.run(main())
"""


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM])
def test_workers_die_with_the_server_however_it_dies(graph, sign):
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, str(graph), RUNAWAY], stdout=subprocess.PIPE, text=True
    ) as server:
        workers = [int(pid) for pid in server.stdout.readline().split()]
        assert len(workers) == 2
        time.sleep(0.5)
        server.send_signal(sign)
        server.wait(10)
    end = time.monotonic() + 5
    while time.monotonic() < end and any(_runs(pid) for pid in workers):
        time.sleep(0.05)
    assert not any(_runs(pid) for pid in workers)


def _runs(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"


def test_workers_have_no_network_and_do_not_hear_ctrl_c(graph):
    async def do(pool: Pool):
        await pool.ask(question("ASK {}"))
        worker = next(iter(pool._all))
        os.kill(worker.pid, signal.SIGINT)
        await asyncio.sleep(0.2)
        devices = Path(f"/proc/{worker.pid}/net/dev").read_text()
        return worker.alive, {line.split(":")[0].strip() for line in devices.splitlines()[2:]}

    alive, devices = run_in_pool(graph, SMALL, do)
    assert alive
    if Path("/proc/sys/kernel").exists() and os.geteuid() == 0:
        assert devices <= {"lo"}, "a network namespace of its own holds nothing but a loopback"


def test_workers_know_no_secrets(graph, monkeypatch):
    monkeypatch.setenv("KG_UPDATE_TOKEN", "abracadabra")

    async def do(pool: Pool):
        await pool.ask(question("ASK {}"))
        return Path(f"/proc/{next(iter(pool._all)).pid}/environ").read_bytes()

    assert b"abracadabra" not in run_in_pool(graph, SMALL, do)
