"""Validation of files, folders and quads: what is checked beside what, and what is refused."""

import json
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import InputError, ShapesError
from kg.map import map_articles
from kg.settings import Settings
from kg.validate import ValidationReport, render_report, validate_graph
from tests.conformance.good import BASE, NAMES, TEXT, good_article, good_quads

PREFIXES = (
    "@prefix schema: <https://schema.org/> . @prefix kg: <https://w3id.org/newskg/ns#> . "
    "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://a.example/> .\n"
)


def turtle(quads: list[ox.Quad]) -> bytes:
    triples = list(dict.fromkeys(quad.triple for quad in quads))
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE)


def wordless(**changes: str) -> list[ox.Quad]:
    article = replace(good_article(), **changes)
    return map_articles([article], Settings(base=BASE))


def bad(graph: str, body: str) -> list[ox.Quad]:
    quads = ox.parse(input=PREFIXES + body, format=ox.RdfFormat.TURTLE)
    node = ox.NamedNode(NAMES[graph])
    return [ox.Quad(q.subject, q.predicate, q.object, node) for q in quads]


def shapes_of(results: ValidationReport) -> list[str]:
    return [result.shape.rpartition("#")[2] for result in results.results]


def test_one_turtle_file_is_one_graph(tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    file.write_bytes(turtle(list(good_quads())))
    report = validate_graph(file)
    assert (report.conforms, report.graphs, report.results) == (True, 1, ())


def test_article_alone_lacks_its_authority(tmp_path: Path) -> None:
    article = [q for q in good_quads() if q.graph_name == ox.NamedNode(NAMES["g_article"])]
    authority = [q for q in good_quads() if q.graph_name == ox.NamedNode(NAMES["g_authority"])]
    (tmp_path / "article.ttl").write_bytes(turtle(article))
    (tmp_path / "authority.ttl").write_bytes(turtle(authority))
    assert "ArticlePublisher" in shapes_of(validate_graph(tmp_path / "article.ttl"))
    assert validate_graph([tmp_path / "article.ttl", tmp_path / "authority.ttl"]).conforms


def test_output_folder_is_read_by_its_graph_trig(tmp_path: Path) -> None:
    (tmp_path / "graph.trig").write_bytes(
        ox.serialize(list(good_quads()), format=ox.RdfFormat.TRIG)
    )
    (tmp_path / "other.ttl").write_text("not Turtle")
    assert validate_graph(tmp_path).graphs == 4


def test_any_base_will_do() -> None:
    quads = map_articles(
        [good_article()], Settings(base="http://localhost:8080/x/", with_text=True)
    )
    assert validate_graph(quads).results == ()


def test_offsets_with_hashes_are_evidence_too() -> None:
    quads = map_articles([good_article()], Settings(base=BASE, evidence="offsets", with_text=True))
    report = validate_graph(quads)
    assert report.conforms
    assert report.words_checked


def test_words_are_not_checked_without_the_text() -> None:
    report = validate_graph(wordless())
    assert report.conforms
    assert not report.words_checked
    assert render_report(report, "text").startswith("conforms, words not checked")


def test_words_are_checked_against_the_folder_of_texts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8", newline="")
    assert validate_graph(wordless(), texts=tmp_path).words_checked
    assert validate_graph(wordless(), texts={TEXT}).words_checked
    assert not validate_graph(wordless(), texts={TEXT + "!"}).words_checked


def test_text_in_another_encoding_is_known_by_the_hash_of_its_bytes(tmp_path: Path) -> None:
    data = TEXT.encode("cp1252")
    (tmp_path / "a.txt").write_bytes(data)
    quads = wordless(raw_sha256=sha256(data).hexdigest(), encoding="cp1252")
    assert validate_graph(quads, texts=tmp_path).words_checked


def test_wrong_words_are_found_by_the_text_alone() -> None:
    span = ox.NamedNode(NAMES["name"])
    anchor = ox.NamedNode("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#anchorOf")
    quads = [
        ox.Quad(q.subject, q.predicate, ox.Literal("Tomas Raiter"), q.graph_name)
        if (q.subject, q.predicate) == (span, anchor)
        else q
        for q in wordless()
    ]
    assert validate_graph(quads).conforms
    report = validate_graph(quads, texts={TEXT})
    assert shapes_of(report) == ["SpanWords"]
    assert report.results[0].words == "Tomas Raiter"


def test_authority_fault_is_told_once() -> None:
    quads = [*good_quads(), *bad("g_authority", f'<{NAMES["minister"]}> kg:stance "neutral" .')]
    report = validate_graph(quads)
    assert [r.graph for r in report.results] == [NAMES["g_authority"]]


def test_result_names_article_and_words() -> None:
    quads = [*good_quads(), *bad("g_article", f"<{NAMES['rally']}> schema:agent ex:nobody .")]
    (result,) = validate_graph(quads).results
    assert result.headline == "Dockers in Velden end strike after talks"
    assert result.sentence == "The union plans a rally for June."
    assert result.words == "rally"
    assert result.article == NAMES["article"]
    assert (result.focus, result.value) == (NAMES["rally"], "https://a.example/nobody")
    assert result.path == "https://schema.org/agent"


def test_empty_graph_is_not_said_to_conform() -> None:
    report = validate_graph([])
    assert not report.conforms
    assert "nothing was checked" in render_report(report, "text")


def test_foreign_vocabulary_is_not_said_to_conform() -> None:
    quads = bad("g_article", "ex:a ex:knows ex:b .")
    assert not validate_graph(quads).checked


def test_data_of_the_old_namespace_alone_is_a_finding() -> None:
    report = validate_graph(bad("g_article", "ex:a a <http://schema.org/Person> ."))
    assert shapes_of(report) == ["OldSchemaClass"]
    assert "OldSchemaClass (Not), once:" in render_report(report, "text")


def test_unknown_profile_is_refused() -> None:
    with pytest.raises(ShapesError, match="no such profile"):
        validate_graph([], profiles=["print"])


def test_nothing_is_fetched_for_json_ld(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonld"
    file.write_text('{"@context": "https://schema.org", "@type": "Person"}')
    with pytest.raises(InputError, match="nothing is fetched"):
        validate_graph(file)


def test_unparsable_file_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "bad.ttl"
    file.write_text("<https://a.example/a> a <https://a.example/B> .\n\nnonsense here .\n")
    with pytest.raises(InputError, match=r"bad\.ttl, line 3"):
        validate_graph(file)


@pytest.mark.parametrize(("name", "reason"), [("a.doc", "unknown ending"), ("no.ttl", "no such")])
def test_unusable_file_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    if name == "a.doc":
        (tmp_path / name).write_text("x")
    with pytest.raises(InputError, match=reason):
        validate_graph(tmp_path / name)


def test_folder_without_rdf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no RDF file"):
        validate_graph(tmp_path)


def test_missing_folder_of_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        validate_graph(good_quads(), texts=tmp_path / "gone")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            "ex:S a sh:NodeShape ; sh:targetClass ex:C ; "
            "sh:property [ sh:path ex:p ; sh:minCoun 1 ] .",
            "minCoun",
        ),
        ("ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:minCount 1 ] .", "sh:path"),
        ("ex:S a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .", "no shape"),
        (
            "ex:S a sh:NodeShape ; sh:targetClass ex:C ; "
            'sh:sparql [ sh:select "SELECT $this { SERVICE <http://a> { $this ?p ?o } }" ] .',
            "SERVICE",
        ),
        (
            "ex:S a sh:NodeShape ; sh:targetClass ex:C ; "
            'sh:property [ sh:path ex:p ; sh:pattern "(" ] .',
            "pattern|regex",
        ),
        ("ex:S a", ", line"),
    ],
)
def test_broken_shapes_are_refused(tmp_path: Path, body: str, reason: str) -> None:
    file = tmp_path / "shapes.ttl"
    file.write_text(PREFIXES + body + "\n")
    with pytest.raises(ShapesError, match=reason):
        validate_graph(bad("g_article", 'ex:c a ex:C ; ex:p "x" .'), shapes=file)


