"""A server on this machine that answers what a test tells it to, byte by byte."""

import socket
import threading
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Asked:
    """A request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Misbehaving:
    """The server; `asked` grows while it answers."""

    port: int
    answer: Callable[[Asked, int, socket.socket], bytes | None]
    asked: list[Asked] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def elsewhere(self) -> str:
        """The same server by another name, which is another host to a client."""
        return f"http://localhost:{self.port}"


def answer(status, body=b"", **headers):
    """The bytes of an answer; `_` in the name of a header is `-`."""
    headers.setdefault("Content_Length", str(len(body)))
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([f"HTTP/1.1 {status} X", *lines, "", ""]).encode() + body


@contextmanager
def misbehaving(reply):
    """Run a server; `reply(asked, number, socket)` gives bytes, or writes by itself."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.02)
        server = Misbehaving(listening.getsockname()[1], reply)
        ended = threading.Event()
        thread = threading.Thread(target=_listen, args=(listening, server, ended))
        thread.start()
        try:
            yield server
        finally:
            ended.set()
            thread.join()


def _listen(listening, server, ended):
    workers, connections = [], []
    while not ended.is_set():
        with suppress(TimeoutError):
            connection, _ = listening.accept()
            connections.append(connection)
            worker = threading.Thread(target=_serve, args=(connection, server), daemon=True)
            worker.start()
            workers.append(worker)
    for connection in connections:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
    for worker in workers:
        worker.join(1)


def _serve(connection, server):
    with suppress(OSError), connection:
        connection.settimeout(5)
        while (asked := _read(connection)) is not None:
            server.asked.append(asked)
            words = server.answer(asked, len(server.asked), connection)
            if words is None:
                return
            connection.sendall(words)


def _read(connection):
    head = b""
    while b"\r\n\r\n" not in head:
        piece = connection.recv(65536)
        if not piece:
            return None
        head += piece
    head, _, body = head.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1)[:1] + line.split(": ", 1)[1:] for line in lines)
    while len(body) < int(headers.get("content-length", 0)):
        body += connection.recv(65536)
    method, path, _ = first.split(" ")
    return Asked(method, path, headers, body)
