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

_PLACE_PREPOSITIONS = frozenset(
    ("in", "into", "across", "via", "near", "to", "from", "outside", "inside", "within", "through",
     "throughout", "around", "over", "at", "onto", "toward", "towards", "beyond", "along",
     "off", "under", "past", "above", "elsewhere")
)  # fmt: skip
_ENVOYS = frozenset(
    (
        "ambassador",
        "envoy",
        "aid",
        "message",
        "letter",
        "threat",
        "loan",
        "support",
        "help",
        "assistance",
    )
)
_POLITICAL_VERBS = frozenset(
    """say deny claim want accuse agree refuse reject warn announce impose demand insist recall call
    condemn support back oppose decide seek offer threaten respond urge ask send deploy invade sign
    propose describe see view consider believe hope fear face need expect provide use try plan
    pressure push press recognize recognise maintain argue hint signal pledge promise allow let
    make take give become withdraw retaliate expel sanction criticize criticise blame suspect
    denounce dismiss vow lose win""".split()
)
_STATE_POSSESSIONS = frozenset(
    """government decision ally relation tie policy support influence pressure force troop army
    offer demand claim position stance response interest role aggression invasion foe enemy rule
    plan ambition control power reaction refusal leader ambassador envoy president minister help
    intention narrative propaganda request campaign attempt effort hand rejection move denial""".split()
)
_DYADS = frozenset(("between", "with", "against", "by", "towards", "toward"))


def country_is_place(doc: "Doc", name: Name, words: Words, *, parsed: bool) -> bool:
    """Return whether a country's name is a place where it stands."""
    head = chain_head(doc[name.end - 1])
    if _begins_paragraph(doc, name):
        return True
    if not parsed:
        before = doc[name.start - 1].text.lower() if name.start else ""
        if before == "the" and name.start > 1:
            before = doc[name.start - 2].text.lower()
        return before in _PLACE_PREPOSITIONS
    if name.start > 1 and doc[name.start - 1].text == "," and head.dep_ in ("appos", "npadvmod"):
        return head.head.ent_type_ in ("GPE", "LOC", "FAC") or head.head.pos_ == "PROPN"
    if head.dep_ == "pobj":
        return _after_preposition(head.head)
    if head.dep_ in ("poss", "compound", "nmod"):
        return noun_lemma(head.head) in words.territory and head.head.i >= name.end
    return False


def _begins_paragraph(doc: "Doc", name: Name) -> bool:
    """Whether it is (part of) a dateline: capitals at the start, before a dash or bracket."""
    start = name.start
    if start and not doc[start - 1].is_space and doc[start - 1].text != ",":
        return False
    after = doc[name.end].text if name.end < len(doc) else ""
    return after in ("-", "–", "—", "--", "(") and (start == 0 or doc[start - 1].is_space)


def _after_preposition(preposition: "Token") -> bool:
    word = preposition.text.lower()
    while preposition.dep_ == "prep" and preposition.head.dep_ == "prep":
        preposition = preposition.head
    owner = noun_lemma(preposition.head)
    if word in ("to", "from") and (owner in _ENVOYS or preposition.head.lemma_ in _GIVING):
        return False
    if word in _PLACE_PREPOSITIONS:
        return True
    if word in ("of", "with", "between"):
        return owner in _LANDS
    if word == "on":
        return owner in ("border", "attack") and False
    return False


_GIVING = frozenset(
    (
        "say",
        "give",
        "sell",
        "speak",
        "talk",
        "lend",
        "provide",
        "belong",
        "matter",
        "appeal",
        "respond",
    )
)
_LANDS = frozenset(
    """border frontier capital territory city town village part east west north south northeast
    northwest southeast southwest region province side coast outskirt soil island area center centre
    population rest half third swath map edge mile kilometer km streets airspace invasion-free heart
    interior corner""".split()
)


def is_metonym(doc: "Doc", name: Name, *, parsed: bool) -> bool:
    """Return whether a city's name stands for the government that sits there."""
    head = chain_head(doc[name.end - 1])
    if not parsed:
        after = doc[name.end].text.lower() if name.end < len(doc) else ""
        return after in ("said", "says", "denied", "denies", "accused", "warned", "announced")
    if head.dep_ in ("nsubj", "nsubjpass", "agent"):
        verb = head.head
        return verb.lemma_.lower() in _POLITICAL_VERBS and not _is_described(verb)
    if head.dep_ == "pobj":
        return _is_party(head.head)
    if head.dep_ in ("poss", "compound") and head.head.i >= name.end:
        follows = doc[name.end].text in ("'s", "'") if name.end < len(doc) else False
        return follows and noun_lemma(head.head) in _STATE_POSSESSIONS
    if head.dep_ in ("dobj", "iobj", "dative"):
        return head.head.lemma_.lower() in _ADDRESSING
    return False


_ADDRESSING = frozenset(
    (
        "accuse",
        "urge",
        "pressure",
        "blame",
        "warn",
        "ask",
        "help",
        "criticize",
        "criticise",
        "press",
        "condemn",
        "support",
        "tell",
        "persuade",
        "push",
        "threaten",
        "punish",
    )
)


def _is_described(verb: "Token") -> bool:
    return any(c.dep_ in ("acomp", "attr") for c in verb.children) and verb.lemma_ == "be"


def _is_party(preposition: "Token") -> bool:
    word, owner = preposition.text.lower(), preposition.head
    lemma = noun_lemma(owner)
    if word == "by":
        return preposition.dep_ == "agent" or lemma in _STATE_POSSESSIONS
    if word == "between" or word == "with":
        return lemma in _RELATIONS
    if word in ("against", "for", "on"):
        return lemma in ("sanction", "pressure", "ally", "support", "war", "campaign", "accusation")
    return word == "from" and lemma in (
        "support",
        "pressure",
        "order",
        "help",
        "aid",
        "request",
        "loan",
    )


_RELATIONS = frozenset(
    (
        "relation",
        "tie",
        "alliance",
        "talk",
        "agreement",
        "tension",
        "pact",
        "union",
        "relationship",
        "deal",
        "treaty",
        "conflict",
        "war",
        "dispute",
        "negotiation",
        "cooperation",
        "integration",
        "loyalty",
        "partnership",
    )
)
