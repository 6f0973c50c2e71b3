"""The regular expressions of time expressions, by kind, made of the words of the lexicon."""

import re
from functools import lru_cache

from kg.extract.dates.lexicon import alternatives, date_words

_NO_NUMBER = r"(?![.,]\d|%| ?per ?cent)"
_ALONE = r"(?<![\w$£€#/.,-])"
_DAYTIME = r"(?: (?:morning|afternoon|evening|night|lunchtime))?"
_CLOCK = (
    r"(?:\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\.?|[AP]M)"
    r"(?: local time| [A-Z]{2,4})? (?:on |late on )?)?"
)
_DAY = rf"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b{_NO_NUMBER}"
_MORE_DAYS = (
    r"(?:(?: ?[-–] ?| to | and |/)(?P<last_day>[0-3]?\d)(?:st|nd|rd|th)?\b" rf"{_NO_NUMBER})?"
)
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)\b(?![.,]\d|%)"
_SECOND_YEAR = r"(?P<last_day>(?:1[5-9]|20)?\d\d)\b(?![-,.]\d)"
_PART = r"(?P<part>early|late|mid|middle of|(?:the )?(?:start|beginning|end|middle) of)"
_SOME_PART = rf"(?:{_PART}[- ](?:in )?(?:the )?)?"
_TIMES = r"(?P<unit>hours?|days?|weeks?|months?|years?|decades?)"
_WHICH = r"(?P<which>(?i:last|next|this past|this coming|this|the following|the previous))"
_PAST = r"(?P<which>past|last|next|coming|previous|following|first)"
_PERIOD_WHICH = (
    r"(?P<which>this past|this coming|this|last|next|the past|the previous|the following|"
    r"the coming|the current)"
)
_SAME_DAY = (
    r"(?:the|that) (?:very )?same (?:day|evening|night)|"
    r"(?:(?<=on )|(?<!\w ))that (?:day|evening|night|morning)|later in the day|"
    r"(?:earlier|later) that day"
)
_DAY_OFF = (
    r"the (?:next|following|previous) (?:day|morning)|"
    r"the day (?:before|after)(?! (?:the|a|an|his|her|its|their|[A-Z]))|a day (?:later|earlier)"
)
_PEOPLE = r"(?![-/]\w| (?:people|men|women|troops|soldiers|cases)\b)"


