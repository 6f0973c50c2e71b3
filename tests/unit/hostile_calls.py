"""What is called in a process that parses, to do it harm: used by the tests of those processes."""

import ctypes
import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

from kg.errors import InputError


def echo(value: object) -> object:
    """Return what was given."""
    return value


def echo_after(seconds: float, value: object) -> object:
    """Return what was given, later."""
    time.sleep(seconds)
    return value


def work_forever() -> None:
    """Use the processor until the end."""
    while True:
        pass


def sleep_long() -> None:
    """Use nothing, for long."""
    time.sleep(600)


def take_memory(size: int) -> int:
    """Ask for bytes and write to all of them."""
    return len(b"x" * size)


def crash() -> None:
    """Touch what is not there."""
    ctypes.string_at(0)


def leave() -> None:
    """End the process as if all were well."""
    os._exit(0)


def recurse(depth: int = 0) -> int:
    """Call itself without end."""
    return recurse(depth + 1) + 1


def print_much() -> str:
    """Print where answers go, by Python and past it."""
    print("no answer" * 1000, flush=True)
    os.write(1, b"\0" * 5000)
    return "said"


def refuse(reason: str) -> None:
    """Refuse what was given."""
    raise InputError(reason)


def fail_oddly() -> None:
    """Fail with more than one line."""
    raise ZeroDivisionError("one\ntwo\n" + "three " * 100)


def give_unpicklable() -> Any:
    """Return what cannot be sent."""
    return lambda: None


def read_secrets() -> dict[str, str]:
    """Return the environment, without what belongs to the system."""
    return {name: value for name, value in os.environ.items() if "KG" in name or "OTHER" in name}


def process_id() -> int:
    """Return the number of the process."""
    return os.getpid()


def connect(port: int) -> str:
    """Connect to this machine; return what came of it."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2):
            return "connected"
    except OSError as error:
        return type(error).__name__


def ignore_signals() -> None:
    """Use the processor, deaf to what can be ignored."""
    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGPROF, signal.SIGALRM):
        signal.signal(sign, signal.SIG_IGN)
    work_forever()


class Watch:
    """Notes in a file what a process opens and whom it asks: audit hooks cannot be taken back."""

    def __init__(self, log: Path, canary: str) -> None:
        self._log, self._canary = log, canary

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        """Note an event that must not be."""
        wanted = event in {"socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system"}
        opened = event in {"open", "os.listdir"} and self._canary in str(arguments[:1])
        if wanted or opened:
            handle = os.open(self._log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            os.write(handle, f"{event} {arguments[:2]!r}\n".encode("utf-8", "replace"))
            os.close(handle)


def call_watched(log: str, canary: str, function: Any, *arguments: Any, **options: Any) -> Any:
    """Return what a function gives; what it opens and whom it asks is noted."""
    if not getattr(sys, "_watched", False):
        sys._watched = True  # type: ignore[attr-defined]
        sys.addaudithook(Watch(Path(log), canary))
    return function(*arguments, **options)
