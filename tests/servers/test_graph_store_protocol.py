"""The 18 cases of W3C's http-rdf-update suite, through our client, against two real servers.

The suite describes requests and answers in prose. Where the prose errs, `CORRECTED` has what its
own other cases say; where a server differs, `DEVIATIONS` says how.
"""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import FetchError, InputError
from kg.fetch import Session
from kg.store.remote import GraphStore, find_endpoints

SUITE = Path(__file__).parents[3] / "shared/corpora/w3c/sparql/sparql11/http-rdf-update"
COMMENT = "http://www.w3.org/2000/01/rdf-schema#comment"
STORE = "http://store.example/graphs"
PREFIXES = """@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix v: <http://www.w3.org/2006/vcard/ns#> .
"""
PERSON = f"{PREFIXES} <{STORE}/person/1> a foaf:Person ; foaf:businessCard [ a v:VCard ; v:fn "
CORRECTED = {
    "get_of_post__existing_graph": f'{PERSON}"Jane Doe" ] ; foaf:name "Jane Doe" .',
}
"""The prose has here what stood in the graph two requests earlier."""
DEVIATIONS = {
    ("virtuoso", "put__default_graph"): "no default graph: our client asks for a name",
    ("virtuoso", "get_of_put__default_graph"): "no default graph: our client asks for a name",
    ("virtuoso", "post__create__new_graph"): "names no graphs: answers with a form in HTML",
    ("virtuoso", "get_of_post__create__new_graph"): "names no graphs",
    ("virtuoso", "get_of_post__after_noop"): "names no graphs",
    ("virtuoso", "post__multipart_formdata"): "answers 204 and keeps nothing",
    ("oxigraph", "put__default_graph"): "the default graph is always there: 204, not 201",
    ("oxigraph", "post__multipart_formdata"): "answers 415",
}

pytestmark = pytest.mark.skipif(not SUITE.is_dir(), reason="no W3C suite beside the project")


class Case:
    """A request and the answer that is described for it."""

    def __init__(self, name, prose):
        prose = re.sub(
            r"\$GRAPHSTORE\$(?=/)", STORE, prose.replace("http://$HOST$/$GRAPHSTORE$", STORE)
        )
        request, answer = prose.split("#### Response")
        self.name = name
        self.method, self.target = re.search(r"(?m)^ +([A-Z]+) (\S+) HTTP", request).groups()
        self.status = int(re.search(r"(?m)^ +(\d{3}) ", answer)[1])
        self.type = (re.findall(r"(?m)^ +Content-Type: (.+)$", request) or [""])[0]
        self.body = self.text_of(request)
        self.expected = CORRECTED.get(name) or self.text_of(answer)

    @staticmethod
    def text_of(message):
        """The body: what stands behind the headers, with the last full stop that some lack."""
        text = re.split(
            r"(?m)^ *(?:\S+: .*|\d{3} .*|[A-Z]+ \S+ HTTP.*)\n(?!.*HTTP|\s+\S+: )",
            message,
            maxsplit=1,
        )
        body = re.sub(r"(?m)^    ", "", text[1]).strip() if len(text) > 1 else ""
        return body if not body or body.endswith((".", "--")) else f"{body} ."

    @property
    def graph(self):
        if "default" in self.target:
            return None
        return self.target.partition("graph=")[2] or self.target


def read_cases():
    manifest = ox.Store()
    manifest.load(
        path=str(SUITE / "manifest.ttl"), format=ox.RdfFormat.TURTLE, base_iri="http://m/"
    )
    prose = {
        q.subject.value.rpartition("#")[2]: q.object.value
        for q in manifest.quads_for_pattern(None, ox.NamedNode(COMMENT), None)
        if "#### Request" in q.object.value or "HTTP" in q.object.value
    }
    order = re.findall(r"(?m)^[^\n]*?gsp:(\w+)(?: \) \.)?$", (SUITE / "manifest.ttl").read_text())
    return [Case(name, prose[name]) for name in dict.fromkeys(order) if name in prose]


def same(triples, turtle):
    found, expected = (
        ox.Dataset(ox.Quad(*t) for t in side)
        for side in (
            triples,
            (q.triple for q in ox.parse(turtle, format=ox.RdfFormat.TURTLE, base_iri=STORE)),
        )
    )
    for side in (found, expected):
        side.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return found == expected


@pytest.fixture(scope="session")
def graphs(server, credentials):
    session = Session(credentials=credentials, homes=(server.url,))
    endpoints = find_endpoints(server.url, session, signed=credentials is not None)
    return GraphStore(endpoints, session)


def play(case, graphs, made):
    """Do what a case describes; return what is wrong, or None."""
    new = made.get("graph") if "NEWPATH" in case.target else case.graph
    body = case.body.encode()
    outcome = None
    if case.method == "PUT":
        outcome = check(graphs.put_graph(new, body, case.type), case.status == 201)
    elif case.method == "POST" and case.target == "$GRAPHSTORE$":
        made["graph"] = graphs.create_graph(body, case.type)
    elif case.method == "POST":
        before = len(graphs.get_graph(new))
        outcome = check(graphs.add_to_graph(new, body, case.type), case.status == 201)
        if len(graphs.get_graph(new)) == before:
            outcome = "nothing was added"
    elif case.method == "DELETE":
        outcome = check(graphs.delete_graph(new), case.status == 200)
    elif case.method == "HEAD":
        outcome = check(graphs.has_graph(new), case.status == 200)
    elif "NEWPATH" in case.target and new is None:
        outcome = "no new graph"
    else:
        outcome = compare(case, graphs.get_graph(new))
    return outcome


def compare(case, triples):
    if case.status == 404 or triples is None:
        return check(triples is None, case.status == 404)
    return None if same(triples, case.expected) else f"other triples: {triples}"


def check(found, expected):
    return None if found == expected else f"{found} instead of {expected}"


@pytest.fixture(scope="session")
def outcomes(server, graphs):
    """What came of every case, in the order of the suite: one builds on the other."""
    for number in (1, 2, 4):
        graphs.delete_graph(f"{STORE}/person/{number}.ttl")
    if server.kind != "virtuoso":
        graphs.delete_graph(None)
    graphs.put_graph(f"{STORE}/person/2.ttl", b"<urn:a> <urn:b> <urn:c> .\n")
    found, made = {}, {}
    for case in read_cases():
        if case.name == "get_of_post__multipart_formdata":
            for part in re.findall(r"(?s)\n\n(@prefix.*?)\n\n?--", multipart().body):
                graphs.add_to_graph(f"{STORE}/person/1.ttl", f"{part} .".encode(), "text/turtle")
        if case.name == "get_of_post__after_noop" and "graph" in made:
            graphs.add_to_graph(made["graph"], b"", "text/turtle")
        try:
            found[case.name] = play(case, graphs, made)
        except (FetchError, InputError) as error:
            found[case.name] = str(error)
    return found


def multipart():
    return next(case for case in read_cases() if case.name == "post__multipart_formdata")


def test_all_cases_are_read():
    cases = read_cases()
    assert len(cases) == 18
    assert sum(1 for case in cases if case.expected) == 7
    assert [case.name for case in cases if case.method in {"PUT", "POST"} and not case.body] == []


@pytest.mark.parametrize("name", [c.name for c in read_cases()] if SUITE.is_dir() else [])
def test_a_case(name, server, outcomes):
    if (server.kind, name) in DEVIATIONS:
        assert outcomes[name], f"no longer deviates: {DEVIATIONS[server.kind, name]}"
    else:
        assert outcomes[name] is None
