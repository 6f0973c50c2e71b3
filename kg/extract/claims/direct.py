"""Direct speech: which words tie a quotation to its speaker.

A quotation's attribution stands in the narrative of its paragraph: after it ("…," X said), before
it (X said: "…"), or between its parts. Without one, the speaker of the words before goes on.

What it gets wrong: two speakers in one paragraph where only one is named; quotations whose speaker
is named only in the sentence after next.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.claims.clauses import addressee_of
from kg.extract.claims.draft import Draft, Range
from kg.extract.claims.lexicon import Reading, load_lexicon
from kg.extract.claims.quotes import Quote, ends_sentence
from kg.extract.claims.scene import Scene
from kg.extract.claims.signed import read_turns, signature_of
from kg.extract.claims.syntax import is_negated, verb_key
from kg.extract.claims.voices import name_addressee, speakers_of, unknown_actor, unknown_speaker

if TYPE_CHECKING:
    from spacy.tokens import Token

_SURE = ("said", "says", "added", "adds", "told", "wrote", "writes", "asked", "tweeted")
_NEAR = 30  # drafts before a quotation whose speaker may go on
_NOUNS = ("NOUN", "PROPN", "PRON")


@dataclass(slots=True)
class Attribution:
    """A reporting verb beside a quotation, with the noun that speaks."""

    cue: "Token"
    subject: "Token | None"


def find_direct(scene: Scene, reports: Sequence[Draft]) -> list[Draft]:
    """Return a draft for each quotation with a speaker, in text order.

    Args:
        scene: the article.
        reports: indirect drafts, for the speaker who goes on in direct speech.
    """
    reports = sorted(reports, key=lambda d: d.hull[0])
    found: list[Draft] = []
    open_draft: Draft | None = None  # takes the next quotation of its paragraph as a further part
    previous: Quote | None = None
    waiting: list[Quote] = []  # paragraphs of a quotation whose speaker comes at its end
    following = _following(scene.utterances)
    for quote, after in zip(scene.utterances, following, strict=True):
        before = _gap_before(scene, quote, previous)
        own = _attribute(scene, quote, before, _gap_after(scene, quote, after))
        joined = _joins(scene, open_draft, previous, quote, own)
        previous = quote
        if joined and open_draft is not None:
            open_draft.parts.extend(quote.ranges)
            continue
        if own is None and not quote.closed and _opens_next(scene, quote, after):
            waiting.append(quote)
            continue
        if own is None:
            found.extend(_all_going_on(scene, waiting, found, reports))
            waiting = []
        draft = _make(scene, quote, own) if own else _go_on(scene, quote, before, found, reports)
        found.extend(_spoken_before(waiting, draft))
        waiting = []
        open_draft = draft
        if draft is not None:
            found.append(draft)
    return [*found, *read_turns(scene)]


def _opens_next(scene: Scene, quote: Quote, after: Quote | None) -> bool:
    """Whether the next paragraph goes on with an opening mark."""
    if after is None or after.paragraph != quote.last + 1:
        return False
    start = scene.paragraphs[after.paragraph].start
    return not any(c.isalpha() for c in scene.text[start : after.start])


def _all_going_on(
    scene: Scene, waiting: Sequence[Quote], found: Sequence[Draft], reports: Sequence[Draft]
) -> list[Draft]:
    """Drafts for quotations whose speaker does not come at their end after all."""
    made: list[Draft] = []
    for quote in waiting:
        before = (scene.paragraphs[quote.paragraph].start, quote.start)
        draft = _go_on(scene, quote, before, [*found[-_NEAR:], *made], reports)
        made.extend([draft] if draft is not None else [])
    return made


def _spoken_before(waiting: Sequence[Quote], draft: Draft | None) -> list[Draft]:
    """Drafts for the paragraphs of a quotation before the one that names its speaker."""
    if draft is None:
        return []
    return [
        replace(draft, parts=list(quote.ranges), via=list(draft.via), confidence=0.7)
        for quote in waiting
    ]


def _following(quotes: Sequence[Quote]) -> list[Quote | None]:
    return [*quotes[1:], None][: len(quotes)]


def _gap_before(scene: Scene, quote: Quote, previous: Quote | None) -> Range:
    start = scene.paragraphs[quote.paragraph].start
    if previous is not None and previous.last == quote.paragraph:
        start = max(start, previous.end)
    return start, quote.start


def _gap_after(scene: Scene, quote: Quote, after: Quote | None) -> Range:
    end = scene.paragraphs[quote.last].end
    if after is not None and after.paragraph == quote.last:
        end = min(end, after.start)
    return quote.end, end


def _attribute(scene: Scene, quote: Quote, before: Range, after: Range) -> Attribution | None:
    following = _after_quote(scene, quote, after)
    if following is not None and not _is_sentence(scene, quote):
        return following
    leading = _before_quote(scene, before) or _above(scene, quote)
    return leading or following or _signed(scene, quote, after)


def _signed(scene: Scene, quote: Quote, after: Range) -> Attribution | None:
    """The name behind a dash after the quotation."""
    found = signature_of(scene, quote, after)
    return Attribution(*found) if found is not None else None


def _above(scene: Scene, quote: Quote) -> Attribution | None:
    """The speaker that the paragraph before names and ends with a colon."""
    zone = scene.paragraphs[quote.paragraph]
    if quote.paragraph == 0 or scene.text[zone.start : quote.start].strip():
        return None
    above = scene.paragraphs[quote.paragraph - 1]
    if not scene.text[above.start : above.end].rstrip().endswith(":"):
        return None
    return _before_quote(scene, (above.start, above.end))


def _is_sentence(scene: Scene, quote: Quote) -> bool:
    """Whether the quotation ends with a full stop, so that what follows starts a new sentence."""
    return scene.text[quote.ranges[-1][1] - 1] == "."


def _after_quote(scene: Scene, quote: Quote, gap: Range) -> Attribution | None:
    """`…," X said` or `…," said X`, within the first sentence of the narrative after it."""
    tokens = _first_sentence(scene, gap)
    if not tokens or (_is_sentence(scene, quote) and tokens[0].is_title):
        return None
    for token in tokens[:40]:
        if not _is_cue(token):
            continue
        if any(c.lower_ in ("who", "which", "that") for c in token.children):
            continue
        subject = _subject_after(tokens, token)
        if subject is not None:
            return Attribution(token, subject)
    return None


def _first_sentence(scene: Scene, gap: Range) -> "list[Token]":
    found: list[Token] = []
    for token in scene.tokens(*gap):
        found.append(token)
        if token.text in (".", "?", "!", ";") and token.pos_ in ("PUNCT", ""):
            break
    return found


def _is_cue(token: "Token") -> bool:
    if not token.is_lower or not (token.pos_ in ("VERB", "AUX") or token.text in _SURE):
        return False
    verbs = load_lexicon().verbs
    lemma = token.lemma_.lower()
    frames = verbs.get(verb_key(token)) or verbs.get(lemma)
    if frames is None or "quote" not in frames or is_negated(token):
        return False
    return token.text in (*_SURE, "read") or token.tag_ in ("VBD", "VBZ", "VBP", "VBN", "VBG")


def _subject_after(tokens: "list[Token]", cue: "Token") -> "Token | None":
    """The noun that speaks in a frame after a quotation."""
    inside = {t.i for t in tokens}
    for child in cue.children:
        if child.dep_ in ("nsubj", "nsubjpass") and child.i in inside:
            return child
    position = next(n for n, t in enumerate(tokens) if t.i == cue.i)
    lead = [t for t in tokens[:position] if t.pos_ in _NOUNS]
    if lead:
        return _chunk_head(lead[0])
    trail = [t for t in tokens[position + 1 : position + 8] if t.pos_ in _NOUNS]
    return _chunk_head(trail[0]) if trail else None


def _chunk_head(noun: "Token") -> "Token":
    """The head of the noun phrase that starts at a noun ("NATO spokeswoman Oana Lungescu")."""
    head = noun
    while head.dep_ in ("compound", "poss", "nmod", "amod", "det") and head.head.i > head.i:
        head = head.head
    return head


def _before_quote(scene: Scene, gap: Range) -> Attribution | None:
    """`X said: "…` or `X said in a statement, "…`, in the last sentence of the narrative before."""
    tokens = _last_sentence(scene, gap)
    if not tokens:
        return None
    last = tokens[-1]
    if last.text in (".", "?", "!", ")"):
        return None
    cues = [t for t in tokens if _is_cue(t)]
    if not cues or (last.text not in (",", ":") and cues[-1].i < last.i - 3):
        return None
    cue = cues[-1]
    if last.text == "," and last.i - cue.i > 12:
        return None
    return Attribution(cue, None)


def _last_sentence(scene: Scene, gap: Range) -> "list[Token]":
    found: list[Token] = []
    for token in scene.tokens(*gap):
        if token.is_sent_start and token.i and found and found[-1].text in (".", "?", "!"):
            found = []
        found.append(token)
    return found


def _joins(
    scene: Scene,
    draft: Draft | None,
    previous: Quote | None,
    quote: Quote,
    own: Attribution | None,
) -> bool:
    """Whether a quotation is a further part of the one before it."""
    if draft is None or previous is None or previous.last != quote.paragraph:
        return False
    if own is not None:
        return draft.cue_at == own.cue.i
    gap = scene.text[previous.end : quote.start]
    after_cue = draft.cue is not None and draft.cue[0] >= previous.end - 1
    return (
        after_cue
        or not any(c.isalpha() for c in gap)
        or (draft.cue is not None and _one_sentence(gap))
    )


def _one_sentence(gap: str) -> bool:
    return gap.count(". ") == 0 and len(gap) < 200


def _make(scene: Scene, quote: Quote, own: Attribution) -> Draft | None:
    speakers, source, cited = speakers_of(scene, own.cue, subject=own.subject)
    speakers = speakers or unknown_speaker(scene, own.cue) or unknown_actor(scene, own.subject)
    if not speakers:
        return None
    verbs = load_lexicon().verbs
    frames = verbs.get(verb_key(own.cue)) or verbs.get(own.cue.lemma_.lower()) or {}
    reading = frames.get("quote", Reading())  # a dash before a name is no verb
    return Draft(
        kind="direct",
        parts=list(quote.ranges),
        speakers=speakers,
        source=source,
        cited_by=cited,
        cue=(own.cue.idx, own.cue.idx + len(own.cue.text)),
        cue_at=own.cue.i,
        act=reading.act,
        addressee=name_addressee(scene, addressee_of(own.cue)),
        confidence=0.9,
    )


def _go_on(
    scene: Scene,
    quote: Quote,
    before: Range,
    found: Sequence[Draft],
    reports: Sequence[Draft],
) -> Draft | None:
    """A quotation without attribution: whoever spoke last, here or just above, goes on."""
    if not ends_sentence(scene.text, *before):
        return None
    earliest = scene.paragraphs[max(0, quote.paragraph - 1)].start
    last = bisect_left(reports, quote.end, key=lambda d: d.hull[0])
    near = (*found[-_NEAR:], *reports[max(0, last - _NEAR) : last])
    spoken = [d for d in near if earliest <= d.hull[0] and d.span[1] <= quote.start + 1]
    if not spoken:
        return None
    goes_on = max(spoken, key=lambda d: d.span[1])
    return Draft(
        kind="direct",
        parts=list(quote.ranges),
        speakers=goes_on.speakers,
        cited_by=goes_on.cited_by,
        addressee=goes_on.addressee,
        source=goes_on.source,
        cue=goes_on.cue,
        confidence=0.6,
    )
