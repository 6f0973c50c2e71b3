"""Events, claims and figures of an article's graph, as values."""

from dataclasses import replace
from typing import get_args

from pyoxigraph import NamedNode

from kg.map.claims import claim_kind, implied_polarity
from kg.map.derived import ATTRIBUTION, CITATION
from kg.map.reverse.index import GraphIndex, member
from kg.map.settled import sentence_of, sort_mentions
from kg.map.times import granularity_of
from kg.model import (
    Claim,
    ClaimKind,
    Event,
    EventMention,
    Factuality,
    FactualityValue,
    Figure,
    Polarity,
    Relation,
    Span,
    Stance,
    Time,
)
from kg.vocabulary import (
    BOUND_TERMS,
    EVENT_TYPE,
    FACTUALITY_TERMS,
    RELATION_TERMS,
    SPEECH_ACT,
    SYMMETRIC_TYPES,
    TERMS,
    type_code,
)


def read_events(graph: GraphIndex) -> tuple[Event, ...]:
    """Return the events in the order of the text."""
    nodes = {*graph.typed("schema:Event"), *graph.typed("kg:UnconfirmedEvent")}
    found = [_read_event(graph, node) for node in sorted(nodes)]
    return tuple(sorted(found, key=lambda event: (event.trigger.start, event.id)))


def read_claims(graph: GraphIndex) -> tuple[Claim, ...]:
    """Return the claims of the record in the order of the text, without those derived from it."""
    cited = _cited(graph)
    found = [
        _read_claim(graph, node, cited.get(node))
        for node in graph.typed("schema:Claim")
        if not (graph.local_id(node) or "").startswith((CITATION, ATTRIBUTION))
    ]
    return tuple(sorted(found, key=lambda claim: (claim.parts[0].start, claim.id)))


def read_figures(graph: GraphIndex) -> tuple[Figure, ...]:
    """Return the figures in the order of the text."""
    found = [_read_figure(graph, node) for node in graph.typed("schema:Observation")]
    return tuple(sorted(found, key=lambda figure: (figure.span.start, figure.id)))


def label_key(main: FactualityValue, label: Factuality) -> tuple[bool, str, str]:
    """Return what labels are sorted by: the main one, then by value and speaker."""
    return (label.value != main, label.value, label.by or "")


def _read_event(graph: GraphIndex, node: str) -> Event:
    code = type_code(graph.needed(node, "sem:eventType").removeprefix(EVENT_TYPE))
    party = "schema:participant" if code in SYMMETRIC_TYPES else "schema:agent"
    near = graph.place_ids(node, "kg:near")
    places = near or graph.place_ids(node, "schema:location")
    whole = graph.text_of(node, "schema:superEvent")
    return Event(
        id=graph.local_id(node) or node,
        type=code,
        name=graph.needed(node, "schema:name"),
        factuality=_labels(graph, node),
        mentions=_mentions(graph, node),
        agents=graph.actor_ids(node, party),
        targets=graph.actor_ids(node, "schema:object"),
        place=places[0] if places else None,
        other_places=graph.place_ids(node, "sem:hasPlace"),
        place_relation="near" if near else None,
        time=_time(graph, node, "schema:startDate", "schema:endDate"),
        part_of=graph.local_id(whole) if whole else None,
        story=_same(graph, node),
        evidence=graph.spans(node, "kg:evidence"),
        confidence=graph.number(node, "kg:confidence"),
    )


def _mentions(graph: GraphIndex, node: str) -> tuple[EventMention, ...]:
    evidence = graph.spans(node, "kg:evidence")
    found = [
        EventMention(trigger=trigger, sentence=sentence_of(trigger, evidence))
        for trigger in graph.spans(node, "kg:trigger")
    ]
    return sort_mentions(graph.local_id(node) or node, found)


def _labels(graph: GraphIndex, node: str) -> tuple[Factuality, ...]:
    main = graph.name_in(FACTUALITY_TERMS, node, "kg:presentedAs")[0]
    labels = []
    for value in graph.name_in(FACTUALITY_TERMS, node, "kg:factuality"):
        people: tuple[str, ...] = ()
        if value in ("claimed", "denied"):
            people = graph.actor_ids(node, f"kg:{value}By")
        labels += [Factuality(value=value, by=who) for who in people or (None,)]
    return tuple(sorted(labels, key=lambda label: label_key(main, label)))


