"""Pages of the open web: politely, within bounds, and never from a machine behind our own wall."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

from kg.errors import FetchError, InputError, RefusedAddressError, RobotsError
from kg.fetch.addresses import Guard
from kg.fetch.cache import Cache, Entry
from kg.fetch.credentials import check_url
from kg.fetch.limits import AGAIN, Limits, read_retry_after
from kg.fetch.message import Request, Response
from kg.fetch.pace import Pace
from kg.fetch.robots import LARGEST, Robots, robots_url
from kg.fetch.session import MOVED, Session, agent_name, find_proxies

PAGE_BYTES = 10_000_000
"""Of a page, unfolded."""
FEED_BYTES = 20_000_000
"""Of a feed, unfolded."""
SITEMAP_BYTES = 50_000_000
"""Of a sitemap, unfolded; the largest that a sitemap may be by its specification."""

LONGEST_DELAY = 30.0
"""Seconds between two requests that a robots.txt may ask for."""

_ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5"
_CHARSET = re.compile(r"charset\s*=\s*\"?([\w.:+-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server sent.

    Attributes:
        url: that was asked for, without its fragment.
        final_url: that answered, after redirects.
        status: 200 always.
        headers: names in lower case, and values; of a kept answer only those that were kept.
        body: unfolded.
        media_type: without parameters, in lower case; "" where none is stated.
        charset: that the server states for text, or None.
        retrieved: when the server sent the body, ISO 8601 in UTC, by its own clock; None where it
            does not say. For a body that was kept, the moment at which it was first sent.
        from_cache: whether the server said that the kept body is still right.
    """

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    media_type: str
    charset: str | None
    retrieved: str | None
    from_cache: bool


def web_limits() -> Limits:
    """Return the bounds of a request to the open web."""
    return Limits(
        connect_seconds=5,
        read_seconds=10,
        total_seconds=30,
        response_bytes=PAGE_BYTES,
        redirects=5,
        tries=3,
        first_wait=1,
        longest_wait=20,
    )


