"""The W3C suites of the SPARQL 1.1 Protocol, result formats and service description, over HTTP."""

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.collection import Collection

from tests.conformance.served import TOKEN, make_store, start

_SUITE = Path(__file__).parents[3] / "shared/corpora/w3c/sparql/sparql11"
pytestmark = pytest.mark.skipif(
    not _SUITE.is_dir(), reason="the W3C suite is not beside this folder"
)
_MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
_QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
_HT = rdflib.Namespace("http://www.w3.org/2011/http#")
_CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
_UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
_SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
_COUNT = 34
_ROWS = {
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
}
_TRUTH = {"application/sparql-results+json", "application/sparql-results+xml"}
_RDF = {"text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"}
_FORMS = {"tabular": _ROWS, "boolean": _TRUTH, "RDF": _RDF}


@dataclass(frozen=True)
class Step:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    classes: frozenset[str]
    form: str | None
    truth: bool | None


@dataclass(frozen=True)
class Case:
    name: str
    steps: tuple[Step, ...]
    data: tuple[tuple[str, str], ...]


def _read(path):
    graph = rdflib.Graph()
    graph.parse(path, format="turtle", publicID=path.as_uri())
    return graph


def _cases():
    if not _SUITE.is_dir():
        return []
    graph = _read(_SUITE / "protocol/manifest.ttl")
    entries = Collection(graph, next(graph.objects(None, _MF.entries)))
    return [_case(graph, entry) for entry in entries]


def _case(graph, entry):
    action = graph.value(entry, _MF.action)
    data = []
    for node in (*graph.objects(entry, _UT.graphData), *graph.objects(action, _UT.graphData)):
        file = Path(str(graph.value(node, _UT.graph)).removeprefix("file://"))
        data.append((str(graph.value(node, rdflib.RDFS.label)), file.read_text()))
    steps = [_step(graph, one) for one in Collection(graph, graph.value(action, _HT.requests))]
    return Case(str(entry).rpartition("#")[2], tuple(steps), tuple(data))


def _step(graph, node):
    answer = graph.value(node, _HT.resp)
    body = graph.value(node, _HT.body)
    headers = graph.value(node, _HT.headers)
    truth = graph.value(answer, _MF.expectedBoolean)
    form = graph.value(answer, _MF.expectedFormat)
    return Step(
        method=str(graph.value(node, _HT.methodName)),
        path=str(graph.value(node, _HT.absolutePath)),
        headers={
            str(graph.value(one, _HT.fieldName)): str(graph.value(one, _HT.fieldValue))
            for one in (Collection(graph, headers) if headers else ())
        },
        body=None
        if body is None
        else str(graph.value(body, _CNT.chars)).encode(
            str(graph.value(body, _CNT.characterEncoding))
        ),
        classes=frozenset(str(o)[-3] for o in graph.objects(answer, _MF.expectedStatus)),
        form=None if form is None else str(form),
        truth=None if truth is None else bool(truth.toPython()),
    )


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    server = start(make_store(folder / "store"), folder, token=TOKEN)
    yield server
    assert server.stop() == 0


def _put(server, update):
    reply = server.ask(
        "/sparql",
        method="POST",
        body=update.encode(),
        kind="application/sparql-update",
        Authorization=f"Bearer {TOKEN}",
    )
    assert 200 <= reply.status < 300, reply.text


def _send(server, step):
    """Send a request as it is written there, and the token of this server."""
    head = [f"{step.method} {step.path} HTTP/1.1", f"Host: 127.0.0.1:{server.port}"]
    head += [f"{name}: {value}" for name, value in step.headers.items()]
    head += [f"Authorization: Bearer {TOKEN}", "Connection: close"]
    if step.body is not None:
        head.append(f"Content-Length: {len(step.body)}")
    answer = server.send("\r\n".join((*head, "", "")).encode() + (step.body or b""))
    top, _, body = answer.partition(b"\r\n\r\n")
    lines = top.decode().split("\r\n")
    fields = dict(line.lower().split(": ", 1) for line in lines[1:])
    return int(lines[0].split()[1]), fields.get("content-type", "").partition(";")[0], body


def _truth(kind, body):
    if kind.endswith("json"):
        return json.loads(body)["boolean"]
    return b"<boolean>true</boolean>" in body


def test_the_suite_is_whole():
    assert len(_cases()) == _COUNT


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case.name)
def test_the_request_is_answered_as_the_protocol_says(server, case):
    graphs = "".join(f"GRAPH <{name}> {{ {triples} }}" for name, triples in case.data)
    _put(server, f"DROP ALL ; INSERT DATA {{ {graphs} }}")
    for step in case.steps:
        status, kind, body = _send(server, step)
        assert str(status)[0] in step.classes, (status, body)
        if step.form is not None:
            assert kind in _FORMS[step.form]
        if step.truth is not None:
            assert _truth(kind, body) is step.truth


