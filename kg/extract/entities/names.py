"""Where names stand in the body: the model's entities, cleaned, with known names laid over them.

What it gets wrong: names in lower case; two names that the model runs together without a comma or
"and"; names of one capitalised word at the start of a sentence that nobody knows.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.entities.gazetteer import (
    PLACE_TYPES,
    Gazetteer,
    Known,
    city_population,
    is_demonym,
)
from kg.extract.entities.lexicon import Words
from kg.extract.entities.tokens import is_capital
from kg.extract.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LABELS = frozenset(("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT"))
_JOINERS = frozenset(
    ("of", "for", "the", "and", "&", "de", "del", "la", "al", "-", "on", "in", "'s")
)
_PARTICLES = frozenset(
    (
        "de",
        "da",
        "dos",
        "van",
        "von",
        "der",
        "den",
        "bin",
        "al",
        "el",
        "la",
        "le",
        "ibn",
        "-",
        "du",
        "di",
        "ul",
    )
)
_ACRONYM = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][A-Z0-9&]+(?:-[A-Z0-9]+)*|[A-Z]{2,}[a-z]?[A-Z]*")
_NOISE = re.compile(r"[@#/\\]|https?:|www\.|^\W*$|\d{3,}")
_METONYM_PEOPLE = frozenset(("west", "south", "east", "north"))
_BIG_CITY = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Tokens [start, end) that are a name.

    Attributes:
        label: PERSON, ORG, GPE, LOC, FAC, ACRONYM, GROUP or KNOWN.
        strength: of the rule that found it: 3 known, 2 model, 1 pattern.
        known: what it may be, countries first.
    """

    start: int
    end: int
    label: str
    strength: int
    known: tuple[Known, ...] = ()

    def text(self, doc: "Doc") -> str:
        """Return its words as they stand in the working copy."""
        words: str = doc[self.start : self.end].text
        return words


def find_names(parsed: Parsed, words: Words, gazetteer: Gazetteer) -> list[Name]:
    """Return the names of the body, sorted, not overlapping."""
    doc = parsed.doc
    known = [name for name in _known_names(doc, gazetteer) if _stands(doc, name)]
    found = [*known]
    if parsed.has_parse:
        found.extend(_model_names(doc, words, gazetteer))
    found.extend(_pattern_names(doc, words, parsed.has_parse))
    chosen = _choose(_split_known(doc, name, known, words) for name in found)
    return _choose([*chosen, *_grown(doc, chosen, words)])


def _known_names(doc: "Doc", gazetteer: Gazetteer) -> Iterator[Name]:
    for hit in gazetteer.hits(doc):
        yield Name(start=hit.start, end=hit.end, label="KNOWN", strength=3, known=hit.known)


def _stands(doc: "Doc", name: Name) -> bool:
    """Whether a known form is used as a name: not a common word, verb or demonym here."""
    token = doc[name.start]
    if name.end - name.start > 1:
        return True
    if is_demonym(token.text) and not name.known:
        return False
    if token.text.lower() in ("march", "may", "turkey") and token.tag_ not in ("", "NNP", "NNPS"):
        return False
    if token.is_sent_start and token.pos_ and token.pos_ not in ("PROPN", "NOUN", "X", "ADJ"):
        return False
    return not (token.pos_ in ("VERB", "AUX", "ADV") and token.text[1:].islower())


def _model_names(doc: "Doc", words: Words, gazetteer: Gazetteer) -> Iterator[Name]:
    for ent in doc.ents:
        if ent.label_ not in _LABELS:
            continue
        for start, end in _pieces(doc, ent.start, ent.end):
            bounds = clean_bounds(doc, start, end, ent.label_, words)
            if bounds is None:
                continue
            if ent.label_ == "NORP" and not _is_movement(doc, *bounds):
                continue
            label = "ORG" if ent.label_ in ("NORP", "PRODUCT") else ent.label_
            if ent.label_ == "PRODUCT" and not _ACRONYM.fullmatch(doc[bounds[0]].text):
                continue
            text = doc[bounds[0] : bounds[1]].text
            yield Name(
                start=bounds[0],
                end=bounds[1],
                label=label,
                strength=2,
                known=gazetteer.find(text),
            )


def _is_movement(doc: "Doc", start: int, end: int) -> bool:
    """Whether a "nationality, religion or politics" is a body with a name of its own."""
    return end - start > 1 and not any(is_demonym(t.text) for t in doc[start:end])


