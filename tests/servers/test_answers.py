"""The seeds' graph in other stores: every graph counted, every saved query answered alike."""

import csv
import io

import pytest

from kg.pipeline.loading import LoadOptions, load_graphs
from kg.store import RemoteStore, list_queries
from tests.golden.test_queries import BASES, EXPECTED, store_under

NAMES = [saved.name for saved in list_queries()]
JOINED = {"agents", "targets", "sources"}
"""Columns of GROUP_CONCAT: SPARQL leaves the order of what is joined to the engine."""


@pytest.fixture(scope="session")
def seeds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seeds")
    return store_under(BASES[0], folder), folder


@pytest.fixture(scope="session")
def loaded(server, credentials, seeds, tmp_path_factory):
    state = tmp_path_factory.mktemp("state") / "state.jsonl"
    report = load_graphs(
        seeds[1],
        server.url,
        LoadOptions(state=state),
        credentials=credentials,
    )
    assert report.differences == ()
    return RemoteStore(server.url, credentials=credentials)


def rows_of(text):
    """The rows as a sorted list: ORDER BY compares words by rules of each engine's own."""
    columns, *rows = csv.reader(io.StringIO(text))
    return columns, sorted(
        tuple(
            ", ".join(sorted(cell.split(", "))) if name in JOINED else cell
            for name, cell in zip(columns, row, strict=True)
        )
        for row in rows
    )


def test_every_graph_holds_as_many_triples(loaded, seeds):
    counts = dict(
        seeds[0].query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    )
    assert len(counts) > 8
    assert {g: str(loaded.door.count_graph(g)) for g in counts} == counts


@pytest.mark.parametrize("name", NAMES)
def test_a_saved_query_has_the_same_answer(name, loaded, seeds):
    found = rows_of(loaded.query(name).serialize("csv"))
    assert found == rows_of((EXPECTED / f"{name}.csv").read_text("utf-8"))
    assert found == rows_of(seeds[0].query(name).serialize("csv"))


def test_parameters_of_saved_queries_reach_the_server(loaded, seeds):
    values = {"speaker": "Tsikhan"}
    found = list(loaded.query("claims-by-speaker", values))
    assert found
    assert sorted(found) == sorted(seeds[0].query("claims-by-speaker", values))


def test_triples_and_truth_come_back(loaded, seeds):
    sparql = "CONSTRUCT { ?c cito:disputes ?d } WHERE { ?c cito:disputes ?d }"
    assert sorted(loaded.query(sparql)) == sorted(seeds[0].query(sparql))
    assert list(loaded.query("ASK { ?c a schema:Claim }")) == [("true",)]
    assert list(loaded.query("ASK { ?c a schema:Whale }")) == [("false",)]
