"""Loads that are interrupted, refused or half done, against a server that misbehaves."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
import typer

from kg.cli.loading import load as load_command
from kg.errors import FetchError, InputError
from kg.fetch import Limits
from kg.pipeline.load_state import Loaded, LoadState
from kg.pipeline.loading import Difference, LoadOptions, load_graphs
from tests.unit.misbehaving import answer, misbehaving

QUICK = Limits(read_seconds=2, total_seconds=4, tries=1)
THREE = "".join(
    f"<urn:g{n}> {{ <urn:a> <urn:b> {n} . <urn:c> <urn:d> {n} . }}\n" for n in (1, 2, 3)
)


class Memory:
    """A small store: graphs by name, behind the addresses of Oxigraph's server."""

    def __init__(self, spoil=lambda asked, number: None):
        self.graphs = {}
        self.spoil = spoil
        self.written = []

    def __call__(self, asked, number, connection):
        if asked.path.startswith("/query"):
            return self.count(asked)
        if asked.method == "GET":
            return answer(200, Server="Oxigraph/0")
        graph = parse_qs(urlsplit(asked.path).query).get("graph", [""])[0]
        self.written.append((asked.method, graph))
        spoilt = self.spoil(asked, len(self.written))
        if spoilt is not None:
            return None if spoilt == "cut" else spoilt
        found = {str(q.triple) for q in ox.parse(asked.body, format=ox.RdfFormat.N_TRIPLES)}
        if asked.method == "PUT":
            self.graphs[graph] = found
        else:
            self.graphs[graph] = self.graphs.get(graph, set()) | found
        return answer(204)

    def count(self, asked):
        graph = re.search(r"GRAPH\+%3C(.*?)%3E", asked.body.decode())[1].replace("%3A", ":")
        row = {"n": {"type": "literal", "value": str(len(self.graphs.get(graph, ())))}}
        body = json.dumps({"head": {"vars": ["n"]}, "results": {"bindings": [row]}}).encode()
        return answer(200, body, Content_Type="application/sparql-results+json")


@pytest.fixture
def load(tmp_path):
    def call(server, text=THREE, **options):
        (tmp_path / "graph.trig").write_text(text, "utf-8")
        options = {"limits": QUICK, "state": tmp_path / "state.jsonl", **options}
        return load_graphs(tmp_path / "graph.trig", server.url, LoadOptions(**options))

    return call


def test_an_interrupted_load_continues_where_it_was(load):
    memory = Memory(lambda asked, number: answer(500, b"broken") if number == 3 else None)
    with misbehaving(memory) as server:
        with pytest.raises(FetchError, match="500 broken"):
            load(server)
        assert set(memory.graphs) == {"urn:g1", "urn:g2"}
        report = load(server)
        assert report.sent == ("urn:g3",)
        assert report.unchanged == ("urn:g1", "urn:g2")
        assert memory.written.count(("PUT", "urn:g1")) == 1


def test_a_server_that_lost_everything_gets_everything_again(load):
    memory = Memory()
    with misbehaving(memory) as server:
        load(server)
        memory.graphs.clear()
        assert len(load(server).sent) == 3
        assert len(load(server, verify=False).unchanged) == 3


def test_a_server_that_says_yes_and_keeps_nothing_is_found_out(load):
    memory = Memory(lambda asked, _: answer(204) if "g2" in asked.path else None)
    with misbehaving(memory) as server:
        expected = (Difference(graph="urn:g2", expected=2, found=0),)
        assert load(server).differences == expected
        report = load(server)
        assert (report.sent, report.differences) == (("urn:g2",), expected)


def test_a_graph_of_which_a_part_was_lost_is_begun_anew(load):
    """Whether the part arrived nobody knows, and its blank nodes would be there twice."""
    nodes = " ".join(f"[ <urn:n> {i} ]," for i in range(100))
    text = f"<urn:g1> {{ <urn:a> <urn:b> {nodes} 1 }}"
    memory = Memory(lambda asked, number: "cut" if number == 3 else None)
    with misbehaving(memory) as server:
        assert load(server, text, most_bytes=2000).differences == ()
    methods = [method for method, _ in memory.written]
    assert methods[:4] == ["PUT", "POST", "POST", "PUT"]
    assert methods.count("PUT") == 2
    assert len(memory.graphs["urn:g1"]) == 201


