"""Who does what a verb form tells, where it has no subject of its own.

Infinitives, participles, gerunds and conjoined verbs share or are given a subject; a noun is
carried by its first conjunct or its measure. What it gets wrong: the parser's own attachments.
"""

from typing import TYPE_CHECKING

from kg.extract.events.lexicon import load_cues

if TYPE_CHECKING:
    from spacy.tokens import Token

Tokens = tuple["Token", ...]
SUBJECTS = ("nsubj", "csubj")
PASSIVE = ("nsubjpass", "csubjpass")
OBJECTS = ("dobj", "obj")
_DEEPEST = 4
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})


def surface_subjects(token: "Token", depth: int = 0) -> Tokens:
    """Return the subjects of a verb form, its own or those that it shares or is controlled by."""
    own = tuple(c for c in token.children if c.dep_ in (*SUBJECTS, *PASSIVE))
    if own or depth > _DEEPEST:
        return tuple(unrelative(s, token) for s in own)
    head, dep = token.head, token.dep_
    if dep == "amod" or (dep == "acl" and token.tag_ in ("VBG", "VBN", "VBD")):
        return (head,)
    if dep == "acl":
        return _infinitive_of_noun(head, depth)
    verbal = head.pos_ in ("VERB", "AUX")
    if dep in ("conj", "acomp"):
        return surface_subjects(head, depth + 1) if verbal else ()
    if dep in ("xcomp", "advcl", "ccomp"):
        return _controlled(token, head, depth) if verbal or head.pos_ == "ADJ" else ()
    return _subjects_of_gerund(head, depth) if dep in ("pcomp", "pobj") else ()


def _subjects_of_gerund(prep: "Token", depth: int) -> Tokens:
    """Return who does it in "accused X of doing", "after doing", "by doing"."""
    governor = prep.head
    if governor.dep_ == "acomp":
        return surface_subjects(governor.head, depth + 1)
    if governor.pos_ == "NOUN":
        return _holders(governor, depth)
    if governor.pos_ not in ("VERB", "AUX"):
        return ()
    objects = tuple(c for c in governor.children if c.dep_ in (*OBJECTS, *PASSIVE))
    if prep.lower_ in ("of", "from", "into") and objects:
        return objects
    return surface_subjects(governor, depth + 1)


def _holders(noun: "Token", depth: int) -> Tokens:
    """Return whose role, hand or share in something it is."""
    owners = tuple(c for c in noun.children if c.dep_ == "poss")
    if any(o.tag_ != "PRP$" for o in owners):
        return owners
    clause = noun
    for _ in range(_DEEPEST):
        clause = clause.head
        if clause.pos_ in ("VERB", "AUX"):
            return surface_subjects(clause, depth + 1) if owners else ()
    return ()


def _controlled(token: "Token", head: "Token", depth: int) -> Tokens:
    """Return who does an infinitive or participle that has no subject of its own."""
    if token.dep_ == "advcl" and token.tag_ not in ("VBG", "VB", "VBN"):
        return ()
    called = _called_upon(token, head)
    if called:
        return called
    if head.lemma_ in load_cues()["object_control"] and token.dep_ != "advcl":
        objects = tuple(c for c in head.children if c.dep_ in (*OBJECTS, "dative"))
        if objects:
            return objects
    if head.lemma_ in ("send", "deploy"):
        objects = tuple(c for c in head.children if c.dep_ in OBJECTS)
        if objects:
            return objects
    return surface_subjects(head, depth + 1)


def _called_upon(token: "Token", head: "Token") -> Tokens:
    """Return who is to do it in "called for X to resign", "appealed to X to stay"."""
    if token.tag_ != "VB" or head.lemma_ not in load_cues()["callers"]:
        return ()
    preps = [c for c in head.children if c.dep_ == "prep" and c.lower_ in ("for", "on", "to")]
    return tuple(p for c in preps if c.i < token.i for p in c.children if p.dep_ == "pobj")


def _infinitive_of_noun(noun: "Token", depth: int) -> Tokens:
    """Return who does the infinitive of "X's plan to …", "X has a plan to …"."""
    owners = tuple(c for c in noun.children if c.dep_ == "poss")
    if owners:
        return owners
    verb, cues = governing_verb(noun), load_cues()
    if verb is None or not {verb.lemma_} & (cues["light_verbs"] | cues["intents"]):
        return ()
    return surface_subjects(verb, depth + 1)


def governing_verb(noun: "Token") -> "Token | None":
    """Return the verb whose subject or object a noun is, conjunctions undone."""
    token = carried(noun)
    if token.dep_ in (*SUBJECTS, *PASSIVE, *OBJECTS) and token.head.pos_ in ("VERB", "AUX"):
        return token.head
    return None


def carried(noun: "Token") -> "Token":
    """Return the noun that stands for another in its clause: the first conjunct, the measure."""
    token = noun
    for _ in range(4):
        head = token.head
        carrier = token.dep_ == "compound" and head.lemma_ in load_cues()["carriers"]
        if carrier or (token.dep_ == "conj" and head.pos_ in ("NOUN", "PROPN")):
            token = head
        elif token.dep_ == "pobj" and head.lower_ == "of" and head.head.pos_ == "NOUN":
            cues = load_cues()
            if head.head.lemma_ not in cues["measures"] and head.head.lower_ not in cues["counts"]:
                return token
            token = head.head
        else:
            return token
    return token


def unrelative(token: "Token", verb: "Token") -> "Token":
    """Return what a relative pronoun stands for, or the token itself."""
    if token.lower_ in RELATIVES and token.tag_ in ("WP", "WDT", "WP$", "IN", "DT"):
        clause = verb
        while clause.dep_ in ("conj", "ccomp") and clause.head.i != clause.i:
            clause = clause.head
        if clause.dep_ == "relcl":
            return clause.head
    return token
