"""How each mention of a happening is presented: told, claimed, denied, planned, imagined, negated.

Two things decide: the words that govern the trigger (`read_modality`) and the claims that cover it.
A mention inside the words of somebody who is not a mere carrier of news never counts as told by the
article, whatever its wording. What it gets wrong: plans told in the present tense, irony, and
sources that the claims missed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.entities import Entities
from kg.extract.events.lexicon import load_cues
from kg.extract.events.syntax import carried, governing_verb
from kg.extract.events.triggers import Candidate
from kg.model import Claim, Factuality, FactualityValue

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass")
_MEDIA = frozenset({"NewsMediaOrganization"})
_CLIMB = 8
_WISHING = frozenset({"THREATEN", "REQUEST", "DEMAND", "PROMISE", "OFFER", "PROPOSE"})
_LOOMING = frozenset({"SANCTION", "TRIAL", "LAWSUIT"})


@dataclass(slots=True)
class Reading:
    """What the words that govern a trigger say of it.

    Attributes:
        values: `planned`, `hypothetical`, `negated`, `denied`, `claimed`, as met; `attempted` is
            what somebody tried, `refused` what somebody did not want to do or failed to do.
        sources: the words that name who claims or denies; None for "reportedly".
    """

    values: list[str]
    sources: "list[Token | None]"
    would: bool = False

    def add(self, value: str, source: "Token | None" = None) -> None:
        """Note a value, and who it comes from where somebody claims or denies."""
        if value not in self.values:
            self.values.append(value)
        if value in ("claimed", "denied") and source not in self.sources:
            self.sources.append(source)


def read_modality(candidate: Candidate) -> Reading:
    """Return what the trigger's own sentence says of it, without regard to claims."""
    reading = Reading([], [])
    token = candidate.token
    if candidate.nominal:
        _read_noun(token, reading)
    else:
        _read_verb(token, reading)
    heads = candidate.frame.at("head") if candidate.nominal else ()
    if candidate.type in _LOOMING and any(h.lemma_ == "face" and h.tag_ != "VBD" for h in heads):
        reading.add("planned")
    if "unreal" in candidate.rule.readings:
        reading.add("hypothetical")
    return reading


def _read_noun(token: "Token", reading: Reading) -> None:
    cues = load_cues()
    for child in token.children:
        word = child.lower_
        if child.dep_ == "det" and word in ("no", "neither"):
            reading.add("negated")
        elif child.dep_ in ("amod", "compound", "advmod"):
            _read_modifier(word, reading)
        elif child.dep_ == "poss" and any(g.lower_ == "next" for g in child.subtree):
            reading.add("planned")
        elif child.dep_ == "relcl" and any(g.lower_ in cues["future"] for g in child.children):
            reading.add("planned")
    definite = any(c.lower_ in cues["definite"] or c.dep_ == "poss" for c in token.children)
    token = carried(token)
    head = token.head
    verb = governing_verb(token)
    if verb is not None:
        _read_governor(verb, token, reading, definite=definite)
    elif token.dep_ == "attr":
        _read_verb(head, reading)
    elif token.dep_ == "pobj":
        _read_prepositional(head, reading, definite=definite)
    elif token.dep_ == "nsubj" and not definite:
        _read_verb(head, reading)
    if token.dep_ == "compound":
        _read_noun_governor(head, reading)


def _read_modifier(word: str, reading: Reading) -> None:
    cues = load_cues()
    if word in cues["plan_words"]:
        reading.add("planned")
    elif word in cues["attempt_words"]:
        reading.add("attempted")
    elif word in cues["wish_words"]:
        reading.add("hypothetical")
    elif word in cues["claim_words"]:
        reading.add("claimed", None)


def _read_governor(verb: "Token", noun: "Token", reading: Reading, *, definite: bool) -> None:
    """Read a verb off the noun that is its object or subject."""
    cues = load_cues()
    lemma = verb.lemma_
    is_subject = noun.dep_ in _SUBJECTS and not any(c.dep_ == "auxpass" for c in verb.children)
    if is_subject:
        if lemma in cues["occurs"] or not definite:
            _read_verb(verb, reading)
        return
    if lemma in cues["denials"] and not _is_negated(verb):
        reading.add("denied", _subject(verb))
    elif lemma == "announce" or (lemma in cues["plans"] and lemma not in ("order", "mean", "set")):
        reading.add("planned")
    elif (lemma in cues["wishes"] and not definite) or (
        lemma in cues["wishes"] and lemma in ("propose", "threaten", "demand", "seek", "fear")
    ):
        reading.add("hypothetical")
    elif lemma in cues["failures"]:
        reading.add("refused")
    elif lemma in ("claim", "allege", "suspect"):
        reading.add("claimed", _subject(verb))
    if lemma in cues["light"] or lemma in cues["occurs"] or not definite:
        _read_verb(verb, reading)


