"""The content that each frame of a reporting verb points at, as ranges of tokens.

Each finder answers for one frame of `reporting.toml`; the first that finds something wins, clauses
before phrases.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.claims.lexicon import Reading
from kg.extract.claims.syntax import content_end, phrase_end

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRONOUNS = {"it", "that", "this", "these", "those", "them", "him", "her", "me", "us", "you", "so"}
_ADVERBIAL = {"as", "before", "after", "while", "because", "since", "although", "though", "until"}
_STOPS = {",", '"', "''", "``", "?", "!", "—", "–", "--"}
_TO_PEOPLE = {
    "tell",
    "inform",
    "remind",
    "warn",
    "assure",
    "reassure",
    "notify",
    "advise",
    "ask",
    "caution",
    "promise",
}
_ASKING = {"ask", "wonder", "question", "query", "inquire", "enquire", "doubt"}
_ATTRIBUTIVE = {"over", "for", "of", "about", "against", "between", "with", "into", "towards", "to"}
_OBJECTS = ("dobj", "dative", "obj", "iobj")


@dataclass(slots=True)
class Content:
    """Where the content is.

    Attributes:
        pieces: half-open ranges of token indices, sorted.
        head: main word of the content.
        addressee: noun of the person spoken to.
    """

    pieces: list[tuple[int, int]]
    head: "Token | None" = None
    addressee: "Token | None" = None


def find_content(verb: "Token", frames: Mapping[str, Reading]) -> tuple[Reading, Content] | None:
    """Return the reading and content of the first frame that fits an active verb."""
    frames = {f: r for f, r in frames.items() if not r.tags or verb.tag_ in r.tags}
    for frame, finder in _FINDERS.items():
        if frame in frames:
            content = finder(verb)
            if content is not None:
                return frames[frame], content
    for frame, reading in frames.items():
        content = _by_preposition(verb, frame)
        if content is not None:
            return reading, content
    if "obj" in frames:
        content = _object(verb, denied=frames["obj"].polarity == "denied")
        if content is not None:
            return frames["obj"], content
    return None


def _clause(verb: "Token") -> Content | None:
    clause = _content_clause(verb)
    if clause is None:
        return _inserted_report(verb) or _trailing_report(verb)
    start = frame_start(verb)
    parenthetical = start > verb.sent.start and _set_off(verb, start) and _is_main(verb)
    if clause.i > verb.i:
        pieces = [_after(verb, clause)]
        if parenthetical and _comma_follows(verb):
            pieces.insert(0, (verb.sent.start, start))
    elif parenthetical:
        pieces = [(verb.sent.start, start)]
        if clause.right_edge.i > verb.i and _comma_follows(verb):
            pieces.append((verb.i + 1, clause.right_edge.i + 1))
    else:
        return None
    return Content(pieces, clause, addressee_of(verb))


def _content_clause(verb: "Token") -> "Token | None":
    clauses = [c for c in verb.children if c.dep_ == "ccomp" and c.i != verb.i]
    if not clauses:
        openers = ("that", "if", "whether") if verb.lemma_.lower() in _ASKING else ("that",)
        clauses = [
            c for c in verb.children if c.dep_ in ("advcl", "xcomp") and _opens_with(c, openers)
        ]
    if not clauses and verb.dep_ in ("ccomp", "parataxis") and verb.head.dep_ == "relcl":
        clauses = [verb.head] if verb.head.i > verb.i else []
    clauses = [c for c in clauses if not _is_adverbial(c)]
    after = [c for c in clauses if c.i > verb.i]
    return next(iter(after or clauses), None)


def _is_adverbial(clause: "Token") -> bool:
    """Whether the parser took "as a phone rang" for what is said."""
    return any(c.dep_ == "mark" and c.lower_ in _ADVERBIAL for c in clause.children)


def _opens_with(clause: "Token", openers: tuple[str, ...]) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in openers for c in clause.children)


def _after(verb: "Token", clause: "Token") -> tuple[int, int]:
    """The clause's tokens after the verb, without "that"."""
    first = min((t.i for t in clause.subtree if t.i > verb.i), default=clause.i)
    if verb.lemma_.lower() not in _TO_PEOPLE:  # an object beside the clause is its subject
        nouns = [c.left_edge.i for c in verb.children if c.dep_ == "dobj" and c.i > verb.i]
        first = min([first, *nouns])
    doc = verb.doc
    while first < clause.i and (doc[first].is_punct or doc[first].lower_ == "that"):
        if doc[first].lower_ == "that" and doc[first].dep_ not in ("mark", "punct", "dep"):
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
    return before.text in _STOPS and before.i >= verb.sent.start


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
    """ "In June, X said, it rained" where the parser made the content the main clause."""
    clause = verb.head
    if verb.dep_ not in ("parataxis", "ccomp") or clause.pos_ not in ("VERB", "AUX"):
        return None
    start = frame_start(verb)
    if clause.i < verb.i or start <= verb.sent.start or not _set_off(verb, start):
        return None
    after = next((i for i in range(verb.i + 1, clause.i) if verb.doc[i].text in _STOPS), None)
    if after is None or not _is_main(verb):
        return None
    pieces = [(verb.sent.start, start), (after + 1, clause.right_edge.i + 1)]
    return Content(pieces, clause, addressee_of(verb))


