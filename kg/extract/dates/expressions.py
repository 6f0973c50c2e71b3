"""Find the time expressions of a text, as written: nothing is resolved here.

What it gets wrong: "may" and "march" are months only where written with a capital and a preposition;
four digits after a name ("Airbus 2030") count as a year.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.dates.lexicon import alternatives, date_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """Words that tell a time.

    Attributes:
        kind: name of the pattern.
        start, end: offsets, preposition included; core is where the time itself begins.
        which: last, this, next, recent, past …; part: early, mid or late.
        lead: preposition before it, such as since, by or until.
        other: the second end of a range.
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
    r"\b(?:in|since|by|until|of|from|early|late|mid|before|after|through|between|and|to|last|this|next)[ -]$",
    re.IGNORECASE,
)
_SINGULAR = re.compile(r"(?<=[a-z])s$")


def find_expressions(text: str) -> list[Expression]:
    """Return the time expressions of a text, sorted, none overlapping; ranges are joined."""
    found = [hit for kind, pattern in _patterns() for hit in _matches(kind, pattern, text)]
    found.sort(key=lambda e: (e.core, -e.end))
    single = _without_overlaps(found)
    return _with_ranges([_with_lead(e, text) for e in single], text)


def _matches(kind: str, pattern: re.Pattern[str], text: str) -> Iterator[Expression]:
    for match in pattern.finditer(text):
        one = _expression(kind, match)
        if (
            kind != "month"
            or one.month not in _COMMON_WORDS
            or _SAFE.search(text, max(0, one.start - 10), one.start)
        ):
            yield one


