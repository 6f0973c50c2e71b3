"""What `kg serve` answers over HTTP besides the protocol: pages, linked data, saved queries."""

import csv
import gzip
import io
import json
import re
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from kg.store import open_store
from tests.conformance.served import TOKEN, make_store, start

ROOT = Path(__file__).parents[2]
BASE = "https://example.org/kg/"
ACTOR = "/person/alexander-lukashenko"
ARTICLE = "/article/33400259b6480eee"
ASK = "/sparql?query=" + quote("ASK { ?s a schema:Claim }")
ALL = "/sparql?query=" + quote("SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 500")
PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("serving")
    server = start(ROOT / "output", folder)
    yield server
    assert server.stop() == 0
    assert (folder / "faults.log").read_text() == ""


def quads(reply):
    form = ox.RdfFormat.from_media_type(reply.kind)
    return {(q.subject, q.predicate, q.object) for q in ox.parse(reply.body, format=form)}


def test_the_first_line_says_what_is_served_and_within_which_limits(server):
    assert f"http://127.0.0.1:{server.port}/" in server.line
    assert f"{len(open_store(ROOT / 'output')):,} triples, read-only" in server.line
    assert "10 s" in server.line


def test_head_is_get_without_a_body(server):
    for path in ("/", ASK, ACTOR, "/queries", "/health", "/queries/disputed"):
        got, head = server.ask(path), server.ask(path, method="HEAD")
        assert (head.status, head.body) == (got.status, b"")
        assert head.headers["content-type"] == got.headers["content-type"]
        assert head.headers["content-length"] == got.headers["content-length"]


def test_an_answer_that_the_client_has_is_not_sent_again(server):
    first = server.ask(ASK)
    again = server.ask(ASK, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert server.ask(ASK, If_None_Match='W/"x"').status == 200
    other = server.ask(ASK, accept="application/sparql-results+xml")
    assert other.headers["etag"] != first.headers["etag"]
    assert "Accept" in first.headers["vary"]


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "STRUUID()", "\\u004eOW()"])
def test_what_changes_by_itself_is_not_kept(server, call):
    reply = server.ask(f"/sparql?query={quote(f'SELECT ({call} AS ?x) {{}}')}")
    assert "etag" not in reply.headers


def test_an_update_changes_the_tag(tmp_path):
    server = start(make_store(tmp_path / "store"), tmp_path, token=TOKEN)
    try:
        query = "/sparql?query=" + quote("ASK { ?s ?p 1 }")
        first = server.ask(query)
        kind = "application/sparql-update"
        body = "INSERT DATA { <urn:a> <urn:b> 1 }"
        token = f"Bearer {TOKEN}"
        reply = server.ask("/update", method="POST", body=body, kind=kind, Authorization=token)
        assert (reply.status, reply.body) == (204, b"")
        second = server.ask(query, If_None_Match=first.headers["etag"])
        assert second.status == 200
        assert (first.text, second.text) == (
            '{"head":{},"boolean":false}',
            '{"head":{},"boolean":true}',
        )
    finally:
        assert server.stop() == 0


def test_long_answers_are_packed_where_the_client_takes_it(server):
    plain = server.ask(ALL)
    packed = server.ask(ALL, Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < len(plain.body) / 2
    assert gzip.decompress(packed.body) == plain.body
    assert "content-encoding" not in server.ask(ASK, Accept_Encoding="gzip").headers


def test_pages_of_others_may_read_and_not_update(server):
    reply = server.ask("/sparql", method="OPTIONS", Origin="https://a.test")
    assert reply.status == 204
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in reply.headers
    assert "authorization" not in reply.headers["access-control-allow-headers"].lower()
    assert server.ask(ASK).headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/turtle, text/tab-separated-values;q=0.1", "text/tab-separated-values"),
        (PAGE, "text/html"),
    ],
)
def test_rows_come_in_the_form_asked_for(server, accept, kind):
    assert server.ask(ALL, accept=accept).kind == kind
    short = {"application/sparql-results+xml": "xml", "text/csv": "csv", "text/html": "html"}
    if kind in short:
        assert server.ask(f"{ALL}&format={short[kind]}").kind == kind


