"""Why a claim was missed or invented, or has another speaker."""

from collections.abc import Iterable

from tools.quality.case import Case, Range

_MOST = 0.8
_SOME = 0.2
NOTHING = "nothing was read as a claim"


def missed_claim(case: Case, parts: Iterable[Range], *, enough: float) -> str:
    """Return why a content of the gold has no partner.

    Args:
        case: the text.
        parts: ranges of the content.
        enough: share of letters that makes a pair.
    """
    ranges = list(parts)
    letters = case.letters(ranges)
    share, claim = case.best_claim(letters)
    if share >= enough:
        return "another speaker" if enough == _MOST else "a second attribution of the same words"
    if claim is not None and share >= _SOME:
        return "other bounds"
    if claim is not None and share > 0:
        return "inside a longer claim, or cut short"
    if not case.is_read(ranges[0][0]):
        return "stands in a headline or beside the body"
    return NOTHING


def missed_cue(case: Case, cue: str) -> str:
    """Return what the cue was of a content where nothing was read."""
    words = [word.strip(".,;:!?\"'“”").lower() for word in cue.split()]
    if not any(word.isalpha() for word in words):
        return "no words for the saying (a colon, a dash, nothing)"
    if any(word in case.cues for word in words):
        return "a word for saying that is known, but not read here"
    return "a word that no rule takes for saying"


def invented_claim(
    case: Case, parts: Iterable[Range], golds: Iterable[Iterable[Range]], *, enough: float
) -> str:
    """Return what a claim that the gold does not have is."""
    own = case.letters(parts)
    best = 0.0
    inside = False
    for gold in golds:
        letters = case.letters(gold)
        best = max(best, len(own & letters) / max(1, len(own | letters)))
        inside = inside or len(own & letters) >= _MOST * len(own)
    if best >= enough:
        return "another speaker" if enough == _MOST else "a second claim on the same words"
    if best >= _SOME:
        return "other bounds"
    return "a part of a claim of the gold" if inside else "no claim in the gold"
