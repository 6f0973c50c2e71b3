"""Reading of data to validate: any syntax, any number of files, and every way a file can be bad."""

import gzip
import io
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import InputError
from kg.validate.sources import FORMS, Dataset, base_of, open_dataset, reading, spool

A, P, B, G = (f"http://a.example/{name}" for name in "apbg")
TRIPLE = f'<{A}> <{P}> "v" .\n'.encode()
QUAD = f'<{A}> <{P}> "v" <{G}> .\n'.encode()
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML_HEAD = (
    f'<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="{RDF}" xmlns:x="http://a.example/">\n'
).encode()
XML = XML_HEAD + f'<rdf:Description rdf:about="{A}"><x:p>v</x:p></rdf:Description>\n'.encode()
XML_END = b"</rdf:RDF>\n"
JSON = f'{{"@id": "{A}", "{P}": "v"}}'.encode()


def graphs(dataset: Dataset) -> dict[str | None, set[str]]:
    with dataset:
        return {graph.name: set(graph.read().decode().splitlines()) for graph in dataset}


def read(path: Path, data: bytes | None = None, form: str | None = None) -> dict[str | None, set]:
    if data is not None:
        path.write_bytes(data)
    return graphs(open_dataset(path, form=form))


ONE = {None: {TRIPLE.decode().strip()}}
NAMED = {G: {TRIPLE.decode().strip()}}
SAMES = {
    "a.ttl": TRIPLE,
    "a.turtle": TRIPLE,
    "A.TTL": TRIPLE,
    "a.trig": TRIPLE,
    "a.nt": TRIPLE,
    "a.nq": TRIPLE,
    "a.rdf": XML + XML_END,
    "a.xml": XML + XML_END,
    "a.owl": XML + XML_END,
    "a.jsonld": JSON,
    "a.json": JSON,
}


@pytest.mark.parametrize("name", SAMES)
def test_every_syntax_is_read_by_its_ending_packed_or_not(tmp_path: Path, name: str) -> None:
    assert read(tmp_path / name, SAMES[name]) == ONE
    assert read(tmp_path / f"{name}.gz", gzip.compress(SAMES[name], mtime=0)) == ONE


def test_graphs_come_by_iri_and_the_default_graph_first(tmp_path: Path) -> None:
    (tmp_path / "a.trig").write_text(f"<{B}> {{ <{A}> <{P}> 1 }} <{A}> <{P}> 2 . <{A}> <{P}> 3 .")
    (tmp_path / "b.nq").write_bytes(f"<{A}> <{P}> <{B}> <{B}> .\n".encode() + QUAD)
    with open_dataset([tmp_path / "a.trig", tmp_path / "b.nq"]) as dataset:
        found = [(g.name, g.triples, [Path(f).name for f in g.files]) for g in dataset]
        assert dataset.triples == 5
    assert found == [(None, 2, ["a.trig"]), (B, 2, ["a.trig", "b.nq"]), (G, 1, ["b.nq"])]


def test_graphs_scattered_over_a_file_are_gathered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool, "_KEPT", 500)
    monkeypatch.setattr(spool, "_IN_MEMORY", 1000)
    lines = [f'<{A}> <{P}> "{n} é" <{G}{n % 3}> .\n' for n in range(300)]
    (tmp_path / "a.nq").write_text("".join(lines), "utf-8")
    found = graphs(open_dataset(tmp_path))
    assert {name: len(triples) for name, triples in found.items()} == {
        f"{G}{n}": 100 for n in "012"
    }
    assert f'<{A}> <{P}> "4 é" .' in found[f"{G}1"]


