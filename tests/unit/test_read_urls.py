"""What a URL may bring into a graph, and what a server may not."""

import gzip
import http.server
import threading
from pathlib import Path

import pytest

from kg.model import Article, Document, EventTable, Failure
from kg.read import read_documents
from kg.settings import Reading, Settings

ROOT = Path(__file__).parents[2]
PAGE = (
    "<html><head><title>Bridge closed</title></head><body><article><h1>Bridge closed</h1>"
    "<p>The harbour bridge was closed on Monday after a crane hit it, the port authority said.</p>"
    "<p>Repairs will take until the end of the summer, and ferries will carry the traffic.</p>"
    "</article></body></html>"
)
ROW = "\t".join(
    [
        *("1318171717", "20240503", "202405", "2024", "2024.3370", *[""] * 20, "1"),
        *("190", "190", "19", "4", "-10.0", "5", "1", "5", "-4.1"),
        *["0", "", "", "", "", "", ""] * 3,
        *("20240503", "https://courier.example/bridge"),
    ]
)
RECORD = (ROOT / "output/articles.jsonl").read_text("utf-8").splitlines()[0]


@pytest.fixture
def site():
    """A server whose paths can be set, and its address."""
    paths = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            media, body = paths.get(self.path, ("text/plain", b""))
            self.send_response(200 if self.path in paths else 404)
            self.send_header("Content-Type", media)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield paths, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def read(url, **reading):
    settings = Settings(reading=Reading(allow_private=True, delay=0, **reading))
    return list(read_documents([url], settings=settings))


def feed(*links):
    items = "".join(f"<item><title>x</title><link>{link}</link></item>" for link in links)
    return "application/rss+xml", f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()


def test_a_page_is_read_with_where_it_was_come_by(site):
    paths, home = site
    paths["/a"] = ("text/html", PAGE.encode())
    (document,) = read(f"{home}/a")
    assert document.source == document.url == document.capture.url == f"{home}/a"
    assert document.capture.retrieved


def test_pages_of_a_feed_know_the_feed(site):
    paths, home = site
    paths["/feed"] = feed(f"{home}/a")
    paths["/a"] = ("text/html", PAGE.encode())
    (document,) = read(f"{home}/feed")
    assert document.capture.container == f"{home}/feed"


@pytest.mark.parametrize(
    "body",
    [
        RECORD.encode(),
        b'{"@context": "https://schema.org", "@type": "NewsArticle", "articleBody": "It rained."}',
        b'{"maintext": "It rained.", "title": "Rain", "url": "https://reuters.example/rain"}',
        f"{ROW}\n".encode(),
        gzip.compress(RECORD.encode(), mtime=0),
    ],
)
@pytest.mark.parametrize("by_feed", [True, False])
def test_a_server_cannot_choose_to_be_believed(site, body, by_feed):
    paths, home = site
    paths["/a"] = ("text/html", body)
    paths["/feed"] = feed(f"{home}/a")
    (failure,) = read(f"{home}/feed" if by_feed else f"{home}/a")
    assert isinstance(failure, Failure)
    assert "no page" in failure.reason


def test_what_the_user_says_it_is_is_taken_from_the_named_url(site):
    paths, home = site
    paths["/rows.gz"] = ("application/gzip", gzip.compress(f"{ROW}\n".encode(), mtime=0))
    paths["/records"] = ("text/plain", RECORD.encode())
    (table,) = read(f"{home}/rows.gz", kind="gdelt-events")
    assert isinstance(table, EventTable)
    (article,) = read(f"{home}/records", kind="records")
    assert isinstance(article, Article)
    assert article.capture.url == f"{home}/records"


def test_a_feed_that_lists_itself_ends(site):
    paths, home = site
    paths["/feed"] = feed(f"{home}/feed", f"{home}/a")
    paths["/a"] = ("text/html", PAGE.encode())
    found = read(f"{home}/feed")
    assert isinstance(found[-1], Document)
    assert len(found) <= 2
