"""Who a sentence lays a happening on by the order of its words: a net below the claims.

"H, the opposition said." · "X grumbled that H" · "As X put it, H" · "By X's account, H" ·
"H, X was quoted as saying." Claims are found by the parse; where the parse goes wrong ("hundreds of
miners protested" read as a participle) the place of the words still tells whose they are. The net
is asked only about happenings that would else be told as facts, and it reads no verb of which a
claim was made: there the claim says how far the words go.

What it gets wrong: it takes all that follows "that" for what is said, and so claims a little too
much of a sentence whose end is the article's own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.claims.lexicon import load_lexicon
from kg.extract.events.lexicon import load_cues
from kg.model import FactualityValue

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_TOLD = frozenset({"VBD", "VBZ", "VBP", "VBN"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_BREAKS = frozenset({",", "–", "—", "-", "--", ";", ":"})
_OPEN_TAGS = frozenset({"IN", "WRB", "VBG", "VBN", "TO"})
_WH = frozenset({"WP", "WDT", "WP$", "WRB"})
_STOPS = frozenset({",", ".", ";", "!", "?", "–", "—"})
_NOTHING = frozenset({"nothing", "little", "so", "it", "no", "more", "yes"})
_LONGEST_TAIL = 16


@dataclass(frozen=True, slots=True)
class Attribution:
    """A stretch of a sentence, by token indices, and who it is laid on.

    Attributes:
        first, last: half-open range of tokens.
        speaker: the word that names who says so; None where nobody is named.
        value: claimed or denied.
    """

    first: int
    last: int
    speaker: "Token | None"
    value: FactualityValue = "claimed"


def find_attributions(
    sentence: "TokenSpan", is_read: Callable[["Token"], bool]
) -> list[Attribution]:
    """Return the stretches of a sentence that its words lay on somebody.

    Args:
        sentence: one sentence.
        is_read: whether a claim was made of a reporting word already.
    """
    found = list(_openers(sentence)) + list(_hearsay(sentence))
    for token in sentence:
        if token.lower_ == "that" and token.i > sentence.start:
            found.extend(_that_clause(token, sentence, is_read))
        elif _reports(token):
            found.extend(_around_verb(token, sentence, is_read=is_read(token)))
    found.extend(_taken_up(sentence))
    return found


@lru_cache(maxsize=1)
def _reporting() -> frozenset[str]:
    """Return the verbs that report words or thoughts, not those by which documents show."""
    wanted = {"clause", "quote"}
    return frozenset(
        lemma
        for lemma, frames in load_lexicon().verbs.items()
        if any(f in wanted and (r.act or not r.weak) for f, r in frames.items())
    )


def _reports(token: "Token") -> bool:
    if token.tag_ not in _TOLD or token.pos_ not in ("VERB", "AUX"):
        return False
    if _is_cited(token):
        return True
    passive = token.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in token.children)
    lemma = token.lemma_.lower()
    inside = token.dep_ == "amod" and token.nbor(-1).text != "," if token.i else False
    if passive or inside or lemma in load_cues()["unsaying"]:
        return False
    return lemma in _reporting()


def _is_cited(token: "Token") -> bool:
    """Return whether it is the verb of "was quoted as saying"."""
    after = [t.lower_ for t in token.doc[token.i + 1 : token.i + 2]]
    return token.tag_ == "VBN" and token.lemma_ in ("quote", "cite") and after == ["as"]


def _split_clause(verb: "Token") -> bool:
    """Return whether the parse cut a clause in two: "claimed 28 men, all soldiers, were guilty"."""
    joined = any(c.dep_ == "cc" for c in verb.children)
    return not joined and any(
        c.dep_ == "conj"
        and c.tag_ in _FINITE
        and not any(g.dep_ in ("nsubj", "nsubjpass") for g in c.children)
        for c in verb.children
    )


def _taken_up(sentence: "TokenSpan") -> Iterator[Attribution]:
    """Yield what "… — an assertion that X rejected" takes up: claimed, and denied by X."""
    cues = load_cues()
    for noun in sentence:
        if noun.lemma_ not in cues["taken_up"] or noun.left_edge.i <= sentence.start:
            continue
        cut = noun.left_edge.i - 1
        if sentence.doc[cut].text not in _BREAKS or noun.dep_ not in ("appos", "dep", "attr"):
            continue
        verb = next((t for t in sentence if t.pos_ in ("VERB", "AUX")), None)
        if verb is not None and verb.i < cut:
            yield Attribution(sentence.start, cut, speaker_before(verb))
        for clause in noun.children:
            if clause.lemma_ in cues["rebuttals"] and clause.i > noun.i:
                yield Attribution(sentence.start, cut, speaker_before(clause), "denied")


def _around_verb(verb: "Token", sentence: "TokenSpan", *, is_read: bool) -> Iterator[Attribution]:
    """Yield what a reporting verb speaks for: before it, after a colon, after it."""
    tail = [t for t in sentence.doc[verb.i + 1 : sentence.end] if not t.is_space]
    value: FactualityValue = "denied" if verb.lemma_ in load_cues()["denials"] else "claimed"
    colon = next((t.i for t in tail if t.text == ":"), None)
    if colon is not None and not is_read:
        yield Attribution(colon + 1, sentence.end, speaker_before(verb), value)
        return
    split = _split_clause(verb)
    if split:
        yield Attribution(verb.i + 1, sentence.end, speaker_before(verb), value)
    elif is_read:
        return
    if _ends_with(tail, verb):
        yield from _before(verb, sentence, value)
    bare = _bare_clause(verb, tail)
    if bare is not None:
        yield Attribution(bare, sentence.end, speaker_before(verb), value)


def _ends_with(tail: "list[Token]", verb: "Token") -> bool:
    """Return whether nothing that could be said follows a verb, only to whom, when and where."""
    words = [t for t in tail if not t.is_punct]
    addressed = verb.lemma_ in load_cues()["addressing"]
    if words and (
        words[0].tag_ in ("TO", "VBG") or (words[0].lower_ in _NOTHING and not addressed)
    ):
        return False
    return len(words) <= _LONGEST_TAIL and not any(
        t.tag_ in _FINITE or t.lower_ == "that" for t in words
    )


def _before(verb: "Token", sentence: "TokenSpan", value: FactualityValue) -> Iterator[Attribution]:
    """Yield the words before ", X said" and ", said X"."""
    doc = sentence.doc
    addressing = verb.lemma_ in load_cues()["addressing"]
    inverted = verb.i > sentence.start and doc[verb.i - 1].text in _BREAKS and not addressing
    speaker = _speaker_after(verb, sentence) if inverted else None
    cut = verb.i - 1 if speaker is not None else _clause_break(verb, sentence)
    if cut is None or cut <= sentence.start:
        return
    speaker = speaker if speaker is not None else speaker_before(verb, cut + 1)
    yield Attribution(_own_start(sentence, cut), cut, speaker, value)


def _clause_break(verb: "Token", sentence: "TokenSpan") -> int | None:
    """Return the break before the noun phrase that speaks, before its apposition if it has one."""
    doc = sentence.doc
    fallback = None
    for cut in reversed([i for i in range(sentence.start, verb.i) if doc[i].text in _BREAKS]):
        words = [t for t in doc[cut + 1 : verb.i] if not t.is_punct]
        before = doc[sentence.start : cut]
        if any(t.tag_ in _WH for t in words) or not any(t.pos_ == "VERB" for t in before):
            continue
        joined = words and words[0].pos_ == "CCONJ" and words[0].lower_ != "or"
        if joined or not any(t.pos_ in _NOMINAL for t in words):
            continue
        if not _is_apposed(doc, cut):
            return cut
        if not any(t.tag_ in _WH for t in before):
            fallback = cut
    return fallback


def _is_apposed(doc: "Doc", cut: int) -> bool:
    """Return whether the word after a break explains the noun before it."""
    before = doc[cut - 1]
    return any(t.dep_ == "appos" and t.i > cut for t in before.children) or (
        before.pos_ == "PROPN" and before.dep_ in ("nsubj", "nsubjpass") and before.head.i > cut
    )


def _own_start(sentence: "TokenSpan", cut: int) -> int:
    """Return where the words laid on somebody start: after "After the raid," if it opens."""
    if sentence[0].tag_ not in _OPEN_TAGS:
        return sentence.start
    breaks = [t.i for t in sentence if t.text == "," and t.i < cut]
    return breaks[0] + 1 if breaks else cut


def _bare_clause(verb: "Token", tail: "list[Token]") -> int | None:
    """Return where the clause of "X claimed rebels seized the town" starts, if there is one."""
    words = load_cues()["clause_breaks"]
    seen = False
    for token in tail:
        if token.is_punct or token.lower_ in words or token.tag_ in ("TO", "VBG", "WP", "WDT"):
            return None
        if token.pos_ in ("VERB", "AUX"):
            return verb.i + 1 if seen else None
        seen = seen or token.pos_ in _NOMINAL
    return None


def _that_clause(
    that: "Token", sentence: "TokenSpan", is_read: Callable[["Token"], bool]
) -> Iterator[Attribution]:
    """Yield what follows "said that", "adamant that", "the rumour that"."""
    if that.i + 1 == sentence.end or sentence.doc[that.i + 1].pos_ in ("VERB", "AUX"):
        return
    governor = _governor(that, sentence)
    if governor is None or is_read(governor):
        return
    value: FactualityValue = "denied" if governor.lemma_ in load_cues()["denials"] else "claimed"
    yield Attribution(that.i + 1, sentence.end, speaker_before(governor), value)


def _governor(that: "Token", sentence: "TokenSpan") -> "Token | None":
    """Return the word that "that" depends on by its place, if it is one of saying or thinking."""
    cues = load_cues()
    for token in reversed(list(sentence.doc[sentence.start : that.i])):
        if token.text in (";", ":"):
            return None
        lemma = token.lemma_.lower()
        if token.pos_ in ("VERB", "AUX") and lemma in _reporting():
            return token
        if lemma in cues["claim_nouns"] or token.lower_ in cues["convinced"]:
            return token
        if token.pos_ == "VERB" and token.tag_ in _FINITE:
            return None
    return None


def _openers(sentence: "TokenSpan") -> Iterator[Attribution]:
    """Yield what stands beside "As X put it", "In the words of X", "if X is to be believed"."""
    for token in sentence:
        word = token.lower_
        if word == "as" and _opens(token, sentence):
            yield from _as_told(token, sentence)
        elif word in ("account", "accounts", "words", "view", "opinion", "telling", "version"):
            yield from _account(token, sentence)
        elif word == "believed" and sentence.doc[max(0, token.i - 2)].lower_ == "to":
            yield Attribution(sentence.start, sentence.end, speaker_before(token))
        elif word == "what" and _opens(sentence.doc[max(0, token.i - 1)], sentence):
            yield from _as_told(token, sentence)


def _opens(token: "Token", sentence: "TokenSpan") -> bool:
    return token.i == sentence.start or sentence.doc[token.i - 1].text in _BREAKS


def _as_told(mark: "Token", sentence: "TokenSpan") -> Iterator[Attribution]:
    """Yield the rest of "As X put it, H" and of "H, as X put it"."""
    verb = next(
        (t for t in sentence if t.i > mark.i and t.tag_ in _TOLD and t.pos_ == "VERB"), None
    )
    if verb is None or not (_reports(verb) or verb.lemma_ == "put"):
        return
    end = next((t.i for t in sentence if t.i > verb.i and t.text in _STOPS), sentence.end)
    if any(t.tag_ in _FINITE for t in sentence.doc[verb.i + 1 : end]):
        return
    if verb.i - mark.i < 2:
        return
    speaker = speaker_before(verb)
    yield Attribution(end, sentence.end, speaker)
    yield Attribution(_own_start(sentence, mark.i), mark.i, speaker)


def _account(noun: "Token", sentence: "TokenSpan") -> Iterator[Attribution]:
    """Yield the rest of "In the words of X, H" and "By X's account, H"."""
    start = noun.left_edge.i - 1
    if start < sentence.start or sentence.doc[start].lower_ not in ("in", "by", "on"):
        return
    if not _opens(sentence.doc[start], sentence):
        return
    owners = [c for c in noun.children if c.dep_ == "poss"]
    owners += [p for c in noun.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"]
    if owners:
        end = next((t.i for t in sentence if t.i > noun.i and t.text in _STOPS), sentence.end)
        yield Attribution(end, sentence.end, owners[0])
        yield Attribution(_own_start(sentence, start), start, owners[0])


def _hearsay(sentence: "TokenSpan") -> Iterator[Attribution]:
    """Yield the whole sentence that opens or ends with "reportedly"."""
    words = [t for t in sentence if not t.is_punct and not t.is_space]
    cues = load_lexicon().hearsay
    if words and (words[0].lower_ in cues or words[-1].lower_ in cues):
        yield Attribution(sentence.start, sentence.end, None)


def speaker_before(word: "Token", first: int | None = None) -> "Token | None":
    """Return the noun before a reporting word that says it, by its place.

    Args:
        word: the reporting word.
        first: index of the token from which it may stand; the sentence's first if left out.
    """
    owners = [c for c in word.children if c.dep_ == "poss"]
    if word.pos_ == "NOUN":
        by = [p for c in word.children if c.lower_ in ("by", "from") for p in c.children]
        if owners or by:
            return (owners or by)[0]
    subjects = [c for c in word.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < word.i]
    doc, start = word.doc, word.sent.start if first is None else first
    subjects = [s for s in subjects if s.i >= start]
    i = word.i - 1
    while i >= start and doc[i].pos_ not in _NOMINAL:
        i -= 1
    if i < start:
        return subjects[0] if subjects else None
    if subjects and subjects[0].right_edge.i >= i:
        return subjects[0]
    return _head_of(doc[i], start)


def _head_of(token: "Token", start: int) -> "Token":
    """Return the head of the noun phrase that ends with a token."""
    while token.dep_ in ("pobj", "prep", "compound", "appos", "poss") and token.head.i >= start:
        head = token.head
        if head.pos_ not in (*_NOMINAL, "ADP") or head.i >= token.i + 2:
            break
        token = head
    return token


def _speaker_after(verb: "Token", sentence: "TokenSpan") -> "Token | None":
    """Return who speaks in "…, said the mayor."."""
    for token in sentence.doc[verb.i + 1 : sentence.end]:
        if token.pos_ in _NOMINAL and token.dep_ not in ("compound", "poss", "nmod"):
            return token
        if token.pos_ not in ("DET", "ADJ", "NUM", "ADV", "PART", *_NOMINAL):
            return None
    return None
