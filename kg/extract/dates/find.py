"""Find, resolve and attach the time expressions of a parsed body."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kg.extract.dates.anchor import Anchor
from kg.extract.dates.attach import (
    governor_of,
    is_inside_noun,
    is_open,
    is_outside,
    is_told_by,
    lasting_verb,
)
from kg.extract.dates.days import Days
from kg.extract.dates.expressions import Expression, find_expressions
from kg.extract.dates.known import known_times
from kg.extract.dates.reference import Before
from kg.extract.dates.resolve import resolve
from kg.extract.dates.tense import tense_at, verb_above
from kg.extract.dates.times import Times
from kg.extract.parse import Parsed
from kg.model import Time

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token


_TWO_WEEKS = 14


def find_times(parsed: Parsed, anchor: Anchor) -> Times:
    """Return the times that a document's body gives.

    Args:
        parsed: the parse of the body.
        anchor: when the article was written; never the clock.
    """
    found: list[Time] = []
    by_token: dict[int, tuple[int, ...]] = {}
    inside: set[int] = set()
    dated: list[tuple[str, Expression, int]] = []
    before = Before()
    for written in find_expressions(parsed.text):
        one, tokens = place(written, parsed)
        words = governors(tokens) if parsed.has_parse else []
        days = resolve(one, anchor, tense_of(one, tokens, parsed), before)
        days = _same_year(one, before) or days
        for word in words:
            by_token[word.i] = (*by_token.get(word.i, ()), len(found))
        if words and is_inside_noun(tokens):
            inside.add(len(found))
        if words and words[0].pos_ == "NOUN" and one.kind in ("weekday", "full"):
            dated.append((words[0].lemma_, one, len(found)))
        found.append(to_time(one, days, anchor, parsed))
        before = _remembered(before, one, days)
    _name_days_alike(found, dated)
    known = known_times(parsed, anchor)
    return Times(parsed, tuple(found), by_token, frozenset(inside), known, anchor)


def _name_days_alike(found: list[Time], dated: list[tuple[str, Expression, int]]) -> None:
    """Let "Sunday's vote" be "the Aug. 9 vote" of the same text, where that was a Sunday before."""
    days: dict[tuple[str, int], tuple[str, int]] = {}
    for noun, one, at in dated:
        start = found[at].start
        if one.kind == "full" and start:
            days.setdefault((noun, date.fromisoformat(start).weekday()), (start, at))
    for noun, one, at in dated:
        start, same = found[at].start, days.get((noun, one.weekday or 0))
        if one.kind != "weekday" or one.which or not start or not same:
            continue
        if 0 < (date.fromisoformat(start) - date.fromisoformat(same[0])).days <= _TWO_WEEKS:
            found[at] = _at_day(found[at], same[0])


def _at_day(time: Time, day: str) -> Time:
    basis = "the day that the text states for it"
    return replace(time, start=day, end=day, earliest=day, latest=day, basis=basis)


def place(one: Expression, parsed: Parsed) -> "tuple[Expression, TokenSpan]":
    """Return the expression with its tokens; what dates a noun gives its preposition back."""
    core = _tokens(parsed, one.core, one.end)
    if parsed.has_parse and one.lead and is_inside_noun(core):
        return replace(one, lead=None, start=one.core), core
    return one, _tokens(parsed, one.start, one.end)


def _tokens(parsed: Parsed, start: int, end: int) -> "TokenSpan":
    tokens = parsed.doc.char_span(start, end, alignment_mode="expand")
    assert tokens is not None, "the expression was found in this text"
    return tokens


def _same_year(one: Expression, before: Before) -> Days | None:
    """Return a day without a year in the year that its month was last told with."""
    if one.year or one.other or one.kind not in ("full", "full_day_first"):
        return None
    year = dict(before.months).get(one.month or 0)
    return resolve(replace(one, year=year), Anchor()) if year else None


def _remembered(before: Before, one: Expression, days: Days | None) -> Before:
    """Return what a later "the same day" or "since then" can refer to."""
    if days is None or one.kind in ("since_then", "span", "recent"):
        return before
    months = dict(before.months)
    if one.year and one.month:
        months[one.month] = one.year
    elif one.month and days.first and days.first.year != months.get(one.month):
        months.pop(one.month, None)
    return Before(days.first if days.stated else before.day, days, tuple(sorted(months.items())))


def governors(tokens: "TokenSpan") -> "list[Token]":
    """Return the words that an expression dates: its governor and, for a plain noun, the verb."""
    governor = governor_of(tokens)
    if is_outside(tokens, governor):
        return []
    lasting = lasting_verb(tokens, governor)
    if lasting is not None:
        return [lasting, *(c for c in lasting.children if c.dep_ == "conj"), governor]
    if tokens.root.lower_ in ("starting", "beginning") and governor.dep_ == "advcl":
        return [governor, governor.head]
    if governor.pos_ in ("VERB", "AUX") or is_inside_noun(tokens):
        return [governor]
    verb = verb_above(governor)
    subject = governor.dep_ in ("nsubj", "nsubjpass")
    if verb is None or not (
        is_told_by(tokens, governor, verb) or (not subject and is_open(governor))
    ):
        return [governor]
    return [governor, verb]


def tense_of(one: Expression, tokens: "TokenSpan", parsed: Parsed) -> str:
    """Return past, future or "" for the happening that an expression dates."""
    if not parsed.has_parse:
        return ""
    governor = governor_of(tokens)
    tense = tense_at(governor)
    if governor.pos_ not in ("VERB", "AUX") and is_inside_noun(tokens):
        return "" if tense == "future" and one.kind != "weekday" else tense
    return tense


def to_time(one: Expression, days: Days | None, anchor: Anchor, parsed: Parsed) -> Time:
    """Return the time of the record for an expression and what it resolved to."""
    time = Time(expression=parsed.span(one.start, one.end))
    if days is None:
        return replace(time, basis="not resolved")
    first = days.first.isoformat() if days.first else None
    last = days.last.isoformat() if days.last else None
    exact = days.stated and first == last
    return replace(
        time,
        start=first if exact else None,
        end=last if exact else None,
        earliest=first,
        latest=last,
        granularity=days.grain,
        basis=_basis(one, anchor),
    )


def _basis(one: Expression, anchor: Anchor) -> str:
    if one.year is not None:
        return "stated"
    if anchor.day is not None:
        return f"relative to {anchor.earliest}"
    return f"relative to {anchor.earliest or '..'}/{anchor.latest or '..'}"
