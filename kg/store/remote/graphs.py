"""Whole graphs of another store, by the SPARQL 1.1 Graph Store HTTP Protocol.

Bodies are N-Triples with a stated length: Virtuoso answers 204 to a chunked body and keeps nothing.
"""

from dataclasses import dataclass
from urllib.parse import urljoin

import pyoxigraph as ox

from kg.errors import FetchError
from kg.fetch import Request, Response, Session
from kg.store.remote.endpoints import Endpoints

N_TRIPLES = "application/n-triples"
_READABLE = (
    (N_TRIPLES, ox.RdfFormat.N_TRIPLES),
    ("text/turtle", ox.RdfFormat.TURTLE),
    ("application/rdf+xml", ox.RdfFormat.RDF_XML),
)
_ACCEPT = f"{N_TRIPLES}, text/turtle;q=0.8, application/rdf+xml;q=0.5"
_UNKNOWN_METHOD = frozenset({405, 501})


@dataclass(frozen=True, slots=True)
class GraphStore:
    """Another store, graph by graph. None stands for the default graph."""

    endpoints: Endpoints
    session: Session

    def put_graph(self, graph: str | None, body: bytes, media_type: str = N_TRIPLES) -> bool:
        """Replace a graph; return whether it is new.

        Source: https://www.w3.org/TR/sparql11-http-rdf-update/#http-put

        Raises:
            FetchError: the server refused, or did not answer.
        """
        url = self.endpoints.of_graph(graph)
        request = Request(method="PUT", url=url, body=body, content_type=media_type)
        return check_done(request, self.session.send(request)).status == 201

    def add_to_graph(
        self,
        graph: str | None,
        body: bytes,
        media_type: str = N_TRIPLES,
        *,
        repeatable: bool = False,
    ) -> bool:
        """Add triples to a graph; return whether it is new.

        Source: https://www.w3.org/TR/sparql11-http-rdf-update/#http-post

        Args:
            graph: IRI of the graph.
            body: the triples.
            media_type: of the body.
            repeatable: whether the triples hold no blank node, which every try makes anew.

        Raises:
            FetchError: the server refused, or did not answer.
        """
        url = self.endpoints.of_graph(graph)
        request = Request(
            method="POST", url=url, body=body, content_type=media_type, repeatable=repeatable
        )
        return check_done(request, self.session.send(request)).status == 201

    def create_graph(self, body: bytes, media_type: str = N_TRIPLES) -> str:
        """Put triples into a graph that the server names; return its IRI.

        Source: https://www.w3.org/TR/sparql11-http-rdf-update/#http-post

        Raises:
            FetchError: the server refused, did not answer, or did not say the name.
        """
        url = self.endpoints.graphs.partition("?")[0]
        request = Request(
            method="POST", url=url, body=body, content_type=media_type, repeatable=False
        )
        response = check_done(request, self.session.send(request))
        name = response.header("location")
        if response.status != 201 or not name:
            raise FetchError(
                "did not say the name of a new graph", source=url, status=response.status
            )
        return urljoin(url, name)

    def get_graph(self, graph: str | None) -> tuple[ox.Triple, ...] | None:
        """Return the triples of a graph; None where there is no such graph.

        Source: https://www.w3.org/TR/sparql11-http-rdf-update/#http-get

        Raises:
            FetchError: the server refused, did not answer, or answered with no RDF.
        """
        url = self.endpoints.of_graph(graph)
        request = Request(method="GET", url=url, accept=_ACCEPT)
        response = self.session.send(request)
        if response.status == 404:
            return None
        return parse_triples(check_done(request, response))

    def delete_graph(self, graph: str | None) -> bool:
        """Delete a graph; return whether there was one.

        Source: https://www.w3.org/TR/sparql11-http-rdf-update/#http-delete

        Raises:
            FetchError: the server refused, or did not answer.
        """
        request = Request(method="DELETE", url=self.endpoints.of_graph(graph))
        response = self.session.send(request)
        if response.status == 404:
            return False
        check_done(request, response)
        return True

    def has_graph(self, graph: str | None) -> bool:
        """Return whether there is a graph; asked by GET of servers that know no HEAD.

        Source: https://www.w3.org/TR/sparql11-http-rdf-update/#http-head

        Raises:
            FetchError: the server refused, or did not answer.
        """
        url = self.endpoints.of_graph(graph)
        request = Request(method="HEAD", url=url, accept=_ACCEPT)
        response = self.session.send(request)
        if response.status in _UNKNOWN_METHOD:
            request = Request(method="GET", url=url, accept=_ACCEPT, wants_body=False)
            response = self.session.send(request)
        if response.status == 404:
            return False
        check_done(request, response)
        return True


def parse_triples(response: Response) -> tuple[ox.Triple, ...]:
    """Return the triples of an answer.

    Raises:
        FetchError: its type is no RDF, or it does not parse.
    """
    form = dict(_READABLE).get(response.media_type)
    if form is None:
        raise FetchError(
            f"answered with {response.media_type or 'no media type'}, not with RDF",
            source=response.url,
            status=response.status,
        )
    try:
        return tuple(q.triple for q in ox.parse(response.body, format=form, base_iri=response.url))
    except (SyntaxError, ValueError) as error:
        raise FetchError(
            f"the RDF of the answer does not parse: {error}",
            source=response.url,
            status=response.status,
        ) from None


def check_done(request: Request, response: Response) -> Response:
    """Return the answer if the server did what it was asked.

    Raises:
        FetchError: it did not; says why, and for 401, 403 and 413 what to do.
    """
    if response.ok:
        return response
    hints = {
        401: "who asks is not known there: KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN",
        403: "whoever asks (KG_STORE_USER, KG_STORE_TOKEN) may not do this",
        413: "a smaller --max-body may help",
        415: "the server does not read N-Triples here",
    }
    hint = hints.get(response.status)
    reason = f"{response.reason()}; {hint}" if hint else response.reason()
    raise FetchError(
        f"refused: {reason}", source=f"{request.method} {request.url}", status=response.status
    )