@pytest.mark.parametrize("name", ["jsonres01", "jsonres02", "jsonres03", "jsonres04"])
@pytest.mark.parametrize("accept", ["application/sparql-results+json", None])
def test_results_in_json_are_those_of_the_suite(server, name, accept):
    folder = _SUITE / "json-res"
    _put(server, f"DROP ALL ; INSERT DATA {{ {_triples(folder / 'data.ttl')} }}")
    query = (folder / f"{name}.rq").read_text()
    reply = _get_default(server, query, accept)
    assert reply.kind == "application/sparql-results+json"
    got, wanted = json.loads(reply.body), json.loads((folder / f"{name}.srj").read_text())
    # SELECT * has no order of variables
    assert set(got["head"].get("vars", [])) == set(wanted["head"].get("vars", []))
    assert got.get("boolean") == wanted.get("boolean")
    assert _bindings(got) == _bindings(wanted)


@pytest.mark.parametrize("number", ["01", "02", "03"])
@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_results_in_csv_and_tsv_are_those_of_the_suite(server, number, form):
    folder = _SUITE / "csv-tsv-res"
    data = "data2.ttl" if number == "03" else "data.ttl"
    query = (folder / ("csvtsv02.rq" if number == "02" else "csvtsv01.rq")).read_text()
    _put(server, f"DROP ALL ; INSERT DATA {{ {_triples(folder / data)} }}")
    kind = "text/csv" if form == "csv" else "text/tab-separated-values"
    reply = _get_default(server, query, kind)
    assert reply.kind == kind
    wanted = (folder / f"csvtsv{number}.{form}").read_text()
    assert _table(reply.text, form) == _table(wanted, form)


def test_get_on_the_endpoint_returns_rdf_that_names_the_endpoint_and_keeps_to_the_schema(server):
    endpoint = f"http://127.0.0.1:{server.port}/sparql"
    for kind in ("text/turtle", "application/rdf+xml", "application/n-triples"):
        reply = server.ask("/sparql", accept=kind)
        assert (reply.status, reply.kind) == (200, kind)
        graph = rdflib.Graph()
        graph.parse(data=reply.body, format=kind)
        service = graph.value(None, _SD.endpoint, rdflib.URIRef(endpoint))
        assert (service, rdflib.RDF.type, _SD.Service) in graph
        known = _terms_of_sd()
        used = {str(t) for t in (*graph.predicates(), *graph.objects()) if str(t).startswith(_SD)}
        assert used <= {str(_SD[name]) for name in known}
        dataset = graph.value(service, _SD.defaultDataset)
        assert (dataset, rdflib.RDF.type, _SD.Dataset) in graph
        assert graph.value(dataset, _SD.defaultGraph) is not None
        languages = set(graph.objects(service, _SD.supportedLanguage))
        assert {_SD.SPARQL11Query, _SD.SPARQL11Update} <= languages


def _terms_of_sd():
    classes = {"Service", "Dataset", "Graph"}
    properties = {"endpoint", "feature", "supportedLanguage", "resultFormat"}
    datasets = {"defaultDataset", "defaultGraph", "UnionDefaultGraph"}
    return classes | properties | datasets | {"SPARQL10Query", "SPARQL11Query", "SPARQL11Update"}


def _triples(path):
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri="http://base.test/")
    return " ".join(f"{quad.triple} ." for quad in store)


def _get_default(server, query, accept):
    return server.ask(f"/sparql?query={quote(query)}", accept=accept)


def _bindings(answer):
    rows = answer.get("results", {}).get("bindings", [])
    return sorted(repr(sorted((name, _term(term)) for name, term in row.items())) for row in rows)


def _term(term):
    value = "_" if term["type"] == "bnode" else term["value"]
    kind = "literal" if term["type"] == "typed-literal" else term["type"]
    return kind, value, term.get("datatype"), term.get("xml:lang")


def _table(text, form):
    rows = csv.reader(io.StringIO(text), delimiter="," if form == "csv" else "\t")
    head, *rest = [[_plain(cell) for cell in row] for row in rows]
    return sorted(sorted(zip(head, row, strict=True)) for row in rest)


def _plain(cell):
    """Return a cell by its value: blank nodes have no name, numbers many spellings.

    The engine keeps the value of a number and gives back xsd:integer for the types derived from it.
    """
    for kind in ("negativeInteger", "double"):
        cell = cell.removesuffix(f"^^<http://www.w3.org/2001/XMLSchema#{kind}>")
    if cell.startswith("_:"):
        return "_"
    try:
        return repr(float(cell))
    except ValueError:
        return cell
