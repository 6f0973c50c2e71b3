"""A site on this machine with everything that the web does to who fetches it.

The hosts `news.example`, `other.example` … lead to it. The guard of the tests lets through its one
address and port, so that every other address of this machine is refused as it is for users.
"""

import gzip
import socket
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest

from kg.errors import KgError
from kg.fetch import Limits
from kg.fetch.addresses import Guard
from kg.fetch.web import Web
from tests.unit.misbehaving import answer, misbehaving

DATE = "Sun, 01 Mar 2026 08:30:00 GMT"
QUICK = Limits(
    connect_seconds=10,
    read_seconds=10,
    total_seconds=20,
    response_bytes=100_000,
    redirects=5,
    tries=3,
    first_wait=0.01,
    longest_wait=20,
)
"""As of the web, but small; the times are such that a slow machine keeps them."""
SHORT = replace(QUICK, connect_seconds=1, read_seconds=0.4, total_seconds=1.5)
"""For servers that are slow."""


def page(words="words", **headers):
    headers.setdefault("Content_Type", "text/html; charset=utf-8")
    headers.setdefault("Date", DATE)
    return answer(200, f"<html><body><p>{words}</p></body></html>".encode(), **headers)


def moved(target, status=302):
    return answer(status, Location=target)


@dataclass
class Site:
    """What is served, and what was asked.

    Attributes:
        port: of the server.
        paths: what each path answers: bytes, or a function of (asked, number, socket).
        hosts: the same for one host alone, before `paths`.
        names: addresses that a name leads to, one list after another; the last one stays.
        lookups: names that were looked up.
    """

    port: int = 0
    paths: dict[str, bytes | Callable] = field(default_factory=dict)
    hosts: dict[str, dict[str, bytes | Callable]] = field(default_factory=dict)
    names: dict[str, list[list[str]]] = field(default_factory=dict)
    lookups: list[str] = field(default_factory=list)
    asked: list = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def url(self, path="/page", host="news.example"):
        return f"http://{host}:{self.port}{path}"

    def resolve(self, host, port):
        self.lookups.append(host)
        answers = self.names.get(host)
        if answers is None and not host.endswith(".example"):
            return socket.getaddrinfo(
                host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST
            )
        addresses = ["127.0.0.1"]
        if answers is not None:
            addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        if not addresses:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [
            (
                socket.AF_INET6 if ":" in address else socket.AF_INET,
                socket.SOCK_STREAM,
                6,
                "",
                (address, port, 0, 0) if ":" in address else (address, port),
            )
            for address in addresses
        ]

    def web(self, *, ports=None, **options):
        """A `Web` whose guard lets through the one address of this site."""
        site = self

        class LocalWeb(Web):
            def make_guard(self):
                return Guard(
                    resolve=site.resolve,
                    exceptions=frozenset({("127.0.0.1", site.port)}),
                    ports=frozenset(ports or {80, 443, site.port}),
                )

        options.setdefault("wait", self.waits.append)
        options.setdefault("delay", 0)
        return LocalWeb(options.pop("limits", QUICK), **options)

    def get(self, path="/page", host="news.example", **options):
        with self.web(**options) as web:
            return web.get(path if "://" in path else self.url(path, host))

    def error(self, path="/page", host="news.example", **options):
        """The error of a page that must not come, which is always one line."""
        with pytest.raises(KgError) as found:
            self.get(path, host, **options)
        assert "\n" not in str(found.value)
        assert len(str(found.value)) < 700
        return found.value

    def pages_asked(self):
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def answer_to(self, asked, number, connection):
        host = asked.headers["host"].rpartition(":")[0]
        paths = {**self.paths, **self.hosts.get(host, {})}
        found = paths.get(asked.path, answer(404, b"nothing here"))
        if callable(found):
            before = sum(one.path == asked.path for one in self.asked[: number - 1])
            return found(asked, before + 1, connection)
        return found


@contextmanager
def website(**paths):
    """Serve a site; paths may be given by name: `page=…` answers `/page`."""
    site = Site(paths={f"/{name}": found for name, found in paths.items()})
    site.paths.setdefault("/page", page())
    with misbehaving(site.answer_to) as server:
        site.port, site.asked = server.port, server.asked
        yield site


@dataclass(frozen=True)
class Case:
    """One thing that the web does.

    Attributes:
        name: what it does; first column of the table in docs/fetching.md.
        does: what kg does then; second column.
        check: shows it.
    """

    name: str
    does: str
    check: Callable


ORDER = [
    "Pages",
    "Feeds and sitemaps",
    "Addresses",
    "Redirects",
    "https",
    "robots.txt",
    "Busy and broken servers",
    "Time and size",
    "Cache, cookies, pauses",
]
GROUPS: dict[str, list[Case]] = {}


def case(group, name, does):
    """Add a case to the table."""

    def add(check):
        GROUPS.setdefault(group, []).append(Case(name, does, check))
        return check

    return add


def table():
    """The tables of docs/fetching.md."""
    parts = []
    for group, cases in sorted(GROUPS.items(), key=lambda one: ORDER.index(one[0])):
        lines = [f"### {group}", "", "| the server, or the address | kg |", "| --- | --- |"]
        lines += [f"| {one.name} | {one.does} |" for one in cases]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def drip(begun, pause=0.1, pieces=40):
    """Send a beginning, then a byte now and then."""

    def reply(_, __, connection):
        connection.sendall(begun)
        for _ in range(pieces):
            threading.Event().wait(pause)
            connection.sendall(b"a")

    return reply


BOMB = gzip.compress(bytes(20_000_000), mtime=0)
