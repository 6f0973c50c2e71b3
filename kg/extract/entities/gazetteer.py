"""Known names in running text: the authority file, a list of well-known names, and cities.

What it gets wrong: it finds forms. Whether "Jordan" is a country or a man is for the caller, who
sees the words around.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from kg.authority import Entry, find_city, load_authority
from kg.model import PlaceType

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_KNOWN_NAMES = Path(__file__).parent.parent / "lexicon" / "known_names.tsv"
_PLAIN = str.maketrans("łŁøØđĐı’‘`–—", "lLoOdDi'''--")
PLACE_TYPES = frozenset(get_args(PlaceType))


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A name that is known before the text is read.

    Attributes:
        path: path of its node, or None for a well-known name without a node.
        acts_for: path of its principal. entry: its row of the authority file.
    """

    name: str
    kind: str
    path: str | None = None
    acts_for: str | None = None
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """Tokens [start, end) that are a form of known names, countries first."""

    start: int
    end: int
    known: tuple[Known, ...]


class Gazetteer:
    """Forms by their first word."""

    def __init__(self, rows: Iterable[tuple[str, Known]]) -> None:
        self._forms: dict[str, dict[str, list[tuple[str, Known]]]] = {}
        for form, known in rows:
            folded = fold_text(form).lower()
            first = first_word(folded)
            if first:
                self._forms.setdefault(first, {}).setdefault(folded, []).append(
                    (fold_text(form), known)
                )
        self._lengths = {
            first: sorted({len(f) for f in forms if not _is_phrase(f)}, reverse=True)
            for first, forms in self._forms.items()
        }

    def hits(self, doc: "Doc") -> Iterator[Hit]:
        """Yield the longest known name at each capitalised token, without overlaps."""
        text = fold_text(doc.text)
        lower = text.lower()
        ends = {token.idx + len(token.text): token.i + 1 for token in doc}
        done = 0
        for token in doc:
            if token.i < done or not token.text[:1].isupper():
                continue
            hit = self._longest(token, text, lower, ends)
            if hit is not None:
                done = hit.end
                yield hit

    def _longest(self, token: "Token", text: str, lower: str, ends: dict[int, int]) -> Hit | None:
        start = token.idx
        first = first_word(lower[start : start + 40])
        for length in self._lengths.get(first, ()):
            end = start + length
            rows = self._forms[first].get(lower[start:end])
            if rows is None or end not in ends or _is_phrase(lower[start:end]):
                continue
            words = text[start:end]
            known = {row.path or row.name: row for form, row in rows if _same_case(form, words)}
            if known:
                return Hit(token.i, ends[end], tuple(sorted(known.values(), key=_rank)))
        return None

    def find(self, words: str) -> tuple[Known, ...]:
        """Return what is known by a name, countries first."""
        folded = fold_text(words)
        rows = self._forms.get(first_word(folded.lower()), {}).get(folded.lower(), ())
        known = {row.path or row.name: row for form, row in rows if _same_case(form, folded)}
        return tuple(sorted(known.values(), key=_rank))


def fold_text(text: str) -> str:
    """Return the text without accents, letter for letter, so that offsets stay."""
    if text.isascii():
        return text
    return "".join(
        c if c.isascii() else unicodedata.normalize("NFKD", c)[0] for c in text.translate(_PLAIN)
    )


def first_word(lower: str) -> str:
    """Return the letters and digits that a folded form starts with."""
    for at, char in enumerate(lower):
        if not char.isalnum():
            return lower[:at]
    return lower


_COMMON_TAILS = (
    " army", " military", " forces", " troops", " navy", " parliament", " government", " guards",
    " intelligence", " soldiers", " rebels", " refugees", " junta", " mercenaries", " militia",
    " regulator", " executive", " court", " agency",
)  # fmt: skip


def _is_phrase(lower: str) -> bool:
    """Whether a form is a country and a common noun: a description, not a name in running text."""
    if not lower.endswith(_COMMON_TAILS):
        return False
    first = lower.split(maxsplit=1)[0]
    return "'s " in lower or is_demonym(first.capitalize()) or lower.endswith(_COMMON_TAILS[:4])


def _same_case(form: str, words: str) -> bool:
    if len(form) <= 3 or form.isupper():
        return form == words
    return not form[0].isupper() or words[0].isupper()


def _rank(known: Known) -> tuple[bool, bool, str]:
    return known.kind != "Country", known.path is None, known.path or known.name


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """Return the gazetteer over the authority file and the well-known names."""
    return Gazetteer((*_authority_rows(), *_known_rows()))


def _authority_rows() -> Iterator[tuple[str, Known]]:
    for entry in load_authority().entries():
        known = known_entry(entry)
        for form in (entry.name, *entry.names):
            yield form, known


def known_entry(entry: Entry) -> Known:
    """Return a row of the authority file as a known name."""
    return Known(
        name=entry.name, kind=entry.type, path=entry.path, acts_for=entry.acts_for, entry=entry
    )


def _known_rows() -> Iterator[tuple[str, Known]]:
    authority = load_authority()
    for line in _KNOWN_NAMES.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, kind, principal, *forms = line.split("\t")
        same = [e for e in authority.find(name) if e.type == kind]
        if same:
            known = known_entry(same[0])
        else:
            entry = authority.get(principal) if principal else None
            known = Known(name=name, kind=kind, acts_for=entry.path if entry else None)
        for form in (name, *(forms[0].split("|") if forms and forms[0] else ())):
            if not authority.find(form):
                yield form, known


@lru_cache(maxsize=4096)
def is_demonym(word: str) -> bool:
    """Return whether a word names people or things of a country ("Belarusian")."""
    return bool(demonym_paths(word))


@lru_cache(maxsize=4096)
def demonym_paths(word: str) -> tuple[str, ...]:
    """Return the paths of the countries that a demonym belongs to."""
    if not word[:1].isupper():
        return ()
    return tuple(entry.path for entry in load_authority().find_demonym(word))


@lru_cache(maxsize=4096)
def city_population(name: str) -> int:
    """Return the population of the largest city of that name, 0 if there is none."""
    city = find_city(name)
    return city.population if city else 0


def metonym_path(name: str) -> str | None:
    """Return the path of the country or body that a place name may stand for.

    Where a city is the seat of several, it stands for the one over the others: "Brussels".
    """
    found = load_authority().find_metonym(name)
    union = [entry for entry in found if entry.type == "IntergovernmentalOrganization"]
    return (union or found)[0].path if found else None