def _read_prepositional(prep: "Token", reading: Reading, *, definite: bool) -> None:
    """Read "threat of an attack", "call for talks", "accused of fraud"."""
    governor = prep.head
    if governor.pos_ in ("NOUN", "PROPN"):
        _read_noun_governor(governor, reading)
    elif governor.pos_ in ("VERB", "AUX", "ADJ"):
        cues = load_cues()
        lemma = governor.lemma_
        if lemma in ("call", "ask", "push", "plead", "hope", "wait", "prepare", "apply", "lobby"):
            reading.add("planned" if lemma == "prepare" else "hypothetical")
        elif lemma == "accuse":
            reading.add("claimed", _subject(governor))
        elif lemma in cues["plans"] and prep.lower_ in ("on", "for", "to"):
            reading.add("planned")
        elif prep.lower_ == "without":
            reading.add("negated")
        if not definite:
            _read_verb(governor, reading)


def _read_noun_governor(noun: "Token", reading: Reading) -> None:
    """Read "the threat of", "plans for", "claims of", and what governs such a noun."""
    cues = load_cues()
    lemma = noun.lemma_
    if lemma in cues["wish_nouns"]:
        reading.add("hypothetical")
    elif lemma in cues["plan_nouns"]:
        reading.add("planned")
    elif lemma in cues["attempt_nouns"]:
        reading.add("attempted")
    elif lemma in cues["failure_nouns"]:
        reading.add("refused")
    elif lemma in cues["denial_nouns"]:
        reading.add("denied", _owner(noun))
    elif lemma in cues["claim_nouns"]:
        reading.add("claimed", _owner(noun))


def _read_verb(token: "Token", reading: Reading) -> None:
    """Climb from a verb to what governs it, noting every cue on the way."""
    current, inherits = token, True
    for _ in range(_CLIMB):
        if inherits:
            _read_auxiliaries(current, reading)
        _read_children(current, reading)
        step = _step(current, reading)
        if step is None:
            return
        if current.dep_ == "conj":
            inherits = current.tag_ in ("VB", "VBN", "VBG", "VBP") and not _own_subject(current)
        else:
            inherits = True
        current = step


def _own_subject(token: "Token") -> bool:
    return any(c.dep_ in _SUBJECTS for c in token.children)


def _read_auxiliaries(token: "Token", reading: Reading) -> None:
    cues = load_cues()
    for child in token.children:
        word = child.lower_
        if child.dep_ == "neg" or (child.dep_ == "advmod" and word in cues["negators"]):
            reading.add("negated")
        elif child.dep_ in ("aux", "auxpass"):
            if word in cues["future"] or child.lemma_ in cues["future"]:
                reading.add("planned")
            elif word in cues["modal"]:
                reading.add("hypothetical")
            elif word in cues["conditional"]:
                reading.would = True
        elif child.dep_ == "advmod" and word in cues["claim_adverbs"]:
            reading.add("claimed", None)
        elif child.dep_ == "advmod" and word in cues["wish_adverbs"]:
            reading.add("hypothetical")


def _read_children(token: "Token", reading: Reading) -> None:
    """Note "no one was", a condition of the clause, and a clause that opens with "should"."""
    cues = load_cues()
    for child in token.children:
        if child.dep_ in (*_SUBJECTS, "dobj"):
            determiners = {c.lower_ for c in child.children if c.dep_ == "det"}
            if child.lower_ in cues["nobody"] or "no" in determiners:
                reading.add("negated")
        elif (
            (child.dep_ == "advcl" and _mark(child) in ("if", "unless", "should"))
            or (child.dep_ == "mark" and child.lower_ in cues["if"])
            or (child.dep_ == "aux" and child.lower_ == "should" and child.i == child.sent.start)
        ):
            reading.add("hypothetical")


def _mark(clause: "Token") -> str:
    for child in clause.children:
        if child.dep_ == "mark" or (child.dep_ == "aux" and child.lower_ == "should"):
            return child.lower_
    return ""


