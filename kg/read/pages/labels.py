"""Which blocks of a page are its story, and which stand between and behind its paragraphs.

The structure of the page says what is a title or a caption; what is no story (notices, links to
other articles, who the writer is) is told as in plain text, by `kg.read.zones`.
"""

import re
from collections.abc import Sequence

from kg.model import Zone, ZoneKind
from kg.read.credits import find_date
from kg.read.furniture import is_bio, is_header, is_notice
from kg.read.lines import Line
from kg.read.pages.body import Block
from kg.read.pages.layout import lay_out
from kg.read.pages.metadata import Metadata
from kg.read.pages.names import fold
from kg.read.zones import find_zones

_NO_STORY: frozenset[ZoneKind] = frozenset({"related", "notice", "bio", "byline", "date"})
_LONGEST_STANDFIRST = 300  # code points
_LEAST_REPEATED = 30
_MOST_GAINED = 1.5
_WORD = re.compile(r"\w+")
_DATE_WORDS = 9
_TEASER = 250  # code points
_TAIL = 4  # blocks at the end that may tell of writers
_TELLS = re.compile(r"(?:is|was|has|covers|writes|works|reports|joined|makes|leads)\b")
_SENTENCE = re.compile(r"\w[.!?][”\"’')\]]*$")
_LINKS = re.compile(
    r"(?:read|see|watch|listen|more|related|also|don.t miss|recommended|sign up)\b", re.IGNORECASE
)
_NOTICE = re.compile(
    r"(?:Thank you for visiting\b|Please (?:log ?(?:in|out)|enable|turn on|upgrade)\b|"
    r"Article content$|"
    r"(?:Advertisement\W*\d*\W*)?(?:Story|Article) continues (?:below|after)\b|Advertisement\W*$|"
    r"(?:Editor.s note|Correction|Clarification|Update)s?\s*[:(]|JavaScript is\b|"
    r"This (?:article|story|piece|post) (?:was|has been|originally|first) )",
    re.IGNORECASE,
)
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(https?://[^\s()]{1,2000}\)")
_STYLE = re.compile(r"\{:[^{}\n]{0,100}\}")
_MARK = re.compile(r"\s*(?:\+\+\+|\[#\w+:)")

Piece = tuple[ZoneKind, str]


def label_blocks(metadata: Metadata, blocks: Sequence[Block]) -> list[Piece]:
    """Return the pieces of an article in their order, the headline first.

    A block that repeats an earlier one is left out.

    Args:
        metadata: what the page says of the article.
        blocks: of the page.
    """
    title = metadata.title
    story = _without_repeats(title, blocks)
    first: list[Piece] = [("headline", title)] if title else []
    plain, zones = lay_out([*first, *(("body", block.text) for block in story)])
    told = _zones_by_start(plain)
    starts = _starts(zones, has_title=bool(title))
    pieces = list(first)
    for number, (block, start) in enumerate(zip(story, starts, strict=True)):
        kind = _kind(block, told.get(start))
        if block.kind == "standfirst" or (
            number == 0 and kind == "body" and _is_standfirst(block, metadata.summary)
        ):
            kind = "standfirst"
        elif kind == "body" and number >= len(story) - _TAIL and _tells(block, metadata.authors):
            kind = "bio"
        elif number and _is_doubled(story[number - 1].text) and len(block.text) < _TEASER:
            kind = "related"
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
    """Return the lines of a text, without the marks that some systems leave in it."""
    plain = _STYLE.sub("", _LINK.sub(r"\1", article_body))
    return [Block("body", x) for x in plain.split("\n") if x.strip() and not _MARK.match(x)]


def add_standfirst(words: str, blocks: list[Block]) -> list[Block]:
    """Return blocks with the standfirst first, unless they have it or there is no article.

    Args:
        words: of the standfirst, or "".
        blocks: of the page.
    """
    wanted = fold(words)
    if not wanted or not blocks or any(wanted in fold(block.text) for block in blocks):
        return blocks
    return [Block("standfirst", words), *blocks]


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
    if block.kind == "caption" or _is_doubled(block.text):
        return "caption" if block.kind == "caption" else "related"
    if block.kind == "title":  # titles between paragraphs look like links to other articles
        return "related" if is_header(line) else "notice" if is_notice(line) else "body"
    if is_notice(line) or _NOTICE.match(block.text):
        return "notice"
    return _kind_of_words(line, told)


def _kind_of_words(line: Line, told: ZoneKind | None) -> ZoneKind:
    if told == "related" and _SENTENCE.search(line.text) and not _LINKS.match(line.text):
        return "body"  # trafilatura has taken out most links: what is a sentence is none
    if line.words <= _DATE_WORDS and find_date(line) and not _SENTENCE.search(line.text):
        return "date"
    return told if told in _NO_STORY else "body"


def _is_doubled(text: str) -> bool:
    """Return whether a text says the same twice, as a picture's words and a link below it do."""
    middle = len(text) // 2
    return len(text) >= _LEAST_REPEATED and text[:middle].strip() == text[middle:].strip()


def _tells(block: Block, authors: Sequence[str]) -> bool:
    """Return whether a block tells of a writer."""
    text = block.text
    line = Line(0, len(text), text, gap=True)
    for name in authors:
        if text.startswith(f"{name} ") and _TELLS.match(text, len(name) + 1):
            return True
        if is_bio(line) and re.search(rf"\b{re.escape(name.split()[0])}\b", text[:300]):
            return True
    return False


def _is_standfirst(block: Block, summary: str) -> bool:
    """Return whether the first block sums the article up."""
    if block.kind != "body" or len(block.text) > _LONGEST_STANDFIRST:
        return False
    return fold(block.text) == fold(summary) or not block.text.endswith((".", "”", '"', "?", "!"))
