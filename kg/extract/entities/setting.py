"""Which of several bodies of one name is meant: the one of the countries the text is about.

What it gets wrong: a text about two countries that each have a Labour Party.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.entities.gazetteer import Known, demonym_paths
from kg.extract.entities.names import Name

if TYPE_CHECKING:
    from spacy.tokens import Doc


def settle_names(doc: "Doc", names: Iterable[Name]) -> list[Name]:
    """Return the names with one reading each where the text decides, with none where it does not.

    Countries keep their place before other readings; a name that only bodies share is left open
    where no country of theirs is named more often than the others'.
    """
    listed = list(names)
    shared = [n for n in listed if len(n.known) > 1 and n.known[0].kind != "Country"]
    if not shared:
        return listed
    countries = _countries(doc, listed)
    starts = {n.start for n in shared}
    return [_settle(n, countries) if n.start in starts else n for n in listed]


def _countries(doc: "Doc", names: Iterable[Name]) -> Counter[str]:
    """Return how often each country comes up: by name, by demonym, or by what belongs to it."""
    found: Counter[str] = Counter()
    for name in names:
        if len(name.known) == 1:
            path = _country(name.known[0])
            if path is not None:
                found[path] += 1
    for token in doc:
        if token.text[:1].isupper():
            found.update(demonym_paths(token.text)[:1])
    return found


def _country(known: Known) -> str | None:
    if known.kind == "Country":
        return known.path
    if known.entry is not None and known.entry.country is not None:
        return known.entry.country
    return known.acts_for


def _settle(name: Name, countries: Counter[str]) -> Name:
    scores = [(countries[_country(k) or ""], k) for k in name.known]
    top = max(score for score, _ in scores)
    best = [k for score, k in scores if score == top]
    return replace(name, known=(best[0],) if top and len(best) == 1 else ())
