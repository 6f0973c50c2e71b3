"""A session of bounded requests: time, size, redirects, tries, and who gets the credentials."""

import os
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import requests
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from urllib3.exceptions import HTTPError, ReadTimeoutError

from kg.errors import FetchError
from kg.fetch.addresses import Guard
from kg.fetch.credentials import Credentials, check_url, same_place
from kg.fetch.limits import AGAIN, Limits, read_retry_after
from kg.fetch.message import Request, Response
from kg.fetch.transport import Deadline, WatchedAdapter
from kg.fetch.unfolding import Unfolding

_PIECE = 65_536
_LARGE = 65_536  # bytes of a body that are not sent twice only to learn how to authenticate
MOVED = frozenset({301, 302, 303, 307, 308})


class Session:
    """Requests to the servers that the user named; not for several threads at once."""

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        credentials: Credentials | None = None,
        homes: tuple[str, ...] = (),
        wait: Callable[[float], None] = time.sleep,
        guard: Guard | None = None,
        agent: str | None = None,
    ) -> None:
        """Open a session.

        Args:
            limits: bounds of each request.
            credentials: sent to `homes` alone.
            homes: URLs of the servers that the credentials are for.
            wait: how to wait between two tries.
            guard: makes the connections; with one, no proxy is used, because a proxy connects to
                addresses that we do not see. None where every address may be asked.
            agent: who we say we are; None for `newskg/VERSION`.
        """
        self.limits = limits or Limits()
        self._credentials = credentials
        self._homes = homes
        self._wait = wait
        self._guard = guard
        self._agent = agent or agent_name()
        self._deadline = Deadline()
        self._auth: AuthBase | None = _first_auth(credentials)
        self._session = requests.Session()
        self._session.trust_env = False  # neither .netrc nor anything else that is not named here
        self._session.headers.clear()
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, WatchedAdapter(self._deadline, guard))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._deadline.stop()
        self._session.close()

    def send(self, request: Request, *, limits: Limits | None = None) -> Response:
        """Return the answer of a server, whatever its status, once it is not worth another try.

        Args:
            request: what is asked.
            limits: for this request and all that follow, instead of those of the session.

        Raises:
            InputError: a URL that cannot be asked.
            FetchError: no connection, too slow, too large, cut off, or redirected where this
                request must not go.
        """
        self.limits = limits or self.limits
        self._deadline.start(self.limits.total_seconds)
        try:
            if (
                self._credentials is not None
                and self._auth is None
                and len(request.body or b"") > _LARGE
            ):
                self._learn_auth(request)
            return self._try(request)
        finally:
            self._deadline.stop()

    def _try(self, request: Request) -> Response:
        tries = self.limits.tries if request.repeatable else 1
        for done in range(1, tries + 1):
            wait = self.limits.wait_before(done)
            try:
                response = self._follow(request)
            except (requests.exceptions.ReadTimeout, ReadTimeoutError):
                raise self._failure(request, self._slow()) from None
            except (requests.RequestException, HTTPError, OSError) as error:
                if self._deadline.passed or self._deadline.left() <= 0:
                    raise self._failure(request, self._slow()) from None
                if done == tries or not _passing(error):
                    raise self._failure(request, _describe(error)) from None
            else:
                asked = read_retry_after(response.header("retry-after"))
                wait = wait if asked is None else asked
                if response.status not in AGAIN or done == tries or wait > self._patience():
                    return response
            if wait > self._deadline.left():
                raise self._failure(request, self._slow())
            self._wait(wait)
        raise self._failure(request, "not tried")

    def _patience(self) -> float:
        return min(self.limits.longest_wait, self._deadline.left())

    def _follow(self, request: Request) -> Response:
        """Return the answer at the end of the redirects."""
        url, method, body = check_url(request.url), request.method, request.body
        for _ in range(self.limits.redirects + 1):
            response = self._send_authorized(request, method, url, body)
            target = response.header("location")
            if response.status not in MOVED or not target or not request.follows:
                return response
            target = check_url(urljoin(url, target))
            safe = method in {"GET", "HEAD"} or request.reads
            sends = body is not None or not safe
            if not (safe or response.status in {307, 308}) or (
                sends and not same_place(url, target)
            ):
                raise self._failure(
                    request, f"{response.status}: the server sends us to {target}; use that URL"
                )
            if response.status == 303 and method != "HEAD":
                method, body = "GET", None
            url = target
        raise self._failure(request, f"more than {self.limits.redirects} redirects")

    def _send_authorized(
        self, request: Request, method: str, url: str, body: bytes | None
    ) -> Response:
        """Return the answer; learn on the way how the server wants us to say who we are."""
        home = any(same_place(home, url) for home in self._homes)
        auth = self._auth if home else None
        response = self._send_once(request, method, url, body, auth)
        if response.status != 401 or not home or auth is not None:
            return response
        self._auth = _chosen_auth(self._credentials, response)
        if self._auth is None:
            return response
        return self._send_once(request, method, url, body, self._auth)

    def _learn_auth(self, request: Request) -> None:
        """Ask for the headers alone: a large body would be sent only to be refused."""
        probe = Request(method="HEAD", url=request.url, wants_body=False)
        response = self._try(probe)
        if response.status == 401 and self._auth is None:
            self._auth = _chosen_auth(self._credentials, response)

    def _send_once(
        self, request: Request, method: str, url: str, body: bytes | None, auth: AuthBase | None
    ) -> Response:
        headers = {
            "User-Agent": self._agent,
            "Accept": request.accept,
            # a small answer unfolds into a large one only where that is counted
            "Accept-Encoding": Unfolding.accepted if request.packed else "identity",
            **dict(request.headers),
        }
        if body is not None and request.content_type:
            headers["Content-Type"] = request.content_type
        left = self._deadline.left()
        if left <= 0:
            raise self._failure(request, self._slow())
        answer = self._session.request(
            method,
            url,
            data=body,
            headers=headers,
            auth=auth or _NoAuth(),
            stream=True,
            allow_redirects=False,
            timeout=(min(self.limits.connect_seconds, left), min(self.limits.read_seconds, left)),
            proxies={} if self._guard is not None else find_proxies(url),
            verify=os.environ.get("REQUESTS_CA_BUNDLE") or True,
        )
        self._session.cookies.clear()
        try:
            whole = request.wants_body and method != "HEAD"
            content = self._read(request, answer) if whole else b""
        finally:
            answer.close()
        names = tuple((name.lower(), value) for name, value in answer.headers.items())
        return Response(url=url, status=answer.status_code, headers=names, body=content)

    def _read(self, request: Request, answer: requests.Response) -> bytes:
        """Return the body, if it is whole and not too large."""
        limit = self.limits.response_bytes
        coding = answer.headers.get("Content-Encoding", "")
        if not request.packed and coding.lower() not in {"", "identity"}:
            raise self._failure(request, "the answer is compressed, which was not asked for")
        content = bytearray()
        try:
            unfolding = Unfolding(coding, limit)
            for piece in answer.raw.stream(_PIECE, decode_content=False):
                content += unfolding.take(piece)
                if len(content) > limit:
                    break
            else:
                unfolding.end()
        except FetchError as error:
            raise self._failure(request, str(error), answer.status_code) from None
        if len(content) > limit and not request.cuts:
            raise self._failure(
                request, f"the answer is larger than {limit:,} bytes", answer.status_code
            )
        if self._deadline.passed:
            raise self._failure(request, self._slow())
        return bytes(content[:limit])

    def _slow(self) -> str:
        limits = self.limits
        if self._deadline.passed or self._deadline.left() <= 0:
            return f"no whole answer within {limits.total_seconds:g} seconds"
        return f"nothing received for {limits.read_seconds:g} seconds"

    def _failure(self, request: Request, reason: str, status: int | None = None) -> FetchError:
        return FetchError(reason, source=f"{request.method} {request.url[:300]}", status=status)


