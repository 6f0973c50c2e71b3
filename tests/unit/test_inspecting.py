"""What kg read shows: the same as reading gives."""

import gzip
import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from kg.cli.sources import InputKind, _day, default_cache
from kg.model import Failure
from kg.read import Kind, inspect_inputs, read_documents

ROOT = Path(__file__).parents[2]
TEXT = "The harbour bridge was closed on Monday after a crane hit it, the port authority said.\n"


def make_warc(pages):
    """Return an archive of pages, each record packed by itself."""
    records = []
    for number in range(pages):
        body = f"<html><body><article><p>{number} {TEXT * 4}</p></article></body></html>"
        block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}"
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\n"
            "Content-Type: application/http; msgtype=response\r\n"
            f"WARC-Record-ID: <urn:uuid:{number:032x}>\r\nWARC-Date: 2024-05-03T10:00:00Z\r\n"
            f"WARC-Target-URI: https://courier.example/{number}\r\nContent-Length: {len(block)}"
        )
        records.append(gzip.compress(f"{head}\r\n\r\n{block}\r\n\r\n".encode(), mtime=0))
    return b"".join(records)


@pytest.fixture
def mixed(tmp_path):
    described = {"maintext": TEXT * 2, "title": "Bridge closed"}
    files = {
        "a.txt": TEXT.encode(),
        "b.html": f"<html><body><article><p>{TEXT * 5}</p></article></body></html>".encode(),
        "c.jsonl": (ROOT / "output/articles.jsonl").read_bytes(),
        "d.json": json.dumps(described).encode(),
        "e.warc.gz": make_warc(3),
        "f.txt.gz": gzip.compress(b"Second. " + TEXT.encode(), mtime=0),
        "g.json": b'{"a": 1}',
        "h.txt": b"",
        "i.txt": b"\x89PNG\r\n",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_each_input_has_its_kind_and_number(mixed):
    found = {one.name: one for one in inspect_inputs([mixed])}
    told = {name: (one.kind, one.articles) for name, one in found.items() if one.readable}
    assert told == {
        "a.txt": (Kind.text, 1),
        "b.html": (Kind.html, 1),
        "c.jsonl": (Kind.records, 7),
        "d.json": (Kind.newsplease, 1),
        "e.warc.gz": (Kind.warc, 3),
        "f.txt.gz": (Kind.text, 1),
    }
    assert not any(one.failed for one in found.values())


def test_the_number_is_what_reading_gives(mixed):
    read = [item for item in read_documents([mixed]) if not isinstance(item, Failure)]
    assert len(read) == sum(one.articles or 0 for one in inspect_inputs([mixed]))


def test_what_the_user_named_and_cannot_be_read_fails(mixed):
    (one,) = inspect_inputs([mixed / "g.json"])
    assert one.failed
    assert "JSON" in one.notes[0]


def test_a_url_is_not_fetched():
    (one,) = inspect_inputs(["http://127.0.0.1:9/x"])
    assert one.readable
    assert "will be fetched" in one.notes[0]


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "kg", "read", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


def test_the_command_lists_shows_and_ends_with_its_code(mixed):
    listed = run(mixed)
    assert listed.returncode == 0
    assert "14 articles, 0 rows; 3 not read" in listed.stderr
    shown = run(mixed / "b.html", "--show")
    assert "body       The harbour bridge" in shown.stdout
    assert run(mixed / "g.json").returncode == 1
    as_json = json.loads(run(mixed, "--format", "json").stdout)
    assert [one["kind"] for one in as_json][:2] == ["text", "html"]


def test_kinds_of_the_command_line_are_those_of_reading():
    assert [kind.value for kind in InputKind] == [kind.value for kind in Kind]


def test_since_is_a_day_or_a_number_of_days(capsys):
    assert _day("2026-03-01") == date(2026, 3, 1)
    assert date(2020, 1, 1) < _day("7d") == _day("8d") + timedelta(days=1)
    with pytest.raises(SystemExit):
        _day("soon")
    assert "--since" in capsys.readouterr().err


def test_the_cache_stands_in_the_user_s_cache_folder(monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert default_cache() == Path("/somewhere/kg/pages")
