"""Claims on one topic, and what a later one does to an earlier one of somebody else.

A denial, doubt or confirmation is of the claims on its topic; whoever says the opposite of what
another said denies it; who says the same again repeats it; "that is a lie" is of the claim before.

What it gets wrong: opposites that no lexicon holds; claims on one topic that can both be true.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.claims.replies import may_mean
from kg.extract.claims.topics import Topic
from kg.extract.parse import Parsed
from kg.model import Claim, Event, Relation, RelationKind

_NEAR = 6000  # code points back in which a claim is looked for
_MOST_BACK = 40  # claims back
_MOST = 3  # targets of one denial
_NEXT = 700  # code points back that "that is a lie" can reach
_BESIDE = 150  # code points between two claims of which one word in common is enough
_DENIED = 0.34  # share of a topic that an outright denial must have in common with what it denies
_OPPOSED = 0.6
_SAME = 0.75
_WORD = re.compile(r"[A-Z][\w’'-]*")
_AGREEING = ("CONFIRM", "AGREE", "ADMIT")
_JUDGEMENT = (
    r"(?:(?:a |an |all |pure |complete |utter |absolute |total |just |simply |completely |totally "
    r"|absolutely |utterly |entirely |patently |blatantly )*"
    r"(?:lies?|false|untrue|nonsense|rubbish|wrong|incorrect|baseless|unfounded|groundless|absurd"
    r"|ridiculous|ludicrous|fabricat\w+|propaganda|fiction|slander|libel|defamat\w+|fake|hoax"
    r"|not true|not the case|not correct|not right|not so))"
)
_THAT = re.compile(
    rf"^(?:no, )?(?:that|this|it|these|those|they|all (?:this|that))(?: (?:is|was|are|were)|[’']s"
    rf"|[’']re) {_JUDGEMENT}\b",
    re.I,
)
_CALLED = re.compile(
    r"^(?:the |this |that |these |those |his |her |their |its )?(?:\w+ )?(?:claims?|accusations?"
    r"|allegations?|charges?|reports?|statements?|assertions?|suggestions?|it|that|them|remarks?)"
    rf"(?: (?:is|was|are|were|as))? [\"“']?{_JUDGEMENT}\b",
    re.I,
)


@dataclass(frozen=True)
class Ground:
    """What the relations of an article's claims are read from.

    Attributes:
        events: by id. topics: of each claim, by id.
    """

    events: Mapping[str, Event]
    parsed: Parsed
    topics: Mapping[str, Topic]

    def same_topic(self, claim: Claim, before: Sequence[Claim], kind: RelationKind) -> list[str]:
        """Return the ids of earlier claims of others that a denial or confirmation is of."""
        least = _DENIED if claim.polarity != "asserted" else _OPPOSED
        mine = self.topics[claim.id]
        found = []
        for other in _others(claim, before):
            its = self.topics[other.id]
            common, share = mine.common(its), mine.shared(its)
            if common < 2 or share < least or other.polarity != "asserted":
                continue
            if not may_mean(claim, other):
                continue
            if kind == "confirms" or claim.polarity != "asserted" or mine.contradicts(its):
                found.append((-share, other.id))
        return [name for _, name in sorted(found)[:_MOST]]

    def further(self, claim: Claim, before: Sequence[Claim], known: set[str]) -> Iterator[Relation]:
        """Yield what a claim does to earlier ones without a word that says so.

        Args:
            claim: the later one.
            before: the earlier ones, in text order.
            known: ids that it has a relation to already.
        """
        judged = self._judged(claim, before)
        if judged is not None and judged.id not in known:
            known = known | {judged.id}
            yield Relation(relation="denies", target=judged.id)
        mine = self.topics[claim.id]
        for other in before[-_MOST_BACK:]:
            if other.id in known or claim.parts[0].start - other.parts[-1].end > _NEAR:
                continue
            kind = self._relation(claim, other, mine)
            if kind is not None:
                yield Relation(relation=kind, target=other.id)

    def _relation(self, claim: Claim, other: Claim, mine: Topic) -> RelationKind | None:
        its = self.topics[other.id]
        common = mine.common(its)
        opposite = mine.contradicts(its)
        most = mine.likeness(its)
        if claim.speakers[:1] == other.speakers[:1]:
            same = common > 1 and most >= _SAME and not opposite
            return "repeats" if same and claim.polarity == other.polarity else None
        if set(claim.speakers) & set(other.speakers):
            return None
        plain = claim.polarity == other.polarity == "asserted"
        if plain and opposite and _denies(claim, other, common, most):
            return "denies"
        agrees = claim.speech_act in _AGREEING and "asserted" in (claim.polarity, other.polarity)
        if agrees and common > 1 and mine.shared(its) >= _OPPOSED and not opposite:
            return "confirms"
        return None

    def _judged(self, claim: Claim, before: Sequence[Claim]) -> Claim | None:
        """The claim that "that is a lie" and "called the charge absurd" are of."""
        if not (_THAT.match(claim.text) or _CALLED.match(claim.text)):
            return None
        start = claim.parts[0].start
        near = [
            c
            for c in _others(claim, before)
            if start - c.parts[-1].end < _NEXT and c.polarity == "asserted"
        ]
        return near[-1] if near else None


def _denies(claim: Claim, other: Claim, common: int, most: float) -> bool:
    """Whether a claim that says the opposite is close enough to what it would deny."""
    if _answers_charge(claim, other):
        return common > 0
    near = claim.parts[0].start - other.parts[-1].end < _BESIDE
    close = most >= _OPPOSED - 0.1 and (common > 1 or (common == 1 and near))
    return close and _tells(claim) and _tells(other)


def _answers_charge(claim: Claim, other: Claim) -> bool:
    """Whether a claim is of somebody whom the other one accuses."""
    if other.speech_act != "ACCUSE" or claim.polarity != "asserted":
        return False
    accused = {word.lower() for word in _WORD.findall(other.text)}
    return bool(accused & set(claim.speakers[0].split("-")[1:]))


def _tells(claim: Claim) -> bool:
    """Whether a claim says that something is or will be so: no wish, threat or question."""
    return claim.stance != "hypothetical" and claim.speech_act not in (
        "REQUEST",
        "DEMAND",
        "PROPOSE",
        "ASK",
    )


def _others(claim: Claim, before: Sequence[Claim]) -> list[Claim]:
    """The near earlier claims of other speakers, in text order."""
    start = claim.parts[0].start
    return [
        c
        for c in before[-_MOST_BACK:]
        if not set(c.speakers) & set(claim.speakers) and 0 <= start - c.parts[-1].end < _NEAR
    ]
