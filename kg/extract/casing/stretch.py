"""One stretch of text in capitals: its words, and how each is to be written."""

import re
from dataclasses import dataclass, field

from kg.extract.casing.words import Casing, little_words, parts_of_speech

_WORD = re.compile(r"[^\W_]+")
_COMMON_SHARE = 0.35
_SAMPLE = 400
_STOPS = re.compile(r"[.!?]")


@dataclass
class Stretch:
    """Words in capitals, in lower case here, with the form that each is to have.

    Attributes:
        start, end: range in the text. forms: of words that take capitals, by their number.
    """

    text: str
    start: int
    end: int
    spans: list[tuple[int, int]]
    words: list[str]
    forms: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "Stretch":
        """Return the stretch of a range of a text."""
        spans = [m.span() for m in _WORD.finditer(text, start, end)]
        return cls(text, start, end, spans, [lower_letters(text[a:b]) for a, b in spans])

    def word(self, at: int) -> str:
        """Return the word of a number, or an empty string beyond the ends."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def gap(self, at: int) -> str:
        """Return what stands between a word and the one before it."""
        if not 0 < at < len(self.words):
            return "\n"
        return self.text[self.spans[at - 1][1] : self.spans[at][0]]

    def after(self, at: int) -> str:
        """Return the character behind a word."""
        return self.text[self.spans[at][1] : self.spans[at][1] + 1]

    def is_first(self, at: int, titles: frozenset[str]) -> bool:
        """Return whether a word starts a sentence or a quotation."""
        gap = self.gap(at)
        if at == 0:
            before = self.text[max(0, self.start - 3) : self.spans[0][0]].rstrip(" \"'(")
            return not before or before[-1] in ".!?\n"
        if gap.endswith('"') and len(gap) > 1 and gap.strip()[0] in ",:":
            return True
        if not _STOPS.search(gap) or not gap.strip(".") or gap.startswith(".,"):
            return False
        return len(self.words[at - 1]) > 1 and self.words[at - 1] not in titles

    def written(self) -> str:
        """Return the stretch as it is to be written."""
        letters = list(lower_letters(self.text[self.start : self.end]))
        for at, form in self.forms.items():
            first = self.spans[at][0] - self.start
            letters[first : first + len(form)] = form
        return "".join(letters)


def lower_letters(text: str) -> str:
    """Return the text in lower case, letter for letter."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def is_prose(stretch: Stretch, casing: Casing) -> bool:
    """Return whether a stretch is running text in capitals, not a row of names and acronyms."""
    words = [w for w in stretch.words[:_SAMPLE] if w.isalpha()]
    common = sum(len(w) > 1 and _is_common(w, casing) for w in words)
    return common >= max(2, _COMMON_SHARE * len(words))


def _is_common(word: str, casing: Casing) -> bool:
    if word in little_words():
        return True
    known = word in casing.names or word.upper() in casing.phrases.get(word, ())
    return not known and bool(parts_of_speech(word))
