"""Requests meant to hurt: refused with the right status, nothing read, nothing sent."""

import contextlib
import re
import signal
import socket
import struct
import threading
import time
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.conformance.served import TOKEN, make_store, receive, start, status_of

ROOT = Path(__file__).parents[2]
POST = "POST /sparql HTTP/1.1\r\nHost: a\r\n"
TRAP = "http://127.0.0.1:{port}/sparql"
SERVICE = {
    "plain": "SELECT * {{ SERVICE <{trap}> {{ ?s ?p ?o }} }}",
    "lower case": "SELECT * {{ service <{trap}> {{ ?s ?p ?o }} }}",
    "mixed case": "SELECT * {{ sErViCe <{trap}> {{ ?s ?p ?o }} }}",
    "silent": "SELECT * {{ SERVICE SILENT <{trap}> {{ ?s ?p ?o }} }}",
    "no space": "SELECT*{{SERVICE<{trap}>{{?s ?p ?o}}}}",
    "comment before": "SELECT * {{ # all\n SERVICE <{trap}> {{ ?s ?p ?o }} }}",
    "comment inside": "SELECT * {{ SERVICE # where\n <{trap}> {{ ?s ?p ?o }} }}",
    "comment ended by a carriage return": "SELECT * {{ #\r SERVICE <{trap}> {{ ?s ?p ?o }} }}",
    "prefixed name": "PREFIX x: <{trap}> SELECT * {{ SERVICE x: {{ ?s ?p ?o }} }}",
    "prefixed name without a space": "PREFIX x: <{trap}> SELECT * {{ SERVICEx: {{ ?s ?p ?o }} }}",
    "escaped": "SELECT * {{ \\u0053ERVICE <{trap}> {{ ?s ?p ?o }} }}",
    "escaped long": "SELECT * {{ \\U00000053ERVICE <{trap}> {{ ?s ?p ?o }} }}",
    "after a number": "SELECT * {{ ?a ?b 1SERVICE <{trap}> {{ ?s ?p ?o }} }}",
    "variable": "SELECT * {{ BIND(<{trap}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
    "in a subquery": "SELECT * {{ {{ SELECT * {{ SERVICE <{trap}> {{ ?s ?p ?o }} }} }} }}",
    "in OPTIONAL": "SELECT * {{ OPTIONAL {{ SERVICE <{trap}> {{ ?s ?p ?o }} }} }}",
    "in EXISTS": "SELECT * {{ FILTER EXISTS {{ SERVICE <{trap}> {{ ?s ?p ?o }} }} }}",
    "in MINUS": "SELECT * {{ ?a ?b ?c MINUS {{ SERVICE <{trap}> {{ ?s ?p ?o }} }} }}",
    "in CONSTRUCT": "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <{trap}> {{ ?s ?p ?o }} }}",
    "in ASK": "ASK {{ SERVICE <{trap}> {{ ?s ?p ?o }} }}",
    "in DESCRIBE": "DESCRIBE ?s WHERE {{ SERVICE <{trap}> {{ ?s ?p ?o }} }}",
    "after a string": 'SELECT * {{ ?s ?p "\\"" . SERVICE <{trap}> {{ ?s ?p ?o }} }}',
    "with a base": "BASE <{trap}> SELECT * {{ SERVICE <> {{ ?s ?p ?o }} }}",
}
FILES = (
    "SELECT * FROM <file:///etc/passwd> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <file:///etc/passwd> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT * FROM <FILE:///etc/passwd> {{ ?s ?p ?o }}",
    "PREFIX f: <file:///etc/> SELECT * FROM f:passwd {{ ?s ?p ?o }}",
    "BASE <file:///etc/> SELECT * FROM <passwd> {{ ?s ?p ?o }}",
)
UPDATES = {
    "load": "LOAD <{trap}>",
    "load silent": "LOAD SILENT <{trap}> INTO GRAPH <http://a.test/g>",
    "load lower case": "load <{trap}>",
    "load a file": "LOAD <file:///etc/passwd>",
    "load after another": "CREATE SILENT GRAPH <http://a.test/g> ; LOAD <{trap}>",
    "load escaped": "\\u004cOAD <{trap}>",
    "service in where": "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{trap}> {{ ?s ?p ?o }} }}",
    "using a file": "INSERT {{ ?s ?p 1 }} USING <file:///etc/passwd> WHERE {{ ?s ?p ?o }}",
    "using named file": "INSERT {{ ?s ?p 1 }} USING NAMED <file:///a> WHERE {{ ?s ?p ?o }}",
    "with a file": "WITH <file:///etc/passwd> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
}
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def trap():
    """An address that nobody may call; asserts at the end that nobody did."""
    calls = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        done = threading.Event()

        def listen():
            while not done.is_set():
                with contextlib.suppress(TimeoutError):
                    calls.append(listening.accept()[1])

        thread = threading.Thread(target=listen)
        thread.start()
        yield TRAP.format(port=listening.getsockname()[1])
        time.sleep(0.3)
        done.set()
        thread.join()
    assert calls == []


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    store = make_store(folder / "store", 'INSERT DATA { <http://a.test/s> <http://a.test/p> "x" }')
    server = start(store, folder, "--seconds", "5", token=TOKEN)
    yield server
    assert server.stop() == 0
    assert "Traceback" not in (folder / "faults.log").read_text()


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reader")
    server = start(ROOT / "output", folder)
    yield server
    assert server.stop() == 0
    assert "Traceback" not in (folder / "faults.log").read_text()


