"""Which blocks of a page are its story, and which stand between and behind its paragraphs.

The structure of the page says what is a title or a caption; what is no story (notices, links to
other articles, who the writer is) is told as in plain text, by `kg.read.zones`.
"""

import re
from collections.abc import Sequence

from kg.model import Zone, ZoneKind
from kg.read.furniture import is_header, is_notice
from kg.read.lines import Line
from kg.read.pages.body import Block
from kg.read.pages.layout import lay_out
from kg.read.pages.names import fold
from kg.read.zones import find_zones

_NO_STORY: frozenset[ZoneKind] = frozenset({"related", "notice", "bio", "byline", "date"})
_LONGEST_STANDFIRST = 300  # code points
_LEAST_REPEATED = 30
_MOST_GAINED = 1.5
_WORD = re.compile(r"\w+")

Piece = tuple[ZoneKind, str]


def label_blocks(title: str | None, summary: str, blocks: Sequence[Block]) -> list[Piece]:
    """Return the pieces of an article in their order, the headline first.

    A block that repeats an earlier one is left out.

    Args:
        title: of the article.
        summary: what the page says the article is about, or "".
        blocks: of the page.
    """
    story = _without_repeats(title, blocks)
    first: list[Piece] = [("headline", title)] if title else []
    plain, zones = lay_out([*first, *(("body", block.text) for block in story)])
    told = _zones_by_start(plain)
    starts = _starts(zones, has_title=bool(title))
    pieces = list(first)
    for number, (block, start) in enumerate(zip(story, starts, strict=True)):
        kind = _kind(block, told.get(start))
        if number == 0 and _is_standfirst(block, summary):
            kind = "standfirst"
        pieces.append((kind, block.text))
    return pieces


def choose_blocks(blocks: list[Block], article_body: str) -> list[Block]:
    """Return the blocks of a page, or those of its JSON-LD where the page shows much less of it.

    A page may hold its whole text in its data and build it up by a script.
    """
    shown = set(_WORD.findall(" ".join(block.text for block in blocks).lower()))
    words = _WORD.findall(article_body.lower())
    number = sum(len(_WORD.findall(block.text)) for block in blocks)
    if len(blocks) == 1 and "\n" in article_body and set(words) <= shown:
        return _lines(article_body)  # trafilatura took it from there, in one piece
    if len(words) <= _MOST_GAINED * number or len(shown - set(words)) > 0.5 * len(shown):
        return blocks
    return _lines(article_body)


def _lines(article_body: str) -> list[Block]:
    return [Block("body", line) for line in article_body.split("\n") if line.strip()]


def _without_repeats(title: str | None, blocks: Sequence[Block]) -> list[Block]:
    seen = {fold(title or "")}
    story = []
    for block in blocks:
        key = fold(block.text)
        if key in seen and (len(block.text) >= _LEAST_REPEATED or key == fold(title or "")):
            continue
        seen.add(key)
        story.append(block)
    return story


def _starts(zones: Sequence[Zone], *, has_title: bool) -> list[int]:
    """Return where each block begins in the text: with its dateline, where it has one."""
    starts: list[int] = []
    open_line = False
    for zone in zones[1 if has_title else 0 :]:
        if not open_line:
            starts.append(zone.start)
        open_line = zone.kind in ("dateline", "date")
    return starts


def _zones_by_start(text: str) -> dict[int, ZoneKind]:
    return {zone.start: zone.kind for zone in find_zones(text)}


def _kind(block: Block, told: ZoneKind | None) -> ZoneKind:
    line = Line(0, len(block.text), block.text, gap=True)
    if block.kind == "caption":
        return "caption"
    if block.kind == "title":  # titles between paragraphs look like links to other articles
        return "related" if is_header(line) else "notice" if is_notice(line) else "body"
    if told in _NO_STORY:
        return told
    return "notice" if is_notice(line) else "body"


def _is_standfirst(block: Block, summary: str) -> bool:
    """Return whether the first block sums the article up."""
    if block.kind != "body" or len(block.text) > _LONGEST_STANDFIRST:
        return False
    return fold(block.text) == fold(summary) or not block.text.endswith((".", "”", '"', "?", "!"))
