"""A claim in the making: before nesting, merging and ids are settled."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.claims.lexicon import attitude_acts
from kg.model import ClaimKind, Polarity, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

Range = tuple[int, int]


@dataclass(slots=True)
class Content:
    """Where the content of a reporting word is, in tokens.

    Attributes:
        pieces: half-open ranges of token indices, sorted.
        head: main word of the content.
        addressee: noun of the person spoken to.
    """

    pieces: list[tuple[int, int]]
    head: "Token | None" = None
    addressee: "Token | None" = None


@dataclass(slots=True, kw_only=True)
class Draft:
    """What one rule found.

    Attributes:
        parts: ranges of the content, sorted. hull: from the first word to the last.
        cue: range of the words that introduce the speech; `cue_at` the index of its main token.
        weak: thoughts and findings, which are no claim of their own inside another claim.
        echo: what a denial names in a phrase ("X's claims of a build-up"): no claim of its own
            where X has spoken before.
    """

    kind: ClaimKind
    parts: list[Range]
    speakers: tuple[str, ...]
    cue: Range | None = None
    cue_at: int | None = None
    source: Range | None = None
    act: str | None = None
    polarity: Polarity = "asserted"
    stance: Stance = "claimed"
    addressee: str | None = None
    via: list[str] = field(default_factory=list)
    cited_by: str | None = None
    fragments: list[Range] = field(default_factory=list)
    confidence: float = 0.7
    weak: bool = False
    echo: bool = False

    @property
    def hull(self) -> Range:
        """The range from the first part's start to the last part's end."""
        return self.parts[0][0], self.parts[-1][1]

    @property
    def span(self) -> Range:
        """The hull with cue and source."""
        ranges = [self.hull, *(r for r in (self.cue, self.source) if r)]
        return min(r[0] for r in ranges), max(r[1] for r in ranges)

    @property
    def is_attitude(self) -> bool:
        """Whether it tells how somebody stands to a thing, not what they say."""
        return self.act in attitude_acts()

    def size(self) -> int:
        """Return the number of code points in the parts."""
        return sum(end - start for start, end in self.parts)


def overlap(first: list[Range], second: list[Range]) -> int:
    """Return how many code points two sorted lists of ranges share."""
    shared = left = right = 0
    while left < len(first) and right < len(second):
        one, other = first[left], second[right]
        shared += max(0, min(one[1], other[1]) - max(one[0], other[0]))
        if one[1] < other[1]:
            left += 1
        else:
            right += 1
    return shared
