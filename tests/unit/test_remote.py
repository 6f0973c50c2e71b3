"""Other stores: where they are, what they are asked, and what they may not get away with."""

import csv
import io
import json
from urllib.parse import parse_qsl

import pyoxigraph as ox
import pytest

from kg.errors import FetchError, InputError, QueryError, StoreError
from kg.fetch import Limits, Session
from kg.store import RemoteStore, open_store
from kg.store.remote import GraphStore, find_endpoints
from kg.store.remote.bodies import fingerprint, split_graph
from kg.store.remote.prefixes import declare_prefixes, gives_triples
from tests.unit.misbehaving import answer, misbehaving

JSON = "application/sparql-results+json"
RESULT = json.dumps(
    {
        "head": {"vars": ["a", "b", "c"]},
        "results": {
            "bindings": [
                {
                    "a": {"type": "uri", "value": "urn:x"},
                    "b": {"type": "literal", "value": "é, “ü”", "xml:lang": "en"},
                },
                {
                    "b": {
                        "type": "typed-literal",
                        "datatype": "http://www.w3.org/2001/XMLSchema#integer",
                        "value": "7",
                    },
                    "c": {"type": "bnode", "value": "nodeID://b10000"},
                },
            ]
        },
    }
).encode()
QUICK = Limits(read_seconds=2, total_seconds=4, tries=1, response_bytes=100_000)


def result(body=RESULT, content_type=JSON, status=200, **headers):
    return answer(status, body, Content_Type=content_type, **headers)


def store_at(server, kind="virtuoso", **fields):
    return RemoteStore(server.url, limits=QUICK, server=kind, **fields)


def form_of(asked):
    return parse_qsl(asked.body.decode(), keep_blank_values=True)


# Answers.


def test_rows_are_plain_strings_and_write_themselves():
    with misbehaving(lambda *_: result()) as server:
        rows = store_at(server).query("SELECT * { ?a ?b ?c }")
        assert rows.columns == ("a", "b", "c")
        first, second = rows
        assert first == ("urn:x", "é, “ü”", None)
        assert second == (None, "7", "b10000")
        assert rows.to_dicts()[0] == {"a": "urn:x", "b": "é, “ü”", "c": None}
        assert list(csv.reader(io.StringIO(rows.serialize("csv"))))[1] == ["urn:x", "é, “ü”", ""]
        assert json.loads(rows.serialize("json"))["head"] == {"vars": ["a", "b", "c"]}
        assert "<sparql" in rows.serialize("xml")
        assert len(server.asked) == 1  # going through the rows asks nothing again


@pytest.mark.parametrize("length", [1, 20, 120, len(RESULT) - 1])
def test_an_answer_that_is_cut_off_is_an_error(length):
    with (
        misbehaving(lambda *_: result(RESULT[:length])) as server,
        pytest.raises(FetchError, match="broken or cut off"),
    ):
        store_at(server).query("SELECT * { ?a ?b ?c }")


@pytest.mark.parametrize("content_type", ["text/html", "application/pdf", ""])
@pytest.mark.parametrize("query", ["SELECT * { ?a ?b ?c }", "CONSTRUCT WHERE { ?a ?b ?c }"])
def test_an_answer_that_is_something_else_is_an_error(content_type, query):
    with (
        misbehaving(lambda *_: result(b"<html>Welcome!", content_type)) as server,
        pytest.raises(FetchError, match="answered with"),
    ):
        store_at(server).query(query)


def test_an_answer_without_end_is_an_error():
    body = b'{"head":{"vars":["a"]},"results":{"bindings":[' + b" " * 200_000
    with (
        misbehaving(lambda *_: result(body)) as server,
        pytest.raises(FetchError, match="larger than 100,000 bytes"),
    ):
        store_at(server).query("SELECT * { ?a ?b ?c }")


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (result(X_SPARQL_MaxRows="10000"), "cut the answer at 10000 rows"),
        (result(status=206), "answered in part"),
        (result(X_SQL_State="S1TAT"), "answered in part"),
    ],
)
def test_a_part_is_not_taken_for_the_whole(reply, message):
    with misbehaving(lambda *_: reply) as server, pytest.raises(StoreError, match=message):
        store_at(server).query("SELECT * { ?a ?b ?c }")