def _trailing_report(verb: "Token") -> Content | None:
    """ "It rained, X said" at the end of a sentence: the content is what goes before."""
    start = trailing_start(verb)
    sentence = verb.sent
    if start is None or start - sentence.start < 3:
        return None
    left = verb.doc[sentence.start : start]
    head = next((t for t in left if t.pos_ in ("VERB", "AUX") and t.dep_ != "acl"), None)
    if head is None or not any(t.dep_ in ("nsubj", "nsubjpass", "expl") for t in left):
        return None
    return Content([(sentence.start, start)], head, addressee_of(verb))


def trailing_start(verb: "Token") -> int | None:
    """Return where ", X said" starts if nothing but adjuncts follow the verb in its sentence.

    A relative clause (", who said") and an infinitive do not count.
    """
    doc, sentence = verb.doc, verb.sent
    if any(t.pos_ in ("VERB", "AUX", "SCONJ") for t in doc[verb.i + 1 : sentence.end]):
        return None
    if verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN", "VB"):
        return None
    at = verb.i
    while at > sentence.start and doc[at - 1].text not in _STOPS:
        at -= 1
        if doc[at].pos_ in ("VERB", "SCONJ", "CCONJ") or doc[at].tag_ in ("WP", "WDT", "TO", "MD"):
            return None
    if at == sentence.start:
        return None
    nouns = doc[at : verb.i + (6 if at == verb.i else 0)]
    return at if any(t.pos_ in ("NOUN", "PROPN", "PRON") for t in nouns) else None


def addressee_of(verb: "Token") -> "Token | None":
    """Return the noun of the person spoken to: object of "tell", or after "to"."""
    for child in verb.children:
        if child.dep_ in ("dative", "dobj", "iobj") and child.i > verb.i:
            if child.pos_ in ("NOUN", "PROPN", "PRON"):
                return child
            return _object_of(child)
        if child.dep_ == "prep" and child.lower_ == "to" and child.i > verb.i:
            return _object_of(child)
    return None


def _object_of(preposition: "Token") -> "Token | None":
    return next((c for c in preposition.children if c.dep_ in ("pobj", "pcomp")), None)


def _infinitive(verb: "Token") -> Content | None:
    clause = _to_clause(verb)
    if clause is None or any(c.dep_ in _OBJECTS and c.i < clause.i for c in verb.children):
        return None
    if any(c.dep_ == "nsubj" for c in clause.children):
        return None
    return Content([_from_to(clause, verb)], clause)


def _to_clause(verb: "Token") -> "Token | None":
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp", "advcl") and child.i > verb.i:
            if any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children):
                return child
    return None


def _from_to(clause: "Token", verb: "Token") -> tuple[int, int]:
    to = next(c for c in clause.children if c.lower_ == "to" and c.dep_ == "aux")
    return to.i, content_end(clause, verb, verb.sent)


def _object_infinitive(verb: "Token") -> Content | None:
    """ "urged Rome to act": object and infinitive."""
    clause = _to_clause(verb)
    if clause is None:
        return None
    inner = next((c for c in clause.children if c.dep_ == "nsubj" and c.i > verb.i), None)
    outer = next((c for c in verb.children if c.dep_ in _OBJECTS and verb.i < c.i < clause.i), None)
    who = inner if inner is not None else outer
    if who is None:
        return None
    return Content([(who.left_edge.i, content_end(clause, verb, verb.sent))], clause, who)


