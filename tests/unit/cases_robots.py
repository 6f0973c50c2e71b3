"""Cases of robots.txt."""

import pytest

from kg.errors import RefusedAddressError, RobotsError
from kg.fetch.web import LONGEST_DELAY
from tests.unit.misbehaving import answer
from tests.unit.website import SHORT, case, drip, moved, page

ROBOTS = "robots.txt"


def robots(site, words, **headers):
    site.paths["/robots.txt"] = answer(200, words, **headers)


@case(ROBOTS, "404, or another 4xx", "all is allowed")
def _(site):
    for status in (404, 401, 403, 410):
        site.paths["/robots.txt"] = answer(status)
        assert site.get().status == 200


@case(ROBOTS, "allows `newskg` what others may not", "fetched; the file is asked for once a run")
def _(site):
    robots(site, b"User-agent: *\nDisallow: /\n\nUser-agent: newskg\nDisallow: /private\n")
    with site.web() as web:
        for _ in range(3):
            assert web.get(site.url()).status == 200
        with pytest.raises(RobotsError):
            web.get(site.url("/private/x"))
    assert [one.path for one in site.asked] == ["/robots.txt", *["/page"] * 3]


@case(ROBOTS, "does not allow the page", "refused, the page is not asked for")
def _(site):
    robots(site, b"User-agent: *\nDisallow: /page$\nAllow: /")
    assert isinstance(site.error(), RobotsError)
    assert site.pages_asked() == []
    site.paths["/page?x"] = page()
    assert site.get("/page?x").status == 200


@case(ROBOTS, "any of these with `--ignore-robots`", "not asked for; fetched")
def _(site):
    robots(site, b"User-agent: *\nDisallow: /")
    assert site.get(respect_robots=False).status == 200
    assert site.pages_asked() == [one.path for one in site.asked]


@case(ROBOTS, "500, 503, 429", "refused: nobody knows what the host wants")
def _(site):
    for status in (500, 503, 429):
        site.paths["/robots.txt"] = answer(status)
        error = site.error()
        assert isinstance(error, RobotsError)
        assert str(status) in str(error)
    assert site.pages_asked() == []


@case(ROBOTS, "never answers", "refused, in time")
def _(site):
    site.paths["/robots.txt"] = drip(b"HTTP/1.1 200 OK\r\nX-")
    assert "cannot be read" in str(site.error(limits=SHORT))
    assert site.pages_asked() == []


@case(ROBOTS, "larger than 512,000 bytes", "its beginning counts, up to the last whole line")
def _(site):
    line = b"User-agent: *\nDisallow: /never\n"
    robots(site, line + b"#" * 600_000 + b"\nDisallow: /page\n")
    assert site.get().status == 200
    site.paths["/never"] = page()
    assert isinstance(site.error("/never"), RobotsError)
    robots(site, line + b"#" * (512_000 - len(line) - 12) + b"\nDisallow: /pages-not-this-one\n")
    assert site.get().status == 200


@case(ROBOTS, "redirects", "followed, up to five, also to another host; never to a closed address")
def _(site):
    site.paths["/robots.txt"] = moved(site.url("/rules", "other.example"))
    site.paths["/rules"] = answer(200, b"User-agent: *\nDisallow: /page")
    assert isinstance(site.error(), RobotsError)
    site.paths["/robots.txt"] = moved("http://10.0.0.1/robots.txt")
    assert isinstance(site.error(), RefusedAddressError)
    assert site.pages_asked() == ["/rules"]


@case(ROBOTS, "is a page of HTML, or bytes that are no text", "says nothing, so all is allowed")
def _(site):
    for words in (b"<!DOCTYPE html><html><body>Disallow: x", bytes(range(256)) * 9):
        robots(site, words)
        assert site.get().status == 200


@case(
    ROBOTS,
    "`Crawl-delay: 7`",
    "seven seconds between two requests to the host; at most 30, whatever is asked",
)
def _(site):
    for asked, waited in ((b"7", 7), (b"86400", LONGEST_DELAY)):
        site.waits.clear()
        robots(site, b"User-agent: *\nCrawl-delay: " + asked)
        assert site.get().status == 200
        assert site.waits == [pytest.approx(waited, abs=3)]


@case(ROBOTS, "`Sitemap:` lines", "followed where the user names `https://HOST/robots.txt`")
def _(site):
    robots(site, b"Sitemap: https://news.example/a.xml\nSitemap: https://news.example/b.xml\n")
    with site.web() as web:
        assert web.robots(site.url()).sitemaps == (
            "https://news.example/a.xml",
            "https://news.example/b.xml",
        )
