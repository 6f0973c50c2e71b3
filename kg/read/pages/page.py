"""What is read of a web page, or of another's record of one."""

from dataclasses import dataclass

from kg.model import Origin, Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page's article: its text with zones, and what the page says about it.

    Attributes:
        text: headline, standfirst and paragraphs, divided by blank lines; nothing of the page
            around them.
        zones: sorted by start, not overlapping; what no zone covers is white space.
        encoding: that the bytes were decoded with, as in `codecs`.
        bad_bytes: how many undecodable bytes became U+FFFD.
        url: canonical address, where the page names one.
        date_published: ISO 8601 day or date-time, its time zone as given.
        origins: where each value came from, such as `meta og:title`.
        data: the page's own JSON-LD, its context written out; only where it was asked for.
        warnings: one line for each thing that is odd.
    """

    text: str
    zones: tuple[Zone, ...] = ()
    encoding: str = "utf-8"
    bad_bytes: int = 0
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    date_published: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    origins: tuple[Origin, ...] = ()
    data: str | None = None
    warnings: tuple[str, ...] = ()
