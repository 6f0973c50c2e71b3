"""What kind of thing a name is: from what is known, its own words, and the words beside it.

What it gets wrong: a company whose name is a person's; bodies whose name says nothing and that no
word beside them explains (they stay Organization).
"""

from typing import TYPE_CHECKING

from kg.extract.entities.gazetteer import Known, city_population
from kg.extract.entities.lexicon import Words, listed
from kg.extract.entities.names import Name
from kg.extract.entities.tokens import chain_head, noun_lemma

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BIG_CITY = 100_000
_PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))


def kind_of(doc: "Doc", name: Name, words: Words) -> str:
    """Return the type, of actors or places, that a name has where it stands."""
    if name.known:
        return choose_known(doc, name).kind
    if name.label == "GROUP":
        return "Group"
    if doc[name.start].text in words.ship:
        return "ArmedForce"
    lowered = [t.text.lower().strip(".") for t in doc[name.start : name.end]]
    place = _place_kind(lowered, words)
    told = _kind_before(doc, name, words) if place is None or len(lowered) == 1 else None
    if told is not None:
        return told
    if name.label == "PERSON":
        return _person_or_not(doc, name, lowered, place, words)
    return _thing_kind(doc, name, lowered, place, words)


def _kind_before(doc: "Doc", name: Name, words: Words) -> str | None:
    """Return what "near", "the village of" or "Mr" before a name makes of it."""
    before = doc[name.start - 1].lower_ if name.start else ""
    if before == "near" or _is_in_settlement(doc, name):
        return "City"
    after = doc[name.end].lower_ if name.end < len(doc) else ""
    if after in ("tribe", "tribes", "clan"):
        return "Group"
    if name.end - name.start > 1 and doc[name.start].lower_ in listed("fighters"):
        return "ArmedGroup"
    titled = words.honorific.get(before.rstrip("."), "") and name.end - name.start < 4
    return "Person" if titled else None


def _is_in_settlement(doc: "Doc", name: Name) -> bool:
    """Whether a name stands after "town of", "village of", "in the vicinity of"."""
    first = chain_head(doc[name.start : name.end].root)
    at = (first.left_edge.i if first.i < name.start else name.start) - 1
    if at < 1 or doc[at].lower_ != "of":
        return False
    return noun_lemma(doc[at - 1]) in listed("places_of")


def _thing_kind(doc: "Doc", name: Name, lowered: list[str], place: str | None, words: Words) -> str:
    """Return the kind of a name that is no person's."""
    own = org_kind(lowered, words)
    full = own is None and place is None and _is_full_name(lowered, words)
    if own is None and place is None and _has_post(doc, name, words):
        return "Person"
    if full and not city_population(name.text(doc)):
        return "Person"
    facility = place == "Facility" and lowered[-1] not in words.org_type
    if name.label in _PLACE_LABELS or (facility and own != "GovernmentOrganization"):
        if own and not place and name.label != "GPE":
            return own
        return place or _told_kind(doc, name, words) or _settlement(doc, name)
    if own is None and place is None and is_located(doc, name):
        return _settlement(doc, name)
    return own or place or _from_context(doc, name, words)


def _is_full_name(lowered: list[str], words: Words) -> bool:
    """Whether a name that the model takes for a body's or place's starts with a given name."""
    if len(lowered) == 1 and lowered[0].startswith("o'"):
        return True
    if not 1 < len(lowered) < 5 or lowered[0] not in words.gender:
        return False
    return all(w.replace("-", "").isalpha() for w in lowered) and not lowered[-1].endswith("s")


def _has_post(doc: "Doc", name: Name, words: Words) -> bool:
    """Whether a name of two or three words follows a job in small letters: "spokeswoman X Y"."""
    before = doc[name.start - 1] if name.start else None
    if before is None or not before.text.islower() or not 1 < name.end - name.start < 4:
        return False
    plain = all(t.is_alpha and not t.text.isupper() for t in doc[name.start : name.end])
    return plain and words.is_post(before.lower_)


def is_located(doc: "Doc", name: Name) -> bool:
    """Return whether a name that nobody knows stands where a place does: "near X", "city of X"."""
    at = name.start - 1
    if at >= 0 and doc[at].lower_ == "the":
        at -= 1
    before = doc[at].lower_ if at >= 0 else ""
    if before == "near":
        return True
    if before == "of":
        return noun_lemma(doc[at - 1]) in listed("settlements")
    root = doc[name.start : name.end].root
    if chain_head(root).dep_ == "dobj" and chain_head(root).head.lemma_ in listed("taking"):
        return name.end - name.start == 1
    if root.dep_ not in ("pobj", ""):
        return False
    if before in ("in", "outside", "around"):
        return noun_lemma(doc[at].head) not in listed("holdings")
    return before in ("from", "to") and city_population(name.text(doc)) > 0


