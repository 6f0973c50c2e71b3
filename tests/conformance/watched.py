"""Parse what is hostile in the real processes, and see that they touch nothing."""

import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.read.calls import Call
from kg.read.workers import Parsers
from tests.conformance.hostile_inputs import Lures
from tests.unit.hostile_calls import call_watched, process_id

SECRET = "umbrella quagga heliotrope"


@dataclass
class Watched:
    """Processes, a file and a server that nobody may touch.

    Attributes:
        asked: how often the server was connected to.
        processes: numbers of the processes that parsed.
    """

    lures: Lures
    log: Path
    parsers: Parsers
    asked: list[object] = field(default_factory=list)

    def parse(
        self, function: Any, inputs: Iterable[bytes], seconds: float = 10, **options: object
    ) -> Iterator[tuple[bytes, Any]]:
        """Yield inputs with what came of each: a value, or the error."""
        log, canary = str(self.log), "canary"
        calls = (
            (
                raw,
                Call(
                    function=call_watched,
                    arguments=(log, canary, function, raw),
                    options=options,
                    seconds=seconds,
                ),
            )
            for raw in inputs
        )
        return self.parsers.parse_all(calls)

    def one(self, function: Any, raw: bytes, seconds: float = 10, **options: object) -> Any:
        """Return what came of one input."""
        return next(iter(self.parse(function, [raw], seconds, **options)))[1]

    def process(self) -> int:
        """Return the number of a process that parses."""
        return int(self.parsers.parse(Call(function=process_id)))

    def assert_untouched(self) -> None:
        """Assert that no file was opened and nobody asked."""
        noted = self.log.read_text("utf-8") if self.log.exists() else ""
        assert noted == ""
        assert self.asked == []


@contextmanager
def watch(folder: Path, count: int = 2) -> Iterator[Watched]:
    """Run processes beside a file and a server that are to stay untouched."""
    secret = folder / "canary.txt"
    secret.write_text(SECRET, "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as listening, Parsers(count) as parsers:
        listening.settimeout(0.05)
        port = listening.getsockname()[1]
        lures = Lures(file=secret.as_uri(), web=f"http://127.0.0.1:{port}/canary.dtd")
        watched = Watched(lures, folder / "noted.log", parsers)
        ended = threading.Event()
        thread = threading.Thread(target=_listen, args=(listening, watched, ended))
        thread.start()
        try:
            yield watched
        finally:
            ended.set()
            thread.join()


def _listen(listening: socket.socket, watched: Watched, ended: threading.Event) -> None:
    while not ended.is_set():
        try:
            connection, address = listening.accept()
        except TimeoutError:
            continue
        connection.close()
        watched.asked.append(address)


def assert_one_line(error: InputError) -> None:
    """Assert that an error says in one line what is wrong, and is no accident."""
    reason = str(error)
    assert reason
    assert reason.isprintable()
    assert len(reason) < 500
    for accident in ("crashed", "cannot be parsed (", "parsing takes more"):
        assert accident not in reason, reason
