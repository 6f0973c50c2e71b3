"""What the words around a trigger say of it, as they are met."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(slots=True)
class Reading:
    """What the words that govern a trigger say of it.

    Attributes:
        values: `planned`, `hypothetical`, `negated`, `denied`, `claimed`, as met; `attempted` is
            what somebody tried, `refused` what somebody would not or could not do, `purpose` what
            something else was done for.
        sources: the words that name who claims or denies; None for "reportedly".
    """

    values: list[str]
    sources: "list[Token | None]"
    would: bool = False

    def add(self, value: str, source: "Token | None" = None) -> None:
        """Note a value, and who it comes from where somebody claims or denies."""
        if value not in self.values:
            self.values.append(value)
        if value in ("claimed", "denied") and source not in self.sources:
            self.sources.append(source)
