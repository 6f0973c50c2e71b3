"""Where names stand in the body: the model's entities, cleaned, with known names laid over them.

What it gets wrong: names in lower case; two names that the model runs together without a comma or
"and"; names of one capitalised word at the start of a sentence that nobody knows.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.entities.bounds import clean_bounds, in_compound, pieces
from kg.extract.entities.gazetteer import (
    PLACE_TYPES,
    Gazetteer,
    Known,
    city_population,
    is_demonym,
)
from kg.extract.entities.lexicon import Words, listed
from kg.extract.entities.patterns import find_patterns, shortens_name
from kg.extract.entities.tokens import is_capital
from kg.extract.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LABELS = frozenset(("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT"))
_CAPITALS = re.compile(r"[A-Z][A-Z.&-]+s?")
_NO_NAMES = frozenset(("RB", "UH", "IN", "CC", "VB", "VBG", "WRB", "MD"))
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_NUMBERS = frozenset(
    ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
)


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
    hits = {name.start: name.end for name in known}
    found = list(known)
    if parsed.has_parse:
        found.extend(_model_names(doc, words, gazetteer, hits))
    for start, end, label in _cut_patterns(parsed, words, hits):
        same = gazetteer.find(doc[start:end].text)
        strength = 3 if label == "GROUP" else 1
        found.append(Name(start=start, end=end, label=label, strength=strength, known=same))
    headings = _headings(doc)
    chosen = _choose(n for n in found if n.strength == 3 or n.start not in headings)
    chosen = _choose([*chosen, *_grown(doc, chosen, words)])
    chosen = _choose([*chosen, *_repeated(doc, chosen, words, gazetteer)])
    return [n for n in chosen if not in_compound(doc, n.start)]


def _headings(doc: "Doc") -> frozenset[int]:
    """Return the tokens of lines in title case, where capitals tell nothing."""
    found: set[int] = set()
    for sentence in doc.sents:
        words = [t for t in sentence if t.is_alpha and len(t.text) > 3]
        closed = any(t.text in ".?!" for t in sentence[-3:])
        if len(words) > 3 + 2 * closed and all(t.text[0].isupper() for t in words):
            found.update(range(sentence.start, sentence.end))
    return frozenset(found)


def _known_names(doc: "Doc", gazetteer: Gazetteer) -> Iterator[Name]:
    for hit in gazetteer.hits(doc):
        yield Name(start=hit.start, end=hit.end, label="KNOWN", strength=3, known=hit.known)


def _stands(doc: "Doc", name: Name) -> bool:
    """Whether a known form is used as a name: not a common word, verb or demonym here."""
    token = doc[name.start]
    after = doc[name.end].text if name.end < len(doc) else ""
    if after in listed("named_after"):
        return False
    if name.end - name.start > 1:
        small = not any(is_capital(t) for t in doc[name.start + 1 : name.end])
        return not (small and token.is_sent_start and token.pos_ in ("ADJ", "NOUN", "VERB", "ADV"))
    if token.is_sent_start and token.pos_ and token.pos_ not in ("PROPN", "NOUN", "X", "ADJ"):
        return False
    if name.known[0].kind == "Person" and after[:1].isupper() and doc[name.end].tag_ == "NNP":
        return False
    common = token.text[1:].islower() and token.pos_ in ("VERB", "AUX", "ADV", "ADP", "PRON")
    return not common


def _model_names(
    doc: "Doc", words: Words, gazetteer: Gazetteer, hits: Mapping[int, int]
) -> Iterator[Name]:
    for ent in doc.ents:
        if ent.label_ not in _LABELS:
            continue
        kind = "PERSON" if _starts_with_ranks(doc, ent.start, words) else ent.label_
        first = _person_behind(doc, ent.start, ent.end, hits, words)
        if first < ent.end:
            same = gazetteer.find(doc[first : ent.end].text)
            yield Name(start=first, end=ent.end, label="PERSON", strength=2, known=same)
        for start, end in pieces(doc, ent.start, first, kind, hits):
            bounds = clean_bounds(doc, start, end, kind, words)
            if bounds is None or not _plausible(doc, *bounds, kind):
                continue
            if _is_titled_known(doc, *bounds, hits, words):
                continue
            if _is_model(doc, *bounds, gazetteer, hits, words):
                continue
            if bounds[0] not in hits and hits.get(bounds[0] + 1) == bounds[1]:
                told, known = doc[bounds[0]], gazetteer.find(doc[bounds[0] + 1 : bounds[1]].text)
                people = is_demonym(told.text) or told.lower_ in words.people
                if people and not any(k.kind in PLACE_TYPES for k in known):
                    continue
            first, last = _with_numbers(doc, *bounds, kind)
            yield Name(
                start=first,
                end=last,
                label="ORG" if kind in ("NORP", "PRODUCT") else kind,
                strength=2,
                known=gazetteer.find(doc[first:last].text),
            )


def _starts_with_ranks(doc: "Doc", start: int, words: Words) -> bool:
    """Whether two ranks stand first, or one with a full stop: "Major-Gen", "Lt."."""
    ranks = [t for t in doc[start : start + 4] if t.lower_.rstrip(".") in words.rank]
    if not ranks or ranks[0].i != start:
        return False
    return len(ranks) > 1 or (doc[start].text.endswith(".") and len(doc[start].text) > 2)


def _plausible(doc: "Doc", start: int, end: int, label: str) -> bool:
    """Whether the model's label can be right of an actor or place.

    A "nationality, religion or politics" must be a body with a name of its own, a product an
    acronym, and an acronym in brackets must shorten a name, not a common phrase.
    """
    text = doc[start].text
    if label == "PERSON" and end - start == 1 and doc[start].tag_ in _NO_NAMES:
        return False
    if label == "NORP":
        return end - start > 1 and not any(is_demonym(t.text) for t in doc[start:end])
    if label == "PRODUCT":
        return False
    if end - start == 1 and _CAPITALS.fullmatch(text) and start and doc[start - 1].text == "(":
        return shortens_name(doc, start)
    return True


def _is_titled_known(
    doc: "Doc", start: int, end: int, hits: Mapping[int, int], words: Words
) -> bool:
    """Whether only a title follows a known name: "Pentagon Press [Secretary]"."""
    known = hits.get(start)
    if known is None or known >= end:
        return False
    return all(t.lower_ in words.before or words.is_title(t.lower_) for t in doc[known:end])


def _is_model(
    doc: "Doc", start: int, end: int, gazetteer: Gazetteer, hits: Mapping[int, int], words: Words
) -> bool:
    """Whether only a product's name follows a known company's: "Ford Fusion"."""
    known = hits.get(start, end)
    if known >= end:
        return False
    kinds = {k.kind for k in gazetteer.find(doc[start:known].text)}
    bodies = any(
        t.lower_ in words.org_type or t.lower_ in listed("added") or t.lower_ in words.facility
        for t in doc[known:end]
    )
    return kinds == {"Corporation"} and not bodies and doc[known:end].text.isascii()


def _person_behind(doc: "Doc", start: int, end: int, hits: Mapping[int, int], words: Words) -> int:
    """Return where a person's name starts right behind a known name: "the Middle East Jane Doe"."""
    known = hits.get(start + (doc[start].lower_ == "the"), end)
    if known + 1 >= end or doc[known].lower_ not in words.gender:
        return end
    return known if all(is_capital(t) for t in doc[known:end]) else end


