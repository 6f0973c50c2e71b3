"""Groups of mentions become events of the record: labels, times, parts of a whole, confidence."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.extract.entities import Entities
from kg.extract.events.arguments import Arguments
from kg.extract.events.bounds import group_time
from kg.extract.events.mentions import Group, MentionInfo
from kg.extract.events.naming import name_event
from kg.extract.parse import Parsed
from kg.iris import event_id
from kg.model import Event, EventMention, Factuality, FactualityValue, PlaceType, Span

_WHOLES = {
    "CRACKDOWN": frozenset({"ARREST", "ASSAULT", "KILLING", "RAID", "ATTACK"}),
    "PROTEST": frozenset({"PROTEST"}),
}
_UNREAL = frozenset({"hypothetical", "planned"})
_ORDER = {"hypothetical": 0, "planned": 0, "asserted": 1, "negated": 2, "claimed": 3, "denied": 4}
_MOST_EVIDENCE = 6


def build_events(parsed: Parsed, entities: Entities, groups: Sequence[Group]) -> list[Event]:
    """Return the events of groups of mentions, sorted by their first mention."""
    kinds = {p.id: p.type for p in entities.places()}
    events = [_build(parsed, entities, group, kinds) for group in groups]
    events.sort(key=lambda e: (e.trigger.start, e.type))
    return _join_wholes(events)


def merge_labels(labels: Sequence[tuple[Factuality, ...]]) -> tuple[Factuality, ...]:
    """Return the labels of an event from those of its mentions.

    Plans and possibilities come first; then what the article itself tells; an event that no mention
    tells in the article's own voice is never asserted. Of one that the article tells itself, who
    else speaks of it is left to the claims about it; who denies it is kept.

    >>> said = (Factuality(value="claimed", by="org-a"),)
    >>> [f.value for f in merge_labels([said, (Factuality(value="asserted"),)])]
    ['asserted']
    """
    mains = [one[0].value for one in labels]
    main = mains[0]
    if main in _UNREAL:
        unreal = [m for m in mains if m in _UNREAL]
        main = max(unreal, key=unreal.count)
    else:
        main = min((m for m in mains if m not in _UNREAL), key=_ORDER.__getitem__)
    found = list(dict.fromkeys(f for one in labels for f in one))
    sources = ("denied",) if main == "asserted" else ("claimed", "denied")
    kept = [f for f in found if f.value in sources or f.value == main]
    return tuple(sorted(kept, key=lambda f: (f.value != main, _ORDER[f.value])))


def _build(
    parsed: Parsed, entities: Entities, group: Group, kinds: Mapping[str, PlaceType]
) -> Event:
    mentions = group.mentions
    spans = [_mention(parsed, m) for m in mentions]
    labels = merge_labels([m.labels for m in mentions])
    arguments = _arguments(group, labels[0].value)
    sentences = sorted({(s.sentence.start, s.sentence.end) for s in spans})
    return Event(
        id=event_id(group.type, spans[0].trigger.start),
        type=group.type,
        name=name_event(group.type, arguments, entities, kinds),
        factuality=labels,
        mentions=tuple(spans),
        agents=arguments.agents,
        targets=arguments.targets,
        place=arguments.place,
        other_places=arguments.places[1:],
        place_relation="near" if arguments.near else None,
        time=group_time(mentions),
        evidence=tuple(parsed.span(a, b) for a, b in sentences[:_MOST_EVIDENCE]),
        confidence=_confidence(group, arguments),
    )


def _mention(parsed: Parsed, mention: MentionInfo) -> EventMention:
    first, last = mention.candidate.token, mention.candidate.last
    trigger = parsed.span(first.idx, last.idx + len(last.text))
    sentence: Span = parsed.token_span(parsed.sentence_at(first.idx))
    return EventMention(trigger=trigger, sentence=sentence)


def _arguments(group: Group, main: FactualityValue) -> Arguments:
    """Return who takes part and where; of what the article tells itself, only as it tells it.

    Who did it by a source's account alone is no part of a fact.
    """
    told = group
    if main == "asserted":
        told = Group([m for m in group.mentions if m.labels[0].value == main])
    agents, targets = told.ids("agents"), told.ids("targets")
    near = next((m.arguments.near for m in told.mentions if m.arguments.places), False)
    return Arguments(agents, tuple(t for t in targets if t not in agents), told.ids("places"), near)


def _confidence(group: Group, arguments: Arguments) -> float:
    """Return the score of the rule: 0.5, more with arguments, demands met and more mentions."""
    rule = max((m.candidate.rule for m in group.mentions), key=lambda r: r.weight)
    score = 0.55 + 0.1 * min(rule.weight, 2) + 0.1 * bool(arguments.agents or arguments.targets)
    score += 0.05 * min(len(group.mentions) - 1, 2)
    return round(min(max(score, 0.3), 0.95), 2)


def _join_wholes(events: list[Event]) -> list[Event]:
    """Say which events are part of the crackdown or wave that the article tells."""
    wholes = [e for e in events if e.type in _WHOLES and e.asserted]
    joined = []
    for event in events:
        fitting = [w for w in wholes if event.type in _WHOLES[w.type] and _part(event, w)]
        if fitting:
            event = replace(event, part_of=fitting[0].id)  # noqa: PLW2901
        joined.append(event)
    return joined


def _part(event: Event, whole: Event) -> bool:
    if event.id == whole.id or event.factuality[0].value in ("planned", "hypothetical"):
        return False
    sentences = {m.sentence for m in whole.mentions}
    together = any(m.sentence in sentences for m in event.mentions)
    shared = {*event.agents, *event.targets} & {*whole.agents, *whole.targets}
    if event.type == whole.type:
        return _is_day_of(event, whole) and (together or bool(shared) or _same_place(event, whole))
    return together or bool(shared)


def _is_day_of(event: Event, whole: Event) -> bool:
    """Return whether one is a day, told as such, of what the other tells as going on."""
    day = event.time.start if event.time else None
    if day is None or (whole.time is not None and whole.time.start is not None):
        return False
    early = whole.time.earliest if whole.time else None
    late = whole.time.latest if whole.time else None
    return (early or day) <= day <= (late or day)


def _same_place(event: Event, whole: Event) -> bool:
    """Return whether a wave that no place is given of, or the same, holds a day of it."""
    places = {event.place, *event.other_places}
    return whole.place is None or whole.place in places
