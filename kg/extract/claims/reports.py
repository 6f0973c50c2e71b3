"""Indirect speech: a draft for each reporting verb outside quoted utterances.

What it gets wrong: content that runs over several sentences ("he said. They had …"); objects of
verbs that report and act ("questioned the plan", "questioned the witness").
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.claims.clauses import clause_after
from kg.extract.claims.content import find_content
from kg.extract.claims.draft import Content, Draft, Range
from kg.extract.claims.lexicon import Reading, load_lexicon
from kg.extract.claims.modality import stance_of
from kg.extract.claims.phrases import passive_phrase
from kg.extract.claims.propositions import feeling_of, tells_nothing
from kg.extract.claims.scene import Credit, Scene
from kg.extract.claims.syntax import (
    antecedent,
    auxiliaries,
    content_end,
    is_finite_report,
    is_negated,
    is_passive,
    subject_of,
    verb_key,
)
from kg.extract.claims.voices import (
    UNNAMED,
    agent_of,
    name_addressee,
    speakers_of,
    unknown_speaker,
)
from kg.model import ClaimKind

if TYPE_CHECKING:
    from spacy.tokens import Token


_ASIDE = ("believe", "think", "hope", "suspect", "fear")  # "it will rain, they think"
_ASKED = ("ask", "question", "press")  # "asked about it, X said"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def find_reports(scene: Scene) -> list[Draft]:
    """Return a draft for each reporting verb outside quoted utterances, in text order."""
    verbs = load_lexicon().verbs
    spoken = scene.spoken
    found: list[Draft] = []
    for token in scene.doc:
        if token.pos_ not in ("VERB", "AUX") or token.i in spoken:
            continue
        frames = verbs.get(verb_key(token)) or verbs.get(token.lemma_.lower())
        if frames is not None and is_finite_report(token):
            draft = _read_verb(scene, token, frames)
            if draft is not None:
                found.append(draft)
    return found


def _read_verb(scene: Scene, verb: "Token", frames: Mapping[str, Reading]) -> Draft | None:
    passive = is_passive(verb)
    found = _passive_content(verb, frames) if passive else find_content(verb, frames)
    if found is None or not _is_claim(scene, verb, *found, passive=passive):
        return None
    reading, content = _as_told(verb, *found), found[1]
    parts = content_ranges(scene, content)
    speakers, source, cited = speakers_of(scene, verb)
    if not speakers and not passive and not _is_aside(verb, reading):
        speakers = unknown_speaker(scene, verb, is_clause=_is_clause(content))
    if not parts and content.pieces[0][0] < verb.i and not _is_nobody(scene, speakers):
        scene.credits.append(Credit(speakers, verb.idx))
    if not parts or not speakers:
        return None
    draft = make_draft(scene, verb, reading, content, parts)
    draft.speakers, draft.source, draft.cited_by = speakers, source, cited
    draft.act = feeling_of(verb, reading, content)
    if is_negated(verb):
        draft.polarity = draft.stance = "denied"
    return draft


def _is_nobody(scene: Scene, speakers: tuple[str, ...]) -> bool:
    return bool(speakers) and scene.entities.name_of(speakers[0]) == UNNAMED


def _as_told(verb: "Token", reading: Reading, content: Content) -> Reading:
    """The reading; "suggests that it rained" proposes nothing, as "suggests that he go" does."""
    head = content.head
    if reading.act != "PROPOSE" or head is None:
        return reading
    subject = subject_of(verb)
    if subject is not None and subject.lemma_.lower() in load_lexicon().documents:
        return replace(reading, act=None, stance=None)
    if not _is_clause(content):
        return reading
    aux = auxiliaries(head)
    wished = "should" in aux or "to" in aux or (head.tag_ in ("VB", "VBG") and not aux)
    return reading if wished else replace(reading, act=None, stance=None)


def _is_clause(content: Content) -> bool:
    return content.head is not None and content.head.pos_ in ("VERB", "AUX")


def _is_aside(verb: "Token", reading: Reading) -> bool:
    """Whether a thing shows rather than somebody says: "a result which shows", ", suggesting"."""
    return verb.tag_ == "VBG" or (reading.weak and verb.dep_ in ("relcl", "acl", "advcl"))


def _is_claim(
    scene: Scene, verb: "Token", reading: Reading, content: Content, *, passive: bool
) -> bool:
    """Whether somebody makes the claim: not "did not say", "it shows", not a mere thought aside."""
    if is_negated(verb) and (passive or reading.act != "BELIEVE"):
        return False
    if _before_utterance(scene, verb, content) or _cites_source(scene, reading, content):
        return False
    if tells_nothing(verb, reading, content):
        return False
    if not reading.weak:
        return True
    subject = subject_of(verb)
    if subject is not None and subject.lower_ == "it":
        return False
    return content.pieces[0][0] > verb.i or verb.lemma_.lower() in _ASIDE


def _cites_source(scene: Scene, reading: Reading, content: Content) -> bool:
    """Whether "citing" names a source ("citing officials"), not a reason."""
    head = content.head
    if not reading.tags or head is None:
        return False
    return head.lemma_.lower() in load_lexicon().sources or bool(scene.entities.actor_at(head))


def _before_utterance(scene: Scene, verb: "Token", content: Content) -> bool:
    """Whether "X said" goes with the quotation after it, not with the words before."""
    after = [t.i for t in verb.doc[verb.i + 1 : verb.i + 4] if not t.is_punct][:1]
    return content.pieces[0][0] < verb.i and after[0:1] != [] and after[0] in scene.spoken


def make_draft(
    scene: Scene, cue: "Token", reading: Reading, content: Content, parts: list[Range]
) -> Draft:
    """Return a draft without speakers."""
    fragments = [f for start, end in parts for f in scene.fragments_in(start, end)]
    stance = reading.stance or stance_of(content.head)
    if reading.polarity == "denied":
        stance = "denied"
    kind = _kind(parts, fragments)
    return Draft(
        kind=kind,
        parts=fragments if kind == "direct" else parts,
        speakers=(),
        cue=(cue.idx, cue.idx + len(cue.text)),
        cue_at=cue.i,
        act=reading.act,
        weak=reading.weak,
        polarity=reading.polarity,
        stance=stance,
        addressee=name_addressee(scene, content.addressee),
        fragments=[] if kind == "direct" else fragments,
    )


def _kind(parts: list[Range], fragments: list[Range]) -> ClaimKind:
    quoted = sum(end - start for start, end in fragments)
    if not quoted:
        return "indirect"
    return "direct" if quoted >= 0.97 * sum(end - start for start, end in parts) - 2 else "mixed"


def content_ranges(scene: Scene, content: Content) -> list[Range]:
    """Return the trimmed ranges of a content's pieces, without what is quoted in full."""
    found: list[Range] = []
    for begin, last in content.pieces:
        first = _skip_openers(scene, begin, last)
        if first >= last or scene.doc[first].i in scene.spoken:
            continue
        end = scene.doc[last - 1].idx + len(scene.doc[last - 1].text)
        trimmed = scene.trimmed(scene.doc[first].idx, end)
        if trimmed is not None and not scene.is_quoted(*trimmed):
            found.append(trimmed)
    return found


