"""Whether a country's name acts or is a place, and whether a city's name means a government.

A country is a place after a preposition of place or direction, as a dateline, beside a place, and
as owner of land, border or capital; everywhere else it acts.

What it gets wrong: "sent to Iraq" and "sold to Iraq" look alike; a capital that decides something
as a city.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.extract.entities.lexicon import Words, word_lists
from kg.extract.entities.names import Name
from kg.extract.entities.tokens import chain_head, noun_lemma

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def _list(name: str) -> frozenset[str]:
    return word_lists("actor_readings")[name]


def country_is_place(doc: "Doc", name: Name, words: Words, *, parsed: bool) -> bool:
    """Return whether a country's name is a place where it stands."""
    if _is_dateline(doc, name):
        return True
    if not parsed:
        return _word_before(doc, name) in _list("place_prepositions")
    return _place_by_syntax(doc, name, words)


def _place_by_syntax(doc: "Doc", name: Name, words: Words) -> bool:
    own = doc[name.start : name.end].root
    if own.dep_ == "conj" and _starts_clause(doc, name):
        return False
    head = _first_of_list(own)
    governor = head.head
    if head.dep_ == "pobj":
        return _after_preposition(governor)
    if head.dep_ == "dobj":
        return governor.lemma_ in _list("entering")
    if head.dep_ in ("poss", "compound", "nmod"):
        return governor.i >= name.end and noun_lemma(governor) in words.territory
    beside = head.dep_ in ("appos", "npadvmod") and doc[max(0, name.start - 1)].text == ","
    return beside and (governor.ent_type_ in ("GPE", "LOC", "FAC") or governor.pos_ == "PROPN")


def country_readings(
    doc: "Doc", names: Iterable[Name], words: Words, *, parsed: bool
) -> dict[int, bool]:
    """Return for the first token of each country's name whether it is a place there.

    Countries in a row have one reading, the one that most of them have; the first decides a tie.
    """
    found: dict[int, bool] = {}
    row: list[Name] = []
    for name in [*sorted(names, key=lambda n: n.start), None]:
        if row and (name is None or not _goes_on(doc, row[-1], name)):
            votes = [country_is_place(doc, n, words, parsed=parsed) for n in row]
            tie = 2 * sum(votes) == len(votes)
            settled = votes[0] if tie else 2 * sum(votes) > len(votes)
            found.update({n.start: settled for n in row})
            row = []
        if name is not None:
            row.append(name)
    return found


def _goes_on(doc: "Doc", name: Name, following: Name) -> bool:
    """Whether only commas and joining words stand between two names."""
    between = doc[name.end : following.start]
    return 0 < len(between) < 5 and all(t.lower_ in _JOINING for t in between)


_JOINING = frozenset((",", "and", "or", "the", "&"))


def _starts_clause(doc: "Doc", name: Name) -> bool:
    """Whether a verb without a subject of its own follows "and X": X is its subject."""
    after = doc[name.end] if name.end < len(doc) else None
    if (
        after is None
        or after.tag_ not in ("VBD", "VBZ", "VBP")
        or doc[name.start - 1].text != "and"
    ):
        return False
    return not any(c.dep_ in ("nsubj", "nsubjpass", "csubj") for c in after.children)


def _word_before(doc: "Doc", name: Name) -> str:
    at = name.start - 1
    if at > 0 and doc[at].lower_ in ("the", "neighboring", "neighbouring", "northern", "southern"):
        at -= 1
    return str(doc[at].lower_) if at >= 0 else ""


def _first_of_list(token: "Token") -> "Token":
    """Return the first member of a list; countries in a row are often parsed as appositions."""
    head = chain_head(token)
    while head.dep_ == "appos" and head.head.ent_type_ == "GPE" and head.i - head.head.i <= 3:
        if head.head.dep_ not in ("conj", "appos") and not any(
            c.dep_ in ("conj", "cc") for c in head.children
        ):
            break
        head = chain_head(head.head)
    return head


def _is_dateline(doc: "Doc", name: Name) -> bool:
    """Whether it is (part of) a dateline: at the start of a paragraph, before a dash or bracket."""
    start = name.start
    if start and not doc[start - 1].is_space and doc[start - 1].text != ",":
        return False
    after = doc[name.end].text if name.end < len(doc) else ""
    return after in ("-", "–", "—", "--", "(") and (start == 0 or doc[start - 1].is_space)


def _after_preposition(preposition: "Token") -> bool:
    word = preposition.lower_
    owner = preposition.head
    while owner.dep_ == "prep" and owner.head != owner:
        owner = owner.head
    lemma = noun_lemma(owner)
    if word in ("to", "from") and lemma in _list("parties"):
        return False
    if word in _list("place_prepositions"):
        return True
    if word == "for":
        return lemma in _list("leaving")
    return word in ("of", "with", "between") and lemma in _list("lands")


def is_metonym(doc: "Doc", name: Name, *, parsed: bool) -> bool:
    """Return whether a capital's name stands for the government that sits there."""
    after = doc[name.end].lower_ if name.end < len(doc) else ""
    if not parsed:
        return after in ("said", "says", "denied", "denies", "accused", "warned", "announced")
    head = chain_head(doc[name.start : name.end].root)
    governor = head.head
    lemma = governor.lemma_.lower()
    if head.dep_ == "nsubj":
        return governor.pos_ in ("VERB", "AUX") and lemma not in _list("city_verbs")
    if head.dep_ == "pobj":
        return _is_party(governor)
    if head.dep_ == "poss" and governor.i >= name.end:
        return noun_lemma(governor) not in _list("city_possessions") | _list("lands")
    return head.dep_ in ("nsubjpass", "dobj", "iobj", "dative") and lemma in _list("addressing")


def _is_party(preposition: "Token") -> bool:
    """Whether a preposition makes its object a party: "talks with", "pressure from", "by"."""
    word, lemma = preposition.lower_, noun_lemma(preposition.head)
    if word == "by":
        return True
    if word in ("between", "with"):
        return lemma in _list("relations") or preposition.head.pos_ == "VERB"
    if word in ("against", "for", "on"):
        return lemma in _list("aims")
    if word == "to":
        return lemma in _list("parties")
    return word == "from" and lemma in _list("gifts")
