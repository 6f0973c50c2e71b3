"""Titles that name their source: "Police: three killed", "Rebels seize port – army".

What it gets wrong: a body that a title is about and not told by ("Police: recruits beat thieves").
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.claims.lexicon import load_lexicon
from kg.extract.events.lexicon import load_cues
from kg.extract.events.stretches import NOMINAL, Attribution

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_LONGEST_SOURCE = 9
_CUTS = frozenset({"–", "—", "-", "--", ":"})
_PARTS = frozenset({*NOMINAL, "ADJ", "ADP", "DET", "PUNCT", "NUM", "PART", "SPACE"})


def find_headings(sentence: "TokenSpan") -> Iterator[Attribution]:
    """Yield what stands after "X:" at the start of a sentence, or before "– X" at its end."""
    words = list(sentence)
    yield from _opened(words, sentence)
    yield from _closed(words, sentence)


def _opened(words: "list[Token]", sentence: "TokenSpan") -> Iterator[Attribution]:
    colon = next((i for i, t in enumerate(words[: _LONGEST_SOURCE + 1]) if t.text == ":"), 0)
    if colon:
        if colon + 2 < len(words):
            source = _source(words[:colon])
            if source is not None:
                yield Attribution(words[colon].i + 1, sentence.end, source, asks_actor=True)
        return
    before = sentence.doc[max(0, sentence.start - _LONGEST_SOURCE - 1) : sentence.start]
    if len(before) > 1 and before[-1].text == ":":
        opened = [t for t in before[:-1] if t.i >= before[-1].sent.start]
        source = _source(opened) if opened and opened[0].i == before[-1].sent.start else None
        if source is not None:
            yield Attribution(sentence.start, sentence.end, source, asks_actor=True)


def _closed(words: "list[Token]", sentence: "TokenSpan") -> Iterator[Attribution]:
    told = [t for t in words if not t.is_space]
    if told and told[-1].text in _CUTS:
        told += _rest_of_line(sentence)
    ends = bool(told) and told[-1].text == "."
    told = told[:-1] if ends else told
    near = list(enumerate(told))[-_LONGEST_SOURCE:]
    cut = next((i for i, t in reversed(near) if t.text in _CUTS and _stands_free(t)), 0)
    if not cut or cut + 1 >= len(told):
        return
    source = _source(told[cut + 1 :])
    if source is not None and _is_source(told[cut + 1], source, ends=ends):
        yield Attribution(sentence.start, told[cut].i, source, asks_actor=True)


def _rest_of_line(sentence: "TokenSpan") -> "list[Token]":
    """Return the words after a sentence to the end of its line, if they are few."""
    found: list[Token] = []
    for token in sentence.doc[sentence.end : sentence.end + _LONGEST_SOURCE]:
        if token.is_space:
            return found
        found.append(token)
    return found if sentence.end + _LONGEST_SOURCE >= len(sentence.doc) else []


def _stands_free(cut: "Token") -> bool:
    return cut.text == ":" or (cut.i > 0 and bool(cut.nbor(-1).whitespace_))


def _is_source(first: "Token", head: "Token", *, ends: bool) -> bool:
    """Return whether a last word names a source: no name or described thing in a full sentence."""
    if ends and first.pos_ in ("DET", "PART", "PRON", "NUM", "ADV"):
        return False
    if ends or head.pos_ == "NOUN":
        lemma = head.lemma_.lower()
        return lemma in load_lexicon().sources or lemma in load_cues()["tellers"]
    return True


def _source(words: "list[Token]") -> "Token | None":
    """Return the head of a noun phrase that may be a source, None for any other words."""
    if not words or any(t.pos_ not in _PARTS for t in words) or words[0].pos_ == "ADP":
        return None
    first, last = words[0].i, words[-1].i
    heads = [t for t in words if t.pos_ in NOMINAL and not first <= t.head.i <= last]
    heads += [t for t in words if t.pos_ in NOMINAL and t.head.i == t.i]
    return heads[0] if heads else None
