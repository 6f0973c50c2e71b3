"""Who speaks and where the content is, read off the dependency tree around a reporting verb.

What it gets wrong: what the parser attaches wrongly, above all prepositional phrases and
participles at the end of a sentence, which may belong to the report or to what is reported.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.extract.claims.draft import Range
from kg.extract.claims.lexicon import Reading, attitude_acts, load_lexicon

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
_PARTS = ("including", "some", "most", "many", "several", "half", "all", "none", "mostly", "among")
_RESULTS = ("suggesting", "indicating", "showing", "meaning", "reflecting")
STOPS = {",", '"', "''", "``", "?", "!", "—", "–", "--"}
_MOST_JOINED = 3
_REASONS = ("since", "because", "if", "unless", "so", "whether", "that")


def verb_key(verb: "Token") -> str:
    """Return the lemma of a verb, with its particle where it is phrasal."""
    particle = next((c for c in verb.children if c.dep_ == "prt" and c.i - verb.i in (1, 2)), None)
    lemma = verb.lemma_.lower()
    return f"{lemma} {particle.lower_}" if particle is not None else lemma


def is_negated(verb: "Token") -> bool:
    """Return whether a negation belongs to the verb or to its subject ("no group has claimed")."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is not None:
        opens = {c.lower_ for c in subject.children if c.dep_ == "det"}
        if "no" in opens or "neither" in opens or subject.lower_ in ("nobody", "none", "neither"):
            return True
    return any(c.dep_ == "neg" or c.lower_ in ("never", "n't", "not") for c in verb.children)


def auxiliaries(verb: "Token") -> set[str]:
    """Return the lower-case auxiliaries of a verb, also of the verb it is joined to by "and"."""
    return {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}


def is_passive(verb: "Token") -> bool:
    """Return whether the verb is passive, also without auxiliary ("a man accused of theft")."""
    if verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl") and not auxiliaries(verb):
        return not any(c.dep_ == "nsubj" for c in verb.children)
    return any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)


def subject_of(verb: "Token") -> "Token | None":
    """Return the noun that speaks, for an active verb: own subject, shared one, or antecedent."""
    seen = 0
    token = verb
    while seen < 5:
        own = next((c for c in token.children if c.dep_ in _SUBJECTS), None)
        own = _name_before(token) or own
        if own is not None:
            return antecedent(own, token)
        if token.dep_ in ("acl", "relcl"):
            return (_subject_before(verb) if token.dep_ == "relcl" else None) or token.head
        if token.dep_ == "xcomp" and "to" in auxiliaries(token):
            object_ = next((c for c in token.head.children if c.dep_ == "dobj"), None)
            if object_ is not None and object_.i < token.i:
                return object_
        if token.dep_ in ("conj", "advcl") and _beside_report(token):
            token = token.head.head
            seen += 1
            continue
        if token.dep_ in ("conj", "advcl", "xcomp", "ccomp", "pcomp", "dep", "prep", "parataxis"):
            if token.head == token:
                return None
            token = token.head
            seen += 1
            continue
        return _subject_before(verb)
    return None


def _name_before(verb: "Token") -> "Token | None":
    """A name right before a finite verb that the parser read as a noun: "the old Dunn claims"."""
    if verb.tag_ not in ("VBZ", "VBP", "VBD") or verb.i == verb.sent.start:
        return None
    before = verb.nbor(-1)
    is_name = before.tag_ in ("NNP", "NNPS") and before.dep_ in ("compound", "nmod")
    return before if is_name and before.head == verb else None


def _beside_report(token: "Token") -> bool:
    clause = token.head
    content = clause.dep_ in ("ccomp", "xcomp")
    return content and starts_new_report(token, clause, clause.head)


