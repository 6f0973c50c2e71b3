"""Ranges of names in a gold set: which are outermost, which hold a proper name, and their edges.

A span is named where it holds a capitalised word that is no article or pronoun, no sentence's first
word that the same text also writes small, and no adjective of people or country before a small word
("Iraqi forces"). In a person's span, titles and offices do not count either, nor what another
annotated span covers, nor a word before a title or a small word: "the Iraqi foreign minister" is a
description.

What it gets wrong: sentence-initial common words that the text never writes small count as names;
adjectives of people are told by their endings.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate

REJECTED = "rejected by the crowd"
_WORD = re.compile(r"[^\W_](?:[\w.'’-]*\w)?\.?")
_SENTENCE_END = re.compile(r"(?:^|[.!?:…\n“\"])[\s“\"‘'(]*$")
_SMALL_WORDS = (
    "a an the this that these those some all any many both several other our their his her its my "
    "your he she it they we i you who which one two three there here no more most"
)
_OFFICES = (
    "mr mrs ms miss dr sir lord lady he hon rt prof gen general lt lieutenant col colonel maj "
    "major capt captain sgt sergeant staff master cpl corporal spc pvt private adm admiral "
    "rear vice cmdr commander commodore brig brigadier senior chief petty officer army navy "
    "airman first second class foreign defence defense prime deputy minister ministers "
    "secretary president premier ambassador envoy special representative spokesman "
    "spokeswoman spokesperson director chairman king queen prince crown governor mayor "
    "senator chancellor under-secretary parliamentary state minister-designate designate head "
    "leader of for to and in on the"
)
_NO_NAMES = frozenset(_SMALL_WORDS.split())
_TITLES = frozenset(_OFFICES.split())
_PEOPLE = re.compile(
    r"\w+(?:ian|ean|ish|ese|qi|ni|li|ti|bi|ri|di|wi|ite|can|ist)|French|Arab|Dutch|Greek"
)
_PARTICLES = frozenset({"al", "bin", "ibn", "de", "von", "van", "abu"})
_ARTICLE = re.compile(r"(?:the|a|an|this|these)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’]s?|\s)+$")


@dataclass(frozen=True, order=True)
class Name:
    """A range of the text, and what it may be of person, organisation and place."""

    start: int
    end: int
    kinds: frozenset[str] = field(compare=False)

    @property
    def places(self) -> frozenset[int]:
        """The offsets it covers."""
        return frozenset(range(self.start, self.end))


def outermost(names: Iterable[Name]) -> list[Name]:
    """Return the names that lie in no longer one, sorted; equal ranges are one of all kinds."""
    merged: dict[tuple[int, int], frozenset[str]] = {}
    for name in names:
        place = (name.start, name.end)
        merged[place] = merged.get(place, frozenset()) | name.kinds
    places = sorted(merged, key=lambda place: (place[0], -place[1]))
    ends = [0, *accumulate((end for _, end in places), max)]
    return [
        Name(start, end, merged[start, end])
        for (start, end), reached in zip(places, ends, strict=False)
        if end > reached
    ]


def is_named(name: Name, text: str, spans: Iterable[tuple[int, int, str]]) -> bool:
    """Return whether a gold span holds a proper name (see the head of this module)."""
    person = name.kinds == {"person"}
    hidden = [
        (s, e)
        for s, e, kind in spans
        if person and kind not in ("Person", REJECTED) and name.start <= s and e <= name.end
    ]
    words = list(_WORD.finditer(text, name.start, name.end))
    for number, word in enumerate(words):
        after = words[number + 1][0] if number + 1 < len(words) else ""
        covered = any(s <= word.start() < e for s, e in hidden)
        if not covered and _is_name_word(word, after, text, person=person):
            return True
    return False


def _is_name_word(word: re.Match[str], after: str, text: str, *, person: bool) -> bool:
    bare = word[0].rstrip(".").removesuffix("’s").removesuffix("'s")
    if not any(letter.isupper() for letter in bare) or bare.lower() in _NO_NAMES:
        return False
    small_after = after.islower() and after not in _PARTICLES
    if person and (bare.lower() in _TITLES or after.lower().rstrip(".") in _TITLES or small_after):
        return False
    if small_after and _PEOPLE.fullmatch(bare):
        return False
    first = bool(_SENTENCE_END.search(text[max(0, word.start() - 9) : word.start()]))
    return not (first and re.search(rf"\b{re.escape(bare.lower())}\b", text))


def trim(name: Name, text: str) -> tuple[int, int]:
    """Return the range without article, possessive, and titles before a person's name."""
    start, end = name.start, name.end
    article = _ARTICLE.match(text, start, end)
    start = article.end() if article else start
    tail = _POSSESSIVE.search(text[start:end])
    end = start + tail.start() if tail and tail.start() else end
    if "person" in name.kinds:
        words = list(_WORD.finditer(text, start, end))
        later = (w.start() for w in words if w[0].lower().rstrip(".,") not in _TITLES)
        start = next(later, start)
    return start, end
