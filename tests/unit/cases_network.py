"""Cases of addresses, names and redirects."""

import socket

import pytest

from kg.errors import FetchError, InputError, RefusedAddressError, RobotsError
from kg.fetch.web import Web
from kg.model import Failure
from kg.read.following import Listed, follow
from tests.unit.cases_following import feed
from tests.unit.misbehaving import answer
from tests.unit.website import QUICK, case, moved, page

ADDRESSES = "Addresses"
REDIRECTS = "Redirects"


def refused(site, url, **options):
    error = site.error(url, **options)
    assert isinstance(error, RefusedAddressError)
    assert "--allow-private" in str(error)
    assert site.asked == []
    return str(error)


# Addresses.

# What the table says, and every host that is tried for it.
CLOSED = {
    "`127.0.0.1`, `[::1]`, loopback": ("127.0.0.1", "127.8.8.8", "[::1]"),
    "`[::ffff:127.0.0.1]`, `[::127.0.0.1]`, IPv4 in IPv6": (
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
    ),
    "`0.0.0.0`, `[::]`, unspecified": ("0.0.0.0", "[::]"),
    "`10.1.2.3`, `172.16.0.1`, `192.168.0.1`, `[fd00::1]`, private": (
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "[fd00::1]",
        "[fd00:ec2::254]",
    ),
    "`169.254.169.254`, where clouds hand out passwords; `[fe80::1]`, link-local": (
        "169.254.169.254",
        "[fe80::1]",
    ),
    "`100.64.0.1`, shared by a provider; `168.63.129.16`, a cloud's own": (
        "100.64.0.1",
        "100.100.100.200",
        "168.63.129.16",
    ),
    "`224.0.0.1`, `[ff02::1]`, multicast; `240.0.0.1`, reserved": (
        "224.0.0.1",
        "[ff02::1]",
        "240.0.0.1",
        "255.255.255.255",
    ),
    "`[64:ff9b::7f00:1]`, `[64:ff9b:1::a00:1]`, NAT64": (
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::a00:1]",
        "[64:ff9b::808:808]",
    ),
    "`[2002:7f00:1::]`, 6to4; `[2001:0:…]`, Teredo": (
        "[2002:7f00:1::]",
        "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
    ),
    "`2130706433`, `0x7f.1`, `0177.0.0.1`, other spellings of an address, open or not": (
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "134744072",
    ),
    "`127.0.0.1.`, `１２７.０.０.１`, a dot at the end, digits of another script": (
        "127.0.0.1.",
        "１２７.０.０.１",
    ),
    "`localhost`, `localhost.`, `a.localhost`": ("localhost", "LOCALHOST.", "a.localhost"),
}


def _closed(site, hosts):
    for host in hosts:
        refused(site, f"http://{host}/")
        refused(site, f"https://{host}/x", respect_robots=False)


for _name, _hosts in CLOSED.items():
    case(ADDRESSES, _name, "refused, nothing is sent")(
        lambda site, hosts=_hosts: _closed(site, hosts)
    )


@case(ADDRESSES, "a port that is not 80 or 443, in a link", "refused, nothing is sent")
def _(site):
    assert "port 8080" in refused(site, "http://news.example:8080/")


@case(
    ADDRESSES,
    "a port that is not 80 or 443, in the URL that the user named",
    "asked there, as are links to that host and port; the address is checked all the same",
)
def _(site):
    site.paths["/feed"] = feed(("/page", None), (site.url(host="other.example"), None))
    with site.web(ports={80, 443}) as web:
        pages, failures = (
            [one for one in follow(site.url("/feed"), web) if isinstance(one, kind)]
            for kind in (Listed, Failure)
        )
        assert [one.fetched.url for one in pages] == [site.url()]
        assert "only 80 and 443" in failures[0].reason
        web.name("http://127.0.0.1:8080/")
        with pytest.raises(RefusedAddressError, match="loopback"):
            web.get("http://127.0.0.1:8080/")


@case(ADDRESSES, "a name that leads to a closed address", "refused, nothing is sent")
def _(site):
    site.names["inward.example"] = [["127.0.0.2"]]
    assert "127.0.0.2 (loopback)" in refused(site, site.url(host="inward.example"))


@case(ADDRESSES, "a name that leads to open and closed addresses", "the open ones are asked")
def _(site):
    site.names["news.example"] = [["10.0.0.1", "::1", "127.0.0.1"]]
    assert site.get().status == 200


@case(
    ADDRESSES,
    "a name that leads elsewhere when it is looked up again (DNS rebinding)",
    "connects to the very address that was checked; a new connection is checked anew",
)
def _(site):
    site.paths["/page"] = page(Connection="close")
    site.names["news.example"] = [["127.0.0.1"], ["127.0.0.2"]]
    with site.web(respect_robots=False) as web:
        assert web.get(site.url()).status == 200
        assert site.lookups == ["news.example"]
        with pytest.raises(RefusedAddressError):
            web.get(site.url())
    assert len(site.asked) == 1


@case(ADDRESSES, "a name that nobody knows", "an error, after three tries")
def _(site):
    site.names["news.example"] = [[]]
    error = site.error(respect_robots=False)
    assert "no connection" in str(error)
    assert len(site.lookups) == 3