class _NoAuth(AuthBase):
    """Sends nothing, where requests would look for a password by itself."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


class _Bearer(AuthBase):
    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _first_auth(credentials: Credentials | None) -> AuthBase | None:
    """Return what is sent before the server has asked; None where it has to ask."""
    if credentials is None:
        return None
    if credentials.token:
        return _Bearer(credentials.token)
    if credentials.scheme == "basic":
        return HTTPBasicAuth(credentials.user.encode(), credentials.password.encode())
    if credentials.scheme == "digest":
        return HTTPDigestAuth(credentials.user, credentials.password)
    return None


def _chosen_auth(credentials: Credentials | None, response: Response) -> AuthBase | None:
    """Return what the server asks for: digest before basic.

    Source: https://www.rfc-editor.org/rfc/rfc9110#field.www-authenticate
    """
    if credentials is None or not credentials.user:
        return None
    offered = " ".join(v for k, v in response.headers if k == "www-authenticate").lower()
    if "digest" in offered:
        return HTTPDigestAuth(credentials.user, credentials.password)
    if "basic" in offered:
        return HTTPBasicAuth(credentials.user.encode(), credentials.password.encode())
    return None


def agent_name() -> str:
    """Return who we say we are: `newskg/VERSION`."""
    try:
        return f"newskg/{version('newskg')}"
    except PackageNotFoundError:  # run from its sources
        return "newskg"


def _passing(error: Exception) -> bool:
    """Return whether another try may succeed."""
    never = (requests.exceptions.SSLError, requests.exceptions.InvalidURL)
    return not isinstance(error, never)


def _describe(error: Exception) -> str:
    """Return one line that names the cause, without addresses of objects."""
    if isinstance(error, requests.exceptions.SSLError):
        return f"no safe connection: {_root(error)}"
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return "no connection in time"
    if isinstance(error, requests.exceptions.ConnectionError):
        return f"no connection, or it was cut: {_root(error)}"
    return f"the answer broke off: {_root(error)}"


def _root(error: BaseException) -> str:
    cause = error
    while (deeper := cause.__cause__ or cause.__context__) is not None:
        cause = deeper
    return " ".join(str(cause).split())[:200] or type(cause).__name__


def find_proxies(url: str) -> dict[str, str]:
    """Return the proxies of the environment, none for this machine itself."""
    if urlsplit(url).hostname in {"localhost", "127.0.0.1", "::1"}:
        return {}
    found = requests.utils.get_environ_proxies(url, no_proxy=None)
    return {str(k): str(v) for k, v in found.items()}
