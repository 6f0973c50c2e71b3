"""The times of an article and which of them holds for a token."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.parse import Parsed
from kg.model import Time

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True)
class Times:
    """Every time expression of an article, resolved.

    Attributes:
        parsed: the parse that the expressions were found in.
        found: sorted by the expression's start.
    """

    parsed: Parsed
    found: tuple[Time, ...] = ()

    def expressions(self) -> tuple[Time, ...]:
        """Return all times, in the order of the text, each with its expression."""
        return self.found

    def at(self, token: "Token") -> Time | None:
        """Return the time that holds for the happening at this token, or None."""
        sentence = self.parsed.sentence_at(token.idx)
        begin, end = sentence.start_char, sentence.end_char
        near = [
            time for time in self.found if time.expression and begin <= time.expression.start < end
        ]
        return min(near, key=lambda t: abs(t.expression.start - token.idx), default=None)  # type: ignore[union-attr]
