"""Words beside a clause that lay it on somebody without a verb of saying over it.

"As X put it, H" · "by X's account, H" · "if X is to be believed, H" · "H, it is rumoured" ·
"H – a claim that X rejected" · "the BBC, citing X, reported H" · "X recalled how H".

What it gets wrong: an "account" or "view" that is somebody's without being told by them.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.claims.lexicon import load_lexicon
from kg.extract.events.lexicon import load_cues
from kg.extract.events.lexicon import load_lexicon as load_triggers
from kg.extract.events.stretches import (
    BREAKS,
    FINITE,
    STOPS,
    TOLD,
    Attribution,
    opens,
    own_start,
    reports,
    speaker_before,
)

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token


_WINDOW = 40
_HOLDERS = frozenset({"in", "by", "on", "to"})
_COPULAS = frozenset({"is", "was", "has", "been", "were"})


def find_worded(sentence: "TokenSpan") -> Iterator[Attribution]:
    """Yield the stretches of a sentence that such words lay on somebody."""
    yield from _hearsay(sentence)
    readers = _readers()
    for token in sentence:
        read = readers.get(token.lower_)
        if read is not None:
            yield from read(token, sentence)


@lru_cache(maxsize=1)
def _readers() -> "dict[str, Callable[[Token, TokenSpan], Iterator[Attribution]]]":
    """Return what reads on from a word, by its form."""
    cues = load_cues()
    found: dict[str, Callable[[Token, TokenSpan], Iterator[Attribution]]] = {}
    found |= dict.fromkeys(cues["tellings"], _account)
    found |= dict.fromkeys(cues["reservations"], _reserved)
    found |= {w + end: _taken_up for w in cues["taken_up"] for end in ("", "s")}
    found |= dict.fromkeys(("as", "so", "what"), _as_told)
    found |= {"how": _recounted, "it": _passed_on, "citing": _cited, "which": _rebutted}
    return found


def _after(token: "Token", sentence: "TokenSpan") -> "TokenSpan":
    """Return the words after one, as far as its phrase can go."""
    return sentence.doc[token.i + 1 : min(sentence.end, token.i + _WINDOW)]


def _is_set_off(mark: "Token", sentence: "TokenSpan") -> bool:
    """Return whether "as" or "so" opens a phrase: ", as X put it", "(so X says)", "– or so X"."""
    before = sentence.doc[max(sentence.start, mark.i - 1)]
    if mark.lower_ == "as":
        return opens(mark, sentence) or before.text == "("
    if mark.lower_ == "what":
        return opens(before, sentence)
    return before.text == "(" or (before.lower_ == "or" and opens(before, sentence))


def _as_told(mark: "Token", sentence: "TokenSpan") -> Iterator[Attribution]:
    """Yield the rest of "As X put it, H", of "H, as X put it" and of "H (so X says)"."""
    if not _is_set_off(mark, sentence):
        return
    verb = next((t for t in _after(mark, sentence) if _puts(t)), None)
    if verb is None or verb.i - mark.i < 2:
        return
    between = sentence.doc[mark.i + 1 : verb.i]
    if between[0].lower_ == "well" or any(t.tag_ in ("WP", "WDT", "WP$") for t in between):
        return
    ends = (t.i for t in _after(verb, sentence) if t.text in STOPS or t.text == ")")
    end = next(ends, sentence.end)
    if any(t.tag_ in FINITE for t in sentence.doc[verb.i + 1 : end]):
        return
    speaker = speaker_before(verb, mark.i + 1)
    yield Attribution(end, sentence.end, speaker)
    yield Attribution(own_start(sentence, mark.i), mark.i, speaker)


def _puts(verb: "Token") -> bool:
    if verb.lower_ in load_cues()["says_so"]:
        return True
    told = verb.tag_ in TOLD and verb.pos_ == "VERB"
    return told and (reports(verb) or verb.lemma_ == "put")


def _account(noun: "Token", sentence: "TokenSpan") -> Iterator[Attribution]:
    """Yield the rest of "In the words of X, H" and "By X's account, H"."""
    start = noun.left_edge.i - 1
    if start < sentence.start or sentence.doc[start].lower_ not in _HOLDERS:
        return
    if not opens(sentence.doc[start], sentence):
        return
    owners = [c for c in noun.children if c.dep_ == "poss"]
    owners += [p for c in noun.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"]
    if owners and owners[0].lower_ not in ("our", "my"):
        end = next((t.i for t in _after(noun, sentence) if t.text in STOPS), sentence.end)
        yield Attribution(end, sentence.end, owners[0])
        yield Attribution(own_start(sentence, start), start, owners[0])


def _reserved(word: "Token", sentence: "TokenSpan") -> Iterator[Attribution]:
    """Yield the sentence around "if X is to be believed", "if X's claims are true"."""
    doc = sentence.doc
    before = doc[max(sentence.start, word.i - _WINDOW) : word.i]
    opener = next((t for t in reversed(list(before)) if t.lower_ == "if"), None)
    if opener is None or not opens(opener, sentence):
        return
    nouns = [t for t in doc[opener.i + 1 : word.i] if t.pos_ in ("NOUN", "PROPN")]
    if nouns:
        yield Attribution(sentence.start, sentence.end, _believed(nouns[0], word))


def _believed(first: "Token", word: "Token") -> "Token":
    """Return whom to believe: "the claims of X" are X's."""
    by_place = speaker_before(word, first.i)
    owned = by_place if by_place is not None else first
    owners = [c for c in owned.children if c.dep_ == "poss"]
    owners += [p for c in owned.children if c.lower_ in ("of", "by", "from") for p in c.children]
    return owners[0] if owners and owned.lemma_ in load_cues()["claim_nouns"] else owned


