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
from typing import TYPE_CHECKING

from kg.extract.events.headings import find_headings
from kg.extract.events.lexicon import load_cues
from kg.extract.events.stretches import (
    BREAKS,
    FINITE,
    NOMINAL,
    Attribution,
    own_start,
    reporting_lemmas,
    reports,
    speaker_before,
)
from kg.extract.events.wording import find_worded
from kg.model import FactualityValue

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

_WH = frozenset({"WP", "WDT", "WP$", "WRB"})
_NOTHING = frozenset({"nothing", "little", "so", "it", "no", "more", "yes"})
_LONGEST_TAIL = 16
_FARTHEST = 60


def find_attributions(
    sentence: "TokenSpan", is_read: Callable[["Token"], bool]
) -> list[Attribution]:
    """Return the stretches of a sentence that its words lay on somebody.

    Args:
        sentence: one sentence.
        is_read: whether a claim was made of a reporting word already.
    """
    found = [*find_headings(sentence), *find_worded(sentence)]
    for token in sentence:
        if token.lower_ == "that" and token.i > sentence.start:
            found.extend(_that_clause(token, sentence, is_read))
        elif reports(token):
            found.extend(_around_verb(token, sentence, is_read=is_read(token)))
    return found


def _split_clause(verb: "Token") -> bool:
    """Return whether the parse cut a clause in two: "claimed 28 men, all soldiers, were guilty"."""
    joined = any(c.dep_ == "cc" for c in verb.children)
    return not joined and any(
        c.dep_ == "conj"
        and c.tag_ in FINITE
        and not any(g.dep_ in ("nsubj", "nsubjpass") for g in c.children)
        for c in verb.children
    )


def _joined_to_content(verb: "Token") -> "list[Token]":
    """Return verbs without a subject that are joined to a reported clause.

    "X said rebels had crossed the river and protested": by form it can be X or the rebels who did.
    """
    return [
        token
        for clause in verb.children
        if clause.dep_ == "ccomp" and clause.i > verb.i
        for token in clause.conjuncts
        if token.i > clause.i and not any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)
    ]


def _around_verb(verb: "Token", sentence: "TokenSpan", *, is_read: bool) -> Iterator[Attribution]:
    """Yield what a reporting verb speaks for: before it, after a colon, after it."""
    tail = [t for t in sentence.doc[verb.i + 1 : sentence.end] if not t.is_space]
    value: FactualityValue = "denied" if verb.lemma_ in load_cues()["denials"] else "claimed"
    colon = next((t.i for t in tail if t.text == ":"), None)
    if colon is not None and not is_read:
        yield Attribution(colon + 1, sentence.end, speaker_before(verb), value)
        return
    for joined in _joined_to_content(verb):
        yield Attribution(joined.i, joined.i + 1, speaker_before(verb), "claimed")
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
        t.tag_ in FINITE or t.lower_ == "that" for t in words
    )


def _before(verb: "Token", sentence: "TokenSpan", value: FactualityValue) -> Iterator[Attribution]:
    """Yield the words before ", X said" and ", said X"."""
    doc = sentence.doc
    addressing = verb.lemma_ in load_cues()["addressing"]
    inverted = verb.i > sentence.start and doc[verb.i - 1].text in BREAKS and not addressing
    speaker = _speaker_after(verb, sentence) if inverted else None
    cut = verb.i - 1 if speaker is not None else _clause_break(verb, sentence)
    if cut is None or cut <= sentence.start:
        return
    speaker = speaker if speaker is not None else speaker_before(verb, cut + 1)
    yield Attribution(own_start(sentence, cut), cut, speaker, value)


