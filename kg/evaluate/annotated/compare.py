"""Comparing names, ranges and dates, and pairing what fits best."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

Range = tuple[int, int]
Days = tuple[str | None, str | None]
_LOW, _HIGH = "0000-00-00", "9999-99-99"
_MONTH_ENDS = ("28", "29", "30", "31")


@lru_cache(maxsize=65536)
def normalise(value: str | None) -> str:
    """Return a name without case, accents, punctuation, possessive s and odd spacing.

    >>> normalise("Wałęsa’s  Café-Bar")
    'walesa cafe bar'
    """
    if value is None:
        return ""
    text = unicodedata.normalize("NFKD", value.replace("ł", "l").replace("Ł", "L"))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    return " ".join(re.findall(r"\w+", text.replace("’s ", " ").replace("'s ", " ")))


def overlap(a: Range, b: Range) -> int:
    """Return how many code points two ranges share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def bounds_of(value: str) -> Days:
    """Return first and last day of an ISO day, month, year or interval; open sides are None.

    >>> bounds_of("2020-08"), bounds_of("2020/..")
    (('2020-08-01', '2020-08-31'), ('2020-01-01', None))
    """
    first, _, last = value.partition("/")
    return _edge(first, "-01", "-01"), _edge(last or first, "-12", "-31")


def _edge(side: str, month: str, day: str) -> str | None:
    if side == "..":
        return None
    if len(side) == 4:
        return side + month + day
    return side + day if len(side) == 7 else side[:10]


def same_days(a: Days | None, b: Days | None) -> bool:
    """Return whether two intervals are the same; 31 stands for the last day of any month."""
    if a is None or b is None:
        return a is b
    whole = a[0] == b[0] and a[0] is not None and a[0].endswith("-01")
    return a == b or (whole and _loose(a[1]) == _loose(b[1]))


def _loose(day: str | None) -> str | None:
    return day[:8] + "last" if day and day[8:] in _MONTH_ENDS else day


def inside(inner: Days, outer: Days) -> bool:
    """Return whether an interval lies in another."""
    return (outer[0] or _LOW) <= (inner[0] or _LOW) and (inner[1] or _HIGH) <= (outer[1] or _HIGH)


def best_pairs(candidates: Iterable[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """Return pairs (i, j), each i and j once, from (score, i, j), best score first.

    Among equal scores the lower i, then the lower j comes first.
    """
    left: set[int] = set()
    right: set[int] = set()
    pairs = []
    for _, i, j in sorted(candidates, key=lambda c: (-c[0], c[1], c[2])):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return pairs