@lru_cache(maxsize=1)
def patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the compiled pattern of each kind; of two that match as far, the earlier one wins."""
    exact = {**_dates(), **_months(), **_years(), **_weekdays()}
    folded = {**_days(), **_periods()}
    compiled = [(kind, re.compile(pattern)) for kind, pattern in exact.items()]
    compiled += [(kind, re.compile(p, re.IGNORECASE)) for kind, p in folded.items()]
    return tuple(compiled)


def _month() -> str:
    names = [name.capitalize() for name in date_words().months]
    whole, short = alternatives(names[:12]), alternatives(names[12:])
    return rf"(?P<month>(?:{whole})\b|(?:{short})\b\.?)"


def _weekday() -> str:
    return rf"(?P<weekday>(?:{alternatives([w.capitalize() for w in date_words().weekdays])})\b)"


def _dates() -> dict[str, str]:
    month = _month()
    before = rf"\b(?:{_weekday().replace('?P<weekday>', '?:')}[.,]? )?"
    words = date_words()
    holidays = [name.title().replace("'S", "'s") for name in [*words.holidays, *words.movable]]
    return {
        "full": rf"{before}{month} {_DAY}{_MORE_DAYS}(?:,? (?:of )?{_YEAR})?",
        "full_day_first": rf"{before}(?:the )?{_DAY}{_MORE_DAYS} (?:of )?{month}(?:,? {_YEAR})?",
        "iso": rf"\b{_YEAR}-(?P<numeric_month>[01]\d)-(?P<day>[0-3]\d)(?!\d)",
        "holiday": rf"\b(?:on )?(?P<holiday>{alternatives(holidays)})\b(?:,? {_YEAR})?",
    }


def _months() -> dict[str, str]:
    month = _month()
    seasons = alternatives(date_words().seasons)
    opens = r"(?:(?<=[a-z] )|(?<=^)|(?<=\n)|(?<=[Ii]n )|(?<=mid-))"
    return {
        "month_of": rf"\b{_SOME_PART}{month},? (?:of )?{_WHICH} year\b",
        "month_year": rf"\b{_SOME_PART}{month},? (?:of |in )?{_YEAR}",
        "year_month": rf"\b{_YEAR} {month}(?! \d)",
        "which_month": rf"\b(?P<which>last|next|this|this past) {month}(?! \d)",
        "month": rf"{opens}{_SOME_PART}{month}(?![ -]?\d|'|-[a-z])",
        "season_year": rf"\b{_SOME_PART}(?:the )?(?P<unit>{seasons}) (?:of )?{_YEAR}",
    }


def _years() -> dict[str, str]:
    return {
        "part_year": rf"\b{_PART}[- ](?:in )?(?:the )?(?:year )?{_YEAR}",
        "years": rf"{_ALONE}{_YEAR}(?: ?[-–/] ?| and | to ){_SECOND_YEAR}",
        "year": rf"{_ALONE}{_YEAR}{_PEOPLE}",
        "decade": rf"\b{_SOME_PART}(?:the )?(?P<year>(?:1[5-9]|20)\d0)'?s\b",
    }


def _weekdays() -> dict[str, str]:
    before = rf"(?:{_WHICH} |(?i:earlier|later|late|early) (?:on )?|{_CLOCK})(?:on )?"
    return {"weekday": rf"\b{before}{_weekday()}{_DAYTIME}(?! \d)"}


def _days() -> dict[str, str]:
    today = r"today|tonight|this (?:morning|afternoon|evening)|overnight"
    return {
        "today": rf"\b(?P<which>{today})\b(?!'s (?:paper|edition))",
        "yesterday": r"\b(?P<which>yesterday(?: (?:morning|afternoon|evening))?|last night)\b",
        "tomorrow": r"\b(?P<which>tomorrow)\b",
        "same_day": rf"\b(?P<which>{_SAME_DAY})\b",
        "day_off": rf"\b(?P<which>{_DAY_OFF})\b(?! [a-z]+ed\b)",
        "since_then": r"\b(?P<which>since then|ever since)\b(?! the\b)",
    }


def _periods() -> dict[str, str]:
    words = date_words()
    seasons = alternatives(words.seasons)
    period = rf"(?P<unit>week|weekend|month|year|decade|century|quarter|{seasons})"
    number = rf"(?P<number>\d{{1,3}}|{alternatives(words.numbers)}|several|many|some|few|a few)"
    number = rf"(?<!-)(?:(?:about|around|almost|nearly|more than|over|some|just|only) )?{number}"
    early = r"(?:(?P<part>early|late) |(?:earlier|later) )?"
    over = r"(?:in|over|during|for|within|throughout)"
    recent = r"(?P<which>recent|past few|last few)"
    quarter = (
        r"\b(?:the )?(?:fiscal |financial )?"
        rf"(?:(?P<number>{alternatives(words.ordinals)}) (?:fiscal )?quarter|q(?P<day>[1-4]))"
        rf"(?:,? (?:of |in )?(?:fiscal )?(?:{_YEAR}|(?P<which>last|this|next) year))?\b"
    )
    return {
        "part_period": rf"\b{_PART}[- ](?:of )?(?P<which>the|this|last|next) {period}\b",
        "period": rf"\b{early}{_PERIOD_WHICH} {period}\b(?! of\b)",
        "quarter": quarter,
        "weekend": r"\b(?P<which>over|at|during|for) (?P<unit>the weekend)\b",
        "span": rf"\b{over} the {_PAST} (?:{number} )?{_TIMES}\b",
        "bare_span": rf"\bthe {_PAST} {number} {_TIMES}\b",
        "recent": rf"\b(?:(?:in|over|during) )?(?:the )?{recent} (?P<unit>days|weeks|months)\b",
        "ago": rf"\b{number} {_TIMES} ago\b",
    }
