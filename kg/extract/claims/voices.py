"""Who a reporting word's subject is: an actor, the owner of a document, or whoever is cited.

What it gets wrong: documents whose owner is named in another sentence only by a pronoun.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extract.claims.draft import Range
from kg.extract.claims.lexicon import load_lexicon
from kg.extract.claims.scene import STEM, Scene
from kg.extract.claims.syntax import is_passive, subject_of, subject_range
from kg.model import ActorType

if TYPE_CHECKING:
    from spacy.tokens import Token

UNNAMED = "unnamed sources"
_EMPTY = {
    "i",
    "we",
    "you",
    "me",
    "us",
    "it",
    "this",
    "that",
    "which",
    "what",
    "there",
    "nothing",
    "everything",
    "something",
}
_NOBODY = _EMPTY - {"it"} | {"who", "whom", "whoever", "nobody", "none", "neither"}
_PERSONS = ("NNP", "NNPS", "PRP", "NNS", "CD")  # things in the plural speak seldom
_MOST = 20  # words looked back at
_DOERS = ("or", "er", "ist", "ian", "man", "woman", "crat", "ee")
_THINGS = frozenset(
    ("number", "order", "weather", "matter", "computer", "answer", "manner", "error", "factor",
     "sensor", "letter", "paper", "newspaper", "chapter", "committee", "tower", "power", "river",
     "meter", "counter", "poster", "banner", "indicator", "sector", "mirror", "door", "floor",
     "water", "summer", "winter", "center", "theater", "quarter", "border", "offer", "degree",
     "rumor", "behavior", "thunder", "disaster", "chamber", "character", "marker", "tracker")
)  # fmt: skip
_FROM = ("by", "from", "of")
_SUITS = ("lawsuit", "suit", "complaint", "filing", "petition")
_ISSUING = frozenset(
    ("file", "bring", "launch", "lodge", "issue", "publish", "release", "write", "submit", "send",
     "post", "draft", "draw", "commission", "present", "unveil", "make")
)  # fmt: skip
_PERSONAL = {"he", "she", "they"}
_SOME = {"some", "many", "others", "several", "most", "few", "both", "all", "critics"}
Voice = tuple[tuple[str, ...], Range | None, str | None]


def speakers_of(scene: Scene, verb: "Token", *, subject: "Token | None" = None) -> Voice:
    """Return the speakers of a reporting verb, the words that name them, and who cites them.

    Args:
        scene: the article.
        verb: the reporting verb.
        subject: the noun that speaks, where the frame has shown it.
    """
    if subject is None and is_passive(verb):
        agent = agent_of(verb)
        if agent is None:
            return (scene.entities.source(UNNAMED),), None, None
        return speak(scene, agent), subject_range(agent), None
    cited = _cited(verb)
    if cited is not None:
        speaker, citing = cited
        by = speak(scene, citing) if citing is not None else ()
        return speak(scene, speaker), subject_range(speaker), (by or (None,))[0]
    subject = subject if subject is not None else subject_of(verb)
    if subject is None:
        return (), None, None
    return speak(scene, subject), subject_range(subject), None


def speak(scene: Scene, noun: "Token") -> tuple[str, ...]:
    """Return the actors that speak through a noun; a document speaks for its owner."""
    if noun.lower_ in _EMPTY and noun.lower_ != "it":
        return ()
    lemma = noun.lemma_.lower()
    is_document = lemma in load_lexicon().documents
    if is_document:
        owners = _owners(scene, noun) or _owners_before(scene, noun, lemma) or _writer(scene, noun)
        if owners:
            return owners
        writer = load_lexicon().writers.get(lemma)
        if writer is not None:
            return _said_before(scene, noun, writer) or (scene.entities.source(writer),)
    found = scene.entities.speaker_of(noun)
    if not found and (is_document or noun.lower_ in _SOME):
        return (scene.entities.unnamed(noun.doc[noun.left_edge.i : noun.i + 1], "Group"),)
    return found


def unknown_speaker(scene: Scene, verb: "Token", *, is_clause: bool = True) -> tuple[str, ...]:
    """Return an actor for a subject that the text names, but that could not be told from others.

    A claim without a known speaker is still a claim; but "the blast raised the spectre of war" is
    none.

    Args:
        scene: the article.
        verb: the reporting verb.
        is_clause: whether the content is a clause, so that no mere happening can be the subject.
    """
    subject = subject_of(verb)
    if subject is not None and not is_clause and subject.tag_ not in _PERSONS:
        return unknown_actor(scene, subject) if _is_person(subject.lemma_.lower()) else ()
    return unknown_actor(scene, subject)


def unknown_actor(scene: Scene, subject: "Token | None") -> tuple[str, ...]:
    """Return an actor for a name that the entities passed over, or a source without a name."""
    if subject is None or subject.lower_ in _NOBODY:
        return ()
    first = subject.left_edge
    words = subject.doc[first.i + (first.pos_ == "DET" and first.i < subject.i) : subject.i + 1]
    if subject.pos_ == "PROPN":
        return (scene.entities.unnamed(words, "Person"),)
    if subject.pos_ == "NOUN" and _is_person(subject.lemma_.lower()):
        kind: ActorType = "Group" if subject.tag_ == "NNS" else "Person"
        return (scene.entities.unnamed(words, kind),)
    return (scene.entities.source(UNNAMED),)


def _is_person(noun: str) -> bool:
    """Whether the end of a noun makes it somebody who does something: "auditor", "tourist"."""
    return noun.endswith(_DOERS) and noun not in _THINGS and noun not in load_lexicon().documents


def _owners(scene: Scene, noun: "Token") -> tuple[str, ...]:
    """The actor in "the ministry's report", "a ministry report", "a report by the ministry"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in _FROM:
            target = next((c for c in child.children if c.dep_ == "pobj"), None)
            found = scene.entities.actors_of(target) if target is not None else ()
        elif child.dep_ == "poss":
            found = scene.entities.actors_of(child)
        elif child.dep_ == "acl" and child.tag_ == "VBN" and agent_of(child) is not None:
            agent = agent_of(child)
            found = scene.entities.actors_of(agent) if agent is not None else ()
        else:
            continue
        if found:
            return found
    following = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else noun
    if following.dep_ == "prep" and following.lower_ in _FROM:  # hung on the verb
        target = next((c for c in following.children if c.dep_ == "pobj"), None)
        found = scene.entities.actors_of(target) if target is not None else ()
        if found:
            return found
    named = [scene.entities.actor_at(t) for t in noun.doc[noun.left_edge.i : noun.i]]
    return tuple(dict.fromkeys(a for a in named if a))[:1]


