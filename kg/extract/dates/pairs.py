"""Two times of one happening, one relative and one absolute, date the article between them."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from datetime import date

from kg.extract.dates.anchor import Anchor
from kg.extract.dates.clues import Clue, Told, long_words
from kg.extract.dates.days import add_months, shift, year_days
from kg.extract.dates.known import KnownMention, find_known
from kg.extract.dates.lexicon import date_words
from kg.extract.dates.resolve import resolve
from kg.extract.parse import Parsed

_AFTER = re.compile(
    r"(?P<about>nearly |almost |about |more than |just |some )?(?P<number>\d{1,3}|[a-z]+) "
    r"(?P<unit>day|week|month|year)s? (?P<link>after|since|into) (?:[\w'’-]+ ){0,4}?$",
    re.IGNORECASE,
)
_NOW = re.compile(r"\b(?:today|now|speaking|currently|still)\b", re.IGNORECASE)
_GAP = re.compile(r"(?:'s)?(?: [a-z]+ed| began| broke out| took place)?,? ?(?:in |on |of )?$")
_OWNED = re.compile(r"'s? (?:[a-z]+ ){0,3}")
_MARGIN = {"day": 1, "week": 5, "month": 15, "year": 200}
_SHARED_WORDS = 3
_WEEK = 7
_REACH = 120


def year_clues(told: list[Told]) -> Iterator[Clue]:
    """Yield the year that "last year's strike" beside "the strike of June 2020" gives.

    The year must be the last one told as past, to the month or in two sentences.
    """
    stated = [t for t in told if t.one.year and t.tense == "past" and t.days and t.days.first]
    latest = max((t.one.year for t in stated if t.one.year), default=0)
    same = [t for t in stated if t.one.year == latest]
    for item in told:
        if not _is_last_year(item):
            continue
        shared = [t for t in same if item.nouns & _lemmas(t)]
        if any(t.one.month for t in shared) or len({t.sentence for t in shared}) > 1:
            year = year_days(latest + 1)
            yield Clue(year.first, year.last, f"{item.words!r} is {latest}")


def known_clues(parsed: Parsed, told: list[Told], *, several: bool) -> Iterator[Clue]:
    """Yield what "eight months after" or "on Thursday" with an event of known date gives.

    Args:
        parsed: the parse of the body.
        told: its time expressions.
        several: whether to read the words that more than one known event goes by, or the others.
    """
    if not parsed.uses("known-dates"):
        return
    text = parsed.text
    mentions = list(reversed(find_known(text)))
    shared = Counter((m.start, m.end) for m in mentions)
    body = [t for t in told if not t.caption]
    starts = [t.one.start for t in body]
    ties = [(m, [t for t in _near(m, body, starts) if _is_tied(t, m, text)]) for m in mentions]
    wrong = {m.event.day for m, items in ties if any(_is_other_weekday(t, m) for t in items)}
    for mention, items in ties:
        if (shared[mention.start, mention.end] > 1) != several or mention.event.day in wrong:
            continue
        yield from _count_clues(mention, parsed, text)
        for item in items:
            yield from _relative_clues(item, mention.event.day, mention.event.name, told)


def weekday_clues(parsed: Parsed, told: list[Told]) -> Iterator[Clue]:
    """Yield the week of a stated day that the text also calls by its weekday."""
    stated = [t for t in told if t.one.year and t.days and t.days.stated and t.tense == "past"]
    for known in sorted(stated, key=lambda t: str(t.days), reverse=True):
        day = known.days.first if known.days else None
        for item in told:
            if day and _is_weekday_of(item, day) and _share_words(known, item, parsed):
                yield _week_clue(day, f"{item.words!r} is {day.isoformat()}", told)


def _is_last_year(item: Told) -> bool:
    """Return whether it is "last year's" before a noun."""
    one = item.one
    last = one.kind == "period" and one.unit == "year" and one.which == "last"
    return last and item.of_noun and bool(item.nouns)


def _lemmas(item: Told) -> frozenset[str]:
    plural = {word.removesuffix("s") for word in item.around}
    return item.nouns | item.around | plural


def _count_clues(mention: KnownMention, parsed: Parsed, text: str) -> Iterator[Clue]:
    sentence = parsed.sentence_at(mention.start)
    before = text[sentence.start_char : mention.start]
    match = _AFTER.search(before)
    if match is None:
        return
    if match["link"].lower() != "since" and not _NOW.search(before[: match.start() + 1]):
        return
    number, unit = date_words().number(match["number"]), match["unit"].lower()
    if not match["number"].isdigit() and match["number"].lower() not in date_words().numbers:
        return
    day = _later(mention.event.day, number, unit)
    margin = _MARGIN[unit]
    about = (match["about"] or "").strip().lower()
    first = day if about == "more than" else shift(day, -margin)
    last = day if about in ("nearly", "almost") else shift(day, margin)
    yield Clue(first, last, f"{match[0].strip()} {mention.event.name}")


def _later(day: date, number: int, unit: str) -> date:
    if unit in ("day", "week"):
        return shift(day, number * (_WEEK if unit == "week" else 1))
    return add_months(day, number * (12 if unit == "year" else 1))


def _near(mention: KnownMention, told: list[Told], starts: list[int]) -> list[Told]:
    """Return the expressions of the body close to a mention."""
    begin = bisect_left(starts, mention.start - _REACH)
    return told[begin : bisect_right(starts, mention.end + _REACH)]


def _is_tied(item: Told, mention: KnownMention, text: str) -> bool:
    """Return whether a relative time stands at the known event's words."""
    one = item.one
    if one.year or one.kind not in ("weekday", "period", "part_period", "ago", "yesterday"):
        return False
    if one.start >= mention.end:
        return bool(_GAP.fullmatch(text[mention.end : one.core])) or _began(item, mention, text)
    gap = text[one.end : mention.start]
    if _OWNED.fullmatch(gap):
        return True
    return one.kind == "weekday" and bool(
        re.fullmatch(r",? (?:just |hours |shortly )?after (?:the )?", gap)
    )


