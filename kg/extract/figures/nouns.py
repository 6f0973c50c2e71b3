"""What a number counts: the noun it belongs to, its unit, and the words that govern it.

What it gets wrong: nouns several words away; people counted by a noun that the lexicon lacks.
"""

from typing import TYPE_CHECKING

from kg.extract.figures.lexicon import figure_words
from kg.extract.figures.numbers import Number

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

_DOWN = ("nummod", "quantmod", "compound", "amod", "nmod", "npadvmod", "advmod")
_NOUNS = ("NOUN", "PROPN")
_REACH = 4


def head_noun(tokens: "TokenSpan") -> "Token | None":
    """Return the noun that a number counts, in a parsed text; None for a bare number."""
    token = tokens.root
    below = noun_below(token)
    if below is not None:
        return below
    if token.dep_ == "conj" and token.pos_ == "NUM" and token.head.i < token.i:
        token = token.head
    for _ in range(_REACH):
        if token.dep_ not in _DOWN or token.head.i == token.i:
            break
        token = token.head
    if token.i in range(tokens.start, tokens.end) or token.pos_ not in _NOUNS:
        return None
    return noun_below(token) or token if token.lower_ in ("%", "percent") else token


def noun_below(token: "Token") -> "Token | None":
    """Return the noun in "thousands of protesters", "28 of the miners"."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((c for c in child.children if c.dep_ == "pobj" and c.pos_ in _NOUNS), None)
    return None


def noun_behind(doc: "Doc", offset: int) -> "Token | None":
    """Return the common noun that follows at once, where the parse does not join it."""
    span = doc.char_span(offset, offset + 2, alignment_mode="expand")
    return span[-1] if span is not None and span[-1].pos_ == "NOUN" else None


def next_noun(doc: "Doc", offset: int) -> "Token | None":
    """Return the first word after an offset that a unit is known for, without a parse."""
    span = doc.char_span(offset, offset + 1, alignment_mode="expand")
    if span is None:
        return None
    words = figure_words()
    for token in doc[span.end - 1 : span.end + _REACH]:
        if token.idx < offset or token.lower_ in ("of", "the"):
            continue
        if token.is_punct:
            return None
        if singular(token) in words.units:
            return token
    return None


def singular(token: "Token") -> str:
    """Return the lemma of a noun in lower case; a rough one where no lemma is known."""
    lemma = (token.lemma_ or token.text).lower()
    if lemma in figure_words().units or token.pos_ == "NOUN":
        return lemma
    for ending, put in (("men", "man"), ("ies", "y"), ("ches", "ch"), ("s", "")):
        if lemma.endswith(ending):
            return lemma.removesuffix(ending) + put
    return lemma


def unit_of(number: Number, noun: "Token | None") -> str | None:
    """Return the unit of a number, or None where nothing tells it."""
    if number.unit or noun is None:
        return number.unit
    words = figure_words()
    lemma = singular(noun)
    if lemma in words.currency_words:
        return words.currency_words[lemma]
    if lemma in words.units:
        square = noun.i > 0 and noun.nbor(-1).lower_ in ("square", "cubic")
        return f"{noun.nbor(-1).lower_} {words.units[lemma]}" if square else words.units[lemma]
    if noun.tag_ == "NNPS" or noun.ent_type_ == "NORP" or lemma.endswith(("ian", "ist")):
        return "person"
    return _counted_part(noun) or (lemma if noun.pos_ in ("NOUN", "") else None)


def _counted_part(noun: "Token") -> str | None:
    """Return the unit of the noun before: jobs in "10,000 job cuts"."""
    if not noun.pos_ or noun.i == 0:
        return None
    before = noun.nbor(-1)
    return figure_words().units.get(singular(before)) if before.dep_ == "compound" else None


def variable_of(
    noun: "Token | None", unit: str, governors: "list[Token]", event: str | None
) -> str:
    """Return what is counted: by the words that govern the number, then by the event's type."""
    words = figure_words()
    if unit == "percent":
        return "vote-share" if event in ("ELECTION", "REFERENDUM") else "share"
    if len(unit) == 3 and unit.isupper():
        return "amount"
    if unit == "person":
        for token in governors:
            variable = words.variables.get(token.lemma_.lower() if token.lemma_ else token.lower_)
            if variable:
                return variable
    if noun is not None and singular(noun) in words.variables:
        return words.variables[singular(noun)]
    if unit == "person" and event in words.variables_by_event:
        return words.variables_by_event[event]
    return "people" if unit == "person" else (singular(noun) if noun is not None else "other")