def _subject_before(verb: "Token") -> "Token | None":
    """A noun phrase right before a verb that the parser left without subject."""
    token = verb
    while token.i > verb.sent.start:
        token = token.nbor(-1)
        if token.dep_ in ("aux", "auxpass", "advmod", "neg"):
            continue
        if token.pos_ not in ("NOUN", "PROPN", "PRON") or token.lower_ in _RELATIVE:
            return None
        return token
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
    """Return whether the verb reports speech that took place: no infinitive, no "might"."""
    aux = auxiliaries(verb)
    if aux & {"may", "might", "could", "can", "should", "would", "must"}:
        return False
    if verb.tag_ == "VBG" and verb.dep_ == "xcomp":
        return verb.head.lemma_.lower() in _CONTROL
    if "to" not in aux:
        has_subject = any(c.dep_ == "nsubj" for c in verb.children)
        return verb.tag_ != "VB" or has_subject or bool(aux & {"did", "do", "does", "will"})
    return verb.dep_ == "xcomp" and verb.head.lemma_.lower() in _CONTROL


def subject_range(subject: "Token") -> Range:
    """Return the range of the words that name a speaker: the noun phrase up to its head."""
    first = subject.left_edge
    last = subject
    while last.i + 1 < len(subject.doc) and subject.doc[last.i + 1].dep_ == "flat":
        last = last.nbor(1)
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
    "but", a participle ("…, adding that"), an apposition of the writer's ("…, a sign that"); and
    stretched over further clauses that the parser hung on the verb ("since …", "and that …").
    """
    limit = true_end(sentence)
    end = min(clause.right_edge.i + 1, sentence.end)
    cut = False
    for token in clause.subtree:
        if token.i <= clause.i or token.i >= end:
            continue
        if rebuts(token) and token.i > clause.i:
            end, cut = token.left_edge.i - 1, True
        elif starts_new_report(token, clause, verb) or _is_aside(token, clause):
            end, cut = _before_joint(token), True
        elif token.pos_ == "VERB" and verb_key(token) in load_lexicon().verbs:
            trailing = trailing_start(token)
            if trailing is not None and trailing > clause.i:
                end, cut = trailing, True
    if cut:
        return end
    return before_apposition(clause, _stretch(clause, verb, end, limit))


def true_end(sentence: "TokenSpan") -> int:
    """Return the index after a sentence, going on where the parser broke it without a full stop."""
    doc, end = sentence.doc, sentence.end
    for _ in range(_MOST_JOINED):
        if end >= len(doc) or _closes(doc[end - 1]) or doc[end].is_space:
            break
        end = doc[end].sent.end
    return int(end)


def _closes(token: "Token") -> bool:
    return token.is_space or token.is_quote or token.text in (".", "?", "!", "…", ":", ";", ")")


def starts_new_report(token: "Token", clause: "Token", verb: "Token") -> bool:
    """Return whether a verb below a content clause belongs beside the reporting verb instead.

    So it is in "he said it rained but denied": same tense as the report, no subject of its own.
    """
    if token.pos_ != "VERB" or token.head not in (clause, *clause.conjuncts):
        return False
    frames = load_lexicon().verbs.get(verb_key(token), {})
    attitudes = attitude_acts()
    if not frames or all(r.weak or r.act in attitudes for r in frames.values()):
        return False
    if any(c.dep_ in _SUBJECTS for c in token.children):
        return False
    if token.dep_ == "conj":
        same = token.tag_ == verb.tag_ and not auxiliaries(token)
        denies = token.nbor(-1).lower_ == "but" and _is_denial(frames)
        return same and (denies or token.tag_ != clause.tag_ or _pronoun_subject(clause))
    if token.dep_ != "advcl" or token.tag_ != "VBG" or token.lower_ in _RESULTS:
        return False
    return bool(token.nbor(-1).text == ",")


def _is_denial(frames: "Mapping[str, Reading]") -> bool:
    return any(reading.polarity == "denied" for reading in frames.values())


def rebuts(verb: "Token") -> bool:
    """Return whether a verb is that of ", which the army denied": another view of the content."""
    opener = verb.left_edge
    if opener.lower_ != "which" or opener.i == 0 or opener.nbor(-1).text not in STOPS:
        return False
    frames = load_lexicon().verbs.get(verb_key(verb), {})
    return verb.pos_ == "VERB" and any(
        r.polarity != "asserted" or r.act == "CONFIRM" for r in frames.values()
    )


def _pronoun_subject(clause: "Token") -> bool:
    return any(c.dep_ == "nsubj" and c.lower_ in ("he", "she", "they") for c in clause.children)


def _is_aside(token: "Token", clause: "Token") -> bool:
    """Whether the writer goes on: ", raising questions" or ", a sign that"."""
    doc, lexicon = token.doc, load_lexicon()
    lemma = token.lemma_.lower()
    if token.tag_ == "VBG" and token.dep_ == "advcl" and doc[token.i - 1].text == ",":
        return lemma in lexicon.aside_verbs and token.head in (clause, *clause.conjuncts)
    if token.pos_ != "NOUN" or lemma not in lexicon.aside_nouns or token.dep_ == "conj":
        return False
    first = token.left_edge.i
    opens = doc[first].lower_ in ("a", "an") or doc[first].text == ","
    return opens and "," in (doc[first - 1].text, doc[first].text) and token.i - first < 6


def _stretch(clause: "Token", verb: "Token", end: int, limit: int) -> int:
    """Stretch over clauses after the content that the parser took for parts of the report."""
    doc = clause.doc
    for child in verb.children:
        if child.i <= clause.i or child.i < end or trailing_start(child) is not None:
            continue
        opener = next((c.lower_ for c in child.children if c.dep_ == "mark"), "")
        further = child.dep_ == "ccomp" and child.pos_ in ("VERB", "AUX")
        reason = child.dep_ == "advcl" and opener in _REASONS
        setting = child.dep_ == "prep" and child.lower_ == "with" and doc[child.i - 1].text == ","
        if (further or reason or setting) and child.left_edge.i <= end + 2:
            end = min(child.right_edge.i + 1, limit)
    last = doc[end - 1]
    if _is_afterthought(doc[end - 1 if last.text == "," else end : limit]):
        return limit
    if end < limit and (doc[end].lower_ == "that" or last.dep_ == "cc" or last.lower_ == "that"):
        return limit
    return end


def _is_afterthought(rest: "TokenSpan") -> bool:
    """Whether the content goes on with ", three of them seriously" or ", including two boys"."""
    words = [t for t in rest if not t.is_punct and not t.is_space]
    if len(rest) < 2 or rest[0].text != "," or not words or len(words) > 14:
        return False
    if any(t.pos_ in ("VERB", "AUX") for t in words):
        return False
    return words[0].like_num or words[0].lower_ in _PARTS


def _before_joint(token: "Token") -> int:
    """The index of the conjunction or comma before a verb or noun phrase."""
    at = token.left_edge.i if token.pos_ == "NOUN" else token.i
    while at > 1 and token.doc[at - 1].dep_ in ("cc", "punct", "advmod", "aux", "neg", "mark"):
        at -= 1
    return at


def before_apposition(clause: "Token", end: int) -> int:
    """Return the index of a single dash that opens an apposition ("— a claim that"), or the end."""
    doc = clause.doc
    dashes = [i for i in range(clause.i, end) if doc[i].text in ("—", "–", "--")]
    if len(dashes) == 1 and dashes[0] + 1 < end and doc[dashes[0] + 1].lower_ in ("a", "an"):
        return dashes[0]
    return end


def phrase_end(first: int, last: int, sentence: "TokenSpan") -> int:
    """Return where a content phrase ends: before ", which" and before a clause with "as"."""
    doc = sentence.doc
    for index in range(first + 1, last):
        token = doc[index]
        if token.lower_ in ("which", "who") and doc[index - 1].text == ",":
            return index - 1
        if token.lower_ == "as" and (token.dep_ == "mark" or token.head.pos_ == "VERB"):
            return index
    return last


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
    while at > sentence.start and doc[at - 1].text not in STOPS:
        at -= 1
        if doc[at].pos_ in ("VERB", "SCONJ", "CCONJ") or doc[at].tag_ in ("WP", "WDT", "TO", "MD"):
            return None
    if at == sentence.start:
        return None
    nouns = doc[at : verb.i + (6 if at == verb.i else 0)]
    return at if any(t.pos_ in ("NOUN", "PROPN", "PRON") for t in nouns) else None
