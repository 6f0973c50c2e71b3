"""Event tables as a graph: each row a claim of its data set, with the row as evidence.

The claim is the publisher's, about an event that nobody has confirmed (never a `schema:Event`), a
figure, or about another claim: where the code is speech, what the data set claims is that somebody
said something. A record of the knowledge graph is a claim that a report names these actors and
places. No blank nodes; same table, same quads in the same order.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.iris import graph_iri, slug, type_slug
from kg.map.authority import LinkedNode
from kg.map.terms import (
    TERM,
    Term,
    actor_type,
    day,
    decimal,
    event_type,
    number,
    speech_act,
    words,
)
from kg.model import CodedActor, CodedFigure, CodedPlace, CodedRow, EventTable, Time
from kg.settings import Settings
from kg.vocabulary import (
    ACTOR_CLASSES,
    ACTOR_TYPE_SLUGS,
    BOUND_TERMS,
    PLACE_CLASSES,
    SYMMETRIC_TYPES,
)

_UNNAMED = CodedActor(name="speaker whom the row does not name", type="Group", named=False)


def map_table(table: EventTable, settings: Settings | None = None) -> list[Quad]:
    """Return the graph of a table, in the order of its rows.

    Args:
        table: after linking; without it states are nodes of the table's own.
        settings: the base; `evidence` "offsets" leaves out the data set's own notes.
    """
    pen = _Pen(table, settings or Settings())
    pen.write_table()
    for row in table.rows:
        pen.write_row(row)
    return pen.quads


def table_nodes(table: EventTable) -> tuple[LinkedNode, ...]:
    """Return the nodes of the authority graph that a table uses, sorted and without doubles."""
    found: set[LinkedNode] = set()
    for row in table.rows:
        for actor in (*row.agents, *row.targets, *row.participants, *row.actors):
            found.update(_of_actor(actor))
        for place in (*((row.place,) if row.place else ()), *row.places):
            found.update(_of_place(place))
    return tuple(sorted(found))


def table_concepts(table: EventTable) -> tuple[str, ...]:
    """Return the prefixed names of the concepts that a table uses, sorted."""
    used = {"kg:claimed"}
    used |= {"kget:" + type_slug(row.event_type) for row in table.rows if row.event_type}
    used |= {"kgsa:" + type_slug(row.speech_act) for row in table.rows if row.speech_act}
    return tuple(sorted(used))


def _of_actor(actor: CodedActor) -> Iterable[LinkedNode]:
    link = actor.link
    if link and link.iri:
        yield LinkedNode(
            path=link.iri, reading="actor", kind=actor.type, name=actor.name, qid=link.qid or ""
        )
    elif actor.principal:
        yield LinkedNode(path=actor.principal, reading="actor", kind="Country", name="")


def _of_place(place: CodedPlace) -> Iterable[LinkedNode]:
    link = place.link
    if link and link.iri:
        yield LinkedNode(
            path=link.iri, reading="place", kind=place.type, name=place.name, qid=link.qid or ""
        )
    elif place.container:
        yield LinkedNode(path=place.container, reading="place", kind="Country", name="")


@dataclass(frozen=True, slots=True)
class _Said:
    """What all statements about one row's claims share."""

    row: CodedRow
    evidence: NamedNode
    citations: tuple[NamedNode, ...]


