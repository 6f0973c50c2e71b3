"""Whether the content of a speech act could be true or false, asked for or denied.

"condemned the violence", "congratulated her on her sixth term", "asked not to be named" and
"because he feared arrest" say how somebody feels or wants to be treated, and claim nothing.

What it gets wrong: bare nouns of happenings ("condemned the invasion") that the speaker does take
for a fact.
"""

from typing import TYPE_CHECKING

from kg.extract.claims.draft import Content
from kg.extract.claims.lexicon import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_ATTITUDES = {"CONDEMN": "OPPOSE", "PRAISE": "FAVOR", "SUPPORT": "FAVOR"}
_NAMING = frozenset(("name", "identify", "quote", "photograph", "film", "record", "disclose"))
_ASKING = frozenset(("ask", "request", "insist", "demand", "prefer", "want", "decline", "refuse"))
_REASONS = frozenset(("because", "as", "since", "lest"))
_VERBAL = ("VERB", "AUX")
_LEAST = 3  # words beside articles and pronouns that tell of a happening


def tells_nothing(verb: "Token", reading: Reading, content: Content) -> bool:
    """Return whether the content is no proposition.

    Args:
        verb: the reporting word.
        reading: what it does.
        content: what it governs.
    """
    head = content.head
    if head is None:
        return False
    if verb.lemma_.lower() in _ASKING and head.lemma_.lower() in _NAMING:
        return any(c.dep_ == "auxpass" for c in head.children)
    return reading.weak and head.pos_ not in _VERBAL and _is_reason(verb)


def feeling_of(verb: "Token", reading: Reading, content: Content) -> str | None:
    """Return the act: an attitude where somebody condemns or praises a thing and tells no more.

    Args:
        verb: the reporting word.
        reading: what it does.
        content: what it governs.
    """
    head = content.head
    if head is None or head.pos_ in _VERBAL or not _is_bare(content, verb):
        return reading.act
    return _ATTITUDES.get(reading.act or "", reading.act)


def _is_bare(content: Content, verb: "Token") -> bool:
    """Whether a noun phrase names a thing without telling who did what."""
    words = [verb.doc[i] for first, last in content.pieces for i in range(first, last)]
    if any(t.is_quote or t.pos_ in ("VERB", "ADP") for t in words):
        return False
    return len([t for t in words if t.pos_ in ("NOUN", "PROPN", "ADJ")]) < _LEAST


def _is_reason(verb: "Token") -> bool:
    """Whether the verb stands in a clause of reason: "because he feared arrest"."""
    clause = verb if verb.dep_ != "conj" else verb.head
    return clause.dep_ == "advcl" and any(
        c.dep_ == "mark" and c.lower_ in _REASONS for c in clause.children
    )
