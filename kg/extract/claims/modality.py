"""What the content of a claim says of itself: past fact, plan, possibility or denial."""

from typing import TYPE_CHECKING

from kg.extract.claims.syntax import auxiliaries, is_negated
from kg.model import Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_FUTURE = {"will", "'ll", "wo", "shall", "would", "'d"}
_POSSIBLE = {"may", "might", "could", "can", "should", "must", "ought"}
_PLANS = {"plan", "intend", "aim", "expect", "schedule", "hope", "prepare", "want", "go", "set"}
_IRREALIS = {"if", "unless", "should", "whether", "until"}


def stance_of(head: "Token | None") -> Stance:
    """Return the stance that a content's main word carries.

    Args:
        head: main verb of the content, or None where the content is no clause.
    """
    if head is None or head.pos_ not in ("VERB", "AUX"):
        return "claimed"
    aux = auxiliaries(head)
    opens = {c.lower_ for c in head.children if c.dep_ == "mark"}
    conditional = any(
        c.dep_ == "advcl" and {g.lower_ for g in c.children if g.dep_ == "mark"} & _IRREALIS
        for c in head.children
    )
    if aux & _POSSIBLE or opens & _IRREALIS or (conditional and aux & _FUTURE):
        return "hypothetical"
    if aux & _FUTURE or _is_plan(head):
        return "planned"
    return "denied" if is_negated(head) or _has_empty_subject(head) else "claimed"


def _is_plan(head: "Token") -> bool:
    governed = any(c.dep_ == "xcomp" and "to" in auxiliaries(c) for c in head.children)
    return governed and head.lemma_.lower() in _PLANS


def _has_empty_subject(head: "Token") -> bool:
    """Whether the clause says "no one", "nothing", "there is no"."""
    for child in head.children:
        if child.dep_ in ("nsubj", "nsubjpass", "attr"):
            if child.lower_ in ("nobody", "nothing", "none"):
                return True
            if any(c.dep_ == "det" and c.lower_ == "no" for c in child.children):
                return True
    return False
