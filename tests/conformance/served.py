"""`kg serve` as a process of its own, and requests to it as bytes on a socket."""

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from kg.store.keep import Terms, open_writer

TOKEN = "a-token-for-tests-0123456789"
BASE = "https://graph.test/kg/"
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes = field(repr=False)

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen
    port: int
    line: str
    log: Path

    def ask(self, path, *, method="GET", body=None, accept=None, kind=None, **headers) -> Reply:
        """Send a request; header names have _ for -."""
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        if accept:
            fields["Accept"] = accept
        if kind:
            fields["Content-Type"] = kind
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body=body, headers=fields)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(answer.status, found, answer.read())
        finally:
            connection.close()

    def send(self, data: bytes, *, seconds: float = 20) -> bytes:
        """Send bytes and return all that comes until the server closes or nothing more comes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as connection:
            with contextlib.suppress(ConnectionError):
                connection.sendall(data)
            return receive(connection)

    def lines(self) -> list[str]:
        return self.log.read_text().splitlines()

    def stop(self, sign=signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(sign)
        code = self.process.wait(30)
        self.process.stdout.close()
        return code


def receive(connection: socket.socket) -> bytes:
    found = b""
    with contextlib.suppress(ConnectionError, TimeoutError):
        while piece := connection.recv(65_536):
            found += piece
    return found


def status_of(data: bytes) -> int:
    return int(data.split(b" ", 2)[1]) if data.startswith(b"HTTP/1.1 ") else 0


def start(source: Path, folder: Path, *options: str, token: str | None = None) -> Server:
    """Start a server at any free port."""
    log = folder / "access.log"
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    environment.pop("KG_UPDATE_TOKEN", None)
    if token:
        environment["KG_UPDATE_TOKEN"] = token
        options = (*options, "--update")
    command = [sys.executable, "-m", "kg", "serve", str(source), "--port", "0", "--log", str(log)]
    faults = (folder / "faults.log").open("wb")
    with faults:
        process = subprocess.Popen(
            [*command, *options], stdout=subprocess.PIPE, stderr=faults, env=environment, text=True
        )
    line = process.stdout.readline()
    found = re.search(r"http://\S+?:(\d+)/", line)
    if not found:
        process.kill()
        raise AssertionError(f"no start: {line!r} {(folder / 'faults.log').read_text()}")
    server = Server(process, int(found[1]), line, log)
    _wait_for(server)
    return server


def make_store(folder: Path, update: str = "") -> Path:
    """Make a store folder that holds what an update puts in."""
    with open_writer(folder, Terms(base=BASE)) as writer:
        if update:
            writer.update(update)
        writer.publish()
    return folder


def _wait_for(server: Server) -> None:
    for _ in range(100):
        with contextlib.suppress(OSError):
            if server.ask("/health").status == 200:
                return
        time.sleep(0.1)
    raise AssertionError("the server does not get healthy")
