"""Who we are to a server: from the environment alone, and for the servers that the user named.

A password in a URL would stand in shell histories, process lists and logs, so it is refused; a
`.netrc` is not read, because it holds passwords for hosts that were not named here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from kg.errors import InputError

Scheme = Literal["auto", "basic", "digest", "bearer"]
_SCHEMES: tuple[Scheme, ...] = ("auto", "basic", "digest", "bearer")
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What proves to a server who is asking; never part of a message or of `repr`.

    Attributes:
        user: name, for basic and digest.
        password: of the user.
        token: for bearer.
        scheme: auto takes what the server asks for: digest before basic.
    """

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    scheme: Scheme = "auto"


def read_credentials(
    environment: Mapping[str, str], prefix: str = "KG_STORE"
) -> Credentials | None:
    """Return the credentials of PREFIX_USER and PREFIX_PASSWORD, or PREFIX_TOKEN; None without.

    PREFIX_AUTH may name the scheme: basic, digest or bearer.

    Raises:
        InputError: half of a pair, both a user and a token, or an unknown scheme.
    """
    user = environment.get(f"{prefix}_USER", "")
    password = environment.get(f"{prefix}_PASSWORD", "")
    token = environment.get(f"{prefix}_TOKEN", "")
    named = environment.get(f"{prefix}_AUTH", "auto").lower()
    scheme = next((s for s in _SCHEMES if s == named), None)
    if scheme is None:
        raise InputError(f"{prefix}_AUTH is one of {', '.join(_SCHEMES)}")
    if bool(user) != bool(password):
        raise InputError(f"{prefix}_USER and {prefix}_PASSWORD are needed together")
    if user and token:
        raise InputError(f"set {prefix}_USER and {prefix}_PASSWORD, or {prefix}_TOKEN, not both")
    if any(c in "\r\n" for c in user + password + token) or ":" in user:
        raise InputError(f"{prefix}_USER, _PASSWORD or _TOKEN holds a bad character")
    if scheme != "auto" and (scheme == "bearer") != bool(token):
        needed = f"{prefix}_TOKEN" if scheme == "bearer" else f"{prefix}_USER"
        raise InputError(f"{prefix}_AUTH={scheme} needs {needed}")
    if not user and not token:
        return None
    return Credentials(user=user, password=password, token=token, scheme=scheme)


def is_url(source: object) -> bool:
    """Return whether a source is a URL to ask, and not a file.

    >>> is_url("http://localhost:7878"), is_url("output")
    (True, False)
    """
    return isinstance(source, str) and source.lower().startswith(("http://", "https://"))


def check_url(url: str) -> str:
    """Return the URL without its fragment, if it is one to ask.

    Raises:
        InputError: not http or https, no host, or a user or password in it.

    >>> check_url("https://example.org/sparql#top")
    'https://example.org/sparql'
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise InputError(f"not a URL: {error}", source=url.rpartition("@")[2]) from None
    if "@" in parts.netloc:
        raise InputError(
            "a user or password in a URL is refused: set KG_STORE_USER and KG_STORE_PASSWORD",
            source=f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}",
        )
    if parts.scheme not in _PORTS or not parts.hostname or port == 0:
        raise InputError("not a URL of a server: http://HOST or https://HOST", source=url)
    if any(c.isspace() or not c.isprintable() for c in url):
        raise InputError("a blank or control character in the URL", source=repr(url))
    return parts._replace(fragment="").geturl()


def same_place(home: str, other: str) -> bool:
    """Return whether credentials for one URL may be sent to another: the same host and port.

    From http to https at the usual ports is the same place, never from https to http.

    >>> same_place("http://a.example/x", "https://a.example/y")
    True
    >>> same_place("https://a.example/x", "http://a.example/x")
    False
    """
    a, b = urlsplit(home), urlsplit(other)
    if (a.hostname or "") != (b.hostname or ""):
        return False
    if a.scheme == b.scheme:
        return _port(a) == _port(b)
    return (a.scheme, b.scheme) == ("http", "https") and (_port(a), _port(b)) == (80, 443)


def _port(parts: SplitResult) -> int | None:
    return parts.port or _PORTS.get(parts.scheme)
