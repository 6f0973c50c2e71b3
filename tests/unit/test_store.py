"""Queries: kinds of source, saved queries and their parameters, and what is refused."""

import json

import pyoxigraph as ox
import pytest

from kg.errors import InputError, QueryError
from kg.store import list_queries, open_store

GRAPH = """
PREFIX schema: <https://schema.org/> PREFIX kg: <https://w3id.org/newskg/ns#>
<https://a.test/g> { <https://a.test/c> a schema:Claim ; schema:author <https://a.test/p> ;
  schema:text "It rained" ; kg:factuality kg:claimed ; schema:appearance <https://a.test/x> . }
<https://a.test/h> { <https://a.test/p> schema:name "Ada \\"the\\" Speaker"@en .
  <https://a.test/x> schema:headline "Rain"@en . }
"""


@pytest.fixture
def trig(tmp_path):
    path = tmp_path / "graph.trig"
    path.write_text(GRAPH)
    return path


@pytest.mark.parametrize("kind", ["file", "folder", "store"])
def test_every_kind_of_source_sees_the_union_of_graphs(trig, tmp_path, kind):
    source = trig if kind == "file" else tmp_path
    if kind == "store":
        source = tmp_path / "db"
        ox.Store(str(source)).bulk_load(path=str(trig), format=ox.RdfFormat.TRIG)
    rows = open_store(source).query("claims-by-speaker", {"speaker": "speaker"})
    assert list(rows) == [('Ada "the" Speaker', "claimed", "false", "It rained", None, "Rain")]


def test_a_parameter_cannot_change_the_query(trig):
    hostile = 'x" } ?c ?p ?o . VALUES ?z { "'
    assert list(open_store(trig).query("claims-by-speaker", {"speaker": hostile})) == []


def test_saved_queries_parse_say_what_they_answer_and_order_their_rows(trig):
    store = open_store(trig)
    assert len(list_queries()) == 25
    for saved in list_queries():
        assert saved.answers, saved.name
        assert "ORDER BY" in saved.sparql, saved.name
        assert "example.org" not in saved.sparql, saved.name
        assert store.query(saved.name).columns


def test_results_in_standard_formats(trig):
    rows = open_store(trig).query("SELECT ?t { ?c <https://schema.org/text> ?t }")
    assert rows.serialize("csv").splitlines() == ["t", "It rained"]
    assert json.loads(rows.serialize("json"))["results"]["bindings"][0]["t"]["value"] == "It rained"
    assert "<sparql" in rows.serialize("xml")


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("SELECT * { ?s ?p", "line 1"),
        ("SELECT * { ?s foo:p ?o }", "prefix"),
        ("SELECT * { SERVICE <http://a.test/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { service silent<http://a.test/> { ?s ?p ?o } }", "SERVICE"),
        ("LOAD <file:///etc/passwd>", "line 1"),
        ("no-such-query", "there are: "),
        ("missing.rq", "cannot be read"),
    ],
)
def test_bad_queries_are_refused_in_one_line(trig, query, word):
    with pytest.raises(QueryError, match=word) as error:
        list(open_store(trig).query(query))
    assert "\n" not in str(error.value)


def test_the_word_service_in_a_string_is_no_call(trig):
    query = 'SELECT ?c { ?c <https://schema.org/text> ?t # SERVICE\nFILTER(?t != "SERVICE <x>") }'
    assert len(list(open_store(trig).query(query))) == 1


@pytest.mark.parametrize("name", ["none.ttl", "empty-folder", "bad.ttl", "page.html"])
def test_bad_sources_name_the_file(tmp_path, name):
    (tmp_path / "empty-folder").mkdir()
    (tmp_path / "bad.ttl").write_text("<a> <b> .")
    (tmp_path / "page.html").write_text("<html>")
    with pytest.raises(InputError, match=name):
        open_store(tmp_path / name)


@pytest.mark.parametrize("value", ["2020-13-01", "August", "", "20200801"])
def test_a_day_that_is_none_is_told_before_the_query_runs(value):
    window = next(saved for saved in list_queries() if saved.name == "window")
    with pytest.raises(QueryError, match=f"since={value}: this is a day"):
        window.with_values({"since": value})


def test_a_number_that_is_none_is_told():
    queue = next(saved for saved in list_queries() if saved.name == "review-queue")
    assert '"0.25"' in queue.with_values({"below": "0.25"})
    with pytest.raises(QueryError, match="this is a number"):
        queue.with_values({"below": "low"})


def test_a_packed_file_is_read_by_the_suffix_before_gz(tmp_path):
    import gzip

    packed = tmp_path / "graph.trig.gz"
    packed.write_bytes(gzip.compress(GRAPH.encode(), mtime=0))
    assert len(open_store(packed)) == 7
    packed.write_bytes(gzip.compress(GRAPH.encode(), mtime=0)[:-20])
    with pytest.raises(InputError, match=r"graph\.trig\.gz"):
        open_store(packed)
