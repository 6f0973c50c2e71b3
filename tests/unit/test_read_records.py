"""Records of our own and of others, as inputs."""

import json
from pathlib import Path

import pytest

from kg.model import Article, Document, Failure
from kg.pipeline import export_articles
from kg.read import read_documents
from kg.settings import Reading, Settings

ROOT = Path(__file__).parents[2]
OWN = (ROOT / "output/articles.jsonl").read_text("utf-8").splitlines()
BODY = (
    "The harbour bridge was closed on Monday after a crane hit it.\n"
    "“Nobody was hurt,” the port authority's spokeswoman, Mara Lind, said on Tuesday."
)


def read(path, **reading):
    return list(read_documents([path], settings=Settings(reading=Reading(**reading))))


def write(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def body_of(document):
    return [document.text[z.start : z.end] for z in document.zones if z.kind == "body"]


def test_own_records_are_articles_and_broken_lines_are_named_with_line_and_field(tmp_path):
    wrong = json.loads(OWN[1])
    wrong["text_length"] = "long"
    lines = [OWN[0], "", "{broken", json.dumps(wrong), OWN[2]]
    found = read(write(tmp_path, "in.jsonl", "\n".join(lines)))
    assert [type(item) for item in found] == [Article, Failure, Failure, Article]
    assert [f.source for f in found if isinstance(f, Failure)] == ["in.jsonl:3", "in.jsonl:4"]
    assert "text_length" in found[2].reason
    assert found[1].fatal


def test_line_that_is_too_long_ends_the_file_and_is_named(tmp_path):
    shorter, longer = sorted(OWN, key=len)[:2]
    path = write(tmp_path, "in.jsonl", f"{shorter}\n{longer}\n")
    limit = len(shorter.encode()) + 1
    found = list(read_documents([path], settings=Settings(max_bytes=limit)))
    assert isinstance(found[0], Article)
    assert found[1].source == "in.jsonl:2"


def test_the_same_record_twice_is_read_once(tmp_path):
    found = read(write(tmp_path, "in.jsonl", f"{OWN[0]}\n{OWN[0]}\n"))
    assert [type(item) for item in found] == [Article, Failure]
    assert not found[1].fatal


def test_newsplease_articles_become_documents_with_origins(tmp_path):
    value = {
        "authors": ["Ann Lee"],
        "date_publish": "2024-05-03 10:00:00",
        "language": "en",
        "maintext": BODY,
        "source_domain": "courier.example",
        "title": "Bridge closed",
        "url": "https://courier.example/bridge",
    }
    (document,) = read(write(tmp_path, "a.json", value))
    assert isinstance(document, Document)
    assert (document.title, document.authors) == ("Bridge closed", ("Ann Lee",))
    assert document.date_published == "2024-05-03T10:00:00"
    assert {o.field: o.origin for o in document.origins}["url"] == "news-please url"
    assert body_of(document)[0].startswith("The harbour bridge")
    assert document.media_type == "application/json"


def test_trafilatura_articles_become_documents(tmp_path):
    value = {
        "title": "Bridge closed",
        "author": "Ann Lee; Bo Carr",
        "hostname": "courier.example",
        "date": "2024-05-03",
        "fingerprint": "x",
        "text": BODY,
        "source": "https://courier.example/bridge",
    }
    (document,) = read(write(tmp_path, "a.json", value))
    assert document.authors == ("Ann Lee", "Bo Carr")
    assert document.date_published == "2024-05-03"
    assert document.url == "https://courier.example/bridge"


def test_jsonld_articles_are_read_alone_in_lists_and_in_graphs(tmp_path):
    def node(n):
        return {
            "@type": "NewsArticle",
            "headline": f"Bridge {n} closed",
            "articleBody": BODY.replace("harbour", f"harbour {n}"),
            "author": {"@type": "Person", "name": "Ann Lee"},
            "datePublished": "2024-05-03",
            "publisher": {"@type": "Organization", "name": "The Courier"},
            "url": "https://courier.example/bridge",
        }

    alone = {"@context": "http://schema.org", **node(1)}
    graph = {"@context": "https://schema.org", "@graph": [node(2), {"@type": "WebPage"}, node(3)]}
    (one,) = read(write(tmp_path, "one.jsonld", alone))
    two, three = read(write(tmp_path, "two.json", graph))
    assert one.title == "Bridge 1 closed"
    assert one.publisher == "The Courier"
    assert [two.title, three.title] == ["Bridge 2 closed", "Bridge 3 closed"]
    assert {o.field: o.origin for o in one.origins}["title"] == "JSON-LD NewsArticle.headline"
    assert len({one.source, two.source, three.source}) == 3


def test_a_language_that_is_none_is_left_out(tmp_path):
    value = {"maintext": BODY, "title": "Bridge", "language": 'e$$ " n'}
    warning, document = read(write(tmp_path, "a.json", value))
    assert "language tag" in warning.reason
    assert document.language is None


def test_blanks_between_authors_cost_no_time(tmp_path):
    value = {"maintext": BODY, "title": "Bridge", "authors": "Ann" + " " * 1_000_000 + "; Bo"}
    (document,) = read(write(tmp_path, "a.json", value))
    assert document.authors == ("Ann", "Bo")


def test_lines_and_lists_of_others_are_read_and_bad_entries_named(tmp_path):
    good = {"maintext": BODY, "title": "A", "source_domain": "a.example"}
    other = {"maintext": BODY + " More.", "title": "B", "source_domain": "a.example"}
    empty = {"maintext": None, "title": "C"}
    as_list = read(write(tmp_path, "a.json", [good, empty, 7, other]))
    assert [type(item) for item in as_list] == [Document, Failure, Failure, Document]
    assert "maintext" in as_list[1].reason
    as_lines = read(write(tmp_path, "b.jsonl", f"{json.dumps(good)}\n{json.dumps(other)}\n"))
    assert [d.title for d in as_lines] == ["A", "B"]


@pytest.mark.parametrize("authors", [7, True, {"name": "Ann Lee"}, [7, None], [["Ann"]]])
def test_authors_of_another_type_are_left_out(tmp_path, authors):
    value = {"maintext": BODY, "title": "Bridge", "authors": authors, "url": 3, "language": []}
    found = read(write(tmp_path, "a.json", value))
    assert isinstance(found[-1], Document)
    assert found[-1].authors == ()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ('{"maintext": "x", "title": "y"', "broken JSON"),
        ('{"@context": "https://schema.org", "@type": "WebPage"}', "NewsArticle"),
        ('{"@type": "NewsArticle", "headline": "x"}', "articleBody"),
        ('{"maintext": ' + "[" * 50_000 + "]" * 50_000 + "}", "deep"),
        (
            '{"@type": "NewsArticle", "articleBody": "x", "author": '
            + "[" * 490
            + '"A"'
            + "]" * 490
            + "}",
            "deep",
        ),
    ],
)
def test_what_cannot_be_used_is_one_line(tmp_path, content, word):
    (failure,) = read(write(tmp_path, "a.json", content))
    assert word in failure.reason
    assert "\n" not in failure.reason