class Web:
    """Fetches pages; one request at a time, so not for several threads at once."""

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        allow_private: bool = False,
        cache: Path | None = None,
        delay: float = 1.0,
        respect_robots: bool = True,
        user_agent: str | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """Set up.

        Args:
            limits: of each page, with its redirects and tries; None for those of the web.
            allow_private: ask every address, at every port, also by a proxy of the environment.
                Without it no proxy is used: it would connect where we cannot look.
            cache: folder of kept answers; None keeps none.
            delay: seconds between two requests to one host.
            respect_robots: whether robots.txt is read and obeyed.
            user_agent: who we say we are; None for `newskg/VERSION`.
            wait: how to wait so many seconds.
        """
        self._limits = limits or web_limits()
        self._guard = None if allow_private else self.make_guard()
        self._cache = None if cache is None else Cache(cache)
        self._pace = Pace(delay, wait=wait)
        self._respects = respect_robots
        self._robots: dict[str, Robots] = {}
        agent = _check_agent(user_agent) if user_agent else agent_name()
        self._session = Session(self._limits, wait=wait, guard=self._guard, agent=agent)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def make_guard(self) -> Guard:
        """Return what makes the connections where not every address is allowed."""
        return Guard()

    def close(self) -> None:
        """Close all connections, and bring the cache within its bounds."""
        self._session.close()
        if self._cache is not None:
            self._cache.close()

    def name(self, url: str) -> None:
        """Let the host of a URL be asked at its port: the user named it.

        Raises:
            InputError: not a URL to ask.
        """
        start = _check(url)
        if self._guard is not None:
            self._guard.name(_host(start), _port(start))

    def get(self, url: str, *, accept: str = _ACCEPT, most: int | None = None) -> Fetched:
        """Return what stands at a URL.

        Args:
            url: http or https.
            accept: media types that are asked for.
            most: bytes of the unfolded body; None for the limit of a page.

        Raises:
            InputError: not a URL to ask.
            RefusedAddressError: it leads, perhaps by redirects, to what must not be asked.
            RobotsError: its host does not want it to be fetched.
            FetchError: not found, too slow, too large, broken, or asked to come back later.
        """
        start = _check(url)
        request = Request(
            method="GET", url=start, accept=accept, packed=True, follows=False, repeatable=True
        )
        limits = replace(self._limits, response_bytes=most or self._limits.response_bytes)
        return self._walk(request, limits)

    def robots(self, url: str) -> Robots:
        """Return the rules of the host of a URL: what it allows, its pause, its sitemaps.

        Raises:
            InputError: not a URL to ask.
            RefusedAddressError: the host must not be asked.
        """
        place = robots_url(_check(url))
        if place not in self._robots:
            self._robots[place] = found = self._read_robots(place)
            if found.delay:
                self._pace.slow_down(_host(place), min(found.delay, LONGEST_DELAY))
        return self._robots[place]

    def _read_robots(self, place: str) -> Robots:
        request = Request(
            method="GET", url=place, accept="text/plain, */*;q=0.5", packed=True, follows=False,
            cuts=True,
        )  # fmt: skip
        limits = replace(self._limits, response_bytes=LARGEST)
        try:
            found = self._walk(request, limits, asks_robots=False)
        except RefusedAddressError:
            raise
        except FetchError as error:
            if error.status is not None and 400 <= error.status < 500 and error.status != 429:
                return Robots()
            return Robots(problem=str(error))
        return Robots.read(found.body)

    def _walk(self, request: Request, limits: Limits, *, asks_robots: bool = True) -> Fetched:
        """Return the answer at the end of the redirects, each of them checked anew."""
        url, seen = request.url, {request.url}
        left = limits.total_seconds
        for _ in range(limits.redirects + 1):
            self._admit(url, asks_robots=asks_robots)
            self._pace.begin(_host(url))
            began = time.monotonic()
            answer = self._ask(
                replace(request, url=url), replace(limits, total_seconds=max(left, 0.001))
            )
            left -= time.monotonic() - began
            target = answer.header("location") if isinstance(answer, Response) else None
            if isinstance(answer, Fetched):
                return replace(answer, url=request.url)
            url = _target(url, target or "")
            if url in seen:
                raise FetchError("redirects in a ring", source=request.url)
            seen.add(url)
        raise FetchError(f"more than {limits.redirects} redirects", source=request.url)

    def _admit(self, url: str, *, asks_robots: bool) -> None:
        """Refuse what must not be asked, before anything is sent."""
        if self._guard is not None:
            self._guard.check_name(_host(url), _port(url))
        self._pace.check(_host(url))
        if not (asks_robots and self._respects):
            return
        rules = self.robots(url)
        if rules.problem is not None:
            raise RobotsError(
                f"robots.txt cannot be read, so nothing is fetched: {rules.problem}"
                " (later, or --ignore-robots where you may)",
                source=url,
            )
        if not rules.allows(url):
            raise RobotsError(
                "robots.txt of the host does not allow it (--ignore-robots where you may)",
                source=url,
            )

    def _ask(self, request: Request, limits: Limits) -> Fetched | Response:
        """Return one answer: a body, or a redirect."""
        host, key = _host(request.url), f"{request.accept} {request.url}"
        kept = self._cache.find(key) if self._cache is not None else None
        if kept is not None and len(kept.body) > limits.response_bytes and not request.cuts:
            kept = None
        asked = request if kept is None else replace(request, headers=kept.conditions())
        limits = replace(limits, first_wait=max(limits.first_wait, self._pace.delay_of(host)))
        try:
            answer = self._session.send(asked, limits=limits)
        except FetchError as error:
            raise self._with_hint(error, request.url) from None
        finally:
            self._pace.end(host)
        if answer.status == 304 and kept is not None:
            return _fetched_from(request.url, kept)
        if answer.status in MOVED and answer.header("location"):
            return answer
        if answer.status in AGAIN:
            self._pace.rest(host, read_retry_after(answer.header("retry-after")) or 0)
        if answer.status != 200:
            raise FetchError(_why(answer), source=request.url, status=answer.status)
        if self._cache is not None:
            self._keep(key, answer)
        return _fetched(request.url, answer.headers, answer.body)

    def _with_hint(self, error: FetchError, url: str) -> FetchError:
        """Return an error, and where there is a proxy that may be the only way out, say so."""
        if self._guard is None or error.status or isinstance(error, RefusedAddressError):
            return error
        if not {urlsplit(url).scheme, "all"} & find_proxies(url).keys():
            return error
        hint = "the proxy of the environment is not used, but with --allow-private"
        return FetchError(f"{error} ({hint})")

    def _keep(self, key: str, answer: Response) -> None:
        assert self._cache is not None
        self._cache.drop(key)
        self._cache.keep(key, answer.headers, answer.body)


