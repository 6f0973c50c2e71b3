"""Word lists of the entity rules, read once from `kg/extract/lexicon/`."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent.parent / "lexicon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The lists, all lower case but `ship`.

    Attributes:
        honorific: word to gender ("m", "f" or ""). rank, before: words of titles.
        serving, leading, free: heads of titles by what they do for the body beside them.
        noun_type: common noun to actor type. person: nouns for one person.
        partitive: nouns before "of". writing: statements and reports. state: organs of a state.
        territory: nouns that make a country's name a place.
        org_type: word of a name to actor type. context_type: word beside a name to actor type.
        facility, facility_lower, landform, water, region: last words of place names.
        ship: prefixes of ships. stop: capitalised words that name nothing here.
        people: adjectives of peoples, faiths and directions, and words that join them.
        gender: first name to "m" or "f".
        bodies: nouns that take up a body named before, to the types they fit.
    """

    honorific: Mapping[str, str]
    rank: frozenset[str]
    serving: frozenset[str]
    leading: frozenset[str]
    free: frozenset[str]
    before: frozenset[str]
    noun_type: Mapping[str, str]
    person: frozenset[str]
    partitive: frozenset[str]
    writing: frozenset[str]
    state: frozenset[str]
    territory: frozenset[str]
    org_type: Mapping[str, str]
    context_type: Mapping[str, str]
    facility: frozenset[str]
    facility_lower: frozenset[str]
    landform: frozenset[str]
    water: frozenset[str]
    region: frozenset[str]
    ship: frozenset[str]
    stop: frozenset[str]
    people: frozenset[str]
    gender: Mapping[str, str]
    bodies: Mapping[str, tuple[str, ...]]

    def is_post(self, word: str) -> bool:
        """Return whether a lower-case word heads a job title."""
        return word in self.serving or word in self.leading or word in self.free

    def is_title(self, word: str) -> bool:
        """Return whether a lower-case word (dots do not count) can stand before a personal name."""
        bare = word.rstrip(".")
        if "-" in bare:
            return all(self.is_title(part) for part in bare.split("-"))
        return bare in self.honorific or bare in self.rank or self.is_post(bare)


@lru_cache(maxsize=1)
def load_words() -> Words:
    """Return the word lists."""
    titles, nouns, orgs = _read("titles"), _read("actor_nouns"), _read("org_words")
    return Words(
        honorific=_honorifics(titles["honorific"]),
        rank=frozenset(titles["rank"]["words"]),
        serving=frozenset(titles["post"]["serving"]),
        leading=frozenset(titles["post"]["leading"]),
        free=frozenset(titles["post"]["free"]),
        before=frozenset(titles["before"]["words"]),
        noun_type=_invert(nouns["type"]),
        person=frozenset(nouns["person"]["words"]),
        partitive=frozenset(nouns["partitive"]["words"]),
        writing=frozenset(nouns["writing"]["words"]),
        state=frozenset(nouns["state"]["words"]),
        territory=frozenset(nouns["territory"]["words"]),
        org_type=_invert(orgs["type"]),
        context_type=_invert(orgs["context"]),
        facility=frozenset(orgs["facility"]["words"]),
        facility_lower=frozenset(orgs["facility"]["lower"]),
        landform=frozenset(orgs["landform"]["words"]),
        water=frozenset(orgs["water"]["words"]),
        region=frozenset(orgs["region"]["words"]),
        ship=frozenset(orgs["ship"]["words"]),
        stop=frozenset(orgs["stop"]["words"]),
        people=frozenset(orgs["people"]["words"]),
        gender=_genders(_read("first_names")),
        bodies={noun: tuple(kinds) for noun, kinds in nouns["bodies"].items()},
    )


@lru_cache(maxsize=8)
def word_lists(name: str) -> Mapping[str, frozenset[str]]:
    """Return the lists of one file of words, by their names."""
    return {key: frozenset(words) for key, words in _read(name).items()}


def listed(name: str) -> frozenset[str]:
    """Return one list of the words beside and inside names."""
    return word_lists("actor_names")[name]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _invert(groups: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return word to group; the first group that lists a word has it."""
    found: dict[str, str] = {}
    for group, words in groups.items():
        for word in words:
            found.setdefault(word, group)
    return found


def _honorifics(groups: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {
        word: {"m": "m", "f": "f"}.get(group, "")
        for group, words in groups.items()
        for word in words
    }


def _genders(groups: Mapping[str, str]) -> dict[str, str]:
    return {name: group for group, names in groups.items() for name in names.split()}
