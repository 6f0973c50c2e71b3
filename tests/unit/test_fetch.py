"""Requests have bounds, and keep secrets, whatever a server does."""

import gzip
import socket
import struct
import time
from datetime import UTC, datetime

import pytest

from kg.errors import FetchError, InputError
from kg.fetch import Credentials, Limits, Request, Session, check_url, read_credentials
from kg.fetch.credentials import same_place
from kg.fetch.limits import read_retry_after
from tests.unit.misbehaving import answer, misbehaving

QUICK = Limits(connect_seconds=2, read_seconds=2, total_seconds=5)
SECRET = Credentials(user="ann", password="open-sesame")


def send(server, request=None, *, limits=QUICK, credentials=None, waits=None, **fields):
    """The answer of a server to one request, and no real waiting between tries."""
    fields.setdefault("method", "GET")
    fields.setdefault("url", f"{server.url}/x")
    waits = [] if waits is None else waits
    with Session(
        limits, credentials=credentials, homes=(server.url,), wait=waits.append
    ) as session:
        return session.send(request or Request(**fields))


def failure(server, **fields):
    with pytest.raises(FetchError) as error:
        send(server, **fields)
    assert "\n" not in str(error.value)
    assert SECRET.password not in str(error.value)
    return str(error.value)


def test_an_answer_comes_back_whole():
    with misbehaving(lambda *_: answer(200, b"words", Content_Type="Text/Plain; x=y")) as server:
        found = send(server)
        assert (found.status, found.body, found.media_type) == (200, b"words", "text/plain")
        assert server.asked[0].headers["user-agent"].startswith("newskg")
        assert server.asked[0].headers["accept-encoding"] == "identity"
        assert "authorization" not in server.asked[0].headers


# Tries.


@pytest.mark.parametrize("status", [429, 502, 503, 504])
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_a_server_that_is_busy_is_asked_again(status, method):
    waits = []
    with misbehaving(lambda _, n, __: answer(status if n < 3 else 200)) as server:
        assert send(server, method=method, waits=waits).status == 200
    assert waits == [0.5, 1.0]


def test_waits_double_and_end():
    waits = []
    with misbehaving(lambda *_: answer(503, b"busy")) as server:
        found = send(server, waits=waits, limits=Limits(tries=5))
        assert len(server.asked) == 5
    assert (found.status, found.reason()) == (503, "503 busy")
    assert waits == [0.5, 1.0, 2.0, 4.0]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 500])
def test_what_will_not_get_better_is_asked_once(status):
    with misbehaving(lambda *_: answer(status)) as server:
        assert send(server).status == status
        assert len(server.asked) == 1


def test_what_must_not_happen_twice_is_asked_once():
    with misbehaving(lambda *_: answer(503)) as server:
        assert send(server, method="POST", body=b"x", repeatable=False).status == 503
        assert len(server.asked) == 1


def test_the_server_says_how_long_to_wait():
    waits = []
    with misbehaving(lambda _, n, __: answer(429 if n < 2 else 200, Retry_After="3")) as server:
        assert send(server, waits=waits).status == 200
    assert waits == [3.0]


def test_a_server_that_wants_too_long_a_wait_is_given_up():
    waits = []
    with misbehaving(lambda *_: answer(503, Retry_After="86400")) as server:
        assert send(server, waits=waits).status == 503
    assert waits == []


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 60.0),
        ("Sun, 06 Nov 1994 08:40:37 GMT", 0.0),
        ("-5", None),
        ("soon", None),
        (None, None),
    ],
)
def test_retry_after_is_a_number_or_a_date(value, seconds):
    now = datetime(1994, 11, 6, 8, 48, 37, tzinfo=UTC)
    assert read_retry_after(value, now) == seconds


