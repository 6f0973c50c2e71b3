"""Where a name starts and ends: what the model ran together is cut, what is no part of it goes.

What it gets wrong: names that hold "in" or "from"; two bodies joined by "and" of which neither is
known.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kg.extract.entities.gazetteer import is_demonym
from kg.extract.entities.lexicon import Words, listed, load_words
from kg.extract.entities.tokens import is_capital

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST = 12  # tokens of a known name
_BREAKS = frozenset(("(", ")", '"', ";", ":", "[", "]", "--", "—"))
_FUNCTION_WORDS = frozenset(
    ("near", "in", "on", "at", "by", "from", "to", "with", "after", "before", "since", "until",
     "during", "for", "of", "and", "but", "or", "as", "if", "when", "while", "although", "though",
     "because", "despite", "amid", "among", "between", "against", "under", "over", "into", "about",
     "like", "unlike", "both", "either", "neither", "former", "inside", "outside", "across", "via",
     "through", "throughout", "the", "a", "an", "this", "its", "their", "his", "her", "our", "my",
     "these", "those", "that", "some", "many", "all", "no", "not", "how", "why", "what", "who",
     "yes", "then", "now", "here", "there", "also", "even", "just", "only", "said", "says", "is")
)  # fmt: skip
_OUTSIDE = frozenset(
    ("in", "on", "from", "at", "by", "with", "to", "near", "against", "via", "over")
)
_PREFIXES = frozenset(("pro", "anti", "post", "ex", "non", "counter", "pre", "un", "mid", "trans"))
_NO_BODY = re.compile(
    r"[A-Z]{1,5}-?\d+[A-Za-z]*|[IVX]{2,}|Flight|Operation|Memorandum|Treaty|Act|Agreement|Accords?"
    r"|v\.|vs\.?|Protocol|Convention|Award|Prize|Cup|Championships?|War|Bill|Index|Average|Show"
    r"|Podcast|Medicare|Medicaid|Eid|Week|Games|Amendment|Doctrine|Manifesto|Cessation|Grand Prix"
    r"|Festival|Marathon|Trophy|Syndrome|Disease|Virus"
)
_NOISE = re.compile(r"[@#/\\\[\]]|https?:|www\.|^\W*$|\d{4,}|\.(?:com|org|net)\b")
_AFTER_NAMES = frozenset(("'s", "'", "’s", "and", "of", "-", "the", "s", "–", "&"))


def pieces(
    doc: "Doc", start: int, end: int, label: str, hits: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a candidate that may each be a name.

    Args:
        doc: the tokens.
        start: first token.
        end: after the last token.
        label: of the model.
        hits: start to end of the known names of the text; none of them is cut.
    """
    first = start
    near = [(a, hits[a]) for a in range(max(0, start - _LONGEST), end) if a in hits]
    guarded = {i for a, b in near for i in range(a, b)}
    for index in range(start, end):
        token = doc[index]
        cut = token.is_space or token.text in _BREAKS or _is_dash(doc, index)
        if not cut and index not in guarded and index > first:
            cut = _cuts(doc, token, first, end, label, hits)
        if cut:
            if first < index:
                yield first, index
            first = index + 1
    if first < end:
        yield first, end


def _is_dash(doc: "Doc", index: int) -> bool:
    """Whether a hyphen stands between spaces, as dashes do: "BRUSSELS - European leaders"."""
    return doc[index].text == "-" and index > 0 and bool(doc[index - 1].whitespace_)


def _cuts(
    doc: "Doc", token: "Token", first: int, end: int, label: str, hits: Mapping[int, int]
) -> bool:
    """Whether a joining word or mark parts two names."""
    word = token.text
    if word in _OUTSIDE:
        return (
            label == "PERSON"
            or word not in ("on", "to", "against", "over", "in")
            or _starts_known(doc, token.i, hits)
            or (word != "to" and _wholly_known(doc, first, token.i, hits))
        )
    if label == "PERSON":
        return word in ("and", ",", "for", "of")
    if word in ("and", ",", "or", "'s", "'"):
        if (
            word in ("and", ",")
            and doc[min(token.i + 1, end - 1)].lower_ not in ("the", doc[first].lower_)
            and doc[first].lower_ in listed("joined_bodies")
            and "of" in _words(doc, first, token.i)
        ):
            return False
        if word == "and" and _joins_bodies(doc, first, token.i, end):
            return True
        return _wholly_known(doc, first, token.i, hits) or _starts_known(
            doc, token.i, hits, end=end
        )
    return False


def _joins_bodies(doc: "Doc", first: int, at: int, end: int) -> bool:
    """Whether "and" stands between two names of bodies, not inside one.

    It does before "the", and where both sides end in words for bodies or start like ships.
    """
    if at + 1 < end and doc[at + 1].lower_ == "the":
        return True
    if at - first < 2 or end - at < 3:
        return False
    if doc[first].text in load_words().ship:
        return True
    ends = listed("whole_bodies")
    return doc[at - 1].lower_ in ends and doc[end - 1].lower_ in ends


