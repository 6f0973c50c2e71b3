"""`kg validate` as a build runs it: exit codes, lines, and a clear word on everything bad."""

import gzip
import os
import re
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pytest
import rdflib

from tests.conformance.good import good_quads

ROOT = Path(__file__).parents[2]
SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <https://a.example/> .
ex:PersonShape a sh:NodeShape ;
    sh:targetClass ex:Person ;
    sh:property ex:PersonName .
ex:PersonName a sh:PropertyShape ; sh:path ex:name ;
    sh:minCount 1 ; sh:maxCount 1 ; sh:pattern "^[A-Z]" ; sh:message "One name." .
"""
ANN = "@prefix ex: <https://a.example/> .\nex:ann a ex:Person ; ex:name 'Ann' .\n"
COMMAND = re.compile(r"::error file=([^,]*),line=(\d+),")


def kg(*args, cwd, **kwargs):
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, args)],
        cwd=cwd,
        capture_output=True,
        check=False,
        text="input" not in kwargs,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        **kwargs,
    )


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "shapes.ttl").write_text(SHAPES, "utf-8")
    (tmp_path / "ann.ttl").write_text(ANN, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("right", "wrong", "word"),
    [
        ("sh:minCount 1", "sh:minCoun 1", "sh:minCoun is no term of SHACL"),
        ("sh:path ex:name ;", "", "no sh:path"),
        ("sh:targetClass ex:Person ;", "sh:targetClass ex:Person .\nex:x sh:severity sh:Info .\n"
         "ex:PersonShape", "sh:severity"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_shapes_ends_with_two_and_its_line(folder, right, wrong, word):
    text = SHAPES.replace(right, wrong)
    (folder / "shapes.ttl").write_text(text, "utf-8")
    done = kg("validate", "ann.ttl", "--shapes", "shapes.ttl", cwd=folder)
    assert done.returncode == 2
    place = re.search(rf"shapes\.ttl:(\d+): .*{re.escape(word)}", done.stderr)
    assert place, done.stderr
    lines = text.splitlines()
    mark = wrong.split("\n")[1] if "\n" in wrong else wrong or "ex:PersonName a"
    assert mark.removesuffix(" .") in lines[int(place[1]) - 1]


def written_by_us(folder):
    from kg.write import write_graph

    write_graph(good_quads(), folder / "graph.ttl")


def written_by_rdflib(folder):
    written_by_us(folder)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        graph = rdflib.Graph().parse(folder / "graph.ttl")
    graph.serialize(folder / "graph.ttl", format="turtle")


@pytest.mark.parametrize("write", [written_by_us, written_by_rdflib], ids=["ours", "rdflib"])
def test_an_annotation_names_the_line_of_a_fault_in_our_graph(tmp_path, write):
    write(tmp_path)
    text = (tmp_path / "graph.ttl").read_text("utf-8")
    place = re.search(r"kg:confidence 0\.\d+", text)
    (tmp_path / "graph.ttl").write_text(
        text[: place.start()] + "kg:confidence 7.5" + text[place.end() :], "utf-8"
    )
    done = kg("validate", "graph.ttl", "-f", "github", cwd=tmp_path)
    line = text.count("\n", 0, place.start()) + 1
    assert done.returncode == 1
    assert ("graph.ttl", str(line)) in COMMAND.findall(done.stdout)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("@prefix ex: <https://a.example/> .\n\n# Bob\nex:bob\n  a ex:Person ;\n  ex:name\n\n"
         "    'bob' .\n", 8),
        ("PREFIX ex: <https://a.example/>\r\nex:b a ex:Person; ex:note '''two\r\nlines''' ;\r\n"
         "ex:name 'b' .\r\n", 4),
        ("@base <https://a.example/> .\n@prefix : <#> .\n<c> a <Person> ;\n\t<name> "
         "\"Cid\" ,\n\t\t\"cid\"@en .\n", 5),
        ("@prefix ex: <https://a.example/> .\nex:d ex:knows [\n a ex:Person ;\n ex:name 'd' ]"
         " .\n", 4),
    ],
)  # fmt: skip
def test_an_annotation_names_the_line_of_a_fault_in_turtle_by_hand(folder, text, line):
    (folder / "hand.ttl").write_bytes(text.encode())
    done = kg("validate", "hand.ttl", "--shapes", "shapes.ttl", "-f", "github", cwd=folder)
    assert done.returncode == 1
    assert ("hand.ttl", str(line)) in COMMAND.findall(done.stdout), done.stdout


BAD = {
    "cut.ttl": (ANN.rstrip(" .\n").encode(), 2, "dot.*cut off"),
    "open.ttl": (ANN.encode() + b"ex:b ex:name '", 2, "line|:3"),
    "graphs.ttl": (b"<http://g> { <http://a> <http://b> <http://c> }", 2, "--input-format trig"),
    "page.ttl": (b"<!doctype html><html></html>", 2, "HTML"),
    "xml.ttl": (b"<?xml version='1.0'?><rdf:RDF xmlns:rdf='x'/>", 2, "rdfxml"),
    "data.csv": (b"a,b\n", 2, "unknown ending"),
    "space.ttl": (ANN.encode() + b"ex:b ex:name <http://a b> .\n", 2, "%20"),
    "utf16.ttl": (ANN.encode("utf-16"), 2, "UTF-16"),
    "latin.ttl": (ANN.replace("Ann'", "Zoë'").encode("cp1252"), 2, "UTF-8"),
    "binary.ttl": (bytes(range(256)) * 9, 2, "binary"),
    "half.ttl.gz": (gzip.compress(ANN.encode() * 99, mtime=0)[:40], 2, "gzip"),
    "bomb.ttl.gz": (gzip.compress(b"\n" * 90_000_000, mtime=0), 2, "unpack"),
    "empty.ttl": (b"", 1, "nothing was checked.*empty"),
    "only-a-prefix.ttl": (b"@prefix ex: <https://a.example/> .\n", 1, "nothing was checked"),
    "foreign.ttl": (b"<http://a> a <http://b/Cat> .", 1, "nothing was checked.*\n.*<http://b/Cat>"),
    "missing.ttl": (None, 2, "no such file"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_data_get_a_clear_word_and_never_conform(folder, name):
    data, code, word = BAD[name]
    if data is not None:
        (folder / name).write_bytes(data)
    done = kg("validate", name, "--shapes", "shapes.ttl", cwd=folder)
    told = done.stdout + done.stderr
    assert done.returncode == code, told
    assert re.search(word, told), told
    assert "Traceback" not in told
    assert not re.search(r"(?m)^conforms", told)


def test_a_literal_of_a_gigabyte_is_refused_soon(folder):
    command = [sys.executable, "-m", "kg", "validate", "-", "--shapes", "shapes.ttl"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.Popen(
        command, cwd=folder, env=env, stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    sent = 0
    try:
        run.stdin.write(ANN.encode() + b'ex:b ex:name "')
        while sent < 1 << 30:
            sent += run.stdin.write(b"x" * 1_000_000)
    except BrokenPipeError:
        pass
    told = run.communicate()[1].decode()
    assert run.returncode == 2
    assert "16 MB" in told
    assert sent < 100_000_000


def test_standard_input_has_lines_too(folder):
    text = b"@prefix ex: <https://a.example/> .\n\nex:b a ex:Person .\n"
    done = kg("validate", "-", "--shapes", "shapes.ttl", cwd=folder, input=text)
    assert done.returncode == 1
    assert b"-:3" in done.stdout


def test_only_what_is_new_fails(folder):
    (folder / "bob.ttl").write_text("<#b> a <https://a.example/Person> .", "utf-8")
    common = ("validate", "bob.ttl", "--shapes", "shapes.ttl")
    assert kg(*common, "--report", "known.json", cwd=folder).returncode == 1
    done = kg(*common, "--baseline", "known.json", cwd=folder)
    assert (done.returncode, "0 new, 1 known" in done.stdout) == (0, True)
    (folder / "bob.ttl").write_text(
        "\n<#b> a <https://a.example/Person> .\n<#c> a <https://a.example/Person> .", "utf-8"
    )
    done = kg(*common, "--baseline", "known.json", cwd=folder)
    assert (done.returncode, "1 new, 1 known" in done.stdout) == (1, True)


@pytest.mark.parametrize(("level", "code"), [("violation", 0), ("warning", 1), ("info", 1)])
def test_the_level_that_fails_can_be_chosen(folder, level, code):
    mild = SHAPES.replace("sh:message", "sh:severity sh:Warning ; sh:message")
    (folder / "shapes.ttl").write_text(mild, "utf-8")
    (folder / "bob.ttl").write_text("<#b> a <https://a.example/Person> .", "utf-8")
    done = kg("validate", "bob.ttl", "--shapes", "shapes.ttl", "--fail-on", level, cwd=folder)
    assert done.returncode == code


def test_the_list_is_cut_and_the_counts_are_not(folder):
    people = "".join(f"<#p{n}> a <https://a.example/Person> .\n" for n in range(300))
    (folder / "many.ttl").write_text(people, "utf-8")
    done = kg("validate", "many.ttl", "--shapes", "shapes.ttl", "--max", "3", cwd=folder)
    assert "300 violations" in done.stdout
    assert done.stdout.count("many.ttl:") == 3
    assert "297 more of this kind" in done.stdout


def test_every_form_of_report_can_be_written_at_once(folder):
    names = ["r.json", "r.ttl", "r.sarif", "r.xml", "r.txt"]
    options = [part for name in names for part in ("--report", name)]
    done = kg("validate", "ann.ttl", "--shapes", "shapes.ttl", "-q", *options, cwd=folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert all((folder / name).stat().st_size for name in names)
    done = kg("validate", "ann.ttl", "--shapes", "shapes.ttl", "--report", "r.doc", cwd=folder)
    assert (done.returncode, "unknown ending" in done.stderr) == (2, True)


def test_an_interrupted_run_says_so_and_leaves_no_report(folder):
    people = "".join(f"<#p{n}> a <https://a.example/Person> .\n" for n in range(150_000))
    (folder / "many.ttl").write_text(people, "utf-8")
    run = subprocess.Popen(
        [
            *(sys.executable, "-m", "kg", "validate", "many.ttl"),
            *("--shapes", "shapes.ttl", "--report", "r.json"),
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(1)
    run.send_signal(signal.SIGINT)
    told = run.communicate()[1].decode()
    assert run.returncode == 130, told
    assert "interrupted" in told
    assert "Traceback" not in told
    assert sorted(file.name for file in folder.iterdir()) == ["ann.ttl", "many.ttl", "shapes.ttl"]


@pytest.mark.parametrize("name", ["ann.ttl", "shapes.ttl", "link.ttl", "aside.ttl", "known.json"])
@pytest.mark.parametrize("also", [["--context", "https://a.example/graph"], ["missing.ttl"]])
def test_a_report_never_replaces_what_is_read(folder, name, also):
    (folder / "link.ttl").symlink_to("ann.ttl")
    (folder / "aside.ttl").write_bytes((folder / "ann.ttl").read_bytes())
    (folder / "known.json").write_text('{"results": []}', "utf-8")
    before = (folder / name).read_bytes()
    options = ["--shapes", "shapes.ttl", "--context", "aside.ttl", "--baseline", "known.json"]
    done = kg("validate", "ann.ttl", *also, *options, "--report", name, cwd=folder)
    assert (done.returncode, "another name" in done.stderr) == (2, True)
    assert (folder / name).read_bytes() == before


def test_without_a_file_nothing_is_said_to_conform(folder):
    done = kg("validate", "--shapes", "shapes.ttl", cwd=folder)
    assert (done.returncode, "no FILE" in done.stderr) == (2, True)
    done = kg("validate", "--only-shapes", "--shapes", "shapes.ttl", "-f", "turtle", cwd=folder)
    assert (done.returncode, "sh:conforms true" in done.stdout) == (0, False)


@pytest.mark.parametrize(
    ("shape", "word"),
    [
        ("sh:deactivated true ; sh:nodeKind sh:IRI", "checks nothing"),
        ("sh:property [ sh:path ex:name ]", "checks nothing"),
        ("sh:rule [ a sh:TripleRule ]", "not run here"),
    ],
)
def test_shapes_without_effect_let_nothing_conform(folder, shape, word):
    head = SHAPES.split("ex:PersonShape", maxsplit=1)[0]
    text = f"{head}ex:S a sh:NodeShape ; sh:targetClass ex:Person ; {shape} ."
    (folder / "shapes.ttl").write_text(text, "utf-8")
    done = kg("validate", "ann.ttl", "--shapes", "shapes.ttl", cwd=folder)
    assert done.returncode == 1
    assert done.stdout.startswith("nothing was checked")
    assert word in done.stdout


@pytest.mark.parametrize("closed", ["<&-", ">&-", ">/dev/full"])
def test_closed_and_full_streams_give_no_traceback(folder, closed):
    command = f"{sys.executable} -m kg validate ann.ttl --shapes shapes.ttl {closed}"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, shell=True, cwd=folder, env=env, capture_output=True, check=False, text=True
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == (2 if "full" in closed else 0), done.stderr
    assert ("cannot be written" in done.stderr) == ("full" in closed)


def test_constraints_without_a_message_say_what_they_ask_for(folder):
    (folder / "shapes.ttl").write_text(SHAPES.replace('; sh:message "One name."', ""), "utf-8")
    (folder / "bob.ttl").write_text("<#b> a <https://a.example/Person> .", "utf-8")
    done = kg("validate", "bob.ttl", "--shapes", "shapes.ttl", cwd=folder)
    assert "there are too few values (sh:minCount 1)" in done.stdout


def test_a_report_never_replaces_a_text(folder):
    (folder / "texts").mkdir()
    (folder / "texts/a.txt").write_text("A text.", "utf-8")
    done = kg("validate", "ann.ttl", "--texts", "texts", "--report", "texts/a.txt", cwd=folder)
    assert (done.returncode, "another name" in done.stderr) == (2, True)
    assert (folder / "texts/a.txt").read_text("utf-8") == "A text."


def test_a_line_break_in_a_name_begins_no_line_of_the_report(folder):
    (folder / "a\n::error::.ttl").write_text("<#b> a <https://a.example/Person> .", "utf-8")
    done = kg("validate", "a\n::error::.ttl", "--shapes", "shapes.ttl", cwd=folder)
    assert done.returncode == 1
    assert not any(line.startswith("::error") for line in done.stdout.splitlines())
