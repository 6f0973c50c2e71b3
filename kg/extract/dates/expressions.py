"""Find the time expressions of a text, as written: nothing is resolved here.

What it gets wrong: "may" and "march" are months only with a capital and a preposition; four digits
after a name ("Airbus 2030") count as a year.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.dates.lexicon import date_words
from kg.extract.dates.patterns import patterns


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """Words that tell a time.

    Attributes:
        kind: name of the pattern.
        start, end: offsets, preposition included; core is where the time itself begins.
        number: of units; 0 where it is vague ("several").
        which: last, this, next, recent, past …; part: early, mid or late.
        lead: preposition before it, such as since, by or until.
        holiday: name of a movable one. other: the second end of a range.
    """

    kind: str
    start: int
    end: int
    core: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    weekday: int | None = None
    number: int = 1
    unit: str | None = None
    which: str | None = None
    part: str | None = None
    lead: str | None = None
    holiday: str | None = None
    other: "Expression | None" = None


_LEADS = (
    "since|until|till|by|from|before|after|starting on|starting in|starting|beginning on|"
    "beginning in|beginning|effective|as of|through|throughout|during|on|in|over|at|within|between|"
    "for|prior to|ahead of"
)
_LEAD = re.compile(rf"\b({_LEADS}) (?:the |about |around )?$", re.IGNORECASE)
_JOIN = re.compile(r",? ?(?:to|and|until|through|till|-|–|—|or) ?(?:on |in |the )?$", re.IGNORECASE)
_COMMON_WORDS = (3, 5)
_SAFE = re.compile(
    r"\b(?:in|since|by|until|of|from|early|late|mid|before|after|through|between|and|to|last|this|"
    r"next)[ -]$",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"\b[A-Z]\w* $")
_SINGULAR = re.compile(r"(?<=[a-z])s$")


@lru_cache(maxsize=16)
def find_expressions(text: str) -> tuple[Expression, ...]:
    """Return the time expressions of a text, sorted, none overlapping; ranges are joined."""
    found = [hit for kind, pattern in patterns() for hit in _matches(kind, pattern, text)]
    found.sort(key=lambda e: (e.core, -e.end))
    single = _without_overlaps(found)
    return tuple(_with_ranges([_with_lead(e, text) for e in single], text))


def _matches(kind: str, pattern: re.Pattern[str], text: str) -> Iterator[Expression]:
    for match in pattern.finditer(text):
        one = _expression(kind, match)
        if not _is_word_or_name(one, text):
            yield one


def _is_word_or_name(one: Expression, text: str) -> bool:
    """Return whether it is no time: "may", "march", the name of a paper that ends in "Today"."""
    if one.kind == "today":
        capital = text[one.start].isupper()
        return capital and bool(_NAME_BEFORE.search(text, max(0, one.start - 20), one.start))
    if one.kind == "month" and one.month in _COMMON_WORDS:
        return not _SAFE.search(text, max(0, one.start - 10), one.start)
    return False


def _expression(kind: str, match: re.Match[str]) -> Expression:
    words, groups = date_words(), match.groupdict()
    month, weekday = groups.get("month"), groups.get("weekday")
    unit, holiday = groups.get("unit"), groups.get("holiday")
    which, part = groups.get("which"), groups.get("part")
    month_number = words.months.get(month.lower().rstrip(".")) if month else None
    day = groups.get("day")
    fixed = words.holidays.get(holiday.lower()) if holiday else None
    if fixed:
        month_number, day = fixed
    return Expression(
        kind=kind,
        start=match.start(),
        end=match.end(),
        core=match.start(),
        year=_year(groups.get("year")),
        month=month_number or _number(groups.get("numeric_month")),
        day=_number(day),
        last_day=_number(groups.get("last_day")),
        weekday=words.weekdays.get(weekday.lower().rstrip(".")) if weekday else None,
        number=words.number(groups.get("number")),
        unit=_SINGULAR.sub("", unit.lower()) if unit else None,
        which=" ".join(which.lower().split()) if which else None,
        part=_part(part),
        holiday=holiday if holiday and not fixed else None,
    )


def _number(digits: object) -> int | None:
    return int(str(digits)) if digits else None


def _year(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _part(word: str | None) -> str | None:
    if not word:
        return None
    word = word.lower().rstrip("- ")
    return {"middle of": "mid", "beginning of": "early", "start of": "early", "end of": "late"}.get(
        re.sub("^the ", "", word), "mid" if word.startswith("mid") else word
    )


def _without_overlaps(found: list[Expression]) -> list[Expression]:
    """Keep the longest of the expressions that share words."""
    kept: list[Expression] = []
    for one in sorted(found, key=lambda e: (e.start - e.end, e.start)):
        if all(one.end <= k.start or k.end <= one.start for k in kept):
            kept.append(one)
    return sorted(kept, key=lambda e: e.start)


def _with_lead(one: Expression, text: str) -> Expression:
    """Take in the preposition before the expression."""
    if one.kind in ("span", "weekend", "recent", "since_then"):
        return one
    before = _LEAD.search(text, max(0, one.start - 24), one.start)
    if before is None:
        return one
    return replace(one, start=before.start(1), lead=before.group(1).lower().split()[0])


def _with_ranges(found: list[Expression], text: str) -> list[Expression]:
    """Join "from A to B", "between A and B" and "A and B" of the same kind."""
    joined: list[Expression] = []
    for one in found:
        before = joined[-1] if joined else None
        if before and _is_range(before, one, text):
            joined[-1] = replace(before, end=one.end, other=replace(one, lead=None))
        else:
            joined.append(one)
    return joined


def _is_range(before: Expression, one: Expression, text: str) -> bool:
    gap = text[before.end : one.core]
    if len(gap) > 12 or not _JOIN.fullmatch(gap) or before.other:
        return False
    if before.lead in ("from", "between") or gap.strip() in ("-", "–", "to", "through"):
        return True
    return before.kind == one.kind and before.kind in ("month", "year", "month_year")
