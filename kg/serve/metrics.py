"""What happened to queries, as numbers."""

from collections import Counter
from dataclasses import dataclass

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""Upper bounds of the histogram's classes, seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolMetrics:
    """The state of a pool.

    Attributes:
        outcomes: how many questions ended how (ok, bad, refused, time, memory, result, busy …).
        buckets: questions that took at most each bound of `BUCKETS`, seconds.
        asked, seconds: how many ended, and their time in all.
        workers: alive. busy: of them at work. slow: of those in the slow lane.
        waiting: questions that wait. restarts: workers that died or were killed.
        generation: number of the publication that is asked.
    """

    outcomes: tuple[tuple[str, int], ...] = ()
    buckets: tuple[int, ...] = ()
    asked: int = 0
    seconds: float = 0.0
    workers: int = 0
    busy: int = 0
    slow: int = 0
    waiting: int = 0
    restarts: int = 0
    generation: int = 0


class Tally:
    """Counts outcomes and times."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.seconds = 0.0
        self.restarts = 0
        self._buckets = [0] * len(BUCKETS)

    def note(self, outcome: str, seconds: float) -> None:
        """Count a question that ended."""
        self.outcomes[outcome] += 1
        self.seconds += seconds
        for place, bound in enumerate(BUCKETS):
            self._buckets[place] += seconds <= bound

    @property
    def buckets(self) -> tuple[int, ...]:
        """Questions that took at most each bound."""
        return tuple(self._buckets)
