"""A description says what is in the graph: counted here again, by rdflib and by hand."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, VOID

from kg.errors import InputError
from kg.pipeline.publication import DESCRIPTION, Publication, write_description
from kg.store.description import describe_graph
from kg.store.dumps import Dump, measure_dump
from kg.validate import validate_graph
from kg.vocabulary import SCHEMA

OUTPUT = Path(__file__).parents[2] / "output"
BASE = "https://example.org/kg/"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
ENDPOINT = "https://kg.example/sparql"
DATASET = rdflib.URIRef(BASE + "dataset")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
ENGINES = ("shacl", "pyshacl")


@pytest.fixture(scope="module")
def union() -> rdflib.Graph:
    """The flat graph: each triple once, read by another library from another file."""
    return rdflib.Graph().parse(OUTPUT / "graph.ttl")


@pytest.fixture(scope="module")
def store() -> ox.Store:
    found = ox.Store()
    found.bulk_load(path=str(OUTPUT / "graph.trig"), format=ox.RdfFormat.TRIG)
    return found


@pytest.fixture(scope="module")
def told(store: ox.Store) -> rdflib.Graph:
    dumps = tuple(measure_dump(OUTPUT / name, BASE) for name in ("graph.ttl", "graph.trig"))
    quads = list(ox.parse(path=OUTPUT / "graph.trig", format=ox.RdfFormat.TRIG))
    assert len(quads) == len(store)
    return parsed(describe_graph(quads, base=BASE, licence=LICENCE, endpoint=ENDPOINT, dumps=dumps))


def parsed(triples: tuple[ox.Triple, ...]) -> rdflib.Graph:
    text = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()
    return rdflib.Graph().parse(data=text, format="nt")


def number(graph: rdflib.Graph, subject: rdflib.term.Node, predicate: rdflib.URIRef) -> int:
    (value,) = graph.objects(subject, predicate)
    return int(str(value))


def test_counts_of_the_whole_are_those_of_another_library(
    told: rdflib.Graph, union: rdflib.Graph
) -> None:
    found = {name: number(told, DATASET, VOID[name]) for name in COUNTS}
    assert found == {name: count(union) for name, count in COUNTS.items()}


COUNTS: dict[str, Callable[[rdflib.Graph], int]] = {
    "triples": len,
    "distinctSubjects": lambda g: len(set(g.subjects())),
    "distinctObjects": lambda g: len(set(g.objects())),
    "properties": lambda g: len(set(g.predicates())),
    "classes": lambda g: len(set(g.objects(None, RDF.type))),
    "entities": lambda g: len({s for s in g.subjects() if str(s).startswith(BASE)}),
    "documents": lambda g: len(set(g.subjects(RDF.type, rdflib.URIRef(SCHEMA + "NewsArticle")))),
}


def test_a_store_and_its_quads_are_counted_alike(store: ox.Store) -> None:
    assert describe_graph(store, base=BASE) == describe_graph(list(store), base=BASE)


def test_every_property_has_a_partition_with_its_triples(
    told: rdflib.Graph, union: rdflib.Graph
) -> None:
    parts = list(told.objects(DATASET, VOID.propertyPartition))
    found = {told.value(part, VOID.property): number(told, part, VOID.triples) for part in parts}
    assert found == Counter(union.predicates())
    assert len(parts) == len(found)


def test_every_class_has_a_partition_with_its_entities(
    told: rdflib.Graph, union: rdflib.Graph
) -> None:
    parts = list(told.objects(DATASET, VOID.classPartition))
    found = {told.value(part, VOID["class"]): number(told, part, VOID.entities) for part in parts}
    assert found == Counter(union.objects(None, RDF.type))
    assert len(parts) == len(found)


def test_links_to_wikidata_are_counted(told: rdflib.Graph, union: rdflib.Graph) -> None:
    same = rdflib.URIRef(SCHEMA + "sameAs")
    (links,) = told.objects(DATASET, VOID.subset)
    wanted = [o for o in union.objects(None, same) if "wikidata.org/entity/Q" in str(o)]
    assert wanted
    assert number(told, links, VOID.triples) == len(wanted)
    assert told.value(links, VOID.linkPredicate) == same
    other = told.value(links, VOID.objectsTarget)
    assert told.value(other, VOID.uriSpace) == rdflib.Literal("http://www.wikidata.org/entity/")


@pytest.mark.parametrize("stored", [True, False])
def test_what_stands_in_two_graphs_counts_once(*, stored: bool) -> None:
    one, two = ox.NamedNode(BASE + "one"), ox.NamedNode(BASE + "two")
    triple = (ox.NamedNode(BASE + "a"), ox.NamedNode(SCHEMA + "sameAs"), ox.NamedNode(WIKI + "Q1"))
    held = ox.Store()
    held.extend([ox.Quad(*triple, one), ox.Quad(*triple, two)])
    told = parsed(describe_graph(held if stored else list(held), base=BASE))
    (part,) = told.objects(DATASET, VOID.propertyPartition)
    (links,) = told.objects(DATASET, VOID.subset)
    assert number(told, DATASET, VOID.triples) == 1
    assert number(told, part, VOID.triples) == number(told, links, VOID.triples) == 1


WIKI = "http://www.wikidata.org/entity/"


def test_examples_are_in_the_graph(told: rdflib.Graph, union: rdflib.Graph) -> None:
    examples = set(told.objects(DATASET, VOID.exampleResource))
    assert len(examples) >= 5
    assert examples <= set(union.subjects())


def test_vocabularies_are_the_namespaces_of_all_terms(
    told: rdflib.Graph, union: rdflib.Graph
) -> None:
    spaces = [str(iri) for iri in told.objects(DATASET, VOID.vocabulary)]
    terms = {*union.predicates(), *union.objects(None, RDF.type)}
    assert all(any(str(term).startswith(space) for space in spaces) for term in terms)
    assert all(any(str(term).startswith(space) for term in terms) for space in spaces)


def test_files_are_listed_with_what_proves_them(told: rdflib.Graph) -> None:
    files = list(told.objects(DATASET, DCAT.distribution))
    assert set(files) == set(told.objects(DATASET, rdflib.URIRef(SCHEMA + "distribution")))
    assert len(files) == 2
    for node in files:
        path = OUTPUT / str(told.value(node, DCTERMS.title))
        checksum = told.value(node, SPDX.checksum)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert number(told, node, DCAT.byteSize) == path.stat().st_size
        assert str(next(told.objects(checksum, SPDX.checksumValue)).toPython().hex()) == digest
        assert told.value(node, DCAT.downloadURL) == rdflib.URIRef(BASE + path.name)


def test_the_endpoint_is_told_to_readers_of_both_vocabularies(told: rdflib.Graph) -> None:
    (service,) = told.subjects(DCAT.servesDataset, DATASET)
    assert told.value(service, DCAT.endpointURL) == rdflib.URIRef(ENDPOINT)
    assert told.value(DATASET, VOID.sparqlEndpoint) == rdflib.URIRef(ENDPOINT)


def test_terms_exist_and_no_node_is_blank(told: rdflib.Graph) -> None:
    used = {*told.predicates(), *told.objects(None, RDF.type)}
    for space in (DCAT, DCTERMS, FOAF, VOID, RDF):  # closed lists: an unknown name is no member
        assert [t for t in used if str(t).startswith(str(space)) and t not in space] == []
    assert not any(isinstance(term, rdflib.BNode) for triple in told for term in triple)
    assert all(str(subject).startswith(str(DATASET)) for subject in told.subjects())


def test_the_order_in_which_a_graph_was_loaded_makes_no_difference(store: ox.Store) -> None:
    other = ox.Store()
    other.extend(reversed(list(store)))
    assert describe_graph(other, base=BASE) == describe_graph(store, base=BASE)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_full_description_fits_its_shapes(told: rdflib.Graph, engine: str) -> None:
    report = validate_graph(quads_of(told), engine=engine, profiles=["dataset", "hygiene"])
    assert report.results == ()


def quads_of(graph: rdflib.Graph) -> list[ox.Quad]:
    text = graph.serialize(format="nt")
    return list(ox.parse(input=text, format=ox.RdfFormat.N_TRIPLES))


FILE = f"<{BASE}dataset/graph.ttl>"
SUM = f"<{BASE}dataset/graph.ttl/checksum>"
PART = f"<{BASE}dataset/class/schema-Event>"
USE = f"<{BASE}dataset/property/schema-name>"
LINKS = f"<{BASE}dataset/links/wikidata/schema-sameAs>"
NODE = f"<{DATASET}>"
BREAKS = {
    "DatasetTitle": f"{NODE} dcterms:title",
    "DatasetName": f"{NODE} schema:name",
    "DatasetDescription": f"{NODE} schema:description",
    "DatasetLicence": f"{NODE} dcterms:license",
    "DatasetTriples": f"{NODE} void:triples",
    "DatasetEntities": f"{NODE} void:entities",
    "DistributionUrl": f"{FILE} dcat:downloadURL",
    "DistributionMedia": f"{FILE} dcat:mediaType",
    "DistributionSize": f"{FILE} dcat:byteSize",
    "DistributionChecksum": f"{FILE} spdx:checksum",
    "ChecksumKind": f"{SUM} spdx:algorithm",
    "ChecksumValue": f"{SUM} spdx:checksumValue",
    "ClassPartitionNumber": f"{PART} void:entities",
    "PropertyPartitionNumber": f"{USE} void:triples",
    "LinksetTargets": f"{LINKS} void:target",
    "LinksetFrom": f"{LINKS} void:subjectsTarget",
    "LinksetTo": f"{LINKS} void:objectsTarget",
    "LinksetPredicate": f"{LINKS} void:linkPredicate",
    "LinksetNumber": f"{LINKS} void:triples",
    "ServiceUrl": f"<{BASE}dataset/sparql> dcat:endpointURL",
    "ServiceDataset": f"<{BASE}dataset/sparql> dcat:servesDataset",
}
WRONG = {
    "DatasetLicenceKind": (f"{NODE} dcterms:license", '"CC BY"'),
    "DatasetDescription": (f"{NODE} schema:description", '"Short."@en'),
    "DatasetEntities": (f"{NODE} void:entities", "99999999"),
    "DatasetDistributed": (f"{NODE} dcat:distribution", f"<{BASE}elsewhere>"),
    "DatasetEndpoint": (f"{NODE} void:sparqlEndpoint", f'"{ENDPOINT}"'),
    "DistributionContent": (f"{FILE} schema:contentUrl", f"<{BASE}other.ttl>"),
    "DistributionMedia": (f"{FILE} dcat:mediaType", '"text/turtle"'),
    "DistributionSize": (f"{FILE} dcat:byteSize", "12"),
    "ChecksumValue": (f"{SUM} spdx:checksumValue", '"abc"'),
    "ClassPartitionClass": (f"{PART} void:class", '"Event"'),
    "PropertyPartitionProperty": (f"{USE} void:property", '"name"'),
}
HEAD = "PREFIX spdx: <http://spdx.org/rdf/terms#> "


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("shape", "place", "value"),
    [
        *((shape, place, "") for shape, place in BREAKS.items()),
        *((shape, place, value) for shape, (place, value) in WRONG.items()),
    ],
)
def test_a_damaged_description_is_found(
    told: rdflib.Graph, shape: str, place: str, value: str, engine: str
) -> None:
    damaged = rdflib.Graph() + told
    for prefix, space in PREFIXES.items():
        damaged.bind(prefix, space)
    before = len(damaged)
    damaged.update(f"{HEAD} DELETE WHERE {{ {place} ?o }}")
    assert len(damaged) < before
    if value:
        damaged.update(f"{HEAD} INSERT DATA {{ {place} {value} }}")
    report = validate_graph(quads_of(damaged), engine=engine, profiles=["dataset"])
    assert shape in {result.shape.partition("#")[2] for result in report.results}


PREFIXES = {"dcterms": DCTERMS, "schema": SCHEMA, "void": VOID, "dcat": DCAT}


@pytest.mark.parametrize(
    "licence", ["CC-BY-4.0", "", "https://a b.example/", "javascript:alert(1)"]
)
def test_a_licence_that_is_no_iri_is_refused(licence: str) -> None:
    with pytest.raises(InputError, match="licence") as caught:
        Publication(licence=licence)
    assert "\n" not in str(caught.value)


def test_what_the_graph_says_of_itself_is_kept(store: ox.Store) -> None:
    held, node = ox.Store(), ox.NamedNode(BASE + "dataset")
    for name, value in (
        ("title", ox.Literal("Strikes", language="en")),
        ("license", ox.NamedNode(LICENCE)),
    ):
        held.add(ox.Quad(node, ox.NamedNode("http://purl.org/dc/terms/" + name), value))
    told = parsed(describe_graph(held, base=BASE))
    assert told.value(DATASET, DCTERMS.title) == rdflib.Literal("Strikes", lang="en")
    assert told.value(DATASET, DCTERMS.license) == rdflib.URIRef(LICENCE)
    assert len(store) > 0


def test_an_empty_store_has_nothing_in_it() -> None:
    told = parsed(describe_graph(ox.Store(), base=BASE))
    assert number(told, DATASET, VOID.triples) == 0
    assert list(told.objects(DATASET, VOID.classPartition)) == []


@pytest.mark.parametrize("base", ["", "kg/", "https://example.org/kg"])
def test_a_base_under_which_nothing_can_be_named_is_refused(base: str) -> None:
    with pytest.raises(InputError, match="base"):
        describe_graph(ox.Store(), base=base)


def test_a_dump_with_a_space_in_its_name_has_an_iri(tmp_path: Path) -> None:
    path = tmp_path / "my graph.nt"
    path.write_bytes(b"")
    dump = measure_dump(path, BASE)
    assert dump == Dump(
        name="my graph.nt",
        url=BASE + "my%20graph.nt",
        media_type="application/n-triples",
        rdf_format="N-Triples",
        size=0,
        sha256=hashlib.sha256(b"").hexdigest(),
    )
    assert describe_graph(ox.Store(), base=BASE, dumps=(dump,))


@pytest.mark.parametrize("name", ["missing.ttl", "notes.txt"])
def test_a_dump_that_cannot_be_described_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=name):
        measure_dump(tmp_path / name, BASE)


def test_the_file_is_the_same_bytes_each_time_and_parses(tmp_path: Path, store: ox.Store) -> None:
    for name in ("graph.ttl", "graph.trig", "articles.jsonl"):
        (tmp_path / name).write_bytes((OUTPUT / name).read_bytes())
    terms = Publication(licence=LICENCE, downloads="https://files.example/kg")
    written = write_description(list(store), tmp_path, BASE, terms).read_bytes()
    again = write_description(list(store)[::-1], tmp_path, BASE, terms).read_bytes()
    assert written == again
    told = rdflib.Graph().parse(tmp_path / DESCRIPTION)
    urls = {str(url) for url in told.objects(None, DCAT.downloadURL)}
    assert "https://files.example/kg/articles.jsonl" in urls
    assert (None, VOID.property, RDF.type) in told


def test_the_committed_description_is_of_the_committed_graph() -> None:
    told = rdflib.Graph().parse(OUTPUT / DESCRIPTION)
    articles = json.loads((OUTPUT / "manifest.json").read_bytes())["counts"]["articles"]
    assert number(told, DATASET, VOID.documents) == articles
    for node in told.objects(DATASET, DCAT.distribution):
        path = OUTPUT / str(told.value(node, DCTERMS.title))
        assert number(told, node, DCAT.byteSize) == path.stat().st_size
