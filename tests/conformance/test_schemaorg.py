"""Every schema.org term that kg writes is in release 30.0, on subjects and objects it allows.

Source: https://schema.org/docs/datamodel.html (domainIncludes, rangeIncludes).
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from pyoxigraph import parse

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
from kg.validate.schemaorg import check_terms, load_release
from kg.vocabulary import SCHEMA, TERMS
from tests.conformance.good import good_quads
from tests.conformance.profiles import row_quads
from tests.property.strategies import articles
from tools import make_schemaorg

ROOT = Path(__file__).parents[2]
CORPORA = Path(os.environ.get("KG_CORPORA", ROOT.parent / "shared" / "corpora"))
RELEASE = CORPORA / "schemaorg" / "schemaorg-current-https.ttl"


def faults(quads):
    """What schema.org does not allow, in words."""
    return sorted({finding.message for finding in check_terms(quads)})


def test_every_term_of_the_vocabulary_exists():
    known = load_release().kinds
    names = [iri.removeprefix(SCHEMA) for iri in TERMS.values() if iri.startswith(SCHEMA)]
    assert names
    assert [name for name in names if name not in known] == []


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


def test_the_graph_that_is_shipped_stays_within_domain_and_range():
    assert faults(parse(path=ROOT / "output" / "graph.trig")) == []


def test_the_good_graphs_stay_within_domain_and_range():
    assert faults(good_quads()) == []
    assert faults(row_quads()) == []


def test_the_table_is_what_its_script_makes(tmp_path, monkeypatch):
    if not RELEASE.is_file():
        pytest.skip("no schema.org release at hand")
    monkeypatch.setattr(make_schemaorg, "TABLE", tmp_path / "table")
    make_schemaorg.main(RELEASE)
    shipped = ROOT / "kg" / "data" / "schemaorg.tsv.gz"
    assert (tmp_path / "table").read_bytes() == shipped.read_bytes()
