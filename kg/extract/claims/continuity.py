"""Pronouns that speak: "he said" after somebody spoke is mostly that speaker going on.

News text names a speaker once and then goes on with "he said", whoever is named inside what is
said. So the last speaker comes before nearer names, unless somebody else has since been the subject
of a sentence of the writer's own, or the gender differs.

What it gets wrong: dialogues in which "he" changes without a name.
"""

from typing import TYPE_CHECKING

from kg.extract.claims.lexicon import load_lexicon
from kg.extract.claims.scene import Scene
from kg.extract.claims.syntax import is_passive, subject_of, verb_key

if TYPE_CHECKING:
    from spacy.tokens import Token

_GENDER = {"he": "m", "she": "f"}
_REACH = 2  # paragraphs


def settle_speakers(scene: Scene) -> None:
    """Fix who each "he" and "she" is that is the subject of a reporting verb."""
    last: tuple[Token, str] | None = None
    for verb in _reporting_verbs(scene):
        subject = subject_of(verb)
        if subject is None or subject.i in scene.spoken:
            continue
        gender = _GENDER.get(subject.lower_)
        if gender is None:
            speaker = scene.entities.actor_at(subject)
            if speaker and scene.entities.kind_of(speaker) == "Person" and not _is_inside(verb):
                last = (verb, speaker)
            continue
        if last is not None and _goes_on(scene, last, subject, gender):
            scene.entities.settle_pronoun(subject, last[1])
            last = (verb, last[1])
            continue
        found = scene.entities.actors_of(subject)
        if found and not _is_inside(verb):
            last = (verb, found[0])


def _reporting_verbs(scene: Scene) -> "list[Token]":
    verbs = load_lexicon().verbs
    return [
        token
        for token in scene.doc
        if token.pos_ == "VERB"
        and (token.lemma_.lower() in verbs or verb_key(token) in verbs)
        and token.i not in scene.spoken
        and not is_passive(token)
    ]


def _is_inside(verb: "Token") -> bool:
    """Whether the verb stands inside what somebody else says."""
    verbs = load_lexicon().verbs
    token = verb
    for _ in range(6):
        if token.dep_ == "ccomp" and token.head.i < token.i and token.head.lemma_.lower() in verbs:
            return True
        if token.head == token:
            return False
        token = token.head
    return False


def _goes_on(scene: Scene, last: "tuple[Token, str]", pronoun: "Token", gender: str) -> bool:
    verb, speaker = last
    if scene.entities.gender_of(speaker) not in ("", gender):
        return False
    here, there = scene.paragraph_at(pronoun.idx), scene.paragraph_at(verb.idx)
    if here - there > _REACH:
        return False
    return not any(
        _is_rival(scene, token, speaker, gender)
        for token in scene.doc[verb.sent.end : pronoun.i]
        if token.i not in scene.spoken
    )


def _is_rival(scene: Scene, token: "Token", speaker: str, gender: str) -> bool:
    """Whether somebody else of that gender has become the subject of the writer's own sentence."""
    if token.dep_ not in ("nsubj", "nsubjpass") or token.head.dep_ != "ROOT":
        return False
    actor = scene.entities.actor_at(token)
    if actor is None or actor == speaker or scene.entities.kind_of(actor) != "Person":
        return False
    return scene.entities.gender_of(actor) in ("", gender)
