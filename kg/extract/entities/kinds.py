"""What kind of thing a name is: from what is known, its own words, and the words beside it.

What it gets wrong: a company whose name is a person's; bodies whose name says nothing and that no
word beside them explains (they stay Organization).
"""

from typing import TYPE_CHECKING

from kg.extract.entities.gazetteer import Known, city_population
from kg.extract.entities.lexicon import Words
from kg.extract.entities.names import Name
from kg.extract.entities.tokens import noun_lemma

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))


def kind_of(doc: "Doc", name: Name, words: Words) -> str:
    """Return the type, of actors or places, that a name has where it stands."""
    if name.known:
        return choose_known(doc, name).kind
    if name.label == "GROUP":
        return "Group"
    if name.label == "PERSON":
        return "Person"
    lowered = [t.text.lower().strip(".") for t in doc[name.start : name.end]]
    if doc[name.start].text in words.ship:
        return "ArmedForce"
    place = _place_kind(lowered, words)
    if name.label in _PLACE_LABELS:
        own = org_kind(lowered, words)
        if own and not place and name.label != "GPE":
            return own
        return place or _settlement(doc, name)
    return org_kind(lowered, words) or place or _from_context(doc, name, words)


def choose_known(doc: "Doc", name: Name) -> Known:
    """Return the reading of a known form: a state before a city only where its words say so."""
    after = doc[name.end].text.lower() if name.end < len(doc) else ""
    for known in name.known:
        if known.kind == "Region" and after in ("state", "province", "region", "oblast"):
            return known
    return name.known[0]


def _place_kind(lowered: list[str], words: Words) -> str | None:
    last, first = lowered[-1], lowered[0]
    if last in words.water or (
        first in ("gulf", "strait", "bay", "lake", "sea") and len(lowered) > 1
    ):
        return "BodyOfWater"
    if last in words.landform or first in ("mount", "mt"):
        return "Landform"
    if last in words.facility:
        return "Facility"
    return "Region" if last in words.region and len(lowered) > 1 else None


def _settlement(doc: "Doc", name: Name) -> str:
    if name.label == "FAC":
        return "Facility"
    text = name.text(doc)
    beside = {t.text.lower() for t in doc[max(0, name.start - 2) : name.end + 1]}
    if beside & {"province", "region", "district", "county", "oblast", "governorate", "state"}:
        return "Region"
    if name.label == "GPE" or city_population(text):
        return "City"
    return "Region"


def org_kind(lowered: list[str], words: Words) -> str | None:
    """Return the type that the words of an organisation's name tell, or None."""
    heads = [lowered[-1]]
    for joiner in ("of", "for", "on", "against"):
        if joiner in lowered[1:]:
            heads.insert(0, lowered[lowered.index(joiner, 1) - 1])
    if lowered[0] in ("ministry", "department", "university", "bank", "institute", "court"):
        heads.insert(0, lowered[0])
    if len(lowered) > 1 and lowered[-2:] == ["task", "force"]:
        return "ArmedForce"
    for head in heads:
        if head in words.org_type:
            return words.org_type[head]
    for word in reversed(lowered):
        if word in words.org_type and word not in ("post", "sun", "star", "front", "house"):
            return words.org_type[word]
    return None


def _from_context(doc: "Doc", name: Name, words: Words) -> str:
    for token in _beside(doc, name):
        kind = words.context_type.get(noun_lemma(token))
        if kind is not None:
            return kind
    return "Organization"


def _beside(doc: "Doc", name: Name) -> "list[Token]":
    """Return the words that may describe a name: just before it, after it, or in apposition."""
    found = [doc[name.start - 1]] if name.start else []
    head = doc[name.end - 1]
    found.extend(c for c in head.children if c.dep_ == "appos")
    if head.dep_ in ("compound", "poss", "appos", "nmod"):
        found.append(head.head)
    elif name.end < len(doc):
        found.append(doc[name.end])
    return [t for t in found if t.pos_ in ("NOUN", "PROPN", "")]
