"""Content clauses of reporting verbs: after the verb, before it, or around it.

"X said (that) it rained" · "It rained, X said" · "In June, X said, it rained".

What it gets wrong: a clause that the parser made the main one without a comma before "X said".
"""

from typing import TYPE_CHECKING

from kg.extract.claims.draft import Content
from kg.extract.claims.lexicon import load_lexicon
from kg.extract.claims.syntax import STOPS, content_end, rebuts, trailing_start

if TYPE_CHECKING:
    from spacy.tokens import Token

_ADVERBIAL = {"as", "before", "after", "while", "because", "since", "although", "though", "until"}
_TO_PEOPLE = frozenset(
    ("tell", "inform", "remind", "warn", "assure", "reassure", "notify", "advise", "ask",
     "caution", "promise", "text", "email", "message", "brief", "implore", "beg")
)  # fmt: skip
_ASIDES = frozenset(
    ("response", "reply", "answer", "reaction", "return", "day", "week", "month", "year", "time",
     "morning", "afternoon", "evening", "night", "weekend", "hour", "minute", "monday", "tuesday",
     "wednesday", "thursday", "friday", "saturday", "sunday")
)  # fmt: skip
_NOTHING = {"nothing", "little", "much", "so", "more", "goodbye", "yes", "no"}
_ASKING = {"ask", "wonder", "question", "query", "inquire", "enquire", "doubt"}


def find_clause(verb: "Token") -> Content | None:
    """Return the content clause of a reporting verb."""
    clause = _content_clause(verb)
    if clause is None:
        return _inserted_report(verb) or _trailing_report(verb)
    clause = _reported_clause(clause)
    start = frame_start(verb)
    parenthetical = start > verb.sent.start and _set_off(verb, start) and _is_main(verb)
    if clause.i > verb.i:
        pieces = [clause_after(verb, clause)]
        if parenthetical and _comma_follows(verb):
            pieces.insert(0, (verb.sent.start, start))
    elif parenthetical:
        pieces = [(verb.sent.start, start)]
        if clause.right_edge.i > verb.i and _comma_follows(verb):
            pieces.append((verb.i + 1, clause.right_edge.i + 1))
    else:
        return _trailing_report(verb)
    return Content(_before_rebuttal(pieces, verb), clause, addressee_of(verb))


def _before_rebuttal(pieces: list[tuple[int, int]], verb: "Token") -> list[tuple[int, int]]:
    """The pieces without one that opens ", which the army denied"."""
    doc = verb.doc
    return [
        (first, last)
        for first, last in pieces
        if not any(rebuts(t) and t.left_edge.i <= first + 1 for t in doc[first:last])
    ] or pieces[:1]


def _reported_clause(clause: "Token") -> "Token":
    """The clause itself, where the parser put ", the Herald reported" above it."""
    if clause.lemma_.lower() not in load_lexicon().verbs or trailing_start(clause) is None:
        return clause
    return next((c for c in clause.children if c.dep_ == "ccomp" and c.i < clause.i), clause)


def _content_clause(verb: "Token") -> "Token | None":
    clauses = [c for c in verb.children if c.dep_ == "ccomp" and c.i != verb.i]
    if not clauses:
        openers = ("that", "if", "whether") if verb.lemma_.lower() in _ASKING else ("that",)
        clauses = [
            c for c in verb.children if c.dep_ in ("advcl", "xcomp") and opens_with(c, openers)
        ]
    if not clauses and verb.dep_ in ("ccomp", "parataxis") and verb.head.dep_ == "relcl":
        clauses = [verb.head] if verb.head.i > verb.i else []
    if not clauses:
        clauses = _below_document(verb)
    clauses = [c for c in clauses if not _is_adverbial(c) and not rebuts(c)]
    after = [c for c in clauses if c.i > verb.i]
    return next(iter(after or clauses), None)


def _below_document(verb: "Token") -> "list[Token]":
    """The that-clause that the parser hung on "statement" or "day" in "said that day that"."""
    nouns = [object_of(c) for c in verb.children if c.dep_ == "prep"]
    nouns += [c for c in verb.children if c.dep_ == "npadvmod" and c.i > verb.i]
    return [
        clause
        for noun in nouns
        if noun is not None
        and (noun.lemma_.lower() in _ASIDES or noun.lemma_.lower() in load_lexicon().documents)
        for clause in noun.children
        if clause.dep_ in ("acl", "relcl", "ccomp")
        and noun.doc[clause.left_edge.i].lower_ == "that"
        and any(c.dep_ in ("nsubj", "nsubjpass") and c.lower_ != "that" for c in clause.children)
    ]


def _is_adverbial(clause: "Token") -> bool:
    """Whether the parser took "as a phone rang" for what is said."""
    return any(c.dep_ == "mark" and c.lower_ in _ADVERBIAL for c in clause.children)


def opens_with(clause: "Token", openers: tuple[str, ...]) -> bool:
    """Return whether a clause opens with one of some conjunctions."""
    return any(c.dep_ == "mark" and c.lower_ in openers for c in clause.children)