@pytest.mark.parametrize(
    ("reply", "error", "message"),
    [
        (result(b"syntax error at 'x'", "text/plain", 400), QueryError, "syntax error at 'x'"),
        (result(b"SP030: SPARQL compiler", "text/plain", 500), QueryError, "SP030"),
        (result(b"", "text/plain", 401), FetchError, "KG_STORE_USER"),
        (result(b"", "text/plain", 403), FetchError, "403"),
        (result(b"", "text/plain", 413), FetchError, "--max-body"),
        (result(b"<html><h1>Gone\n\x1b[31mfishing</h1>", "text/html", 500), FetchError, "Gone"),
    ],
)
def test_a_refusal_is_one_line_that_says_why(reply, error, message):
    with misbehaving(lambda *_: reply) as server, pytest.raises(error, match=message) as found:
        store_at(server).query("SELECT * { ?a ?b ?c }")
    assert str(found.value).isprintable()


def test_a_url_is_a_store_too():
    def reply(asked, *_):
        if asked.method == "GET":
            return answer(200, Server="Oxigraph/0.5")
        return result()

    with misbehaving(reply) as server:
        assert len(list(open_store(server.url).query("disputed"))) == 2


# The union of all graphs.


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("oxigraph", [("union-default-graph", "true")]),
        ("fuseki", [("default-graph-uri", "urn:x-arq:UnionGraph")]),
        ("virtuoso", []),
        ("rdf4j", []),
        ("graphdb", []),
    ],
)
def test_each_server_is_asked_for_the_union_in_its_own_way(kind, expected):
    with misbehaving(lambda *_: result()) as server:
        store_at(server, kind).query("SELECT * { ?a ?b ?c }")
        assert form_of(server.asked[-1])[1:] == expected
        store_at(server, kind, union=False).query("SELECT * { ?a ?b ?c }")
        assert form_of(server.asked[-1])[1:] == []


def test_a_server_that_says_to_have_the_union_is_believed():
    described = b"[] <http://www.w3.org/ns/sparql-service-description#feature> " + (
        b"<http://www.w3.org/ns/sparql-service-description#UnionDefaultGraph> ."
    )

    def reply(asked, *_):
        return result(described, "text/turtle") if asked.method == "GET" else result()

    with misbehaving(reply) as server:
        store_at(server, "standard").query("SELECT * { ?a ?b ?c }")
        assert form_of(server.asked[-1])[1:] == []


def test_a_server_of_which_nothing_is_known_is_told_all_graphs():
    graphs = {"head": {"vars": ["g"]}, "results": {"bindings": []}}
    graphs["results"]["bindings"] = [
        {"g": {"type": "uri", "value": f"urn:{name}"}} for name in "ba"
    ]

    def reply(asked, *_):
        listing = b"DISTINCT" in asked.body
        return result(json.dumps(graphs).encode()) if listing else result()

    with misbehaving(reply) as server:
        store_at(server, "standard").query("SELECT * { ?a ?b ?c }")
        names = ("default-graph-uri", "named-graph-uri")
        assert form_of(server.asked[-1])[1:] == [
            (name, graph) for name in names for graph in ("urn:a", "urn:b")
        ]


# SPARQL.


