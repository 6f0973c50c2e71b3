"""Web archives: which records are pages, what is counted, and what damage costs."""

import gzip
import os
import re
import subprocess
import sys
import zlib
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import InputError
from kg.model import Document, Failure
from kg.pipeline import export_articles
from kg.read import inspect_inputs, read_documents
from kg.read.archives import read_answer
from kg.settings import Settings
from tests.unit.webarchives import DATE, Archive, page, record_id, write_pages

ROOT = Path(__file__).parents[2]


def read(tmp_path, raw, name="crawl.warc", **options):
    """Return the documents of an archive, and why the rest was left out."""
    path = tmp_path / name
    path.write_bytes(raw)
    found = list(read_documents([path], **options))
    failures = [item for item in found if isinstance(item, Failure)]
    assert all("\n" not in failure.reason for failure in failures)
    return [item for item in found if isinstance(item, Document)], failures


def counts(failures):
    """Return the numbers of what was left out without fault, by reason."""
    (told,) = [f.reason for f in failures if not f.fatal]
    pairs = told.removeprefix("records left out: ").split(", ")
    return {reason: int(number) for number, _, reason in (pair.partition(" ") for pair in pairs)}


def three_pages(*, packed=False):
    archive = Archive(gzip=packed)
    for number in (1, 2, 3):
        archive.answer(page(number))
    return archive.raw


def test_response_becomes_a_document_with_its_capture(tmp_path):
    (first, *_), failures = read(tmp_path, three_pages())
    assert failures == []
    assert first.text.startswith("Bridge 1 closed\n\nThe harbour bridge number 1 was closed")
    assert first.source == f"crawl.warc/{record_id(1)[10:-1]}"
    assert first.media_type == "text/html"
    assert first.url == "https://courier.example/1"
    assert first.title == "Bridge 1 closed"
    assert {o.field: o.origin for o in first.origins}["url"] == "WARC-Target-URI"
    assert first.capture.url == "https://courier.example/1"
    assert first.capture.retrieved == DATE
    assert first.capture.record_id == record_id(1)[1:-1]
    assert first.capture.container == "crawl.warc"


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("whole", [False, True])
def test_packed_by_record_as_a_whole_or_not_at_all_gives_the_same(tmp_path, packed, whole):
    raw = three_pages(packed=packed)
    raw = gzip.compress(raw, mtime=0) if whole and not packed else raw
    documents, failures = read(tmp_path, raw)
    assert [d.title for d in documents] == [f"Bridge {n} closed" for n in (1, 2, 3)]
    assert failures == []


def test_name_of_the_file_does_not_matter(tmp_path):
    for name in ("x.gz", "x.warc.gz", "x.txt", "x"):
        assert len(read(tmp_path, three_pages(packed=True), name)[0]) == 3


def test_page_without_http_headers_is_read_from_a_resource(tmp_path):
    archive = Archive()
    archive.record("resource", page(1).encode(), media="text/html")
    archive.record("resource", b"\x89PNG", media="image/png")
    (document,), failures = read(tmp_path, archive.raw)
    assert document.title == "Bridge 1 closed"
    assert counts(failures) == {"no HTML": 1}


def test_text_that_somebody_extracted_is_read_from_a_conversion(tmp_path):
    archive = Archive()
    text = "Bridge closed\n\nThe harbour bridge was closed on Monday, the port authority said.\n"
    archive.record("conversion", text.encode(), media="text/plain")
    archive.record("conversion", b"<pdf/>", media="application/xml")
    (document,), failures = read(tmp_path, archive.raw)
    assert document.text == text
    assert document.media_type == "text/plain"
    assert document.capture.record_id == record_id(1)[1:-1]
    assert counts(failures) == {"conversions that are no text": 1}


