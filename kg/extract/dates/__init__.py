"""Time expressions of news text, resolved against the article's own date; never the clock."""

from kg.extract.dates.anchor import Anchor
from kg.extract.dates.find import find_times
from kg.extract.dates.times import Times

__all__ = ["Anchor", "Times", "find_times"]