@case(ADDRESSES, "a network that joins us to another machine than asked", "cut, nothing is sent")
def _(site):
    class Led(socket.socket):
        def getpeername(self):
            return ("10.0.0.1", site.port)

    site.monkeypatch.setattr("kg.fetch.addresses.socket.socket", Led)
    refused(site, site.url(), respect_robots=False)


@case(
    ADDRESSES,
    "a proxy in the environment",
    "not used: it would connect where kg cannot look; used with `--allow-private`",
)
def _(site):
    site.monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert site.get().status == 200
    site.names["gone.example"] = [[]]
    assert "is not used, but with --allow-private" in str(site.error(host="gone.example"))
    with (
        Web(QUICK, allow_private=True, delay=0, wait=site.waits.append) as web,
        pytest.raises(FetchError, match="no connection"),
    ):
        web.get("http://news.example/")
    site.monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{site.port}")
    site.paths["http://news.example/"] = page("by proxy")
    with Web(QUICK, allow_private=True, delay=0) as web:
        assert b"by proxy" in web.get("http://news.example/").body


@case(ADDRESSES, "any of these with `--allow-private`", "asked")
def _(site):
    with Web(QUICK, allow_private=True, delay=0) as web:
        assert web.get(f"http://127.0.0.1:{site.port}/page").status == 200
        assert web.get(f"http://localhost:{site.port}/page").status == 200


@case(
    ADDRESSES, "a user or password in the URL", "refused; none is ever sent, nor read from `.netrc`"
)
def _(site):
    error = site.error(f"http://ann:secret@news.example:{site.port}/page")
    assert isinstance(error, InputError)
    assert "secret" not in str(error)
    netrc = site.folder / "netrc"
    netrc.write_text("machine news.example login ann password open-sesame\n")
    site.monkeypatch.setenv("NETRC", str(netrc))
    site.paths["/page"] = answer(401, WWW_Authenticate="Basic realm=x")
    assert "401" in str(site.error())
    assert all("authorization" not in one.headers for one in site.asked)


@case(ADDRESSES, "`file:`, `ftp:`, `data:`, no host", "refused, nothing is read")
def _(site):
    for url in (
        "file:///etc/passwd",
        "ftp://news.example/",
        "data://x/,x",
        "http:///x",
        "http://[",
    ):
        assert isinstance(site.error(url), InputError)


# Redirects.


@case(REDIRECTS, "301, 302, 303, 307, 308", "followed, up to five")
def _(site):
    for number, status in enumerate((301, 302, 303, 307, 308)):
        site.paths[f"/{number}"] = moved(f"/{number + 1}", status)
    site.paths["/5"] = page("the end")
    found = site.get("/0")
    assert (found.url, found.final_url) == (site.url("/0"), site.url("/5"))
    assert b"the end" in found.body


@case(REDIRECTS, "more than five", "an error")
def _(site):
    for number in range(9):
        site.paths[f"/{number}"] = moved(f"/{number + 1}")
    assert "more than 5 redirects" in str(site.error("/0"))
    assert len(site.pages_asked()) == 6


@case(REDIRECTS, "a ring", "an error as soon as it closes")
def _(site):
    site.paths |= {"/a": moved("/b"), "/b": moved("/a")}
    assert "ring" in str(site.error("/a"))
    assert site.pages_asked() == ["/a", "/b"]


@case(REDIRECTS, "to another host", "followed, once that host's robots.txt allows it")
def _(site):
    site.paths["/a"] = moved(site.url("/page", "other.example"))
    assert site.get("/a").final_url == site.url("/page", "other.example")
    site.hosts["other.example"] = {"/robots.txt": answer(200, b"User-agent: *\nDisallow: /")}
    assert isinstance(site.error("/a"), RobotsError)
    assert site.asked[-1].path == "/robots.txt"


LED_ASIDE = {
    "to `http://169.254.169.254/`": "http://169.254.169.254/latest/meta-data/",
    "to `http://[::ffff:127.0.0.1]/`": "http://[::ffff:127.0.0.1]/",
    "to a private address": "http://192.168.0.1/",
    "to `http://localhost/`": "http://localhost/",
    "to port 22 of the same host": "http://news.example:22/",
    "to a name that leads to loopback": "http://inward.example/",
}


def _aside(site, target):
    site.names["inward.example"] = [["127.0.0.1"]]  # not at the port of the site
    site.paths["/a"] = moved(target)
    assert isinstance(site.error("/a", respect_robots=False), RefusedAddressError)
    assert isinstance(site.error("/a"), RefusedAddressError) or "inward" in target
    assert set(site.pages_asked()) == {"/a"}


for _name, _url in LED_ASIDE.items():
    case(REDIRECTS, _name, "refused, nothing is sent there")(
        lambda site, target=_url: _aside(site, target)
    )


@case(REDIRECTS, "to `file:`, `ftp:`, or with a password", "an error, nothing is read")
def _(site):
    for target in ("file:///etc/passwd", "ftp://a.example/", "http://ann:secret@news.example/"):
        site.paths["/a"] = moved(target)
        error = site.error("/a")
        assert isinstance(error, FetchError)
        assert "secret" not in str(error)


@case(REDIRECTS, "without a place to go to", "an error")
def _(site):
    site.paths["/a"] = answer(302)
    assert "302" in str(site.error("/a"))
