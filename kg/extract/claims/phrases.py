"""Content that is no clause: infinitives, gerunds, objects, prepositional phrases.

"vowed to fight" · "urged Rome to act" · "denied lying" · "rejected the plan" · "called for talks" ·
"accused Rome of lying" · "called the vote a farce".

What it gets wrong: the end of a noun phrase followed by a phrase that tells when or where.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.extract.claims.clauses import clause_after, object_of, opens_with
from kg.extract.claims.draft import Content
from kg.extract.claims.lexicon import Reading, load_lexicon
from kg.extract.claims.nouns import clause_of_nobody
from kg.extract.claims.syntax import before_apposition, content_end, phrase_end

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRONOUNS = {"it", "that", "this", "these", "those", "them", "him", "her", "me", "us", "you", "so"}
_ATTRIBUTIVE = {"over", "for", "of", "about", "against", "between", "with", "into", "towards", "to"}
_ASKING = {"request", "demand", "seek", "want"}
_OBJECTS = ("dobj", "dative", "obj", "iobj")


def infinitive(verb: "Token") -> Content | None:
    """Return the infinitive: "vowed to fight"."""
    clause = _to_clause(verb)
    if clause is None or any(c.dep_ in _OBJECTS and c.i < clause.i for c in verb.children):
        return None
    if any(c.dep_ == "nsubj" for c in clause.children):
        return None
    return Content([_from_to(clause, verb)], clause)


def _to_clause(verb: "Token") -> "Token | None":
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp", "advcl") and child.i > verb.i and _has_to(child):
            return child
    return None


def _has_to(clause: "Token") -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children)


def _from_to(clause: "Token", verb: "Token") -> tuple[int, int]:
    to = next(c for c in clause.children if c.lower_ == "to" and c.dep_ == "aux")
    return to.i, content_end(clause, verb, verb.sent)


def object_infinitive(verb: "Token") -> Content | None:
    """Return the content: "urged Rome to act": object and infinitive."""
    clause = _to_clause(verb)
    if clause is None:
        return None
    inner = next((c for c in clause.children if c.dep_ == "nsubj" and c.i > verb.i), None)
    outer = next((c for c in verb.children if c.dep_ in _OBJECTS and verb.i < c.i < clause.i), None)
    who = inner if inner is not None else outer
    if who is None:
        return None
    return Content([(who.left_edge.i, content_end(clause, verb, verb.sent))], clause, who)


def addressed_infinitive(verb: "Token") -> Content | None:
    """Return the content: "called on Rome to act": the infinitive; Rome is the addressee."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in ("on", "upon", "to", "for", "with"):
            who = object_of(child)
            clause = _to_clause(verb) or (_to_clause_below(who) if who is not None else None)
            if who is not None and clause is not None and clause.i > who.i:
                return Content([_from_to(clause, verb)], clause, who)
    return None


def _to_clause_below(noun: "Token") -> "Token | None":
    for child in noun.children:
        if child.dep_ in ("acl", "relcl", "xcomp", "advcl") and _has_to(child):
            return child
    return None


def object_predicate(verb: "Token") -> Content | None:
    """Return the content: "called the vote a farce": object and predicate."""
    noun = next((c for c in verb.children if c.dep_ in ("dobj", "nsubj") and c.i > verb.i), None)
    named = next((c for c in verb.children if c.dep_ in ("oprd", "ccomp") and c.i > verb.i), None)
    both = [c for c in verb.children if c.dep_ == "oprd" and c.i > verb.i]
    if noun is None and len(both) > 1:
        noun, named = both[0], both[1]
    if named is None and noun is not None:
        named = next((c for c in noun.children if c.dep_ == "appos" and _is_quoted(c)), None)
    if named is None or (named.dep_ == "ccomp" and named.pos_ in ("VERB", "AUX")):
        return None
    if noun is None:
        noun = next((c for c in named.children if c.dep_ == "nsubj" and c.i > verb.i), None)
    if noun is None:
        return _named_before(verb, named)
    first = min(noun.left_edge.i, named.left_edge.i)
    return Content([(first, max(noun.right_edge.i, named.right_edge.i) + 1)], named)


