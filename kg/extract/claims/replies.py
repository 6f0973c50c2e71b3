"""What the words around and inside a claim say of its place in an exchange.

"X said in response" answers · "Others, however, say" disputes · "X's remarks were a bluff"
comments · "no such build-up" and "the accusation" point back at what somebody else has said.

What it gets wrong: words that point back over more than a few paragraphs.
"""

import re
from collections.abc import Sequence

from kg.extract.parse import Parsed
from kg.model import Claim, RelationKind

_SPEECH = (
    r"(?:claims?|assertions?|allegations?|accusations?|charges?|statements?|remarks?|comments?"
    r"|suggestions?|warnings?|threats?|criticisms?|denials?|insinuations?|contentions?|notions?"
    r"|reports?|rumou?rs?|declarations?|announcements?)"
)
_WISHES = (
    r"(?:demands?|calls?|requests?|proposals?|offers?|appeals?|pleas?|ultimatums?|invitations?)"
)
_POINTS = re.compile(rf"^(?:[\w’'.-]+ ){{0,6}}?(?P<noun>{_SPEECH}|(?P<wish>{_WISHES}))\b", re.I)
_ALL = re.compile(
    r"^(?:it|which|that|this|them|these|those|everything|all of (?:it|this|that|them))$", re.I
)
_NO_SUCH = re.compile(
    r"\bno such\b|\b(?:nothing|anything) of the (?:kind|sort)\b|\bthe opposite\b", re.I
)
_CUE = re.compile(
    r"^(?:respond|repl[yi]|answer|retort|counter|rebut|hit back|fire[ds]? back)", re.I
)
_ANSWERS = re.compile(
    r"\bin (?:response|reply|answer)\b|\basked (?:about|if|whether|for comment)\b"
    r"|\b(?:responding|replying|reacting) to\b|\bin reaction to\b|\bquestioned about\b"
    rf"|\b(?:ignoring|dismissing|brushing aside|defying) [^,]*\b{_SPEECH}\b",
    re.I,
)
_CONTRAST = re.compile(r"\b(?:however|disagree[ds]?|disputed (?:this|that))\b", re.I)
_OTHERS = re.compile(r"^(?:[Oo]thers?|[Ss]ome|[Cc]ritics|[Ss]keptics|[Ss]ceptics|[Oo]pponents)\b")
_AGAINST = re.compile(r"\b(?:than|as) claimed by\b|\bcontrary to (?:what|claims|the claim)\b", re.I)
_COMMENT = re.compile(
    r"^(?:(?:these|those|this|that|such|his|her|their)|(?:[A-Z][\w.-]+ ){0,3}?[A-Z][\w.-]+[’']s?)"
    r" (?:\w+ )?(?:statements?|remarks?|comments?|words|threats?|claims?|accusations?|speech"
    r"|message|announcement|declaration|rhetoric|allegations?)\b",
    re.I,
)
_QUESTION = re.compile(r"[?][\"”’']?$")
_NEAR = 2500  # code points back that a word can point at
_WORD = re.compile(r"[^\W\d_]{4,}|\d+")
_DULL = frozenset(
    ("that", "this", "these", "those", "them", "have", "been", "were", "with", "from")
)
_CAPITAL = re.compile(r"\b[A-Z][\w-]{2,}")


def points_back(claim: Claim) -> bool:
    """Return whether the content is no more than words that point at something said before."""
    text = claim.text
    return bool(_ALL.match(text) or _NO_SUCH.search(text)) or (
        len(text.split()) <= 14 and not text.startswith("to ") and bool(_POINTS.match(text))
    )


def antecedents(claim: Claim, before: Sequence[Claim]) -> list[str]:
    """Return the id of what the words point back at: another speaker's last fitting claim."""
    found = _POINTS.match(claim.text)
    wish = bool(found and found["wish"])
    rivals = [c for c in rivals_of(claim, before) if _is_wish(c) == wish]
    if _NO_SUCH.search(claim.text):
        rivals = [c for c in rivals if c.stance == "claimed"]
    named = set(_CAPITAL.findall(claim.text))
    owned = [c for c in rivals if c.source and named & set(_CAPITAL.findall(c.source.text))]
    words = _words(claim)
    best = max(reversed(owned or rivals), key=lambda c: len(words & _words(c)), default=None)
    return [best.id] if best is not None else []


def may_mean(claim: Claim, other: Claim) -> bool:
    """Return whether the words that open a claim ("X's calls for") let it be of another claim.

    Args:
        claim: the later one.
        other: of somebody else.
    """
    found = _POINTS.match(claim.text)
    if found is None:
        return True
    named = {word.lower() for word in _CAPITAL.findall(found.group())}
    owner = set(other.speakers[0].split("-"))
    return bool(found["wish"]) == _is_wish(other) and (not named or bool(named & owner))


def _words(claim: Claim) -> set[str]:
    return {word.casefold() for word in _WORD.findall(claim.text)} - _DULL


def _is_wish(claim: Claim) -> bool:
    return claim.speech_act in ("REQUEST", "DEMAND", "PROPOSE", "PROMISE")


def rivals_of(claim: Claim, before: Sequence[Claim]) -> list[Claim]:
    """Return the near claims of other speakers that somebody asserts, in text order."""
    start = claim.parts[0].start
    return [
        c
        for c in before
        if not set(c.speakers) & set(claim.speakers)
        and 0 <= start - c.parts[-1].end < _NEAR
        and c.polarity == "asserted"
    ]


def reply_of(claim: Claim, parsed: Parsed) -> RelationKind | None:
    """Return what the words around and at the start of a claim make of the last speaker's."""
    if claim.cue is None or claim.polarity != "asserted":
        return None
    around = _around(claim, parsed)
    if _CUE.match(claim.cue.text) or _ANSWERS.search(around):
        return "responds_to"
    others = claim.source is not None and bool(_OTHERS.match(claim.source.text))
    if _AGAINST.search(claim.text) or (others and _CONTRAST.search(around)):
        return "disputes"
    return "comments_on" if _COMMENT.match(claim.text) else None


def is_question(claim: Claim) -> bool:
    """Return whether a claim asks something."""
    return claim.speech_act == "ASK" or bool(_QUESTION.search(claim.text))


def _around(claim: Claim, parsed: Parsed) -> str:
    """The words of the cue's sentence outside the claim."""
    if claim.cue is None or not parsed.sentences:
        return ""
    sentence = parsed.sentence_at(claim.cue.start)
    text, at, kept = parsed.document.text, sentence.start_char, []
    for part in claim.parts:
        kept.append(text[at : max(at, part.start)])
        at = max(at, part.end)
    return " ".join([*kept, text[at : sentence.end_char]])
