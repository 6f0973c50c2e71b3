"""Cases of feeds and sitemaps, and of what they lead to."""

import gzip
from datetime import date

from kg.model import Failure
from kg.read.following import MOST_SITEMAPS, Listed, Wanted, follow, follow_file
from tests.unit.misbehaving import answer
from tests.unit.website import case, moved, page

FEEDS = "Feeds and sitemaps"


def feed(*items):
    inner = "".join(
        f"<item><title>T {link}</title><link>{link}</link>"
        + (f"<pubDate>{day} 08:00:00 GMT</pubDate>" if day else "")
        + "</item>"
        for link, day in items
    )
    words = f"<rss version='2.0'><channel><title>Daily</title>{inner}</channel></rss>"
    return answer(200, words.encode(), Content_Type="application/rss+xml")


def sitemap(*urls, kind="urlset", one="url"):
    inner = "".join(f"<{one}><loc>{url}</loc></{one}>" for url in urls)
    return answer(200, f"<{kind}>{inner}</{kind}>".encode(), Content_Type="application/xml")


def index(*urls):
    return sitemap(*urls, kind="sitemapindex", one="sitemap")


def read(site, path, *, raw=None, **wanted):
    """What comes of a path: paths of pages, reasons of failures."""
    with site.web() as web:
        found = follow(site.url(path), web, Wanted(**wanted))
        if raw is not None:
            found = follow_file(raw, path, web, Wanted(**wanted))
        found = list(found)
    pages = [one for one in found if isinstance(one, Listed)]
    failures = [one for one in found if isinstance(one, Failure)]
    assert len(found) == len(pages) + len(failures)
    return pages, failures


def paths(pages):
    return [one.fetched.url.rpartition("/")[2] for one in pages]


def serve(site, *names):
    site.paths |= {f"/{name}": page(name) for name in names}


@case(FEEDS, "a page that names feeds in its head", "is a page: itself alone is read")
def _(site):
    words = (
        b'<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/f">'
    )
    site.paths["/page"] = answer(200, words, Content_Type="text/html")
    pages, failures = read(site, "/page")
    assert paths(pages) == ["page"]
    assert pages[0].entry is None
    assert pages[0].container is None
    assert not failures
    assert site.pages_asked() == ["/page"]


@case(
    FEEDS,
    "a feed (RSS, Atom, JSON Feed), however it is sent",
    "its pages are fetched, in its order",
)
def _(site):
    serve(site, "a", "b")
    site.paths["/feed"] = feed(("/b", None), ("/a", "Sun, 01 Mar 2026"), ("/b", None))
    pages, failures = read(site, "/feed")
    assert paths(pages) == ["b", "a"]
    assert pages[0].container == site.url("/feed")
    assert (pages[1].entry.title, pages[1].entry.publisher) == ("T /a", "Daily")
    assert pages[1].entry.published == "2026-03-01T08:00:00+00:00"
    assert [one.fatal for one in failures] == [False]
    assert "listed twice" in failures[0].reason


@case(FEEDS, "a feed in a file", "its pages are fetched")
def _(site):
    serve(site, "a")
    raw = feed((site.url("/a"), None)).partition(b"\r\n\r\n")[2]
    pages, failures = read(site, "saved.rss", raw=raw)
    assert (paths(pages), failures) == (["a"], [])
    assert pages[0].container == "saved.rss"
    _, (failure,) = read(site, "page.txt", raw=b"words")
    assert "neither a feed nor a sitemap" in failure.reason


@case(
    FEEDS,
    "an entry that is not there, too large, or closed",
    "an error of its own; the others come",
)
def _(site):
    serve(site, "a", "b")
    site.paths["/in"] = moved("http://10.0.0.1/")
    site.paths["/big"] = answer(200, b"x" * 100_001)
    site.paths["/feed"] = feed(*((f"/{one}", None) for one in ("a", "gone", "in", "big", "b")))
    pages, failures = read(site, "/feed")
    assert paths(pages) == ["a", "b"]
    assert [one.source.rpartition("/")[2] for one in failures] == ["gone", "in", "big"]
    assert all(one.fatal and one.step == "read" for one in failures)
    assert failures[0].reason.startswith("nothing stands there: 404")


