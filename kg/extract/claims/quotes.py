"""Find quotations by their marks: straight or curly, unclosed, misdirected, over paragraphs.

What it gets wrong: a missing mark in the middle of a paragraph with straight marks turns speech and
narrative around until the paragraph ends; single marks count only where no double ones stand in the
paragraph, and apostrophes of plurals can close them early.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import Zone

_OPENERS = "“„«"
_CLOSERS = "”»"
_MARK = re.compile(r"''|``|[\"“”„‟«»＂]")
_SINGLE = re.compile(r"(?<![\w'’])['‘](?=[\w\[])((?:[^'‘’\n]|(?<=\w)['’](?=\w))+?)['’](?![\w])")
_REPORTING_AHEAD = re.compile(
    r"\s*(?:[\w.'’-]+ ){0,5}?(?:said|says|told|added|wrote|asked|noted|explained|stated|tweeted)\b"
)
Mark = tuple[int, int]
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Quote:
    """One stretch between marks.

    Attributes:
        ranges: what lies inside the marks, without outer white space; one range a paragraph.
        start, end: the whole with its marks.
        paragraph: index of the paragraph it starts in. last: of the one it ends in.
        closed: False where the closing mark is missing.
        single: between single marks.
    """

    ranges: tuple[tuple[int, int], ...]
    start: int
    end: int
    paragraph: int
    last: int
    closed: bool = True
    single: bool = False

    def holds(self, offset: int) -> bool:
        """Return whether a code point lies inside the marks."""
        return any(start <= offset < end for start, end in self.ranges)


def find_quotes(text: str, paragraphs: Sequence[Zone]) -> list[Quote]:
    """Return the quotations of the paragraphs, sorted by start, not overlapping."""
    found: list[Quote] = []
    resume = 0  # a quotation that ran over from the paragraph before ends here
    for index, zone in enumerate(paragraphs):
        start = max(zone.start, resume)
        pairs = list(_pair_marks(text, start, zone.end))
        if not pairs and resume <= zone.start:
            found.extend(_single_quotes(text, zone, index))
        for opened, closing in pairs:
            ranges, last, end = [(opened[1], zone.end)], index, zone.end
            if closing is not None:
                ranges, end = [(opened[1], closing[0])], closing[1]
            else:
                more, last, resume = _run_over(text, paragraphs, index)
                ranges, end = [*ranges, *more], resume if more else zone.end
            closed = closing is not None or len(ranges) > 1
            inner = tuple(r for r in (_strip(text, *piece) for piece in ranges) if r[0] < r[1])
            if inner and any(c.isalnum() for c in text[inner[0][0] : inner[-1][1]]):
                found.append(Quote(inner, opened[0], end, index, last, closed))
    return found


def _pair_marks(text: str, start: int, end: int) -> Iterator[tuple[Mark, Mark | None]]:
    opened: Mark | None = None
    for match in _MARK.finditer(text, start, end):
        at, mark = match.start(), match.span()
        if opened is None:
            if _opens(text, mark, start) and not _stray(text, mark, start, end):
                opened = mark
            continue
        if text[at] in _OPENERS and not _closes_anyway(text, opened[1], at, end):
            stop = _last_sentence_end(text, opened[1], at)
            yield opened, (stop, stop)
            opened = mark
            continue
        yield opened, mark
        opened = None
    if opened is not None:
        yield opened, None


def _opens(text: str, mark: Mark, start: int) -> bool:
    """Whether a mark can open: a closing one only where it stands the wrong way, before a word."""
    if text[mark[0]] not in _CLOSERS:
        return True
    before = mark[0] == start or text[mark[0] - 1].isspace()
    return before and text[mark[1] : mark[1] + 1].isalpha()


def _stray(text: str, mark: Mark, start: int, end: int) -> bool:
    """Whether a straight mark with nothing open cannot open: word before, space or end after."""
    after = text[mark[1] : mark[1] + 1]
    word_before = mark[0] > start and not text[mark[0] - 1].isspace()
    return word_before and (mark[1] >= end or after.isspace())


def _closes_anyway(text: str, opened: int, at: int, end: int) -> bool:
    """Whether an opening mark inside a quotation is a misdirected closing one."""
    before = text[opened:at].rstrip()
    return before[-1:] in tuple(",.?!") and bool(_REPORTING_AHEAD.match(text, at + 1, end))


def _last_sentence_end(text: str, opened: int, at: int) -> int:
    stop = max(text.rfind(mark, opened, at) for mark in ".?!")
    return stop + 1 if stop > opened else at


def _run_over(
    text: str, paragraphs: Sequence[Zone], index: int
) -> tuple[list[tuple[int, int]], int, int]:
    """Return the further ranges of a quotation left open, its last paragraph, and where it ends."""
    ranges: list[tuple[int, int]] = []
    for step, zone in enumerate(paragraphs[index + 1 : index + 3], start=index + 1):
        marks = [m.span() for m in _MARK.finditer(text, zone.start, zone.end)]
        if not marks:
            ranges.append((zone.start, zone.end))
            continue
        first, after = marks[0]
        straight_close = text[first] not in _OPENERS + _CLOSERS and len(marks) % 2 == 1
        straight_close = straight_close or _closes_anyway(text, zone.start, first, zone.end)
        if text[first] in _CLOSERS or (straight_close and first > zone.start):
            return [*ranges, (zone.start, first)], step, after
        break
    return [], index, 0


def _single_quotes(text: str, zone: Zone, index: int) -> Iterator[Quote]:
    for match in _SINGLE.finditer(text, zone.start, zone.end):
        inner = _strip(text, match.start(1), match.end(1))
        yield Quote((inner,), match.start(), match.end(), index, index, single=True)


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def is_utterance(text: str, quote: Quote) -> bool:
    """Return whether a quotation has the shape of a whole utterance, not of a quoted phrase.

    An utterance starts with a capital (or goes on after one) and ends with punctuation inside its
    marks, or is long.
    """
    start, end = quote.ranges[0][0], quote.ranges[-1][1]
    words = text[start:end].split()
    ends = text[end - 1] in ",.?!…-–—" or text[quote.end : quote.end + 1] in tuple(",.")
    capital = next((c for c in text[start:end] if c.isalpha()), "a").isupper()
    if not quote.closed:
        return capital
    return ends and (capital or len(words) > 3) and (len(words) > 1 or text[end - 1] in ",.?!")


def ends_sentence(text: str, start: int, end: int) -> bool:
    """Return whether a stretch of narrative ends a sentence (or is blank)."""
    words = text[start:end]
    return not words.strip() or bool(_SENTENCE_END.search(words))