@pytest.mark.parametrize(
    ("sparql", "declared"),
    [
        ("SELECT * { ?c a schema:Claim }", ["schema"]),
        ("PREFIX schema: <urn:other> SELECT * { ?c a schema:Claim ; kg:cue ?x }", ["kg"]),
        ("SELECT * { ?c a <schema:Claim> . ?kg:x ?y 'prov:x' } # owl:x", []),
        ('SELECT * { ?c ?p "a \\" kg:x", """ "kg:x" """ }', []),
        ("SELECT * { ?c a foreign:x }", []),
        ("SELECT * { _:kg ?p ?o . ?s a kg:x-schema:y }", ["kg"]),
    ],
)
def test_only_prefixes_that_are_missing_are_declared(sparql, declared):
    found = declare_prefixes(sparql)
    added = found.removesuffix(sparql)
    assert [word[:-1] for word in added.split() if word.endswith(":")] == declared
    assert "\n" not in added


@pytest.mark.parametrize(
    ("sparql", "triples"),
    [
        ("SELECT ?construct { }", False),
        ("BASE <urn:construct> ASK { }", False),
        ("PREFIX construct: <urn:x> SELECT * { }", False),
        ("describe <urn:x>", True),
        ("# ask\nCONSTRUCT { } WHERE { SELECT * { } }", True),
    ],
)
def test_the_form_of_a_query(sparql, triples):
    assert gives_triples(sparql) is triples


# Addresses.


@pytest.mark.parametrize(
    ("kind", "url", "graph", "query", "update"),
    [
        ("oxigraph", "http://h:1", "/store?graph=urn%3Ag", "/query", "/update"),
        ("oxigraph", "http://h:1/store", "/store?graph=urn%3Ag", "/query", "/update"),
        ("oxigraph", "http://h:1/query", "/store?graph=urn%3Ag", "/query", "/update"),
        (
            "virtuoso",
            "http://h:1/sparql",
            "/sparql-graph-crud-auth?graph-uri=urn%3Ag",
            "/sparql-auth",
            "/sparql-auth",
        ),
        ("fuseki", "http://h:1/ds/data", "/ds/data?graph=urn%3Ag", "/ds/query", "/ds/update"),
        (
            "rdf4j",
            "http://h:1/rdf4j-server/repositories/x",
            "/rdf4j-server/repositories/x/rdf-graphs/service?graph=urn%3Ag",
            "/rdf4j-server/repositories/x",
            "/rdf4j-server/repositories/x/statements",
        ),
        (
            "graphdb",
            "http://h:1/repositories/x/statements",
            "/repositories/x/rdf-graphs/service?graph=urn%3Ag",
            "/repositories/x",
            "/repositories/x/statements",
        ),
        ("standard", "http://h:1/gsp", "/gsp?graph=urn%3Ag", "/gsp", "/gsp"),
    ],
)
def test_addresses_of_each_server(kind, url, graph, query, update):
    found = find_endpoints(url, Session(), server=kind, signed=True)
    assert found.of_graph("urn:g") == f"http://h:1{graph}"
    assert found.query == f"http://h:1{query}"
    assert found.update == f"http://h:1{update}"


def test_a_template_is_an_address():
    found = find_endpoints("http://h:1/x?context={graph}&v=1", Session())
    assert found.of_graph("urn:ü#x") == "http://h:1/x?context=urn%3A%C3%BC%23x&v=1"
    with pytest.raises(InputError, match="--graph"):
        found.of_graph(None)


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"Server": "Oxigraph/0.5.13"}, "oxigraph"),
        ({"Server": "Virtuoso/07.20.3229 (Linux)"}, "virtuoso"),
        ({"Fuseki_Request_Id": "1"}, "fuseki"),
        ({"Server": "nginx"}, "standard"),
    ],
)
def test_a_server_says_what_it_is(headers, kind):
    with misbehaving(lambda *_: answer(404, **headers)) as server:
        assert find_endpoints(server.url, Session()).kind == kind


# Graphs.


