"""Pronouns that speak: "he said" after somebody spoke is mostly that speaker going on.

News text names a speaker once and then goes on with "he said", whoever is named inside what is
said. So the last speaker comes before nearer names, unless somebody else has since been the subject
of a sentence of the writer's own, or the gender differs.

What it gets wrong: dialogues in which "he" changes without a name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.claims.lexicon import load_lexicon
from kg.extract.claims.scene import Scene
from kg.extract.claims.syntax import is_passive, subject_of, verb_key
from kg.model import Claim

if TYPE_CHECKING:
    from spacy.tokens import Token

_OTHERS = frozenset(
    ("he", "she", "they", "him", "her", "them", "his", "hers", "their", "theirs", "it", "its")
)
_GENDER = {"he": "m", "she": "f"}
_ACCUSING = ("lawsuit", "suit", "complaint", "filing", "affidavit", "petition")
_REACH = 2  # paragraphs
_FARTHEST = 500  # tokens


def settle_speakers(scene: Scene) -> None:
    """Fix who each "he" and "she" is that is the subject of a reporting verb."""
    last: tuple[Token, str] | None = None
    genders: dict[str, str] = {}
    for verb in _reporting_verbs(scene):
        subject = subject_of(verb)
        if subject is None or subject.i in scene.spoken:
            continue
        gender = _GENDER.get(subject.lower_)
        if gender is None:
            speaker = _named(scene, subject)
            if speaker and scene.entities.kind_of(speaker) == "Person" and not _is_inside(verb):
                last = (verb, speaker)
            continue
        speaker = _behind_document(scene, verb, subject, _Fit(scene, gender, genders))
        speaker = speaker or _who(scene, last, subject, gender, genders)
        if speaker is not None:
            genders.setdefault(speaker, gender)
            if not _is_inside(verb):
                last = (verb, speaker)


def free_pronouns(scene: Scene, claims: Sequence[Claim]) -> None:
    """Take back each "they" inside somebody's own words that was read as them or their hearers."""
    for claim in claims:
        if claim.kind != "direct":
            continue
        present = {*claim.speakers, claim.addressee}
        for part in claim.parts:
            for token in scene.tokens(part.start, part.end):
                if token.lower_ in _OTHERS and scene.entities.actor_at(token) in present:
                    scene.entities.release_pronoun(token)


def _named(scene: Scene, subject: "Token") -> str | None:
    """The actor of a subject or of the name beside it ("the spokesman, John Smith, said")."""
    beside = [c for c in subject.children if c.dep_ in ("appos", "compound", "flat")]
    found = (scene.entities.actor_at(token) for token in (subject, *beside))
    return next((actor for actor in found if actor is not None), None)


def _behind_document(scene: Scene, verb: "Token", pronoun: "Token", fits: "_Fit") -> str | None:
    """Who goes on after "the lawsuit says S": not whom S is about ("In fact, he says")."""
    before = scene.doc[max(0, verb.sent.start - 1)].sent
    while before.start > 0 and not before.text.strip():
        before = scene.doc[before.start - 1].sent
    report = before.root
    paper = next((c for c in report.children if c.dep_ == "nsubj"), None)
    clause = next((c for c in report.children if c.dep_ == "ccomp"), None)
    if paper is None or paper.lemma_.lower() not in _ACCUSING or clause is None:
        return None
    target = next((c for c in clause.children if c.dep_ == "nsubj"), clause)
    accused = _named(scene, target)
    for token in reversed(scene.doc[before.start : pronoun.i]):
        actor = scene.entities.actor_at(token)
        if accused is not None and actor not in (None, accused) and fits(actor):
            scene.entities.settle_pronoun(pronoun, actor)
            return actor
    return None


def _who(
    scene: Scene,
    last: "tuple[Token, str] | None",
    pronoun: "Token",
    gender: str,
    genders: dict[str, str],
) -> str | None:
    """The speaker before, or whom the entities find, or the last person of that gender."""
    fits = _Fit(scene, gender, genders)
    if last is not None and fits(last[1]) and _goes_on(scene, last, pronoun, fits):
        scene.entities.settle_pronoun(pronoun, last[1])
        return last[1]
    nearest = _nearest(scene, pronoun, fits)
    if last is not None and not fits(last[1]) and nearest is not None:
        scene.entities.settle_pronoun(pronoun, nearest)
        return nearest
    found = scene.entities.actors_of(pronoun)
    return found[0] if found else None


@dataclass(frozen=True, slots=True)
class _Fit:
    """Whether an actor can be the person of a pronoun."""

    scene: Scene
    gender: str
    genders: dict[str, str]

    def __call__(self, actor: str) -> bool:
        entities = self.scene.entities
        if entities.kind_of(actor) != "Person":
            return False
        known = entities.gender_of(actor) or self.genders.get(actor, "")
        return known in ("", self.gender)


def _nearest(scene: Scene, pronoun: "Token", fits: _Fit) -> str | None:
    """The last person of that gender named in the writer's words of this or the last paragraph."""
    start = scene.paragraphs[max(0, scene.paragraph_at(pronoun.idx) - 1)].start
    farthest = max(scene.token_at(start), pronoun.i - _FARTHEST)
    for index in range(pronoun.i - 1, farthest - 1, -1):
        if index in scene.spoken:
            continue
        actor = scene.entities.actor_at(scene.doc[index])
        if actor is not None and fits(actor):
            return actor
    return None


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
    """Whether the verb stands inside what somebody else says, or between brackets."""
    before = [t.text for t in verb.doc[verb.sent.start : verb.i] if t.text in ("(", ")")]
    if before[-1:] == ["("]:
        return True
    verbs = load_lexicon().verbs
    token = verb
    for _ in range(6):
        if token.dep_ == "ccomp" and token.head.i < token.i and token.head.lemma_.lower() in verbs:
            return True
        if token.head == token:
            return False
        token = token.head
    return False


def _goes_on(scene: Scene, last: "tuple[Token, str]", pronoun: "Token", fits: _Fit) -> bool:
    verb, speaker = last
    apart = scene.paragraph_at(pronoun.idx) - scene.paragraph_at(verb.idx)
    if apart > _REACH or pronoun.i - verb.i > _FARTHEST:
        return False
    return not any(
        _is_rival(scene, token, speaker, fits)
        for token in scene.doc[verb.sent.end : pronoun.i]
        if token.i not in scene.spoken
    )


def _is_rival(scene: Scene, token: "Token", speaker: str, fits: _Fit) -> bool:
    """Whether somebody else of that gender has become the subject of the writer's own sentence."""
    if token.dep_ not in ("nsubj", "nsubjpass") or token.head.dep_ != "ROOT":
        return False
    actor = scene.entities.actor_at(token)
    return actor is not None and actor != speaker and fits(actor)
