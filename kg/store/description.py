"""What a graph is and holds, counted in the graph itself: DCAT 3, VoID and schema:Dataset.

No clock and no blank node: the same graph gives the same bytes.

Source: https://www.w3.org/TR/vocab-dcat-3/#Class:Dataset
Source: https://www.w3.org/TR/void/#statistics
"""

import hashlib
import re
from collections.abc import Sequence
from urllib.parse import quote

import pyoxigraph as ox

from kg.errors import InputError
from kg.iris import check_base
from kg.store.dumps import Dump
from kg.store.statistics import Linkset, Statistics, count_graph, count_quads
from kg.vocabulary import PREFIXES

DESCRIPTION_PREFIXES = {
    "spdx": "http://spdx.org/rdf/terms#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "formats": "http://www.w3.org/ns/formats/",
}
"""Prefixes of a description beside those of the vocabulary."""

_SPACES = {**PREFIXES, **DESCRIPTION_PREFIXES}
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"
_TITLE = "News knowledge graph"
_ABOUT = (
    "Articles with the actors, places, events, claims and figures found in them, each with the "
    "words of the text that it rests on. What is only claimed is marked as such."
)
_OWN = ("dcterms:license", "dcterms:title", "schema:description")
_SAFE_SCHEMES = ("http://", "https://", "urn:")
_Value = ox.NamedNode | ox.Literal


def describe_graph(
    graph: ox.Store | Sequence[ox.Quad],
    *,
    base: str,
    licence: str | None = None,
    dumps: Sequence[Dump] = (),
    endpoint: str | None = None,
    title: str | None = None,
    about: str | None = None,
) -> tuple[ox.Triple, ...]:
    """Return the description of everything in a graph, all named graphs together.

    Takes time linear in the number of triples.

    Args:
        graph: a store opened in any way, or quads; only quads tell two spellings of a number apart.
        base: base of the data; the description's own nodes are `dataset` and `dataset/…` below it.
        licence: IRI of the licence; that which the graph names itself where None.
        dumps: files that hold the graph, in the order they are listed.
        endpoint: absolute IRI where SPARQL is answered.
        title: name in English; that which the graph gives itself, or a general one, where None.
        about: what it is, in English; likewise.

    Raises:
        InputError: the base, the licence or the endpoint is no absolute IRI.
    """
    try:
        check_base(base)
    except ValueError as error:
        raise InputError(f"the base of a dataset: {error}") from None
    endpoint = check_iri(endpoint, "endpoint") if endpoint else None
    own = _find_own(graph, base)
    licence = check_iri(licence or own.get("dcterms:license"), "licence")
    writer = _Writer(base)
    writer.tell_name(
        title or own.get("dcterms:title") or _TITLE,
        about or own.get("schema:description") or _ABOUT,
        licence,
    )
    if isinstance(graph, ox.Store):
        statistics = count_graph(graph, base)
    else:
        statistics = count_quads(graph, base)
    writer.tell_counts(statistics)
    writer.name_dumps(dumps)
    writer.name_parts(statistics)
    writer.tell_service(endpoint)
    for dump in dumps:
        writer.tell_dump(dump, licence)
    writer.tell_parts(statistics)
    return tuple(writer.triples)


def check_iri(iri: str | None, what: str) -> str | None:
    """Return an IRI that begins with http:, https: or urn:, or None for None.

    Args:
        iri: what was given.
        what: its name in the error.

    Raises:
        InputError: it is no such IRI.
    """
    if iri is None:
        return None
    try:
        return ox.NamedNode(iri).value if iri.startswith(_SAFE_SCHEMES) else _refuse(iri, what)
    except ValueError:
        return _refuse(iri, what)


def _refuse(iri: str, what: str) -> str:
    raise InputError(
        f"{what}: {iri!r} is no IRI; write it whole, as https://creativecommons.org/licenses/by/4.0/"
    )


