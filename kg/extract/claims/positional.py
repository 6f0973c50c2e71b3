"""Reports told by the order of their words, where the parse does not show them.

"H, the minister said." with a verb of H read as a participle · "As X put it, H" · "H, as X put it."

What it gets wrong: sentences that end in a list of names and "said" with another sense.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kg.extract.claims.draft import Content, Draft
from kg.extract.claims.lexicon import Reading, load_lexicon
from kg.extract.claims.reports import content_ranges, make_draft
from kg.extract.claims.scene import Scene
from kg.extract.claims.syntax import subject_range
from kg.extract.claims.voices import speak, unknown_actor

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_TOLD = ("VBD", "VBZ", "VBP", "VBN")
_VERBAL = ("VERB", "AUX")
_NOMINAL = ("NOUN", "PROPN", "PRON")
_FINE_AFTER = ("ADV", "ADP", "DET", "NUM", "ADJ", "PROPN", "NOUN", "PUNCT", "PART", "SPACE")
_PUT = ("it", "this", "so")
_MOST_SUBJECT = 14
_MOST_AFTER = 8
_CONFIDENCE = 0.6
Found = tuple["Token", "Token", Content]  # reporting word, who speaks, content


def find_positional(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Return drafts for sentences whose order of words lays them on somebody, in text order.

    Args:
        scene: the article.
        drafts: what the parse showed; no verb makes two claims.
    """
    known = {d.cue[0] for d in drafts if d.cue}
    made: list[Draft] = []
    for sentence in scene.parsed.sentences:
        tokens = [t for t in sentence if t.i not in scene.spoken]
        for cue, speaker, content in (*_as_put(tokens), *_at_the_end(tokens, sentence)):
            if cue.idx not in known:
                made.extend(_draft(scene, cue, speaker, content))
                known.add(cue.idx)
    return made


def _draft(scene: Scene, cue: "Token", speaker: "Token", content: Content) -> Iterable[Draft]:
    parts = content_ranges(scene, content)
    speakers = speak(scene, speaker)
    if not speakers and speaker.pos_ in ("PROPN", "PRON"):
        speakers = unknown_actor(scene, speaker)
    if not parts or not speakers:
        return
    frames = load_lexicon().verbs.get(cue.lemma_.lower(), {})
    draft = make_draft(scene, cue, frames.get("clause", Reading()), content, parts)
    draft.speakers, draft.source, draft.confidence = speakers, subject_range(speaker), _CONFIDENCE
    yield draft


def _as_put(tokens: "Sequence[Token]") -> Iterator[Found]:
    """Such as "As X put it, H", "As X said, H", "H, as X put it."."""
    for at, token in enumerate(tokens):
        opens = at == 0 or tokens[at - 1].text in (",", "—", "–")
        if token.lower_ != "as" or not opens:
            continue
        cue = next((t for t in tokens[at + 2 : at + _MOST_SUBJECT] if t.pos_ == "VERB"), None)
        if cue is None or not _puts(cue):
            continue
        noun = _last_noun(t for t in tokens if token.i < t.i < cue.i)
        close = next((t.i for t in tokens if t.i > cue.i and t.text in (",", ".", "—", "–")), None)
        if (
            noun is None
            or close is None
            or any(t.pos_ in _VERBAL for t in noun.doc[cue.i + 1 : close])
        ):
            continue
        first, last = tokens[0].i, tokens[-1].i + 1
        pieces = [(first, token.i)] if at else []
        pieces += [(close + 1, last)] if close + 1 < last else []
        if pieces:
            yield cue, noun, Content(pieces, _main_verb(token.doc[pieces[0][0] : pieces[0][1]]))


def _puts(cue: "Token") -> bool:
    """Whether a verb reports after "as": "put it", "said", "noted", not "as he told her that"."""
    following = cue.nbor(1).lower_ if cue.i + 1 < len(cue.doc) else ""
    if cue.lower_ in ("put", "puts"):
        return following in _PUT
    return (
        cue.tag_ in _TOLD
        and _reports(cue)
        and not any(c.dep_ in ("dobj", "ccomp", "xcomp") for c in cue.children if c.i > cue.i)
    )


def _reports(cue: "Token") -> bool:
    reading = load_lexicon().verbs.get(cue.lemma_.lower(), {}).get("clause")
    return reading is not None and not reading.weak


def _at_the_end(tokens: "Sequence[Token]", sentence: "TokenSpan") -> Iterator[Found]:
    """Such as "H, the minister said on Monday." where the parser found no clause in H."""
    commas = [n for n, t in enumerate(tokens) if t.text == ","]
    if not commas or len(tokens) != len(sentence) or tokens[-1].text not in (".", "!", "?"):
        return
    for comma in reversed(commas[-3:]):
        tail = tokens[comma + 1 :]
        cue = next((t for t in tail if t.pos_ in _VERBAL), None)
        if cue is None:
            continue
        noun = _last_noun(t for t in tail if t.i < cue.i)
        after = [t for t in tail if t.i > cue.i]
        if noun is None or noun.i - tail[0].i > _MOST_SUBJECT or not _ends(cue, after):
            return
        head = _main_verb(sentence.doc[sentence.start : tokens[comma].i])
        if head is not None and _opens_noun_phrase(tokens[0]):
            yield cue, noun, Content([(sentence.start, tokens[comma].i)], head)
        return


def _ends(cue: "Token", after: "Sequence[Token]") -> bool:
    """Whether nothing but when, where and to whom follows a reporting verb."""
    if cue.tag_ not in _TOLD or not _reports(cue) or len(after) > _MOST_AFTER:
        return False
    return all(t.pos_ in _FINE_AFTER for t in after) and not any(
        c.dep_ in ("dobj", "ccomp", "xcomp", "neg") for c in cue.children if c.i > cue.i
    )


def _opens_noun_phrase(token: "Token") -> bool:
    return token.pos_ in (*_NOMINAL, "DET", "NUM", "ADJ")


def _last_noun(tokens: "Iterable[Token]") -> "Token | None":
    """The head of the noun phrase that the tokens hold: the noun before "of", "for", a comma."""
    best = None
    for token in tokens:
        if token.pos_ == "ADP" and best is not None:
            return best
        if token.pos_ in _NOMINAL:
            best = token
    return best


def _main_verb(tokens: "TokenSpan") -> "Token | None":
    verbs = [t for t in tokens if t.tag_ in (*_TOLD, "MD")]
    finite = [t for t in verbs if t.tag_ != "VBN"]
    return next(iter(finite or verbs), None)
