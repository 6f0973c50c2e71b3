"""Who says what in a French article: quotations, "que" clauses, "selon".

What it gets wrong: quotations whose speaker stands in another paragraph are left out, and so is all
speech without a word that introduces it.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.extract.claims.quotes import Quote, find_quotes
from kg.extract.languages.french.cast import Cast
from kg.extract.languages.french.words import Words, load_words
from kg.extract.parse import Parsed
from kg.iris import claim_id
from kg.model import Claim, ClaimKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH = 14  # tokens between a quotation and the verb that introduces it
_LONGEST = 80  # tokens of a sentence, each way
_UTTERANCE = 4  # words; shorter quotations are quoted phrases
_QUE = ("que", "qu'")
_EDGES = " \t\n,;:"


def find_speech(parsed: Parsed, cast: Cast) -> list[Claim]:
    """Return the claims of a French article, in order of the text, each with its speaker."""
    words = load_words()
    zones = [z for z in parsed.document.zones if z.kind == "body"]
    quotes = [q for q in find_quotes(parsed.document.text, zones) if _is_utterance(parsed, q)]
    drafts: dict[str, Claim] = {}
    for claim in _in_order(parsed, cast, words, quotes):
        drafts.setdefault(claim.id, claim)
    return sorted(drafts.values(), key=lambda c: (c.parts[0].start, c.id))


def _in_order(parsed: Parsed, cast: Cast, words: Words, quotes: Sequence[Quote]) -> Iterator[Claim]:
    """Yield claims sentence by sentence, so that a pronoun is the person named last before it."""
    waiting = list(quotes)
    for sentence in parsed.sentences:
        while waiting and waiting[0].end <= sentence.end_char:
            yield from _direct(parsed, cast, words, waiting.pop(0))
        for token in sentence:
            if _reports(token, words):
                yield from _indirect(parsed, cast, words, token)
            elif _names_source(token, words):
                yield from _sourced(parsed, cast, token)
    for quote in waiting:
        yield from _direct(parsed, cast, words, quote)


def _is_utterance(parsed: Parsed, quote: Quote) -> bool:
    said = parsed.document.text[quote.start : quote.end]
    return quote.closed and len(said.split()) >= _UTTERANCE


def _reports(token: "Token", words: Words) -> bool:
    return token.pos_ in ("VERB", "AUX") and token.lemma_.lower() in words.reporting


def _names_source(token: "Token", words: Words) -> bool:
    before = token.nbor(-1).lower_ if token.i else ""
    return token.lower_ in words.one_word or (before, token.lower_) in words.two_words


def _direct(parsed: Parsed, cast: Cast, words: Words, quote: Quote) -> Iterator[Claim]:
    """Yield the claim of a quotation whose reporting verb stands right after or before it."""
    cue = _verb_beside(parsed, words, quote)
    subject = _subject(cue) if cue is not None else None
    speaker = cast.speaker(subject) if subject is not None else None
    if cue is not None and subject is not None and speaker is not None:
        parts = [parsed.span(a, b) for a, b in quote.ranges]
        yield _claim(parsed, parts, speaker, "direct", (cue, subject))


def _verb_beside(parsed: Parsed, words: Words, quote: Quote) -> "Token | None":
    after = parsed.doc.char_span(quote.end, quote.end + 1, alignment_mode="expand")
    start = after[0].i if after is not None else len(parsed.doc)
    for token in parsed.doc[start : start + _REACH]:
        if token.is_space or token.text in (".", '"'):
            break
        if _reports(token, words):
            return token
    before = parsed.doc.char_span(quote.start, quote.start + 1, alignment_mode="expand")
    end = before[0].i if before is not None else 0
    for token in reversed(parsed.doc[max(0, end - _REACH) : end]):
        if token.is_space or token.text in (".", '"'):
            break
        if _reports(token, words):
            return token
    return None


def _subject(verb: "Token") -> "Token | None":
    """Return who a verb's subject is; "a-t-il dit" has it behind the auxiliary."""
    return next((c for c in verb.children if c.dep_ in ("nsubj", "expl:subj")), None)


