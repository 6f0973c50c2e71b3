"""Find the numbers of a text that count or measure, with their hedges; nothing is attached here.

Left out: dates, clock times, ages, ordinals, years, addresses, scores, designations ("F-4",
"Article 12", "Flight 447").

What it gets wrong: "one" as a pronoun; numbers in lists of addresses without a street word.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.figures.lexicon import figure_words
from kg.model import Bound


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written.

    Attributes:
        start, end: with hedge, currency and percent sign. core, core_end: the digits or words.
        unit: percent, a currency code or a length of time where the words beside it say so.
        strong: it is part of "5,000-strong". known: "the two leaders": people told of before.
    """

    start: int
    end: int
    core: int
    core_end: int
    value: float
    bound: Bound = "exact"
    unit: str | None = None
    strong: bool = False
    known: bool = False


_AGE = re.compile(r"^(?:-| )(?:year|month|week|day)s?-old|^ years old")
_AGE_BEFORE = re.compile(r"(?:\b[Aa]ged?(?: of)?|\bunder|\bas young as|\bas old as) $")
_NAMED_AGE = re.compile(r"[A-Z][\w'-]+, $")
_CLOCK = re.compile(r"^(?:[:.]\d\d)?(?: ?[ap]\.?m\b| o'clock| GMT| local time|:\d\d)")
_STREET = re.compile(
    r"^ [A-Z][\w'.-]+ (?:[A-Z][\w'.-]+ )?(?:Street|St|Road|Rd|Avenue|Ave|Lane|Boulevard|Square)\b"
)
_LABEL = re.compile(
    r"(?:\b(?:Article|Section|Chapter|Flight|Flt|Route|Highway|Unit|No|Nos|Number|Room|Page|Phase|"
    r"Level|Grade|Class|Type|Mark|Group of|Big|Channel|Line|Gate|Day|Year|Part|Volume|Vol|Issue|"
    r"Resolution|Bill|Act|Title|Task Force|Figure|Table|Fortune|FTSE|Nasdaq|Russell|S&P)\.? )$"
)
_CODE = re.compile(r"\b[A-Z]{1,5} $")
_ANAPHORIC = re.compile(r"\b(?:[Tt]he|[Tt]hese|[Tt]hose|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Bb]oth) $")
_GLUED = re.compile(r"[\w#@&.,/-]$")
_AFTER_BAD = re.compile(
    r"^(?:st|nd|rd|th)\b|^-[a-z]|^-\d|^/\d|^['’]?s\b(?! -)|^[-–]\d{1,3}(?![\d,])"
)
_ONE_OF = re.compile(
    r" (?!(?:of|another|day|thing|in|that|who|can|could|way|by|to|is|was|would|must|should|and|or|"
    r"has|side|hand|more|point|reason)\b)[a-z]+"
)
_ONE_AMONG = re.compile(r" of (?:the|those|these|his|her|their|its|them)\b")
_BOTH_OF = re.compile(
    r" (?:of (?:the|them)\b|(?:the |his |her |their )?[a-z]+(?:s|men|women|people)\b)"
)
_THE_ONE = re.compile(
    r"\b(?:no|this|that|the|any|every|each|which|only|number|last|first|for) $", re.IGNORECASE
)
_LENGTH = re.compile(
    r"\b(?:(?P<ordinal>\w+) (?:straight|consecutive|successive) (?P<unit>day|week|month|year)|"
    r"(?P<long>(?<![\w-])(?:day|week|month|year))-?long)\b",
    re.IGNORECASE,
)
_JOIN = re.compile(r"^(?:-| to |–)$")


def find_numbers(text: str, taken: Sequence[tuple[int, int]]) -> list[Number]:
    """Return the numbers of a text, sorted, none overlapping.

    Args:
        text: with straight quotation marks.
        taken: ranges of time expressions, sorted; numbers in them are left out.
    """
    found = [*_lengths(text)]
    last = 0
    for match in _pattern().finditer(text):
        number = _number(match, text)
        if number is None or number.core < last or _is_taken(number, taken):
            continue
        found.append(number)
        last = number.end
    found.sort(key=lambda n: n.start)
    return [*_with_ranges(found, text)]


def _lengths(text: str) -> Iterator[Number]:
    """Yield "week-long" and "for the third straight day" as lengths of time."""
    for match in _LENGTH.finditer(text):
        ordinal = match["ordinal"]
        value = figure_words().ordinals.get(ordinal.lower(), 0) if ordinal else 1
        unit = (match["unit"] or match["long"]).lower()
        if value:
            yield Number(match.start(), match.end(), match.start(), match.end(), value, unit=unit)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = figure_words()
    spelled = _any([*words.numbers])
    tens = _any([w for w, n in words.numbers.items() if 20 <= n <= 90 and " " not in w])
    ones = _any([w for w, n in words.numbers.items() if 1 <= n <= 9])
    scale = _any([*words.scales])
    currency = _any([*words.currencies])
    return re.compile(
        rf"(?P<hedge>\b(?i:{_any([*words.hedges])}) )?"
        rf"(?:(?P<currency>(?<![A-Za-z]){currency}) ?)?"
        rf"(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
        rf"|\b(?P<multiple>(?i:{_any([*words.multiples])}))\b"
        rf"|\b(?P<compound>(?i:{tens})-(?i:{ones}))\b"
        rf"|\b(?P<word>(?i:{spelled}))\b)"
        rf"(?:[ -]?(?P<scale>{scale})\b)?"
        rf"(?P<percent> ?%| ?[Pp]er ?[Cc]ent\b| ?percentage points?\b)?"
        rf"(?P<after> or (?:more|less|fewer|so)\b)?"
        rf"(?:(?P<strong>-strong\b)|[ -](?P<length>hour|day|week|month|year)\b(?!-old|s))?"
    )


