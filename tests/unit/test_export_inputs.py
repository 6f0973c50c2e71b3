"""What an export writes beside the graph: texts of pages, their own data, how they were come by."""

import gzip
import json
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.pipeline import (
    add_articles,
    describe_store,
    export_articles,
    export_store,
    remove_articles,
)
from kg.settings import Reading, Settings
from kg.store.search import search
from kg.validate import validate_graph

PARAGRAPHS = (
    "The harbour bridge was closed on Monday after a crane hit it, the port authority said.",
    "“Nobody was hurt,” its spokeswoman, Mara Lind, said on Tuesday, and divers were sent down.",
    "Repairs will take until the end of the summer, and ferries will carry the traffic till then.",
)
NODE = {
    "@context": "http://schema.org",
    "@type": "NewsArticle",
    "headline": "Bridge closed",
    "datePublished": "2024-05-07",
    "author": {"@type": "Person", "name": "Ann Lee"},
}
BY_RULES = Settings(model="none")
GDELT = "\t".join(
    [
        *("1318171717", "20240503", "202405", "2024", "2024.3370", "COP", "POLICE"),
        *[""] * 5,
        *("COP", "", "", "CVL", "RESIDENTS"),
        *[""] * 5,
        *("CVL", "", "", "1", "190", "190", "19", "4", "-10.0", "5", "1", "5", "-4.1"),
        *["0", "", "", "", "", "", ""] * 2,
        *("4", "Bristol, Bristol, City of, United Kingdom", "UK", "UKB7", "51.45", "-2.5833", "1"),
        *("20240503", "https://courier.example/bridge"),
    ]
)


def page(extra=""):
    told = "".join(f"<p>{p}</p>" for p in (*PARAGRAPHS, extra) if p)
    script = f'<script type="application/ld+json">{json.dumps(NODE)}</script>'
    return f"<html><head>{script}</head><body><article><h1>Bridge closed</h1>{told}</article>"


def export(tmp_path, *names, **reading):
    settings = Settings(model="none", reading=Reading(**reading))
    return export_articles([tmp_path / name for name in names], tmp_path / "out", settings)


def test_the_text_of_a_page_stands_beside_the_graph_and_proves_its_words(tmp_path):
    (tmp_path / "a.html").write_text(page())
    done = export(tmp_path, "a.html")
    (article,) = done.articles
    text = (tmp_path / "out/texts" / f"{article.id}.txt").read_bytes()
    assert sha256(text).hexdigest() == article.text_sha256
    assert article.raw_sha256 == sha256((tmp_path / "a.html").read_bytes()).hexdigest()
    assert article.media_type == "text/html"
    report = validate_graph(tmp_path / "out/graph.ttl", texts=tmp_path / "out/texts")
    assert report.conforms
    assert report.words_checked
    changed = text.replace(b"crane", b"train")
    (tmp_path / "out/texts" / f"{article.id}.txt").write_bytes(changed)
    assert not validate_graph(tmp_path / "out/graph.ttl", texts=tmp_path / "out/texts").conforms


def test_texts_of_an_earlier_run_go_and_other_files_stay(tmp_path):
    (tmp_path / "a.html").write_text(page())
    export(tmp_path, "a.html")
    (tmp_path / "out/texts/notes.txt").write_text("mine")
    (tmp_path / "a.html").write_text(page("The mayor thanked the crew of the crane for its help."))
    (new,) = export(tmp_path, "a.html").articles
    names = sorted(path.name for path in (tmp_path / "out/texts").iterdir())
    assert names == sorted([f"{new.id}.txt", "notes.txt"])


def test_a_plain_text_is_not_copied(tmp_path):
    (tmp_path / "a.txt").write_text("\n\n".join(PARAGRAPHS))
    export(tmp_path, "a.txt")
    assert not (tmp_path / "out/texts").exists()


def test_what_a_page_says_of_itself_is_kept_only_where_asked_and_apart(tmp_path):
    (tmp_path / "a.html").write_text(page())
    (article,) = export(tmp_path, "a.html", keep_data=True).articles
    graph = ox.NamedNode(f"https://example.org/kg/graph/page/{article.id}")
    quads = list(ox.parse(path=tmp_path / "out/pages.trig", format=ox.RdfFormat.TRIG))
    assert {quad.graph_name for quad in quads} == {graph}
    assert any(q.object == ox.NamedNode("https://schema.org/NewsArticle") for q in quads)
    assert not any(isinstance(t, ox.BlankNode) for q in quads for t in (q.subject, q.object))
    assert "graph/page" not in (tmp_path / "out/graph.trig").read_text()
    first = (tmp_path / "out/pages.trig").read_bytes()
    export(tmp_path, "a.html", keep_data=True)
    assert (tmp_path / "out/pages.trig").read_bytes() == first
    export(tmp_path, "a.html")
    assert not (tmp_path / "out/pages.trig").exists()