@case(FEEDS, "an entry that is an image, a PDF, or a feed itself", "left out, and told")
def _(site):
    site.paths["/image"] = answer(200, b"GIF89a", Content_Type="image/gif")
    site.paths["/feed"] = feed(("/image", None), ("/other", None), ("/feed", None))
    site.paths["/other"] = feed(("/x", None)).replace(b"application/rss+xml", b"text/xml")
    pages, failures = read(site, "/feed")
    assert not pages
    assert ["not a page" in one.reason for one in failures] == [True, True]
    assert site.pages_asked() == ["/feed", "/image", "/other"]


@case(FEEDS, "entries that link to `file:`, `javascript:`, nothing", "left out, and counted")
def _(site):
    site.paths["/feed"] = feed(("file:///etc/passwd", None), ("javascript:x", None), ("", None))
    pages, failures = read(site, "/feed")
    assert not pages
    assert any("3 entries without a URL" in one.reason for one in failures)


@case(FEEDS, "`--since`", "older entries are not fetched; entries without a date are, and told")
def _(site):
    serve(site, "a", "b", "c")
    site.paths["/feed"] = feed(("/a", "Sat, 28 Feb 2026"), ("/b", "Sun, 01 Mar 2026"), ("/c", None))
    pages, failures = read(site, "/feed", since=date(2026, 3, 1))
    assert paths(pages) == ["b", "c"]
    assert "/a" not in site.pages_asked()
    assert "1 entries state no date" in failures[0].reason


@case(FEEDS, "`--limit`", "no more pages are asked for")
def _(site):
    serve(site, "a", "b", "c")
    site.paths["/feed"] = feed(("/a", None), ("/gone", None), ("/c", None))
    assert paths(read(site, "/feed", limit=2)[0]) == ["a"]
    assert site.pages_asked() == ["/feed", "/a", "/gone"]


@case(FEEDS, "a sitemap, packed or not, or lines of URLs as `text/plain`", "its pages are fetched")
def _(site):
    serve(site, "a", "b")
    urls = [site.url("/a"), site.url("/b")]
    plain = sitemap(*urls)
    packed = gzip.compress(plain.partition(b"\r\n\r\n")[2], mtime=0)
    for found in (
        plain,
        answer(200, packed, Content_Type="application/gzip"),
        answer(200, packed, Content_Type="application/xml"),
        answer(200, "\n".join(urls).encode(), Content_Type="text/plain"),
    ):
        site.paths["/map"] = found
        pages, failures = read(site, "/map")
        assert (paths(pages), failures) == (["a", "b"], [])


@case(FEEDS, "a packed sitemap that unfolds to more than 50 MB", "refused at the limit")
def _(site):
    bomb = gzip.compress(b"<urlset>" + bytes(51_000_000), mtime=0)
    assert len(bomb) < 100_000
    site.paths["/map"] = answer(200, bomb, Content_Type="application/gzip")
    pages, failures = read(site, "/map")
    assert not pages
    assert "unpacks to more than 50,000,000 bytes" in failures[0].reason


@case(FEEDS, "an index of sitemaps, and an index in that", "their pages are fetched, two deep")
def _(site):
    serve(site, "a", "b", "c")
    site.paths |= {
        "/index": index(site.url("/map1"), site.url("/index2"), site.url("/gone")),
        "/index2": index(site.url("/map2"), site.url("/index"), site.url("/index3")),
        "/index3": index(site.url("/map3")),
        "/map1": sitemap(site.url("/a"), site.url("/b")),
        "/map2": sitemap(site.url("/b"), site.url("/c")),
    }
    pages, failures = read(site, "/index")
    assert paths(pages) == ["a", "b", "c"]
    assert site.pages_asked().count("/index") == 1
    assert "/map3" not in site.pages_asked()
    reasons = [one.reason for one in failures]
    assert any("more than 2 deep" in reason for reason in reasons)
    assert any("nothing stands there" in reason for reason in reasons)


