"""The command line on bad input: one line a reason, the run goes on, the exit code tells."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOOD = (
    "Dockers end strike at Lasko\n\nBy Ines Costa\n\nMarch 8, 2024\n\n"
    "LASKO — Dockers in the port of Lasko ended a strike of three weeks on Thursday. Mayor Karim "
    "Haddad said police had arrested 12 people during the protests. The union denied that anybody "
    "had been detained, and its spokeswoman Ana Petrova called the figure an invention.\n\n"
    "The port handled some 20,000 containers last year, according to the harbour authority.\n"
)
GERMAN = (
    "Streik im Hafen beendet\n\nDie Hafenarbeiter haben am Donnerstag ihren dreiwöchigen Streik "
    "beendet. Der Bürgermeister sagte, die Polizei habe während der Proteste zwölf Personen "
    "festgenommen. Die Gewerkschaft bestritt das und sprach von einer Erfindung der Behörden.\n"
)
MENU = "Home\nWorld\nSport\nWeather\nSign in\nSubscribe\nContact us\nPrivacy policy\n"


def kg(*args, cwd, **kwargs):
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, args)],
        cwd=cwd,
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        **kwargs,
    )


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """A folder with everything that goes wrong, and one good article."""
    folder = tmp_path_factory.mktemp("mixed")
    (folder / "news").mkdir()
    news = folder / "news"
    (news / "good.txt").write_text(GOOD, "utf-8")
    (news / "empty.txt").write_bytes(b"")
    (news / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (news / "cyrillic.txt").write_bytes((GOOD + "Кафе «Минск» закрыто.").encode("cp1251"))
    (news / "long-line.txt").write_text("word " * 1_000_001, "utf-8")
    (news / "german.txt").write_text(GERMAN, "utf-8")
    (news / "menu.txt").write_text(MENU, "utf-8")
    (news / "broken.txt").write_bytes(GOOD.encode() + b"\nbad \xff\xfe\x80 bytes\n")
    done = kg("export", "news", "news/missing.txt", "-o", "out", cwd=folder)
    rows = (folder / "out/failures.jsonl").read_text("utf-8").splitlines()
    return done, folder, [json.loads(row) for row in rows]


def test_the_run_goes_on_and_the_exit_code_tells(mixed):
    done, folder, _ = mixed
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout
    records = (folder / "out/articles.jsonl").read_text("utf-8")
    assert '"source": "good.txt"' in records
    assert json.loads((folder / "out/report.json").read_text("utf-8"))["conforms"]


@pytest.mark.parametrize(
    ("source", "fatal", "word"),
    [
        ("empty.txt", True, "empty"),
        ("binary.txt", True, "binary"),
        ("long-line.txt", True, "1,000,000"),
        ("missing.txt", True, "no such"),
        ("german.txt", False, "language"),
        ("menu.txt", False, "text"),
    ],
)
def test_every_bad_input_has_a_reason_of_one_line(mixed, source, fatal, word):
    rows = [row for row in mixed[2] if Path(row["source"]).name == source]
    assert rows, f"{source} vanished"
    assert any(row["fatal"] is fatal and word in row["reason"] for row in rows), rows
    assert all("\n" not in row["reason"] for row in rows)


def test_other_encodings_are_read(mixed):
    records = (mixed[1] / "out/articles.jsonl").read_text("utf-8").splitlines()
    found = {r["source"]: r for r in map(json.loads, records)}
    assert {"cyrillic.txt", "broken.txt", "german.txt"} <= set(found)
    assert found["cyrillic.txt"].get("encoding") != "utf-8"
    assert found["german.txt"]["language"] == "de"
    assert "events" not in found["german.txt"]


@pytest.mark.parametrize(
    "args",
    [
        ["export", "nowhere.txt", "-o", "out"],
        ["export"],
        ["export", "good.txt", "-o", "out", "--base", "not an iri"],
        ["map", "nowhere.jsonl", "-o", "x.ttl"],
        ["validate", "nowhere.ttl"],
        ["query", "nowhere", "disputed"],
        ["query", "graph.ttl", "no-such-query"],
        ["extract", "good.txt", "-o", "x.jsonl", "--model", "no_such_model"],
    ],
)
def test_usage_errors_end_with_two_and_no_traceback(tmp_path, args):
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    (tmp_path / "graph.ttl").write_text("<http://a.test/> <http://a.test/> <http://a.test/> .")
    done = kg(*args, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr


def test_a_bad_record_names_line_and_field(tmp_path):
    (tmp_path / "bad.jsonl").write_text('{"id": "x", "source": 3}\n')
    done = kg("map", "bad.jsonl", "-o", "x.ttl", cwd=tmp_path)
    assert done.returncode == 2
    assert "bad.jsonl:1: " in done.stderr
    assert not (tmp_path / "x.ttl").exists()


def test_an_output_that_is_a_file_is_refused_before_any_work(tmp_path):
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    (tmp_path / "out").write_text("mine")
    done = kg("export", "good.txt", "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert (tmp_path / "out").read_text() == "mine"


def test_standard_input(tmp_path):
    done = kg("export", "-", "-o", "out", cwd=tmp_path, input=GOOD)
    assert done.returncode == 0, done.stderr
    assert "Haddad" in (tmp_path / "out/graph.ttl").read_text("utf-8")


def test_interrupted_run_leaves_the_earlier_output_whole(tmp_path):
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    assert kg("export", "good.txt", "-o", "out", cwd=tmp_path).returncode == 0
    before = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}
    running = subprocess.Popen(
        [sys.executable, "-m", "kg", "export", "good.txt", "-o", "out"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(1.0)
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=60)
    if running.returncode != -signal.SIGINT:  # else it came before kg did, on a busy machine
        assert running.returncode in (0, 130)
        assert "Traceback" not in errors
    after = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}
    assert set(after) == set(before)
    assert after["graph.ttl"] == before["graph.ttl"]


def test_a_run_without_any_article_leaves_the_earlier_graph(tmp_path):
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    assert kg("export", "good.txt", "-o", "out", cwd=tmp_path).returncode == 0
    before = (tmp_path / "out/graph.ttl").read_bytes()
    done = kg("export", "empty.txt", "-o", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert (tmp_path / "out/graph.ttl").read_bytes() == before
    assert "empty" in (tmp_path / "out/failures.jsonl").read_text("utf-8")


def test_search_tells_what_it_finds_and_ends_with_1_where_it_finds_nothing() -> None:
    done = kg("search", "output", "the border", "-k", "claim", "-f", "json", cwd=ROOT)
    assert done.returncode == 0
    assert all("the border" in hit["text"] for hit in json.loads(done.stdout))
    none = kg("search", "output", "xylophone", cwd=ROOT)
    assert (none.returncode, none.stdout) == (1, "")
    assert "nothing holds all of: xylophone" in none.stderr


def test_ctrl_c_ends_a_query_that_would_go_on_for_hours() -> None:
    asked = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "query", "output", asked],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    assert process.wait(10) in (-signal.SIGINT, 130)