def _clause_break(verb: "Token", sentence: "TokenSpan") -> int | None:
    """Return the break before the noun phrase that speaks, before its apposition if it has one."""
    doc = sentence.doc
    fallback = None
    for cut in reversed([i for i in range(sentence.start, verb.i) if doc[i].text in BREAKS]):
        words = [t for t in doc[cut + 1 : verb.i] if not t.is_punct]
        before = doc[sentence.start : cut]
        if any(t.tag_ in _WH for t in words) or not any(t.pos_ == "VERB" for t in before):
            continue
        joined = words and words[0].pos_ == "CCONJ" and words[0].lower_ != "or"
        if words and words[0].lower_ in load_cues()["background_marks"]:
            return None
        if joined or not any(t.pos_ in NOMINAL for t in words):
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


def _bare_clause(verb: "Token", tail: "list[Token]") -> int | None:
    """Return where the clause of "X claimed rebels seized the town" starts, if there is one."""
    words = load_cues()["clause_breaks"]
    seen = False
    for token in tail:
        if token.is_punct or token.lower_ in words or token.tag_ in ("TO", "VBG", "WP", "WDT"):
            return None
        if token.pos_ in ("VERB", "AUX"):
            return verb.i + 1 if seen else None
        seen = seen or token.pos_ in NOMINAL
    return None


def _that_clause(
    that: "Token", sentence: "TokenSpan", is_read: Callable[["Token"], bool]
) -> Iterator[Attribution]:
    """Yield what follows "said that", "adamant that", "the rumour that"."""
    if that.i + 1 == sentence.end or sentence.doc[that.i + 1].pos_ in ("VERB", "AUX"):
        return
    if that.dep_ == "det" and that.head.i == that.i + 1:
        return
    joined = sentence.doc[that.i - 1].pos_ == "CCONJ"
    governor = _governor(that, sentence, joined=joined)
    if governor is None or (is_read(governor) and not joined):
        return
    value: FactualityValue = "denied" if governor.lemma_ in load_cues()["denials"] else "claimed"
    end = _main_start(governor, sentence)
    if end > that.i:
        yield Attribution(that.i + 1, end, speaker_before(governor), value)


def _main_start(governor: "Token", sentence: "TokenSpan") -> int:
    """Return where the main clause starts after "After X announced that …,", else the end."""
    main = governor.head
    if governor.dep_ != "advcl" or main.i < governor.i:
        return sentence.end
    subjects = [c.left_edge.i for c in main.children if c.dep_ in ("nsubj", "nsubjpass")]
    return max(subjects, default=sentence.end)


def _governor(that: "Token", sentence: "TokenSpan", *, joined: bool) -> "Token | None":
    """Return the word that "that" depends on by its place, if it is one of saying or thinking.

    Args:
        that: the word "that".
        sentence: its sentence.
        joined: whether it is that of "and that", which other clauses may stand before.
    """
    cues = load_cues()
    for token in reversed(list(sentence.doc[max(sentence.start, that.i - _FARTHEST) : that.i])):
        if token.text in (";", ":") or (token.i == that.i - 1 and token.lemma_ in cues["givens"]):
            return None
        lemma = token.lemma_.lower()
        verbal = token.pos_ in ("VERB", "AUX") or lemma in cues["never_nouns"]
        verbal = verbal or (that.head.dep_ == "ccomp" and that.head.head.i == token.i)
        if verbal and lemma in reporting_lemmas():
            return token
        if not joined and (
            lemma in cues["claim_nouns"]
            or lemma in cues["account_nouns"]
            or token.lower_ in cues["convinced"]
        ):
            return token
        tensed = token.pos_ == "VERB" and token.tag_ in FINITE
        if tensed and not joined and sentence.doc[token.i + 1].lower_ != "it":
            return None
    return None


def _speaker_after(verb: "Token", sentence: "TokenSpan") -> "Token | None":
    """Return who speaks in "…, said the mayor."."""
    for token in sentence.doc[verb.i + 1 : sentence.end]:
        if token.pos_ in NOMINAL and token.dep_ not in ("compound", "poss", "nmod"):
            return token
        if token.pos_ not in ("DET", "ADJ", "NUM", "ADV", "PART", *NOMINAL):
            return None
    return None