def reset(connection):
    """End a connection as a crashed machine would."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


@pytest.mark.parametrize("begun", [b"", b"HTTP/1.1 200 OK\r\nContent-", answer(200, b"x" * 9)[:-5]])
def test_a_connection_that_is_reset_is_tried_again(begun):
    def reply(_, number, connection):
        if number < 3:
            connection.sendall(begun)
            reset(connection)
            return None
        return answer(200, b"words")

    with misbehaving(reply) as server:
        assert send(server).body == b"words"
        assert len(server.asked) == 3


def test_an_answer_that_is_always_cut_off_is_an_error_and_never_half_an_answer():
    def reply(*_):
        return answer(200, b"half", Content_Length="9", Connection="close")

    def cut(asked, number, connection):
        connection.sendall(reply())

    with misbehaving(cut) as server:
        assert "cut" in failure(server) or "broke off" in failure(server)


def test_nobody_there_is_one_line():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
        with (
            pytest.raises(FetchError, match="no connection") as error,
            Session(QUICK, wait=lambda _: None) as session,
        ):
            session.send(Request(method="GET", url=url))
        assert error.value.status is None


# Time and size.


def test_a_server_that_hangs_ends_at_the_limit():
    began = time.monotonic()
    with misbehaving(lambda *_: time.sleep(1)) as server:
        words = failure(server, limits=Limits(read_seconds=0.3, total_seconds=10))
    assert "nothing received for 0.3 seconds" in words
    assert time.monotonic() - began < 6


@pytest.mark.parametrize("begun", [b"HTTP/1.1 200 OK\r\nX-", answer(200, Content_Length="99999")])
def test_a_server_that_drips_ends_at_the_limit(begun):
    """Every byte comes in time; the whole does not."""

    def reply(_, __, connection):
        connection.sendall(begun)
        for _ in range(30):
            time.sleep(0.1)
            connection.sendall(b"a")

    began = time.monotonic()
    with misbehaving(reply) as server:
        words = failure(server, limits=Limits(read_seconds=1, total_seconds=0.7))
        assert time.monotonic() - began < 2
    assert "no whole answer within 0.7 seconds" in words


def test_tries_end_with_the_time():
    with misbehaving(lambda *_: answer(503)) as server:
        found = send(server, limits=Limits(total_seconds=0.4))
        assert found.status == 503
        assert len(server.asked) == 1


def test_an_endless_answer_ends_at_the_limit():
    def reply(_, __, connection):
        connection.sendall(answer(200)[:12] + b" OK\r\nConnection: close\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65536)

    with misbehaving(reply) as server:
        words = failure(server, limits=Limits(response_bytes=1_000_000))
        assert "larger than 1,000,000 bytes" in words
        assert len(server.asked) == 1


def test_an_answer_of_the_limit_is_whole():
    with misbehaving(lambda *_: answer(200, b"x" * 1000)) as server:
        assert len(send(server, limits=Limits(response_bytes=1000)).body) == 1000


def test_a_small_answer_cannot_unfold():
    bomb = gzip.compress(bytes(10_000_000), mtime=0)
    with misbehaving(lambda *_: answer(200, bomb, Content_Encoding="gzip")) as server:
        assert "compressed" in failure(server)


def test_a_body_that_is_not_wanted_is_not_read():
    def reply(_, __, connection):
        connection.sendall(answer(200, Content_Length="1000000000"))
        time.sleep(1)

    with misbehaving(reply) as server:
        assert send(server, wants_body=False).status == 200


# Redirects.


def test_a_redirect_is_followed():
    def reply(asked, *_):
        return answer(200, b"there") if asked.path == "/y" else answer(302, Location="/y")

    with misbehaving(reply) as server:
        found = send(server)
        assert (found.body, found.url) == (b"there", f"{server.url}/y")


def test_redirects_in_a_ring_end():
    with misbehaving(lambda *_: answer(301, Location="/x")) as server:
        assert "more than 5 redirects" in failure(server)
        assert len(server.asked) == 6


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://a.example/", "http://u:p@a.example/"]
)
def test_a_redirect_out_of_the_web_is_refused(target):
    with misbehaving(lambda *_: answer(302, Location=target)) as server, pytest.raises(InputError):
        send(server)


@pytest.mark.parametrize("token", [False, True])
def test_credentials_do_not_follow_to_another_host(token):
    secret = Credentials(token="open-sesame") if token else SECRET

    def reply(asked, _, __):
        if asked.headers["host"].startswith("localhost"):
            return answer(401, WWW_Authenticate='Basic realm="x"')
        if "authorization" not in asked.headers:
            return answer(401, WWW_Authenticate='Basic realm="x"')
        return answer(307, Location=f"{server.elsewhere}/x")

    with misbehaving(reply) as server:
        assert send(server, credentials=secret).status == 401
        there = [a for a in server.asked if a.headers["host"].startswith("localhost")]
        here = [a for a in server.asked if "authorization" in a.headers]
    assert len(there) == 1
    assert here
    assert all("authorization" not in a.headers for a in there)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_what_is_written_does_not_follow_to_another_host(status, method):
    with misbehaving(lambda *_: answer(status, Location=f"{server.elsewhere}/x")) as server:
        body = None if method == "DELETE" else b"secret"
        assert "use that URL" in failure(server, method=method, body=body)
        assert len(server.asked) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_query_follows_on_the_same_host_and_stays_a_query(status):
    def reply(asked, *_):
        return answer(200) if asked.path == "/y" else answer(status, Location="/y")

    with misbehaving(reply) as server:
        assert send(server, method="POST", body=b"query=x", reads=True).status == 200
        assert [(a.method, a.body) for a in server.asked] == [("POST", b"query=x")] * 2


def test_a_cookie_is_not_kept():
    with misbehaving(lambda *_: answer(200, Set_Cookie="a=b")) as server, Session() as session:
        for _ in range(2):
            session.send(Request(method="GET", url=server.url))
        assert "cookie" not in server.asked[1].headers


@pytest.mark.parametrize(
    ("home", "other", "same"),
    [
        ("http://a.example/x", "http://a.example:80/y", True),
        ("http://a.example/x", "https://a.example/x", True),
        ("https://a.example/x", "http://a.example/x", False),
        ("http://a.example/x", "http://b.example/x", False),
        ("http://a.example/x", "http://a.example:8080/x", False),
        ("http://a.example:8080/x", "https://a.example/x", False),
        ("http://a.example/x", "http://a.example.evil/x", False),
    ],
)
def test_where_credentials_may_go(home, other, same):
    assert same_place(home, other) is same


# Who we are.


def test_basic_is_sent_when_asked_for_and_then_at_once():
    def reply(asked, *_):
        if asked.headers.get("authorization") == "Basic YW5uOm9wZW4tc2VzYW1l":
            return answer(200)
        return answer(401, WWW_Authenticate='Basic realm="x"')

    with (
        misbehaving(reply) as server,
        Session(QUICK, credentials=SECRET, homes=(server.url,)) as session,
    ):
        for _ in range(3):
            assert session.send(Request(method="GET", url=server.url)).status == 200
        assert len(server.asked) == 4


def test_digest_is_taken_before_basic_and_never_sends_the_password():
    challenge = 'Digest realm="x", nonce="abc", qop="auth", algorithm="MD5", Basic realm="x"'

    def reply(asked, *_):
        told = asked.headers.get("authorization", "")
        if 'username="ann"' in told and 'nonce="abc"' in told:
            return answer(200)
        return answer(401, WWW_Authenticate=challenge)

    with misbehaving(reply) as server:
        assert send(server, credentials=SECRET, method="PUT", body=b"x" * 100_000).status == 200
        assert all("YW5u" not in str(a.headers) for a in server.asked)
        assert not server.asked[0].body  # a large body is not sent only to be refused


def test_a_token_is_sent_at_once():
    with misbehaving(lambda *_: answer(200)) as server:
        send(server, credentials=Credentials(token="t0k"))
        assert server.asked[0].headers["authorization"] == "Bearer t0k"


def test_a_wrong_password_is_not_tried_for_ever():
    with misbehaving(lambda *_: answer(401, WWW_Authenticate='Basic realm="x"')) as server:
        assert send(server, credentials=SECRET).status == 401
        assert len(server.asked) == 2


def test_a_netrc_is_not_read(tmp_path, monkeypatch):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login ann password open-sesame\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    with misbehaving(lambda *_: answer(401, WWW_Authenticate='Basic realm="x"')) as server:
        send(server)
        assert all("authorization" not in a.headers for a in server.asked)


def test_secrets_are_not_in_repr():
    shown = repr(Credentials(user="ann", password="open-sesame", token="t0k"))
    assert "open-sesame" not in shown
    assert "t0k" not in shown


def test_credentials_come_from_the_environment():
    assert read_credentials({}) is None
    pair = {"KG_STORE_USER": "ann", "KG_STORE_PASSWORD": "p:w ü"}
    assert read_credentials(pair) == Credentials(user="ann", password="p:w ü")
    assert read_credentials({"KG_STORE_TOKEN": "t"}) == Credentials(token="t")
    assert read_credentials({**pair, "KG_STORE_AUTH": "digest"}).scheme == "digest"


@pytest.mark.parametrize(
    "environment",
    [
        {"KG_STORE_USER": "ann"},
        {"KG_STORE_PASSWORD": "p"},
        {"KG_STORE_USER": "ann", "KG_STORE_PASSWORD": "p", "KG_STORE_TOKEN": "t"},
        {"KG_STORE_USER": "a:b", "KG_STORE_PASSWORD": "p"},
        {"KG_STORE_TOKEN": "t\r\nX: y"},
        {"KG_STORE_TOKEN": "t", "KG_STORE_AUTH": "basic"},
        {"KG_STORE_AUTH": "bearer"},
        {"KG_STORE_AUTH": "magic"},
    ],
)
def test_credentials_that_do_not_fit_together_are_refused(environment):
    with pytest.raises(InputError, match="KG_STORE_"):
        read_credentials(environment)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/",
        "file:///etc/passwd",
        "a.example",
        "http://",
        "http://a.example:0/",
        "http://a.example:99999/",
        "http://[::1/",
        "http://a.example/\nX",
        "http://a.example/ x",
    ],
)
def test_what_is_no_url_of_a_server_is_refused(url):
    with pytest.raises(InputError):
        check_url(url)


@pytest.mark.parametrize("url", ["http://ann:secret@a.example/", "https://ann@a.example/"])
def test_a_password_in_a_url_is_refused_and_not_repeated(url):
    with pytest.raises(InputError, match="KG_STORE_USER") as error:
        check_url(url)
    assert "ann" not in str(error.value)
    assert "secret" not in str(error.value)