def _with_numbers(doc: "Doc", start: int, end: int, label: str) -> tuple[int, int]:
    """Take in "507th" before and "Two" after the name of a unit."""
    if label not in ("ORG", "FAC"):
        return start, end
    if start > 1 and doc[start - 1].text == "-" and doc[start - 2].text[:1].isupper():
        start -= 2
    if start and _ORDINAL.fullmatch(doc[start - 1].text):
        start -= 1
    while start and doc[start - 1].text in ("Combined", "Joint"):
        start -= 1
    if end < len(doc) and doc[end].text in _NUMBERS:
        end += 1
    return start, end


def _cut_patterns(
    parsed: Parsed, words: Words, hits: Mapping[int, int]
) -> Iterator[tuple[int, int, str]]:
    """Yield the pattern names, cut where known names are joined."""
    doc = parsed.doc
    for start, end, label in find_patterns(doc, words, parsed=parsed.has_parse):
        parts = list(pieces(doc, start, end, label, hits))
        if len(parts) == 1:
            yield start, end, label
            continue
        for first, last in parts:
            bounds = clean_bounds(doc, first, last, label, words)
            if bounds is not None and bounds[1] - bounds[0] > 1:
                yield *bounds, label


def _choose(names: Iterable[Name]) -> list[Name]:
    """Keep the longest of names that overlap, then the surest; sorted by place."""
    taken: set[int] = set()
    chosen = []
    for name in sorted(names, key=lambda n: (n.start - n.end, -n.strength, n.start)):
        if name.start < name.end and taken.isdisjoint(range(name.start, name.end)):
            taken.update(range(name.start, name.end))
            chosen.append(name)
    return sorted(chosen, key=lambda n: n.start)


