"""What the grammar says of when a happening was: "hours after the vote", "in the crash", ongoing.

What it gets wrong: "after" of order in a list or of taste ("a park named after the battle"); what
the parser hangs on another word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.dates.lexicon import date_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERB_LIKE = ("VERB", "AUX")
_AUXILIARIES = ("aux", "auxpass")
_SUBJECTS = ("nsubj", "nsubjpass")
_AFTER = frozenset({"after", "following", "since", "amid"})
_WITHIN = frozenset({"in", "during", "by"})
_AFTERMATH = frozenset({"wake", "aftermath", "response", "reaction", "retaliation", "revenge"})
_SETTING = frozenset({"when", "while"})
_SPAN = re.compile(
    r"(?P<about>(?:just|only|barely|shortly|nearly|almost|about|more than|some|over) )?"
    r"(?:(?P<number>\b(?:\d{1,3}|[a-z]+)) )?\b(?P<unit>hour|day|week|month|year)(?P<many>s)? $",
    re.IGNORECASE,
)
_PART_OF_DAY = re.compile(r"\b(?:in|of|that|same|late|early) (?:the )?day $", re.IGNORECASE)
_DAYS = {"hour": 1.0, "day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}
_VAGUE = {"hour": 1, "day": 10, "week": 45, "month": 300}
_MARGIN = {"hour": 0, "day": 1, "week": 4, "month": 15, "year": 183}
_REACH, _AROUND = 20, 40
_CAUSING = frozenset(
    {"trigger", "spark", "prompt", "cause", "provoke", "unleash", "ignite", "fuel", "set"}
)
_REMARKS = frozenset(
    {"comment", "remark", "claim", "statement", "announcement", "allegation", "accusation"}
)
_LIGHT = frozenset({"take", "happen", "occur", "unfold", "run", "proceed", "continue"})
_STATE_NOUNS = frozenset(
    {
        "exile",
        "custody",
        "detention",
        "jail",
        "prison",
        "talk",
        "talks",
        "negotiation",
        "negotiations",
    }
)
_BEGINNING = frozenset({"start", "begin", "launch", "continue", "conduct"})
_LASTING = frozenset({"be", "remain", "stay", "languish", "continue"})
_PRESENT = ("VBZ", "VBP")


@dataclass(frozen=True, slots=True)
class Tie:
    """A happening's place in time beside another one.

    Attributes:
        link: after, in, or "before" where only the number of days tells something.
        word: the noun or verb that it is told beside. reach: that word and those below it.
        days: least and most days from the other's time, where a number is told; words: as told.
    """

    link: str
    word: "Token"
    reach: "tuple[Token, ...]"
    days: tuple[int, int] | None = None
    words: str = ""


def find_tie(token: "Token") -> Tie | None:
    """Return the tie of a trigger to what stands behind "after", "in" and their like, or None."""
    cause = _cause_of(token)
    if cause is not None:
        return Tie("after", cause, tuple(_below(cause)))
    for head in _heads(token):
        for child in head.children:
            tie = _tie_of(child, token)
            if tie is not None:
                return tie
    return _told_beside(token) or _tie_above(token)


def tense_form(verb: "Token") -> str:
    """Return perfect, pluperfect, past, progressive, present, future or "" of a verb.

    "progressive" is that of the present; participles without auxiliary share the head's where they
    are joined to it.
    """
    helpers = [c for c in verb.children if c.dep_ in _AUXILIARIES]
    if not helpers and verb.dep_ == "conj" and verb.head.pos_ in _VERB_LIKE:
        return tense_form(verb.head) if verb.tag_ in ("VBN", "VBG", "VB") else _simple(verb)
    words = date_words().future_auxiliaries
    if any(h.lower_ in words for h in helpers):
        return "future"
    have = next((h for h in helpers if h.lemma_ in ("have", "'ve", "'s")), None)
    if have is not None and verb.tag_ in ("VBN", "VBD") and have.lemma_ == "have":
        return "pluperfect" if have.tag_ == "VBD" else "perfect"
    if verb.tag_ == "VBG" and any(h.tag_ in _PRESENT for h in helpers):
        return "progressive"
    if any(h.tag_ == "VBD" for h in helpers):
        return "past"
    return _simple(verb)


def is_under_way(token: "Token") -> bool:
    """Return whether a trigger is told as going on now: "is probing", "are in talks"."""
    if token.pos_ == "VERB":
        return _is_done_now(token)
    if token.dep_ in _SUBJECTS:
        return _is_running(token.head)
    if token.dep_ == "dobj":
        return token.head.lemma_ in _BEGINNING and token.head.tag_ in _PRESENT
    return token.dep_ == "pobj" and token.lower_ in _STATE_NOUNS and _is_state(token.head)


def _is_done_now(verb: "Token") -> bool:
    around = [c for w in (verb, verb.head) for c in w.children]
    if any(c.dep_ == "neg" or c.lower_ == "if" for c in around):
        return False
    form = tense_form(verb)
    now = form == "perfect" and any(c.lower_ == "now" for c in verb.children)
    return now or (form == "progressive" and verb.lemma_ != "go" and not _is_coming(verb))


def _is_state(prep: "Token") -> bool:
    """Return whether "in" tells a state of today: "remain in custody", "now in exile"."""
    if prep.lower_ not in ("in", "under"):
        return False
    if prep.i and prep.nbor(-1).lower_ in ("now", "currently"):
        return True
    verb = prep.head
    now = verb.tag_ in _PRESENT or tense_form(verb) == "perfect"
    return verb.lemma_ in _LASTING and now


def is_going_on_as_told(token: "Token") -> bool:
    """Return whether a claim tells it as going on when it was made: "were trying to leave"."""
    verb = token
    if verb.dep_ == "xcomp" and verb.head.lemma_ in ("try", "seek", "attempt", "start", "begin"):
        verb = verb.head
    past = any(c.dep_ == "aux" and c.tag_ == "VBD" for c in verb.children)
    return (
        verb.pos_ == "VERB" and verb.tag_ == "VBG" and (past or tense_form(verb) == "progressive")
    )


def remark_verb(tie: Tie) -> bool:
    """Return whether a tie leads to words that were said before: "made the remarks"."""
    objects = [c for c in tie.word.children if c.dep_ == "dobj" and c.lemma_ in _REMARKS]
    return tie.word.lemma_ in ("make", "deliver") and any(
        c.lower_ in ("the", "his", "her", "their", "these", "those")
        for o in objects
        for c in o.children
    )


def relative_noun(token: "Token") -> "Token | None":
    """Return the "which" or "that" that is the subject of a verb, if one is."""
    return next(
        (c for c in token.children if c.dep_ == "nsubj" and c.lower_ in ("which", "that")), None
    )


def _simple(verb: "Token") -> str:
    if verb.tag_ == "VBD":
        return "past"
    return "present" if verb.tag_ in _PRESENT else ""


def _is_coming(verb: "Token") -> bool:
    """Return whether the progressive tells a plan: "are meeting on Friday", "next year"."""
    soon = ("next", "tomorrow", "soon", "later", "coming")
    return any(word.lower_ in soon for word in verb.subtree if word.i > verb.i)


def _is_running(verb: "Token") -> bool:
    """Return whether a verb in the present says that its subject goes on."""
    if verb.tag_ not in _PRESENT and tense_form(verb) != "progressive":
        return False
    if verb.tag_ == "VBG":
        return verb.lemma_ in _LIGHT
    if verb.lemma_ in ("continue", "proceed", "persist") and verb.tag_ in _PRESENT:
        return not any(c.dep_ == "xcomp" for c in verb.children)
    below = {word.lower_ for c in verb.children if c.i > verb.i for word in (c, *c.children)}
    return verb.lemma_ == "be" and bool(below & {"underway", "ongoing", "way"})


def _heads(token: "Token") -> "Iterator[Token]":
    """Yield the trigger and, for the subject or object of a verb, the verb."""
    yield token
    if token.pos_ not in _VERB_LIKE:
        if token.dep_ in ("dobj", "nsubj", "nsubjpass") and token.head.pos_ in _VERB_LIKE:
            yield token.head
        elif token.dep_ == "pobj" and token.head.head.pos_ in _VERB_LIKE:
            after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
            if after.lower_ in _AFTER and after.head.i == token.head.head.i:
                yield token.head.head
    elif token.dep_ in ("conj", "xcomp") and token.head.pos_ in _VERB_LIKE:
        yield token.head
    if token.dep_ == "dobj" and token.head.dep_ == "conj" and token.head.head.pos_ in _VERB_LIKE:
        yield token.head.head


def _cause_of(token: "Token") -> "Token | None":
    """Return what brought a happening about: "the vote sparked protests", "answered X with Y"."""
    head = token.head
    if head.lemma_ in _CAUSING and head.pos_ == "VERB":
        if token.dep_ == "dobj":
            return _child(head, ("nsubj",))
        if token.dep_ == "nsubjpass":
            agent = _child(head, ("agent",))
            return _child(agent, ("pobj", "pcomp")) if agent is not None else None
    if token.dep_ != "pobj" or head.lower_ not in ("with", "to") or head.head.pos_ != "VERB":
        return None
    verb = head.head
    if head.lower_ == "with" and verb.lemma_ in ("meet", "greet"):
        return _child(verb, ("nsubjpass",))
    if head.lower_ == "with" and verb.lemma_ in ("respond", "react", "answer", "retaliate"):
        about = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "to"), None)
        return _child(about, ("pobj",)) if about is not None else _child(verb, ("dobj",))
    return _child(verb, ("nsubj",)) if verb.lemma_ == "lead" and head.lower_ == "to" else None


def _child(word: "Token", links: tuple[str, ...]) -> "Token | None":
    return next((c for c in word.children if c.dep_ in links), None)


def _tie_of(child: "Token", token: "Token") -> Tie | None:
    if child.dep_ == "prep":
        return _of_preposition(child, token)
    if child.dep_ == "advcl" or (child.dep_ == "ccomp" and child.i < token.i):
        mark = next(
            (c for c in child.children if c.dep_ in ("mark", "advmod") and c.i < child.i), None
        )
        if mark is None:
            return None
        if mark.lower_ in ("after", "since"):
            return _made("after", child, mark)
        if mark.lower_ in _SETTING and tense_form(child) == "past":
            return Tie("in", child, tuple(_below(child)))
    return None


def _told_beside(token: "Token") -> Tie | None:
    """Return the tie of what was going on to what is told of it: "where she was filming"."""
    if token.dep_ == "dobj" and token.pos_ == "NOUN":
        token = token.head
    past = any(c.dep_ == "aux" and c.tag_ == "VBD" for c in token.children)
    if token.tag_ != "VBG" or token.dep_ not in ("relcl", "advcl"):
        return None
    bare = not any(c.dep_ == "aux" for c in token.children)
    setting = any(c.lower_ in ("where", "while", "when", "as") for c in token.children)
    if not setting or not (past or bare):
        return None
    verb = token.head
    for _ in range(12):
        if verb.pos_ in _VERB_LIKE or verb.head.i == verb.i:
            break
        verb = verb.head
    return Tie("as", verb, (verb,)) if verb.pos_ in _VERB_LIKE else None


def _of_preposition(prep: "Token", token: "Token") -> Tie | None:
    word = next((c for c in prep.children if c.dep_ in ("pobj", "pcomp")), None)
    if word is None or word.i == token.i:
        return None
    if prep.lower_ in _AFTER:
        return _made("after", word, prep)
    if prep.lower_ == "in" and word.lower_ in _AFTERMATH:
        return Tie("after", word, tuple(_below(word)))
    if prep.lower_ in _WITHIN and word.pos_ == "NOUN":
        return Tie("in", word, (word,))
    return None


def _tie_above(token: "Token") -> Tie | None:
    """Return the tie of what stands itself behind "days after": it was days before the verb."""
    link = next((c for c in token.children if c.dep_ == "mark" and c.lower_ == "after"), None)
    if token.dep_ in ("pobj", "pcomp") and token.head.lower_ == "after":
        link, verb = token.head, token.head.head
    elif link is not None and token.dep_ == "advcl":
        verb = token.head
    else:
        return None
    tie = _made("before", verb, link)
    if tie.days is None:
        return None
    low, high = tie.days
    subjects = (c for c in verb.children if c.dep_ in _SUBJECTS)
    return Tie("before", verb, (verb, *subjects), (-high, -low), tie.words)


def _made(link: str, word: "Token", connector: "Token") -> Tie:
    """Return the tie with the days that are told before the connector ("two weeks after")."""
    doc = connector.doc
    begin = max(connector.sent.start, connector.i - 4)
    before = doc[begin : connector.i].text + " "
    match = _SPAN.search(before)
    if match is not None and _PART_OF_DAY.search(before):
        match = None
    reach = tuple(_below(word))
    if match is None:
        return Tie(link, word, reach)
    return Tie(link, word, reach, _span_days(match), f"{match[0].strip()} {connector.lower_}")


def _span_days(match: re.Match[str]) -> tuple[int, int] | None:
    unit = match["unit"].lower()
    told = (match["number"] or "").lower()
    counted = told.isdigit() or told in date_words().numbers
    number = date_words().number(told) if counted else 0
    if told == "the" and unit == "day" and not match["many"]:
        number = 1
    if not number:
        return (0, _VAGUE[unit]) if unit in _VAGUE and match["many"] else None
    days = round(number * _DAYS[unit])
    about = (match["about"] or "").strip().lower()
    low = days if about in ("more than", "over") else days - _MARGIN[unit]
    high = days if about in ("nearly", "almost") else days + _MARGIN[unit]
    return (0 if unit == "hour" else low), high


def _below(word: "Token") -> "Iterator[Token]":
    """Yield a word and those below it, nearest first, without clauses that look further back."""
    row, seen = [word], 0
    while row and seen < _REACH:
        one = row.pop(0)
        yield one
        seen += 1
        below = [c for c in one.children if c.dep_ not in ("punct", "det")]
        if one.pos_ in _VERB_LIKE and one.i == word.i:
            below = [c for c in below if c.dep_ in (*_SUBJECTS, "dobj", "agent")]
        row += below


def is_joined(part: "Token", whole: "Token") -> bool:
    """Return whether one of two words of a sentence hangs on the other within one happening."""
    part = part.head if part.dep_ == "compound" else part
    return _hangs(part, whole) or _hangs(whole, part)


def _hangs(low: "Token", high: "Token") -> bool:
    for _ in range(5):
        if low.i == high.i:
            return True
        if low.head.i == low.i or (low.dep_ == "conj" and low.pos_ == "VERB" and low.i > high.i):
            break
        if low.dep_ == "prep" and low.lower_ in ("after", "before", "for", "against", "about"):
            break
        if low.dep_ == "advcl" and any(c.dep_ == "mark" for c in low.children):
            break
        low = low.head
    return low.i == high.i


def words_around(token: "Token") -> "list[Token]":
    """Return the words of the sentence near a token."""
    sentence = token.sent
    begin, end = max(sentence.start, token.i - _AROUND), min(sentence.end, token.i + _AROUND)
    return list(token.doc[begin:end])
