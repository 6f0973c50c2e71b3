"""Cases of what is kept, and of what is not."""

import pytest

from kg.errors import FetchError
from kg.fetch import Limits
from tests.unit.misbehaving import answer
from tests.unit.website import DATE, case, page

CACHE = "Cache, cookies, pauses"


def kept(site, **headers):
    """Serve a page that has changed unless the client says what it has."""

    def reply(asked, *_):
        fits = {"if-none-match", "if-modified-since"} & set(asked.headers)
        return answer(304) if fits else page(**headers)

    site.paths["/page"] = reply


def twice(site):
    folder = site.folder / "cache"
    return [site.get(cache=folder, respect_robots=False) for _ in range(2)]


@case(CACHE, "304 to an `ETag`", "the kept page; same bytes, same time of retrieval")
def _(site):
    kept(site, ETag='"one"')
    first, second = twice(site)
    assert site.asked[1].headers["if-none-match"] == '"one"'
    assert (first.from_cache, second.from_cache) == (False, True)
    assert (first.body, first.retrieved) == (second.body, second.retrieved)
    assert (first.media_type, first.charset) == (second.media_type, second.charset)


@case(CACHE, "304 to a `Last-Modified`", "the kept page")
def _(site):
    kept(site, Last_Modified=DATE)
    first, second = twice(site)
    assert site.asked[1].headers["if-modified-since"] == DATE
    assert second.from_cache
    assert first.body == second.body


@case(CACHE, "200 with another page to an `ETag`", "the new page, which is kept instead")
def _(site):
    site.paths["/page"] = lambda _, n, __: page(f"edition {n}", ETag=f'"{n}"')
    assert [b"edition 1" in one.body for one in twice(site)] == [True, False]
    assert b"edition 3" in site.get(cache=site.folder / "cache", respect_robots=False).body
    assert site.asked[2].headers["if-none-match"] == '"2"'


@case(CACHE, "neither `ETag` nor `Last-Modified`, or `no-store`", "not kept; asked for whole")
def _(site):
    for headers in ({}, {"ETag": '"1"', "Cache_Control": "private, no-store"}):
        site.asked.clear()
        kept(site, **headers)
        assert [one.from_cache for one in twice(site)] == [False, False]
        assert "if-none-match" not in site.asked[1].headers
    assert not (site.folder / "cache").exists()
    kept(site, ETag='"1"')
    twice(site)
    site.paths["/page"] = page("new", Cache_Control="no-store")
    assert [b"new" in one.body for one in twice(site)] == [True, True]
    assert list((site.folder / "cache").iterdir()) == []


@case(CACHE, "an entry of the cache that is broken, or another's", "thrown away; asked for whole")
def _(site):
    kept(site, ETag='"one"')
    twice(site)
    (entry,) = (site.folder / "cache").iterdir()
    whole = entry.read_bytes()
    broken_ones = (
        b"",
        b"\x00" * 99,
        whole[:-1],
        whole + b"x",
        whole.replace(b"words", b"other"),
        b'{"version": 1}\nx',
        b"[" * 9999,
        whole.replace(b"news.example", b"evil.example"),
    )
    for broken in broken_ones:
        entry.write_bytes(broken)
        site.asked.clear()
        found = site.get(cache=site.folder / "cache", respect_robots=False)
        assert not found.from_cache
        assert b"<p>words</p>" in found.body
        assert "if-none-match" not in site.asked[0].headers
    assert entry.read_bytes() == whole


@case(CACHE, "a kept page that is larger than may be read now", "not used; an error")
def _(site):
    kept(site, ETag='"one"')
    twice(site)
    with site.web(cache=site.folder / "cache", respect_robots=False) as web:
        with pytest.raises(FetchError, match="larger than 10 bytes"):
            web.get(site.url(), most=10)
        assert "if-none-match" not in site.asked[-1].headers


@case(CACHE, "304 that was not asked for", "an error")
def _(site):
    site.paths["/page"] = answer(304)
    assert "304" in str(site.error())


@case(CACHE, "`--no-cache`", "nothing is kept, nothing kept is used")
def _(site):
    kept(site, ETag='"one"')
    twice(site)
    site.asked.clear()
    assert not site.get(respect_robots=False).from_cache
    assert "if-none-match" not in site.asked[0].headers


@case(CACHE, "a folder for the cache that cannot be written", "fetched all the same")
def _(site):
    kept(site, ETag='"one"')
    site.folder.joinpath("cache").write_text("a file")
    assert [one.from_cache for one in twice(site)] == [False, False]


@case(CACHE, "`Set-Cookie`", "ignored: no cookie is kept or sent, also not over a redirect")
def _(site):
    site.paths["/a"] = answer(302, Location="/page", Set_Cookie="id=1; Path=/")
    site.paths["/page"] = page(Set_Cookie="id=2; Path=/", ETag='"one"')
    with site.web(cache=site.folder / "cache") as web:
        web.get(site.url("/a"))
        web.get(site.url("/page"))
    assert all("cookie" not in one.headers for one in site.asked)
    assert not any(b"ookie" in path.read_bytes() for path in (site.folder / "cache").iterdir())


@case(CACHE, "several pages of one host", "one at a time, a second apart (`--delay`)")
def _(site):
    with site.web(delay=1) as web:
        for _ in range(3):
            web.get(site.url())
        web.get(site.url(host="other.example"))
    assert site.waits == [pytest.approx(1, abs=0.9)] * 4  # robots.txt comes first, at each host


@case(CACHE, "503 from a host that wants a longer pause", "the pause counts for the next try, too")
def _(site):
    site.paths["/page"] = lambda _, number, __: answer(503) if number < 2 else page()
    assert site.get(delay=1.2, respect_robots=False, limits=Limits(first_wait=0.1)).status == 200
    assert site.waits == [1.2]