@pytest.fixture(autouse=True)
def still_well(server):
    """After every one of these the server answers as before."""
    yield
    assert server.ask("/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%22x%22%20%7D").text.endswith(
        "true}"
    )


def update(server, text, path="/sparql", token=TOKEN):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    kind = "application/sparql-update"
    return server.ask(path, method="POST", body=text.encode(), kind=kind, **headers)


@pytest.mark.parametrize("spelling", SERVICE)
@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_service_is_refused_in_every_spelling_and_calls_nobody(server, trap, spelling, way):
    text = SERVICE[spelling].format(trap=trap)
    if way == "get":
        reply = server.ask(f"/sparql?query={quote(text)}")
    elif way == "form":
        kind = "application/x-www-form-urlencoded"
        reply = server.ask("/sparql", method="POST", body=f"query={quote(text)}", kind=kind)
    else:
        kind = "application/sparql-query"
        reply = server.ask("/sparql", method="POST", body=text, kind=kind)
    assert reply.status in (400, 403)
    if "escaped" not in spelling:  # which is no keyword in SPARQL
        assert reply.status == 403
    assert reply.text.count("\n") == 1


@pytest.mark.parametrize("name", UPDATES)
def test_updates_that_would_leave_the_store_are_refused(server, trap, name):
    reply = update(server, UPDATES[name].format(trap=trap))
    assert reply.status == (400 if "escaped" in name else 403), reply.text


@pytest.mark.parametrize("text", FILES)
def test_files_are_no_graphs(server, text):
    reply = server.ask(f"/sparql?query={quote(text.format())}")
    assert reply.status == 403
    assert "root" not in reply.text


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_files_named_by_the_protocol_are_no_graphs(server, name):
    graph = quote("file:///etc/passwd")
    assert server.ask(f"/sparql?query=ASK%7B%7D&{name}={graph}").status == 403
    reply = update(server, "CLEAR DEFAULT", f"/sparql?using-graph-uri={graph}")
    assert reply.status == 403