def _owners_before(scene: Scene, noun: "Token", lemma: str) -> tuple[str, ...]:
    """Whose "the release" is: that of the last release with an owner, or of who issued it."""
    if not any(c.lower_ in ("the", "that", "this") for c in noun.children):
        return ()
    for token in _before(scene.documents.get(lemma, []), noun)[-6:][::-1]:
        owners = _owners(scene, token) or _issuer(scene, token)
        if owners:
            return owners
    return _plaintiff(scene, noun) if lemma in _SUITS else ()


def _said_before(scene: Scene, noun: "Token", writer: str) -> tuple[str, ...]:
    """Those of that name ("prosecution", "prosecutors") who stand in the text before a writing."""
    for token in _before(scene.nouns.get(writer[:STEM], []), noun)[::-1]:
        found = scene.entities.actors_of(token)
        if found:
            return found
    return ()


def _before(tokens: "Sequence[Token]", noun: "Token") -> "Sequence[Token]":
    """The last of some tokens in text order that stand before a noun."""
    end = bisect_left(tokens, noun.i, key=lambda t: t.i)
    return tokens[max(0, end - _MOST) : end]


def _issuer(scene: Scene, noun: "Token") -> tuple[str, ...]:
    """Who "filed a lawsuit", "published a report"."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.lemma_.lower() not in _ISSUING:
        return ()
    subject = subject_of(verb)
    return scene.entities.actors_of(subject) if subject is not None else ()


def _plaintiff(scene: Scene, noun: "Token") -> tuple[str, ...]:
    """Who sues, said last before "the lawsuit"."""
    for token in _before(scene.suing, noun)[::-1]:
        if not is_passive(token):
            subject = subject_of(token)
            return scene.entities.actors_of(subject) if subject is not None else ()
    return ()


def _writer(scene: Scene, noun: "Token") -> tuple[str, ...]:
    """Whoever acts in the clause that brings a document in: "she resigned in a letter saying"."""
    verb = noun.head
    for _ in range(3):
        if verb.pos_ == "VERB" or verb.head == verb:
            break
        verb = verb.head
    if verb.pos_ != "VERB" or is_passive(verb):
        return ()
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c != noun), None)
    return scene.entities.actors_of(subject) if subject is not None else ()


def agent_of(verb: "Token") -> "Token | None":
    """Return the noun after "by" of a passive verb."""
    for child in verb.children:
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _by(verb: "Token") -> "Token | None":
    """The noun after "by" of a verb that is not passive: "was quoted as saying by"."""
    prep = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "by"), None)
    return next((c for c in prep.children if c.dep_ == "pobj"), None) if prep else None


def _cited(verb: "Token") -> "tuple[Token, Token | None] | None":
    """Speaker and citing actor in "A cited B as saying" and "B was quoted by A as saying"."""
    if verb.dep_ != "pcomp" or verb.head.lower_ != "as":
        return None
    citing = verb.head.head
    if citing.lemma_.lower() not in ("cite", "quote"):
        return None
    if is_passive(citing):
        subject = subject_of(citing)
        by = agent_of(citing) or agent_of(verb) or _by(verb)
        return (subject, by) if subject is not None else None
    noun = next((c for c in citing.children if c.dep_ == "dobj"), None)
    return (noun, subject_of(citing)) if noun is not None else None


def name_addressee(scene: Scene, noun: "Token | None") -> str | None:
    """Return the id of the person spoken to, or the words where it is no actor."""
    if noun is None or noun.lower_ in ("it", "that", "which", "what"):
        return None
    actors = scene.entities.actors_of(noun)
    if actors:
        return actors[0]
    start, end = subject_range(noun)
    return scene.text[start:end]