def test_provenance_names_the_sources_of_values_and_the_record_of_an_archive(tmp_path):
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page()}"
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
        f"WARC-Record-ID: <urn:uuid:{7:032x}>\r\nWARC-Date: 2024-05-08T10:00:00Z\r\n"
        "WARC-Target-URI: https://courier.example/bridge\r\n"
        f"Content-Length: {len(block.encode())}\r\n\r\n"
    )
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(f"{head}{block}\r\n\r\n".encode(), mtime=0))
    done = export(tmp_path, "a.warc.gz")
    assert done.articles[0].url == "https://courier.example/bridge"
    told = (tmp_path / "out/provenance.trig").read_text()
    for words in (
        "JSON-LD NewsArticle.headline",
        "WARC-Target-URI",
        f"urn:uuid:{7:032x}",
        '"2024-05-08T10:00:00Z"^^xsd:dateTime',
        "a.warc.gz",
    ):
        assert words in told
    settings = Settings(model="none")
    add_articles([tmp_path / "a.warc.gz"], tmp_path / "store", settings)
    again = add_articles([tmp_path / "a.warc.gz"], tmp_path / "store", settings)
    assert len(again.unchanged) == 1


def test_rows_stand_beside_articles_as_claims_and_in_the_manifest(tmp_path):
    (tmp_path / "a.txt").write_text("\n\n".join(PARAGRAPHS))
    (tmp_path / "rows.tsv").write_text(GDELT + "\n")
    done = export(tmp_path, "a.txt", "rows.tsv")
    assert done.report.conforms
    assert [len(table.rows) for table in done.tables] == [1]
    manifest = json.loads((tmp_path / "out/manifest.json").read_bytes())
    assert manifest["tables"][0]["kind"] == "gdelt-events"
    assert validate_graph(tmp_path / "out/graph.ttl").conforms
    store = ox.Store()
    store.load(path=tmp_path / "out/graph.ttl", format=ox.RdfFormat.TURTLE)
    asked = """PREFIX schema: <https://schema.org/> PREFIX kg: <https://w3id.org/newskg/ns#>
        SELECT ?kind { ?row schema:appearance/schema:publisher ?who ; schema:author ?who ;
        schema:about ?event . ?event a ?kind }"""
    kinds = {row["kind"].value for row in store.query(asked)}
    assert kinds == {"https://w3id.org/newskg/ns#UnconfirmedEvent"}
    assert f"table/{done.tables[0].id}" in (tmp_path / "out/provenance.trig").read_text()


def test_rows_alone_make_a_graph(tmp_path):
    (tmp_path / "rows.tsv").write_text(GDELT + "\n")
    done = export(tmp_path, "rows.tsv")
    assert done.ok
    assert (tmp_path / "out/graph.ttl").exists()


def test_tables_go_into_a_store_change_there_and_leave_nothing_behind(tmp_path):
    (tmp_path / "a.txt").write_text("\n\n".join(PARAGRAPHS))
    rows, store = tmp_path / "rows.tsv", tmp_path / "store"
    rows.write_text(GDELT + "\n")
    first = add_articles([rows, tmp_path / "a.txt"], store, BY_RULES)
    assert len(first.added) == 2
    assert len(add_articles([rows], store, BY_RULES).unchanged) == 1
    assert describe_store(store).tables == 1
    export_store(store, tmp_path / "kept")
    export_articles([rows, tmp_path / "a.txt"], tmp_path / "direct", BY_RULES)
    for file in ("graph.ttl", "graph.trig", "articles.jsonl", "dataset.ttl", "manifest.json"):
        kept = (tmp_path / "kept" / file).read_bytes()
        assert kept == (tmp_path / "direct" / file).read_bytes()
    rows.write_text(GDELT.replace("RESIDENTS", "FARMERS") + "\n")
    changed = add_articles([rows], store, BY_RULES)
    assert (len(changed.replaced), len(changed.removed)) == (1, 1)
    assert search(store, "farmers")
    assert not search(store, "residents")
    remove_articles(["rows.tsv"], store)
    assert describe_store(store).tables == 0
    assert not search(store, "Bristol")
    export_store(store, tmp_path / "rest")
    export_articles([tmp_path / "a.txt"], tmp_path / "alone", BY_RULES)
    rest = (tmp_path / "rest/graph.trig").read_bytes()
    assert rest == (tmp_path / "alone/graph.trig").read_bytes()


def test_mentions_in_another_file_join_their_events_in_a_store(tmp_path):
    (tmp_path / "rows.tsv").write_text(GDELT + "\n")
    url = "https://gazette.example/bristol"
    mention = ["1318171717", "20240503000000", "20240503001500", "1", "gazette.example", url]
    mention += ["4", "-1", "5", "9", "1", "80", "1000", "-1.5", "", ""]
    (tmp_path / "mentions.tsv").write_text("\t".join(mention) + "\n")
    inputs = [tmp_path / "mentions.tsv", tmp_path / "rows.tsv"]
    added = add_articles(inputs, tmp_path / "store", BY_RULES)
    assert not added.failures
    export_store(tmp_path / "store", tmp_path / "out")
    assert url in (tmp_path / "out/graph.ttl").read_text()


@pytest.mark.parametrize("name", ["a.html", "rows.tsv", "c.jsonl"])
def test_the_same_input_gives_the_same_bytes(tmp_path, name):
    (tmp_path / "a.html").write_text(page())
    (tmp_path / "rows.tsv").write_text(GDELT + "\n")
    own = Path(__file__).parents[2] / "output/articles.jsonl"
    (tmp_path / "c.jsonl").write_bytes(own.read_bytes())
    for out in ("one", "two"):
        export_articles([tmp_path / name], tmp_path / out, BY_RULES)
    for file in ("graph.ttl", "graph.trig", "articles.jsonl", "manifest.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