def test_a_graph_of_a_server_that_knows_no_head_is_asked_for_by_get():
    def reply(asked, *_):
        return (
            answer(501) if asked.method == "HEAD" else answer(200 if "yes" in asked.path else 404)
        )

    with misbehaving(reply) as server, Session(QUICK) as session:
        graphs = GraphStore(find_endpoints(server.url, session, server="virtuoso"), session)
        assert graphs.has_graph("urn:yes")
        assert not graphs.has_graph("urn:no")


def test_bodies_have_a_length():
    with misbehaving(lambda *_: answer(201)) as server, Session(QUICK) as session:
        graphs = GraphStore(find_endpoints(server.url, session, server="oxigraph"), session)
        assert graphs.put_graph("urn:g", b"")
        assert graphs.add_to_graph("urn:g", b"x" * 100_000)
        lengths = [asked.headers.get("content-length") for asked in server.asked]
        assert lengths == ["0", "100000"]
        assert all("transfer-encoding" not in asked.headers for asked in server.asked)


# Bodies.


def triples(turtle):
    return [q.triple for q in ox.parse(turtle, format=ox.RdfFormat.TURTLE)]


def test_parts_hold_everything_once_and_keep_blank_nodes_together():
    graph = triples(
        "<urn:a> <urn:b> (1 2 3 4 5), [ <urn:c> [ <urn:d> 1 ] ] ."
        + "".join(f"<urn:s{i}> <urn:p> {i} ." for i in range(100))
    )
    parts = list(split_graph(graph, most_bytes=2000))
    assert len(parts) > 3
    assert all(len(part.body) <= 2000 for part in parts)
    assert sum(part.triples for part in parts) == len(graph)
    homes = {}
    for number, part in enumerate(parts):
        read = list(ox.parse(part.body, format=ox.RdfFormat.N_TRIPLES))
        assert len(read) == part.triples
        nodes = {t.value for q in read for t in q.triple if isinstance(t, ox.BlankNode)}
        assert bool(nodes) is part.blank
        for node in nodes:
            assert homes.setdefault(node, number) == number


def test_an_empty_graph_is_one_empty_part():
    assert [(p.body, p.triples, p.blank) for p in split_graph([], most_bytes=9)] == [
        (b"", 0, False)
    ]


def test_parts_have_no_more_triples_than_asked_for():
    graph = triples("".join(f"<urn:s{i}> <urn:p> {i} ." for i in range(10)))
    assert [p.triples for p in split_graph(graph, most_bytes=9999, most_triples=4)] == [4, 4, 2]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("<urn:a> <urn:b> 1, 2 .", "<urn:a> <urn:b> 2, 1 .", True),
        ("<urn:a> <urn:b> 1 .", "<urn:a> <urn:b> 01 .", False),
        ("<urn:a> <urn:b> [ <urn:c> 1 ], [ <urn:c> 2 ] .",) * 2 + (True,),
        ("<urn:a> <urn:b> [ <urn:c> 1 ] .", "<urn:a> <urn:b> [ <urn:c> 2 ] .", False),
        ("<urn:a> <urn:b> (1 2 3) .", "<urn:a> <urn:b> (1 2 3) .", True),
        ("<urn:a> <urn:b> (1 2 3) .", "<urn:a> <urn:b> (3 2 1) .", False),
        (
            "<urn:a> <urn:b> _:x . _:x <urn:c> _:x .",
            "<urn:a> <urn:b> _:y . _:y <urn:c> _:y .",
            True,
        ),
        ("_:x <urn:c> _:x .", "_:x <urn:c> _:y .", False),
    ],
)
def test_fingerprints(one, other, alike):
    assert (fingerprint(triples(one)) == fingerprint(triples(other))) is alike


def test_blank_nodes_that_cannot_be_told_apart_have_no_fingerprint():
    assert fingerprint(triples("<urn:a> <urn:b> [ <urn:c> 1 ], [ <urn:c> 1 ] .")) is None
    ring = "_:a <urn:n> _:b . _:b <urn:n> _:c . _:c <urn:n> _:a ."
    assert fingerprint(triples(ring)) is None
