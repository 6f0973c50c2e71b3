"""Which event a number belongs to: the nearest one that governs it in its own clause.

What it gets wrong: numbers of a clause with several events; what a list's head says of its items.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.parse import Parsed
from kg.model import Event

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_CLAUSES = ("acl", "relcl")
_VERBS = ("VERB", "AUX")
_REACH = 8
_DEPENDENTS = (
    "nsubj",
    "nsubjpass",
    "dobj",
    "attr",
    "prep",
    "agent",
    "xcomp",
    "acomp",
    "advcl",
    "prt",
)


@dataclass(frozen=True)
class Governor:
    """An event and the words on the way from the number to its trigger, nearest first."""

    event: Event
    path: "list[Token]"


def triggers(parsed: Parsed, events: Sequence[Event]) -> dict[int, Event]:
    """Return the event by the index of its triggers' tokens."""
    found: dict[int, Event] = {}
    for event in events:
        for mention in event.mentions:
            span = parsed.doc.char_span(
                mention.trigger.start, mention.trigger.end, alignment_mode="expand"
            )
            if span is not None:
                for token in span:
                    found.setdefault(token.i, event)
    return found


def find_governor(
    start: "Token", noun: "Token | None", by_token: Mapping[int, Event]
) -> Governor | None:
    """Return the event of a number's clause, or None.

    Args:
        start: the number's own root.
        noun: the noun that it counts.
        by_token: events by token index.
    """
    near = _inside_phrase(start, noun, by_token)
    if near is not None:
        return Governor(by_token[near.i], [near])
    path: list[Token] = []
    token = noun if noun is not None else start
    for _ in range(_REACH):
        path.append(token)
        if token.i in by_token:
            return Governor(by_token[token.i], path)
        below = _clause_below(token, by_token)
        if below is not None:
            return Governor(by_token[below.i], [*path, below])
        if token.pos_ in _VERBS:
            return _around_verb(token, path, by_token)
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _inside_phrase(
    start: "Token", noun: "Token | None", by_token: Mapping[int, Event]
) -> "Token | None":
    """Return a trigger between number and noun, or a participle or adjective right behind."""
    last = noun if noun is not None and noun.i > start.i else start
    for token in start.doc[start.i : last.i + 1]:
        if token.lower_ == "of":
            break
        if token.i in by_token:
            return token
    if last.i + 1 < len(start.doc):
        after = last.nbor(1)
        if after.i in by_token and after.tag_ in ("VBN", "JJ"):
            return after
    return None


def vote_event(parsed: Parsed, offset: int, events: Sequence[Event]) -> Event | None:
    """Return the election whose votes a share is told of: of the sentence, else the last before."""
    votes = [e for e in events if e.type in ("ELECTION", "REFERENDUM")]
    sentence = parsed.sentence_at(offset)
    for event in votes:
        if any(sentence.start_char <= m.trigger.start < sentence.end_char for m in event.mentions):
            return event
    before = [e for e in votes if any(m.trigger.start < offset for m in e.mentions)]
    return max(
        before,
        key=lambda e: max(m.trigger.start for m in e.mentions if m.trigger.start < offset),
        default=None,
    )


def _clause_below(noun: "Token", by_token: Mapping[int, Event]) -> "Token | None":
    """Return a trigger in "40 people arrested on Monday", "33 men who were killed"."""
    if noun.pos_ in _VERBS:
        return None
    return next((c for c in noun.children if c.dep_ in _CLAUSES and c.i in by_token), None)


def _around_verb(
    verb: "Token", path: "list[Token]", by_token: Mapping[int, Event]
) -> Governor | None:
    """Return the event among the words that hang on a verb, or on the clause above it."""
    near = _below(verb, path, by_token)
    if near is not None:
        return Governor(by_token[near.i], [*path, near])
    token = verb
    for _ in range(3):
        if token.dep_ not in ("xcomp", "conj", "advcl", "relcl", "acl", "ccomp", "pcomp"):
            return None
        shared = token.dep_ == "conj"
        token = token.head.head if token.head.dep_ == "prep" else token.head
        found = token if token.i in by_token else None
        if found is None and shared:
            found = _subject(token, by_token)
        if found is not None:
            return Governor(by_token[found.i], [*path, found])
    return None


def _subject(verb: "Token", by_token: Mapping[int, Event]) -> "Token | None":
    """Return the subject that coordinated verbs share, where it is a trigger."""
    subjects = (c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass"))
    return next((c for c in subjects if c.i in by_token), None)


def _below(verb: "Token", path: "list[Token]", by_token: Mapping[int, Event]) -> "Token | None":
    number = path[0]
    found = [
        token
        for child in verb.children
        if child.dep_ in _DEPENDENTS
        for token in (child, *_nouns_below(child))
        if token.i in by_token
    ]
    return min(found, key=lambda t: abs(t.i - number.i), default=None)


def _nouns_below(child: "Token") -> "list[Token]":
    """Return the objects of a preposition, and what hangs on a noun by "of"."""
    if child.dep_ == "prep":
        return [c for c in child.children if c.dep_ == "pobj"]
    return [
        grandchild
        for prep in child.children
        if prep.dep_ == "prep"
        for grandchild in prep.children
        if grandchild.dep_ == "pobj"
    ]


def only_event(parsed: Parsed, tokens: "TokenSpan", events: Sequence[Event]) -> Event | None:
    """Return the one event of the sentence, without a parse; None where there are several."""
    sentence = parsed.sentence_at(tokens.start_char)
    inside = [
        event
        for event in events
        if any(sentence.start_char <= m.trigger.start < sentence.end_char for m in event.mentions)
    ]
    return inside[0] if len(inside) == 1 else None