@pytest.mark.parametrize("way", ["FROM", "FROM NAMED", "default-graph-uri", "named-graph-uri"])
def test_graphs_that_are_not_in_the_store_are_empty_and_not_fetched(server, trap, way):
    if way.startswith("FROM"):
        reply = server.ask(f"/sparql?query={quote(f'SELECT * {way} <{trap}> {{ ?s ?p ?o }}')}")
    else:
        query = quote("SELECT * { ?s ?p ?o }")
        reply = server.ask(f"/sparql?query={query}&{way}={quote(trap, safe='')}")
    assert reply.status == 200
    assert '"bindings":[]' in reply.text


def test_a_query_that_names_its_graph_gets_no_other(server):
    assert (
        update(
            server,
            "INSERT DATA { GRAPH <http://a.test/g> { <http://a.test/s> <http://a.test/q> 1 } }",
        ).status
        == 204
    )
    reply = server.ask(f"/sparql?query={quote('SELECT * FROM <http://a.test/g> { ?s ?p ?o }')}")
    assert reply.text.count('"s":{') == 1
    assert "http://a.test/q" in reply.text


def test_a_query_of_ten_megabytes_is_refused_before_it_is_read(server):
    size = 10_000_000
    head = f"POST /sparql HTTP/1.1\r\nHost: a.test\r\nContent-Length: {size}\r\n"
    head += "Content-Type: application/sparql-query\r\n\r\n"
    assert status_of(server.send(head.encode())) == 413
    body = b"ASK {" + b" " * size + b"}"
    assert status_of(server.send(head.encode() + body[:size])) == 413
    chunked = head.replace(f"Content-Length: {size}", "Transfer-Encoding: chunked").encode()
    chunk = b"%x\r\n" % 65_536 + b" " * 65_536 + b"\r\n"
    assert status_of(server.send(chunked + chunk * 160)) == 413


def test_nesting_a_hundred_thousand_deep_is_refused(server):
    depth = 100_000
    text = "ASK " + "{" * depth + "}" * depth
    reply = server.ask("/sparql", method="POST", body=text, kind="application/sparql-query")
    assert reply.status == 400
    text = "SELECT * { FILTER(" + "(" * depth + "1" + ")" * depth + ") }"
    reply = server.ask("/sparql", method="POST", body=text, kind="application/sparql-query")
    assert reply.status == 400
    assert update(server, "INSERT DATA " + "{" * depth).status == 400


def test_broken_utf8_is_a_bad_request(server):
    assert server.ask("/sparql?query=ASK%7B%7D%FF%FE").status == 400
    for kind in ("application/sparql-query", "application/x-www-form-urlencoded"):
        body = b"query=ASK{\xff}" if "form" in kind else b"ASK {\xc3\x28}"
        assert server.ask("/sparql", method="POST", body=body, kind=kind).status == 400
    assert server.ask("/person/%FF%FE").status == 404
    assert server.ask("/queries/%FF").status == 404
    assert server.ask("/search?q=%FF%FE").status in (200, 400)


def test_half_a_character_is_a_bad_request(server):
    assert server.ask(f"/sparql?query={quote('SELECT (STR(')}%ED%A0%80").status == 400


@pytest.mark.parametrize(
    ("path", "statuses"),
    [
        ("/../../../../etc/passwd", {404}),
        ("/..%2f..%2f..%2fetc/passwd", {404}),
        ("/%2e%2e/%2e%2e/etc/passwd", {404}),
        ("/queries/../../../etc/passwd", {404}),
        ("/queries/..%2f..%2fdisputed.rq", {404}),
        ("/queries//etc/passwd", {404}),
        ("/queries/%00", {404}),
        ("/person/x%3E%20%3Fp%20%3Fo%20%7D%20%23", {404}),
        ("/person/x%0d%0aSet-Cookie:%20a=b", {404}),
        ("//a.test/person", {404}),
        ("/style.css/../../app.py", {404}),
    ],
)
def test_paths_do_not_leave_the_graph(reader, path, statuses):
    reply = reader.ask(path)
    assert reply.status in statuses
    assert "root:" not in reply.text
    assert "set-cookie" not in reply.headers