def _skip_openers(scene: Scene, first: int, last: int) -> int:
    """Skip "And," and "However," at the start of a sentence."""
    doc = scene.doc
    if first + 2 < last and doc[first].lower_ == "on" and doc[first + 1].lower_ in _WEEKDAYS:
        first += 2
    while first < last and (
        doc[first].is_space
        or doc[first].text == ","
        or (doc[first].is_sent_start and doc[first].lower_ in ("and", "but", "so", "yet"))
        or (doc[first].lower_ in ("however", "but", "still") and _before_comma(doc[first]))
    ):
        first += 1
    return first


def _before_comma(token: "Token") -> bool:
    return token.i + 1 < len(token.doc) and token.nbor(1).text == ","


def _is_told(verb: "Token", frames: Mapping[str, Reading]) -> bool:
    """Whether "it is …ed that" lays the content on somebody: not on what is expected or known."""
    if "clause" not in frames:
        return False
    return frames["clause"].act != "BELIEVE" or verb.lemma_.lower() in load_lexicon().passive


def _passive_content(
    verb: "Token", frames: Mapping[str, Reading]
) -> tuple[Reading, Content] | None:
    """Such as "is said to have", "was accused of", "it was announced that", "was condemned by"."""
    if verb.dep_ == "advcl" and verb.lemma_.lower() in _ASKED:
        return None
    for child in verb.children:
        if child.dep_ == "ccomp" and child.i > verb.i and _is_told(verb, frames):
            return frames["clause"], Content([clause_after(verb, child)], child)
    accused = passive_phrase(verb, frames)
    if accused is not None:
        return accused
    return _raised_subject(verb, frames)


def _raised_subject(verb: "Token", frames: Mapping[str, Reading]) -> tuple[Reading, Content] | None:
    """Such as "he is said to have fled" and "the raid was condemned by Rome"."""
    subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if subject is None:
        return None
    raised = next((c for c in verb.children if c.dep_ == "xcomp" and c.i > verb.i), None)
    if raised is not None and verb.lemma_.lower() in load_lexicon().passive:
        pieces = [
            (subject.left_edge.i, subject.right_edge.i + 1),
            (raised.left_edge.i, content_end(raised, verb, verb.sent)),
        ]
        return Reading(), Content(pieces, raised)
    if "obj" in frames and agent_of(verb) is not None:
        noun = antecedent(subject, verb)
        if noun is not None:
            first, last = noun.left_edge.i, (noun.i if noun != subject else subject.right_edge.i)
            return frames["obj"], Content([(first, last + 1)], noun)
    return None
