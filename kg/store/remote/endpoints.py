"""Where a server takes graphs, updates and queries, by its kind or by what it says of itself.

Oxigraph and Virtuoso are tried for real in `tests/servers`; the addresses of the others are those
of their manuals, and rest on the standards alone.
"""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlsplit

from kg.errors import FetchError, InputError
from kg.fetch import Request, Session, check_url

Kind = Literal["oxigraph", "virtuoso", "fuseki", "rdf4j", "graphdb", "standard"]
KINDS: tuple[Kind, ...] = ("oxigraph", "virtuoso", "fuseki", "rdf4j", "graphdb", "standard")

_UNION_FEATURE = b"UnionDefaultGraph"
_GRAPH_STORE = {
    "oxigraph": "/store?graph={graph}",
    "fuseki": "/data?graph={graph}",
    "rdf4j": "/rdf-graphs/service?graph={graph}",
    "graphdb": "/rdf-graphs/service?graph={graph}",
    "standard": "?graph={graph}",
}
_DOORS = {
    "oxigraph": ("/query", "/update", "/store"),
    "virtuoso": (
        "/sparql-graph-crud-auth",
        "/sparql-graph-crud",
        "/sparql-auth",
        "/sparql",
    ),
    "fuseki": ("/query", "/sparql", "/update", "/data"),
    "rdf4j": ("/statements", "/rdf-graphs/service"),
    "graphdb": ("/statements", "/rdf-graphs/service"),
}
"""Paths below the root of a server, longest first: a URL may name any of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """The addresses of a store.

    Attributes:
        kind: of server.
        graphs: template of the Graph Store Protocol, with `{graph}`; "" where there is none.
        default: the default graph's address; "" where the server has none.
        query: of the SPARQL Protocol; "" where not known.
        update: of SPARQL Update; "" where not known.
    """

    kind: Kind
    graphs: str = ""
    default: str = ""
    query: str = ""
    update: str = ""

    def of_graph(self, graph: str | None) -> str:
        """Return the address of a graph; None is the default graph.

        Source: https://www.w3.org/TR/sparql11-http-rdf-update/#indirect-graph-identification

        Raises:
            InputError: the server has no such address.
        """
        if graph is None:
            if not self.default:
                raise InputError(
                    f"{self.kind} has no default graph to write: name one with --graph IRI"
                )
            return self.default
        if not self.graphs:
            raise InputError("no address for graphs is known: give the Graph Store URL, or --via")
        return self.graphs.replace("{graph}", quote(graph, safe=""))


def find_endpoints(
    url: str, session: Session, *, server: Kind | None = None, signed: bool = False
) -> Endpoints:
    """Return the addresses of a store.

    Args:
        url: of the server, of a data set or repository in it, of one of its endpoints, or a
            template of the Graph Store Protocol with `{graph}`.
        session: asks the server what it is, where `server` does not say so.
        server: the kind, if known.
        signed: whether credentials are at hand; Virtuoso takes them at addresses of their own.

    Raises:
        InputError: a URL that cannot be asked.
        FetchError: the server cannot be reached.
    """
    if "{graph}" in url:
        check_url(url.replace("{graph}", "x"))
        return Endpoints(kind=server or "standard", graphs=url)
    url = check_url(url)
    kind = server or _kind_of(url, session)
    if kind == "standard":
        return _standard(url)
    root = _root_of(url, kind)
    if kind == "virtuoso":
        return _virtuoso(root, signed=signed)
    graphs = root + _GRAPH_STORE[kind]
    default = graphs.replace("graph={graph}", "default")
    if kind in {"rdf4j", "graphdb"}:
        return Endpoints(
            kind=kind, graphs=graphs, default=default, query=root, update=f"{root}/statements"
        )
    return Endpoints(
        kind=kind, graphs=graphs, default=default, query=f"{root}/query", update=f"{root}/update"
    )


def _standard(url: str) -> Endpoints:
    """Return one address for everything: what it is for depends on what is sent."""
    bare = url.partition("?")[0]
    return Endpoints(
        kind="standard",
        graphs=f"{bare}?graph={{graph}}",
        default=f"{bare}?default",
        query=url,
        update=url,
    )


def _virtuoso(root: str, *, signed: bool) -> Endpoints:
    suffix = "-auth" if signed else ""
    return Endpoints(
        kind="virtuoso",
        graphs=f"{root}/sparql-graph-crud{suffix}?graph-uri={{graph}}",
        query=f"{root}/sparql{suffix}",
        update=f"{root}/sparql{suffix}",
    )


def _root_of(url: str, kind: Kind) -> str:
    bare = url.partition("?")[0].rstrip("/")
    for door in _DOORS[kind]:
        if bare.endswith(door):
            return bare.removesuffix(door)
    return bare


def _kind_of(url: str, session: Session) -> Kind:
    """Return what a server is, by its address or by what it says in its headers."""
    path = urlsplit(url).path
    if "/repositories/" in path:
        return "rdf4j"
    if path.startswith("/sparql-graph-crud"):
        return "virtuoso"
    response = session.send(Request(method="GET", url=url, wants_body=False, accept="text/turtle"))
    name = (response.header("server") or "").lower()
    if name.startswith("oxigraph"):
        return "oxigraph"
    if name.startswith("virtuoso"):
        return "virtuoso"
    if response.header("fuseki-request-id") or "fuseki" in name:
        return "fuseki"
    return "standard"


def has_union(endpoints: Endpoints, session: Session) -> bool:
    """Return whether the default graph of queries is the union of all graphs by itself.

    Source: https://www.w3.org/TR/sparql11-service-description/#sd-UnionDefaultGraph
    """
    if endpoints.kind in {"virtuoso", "rdf4j", "graphdb"}:
        return True
    if endpoints.kind in {"oxigraph", "fuseki"}:
        return False
    try:
        answer = session.send(Request(method="GET", url=endpoints.query, accept="text/turtle"))
    except FetchError:
        return False
    return answer.ok and _UNION_FEATURE in answer.body
