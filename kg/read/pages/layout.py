"""Lay an article out as text: headline, standfirst and paragraphs, with their zones."""

from collections.abc import Iterable

from kg.model import Zone, ZoneKind
from kg.read.credits import find_dateline

_GAP = "\n\n"
_DATELINE_REACH = 2


def lay_out(pieces: Iterable[tuple[ZoneKind, str]]) -> tuple[str, tuple[Zone, ...]]:
    r"""Return a text of paragraphs divided by blank lines, and its zones.

    The place and date that the story was sent from, before its first words, are zones of their own.

    Args:
        pieces: kinds and words, without line breaks; empty ones are left out.

    >>> lay_out([("headline", "Bridge shut"), ("body", "It was shut on Monday.")])[0]
    'Bridge shut\n\nIt was shut on Monday.\n'
    """
    text, zones, paragraphs = "", list[Zone](), 0
    for kind, words in pieces:
        if not words:
            continue
        text += _GAP if text else ""
        start = len(text)
        text += words
        if kind == "body":
            found = find_dateline(words) if paragraphs < _DATELINE_REACH else None
            paragraphs += 1
            if found and found[2] < len(words):
                place, after, story = found
                zones.append(Zone(kind="dateline", start=start + place[0], end=start + place[1]))
                if after:
                    zones.append(Zone(kind="date", start=start + after[0], end=start + after[1]))
                start += story
        zones.append(Zone(kind=kind, start=start, end=len(text)))
    return (text + "\n" if text else ""), tuple(zones)
