"""Every schema.org term that kg writes is in release 30.0, on subjects and objects it allows.

The release is third-party data and no part of the project; without it the tests are skipped.
Source: https://schema.org/docs/datamodel.html (domainIncludes, rangeIncludes).
"""

import os
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from pyoxigraph import Literal, NamedNode, parse

from kg.authority import Authority, Entry, Office
from kg.map import (
    LinkedNode,
    count_articles,
    linked_nodes,
    map_article,
    map_authority,
    map_dataset,
    map_links,
)
from kg.vocabulary import PREFIXES, SCHEMA, TERMS
from tests.property.strategies import articles

ROOT = Path(__file__).parents[2]
CORPORA = Path(os.environ.get("KG_CORPORA", ROOT.parent / "shared" / "corpora"))
RELEASE = CORPORA / "schemaorg" / "schemaorg-current-https.ttl"
pytestmark = pytest.mark.skipif(not RELEASE.is_file(), reason="no schema.org release at hand")

SUBCLASS = PREFIXES["rdfs"] + "subClassOf"
DOMAIN, RANGE = SCHEMA + "domainIncludes", SCHEMA + "rangeIncludes"
TYPE = TERMS["rdf:type"]
TEXT = {SCHEMA + name for name in ("Text", "URL", "Date", "DateTime", "Number", "CssSelectorType")}
DATATYPES = {
    "string": {"Text"},
    "langString": {"Text"},
    "date": {"Date"},
    "dateTime": {"DateTime"},
    "gYear": {"Date"},
    "gYearMonth": {"Date"},
    "integer": {"Number"},
    "decimal": {"Number"},
}
ROLE = SCHEMA + "Role"
"""A Role stands between a subject and the object of the same property.
Source: https://schema.org/Role"""


class Release:
    """The vocabulary, with what `ontology/kg.ttl` adds to it."""

    def __init__(self):
        self.terms, self.above = set(), {}
        self.domain, self.range = {}, {}
        for path in (RELEASE, ROOT / "ontology" / "kg.ttl"):
            for triple in parse(path=path):
                self.take(path, triple)

    def take(self, path, triple):
        subject, predicate = triple.subject, triple.predicate.value
        if not isinstance(subject, NamedNode) or not isinstance(triple.object, NamedNode):
            return
        if path == RELEASE and predicate == TYPE:
            self.terms.add(subject.value)
        tables = {SUBCLASS: self.above, DOMAIN: self.domain, RANGE: self.range}
        if predicate in tables:
            tables[predicate].setdefault(subject.value, set()).add(triple.object.value)

    def classes(self, kinds):
        """The classes and all above them."""
        found, waiting = set(), list(kinds)
        while waiting:
            kind = waiting.pop()
            if kind not in found:
                found.add(kind)
                waiting.extend(self.above.get(kind, ()))
        return found


@cache
def release():
    return Release()


def faults(quads):
    """What schema.org does not allow, in words."""
    kinds = {}
    for quad in quads:
        if quad.predicate.value == TYPE:
            kinds.setdefault(quad.subject, set()).add(quad.object.value)
    for path in (ROOT / "ontology").glob("*.ttl"):
        for triple in parse(path=path):
            if triple.predicate.value == TYPE:
                kinds.setdefault(triple.subject, set()).add(triple.object.value)
    kinds = {node: release().classes(found) for node, found in kinds.items()}
    return sorted({fault for quad in quads for fault in quad_faults(quad, kinds)})


def quad_faults(quad, kinds):
    predicate = quad.predicate.value
    used = [t.value for t in (quad.predicate, quad.object) if isinstance(t, NamedNode)]
    yield from (f"no such term: {iri}" for iri in used if unknown(iri))
    if not predicate.startswith(SCHEMA):
        return
    subject_kinds = kinds.get(quad.subject, set())
    if not (release().domain[predicate] | {ROLE}) & subject_kinds:
        yield f"{predicate} on {sorted(subject_kinds)}"
    allowed = release().range[predicate]
    if isinstance(quad.object, Literal):
        name = quad.object.datatype.value.rpartition("#")[2]
        found = {SCHEMA + kind for kind in DATATYPES[name]}
        if not found & allowed and not (found == {SCHEMA + "Text"} and allowed & TEXT):
            yield f"{predicate} to {name}"
    elif SCHEMA + "URL" not in allowed:
        object_kinds = kinds.get(quad.object, set())
        if not (allowed | {ROLE}) & object_kinds and SCHEMA + "Thing" not in allowed:
            yield f"{predicate} to {sorted(object_kinds)}"


def unknown(iri):
    return iri.startswith(SCHEMA) and iri != SCHEMA and iri not in release().terms


def test_every_term_of_the_vocabulary_exists():
    assert [iri for iri in TERMS.values() if unknown(iri)] == []


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(articles())
def test_articles_stay_within_domain_and_range(article):
    quads = [*map_article(article), *map_authority(linked_nodes(article), Authority(()))]
    quads += [*map_links([article]), *map_dataset(count_articles([article]))]
    assert faults(quads) == []


def test_the_authority_graph_stays_within_domain_and_range():
    entries = [
        Entry(
            path="person/ines-moreau",
            name="Ines Moreau",
            type="Person",
            names=("I. Moreau",),
            qid="Q101",
            acts_for="org/port-authority",
            offices=(
                Office(title="director", body="org/port-authority", start="2019"),
                Office(title="governor", body="place/north-coast"),
            ),
        ),
        Entry(
            path="org/port-authority",
            name="Port Authority",
            type="GovernmentOrganization",
            country="place/norland",
            acts_for="place/norland",
        ),
        Entry(
            path="place/norland",
            name="Norland",
            type="Country",
            demonyms=("Norlandic",),
            capital="place/port-alba",
        ),
        Entry(path="place/north-coast", name="North Coast", type="Region"),
        Entry(
            path="place/port-alba",
            name="Port Alba",
            type="City",
            country="place/norland",
            latitude=60.5,
            longitude=-20.0,
        ),
    ]
    used = [
        LinkedNode(path="person/ines-moreau", reading="actor", kind="Person", name="Ines Moreau"),
        LinkedNode(path="place/port-alba", reading="place", kind="City", name="Port Alba"),
    ]
    quads = map_authority(used, Authority(entries))
    described = {q.subject.value.removeprefix("https://example.org/kg/") for q in quads}
    assert {entry.path for entry in entries} <= described
    assert faults(quads) == []


def test_a_fault_is_found():
    article = NamedNode("https://example.org/kg/article/1")
    from pyoxigraph import Quad

    kind = Quad(article, NamedNode(TYPE), NamedNode(SCHEMA + "NewsArticle"))
    wrong = Quad(article, NamedNode(SCHEMA + "agent"), article)
    invented = Quad(article, NamedNode(SCHEMA + "about"), NamedNode(SCHEMA + "Newsboy"))
    assert len(faults([kind, wrong])) == 2
    assert faults([kind, invented]) == [f"no such term: {SCHEMA}Newsboy"]
