"""Which words are names, and how they are written; which are common words."""

import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.authority import find_city, load_authority

_FOLDER = Path(__file__).parent.parent / "lexicon"
_BIG_CITY = 30_000


@dataclass(frozen=True, slots=True)
class Casing:
    """Words by what capitals they take; all keys are in lower case.

    Attributes:
        phrases: forms of known names by their first word, the longest first.
        names: single words that take a capital wherever they stand; demonyms are among them.
        common: words that take none, whoever is called so.
        given: first names; `shared_given` are common words too.
        surnames: last words of known people.
        titles: words that stand before names. ranks: those that nothing else follows.
        lists: further lists of `lexicon/casing.toml`.
    """

    phrases: dict[str, tuple[str, ...]]
    names: frozenset[str]
    demonyms: frozenset[str]
    common: frozenset[str]
    given: frozenset[str]
    surnames: frozenset[str]
    titles: frozenset[str]
    ranks: frozenset[str]
    lists: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def load_casing() -> Casing:
    """Return the words of the lexicons and of the authority file."""
    lists = {key: frozenset(v["words"]) for key, v in _read("casing").items()}
    titles = _read("titles")
    honorifics = {w for words in titles["honorific"].values() for w in words}
    ranks = set(titles["rank"]["words"])
    posts = {w for words in titles["post"].values() for w in words}
    given = {n for names in _read("first_names").values() for n in str(names).split()}
    people = [e for e in load_authority().entries() if e.type == "Person"]
    return Casing(
        phrases=_phrases(lists["common"]),
        names=lists["names"] | {d.lower() for d in _demonyms()},
        demonyms=frozenset(d.lower() for d in _demonyms()),
        common=lists["common"],
        given=frozenset(given),
        surnames=frozenset(e.name.split()[-1].lower() for e in people),
        titles=frozenset(honorifics | ranks | posts),
        ranks=frozenset((honorifics | ranks) - {"general", "private", "major", "justice", "judge"}),
        lists=lists,
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _demonyms() -> Iterator[str]:
    for entry in load_authority().entries():
        yield from (d for d in entry.demonyms if " " not in d)


def _phrases(common: frozenset[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for form in (f.removeprefix("The ") for f in _forms()):
        first = first_word(form.lower())
        shouted = form.isupper() and " " in form
        if first and form != form.lower() and not shouted and form.lower() not in common:
            found.setdefault(first, set()).add(form)
    return {k: tuple(sorted(v, key=_longest_first)) for k, v in found.items()}


def _longest_first(form: str) -> tuple[int, bool, str]:
    """Longer forms go first, and "Acme" before "ACME" where both are in use."""
    return -len(form), form.isupper() and len(form) > 4, form


def _forms() -> Iterator[str]:
    for entry in load_authority().entries():
        yield from (entry.name, *entry.names)
    for line in (_FOLDER / "known_names.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, _, *forms = line.split("\t")
            yield name
            yield from filter(None, forms[0].split("|") if forms else ())


def first_word(lower: str) -> str:
    """Return the letters and digits that a form starts with."""
    for at, char in enumerate(lower):
        if not char.isalnum():
            return lower[:at]
    return lower


@lru_cache(maxsize=1)
def _lemma_tables() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Return lemmas and irregular forms by part of speech, as the pinned model has them."""
    from kg.extract.casing.tables import PACKAGE, read_tables

    return read_tables() if find_spec(PACKAGE) else ({}, {})


@lru_cache(maxsize=65_536)
def parts_of_speech(lower: str) -> frozenset[str]:
    """Return what a word or its lemma can be as a common word; nothing where it is unknown."""
    lemmas, irregular = _lemma_tables()
    return frozenset(
        kind
        for kind in lemmas
        if lower in irregular[kind] or any(stem in lemmas[kind] for stem in _stems(lower, kind))
    )


def _stems(lower: str, kind: str) -> Iterator[str]:
    yield lower
    for end, new in _ENDS.get(kind, ()):
        if lower.endswith(end) and len(lower) > len(end) + 1:
            stem = lower[: len(lower) - len(end)]
            yield stem + new
            if end in ("ed", "ing") and stem[-1] == stem[-2]:
                yield stem[:-1]
    if kind in ("verb", "adj") and len(lower) > 5 and lower.startswith(_PREFIXES):
        yield from _stems(lower[2 + lower.startswith("non") :], kind)


_PREFIXES = ("un", "re", "non", "up")
_ENDS = {
    "noun": (("s", ""), ("es", ""), ("ies", "y"), ("ves", "f"), ("men", "man")),
    "verb": (("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"),
             ("ing", ""), ("ing", "e"), ("d", "")),
    "adj": (("er", ""), ("er", "e"), ("est", ""), ("est", "e"), ("ier", "y"), ("iest", "y")),
}  # fmt: skip


def fold(word: str) -> str:
    """Return a word without accents."""
    return unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()


def is_town(word: str) -> bool:
    """Return whether a town of some size has this name."""
    city = find_city(word[:1].upper() + word[1:])
    return city is not None and city.population > _BIG_CITY


def known_words() -> bool:
    """Return whether common words are known, so that an unknown word is a name."""
    return bool(_lemma_tables()[0])


@lru_cache(maxsize=1)
def little_words() -> frozenset[str]:
    """Return the function words of English."""
    from spacy.lang.en.stop_words import STOP_WORDS

    return frozenset(STOP_WORDS) | load_casing().common
