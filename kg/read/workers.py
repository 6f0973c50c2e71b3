"""Parse in other processes, so that a document that kills its parser costs no more than itself."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from kg.errors import InputError
from kg.read.calls import Call, read_outcome, write_frame

_Tag = TypeVar("_Tag")
_PATIENCE = 6  # wall-clock seconds for each second of processor time, on a busy machine
_AHEAD = 2  # calls that wait for each process
_OURS = "KG_"  # tokens and passwords of kg stand in variables of the environment
_ADVICE = "leave it out, or make it smaller"


class Parsers:
    """Processes that parse, started when first needed; one call at a time each."""

    def __init__(self, count: int | None = None) -> None:
        """Make ready.

        Args:
            count: how many processes; one for each processor, at most four, where None.
        """
        self._count = count or min(4, os.cpu_count() or 1)
        self._idle: queue.LifoQueue[_Parser | None] = queue.LifoQueue()
        for _ in range(self._count):
            self._idle.put(None)
        self._threads = ThreadPoolExecutor(self._count, thread_name_prefix="parse")
        self._starting = threading.Lock()
        self._started: list[_Parser] = []
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all processes, those at work too."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._starting:
            self._closed = True
            for started in self._started:
                started.kill()
        self._threads.shutdown(wait=True)
        while not self._idle.empty():
            if (parser := self._idle.get()) is not None:
                parser.end()

    def parse(self, call: Call) -> Any:  # noqa: ANN401
        """Return what a call gives.

        Raises:
            InputError: what was given cannot be used, or takes more time or memory than it may.
        """
        parser = self._idle.get()
        try:
            if parser is None or not parser.alive:
                parser = self._start(instead_of=parser)
            return parser.do(call)
        except InputError:
            raise
        except BaseException:  # interrupted: its answer must not be taken for that of the next
            if parser is not None:
                parser.end()
            raise
        finally:
            self._idle.put(parser)

    def _start(self, instead_of: "_Parser | None") -> "_Parser":
        """Return a new process.

        Raises:
            InputError: none can be started, or all are to end.
        """
        if instead_of is not None:
            instead_of.end()
        with self._starting:
            if self._closed:
                raise InputError("parsing was stopped")
            parser = _Parser()
            self._started = [*(one for one in self._started if one.alive), parser]
            return parser

    def parse_all(self, calls: Iterable[tuple[_Tag, Call | None]]) -> Iterator[tuple[_Tag, Any]]:
        """Yield tags with what their calls gave, or the InputError, in the order of the calls.

        A tag without a call passes through in its turn, with None.

        A few calls are done ahead of the one that is waited for; no more are held in memory.
        """
        waiting: deque[tuple[_Tag, Future[Any] | None]] = deque()
        most = self._count * _AHEAD
        for tag, call in calls:
            waiting.append((tag, self._threads.submit(self._try, call) if call else None))
            while waiting and (waiting[0][1] is None or len(waiting) > most):
                first, future = waiting.popleft()
                yield first, future.result() if future else None
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result() if future else None

    def _try(self, call: Call) -> Any:  # noqa: ANN401
        try:
            return self.parse(call)
        except InputError as error:
            return error


class _Parser:
    """One process."""

    def __init__(self) -> None:
        package = str(Path(__file__).parents[2])
        paths = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH", ""))))
        known = {name: os.environ[name] for name in os.environ if not name.startswith(_OURS)}
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "kg.read.parsing"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**known, "PYTHONPATH": paths},
            )
        except OSError as error:
            raise InputError(f"no process to parse in can be started: {error}") from None

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def do(self, call: Call) -> Any:  # noqa: ANN401
        """Return what a call gives, within its time.

        Raises:
            InputError: what was given cannot be used.
        """
        late = threading.Event()
        timer = threading.Timer(_PATIENCE * call.seconds, self._cut, (late,))
        timer.daemon = True
        timer.start()
        try:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            write_frame(self._process.stdin, call)  # type: ignore[arg-type]
            outcome = read_outcome(self._process.stdout)  # type: ignore[arg-type]
        except OSError:
            outcome = None
        finally:
            timer.cancel()
        if outcome is None:
            reason = self._obituary(call, late=late.is_set())
            self.end()
            raise InputError(reason)
        if outcome.kind == "value":
            return outcome.value
        if outcome.kind == "memory":
            self.end()  # what is left of it is fragments
            raise InputError(_too_large(call))
        if outcome.kind == "failed":
            raise InputError(f"it cannot be parsed ({outcome.reason}): save its text as .txt")
        raise InputError(outcome.reason)

    def kill(self) -> None:
        """End the process; who waits for its answer is told."""
        self._process.kill()

    def end(self) -> None:
        """End the process and wait until it is gone."""
        self.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # unsent bytes for a process that is gone
                    continue
        self._process.wait()

    def _cut(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()

    def _obituary(self, call: Call, *, late: bool) -> str:
        try:
            code = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            code = 0
        if late or code == -getattr(signal, "SIGPROF", 0):
            return (
                f"parsing takes more than {call.seconds:g} seconds: leave it out or make it smaller"
            )
        if code == -getattr(signal, "SIGKILL", 0):  # by the system, which had none left
            return _too_large(call)
        return "its parser crashed on it: leave it out, or save its text as .txt"


def _too_large(call: Call) -> str:
    return f"parsing takes more than {call.memory:,} bytes: {_ADVICE}"