def _fetched_from(url: str, kept: Entry) -> Fetched:
    return replace(_fetched(url, kept.headers, kept.body), from_cache=True)


def _fetched(url: str, headers: tuple[tuple[str, str], ...], body: bytes) -> Fetched:
    found = dict(reversed(headers))
    stated = found.get("content-type", "")
    charset = _CHARSET.search(stated)
    return Fetched(
        url=url,
        final_url=url,
        status=200,
        headers=headers,
        body=body,
        media_type=stated.partition(";")[0].strip().lower(),
        charset=charset[1].lower() if charset else None,
        retrieved=_moment(found.get("date")),
        from_cache=False,
    )


def _moment(value: str | None) -> str | None:
    """Return the moment of a Date header, ISO 8601 in UTC; None for what is not one.

    >>> _moment("Sun, 06 Nov 1994 08:49:37 GMT")
    '1994-11-06T08:49:37Z'
    """
    if not value:
        return None
    try:
        found = parsedate_to_datetime(value)
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found.isoformat(timespec="seconds").replace("+00:00", "Z")


def _why(answer: Response) -> str:
    """Return why an answer is of no use, and what can be done."""
    if answer.status in AGAIN:
        seconds = read_retry_after(answer.header("retry-after"))
        when = f"in {seconds:,.0f} seconds" if seconds else "later"
        return f"the server is busy ({answer.status}): fetch it again {when}"
    if answer.status in {401, 402, 403, 451}:
        return f"the server does not give it to us: {answer.reason(80)}"
    if answer.status in {404, 410}:
        return f"nothing stands there: {answer.reason(80)}"
    return f"the server answers {answer.reason(80)}"


def _check(url: str) -> str:
    """Return a URL to ask, without its fragment.

    Raises:
        InputError: it is none.
    """
    try:
        netloc = urlsplit(url).netloc
    except ValueError as error:
        raise InputError(f"not a URL: {error}", source=url.rpartition("@")[2]) from None
    if "@" in netloc:
        raise InputError(
            "a user or password in a URL is refused: pages are fetched as anyone may",
            source=f"//{netloc.rpartition('@')[2]}",
        )
    return check_url(url)


def _target(url: str, location: str) -> str:
    """Return where a redirect leads.

    Raises:
        FetchError: out of the web.
    """
    try:
        return _check(urljoin(url, location.strip().replace(" ", "%20")))
    except (InputError, ValueError) as error:
        raise FetchError(f"redirected to what is not a page: {error}", source=url) from None


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").rstrip(".")


def _port(url: str) -> int:
    parts = urlsplit(url)
    return parts.port or (443 if parts.scheme == "https" else 80)


def _check_agent(agent: str) -> str:
    """Return a User-Agent that can stand in a header.

    Raises:
        InputError: a line break, or what is not ASCII.
    """
    if not agent.isascii() or not agent.isprintable() or not agent.strip():
        raise InputError("a User-Agent is one line of ASCII", source=repr(agent)[:80])
    return agent.strip()
