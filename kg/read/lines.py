"""The lines of a scraped text, with what can be seen of each one alone.

A line is a paragraph, a title, a caption, a menu entry. Lines that were broken at a fixed width are
joined again. What it gets wrong: verse and tables, which look like text broken at a fixed width.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

# Source: Unicode categories Zs and Cf, as far as pages use them for layout
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_EDGE = "".join(c for c in map(chr, range(0x3001)) if c.isspace())
_CLOSED = re.compile(r"[.!?…。！？][\"'”’»)\]\s*]*$")
_TO_SPACE = str.maketrans(dict.fromkeys("\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029", " "))
_WORD = re.compile(r"\w[\w'’.-]*")
_BULLET = re.compile(r"^(?:[•·▪◦‣*●○■□►▶→-]|\d{1,2}[.)])\s+")
_NARROW, _WIDE, _SLACK = 45, 120, 2
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
    runs_on: set[int] = set()
    for index in range(1, len(lines)):
        before, line = lines[index - 1], lines[index]
        if (
            line.text[:1].islower()
            and not before.closed
            and (index - 1 in runs_on or before.words >= _RUN_ON)
            and (before.text[-1].isalnum() or before.text[-1] == ",")
            and not line.text.startswith("by ")
        ):
            runs_on.add(index)
    return _joined(text, lines, runs_on)


def _join_wrapped(text: str, lines: list[Line]) -> list[Line]:
    """Join the lines of a text that was broken at a fixed width.

    A break is one of those if the next word would not have fitted on the line.
    """
    width = max((len(line.text) for line in lines), default=0)
    if not _NARROW <= width <= _WIDE:
        return lines
    soft = {i for i in range(1, len(lines)) if _is_soft(lines[i - 1], lines[i], width)}
    if not _is_wrapped(lines, soft):
        return lines
    return _joined(text, lines, soft)


def _is_soft(line: Line, following: Line, width: int) -> bool:
    if following.gap or len(line.text) < _NARROW or following.bullet:
        return False
    first_word = following.text.split(maxsplit=1)[0]
    return len(line.text) + 1 + len(first_word) > width - _SLACK


def _is_wrapped(lines: list[Line], soft: set[int]) -> bool:
    """Whether most long lines run on, and most of those that do end in mid-sentence."""
    long = sum(not b.gap and len(a.text) >= _NARROW for a, b in pairwise(lines))
    inside = sum(not lines[i - 1].closed for i in soft)
    lower = sum(lines[i].text[:1].islower() for i in soft)
    return len(soft) >= 0.6 * long and inside >= 0.6 * len(soft) and lower * 4 >= len(soft) > 0


def _joined(text: str, lines: list[Line], runs_on: set[int]) -> list[Line]:
    """Join each line in `runs_on` to the one before it, line breaks turned into spaces."""
    if not runs_on:
        return lines
    firsts = [index for index in range(len(lines)) if index not in runs_on]
    joined: list[Line] = []
    for first, following in pairwise([*firsts, len(lines)]):
        line, last = lines[first], lines[following - 1]
        if last is not line:
            words = text[line.start : last.end].translate(_TO_SPACE)
            line = Line(line.start, last.end, words, line.gap)
        joined.append(line)
    return joined