def test_union_is_one_graph(tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_bytes(QUAD + TRIPLE + f"<{A}> <{P}> <{B}> <{B}> .".encode())
    with open_dataset(tmp_path, union=True) as dataset:
        (graph,) = dataset
        assert (graph.name, len(graph.read().splitlines())) == (None, 3)
    assert graphs(open_dataset([], union=True)) == {}


def test_blank_nodes_are_numbered_by_file_and_first_appearance(tmp_path: Path) -> None:
    (tmp_path / "a.trig").write_text(f"_:g {{ _:o <{P}> _:s . }} <{G}> {{ _:s <{P}> [] }}")
    (tmp_path / "b.ttl").write_text(f'_:o <{P}> "_:o is no blank node" .')
    assert graphs(open_dataset(tmp_path)) == {
        "_:f1b3": {f"_:f1b1 <{P}> _:f1b2 ."},
        G: {f"_:f1b2 <{P}> _:f1b4 ."},
        None: {f'_:f2b1 <{P}> "_:o is no blank node" .'},
    }


def test_blank_nodes_in_a_triple_term_are_renamed_too(tmp_path: Path) -> None:
    found = read(tmp_path / "a.ttl", f'_:x <{P}> <<( _:y <{P}> "_:x" )>> .'.encode())
    assert found == {None: {f'_:f1b1 <{P}> <<( _:f1b2 <{P}> "_:x" )>> .'}}


def test_any_character_of_a_literal_comes_back(tmp_path: Path) -> None:
    odd = [chr(n) for n in (*range(1, 256), 0x2028, 0xFEFF, 0xFFFD, 0x1F600)]
    terms = [ox.Literal(f"a {char} <{A}> . {char}") for char in odd]
    terms += [ox.Literal("x", language="en-gb"), ox.Literal("01", datatype=ox.NamedNode(B))]
    quads = [ox.Quad(ox.NamedNode(A), ox.NamedNode(P), term) for term in terms]
    with open_dataset(quads) as dataset:
        (graph,) = dataset
        data = graph.read()
        assert [dataset.seen.has_node(str(term)) for term in terms] == [True] * len(terms)
    assert data.count(b"\n") == len(terms)
    back = ox.parse(input=data, format=ox.RdfFormat.N_TRIPLES)
    assert [quad.object for quad in back] == terms


def test_statements_of_python_are_read_as_well() -> None:
    quad = ox.Quad(ox.BlankNode("z"), ox.NamedNode(P), ox.Literal("v"), ox.NamedNode(G))
    assert graphs(open_dataset(iter([quad]))) == {G: {f'_:f0b1 <{P}> "v" .'}}
    assert graphs(open_dataset([])) == {}


def test_folder_is_read_with_those_below_and_without_what_is_not_rdf(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.nq").write_bytes(QUAD)
    (tmp_path / "package.json").write_text('{"name": "x"}')
    (tmp_path / "feed.xml").write_text("<rss/>")
    (tmp_path / ".hidden.ttl").write_text("no Turtle")
    (tmp_path / "b.json").write_bytes(JSON)
    assert graphs(open_dataset(tmp_path)) == ONE | NAMED


def test_standard_input_is_known_by_its_content(monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (TRIPLE, XML + XML_END, JSON, QUAD, f"<{G}> {{ {TRIPLE.decode()} }}".encode()):
        for packed in (data, gzip.compress(data, mtime=0)):
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(packed)))
            assert graphs(open_dataset("-")) in (ONE, NAMED)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TRIPLE)))
    assert graphs(open_dataset("-", form="ntriples")) == ONE


def test_form_goes_before_the_ending(tmp_path: Path) -> None:
    assert read(tmp_path / "a.doc", TRIPLE, "turtle") == ONE
    assert read(tmp_path / "a.ttl", XML + XML_END, "rdfxml") == ONE
    with pytest.raises(InputError, match="no such syntax: yaml"):
        read(tmp_path / "a.ttl", None, "yaml")


def test_relative_iris_are_resolved_against_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a b.ttl"
    (line,) = read(file, f"<> <{P}> <#x> .".encode())[None]
    assert line == f"<{base_of(str(file))}> <{P}> <{base_of(str(file))}#x> ."
    assert base_of(str(file)).endswith("/a%20b.ttl")


