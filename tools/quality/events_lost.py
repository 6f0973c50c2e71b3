"""Why a mention, an event, or something about an event was missed, invented or wrong."""

from collections.abc import Iterable

from kg.evaluate.annotated.shape import Entity, GoldArticle, Happening
from kg.evaluate.scores import Mistake
from kg.model import Event
from tools.quality.case import Case, Range, touch

_VERBS = frozenset({"VERB", "AUX"})
_PRONOUNS = frozenset({"he", "she", "it", "they", "him", "her", "them", "who", "which", "that"})


def missed_mention(case: Case, at: Range) -> str:
    """Return why no event of the right type stands at a trigger of the gold."""
    if not case.is_read(at[0]):
        return "stands in a headline or beside the body"
    if case.events_at(at):
        return "read as another type"
    if case.events_at(at, loose=True):
        return "known word, but what it demands beside it was not seen"
    word = case.text[slice(*at)].lower()
    if word in case.words or case.tag(at[0])[1] in case.words:
        return "known word, but not read here"
    return "a word that no rule knows"


def invented_mention(case: Case, at: Range, golds: Iterable[Range]) -> str:
    """Return what a mention that the gold does not have is."""
    golds = list(golds)
    if any(touch(at, gold) for gold in golds):
        return "another type than the gold's"
    start, end = case.sentence(at[0])
    if any(start <= gold[0] < end for gold in golds):
        return "another word of a sentence that tells an event"
    return "no event in the gold's sentence"


def missed_event(case: Case, mistake: Mistake) -> str:
    """Return why an event of the gold has no partner."""
    if mistake.offset is None:
        return "no trigger"
    at = (mistake.offset, mistake.offset + 1)
    types = {event.type for event in case.events_at(at)}
    if mistake.type in types:
        return "joined to another event"
    return missed_mention(case, trigger_at(case, at))


def trigger_at(case: Case, at: Range) -> Range:
    """Return the range of the gold's trigger that begins at a place."""
    triggers = [t.at for event in gold_of(case).events for t in event.triggers]
    return next((one for one in triggers if one[0] == at[0]), at)


def invented_event(case: Case, mistake: Mistake) -> str:
    """Return what an event that the gold does not have is."""
    at = (mistake.offset or 0, (mistake.offset or 0) + 1)
    for event in gold_of(case).events:
        if any(touch(at, trigger.at) for trigger in event.triggers):
            same = mistake.type in event.types or mistake.type == event.type
            return "one event of the gold as two" if same else "another type than the gold's"
    return "no event in the gold"


def gold_of(case: Case) -> GoldArticle:
    """Return the annotation of a case of an annotated article."""
    if not isinstance(case.gold, GoldArticle):
        raise TypeError("not an annotated article")
    return case.gold


def _event_of(case: Case, mistake: Mistake) -> tuple[Happening | None, Event | None]:
    """The event of the gold that a mistake is about, and the record's at its triggers."""
    at = mistake.offset or 0
    words = mistake.gold or mistake.found or ""
    golds = [e for e in gold_of(case).events if any(t.at[0] == at for t in e.triggers)]
    gold = next((e for e in golds if words.startswith(e.words)), None)
    near = gold or next(iter(golds), None)
    triggers = [t.at for t in near.triggers] if near else [(at, at + 1)]
    found = [event for one in triggers for event in case.events_at(one)]
    same = [event for event in found if near is None or event.type in near.types]
    return near, next(iter(same or found), None)


def missed_argument(case: Case, mistake: Mistake) -> str:
    """Return why somebody is not among the agents or targets of an event."""
    gold, event = _event_of(case, mistake)
    who = (mistake.gold or "").rpartition(" ")[2]
    actor = next((a for a in gold_of(case).actors if a.id == who), None)
    if gold is None or event is None or actor is None:
        return "the event has its words elsewhere"
    spans = [name.at for name in actor.names] + list(actor.nominals)
    ids = {node.id for at in spans for _, node in case.mentions_at(at)}
    if not ids:
        return "the actor is not in the record"
    if ids & {*event.agents, *event.targets}:
        return "in the other slot"
    return _where_it_stands(case, gold, spans)


