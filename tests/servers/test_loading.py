"""`kg load` into two real servers: every way, every kind of triple, and what goes wrong."""

import gzip

import pyoxigraph as ox
import pytest

from kg.errors import FetchError, InputError, StoreError
from kg.fetch import Credentials, Session
from kg.pipeline.loading import Difference, LoadOptions, load_graphs
from kg.store import RemoteStore
from kg.store.remote import GraphStore, find_endpoints
from tests.servers.running import has_virtuoso, running_virtuoso

BASE = "http://load.example/"
MIXED = """
@prefix x: <http://load.example/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
x:one { x:a x:p "plain", "wörd — 😀"@en, "two\\nlines \\"quoted\\" \\\\", 7, 2.5,
            "2020-08-09"^^xsd:date ;
            x:list ( "a" "b" ) ; x:knows [ x:name "nobody" ; x:knows [ x:name "none" ] ] . }
x:two { x:a x:p x:b . x:ü x:p x:ß . }
"""


@pytest.fixture
def load(server, credentials, tmp_path):
    """A function that loads a text; its state is kept between calls."""

    def call(text, name="graph.trig", **options):
        file = tmp_path / name
        pack = gzip.compress if name.endswith(".gz") else bytes
        file.write_bytes(pack(text.encode()))
        options.setdefault("state", tmp_path / "state.jsonl")
        return load_graphs(file, server.url, LoadOptions(**options), credentials=credentials)

    return call


@pytest.fixture
def graphs(server, credentials):
    session = Session(credentials=credentials, homes=(server.url,))
    store = GraphStore(find_endpoints(server.url, session, signed=credentials is not None), session)
    for name in ("one", "two", "three", "many", "others"):
        store.delete_graph(BASE + name)
    store.delete_graph("http://others.example/graph")
    return store


def same(found, text, name):
    expected = ox.Dataset(
        ox.Quad(*q.triple)
        for q in ox.parse(text, format=ox.RdfFormat.TRIG)
        if q.graph_name == ox.NamedNode(BASE + name)
    )
    found = ox.Dataset(ox.Quad(*t) for t in found)
    for side in (found, expected):
        side.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return found == expected


def many(count):
    lines = [f'<urn:s{i}> <urn:p{i % 7}> "value {i}" .' for i in range(count)]
    return f"<{BASE}many> {{ {' '.join(lines)} }}"


@pytest.mark.parametrize("via", ["gsp", "update"])
@pytest.mark.parametrize("name", ["graph.trig", "graph.trig.gz"])
def test_all_kinds_of_triples_arrive(via, name, load, graphs):
    report = load(MIXED, name, via=via)
    assert report.differences == ()
    assert report.sent == (BASE + "one", BASE + "two")
    assert same(graphs.get_graph(BASE + "one"), MIXED, "one")
    assert same(graphs.get_graph(BASE + "two"), MIXED, "two")


@pytest.mark.parametrize("via", ["gsp", "update"])
def test_a_graph_is_replaced_not_mixed(via, load, graphs):
    load(MIXED, via=via)
    text = f"<{BASE}one> {{ <urn:a> <urn:b> <urn:c> }}"
    assert load(text, via=via).differences == ()
    assert same(graphs.get_graph(BASE + "one"), text, "one")
    assert graphs.has_graph(BASE + "two")


@pytest.mark.parametrize("via", ["gsp", "update"])
def test_a_graph_that_is_added_to_keeps_what_it_had(via, load, graphs):
    load(f"<{BASE}one> {{ <urn:a> <urn:b> <urn:c> }}", via=via)
    assert load(f"<{BASE}one> {{ <urn:a> <urn:b> <urn:d> }}", via=via, add=True, state=None).sent
    assert len(graphs.get_graph(BASE + "one")) == 2


@pytest.mark.parametrize("via", ["gsp", "update"])
def test_a_large_graph_goes_in_parts(via, load, graphs):
    report = load(many(5000), via=via, most_bytes=20_000)
    assert report.differences == ()
    assert report.triples == 5000
    assert same(graphs.get_graph(BASE + "many"), many(5000), "many")


def test_what_has_not_changed_is_not_sent_again(load, graphs):
    assert len(load(MIXED).sent) == 2
    assert load(MIXED).sent == ()
    changed = MIXED.replace("x:a x:p x:b", "x:a x:p x:c")
    assert load(changed).sent == (BASE + "two",)
    assert same(graphs.get_graph(BASE + "two"), changed, "two")
    assert len(load(changed, send_all=True).sent) == 2