@case(FEEDS, "an index of more than 50 sitemaps", "the first 50; told how many are left out")
def _(site):
    site.paths["/index"] = index(*(site.url(f"/m{n}") for n in range(MOST_SITEMAPS + 7)))
    site.paths |= {f"/m{n}": sitemap(site.url(f"/p{n}")) for n in range(MOST_SITEMAPS + 7)}
    site.paths |= {f"/p{n}": page() for n in range(MOST_SITEMAPS + 7)}
    pages, failures = read(site, "/index")
    assert len(pages) == MOST_SITEMAPS
    assert "more than 50 sitemaps: 7 of them" in failures[0].reason


@case(FEEDS, "sitemaps that have not changed since `--since`", "not fetched")
def _(site):
    serve(site, "a")
    old = f"<sitemap><loc>{site.url('/old')}</loc><lastmod>2026-02-01</lastmod></sitemap>"
    new = f"<sitemap><loc>{site.url('/new')}</loc><lastmod>2026-03-02</lastmod></sitemap>"
    site.paths["/index"] = answer(200, f"<sitemapindex>{old}{new}</sitemapindex>".encode())
    site.paths["/new"] = sitemap(site.url("/a"))
    pages, _ = read(site, "/index", since=date(2026, 3, 1))
    assert paths(pages) == ["a"]
    assert "/old" not in site.pages_asked()


@case(
    FEEDS, "XML that declares entities (XXE, a billion laughs)", "refused, nothing is read or asked"
)
def _(site):
    words = (
        b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel>&x;</channel></rss>'
    )
    site.paths["/feed"] = answer(200, words, Content_Type="application/rss+xml")
    pages, failures = read(site, "/feed")
    assert not pages
    assert "declares entities" in failures[0].reason
    assert site.pages_asked() == ["/feed"]


@case(FEEDS, "a feed without entries", "told; no error")
def _(site):
    site.paths["/feed"] = feed()
    pages, failures = read(site, "/feed")
    assert not pages
    assert [(one.reason, one.fatal) for one in failures] == [("it lists no pages", False)]


@case(FEEDS, "`https://HOST/robots.txt`", "the sitemaps that it names")
def _(site):
    serve(site, "a")
    site.paths["/map"] = sitemap(site.url("/a"))
    site.paths["/robots.txt"] = answer(200, f"Sitemap: {site.url('/map')}\n".encode())
    pages, failures = read(site, "/robots.txt")
    assert (paths(pages), failures) == (["a"], [])
    site.paths["/robots.txt"] = answer(200, b"")
    assert "names no sitemap" in read(site, "/robots.txt")[1][0].reason


@case(
    FEEDS,
    "a feed of 20 pages with `ETag`, for the second time",
    "22 requests as at first; 21 are answered by 304, without a body",
)
def _(site):
    def unless_known(found):
        tagged = found.replace(b"Content-Type", b'ETag: "1"\r\nContent-Type', 1)
        return lambda asked, *_: answer(304) if "if-none-match" in asked.headers else tagged

    site.paths |= {f"/p{n}": unless_known(page(f"page {n}")) for n in range(20)}
    site.paths["/feed"] = unless_known(feed(*((f"/p{n}", None) for n in range(20))))
    bodies = []
    for known in (0, 21):
        site.asked.clear()
        with site.web(cache=site.folder / "cache") as web:
            found = list(follow(site.url("/feed"), web))
        assert len(site.asked) == 22
        assert sum("if-none-match" in one.headers for one in site.asked) == known
        bodies.append([one.fetched.body for one in found])
    assert bodies[0] == bodies[1]
    assert len(bodies[0]) == 20


@case(FEEDS, "a URL that cannot be fetched", "an error that says why")
def _(site):
    pages, (failure,) = read(site, "/gone")
    assert not pages
    assert failure.fatal
    assert failure.reason.startswith("nothing stands there")
