"""Provenance: the run, its times, software and models. It stands in a file of its own."""

import re
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.iris import article_iri, graph_iri, slug
from kg.map.terms import TERM, Term, day, words
from kg.model import Article, Capture, EventTable, Extractor
from kg.settings import Settings

_Triple = tuple[NamedNode, str, Term]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of the pipeline.

    Attributes:
        started, ended: ISO 8601 with time zone.
        articles: what it made.
        tables: rows that it mapped.
        software: names and versions, in the order they are reported.
    """

    started: str
    ended: str
    articles: tuple[Article, ...] = ()
    tables: tuple[EventTable, ...] = ()
    software: tuple[tuple[str, str], ...] = ()


def map_provenance(run: Run, settings: Settings | None = None) -> list[Quad]:
    """Return the provenance graph of a run: what made each article's graph, and from what.

    Raises:
        ValueError: a name that cannot stand in an IRI.

    Source: https://www.w3.org/TR/prov-o/
    """
    base = (settings or Settings()).base
    graph = NamedNode(graph_iri(base, "provenance"))
    activity = NamedNode(f"{base}run/{re.sub(r'[^0-9A-Za-z]+', '-', run.started)}")
    agents = {
        _agent(base, *program): program
        for program in (*run.software, *(_program(a.extractor) for a in run.articles))
    }
    triples: list[_Triple] = [
        (activity, "rdf:type", TERM["prov:Activity"]),
        (activity, "prov:startedAtTime", day(run.started)),
        (activity, "prov:endedAtTime", day(run.ended)),
        *((activity, "prov:wasAssociatedWith", agent) for agent in agents),
    ]
    for agent, (name, version) in agents.items():
        triples += _describe_agent(agent, name, version)
    for extractor in sorted({a.extractor for a in run.articles}, key=repr):
        triples += _describe_model(base, extractor)
    for article in sorted(run.articles, key=lambda a: a.id):
        triples += _describe_article(base, article, activity)
    for table in sorted(run.tables, key=lambda t: t.id):
        triples += _describe_table(base, table, activity)
    return [Quad(s, TERM[p], o, graph) for s, p, o in triples]


def _program(extractor: Extractor) -> tuple[str, str]:
    return extractor.name, extractor.version


def _agent(base: str, name: str, version: str) -> NamedNode:
    return NamedNode(f"{base}software/{slug(name)}-{slug(version)}")


def _describe_agent(agent: NamedNode, name: str, version: str) -> list[_Triple]:
    return [
        (agent, "rdf:type", TERM["prov:SoftwareAgent"]),
        (agent, "rdf:type", TERM["schema:SoftwareApplication"]),
        (agent, "schema:name", words(name)),
        (agent, "schema:softwareVersion", words(version)),
    ]


def _describe_model(base: str, extractor: Extractor) -> list[_Triple]:
    if extractor.model is None:
        return []
    model = NamedNode(f"{base}model/{slug(extractor.model)}")
    triples: list[_Triple] = [
        (_agent(base, *_program(extractor)), "prov:wasDerivedFrom", model),
        (model, "rdf:type", TERM["prov:Entity"]),
        (model, "schema:name", words(extractor.model)),
    ]
    if extractor.model_sha256 is not None:
        triples.append((model, "schema:sha256", words(extractor.model_sha256)))
        triples.append((model, "rdf:type", TERM["schema:MediaObject"]))
    return triples


def _describe_article(base: str, article: Article, activity: NamedNode) -> list[_Triple]:
    iri = article_iri(base, article.id)
    graph = NamedNode(graph_iri(base, f"article/{article.id}"))
    node, source = NamedNode(iri), NamedNode(f"{iri}#source")
    triples: list[_Triple] = [
        (graph, "rdf:type", TERM["prov:Entity"]),
        (graph, "prov:wasGeneratedBy", activity),
        (graph, "prov:wasAttributedTo", _agent(base, *_program(article.extractor))),
        (graph, "prov:wasDerivedFrom", source),
    ]
    for origin in sorted(article.origins, key=lambda o: (o.field, o.origin)):
        place = NamedNode(f"{iri}#origin-{slug(origin.field)}")
        triples += [
            (node, "prov:hadPrimarySource", place),
            (place, "rdf:type", TERM["prov:Entity"]),
            (place, "schema:name", words(origin.field)),
            (place, "schema:description", words(origin.origin)),
        ]
    if article.capture is not None:
        triples += _describe_capture(NamedNode(f"{iri}#capture"), source, article.capture)
    return triples


def _describe_capture(node: NamedNode, source: NamedNode, capture: Capture) -> list[_Triple]:
    """Return how a page was come by: asked for where, sent when, and the archive it stands in.

    Source: https://www.w3.org/TR/prov-o/#Generation
    """
    triples: list[_Triple] = [
        (source, "prov:wasDerivedFrom", node),
        (node, "rdf:type", TERM["prov:Entity"]),
    ]
    if capture.url is not None:
        triples.append((node, "schema:url", _address(capture.url)))
    if capture.retrieved is not None:
        triples.append((node, "prov:generatedAtTime", day(capture.retrieved)))
    if capture.record_id is not None:
        triples.append((node, "schema:identifier", words(capture.record_id)))
    if capture.container is not None:
        triples.append((node, "dcterms:isPartOf", words(capture.container)))
    return triples


def _describe_table(base: str, table: EventTable, activity: NamedNode) -> list[_Triple]:
    graph = NamedNode(graph_iri(base, f"table/{table.id}"))
    return [
        (graph, "rdf:type", TERM["prov:Entity"]),
        (graph, "prov:wasGeneratedBy", activity),
        (graph, "prov:wasDerivedFrom", NamedNode(f"{base}table/{table.id}")),
    ]


def _address(url: str) -> Term:
    """Return a URL as a node, or as text where it is no absolute IRI."""
    try:
        return NamedNode(url)
    except ValueError:
        return words(url)
