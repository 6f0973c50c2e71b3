"""Settings: one frozen value, made by the caller and passed as an argument."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All options of a run, with their defaults.

    Attributes:
        base: prefix of every data IRI that kg mints; ends in `/`.
        evidence: `words` puts the words of every span into the graph, `offsets` a hash of them.
        with_text: keep the full text in records and in a text graph.
        model: spaCy package to use instead of the pinned one, or "none" for rules alone.
        without: rule groups of `kg.extract.rules` that are switched off, to measure their worth.
        max_characters: longer documents are refused (code points).
        max_bytes: larger files are refused (bytes).
    """

    base: str = "https://example.org/kg/"
    evidence: Literal["words", "offsets"] = "words"
    with_text: bool = False
    model: str | None = None
    without: frozenset[str] = frozenset()
    max_characters: int = 1_000_000
    max_bytes: int = 50_000_000
