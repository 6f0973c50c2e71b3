"""The words of French news that the rules ask for."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

from kg.model import ActorType

_FILE = Path(__file__).parents[2] / "lexicon" / "french.toml"


@dataclass(frozen=True, slots=True)
class Words:
    """Lemmas and forms of `kg/extract/lexicon/french.toml`, lower case.

    Attributes:
        claiming, denying: reporting verbs. acts: code of a speech act by verb.
        one_word, two_words: prepositions that name a source.
        pronouns: personal pronouns that a speaker can stand behind.
        titles: written before a name. nouns: kind of an unnamed speaker by its head noun.
        names: path in the authority file by French name.
    """

    claiming: frozenset[str]
    denying: frozenset[str]
    acts: dict[str, str]
    one_word: frozenset[str]
    two_words: frozenset[tuple[str, ...]]
    pronouns: frozenset[str]
    titles: frozenset[str]
    nouns: dict[str, ActorType]
    names: dict[str, str]

    @property
    def reporting(self) -> frozenset[str]:
        """All reporting verbs."""
        return self.claiming | self.denying


@lru_cache(maxsize=1)
def load_words() -> Words:
    """Return the lexicon, read once."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return Words(
        claiming=frozenset(told["reporting"]["claimed"]),
        denying=frozenset(told["reporting"]["denied"]),
        acts=told["speech_acts"],
        one_word=frozenset(told["sources"]["one_word"]),
        two_words=frozenset(tuple(pair) for pair in told["sources"]["two_words"]),
        pronouns=frozenset(told["pronouns"]["singular"]),
        titles=frozenset(word.lower() for word in told["titles"]["words"]),
        nouns={
            noun: cast("ActorType", kind) for kind, nouns in told["nouns"].items() for noun in nouns
        },
        names=told["names"],
    )
