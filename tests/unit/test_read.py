# ruff: noqa: E501 - texts stand on one line
import io
import json
import os
import sys

import pytest

from kg.errors import InputError
from kg.model import Document, Failure
from kg.read import read_documents
from kg.settings import Settings

TEXT = "Ferry lines to close in winter\n\nThe ferry company said on Tuesday that its two northern lines would stop running.\n"


def read(*inputs, **options):
    found = list(read_documents(inputs, **options))
    return [d for d in found if isinstance(d, Document)], [
        f for f in found if isinstance(f, Failure)
    ]


def write(folder, name, data=TEXT):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def only_reason(path, **options):
    documents, failures = read(path, **options)
    assert documents == []
    assert len(failures) == 1
    assert failures[0].fatal
    assert "\n" not in failures[0].reason
    return failures[0].reason


def test_folder_is_read_sorted_with_relative_names(tmp_path):
    for name in ("b.txt", "a/z.TXT", "a.md", "a/y.txt"):
        write(tmp_path, name, TEXT + name)
    documents, failures = read(tmp_path)
    assert [d.source for d in documents] == ["a/y.txt", "a/z.TXT", "b.txt"]
    assert [(f.fatal, f.reason) for f in failures] == [
        (False, "1 files of other endings were left out (.md 1)")
    ]


def test_file_pattern_and_same_file_twice(tmp_path):
    path = write(tmp_path, "a.txt")
    write(tmp_path, "b.txt", TEXT + "b")
    documents, failures = read(path, str(tmp_path / "*.txt"))
    assert [d.source for d in documents] == ["a.txt", "b.txt"]
    assert failures == []


def test_files_of_one_name_in_two_folders_keep_apart(tmp_path):
    write(tmp_path, "north/a.txt")
    write(tmp_path, "south/a.txt", TEXT + "south")
    documents, _ = read(tmp_path / "north", tmp_path / "south")
    assert [d.source for d in documents] == ["a.txt", "south/a.txt"]


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    documents, _ = read("-")
    assert documents[0].source == "standard-input"
    assert documents[0].text == TEXT


def test_text_is_kept_as_it_is(tmp_path):
    text = TEXT.replace("\n", "\r\n")
    documents, _ = read(write(tmp_path, "a.txt", b"\xef\xbb\xbf" + text.encode()))
    assert documents[0].text == text
    assert documents[0].encoding == "utf-8"
    assert [z.kind for z in documents[0].zones] == ["headline", "body"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings(tmp_path, encoding):
    documents, _ = read(write(tmp_path, "a.txt", TEXT.encode(encoding)))
    assert documents[0].text == TEXT


def test_old_encoding_is_found_and_named(tmp_path):
    text = "Rat der Stadt Köln beschließt höhere Gebühren für Müll und Straßenreinigung.\n" * 20
    documents, failures = read(write(tmp_path, "a.txt", text.encode("cp1252")))
    assert documents[0].text == text
    assert documents[0].encoding != "utf-8"
    assert failures == []


def test_bad_bytes_are_counted_and_replaced(tmp_path):
    raw = (TEXT + "“Łask”, “Vilnius” — " * 20).encode() + b"\xff\xfe end \xe2\x80 of it"
    documents, failures = read(write(tmp_path, "a.txt", raw))
    assert documents[0].bad_bytes == 4
    assert documents[0].text.count("\ufffd") == 4
    assert not failures[0].fatal
    assert "4 bytes" in failures[0].reason


def test_without_the_encoding_detector(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.read.decode.find_spec", lambda name: None)
    documents, _ = read(write(tmp_path, "a.txt", "Köln erhöht die Gebühren.".encode("cp1252")))
    assert documents[0].encoding == "cp1252"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7 x", "PDF"),
        (b"\x1f\x8b\x08x", "gzip"),
        (b"\x89PNG\r\n", "picture"),
        (b"\x7fELF\x02", "program"),
        (b"PK\x03\x04xx", "ZIP"),
        (b"text\0\0\0\x01\x02text text", "binary"),
        (bytes(range(1, 9)) * 50, "binary"),
        (b"\n <html lang='en'>", "no text in it"),
        (b'<?xml version="1.0"?><TEI>', "XML"),
        (b'{"title": "x",\n "text": "y"}', "JSON"),
        (b'{"title": "x"}\n{"title": "y"}', "JSON"),
    ],
)
def test_what_is_no_text_is_named(tmp_path, data, word):
    assert word in only_reason(write(tmp_path, "a.txt", data))


def test_text_in_square_brackets_is_no_json(tmp_path):
    documents, _ = read(write(tmp_path, "a.txt", "[Read more:]\n" + TEXT))
    assert len(documents) == 1


def test_limits(tmp_path):
    path = write(tmp_path, "a.txt", "x" * 5000)
    assert "5,000" not in only_reason(path, settings=Settings(max_bytes=100))
    assert "4,000 characters" in only_reason(path, settings=Settings(max_characters=4000))


