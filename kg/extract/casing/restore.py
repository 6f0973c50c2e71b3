"""Lower case for what is written in capitals throughout, and capitals for the names in it."""

import re
from collections.abc import Iterator

from kg.extract.casing.judge import judge_words
from kg.extract.casing.stretch import Stretch, is_prose
from kg.extract.casing.words import little_words, load_casing, parts_of_speech

_MAY_BE = re.compile(r"[^a-zß-öø-ÿ\n]{14,}")
_WORD = re.compile(r"[^\W_]+")
_LINE = re.compile(r"[^\n]+")
_CAPITALS = re.compile(r"[A-Z]+")
_SMALL = re.compile(r"[a-zß-öø-ÿ]")
_LEAST = 4
_TITLE = 300


def restore_case(text: str) -> str:
    """Return the text with stretches in capitals written as in running text; lengths stay.

    >>> restore_case("POLICE IN PARIS SAID ON MONDAY THAT MR KELLER WAS SAFE.")
    'Police in Paris said on Monday that Mr Keller was safe.'
    """
    ranges = list(_capital_ranges(text))
    if not ranges:
        return text
    casing = load_casing()
    if _has_no_case(text):
        stretches = [Stretch.of(text, m.start(), m.end()) for m in _LINE.finditer(text)]
    else:
        stretches = [Stretch.of(text, start, end) for start, end in ranges]
        stretches = [s for s in stretches if is_prose(s, casing)]
    if stretches:
        judge_words(stretches, casing, _seen(text, ranges))
    pieces, done = [], 0
    for stretch in stretches:
        pieces += [text[done : stretch.start], stretch.written()]
        done = stretch.end
    return "".join([*pieces, text[done:]])


def _has_no_case(text: str) -> bool:
    """Whether a whole text is in capitals, but for a few words, and is more than a title."""
    capitals = sum(len(run) for run in _CAPITALS.findall(text))
    return capitals > _TITLE and len(_SMALL.findall(text)) * 20 < capitals


def _capital_ranges(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of four words and more of a line without a small letter."""
    for match in _MAY_BE.finditer(text):
        start, end = match.span()
        if start and text[start - 1].isalnum():
            start += len(_WORD.match(text, start)[0]) if text[start].isalnum() else 0  # type: ignore[index]
        if end < len(text) and text[end].isalnum():
            while end > start and text[end - 1].isalnum():
                end -= 1
        words = _WORD.findall(text, start, end)
        if sum(w.isalpha() for w in words) >= _LEAST:
            yield start, end


def _seen(text: str, ranges: list[tuple[int, int]]) -> dict[str, str]:
    """Return how words are written where the text has small letters; "" for those without capitals.

    The first word of a sentence tells nothing.
    """
    found: dict[str, str] = {}
    done = 0
    for start, end in [*ranges, (len(text), len(text))]:
        for match in re.finditer(r"(?<=[\w,;)] )[^\W\d_]{2,}", text[done:start]):
            word = match[0]
            lower = word.lower()
            if word == lower:
                found[word] = ""
            elif not word.isupper() or not (parts_of_speech(lower) or lower in little_words()):
                found.setdefault(lower, word)
        done = end
    return found
