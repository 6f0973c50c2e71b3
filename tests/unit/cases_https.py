"""Cases of https: who the server is, is checked, whatever address it stands at."""

import shutil
import socket
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager, suppress

import pytest

from kg.errors import FetchError
from tests.unit.misbehaving import answer
from tests.unit.website import SHORT, case, page

HTTPS = "https"


def certificate(folder, name):
    """A certificate of a host, signed by itself, and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    key, cert = folder / f"{name}.key", folder / f"{name}.pem"
    words = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
        f" -subj /CN={name} -addext subjectAltName=DNS:{name} -keyout {key} -out {cert}"
    )
    subprocess.run(words.split(), check=True, capture_output=True, timeout=20)
    return cert, key


@contextmanager
def secure(site, name="news.example", *, greeting=None):
    """Serve `page` by https with the certificate of a host, at another port of the same address."""
    cert, key = certificate(site.folder, name)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    names, asked = [], []
    context.sni_callback = lambda _, given, __: names.append(given)
    site.monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(cert))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)
        ended = threading.Event()

        def serve():
            while not ended.is_set():
                with suppress(TimeoutError, OSError):
                    plain, _ = listening.accept()
                    with plain:
                        if greeting is not None:
                            plain.sendall(greeting)
                            while greeting and not ended.wait(0.1):
                                plain.sendall(b"a")
                            ended.wait(3)
                            continue
                        plain.settimeout(2)
                        with context.wrap_socket(plain, server_side=True) as connection:
                            path = connection.recv(65536).split(b" ")[1]
                            asked.append(path)
                            found = answer(404) if path == b"/robots.txt" else page("in secret")
                            connection.sendall(
                                found.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
                            )

        thread = threading.Thread(target=serve)
        thread.start()
        site.port = listening.getsockname()[1]
        try:
            yield names, asked
        finally:
            ended.set()
            thread.join()


@case(HTTPS, "a certificate of the host", "read; the name is asked for, not the address")
def _(site):
    with secure(site) as (names, asked):
        found = site.get(f"https://news.example:{site.port}/page")
        assert b"in secret" in found.body
        assert set(names) == {"news.example"}
        assert asked == [b"/robots.txt", b"/page"]


@case(
    HTTPS,
    "a certificate of another host, or of nobody that is trusted",
    "an error; nothing is sent",
)
def _(site):
    with secure(site, "other.example") as (_, asked):
        url = f"https://news.example:{site.port}/page"
        assert "no safe connection" in str(site.error(url, respect_robots=False))
        site.monkeypatch.delenv("REQUESTS_CA_BUNDLE")
        url = f"https://other.example:{site.port}/page"
        assert "no safe connection" in str(site.error(url, respect_robots=False))
        assert asked == []


@case(HTTPS, "a server that never ends its greeting", "an error, in time")
def _(site):
    for greeting in (b"", b"\x16\x03\x03\x40\x00"):  # nothing, and a long one byte by byte
        with secure(site, greeting=greeting):
            began = time.monotonic()
            url = f"https://news.example:{site.port}/page"
            error = site.error(url, respect_robots=False, limits=SHORT)
            assert isinstance(error, FetchError)
            assert time.monotonic() - began < 2.5
