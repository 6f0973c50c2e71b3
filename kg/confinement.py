"""What a process gives up before it touches what strangers wrote: network, memory, time."""

import ctypes
import signal
import sys
from pathlib import Path

_NEW_USERS, _NEW_NETWORK = 0x10000000, 0x40000000  # of unshare(2)
_DIE_WITH_PARENT = 1  # of prctl(2)
_DATA = 5  # place in /proc/self/statm of data and stack, in pages


def end_with_parent() -> None:
    """Let this process be killed when the one that started it ends; Linux alone."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def give_up_network() -> None:
    """Give up the network, where the system allows it."""
    if sys.platform.startswith("linux"):
        library = ctypes.CDLL(None, use_errno=True)
        if library.unshare(_NEW_NETWORK) != 0:
            library.unshare(_NEW_USERS | _NEW_NETWORK)


def bound_memory(more: int | None) -> None:
    """Let this process take so many bytes more than it has now; None lifts the bound.

    What counts is memory of its own that it can write. The address space says little: an open
    database reserves half a gigabyte for threads, and touches a tenth of it.
    """
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text("ascii").split()[_DATA])
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        used = pages * resource.getpagesize()
        soft = hard if more is None else used + more
        if hard != resource.RLIM_INFINITY:
            soft = min(soft, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
    except (ImportError, OSError, ValueError):  # not this system: time and size still bound it
        return


def bound_time(seconds: float) -> None:
    """End this process by SIGPROF once it has worked so many seconds more; 0 lifts the bound.

    Processor time, so that a busy machine makes no difference.
    """
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds)
    except (AttributeError, ValueError):  # not this system: the clock of the parent bounds it
        return
