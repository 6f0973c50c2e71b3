"""Divide a scraped page into zones: headline, byline, date, dateline, body and the rest.

Nothing is changed or thrown away: every line of the text gets a kind, so that the story can be read
without the page around it. The rules know lines, not sites. What they get wrong: subheads of seven
and more words (taken for links to other articles); short unsigned captions that read like text.
"""

import re
from collections.abc import Iterator

from kg.model import Zone, ZoneKind
from kg.read.body import find_core, is_sentence, label_lines, story_resumes
from kg.read.credits import DATE, find_date, find_dateline, is_name
from kg.read.furniture import glued_notice, is_bio, is_notice, markup_length
from kg.read.head import KINDS, find_headline, head_kinds, story_start
from kg.read.lines import Line, split_lines

_DATELINE_REACH = 2
_LINK_WORDS, _EXPLAINER_WORDS = 7, 9
_EXPLAINER = re.compile(
    r"^(?:Who|What|Why|How|Where|When)(?:'s|’s| is| are| was| were| did| does| do| we| to) "
    r"[^.\"“]{20,140}\?$"
)
_BY = re.compile(r"^\W*(?:written )?by\s+", re.IGNORECASE)
_FULL_NAME = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w.’'-]*){0,2} [A-Z][\w’'-]+")
_NOT_LAST = ("title", "credit", "caption", "button", "card", "echo")
_WRITER = re.compile(r"^(?:The|This) (?:author|writer|reporter)\b")


def find_zones(text: str) -> tuple[Zone, ...]:
    """Return the zones of a text, sorted, disjoint and without white space at their ends.

    Uncovered is only white space, and the dash between a dateline and its story. Time is linear in
    the length of the text.

    >>> [zone.kind for zone in find_zones("OSLO — The harbour was opened again on Monday.")]
    ['dateline', 'body']
    """
    lines = [part for line in split_lines(text) for part in _unglue(line)]
    if not lines:
        return ()
    labels = label_lines(lines)
    first, end = find_core(lines, labels)
    if first == end:
        first, end = _without_sentences(lines, labels)
    end = _cut_lists(lines, labels, first, end)
    start = story_start(lines, labels, first, end)
    headline = find_headline(lines, labels, start)
    kinds = head_kinds(lines, labels, start, headline)
    writers = _writers(lines, kinds)
    end = _cut_bio(lines, labels, (start, end), writers)
    kinds += _inner_kinds(lines, labels, start, end)
    kinds += _tail_kinds(lines, labels, end)
    return tuple(_zones(text, lines, kinds))


def _unglue(line: Line) -> list[Line]:
    """Divide a paragraph from a notice that is glued to its end."""
    at = glued_notice(line.text)
    told = line.text[: at or 0].rstrip()
    before = Line(line.start, line.start + len(told), told, line.gap)
    if not at or is_notice(before):
        return [line]
    return [before, Line(line.start + at, line.end, line.text[at:], gap=True)]


def _without_sentences(lines: list[Line], labels: list[str]) -> tuple[int, int]:
    """Nothing reads like a story: all titles but the first are the body, else the captions."""
    titles = [i for i, label in enumerate(labels) if label in ("title", "sentence")]
    titles = titles or [i for i, label in enumerate(labels) if label == "caption"]
    if not titles:
        return len(lines), len(lines)
    first = titles[1] if len(titles) > 1 else titles[0]
    for index in titles:
        labels[index] = "sentence" if index >= first else labels[index]
    return first, titles[-1] + 1


def _cut_lists(lines: list[Line], labels: list[str], first: int, end: int) -> int:
    """End the story at a list of other articles, unless two paragraphs in a row follow it."""
    index = first
    while index < end:
        if labels[index] == "header":
            resumed = story_resumes(lines, labels, index + 1, end)
            if resumed is None:
                return index
            for i in range(index, resumed):
                labels[i] = labels[i] if labels[i] != "sentence" else "card"
            index = resumed
        index += 1
    while end < len(lines) and labels[end] == "sentence" and lines[end - 1].closed and end > first:
        end += 1
    return end


def _writers(lines: list[Line], kinds: list[ZoneKind]) -> set[str]:
    """Return the names in the bylines, as keys."""
    found: set[str] = set()
    for line, kind in zip(lines, kinds, strict=False):
        if kind == "byline":
            words = _BY.sub("", DATE.sub(" | ", line.text))
            found |= {name.lower().rstrip(".") for name in _FULL_NAME.findall(words)}
    return found


def _cut_bio(lines: list[Line], labels: list[str], core: tuple[int, int], writers: set[str]) -> int:
    """Leave out what the last lines say about the writer."""
    start, end = core
    last = end
    while last - 1 > start and _is_bio_line(lines, last - 1, writers):
        last -= 1
        while (
            last - 1 > start
            and labels[last - 1] in ("title", "credit")
            and is_name(lines[last - 1])
        ):
            last -= 1
    while last < end and last > start and labels[last - 1] in _NOT_LAST:
        last -= 1
    return last


