"""Load test: `python -m tests.bench.load_serve` serves a million triples to sixteen clients.

First a quiet phase: clients ask what an analyst asks. Then the same with one client more, which
sends three-way cross joins in a loop. Then it is looked at whether anybody noticed.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from tests.bench.newsroom import BASE, write_news

SAVED = ("same-event", "voices", "not-facts", "dyads", "rebuttals")
"""Saved queries of the mix; each takes 0.1 to 0.4 s over a million triples."""
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f FILTER(?a != ?f && ?c != ?b) }"
LOOK_UPS = (
    "SELECT ?p ?o {{ <{iri}> ?p ?o }} LIMIT 50",
    "SELECT ?s ?p {{ ?s ?p <{iri}> }} LIMIT 50",
    "ASK {{ <{iri}> a ?type }}",
    "SELECT ?name {{ <{iri}> schema:name ?name }} LIMIT 10",
    "DESCRIBE <{iri}>",
)
_HEADERS = "Host: {host}\r\nAccept: */*\r\nConnection: close\r\n\r\n"


@dataclass(frozen=True)
class Mix:
    """What clients ask.

    Attributes:
        saved: share of saved queries, 0 to 1; the rest look things up.
        think: seconds between an answer and the next question, at least and at most.
    """

    saved: float
    think: tuple[float, float]


ANALYSTS = Mix(saved=0.75, think=(3, 6))
PAGES = Mix(saved=0.0, think=(0.1, 0.5))
MIXES = {"analysts": ANALYSTS, "pages": PAGES}


@dataclass
class Phase:
    """What clients met: seconds of each query that was answered, and what was not.

    Attributes:
        peak_bytes: most resident memory of the server and its workers together.
    """

    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    runaways: list[tuple[int, float]] = field(default_factory=list)
    peak_bytes: int = 0
    by_kind: dict[str, list[float]] = field(default_factory=dict)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.seconds, n=100)[98]


@dataclass(frozen=True)
class Outcome:
    """What the load test found; seconds and bytes."""

    triples: int
    clients: int
    asked_quiet: int
    asked_loud: int
    failed: int
    median_quiet: float
    p99_quiet: float
    median_loud: float
    p99_loud: float
    runaways: int
    runaway_statuses: tuple[int, ...]
    longest_runaway: float
    peak_bytes: int
    medians: dict[str, tuple[float, float]]


async def fetch(host: str, port: int, target: str) -> tuple[int, bytes]:
    """Return status and body of a GET."""
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(f"GET {target} HTTP/1.1\r\n{_HEADERS.format(host=host)}".encode())
        await writer.drain()
        answer = await reader.read()
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
    head, _, body = answer.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 "):
        return 0, answer
    return int(head.split(None, 2)[1]), body


def choose_target(pick: random.Random, iris: list[str], mix: Mix) -> tuple[str, str]:
    """Return the kind of a question and its URL: saved queries and look-ups."""
    if pick.random() < mix.saved:
        name = pick.choice(SAVED)
        return name, f"/queries/{name}?format=json"
    sparql = pick.choice(LOOK_UPS).format(iri=pick.choice(iris))
    return "look-up", "/sparql?" + urlencode({"query": sparql}, quote_via=quote)


async def client(
    address: tuple[str, int],
    until: float,
    pick: random.Random,
    iris: list[str],
    phase: Phase,
    mix: Mix,
) -> None:
    """Ask one question after another, with a moment of thought between."""
    while time.monotonic() < until:
        kind, target = choose_target(pick, iris, mix)
        start = time.monotonic()
        try:
            status, body = await fetch(*address, target)
        except OSError as error:
            status, body = 0, str(error).encode()
        took = time.monotonic() - start
        if status == 200:
            phase.seconds.append(took)
            phase.by_kind.setdefault(kind, []).append(took)
        else:
            phase.failures.append(f"{status} {kind} after {took:.2f} s: {body[:120]!r}")
        await asyncio.sleep(pick.uniform(*mix.think))


async def run_away(address: tuple[str, int], until: float, phase: Phase) -> None:
    """Send the query that never ends, again and again."""
    target = "/sparql?" + urlencode({"query": RUNAWAY})
    while time.monotonic() < until:
        start = time.monotonic()
        status, _ = await fetch(*address, target)
        phase.runaways.append((status, time.monotonic() - start))


async def measure_memory(pid: int, phase: Phase) -> None:
    """Note the most memory that the server and its workers hold, looked at four times a second."""
    while True:
        phase.peak_bytes = max(phase.peak_bytes, resident_bytes(pid))
        await asyncio.sleep(0.25)


def resident_bytes(pid: int) -> int:
    """Return the resident memory of a process and all below it."""
    total = 0
    with contextlib.suppress(OSError, IndexError):
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        total = pages * os.sysconf("SC_PAGESIZE")
        for thread in Path(f"/proc/{pid}/task").iterdir():
            children = (thread / "children").read_text().split()
            total += sum(resident_bytes(int(child)) for child in children)
    return total


async def run_phase(
    server: "Server", clients: int, seconds: float, iris: list[str], mix: Mix, *, loud: bool
) -> Phase:
    """Return what clients met in so many seconds."""
    phase, until = Phase(), time.monotonic() + seconds
    watch = asyncio.create_task(measure_memory(server.process.pid, phase))
    asked = [
        client(server.address, until, random.Random(number), iris, phase, mix)
        for number in range(clients)
    ]
    if loud:
        asked.append(run_away(server.address, until, phase))
    await asyncio.gather(*asked)
    watch.cancel()
    return phase


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen[str]
    address: tuple[str, int]


@contextlib.contextmanager
def serving(source: Path, seconds: float) -> Iterator[Server]:
    """Run `kg serve` on a free port; end it afterwards."""
    command = [sys.executable, "-m", "kg", "serve", str(source), "--port", "0"]
    command += ["--base", BASE, "--seconds", str(seconds), "--log", os.devnull]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            told = process.stdout.readline() if process.stdout else ""
            url = urlsplit((re.search(r"http://\S+", told) or [""])[0])
            if not url.port:
                raise RuntimeError(f"kg serve did not start: {told!r}")
            yield Server(process, (str(url.hostname), url.port))
        finally:
            process.terminate()
            process.wait(30)


@contextlib.asynccontextmanager
async def warm(server: Server) -> AsyncIterator[None]:
    """Wait until the server answers, and let it answer every saved query of the mix once."""
    for _ in range(100):
        with contextlib.suppress(OSError, socket.gaierror):
            status, _ = await fetch(*server.address, "/health")
            if status == 200:
                break
        await asyncio.sleep(0.1)
    for name in SAVED:
        status, body = await fetch(*server.address, f"/queries/{name}?format=json")
        if status != 200:
            raise RuntimeError(f"{name}: {status} {body[:300]!r}")
    yield


async def list_iris(server: Server) -> list[str]:
    """Return IRIs of people, articles and claims to look up."""
    iris = list[str]()
    for kind in ("schema:Person", "schema:NewsArticle", "schema:Claim", "schema:City"):
        sparql = f"SELECT DISTINCT ?s {{ ?s a {kind} FILTER(isIRI(?s)) }} LIMIT 500"
        _, body = await fetch(*server.address, "/sparql?" + urlencode({"query": sparql}))
        iris += [row["s"]["value"] for row in json.loads(body)["results"]["bindings"]]
    return iris


async def put_under_load(
    server: Server, triples: int, clients: int, seconds: float, mix: Mix
) -> tuple[Outcome, list[str]]:
    """Return the outcome of both phases, and what failed."""
    async with warm(server):
        iris = await list_iris(server)
        quiet = await run_phase(server, clients, seconds / 2, iris, mix, loud=False)
        loud = await run_phase(server, clients, seconds, iris, mix, loud=True)
    kinds = sorted(quiet.by_kind.keys() & loud.by_kind.keys())
    outcome = Outcome(
        triples=triples,
        clients=clients,
        asked_quiet=len(quiet.seconds),
        asked_loud=len(loud.seconds),
        failed=len(quiet.failures) + len(loud.failures),
        median_quiet=quiet.median,
        p99_quiet=quiet.p99,
        median_loud=loud.median,
        p99_loud=loud.p99,
        runaways=len(loud.runaways),
        runaway_statuses=tuple(sorted({status for status, _ in loud.runaways})),
        longest_runaway=max((took for _, took in loud.runaways), default=0.0),
        peak_bytes=max(quiet.peak_bytes, loud.peak_bytes),
        medians={
            kind: (statistics.median(quiet.by_kind[kind]), statistics.median(loud.by_kind[kind]))
            for kind in kinds
        },
    )
    return outcome, quiet.failures + loud.failures


def load(
    triples: int = 1_000_000,
    clients: int = 16,
    seconds: float = 60,
    limit: float = 10,
    source: Path | None = None,
    mix: Mix = ANALYSTS,
) -> tuple[Outcome, list[str]]:
    """Make a graph, serve it, put it under load; return what was found, and what failed."""
    with tempfile.TemporaryDirectory(prefix="kg-load-") as folder:
        if source is None:
            source = Path(folder) / "news.trig"
            triples = write_news(source, triples).triples
        with serving(source, limit) as server:
            return asyncio.run(put_under_load(server, triples, clients, seconds, mix))


def main() -> None:
    """Print the outcome as JSON; exit code 1 where a query failed or the server grew slow."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--triples", type=int, default=1_000_000)
    options.add_argument("--clients", type=int, default=16)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--limit", type=float, default=10, help="seconds of a query")
    options.add_argument("--source", type=Path, help="serve this instead of a graph made anew")
    options.add_argument("--mix", choices=MIXES, default="analysts", help="what clients ask")
    given = vars(options.parse_args())
    outcome, failures = load(**{**given, "mix": MIXES[given["mix"]]})
    print(json.dumps(asdict(outcome), indent=1))
    for failure in failures[:20]:
        print(failure, file=sys.stderr)
    raise SystemExit(bool(failures) or outcome.p99_loud >= 10 * outcome.median_quiet)


if __name__ == "__main__":
    main()
