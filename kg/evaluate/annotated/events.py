"""Columns of events and their mentions: what is told to happen, in which words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kg.evaluate.annotated.align import Alignment
from kg.evaluate.annotated.compare import best_pairs, overlap
from kg.evaluate.annotated.details import score_details
from kg.evaluate.annotated.shape import FoundArticle, Happening, Trigger
from kg.evaluate.annotated.sheet import Sheet
from kg.evaluate.scores import Accuracy, Prf


@dataclass(frozen=True, slots=True)
class _Told:
    """One mention of an event."""

    event: int
    trigger: Trigger


@dataclass(frozen=True, slots=True)
class _Match:
    """Mentions of both sides, and the pairs of their indices."""

    gold: Sequence[_Told]
    found: Sequence[_Told]
    pairs: Sequence[tuple[int, int]]


def score_events(
    sheet: Sheet, found: FoundArticle, alignment: Alignment, neutral: Collection[str]
) -> None:
    """Fill `events.*`; inventions of a neutral type are counted as left out, not as errors."""
    gold = sheet.gold.events
    match = _match(sheet, gold, found.events, any_type=False)
    _score_mentions(sheet, "events.mentions", found.events, match, neutral)
    _keep_pairs(sheet, found.events, match, neutral)
    loose = _match(sheet, gold, found.events, any_type=True)
    _score_mentions(sheet, "events.mentions_any_type", found.events, loose, neutral)
    pairs, invented = _score_sets(sheet, found.events, match, neutral)
    hit = {i for i, _ in pairs}
    missed = [e for i, e in enumerate(gold) if i not in hit and not e.optional]
    matched = [(gold[i], found.events[j]) for i, j in pairs if not gold[i].optional]
    score_details(sheet, alignment, matched, missed, invented)


def _told(events: Sequence[Happening]) -> list[_Told]:
    return [_Told(k, trigger) for k, event in enumerate(events) for trigger in event.triggers]


def _match(
    sheet: Sheet, gold: Sequence[Happening], found: Sequence[Happening], *, any_type: bool
) -> _Match:
    """Pair mentions in one sentence, the better the closer trigger and type are."""
    wants, gots = _told(gold), _told(found)
    gots.sort(key=lambda told: not sheet.in_body(told.trigger.at))
    candidates = []
    for i, want in enumerate(wants):
        event, (start, end) = gold[want.event], want.trigger.sentence
        for j, got in enumerate(gots):
            other = found[got.event]
            if start <= got.trigger.at[0] < end and (any_type or other.type in event.types):
                candidates.append((_closeness(event, want, other, got), i, j))
    return _Match(wants, gots, best_pairs(candidates))


def _closeness(event: Happening, want: _Told, other: Happening, got: _Told) -> float:
    same = 4 * (want.trigger.at == got.trigger.at)
    shared = 2 * bool(overlap(want.trigger.at, got.trigger.at))
    return same + shared + (other.type == event.type) + 0.5 * (not want.trigger.optional) + 0.1


def _score_mentions(
    sheet: Sheet,
    column: str,
    found: Sequence[Happening],
    match: _Match,
    neutral: Collection[str],
) -> None:
    gold = sheet.gold.events
    sheet.open(column, score=Prf())
    for i, _ in match.pairs:
        if not match.gold[i].trigger.optional:
            sheet.right(column, gold[match.gold[i].event].type)
    for want in _missed(match):
        event = gold[want.event]
        sheet.missed(column, _words(sheet, event, want), want.trigger.at, event.type)
    for got in _invented(sheet, found, match, neutral):
        event = found[got.event]
        sheet.invented(column, _words(sheet, event, got), got.trigger.at, event.type)


def _keep_pairs(
    sheet: Sheet, found: Sequence[Happening], match: _Match, neutral: Collection[str]
) -> None:
    """Compare the triggers of what matches, and keep what the clusters over articles need."""
    gold, kept, column = sheet.gold.events, sheet.pairs, "events.trigger_overlap"
    sheet.open(column, score=Accuracy())
    for i, j in match.pairs:
        want, got = match.gold[i], match.found[j]
        if not want.trigger.optional:
            event, other = gold[want.event], found[got.event]
            at = want.trigger.at
            words = _words(sheet, event, want), _words(sheet, other, got)
            good = overlap(at, got.trigger.at) > 0
            sheet.answer(column, good=good, gold=words[0], found=words[1], at=at)
            kept.events.append((event, other))
    kept.missed_events = [gold[want.event] for want in _missed(match)]
    invented = _invented(sheet, found, match, neutral)
    kept.invented_events = [found[got.event] for got in invented]


def _missed(match: _Match) -> list[_Told]:
    return [want for want in _unmatched(match, gold_side=True) if not want.trigger.optional]


def _invented(
    sheet: Sheet, found: Sequence[Happening], match: _Match, neutral: Collection[str]
) -> list[_Told]:
    return [
        got
        for got in _unmatched(match, gold_side=False)
        if not sheet.is_neutral(got.trigger.at) and found[got.event].type not in neutral
    ]


def _unmatched(match: _Match, *, gold_side: bool) -> list[_Told]:
    used = {pair[0 if gold_side else 1] for pair in match.pairs}
    rows = match.gold if gold_side else match.found
    return [row for k, row in enumerate(rows) if k not in used]


def _words(sheet: Sheet, event: Happening, told: _Told) -> str:
    trigger = sheet.gold.text[slice(*told.trigger.at)]
    return f"{event.type}: {trigger}"


def _score_sets(
    sheet: Sheet, found: Sequence[Happening], match: _Match, neutral: Collection[str]
) -> tuple[list[tuple[int, int]], list[Happening]]:
    """Pair events one to one by their matched mentions; return the pairs and the inventions."""
    column, gold = "events.events", sheet.gold.events
    pairs, touched = _pair_events(match)
    hit, used = {i for i, _ in pairs}, {j for _, j in pairs}
    sheet.open(column, score=Prf())
    for i, event in enumerate(gold):
        if not event.optional and i in hit:
            sheet.right(column, event.type)
        elif not event.optional:
            sheet.missed(column, event.words, event.place, event.type)
    invented = []
    for j, event in enumerate(found):
        if j in used or _is_optional(sheet, event, touched.get(j, set())):
            continue
        if event.type in neutral:
            sheet.left_out[event.type] = sheet.left_out.get(event.type, 0) + 1
            continue
        invented.append(event)
        sheet.invented(column, event.words, event.place, event.type)
    return pairs, invented


def _pair_events(match: _Match) -> tuple[list[tuple[int, int]], dict[int, set[int]]]:
    """Return pairs of events, and by event of the record the gold events it has mentions of."""
    weights: dict[tuple[int, int], float] = {}
    touched: dict[int, set[int]] = {}
    for i, j in match.pairs:
        want, got = match.gold[i], match.found[j]
        key = want.event, got.event
        same = want.trigger.at == got.trigger.at
        weights[key] = weights.get(key, 0.0) + (1 + 0.1 * (not want.trigger.optional) + 0.1 * same)
        touched.setdefault(got.event, set()).add(want.event)
    return best_pairs((weight, i, j) for (i, j), weight in weights.items()), touched


def _is_optional(sheet: Sheet, event: Happening, touched: Collection[int]) -> bool:
    """Whether an unpaired event only touches optional gold, or stands in headline or deck."""
    if touched:
        return all(sheet.gold.events[k].optional for k in touched)
    return bool(event.triggers) and all(sheet.is_neutral(t.at) for t in event.triggers)
