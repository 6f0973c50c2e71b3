"""Cases of answers: tries, time, size, compression."""

import gzip
import socket
import struct
import time
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from kg.errors import FetchError
from kg.fetch import Limits
from tests.unit.misbehaving import answer
from tests.unit.website import BOMB, SHORT, case, drip, moved, page

PAGES = "Pages"
TRIES = "Busy and broken servers"
SIZE = "Time and size"


def bad(site, **options):
    error = site.error(**options)
    assert isinstance(error, FetchError)
    return str(error)


# Pages.


@case(PAGES, "200 and a page", "read; the server's clock says when it was retrieved")
def _(site):
    found = site.get("/page#top")
    assert (found.url, found.final_url, found.status) == (site.url(), site.url(), 200)
    assert (found.media_type, found.charset) == ("text/html", "utf-8")
    assert found.retrieved == "2026-03-01T08:30:00Z"
    assert not found.from_cache
    sent = site.asked[-1].headers
    assert sent["user-agent"].startswith("newskg")
    assert sent["accept-encoding"] == "gzip, deflate"
    assert set(sent) == {"host", "user-agent", "accept", "accept-encoding"}


@case(PAGES, "no `Date`, or not a date", "read; when it was retrieved stays open")
def _(site):
    for date in ({}, {"Date": "yesterday"}):
        site.paths["/page"] = answer(200, b"<p>", **date)
        assert site.get().retrieved is None


@case(PAGES, "compressed with gzip or deflate, also in several members", "unfolded")
def _(site):
    words = b"words " * 999
    raw = zlib.compressobj(wbits=-15)
    for coding, body in (
        ("gzip", gzip.compress(words, mtime=0)),
        ("x-gzip", gzip.compress(words[:600], mtime=0) + gzip.compress(words[600:], mtime=0)),
        ("deflate", zlib.compress(words)),
        ("deflate", raw.compress(words) + raw.flush()),
        ("identity", words),
    ):
        site.paths["/page"] = answer(200, body, Content_Encoding=coding)
        assert site.get().body == words


@case(PAGES, "404, 410, 401, 403, 451, 500, 204", "an error that says so, after one try")
def _(site):
    for status in (404, 410, 401, 403, 451, 500, 204):
        site.asked.clear()
        site.paths["/page"] = answer(status)
        assert str(status) in bad(site)
        assert len(site.pages_asked()) == 1


# Tries.


def after(number, bad_answer):
    return lambda _, n, __: bad_answer if n < number else page()


@case(TRIES, "429 with `Retry-After: 3`", "waits three seconds, then tries again")
def _(site):
    site.paths["/page"] = after(2, answer(429, Retry_After="3"))
    assert site.get(limits=Limits(total_seconds=30)).status == 200
    assert site.waits == [3.0]


@case(TRIES, "429 with a date in `Retry-After`", "waits until then, then tries again")
def _(site):
    then = format_datetime(datetime.now(UTC) + timedelta(seconds=5), usegmt=True)
    site.paths["/page"] = after(2, answer(429, Retry_After=then))
    assert site.get(limits=Limits(total_seconds=30)).status == 200
    assert site.waits == [pytest.approx(5, abs=4)]


@case(
    TRIES,
    "429 or 503 with a longer `Retry-After` than 20 seconds",
    "an error that says when; the host is not asked again in this run until then",
)
def _(site):
    site.paths["/page"] = answer(429, Retry_After="3600")
    with site.web() as web:
        for words in ("busy (429): fetch it again in 3,600", "left alone", "left alone"):
            with pytest.raises(FetchError) as error:
                web.get(site.url())
            assert words in str(error.value)
    assert site.pages_asked() == ["/page"]
    assert site.waits == []


@case(TRIES, "502, 503, 504, then 200", "tried again, at first after a second; three tries")
def _(site):
    for status in (502, 503, 504):
        site.asked.clear()
        site.paths["/page"] = after(3, answer(status))
        assert site.get().status == 200
        assert len(site.pages_asked()) == 3


@case(TRIES, "503 always", "an error after three tries")
def _(site):
    site.paths["/page"] = answer(503)
    assert "busy (503): fetch it again later" in bad(site)
    assert len(site.pages_asked()) == 3


@case(TRIES, "cuts the connection, then 200", "tried again")
def _(site):
    def reply(_, number, connection):
        if number == 1:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()
            return None
        return page()

    site.paths["/page"] = reply
    assert site.get().status == 200
    assert len(site.pages_asked()) == 2


@case(TRIES, "no server at the port", "an error after three tries")
def _(site):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        server, site.port = site.port, port
        assert "no connection" in bad(site, respect_robots=False)
        site.port = server


