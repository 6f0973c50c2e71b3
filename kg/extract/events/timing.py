"""What is told as done cannot lie ahead of the article: then the time or the telling is wrong.

A day and month that was taken for one to come is put back a year; what is dated ahead by its own
year, by "next" or by a verb in the present tense is planned; any other time ahead is dropped. What
it gets wrong: a day of last year that the article means as one to come.
"""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.model import Factuality, Time

if TYPE_CHECKING:
    from spacy.tokens import Token

_AHEAD = re.compile(r"\b(?:next|coming|upcoming|later|tomorrow|(?:19|20)\d\d)\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(?!.*\d).*day\b")
_DAY = "day"


def settle_time(
    labels: tuple[Factuality, ...], time: Time | None, latest: str | None, token: "Token"
) -> tuple[tuple[Factuality, ...], Time | None]:
    """Return the labels and the time of a mention, which agree with each other.

    Args:
        labels: how it is presented, main label first.
        time: when it happened.
        latest: the latest day the article can be of, an ISO day; None where it is open.
        token: the trigger; in the present tense, a day ahead is a plan ("are voting on May 3").
    """
    told = labels[0].value in ("asserted", "claimed")
    if not told or time is None or latest is None or (time.earliest or "") <= latest:
        return labels, time
    ahead = time.expression is not None and _AHEAD.search(time.expression.text)
    if ahead or _is_present(token):
        sources = tuple(f for f in labels if f.value == "claimed")
        return (Factuality(value="planned"), *sources), time
    return labels, _year_before(time, latest)


def _is_present(token: "Token") -> bool:
    """Return whether a verb stands in the present tense: "votes", "are going to the polls"."""
    if token.tag_ in ("VBP", "VBZ"):
        return True
    helpers = [child for child in token.children if child.dep_ in ("aux", "auxpass")]
    return token.tag_ == "VBG" and any(h.tag_ in ("VBP", "VBZ") for h in helpers)


def _week_before(time: Time, latest: str) -> Time | None:
    """Return a weekday a week earlier ("Friday's attack"), or None where it is still ahead."""
    if time.start is None:
        return None
    day = (date.fromisoformat(time.start) - timedelta(days=7)).isoformat()
    return replace(time, start=day, end=day, earliest=day, latest=day) if day <= latest else None


def _year_before(time: Time, latest: str) -> Time | None:
    """Return a day a year earlier, or None where that is no day or still ahead."""
    day = time.start
    if time.expression is not None and _WEEKDAY.search(time.expression.text):
        return _week_before(time, latest)
    if day is None or time.granularity != _DAY or day[5:] == "02-29":
        return None
    earlier = f"{int(day[:4]) - 1:04d}{day[4:]}"
    if earlier > latest or time.end not in (None, day):
        return None
    return replace(time, start=earlier, end=time.end and earlier, earliest=earlier, latest=earlier)
