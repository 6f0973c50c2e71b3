"""The content that each frame of a reporting verb points at.

Each finder answers for one frame of `reporting.toml`; the first that finds something wins, clauses
before phrases.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from kg.extract.claims.clauses import find_clause
from kg.extract.claims.draft import Content
from kg.extract.claims.lexicon import Reading
from kg.extract.claims.phrases import (
    addressed_infinitive,
    after_judgement,
    by_preposition,
    evoked_threat,
    gerund,
    infinitive,
    noun_object,
    object_infinitive,
    object_predicate,
    plea,
)
from kg.extract.claims.syntax import rebuts

if TYPE_CHECKING:
    from spacy.tokens import Token


def find_content(verb: "Token", frames: Mapping[str, Reading]) -> tuple[Reading, Content] | None:
    """Return the reading and content of the first frame that fits an active verb."""
    frames = {f: r for f, r in frames.items() if _holds(r, verb)}
    return next(_contents(verb, frames), None)


def _contents(verb: "Token", frames: Mapping[str, Reading]) -> Iterator[tuple[Reading, Content]]:
    """What each frame finds, clauses before phrases and phrases before nouns."""
    for frame, finder in ((f, x) for f, x in (*_FIRST.items(), *_FINDERS.items()) if f in frames):
        content = finder(verb) if frame != "obj" or frames[frame].polarity == "denied" else None
        if content is not None:
            yield frames[frame], content
    for frame, reading in frames.items():
        content = by_preposition(verb, frame)
        if content is not None:
            yield reading, content
    for frame in ("obj", "thing"):
        if frame in frames:
            content = noun_object(verb, denied=frames[frame].polarity == "denied")
            if content is not None:
                yield frames[frame], content


def _judged(verb: "Token") -> Content | None:
    """What is denied in ", which the army denied" and "dismissed as false a report that S"."""
    if not rebuts(verb):
        return after_judgement(verb)
    which = verb.left_edge
    return Content([(which.i, which.i + 1)], which)


def _holds(reading: Reading, verb: "Token") -> bool:
    """Whether a frame holds for the verb's form and subject."""
    if reading.tags and verb.tag_ not in reading.tags:
        return False
    subjects = [c.lemma_.lower() for c in verb.children if c.dep_ == "nsubj"]
    return not reading.subjects or bool(set(subjects) & set(reading.subjects))


_FIRST: dict[str, Callable[["Token"], Content | None]] = {"obj": _judged}
_FINDERS: dict[str, Callable[["Token"], Content | None]] = {
    "clause": find_clause,
    "obj+pred": object_predicate,
    "on+inf": addressed_infinitive,
    "inf+obj": object_infinitive,
    "inf": infinitive,
    "plea": plea,
    "ing": gerund,
    "evoked": evoked_threat,
}
