"""The day of the news: when what a report opens with was, and what goes on at its day.

The first sentences of a fresh report tell what was just done. If a day of the week before the
report is stated there for something done, it is that day; else the day before or the report's own.

What it gets wrong: a report that opens with history; a weekly that tells the news late.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from kg.extract.dates import Times
from kg.extract.dates.tense import verb_above
from kg.extract.events.ties import tense_form
from kg.extract.parse import Parsed
from kg.model import Claim, Time

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEAD, _WIDE = 3, 6
_WEEK = 6
_CLAIMS = 4
_ANSWER = re.compile(
    r"(?:In (?:response|retaliation|reaction|the (?:wake|aftermath))|As a result|Since then|"
    r"Afterwards?|Subsequently|Consequently)\b"
)
_MOVES = frozenset(
    ("fall", "drop", "rise", "slide", "gain", "lose", "climb", "plunge", "surge", "tumble", "jump",
     "soar", "sink", "slump", "rebound", "dip", "rally")
)  # fmt: skip
_SHARES = frozenset(("share", "stock", "index", "market", "average", "price", "bond", "currency"))


class NewsDay:
    """Tells which words of an article are news of its day."""

    def __init__(self, parsed: Parsed, times: Times, claims: Sequence[Claim]) -> None:
        """Keep where claims stand, to know when they were made."""
        self.parsed, self.times = parsed, times
        parts = [(p.start, p.end, c) for c in claims for p in c.parts]
        self._claims = sorted(parts, key=lambda row: (row[0], row[1]))
        self._starts = [row[0] for row in self._claims]
        sentences = parsed.sentences
        self._lead = sentences[min(_LEAD, len(sentences)) - 1].end_char if sentences else 0
        self._first = sentences[min(_WIDE, len(sentences)) - 1].end_char if sentences else 0

    def now(self, token: "Token", basis: str) -> Time | None:
        """Return the day of the report or, inside a claim, the day that it was made."""
        said = self.said(token)
        if said is not None and said.earliest == said.latest:
            return said
        return self.report(basis)

    def said(self, token: "Token") -> Time | None:
        """Return when the claim around a word was made, for what was going on then."""
        time = self._said(token.idx)
        if time is None:
            return None
        return Time(
            earliest=time.earliest,
            latest=time.latest,
            granularity=time.granularity,
            basis="under way on the day that it was said",
        )

    def report(self, basis: str) -> Time | None:
        """Return the day of the report, or the days that it can be."""
        anchor = self.times.anchor
        if anchor.earliest is None or anchor.latest is None:
            return None
        grain = "day" if anchor.earliest == anchor.latest else "interval"
        return Time(earliest=anchor.earliest, latest=anchor.latest, granularity=grain, basis=basis)

    def last_said(self, token: "Token") -> Time | None:
        """Return when the last claims before a word were made, where one of them is dated."""
        at = bisect_right(self._starts, token.idx)
        rows = reversed(self._claims[max(0, at - _CLAIMS) : at])
        told = [time for start, _, _ in rows if (time := self._said(start)) is not None]
        return next((time for time in told if time.start), next(iter(told), None))

    def of(self, token: "Token") -> Time | None:
        """Return the days of the news for a happening that the report tells as just done."""
        day = self.times.anchor.day
        verb = verb_above(token)
        if verb is not None and verb.dep_ in ("pcomp", "acl") and _is_market_move(token):
            verb = verb_above(verb.head) or verb
        if verb is None or tense_form(verb) not in ("past", "perfect"):
            return None
        if self.answers(token):
            return None
        if not _is_market_move(token) and not (self._is_lead(verb) and _is_main(token, verb)):
            return None
        if day is None:
            return self.report("told as new in a report of one of these days")
        stated = self._stated
        if stated is not None:
            return Time(
                earliest=stated, latest=stated, granularity="day", basis="the day of the news"
            )
        first = _working_day_before(day).isoformat()
        return Time(
            earliest=first,
            latest=day.isoformat(),
            granularity="interval",
            basis="told as new on the day of the report",
        )

    def answers(self, token: "Token") -> bool:
        """Return whether the sentence of a token opens as what followed ("In response, …")."""
        verb = verb_above(token)
        since = verb is not None and any(c.lower_ == "since" for c in verb.children)
        return since or bool(_ANSWER.match(self.parsed.sentence_at(token.idx).text))

    def _is_lead(self, verb: "Token") -> bool:
        """Return whether a verb is the main one of the first sentences, or joined to it."""
        also = any(c.lower_ == "also" for c in verb.children)
        if verb.idx >= (self._first if also else self._lead):
            return False
        while verb.dep_ in ("conj", "ccomp", "xcomp") and verb.head.i != verb.i:
            if verb.dep_ == "ccomp" and verb.head.i in self.times.by_token:
                return False
            verb = verb.head
        return verb.head.i == verb.i

    @cached_property
    def _stated(self) -> str | None:
        """The one day of the week up to the report that the first sentences tell as past."""
        day = self.times.anchor.day
        if day is None or not self.parsed.sentences:
            return None
        end = self._first
        first = (day - timedelta(days=_WEEK)).isoformat()
        found = {
            t.start
            for t in self.times.found
            if t.start and t.expression and t.expression.start < end
            if first <= t.start <= day.isoformat()
        }
        return next(iter(found)) if len(found) == 1 else None

    def _said(self, offset: int) -> Time | None:
        """Return when the claim that holds an offset was made, where the text says so."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0 or offset >= self._claims[at][1]:
            return None
        cue = self._claims[at][2].cue
        if cue is None:
            return None
        sentence = self.parsed.sentence_at(cue.start)
        word = next((t for t in sentence if t.idx == cue.start), None)
        return self.times.at(word) if word is not None else None


def _is_main(token: "Token", verb: "Token") -> bool:
    """Return whether a trigger is the verb, or a noun that it brings in as new."""
    if token.i == verb.i:
        return True
    known = any(c.lower_ in ("the", "this", "these", "those") for c in token.children)
    return token.dep_ in ("dobj", "nsubjpass", "attr") and token.head.i == verb.i and not known


def _is_market_move(token: "Token") -> bool:
    """Return whether it is told of shares that they fell or rose."""
    if token.lemma_ not in _MOVES:
        return False
    if token.dep_ == "conj" and _is_market_move(token.head):
        return True
    share = any(w.text == "%" for c in token.children for w in (c, *c.children))
    if share and token.dep_ in ("relcl", "conj"):
        return True
    subjects = [c for c in token.children if c.dep_ == "nsubj"]
    if token.dep_ in ("pcomp", "acl"):
        subjects += [c for c in token.head.children if c.dep_ == "pobj"]
    return any(word.lemma_.lower() in _SHARES for s in subjects for word in (s, *s.subtree))


def _working_day_before(day: date) -> date:
    back = {0: 3, 6: 2}.get(day.weekday(), 1)
    return day - timedelta(days=back)