def _words(doc: "Doc", start: int, end: int) -> list[str]:
    return [t.lower_ for t in doc[start:end]]


def _wholly_known(doc: "Doc", start: int, end: int, hits: Mapping[int, int]) -> bool:
    while start < end and doc[start].lower_ in _FUNCTION_WORDS:
        start += 1
    alone = is_demonym(doc[start].text) or doc[start].lower_ in load_words().people
    return hits.get(start) == end or (end - start == 1 and alone)


def _starts_known(doc: "Doc", at: int, hits: Mapping[int, int], *, end: int | None = None) -> bool:
    """Whether a known name stands right after a joiner (and, with `end`, fills the rest)."""
    start = at + 1
    while start < len(doc) - 1 and doc[start].lower_ == "the":
        start += 1
    if start not in hits:
        return start > at + 1 and end is not None
    return end is None or hits[start] >= end or start > at + 1


def clean_bounds(
    doc: "Doc", start: int, end: int, label: str, words: Words
) -> tuple[int, int] | None:
    """Return a name's bounds without titles, determiners, possessives; None if nothing is left."""
    if label == "PERSON":
        start, end = person_bounds(doc, start, end, words)
    while start < end and _not_at_start(doc[start], label):
        start += 1
    full = end
    while end > start and _not_at_end(doc[end - 1], label, words):
        end -= 1
    if end < full and doc[full - 1].lower_ == "ministry":
        end = full
    start = _after_prefix(doc, start, end)
    if (
        start >= end
        or _is_common(doc, start, end)
        or not _can_be_name(doc, start, end, label, words)
    ):
        return None
    return start, end


def _can_be_name(doc: "Doc", start: int, end: int, label: str, words: Words) -> bool:
    tokens = doc[start:end]
    text = tokens.text
    if not any(is_capital(t) or t.text[0].isdigit() for t in tokens):
        return False
    if _NOISE.search(text) or len(text) < 2 or text.lower().replace(".", "") in words.stop:
        return False
    if all(is_demonym(t.text) or t.lower_ in words.people for t in tokens):
        return False
    told = tokens if label != "PERSON" else tokens[-1:] if len(tokens) > 2 else ()
    if any(_NO_BODY.fullmatch(t.text) for t in told):
        return False
    if all(words.is_title(t.lower_) or t.lower_ in words.before or t.is_punct for t in tokens):
        return False
    return not (end - start == 1 and (text.islower() or text.lower() in words.noun_type))


def _is_common(doc: "Doc", start: int, end: int) -> bool:
    """Whether a lone word is a common noun: "a UAV", "(DDG 70)", "Concerns" at the start."""
    if end - start > 1:
        return False
    token = doc[start]
    before = doc[start - 1].lower_ if start else ""
    after = doc[end] if end < len(doc) else token
    if token.text.isupper() and (before in ("a", "an") or (before == "(" and after.like_num)):
        return True
    return bool(token.is_sent_start) and token.tag_ == "NNS"


def _after_prefix(doc: "Doc", start: int, end: int) -> int:
    """Skip the whole of "pro-X", where the name is only part of an adjective."""
    while start + 1 < end and doc[start].lower_ in _PREFIXES and doc[start + 1].text == "-":
        return end
    first = doc[start].lower_ if start < end else ""
    head, hyphen, _ = first.partition("-")
    if hyphen and head in _PREFIXES:
        return end
    before = doc[start - 2].lower_ if start > 1 and doc[start - 1].text == "-" else ""
    return end if before in _PREFIXES else start


def in_compound(doc: "Doc", start: int) -> bool:
    """Return whether a known name only follows "pro-", "anti-" or the like."""
    return start > 1 and doc[start - 1].text == "-" and doc[start - 2].lower_ in _PREFIXES


def person_bounds(doc: "Doc", start: int, end: int, words: Words) -> tuple[int, int]:
    """Return a person's name without titles before it and lower-case words after it."""
    for token in doc[start : end - 1]:
        bare = token.lower_.rstrip(".")
        if words.is_title(bare) or (bare in words.before and token.text.islower()):
            start = token.i + 1
            while start < end and doc[start].text in (".", "-", ","):
                start += 1
    while start < end and is_demonym(doc[start].text):
        start += 1
    while end > start and not is_capital(doc[end - 1]):
        end -= 1
    return start, end


def _not_at_start(token: "Token", label: str) -> bool:
    text = token.text
    if token.lower_ in _FUNCTION_WORDS or text in ("'s", "'"):
        return True
    if label != "PERSON" and token.like_num and not text[0].isdigit():
        return True
    return token.is_punct or token.is_space or (token.tag_ == "CD" and not text[-1].isalpha())


def _not_at_end(token: "Token", label: str, words: Words) -> bool:
    text = token.text
    if text in _AFTER_NAMES or token.is_space or (token.is_punct and text != "."):
        return True
    if label in ("ORG", "FAC") and token.lower_.rstrip(".") in words.rank and len(text) < 6:
        return True
    return bool(text.islower()) and label in ("ORG", "PERSON", "GPE")
