"""Make figures of the numbers in a body: what they count, of which event, and who says so."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.dates.expressions import find_expressions
from kg.extract.figures.about import find_governor, only_event, triggers, vote_event
from kg.extract.figures.lexicon import figure_words
from kg.extract.figures.nouns import head_noun, next_noun, noun_behind, unit_of, variable_of
from kg.extract.figures.numbers import Number, find_numbers
from kg.extract.parse import Parsed
from kg.iris import figure_id
from kg.model import Claim, Event, Factuality, Figure

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

    from kg.extract.entities import Entities

_ALL_BUT = re.compile(
    r"\b[Aa]ll(?: of)?(?: (?:the|those|them|these))?(?: \w+)? "
    r"(?:but|except(?: for)?) (\w+)\b(?! of)"
)
_OF_VOTE = re.compile(r"\s(?:of )?(?:the )?(?:votes?|ballots?|popular vote|electorate)\b")
_ABSTRACT = frozenset(
    ("time", "way", "thing", "side", "case", "hand", "word", "reason", "question")
)
_PICKING = ("one", "both")
_IN_LIST = re.compile(r"(?: \w+)?(?: (?:in|at|from|for) [^,;.\d]{2,40})?,? (?:and )?$")
_LENGTHS = frozenset(("hour", "day", "week", "month", "year"))
_OFFSETS = frozenset(
    ("after", "before", "since", "later", "earlier", "ago", "until", "from", "away")
)
_DISTANCES = frozenset(("mile", "kilometer", "meter", "metre", "foot", "inch"))


def find_figures(
    parsed: Parsed, entities: "Entities", events: Sequence[Event], claims: Sequence[Claim]
) -> list[Figure]:
    """Return the figures of a document, in the order of the text.

    Args:
        parsed: the parse of the body.
        entities: tells independent media, whose reports stay asserted.
        events: of the document.
        claims: a figure inside one is its speaker's.
    """
    text = parsed.text
    taken = [(e.core, e.end) for e in find_expressions(text)]
    by_token = triggers(parsed, events)
    figures: list[Figure] = []
    for number in find_numbers(text, taken):
        figure = _figure(number, parsed, by_token, events)
        if figure is None and figures:
            figure = _listed(number, figures[-1], parsed)
        if figure is not None:
            figures.append(
                replace(figure, factuality=_factuality(figure, entities, events, claims))
            )
    return _with_derived(figures, parsed, by_token)


def _figure(
    number: Number, parsed: Parsed, by_token: dict[int, Event], events: Sequence[Event]
) -> Figure | None:
    tokens = parsed.doc.char_span(number.core, number.core_end, alignment_mode="expand")
    if tokens is None:
        return None
    if _is_age(tokens, parsed):
        return None
    noun, event, path = _place(number, tokens, parsed, by_token, events)
    unit = unit_of(number, noun) or _unit_by_event(event)
    if unit is None or unit in _ABSTRACT:
        return None
    if tokens.text.lower() in _PICKING and not _picks_people(tokens, unit, event):
        return None
    if _is_beside(number, unit, noun, path, by_token):
        event = None
    if unit == "percent" and _OF_VOTE.match(parsed.document.text, number.end):
        event = vote_event(parsed, number.core, events) or event
    value = _values(number)
    return Figure(
        id=figure_id(number.start),
        span=parsed.span(*_range(number, noun)),
        variable=variable_of(noun, unit, path, event.type if event else None),
        unit=unit,
        about=event.id if event else None,
        value=value[0],
        minimum=value[1],
        maximum=value[2],
        bound=number.bound,
    )


def _listed(number: Number, before: Figure, parsed: Parsed) -> Figure | None:
    """Return the next figure of "300 jobs in Spain, 200 in Italy and 50 in Malta"."""
    gap = parsed.document.text[before.span.end : number.start]
    after = parsed.document.text[number.end : number.end + 4]
    if not gap.endswith((", ", " and ")) or " in " not in gap or after != " in ":
        return None
    if not _IN_LIST.match(gap) or before.unit in ("percent", *_LENGTHS):
        return None
    value = _values(number)
    return replace(
        before,
        id=figure_id(number.start),
        span=parsed.span(number.start, number.end),
        value=value[0],
        minimum=value[1],
        maximum=value[2],
        bound=number.bound,
    )


def _is_age(tokens: "TokenSpan", parsed: Parsed) -> bool:
    """Return whether digits between commas stand beside a noun ("the president, 65, ...")."""
    root = tokens.root
    if not parsed.has_parse or root.dep_ != "appos" or not root.is_digit or root.i < 1:
        return False
    text, end = parsed.document.text, root.idx + len(root)
    return root.nbor(-1).text == "," and len(root) < 4 and text[end : end + 1] in (",", ".", ")")


def _picks_people(tokens: "TokenSpan", unit: str, event: Event | None) -> bool:
    """Return whether "one of the suspects" or "both men" counts people of an event."""
    of = tokens.text.lower() == "both" or tokens[-1].nbor().lower_ == "of"
    return not of or (unit == "person" and event is not None)


def _place(
    number: Number,
    tokens: "TokenSpan",
    parsed: Parsed,
    by_token: dict[int, Event],
    events: Sequence[Event],
) -> "tuple[Token | None, Event | None, list[Token]]":
    """Return the noun that a number counts, its event and the words that govern it."""
    if not parsed.has_parse:
        return next_noun(parsed.doc, number.end), only_event(parsed, tokens, events), []
    noun = head_noun(tokens) or noun_behind(parsed.doc, number.end)
    governor = find_governor(tokens.root, noun, by_token)
    if governor is None:
        return noun, None, list(_upward(noun if noun is not None else tokens.root))
    return noun, governor.event, governor.path


def _upward(token: "Token") -> "Iterator[Token]":
    for _ in range(4):
        yield token
        if token.head.i == token.i:
            return
        token = token.head


def _unit_by_event(event: Event | None) -> str | None:
    """Return person for a bare number of an event that befalls or gathers people."""
    return "person" if event and event.type in figure_words().people_events else None


def _measures(noun: "Token | None", path: "list[Token]", by_token: dict[int, Event]) -> bool:
    """Return whether a length of time or way belongs to an event, not to something beside it."""
    if noun is None or len(path) > 3:
        return False
    return any(token.i in by_token for token in path[1:3])


def _is_beside(
    number: Number, unit: str, noun: "Token | None", path: "list[Token]", by_token: dict[int, Event]
) -> bool:
    """Return whether a number stands in an event's clause without counting anything of it."""
    if number.known:
        return True
    if unit in _LENGTHS and noun is not None and _tells_when(noun):
        return True
    if unit in _LENGTHS | _DISTANCES:
        return not (number.unit or _measures(noun, path, by_token))
    single = number.value == 1 and number.bound == "exact" and unit != "person"
    return single and not (noun is not None and noun.i in by_token)