def _on_infinitive(verb: "Token") -> Content | None:
    """ "called on Rome to act": the infinitive; Rome is the addressee."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in ("on", "upon", "to", "for", "with"):
            who = _object_of(child)
            clause = _to_clause(verb) or (who is not None and _to_clause_below(who)) or None
            if who is not None and clause is not None and clause.i > who.i:
                return Content([_from_to(clause, verb)], clause, who)
    return None


def _to_clause_below(noun: "Token") -> "Token | None":
    for child in noun.children:
        if child.dep_ in ("acl", "relcl", "xcomp", "advcl"):
            if any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children):
                return child
    return None


def _object_predicate(verb: "Token") -> Content | None:
    """ "called the vote a farce": object and predicate."""
    noun = next((c for c in verb.children if c.dep_ in ("dobj", "nsubj") and c.i > verb.i), None)
    named = next((c for c in verb.children if c.dep_ in ("oprd", "ccomp") and c.i > verb.i), None)
    if named is None or named.pos_ in ("VERB", "AUX"):
        return None
    if noun is None:
        noun = next((c for c in named.children if c.dep_ == "nsubj" and c.i > verb.i), None)
    if noun is None:
        return None
    first = min(noun.left_edge.i, named.left_edge.i)
    return Content([(first, max(noun.right_edge.i, named.right_edge.i) + 1)], named)


def _gerund(verb: "Token") -> Content | None:
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp") and child.tag_ == "VBG" and child.i > verb.i:
            return Content([(child.left_edge.i, content_end(child, verb, verb.sent))], child)
    return None


def _by_preposition(verb: "Token", frame: str) -> Content | None:
    """Frames "of", "obj+of" and "to:of"."""
    mode, _, name = frame.rpartition("+") if "+" in frame else frame.rpartition(":")
    if name in ("clause", "quote", "inf", "ing", "obj", "pred"):
        return None
    noun = next((c for c in verb.children if c.dep_ in _OBJECTS and c.i > verb.i), None)
    if (mode != "") != (noun is not None):
        return None
    preposition = _preposition(verb, noun, name) or _late_preposition(verb, noun, name)
    target = preposition and _object_of(preposition)
    if preposition is None or target is None:
        return None
    end = phrase_end(target.i, target.right_edge.i + 1, verb.sent)
    if mode == "obj" and noun is not None and not _all_quoted(target, end):
        return Content([(noun.left_edge.i, end)], target, noun)
    return Content([(target.left_edge.i, end)], target, noun)


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
        target = preposition and _object_of(preposition)
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
    """The preposition where the parser hung it inside the object: "the cabinet in Rome of lying"."""
    if noun is None or name != "of":
        return None
    found = None
    for token in verb.doc[noun.i + 1 : min(noun.i + 15, verb.sent.end)]:
        if token.text in (",", ";") or token.pos_ == "VERB":
            break
        if token.dep_ == "prep" and token.lower_ == name:
            found = token
    return found


def _object(verb: "Token", *, denied: bool) -> Content | None:
    noun = next((c for c in verb.children if c.dep_ in ("dobj", "obj")), None)
    if noun is None:
        return None
    if noun.lower_ in ("which", "that", "whom") and noun.i < verb.i:
        if verb.dep_ != "relcl":
            return None
        noun = verb.head
        return Content([(noun.i, noun.i + 1)], noun)
    if noun.i < verb.i or (noun.lower_ in _PRONOUNS and not denied) or noun.ent_type_ == "PERSON":
        return None
    if noun.lower_ == "fact":
        clause = next((c for c in noun.children if _opens_with(c, ("that",))), None)
        return Content([_after(noun, clause)], clause) if clause is not None else None
    end = phrase_end(noun.i, _with_phrases(verb, noun), verb.sent)
    return Content([(noun.left_edge.i, end)], noun)


def _with_phrases(verb: "Token", noun: "Token") -> int:
    """The index after an object, stretched over phrases that the parser hung on the verb."""
    end: int = noun.right_edge.i + 1
    for child in verb.children:
        if child.dep_ == "prep" and child.i == end and child.lower_ in _ATTRIBUTIVE:
            end = child.right_edge.i + 1
    return end


_FINDERS: dict[str, Callable[["Token"], Content | None]] = {
    "clause": _clause,
    "obj+pred": _object_predicate,
    "on+inf": _on_infinitive,
    "inf+obj": _object_infinitive,
    "inf": _infinitive,
    "ing": _gerund,
}
