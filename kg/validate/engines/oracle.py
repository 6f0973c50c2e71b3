"""pySHACL on rdflib: slow, independent of the fast engine, and made of Python alone.

Terms go in by their text: rdflib's own reading of a literal may change it ("01" becomes "1", an
ill-typed boolean `false`), in the shapes as in the data, and a fault would vanish unseen. Patterns
go in as Python reads them.
"""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from kg.errors import ShapesError
from kg.validate.engines.findings import Finding, RawResult, normal_findings
from kg.validate.engines.limits import oracle_limits
from kg.validate.patterns import python_pattern
from kg.validate.shapes import SH, ShapesGraph

_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_IMPORTS = "http://www.w3.org/2002/07/owl#imports"
# pySHACL's own words where the validator of a component has none.
_GENERIC = "Parameterised SHACL Query generated constraint validation reports."


def run_pyshacl(shapes: ShapesGraph, data: bytes) -> list[Finding]:
    """Return what pySHACL finds in N-Triples.

    Raises:
        ShapesError: pySHACL cannot use the shapes.
    """
    import pyshacl

    try:
        with _quiet():
            graph = _graph(ox.parse(input=data, format=ox.RdfFormat.N_TRIPLES))
            shapes_graph = _shapes_graph(shapes.text)
            _, report, _ = pyshacl.validate(graph, shacl_graph=shapes_graph, inplace=True)
    except Exception as error:  # of pySHACL, rdflib, pyparsing, re: all about the shapes
        raise ShapesError(f"the engine pyshacl: {_reason(error)}") from error
    if not hasattr(report, "subjects"):
        raise ShapesError(f"the engine pyshacl: {_reason(report)}")
    return normal_findings(shapes, _raw_results(report))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the libraries from writing about literals that are not of their datatype.

    That is what the shapes are asked about, and the report says it.
    """
    loggers = [logging.getLogger(name) for name in ("rdflib.term", "pyshacl-validate")]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, disabled in zip(loggers, before, strict=True):
            logger.disabled = disabled


def _raw_results(report: Any) -> Iterator[RawResult]:  # noqa: ANN401  (rdflib is not loaded here)
    from rdflib import URIRef
    from rdflib.namespace import SH as SHACL

    for node in report.objects(None, SHACL.result):
        terms = {p: o for p, o in report.predicate_objects(node) if p != SHACL.resultMessage}
        messages = {str(text) for text in report.objects(node, SHACL.resultMessage)} - {_GENERIC}
        path, value = terms.get(SHACL.resultPath), terms.get(SHACL.value)
        shape = terms[SHACL.sourceShape]
        yield RawResult(
            shape=str(shape) if isinstance(shape, URIRef) else "",
            focus=_plain(terms[SHACL.focusNode]),
            path=str(path) if isinstance(path, URIRef) else None,
            value=_plain(value) if value is not None else None,
            severity=str(terms[SHACL.resultSeverity]),
            component=str(terms[SHACL.sourceConstraintComponent]),
            messages=tuple(sorted(messages)),
        )


@lru_cache(maxsize=1)
def _graph_class() -> Any:  # noqa: ANN401  (rdflib is not loaded unless needed)
    """Return a graph that parses the text of a query once, not once for every focus node."""
    import rdflib
    from rdflib.plugins.sparql import prepareQuery

    prepare = lru_cache(maxsize=512)(prepareQuery)

    class PreparedGraph(rdflib.Graph):
        """A graph that prepares queries."""

        def query(self, query_object: Any, *args: Any, **options: Any) -> Any:  # noqa: ANN401
            """Return the answer of a query."""
            if isinstance(query_object, str):
                query_object = prepare(query_object)
            return super().query(query_object, *args, **options)

    return PreparedGraph


@lru_cache(maxsize=4)
def _shapes_graph(text: str) -> Any:  # noqa: ANN401  (rdflib is not loaded unless needed)
    import rdflib

    limits = oracle_limits(text)
    if limits:
        raise ValueError("; ".join(limits))
    graph = _graph(ox.parse(input=text, format=ox.RdfFormat.N_TRIPLES))
    _declare_imported_prefixes(graph)
    _switch_off_unique_lang(graph)
    pattern, flags = rdflib.URIRef(f"{SH}pattern"), rdflib.URIRef(f"{SH}flags")
    for shape, regex in list(graph.subject_objects(pattern)):
        own = python_pattern(str(regex), str(graph.value(shape, flags) or ""))
        graph.remove((shape, pattern, regex))
        graph.add((shape, pattern, rdflib.Literal(own)))
    return graph


def _switch_off_unique_lang(graph: Any) -> None:  # noqa: ANN401
    """Say false where `sh:uniqueLang` is not the literal `true`: pySHACL takes `1` for it too.

    Source: https://www.w3.org/TR/shacl/#UniqueLangConstraintComponent
    """
    import rdflib

    unique = rdflib.URIRef(f"{SH}uniqueLang")
    for shape, literal in list(graph.subject_objects(unique)):
        if str(literal) != "true":
            graph.set((shape, unique, rdflib.Literal(lexical_or_value=False)))


def _declare_imported_prefixes(graph: Any) -> None:  # noqa: ANN401
    """Give every graph the prefixes of those it imports, which pySHACL does not follow.

    Source: https://www.w3.org/TR/shacl/#sparql-prefixes
    """
    import rdflib

    imports, declare = rdflib.URIRef(_IMPORTS), rdflib.URIRef(f"{SH}declare")
    for owner in set(graph.subjects(imports, None)):
        for imported in list(graph.transitive_objects(owner, imports)):
            for declaration in list(graph.objects(imported, declare)):
                graph.add((owner, declare, declaration))


def _graph(triples: Any) -> Any:  # noqa: ANN401  (rdflib is not loaded unless needed)
    graph = _graph_class()(bind_namespaces="none")
    for triple in triples:
        graph.add(tuple(_to_rdflib(term) for term in (*triple,)[:3]))
    return graph


def _to_rdflib(term: Any) -> Any:  # noqa: ANN401  (any term)
    """Return a term made of its text; xsd:string goes without, as rdflib's own literals do."""
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Triple):
        raise TypeError("the data have a triple term (RDF 1.2), which rdflib does not know")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = None if term.datatype.value == _XSD_STRING else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)


def _plain(term: Any) -> str:  # noqa: ANN401  (any term)
    """Return an IRI as it is, a literal in N-Triples, a blank node with its label."""
    import rdflib

    if isinstance(term, rdflib.URIRef):
        return str(term)
    if isinstance(term, rdflib.BNode):
        return f"_:{term}"
    if term.language:
        return str(ox.Literal(str(term), language=term.language))
    return str(ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype or _XSD_STRING))))


def _reason(error: object) -> str:
    text = " ".join(str(error).split()).partition(" For reference, see")[0]
    return text or type(error).__name__
