"""Running text rebuilt from the tokens of a CAT file, with the place of every token in it.

The tokens carry sentences but neither white space nor paragraphs. The text is given the form of the
web pages that such files were made from: title, blank line, date line, blank line, paragraphs.

What it gets wrong: paragraphs are not the original ones (four sentences each, never cut inside a
quotation); a straight single quotation mark between words may join the wrong neighbour.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple
from xml.etree.ElementTree import Element

_PARAGRAPH = 4  # sentences
_LEFT = re.compile(r"[,.;:!?%)\]}”…]|\.\.\.|n['’]t|['’](?:s|re|ve|ll|m|d|t)|''", re.IGNORECASE)
_CLITIC = re.compile(r"(?:s|re|ve|ll|m|d|t)", re.IGNORECASE)
_RIGHT = re.compile(r"[(\[{“‘#]|``|\w*[$£€]")
_DATE = re.compile(r"[\w,. ]*\b\d{4}\b[\w,.: ]*")
_STRAIGHT = {"``": '"', "''": '"'}


class CatToken(NamedTuple):
    """A token of the file: its id, sentence number and characters."""

    id: str
    sentence: int
    text: str


@dataclass(frozen=True, slots=True)
class CatText:
    """Attributes: text; token id -> (start, end) in it, code points; sentence number by id."""

    text: str
    places: dict[str, tuple[int, int]]
    sentences: dict[str, int]


def rebuild_text(root: Element) -> CatText:
    """Return the text of a CAT document; tokens without characters are skipped."""
    tokens = [
        CatToken(t.get("t_id", ""), int(t.get("sentence", "0")), t.text.strip())
        for t in root.iter("token")
        if t.text and t.text.strip()
    ]
    writer = _Writer()
    lines = [list(group) for _, group in groupby(tokens, key=lambda t: t.sentence)]
    for number, line in enumerate(lines):
        if number:
            writer.put_break(_break_before(number, lines, writer))
        writer.put_sentence(line)
    return CatText("".join(writer.pieces), writer.places, {t.id: t.sentence for t in tokens})


def _break_before(number: int, lines: Sequence[Sequence[CatToken]], writer: "_Writer") -> str:
    """The white space before a sentence: paragraphs after title and date line, else a space."""
    dated = len(lines) > 1 and _is_date(lines[1])
    if number == 1 or (number == 2 and dated):
        writer.in_paragraph = 0
        return "\n\n"
    if writer.in_paragraph >= _PARAGRAPH and not writer.quoting:
        writer.in_paragraph = 0
        return "\n\n"
    return " "


def _is_date(line: Sequence[CatToken]) -> bool:
    words = " ".join(token.text for token in line)
    return len(line) <= 8 and bool(_DATE.fullmatch(words))


class _Writer:
    """Puts tokens behind each other and knows which quotation marks are open."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.places: dict[str, tuple[int, int]] = {}
        self.length = 0
        self.in_paragraph = 0
        self.quoting = False
        self._glue = True  # whether the next token follows without a space
        self._single = False
        self._last = ""

    def put_break(self, space: str) -> None:
        self._write(space)
        self._glue = True
        self._single = False
        if "\n" in space:
            self.quoting = False

    def put_sentence(self, line: Sequence[CatToken]) -> None:
        for token, after in zip(line, [*line[1:], None], strict=True):
            self._put(token, after.text if after else "")
        self.in_paragraph += 1

    def _put(self, token: CatToken, after: str) -> None:
        joins_left, joins_right = self._sides(token.text, after)
        if not (self._glue or joins_left):
            self._write(" ")
        word = _STRAIGHT.get(token.text, token.text)
        self.places[token.id] = (self.length, self.length + len(word))
        self._write(word)
        self._glue, self._last = joins_right, token.text

    def _sides(self, word: str, after: str) -> tuple[bool, bool]:
        """Whether a token follows its left neighbour, and its right one it, without a space."""
        if word in ('"', "``", "''", "“", "”"):
            opening = word in ("``", "“") or (word != "”" and not self.quoting)
            self.quoting = opening
            return not opening, opening
        if word in ("'", "’", "`", "‘"):
            return self._single_mark(word, after)
        if self._last in ("'", "’") and _CLITIC.fullmatch(word):
            return True, False
        if word == "/":
            return True, True
        return bool(_LEFT.fullmatch(word)), bool(_RIGHT.fullmatch(word))

    def _single_mark(self, word: str, after: str) -> tuple[bool, bool]:
        if word == "’" or self._single or self._last.endswith("s") or _CLITIC.fullmatch(after):
            self._single = self._single and bool(_CLITIC.fullmatch(after))
            return True, False
        self._single = True
        return False, True

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)