@pytest.mark.parametrize("engine", ["shacl", "pyshacl"])
def test_shapes_of_others_with_nameless_parts(tmp_path: Path, engine: str) -> None:
    file = tmp_path / "shapes.ttl"
    file.write_text(
        PREFIXES + "ex:S a sh:NodeShape ; sh:targetClass ex:C ; "
        'sh:property [ sh:path ( ex:p ex:q ) ; sh:minCount 1 ; sh:message "no q" ] .'
    )
    (result,) = validate_graph(
        bad("g_article", "ex:c a ex:C ."), shapes=file, engine=engine
    ).results
    assert (result.shape, result.component) == ("https://a.example/S", "MinCount")
    assert (result.message, result.severity) == ("no q", "Violation")
    assert result.path == "<https://a.example/p>/<https://a.example/q>"


def test_fallback_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "shacl", None)
    report = validate_graph(bad("g_article", "ex:a a schema:Person ."))
    assert report.engine == "pyshacl"
    assert "not installed" in report.notices[0]
    assert report.notices[0] in render_report(report, "text")
    with pytest.raises(InputError, match="not installed"):
        validate_graph([], engine="shacl")


def test_unknown_engine_is_refused() -> None:
    with pytest.raises(InputError, match="no such SHACL engine"):
        validate_graph([], engine="jena")


def test_ill_typed_literals_are_seen_by_both_engines() -> None:
    body = f'<{NAMES["strike"]}> kg:confidence "none"^^<http://www.w3.org/2001/XMLSchema#decimal> .'
    quads = [*good_quads(), *bad("g_article", body)]
    fast, oracle = (validate_graph(quads, engine=engine) for engine in ("shacl", "pyshacl"))
    assert "ConfidenceValue" in shapes_of(fast)
    assert fast.results == oracle.results


def test_report_lists_the_worst_first_and_is_cut(tmp_path: Path) -> None:
    quads = [
        q
        for q in good_quads()
        if q.predicate.value not in ("https://schema.org/url", "https://schema.org/publisher")
    ]
    quads += bad("g_article", f"<{NAMES['rally']}> schema:actor <{NAMES['union']}> .")
    report = validate_graph(quads)
    assert [r.severity for r in report.results] == ["Violation", "Warning", "Info"]
    assert (report.violations, report.warnings) == (1, 1)
    text = render_report(report, "text", limit=1)
    assert text.startswith("does not conform: 1 violation, 1 warning, 1 note in 4 graphs")
    assert "VIOLATION NoActor" in text
    assert "WARNING ArticlePublisherMissing (MinCount), once" in text
    assert "schema:publisher" not in text


def test_json_report_is_the_same_for_the_same_data() -> None:
    quads = bad("g_article", "ex:a a schema:Person .")
    one, two = (validate_graph(order) for order in (quads, quads[::-1]))
    assert render_report(one, "json") == render_report(two, "json")
    assert json.loads(render_report(one, "json"))["results"][0]["shape"].endswith("#ActorName")


def test_order_of_quads_makes_no_difference() -> None:
    quads = [q for q in good_quads() if q.predicate.value != "https://schema.org/name"]
    assert validate_graph(quads).results == validate_graph(quads[::-1]).results