class _Pen:
    """Writes the graph of one table."""

    def __init__(self, table: EventTable, settings: Settings) -> None:
        self.quads: list[Quad] = []
        self._table, self._settings = table, settings
        self._iri = f"{settings.base}table/{table.id}"
        self._graph = NamedNode(graph_iri(settings.base, f"table/{table.id}"))
        self._set, self._publisher = self._local("set"), self._local("publisher")
        self._nodes: dict[CodedActor | CodedPlace, NamedNode] = {}
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}

    def write_table(self) -> None:
        """Write the file, the data set and its publisher."""
        table, file = self._table, NamedNode(self._iri)
        self._add(file, "rdf:type", TERM["schema:DataDownload"])
        self._add(file, "schema:name", words(table.source))
        self._add(file, "schema:encodingFormat", words(table.media_type))
        self._add(file, "schema:sha256", words(table.sha256))
        self._add(self._set, "rdf:type", TERM["schema:Dataset"])
        self._add(self._set, "schema:name", words(table.name, "en"))
        self._add(self._set, "schema:publisher", self._publisher)
        self._add(self._set, "schema:distribution", file)
        if table.state is not None:
            self._add(self._set, "schema:dateModified", day(table.state))
        if table.licence is not None:
            self._add(self._set, "schema:license", NamedNode(table.licence))
        self._add(self._publisher, "rdf:type", TERM["schema:Organization"])
        self._add(self._publisher, "kg:actorType", actor_type("organization"))
        self._add(self._publisher, "schema:name", words(table.publisher, "en"))
        self._add(self._publisher, "schema:url", NamedNode(table.publisher_url))

    def write_row(self, row: CodedRow) -> None:
        """Write a row: the actors and places it brings in, its claim, what that is about."""
        evidence = NamedNode(f"{self._iri}#row={row.number}")
        said = _Said(row, evidence, tuple(_iris(row.citations)))
        claim = self._local(f"claim-{row.number}")
        subjects: list[NamedNode] = []
        if row.event_type is not None:
            subjects.append(self._write_event(row, row.event_type))
        if row.speech_act is not None:
            subjects.append(self._write_speech(said, row.speech_act))
        about = subjects[0] if subjects else None
        for place, figure in enumerate(row.figures, 1):
            subjects.append(self._write_figure(row, figure, place, about))
        self._write_claim(claim, said, subjects)

    def _write_claim(self, claim: NamedNode, said: _Said, subjects: list[NamedNode]) -> None:
        row = said.row
        mentioned = [self._actor(actor) for actor in row.actors]
        mentioned += [self._place(place) for place in row.places]
        self._add(claim, "rdf:type", TERM["schema:Claim"])
        self._add(claim, "schema:author", self._publisher)
        self._add(claim, "schema:appearance", self._set)
        with_notes = row.notes and self._settings.evidence == "words"
        self._add(claim, "schema:text", words(row.notes if with_notes else row.text, "en"))
        for node in subjects:
            self._add(claim, "schema:about", node)
        for node in dict.fromkeys(mentioned):
            self._add(claim, "schema:mentions", node)
        self._add(claim, "kg:factuality", TERM["kg:claimed"])
        self._add(claim, "schema:identifier", words(row.key))
        if row.code:
            self._add(claim, "schema:keywords", words(row.code))
        self._write_grounds(claim, said)

    def _write_grounds(self, node: NamedNode, said: _Said) -> None:
        if said.row.confidence is not None:
            self._add(node, "kg:confidence", decimal(said.row.confidence))
        for citation in said.citations:
            self._add(node, "schema:citation", citation)
        if said.row.sources:
            self._add(node, "schema:creditText", words(said.row.sources))
        self._add(node, "kg:evidence", said.evidence)

    def _write_event(self, row: CodedRow, code: str) -> NamedNode:
        node = self._local(f"event-{row.number}")
        parties = self._parties(row, code)
        where = self._place(row.place) if row.place else None
        self._add(node, "rdf:type", TERM["kg:UnconfirmedEvent"])
        self._add(node, "schema:name", words(_name(row), "en"))
        self._add(node, "sem:eventType", event_type(code))
        self._write_labels(node)
        for predicate, actor in parties:
            self._add(node, predicate, actor)
        if where is not None and row.place is not None:
            self._add(node, "schema:location" if row.place.exact else "kg:near", where)
        if row.time is not None:
            self._write_time(node, row.time)
        return node

    def _parties(self, row: CodedRow, code: str) -> list[tuple[str, NamedNode]]:
        """Return who takes part and how, each party once in each part."""
        alike = code in SYMMETRIC_TYPES
        groups = (
            ("schema:participant" if alike else "schema:agent", row.agents),
            ("schema:participant" if alike else "schema:object", row.targets),
            ("schema:participant", row.participants),
        )
        pairs = [(name, self._actor(actor)) for name, actors in groups for actor in actors]
        return list(dict.fromkeys(pairs))

    def _write_speech(self, said: _Said, code: str) -> NamedNode:
        row = said.row
        speakers = [self._actor(actor) for actor in row.agents or (_UNNAMED,)]
        hearers = [self._actor(actor) for actor in row.targets]
        where = self._place(row.place) if row.place and row.place.exact else None
        node = self._local(f"said-{row.number}")
        self._add(node, "rdf:type", TERM["schema:Claim"])
        for speaker in dict.fromkeys(speakers):
            self._add(node, "schema:author", speaker)
        self._add(node, "schema:appearance", self._set)
        self._add(node, "schema:text", words(row.label, "en"))
        self._add(node, "kg:factuality", TERM["kg:claimed"])
        self._add(node, "kg:speechAct", speech_act(code))
        for hearer in dict.fromkeys(hearers):
            self._add(node, "kg:addressee", hearer)
        if where is not None:
            self._add(node, "schema:locationCreated", where)
        if row.time is not None:
            if row.time.start is not None:
                self._add(node, "schema:dateCreated", day(row.time.start))
            self._write_bounds(node, row.time)
        self._write_grounds(node, said)
        return node

    def _write_figure(
        self, row: CodedRow, figure: CodedFigure, place: int, about: NamedNode | None
    ) -> NamedNode:
        last = "" if place == 1 else f"-{place}"
        node = self._local(f"figure-{row.number}{last}")
        self._add(node, "rdf:type", TERM["schema:Observation"])
        if about is not None:
            self._add(node, "schema:observationAbout", about)
        self._add(node, "schema:variableMeasured", words(figure.variable))
        self._add(node, "schema:value", number(figure.value))
        self._add(node, "schema:unitText", words(figure.unit))
        self._add(node, "schema:measurementQualifier", TERM[BOUND_TERMS[figure.bound]])
        self._write_labels(node)
        return node

    def _write_labels(self, node: NamedNode) -> None:
        self._add(node, "kg:factuality", TERM["kg:claimed"])
        self._add(node, "kg:presentedAs", TERM["kg:claimed"])
        self._add(node, "kg:claimedBy", self._publisher)

    def _write_time(self, node: NamedNode, time: Time) -> None:
        if time.start is not None:
            self._add(node, "schema:startDate", day(time.start))
        self._write_bounds(node, time)

    def _write_bounds(self, node: NamedNode, time: Time) -> None:
        if time.earliest is not None:
            self._add(node, "sem:hasEarliestBeginTimeStamp", day(time.earliest))
        if time.latest is not None:
            self._add(node, "sem:hasLatestEndTimeStamp", day(time.latest))

    def _actor(self, actor: CodedActor) -> NamedNode:
        """Return the node of an actor, written when it is first asked for."""
        node = self._nodes.get(actor)
        if node is not None:
            return node
        if actor.link and actor.link.iri:
            node = self._nodes[actor] = NamedNode(self._settings.base + actor.link.iri)
            return node
        coded = "" if self._table.kind == "acled" else f"{actor.code} "
        node = self._nodes[actor] = self._fresh("actor", coded + actor.name)
        for name in ACTOR_CLASSES[actor.type]:
            self._add(node, "rdf:type", TERM[name])
        self._add(node, "kg:actorType", actor_type(ACTOR_TYPE_SLUGS[actor.type]))
        if actor.named:
            self._add(node, "schema:name", words(actor.name))
        else:
            self._add(node, "schema:description", words(actor.name, "en"))
        if actor.principal is not None:
            self._add(node, "kg:actsFor", NamedNode(self._settings.base + actor.principal))
        return node

    def _place(self, place: CodedPlace) -> NamedNode:
        """Return the node of a place, written when it is first asked for."""
        node = self._nodes.get(place)
        if node is not None:
            return node
        if place.link and place.link.iri:
            node = self._nodes[place] = NamedNode(self._settings.base + place.link.iri)
            return node
        node = self._nodes[place] = self._fresh("place", place.full_name or place.name)
        for name in dict.fromkeys((PLACE_CLASSES[place.type], "schema:Place")):
            self._add(node, "rdf:type", TERM[name])
        self._add(node, "schema:name", words(place.name))
        if place.full_name not in {"", place.name}:
            self._add(node, "schema:alternateName", words(place.full_name))
        if place.container is not None:
            container = NamedNode(self._settings.base + place.container)
            self._add(node, "schema:containedInPlace", container)
        if place.latitude is not None and place.longitude is not None:
            self._add(node, "schema:latitude", decimal(place.latitude))
            self._add(node, "schema:longitude", decimal(place.longitude))
        return node

    def _fresh(self, kind: str, name: str) -> NamedNode:
        """Return a node for a name; of two names that are spelt alike the later gets a number."""
        key = f"{kind}-{slug(name)}"
        found = key
        while found in self._taken:
            self._counts[key] = self._counts.get(key, 1) + 1
            found = f"{key}-{self._counts[key]}"
        self._taken.add(found)
        return self._local(found)

    def _local(self, name: str) -> NamedNode:
        return NamedNode(f"{self._iri}#{name}")

    def _add(self, subject: NamedNode, predicate: str, value: Term) -> None:
        self.quads.append(Quad(subject, TERM[predicate], value, self._graph))


def _name(row: CodedRow) -> str:
    if row.place is None:
        return row.label
    area = row.place.type in {"Region", "Country"}
    where = "in" if row.place.exact else "somewhere in" if area else "near"
    return f"{row.label} {where} {row.place.name}"


def _iris(addresses: Iterable[str]) -> Iterable[NamedNode]:
    """Yield the addresses that are IRIs, each once."""
    for address in dict.fromkeys(addresses):
        try:
            yield NamedNode(address)
        except ValueError:
            continue
