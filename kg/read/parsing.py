"""A process that parses what strangers wrote, and can be killed at any moment.

`python -m kg.read.parsing` reads calls from standard input and writes what came of them to standard
output. It has no network where the system lets it give that up, and bounds on memory and time.
"""

import contextlib
import os
import signal
import sys

from kg.confinement import bound_memory, bound_time, end_with_parent, give_up_network
from kg.errors import InputError
from kg.read.calls import Call, Outcome, read_call, write_frame


def do_call(call: Call) -> Outcome:
    """Return what comes of a call; nothing that goes wrong with it escapes."""
    bound_memory(call.memory)
    bound_time(call.seconds)
    try:
        return Outcome(kind="value", value=call.function(*call.arguments, **call.options))
    except InputError as error:
        return Outcome(kind="refused", reason=_one_line(str(error)))
    except MemoryError:
        return Outcome(kind="memory")
    except RecursionError:
        return Outcome(kind="refused", reason="nested too deep to be read")
    except Exception as error:  # noqa: BLE001 (a fault of a parser costs one document, no run)
        words = _one_line(str(error))[:200]
        return Outcome(kind="failed", reason=f"{type(error).__name__}: {words}")
    finally:
        bound_time(0)
        bound_memory(None)


def _one_line(words: str) -> str:
    """Return words that can be printed: messages repeat what strangers wrote, escapes and all."""
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(words.split()))


def main() -> None:
    """Do calls until the parent is gone."""
    end_with_parent()
    give_up_network()
    for sign in (signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGINT)):
        with contextlib.suppress(ValueError):
            signal.signal(sign, signal.SIG_IGN)  # meant for the parent, which ends us
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # what a library prints is no answer
        while (call := read_call(sys.stdin.buffer)) is not None:
            write_frame(answers, do_call(call))


if __name__ == "__main__":
    main()
