"""Inputs that are wrapped: gzip, ZIP, standard input."""

import gzip
import io
import random
import zipfile

import pytest

from kg.errors import InputError
from kg.read import inspect_inputs, read_documents
from kg.read.containers import open_source, read_within, unwrap

TEXT = "The harbour bridge was closed on Monday after a crane hit it, the port authority said.\n"


def names_and_reasons(path, **options):
    found = list(read_documents([path], **options))
    good = [item.source for item in found if hasattr(item, "text_sha256") or hasattr(item, "text")]
    return good, [item.reason for item in found if hasattr(item, "reason")]


def make_zip(path, members, **options):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data, **options)
    return path


def test_gzip_is_opened_and_keeps_its_name(tmp_path):
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(TEXT.encode(), mtime=0))
    assert names_and_reasons(path) == (["a.txt.gz"], [])


def test_members_of_a_zip_are_read_each_under_its_name(tmp_path):
    members = {"b/one.txt": TEXT, "two.txt": TEXT + "Two.", "b/": "", "page.html": "<html></html>"}
    good, reasons = names_and_reasons(make_zip(tmp_path / "in.zip", members))
    assert good == ["in.zip/b/one.txt", "in.zip/two.txt"]
    assert len(reasons) == 1


def test_archive_in_an_archive_is_refused(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("x.txt", TEXT)
    path = make_zip(tmp_path / "a.zip", {"inner.zip": inner.getvalue(), "good.txt": TEXT})
    good, reasons = names_and_reasons(path)
    assert good == ["a.zip/good.txt"]
    assert "archive in an archive" in reasons[0]
    twice = tmp_path / "b.txt.gz"
    twice.write_bytes(gzip.compress(gzip.compress(TEXT.encode(), mtime=0)))
    assert "archive in an archive" in names_and_reasons(twice)[1][0]


def test_word_document_is_named(tmp_path):
    path = make_zip(
        tmp_path / "a.docx", {"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}
    )
    assert "Word" in names_and_reasons(path)[1][0]


def test_empty_zip_and_damaged_ones_are_named(tmp_path):
    empty = make_zip(tmp_path / "e.zip", {})
    assert names_and_reasons(empty)[1]
    whole = make_zip(tmp_path / "w.zip", {"a.txt": TEXT * 50}).read_bytes()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole[:-30])
    assert "damaged ZIP" in names_and_reasons(cut)[1][0]
    torn = tmp_path / "torn.txt.gz"
    torn.write_bytes(gzip.compress(TEXT.encode() * 50, mtime=0)[:-12])
    assert "damaged archive" in names_and_reasons(torn)[1][0]


def test_member_that_is_damaged_costs_itself_alone(tmp_path):
    path = make_zip(tmp_path / "a.zip", {"bad.txt": TEXT * 50, "good.txt": TEXT})
    data = bytearray(path.read_bytes())
    at = data.index(b"bad.txt") + 30
    data[at : at + 8] = b"\xff" * 8
    path.write_bytes(bytes(data))
    good, reasons = names_and_reasons(path)
    assert good == ["a.zip/good.txt"]
    assert len(reasons) == 1


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_member_that_is_damaged_far_behind_costs_itself_alone(tmp_path, method):
    path = tmp_path / "a.zip"
    noise = random.Random(7).randbytes(150_000).hex()
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("bad.txt", TEXT + noise)
        archive.writestr("good.txt", TEXT)
    data = bytearray(path.read_bytes())
    data[120_000:120_400] = bytes(400)
    path.write_bytes(bytes(data))
    good, reasons = names_and_reasons(path)
    assert good == ["a.zip/good.txt"]
    assert len(reasons) == 1
    listed = {one.name: one.readable for one in inspect_inputs([path])}
    assert listed == {"a.zip/bad.txt": False, "a.zip/good.txt": True}


def test_zip_that_unpacks_past_the_limit_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.read.containers.MOST_UNPACKED", 1000)
    path = make_zip(tmp_path / "a.zip", {"a.txt": TEXT * 6, "b.txt": TEXT * 7})
    good, reasons = names_and_reasons(path)
    assert not good
    assert "1,000 bytes once unpacked" in reasons[0]


def test_encrypted_member_is_named(tmp_path):
    path = make_zip(tmp_path / "a.zip", {"a.txt": TEXT})
    data = bytearray(path.read_bytes())
    central = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[central + 8] |= 1
    path.write_bytes(bytes(data))
    assert "encrypted" in names_and_reasons(path)[1][0]


def test_what_unpacks_past_the_limit_is_refused():
    bomb = gzip.compress(bytes(5_000_000), mtime=0)
    opened = next(members := unwrap("a.gz", io.BytesIO(bomb)))
    with pytest.raises(InputError, match="larger than 1,000,000 bytes"):
        read_within(opened.stream, 1_000_000)
    assert not list(members)


def test_standard_input_is_opened_like_a_file(monkeypatch):
    class Stdin:
        buffer = io.BytesIO(gzip.compress(TEXT.encode(), mtime=0))

    monkeypatch.setattr("sys.stdin", Stdin)
    with open_source(None) as file:
        read = [opened.stream.read().decode() for opened in unwrap("standard-input", file)]
    assert read == [TEXT]
