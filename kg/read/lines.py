"""The lines of a scraped text, with what can be seen of each one alone.

A line is a paragraph, a title, a caption, a menu entry. Lines that were broken at a fixed width are
joined again. What it gets wrong: verse and tables, which look like text broken at a fixed width.
"""

import re
from dataclasses import dataclass
from functools import cached_property

# Source: Unicode categories Zs and Cf, as far as pages use them for layout
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_EDGE = "".join(c for c in map(chr, range(0x3001)) if c.isspace())
_CLOSED = re.compile(r"[.!?…。！？][\"'”’»)\]\s*]*$")
_WORD = re.compile(r"\w[\w'’.-]*")
_BULLET = re.compile(r"^(?:[•·▪◦‣*●○■□►▶→-]|\d{1,2}[.)])\s+")
_NARROW, _WIDE, _SPREAD = 45, 100, 18
_RUN_ON = 6
_MAX_WORDS, _MAX_CHARACTERS = 80, 1200


@dataclass(frozen=True)
class Line:
    """A stretch of text without a line break, stripped; offsets are those of the whole text."""

    start: int
    end: int
    text: str
    gap: bool

    @cached_property
    def words(self) -> int:
        """How many words it has."""
        return len(_WORD.findall(self.text))

    @cached_property
    def long(self) -> bool:
        """Whether it is too long to be anything but running text."""
        return len(self.text) > _MAX_CHARACTERS or self.words > _MAX_WORDS

    @cached_property
    def closed(self) -> bool:
        """Whether it ends like a sentence."""
        return bool(_CLOSED.search(self.text[-12:]))

    @cached_property
    def bullet(self) -> bool:
        """Whether it is an entry of a list."""
        return bool(_BULLET.match(self.text))

    @cached_property
    def key(self) -> str:
        """Its words alone in lower case, to find repeated lines."""
        return " ".join(_WORD.findall(self.text.lower()))


def split_lines(text: str) -> list[Line]:
    """Return the non-empty lines in order; lines broken at a fixed width are joined.

    Args:
        text: any text, with any line breaks.
    """
    lines: list[Line] = []
    done = 0
    for match in _LINE.finditer(text):
        start, end = match.span()
        while start < end and text[start] in _EDGE + INVISIBLE:
            start += 1
        while end > start and text[end - 1] in _EDGE + INVISIBLE:
            end -= 1
        if start < end:
            between = text[done:start]
            gap = between.replace("\r\n", "\n").count("\n") != 1
            lines.append(Line(start, end, text[start:end], gap))
            done = end
    return _join_broken(text, _join_wrapped(text, lines))


def _join_broken(text: str, lines: list[Line]) -> list[Line]:
    """Join a sentence that was broken around a link: an open line, then one in lower case."""
    joined: list[Line] = []
    running = False
    for line in lines:
        before = joined[-1] if joined else None
        if (
            before is not None
            and line.text[:1].islower()
            and not line.text.startswith("by ")
            and not before.closed
            and (running or before.words >= _RUN_ON)
            and before.text[-1:].isalnum() | (before.text[-1:] == ",")
        ):
            joined[-1] = Line(before.start, line.end, text[before.start : line.end], before.gap)
            running = True
        else:
            joined.append(line)
            running = False
    return joined


def _join_wrapped(text: str, lines: list[Line]) -> list[Line]:
    """Join the lines of each block that was broken at a fixed width."""
    joined: list[Line] = []
    block: list[Line] = []
    for line in [*lines, None]:
        if line is not None and block and not line.gap:
            block.append(line)
            continue
        if len(block) > 1 and _is_wrapped(block):
            start, end = block[0].start, block[-1].end
            joined.append(Line(start, end, text[start:end], block[0].gap))
        else:
            joined.extend(block)
        block = [line] if line is not None else []
    return joined


def _is_wrapped(block: list[Line]) -> bool:
    full = block[:-1]
    widths = [len(line.text) for line in full]
    if not all(_NARROW <= width <= _WIDE for width in widths) or any(b.bullet for b in block):
        return False
    if max(widths) - min(widths) > _SPREAD or len(block[-1].text) > max(widths) + 2:
        return False
    open_ends = sum(not line.closed for line in full)
    runs_on = sum(line.text[:1].islower() for line in block[1:])
    return open_ends * 2 >= len(full) and runs_on * 3 >= len(full)