def test_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    assert read(tmp_path / "a.ttl", b"\xef\xbb\xbf" + TRIPLE) == ONE


@pytest.mark.parametrize("name", ["a.ttl", "a.nq", "a.rdf", "a.jsonld"])
def test_empty_file_has_no_triples(tmp_path: Path, name: str) -> None:
    assert read(tmp_path / name, b"") == {}
    assert read(tmp_path / name, b" \n") == {}
    assert read(tmp_path / f"{name}.gz", gzip.compress(b"", mtime=0)) == {}


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.ttl", XML + XML_END, r"read as Turtle and looks like RDF/XML.*\.rdf.*--input-format"),
        ("a.ttl", JSON, "looks like JSON-LD"),
        ("a.ttl", b"<!DOCTYPE html>\n<html>", "HTML page"),
        ("a.ttl", TRIPLE + f"<{G}> {{ {TRIPLE.decode()} }}".encode(), "line 2: .*like TriG"),
        ("a.ttl", TRIPLE + QUAD, "line 2: .*looks like N-Quads"),
        ("a.nt", QUAD, "looks like N-Quads"),
        ("a.nt", b"@prefix x: <http://a.example/> .\nx:a x:b x:c .", "looks like Turtle"),
        ("a.rdf", TRIPLE, "read as RDF/XML and looks like Turtle"),
        ("a.jsonld", TRIPLE, "read as JSON-LD and looks like Turtle"),
        ("a.jsonld", XML + XML_END, "looks like RDF/XML"),
        ("a.json", b'{"a": 1}', "not JSON-LD; give it a context"),
        ("a.ttl", gzip.compress(TRIPLE, mtime=0), r"packed with gzip: add \.gz"),
        ("a.ttl.gz", TRIPLE, r"not packed with gzip: take \.gz off"),
        ("a.ttl", b"PK\x03\x04....", "ZIP"),
        ("a.ttl", b"\x01\x02\x03\x80\x81", "binary"),
        ("a.ttl", TRIPLE.decode().encode("utf-16"), "UTF-16: convert"),
        ("a.ttl", TRIPLE.decode().encode("utf-16-le"), "UTF-16 or"),
        ("a.ttl", TRIPLE + '<x:a> <x:b> "é" .'.encode("cp1252"), "line 2: not UTF-8.*cp1252"),
        ("a.doc", TRIPLE, "unknown ending .doc.*--input-format"),
    ],
)
def test_content_that_is_not_what_the_name_says(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read(tmp_path / name, data)
    assert str(caught.value).startswith(str(tmp_path / name))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.ttl", TRIPLE + f"<{A}> <{P}>".encode(), "line 2: Unexpected end.*inside a statement"),
        ("a.nt", TRIPLE + f'<{A}> <{P}> "v'.encode(), "line 2: Unexpected end"),
        ("a.trig", f"<{G}> {{\n".encode() + TRIPLE, "line 3: Unexpected end"),
        ("a.rdf", XML, "line 4: not well-formed XML: the file ends"),
        ("a.jsonld", JSON[:-1], "line 1: not JSON"),
        ("a.ttl", TRIPLE + b"<http://a.example/a b> a <x:c> .", "line 2: Invalid IRI.*%20"),
        ("a.rdf", XML.replace(b'/a"', b'/a b"') + XML_END, "line 3: .*Invalid IRI.*%20"),
        ("a.jsonld", JSON.replace(b'/a"', b'/a b"'), "line 1: IRI 'http://a.example/a b'.*%20"),
        ("a.ttl", TRIPLE + b"nonsense here .", "line 2: nonsense is not a valid subject"),
        ("a.ttl.gz", gzip.compress(TRIPLE * 99, mtime=0)[:-12], "broken gzip, perhaps cut off"),
        ("a.ttl.gz", gzip.compress(TRIPLE, mtime=0)[:-8] + b"12345678", "broken gzip"),
        ("a.jsonld", b'{"@context": "https://schema.org", "@id": "x:a"}', "nothing is fetched"),
        ("a.jsonld", b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
    ],
)
def test_broken_file_is_refused_with_its_line(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read(tmp_path / name, data)
    assert str(caught.value).startswith(str(tmp_path / name))
    assert "\n" not in str(caught.value)


def test_wrong_encoding_far_into_a_file_is_told_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_BLOCK", 70_000)
    data = TRIPLE * 5000 + f'<{A}> <{P}> "é" .'.encode("cp1252")
    with pytest.raises(InputError, match="line 5001: not UTF-8"):
        read(tmp_path / "a.nt", data)


def test_long_line_is_read(tmp_path: Path) -> None:
    (line,) = read(tmp_path / "a.ttl", TRIPLE.replace(b"v", b"v" * 5_000_000))[None]
    assert len(line) > 5_000_000


class Endless(io.RawIOBase):
    """A literal that never ends."""

    def __init__(self, head: bytes) -> None:
        self.given, self.head = 0, head

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:
        start = self.head if not self.given else b""
        size = len(buffer)
        buffer[:] = start + b"v" * (size - len(start))
        self.given += size
        return size


@pytest.mark.parametrize(
    ("form", "head"),
    [
        ("turtle", TRIPLE + f'<{A}> <{P}> "'.encode()),
        ("nquads", TRIPLE + f'<{A}> <{P}> "'.encode()),
        ("rdfxml", XML_HEAD + f'<rdf:Description rdf:about="{A}"><x:p>'.encode()),
    ],
)
def test_literal_without_end_is_refused_before_memory_is_gone(
    monkeypatch: pytest.MonkeyPatch, form: str, head: bytes
) -> None:
    endless = Endless(head)
    stdin = io.TextIOWrapper(io.BufferedReader(endless))
    monkeypatch.setattr(sys, "stdin", stdin)
    with pytest.raises(InputError, match=r"line \d: .*more than 16 MB.*link to it"):
        open_dataset("-", form=form)
    assert endless.given < 20_000_000


def test_json_ld_of_any_length_is_not_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.validate.sources.parsing._LARGEST_JSON", 10)
    with pytest.raises(InputError, match="convert it to N-Quads"):
        read(tmp_path / "a.jsonld", JSON)


@pytest.mark.parametrize(
    "document",
    [
        '{"@id": "x:a", "@type": ["x:B", "x:C D"]}',
        '{"@context": {"id": "@id"}, "@graph": [{"id": "x:a b"}]}',
    ],
)
def test_json_ld_with_a_node_that_would_be_dropped_is_refused(
    tmp_path: Path, document: str
) -> None:
    with pytest.raises(InputError, match="no IRI may have"):
        read(tmp_path / "a.jsonld", document.encode())


def test_json_ld_may_have_a_property_called_id(tmp_path: Path) -> None:
    document = b'{"@context": {"@vocab": "x:"}, "@id": "x:a", "id": "no name", "type": "so so"}'
    assert len(read(tmp_path / "a.jsonld", document)[None]) == 2


def test_gzip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_MOST_UNPACKED", 1_000_000)
    with pytest.raises(InputError, match="grows more than 200 times"):
        read(tmp_path / "a.ttl.gz", gzip.compress(b"\n" * 10_000_000, mtime=0))


def test_xml_entities_do_not_explode(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE r [<!ENTITY e0 "0123456789">{entities}]>'.encode()
    data = XML.replace(b"?>\n", b"?>\n" + head, 1).replace(b">v<", b">&e9;<") + XML_END
    with pytest.raises(InputError, match="amplification"):
        read(tmp_path / "a.rdf", data)


def test_what_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.ttl: no such file"):
        open_dataset(tmp_path / "gone.ttl")
    with pytest.raises(InputError, match="no RDF file in this folder"):
        open_dataset(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_file_without_permission_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_bytes(TRIPLE)
    (tmp_path / "a.ttl").chmod(0)
    with pytest.raises(InputError, match="no permission"):
        open_dataset(tmp_path / "a.ttl")


def test_refused_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.ttl").write_bytes(TRIPLE)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match=r"a\.ttl: no permission to read it"):
        open_dataset(tmp_path / "a.ttl")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("name", ["pipe.ttl", "pipe"])
def test_pipe_is_read_once(tmp_path: Path, name: str) -> None:
    pipe = tmp_path / name
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(TRIPLE,))
    writer.start()
    assert graphs(open_dataset(pipe)) == ONE
    writer.join()


def test_no_room_for_the_temporary_file_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(spool.Spool, "_write", full)
    quad = ox.Quad(ox.NamedNode(A), ox.NamedNode(P), ox.Literal("v"))
    with pytest.raises(InputError, match="set TMPDIR"):
        open_dataset([quad])


def test_file_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_bytes(TRIPLE)
    with open_dataset([tmp_path, f"{tmp_path}/./a.ttl"]) as dataset:
        assert (len(dataset.files), dataset.triples) == (1, 1)


def test_context_stands_apart(tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_bytes(QUAD)
    (tmp_path / "c.ttl").write_text(f"_:x <{P}> <{B}> .")
    with open_dataset(tmp_path / "a.nq", context=[tmp_path / "c.ttl", G]) as dataset:
        assert [graph.name for graph in dataset] == [G]
        assert dataset.context == f"_:f2b1 <{P}> <{B}> .\n".encode()
        assert dataset.context_graphs == (G,)
        assert dataset.triples == 1


def test_context_that_is_nowhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_bytes(QUAD)
    with pytest.raises(InputError, match=f"neither a file nor a named graph.*there: {G}"):
        open_dataset(tmp_path, context=[A])
    with pytest.raises(InputError, match="no such file"):
        open_dataset(tmp_path, context=["gone.ttl"])


def test_seen_knows_classes_above_properties_and_nodes(tmp_path: Path) -> None:
    sub = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
    (tmp_path / "a.ttl").write_text(f'<{A}> a <{B}> ; <{P}> "x <{G}> ." . <{B}> {sub} <x:C> .')
    (tmp_path / "c.nt").write_text(
        f"<x:C> {sub} <x:D> .\n<x:D> {sub} <x:C> .\n<x:E> {sub} <x:F> .\n"
    )
    with open_dataset(tmp_path / "a.ttl", context=[tmp_path / "c.nt"]) as dataset:
        seen = dataset.seen
        assert seen.classes == {B, "x:C", "x:D"}
        assert seen.predicates == {RDF + "type", P, sub.strip("<>")}
        nodes = [A, B, "x:C", f'"x <{G}> ."', P, G, "x:D"]
        assert [seen.has_node(node) for node in nodes] == [True] * 4 + [False] * 3


def test_progress_reaches_the_size_of_all_files(tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_bytes(QUAD)
    (tmp_path / "b.nq.gz").write_bytes(gzip.compress(QUAD * 1000, mtime=0))
    total = sum(file.stat().st_size for file in tmp_path.iterdir())
    told: list[tuple[str, int, int]] = []
    open_dataset(tmp_path, tell=lambda *step: told.append(step)).close()
    assert told[-1] == ("read", total, total)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


def test_endings_of_every_syntax_lead_back_to_it() -> None:
    from kg.validate.sources import form_by_ending

    assert all(form_by_ending("x" + form.ending + ".gz") == name for name, form in FORMS.items())
    assert form_by_ending("x.gz") is None


def test_iterating_twice_gives_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_bytes(QUAD + TRIPLE)

    def lines(dataset: Dataset) -> Iterator[bytes]:
        return (graph.read() for graph in dataset)

    with open_dataset(tmp_path) as dataset:
        assert list(lines(dataset)) == list(lines(dataset))