def _step(token: "Token", reading: Reading) -> "Token | None":
    """Note what governs a verb and return where to climb on, or None at the end."""
    head = token.head
    if head.i == token.i or token.dep_ in ("relcl", "parataxis", "csubj"):
        return None
    if token.dep_ == "amod":
        return None
    if token.dep_ == "conj":
        return head if head.pos_ in ("VERB", "AUX") else None
    if token.dep_ == "acl":
        if _is_infinitive(token):
            _read_noun_governor(head, reading)
            _read_absence(head, reading)
        elif head.dep_ == "pobj" and head.head.lower_ == "of":
            _read_noun_governor(head.head.head, reading)
        return None
    if token.dep_ == "pcomp":
        return _step_gerund(head, reading)
    if token.dep_ == "advcl":
        return _step_adverbial(token, head, reading)
    if token.dep_ in ("xcomp", "ccomp"):
        return _step_complement(token, head, reading)
    return None


def _is_infinitive(token: "Token") -> bool:
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)


def _read_absence(noun: "Token", reading: Reading) -> None:
    """Read "has no plans to", "did not get permission to"."""
    verb = governing_verb(noun)
    if any(c.lower_ == "no" for c in noun.children) or (verb is not None and _is_negated(verb)):
        reading.add("negated")


def _step_gerund(prep: "Token", reading: Reading) -> "Token | None":
    governor = prep.head
    if prep.lower_ == "without":
        reading.add("negated")
    if governor.pos_ in ("NOUN", "PROPN"):
        _read_noun_governor(governor, reading)
        return None
    lemma = governor.lemma_
    if lemma == "accuse":
        reading.add("claimed", _subject(governor))
        return None
    _read_verb_governor(governor, reading)
    return governor if prep.lower_ in ("of", "from", "to", "in", "about") else None


def _step_adverbial(token: "Token", head: "Token", reading: Reading) -> "Token | None":
    """Climb out of a participle or an infinitive of purpose, not out of a clause with a tense."""
    mark = _mark(token)
    if mark in load_cues()["telling_marks"] or token.tag_ in ("VBD", "VBZ", "VBP"):
        return None
    if _is_infinitive(token):
        if head.lemma_ not in load_cues()["movements"]:
            reading.add("hypothetical")
        return head if head.pos_ in ("VERB", "AUX") else None
    return head if head.pos_ in ("VERB", "AUX") and token.tag_ == "VBG" else None


def _step_complement(token: "Token", head: "Token", reading: Reading) -> "Token | None":
    cues = load_cues()
    lemma = head.lemma_
    if head.pos_ not in ("VERB", "AUX", "ADJ"):
        return None
    if token.dep_ == "ccomp" and _is_telling(token, head):
        if lemma in cues["denials"]:
            reading.add("denied", _subject(head))
        elif lemma in cues["says"] or lemma in cues["claims"]:
            reading.add("claimed", _subject(head))
        elif lemma in ("hope", "fear", "suggest", "demand", "propose", "ensure", "want", "wish"):
            reading.add("hypothetical")
        return None
    if lemma == "go" and token.tag_ == "VB" and head.tag_ == "VBG":
        reading.add("planned")
    _read_verb_governor(head, reading)
    return head


def _is_telling(token: "Token", head: "Token") -> bool:
    """Return whether a complement is a clause with its own subject and tense."""
    has_subject = _own_subject(token)
    return has_subject and (token.tag_ != "VB" or any(c.dep_ == "aux" for c in token.children))


def _read_verb_governor(governor: "Token", reading: Reading) -> None:
    """Read "plans to", "wants to", "failed to", "is alleged to have"."""
    cues = load_cues()
    lemma, word = governor.lemma_, governor.lower_
    if lemma in cues["failures"]:
        reading.add("refused")
    elif lemma in cues["wishes"] or word in cues["wishes"]:
        reading.add("hypothetical")
    elif lemma in cues["plans"] or word in cues["plans"]:
        reading.add("planned")
    elif lemma in cues["attempts"]:
        reading.add("attempted")
    elif lemma in cues["denials"]:
        reading.add("denied", _subject(governor))
    elif lemma in cues["claims"]:
        reading.add("claimed", _subject(governor))


def _is_negated(token: "Token") -> bool:
    return any(c.dep_ == "neg" for c in token.children)


def _subject(verb: "Token") -> "Token | None":
    for _ in range(4):
        found = [c for c in verb.children if c.dep_ == "nsubj"]
        if found:
            return found[0]
        agents = [p for c in verb.children if c.dep_ == "agent" for p in c.children]
        if agents:
            return agents[0]
        if verb.dep_ not in ("conj", "xcomp", "advcl"):
            return None
        verb = verb.head
    return None


