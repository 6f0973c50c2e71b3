"""What a host wants to be left alone: robots.txt.

Source: https://www.rfc-editor.org/rfc/rfc9309
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit, urlunsplit

if TYPE_CHECKING:
    from protego import Protego

TOKEN = "newskg"  # noqa: S105 - a name, by which robots.txt addresses us
"""The name by which a robots.txt addresses us."""

LARGEST = 512_000
"""Bytes of a robots.txt that are read; what follows has no say, as the RFC allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """The rules of one host and port.

    Attributes:
        rules: as parsed, or None where everything is allowed.
        problem: why the rules could not be learned: then nothing is allowed; or None.
        delay: seconds that the host wants between two requests, or None.
        sitemaps: URLs that it names, in order.
    """

    rules: "Protego | None" = None
    problem: str | None = None
    delay: float | None = None
    sitemaps: tuple[str, ...] = ()

    @classmethod
    def read(cls, body: bytes) -> Self:
        """Return the rules of a robots.txt; what cannot be understood in it has no say."""
        from protego import Protego

        if len(body) >= LARGEST:
            body = body[:LARGEST].rpartition(b"\n")[0]  # half a rule would be another rule
        rules = Protego.parse(body.decode("utf-8-sig", "replace"))
        sitemaps = tuple(dict.fromkeys(str(url) for url in rules.sitemaps))
        delay = rules.crawl_delay(TOKEN)
        usable = delay is not None and delay > 0  # which "nan" is not
        return cls(rules=rules, delay=delay if usable else None, sitemaps=sitemaps)

    def allows(self, url: str) -> bool:
        """Return whether a URL of the host may be fetched."""
        if self.problem is not None:
            return False
        return self.rules is None or bool(self.rules.can_fetch(url, TOKEN))


def robots_url(url: str) -> str:
    """Return where the rules for a URL stand.

    >>> robots_url("https://news.example:8443/a/b?c")
    'https://news.example:8443/robots.txt'
    """
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
