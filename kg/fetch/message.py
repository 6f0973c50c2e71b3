"""Requests and answers as values."""

from dataclasses import dataclass
from typing import Literal

Method = Literal["GET", "HEAD", "PUT", "POST", "DELETE"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked of a server.

    Attributes:
        method: of HTTP.
        url: http or https, without user or password.
        body: bytes that are sent.
        content_type: of the body.
        accept: media types that the answer may have.
        repeatable: whether doing it twice is doing it once, so that it may be tried again; a POST
            is repeatable only where the caller knows it to be.
        reads: whether it changes nothing at the server, as a query sent by POST.
        wants_body: whether the body of the answer is read.
        headers: further ones, such as `If-None-Match`.
        packed: whether the answer may be compressed (gzip, deflate); the limit is of what it
            unfolds to.
        follows: whether redirects are followed, or given back.
        cuts: whether of a body that is too large the beginning is given back, and no error.
    """

    method: Method
    url: str
    body: bytes | None = None
    content_type: str = ""
    accept: str = "*/*"
    repeatable: bool = True
    reads: bool = False
    wants_body: bool = True
    headers: tuple[tuple[str, str], ...] = ()
    packed: bool = False
    follows: bool = True
    cuts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What a server answered.

    Attributes:
        url: that answered, after redirects.
        status: of HTTP.
        headers: names in lower case, and values, in order.
        body: whole, as sent; unfolded where the request said that it may be compressed.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """Return the value of a header, or None."""
        return next((value for key, value in self.headers if key == name.lower()), None)

    @property
    def media_type(self) -> str:
        """The media type without its parameters, in lower case; "" where none is stated."""
        return (self.header("content-type") or "").split(";")[0].strip().lower()

    @property
    def ok(self) -> bool:
        """Whether the server did what it was asked (2xx)."""
        return 200 <= self.status < 300

    def reason(self, length: int = 200) -> str:
        """Return the status and the first words of the body, on one line, for an error."""
        words = self.body[: 20 * length].decode("utf-8", "replace")
        if "html" in self.media_type or words.lstrip().startswith("<"):
            words = _without_tags(words)
        words = "".join(c if c.isprintable() else " " for c in words)
        return f"{self.status} {' '.join(words.split())[:length]}".strip()


def _without_tags(words: str) -> str:
    """Return the text of HTML as far as an error line needs it.

    >>> " ".join(_without_tags("<h1>No</h1><p>not here").split())
    'No not here'
    """
    parts = words.split("<")
    return " ".join([parts[0], *(part.partition(">")[2] for part in parts[1:])])