def _is_quoted(noun: "Token") -> bool:
    first = noun.left_edge
    return first.is_quote or (first.i > 0 and first.nbor(-1).is_quote)


def _named_before(verb: "Token", named: "Token") -> Content | None:
    """The predicate alone, where its noun stands before: "whom critics call a genius"."""
    before = any(c.dep_ == "dobj" and c.i < verb.i for c in verb.children)
    if not before or named.dep_ != "oprd":
        return None
    return Content([(named.left_edge.i, named.right_edge.i + 1)], named)


def plea(verb: "Token") -> Content | None:
    """Return the plea: "pleaded not guilty to theft"."""
    doc, end = verb.doc, min(verb.i + 4, verb.sent.end)
    guilty = next((doc[i] for i in range(verb.i + 1, end) if doc[i].lower_ == "guilty"), None)
    if guilty is None:
        return None
    return Content([(verb.i + 1, max(guilty.right_edge.i, guilty.i) + 1)], guilty)


def gerund(verb: "Token") -> Content | None:
    """Return the gerund: "denied lying"."""
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp") and child.tag_ == "VBG" and child.i > verb.i:
            return Content([(child.left_edge.i, content_end(child, verb, verb.sent))], child)
    return None


def by_preposition(verb: "Token", frame: str) -> Content | None:
    """Return the phrase of the frames "of", "obj+of" and "to:of"."""
    mode, _, name = frame.rpartition("+") if "+" in frame else frame.rpartition(":")
    if name in ("clause", "quote", "inf", "ing", "obj", "pred", "thing"):
        return None
    noun = next((c for c in verb.children if c.dep_ in _OBJECTS and c.i > verb.i), None)
    if (mode != "") != (noun is not None):
        return None
    preposition = _preposition(verb, noun, name) or _late_preposition(verb, noun, name)
    target = preposition and object_of(preposition)
    if preposition is None or target is None:
        return None
    end = phrase_end(target.i, target.right_edge.i + 1, verb.sent)
    if mode == "obj" and noun is not None and not _all_quoted(target, end):
        return Content([(noun.left_edge.i, end)], target)
    return Content([(target.left_edge.i, end)], target, noun if mode == "to" else None)


def _all_quoted(target: "Token", end: int) -> bool:
    """Whether a phrase stands between quotation marks: then it is the speaker's own words."""
    doc, first = target.doc, target.left_edge.i
    return doc[first].is_quote and doc[end - 1].is_quote and end - first > 2


def passive_phrase(verb: "Token", frames: Mapping[str, Reading]) -> tuple[Reading, Content] | None:
    """Return the content of "was accused of lying", "is blamed for the fire"."""
    for frame, reading in frames.items():
        if not frame.startswith("obj+"):
            continue
        preposition = _preposition(verb, None, frame[4:])
        target = preposition and object_of(preposition)
        if target is not None:
            return reading, Content([(target.left_edge.i, target.right_edge.i + 1)], target)
    return None


def _preposition(verb: "Token", noun: "Token | None", name: str) -> "Token | None":
    children = [*verb.children, *(noun.children if noun is not None else ())]
    after = noun.i if noun is not None else verb.i
    return next(
        (c for c in children if c.dep_ == "prep" and c.lower_ == name and c.i > after), None
    )


def _late_preposition(verb: "Token", noun: "Token | None", name: str) -> "Token | None":
    """The preposition inside the object: "the cabinet in Rome of lying"."""
    if noun is None or name != "of":
        return None
    found = None
    for token in verb.doc[noun.i + 1 : min(noun.i + 15, verb.sent.end)]:
        if token.text in (",", ";") or token.pos_ == "VERB":
            break
        if token.dep_ == "prep" and token.lower_ == name:
            found = token
    return found


