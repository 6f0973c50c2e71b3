"""Names that their own words or the word before give away, model or no model.

What it gets wrong: titles of works that end in a word for a body; companies named after cities.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.entities.bounds import clean_bounds, person_bounds
from kg.extract.entities.gazetteer import city_population, is_demonym
from kg.extract.entities.lexicon import Words, listed
from kg.extract.entities.tokens import is_capital

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Found = tuple[int, int, str]
_JOINERS = frozenset(("of", "for", "the", "and", "&", "de", "del", "la", "-", "on"))
_JOINED = frozenset(("of", "for", "and", "on"))
_ACRONYM = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][A-Z&]+(?:-[A-Z]+)*")
_BIG_CITY = 50_000
_LOCATIVE = frozenset(("in", "near", "from", "outside", "around", "toward", "towards"))


def find_patterns(doc: "Doc", words: Words, *, parsed: bool) -> Iterator[Found]:
    """Yield (start, end, label) of names found by pattern."""
    for first, last in _capital_runs(doc, words):
        found = _judge_run(doc, first, last, words, parsed=parsed)
        if found is not None:
            yield found
        for token in doc[first + 1 : last]:
            if token.text in words.ship and doc[token.i - 1].lower_ == "and":
                yield token.i, min(last, token.i + 4), "ORG"
    yield from _acronyms(doc, words)
    yield from _the_west(doc)
    yield from _particle_names(doc, words)
    yield from _titled_names(doc, words)
    yield from _short_forms(doc)


def _capital_runs(doc: "Doc", words: Words) -> Iterator[tuple[int, int]]:
    """Yield [first, last) of runs of capitalised words, with joiners between them."""
    i, size = 0, len(doc)
    while i < size:
        if not _can_start(doc[i], words):
            i += 1
            continue
        last = i + 1
        while (step := _next_capital(doc, last, words)) is not None:
            last = step
        yield i, last
        i = last


def _can_start(token: "Token", words: Words) -> bool:
    if token.text[:1].isdigit():
        return token.text[-2:] in ("st", "nd", "rd", "th")
    if token.lower_ in words.stop or token.lower_ in _LOCATIVE:
        return False
    return is_capital(token) and not token.is_stop


def _next_capital(doc: "Doc", at: int, words: Words) -> int | None:
    """Return the index after the next capitalised word of a run, over at most two joiners."""
    for skip in range(3):
        index = at + skip
        if index >= len(doc) or doc[index].is_space or doc[index].is_sent_start:
            return None
        token = doc[index]
        if is_capital(token):
            return index + 1 if skip == 0 or token.lower_ not in words.stop else None
        if token.lower_ not in _JOINERS:
            return None
    return None


def _judge_run(doc: "Doc", first: int, last: int, words: Words, *, parsed: bool) -> Found | None:
    lowered = [t.lower_ for t in doc[first:last]]
    if doc[first].text in words.ship and last - first > 1:
        stop = next((t.i for t in doc[first:last] if t.lower_ in ("and", "&")), last)
        return first, min(stop, first + 4), "ORG"
    if _is_near(doc, first, last, words, parsed=parsed):
        return first, last, "GPE"
    if last - first == 1:
        return _judge_word(doc, first, words)
    bounds = clean_bounds(doc, first, last, "ORG", words)
    label = _label_told(lowered, words)
    body = label == "ORG" and is_demonym(doc[last - 1].text)
    if bounds is not None and bounds[1] - bounds[0] > 1 and label and not body:
        return *bounds, label
    return _judge_person(doc, first, last, words, parsed=parsed)


def _label_told(lowered: list[str], words: Words) -> str | None:
    """Return what the words of a name tell: a body, a place, or nothing."""
    if words.honorific.get(lowered[0].rstrip("."), ""):
        return None
    key = _head_word(lowered)
    if lowered[0][0].isdigit() and words.org_type.get(key) == "ArmedForce":
        return "ORG"
    if key in words.facility or key in words.water or key in words.region:
        return "LOC"
    if lowered[0] in ("mount", "lake"):
        return "LOC"
    return "ORG" if key in words.org_type else None


def _is_near(doc: "Doc", first: int, last: int, words: Words, *, parsed: bool) -> bool:
    """Whether a short run after "near" names a place that nobody knows."""
    if not parsed or not first or doc[first - 1].lower_ not in ("near", "outside"):
        return False
    run = doc[first:last]
    if len(run) > 3 or any(not is_capital(t) or is_demonym(t.text) for t in run):
        return False
    if doc[last : last + 1].text in ("'s", "'") or _is_somebody(run[-1], words):
        return False
    return run[-1].pos_ == "PROPN" and not any(t.lower_ in words.org_type for t in run)


def _is_somebody(token: "Token", words: Words) -> bool:
    lower = token.lower_
    return lower in words.person or lower in words.noun_type or words.is_title(lower)


def _head_word(lowered: list[str]) -> str:
    """Return the word that tells what a name names: the last one, or the one before "of"."""
    for joiner in ("of", "for"):
        if joiner in lowered[1:]:
            return lowered[lowered.index(joiner, 1) - 1]
    if lowered[-1] in ("one", "two", "three", "four", "five", "command") and len(lowered) > 2:
        return lowered[-2]
    return lowered[-1]


def _judge_word(doc: "Doc", at: int, words: Words) -> Found | None:
    token = doc[at]
    before = doc[at - 1].lower_.rstrip(".") if at else ""
    if token.is_sent_start or len(token.text) < 2:
        return None
    if before in words.honorific or (before in words.rank and is_capital(doc[at - 1])):
        return at, at + 1, "PERSON"
    if (
        token.pos_ in ("", "PROPN")
        and before in _LOCATIVE
        and city_population(token.text) > _BIG_CITY
    ):
        return at, at + 1, "GPE"
    return None


def _judge_person(doc: "Doc", first: int, last: int, words: Words, *, parsed: bool) -> Found | None:
    """A run that starts with a title or a common first name."""
    last = next((t.i for t in doc[first:last] if t.i > first and t.lower_ in _JOINED), last)
    start, end = person_bounds(doc, first, last, words)
    if end - start < 1 or end - start > 4:
        return None
    given = doc[start].lower_ in words.gender and end - start > 1
    before = doc[start - 1].lower_.rstrip(".") if start else ""
    titled = words.is_title(before)
    sure = before in words.honorific or _is_rank(doc, start - 1, words)
    if titled and not given and parsed and not sure:
        return None
    if any(t.lower_ in words.org_type or t.lower_ in _JOINERS for t in doc[start:end]):
        return None
    bounds = clean_bounds(doc, start, end, "PERSON", words) if given or titled else None
    return (*bounds, "PERSON") if bounds else None


def _is_rank(doc: "Doc", at: int, words: Words) -> bool:
    """Whether a token is a rank and nothing else: "Capt.", "Vice-Admiral", not "General"."""
    if at < 0 or doc[at].lower_.rstrip(".") not in words.rank:
        return False
    return doc[at].text.endswith(".") or (at > 0 and doc[at - 1].text == "-")


def _acronyms(doc: "Doc", words: Words) -> Iterator[Found]:
    """Yield acronyms in brackets after the capitalised words that they shorten."""
    for token in doc[1:-1]:
        if token.nbor(-1).text != "(" or token.nbor(1).text != ")":
            continue
        if token.lower_ in words.stop or not is_capital(token):
            continue
        short = _ACRONYM.fullmatch(token.text) or _spells_initials(doc, token.i)
        if short and shortens_name(doc, token.i):
            yield token.i, token.i + 1, "ACRONYM"


def _spells_initials(doc: "Doc", at: int) -> bool:
    """Whether a word in brackets is made of the initials of the capitalised words before it."""
    word = doc[at].text.upper()
    before = [t.text[0] for t in doc[max(0, at - 1 - 2 * len(word)) : at - 1] if is_capital(t)]
    return len(word) > 2 and "".join(before[-len(word) :]).upper() == word


def shortens_name(doc: "Doc", at: int) -> bool:
    """Return whether a bracketed acronym follows capitalised words, not a common phrase."""
    letters = doc[at].text.replace(".", "")
    before = doc[max(0, at - 1 - 2 * len(letters)) : at - 1]
    return bool(len(before)) and is_capital(before[-1])


def _short_forms(doc: "Doc") -> Iterator[Found]:
    """Yield "Coalition" in "the Coalition": a body's kind with a capital stands for its name."""
    for token in doc[1:-1]:
        if not is_capital(token) or token.nbor(-1).lower_ != "the" or is_capital(token.nbor(1)):
            continue
        if token.lower_ in listed("short_forms") and token.pos_ in ("PROPN", "NOUN", ""):
            yield token.i, token.i + 1, "ORG"


