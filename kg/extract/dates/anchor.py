"""The day that relative expressions count from: known, or known only to lie between two days."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Anchor:
    """When an article was written.

    Attributes:
        earliest, latest: inclusive ISO days; equal where the day is known, None where open.
    """

    earliest: str | None = None
    latest: str | None = None

    @property
    def day(self) -> date | None:
        """The day, where it is known."""
        if self.earliest is None or self.earliest != self.latest:
            return None
        return date.fromisoformat(self.earliest)

    @property
    def first(self) -> date | None:
        """The first day that it can be."""
        return date.fromisoformat(self.earliest) if self.earliest else None

    @property
    def last(self) -> date | None:
        """The last day that it can be."""
        return date.fromisoformat(self.latest) if self.latest else None
