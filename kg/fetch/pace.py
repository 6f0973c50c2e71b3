"""No host is asked more often than it can bear: one request at a time, with a pause between."""

import time
from collections.abc import Callable

from kg.errors import FetchError


class Pace:
    """Waits before a host is asked again; not for several threads at once."""

    def __init__(
        self,
        delay: float,
        *,
        wait: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Set up.

        Args:
            delay: seconds from the end of one answer to the next request to the same host.
            wait: how to wait so many seconds.
            now: seconds of a clock that never goes back.
        """
        self._delay = delay
        self._wait = wait
        self._now = now
        self._delays: dict[str, float] = {}
        self._ended: dict[str, float] = {}
        self._rests: dict[str, float] = {}

    def slow_down(self, host: str, delay: float) -> None:
        """Keep a longer pause for a host, where it asks for one."""
        self._delays[host] = max(delay, self._delay)

    def delay_of(self, host: str) -> float:
        """Return the seconds between two requests to a host."""
        return self._delays.get(host, self._delay)

    def begin(self, host: str) -> None:
        """Wait until the host may be asked."""
        ended = self._ended.get(host)
        if ended is None:
            return
        left = ended + self.delay_of(host) - self._now()
        if left > 0:
            self._wait(left)

    def end(self, host: str) -> None:
        """Say that the host has answered, or has not."""
        self._ended[host] = self._now()

    def rest(self, host: str, seconds: float) -> None:
        """Ask a host no more for so many seconds: it has said that it is busy."""
        self._rests[host] = self._now() + seconds

    def check(self, host: str) -> None:
        """Refuse to ask a host that rests.

        Raises:
            FetchError: it wants to be left alone still.
        """
        left = self._rests.get(host, 0.0) - self._now()
        if left > 0:
            raise FetchError(
                f"the host asked to be left alone: fetch it again in {left:,.0f} seconds",
                source=host,
                status=429,
            )