def _is_other_weekday(item: Told, mention: KnownMention) -> bool:
    """Return whether the text puts what a known event is called on another day of the week."""
    one = item.one
    return one.kind == "weekday" and one.weekday != mention.event.day.weekday()


def _began(item: Told, mention: KnownMention, text: str) -> bool:
    gap = text[mention.end : item.one.start]
    return bool(re.fullmatch(r" (?:began|started|erupted|took place|happened|of \w+) ?", gap))


def _relative_clues(item: Told, day: date, name: str, told: list[Told]) -> Iterator[Clue]:
    """Yield the stretch of article dates for which the relative time falls on the known day."""
    if item.one.kind == "weekday":
        if item.one.weekday == day.weekday() and not item.one.which:
            yield _week_clue(day, f"{item.words!r} is the {name}", told)
        return
    reach = 800 if item.one.unit == "year" else 70
    fits = [d for n in range(reach) if _falls_on(item, d := shift(day, n), day)]
    if fits:
        yield Clue(fits[0], fits[-1], f"{item.words!r} is the {name}")


def _falls_on(item: Told, article: date, day: date) -> bool:
    iso = article.isoformat()
    days = resolve(item.one, Anchor(iso, iso), "past")
    if days is None or days.first is None or days.last is None:
        return False
    margin = 5 if item.one.part else 0
    return shift(days.first, -margin) <= day <= shift(days.last, margin)


def _is_bare_weekday(item: Told) -> bool:
    one = item.one
    bare = one.kind == "weekday" and not one.which and not item.caption
    return (
        bare
        and one.lead not in ("until", "by", "from", "before", "starting")
        and item.tense == "past"
    )


def _is_weekday_of(item: Told, day: date) -> bool:
    return _is_bare_weekday(item) and item.one.weekday == day.weekday()


def _share_words(known: Told, item: Told, parsed: Parsed) -> bool:
    """Return whether two times stand in one sentence, or in two that tell of the same."""
    if known.sentence == item.sentence:
        return True
    sentence = parsed.document.text[item.sentence[0] : item.sentence[1]]
    return len(known.around & long_words(sentence)) >= _SHARED_WORDS


def _week_clue(day: date, why: str, told: list[Told]) -> Clue:
    """Return the week from a day; the likeliest day is the last in an unbroken run of weekdays."""
    weekdays = {t.one.weekday for t in told if _is_bare_weekday(t)}
    likely = day
    while (likely - day).days < _WEEK - 1 and shift(likely, 1).weekday() in weekdays:
        likely = shift(likely, 1)
    return Clue(day, shift(day, _WEEK - 1), why, likely)