@pytest.mark.parametrize(
    "path",
    [
        f"/search?q={quote(SCRIPT)}",
        f"/search?q=border&kind={quote(SCRIPT)}",
        f"/search?q=border&limit={quote(SCRIPT)}",
        f"/queries/{quote(SCRIPT)}",
        f"/queries/claims-by-speaker?speaker={quote(SCRIPT)}",
        f"/queries/claims-by-speaker?{quote(SCRIPT)}=1",
        f"/sparql?query={quote(SCRIPT)}",
        f"/sparql?query={quote('SELECT (' + repr(SCRIPT) + ' AS ?x) {}')}",
        "/sparql?query=" + quote(f"CONSTRUCT {{ <urn:x> <urn:p> '{SCRIPT}' }} {{}}"),
        f"/sparql?query=ASK%7B%7D&format={quote(SCRIPT)}",
        f"/person/{quote(SCRIPT)}",
        f"/{quote(SCRIPT)}",
    ],
)
def test_nothing_given_becomes_a_tag_of_a_page(reader, path):
    reply = reader.ask(path, accept="text/html")
    assert reply.kind == "text/html"
    assert "<script" not in reply.text
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_words_of_the_graph_do_not_become_tags_and_links_do_not_run_scripts(tmp_path):
    literal = f'"{SCRIPT}"'
    store = make_store(
        tmp_path / "store",
        f"""PREFIX schema: <https://schema.org/>
        INSERT DATA {{ GRAPH <https://graph.test/kg/graph/article/0123456789abcdef> {{
          <https://graph.test/kg/article/0123456789abcdef> a schema:NewsArticle ;
            schema:headline {literal} ; schema:url <javascript:alert(1)> ;
            schema:about <data:text/html,x> .
          <https://graph.test/kg/person/eve> schema:name {literal} ;
            schema:sameAs <javascript:alert(1)> . }} }}""",
    )
    server = start(store, tmp_path)
    try:
        for path in ("/", "/article/0123456789abcdef", "/person/eve"):
            reply = server.ask(path, accept="text/html")
            assert reply.status == 200
            assert "<script" not in reply.text
            assert "&lt;script" in reply.text
            assert 'href="javascript:' not in reply.text
            assert 'href="data:text' not in reply.text
    finally:
        assert server.stop() == 0


def test_pages_ask_nothing_of_others(reader):
    for path in ("/", "/queries", "/sparql", "/search?q=border", "/person/alexander-lukashenko"):
        text = reader.ask(path, accept="text/html").text
        assert "<script" not in text
        assert not re.search(
            r"<(?:img|iframe|link|form)[^>]*(?:src|href|action)=\"(?:https?:)?//", text
        )


def test_huge_headers_and_addresses_are_refused(server):
    assert server.ask("/sparql", X_Big="a" * 50_000).status == 431
    assert server.ask(f"/sparql?query={'a' * 30_000}").status == 414
    big = b"GET / HTTP/1.1\r\nHost: a.test\r\nX: " + b"a" * 2_000_000
    assert status_of(server.send(big)) == 431
    long = b"GET /" + b"a" * 2_000_000
    assert status_of(server.send(long)) == 414


@pytest.mark.parametrize(
    "head",
    [
        f"{POST}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nX",
        "POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nContent-Length: 7\r\n\r\nASK {}",
        "POST /sparql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length : 6\r\n\r\nASK {}",
        "GET /sparql HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /sparql HTTP/1.1\r\n\r\n",
        "GET /sparql HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET /sparql HTTP/1.1\r\nHost: <script>\r\n\r\n",
        "GET /sparql\x00 HTTP/1.1\r\nHost: a\r\n\r\n",
        "NONSENSE\r\n\r\n",
    ],
)
def test_a_request_that_could_be_read_in_two_ways_is_refused_and_the_connection_closed(
    server, head
):
    answer = server.send(head.encode())
    assert status_of(answer) in (400, 501)
    assert answer.count(b"HTTP/1.1 ") == 1


