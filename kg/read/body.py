"""Where the story of a page begins and ends: the densest run of sentences.

Source: the maximum-sum run of Bentley, Programming Pearls (1984), over one score a line. What it
gets wrong: stories told in short unpunctuated lines; lists of teasers longer than the story.
"""

import re
from collections import Counter
from collections.abc import Callable

from kg.read.credits import find_date, is_byline
from kg.read.furniture import is_caption, is_card, is_header, is_machinery, is_notice
from kg.read.lines import Line

STRONG, MAX_TITLE = 12, 32
_LONG = 25
_TIMING = re.compile(r"\b(?:ago|Duration)\b", re.IGNORECASE)
_SKIP = re.compile(r"(?:skip past|start of)\b", re.IGNORECASE)
_AFTER = re.compile(r"(?:after|end of)\b", re.IGNORECASE)
_ASKED = re.compile(r"^[^\"“‘].{0,160}[?!]$")
_SIGNED = re.compile(r"^[—–-]{1,2}\s*\w.{0,60}$")
_GRAM, _QUOTE_WORDS = 8, 60
_CARD_REACH = 6
_SKIP_REACH = 15
_ECHO_WORDS, _ECHOES = 5, 3
_BETWEEN = ("echo", "caption", "card", "notice", "button")


def _is_credit(line: Line) -> bool:
    return is_byline(line) or find_date(line) is not None


def label_lines(lines: list[Line]) -> list[str]:
    """Return one label a line: sentence, caption, notice, header, button, card, credit or title."""
    labels = [_label(line) for line in lines]
    _mark_repeats(lines, labels)
    _mark_pull_quotes(lines, labels)
    _mark_echoes(lines, labels)
    _mark_cards(lines, labels)
    _mark_skips(lines, labels)
    return labels


def is_sentence(line: Line) -> bool:
    """Return whether a line reads like running text."""
    if line.closed:
        return line.words >= 3 or line.text[:1] in "\"“'‘"
    return line.words >= _LONG or (line.words >= 5 and line.text.endswith((":", ",", ";")))


# The first that applies is a line's label; what none applies to is a title.
_TESTS: tuple[tuple[str, Callable[[Line], bool]], ...] = (
    ("card", is_card),
    ("notice", is_notice),
    ("header", is_header),
    ("button", is_machinery),
    ("caption", is_caption),
    ("credit", _is_credit),
    ("sentence", is_sentence),
)


def find_core(lines: list[Line], labels: list[str]) -> tuple[int, int]:
    """Return (first, behind the last) line of the story; equal when there is none."""
    best, best_range, total, first = 0.0, (0, 0), 0.0, 0
    for index, score in enumerate(_scores(lines, labels)):
        if total <= 0:
            total, first = 0.0, index
        total += score
        if total > best:
            best, best_range = total, (first, index + 1)
    return best_range


def _label(line: Line) -> str:
    for label, applies in _TESTS:
        if applies(line):
            return label
    return "title"


def _mark_repeats(lines: list[Line], labels: list[str]) -> None:
    """A sentence that stands twice is a caption or a teaser; so is one quoted out of the story."""
    seen: dict[str, int] = {}
    for index, line in enumerate(lines):
        may_be_title = not line.closed and line.words <= MAX_TITLE
        if labels[index] != "sentence" or line.words < 6 or may_be_title:
            continue
        earlier = seen.setdefault(line.key, index)
        if earlier != index:
            labels[index] = "caption"
            if index - earlier <= 3:
                labels[earlier] = "caption"


def _mark_pull_quotes(lines: list[Line], labels: list[str]) -> None:
    """A line whose words all stand in a longer paragraph was set apart from it."""
    first_words: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if labels[index] in ("sentence", "title") and _GRAM <= line.words <= _QUOTE_WORDS:
            first_words.setdefault(" ".join(line.key.split()[:_GRAM]), []).append(index)
    for index, line in enumerate(lines):
        if labels[index] != "sentence" or not line.closed:
            continue
        words = line.key.split()
        for i in range(len(words) - _GRAM + 1):
            for other in first_words.get(" ".join(words[i : i + _GRAM]), ()):
                if len(lines[other].key) < len(line.key) and lines[other].key in line.key:
                    labels[other] = "caption"
                    if other + 1 < len(lines) and _SIGNED.match(lines[other + 1].text):
                        labels[other + 1] = "caption"


def _mark_echoes(lines: list[Line], labels: list[str]) -> None:
    """A short line that stands three times belongs to the page, not to the story."""
    counts = Counter(line.key for line in lines if line.words <= _ECHO_WORDS)
    for index, line in enumerate(lines):
        if labels[index] in ("title", "button") and counts[line.key] >= _ECHOES:
            labels[index] = "echo"


def _mark_cards(lines: list[Line], labels: list[str]) -> None:
    """A card reaches from its first line to its timing, and takes its teaser along."""
    for index, label in enumerate(labels):
        if label != "card":
            continue
        reach = range(index + 1, min(index + _CARD_REACH, len(lines)))
        timing = [i for i in reach if lines[i].words <= 4 and _TIMING.search(lines[i].text)]
        last = timing[-1] if timing else index
        if timing and lines[last].text.lower().startswith("duration") and last + 1 < len(lines):
            last += 1
        for i in range(index + 1, last + 1):
            labels[i] = "card"


def _mark_skips(lines: list[Line], labels: list[str]) -> None:
    """Between "skip past newsletter" and "after newsletter" stands none of the story."""
    opened: int | None = None
    for index, line in enumerate(lines):
        if line.words <= 6 and _SKIP.match(line.text):
            opened = index
        elif line.words <= 6 and _AFTER.match(line.text) and opened is not None:
            if index - opened <= _SKIP_REACH:
                labels[opened : index + 1] = ["card"] * (index + 1 - opened)
            opened = None


def _scores(lines: list[Line], labels: list[str]) -> list[float]:
    weights = {
        "title": -1.0,
        "button": -0.8,
        "header": -4.0,
        "notice": -0.8,
        "card": 0.0,
        "caption": -0.2,
        "echo": 0.0,
        "credit": -1.0,
    }
    paired = paired_sentences(labels)
    scores: list[float] = []
    for index, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if label != "sentence":
            scores.append(weights[label])
        elif line.words < STRONG:
            scores.append(1.0)
        else:
            together = index in paired or len(labels) == 1
            scores.append(
                min(line.words, 60) / 10 + 1 if together else (1.2 if line.words < 30 else 2.0)
            )
    return scores


def story_resumes(lines: list[Line], labels: list[str], index: int, end: int) -> int | None:
    """Return where a story goes on after a list that begins at `index`, or None.

    It does where two statements stand in a row and statements have more words than titles.
    """
    told = [
        "title" if label == "sentence" and _ASKED.search(line.text) else label
        for line, label in zip(lines[index:end], labels[index:end], strict=True)
    ]
    paired = paired_sentences(told)
    stated = sum(lines[index + i].words for i in paired)
    titles = [index + i for i, label in enumerate(told) if label == "title"]
    titled = sum(lines[i].words for i in titles)
    if not paired or titled > stated:
        return None
    return index + min(paired)


def paired_sentences(labels: list[str]) -> set[int]:
    """Return the sentences with another sentence next to them, pictures and buttons aside."""
    paired: set[int] = set()
    before: int | None = None
    for index, label in enumerate(labels):
        if label == "sentence":
            if before is not None:
                paired |= {before, index}
            before = index
        elif label not in _BETWEEN:
            before = None
    return paired
