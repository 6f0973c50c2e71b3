"""Which word a time expression belongs to, and which happenings share its time.

A happening takes the time that hangs on it or on the verb above it, as long as no border is crossed
between: reported content, a new clause with its own subject, a preposition such as "after".

What it gets wrong: what the parser attaches wrongly; times that hold over several sentences.
"""

from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING

from kg.extract.dates.lexicon import date_words
from kg.extract.dates.tense import verb_above

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_VERB_LIKE = ("VERB", "AUX")
_NOUN_LINKS = ("nsubj", "nsubjpass", "dobj", "attr", "obj", "oprd", "dative", "agent")
_INSIDE = ("compound", "amod", "nmod", "poss", "npadvmod", "appos", "nummod", "advmod")
_OPEN_CLAUSES = ("xcomp", "prep", "pcomp", "acomp")
_PASSIVE = ("auxpass", "aux")
_LASTING = ("over", "in", "during", "for")
_PAST = ("past", "last")
_AHEAD = frozenset(
    {"support", "advance", "ahead", "anticipation", "preparation", "favor", "favour", "case"}
)
_COMING = frozenset({"arrive", "gather", "meet", "come", "assemble", "convene", "fly", "travel"})
_MAX_STEPS = 10
_MAX_BACK = 3


class Share(Enum):
    """Which times of a word above hold for a happening below it.

    Attributes:
        LEADING: those that stand before the word above. LEADING_OR_DAY: these, and stated days.
        COARSE_AFTER: those of a month and longer that stand behind the happening.
        YEAR: those of a month and longer. OWN: those of a noun that a relative clause is about.
    """

    NONE = 0
    ALL = 1
    LEADING = 2
    LEADING_OR_DAY = 3
    COARSE_AFTER = 4
    YEAR = 5
    OWN = 6


def governor_of(tokens: "TokenSpan") -> "Token":
    """Return the word that an expression belongs to: a verb, or the noun that it dates."""
    token = tokens.root
    sentence = token.sent
    if _is_leading(tokens, sentence):
        return sentence.root
    head = token.head
    while head.i != token.i and head.pos_ in ("ADP", "SCONJ", "ADV", "PART", "NUM"):
        if head.pos_ == "ADV" and head.head.i == head.i:
            break
        token, head = head, head.head
    if head.ent_type_ in ("PERSON", "GPE", "LOC") or head.pos_ in ("PROPN", "PRON"):
        return verb_above(head) or head
    return head


def is_inside_noun(tokens: "TokenSpan") -> bool:
    """Return whether an expression dates a noun alone, as in "Sunday's vote", "the 2014 war"."""
    return tokens.root.dep_ in ("poss", "compound", "amod", "nmod", "nummod")


def is_outside(tokens: "TokenSpan", verb: "Token") -> bool:
    """Return whether a verb's clause begins behind the expression: "Today, after he left"."""
    return any(c.dep_ == "mark" and tokens.end <= c.i < verb.i for c in verb.children)


def is_told_by(tokens: "TokenSpan", noun: "Token", verb: "Token") -> bool:
    """Return whether a time on a subject is that of its simple past verb too."""
    while noun.dep_ == "pobj" and noun.head.lower_ == "of":
        noun = noun.head.head
    if noun.dep_ not in ("nsubj", "nsubjpass") or noun.head.i != verb.i:
        return False
    if tokens[0].lower_ == "of" or (tokens[0].i > 0 and tokens[0].nbor(-1).lower_ == "of"):
        return False
    return _tells(verb) and not any(c.dep_ in ("relcl", "acl") for c in noun.children)


def lasting_verb(tokens: "TokenSpan", governor: "Token") -> "Token | None":
    """Return the perfect verb before "over the past year" that the parser passed over, or None."""
    if tokens[0].lower_ not in _LASTING or not any(t.lower_ in _PAST for t in tokens):
        return None
    if governor.tag_ not in ("VBZ", "VBP") or governor.i > tokens.start:
        return None
    for word in reversed(list(tokens.doc[max(governor.i, tokens.start - 40) : tokens.start])):
        if word.tag_ == "VBN" and _is_perfect(word):
            return word
    return None


def _is_perfect(verb: "Token") -> bool:
    if any(c.lemma_ == "have" and c.tag_ in ("VBZ", "VBP") for c in verb.children):
        return True
    return verb.dep_ == "conj" and verb.head.pos_ == "VERB" and _is_perfect(verb.head)


def is_open(noun: "Token") -> bool:
    """Return whether a time on a noun may as well be the time of the verb above it."""
    top = noun
    while top.dep_ == "conj":
        top = top.head
    if top.dep_ == "pobj" and top.head.lower_ == "as" and top.head.head.pos_ in _VERB_LIKE:
        return True
    return any(word.pos_ in _VERB_LIKE for word, share in upward(noun) if share is Share.ALL)


def _is_leading(tokens: "TokenSpan", sentence: "TokenSpan") -> bool:
    """Return whether the expression opens its sentence and a comma closes it off."""
    if tokens.start - sentence.start > 2 or tokens.end >= sentence.end:
        return False
    root = sentence.root
    if root.pos_ not in _VERB_LIKE or root.i < tokens.end:
        return False
    after = tokens.doc[tokens.end]
    if tokens.root.dep_ in ("poss", "compound", "nummod", "amod"):
        return False
    return after.text == "," and tokens.root.head.i >= tokens.start


def upward(token: "Token") -> Iterator[tuple["Token", Share]]:
    """Yield the token and the words above it whose time it shares, nearest first.

    The second value says which of those times are shared.
    """
    yield token, Share.ALL
    share = Share.ALL
    for _ in range(_MAX_STEPS):
        head = token.head
        if head.i == token.i:
            return
        step = _step(token, head)
        if step is Share.NONE:
            return
        share = _narrower(share, step)
        yield head, share
        if share is Share.OWN:
            return
        token = head