def _where_it_stands(case: Case, gold: Happening, spans: list[Range]) -> str:
    around = [trigger.sentence for trigger in gold.triggers]
    near = [(t.at, at) for t in gold.triggers for at in spans if touch(t.sentence, at)]
    if near:
        return _in_sentence(case, near)
    for start, end in around:
        words = {w.strip(".,;:!?\"'“”").lower() for w in case.text[start:end].split()}
        if words & _PRONOUNS:
            return "in another sentence; a pronoun stands in this one"
    return "in another sentence"


def _in_sentence(case: Case, near: list[tuple[Range, Range]]) -> str:
    """How far apart trigger and actor are in the parse, told of the nearest pair."""
    found = {_path(case, trigger, actor) for trigger, actor in near}
    ranks = (
        "in the sentence, below the trigger",
        "in the sentence, beside the trigger below one verb",
        "in the sentence, but in another clause",
    )
    return next(words for words in ranks if words in found)


def _path(case: Case, trigger: Range, actor: Range) -> str:
    top, low = case.token(trigger[0]), case.token(actor[1] - 1)
    if top is None or low is None:
        return "in the sentence, but in another clause"
    if top == low or top.is_ancestor(low):
        between = [t for t in low.ancestors if top.is_ancestor(t) and t.pos_ == "VERB"]
        if not between:
            return "in the sentence, below the trigger"
    heads = [next((t for t in one.ancestors if t.pos_ in _VERBS), None) for one in (top, low)]
    if heads[0] is not None and heads[0] == heads[1]:
        return "in the sentence, beside the trigger below one verb"
    return "in the sentence, but in another clause"


def invented_argument(case: Case, mistake: Mistake) -> str:
    """Return who is wrongly among the agents or targets of an event."""
    gold, _ = _event_of(case, mistake)
    who = (mistake.found or "").rpartition(" ")[2]
    if gold is not None and who in {*gold.agents, *gold.targets}:
        return "in the wrong slot"
    actor = _entity(case, who)
    if gold is None or actor is None:
        return "somebody that the gold does not have"
    spans = [name.at for name in actor.names] + list(actor.nominals)
    here = any(touch(t.sentence, at) for t in gold.triggers for at in spans)
    return "somebody else of the sentence" if here else "somebody of another sentence"


def _entity(case: Case, name: str) -> Entity | None:
    return next((a for a in gold_of(case).actors if a.id == name), None)


def wrong_place(case: Case, mistake: Mistake) -> str:
    """Return why an event has not the place of the gold."""
    gold, _ = _event_of(case, mistake)
    where = (mistake.gold or "").rpartition(" ")[2]
    place = next((p for p in gold_of(case).places if p.id == where), None)
    here = place is not None and gold is not None and _is_beside(gold, place)
    what = "another place" if mistake.found else "no place"
    return f"{what}; it stands in the sentence" if here else f"{what}; it stands elsewhere"


def _is_beside(gold: Happening, place: Entity) -> bool:
    spans = [name.at for name in place.names] + list(place.nominals)
    return any(touch(trigger.sentence, at) for trigger in gold.triggers for at in spans)


def wrong_date(mistake: Mistake) -> str:
    """Return what is wrong with a date."""
    if (mistake.gold or "").endswith("no date"):
        return "a date where the text allows none"
    if mistake.found == "no date":
        return "no date was found"
    return "another date"


def wrong_factuality(mistake: Mistake) -> str:
    """Return the main labels of both sides."""
    gold = (mistake.gold or "").rpartition(": ")[2]
    return f"{_main(gold)} told as {_main(mistake.found or 'nothing')}"


def _main(labels: str) -> str:
    return labels.partition(",")[0].partition(":")[0].lower().replace("_by", "")