def _recounted(how: "Token", sentence: "TokenSpan") -> Iterator[Attribution]:
    """Yield what follows "X described how"."""
    cues = load_cues()
    for token in reversed(list(sentence.doc[max(sentence.start, how.i - 12) : how.i])):
        if token.pos_ == "VERB":
            silent = any(c.dep_ == "neg" or c.lower_ in cues["nobody"] for c in token.children)
            if token.lemma_ in cues["recounting"] and token.tag_ in TOLD and not silent:
                yield Attribution(how.i + 1, sentence.end, speaker_before(token))
            return


def _passed_on(it: "Token", sentence: "TokenSpan") -> Iterator[Attribution]:
    """Yield the sentence around ", it is rumoured", ", it was reported,"."""
    lemmas = load_lexicon().passive
    near = list(sentence.doc[it.i + 1 : min(sentence.end, it.i + 5)])
    if it.i == sentence.start or not opens(it, sentence):
        return
    if not near or near[0].lower_ not in _COPULAS:
        return
    verb = next((t for t in near if t.tag_ == "VBN" and t.lemma_.lower() in lemmas), None)
    if verb is None or any(t.lower_ == "that" for t in near):
        return
    after = next((t for t in _after(verb, sentence) if not t.is_space), None)
    said = after is None or after.text in STOPS or after.pos_ in ("ADP", "ADV")
    if said:
        yield Attribution(sentence.start, sentence.end, None)


def _cited(citing: "Token", sentence: "TokenSpan") -> Iterator[Attribution]:
    """Yield the sentence of "the BBC, citing the ministry, reported": it is the ministry's."""
    cited = next((c for c in citing.children if c.dep_ == "dobj"), None)
    if cited is not None and any(reports(t) for t in (citing.head, *citing.ancestors)):
        yield Attribution(sentence.start, sentence.end, cited, asks_actor=True)


def _rebutted(which: "Token", sentence: "TokenSpan") -> Iterator[Attribution]:
    """Yield the clause or the noun before ", which X denied"."""
    verb = which.head
    if sentence.doc[max(sentence.start, which.i - 1)].text not in BREAKS:
        return
    if which.dep_ != "dobj" or verb.lemma_ not in load_cues()["rebuttals"] or verb.dep_ != "relcl":
        return
    noun, speaker = verb.head, speaker_before(verb, which.i + 1)
    if ("n", noun.lemma_.lower()) in load_triggers().rules:
        yield Attribution(noun.i, noun.i + 1, speaker, "denied", beside=True)
    else:
        start = own_start(sentence, which.i)
        yield Attribution(start, which.i, speaker, "denied", beside=True)


def _hearsay(sentence: "TokenSpan") -> Iterator[Attribution]:
    """Yield the whole sentence that opens or ends with "reportedly"."""
    words = [t for t in sentence if not t.is_punct and not t.is_space]
    cues = load_lexicon().hearsay
    if words and (words[0].lower_ in cues or words[-1].lower_ in cues):
        yield Attribution(sentence.start, sentence.end, None)


def _taken_up(noun: "Token", sentence: "TokenSpan") -> Iterator[Attribution]:
    """Yield what "… — an assertion that X rejected" takes up: claimed, and denied by X."""
    cut = noun.left_edge.i - 1
    if cut <= sentence.start or sentence.doc[cut].text not in BREAKS:
        return
    head = sentence.doc[sentence.start : cut]
    verb = next((t for t in head if t.pos_ in ("VERB", "AUX")), None)
    if verb is None:
        return
    yield Attribution(sentence.start, cut, speaker_before(verb) if reports(verb) else None)
    for clause in noun.children:
        if clause.lemma_ in load_cues()["rebuttals"] and clause.i > noun.i:
            yield Attribution(sentence.start, cut, speaker_before(clause), "denied")