def _expression(kind: str, match: re.Match[str]) -> Expression:
    words, groups = date_words(), match.groupdict()
    month, weekday = groups.get("month"), groups.get("weekday")
    unit, holiday = groups.get("unit"), groups.get("holiday")
    which, part = groups.get("which"), groups.get("part")
    month_number = words.months.get(month.lower().rstrip(".")) if month else None
    day = groups.get("day")
    if holiday:
        month_number, day = words.holidays[holiday.lower()]
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


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = date_words()
    names = [m.capitalize() for m in words.months]
    whole, short = (
        alternatives([n for n in names if (len(n) > 4) == long]) for long in (True, False)
    )
    month = rf"(?P<month>(?:{whole})\b|(?:{short})\b\.?(?!$|\n))"
    weekday = rf"(?P<weekday>(?:{alternatives([w.capitalize() for w in words.weekdays])})\b)"
    plain_weekday = weekday.replace("?P<weekday>", "?:")
    day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?![.,]\d|%| ?per ?cent)"
    more = r"(?:(?: ?[-–] ?| to | and |/)(?P<last_day>[0-3]?\d)(?:st|nd|rd|th)?\b(?![.,]\d|%))?"
    year = r"(?P<year>(?:1[5-9]|20)\d\d)\b(?![.,]\d|%)"
    number = rf"(?P<number>\d{{1,3}}|{alternatives(words.numbers)}|several|many|some|few|a few)"
    near_number = rf"(?:(?:about|around|almost|nearly|more than|over|some|just|only) )?{number}"
    part = r"(?P<part>early|late|mid|middle of|(?:the )?(?:start|beginning|end|middle) of)"
    some_part = rf"(?:{part}[- ](?:in )?(?:the )?)?"
    times = r"(?P<unit>hours?|days?|weeks?|months?|years?|decades?)"
    period = (
        rf"(?P<unit>week|weekend|month|year|decade|century|quarter|{alternatives(words.seasons)})"
    )
    daytime = r"(?: (?:morning|afternoon|evening|night|lunchtime))?"
    clock = r"(?:\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\.?|[AP]M)(?: local time| [A-Z]{2,4})? (?:on |late on )?)?"
    earlier = r"(?P<which>(?i:last|next|this past|this coming|this|the following|the previous))"
    past = r"(?P<which>past|last|next|coming|previous|following|first)"
    joined = {
        "full": rf"\b(?:{plain_weekday}[.,]? )?{month} {day}{more}(?:,? (?:of )?{year})?",
        "full_day_first": rf"\b(?:{plain_weekday}[.,]? )?(?:the )?{day}{more} (?:of )?{month}(?:,? {year})?",
        "iso": rf"\b{year}-(?P<numeric_month>[01]\d)-(?P<day>[0-3]\d)\b",
        "month_of": rf"\b{some_part}{month},? (?:of )?{earlier} year\b",
        "month_year": rf"\b{some_part}{month},? (?:of |in )?{year}",
        "year_month": rf"\b{year} {month}(?! \d)",
        "which_month": rf"\b(?P<which>last|next|this|this past) {month}(?! \d)",
        "month": rf"(?:(?<=[a-z] )|(?<=^)|(?<=\n)|(?<=[Ii]n )|(?<=mid-)){some_part}{month}(?![ -]?\d|'|-[a-z])",
        "season_year": rf"\b{some_part}(?:the )?(?P<unit>{alternatives(words.seasons)}) (?:of )?{year}",
        "part_year": rf"\b{part}[- ](?:in )?(?:the )?(?:year )?{year}",
        "part_period": rf"\b{part}[- ](?:of )?(?P<which>the|this|last|next) {period}\b",
        "years": rf"(?<![\w$£€#/.,-]){year}(?: ?[-–/] ?| and | to )(?P<last_day>(?:1[5-9]|20)?\d\d)\b(?![-,.]\d)",
        "year": rf"(?<![\w$£€#/.,-]){year}(?![-/]\w| (?:people|men|women|troops|soldiers|cases)\b)",
        "decade": rf"\b{some_part}(?:the )?(?P<year>(?:1[5-9]|20)\d0)'?s\b",
        "weekday": rf"\b(?:{earlier} |(?i:earlier|later|late|early) (?:on )?|{clock})(?:on )?{weekday}{daytime}(?! \d)",
        "today": r"\b(?P<which>today|tonight|this (?:morning|afternoon|evening)|overnight)\b(?!'s (?:paper|edition))",
        "yesterday": r"\b(?P<which>yesterday(?: (?:morning|afternoon|evening))?|last night)\b",
        "tomorrow": r"\b(?P<which>tomorrow)\b",
        "same_day": r"\b(?P<which>(?:the|that) (?:very )?same (?:day|evening|night)|(?<!\w )that (?:day|evening|night|morning)|later in the day|(?:earlier|later) that day)\b",
        "day_off": r"\b(?P<which>the (?:next|following|previous) (?:day|morning)|the day (?:before|after)(?! (?:the|a|an|his|her|its|their|[A-Z]))|a day (?:later|earlier)|the following morning)\b(?! [a-z]+ed\b)",
        "period": rf"\b(?:(?P<part>early|late) |(?:earlier|later) )?(?P<which>this past|this coming|this|last|next|the past|the previous|the following|the coming|the current) {period}\b(?! of\b)",
        "weekend": r"\b(?P<which>over|at|during|for) (?P<unit>the weekend)\b",
        "span": rf"\b(?:in|over|during|for|within|throughout) the {past} (?:{near_number} )?{times}\b",
        "bare_span": rf"\bthe {past} {near_number} {times}\b",
        "recent": r"\b(?:(?:in|over|during) )?(?:the )?(?P<which>recent|past few|last few) (?P<unit>days|weeks|months)\b",
        "ago": rf"\b{near_number} {times} ago\b",
        "since_then": r"\b(?P<which>[Ss]ince then|[Ee]ver since)\b(?! the\b)",
        "holiday": rf"\b(?:on )?(?P<holiday>{alternatives([k.title().replace(chr(39) + 'S', chr(39) + 's') for k in words.holidays])})(?:,? {year})?",
    }
    lower = {
        "today",
        "yesterday",
        "tomorrow",
        "same_day",
        "day_off",
        "period",
        "weekend",
        "span",
        "bare_span",
        "recent",
        "ago",
        "part_period",
    }
    return tuple(
        (kind, re.compile(pattern, re.IGNORECASE if kind in lower else 0))
        for kind, pattern in joined.items()
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