def _indirect(parsed: Parsed, cast: Cast, words: Words, verb: "Token") -> Iterator[Claim]:
    """Yield the claim of "X affirme que S" and "X dément avoir …"."""
    denies = verb.lemma_.lower() in words.denying
    content = next((c for c in verb.children if c.dep_ == "ccomp" and _has_que(c)), None)
    if content is None and denies:
        content = next((c for c in verb.children if c.dep_ in ("xcomp", "obj")), None)
    subject = _subject(verb)
    speaker = cast.speaker(subject) if subject is not None and content is not None else None
    if content is None or subject is None or speaker is None:
        return
    inside = [t for t in content.subtree if t.lower_ not in _QUE or t.head.i != content.i]
    span = _trimmed(parsed, inside[0].idx, inside[-1].idx + len(inside[-1].text))
    if span is not None and not (span.start <= verb.idx < span.end):
        yield _claim(parsed, [span], speaker, "indirect", (verb, subject), denies=denies)


def _has_que(clause: "Token") -> bool:
    return any(c.dep_ == "mark" and c.lower_ in _QUE for c in clause.children)


def _sourced(parsed: Parsed, cast: Cast, preposition: "Token") -> Iterator[Claim]:
    """Yield the claim of "Selon X, S" and "S, selon X": the sentence without its source."""
    first, last = _stretch(preposition)
    phrase = _phrase_after(preposition)
    noun, speaker = None, None
    for token in phrase:
        speaker = cast.speaker(token)
        if speaker is not None:
            noun = token
            break
    if noun is None or speaker is None or cast.stance(speaker) == "independent":
        return
    opens = preposition.i - first.i < 2
    end = phrase[-1].idx + len(phrase[-1].text)
    around = (end, last.idx) if opens else (first.idx, preposition.idx)
    content = _trimmed(parsed, *around)
    if content is not None and len(content.text.split()) > 2:
        yield _claim(parsed, [content], speaker, "indirect", (preposition, noun))


def _stretch(token: "Token") -> "tuple[Token, Token]":
    """Return the first word of a sentence and the mark that ends it; the parser cuts at commas."""
    doc, first, last = token.doc, token, token
    while first.i and token.i - first.i < _LONGEST and not _ends(doc[first.i - 1]):
        first = doc[first.i - 1]
    while last.i + 1 < len(doc) and last.i - token.i < _LONGEST and not _ends(last):
        last = doc[last.i + 1]
    return first, last


def _ends(token: "Token") -> bool:
    return token.text in (".", "!", "?") or (token.is_space and "\n" in token.text)


def _phrase_after(preposition: "Token") -> "list[Token]":
    """Return the words from a preposition to the next comma or the end of the sentence."""
    found = []
    for token in preposition.doc[preposition.i + 1 : preposition.i + 1 + _REACH]:
        if token.text in (",", ".", ";", ":", '"') or token.is_space:
            break
        found.append(token)
    return found


def _trimmed(parsed: Parsed, start: int, end: int) -> Span | None:
    text = parsed.document.text
    while start < end and (text[start] in _EDGES or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in _EDGES + "." or text[end - 1].isspace()):
        end -= 1
    return parsed.span(start, end) if end > start else None


def _claim(
    parsed: Parsed,
    parts: list[Span],
    speaker: str,
    kind: ClaimKind,
    words: tuple["Token", "Token"],
    *,
    denies: bool = False,
) -> Claim:
    cue, subject = words
    act = load_words().acts.get(cue.lemma_.lower())
    return Claim(
        id=claim_id(parts[0].start, parts[-1].end),
        kind=kind,
        parts=tuple(parts),
        text=" ".join(p.text for p in parts),
        speakers=(speaker,),
        source=parsed.token_span(subject),
        cue=parsed.token_span(cue),
        speech_act=act,
        polarity="denied" if denies else "asserted",
        stance="denied" if denies else "claimed",
        confidence=0.7,
    )