@pytest.mark.parametrize(
    "kind",
    [
        "text/turtle",
        "application/n-triples",
        "application/ld+json",
        "application/trig",
        "application/n-quads",
        "application/rdf+xml",
    ],
)
def test_graphs_come_in_the_form_asked_for(server, kind):
    query = quote("CONSTRUCT { ?s schema:text ?o } WHERE { ?s schema:text ?o }")
    reply = server.ask(f"/sparql?query={query}", accept=kind)
    assert reply.kind == kind
    assert len(quads(reply)) == 126


def test_a_form_that_there_is_not_is_not_acceptable(server):
    assert server.ask(ASK, accept="image/png").status == 406
    assert server.ask(ASK, accept="text/turtle").status == 406
    assert server.ask(f"{ASK}&format=pdf").status == 400


def test_errors_are_one_line_or_a_problem_or_a_page(server):
    bad = "/sparql?query=ASK%20%7B"
    plain = server.ask(bad)
    assert (plain.status, plain.kind) == (400, "text/plain")
    assert plain.text.count("\n") == 1
    problem = server.ask(bad, accept="application/problem+json, */*;q=0.1")
    assert json.loads(problem.body)["status"] == 400
    assert server.ask(bad, accept=PAGE).kind == "text/html"


@pytest.mark.parametrize("suffix", ["ttl", "nt", "jsonld", "trig", "nq", "rdf"])
def test_an_iri_under_the_base_is_answered_about_by_suffix_and_by_header(server, suffix):
    for path in (ACTOR, ARTICLE):
        named = server.ask(f"{path}.{suffix}")
        asked = server.ask(path, accept=named.kind)
        assert named.status == asked.status == 200
        assert asked.headers["content-location"] == f"{path}.{suffix}"
        assert quads(named) == quads(asked)
        subjects = {str(s) for s, _, _ in quads(named)}
        assert f"<{BASE}{path[1:]}>" in subjects


def test_an_article_s_graph_is_whole(server):
    store = ox.Store()
    store.load(path=str(ROOT / "output/graph.trig"))
    name = ox.NamedNode(f"{BASE}graph{ARTICLE}")
    wanted = {
        (q.subject, q.predicate, q.object) for q in store.quads_for_pattern(*[None] * 3, name)
    }
    for path in (f"{ARTICLE}.nt", f"/graph{ARTICLE}.nt"):
        assert quads(server.ask(path)) == wanted


def test_an_actor_s_page_names_claims_as_claims_and_links_to_neighbours_here(server):
    text = server.ask(ACTOR, accept=PAGE).text
    assert "<h1>Alexander Lukashenko</h1>" in text
    assert text.count('class="claim"') >= 30
    links = re.findall(r'<a href="(/article/[^"#]+)', text)
    assert links
    assert server.ask(links[0], accept=PAGE).status == 200


def test_an_article_s_page_has_a_place_for_each_claim_it_is_linked_to(server):
    claims = set(re.findall(rf'href="{ARTICLE}#(claim-[^"]+)"', server.ask(f"{ACTOR}.html").text))
    text = server.ask(f"{ARTICLE}.html").text
    assert claims
    assert claims <= set(re.findall(r'id="(claim-[^"]+)"', text))
    assert "Belarusian authorities detained 33 Russian mercenaries" in text


def test_what_is_not_known_is_not_found(server):
    for path in ("/person/nobody", "/article/0000000000000000.ttl", "/nothing", "/graph/x"):
        assert server.ask(path).status == 404


def test_a_saved_query_has_an_address_for_each_form(server):
    wanted = list(open_store(ROOT / "output").query("claims-by-speaker", {"speaker": "Putin"}))
    reply = server.ask("/queries/claims-by-speaker.csv?speaker=Putin")
    rows = list(csv.reader(io.StringIO(reply.text)))[1:]
    assert [tuple(row) for row in rows] == [tuple(cell or "" for cell in row) for row in wanted]
    path = "/queries/claims-by-speaker"
    answer = server.ask(f"{path}?speaker=Putin", accept="application/json")
    assert len(json.loads(answer.body)["results"]["bindings"]) == len(wanted)
    assert server.ask(f"{path}?speaker=Putin&format=tsv").kind == "text/tab-separated-values"
    page = server.ask(f"{path}?speaker=Putin", accept=PAGE)
    assert "<table>" in page.text
    assert 'value="Putin"' in page.text


