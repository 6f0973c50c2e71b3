"""When two personal names of one article are one person.

What it gets wrong: two people of one surname where only the surname follows; misspelled surnames of
fewer than seven letters.
"""

from collections.abc import Iterable
from functools import lru_cache

_FUZZY_LETTERS = 7
_FUZZY_SCORE = 0.93
_FUZZY_EDITS = 2
_LEFT_OUT = frozenset(("al", "el", "-", "jr", "sr", "bin", "ibn", "ii", "iii"))


@lru_cache(maxsize=8192)
def name_parts(form: str) -> tuple[str, ...]:
    """Return the parts of a folded personal name without articles that may be left out.

    >>> name_parts("haider al-abadi")
    ('haider', 'abadi')
    """
    parts = form.replace(" al-", " ").replace(" el-", " ").split()
    kept = [p for p in parts if p not in _LEFT_OUT]
    return tuple(kept) or tuple(parts)


def match_person(own: tuple[str, ...], others: Iterable[tuple[int, tuple[str, ...]]]) -> int | None:
    """Return the number of the person whose name goes with this one, or None.

    Args:
        own: parts of the name.
        others: number and parts of fuller or earlier names; a number may come several times.
    """
    known = list(others)
    same = [number for number, parts in known if _same(own, parts)]
    if same:
        return same[0]
    if len(own) == 1:
        first = {number for number, parts in known if len(parts) > 1 and parts[0] == own[0]}
        if len(first) == 1:
            return first.pop()
    near = {number for number, parts in known if is_near(own, parts)}
    return near.pop() if len(near) == 1 else None


def _same(own: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if own[-1] != other[-1]:
        return False
    short, long_ = sorted((own, other), key=len)
    if len(short) == 1 or long_[-len(short) :] == short:
        return True
    first, second = own[0], other[0]
    return first == second or (first[0] == second[0] and 1 in (len(first), len(second)))


def is_near(own: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether surnames differ by a slip of the pen or of transliteration.

    Source: thresholds measured on pairs of names from news; shorter ones are never merged so.

    >>> is_near(("kowalewsky",), ("jan", "kowalewski"))
    True
    """
    first, last = own[-1], other[-1]
    if min(len(first), len(last)) < _FUZZY_LETTERS or first[0] != last[0]:
        return False
    if len(own) > 1 and len(other) > 1 and own[0][0] != other[0][0]:
        return False
    from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

    return (
        JaroWinkler.similarity(first, last) >= _FUZZY_SCORE
        and DamerauLevenshtein.distance(first, last) <= _FUZZY_EDITS
    )
