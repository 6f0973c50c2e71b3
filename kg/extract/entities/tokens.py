"""Small questions about tokens that work with and without a parse."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_IRREGULAR = {
    "media": "media", "people": "people", "men": "man", "women": "woman", "children": "child",
    "troops": "troop", "forces": "force", "police": "police", "servicemen": "serviceman",
    "policemen": "policeman", "headquarters": "headquarters", "spokesmen": "spokesman",
    "news": "news", "data": "data",
}  # fmt: skip


def noun_lemma(token: "Token") -> str:
    """Return the lower-case singular of a noun; by ending where no model gave a lemma."""
    word: str = token.text.lower()
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if token.lemma_:
        lemma: str = token.lemma_.lower()
        return lemma if lemma != word or not word.endswith("s") else _singular(word)
    return _singular(word)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


def is_plural(token: "Token") -> bool:
    """Return whether a noun is plural or a collective that takes a plural verb."""
    word = token.text.lower()
    if token.tag_:
        return token.tag_ in ("NNS", "NNPS") or word in ("police", "people", "staff", "media")
    return noun_lemma(token) != word or word in ("police", "people", "media")


def is_capital(token: "Token") -> bool:
    """Return whether a token starts with a capital letter."""
    return token.text[:1].isupper()


def conjuncts(token: "Token") -> "list[Token]":
    """Return the token and the tokens joined to it by "and" or commas, in order."""
    found = [token]
    for other in found:
        found.extend(c for c in other.children if c.dep_ == "conj" and c not in found)
    return sorted(found, key=lambda t: t.i)


def chain_head(token: "Token") -> "Token":
    """Return the first member of the coordination that a token belongs to."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token


def left_edge(head: "Token", *, parsed: bool) -> int:
    """Return the index of the first token of a noun phrase, without determiners."""
    start = _parsed_edge(head) if parsed else _plain_edge(head)
    doc = head.doc
    while start < head.i and _opens(doc[start]):
        start += 1
    return start


def _parsed_edge(head: "Token") -> int:
    start = head.i
    for child in sorted(head.lefts, key=lambda t: -t.i):
        if child.dep_ not in _MODIFIERS or child.right_edge.i != start - 1:
            break
        if any(t.is_punct and t.text in ',;:"()' for t in child.subtree):
            break
        start = child.left_edge.i
    return start


_MODIFIERS = frozenset(
    ("amod", "compound", "nummod", "nmod", "poss", "quantmod", "advmod", "det", "npadvmod", "punct")
)


def _plain_edge(head: "Token") -> int:
    start, doc = head.i, head.doc
    while start > 0 and doc[start - 1].text[:1].isupper() and not doc[start].is_sent_start:
        start -= 1
    return start


def _opens(token: "Token") -> bool:
    word = token.text.lower()
    return token.is_punct or token.is_space or word in _DETERMINERS or token.tag_ in ("PRP$", "WP$")


_DETERMINERS = frozenset(
    (
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "its",
        "their",
        "his",
        "her",
        "our",
        "my",
        "another",
    )
)


def following(doc: "Doc", index: int, limit: int) -> "Iterator[Token]":
    """Yield up to `limit` tokens from an index on, within the document."""
    for i in range(index, min(index + limit, len(doc))):
        yield doc[i]
