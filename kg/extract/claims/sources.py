"""Claims without a reporting verb: "according to X", "X's claim that …", "reportedly".

What it gets wrong: "according to" in the middle of a sentence with several clauses takes the
smallest clause around it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extract.claims.draft import Content, Draft, Range
from kg.extract.claims.lexicon import Reading, load_lexicon
from kg.extract.claims.nouns import is_rejected, noun_contents, owner_of
from kg.extract.claims.reports import content_ranges, make_draft
from kg.extract.claims.scene import Credit, Scene
from kg.extract.claims.syntax import subject_range
from kg.extract.claims.voices import UNNAMED, speak, unknown_actor

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERB = ("VERB", "AUX")


def find_sourced(scene: Scene, reports: Sequence[Draft]) -> list[Draft]:
    """Return drafts for sources that no verb introduces, in text order.

    Args:
        scene: the article.
        reports: drafts of reporting verbs; an adverb inside one adds nothing.
    """
    lexicon = load_lexicon()
    reporting = {d.cue[0] for d in reports if d.cue}
    found: list[Draft] = []
    for token in scene.doc:
        if token.i in scene.spoken:
            continue
        word = token.lower_
        draft = None
        if word == "according":
            draft = _according(scene, token)
        elif word in lexicon.hearsay:
            draft = _hearsay(scene, token, lexicon.hearsay[word], reporting)
        elif token.pos_ == "NOUN" and token.lemma_.lower() in lexicon.nouns:
            draft = _noun(scene, token)
        if draft is not None:
            found.append(draft)
    return found


def _according(scene: Scene, token: "Token") -> Draft | None:
    """Such as "According to X, S", "S, according to X", "S, according to X, S"."""
    source = _source_noun(token)
    if source is None:
        return None
    content = _around(token, source)
    parts = content_ranges(scene, content)
    speakers = speak(scene, source) or unknown_actor(scene, source)
    if speakers and (not parts or _holds_utterance(scene, parts)):
        scene.credits.append(Credit(speakers, token.idx))
        return None
    if not parts or not speakers:
        return None
    draft = make_draft(scene, token, Reading(), content, parts)
    draft.cue = (token.idx, token.nbor(1).idx + len(token.nbor(1).text))
    draft.speakers, draft.source = speakers, subject_range(source)
    return draft


def _holds_utterance(scene: Scene, parts: Sequence[Range]) -> bool:
    """Whether somebody's direct speech lies in a content: then its source only carries that."""
    return any(scene.holds_utterance(*part) for part in parts)


def _source_noun(token: "Token") -> "Token | None":
    if token.i + 1 >= len(token.doc) or token.nbor(1).lower_ != "to":
        return None
    return next((c for c in token.nbor(1).children if c.dep_ == "pobj"), None)


def _around(token: "Token", source: "Token") -> Content:
    """The clause around "according to X", without it."""
    sentence, doc = token.sent, token.doc
    after = _phrase_end(source)
    head = _clause_head(token)
    rest = [t for t in doc[after : sentence.end] if t.is_alpha]
    if not any(t.is_alpha for t in doc[sentence.start : token.i]):
        return Content([(after, sentence.end)], head)
    if not rest:
        return Content([(_clause_start(token, head), token.i)], head)
    if head is not None and head.i > after and head.dep_ == "relcl":
        return Content([(after, head.right_edge.i + 1)], head)
    first, last = _bounds(sentence.start, sentence.end, head)
    return Content([(min(first, token.i), token.i), (after, max(last, after))], head)


def _bounds(start: int, end: int, head: "Token | None") -> tuple[int, int]:
    return (head.left_edge.i, head.right_edge.i + 1) if head is not None else (start, end)


def _clause_start(token: "Token", head: "Token | None") -> int:
    """Where the content of a final "according to X" starts: the sentence, or a late participle."""
    start: int = token.sent.start
    if head is None or head.left_edge.i <= start:
        return start
    if head.dep_ == "relcl":
        return int(head.left_edge.i) + 1
    if head.dep_ == "advcl" and head.tag_ == "VBG" and head.nbor(-1).text == ",":
        return int(head.i)
    return start


def _clause_head(token: "Token") -> "Token | None":
    head = token.head
    for _ in range(6):
        if head.pos_ in _VERB or head.head == head:
            break
        head = head.head
    return head if head.pos_ in _VERB else None


def _phrase_end(source: "Token") -> int:
    """The index after the source's noun phrase: its subtree, or up to a comma that closes it."""
    doc, sentence = source.doc, source.sent
    end = min(source.right_edge.i + 1, sentence.end)
    for index in range(source.i + 1, end):
        if doc[index].text == "," and doc[index + 1 : sentence.end].text.strip():
            following = doc[index + 1]
            if following.dep_ != "appos" and following.head.dep_ != "appos":
                return index
    return int(end)


def _hearsay(scene: Scene, token: "Token", name: str, reporting: set[int]) -> Draft | None:
    """Such as "X reportedly fled": the clause is a claim of a source without a name."""
    head = token.head
    if head.pos_ not in _VERB or (head.tag_ in ("VBG", "VBN") and head.dep_ == "amod"):
        return None
    if head.idx in reporting:
        return None
    if "quote" in load_lexicon().verbs.get(head.lemma_.lower(), {}):
        return None
    first, last = head.left_edge.i, head.right_edge.i + 1
    pieces = [(first, token.i), (token.i + 1, last)] if first < token.i else [(token.i + 1, last)]
    content = Content(pieces, head)
    parts = content_ranges(scene, content)
    if not parts:
        return None
    draft = make_draft(scene, token, Reading(), content, parts)
    draft.speakers = (scene.entities.source(name),)
    draft.confidence = 0.5
    return draft


def _noun(scene: Scene, noun: "Token") -> Draft | None:
    """Such as "X's claim that S", "X made a request for N", "the allegation that S"."""
    frames = load_lexicon().nouns[noun.lemma_.lower()]
    if _is_told(noun):
        return None
    found = next(noun_contents(noun), None)
    if found is None or found[0] not in frames:
        return None
    frame, content = found
    owner, rejected = owner_of(noun), is_rejected(noun)
    if owner is None and (frame != "clause" or rejected):
        return None
    parts = content_ranges(scene, content)
    speakers: tuple[str, ...] = (scene.entities.source(UNNAMED),)
    if owner is not None:
        speakers = speak(scene, owner) or unknown_actor(scene, owner)
    if not parts or not speakers:
        return None
    draft = make_draft(scene, noun, frames[frame], content, parts)
    draft.speakers, draft.confidence = speakers, 0.6
    draft.source = subject_range(owner) if owner is not None else None
    draft.echo = rejected and frame != "clause"
    return draft


def _is_told(noun: "Token") -> bool:
    """Whether a verb tells what the noun would: "said in a statement"."""
    verbs = load_lexicon().verbs
    return noun.dep_ == "pobj" and "clause" in verbs.get(noun.head.head.lemma_.lower(), {})


def carriers_of(scene: Scene, span: Range) -> list[str]:
    """Return the outlets of "in remarks carried by X", "as quoted by X" in a range, in order."""
    found: list[str] = []
    for token in scene.tokens(*span):
        if token.lemma_.lower() not in load_lexicon().carried or token.i in scene.spoken:
            continue
        agent = next(
            (c for c in token.children if c.dep_ in ("agent", "prep") and c.lower_ == "by"), None
        )
        noun = (
            next((c for c in agent.children if c.dep_ == "pobj"), None)
            if agent is not None
            else None
        )
        if noun is not None:
            found.extend(a for a in scene.entities.speaker_of(noun) if a not in found)
    return found