def _time(graph: GraphIndex, node: str, start: str, end: str) -> Time | None:
    time = Time(
        start=graph.text_of(node, start),
        end=graph.text_of(node, end),
        earliest=graph.text_of(node, "sem:hasEarliestBeginTimeStamp"),
        latest=graph.text_of(node, "sem:hasLatestEndTimeStamp"),
        expression=graph.one_span(node, "kg:timeExpression"),
    )
    return None if time == Time() else replace(time, granularity=granularity_of(time))


def _same(graph: GraphIndex, node: str) -> str | None:
    """Return what the links graph says a node is another description of."""
    found = graph.text_of(node, "prov:alternateOf", beside=True)
    return None if found is None else graph.local_id(found) or graph.path(found)


def _cited(graph: GraphIndex) -> dict[str, str]:
    """Return claim node -> id of the actor who cites it."""
    return {
        graph.needed(outer, "schema:about"): graph.actor_ids(outer, "schema:author")[0]
        for outer in graph.typed("schema:Claim")
        if (graph.local_id(outer) or "").startswith(CITATION)
    }


def _read_claim(graph: GraphIndex, node: str, cited_by: str | None) -> Claim:
    stance: Stance = member(
        graph.name_in(FACTUALITY_TERMS, node, "kg:factuality")[0], get_args(Stance), "stance"
    )
    act = graph.text_of(node, "kg:speechAct")
    polarity = graph.text_of(node, "kg:polarity")
    return Claim(
        id=graph.local_id(node) or node,
        kind=_claim_kind(graph, node),
        parts=graph.spans(node, "kg:evidence"),
        text=graph.needed(node, "schema:text"),
        speakers=graph.actor_ids(node, "schema:author"),
        quoted_fragments=graph.spans(node, "kg:quotedFragment"),
        source=graph.one_span(node, "kg:source"),
        cited_by=cited_by,
        addressee=_addressee(graph, node),
        cue=graph.one_span(node, "kg:cue"),
        speech_act=type_code(act.removeprefix(SPEECH_ACT)) if act else None,
        via=graph.actor_ids(node, "schema:publisher"),
        same_as=_same(graph, node),
        polarity=member(polarity, get_args(Polarity), "polarity")
        if polarity
        else implied_polarity(stance),
        stance=stance,
        time=_claim_time(graph, node),
        about=graph.actor_ids(node, "schema:about"),
        relations=_relations(graph, node),
        confidence=graph.number(node, "kg:confidence"),
    )


def _claim_time(graph: GraphIndex, node: str) -> Time | None:
    """Return when a claim was made: on one day, where the day is stated."""
    return _time(graph, node, "schema:dateCreated", "schema:dateCreated")


def _claim_kind(graph: GraphIndex, node: str) -> ClaimKind:
    quoted = TERMS["schema:Quotation"] in graph.texts(node, "rdf:type")
    return claim_kind(quoted=quoted, fragments=bool(graph.texts(node, "kg:quotedFragment")))


def _addressee(graph: GraphIndex, node: str) -> str | None:
    found = graph.values(node, "kg:addressee")
    if not found:
        return None
    first = found[0]
    return graph.actor_id(first.value) if isinstance(first, NamedNode) else first.value


def _relations(graph: GraphIndex, node: str) -> tuple[Relation, ...]:
    found = [
        Relation(relation=kind, target=graph.actor_id(target))
        for kind, curie in RELATION_TERMS.items()
        for target in graph.texts(node, curie)
    ]
    return tuple(sorted(found, key=lambda r: (r.relation, r.target)))


def _read_figure(graph: GraphIndex, node: str) -> Figure:
    about = graph.text_of(node, "schema:observationAbout")
    return Figure(
        id=graph.local_id(node) or node,
        span=_needed_span(graph, node),
        variable=graph.needed(node, "schema:variableMeasured"),
        unit=graph.needed(node, "schema:unitText"),
        about=graph.actor_id(about) if about else None,
        value=graph.number(node, "schema:value"),
        minimum=graph.number(node, "schema:minValue"),
        maximum=graph.number(node, "schema:maxValue"),
        bound=graph.name_in(BOUND_TERMS, node, "schema:measurementQualifier")[0],
        factuality=_labels(graph, node),
    )


def _needed_span(graph: GraphIndex, node: str) -> Span:
    return graph.span(graph.needed(node, "kg:evidence"))