def _tells_when(noun: "Token") -> bool:
    """Return whether a length of time only tells how far apart things are: "months after"."""
    return noun.i + 1 < len(noun.doc) and noun.nbor(1).lower_ in _OFFSETS


def _values(number: Number) -> tuple[float | None, float | None, float | None]:
    """Return value, minimum and maximum."""
    if number.bound in ("minimum", "multiple"):
        return None, number.value, None
    if number.bound == "maximum":
        return None, None, number.value
    return number.value, None, None


def _range(number: Number, noun: "Token | None") -> tuple[int, int]:
    """Return the range of the words: the noun belongs to it where it follows at once."""
    if noun is None or number.unit:
        return number.start, number.end
    gap = noun.idx - number.end
    if 0 < gap <= 1 and noun.idx > number.core:
        return number.start, noun.idx + len(noun.text)
    return number.start, number.end


def _factuality(
    figure: Figure, entities: "Entities", events: Sequence[Event], claims: Sequence[Claim]
) -> tuple[Factuality, ...]:
    """Return the labels of the figure's event; of the claim it stands in where that is a fact."""
    event = next((e for e in events if e.id == figure.about), None)
    if event is not None and not event.asserted:
        return event.factuality
    for claim in claims:
        inside = any(part.covers(figure.span) for part in claim.parts)
        if inside and claim.speakers and not entities.is_carrier(claim.speakers[0]):
            value = "denied" if claim.polarity == "denied" else claim.stance
            return (Factuality(value=value, by=claim.speakers[0]),)
    return event.factuality if event is not None else (Factuality(value="asserted"),)


def _with_derived(
    figures: list[Figure], parsed: Parsed, by_token: dict[int, Event]
) -> list[Figure]:
    """Turn "all but one" into the number of people just told, less one."""
    words = figure_words().numbers
    for match in _ALL_BUT.finditer(parsed.text):
        less = words.get(match[1].lower())
        starts = [f.span.start for f in figures]
        before = bisect_right(starts, match.start())
        told = next((f for f in reversed(figures[:before]) if f.unit == "person"), None)
        if less is None or told is None or told.value is None or told.value <= less:
            continue
        inside = [f for f in figures if match.start() <= f.span.start < match.end()]
        about = _about_all(match.start(), parsed, by_token)
        figures = [f for f in figures if f not in inside]
        figures.append(
            replace(
                told,
                id=figure_id(match.start()),
                span=parsed.span(*match.span()),
                about=about,
                value=told.value - less,
                bound="derived",
            )
        )
        figures.sort(key=lambda f: f.span.start)
    return figures


def _about_all(offset: int, parsed: Parsed, by_token: dict[int, Event]) -> str | None:
    """Return the id of the event that "all but one" is the subject or object of."""
    tokens = parsed.doc.char_span(offset, offset + 3, alignment_mode="expand")
    if tokens is None or not parsed.has_parse:
        return None
    governor = find_governor(tokens.root, None, by_token)
    return governor.event.id if governor else None