def test_slow_headers_are_cut_off(server):
    begin = time.monotonic()
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        with contextlib.suppress(ConnectionError):
            for letter in b"GET /sparql?query=ASK%7B%7D HTTP/1.1":
                connection.sendall(bytes([letter]))
                time.sleep(0.5)
        answer = receive(connection)
    assert time.monotonic() - begin < 20
    assert status_of(answer) in (408, 0)


def test_a_slow_body_is_cut_off(server):
    begin = time.monotonic()
    head = "POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n"
    head += "Content-Type: application/sparql-query\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(head.encode())
        connection.settimeout(0.5)
        answer = b""
        while not answer and time.monotonic() - begin < 35:
            connection.sendall(b" ")
            with contextlib.suppress(TimeoutError):
                answer = connection.recv(65_536)
    assert status_of(answer) == 408
    assert time.monotonic() - begin < 30


def test_a_client_that_leaves_while_it_is_refused_does_no_harm(server):
    head = "Content-Length: 9999999\r\nContent-Type: application/sparql-query\r\n\r\n"
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
            # closed with a reset, at once
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.sendall(f"{POST}{head}".encode())
    assert server.ask("/sparql?query=ASK%7B%7D").status == 200


def test_many_idle_connections_do_not_keep_others_out(server):
    with contextlib.ExitStack() as open_ones:
        for _ in range(600):
            address = ("127.0.0.1", server.port)
            open_ones.enter_context(socket.create_connection(address, timeout=5))
        begin = time.monotonic()
        assert server.ask("/sparql?query=ASK%7B%7D").status == 200
        assert time.monotonic() - begin < 3


def test_a_client_that_does_not_read_its_answer_holds_no_other(server):
    query = quote("SELECT (REPEAT AS ?x) {}".replace("REPEAT", '"' + "a" * 5_000 + '"'))
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        request = f"GET /sparql?query={query} HTTP/1.1\r\nHost: a\r\n\r\n".encode()
        with contextlib.suppress(OSError, TimeoutError):
            connection.settimeout(1)
            for _ in range(200):
                connection.sendall(request)
        assert server.ask("/sparql?query=ASK%7B%7D").status == 200


@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN[:-1], TOKEN + "x", "\xff" * 8])
def test_updates_need_the_token(server, token):
    reply = update(server, "CLEAR ALL", token=token)
    assert reply.status == 401
    assert reply.headers["www-authenticate"].startswith("Bearer")
    reply = server.ask(
        "/sparql",
        method="POST",
        body="update=CLEAR+ALL",
        kind="application/x-www-form-urlencoded",
        Authorization=f"Basic {TOKEN}",
    )
    assert reply.status == 401


def test_a_server_without_updates_says_how_to_turn_them_on(reader):
    reply = update(reader, "CLEAR ALL")
    assert reply.status == 403
    assert "--update" in reply.text


def test_no_token_stands_in_the_log_or_the_command_line(server):
    update(server, "CLEAR SILENT GRAPH <http://a.test/none>")
    assert TOKEN not in server.log.read_text()
    assert TOKEN.encode() not in Path(f"/proc/{server.process.pid}/cmdline").read_bytes()


def test_a_runaway_query_ends_at_its_limit(server):
    triples = " ".join(f"<http://a.test/{n}> <http://a.test/p> {n} ." for n in range(300))
    assert update(server, f"INSERT DATA {{ {triples} }}").status == 204
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    begin = time.monotonic()
    reply = server.ask(f"/sparql?query={quote(text)}")
    assert reply.status == 504
    assert time.monotonic() - begin < 8


def test_the_server_stops_on_interrupt_and_leaves_no_process(tmp_path):
    server = start(make_store(tmp_path / "store"), tmp_path)
    pid = server.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    assert children
    assert server.stop(signal.SIGINT) == 0
    assert not [child for child in children if Path(f"/proc/{child}").exists()]