def test_a_part_that_is_refused_is_not_tried_for_ever(load):
    memory = Memory(lambda asked, number: answer(413) if asked.method == "POST" else None)
    lines = " ".join(f"<urn:s> <urn:p> {i} ." for i in range(200))
    with misbehaving(memory) as server, pytest.raises(FetchError, match=r"413.*--max-body"):
        load(server, f"<urn:g1> {{ {lines} }}", most_bytes=1000)
    assert len(memory.written) == 2


def test_a_state_of_another_store_is_refused(load, tmp_path):
    with misbehaving(Memory()) as one, misbehaving(Memory()) as other:
        load(one)
        with pytest.raises(InputError, match="--state"):
            load(other)


def test_a_state_that_was_cut_off_is_read_as_far_as_it_goes(tmp_path):
    path = tmp_path / "state.jsonl"
    state = LoadState.read(path, "t")
    state.put("urn:a", Loaded("1", 1))
    state.put("urn:b", Loaded("2", 2))
    state.put("urn:a", None)
    state.put(None, Loaded("3", 3))
    with path.open("a") as file:
        file.write('{"graph": "urn:b", "fing')
    again = LoadState.read(path, "t")
    assert again.get("urn:a") is None
    assert again.get("urn:b") == Loaded("2", 2)
    assert again.get(None) == Loaded("3", 3)
    again.put("urn:c", Loaded("4", 4))
    assert LoadState.read(path, "t").get("urn:c") == Loaded("4", 4)


@pytest.mark.parametrize("text", ["{}\n", "not json\n", '{"format": "other"}\n'])
def test_a_file_that_is_no_state_is_left_alone(text, tmp_path):
    (tmp_path / "file").write_text(text)
    with pytest.raises(InputError, match="not a state file"):
        LoadState.read(tmp_path / "file", "t")
    assert (tmp_path / "file").read_text() == text


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"delete_missing": True}, "--base"),
        ({"delete_missing": True, "base": "https://example.org/kg"}, "ends in"),
        ({"delete_missing": True, "base": "urn:x/", "add": True}, "--add"),
        ({"graph": "not an iri"}, "--graph"),
        ({"most_bytes": 10}, "--max-body"),
    ],
)
def test_options_that_do_not_fit_together_are_refused(options, message, load):
    with misbehaving(Memory()) as server, pytest.raises(InputError, match=message):
        load(server, **options)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no triples"),
        ("_:g { <urn:a> <urn:b> 1 }", "blank node"),
        ("<urn:g> { <urn:a> <urn:b> 1 } <urn:a> <urn:b> 2 .", "already a graph"),
    ],
)
def test_sources_that_cannot_be_loaded_are_refused(text, message, load):
    with misbehaving(Memory()) as server, pytest.raises(InputError, match=message):
        load(server, text, graph="urn:g")


def test_the_command_says_what_it_did_and_ends_with_1_for_a_difference(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("USER", "PASSWORD", "TOKEN", "AUTH"):
        monkeypatch.delenv(f"KG_STORE_{name}", raising=False)
    command = typer.Typer()
    command.command()(load_command)
    (tmp_path / "graph.trig").write_text(THREE)
    memory = Memory()
    with misbehaving(memory) as server:
        arguments = [str(tmp_path / "graph.trig"), "--to", server.url, "-q"]
        for sent in (3, 0):
            with pytest.raises(SystemExit) as ended:
                command(arguments)
            assert ended.value.code == 0
            told = f"3 graphs, 6 triples: {sent} sent, {3 - sent} unchanged, 0 deleted; counted"
            assert capsys.readouterr().out.strip() == told
        memory.spoil = lambda asked, _: answer(204)
        memory.graphs["urn:g2"] = set()
        with pytest.raises(SystemExit) as ended:
            command(arguments)
    assert ended.value.code == 1
    assert capsys.readouterr().err == "kg: urn:g2: 2 triples expected, 0 found\n"