def _any(words: Sequence[str]) -> str:
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(re.escape(w) for w in ordered) + ")"


def _number(match: re.Match[str], text: str) -> Number | None:
    words = figure_words()
    core, end = _core_range(match)
    if not _counts(match, text, core):
        return None
    value = _value(match)
    scale = match["scale"]
    bound: Bound = "exact"
    if match["hedge"] or match["after"]:
        bound = _bound((match["hedge"] or match["after"]).strip().lower())
    elif match["multiple"]:
        bound = "multiple"
    unit = "percent" if match["percent"] else ("person" if match["strong"] else match["length"])
    if match["currency"]:
        unit = words.currencies[match["currency"]]
    return Number(
        start=match.start(),
        end=match.end(),
        core=core,
        core_end=end,
        value=value * (words.scales[scale] if scale else 1),
        bound="approximate" if match["strong"] else bound,
        unit=unit,
        strong=bool(match["strong"]),
        known=value <= 10 and bool(_ANAPHORIC.search(text, max(0, core - 7), core)),
    )


def _core_range(match: re.Match[str]) -> tuple[int, int]:
    group = next(g for g in ("digits", "multiple", "compound", "word") if match[g])
    return match.span(group)


def _bound(hedge: str) -> Bound:
    name = figure_words().hedges[hedge]
    bounds: dict[str, Bound] = {
        "minimum": "minimum",
        "maximum": "maximum",
        "approximate": "approximate",
    }
    return bounds.get(name, "exact")


def _value(match: re.Match[str]) -> float:
    words = figure_words()
    if match["digits"]:
        return float(match["digits"].replace(",", ""))
    if match["multiple"]:
        return float(words.multiples[match["multiple"].lower()])
    if match["compound"]:
        tens, ones = match["compound"].lower().split("-")
        return float(words.numbers[tens] + words.numbers[ones])
    return float(words.numbers[match["word"].lower()])


def _counts(match: re.Match[str], text: str, core: int) -> bool:
    """Return whether a number counts or measures, rather than names, dates or orders."""
    start, end = match.start(), match.end()
    before, after = text[max(0, start - 24) : start], text[end : end + 60]
    if match["word"] or match["compound"] or match["multiple"]:
        return _word_counts(match, before, after)
    if not match["currency"] and (
        _GLUED.search(text[max(0, core - 2) : core]) or text[core - 1 : core] == "-"
    ):
        return False
    if _AFTER_BAD.match(after) or _LABEL.search(before):
        return False
    if _CODE.search(before) and re.match(r"[),;.]", after):
        return False
    if match["percent"] or match["currency"] or match["scale"] or match["length"]:
        return True
    return not _is_name_or_time(before, after)


def _is_name_or_time(before: str, after: str) -> bool:
    if _CLOCK.match(after) or _AGE_BEFORE.search(before) or _STREET.match(after):
        return True
    if _NAMED_AGE.search(before) and re.match(r",|\)|\.| and ", after):
        return True
    return bool(_AGE.match(after))


def _word_counts(match: re.Match[str], before: str, after: str) -> bool:
    if after.startswith("-"):
        return False
    word = (match["word"] or "").lower()
    if word == "one":
        counted = _ONE_OF.match(after) or _ONE_AMONG.match(after)
        return bool(counted) and not _THE_ONE.search(before)
    if word == "both":
        return bool(_BOTH_OF.match(after))
    return not _AGE_BEFORE.search(before)


def _is_taken(number: Number, taken: Sequence[tuple[int, int]]) -> bool:
    return any(begin < number.core_end and number.core < end for begin, end in taken)


def _with_ranges(found: list[Number], text: str) -> Iterator[Number]:
    """Make "between 10 and 20" and "15 to 20 percent" a least and a most."""
    index = 0
    while index < len(found):
        first = found[index]
        second = found[index + 1] if index + 1 < len(found) else None
        if second and _is_range(first, second, text):
            unit = first.unit or second.unit
            yield replace(first, bound="minimum", unit=unit)
            yield replace(second, bound="maximum", unit=second.unit or unit)
            index += 2
            continue
        yield first
        index += 1


def _is_range(first: Number, second: Number, text: str) -> bool:
    gap = text[first.end : second.start]
    if first.bound == "multiple" or second.bound == "multiple" or first.value >= second.value:
        return False
    before = text[max(0, first.start - 9) : first.start].lower()
    if gap == " and ":
        return before.endswith("between ")
    return first.unit is None and bool(_JOIN.match(gap)) and first.bound != "maximum"
