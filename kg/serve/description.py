"""The service description of an endpoint.

Source: https://www.w3.org/TR/sparql11-service-description/
"""

import pyoxigraph as ox

from kg.errors import QueryError
from kg.serve.negotiate import GRAPHS, RESULTS
from kg.vocabulary import PREFIXES

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "jsonld": "JSON-LD",
    "trig": "TriG",
    "nq": "N-Quads",
    "rdf": "RDF_XML",
}
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")


def describe_service(endpoint: str, media_type: str, *, base: str, updates: bool) -> bytes:
    """Return the description of the service at an IRI.

    Args:
        endpoint: absolute IRI.
        media_type: of `negotiate.GRAPHS`.
        base: prefix of the graph's IRIs; empty where not known.
        updates: whether it takes updates.

    Raises:
        QueryError: the endpoint is no IRI.
    """
    form = ox.RdfFormat.from_media_type(media_type)
    try:
        triples = _describe(endpoint, base=base, updates=updates)
    except ValueError as error:
        raise QueryError(f"the address is no IRI: {error}") from None
    prefixes = {"sd": _SD, "formats": _FORMATS, **PREFIXES}
    return ox.serialize(triples, format=form, prefixes=prefixes) or b""


def _describe(endpoint: str, *, base: str, updates: bool) -> list[ox.Triple]:
    service, dataset, graph = ox.NamedNode(endpoint), ox.BlankNode("d"), ox.BlankNode("g")
    found = [
        ox.Triple(service, _TYPE, _sd("Service")),
        ox.Triple(service, _sd("endpoint"), service),
        ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL10Query")),
        ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph")),
        ox.Triple(service, _sd("defaultDataset"), dataset),
        ox.Triple(dataset, _TYPE, _sd("Dataset")),
        ox.Triple(dataset, _sd("defaultGraph"), graph),
        ox.Triple(graph, _TYPE, _sd("Graph")),
    ]
    if updates:
        found.append(ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Update")))
    if base:
        about = ox.NamedNode(PREFIXES["rdfs"] + "seeAlso")
        found.append(ox.Triple(dataset, about, ox.NamedNode(f"{base}dataset")))
    found += [
        ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + _NAMES[name]))
        for name in (*RESULTS, *GRAPHS)
    ]
    return found


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
