"""Claims without a parse: quotations with a verb of saying beside them, and attributed sentences.

Cautious: a speaker is a named actor or a pronoun that goes on from one; where neither is found the
claim has an unnamed source, so that nothing attributed is taken for the article's own words.

What it gets wrong: speakers that are no names ("the police said"), long clauses between the
speaker and the verb, and the end of an indirect clause, which is taken to be that of the sentence.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from kg.extract.claims.draft import Draft
from kg.extract.claims.lexicon import Reading, load_lexicon
from kg.extract.claims.quotes import Quote, ends_sentence
from kg.extract.claims.scene import Scene
from kg.extract.claims.syntax import trim_range
from kg.extract.claims.voices import UNNAMED

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRONOUNS = ("he", "she", "they")
_SKIPPED = ("that", ",", ":")


def find_surface(scene: Scene) -> list[Draft]:
    """Return drafts for direct quotations and attributed sentences, in text order."""
    found: list[Draft] = []
    previous: Quote | None = None
    for quote in scene.utterances:
        if previous is not None and _continues(previous, quote, found):
            found[-1].parts.extend(quote.ranges)
            continue
        draft = _direct(scene, quote, found)
        previous = quote if draft is not None else None
        if draft is not None:
            found.append(draft)
    direct = list(found)
    for sentence in scene.parsed.sentences:
        tokens = [t for t in sentence if not t.is_space and t.i not in scene.spoken]
        draft = _indirect(scene, tokens, direct)
        if draft is not None:
            found.append(draft)
    return found


def _continues(previous: Quote, quote: Quote, found: Sequence[Draft]) -> bool:
    """Whether a quotation goes on after "…," X said."""
    cue = found[-1].cue if found else None
    return (
        previous.last == quote.paragraph
        and cue is not None
        and (previous.end <= cue[0] < quote.start)
    )


def _direct(scene: Scene, quote: Quote, found: Sequence[Draft]) -> Draft | None:
    zone_end = scene.paragraphs[quote.last].end
    zone_start = scene.paragraphs[quote.paragraph].start
    after = _clause(scene.tokens(quote.end, zone_end))
    before = _clause(_backwards(scene, zone_start, quote.start))[::-1]
    for words in (after, before):
        cue = _cue(scene, words, "quote")
        if cue is None:
            continue
        named = _actor(scene, words, cue)
        return Draft(
            kind="direct",
            parts=list(quote.ranges),
            speakers=named or _last_speaker(found, words) or (scene.entities.source(UNNAMED),),
            cue=(cue.idx, cue.idx + len(cue.text)),
            act=_reading(scene, cue, "quote").act,
            confidence=0.6 if named else 0.4,
        )
    if found and ends_sentence(scene.text, zone_start, quote.start):
        return _carry_on(quote, found[-1])
    return None


def _backwards(scene: Scene, start: int, end: int) -> "Iterator[Token]":
    """The tokens of a range from its end to its start."""
    for index in range(scene.token_at(end), -1, -1):
        token = scene.doc[index]
        if token.idx < start:
            return
        if token.idx < end and not token.is_space:
            yield token


def _clause(tokens: "Iterable[Token]") -> "list[Token]":
    """The tokens up to the end of a sentence or the next quotation mark."""
    found: list[Token] = []
    for token in islice(tokens, 30):
        if token.is_quote or (token.text in (".", "?", "!") and found):
            break
        found.append(token)
    return found


def _cue(scene: Scene, tokens: "Sequence[Token]", frame: str) -> "Token | None":
    verbs = load_lexicon().verbs
    for token in tokens:
        if token.is_lower and frame in verbs.get(scene.lemma(token), {}):
            return token
    return None


def _reading(scene: Scene, cue: "Token", frame: str) -> Reading:
    return load_lexicon().verbs[scene.lemma(cue)][frame]


def _actor(scene: Scene, tokens: "Sequence[Token]", cue: "Token") -> tuple[str, ...]:
    """The named actor nearest to the cue, before it first."""
    before = [t for t in tokens if t.i < cue.i]
    after = [t for t in tokens if t.i > cue.i]
    for token in (*reversed(before), *after):
        actor = scene.entities.actor_at(token)
        if actor is not None:
            return (actor,)
    return ()


def _last_speaker(found: Sequence[Draft], tokens: "Sequence[Token]") -> tuple[str, ...]:
    if found and any(t.lower_ in _PRONOUNS for t in tokens):
        return found[-1].speakers
    return ()


def _carry_on(quote: Quote, last: Draft) -> Draft:
    return Draft(
        kind="direct",
        parts=list(quote.ranges),
        speakers=last.speakers,
        cue=last.cue,
        confidence=0.4,
    )


def _indirect(scene: Scene, tokens: "list[Token]", direct: Sequence[Draft]) -> Draft | None:
    """The whole sentence but its attribution."""
    if len(tokens) < 5:
        return None
    cue, reading = _cue(scene, tokens, "clause"), None
    if cue is not None:
        reading = _reading(scene, cue, "clause")
        if any(d.cue and d.cue[0] == cue.idx for d in direct) or (reading.weak):
            return None
        content = _content(tokens, cue)
    else:
        cue = next((t for t in tokens if t.lower_ == "according"), None)
        if cue is None:
            return None
        content = _rest(tokens, cue)
    if len(content) < 3:
        return None
    where = trim_range(scene.text, content[0].idx, content[-1].idx + len(content[-1].text))
    if where is None:
        return None
    rest = [t for t in tokens if not where[0] <= t.idx < where[1]]
    fragments = scene.fragments_in(*where)
    return Draft(
        kind="mixed" if fragments else "indirect",
        parts=[where],
        speakers=_actor(scene, rest, cue) or (scene.entities.source(UNNAMED),),
        cue=(cue.idx, cue.idx + len(cue.text)),
        act=reading.act if reading else None,
        polarity=reading.polarity if reading else "asserted",
        stance="denied" if reading and reading.polarity == "denied" else "claimed",
        fragments=fragments,
        confidence=0.4,
    )


def _content(tokens: "list[Token]", cue: "Token") -> "list[Token]":
    """What follows the verb; what goes before it where nothing much follows."""
    position = next(n for n, t in enumerate(tokens) if t.i == cue.i)
    after = tokens[position + 1 :]
    while after and after[0].lower_ in _SKIPPED:
        after = after[1:]
    if len(after) > 4:
        return after
    commas = [n for n, t in enumerate(tokens[:position]) if t.text == ","]
    return tokens[: commas[-1]] if commas else []


def _rest(tokens: "list[Token]", cue: "Token") -> "list[Token]":
    """The sentence without "according to X"."""
    position = next(n for n, t in enumerate(tokens) if t.i == cue.i)
    if position > 2:
        return tokens[:position]
    commas = [n for n, t in enumerate(tokens) if t.text == "," and n > position]
    return tokens[commas[0] + 1 :] if commas else []