def _find_own(graph: ox.Store | Sequence[ox.Quad], base: str) -> dict[str, str]:
    """Return what the graph says about itself; the least where it says several."""
    node, found = ox.NamedNode(f"{base}dataset"), dict[str, str]()
    if isinstance(graph, ox.Store):
        graph = list(graph.quads_for_pattern(node, None, None, None))
    names = {_term(name): name for name in _OWN}
    for quad in graph:
        name = names.get(quad.predicate) if quad.subject == node else None
        if name and isinstance(quad.object, ox.NamedNode | ox.Literal):
            found[name] = min(found.get(name, quad.object.value), quad.object.value)
    return found


class _Writer:
    """Collects the triples of a description, subject by subject."""

    def __init__(self, base: str) -> None:
        self.triples: list[ox.Triple] = []
        self._base, self._dataset = base, ox.NamedNode(f"{base}dataset")

    def tell_name(self, title: str, about: str, licence: str | None) -> None:
        """Say what the dataset is called, what it is, and what may be done with it."""
        self._add(
            self._dataset,
            *_kinds("schema:Dataset", "dcat:Dataset", "void:Dataset"),
            ("schema:name", ox.Literal(title, language="en")),
            ("dcterms:title", ox.Literal(title, language="en")),
            ("schema:description", ox.Literal(about, language="en")),
            ("dcterms:description", ox.Literal(about, language="en")),
            ("dcterms:identifier", ox.Literal(self._dataset.value)),
            ("schema:identifier", ox.Literal(self._dataset.value)),
            *_licences(licence),
            ("void:uriSpace", ox.Literal(self._base)),
        )

    def tell_counts(self, found: Statistics) -> None:
        """Say how much there is of what."""
        spaces = [("void:vocabulary", ox.NamedNode(iri)) for iri in found.vocabularies]
        examples = [("void:exampleResource", ox.NamedNode(iri)) for iri in found.examples]
        self._add(
            self._dataset,
            *spaces,
            *examples,
            ("void:triples", ox.Literal(found.triples)),
            ("void:entities", ox.Literal(found.entities)),
            ("void:distinctSubjects", ox.Literal(found.subjects)),
            ("void:distinctObjects", ox.Literal(found.objects)),
            ("void:properties", ox.Literal(len(found.properties))),
            ("void:classes", ox.Literal(len(found.classes))),
            ("void:documents", ox.Literal(found.documents)),
        )

    def name_dumps(self, dumps: Sequence[Dump]) -> None:
        """Say which files there are; those in RDF are dumps for VoID too, with their formats."""
        nodes = [self._node(dump.name) for dump in dumps]
        rdf = [dump for dump in dumps if dump.rdf_format]
        forms = sorted({dump.rdf_format for dump in rdf})
        self._add(
            self._dataset,
            *(("void:feature", _term(f"formats:{form}")) for form in forms),
            *(("void:dataDump", ox.NamedNode(dump.url)) for dump in rdf),
            *(("dcat:distribution", node) for node in nodes),
            *(("schema:distribution", node) for node in nodes),
        )

    def name_parts(self, found: Statistics) -> None:
        """Say which partitions and linksets there are."""
        classes = (self._part("class", iri) for iri, _ in found.classes)
        properties = (self._part("property", iri) for iri, _ in found.properties)
        self._add(
            self._dataset,
            *(("void:classPartition", node) for node in classes),
            *(("void:propertyPartition", node) for node in properties),
            *(("void:subset", self._linkset(one)) for one in found.linksets),
        )

    def tell_service(self, endpoint: str | None) -> None:
        """Say where SPARQL is answered."""
        if endpoint is None:
            return
        node = ox.NamedNode(endpoint)
        self._add(self._dataset, ("void:sparqlEndpoint", node))
        self._add(
            self._node("sparql"),
            *_kinds("dcat:DataService"),
            ("dcterms:title", ox.Literal("SPARQL endpoint", language="en")),
            ("dcat:endpointURL", node),
            ("dcat:servesDataset", self._dataset),
            ("dcterms:conformsTo", ox.NamedNode(_PROTOCOL)),
        )

    def tell_dump(self, dump: Dump, licence: str | None) -> None:
        """Say what a file is, where it is, and how to know that it arrived whole."""
        node, url = self._node(dump.name), ox.NamedNode(dump.url)
        checksum = self._node(f"{dump.name}/checksum")
        size = ox.Literal(str(dump.size), datatype=_term("xsd:nonNegativeInteger"))
        self._add(
            node,
            *_kinds("dcat:Distribution", "schema:DataDownload"),
            ("dcterms:title", ox.Literal(dump.name)),
            ("schema:name", ox.Literal(dump.name)),
            *_licences(licence),
            ("dcat:accessURL", url),
            ("dcat:downloadURL", url),
            ("schema:contentUrl", url),
            ("dcat:mediaType", ox.NamedNode(_MEDIA_TYPES + dump.media_type)),
            ("schema:encodingFormat", ox.Literal(dump.media_type)),
            ("dcat:byteSize", size),
            ("schema:contentSize", ox.Literal(f"{dump.size} B")),
            ("schema:sha256", ox.Literal(dump.sha256)),
            ("spdx:checksum", checksum),
        )
        self._add(
            checksum,
            *_kinds("spdx:Checksum"),
            ("spdx:algorithm", _term("spdx:checksumAlgorithm_sha256")),
            ("spdx:checksumValue", ox.Literal(dump.sha256, datatype=_term("xsd:hexBinary"))),
        )

    def tell_parts(self, found: Statistics) -> None:
        """Say how many entities each class has and how many triples each property and linkset."""
        for iri, number in found.classes:
            self._tell_part("class", iri, "void:entities", number)
        for iri, number in found.properties:
            self._tell_part("property", iri, "void:triples", number)
        for one in found.linksets:
            target = self._node(f"target/{one.target.name}")
            self._add(
                self._linkset(one),
                *_kinds("void:Linkset"),
                ("void:target", self._dataset),
                ("void:target", target),
                ("void:subjectsTarget", self._dataset),
                ("void:objectsTarget", target),
                ("void:linkPredicate", ox.NamedNode(one.predicate)),
                ("void:triples", ox.Literal(one.triples)),
            )
        for other in dict.fromkeys(one.target for one in found.linksets):
            self._add(
                self._node(f"target/{other.name}"),
                *_kinds("void:Dataset"),
                ("dcterms:title", ox.Literal(other.title)),
                ("foaf:homepage", ox.NamedNode(other.homepage)),
                ("void:uriSpace", ox.Literal(other.space)),
                ("void:sparqlEndpoint", ox.NamedNode(other.endpoint)),
            )

    def _tell_part(self, kind: str, iri: str, unit: str, number: int) -> None:
        self._add(
            self._part(kind, iri),
            *_kinds("void:Dataset"),
            (f"void:{kind}", ox.NamedNode(iri)),
            (unit, ox.Literal(number)),
        )

    def _linkset(self, one: Linkset) -> ox.NamedNode:
        return self._part(f"links/{one.target.name}", one.predicate)

    def _part(self, kind: str, iri: str) -> ox.NamedNode:
        return self._node(f"{kind}/{_slug(iri)}")

    def _node(self, path: str) -> ox.NamedNode:
        return ox.NamedNode(f"{self._dataset.value}/{quote(path)}")

    def _add(self, subject: ox.NamedNode, *pairs: tuple[str, _Value]) -> None:
        self.triples += [ox.Triple(subject, _term(name), value) for name, value in pairs]


def _kinds(*names: str) -> list[tuple[str, _Value]]:
    return [("rdf:type", _term(name)) for name in names]


def _licences(licence: str | None) -> list[tuple[str, _Value]]:
    if licence is None:
        return []
    return [(name, ox.NamedNode(licence)) for name in ("dcterms:license", "schema:license")]


def _slug(iri: str) -> str:
    """Return a name for a term that no other term has: `schema-Event`, or a digest of its IRI."""
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    for prefix, space in PREFIXES.items():
        if iri[:cut] == space and re.fullmatch(r"[A-Za-z0-9_-]+", iri[cut:]):
            return f"{prefix}-{iri[cut:]}"
    return hashlib.sha256(iri.encode()).hexdigest()[:16]


def _term(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(_SPACES[prefix] + local)
