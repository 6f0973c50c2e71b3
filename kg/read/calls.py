"""How a process that parses is asked, and how it answers: a length, then a pickled value."""

import io
import pickle
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, is_dataclass
from typing import Any, BinaryIO, Literal

MOST_BYTES = 1_000_000_000
"""Of a call or an outcome, pickled."""
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


def read_call(stream: BinaryIO) -> Call | None:
    """Return the next call that the parent writes; None at the end of the stream."""
    data = _read_data(stream)
    value = pickle.loads(data) if data is not None else None  # noqa: S301 (our own parent)
    return value if isinstance(value, Call) else None


def read_outcome(stream: BinaryIO) -> Outcome | None:
    """Return the next outcome; None at the end of the stream, or where it is none.

    What parsed a hostile document may have become hostile itself, so that nothing is built but
    plain values and the frozen ones of this package.
    """
    data = _read_data(stream)
    if data is None:
        return None
    try:
        value = _Careful(io.BytesIO(data)).load()
    except Exception:  # noqa: BLE001 (broken pickles raise of all kinds; none is an answer)
        return None
    return value if isinstance(value, Outcome) else None


class _Careful(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type:
        """Return a value class of a module of this package that is loaded.

        Raises:
            UnpicklingError: it is anything else.
        """
        found = getattr(sys.modules.get(module), name, None) if module.startswith("kg.") else None
        if isinstance(found, type) and is_dataclass(found):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value")


def _read_data(stream: BinaryIO) -> bytes | None:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (size,) = _LENGTH.unpack(head)
    if size > MOST_BYTES:
        return None
    data = stream.read(size)
    return data if len(data) == size else None