def clause_after(verb: "Token", clause: "Token") -> tuple[int, int]:
    """Return the range of a clause's tokens after a word, without "that"."""
    first = min((t.i for t in clause.subtree if t.i > verb.i), default=clause.i)
    if verb.lemma_.lower() not in _TO_PEOPLE:  # an object beside the clause is its subject
        nouns = [c.left_edge.i for c in verb.children if c.dep_ == "dobj" and c.i > verb.i]
        first = min([first, *nouns])
    doc = verb.doc
    while first < clause.i and (doc[first].is_punct or doc[first].lower_ == "that"):
        if doc[first].lower_ == "that" and doc[first].dep_ not in (
            "mark",
            "punct",
            "dep",
            "advmod",
        ):
            break
        if doc[first].text in ('"', "'", "''", "``", "(", "["):
            break
        first += 1
    return first, content_end(clause, verb, verb.sent)


def frame_start(verb: "Token") -> int:
    """Return the index of the first token of "X said" or "said X"."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    lefts = [c.left_edge.i for c in verb.children if c.dep_ in ("aux", "neg") and c.i < verb.i]
    if subject is not None and subject.i < verb.i:
        lefts.append(subject.left_edge.i)
    return min([verb.i, *lefts])


def _set_off(verb: "Token", start: int) -> bool:
    """Whether a comma or mark stands before "X said"."""
    before = verb.doc[start - 1]
    return before.text in STOPS and before.i >= verb.sent.start


def _comma_follows(verb: "Token") -> bool:
    doc, stop = verb.doc, min(verb.i + 5, verb.sent.end)
    for index in range(verb.i + 1, stop):
        if doc[index].text == ",":
            return True
        if doc[index].pos_ in ("VERB", "AUX", "SCONJ"):
            return False
    return False


def _is_main(verb: "Token") -> bool:
    """Whether "X said" can stand in a clause that it reports: no participle, no "who said"."""
    return verb.tag_ != "VBG" and not any(c.lower_ in ("who", "which") for c in verb.children)


def _inserted_report(verb: "Token") -> Content | None:
    """Such as "In June, X said, it rained" where the parser made the content the main clause."""
    clause = verb.head
    if verb.dep_ not in ("parataxis", "ccomp") or clause.pos_ not in ("VERB", "AUX"):
        return None
    if any(c.dep_ == "dobj" for c in verb.children):
        return None
    start = frame_start(verb)
    if start <= verb.sent.start or not _set_off(verb, start) or not _is_main(verb):
        return None
    end = clause.i if clause.i > verb.i else min(verb.i + 8, clause.right_edge.i)
    after = next((i for i in range(verb.i + 1, end) if verb.doc[i].text in STOPS), None)
    if after is None:
        return None
    pieces = [(verb.sent.start, start), (after + 1, clause.right_edge.i + 1)]
    return Content(pieces, clause, addressee_of(verb))


def _trailing_report(verb: "Token") -> Content | None:
    """Such as "It rained, X said" at the end of a sentence: the content is what goes before."""
    start = trailing_start(verb)
    sentence = verb.sent
    if start is None or start - sentence.start < 3 or _says_nothing(verb):
        return None
    left = verb.doc[sentence.start : start]
    head = next((t for t in left if t.pos_ in ("VERB", "AUX") and t.dep_ != "acl"), None)
    if head is None or not any(t.dep_ in ("nsubj", "nsubjpass", "expl") for t in left):
        return None
    return Content([(sentence.start, start)], head, addressee_of(verb))


def _says_nothing(verb: "Token") -> bool:
    """Whether the verb has its own object: "said nothing", "said little"."""
    return any(c.dep_ == "dobj" and c.lower_ in _NOTHING for c in verb.children)


def addressee_of(verb: "Token") -> "Token | None":
    """Return the noun of the person spoken to: object of "tell", or after "to"."""
    told = verb.lemma_.lower() in _TO_PEOPLE
    for child in verb.children:
        if child.dep_ == "prep":
            found = _reached(child, verb)
            if found is not None:
                return found
        elif told and child.dep_ in ("dative", "dobj", "iobj") and child.i > verb.i:
            nominal = child.pos_ in ("NOUN", "PROPN", "PRON")
            return child if nominal else object_of(child)
    return None


def _reached(preposition: "Token", verb: "Token") -> "Token | None":
    """The noun in "said to reporters", "asked for help from Rome", "in a letter to staff"."""
    noun = object_of(preposition)
    word = preposition.lower_
    if word == "to" and preposition.i > verb.i:
        return noun
    if noun is None or noun.lemma_.lower() not in load_lexicon().documents:
        return None
    below = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "to"), None)
    return object_of(below) if below is not None else None


def object_of(preposition: "Token") -> "Token | None":
    """Return the noun or gerund after a preposition."""
    return next((c for c in preposition.children if c.dep_ in ("pobj", "pcomp")), None)