def noun_object(verb: "Token", *, denied: bool) -> Content | None:
    """Return the noun phrase: "rejected the plan"; pronouns only where denied."""
    noun = next((c for c in verb.children if c.dep_ in ("dobj", "obj")), None)
    if noun is None:
        return _noun_before(verb)
    if noun.lower_ in ("which", "that", "whom") and noun.i < verb.i:
        return Content([(verb.head.i, verb.head.i + 1)], verb.head) if _is_relative(verb) else None
    if noun.i < verb.i or (noun.lower_ in _PRONOUNS and not denied) or noun.ent_type_ == "PERSON":
        return None
    told = clause_of_nobody(noun) if denied else None
    if told is not None or noun.lower_ == "fact":
        return told or _fact(noun)
    end = phrase_end(noun.i, _with_phrases(verb, noun), verb.sent)
    asked = _preposition(verb, noun, "from") if verb.lemma_.lower() in _ASKING else None
    return Content([(noun.left_edge.i, end)], noun, object_of(asked) if asked is not None else None)


def _is_relative(verb: "Token") -> bool:
    return bool(verb.dep_ == "relcl")


def _fact(noun: "Token") -> Content | None:
    """The clause in "the fact that"."""
    clause = next((c for c in noun.children if opens_with(c, ("that",))), None)
    return Content([clause_after(noun, clause)], clause) if clause is not None else None


def after_judgement(verb: "Token") -> Content | None:
    """Return the object in "dismissed as false a report", "rejected as baseless claims that S"."""
    doc, at, end = verb.doc, verb.i + 1, verb.sent.end
    if at + 2 >= end or doc[at].lower_ != "as":
        return None
    while at + 1 < end and doc[at + 1].pos_ in ("ADJ", "ADV", "CCONJ"):
        at += 1
    first = at + 1
    noun = next((t for t in doc[first : min(first + 6, end)] if t.pos_ in ("NOUN", "PROPN")), None)
    while noun is not None and noun.dep_ == "compound" and noun.head.i > noun.i:
        noun = noun.head
    if noun is None or doc[at].pos_ != "ADJ" or doc[first].pos_ in ("ADP", "PUNCT"):
        return None
    told = clause_of_nobody(noun)
    return told or Content([(first, phrase_end(noun.i, noun.right_edge.i + 1, verb.sent))], noun)


def _noun_before(verb: "Token") -> Content | None:
    """The claim in "a claim that Rome rejected", where the parser took "that" for a conjunction."""
    noun, first = verb.head, verb.left_edge
    if verb.dep_ not in ("acl", "relcl") or noun.lemma_.lower() not in load_lexicon().nouns:
        return None
    if verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN") or first.lower_ not in ("that", "which"):
        return None
    return Content([(noun.i, noun.i + 1)], noun)


def evoked_threat(verb: "Token") -> Content | None:
    """Return the phrase: "raised the spectre of troops crossing the river"."""
    noun = next((c for c in verb.children if c.dep_ in ("dobj", "obj") and c.i > verb.i), None)
    if noun is None or noun.lemma_.lower() not in load_lexicon().evoked:
        return None
    clause = next((c for c in noun.children if opens_with(c, ("that",))), None)
    if clause is not None:
        return Content([clause_after(noun, clause)], clause)
    of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    target = object_of(of) if of is not None else None
    if of is None or target is None:
        return None
    end = phrase_end(noun.i, _with_phrases(verb, noun, of.right_edge.i + 1), verb.sent)
    shown = next((c for c in verb.subtree if c.i == end and c.lower_ == "as"), None)
    if shown is not None and shown.dep_ == "prep":
        end = shown.right_edge.i + 1
    end = before_apposition(noun, min(end, verb.sent.end))
    return Content([(noun.left_edge.i, end)], target)


def _with_phrases(verb: "Token", noun: "Token", end: int | None = None) -> int:
    """The index after an object, stretched over phrases that the parser hung on the verb."""
    end = noun.right_edge.i + 1 if end is None else end
    for child in verb.children:
        if child.dep_ == "prep" and child.i == end and child.lower_ in _ATTRIBUTIVE:
            end = child.right_edge.i + 1
    return end
