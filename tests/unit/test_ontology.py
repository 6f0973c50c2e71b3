"""The ontology files: generated ones are up to date, hand-written ones cover every term."""

import importlib.util
import json
import re
from pathlib import Path

import jsonschema
import pytest
from pyoxigraph import NamedNode, parse

from kg.records import dump_record
from kg.vocabulary import KG, PREFIXES, TERMS
from tests.unit.articles import CHERRY

ROOT = Path(__file__).parents[2]
ONTOLOGY = ROOT / "ontology"


def tool(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FILES = tool("make_ontology").build_files()


def described(name):
    found = {}
    for triple in parse(path=ONTOLOGY / name):
        found.setdefault(triple.subject.value, set()).add(triple.predicate.value)
    return found


@pytest.mark.parametrize("name", sorted(FILES))
def test_generated_files_are_up_to_date(name):
    assert (ONTOLOGY / name).read_text("utf-8") == FILES[name]


def test_every_own_term_is_described():
    terms = described("kg.ttl")
    needed = {
        PREFIXES["rdfs"] + "label",
        PREFIXES["rdfs"] + "comment",
        PREFIXES["skos"] + "example",
    }
    for curie, iri in TERMS.items():
        if iri.startswith(KG):
            assert needed <= terms.get(iri, set()), curie


def test_no_term_is_described_that_nothing_writes():
    schemes = {KG + "Factuality", KG + "Bound"}
    own = {iri for iri in described("kg.ttl") if iri.startswith(KG)}
    assert own - set(TERMS.values()) == schemes


def test_examples_in_the_ontology_are_turtle():
    head = "".join(f"@prefix {p}: <{iri}> . " for p, iri in PREFIXES.items())
    example = NamedNode(PREFIXES["skos"] + "example")
    for triple in parse(path=ONTOLOGY / "kg.ttl"):
        if triple.predicate == example:
            text = head + triple.object.value
            found = list(parse(text, format=_turtle(), base_iri="https://example.org/kg/article/1"))
            used = {t.predicate.value for t in found} | {t.object.value for t in found}
            assert triple.subject.value in used, triple.subject


def test_versions_are_iris():
    for path in ONTOLOGY.glob("*.ttl"):
        versions = re.findall(r"owl:versionIRI <([^>]+)>", path.read_text("utf-8"))
        assert len(versions) == 1, path.name


def test_every_event_type_of_the_lexicon_is_a_concept():
    import tomllib

    with (ROOT / "kg/extract/lexicon/event_types.toml").open("rb") as stream:
        codes = tomllib.load(stream)
    concepts = described("event-types.ttl")
    for code in codes:
        assert PREFIXES["kget"] + code.lower().replace("_", "-") in concepts


def _turtle():
    from pyoxigraph import RdfFormat

    return RdfFormat.TURTLE


def test_the_context_gives_terms_and_datatypes():
    from pyoxigraph import RdfFormat

    document = json.loads(FILES["context.jsonld"])
    document |= {"id": "https://example.org/kg/article/1", "type": "schema:NewsArticle"}
    document |= {"datePublished": "2024-05-03", "about": "https://example.org/kg/place/norland"}
    triples = list(parse(json.dumps(document), format=RdfFormat.JSON_LD))
    values = {triple.predicate.value: triple.object for triple in triples}
    assert values[TERMS["schema:datePublished"]].datatype.value == TERMS["xsd:date"]
    assert isinstance(values[TERMS["schema:about"]], NamedNode)
    assert values[TERMS["rdf:type"]].value == TERMS["schema:NewsArticle"]


def test_records_fit_the_schema_and_broken_ones_do_not():
    validator = jsonschema.Draft202012Validator(json.loads(FILES["article-record.schema.json"]))
    record = json.loads(dump_record(CHERRY))
    validator.validate(record)
    assert [error.json_path for error in validator.iter_errors(record | {"zones": [{}]})]
    assert not validator.is_valid({key: value for key, value in record.items() if key != "id"})
