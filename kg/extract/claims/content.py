"""The content that each frame of a reporting verb points at.

Each finder answers for one frame of `reporting.toml`; the first that finds something wins, clauses
before phrases.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kg.extract.claims.clauses import find_clause
from kg.extract.claims.draft import Content
from kg.extract.claims.lexicon import Reading
from kg.extract.claims.phrases import (
    addressed_infinitive,
    by_preposition,
    evoked_threat,
    gerund,
    infinitive,
    noun_object,
    object_infinitive,
    object_predicate,
    plea,
)

if TYPE_CHECKING:
    from spacy.tokens import Token


def find_content(verb: "Token", frames: Mapping[str, Reading]) -> tuple[Reading, Content] | None:
    """Return the reading and content of the first frame that fits an active verb."""
    frames = {f: r for f, r in frames.items() if _holds(r, verb)}
    for frame, finder in _FINDERS.items():
        if frame in frames:
            content = finder(verb)
            if content is not None:
                return frames[frame], content
    for frame, reading in frames.items():
        content = by_preposition(verb, frame)
        if content is not None:
            return reading, content
    if "obj" in frames:
        content = noun_object(verb, denied=frames["obj"].polarity == "denied")
        if content is not None:
            return frames["obj"], content
    if "thing" in frames:
        content = noun_object(verb, denied=False)
        if content is not None:
            return frames["thing"], content
    return None


def _holds(reading: Reading, verb: "Token") -> bool:
    """Whether a frame holds for the verb's form and subject."""
    if reading.tags and verb.tag_ not in reading.tags:
        return False
    subjects = [c.lemma_.lower() for c in verb.children if c.dep_ == "nsubj"]
    return not reading.subjects or bool(set(subjects) & set(reading.subjects))


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