def _pieces(doc: "Doc", start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches between line breaks and bracket or quotation marks."""
    first = start
    for token in doc[start:end]:
        if token.is_space or token.text in ("(", ")", '"', ";", ":", "[", "]"):
            if first < token.i:
                yield first, token.i
            first = token.i + 1
    if first < end:
        yield first, end


def clean_bounds(
    doc: "Doc", start: int, end: int, label: str, words: Words
) -> tuple[int, int] | None:
    """Return a name's bounds without titles, determiners, possessives; None if nothing is left."""
    if label == "PERSON":
        start, end = _person_bounds(doc, start, end, words)
    while start < end and _not_at_start(doc[start], label):
        start += 1
    while end > start and _not_at_end(doc[end - 1], label, words):
        end -= 1
    if start >= end or not any(is_capital(t) or t.text[0].isdigit() for t in doc[start:end]):
        return None
    text = doc[start:end].text
    lone = end - start == 1
    if _NOISE.search(text) or len(text) < 2 or text.lower() in words.stop:
        return None
    if all(is_demonym(t.text) for t in doc[start:end]):
        return None
    if lone and (doc[start].text.islower() or words.is_title(text.lower())):
        return None
    return start, end


def _person_bounds(doc: "Doc", start: int, end: int, words: Words) -> tuple[int, int]:
    """Cut titles before the name, and lower-case words after it."""
    for token in doc[start : end - 1]:
        bare = token.text.lower().rstrip(".")
        if words.is_title(bare) or (bare in words.before and token.text.islower()):
            start = token.i + 1
    while start < end and is_demonym(doc[start].text):
        start += 1
    while end > start and not is_capital(doc[end - 1]):
        end -= 1
    for token in doc[start:end]:
        if token.text in (",", "and") and token.i > start:
            return start, token.i
    return start, end


def _not_at_start(token: "Token", label: str) -> bool:
    text = token.text
    if text.lower() in ("the", "a", "an", "'s", "'", "this", "its", "their", "his", "her", "our"):
        return True
    if label != "PERSON" and token.like_num and not text[0].isdigit():
        return True
    return (
        token.is_punct or token.is_space or token.tag_ in ("PRP$", "CD") and not text[-1].isalpha()
    )


def _not_at_end(token: "Token", label: str, words: Words) -> bool:
    text = token.text
    if text in ("'s", "'", "’s", "and", "of", "-", "the", "s"):
        return True
    if token.is_space or (token.is_punct and text != "."):
        return True
    lowered = text.lower()
    return label == "ORG" and text.islower() and lowered not in words.org_type


def _pattern_names(doc: "Doc", words: Words, has_parse: bool) -> Iterator[Name]:
    """Yield names that their own words or the word before give away."""
    for first, last in _capital_runs(doc, words):
        name = _judge_run(doc, first, last, words, has_parse)
        if name is not None:
            yield name
    for token in doc:
        if token.text == "West" and token.i and doc[token.i - 1].lower_ == "the":
            after = doc[token.i + 1] if token.i + 1 < len(doc) else token
            if not is_capital(after) or after is token:
                yield Name(start=token.i, end=token.i + 1, label="GROUP", strength=1)


def _capital_runs(doc: "Doc", words: Words) -> Iterator[tuple[int, int]]:
    """Yield [first, last) of runs of capitalised words, with joiners between them."""
    i, size = 0, len(doc)
    while i < size:
        if not _can_start(doc[i], words):
            i += 1
            continue
        last = i + 1
        while last < size:
            step = _next_capital(doc, last)
            if step is None:
                break
            last = step
        yield i, last
        i = last


def _can_start(token: "Token", words: Words) -> bool:
    return is_capital(token) and token.text.lower() not in words.stop and not token.is_stop


def _next_capital(doc: "Doc", at: int) -> int | None:
    """Return the index after the next capitalised word of a run, over at most two joiners."""
    for skip in range(3):
        index = at + skip
        if index >= len(doc) or doc[index].is_space or doc[index].is_sent_start:
            return None
        token = doc[index]
        if is_capital(token) or (token.text[:1].isdigit() and skip == 0 and len(token.text) < 5):
            return index + 1
        if token.text.lower() not in _JOINERS:
            return None
    return None


def _judge_run(doc: "Doc", first: int, last: int, words: Words, has_parse: bool) -> Name | None:
    lowered = [t.text.lower() for t in doc[first:last]]
    ship = doc[first].text in words.ship and last - first > 1
    if ship:
        return Name(start=first, end=min(last, first + 4), label="ORG", strength=1)
    if last - first == 1:
        return _judge_word(doc, first, words)
    head = next((w for w in lowered if w in ("of", "for")), None)
    key = lowered[lowered.index(head) - 1] if head else lowered[-1]
    bounds = clean_bounds(doc, first, last, "ORG", words)
    if bounds is None:
        return None
    if key in words.facility or key in words.water or key in words.region or lowered[0] == "mount":
        return Name(start=bounds[0], end=bounds[1], label="LOC", strength=1)
    if key in words.org_type and not is_demonym(doc[last - 1].text):
        return Name(start=bounds[0], end=bounds[1], label="ORG", strength=1)
    return _judge_person(doc, first, last, words, has_parse)


def _judge_word(doc: "Doc", at: int, words: Words) -> Name | None:
    token = doc[at]
    before = doc[at - 1] if at else None
    if before is not None and words.is_title(before.text.lower()) and not token.is_sent_start:
        bare = before.text.lower().rstrip(".")
        if bare in words.honorific or bare in words.rank:
            return Name(start=at, end=at + 1, label="PERSON", strength=1)
    if _ACRONYM.fullmatch(token.text) and not _NOISE.search(token.text):
        shouting = at and doc[at - 1].text.isupper() and len(doc[at - 1].text) > 3
        if not shouting and len(token.text) > 2:
            return Name(start=at, end=at + 1, label="ACRONYM", strength=1)
    if token.pos_ in ("", "PROPN") and not token.is_sent_start and _is_located(doc, at):
        return Name(start=at, end=at + 1, label="GPE", strength=1)
    return None


def _is_located(doc: "Doc", at: int) -> bool:
    """Whether "in", "near" or "from" stands before a big city's name."""
    before = doc[at - 1].text.lower() if at else ""
    text = doc[at].text
    return (
        before in ("in", "near", "from", "outside", "around") and city_population(text) > _BIG_CITY
    )


def _judge_person(doc: "Doc", first: int, last: int, words: Words, has_parse: bool) -> Name | None:
    """A run that starts with a title or a common first name; only where the model may miss it."""
    start, end = _person_bounds(doc, first, last, words)
    if end - start < 1 or end - start > 4:
        return None
    given = doc[start].text.lower() in words.gender and end - start > 1
    titled = start > first or (first and words.is_title(doc[first - 1].text.lower()))
    if titled and not given and has_parse:
        return None
    bounds = clean_bounds(doc, start, end, "PERSON", words) if given or titled else None
    if bounds is None or any(t.text.lower() in words.org_type for t in doc[start:end]):
        return None
    return Name(start=bounds[0], end=bounds[1], label="PERSON", strength=1)


def _split_known(doc: "Doc", name: Name, known: Iterable[Name], words: Words) -> Name:
    """Cut a person's name after a place that a title follows: "Belarus President X" is two."""
    if name.label != "PERSON" or name.strength == 3:
        return name
    for other in known:
        if other.start == name.start and other.end < name.end:
            if doc[other.end].text in (",", "'s", "and"):
                return Name(
                    start=other.end + 1, end=name.end, label=name.label, strength=name.strength
                )
    return name


def _choose(names: Iterable[Name]) -> list[Name]:
    """Keep the longest of names that overlap, then the surest; sorted by place."""
    taken: set[int] = set()
    chosen = []
    for name in sorted(names, key=lambda n: (n.start - n.end, -n.strength, n.start)):
        if name.start < name.end and taken.isdisjoint(range(name.start, name.end)):
            taken.update(range(name.start, name.end))
            chosen.append(name)
    return sorted(chosen, key=lambda n: n.start)


def _grown(doc: "Doc", names: Iterable[Name], words: Words) -> Iterator[Name]:
    """Yield names that go on in lower case: "Belarus interior ministry", "X power plant"."""
    for name in names:
        place = any(k.kind in PLACE_TYPES for k in name.known) or name.label in (
            "GPE",
            "LOC",
            "FAC",
        )
        if not place:
            continue
        for size in (3, 2, 1):
            end = name.end + size
            tail = doc[name.end : end].text
            if end <= len(doc) and tail in words.facility_lower:
                yield Name(start=name.start, end=end, label="FAC", strength=1)
                break
            if size > 1 and tail.endswith(" ministry") and "," not in tail:
                yield Name(start=name.start, end=end, label="ORG", strength=1)
                break
    for token in doc:
        if token.text.lower() in ("embassy", "consulate") and token.i:
            if is_demonym(doc[token.i - 1].text):
                yield Name(start=token.i - 1, end=token.i + 1, label="FAC", strength=1)