def _titled_names(doc: "Doc", words: Words) -> Iterator[Found]:
    """Yield the names after "Mr" and "Mrs", also where the model runs two together."""
    for token in doc[:-1]:
        if words.honorific.get(token.lower_.rstrip("."), "") and is_capital(token):
            end = token.i + 1
            while end < len(doc) and end < token.i + 4 and is_capital(doc[end]):
                if doc[end].is_sent_start or words.is_title(doc[end].lower_):
                    break
                end += 1
            if end > token.i + 1 and doc[end - 1].is_alpha:
                yield token.i + 1, end, "PERSON"


def _particle_names(doc: "Doc", words: Words) -> Iterator[Found]:
    """Yield "Maria dos Santos", "Ludwig van der Berg"."""
    for token in doc[1:-1]:
        before = doc[token.i - 1]
        if token.text not in _PARTICLES or not is_capital(before) or before.text in _PARTICLES:
            continue
        end = token.i
        while end < len(doc) - 1 and doc[end].text in _PARTICLES:
            end += 1
        if not is_capital(doc[end]) or not doc[end].text[0].isalpha():
            continue
        if before.lower_ in words.gender or before.ent_type_ == "PERSON":
            start = before.i
            if start and doc[start - 1].lower_ in words.gender and is_capital(doc[start - 1]):
                start -= 1
            yield start, end + 1, "PERSON"


_PARTICLES = frozenset(
    ("dos", "da", "do", "das", "de", "del", "della", "di", "la", "van", "von", "der", "den", "ter",
     "ten", "zu", "bin", "ibn", "bint")
)  # fmt: skip


def _the_west(doc: "Doc") -> Iterator[Found]:
    """Yield "West" in "the West", where no name goes on."""
    for token in doc[1:-1]:
        if (
            token.text == "West"
            and token.nbor(-1).lower_ == "the"
            and not is_capital(token.nbor(1))
        ):
            yield token.i, token.i + 1, "GROUP"
