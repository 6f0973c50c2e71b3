import io
import shutil
import subprocess

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import InputError, WriteError
from kg.map import map_articles
from kg.settings import Settings
from kg.write import check_folder, replace_file, write_graph
from tests.unit.articles import CHERRY, HARBOUR

BASE = "https://example.org/kg/"
NODE = NamedNode(BASE + "person/ines-moreau")
NAME = NamedNode("https://schema.org/name")
QUAD = Quad(NODE, NAME, Literal("Ines Moreau"), NamedNode(BASE + "graph/authority"))


def turtle(quads, form="turtle"):
    stream = io.BytesIO()
    write_graph(quads, stream, form, base=BASE)
    return stream.getvalue().decode()


def test_a_file_is_replaced_whole(tmp_path):
    target = tmp_path / "graph.ttl"
    target.write_text("old")
    target.chmod(0o640)
    assert write_graph([QUAD], target, base=BASE) == 1
    assert 'person:ines-moreau schema:name "Ines Moreau" .' in target.read_text()
    assert target.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]


def test_the_old_file_stays_when_writing_fails(tmp_path):
    target = tmp_path / "graph.ttl"
    target.write_text("old")

    def broken():
        yield QUAD
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_graph(broken(), target)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(WriteError, match=r"nowhere.*No such file"):
        replace_file(tmp_path / "nowhere" / "a.txt", "text")
    with pytest.raises(WriteError, match="encoded"):
        replace_file(tmp_path / "a.txt", "\ud800")


def test_a_folder_is_made_or_refused(tmp_path):
    assert check_folder(tmp_path / "a" / "b").is_dir()
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteError, match="file"):
        check_folder(tmp_path / "file")


@pytest.mark.parametrize("name", ["graph.xyz", "graph"])
def test_an_unknown_suffix_is_refused(tmp_path, name):
    with pytest.raises(InputError, match=r"\.ttl"):
        write_graph([QUAD], tmp_path / name)


def test_an_unknown_format_is_refused():
    with pytest.raises(InputError, match="turtle"):
        write_graph([QUAD], io.BytesIO(), "rdfxml")


@pytest.mark.parametrize("suffix", ["ttl", "trig", "nq", "nt", "jsonld", "TTL"])
def test_the_suffix_says_the_format(tmp_path, suffix):
    target = tmp_path / f"graph.{suffix}"
    assert write_graph([QUAD], target) == 1
    form = RdfFormat.from_extension(suffix.lower())
    assert [q.triple for q in parse(path=target, format=form)] == [QUAD.triple]


def test_numbers_stand_bare_and_other_datatypes_short():
    xsd = "http://www.w3.org/2001/XMLSchema#"
    values = [("200000", "integer"), ("0.5", "decimal"), ("2024-05-03", "date"), ("x", "integer")]
    quads = [Quad(NODE, NAME, Literal(v, datatype=NamedNode(xsd + t))) for v, t in values]
    text = turtle(quads)
    assert '200000, 0.5, "2024-05-03"^^xsd:date, "x"^^xsd:integer .' in text


def test_a_section_has_the_headline_and_a_block_one_subject():
    text = turtle(map_articles([CHERRY, HARBOUR]))
    sections = [line for line in text.splitlines() if line.startswith("# ----")]
    assert len(sections) == len(set(sections)) >= 4
    assert "# ---- Cherry growers block road ----" in sections
    for article in text.partition("# ---- authority")[0].split("@base")[1:]:
        subjects = [line.split()[0] for line in article.splitlines() if line[:1] == "<"]
        assert len(subjects) == len(set(subjects)) > 10


def test_one_changed_article_changes_one_section():
    from dataclasses import replace

    changed = replace(HARBOUR, date_published="2024-06-04")
    before, after = (turtle(map_articles([CHERRY, a])) for a in (HARBOUR, changed))
    lines = set(before.splitlines()) ^ set(after.splitlines())
    assert lines == {
        '    schema:datePublished "2024-05-03"^^xsd:date ;',
        '    schema:datePublished "2024-06-04"^^xsd:date ;',
    }


def test_articles_are_relative_to_themselves_and_there_is_no_blank_node():
    text = turtle(map_articles([CHERRY, HARBOUR]), "trig")
    assert text.count("@base") == 2
    assert "/article/" not in text.partition("@base")[2].partition("\n<#")[2].partition("@base")[0]
    assert "_:" not in text
    assert "[" not in text.replace('"', "")


def test_only_the_article_s_own_section_is_relative():
    from dataclasses import replace

    event = replace(CHERRY.events[0], story="event/road-block")
    told = replace(CHERRY, events=(event,), claims=(), figures=())
    links = turtle(map_articles([told])).partition("# ---- links ----")[2]
    assert f"<{BASE}article/{CHERRY.id}#{event.id}> prov:alternateOf event:road-block ." in links


def test_a_graph_named_by_a_fragment_sets_no_base():
    node, graph = (
        NamedNode(f"https://h.example/{name}1#a") for name in ("article/", "graph/article/")
    )
    quad = Quad(node, NAME, node, graph)
    assert list(parse(turtle([quad], "trig"), format=RdfFormat.TRIG)) == [quad]


@pytest.mark.parametrize("base", ["urn:x-news:kg/", "http://h.example/é/"])
@pytest.mark.parametrize("form", ["turtle", "trig"])
def test_what_is_written_is_the_same_under_any_base(base, form):
    quads = map_articles([CHERRY, HARBOUR], Settings(base=base))
    stream = io.BytesIO()
    write_graph(quads, stream, form, base=base)
    read = {quad.triple for quad in parse(stream.getvalue(), format=RdfFormat.TRIG)}
    assert read == {quad.triple for quad in quads}


def test_a_headline_cannot_end_its_comment():
    node = NamedNode(BASE + "article/1")
    headline = Literal("a\nb\r<x> <y> <z> .", language="en")
    graph = NamedNode(BASE + "graph/article/1")
    text = turtle([Quad(node, NamedNode("https://schema.org/headline"), headline, graph)])
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == 1


@pytest.mark.skipif(shutil.which("rapper") is None, reason="raptor is not installed")
@pytest.mark.parametrize("form", ["turtle", "trig", "ntriples"])
def test_raptor_reads_it(tmp_path, form):
    target = tmp_path / "graph"
    quads = map_articles([CHERRY, HARBOUR])
    write_graph(quads, target, form, base=BASE)
    command = ["rapper", "-q", "-i", form, str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert len(set(done.stdout.splitlines())) == len({q.triple for q in quads})
