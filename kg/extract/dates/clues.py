"""Time expressions of an article as clues to its own date."""

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kg.extract.dates.anchor import Anchor
from kg.extract.dates.attach import is_inside_noun
from kg.extract.dates.days import Days
from kg.extract.dates.expressions import Expression, find_expressions
from kg.extract.dates.find import governors, place, tense_of
from kg.extract.dates.resolve import resolve
from kg.extract.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

_LETTERS = re.compile(r"[^\W\d_]{5,}")
_DULL = frozenset(("year", "month", "week", "time", "country", "people", "government", "president"))


@dataclass(frozen=True, slots=True)
class Clue:
    """Bounds of the article's date with the reason.

    Attributes:
        day: the likeliest day, where one is. weak: it bounds, but nothing is guessed from it.
    """

    first: date | None
    last: date | None
    why: str
    day: date | None = None
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A time expression, its tense and the nouns that it dates.

    Attributes:
        days: what it means without knowing the article's date, or None.
        nouns: lemmas of the happening's nouns. around: long words of the sentence, lower case.
        sentence: offsets. caption: it stands in a picture's caption. of_noun: "last year's vote".
    """

    one: Expression
    words: str
    tense: str
    days: Days | None
    nouns: frozenset[str]
    around: frozenset[str]
    sentence: tuple[int, int]
    caption: bool = False
    of_noun: bool = False


def tell(parsed: Parsed) -> list[Told]:
    """Return the time expressions of the body and of captions, in the order of the text."""
    found = [_in_body(one, parsed) for one in find_expressions(parsed.text)]
    text = parsed.document.text
    for zone in parsed.document.zones:
        if zone.kind == "caption":
            words = _cased(text[zone.start : zone.end])
            found += [_in_caption(one, words) for one in find_expressions(words) if one.year]
    return found


def long_words(text: str) -> frozenset[str]:
    """Return the words of five and more letters, in lower case."""
    return frozenset(word.lower() for word in _LETTERS.findall(text))


def _in_body(one: Expression, parsed: Parsed) -> Told:
    one, tokens = place(one, parsed)
    sentence = parsed.sentence_at(one.start)
    nouns: frozenset[str] = frozenset()
    if parsed.has_parse:
        nouns = frozenset(n for word in governors(tokens) for n in _nouns(word))
    return Told(
        one=one,
        words=parsed.document.text[one.start : one.end],
        tense=tense_of(one, tokens, parsed),
        days=resolve(one, Anchor()),
        nouns=nouns - _DULL,
        around=long_words(sentence.text),
        sentence=(sentence.start_char, sentence.end_char),
        of_noun=parsed.has_parse and is_inside_noun(tokens),
    )


def _cased(words: str) -> str:
    """Return words in capitals with one each, so that months are read."""
    titled = words.title()
    return titled if words.isupper() and len(titled) == len(words) else words


def _in_caption(one: Expression, words: str) -> Told:
    return Told(
        one=one,
        words=words[one.start : one.end],
        tense="past",
        days=resolve(one, Anchor()),
        nouns=frozenset(),
        around=long_words(words),
        sentence=(-1, -1),
        caption=True,
    )


def _nouns(word: "Token") -> list[str]:
    """Return the lemma of a noun, or of the nouns that are subject or object of a verb."""
    if word.pos_ == "NOUN":
        return [word.lemma_.lower()]
    return [
        child.lemma_.lower()
        for child in word.children
        if child.dep_ in ("nsubj", "nsubjpass", "dobj") and child.pos_ == "NOUN"
    ]