def _person_or_not(
    doc: "Doc", name: Name, lowered: list[str], place: str | None, words: Words
) -> str:
    """Return what a name is that the model takes for a person's."""
    if len(lowered) == 1:
        return place or _lone_kind(doc, name, lowered[0])
    if len(lowered) > 2 and lowered[-1] in words.org_type and lowered[-1] not in listed("surnames"):
        return words.org_type[lowered[-1]]
    kinds = [
        words.org_type[w] for w in lowered if w in words.org_type and w not in listed("surnames")
    ]
    return kinds[0] if kinds and lowered[0] not in words.gender else "Person"


def _lone_kind(doc: "Doc", name: Name, lower: str) -> str:
    """Return what one word is that the model takes for a person's name."""
    if lower.endswith(("bank", "corp", "soft", "tech", "air")):
        return "Corporation"
    return "City" if is_located(doc, name) and city_population(name.text(doc)) else "Person"


def _told_kind(doc: "Doc", name: Name, words: Words) -> str | None:
    """Return the kind of actor that an apposition gives to what the model takes for a place."""
    head = doc[name.end - 1]
    if name.end - name.start == 1 and head.lower_ in words.gender and not _is_city(name.text(doc)):
        return "Person"
    if head.dep_ == "appos" and not city_population(name.text(doc)):
        return words.context_type.get(noun_lemma(head.head))
    for child in head.children:
        if child.dep_ == "appos" and child.i > head.i and child.pos_ == "NOUN":
            return words.context_type.get(noun_lemma(child))
    return None


def _is_city(text: str) -> bool:
    return city_population(text) > _BIG_CITY


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
    taken = chain_head(doc[name.start : name.end].root).head.lemma_ in listed("taking")
    if name.label == "GPE" or city_population(text) or taken:
        return "City"
    return "Region"


def org_kind(lowered: list[str], words: Words) -> str | None:
    """Return the type that the words of an organisation's name tell, or None."""
    heads = [lowered[-1]]
    joiners = [i for i, w in enumerate(lowered) if i and w in ("of", "for", "on", "against")]
    if joiners:
        heads.insert(0, lowered[joiners[0] - 1])
    if lowered[0] in ("ministry", "department", "university", "bank", "institute", "court"):
        heads.insert(0, lowered[0])
    special = _ambiguous_kind(lowered)
    if special is not None:
        return special
    for head in heads:
        if head in words.org_type:
            return words.org_type[head]
    for word in reversed(lowered):
        if word in words.org_type and word not in ("post", "sun", "star", "front", "house"):
            return words.org_type[word]
    return None


def _ambiguous_kind(lowered: list[str]) -> str | None:
    """Return the type where a head word alone does not tell: group, committee."""
    if "task" in lowered and {"force", "group"} & set(lowered):
        return "ArmedForce"
    return _group_kind(lowered) or _state_kind(lowered)


def _group_kind(lowered: list[str]) -> str | None:
    if lowered[-1] == "group":
        unit = any(w[0].isdigit() or w in ("carrier", "strike", "battle") for w in lowered)
        return "ArmedForce" if unit else ("Corporation" if len(lowered) == 2 else "Organization")
    if {"union", "league", "alliance", "community", "summit"} & set(lowered[-1:] + lowered[:1]):
        states = {"european", "african", "arab", "eurasian", "atlantic", "states", "pacific"}
        return "IntergovernmentalOrganization" if states & set(lowered) else "Organization"
    return None


def _state_kind(lowered: list[str]) -> str | None:
    """Return the type of services, boards and committees: a state's, or anybody's."""
    if lowered[-1] in ("service", "services"):
        state = {"immigration", "health", "national", "federal", "secret", "security", "customs",
                 "revenue", "intelligence", "border", "prison", "postal", "emergency"}  # fmt: skip
        return "GovernmentOrganization" if state & set(lowered) else None
    if lowered[-1] == "board" or "bureau" in lowered:
        state = {"national", "federal", "safety", "state", "parole", "review", "bureau"}
        return "GovernmentOrganization" if state & set(lowered) else "Organization"
    if "committee" in lowered:
        state = {"senate", "house", "select", "security", "state", "central", "parliamentary",
                 "investigative", "standing", "intelligence", "judiciary"}  # fmt: skip
        return "GovernmentOrganization" if state & set(lowered) else "Organization"
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