@case(TRIES, "fewer bytes than `Content-Length` says", "an error, never half a page")
def _(site):
    def reply(_, __, connection):
        connection.sendall(answer(200, b"half", Content_Length="9", Connection="close"))

    site.paths["/page"] = reply
    assert "cut" in bad(site) or "broke off" in bad(site)


@case(TRIES, "more bytes than `Content-Length` says", "reads as many as it says")
def _(site):
    site.paths["/page"] = answer(200, b"words and more", Content_Length="5", Connection="close")
    assert site.get().body == b"words"


@case(TRIES, "chunks that are broken", "an error, never half a page")
def _(site):
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    for chunks in (b"5\r\nwords\r\nnumber\r\n", b"5\r\nwords\r\n9\r\nhal", b"5\r\nwords\r\n"):

        def reply(_, __, connection, chunks=chunks):
            connection.sendall(head + chunks)

        site.paths["/page"] = reply
        assert "broke" in bad(site) or "cut" in bad(site)


@case(TRIES, "a gzip body that is broken, or cut", "an error, never half a page")
def _(site):
    for body in (
        gzip.compress(b"words" * 999, mtime=0)[:-12],
        b"not gzip",
        b"\x1f\x8b\x08\x00" + b"x" * 99,
    ):
        site.paths["/page"] = answer(200, body, Content_Encoding="gzip")
        assert "compressed answer" in bad(site)


@case(TRIES, "not HTTP at all", "an error")
def _(site):
    for words in (b"SSH-2.0-OpenSSH_9.9\r\n", b"\x00" * 99, b"HTTP/1.1 999999 X\r\n\r\n"):

        def reply(_, __, connection, words=words):
            connection.sendall(words)

        site.paths["/page"] = reply
        bad(site)


# Time and size.


def timed(site, words, seconds=3.0, **options):
    began = time.monotonic()
    assert words in bad(site, limits=SHORT, **options)
    assert time.monotonic() - began < seconds


@case(SIZE, "nothing for 10 seconds", "an error, after one try")
def _(site):
    site.paths["/page"] = lambda *_: time.sleep(0.8)
    timed(site, "nothing received for 0.4 seconds")
    site.paths["/page"] = drip(answer(200, Content_Length="99"), pause=0.8, pieces=2)
    timed(site, "nothing received for 0.4 seconds")
    assert len(site.pages_asked()) == 2


@case(SIZE, "headers a byte at a time", "cut after 30 seconds in all")
def _(site):
    site.paths["/page"] = drip(b"HTTP/1.1 200 OK\r\nX-")
    timed(site, "no whole answer within 1.5 seconds")


@case(SIZE, "a body a byte at a time", "cut after 30 seconds in all")
def _(site):
    site.paths["/page"] = drip(answer(200, Content_Length="99999"))
    timed(site, "no whole answer within 1.5 seconds")


@case(SIZE, "slow redirects, each of them in time", "30 seconds are for all of them")
def _(site):
    def slow(number):
        def reply(*_):
            time.sleep(0.35)
            return moved(f"/{number + 1}")

        return reply

    site.paths |= {f"/{number}": slow(number) for number in range(9)}
    error = site.error("/0", limits=Limits(read_seconds=1, total_seconds=1, redirects=9))
    assert "no whole answer" in str(error) or "nothing received" in str(error)
    assert len(site.pages_asked()) <= 4


@case(SIZE, "headers without end", "an error")
def _(site):
    def reply(_, __, connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 100_000)

    site.paths["/page"] = reply
    bad(site)


@case(SIZE, "a page of more than 10 MB (20 for a feed, 50 for a sitemap)", "cut there; an error")
def _(site):
    def reply(_, __, connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65536)

    site.paths["/page"] = reply
    assert "larger than 100,000 bytes" in bad(site)


@case(SIZE, "a page of exactly the limit", "read")
def _(site):
    site.paths["/page"] = answer(200, b"x" * 100_000)
    assert len(site.get().body) == 100_000


@case(SIZE, "a gzip bomb (20 kB that unfold to 20 MB)", "stopped at the limit; an error")
def _(site):
    assert len(BOMB) < 21_000
    site.paths["/page"] = answer(200, BOMB, Content_Encoding="gzip")
    timed(site, "larger than 100,000 bytes")


@case(SIZE, "compressed twice, or with br, zstd", "an error: neither was asked for")
def _(site):
    for coding in ("gzip, gzip", "br", "zstd", "gzip, br"):
        site.paths["/page"] = answer(200, gzip.compress(BOMB, mtime=0), Content_Encoding=coding)
        assert "not asked for" in bad(site)
