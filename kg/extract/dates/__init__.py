"""Time expressions of news text, resolved against the article's own date; never the clock."""

import re
from datetime import date, timedelta

from kg.extract.dates.anchor import Anchor
from kg.extract.dates.times import Times
from kg.extract.parse import Parsed
from kg.model import Time

__all__ = ["Anchor", "Times", "find_times"]

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(rf"\b(?:[Oo]n )?({'|'.join(_DAYS)})\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:[Ii]n|[Ss]ince) ((?:19|20)\d\d)\b")


def find_times(parsed: Parsed, anchor: Anchor) -> Times:
    """Return the times that a document's body gives.

    Args:
        parsed: the parse of the body.
        anchor: when the article was written.
    """
    text = parsed.doc.text
    found = []
    for match in _WEEKDAY.finditer(text):
        if anchor.day is None:
            continue
        back = (anchor.day.weekday() - _DAYS.index(match.group(1).lower())) % 7
        day = (anchor.day - timedelta(days=back)).isoformat()
        span = parsed.span(match.start(), match.end())
        found.append(
            Time(start=day, end=day, earliest=day, latest=day, granularity="day", expression=span)
        )
    for match in _YEAR.finditer(text):
        year = int(match.group(1))
        found.append(
            Time(
                earliest=date(year, 1, 1).isoformat(),
                latest=date(year, 12, 31).isoformat(),
                granularity="year",
                expression=parsed.span(match.start(), match.end()),
            )
        )
    found.sort(key=lambda t: t.expression.start if t.expression else 0)
    return Times(parsed, tuple(found))
