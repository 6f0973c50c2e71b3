"""Adjectives that tell what somebody thinks: "is convinced that S", "was critical of the plan".

What it gets wrong: adjectives of things ("the plan is certain to fail" has no thinker).
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kg.extract.claims.clauses import clause_after, object_of
from kg.extract.claims.draft import Content, Draft
from kg.extract.claims.lexicon import Reading, load_lexicon
from kg.extract.claims.reports import content_ranges, make_draft
from kg.extract.claims.scene import Scene
from kg.extract.claims.syntax import (
    auxiliaries,
    content_end,
    is_negated,
    phrase_end,
    subject_of,
    subject_range,
)
from kg.extract.claims.voices import speak

if TYPE_CHECKING:
    from spacy.tokens import Token

_LINKING = frozenset(("be", "remain", "feel", "grow", "become", "seem", "appear", "sound", "stay"))
_UNREAL = frozenset(("may", "might", "could", "should", "would", "must", "to"))


def find_states(scene: Scene) -> list[Draft]:
    """Return a draft for each adjective that tells what somebody thinks, in text order."""
    adjectives = load_lexicon().adjectives
    found: list[Draft] = []
    for token in scene.doc:
        if token.i in scene.spoken or token.pos_ not in ("ADJ", "VERB"):
            continue
        frames = adjectives.get(token.lower_)
        verb = _linking(token)
        if frames is not None and verb is not None and not auxiliaries(verb) & _UNREAL:
            found.extend(_read(scene, token, verb, frames))
    return found


def _linking(adjective: "Token") -> "Token | None":
    """The verb that links an adjective to its subject; the word itself for a passive."""
    head = adjective.head
    if adjective.dep_ in ("acomp", "oprd") and head.lemma_.lower() in _LINKING:
        return head
    return adjective if any(c.dep_ == "auxpass" for c in adjective.children) else None


def _read(
    scene: Scene, adjective: "Token", verb: "Token", frames: Mapping[str, Reading]
) -> Iterator[Draft]:
    subject = subject_of(verb)
    found = next(_contents(adjective, verb, frames), None)
    if subject is None or found is None:
        return
    reading, content = found
    parts, speakers = content_ranges(scene, content), speak(scene, subject)
    if not parts or not speakers or subject.lower_ == "it":
        return
    draft = make_draft(scene, adjective, reading, content, parts)
    draft.speakers, draft.source, draft.confidence = speakers, subject_range(subject), 0.6
    if is_negated(verb):
        draft.polarity = draft.stance = "denied"
    yield draft


def _contents(
    adjective: "Token", verb: "Token", frames: Mapping[str, Reading]
) -> Iterator[tuple[Reading, Content]]:
    """What the adjective, or the verb beside it, governs in one of the frames."""
    for child in (*adjective.children, *(verb.children if verb != adjective else ())):
        if child.i < adjective.i:
            continue
        infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
        if child.dep_ in ("ccomp", "advcl") and not infinitive and "clause" in frames:
            opener = child.doc[child.left_edge.i].lower_
            if child.dep_ == "ccomp" or opener == "that":
                yield frames["clause"], Content([clause_after(adjective, child)], child)
        elif child.dep_ in ("xcomp", "ccomp", "advcl") and infinitive and "inf" in frames:
            to = next(c for c in child.children if c.dep_ == "aux" and c.lower_ == "to")
            end = content_end(child, adjective, adjective.sent)
            yield frames["inf"], Content([(to.i, end)], child)
        elif child.dep_ == "prep" and child.lower_ in frames:
            target = object_of(child)
            if target is not None:
                end = phrase_end(target.i, target.right_edge.i + 1, adjective.sent)
                yield frames[child.lower_], Content([(target.left_edge.i, end)], target)