def _is_bio_line(lines: list[Line], index: int, writers: set[str]) -> bool:
    line = lines[index]
    if not is_bio(line) or line.text[:1] in '"“':
        return False
    if _WRITER.match(line.text):
        return True
    before = lines[index - 1]
    under_name = is_name(before) and before.words <= 4 and line.key.startswith(before.key)
    return under_name or any(w and line.key.startswith(w) for w in writers)


def _inner_kinds(lines: list[Line], labels: list[str], start: int, end: int) -> list[ZoneKind]:
    """Return the kinds of the lines of the story and what stands between them."""
    kinds: list[ZoneKind] = []
    for index in range(start, end):
        line, label = lines[index], labels[index]
        if label == "sentence":
            kinds.append("related" if _is_explainer(line) else "body")
        elif label in ("title", "credit"):
            kinds.append(_subhead(lines, index, end, kinds))
        else:
            kinds.append(KINDS[label])
    return kinds


def _subhead(lines: list[Line], index: int, end: int, kinds: list[ZoneKind]) -> ZoneKind:
    line = lines[index]
    if _is_link(line):
        return "related"
    after_link = bool(kinds) and kinds[-1] == "related" and is_name(line)
    following = lines[index + 1] if index + 1 < end else None
    before_link = following is not None and not following.gap and _is_link(following)
    return "related" if after_link or before_link else "body"


def _is_explainer(line: Line) -> bool:
    return line.words >= _EXPLAINER_WORDS and bool(_EXPLAINER.match(line.text))


def _is_link(line: Line) -> bool:
    if _is_explainer(line):
        return True
    return (
        line.words >= _LINK_WORDS
        and not is_sentence(line)
        and not line.bullet
        and line.text[:1] not in "\"“'‘"
    )


def _tail_kinds(lines: list[Line], labels: list[str], end: int) -> list[ZoneKind]:
    """Return the kinds of the lines below the story."""
    kinds: list[ZoneKind] = []
    about_writer = True
    for index in range(end, len(lines)):
        line, label = lines[index], labels[index]
        if label == "header":
            about_writer = bool(re.search(r"\bauthors?\b", line.text, re.IGNORECASE))
            kinds.append("bio" if about_writer else "related")
        elif (
            about_writer
            and label in ("title", "sentence", "credit")
            and (is_name(line) or is_bio(line))
        ):
            kinds.append("bio")
        elif label in ("notice", "caption"):
            kinds.append(KINDS[label])
        else:
            kinds.append("related")
    return kinds


def _zones(text: str, lines: list[Line], kinds: list[ZoneKind]) -> Iterator[Zone]:
    paragraphs = 0
    for line, kind in zip(lines, kinds, strict=True):
        if kind == "byline":
            yield from _credit_zones(line)
        elif kind == "body":
            sent = find_dateline(line.text) if paragraphs < _DATELINE_REACH else None
            paragraphs += 1 if sent is None else _DATELINE_REACH
            yield from _body_zones(text, line, dateline=sent is not None)
        else:
            yield Zone(kind=kind, start=line.start, end=line.end)


def _credit_zones(line: Line) -> Iterator[Zone]:
    """Divide "August 17, 2020Jane Doe" into date and byline."""
    found = find_date(line)
    if found is None:
        yield Zone(kind="byline", start=line.start, end=line.end)
        return
    first, last = found
    before, after = line.text[:first].rstrip(), line.text[last:].lstrip()
    if not re.search(r"[^\W\d_]", after):
        last, after = len(line.text), ""
    if before and not re.search(r"[^\W\d_]", before):
        first, before = 0, ""
    if before:
        yield Zone(kind="byline", start=line.start, end=line.start + len(before))
    date = line.text[first:last].rstrip()
    yield Zone(kind="date", start=line.start + first, end=line.start + first + len(date))
    if after:
        yield Zone(kind="byline", start=line.end - len(after), end=line.end)


def _body_zones(text: str, line: Line, *, dateline: bool) -> Iterator[Zone]:
    """Divide a paragraph from left-over markup and its dateline."""
    start, end = line.start, line.end
    markup = markup_length(line.text)
    if markup:
        yield Zone(kind="caption", start=start, end=start + len(line.text[:markup].rstrip()))
        start += markup
    found = find_dateline(text[start:end]) if dateline else None
    if found:
        place, after, story = found
        yield Zone(kind="dateline", start=start + place[0], end=start + place[1])
        if after:
            yield from _sent_zones(text, start + after[0], start + after[1])
        start += story
    yield Zone(kind="body", start=start, end=end)


def _sent_zones(text: str, start: int, end: int) -> Iterator[Zone]:
    """Divide "March 3 (Reuters)" in a dateline into date and agency."""
    bracket = text.find("(", start, end)
    pieces: tuple[tuple[ZoneKind, int, int], ...] = (("date", start, end),)
    if bracket >= 0:
        close = text.index(")", bracket) + 1
        pieces = (("date", start, bracket), ("byline", bracket, close), ("date", close, end))
    for kind, first, last in pieces:
        words = text[first:last].strip(" ,")
        if words:
            at = text.index(words, first)
            yield Zone(kind=kind, start=at, end=at + len(words))