def _owner(noun: "Token") -> "Token | None":
    """Return who makes a claim that is told as a noun ("Moscow's claims", "he made claims")."""
    owners = [c for c in noun.children if c.dep_ == "poss"]
    by = [p for c in noun.children if c.lower_ in ("by", "from") for p in c.children]
    if owners or by:
        return (owners or by)[0]
    verb = governing_verb(noun)
    if verb is not None and noun.dep_ == "dobj" and verb.lemma_ in ("make", "repeat", "raise"):
        return _subject(verb)
    return None


class Labeller:
    """Turns readings and claims into the labels of one mention."""

    def __init__(self, entities: Entities, claims: Sequence[Claim]) -> None:
        """Sort the claims' parts so that the innermost is found first."""
        self.entities = entities
        parts = [(p.end - p.start, p.start, p.end, c) for c in claims for p in c.parts]
        self.parts = sorted(parts, key=lambda row: row[:3])
        spans = [c.source for c in claims if c.source is not None]
        self.sources = {offset for s in spans for offset in range(s.start, s.end)}

    def covering(self, offset: int) -> list[Claim]:
        """Return the claims whose words hold a code point, innermost first."""
        return [c for _, start, end, c in self.parts if start <= offset < end]

    def label(self, candidate: Candidate) -> tuple[Factuality, ...]:
        """Return the labels of one mention, main one first; never empty."""
        reading = read_modality(candidate)
        claims = self._interested(self.covering(candidate.token.idx))
        values = _modality(reading, claims)
        if not values and not _is_aside(candidate.token):
            values = _by_stance(claims)
        sources = self._sources(reading, claims, negated="negated" in reading.values)
        if "negated" in reading.values and any(s.value == "denied" for s in sources):
            values = [v for v in values if v != "negated"]
        found = [Factuality(value=v) for v in values] + sources
        return tuple(dict.fromkeys(found)) or (Factuality(value="asserted"),)

    def _interested(self, claims: list[Claim]) -> list[Claim]:
        return [c for c in claims if not all(self.entities.is_carrier(s) for s in c.speakers)]

    def _sources(self, reading: Reading, claims: list[Claim], *, negated: bool) -> list[Factuality]:
        """Return who claims or denies it: by the claims, else by the words of the sentence."""
        if claims:
            return [f for c in claims[:1] for f in self._from_claim(c, negated=negated)]
        values: tuple[FactualityValue, ...] = ("claimed", "denied")
        return [f for v in values if v in reading.values for f in self._from_words(v, reading)]

    def _from_claim(self, claim: Claim, *, negated: bool) -> Iterable[Factuality]:
        speakers = [s for s in claim.speakers if not self.entities.is_carrier(s)]
        for speaker in speakers:
            media = self.entities.kind_of(speaker) in _MEDIA
            denies = claim.polarity == "denied" or (negated and not media)
            yield Factuality(value="denied" if denies else "claimed", by=speaker)

    def _from_words(self, value: FactualityValue, reading: Reading) -> Iterable[Factuality]:
        for source in reading.sources:
            if source is not None and self._is_source(source):
                continue
            speakers = self.entities.speaker_of(source) if source is not None else ()
            if not speakers:
                speakers = (self.entities.source("reportedly"),)
            elif all(self.entities.is_carrier(s) for s in speakers):
                continue
            for speaker in speakers:
                yield Factuality(value=value, by=speaker)

    def _is_source(self, token: "Token") -> bool:
        """Return whether a claim has these words as its source: then its parts decide."""
        return token.idx in self.sources


def _modality(reading: Reading, claims: Sequence[Claim]) -> list[FactualityValue]:
    """Return planned, hypothetical or negated, by what the words and the claims' stance say."""
    met = reading.values
    if "hypothetical" in met:
        return ["hypothetical"]
    if "planned" in met:
        return ["planned"]
    if reading.would:
        backshift = bool(claims) and claims[0].kind != "direct"
        return ["planned" if backshift else "hypothetical"]
    if "negated" in met or "refused" in met:
        return ["negated"]
    if "attempted" in met and not claims and "claimed" not in met:
        return ["hypothetical"]
    return []


def _by_stance(claims: Sequence[Claim]) -> list[FactualityValue]:
    """Return the reading of what somebody threatens, demands, offers or promises."""
    if not claims or claims[0].speech_act not in _WISHING:
        return []
    stance = claims[0].stance
    return [stance] if stance in ("planned", "hypothetical") else []


def _is_aside(token: "Token") -> bool:
    """Return whether a word stands in a relative clause, which tells what is known."""
    return any(a.dep_ == "relcl" for a in (token, *token.ancestors))
