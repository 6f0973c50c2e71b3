"""Events: what the article says happened, and what is only claimed, denied, planned or feared."""

from pyoxigraph import NamedNode

from kg.map.sheet import Sheet
from kg.map.terms import TERM, day, decimal, event_type, words
from kg.model import Article, Event, Factuality, Time
from kg.vocabulary import FACTUALITY_TERMS, SYMMETRIC_TYPES


def sorted_events(article: Article) -> list[Event]:
    """Return the events by the offset of their main trigger."""
    return sorted(article.events, key=lambda e: (e.trigger.start, e.id))


def add_events(sheet: Sheet) -> None:
    """Add the blocks of all events, in the order of the text."""
    for event in sorted_events(sheet.article):
        _add_event(sheet, event)


def add_labels(
    sheet: Sheet, node: NamedNode, labels: tuple[Factuality, ...], asked_by: str
) -> None:
    """Add how something is presented, the main label, and who claims or denies it."""
    for value in sorted({label.value for label in labels}):
        sheet.add(node, "kg:factuality", TERM[FACTUALITY_TERMS[value]])
    sheet.add(node, "kg:presentedAs", TERM[FACTUALITY_TERMS[labels[0].value]])
    for value, predicate in (("claimed", "kg:claimedBy"), ("denied", "kg:deniedBy")):
        people = [label.by for label in labels if label.value == value and label.by]
        sheet.add_nodes(node, predicate, people, asked_by)


def add_bounds(sheet: Sheet, node: NamedNode, time: Time) -> None:
    """Add the bounds of a time and the words it was read from."""
    if time.earliest is not None:
        sheet.add(node, "sem:hasEarliestBeginTimeStamp", day(time.earliest))
    if time.latest is not None:
        sheet.add(node, "sem:hasLatestEndTimeStamp", day(time.latest))
    if time.expression is not None:
        sheet.add_spans(node, "kg:timeExpression", (time.expression,))


def _add_event(sheet: Sheet, event: Event) -> None:
    node = sheet.named(event.id, event.id)
    if not event.asserted:
        sheet.add_type(node, "kg:UnconfirmedEvent")
    elif event.agents or event.targets:
        sheet.add_type(node, "schema:Event", "schema:Action")
    else:
        sheet.add_type(node, "schema:Event")
    sheet.add(node, "schema:name", words(event.name, "en"))
    sheet.add(node, "sem:eventType", event_type(event.type))
    add_labels(sheet, node, event.factuality, event.id)
    _add_parties(sheet, node, event)
    if event.time is not None:
        _add_time(sheet, node, event.time)
    if event.part_of is not None:
        sheet.add(node, "schema:superEvent", sheet.named(event.part_of, event.id))
    _add_passages(sheet, node, event)
    if event.confidence is not None:
        sheet.add(node, "kg:confidence", decimal(event.confidence))


def _add_parties(sheet: Sheet, node: NamedNode, event: Event) -> None:
    party = "schema:participant" if event.type in SYMMETRIC_TYPES else "schema:agent"
    sheet.add_nodes(node, party, event.agents, event.id)
    sheet.add_nodes(node, "schema:object", event.targets, event.id)
    if event.place is not None:
        near = event.place_relation == "near"
        sheet.add(
            node, "kg:near" if near else "schema:location", sheet.named(event.place, event.id)
        )
    sheet.add_nodes(node, "sem:hasPlace", event.other_places, event.id)


def _add_time(sheet: Sheet, node: NamedNode, time: Time) -> None:
    if time.start is not None:
        sheet.add(node, "schema:startDate", day(time.start))
    if time.end is not None:
        sheet.add(node, "schema:endDate", day(time.end))
    add_bounds(sheet, node, time)


def _add_passages(sheet: Sheet, node: NamedNode, event: Event) -> None:
    sheet.add_spans(node, "kg:trigger", (mention.trigger for mention in event.mentions))
    sheet.add_spans(node, "kg:evidence", event.evidence)
