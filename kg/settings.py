"""Settings: one frozen value, made by the caller and passed as an argument."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How inputs are read.

    Attributes:
        kind: of all inputs, one of `kg.read.Kind`; found out from their bytes where None.
        since: pages of feeds and sitemaps that are older are left out.
        limit: pages that are fetched at most for each feed or sitemap.
        allow_private: addresses of this machine and of private networks may be asked.
        delay: seconds between two requests to one host.
        cache: folder of answers, to ask whether they have changed; None keeps none.
        robots: whether robots.txt is respected.
        user_agent: how requests name themselves; the project and its version where None.
        keep_data: whether a page's own JSON-LD is kept.
        seconds: of processor time that parsing one document may take.
        memory: bytes that parsing one document may take.
        page_bytes: larger pages are refused, unpacked.
        table_bytes: larger tables of rows are refused, unpacked.
    """

    kind: str | None = None
    since: date | None = None
    limit: int | None = None
    allow_private: bool = False
    delay: float = 1.0
    cache: Path | None = None
    robots: bool = True
    user_agent: str | None = None
    keep_data: bool = False
    seconds: float = 10
    memory: int = 1_000_000_000
    page_bytes: int = 10_000_000
    table_bytes: int = 50_000_000


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
        max_bytes: larger texts and files of records are refused (bytes).
        reading: how inputs are read.
    """

    base: str = "https://example.org/kg/"
    evidence: Literal["words", "offsets"] = "words"
    with_text: bool = False
    model: str | None = None
    without: frozenset[str] = frozenset()
    max_characters: int = 1_000_000
    max_bytes: int = 50_000_000
    reading: Reading = field(default_factory=Reading)
