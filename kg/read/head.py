"""What stands above the story: menus, headline, standfirst, writer, date, lead picture.

What it gets wrong: a headline that is a full sentence of news length on a page that has nothing
else above the story; kickers of four and more words, which are taken for the headline.
"""

import re

from kg.model import ZoneKind
from kg.read.body import MAX_TITLE, STRONG, paired_sentences
from kg.read.credits import BY, DATE, find_date, is_crumbs, is_name
from kg.read.lines import Line

_MENU_RUN = 6
_NO_MENU = 8
_CREDIT_REACH = 5
_LEAD_REACH = 4
_FAR = 40
_PARAGRAPH = 20
_LEAD_WORDS = 130
# Agencies' captions: who does what, where, on which full date, often cut short by the page.
_SCENE = re.compile(
    r"(?:…|\.\.\.)$|\bon (?:\w+day, )?(?:\w+ \d{1,2}|\d{1,2} \w+), ?\d{4}\.? [-–—]"
    r"|^\S+(?: \S+){0,14} (?:gestures?|attends?|delivers?|walks?|poses?|waves?|looks? on|holds? up"
    r"|(?:is|are) (?:seen|pictured|shown)|speaks? (?:during|to|at)|shakes? hands|announces?"
    r"|arrives? (?:at|for|in)|stands? (?:in|at|near|guard)|listens?|reacts?|participates?"
    r"|takes? part)\b.{0,200}\b\d{4}\b"
)
KINDS: dict[str, ZoneKind] = {
    "caption": "caption",
    "notice": "notice",
    "header": "related",
    "button": "related",
    "card": "related",
    "echo": "related",
    "title": "related",
    "sentence": "related",
    "credit": "byline",
}


def story_start(lines: list[Line], labels: list[str], first: int, end: int) -> int:
    """Return the first line of the story, below any standfirst that a credit line closes."""
    above = [i for i in range(max(0, first - _FAR), first) if labels[i] == "credit"]
    if above:
        start = _first_pair(lines, labels, above[-1] + 1, first, end)
    else:
        start = _below_standfirst(lines, labels, first, end)
    while start < end and (labels[start] != "sentence" or _is_scene(lines, labels, start)):
        start += 1
    start = _with_lead(lines, labels, start)
    if start == first == 0 and end > 1 and _is_question_title(lines[0]):
        return 1
    return start


def _with_lead(lines: list[Line], labels: list[str], start: int) -> int:
    """Return the line of a first paragraph that buttons or pictures part from the story."""
    for index in range(start - 1, max(-1, start - 1 - _LEAD_REACH), -1):
        if labels[index] == "credit":
            break
        if labels[index] == "sentence":
            line = lines[index]
            is_lead = line.closed and line.words >= STRONG and not _is_question_title(line)
            return index if is_lead and not is_scene(line) else start
    return start


def _first_pair(lines: list[Line], labels: list[str], below: int, first: int, end: int) -> int:
    """Return the first of two full paragraphs in a row between the credit and line `first`."""
    for index in sorted(below + i for i in paired_sentences(labels[below:end])):
        if index >= first:
            return first
        if lines[index].words >= _PARAGRAPH and lines[index].closed:
            return index
    return first


def _below_standfirst(lines: list[Line], labels: list[str], first: int, end: int) -> int:
    words, start = 0, first
    for index in range(first, end):
        words += lines[index].words if labels[index] == "sentence" else 0
        if words > _LEAD_WORDS or index - first > _NO_MENU:
            break
        if labels[index] == "credit" and "sentence" in labels[index + 1 : end]:
            start = index + 1
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

    On a plain text it is the first title. Below a page's menus it is the title that stands there
    twice, or soon has a credit under it, or comes after the last run of menu entries.
    """
    titles = [index for index in range(first) if _can_be_title(lines[index], labels[index])]
    if not titles and _is_bare_title(lines, labels, first):
        return 0
    if not titles or first <= _NO_MENU:
        return titles[0] if titles else None
    below_menus = _below_menus(lines, labels, titles, first)
    scores = {index: _title_score(lines, labels, index, first) for index in titles}
    best = max(titles, key=lambda index: (scores[index] + (index >= below_menus), -index))
    if scores[best] + (best >= below_menus) <= 0:
        return None
    return max(index for index in titles if lines[index].key == lines[best].key)


def _title_score(lines: list[Line], labels: list[str], index: int, first: int) -> float:
    line = lines[index]
    score = 1.0 if line.words >= 6 else 0.0 if line.words >= 4 else -1.0
    if "credit" in labels[index + 1 : min(first, index + 1 + _CREDIT_REACH)]:
        score += 2
    if line.words >= 5 and any(
        other != index and lines[other].key.startswith(line.key) for other in range(first)
    ):
        score += 3 if line.words >= 6 else 1
    return score


def _below_menus(lines: list[Line], labels: list[str], titles: list[int], first: int) -> int:
    """Return the line below which no long run of menu entries comes before the story."""
    run, wanted = 0, set(titles)
    for index in range(first - 1, -1, -1):
        run = run + 1 if labels[index] in ("title", "button", "header", "echo") else 0
        if is_crumbs(lines[index]) and any(i > index for i in wanted):
            return index + 1
        if run >= _MENU_RUN and any(i > index + run for i in wanted):
            return index + run - _CREDIT_REACH
    return 0


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
            near = headline is not None and first <= _NO_MENU
            dated = near and label == "credit" and find_date(line) is not None
            kinds.append("byline" if dated else "related" if label == "credit" else KINDS[label])
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
    if label == "title" and line.words <= 5 and not line.bullet:
        return "byline" if is_name(line) and line.words >= 2 else "related"
    return "standfirst"


def _is_bare_title(lines: list[Line], labels: list[str], first: int) -> bool:
    """Whether the first line looks like a credit but must be the title: "Editor Arrested"."""
    if not first or labels[0] != "credit":
        return False
    return lines[0].words >= 3 and not DATE.match(lines[0].text) and not BY.match(lines[0].text)


def _can_be_title(line: Line, label: str) -> bool:
    if label in ("title", "card"):
        return 2 <= line.words <= MAX_TITLE
    limit = 20 if line.closed else MAX_TITLE
    return label == "sentence" and (line.words <= limit or _is_question_title(line))


def _is_question_title(line: Line) -> bool:
    return line.words <= 24 and line.text.rstrip("\"'”’").endswith(("?", "!"))
