"""The authority graph: names, classes and items of the linked nodes that a set of articles uses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

from pyoxigraph import NamedNode, Quad

from kg.authority import Authority, Entry, Office, load_authority
from kg.iris import graph_iri
from kg.map.settled import used_entities
from kg.map.terms import TERM, Term, actor_type, day, decimal, words
from kg.model import Actor, ActorType, Article, Outlet, Place, PlaceType
from kg.settings import Settings
from kg.vocabulary import ACTOR_CLASSES, ACTOR_TYPE_SLUGS, PLACE_CLASSES, WIKIDATA

Kind = ActorType | PlaceType
_ACTOR_KINDS = frozenset(get_args(ActorType))
_PLACE_KINDS = frozenset(get_args(PlaceType))


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class LinkedNode:
    """A node below the base as an article uses it; what the authority file says goes before it.

    Attributes:
        path: path below the base.
        reading: actor or place.
        kind: type that the record gives it; name, qid, latitude, longitude: likewise.
    """

    path: str
    reading: str
    kind: Kind
    name: str
    qid: str = ""
    latitude: float | None = None
    longitude: float | None = None


def linked_nodes(article: Article) -> tuple[LinkedNode, ...]:
    """Return the linked actors, places and outlets of an article, sorted and without doubles."""
    actors, places = used_entities(article)
    found = {_of_actor(actor) for actor in actors if actor.link}
    found |= {_of_place(place) for place in places if place.link}
    outlets = (article.publisher, article.original_publisher)
    found |= {_of_outlet(outlet) for outlet in outlets if outlet and outlet.link}
    return tuple(sorted((n for n in found if n.path), key=_node_key))


def map_authority(
    nodes: Iterable[LinkedNode],
    authority: Authority | None = None,
    settings: Settings | None = None,
) -> list[Quad]:
    """Return the authority graph of the nodes used, and of the nodes those need, by path.

    A node that the authority file does not know is described as the records describe it.

    Args:
        nodes: from `linked_nodes`, of any number of articles in any order.
        authority: the file; ours where None.
        settings: only the base is used.
    """
    pen = _Pen(settings or Settings(), authority or load_authority())
    uses: dict[str, list[LinkedNode]] = {}
    for node in sorted(set(nodes), key=_node_key):
        uses.setdefault(node.path, []).append(node)
    needed = _with_needed(uses, pen.authority)
    for path in _principals(needed, pen.authority):
        uses.setdefault(path, []).append(_as_government(path))
    for path in sorted(needed):
        pen.write_node(path, uses.get(path, []))
    return pen.quads


def _node_key(node: LinkedNode) -> tuple[str, ...]:
    return (node.path, node.reading, node.kind, node.name, node.qid, str(node.latitude))


def _of_actor(actor: Actor) -> LinkedNode:
    path, qid = _target(actor)
    return LinkedNode(path=path, reading="actor", kind=actor.type, name=actor.name, qid=qid)


def _of_place(place: Place) -> LinkedNode:
    path, qid = _target(place)
    return LinkedNode(
        path=path,
        reading="place",
        kind=place.type,
        name=place.name,
        qid=qid,
        latitude=place.latitude,
        longitude=place.longitude,
    )


def _of_outlet(outlet: Outlet) -> LinkedNode:
    path, qid = _target(outlet)
    kind: Kind = "NewsMediaOrganization"
    return LinkedNode(path=path, reading="outlet", kind=kind, name=outlet.name, qid=qid)


def _target(entity: Actor | Place | Outlet) -> tuple[str, str]:
    link = entity.link
    return (link.iri or "", link.qid or "") if link else ("", "")


def _with_needed(paths: Iterable[str], authority: Authority) -> set[str]:
    """Return the paths and all those that their entries point at."""
    found, waiting = set[str](), list(paths)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            entry = authority.get(path)
            waiting.extend(_needed(entry) if entry else ())
    return found


def _principals(paths: set[str], authority: Authority) -> list[str]:
    """Return the places that somebody acts for or holds an office of: a region with a governor."""
    entries = [entry for path in paths if (entry := authority.get(path))]
    found = {entry.acts_for for entry in entries if entry.acts_for}
    found |= {office.body for entry in entries for office in entry.offices}
    known = {path: authority.get(path) for path in found}
    return sorted(p for p, entry in known.items() if entry and entry.type not in _ACTOR_KINDS)


def _as_government(path: str) -> LinkedNode:
    kind: Kind = "GovernmentOrganization"
    return LinkedNode(path=path, reading="actor", kind=kind, name="")


def _needed(entry: Entry) -> Iterator[str]:
    yield from (path for path in (entry.country, entry.acts_for) if path)
    yield from (office.body for office in entry.offices)


class _Pen:
    """Writes the nodes of the authority graph."""

    def __init__(self, settings: Settings, authority: Authority) -> None:
        self.quads: list[Quad] = []
        self.authority = authority
        self._base = settings.base
        self._graph = NamedNode(graph_iri(settings.base, "authority"))

    def write_node(self, path: str, uses: list[LinkedNode]) -> None:
        """Write one node: the file's entry if there is one, and the readings the articles need."""
        entry, node = self.authority.get(path), NamedNode(self._base + path)
        kinds = _kinds(entry, uses)
        for name in _classes(kinds):
            self._add(node, "rdf:type", TERM[name])
        actor_kinds = [kind for reading, kind in kinds if reading == "actor"]
        if actor_kinds:
            slug = ACTOR_TYPE_SLUGS[actor_kinds[0]]  # type: ignore[index]
            self._add(node, "kg:actorType", actor_type(slug))
        self._add(node, "schema:name", words(entry.name if entry else _first_name(path, uses)))
        qid = entry.qid if entry and entry.qid else max((use.qid for use in uses), default="")
        if qid:
            self._add(node, "schema:sameAs", NamedNode(WIKIDATA + qid))
        if entry:
            self._write_entry(node, entry)
        self._write_position(node, entry, uses)
        if entry:
            self._write_offices(node, entry)

    def _write_entry(self, node: NamedNode, entry: Entry) -> None:
        for alias in sorted(set(entry.names) - {entry.name}):
            self._add(node, "schema:alternateName", words(alias))
        if entry.country and entry.type in _PLACE_KINDS - {"Country"}:
            self._add(node, "schema:containedInPlace", NamedNode(self._base + entry.country))
        if entry.acts_for:
            self._add(node, "kg:actsFor", NamedNode(self._base + entry.acts_for))
        if entry.stance:
            self._add(node, "kg:stance", words(entry.stance))

    def _write_position(self, node: NamedNode, entry: Entry | None, uses: list[LinkedNode]) -> None:
        known = [(entry.latitude, entry.longitude)] if entry else []
        known += [(use.latitude, use.longitude) for use in uses]
        for latitude, longitude in known:
            if latitude is not None and longitude is not None:
                self._add(node, "schema:latitude", decimal(latitude))
                self._add(node, "schema:longitude", decimal(longitude))
                return

    def _write_offices(self, node: NamedNode, entry: Entry) -> None:
        offices = [
            (NamedNode(f"{self._base}{entry.path}#office-{number}"), office)
            for number, office in enumerate(entry.offices, 1)
        ]
        for role, _ in offices:
            self._add(node, "schema:memberOf", role)
        for role, office in offices:
            self._write_office(role, office)

    def _write_office(self, role: NamedNode, office: Office) -> None:
        self._add(role, "rdf:type", TERM["schema:OrganizationRole"])
        self._add(role, "schema:roleName", words(office.title, "en"))
        if office.start:
            self._add(role, "schema:startDate", day(office.start))
        if office.end:
            self._add(role, "schema:endDate", day(office.end))
        self._add(role, "schema:memberOf", NamedNode(self._base + office.body))

    def _add(self, subject: NamedNode, predicate: str, value: Term) -> None:
        self.quads.append(Quad(subject, TERM[predicate], value, self._graph))


def _first_name(path: str, uses: list[LinkedNode]) -> str:
    return uses[0].name if uses and uses[0].name else path.rpartition("/")[2].replace("-", " ")


def _kinds(entry: Entry | None, uses: list[LinkedNode]) -> list[tuple[str, Kind]]:
    """Return the readings of a node with its type in each: the file's type goes first."""
    found: list[tuple[str, Kind]] = []
    if entry and entry.type in _ACTOR_KINDS:
        found.append(("actor", entry.type))
    if entry and entry.type in _PLACE_KINDS:
        found.append(("place", entry.type))
    for use in uses:
        reading = "place" if use.reading == "place" else "actor"
        if reading not in {known for known, _ in found}:
            found.append((reading, use.kind))
    return found


def _classes(kinds: list[tuple[str, Kind]]) -> list[str]:
    found: list[str] = []
    for reading, kind in kinds:
        if reading == "actor":
            found.extend(ACTOR_CLASSES[kind])  # type: ignore[index]
        else:
            found.extend((PLACE_CLASSES[kind], "schema:Place"))  # type: ignore[index]
    return list(dict.fromkeys(found))
