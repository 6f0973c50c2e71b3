"""What is odd about rows that are used all the same: told once a file, with where it was first."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Notes:
    """Collects what is odd; each thing is told at its first row.

    Attributes:
        fresh: what was not told before, to be taken by the reader.
    """

    fresh: list[str] = field(default_factory=list)
    _told: set[tuple[str, str]] = field(default_factory=set)

    def tell(self, name: str, reason: str) -> None:
        """Note what is odd about a field."""
        if (name, reason) not in self._told:
            self._told.add((name, reason))
            self.fresh.append(f"{name}: {reason}")

    def take(self) -> list[str]:
        """Return what is new since the last time."""
        found, self.fresh = self.fresh, []
        return found
