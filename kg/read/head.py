"""What stands above the story: menus, headline, standfirst, writer, date, lead picture.

What it gets wrong: a headline that is a full sentence of news length on a page that has nothing
else above the story; kickers of four and more words, which are taken for the headline.
"""

import re

from kg.model import ZoneKind
from kg.read.credits import is_name
from kg.read.lines import Line

_MENU_RUN = 6
_NO_MENU = 8
_MAX_TITLE = 32
_LEAD_WORDS = 130
# Agencies' captions: who does what, where, on which full date, often cut short by the page.
_SCENE = re.compile(
    r"(?:…|\.\.\.)$|\bon (?:\w+day, )?(?:\w+ \d{1,2}|\d{1,2} \w+), ?\d{4}\b.{0,4}(?:[-–—]|$)"
    r"|^\S+(?: \S+){0,14} (?:gestures?|attends?|delivers?|walks?|poses?|waves?|looks? on|holds? (?:up )?|is (?:seen|pictured|shown)|are (?:seen|pictured|shown)"
    r"|speaks? (?:during|to|at)|arrives? (?:at|for|in)|shakes? hands|stands? (?:in|at|near|guard)|listens?|reacts?|participates?|takes? part|carry|carries)\b.{0,200}\d{4}",
)
KINDS: dict[str, ZoneKind] = {
    "caption": "caption",
    "notice": "notice",
    "header": "related",
    "button": "related",
    "card": "related",
    "title": "related",
    "sentence": "related",
    "credit": "byline",
}


def story_start(lines: list[Line], labels: list[str], first: int, end: int) -> int:
    """Return the first line of the story, below any standfirst that a credit line closes."""
    words, start = 0, first
    for index in range(first, end):
        words += lines[index].words if labels[index] == "sentence" else 0
        if words > _LEAD_WORDS or index - first > 8:
            break
        if labels[index] == "credit" and "sentence" in labels[index + 1 : end]:
            start = index + 1
    while start < end and (labels[start] != "sentence" or _is_scene(lines, labels, start)):
        start += 1
    if start == first == 0 and end > 1 and _is_question_title(lines[0]):
        return 1
    return start


def is_scene(line: Line) -> bool:
    """Return whether a line reads like an agency's caption without a credit."""
    return bool(_SCENE.search(line.text[:400] + line.text[400:][-20:]))


def _is_scene(lines: list[Line], labels: list[str], index: int) -> bool:
    """Whether the line under a title is a caption, and a story follows it."""
    below_title = index > 0 and labels[index - 1] != "sentence"
    return below_title and is_scene(lines[index]) and labels[index + 1 : index + 2] == ["sentence"]


def find_headline(lines: list[Line], labels: list[str], first: int) -> int | None:
    """Return the line of the headline above line `first`, or None.

    A title that stands twice above the story is the headline; else the first title after the last
    run of menu entries.
    """
    candidates: list[int] = []
    menu = 0
    for index in range(first - 1, -1, -1):
        if _can_be_title(lines[index], labels[index]):
            candidates.append(index)
            menu = 0
        elif labels[index] in ("title", "button", "header"):
            menu += 1
            if candidates and menu >= _MENU_RUN:
                break
    for index in candidates:
        if _stands_twice(lines, index, first):
            return index
    candidates.reverse()
    if first <= _NO_MENU:
        return candidates[0] if candidates else None
    long = next((index for index in candidates if lines[index].words >= 6), None)
    if long is None:
        return next((index for index in candidates if lines[index].words >= 4), None)
    return long - 1 if long - 1 in candidates and lines[long - 1].words >= 4 else long


def head_kinds(
    lines: list[Line], labels: list[str], first: int, headline: int | None
) -> list[ZoneKind]:
    """Return the kinds of the lines above the story."""
    kinds: list[ZoneKind] = []
    for index in range(first):
        line, label = lines[index], labels[index]
        if index == headline:
            kinds.append("headline")
        elif headline is None or index < headline:
            kinds.append(KINDS[label] if label != "credit" else "related")
        elif label in ("title", "sentence"):
            kinds.append(_below_headline(line, label))
        else:
            kinds.append(KINDS[label])
    if headline is None:
        _credits_above(labels, kinds)
    return kinds


def _credits_above(labels: list[str], kinds: list[ZoneKind]) -> None:
    for index, label in enumerate(labels[: len(kinds)]):
        if label == "credit":
            kinds[index] = "byline"


def _below_headline(line: Line, label: str) -> ZoneKind:
    if label == "sentence" and is_scene(line):
        return "caption"
    if label == "title" and line.words <= 5:
        return "byline" if is_name(line) and line.words >= 2 else "related"
    return "standfirst"


def _can_be_title(line: Line, label: str) -> bool:
    if label == "title":
        return 2 <= line.words <= _MAX_TITLE
    return label == "sentence" and (line.words <= 20 or _is_question_title(line))


def _is_question_title(line: Line) -> bool:
    return line.words <= 24 and line.text.rstrip("\"'”’").endswith(("?", "!"))


def _stands_twice(lines: list[Line], index: int, first: int) -> bool:
    key = lines[index].key
    if lines[index].words < 4:
        return False
    return any(i != index and lines[i].key.startswith(key) for i in range(first))
