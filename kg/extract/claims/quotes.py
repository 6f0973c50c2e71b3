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
_MARK = re.compile(r'["“”„‟«»＂]')
_SINGLE = re.compile(r"(?<![\w'’])['‘](?=[\w\[])((?:[^'‘’\n]|(?<=\w)['’](?=\w))+?)['’](?![\w])")
_REPORTING_AHEAD = re.compile(
    r"\s*(?:[\w.'’-]+ ){0,5}?(?:said|says|told|added|wrote|asked|noted|explained|stated|tweeted)\b"
)
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
        for opened, closed in pairs:
            end = zone.end if closed is None else closed
            ranges, last = [(opened + 1, end)], index
            if closed is None:
                more, last, resume = _run_over(text, paragraphs, index)
                ranges.extend(more)
                closed = resume - 1 if more else None
            quote = _make(text, ranges, opened, closed, index, last)
            if quote is not None:
                found.append(quote)
    return found


def _pair_marks(text: str, start: int, end: int) -> Iterator[tuple[int, int | None]]:
    opened: int | None = None
    for match in _MARK.finditer(text, start, end):
        at = match.start()
        if opened is None:
            if text[at] not in _CLOSERS and not _stray(text, at, start, end):
                opened = at
            continue
        if text[at] in _OPENERS and not _closes_anyway(text, opened, at, end):
            yield opened, _last_sentence_end(text, opened, at)
            opened = at
            continue
        yield opened, at
        opened = None
    if opened is not None:
        yield opened, None


def _stray(text: str, at: int, start: int, end: int) -> bool:
    """Whether a straight mark with nothing open cannot open: word before, space or end after."""
    after = text[at + 1 : at + 2]
    return at > start and not text[at - 1].isspace() and (at + 1 >= end or after.isspace())


def _closes_anyway(text: str, opened: int, at: int, end: int) -> bool:
    """Whether an opening mark inside a quotation is a misdirected closing one."""
    before = text[opened + 1 : at].rstrip()
    return before[-1:] in tuple(",.?!") and bool(_REPORTING_AHEAD.match(text, at + 1, end))


def _last_sentence_end(text: str, opened: int, at: int) -> int:
    stop = max(text.rfind(mark, opened, at) for mark in ".?!")
    return stop + 1 if stop > opened else at


def _run_over(
    text: str, paragraphs: Sequence[Zone], index: int
) -> tuple[list[tuple[int, int]], int, int]:
    """Return ranges in later paragraphs of a quotation left open, the last paragraph, the resume."""
    ranges: list[tuple[int, int]] = []
    for step, zone in enumerate(paragraphs[index + 1 : index + 3], start=index + 1):
        marks = [m.start() for m in _MARK.finditer(text, zone.start, zone.end)]
        if not marks:
            ranges.append((zone.start, zone.end))
            continue
        first = marks[0]
        straight_close = text[first] not in _OPENERS + _CLOSERS and len(marks) % 2 == 1
        if text[first] in _CLOSERS or (straight_close and first > zone.start):
            return [*ranges, (zone.start, first)], step, first + 1
        break
    return [], index, 0


def _make(
    text: str,
    ranges: list[tuple[int, int]],
    opened: int,
    closed: int | None,
    index: int,
    last: int,
) -> Quote | None:
    inner = tuple(r for r in (_strip(text, start, end) for start, end in ranges) if r[0] < r[1])
    if not inner or not any(c.isalnum() for c in text[inner[0][0] : inner[-1][1]]):
        return None
    end = ranges[-1][1] if closed is None else closed + 1
    return Quote(inner, opened, end, index, last, closed is not None)


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
