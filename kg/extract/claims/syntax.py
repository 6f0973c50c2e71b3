"""Who speaks and where the content is, read off the dependency tree around a reporting verb.

What it gets wrong: what the parser attaches wrongly, above all prepositional phrases and
participles at the end of a sentence, which may belong to the report or to what is reported.
"""

from typing import TYPE_CHECKING

from kg.extract.claims.draft import Range

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_RELATIVE = ("who", "which", "that", "whom")
_CONTROL = (
    "continue",
    "go",
    "proceed",
    "begin",
    "seem",
    "appear",
    "seek",
    "rush",
    "hasten",
    "come",
)
_EDGE = " ,;:-–—\n\"'“”()"
_LEADING = ("and", "but", "however", "so", "yet", "or")


def verb_key(verb: "Token") -> str:
    """Return the lemma of a verb, with its particle where it is phrasal."""
    particle = next((c for c in verb.children if c.dep_ == "prt" and c.i - verb.i in (1, 2)), None)
    lemma = verb.lemma_.lower()
    return f"{lemma} {particle.lower_}" if particle is not None else lemma


def is_negated(verb: "Token") -> bool:
    """Return whether a negation belongs to the verb."""
    return any(c.dep_ == "neg" or c.lower_ in ("never", "n't", "not") for c in verb.children)


def auxiliaries(verb: "Token") -> set[str]:
    """Return the lower-case auxiliaries of a verb, also of the verb it is joined to by "and"."""
    return {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}


def is_passive(verb: "Token") -> bool:
    """Return whether the verb is passive."""
    return any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)


def subject_of(verb: "Token") -> "Token | None":
    """Return the noun that speaks, for an active verb: own subject, shared one, or antecedent."""
    seen = 0
    token = verb
    while seen < 5:
        own = next((c for c in token.children if c.dep_ in _SUBJECTS), None)
        if own is not None:
            return antecedent(own, token)
        if token.dep_ in ("acl", "relcl"):
            return token.head
        if token.dep_ in ("conj", "advcl", "xcomp", "ccomp", "pcomp", "dep", "prep", "parataxis"):
            if token.head == token:
                return None
            token = token.head
            seen += 1
            continue
        return _subject_before(verb)
    return None


def _subject_before(verb: "Token") -> "Token | None":
    """A noun phrase right before a verb that the parser left without subject."""
    token = verb
    while token.i > verb.sent.start:
        token = token.nbor(-1)
        if token.dep_ in ("aux", "auxpass", "advmod", "neg"):
            continue
        return token if token.pos_ in ("NOUN", "PROPN", "PRON") else None
    return None


def antecedent(subject: "Token", verb: "Token") -> "Token | None":
    """Return what a relative pronoun stands for, or the subject itself."""
    if subject.lower_ not in _RELATIVE or subject.pos_ not in ("PRON", "DET", "SCONJ"):
        return subject
    clause = verb
    for _ in range(4):
        if clause.dep_ in ("relcl", "acl"):
            return clause.head
        clause = clause.head
    return None


def is_finite_report(verb: "Token") -> bool:
    """Return whether the verb reports speech that took place: no bare infinitive, no "might say"."""
    aux = auxiliaries(verb)
    if aux & {"may", "might", "could", "can", "should", "would", "must"}:
        return False
    if "to" not in aux:
        return verb.tag_ != "VB" or bool(aux & {"did", "do", "does", "will", "'ll"})
    return verb.dep_ == "xcomp" and verb.head.lemma_.lower() in _CONTROL


def subject_range(subject: "Token") -> Range:
    """Return the range of the words that name a speaker: the noun phrase up to its head."""
    first = subject.left_edge
    last = subject
    while last.i + 1 < len(subject.doc) and subject.doc[last.i + 1].dep_ == "flat":
        last = last.nbor(1)
    return first.idx, last.idx + len(last.text)


def token_range(first: "Token", last: "Token") -> Range:
    """Return the range from one token to another."""
    return first.idx, last.idx + len(last.text)


def trim_range(text: str, start: int, end: int) -> Range | None:
    """Return a range without white space, commas and dashes at its ends; None if nothing is left.

    Quotation marks at the ends go too, unless their partner is inside.
    """
    while start < end and text[start] in " ,;:-–—\n\r\t\u00a0)":
        start += 1
    while end > start and text[end - 1] in " ,;:-–—\n\r\t\u00a0(.":
        if text[end - 1] == "." and _is_abbreviation(text, end - 1):
            break
        end -= 1
    if not any(c.isalnum() for c in text[start:end]):
        return None
    return start, end


def _is_abbreviation(text: str, dot: int) -> bool:
    """Whether the full stop belongs to "U.S." or "a.m."."""
    return dot >= 3 and text[dot - 2] == "." and text[dot - 1].isalpha()


def content_end(clause: "Token", verb: "Token", sentence: "TokenSpan") -> int:
    """Return the index after the last token of a content clause that follows its verb.

    The clause's subtree, cut before what belongs to the report: a second report joined by "and" or
    "but", a participle ("…, adding that"), a dash with an apposition.
    """
    end = min(clause.right_edge.i + 1, sentence.end)
    for token in clause.subtree:
        if token.i <= clause.i or token.i >= end:
            continue
        if _starts_new_report(token, clause, verb):
            end = _before_joint(token)
    return _before_apposition(clause, end)


def _starts_new_report(token: "Token", clause: "Token", verb: "Token") -> bool:
    from kg.extract.claims.lexicon import load_lexicon

    if token.pos_ != "VERB" or token.head not in (clause, *clause.conjuncts):
        return False
    if verb_key(token) not in load_lexicon().verbs:
        return False
    if any(c.dep_ in _SUBJECTS for c in token.children):
        return False
    if token.dep_ == "conj":
        return token.tag_ == verb.tag_ and token.tag_ != clause.tag_ and not auxiliaries(token)
    return token.dep_ == "advcl" and token.tag_ == "VBG" and token.nbor(-1).text == ","


def _before_joint(token: "Token") -> int:
    """The index of the conjunction or comma before a verb."""
    at = token.i
    while at > 1 and token.doc[at - 1].dep_ in ("cc", "punct", "advmod", "aux", "neg", "mark"):
        at -= 1
    return at


def _before_apposition(clause: "Token", end: int) -> int:
    """Cut at a single dash that opens an apposition ("— a claim that …")."""
    doc = clause.doc
    dashes = [i for i in range(clause.i, end) if doc[i].text in ("—", "–", "--")]
    if len(dashes) == 1 and dashes[0] + 1 < end and doc[dashes[0] + 1].lower_ in ("a", "an"):
        return dashes[0]
    return end
