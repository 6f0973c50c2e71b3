"""How a process that parses is asked, and how it answers: a length, then a pickled value."""

import pickle
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Literal

_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What is to be parsed, and by which function.

    Attributes:
        function: of a module, by name; it raises InputError for what it cannot use.
        arguments, options: what it is called with.
        seconds: of processor time that it may take.
        memory: bytes that it may take.
    """

    function: Callable[..., Any]
    arguments: tuple[Any, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    seconds: float = 10
    memory: int = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a call: a value, or one line that says why there is none."""

    kind: Literal["value", "refused", "memory", "failed"]
    value: Any = None
    reason: str = ""


def write_frame(stream: BinaryIO, value: Call | Outcome) -> None:
    """Write a value, after its length."""
    data = pickle.dumps(value)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def read_frame(stream: BinaryIO) -> Call | Outcome | None:
    """Return the next value; None at the end of the stream."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (size,) = _LENGTH.unpack(head)
    data = stream.read(size)
    if len(data) < size:
        return None
    value = pickle.loads(data)  # noqa: S301 (written by our own process)
    return value if isinstance(value, Call | Outcome) else None