def test_a_graph_that_somebody_changed_is_sent_again(load, graphs):
    load(MIXED)
    graphs.add_to_graph(BASE + "two", b"<urn:x> <urn:y> <urn:z> .\n")
    assert load(MIXED).sent == (BASE + "two",)
    assert same(graphs.get_graph(BASE + "two"), MIXED, "two")


@pytest.mark.parametrize("server", ["virtuoso"], indirect=True)
def test_a_graph_that_does_not_arrive_whole_is_named(load, graphs):
    twice = f"<{BASE}one> {{ <urn:a> <urn:b> 1, 1.0 }}"  # one value, which Virtuoso keeps once
    expected = (Difference(graph=BASE + "one", expected=2, found=1),)
    assert load(twice).differences == expected
    assert load(twice).differences == expected  # and is not taken as loaded the next time


def test_graphs_that_the_source_lost_are_deleted_and_nobody_elses(load, graphs):
    graphs.put_graph("http://others.example/graph", b"<urn:a> <urn:b> <urn:c> .\n")
    load(MIXED)
    left = MIXED[: MIXED.index("x:two {")]
    report = load(left, delete_missing=True, base=BASE)
    assert report.deleted == (BASE + "two",)
    assert not graphs.has_graph(BASE + "two")
    assert graphs.has_graph(BASE + "one")
    assert graphs.has_graph("http://others.example/graph")


def test_a_source_of_another_base_deletes_nothing(load, graphs):
    load(MIXED)
    with pytest.raises(InputError, match="would delete all"):
        load("<urn:g> { <urn:a> <urn:b> <urn:c> }", delete_missing=True, base=BASE)
    assert graphs.has_graph(BASE + "one")


def test_triples_without_a_graph_get_the_name_that_is_asked_for(load, graphs):
    load("<urn:a> <urn:b> <urn:c> .", "flat.ttl", graph=BASE + "three")
    assert len(graphs.get_graph(BASE + "three")) == 1


def test_a_part_that_is_too_small_for_its_blank_nodes_is_refused(load, graphs):
    list_of_many = " ".join(f'"{i}"' for i in range(200))
    with pytest.raises(InputError, match="--max-body"):
        load(f"<{BASE}one> {{ <urn:a> <urn:b> ({list_of_many}) }}", most_bytes=1000)


@pytest.mark.parametrize("server", ["virtuoso"], indirect=True)
def test_a_wrong_password_is_one_line(server, tmp_path):
    wrong = Credentials(user=server.user, password="not-this-one")
    file = tmp_path / "graph.trig"
    for text in (MIXED, many(5000)):
        file.write_text(text, "utf-8")
        with pytest.raises(FetchError, match="401") as error:
            load_graphs(file, server.url, LoadOptions(state=tmp_path / "state"), credentials=wrong)
        assert "not-this-one" not in str(error.value)
        assert "\n" not in str(error.value)


@pytest.mark.parametrize("server", ["virtuoso"], indirect=True)
def test_who_does_not_say_who_he_is_changes_nothing(server, tmp_path):
    (tmp_path / "graph.trig").write_text(MIXED, "utf-8")
    with pytest.raises(FetchError, match="403"):
        load_graphs(tmp_path / "graph.trig", server.url, LoadOptions(state=tmp_path / "state"))


@pytest.mark.skipif(not has_virtuoso(), reason="no virtuoso-t")
def test_an_answer_that_virtuoso_cuts_is_an_error(tmp_path):
    (tmp_path / "graph.trig").write_text(many(120), "utf-8")
    with running_virtuoso(rows=50) as server:
        credentials = Credentials(user=server.user, password=server.password)
        report = load_graphs(
            tmp_path / "graph.trig",
            server.url,
            LoadOptions(state=tmp_path / "state"),
            credentials=credentials,
        )
        assert report.differences == ()
        store = RemoteStore(server.url, credentials=credentials)
        pattern = f"WHERE {{ GRAPH <{BASE}many> {{ ?s ?p ?o }} }}"
        assert len(list(store.query(f"SELECT ?s {pattern} LIMIT 20"))) == 20
        with pytest.raises(StoreError, match="cut the answer at 50 rows"):
            store.query(f"SELECT ?s {pattern}")
        with pytest.raises(StoreError, match="limit of 50 rows"):
            store.query(f"CONSTRUCT {{ ?s ?p ?o }} {pattern}")