def test_one_line_of_five_megabytes_is_refused_in_time(tmp_path):
    assert "characters" in only_reason(write(tmp_path, "a.txt", b"word " * 1_000_000))


def test_broken_link_pipe_and_folder_without_texts(tmp_path):
    good = write(tmp_path, "good/a.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "none").mkdir()
    documents, failures = read(
        good,
        tmp_path / "gone.txt",
        tmp_path / "pipe.txt",
        tmp_path / "none",
        tmp_path / "missing.txt",
        "zz*.txt",
    )
    assert len(documents) == 1
    reasons = " | ".join(f.reason for f in failures)
    for word in ("gone", "pipe", "nothing to read in", "no such file", "no file matches"):
        assert word in reasons


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_no_permission(tmp_path):
    path = write(tmp_path, "a.txt")
    path.chmod(0)
    assert "permission" in only_reason(path)


@pytest.mark.parametrize("inputs", [[], ["/no/such/file.txt"], ["/no/such/*.txt"]])
def test_nothing_at_all_is_an_error(inputs):
    with pytest.raises(InputError):
        read_documents(inputs)


def test_same_text_is_read_once(tmp_path):
    write(tmp_path, "a.txt")
    write(tmp_path, "b.txt")
    documents, failures = read(tmp_path)
    assert [d.source for d in documents] == ["a.txt"]
    assert failures == [
        Failure(source="b.txt", step="read", reason="same text as a.txt: read once", fatal=False)
    ]


def test_sidecar(tmp_path):
    path = write(tmp_path, "a.txt")
    meta = {
        "url": "https://gazette.example/1",
        "title": "Ferries",
        "publisher": "Harbour Gazette",
        "date_published": "2021-03-03",
        "authors": ["Jane Quill"],
        "language": "en",
    }
    write(tmp_path, "a.meta.json", json.dumps(meta))
    (document,), failures = read(path)
    assert (document.url, document.title, document.publisher) == (
        meta["url"],
        "Ferries",
        "Harbour Gazette",
    )
    assert (document.date_published, document.authors, document.language) == (
        "2021-03-03",
        ("Jane Quill",),
        "en",
    )
    assert {o.origin for o in document.origins} == {"a.meta.json"}
    assert len(document.origins) == 6
    assert failures == []


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"{", "left out"),
        (b"[1]", "one JSON object"),
        (b'{"colour": "red"}', "colour"),
        (b'{"url": "gazette"}', "address"),
        (b'{"date_published": "3 March"}', "ISO date"),
        (b'{"authors": 3}', "names"),
        (b'{"language": "English!"}', "language tag"),
        (b'{"title": 7}', "not text"),
        (b"\xff", "left out"),
    ],
)
def test_flaw_in_a_sidecar_is_a_warning(tmp_path, data, word):
    write(tmp_path, "a.meta.json", data)
    (document,), (failure,) = read(write(tmp_path, "a.txt"))
    assert not failure.fatal
    assert word in failure.reason
    assert document.origins == ()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("t.csv", 'file,publisher,authors\na.txt,Harbour Gazette,"Jane Quill; Ola Berg"\n'),
        ("t.tsv", "file\tpublisher\tauthors\na\tHarbour Gazette\tJane Quill;Ola Berg\n"),
        (
            "t.jsonl",
            '\n{"file": "a.txt", "publisher": "Harbour Gazette", "authors": ["Jane Quill", "Ola Berg"]}\n',
        ),
    ],
)
def test_table_counts_before_the_sidecar(tmp_path, name, data):
    write(tmp_path, "a.meta.json", '{"publisher": "Other", "title": "Ferries"}')
    path = write(tmp_path, "a.txt")
    (document,), failures = read(path, meta=write(tmp_path, name, data))
    assert document.publisher == "Harbour Gazette"
    assert document.title == "Ferries"
    assert document.authors == ("Jane Quill", "Ola Berg")
    assert {o.field: o.origin for o in document.origins} == {
        "publisher": f"{name}#row=2",
        "authors": f"{name}#row=2",
        "title": "a.meta.json",
    }
    assert failures == []


def test_rows_that_cannot_be_used_are_warnings(tmp_path):
    table = write(
        tmp_path,
        "t.jsonl",
        '{"file": "a.txt", "title": "One"}\nnonsense\n{"title": "x"}\n{"file": "a.txt"}\n',
    )
    documents, failures = read(write(tmp_path, "a.txt"), meta=table)
    assert documents[0].title == "One"
    assert [f.reason.split()[1] for f in failures] == ["2", "3", "4"]


@pytest.mark.parametrize("data", [b"", b"title\nx\n", b"\xff\xfe\xff"])
def test_unusable_table_is_an_error(tmp_path, data):
    path, table = write(tmp_path, "a.txt"), write(tmp_path, "t.csv", data)
    with pytest.raises(InputError):
        read_documents([path], meta=table)


def test_page_without_a_story_is_a_warning(tmp_path):
    documents, failures = read(write(tmp_path, "a.txt", "Privacy policy\n\nContact us\n"))
    assert len(documents) == 1
    assert "no running text" in failures[0].reason
