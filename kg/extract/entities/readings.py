"""Whether a country's name acts or is a place, and whether a city's name means a government.

A country is a place after a preposition of place or direction, as a dateline, beside a place, and
as owner of land, border or capital; everywhere else it acts.

What it gets wrong: "sent to Iraq" and "sold to Iraq" look alike; a capital that decides something
as a city.
"""

from typing import TYPE_CHECKING

from kg.extract.entities.lexicon import Words
from kg.extract.entities.names import Name
from kg.extract.entities.tokens import chain_head, noun_lemma

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PLACE_PREPOSITIONS = _words(
    """in into across via near to from outside inside within through throughout around over at onto
    toward towards beyond along off under past above"""
)
# Nouns and verbs whose "to" or "from" names a party, not a direction.
_PARTIES = _words(
    """ambassador envoy aid message letter threat loan support help assistance sanction pressure
    response request order respect statement answer commitment loyalty challenge blow warning
    concession access allegiance reply invitation appeal criticism condemnation reaction permission
    independence say give sell speak talk lend provide belong matter respond receive borrow hear get
    buy differ loyal vital important grateful subordinate friendly hostile close available due
    relation regard apology offer weapon gas money"""
)
_LANDS = _words(
    """border frontier capital territory city town village part east west north south northeast
    northwest southeast southwest region province side coast outskirt soil island area center centre
    population rest half third swath map edge mile kilometer km street airspace heart interior
    corner country nation invasion-route airport port"""
)
_LEAVING = _words("flee leave depart head bind embark fly sail set")
_CITY_VERBS = _words(
    """be lie sit host wake look stand grow celebrate brace remain become boast sprawl burn fall
    house see have feature suffer shake sleep"""
)
_CITY_POSSESSIONS = _words(
    """street square center centre mayor airport metro subway resident suburb police court hospital
    district park stadium outskirt downtown neighborhood neighbourhood station university museum
    skyline population port theatre theater hotel restaurant tower cathedral market bridge road
    building main central university zoo arena embassy outskirts exchange residents weather prison"""
)
_ADDRESSING = _words(
    """accuse urge pressure blame warn ask help criticize criticise press condemn support tell
    persuade push threaten punish force convince allow isolate provoke anger upset embarrass deter
    sanction pit"""
)
_RELATIONS = _words(
    """relation tie alliance talk agreement tension pact union relationship deal treaty conflict war exercise drill
    dispute negotiation cooperation integration loyalty partnership rift link contact standoff"""
)
_FROM = _words(
    "support pressure order help aid request loan money sanction subsidy backing gas oil"
)


def country_is_place(doc: "Doc", name: Name, words: Words, *, parsed: bool) -> bool:
    """Return whether a country's name is a place where it stands."""
    if _is_dateline(doc, name):
        return True
    if not parsed:
        return _word_before(doc, name) in _PLACE_PREPOSITIONS
    head = _first_of_list(doc[name.start : name.end].root)
    if head.dep_ in ("appos", "npadvmod") and name.start > 1 and doc[name.start - 1].text == ",":
        return head.head.ent_type_ in ("GPE", "LOC", "FAC") or head.head.pos_ == "PROPN"
    if head.dep_ == "pobj":
        return _after_preposition(head.head)
    if head.dep_ == "dobj":
        return head.head.lemma_ in ("border", "leave", "flee", "visit", "enter", "reach", "tour")
    if head.dep_ in ("poss", "compound", "nmod") and head.head.i >= name.end:
        return noun_lemma(head.head) in words.territory
    return False


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
    while owner.dep_ == "prep" and owner.head is not owner:
        owner = owner.head
    lemma = noun_lemma(owner)
    if word in ("to", "from") and lemma in _PARTIES:
        return False
    if word in _PLACE_PREPOSITIONS:
        return True
    if word == "for":
        return lemma in _LEAVING
    return word in ("of", "with", "between") and lemma in _LANDS


def is_metonym(doc: "Doc", name: Name, *, parsed: bool) -> bool:
    """Return whether a capital's name stands for the government that sits there."""
    after = doc[name.end].lower_ if name.end < len(doc) else ""
    if not parsed:
        return after in ("said", "says", "denied", "denies", "accused", "warned", "announced")
    head = chain_head(doc[name.start : name.end].root)
    if head.dep_ == "nsubj":
        return head.head.pos_ in ("VERB", "AUX") and head.head.lemma_.lower() not in _CITY_VERBS
    if head.dep_ == "nsubjpass":
        return head.head.lemma_.lower() in _ADDRESSING
    if head.dep_ == "pobj":
        return _is_party(head.head)
    if head.dep_ == "poss" and head.head.i >= name.end:
        return noun_lemma(head.head) not in _CITY_POSSESSIONS | _LANDS
    if head.dep_ in ("dobj", "iobj", "dative"):
        return head.head.lemma_.lower() in _ADDRESSING
    return False


def _is_party(preposition: "Token") -> bool:
    """Whether a preposition makes its object a party: "talks with", "pressure from", "by"."""
    word, lemma = preposition.lower_, noun_lemma(preposition.head)
    if word == "by":
        return True
    if word in ("between", "with"):
        return lemma in _RELATIONS or preposition.head.pos_ == "VERB"
    if word in ("against", "for", "on"):
        return lemma in ("sanction", "pressure", "ally", "support", "war", "campaign", "accusation")
    if word == "to":
        return lemma in _PARTIES
    return word == "from" and lemma in _FROM
