"""What the company of a trigger says of its sense, and whether it tells of anything at all.

What it gets wrong: quarrels told without a name on either side, and what is said in general with
words that otherwise tell of one happening.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.extract.events.lexicon import load_cues
from kg.extract.events.syntax import Frame

if TYPE_CHECKING:
    from spacy.tokens import Token

_NAME_TYPES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "WORK_OF_ART", "PRODUCT", "NORP"})
_NEAR = 15  # words


def _is_bare(frame: Frame) -> bool:
    return not any(c.dep_ not in ("punct", "cc", "conj") for c in frame.token.children)


def _begins_name(frame: Frame) -> bool:
    """Return whether a noun begins a name of its own ("Operation Northern Light")."""
    token = frame.token
    inside = token.ent_iob_ == "I" and token.ent_type_ == "ORG"
    follows = token.i + 1 < len(token.doc) and token.nbor().is_title
    return token.pos_ == "PROPN" and follows and not inside


def _is_owned(frame: Frame) -> bool:
    near = frame.at("poss") + frame.at("mod") + frame.at("of") + frame.at("by")
    return any(t.ent_type_ in _NAME_TYPES for t in near)


def _has_score(frame: Frame) -> bool:
    """Return whether the result of a match stands behind a verb ("3-1")."""
    doc, first = frame.token.doc, frame.token.i + 1
    ahead = range(first, min(first + 8, len(doc) - 2))
    return any(
        doc[i].is_digit and doc[i + 1].text in ("-", "\u2013") and doc[i + 2].is_digit
        for i in ahead
    )


def _is_among_lawmakers(frame: Frame) -> bool:
    """Return whether words of parliaments stand near a trigger."""
    doc, i = frame.token.doc, frame.token.i
    sentence = frame.token.sent
    near = doc[max(sentence.start, i - _NEAR) : min(sentence.end, i + _NEAR)]
    return any(t.lemma_.lower() in load_cues()["lawmakers"] for t in near)


def _opens_with_that(clause: "Token") -> bool:
    return clause.dep_ in ("acl", "relcl", "ccomp") and any(
        c.dep_ == "mark" and c.lower_ == "that" for c in clause.children
    )


FLAGS: dict[str, Callable[[Frame], bool]] = {
    "pl": lambda frame: frame.token.tag_ in ("NNS", "NNPS"),
    "bare": _is_bare,
    "passive": lambda frame: frame.passive,
    "name": _begins_name,
    "named": _is_owned,
    "score": _has_score,
    "lawmakers": _is_among_lawmakers,
    "worth": lambda frame: any(c.lower_ == "worth" for c in frame.token.children),
    "that": lambda frame: any(_opens_with_that(c) for c in frame.token.children),
}


def is_standing(token: "Token") -> bool:
    """Return whether a participle only says what somebody is ("elected officials")."""
    newly = any(c.dep_ == "advmod" for c in token.children)
    return not newly and token.lower_ in load_cues()["standing"]


def is_generic(token: "Token") -> bool:
    """Return whether a noun is told of in general ("a strike is …", "in each strike")."""
    determiners = {c.lower_ for c in token.children if c.dep_ in ("det", "nummod")}
    if determiners & {"each", "every"}:
        return True
    head = token.head
    bare = not any(True for _ in token.children)
    if bare and head.lower_ == "of" and head.head.lower_.rstrip("s") in load_cues()["of_a_kind"]:
        return True
    if head.tag_ != "VBZ":
        return False
    if not determiners & {"a", "an", "one"}:
        mass = token.tag_ == "NN"
        return bare and mass and token.dep_ == "nsubj" and head.lemma_ in ("be", "mean")
    if token.dep_ == "attr":
        return not any(c.lower_ in ("this", "it", "that") for c in head.children)
    return token.dep_ == "nsubj" and head.lemma_ in ("be", "mean", "require", "include")