def test_every_saved_query_has_a_page_and_rows(server):
    listed = json.loads(server.ask("/queries").body)
    assert len(listed) >= 20
    for saved in listed:
        assert server.ask(saved["path"], accept=PAGE).status == 200
        assert server.ask(f"{saved['path']}.csv").status == 200


def test_mistakes_in_the_address_of_a_saved_query_are_told(server):
    near = server.ask("/queries/claim-by-speaker")
    assert near.status == 404
    assert "claims-by-speaker" in near.text
    wrong = server.ask("/queries/claims-by-speaker?who=Putin")
    assert wrong.status == 400
    assert "speaker" in wrong.text
    assert server.ask("/queries/claims-by-speaker?speaker=a&speaker=b").status == 400


def test_search_answers_as_a_page_and_as_json(server):
    hits = json.loads(server.ask("/search?q=border&kind=claim").body)
    assert hits
    assert {hit["kind"] for hit in hits} == {"claim"}
    page = server.ask("/search?q=border&kind=claim", accept=PAGE)
    assert page.text.count("<mark>border</mark>") >= len(hits)
    assert len(json.loads(server.ask("/search?q=border&limit=1").body)) == 1
    assert server.ask("/search?q=border&kind=nothing").status == 400
    assert server.ask("/search?q=border&limit=0").status == 400
    assert server.ask("/search").status == 400
    assert server.ask("/search", accept=PAGE).status == 200


def test_health_and_metrics(server):
    told = json.loads(server.ask("/health").body)
    assert (told["status"], told["generation"]) == ("ok", 0)
    reply = server.ask("/metrics")
    assert reply.headers["content-type"].startswith("text/plain; version=0.0.4")
    check_metrics(reply.text)
    assert "kg_workers " in reply.text


def check_metrics(text):
    """Hold a text to the grammar of the exposition format."""
    assert text.endswith("\n")
    kinds = {}
    for line in text.splitlines():
        if line.startswith("# HELP "):
            continue
        if line.startswith("# TYPE "):
            name, kind = line.split()[2:]
            assert kind in ("counter", "gauge", "histogram")
            assert name not in kinds
            kinds[name] = kind
            continue
        sample = re.fullmatch(r'([a-z_]+)(\{[a-z]+="[^"\\\n]*"\})? (-?[0-9.e+-]+)', line)
        assert sample, line
        family = re.sub(r"_(bucket|sum|count)$", "", sample[1])
        assert (kinds.get(sample[1]) or kinds.get(family)) is not None, line
    buckets = [float(n) for n in re.findall(r"_bucket\{[^}]+\} (\S+)", text)]
    assert buckets == sorted(buckets)
    assert f"kg_question_seconds_count {buckets[-1]:g}" in text


def test_the_dataset_is_described(server):
    reply = server.ask("/.well-known/void")
    assert (reply.status, reply.headers["location"]) == (303, "/dataset")
    found = quads(server.ask("/dataset.ttl"))
    assert any(str(p).endswith("void#classPartition>") for _, p, _ in found)


def test_the_log_has_a_line_of_json_for_each_request(server):
    server.ask("/sparql?query=" + quote("ASK { 'find me in the log' ?p ?o }"))
    server.ask("/health")  # a line is written once its answer has gone
    lines = [json.loads(line) for line in server.lines()]
    found = [line for line in lines if "find me in the log" in line.get("query", "")]
    assert found
    assert {"time", "client", "method", "path", "status", "bytes", "seconds", "outcome"} <= set(
        found[0]
    )
    assert re.fullmatch("[0-9a-f]{64}", found[0]["query_sha256"])


def test_methods_that_mean_nothing_are_refused(server):
    for path in ("/", ACTOR, "/queries", "/search", "/health"):
        assert server.ask(path, method="DELETE").status == 405
    assert server.ask("/sparql", method="DELETE").status == 405