def _repeated(
    doc: "Doc", names: Iterable[Name], words: Words, gazetteer: Gazetteer
) -> Iterator[Name]:
    """Yield later names that are a surname or short name found elsewhere in the text."""
    covered = {i for n in names for i in range(n.start, n.end)}
    labels: dict[str, str] = {}
    for name in names:
        last = doc[name.end - 1].text
        if name.label == "PERSON" or any(k.kind == "Person" for k in name.known):
            labels.setdefault(last, "PERSON")
        elif name.end - name.start == 1 and name.label in ("ORG", "ACRONYM", "GPE"):
            labels.setdefault(last, name.label)
    for token in doc:
        label = labels.get(token.text)
        if label is None or token.i in covered or len(token.text) < 3:
            continue
        if token.lower_ in words.stop or (token.is_sent_start and token.pos_ not in _NAMING):
            continue
        known = () if label == "PERSON" else gazetteer.find(token.text)
        yield Name(start=token.i, end=token.i + 1, label=label, strength=1, known=known)


_NAMING = frozenset(("PROPN", "X", ""))


def _grown(doc: "Doc", names: Iterable[Name], words: Words) -> Iterator[Name]:
    """Yield names that go on in lower case: "Belarus interior ministry", "X power plant"."""
    for name in names:
        grown = _grow(doc, name, words)
        if grown is not None:
            yield replace(name, end=grown[0], label=grown[1], known=())
        elif _opens_with_given_name(doc, name, words):
            yield replace(name, start=name.start - 1, known=())
    covered = {n.end for n in names}
    for token in doc[1:]:
        if token.lower_ in ("embassy", "consulate") and is_demonym(token.nbor(-1).text):
            yield Name(start=token.i - 1, end=token.i + 1, label="FAC", strength=1)
        elif is_capital(token) and token.is_alpha and token.i + 1 not in covered:
            end = _facility_end(doc, token.i + 1, words)
            sure = token.pos_ == "PROPN" or end > token.i + 2
            if end and sure and not is_demonym(token.text) and not token.is_sent_start:
                yield Name(start=token.i, end=end, label="FAC", strength=1)


def _opens_with_given_name(doc: "Doc", name: Name, words: Words) -> bool:
    """Whether a sentence opens with an unknown first name before a surname."""
    if name.label != "PERSON" or name.end - name.start > 1 or not name.start or name.known:
        return False
    first = doc[name.start - 1]
    if not (first.is_sent_start and first.tag_ == "NNP" and first.dep_ == "compound"):
        return False
    lower = first.lower_
    taken = lower in words.stop or lower in words.people or is_demonym(first.text)
    taken = taken or lower in listed("not_given") or first.is_stop
    return (
        first.is_alpha
        and not taken
        and not lower.endswith("ing")
        and not words.is_title(lower)
        and lower not in words.before
    )


def _grow(doc: "Doc", name: Name, words: Words) -> tuple[int, str] | None:
    end = _facility_end(doc, name.end, words)
    if end > name.end + 1 and name.end - name.start == 1:
        return end, "FAC"
    if not (
        city_population(name.text(doc))
        or name.label in ("GPE", "LOC", "FAC")
        or any(k.kind in PLACE_TYPES for k in name.known)
    ):
        return None
    if end:
        return end, "FAC"
    for size in (3, 2):
        tail = doc[name.end : name.end + size].text.lower()
        if size > 1 and tail.endswith(_LOWER_BODIES) and tail.replace(" ", "").isalpha():
            return name.end + size, "ORG"
    return None


def _facility_end(doc: "Doc", at: int, words: Words) -> int:
    """Return the token behind "nuclear power plant" that starts at a token, 0 if none does."""
    for size in (3, 2, 1):
        if doc[at : at + size].text.lower() in words.facility_lower:
            return at + size
    return 0


_LOWER_BODIES = (" ministry", " regional government", "high court", "supreme court", "city council")