def test_requests_and_metadata_are_passed_over_and_revisits_counted(tmp_path):
    archive = Archive()
    archive.record("warcinfo", b"software: x\r\n", media="application/warc-fields", url=None)
    archive.record("request", b"GET / HTTP/1.1\r\n\r\n", media="application/http; msgtype=request")
    archive.record("metadata", b"a: b\r\n", media="application/warc-fields")
    archive.answer("", kind="revisit")
    archive.answer("", kind="notice")
    archive.answer(page(5))
    documents, failures = read(tmp_path, archive.raw)
    assert len(documents) == 1
    assert counts(failures) == {
        "revisits (their page stands in another record)": 1,
        "of the type notice": 1,
    }


def test_what_is_no_page_is_counted_by_reason(tmp_path):
    archive = Archive()
    archive.answer(page(1))
    archive.answer(page(2), status="404 Not Found")
    archive.answer("", status="301 Moved", headers=[("Location", "/")])
    archive.answer(page(4), status="404 Not Found")
    archive.answer(b"\x89PNG", media="image/png")
    archive.answer("{}", media="application/json")
    documents, failures = read(tmp_path, archive.raw)
    assert len(documents) == 1
    assert counts(failures) == {"with status 404": 2, "with status 301": 1, "no HTML": 2}


def test_answer_that_states_no_media_type_is_looked_at(tmp_path):
    archive = Archive()
    archive.answer(page(1), media=None)
    archive.answer(page(2), media="application/xhtml+xml")
    assert len(read(tmp_path, archive.raw)[0]) == 2


def chunked(raw):
    middle = len(raw) // 2
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (raw[:middle], raw[middle:], b""))