def test_a_record_without_what_it_names_costs_itself_alone(tmp_path):
    broken = json.loads(OWN[0])
    broken["events"][0]["agents"] = ["person-nobody"]
    path = write(tmp_path, "in.jsonl", "\n".join([json.dumps(broken), OWN[1]]))
    done = export_articles([path], tmp_path / "out", Settings(model="none"))
    assert [a.id for a in done.articles] == [json.loads(OWN[1])["id"]]
    assert [f.step for f in done.failed] == ["map"]


def test_a_record_that_brings_a_text_alone_is_extracted(tmp_path):
    text = "Bridge closed\n\n" + BODY
    bare = {
        "id": "x",
        "source": "other-7",
        "text_sha256": "0" * 64,
        "text_length": len(text),
        "raw_sha256": "0" * 64,
        "language": "en",
        "text": text,
        "url": "https://courier.example/bridge",
        "authors": [{"name": "Ann Lee"}],
        "publisher": {"name": "The Courier"},
    }
    (document,) = read(write(tmp_path, "in.jsonl", bare))
    assert isinstance(document, Document)
    assert (document.source, document.publisher) == ("other-7", "The Courier")
    assert body_of(document)[0].startswith("The harbour bridge")
    done = export_articles([tmp_path / "in.jsonl"], tmp_path / "out", Settings(model="none"))
    assert done.articles[0].claims
    assert done.report.conforms


def test_records_give_the_graph_they_came_from(tmp_path):
    done = export_articles([ROOT / "output/articles.jsonl"], tmp_path / "out", Settings())
    assert done.ok
    for name in ("graph.ttl", "graph.trig", "articles.jsonl"):
        assert (tmp_path / "out" / name).read_bytes() == (ROOT / "output" / name).read_bytes()
