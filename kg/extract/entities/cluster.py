"""One person, body or place of an article under all its names.

What it gets wrong: of two bodies of one known name it makes the same title.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extract.entities.gazetteer import PLACE_TYPES, Known, fold_text
from kg.extract.entities.names import Name


@dataclass(slots=True, eq=False)
class Cluster:
    """Names that are one thing.

    Attributes:
        kind: type of actor or place. known: node or well-known name, if any.
        forms: how often each form stands in the text. keys: the same, folded.
    """

    kind: str
    known: Known | None = None
    names: list[Name] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)
    keys: list[str] = field(default_factory=list)

    @property
    def is_place(self) -> bool:
        """Whether it is a place, or a country that may act."""
        return self.kind in PLACE_TYPES

    @property
    def title(self) -> str:
        """The known name, or else the fullest form in the text."""
        if self.known is not None:
            return self.known.name
        return max(self.forms, key=lambda f: (len(f.split()), self.forms[f], len(f), f))

    def all_keys(self) -> Iterator[str]:
        """Yield its folded forms, and the known name."""
        yield from self.keys
        if self.known is not None:
            yield form_key(self.known.name)

    def take(self, other: "Cluster") -> None:
        """Take up all names of another cluster."""
        self.names.extend(other.names)
        self.forms.update(other.forms)
        self.keys.extend(other.keys)
        if self.known is None and other.known is not None:
            self.known, self.kind = other.known, other.kind


def form_key(text: str) -> str:
    """Return a form without case, accents, dots of initials and possessive endings."""
    folded = fold_text(text).casefold().replace(".", "").replace("’", "'")
    return " ".join(folded.removesuffix("'s").split())