@pytest.mark.parametrize(
    ("pack", "headers"),
    [
        (gzip.compress, [("Content-Encoding", "gzip")]),
        (zlib.compress, [("Content-Encoding", "deflate")]),
        (chunked, [("Transfer-Encoding", "chunked")]),
        (
            lambda raw: chunked(gzip.compress(raw, mtime=0)),
            [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")],
        ),
        (lambda raw: raw, [("Transfer-Encoding", "chunked")]),  # as some crawlers leave it
        (lambda raw: raw, [("Content-Encoding", "gzip")]),
    ],
)
def test_codings_of_answers_are_undone(tmp_path, pack, headers):
    archive = Archive(gzip=True)
    archive.answer(pack(page(1).encode()), headers=headers)
    (document,), failures = read(tmp_path, archive.raw)
    assert document.text.startswith("Bridge 1 closed")
    assert failures == []


def test_answers_packed_with_brotli_are_read_where_it_is_installed(tmp_path):
    brotli = pytest.importorskip("brotli")
    archive = Archive()
    bomb = brotli.compress(b"<p>" + b" " * 100_000_000)
    for packed in (brotli.compress(page(1).encode()), bomb, b"\xff" * 50):
        archive.answer(packed, headers=[("Content-Encoding", "br")])
    packed = chunked(brotli.compress(page(4).encode()))
    headers = [("Content-Encoding", "br"), ("Transfer-Encoding", "chunked")]
    archive.answer(packed, headers=headers)
    documents, failures = read(tmp_path, archive.raw)
    assert [d.title for d in documents] == ["Bridge 1 closed", "Bridge 4 closed"]
    assert "larger than 10,000,000 bytes" in failures[0].reason
    assert "broken" in failures[1].reason


def test_answers_packed_with_brotli_say_what_to_install(monkeypatch):
    monkeypatch.setattr("kg.read.archives.find_spec", lambda name: None)
    block = b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nxyz"
    with pytest.raises(InputError, match="pip install brotli"):
        read_answer(block, 1_000)


def test_charset_of_the_answer_counts(tmp_path):
    archive = Archive()
    words = page(1).replace("Bridge", "Мост")
    archive.answer(words.encode("koi8-r"), media="text/html; charset=koi8-r")
    (document,), _ = read(tmp_path, archive.raw)
    assert document.title == "Мост 1 closed"
    assert document.encoding == "koi8-r"


def without(raw, header):
    return re.sub(rb"(?m)^" + header + rb":[^\r\n]*\r\n", b"", raw)


@pytest.mark.parametrize(
    ("header", "field"),
    [(b"WARC-Record-ID", "record_id"), (b"WARC-Date", "retrieved"), (b"WARC-Target-URI", "url")],
)
def test_record_without_a_header_is_read_without_what_it_says(tmp_path, header, field):
    documents, _ = read(tmp_path, without(three_pages(), header))
    assert len(documents) == 3
    assert {getattr(document.capture, field) for document in documents} == {None}
    assert len({document.source for document in documents}) == 3


def test_address_that_is_no_web_page_is_no_url(tmp_path):
    archive = Archive()
    archive.record("resource", page(1).encode(), media="text/html", url="urn:x:1")
    (document,), _ = read(tmp_path, archive.raw)
    assert document.url is None
    assert document.capture.url == "urn:x:1"


def test_record_larger_than_a_page_may_be_is_counted(tmp_path):
    archive = Archive()
    archive.answer("<p>" + "x" * 10_000_001)
    archive.answer(page(2))
    documents, failures = read(tmp_path, archive.raw)
    assert [d.title for d in documents] == ["Bridge 2 closed"]
    assert counts(failures) == {"larger than 10,000,000 bytes": 1}


def test_page_without_an_article_costs_itself_alone(tmp_path):
    archive = Archive()
    archive.answer("<html><body></body></html>")
    archive.answer(page(2))
    (document,), (failure,) = read(tmp_path, archive.raw)
    assert document.title == "Bridge 2 closed"
    assert failure.source == f"crawl.warc/{record_id(1)[10:-1]}"
    assert failure.fatal


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("cut", [3, 40, 400])
def test_last_record_that_is_cut_off_costs_itself_alone(tmp_path, packed, cut):
    raw = three_pages(packed=packed)
    documents, failures = read(tmp_path, raw[: -cut if packed else -cut - 4])
    assert [d.title for d in documents] == ["Bridge 1 closed", "Bridge 2 closed"] or (
        packed and len(documents) == 3 and cut == 3  # the checksum alone is gone
    )
    assert [f.fatal for f in failures] == [True]
    assert "what comes before it was read" in failures[0].reason


def test_archive_packed_as_a_whole_and_cut_off_keeps_what_comes_before(tmp_path):
    raw = gzip.compress(three_pages(), mtime=0)
    documents, failures = read(tmp_path, raw[:-9])
    assert len(documents) >= 2
    assert "what comes before it was read" in failures[0].reason


@pytest.mark.parametrize("packed", [False, True])
def test_damage_in_the_middle_ends_the_reading_and_is_told(tmp_path, packed):
    raw = bytearray(three_pages(packed=packed))
    if packed:
        second = raw.index(b"\x1f\x8b", 10)
        raw[second + 30 : second + 60] = bytes(30)
    else:
        second = raw.index(b"WARC/1.", 10)
        raw[second : second + 7] = b"JUNK/1."
    documents, failures = read(tmp_path, bytes(raw))
    assert documents[0].title == "Bridge 1 closed"
    assert len(documents) < 3
    assert any(f.fatal and "damaged" in f.reason for f in failures)


def test_length_that_is_too_short_is_told(tmp_path):
    raw = three_pages()
    length = int(re.search(rb"Content-Length: (\d+)", raw)[1])
    short = raw.replace(b"Content-Length: %d" % length, b"Content-Length: %d" % (length - 90), 1)
    documents, failures = read(tmp_path, short)
    assert documents[0].title == "Bridge 1 closed"
    assert failures


def test_length_that_is_too_long_is_told(tmp_path):
    raw = three_pages()
    length = int(re.search(rb"Content-Length: (\d+)", raw)[1])
    long = raw.replace(b"Content-Length: %d" % length, b"Content-Length: %d" % (length + 90), 1)
    documents, failures = read(tmp_path, long)
    assert documents[0].title == "Bridge 1 closed"
    assert failures


def test_empty_archive_and_one_without_pages_are_told(tmp_path):
    archive = Archive()
    archive.record("warcinfo", b"software: x\r\n", media="application/warc-fields", url=None)
    documents, failures = read(tmp_path, archive.raw)
    assert documents == []
    assert failures[0].reason == "there is no page in this archive"
    assert failures[0].fatal


def test_the_older_arc_format_is_refused_by_name(tmp_path):
    raw = (
        b"filedesc://x.arc 0.0.0.0 20080430204825 text/plain 76\n1 0 Alexa Internet\n"
        b"URL IP-address Archive-date Content-type Archive-length\n\n"
    )
    documents, failures = read(tmp_path, raw, "x.arc")
    assert documents == []
    assert "ARC" in failures[0].reason
    assert "WARC" in failures[0].reason


def test_records_that_are_done_are_passed_over(tmp_path):
    done = {f"crawl.warc/{record_id(n)[10:-1]}" for n in (1, 3)}
    (document,), failures = read(tmp_path, three_pages(), done=done)
    assert document.title == "Bridge 2 closed"
    assert failures == []


def test_same_page_twice_is_read_once(tmp_path):
    archive = Archive()
    archive.answer(page(1))
    archive.answer(page(1))
    documents, failures = read(tmp_path, archive.raw)
    assert len(documents) == 1
    assert "same text as" in failures[0].reason
    assert not failures[0].fatal


def test_kg_read_counts_the_pages(tmp_path):
    archive = Archive()
    archive.answer(page(1))
    archive.answer("x", media="image/png")
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(gzip.compress(archive.raw, mtime=0))
    (found,) = inspect_inputs([path])
    assert (found.kind, found.articles, found.readable) == ("warc", 1, True)
    assert found.notes == ("records left out: 1 no HTML",)


def test_provenance_names_record_date_address_and_archive(tmp_path):
    path = write_pages(tmp_path / "crawl.warc.gz", 2)
    done = export_articles([path], tmp_path / "out", Settings(model="none"))
    assert done.ok
    store = ox.Store()
    store.bulk_load(path=str(tmp_path / "out/provenance.trig"), format=ox.RdfFormat.TRIG)
    found = store.query(
        "PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX schema: <https://schema.org/> "
        "PREFIX dcterms: <http://purl.org/dc/terms/> SELECT ?graph ?url ?date ?id ?archive WHERE {"
        " GRAPH ?p { ?graph prov:wasDerivedFrom ?source . ?source prov:wasDerivedFrom ?capture ."
        " ?capture a prov:Entity ; schema:url ?url ; prov:generatedAtTime ?date ;"
        " schema:identifier ?id ; dcterms:isPartOf ?archive } } ORDER BY ?url"
    )
    rows = [[value.value for value in row] for row in found]
    assert [row[1:] for row in rows] == [
        [f"https://courier.example/{n}", DATE, record_id(n)[1:-1], "crawl.warc.gz"] for n in (1, 2)
    ]
    assert {row[0].rpartition("/")[2] for row in rows} == {a.id for a in done.articles}


_PEAK = """
import resource, sys
from kg.model import Document
from kg.read import read_documents
number = sum(isinstance(item, Document) for item in read_documents([sys.argv[1]]))
print(number, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kilobytes on Linux alone")
def test_2000_records_stream_at_constant_memory_and_survive_a_cut(tmp_path):
    """Pages of 50 kB; the last record is cut off."""
    peaks = []
    for number in (200, 2_000):
        path = write_pages(tmp_path / f"{number}.warc.gz", number, padding=50_000)
        path.write_bytes(path.read_bytes()[:-40])
        found = subprocess.run(
            [sys.executable, "-c", _PEAK, str(path)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        read_, peak = map(int, found.stdout.split())
        assert read_ == number - 1
        peaks.append(peak)
    assert peaks[1] - peaks[0] < 30_000