def _narrower(share: Share, step: Share) -> Share:
    """Return what is left to share where a further step shares less."""
    if share is Share.ALL:
        return step
    by_day = share in (Share.LEADING, Share.LEADING_OR_DAY)
    return Share.YEAR if by_day and step is Share.YEAR else share


def _step(token: "Token", head: "Token") -> Share:
    """Return which times of the head hold for the token too."""
    if token.dep_ == "conj":
        return _conjunct_step(token)
    if token.pos_ in _VERB_LIKE:
        return _verb_step(token, head)
    return _noun_step(token, head)


def _conjunct_step(token: "Token") -> Share:
    if token.pos_ not in _VERB_LIKE:
        return Share.ALL
    own_subject = any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children)
    return Share.LEADING if own_subject else Share.LEADING_OR_DAY


def _noun_step(token: "Token", head: "Token") -> Share:
    link = token.dep_
    if link == "prep":
        speech = head.pos_ == "NOUN" and head.lemma_ in date_words().speech_nouns
        return Share.NONE if speech else Share.ALL
    if link in _INSIDE:
        return Share.NONE if link == "appos" and head.pos_ == "PROPN" else Share.ALL
    if link == "pobj":
        return _preposition_step(head)
    if link in _NOUN_LINKS and head.pos_ in _VERB_LIKE:
        return Share.COARSE_AFTER if _keeps_time(token, head) else Share.ALL
    return Share.NONE


def _preposition_step(head: "Token") -> Share:
    if head.lower_ == "of" and head.head.lower_ in _AHEAD:
        return Share.NONE
    if head.lower_ not in date_words().closed_prepositions:
        return Share.ALL
    if head.lower_ == "for" and head.head.lemma_ in _COMING:
        return Share.ALL
    return Share.YEAR if head.lower_ in ("after", "following", "amid", "for") else Share.NONE


def _verb_step(token: "Token", head: "Token") -> Share:
    link = token.dep_
    if link == "relcl":
        return Share.OWN if _subject_is_relative(token) else Share.NONE
    if link in _OPEN_CLAUSES:
        before = head.lower_ in ("after", "following") and link == "pcomp"
        if before:
            return Share.NONE
        return _preposition_step(head) if head.pos_ == "ADP" else Share.ALL
    if link == "advcl" and not _has_marker(token) and token.tag_ in ("VBG", "VB"):
        return Share.ALL
    return Share.NONE


def _subject_is_relative(verb: "Token") -> bool:
    """Return whether the noun itself does it: "the unrest that left 40 dead"."""
    subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    return bool(subjects) and subjects[0].lower_ in ("which", "that")


def _has_marker(verb: "Token") -> bool:
    return any(child.dep_ in ("mark", "nsubj", "nsubjpass") for child in verb.children)


def _keeps_time(noun: "Token", verb: "Token") -> bool:
    """Return whether a noun under a verb of saying has a time of its own, not the verb's."""
    return noun.dep_ not in ("nsubj", "nsubjpass") and verb.lemma_ in date_words().speech


def relative_verbs(noun: "Token") -> Iterator["Token"]:
    """Yield verbs that tell when a noun's happening was: "the strike, which began on Monday"."""
    if noun.dep_ in ("nsubj", "nsubjpass"):
        yield from _announced(noun.head)
    words = date_words().happening
    for child in noun.children:
        if child.dep_ == "relcl" and _subject_is_relative(child):
            yield from (c for c in child.children if c.dep_ == "xcomp")
            yield child
            continue
        if child.dep_ in ("relcl", "acl") and (child.lemma_ in words or child.dep_ == "acl"):
            yield child


def _announced(verb: "Token") -> Iterator["Token"]:
    """Yield what a subject is due to do: "talks are due to resume on Monday"."""
    for word in (verb, *(c for c in verb.children if c.dep_ == "acomp")):
        if word.lemma_.lower() in date_words().plan_words:
            yield from (c for c in word.children if c.dep_ == "xcomp")


def continued_from(token: "Token") -> Iterator["Token"]:
    """Yield the main verbs of the sentences before, where this one only goes on telling.

    That is: the token is the simple-past main verb of its sentence or hangs on it without a border,
    and the sentences stand in one paragraph. Nearest first.
    """
    sentence = token.sent
    if not _tells(_main_verb(sentence)) or not _reaches(token, _main_verb(sentence)):
        return
    for _ in range(_MAX_BACK):
        before = sentence.start - 1
        if before < 0 or token.doc[before].is_space:
            return
        sentence = token.doc[before].sent
        verb = _main_verb(sentence)
        if verb.pos_ not in _VERB_LIKE:
            return
        yield verb
        if not _tells(verb):
            return


def _main_verb(sentence: "TokenSpan") -> "Token":
    """Return the root, or what it reports in "Nobody was hurt, the agency said"."""
    root: Token = sentence.root
    if root.lemma_ in date_words().speech:
        said = [c for c in root.children if c.dep_ == "ccomp" and c.i < root.i]
        return said[0] if said else root
    return root


def _tells(verb: "Token") -> bool:
    """Return whether a verb goes on telling: simple past, and no verb of saying."""
    past = any(c.tag_ == "VBD" and c.dep_ in _PASSIVE for c in verb.children)
    return (verb.tag_ == "VBD" or past) and verb.lemma_ not in date_words().speech


def _reaches(token: "Token", root: "Token") -> bool:
    return any(word.i == root.i for word, share in upward(token) if share is Share.ALL)
