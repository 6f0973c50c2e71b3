"""Two SHACL engines behind one face: the same data and shapes give the same findings.

`shacl` (Rust) is the fast one. pySHACL, on rdflib, is the fallback where no wheel fits and the
oracle in the tests. Between the libraries goes text alone: rdflib's own reading of a literal may
change it ("01" becomes "1", an ill-typed boolean `false`), and a fault would vanish unseen.

Source: https://www.w3.org/TR/shacl/#results-validation-result
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import Any, get_args

import pyoxigraph as ox

from kg.errors import InputError, ShapesError
from kg.validate.report import Severity
from kg.validate.shapes import SH, ShapesGraph

_SUFFIX = "ConstraintComponent"
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_SEVERITIES = frozenset(get_args(Severity))


@dataclass(frozen=True, slots=True)
class Finding:
    """A validation result in the form that both engines share; see `Result` for the fields."""

    focus: str
    path: str | None
    value: str | None
    severity: Severity
    message: str
    shape: str
    component: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Raw:
    """A validation result as an engine words it."""

    focus: str
    path: str | None
    value: str | None
    severity: str
    message: str | None
    shape: str
    component: str


Engine = Callable[[ShapesGraph, bytes], list[Finding]]


def choose_engine(name: str) -> tuple[str, Engine, tuple[str, ...]]:
    """Return the name of an engine, its function, and what the reader should know.

    Args:
        name: shacl, pyshacl, or auto: the fast one where it is installed.

    Raises:
        InputError: no such engine, or it is not installed.
    """
    if name not in ("auto", "shacl", "pyshacl"):
        raise InputError(f"no such SHACL engine: {name} (auto, shacl or pyshacl)")
    if name != "pyshacl" and find_spec("shacl") is not None:
        return "shacl", run_shacl, ()
    if name == "shacl":
        raise InputError("the package shacl is not installed: use the engine pyshacl or auto")
    notice = "the package shacl is not installed: validated with pyshacl, which is much slower"
    return "pyshacl", run_pyshacl, (notice,) if name == "auto" else ()


def run_shacl(shapes: ShapesGraph, data: bytes) -> list[Finding]:
    """Return what the `shacl` engine finds in N-Triples.

    Raises:
        ShapesError: the engine cannot use the shapes.
    """
    try:
        report = shapes.compiled.validate_text(data.decode(), format="ntriples")
    except ValueError as error:
        raise ShapesError(" ".join(str(error).split())) from None
    return [_from_shacl(shapes, result) for result in report.results]


def _from_shacl(shapes: ShapesGraph, result: Any) -> Finding:  # noqa: ANN401  (untyped wheel)
    raw = _Raw(
        shape=_plain_iri(result.source_shape or ""),
        focus=_plain(_term(result.focus_node)),
        path=_plain_iri(result.path) if result.path else None,
        value=_plain(_term(result.value)) if result.value else None,
        severity=result.severity,
        component=result.component,
        message=result.message,
    )
    return _finding(shapes, raw)


def run_pyshacl(shapes: ShapesGraph, data: bytes) -> list[Finding]:
    """Return what pySHACL finds in N-Triples.

    Raises:
        ShapesError: pySHACL cannot use the shapes.
    """
    import pyshacl
    from rdflib.namespace import SH as SHACL
    from rdflib.term import Node

    graph = _rdflib_graph(data)
    try:
        _, report, _ = pyshacl.validate(graph, shacl_graph=shapes.rdflib_graph, inplace=True)
    except (pyshacl.errors.ShapeLoadError, pyshacl.errors.ConstraintLoadError) as error:
        raise ShapesError(" ".join(str(error).split())) from None
    if not hasattr(report, "subjects"):
        raise ShapesError(" ".join(str(report).split()))

    def one(node: Node, predicate: Node) -> Any:  # noqa: ANN401  (any term)
        return report.value(node, predicate)

    findings = []
    for node in report.objects(None, SHACL.result):
        path, value = one(node, SHACL.resultPath), one(node, SHACL.value)
        raw = _Raw(
            shape=str(one(node, SHACL.sourceShape)),
            focus=_plain(_from_rdflib(one(node, SHACL.focusNode))),
            path=str(path) if path is not None else None,
            value=_plain(_from_rdflib(value)) if value is not None else None,
            severity=str(one(node, SHACL.resultSeverity)).removeprefix(SH),
            component=str(one(node, SHACL.sourceConstraintComponent)).removeprefix(SH),
            message=str(one(node, SHACL.resultMessage) or "") or None,
        )
        findings.append(_finding(shapes, raw))
    return findings


def _finding(shapes: ShapesGraph, raw: _Raw) -> Finding:
    component, value = raw.component.removesuffix(_SUFFIX), raw.value
    if component == "SPARQL" and value == raw.focus:
        value = None  # one engine fills the gap with the focus node, the other leaves it
    return Finding(
        focus=raw.focus,
        path=shapes.paths.get(raw.shape, raw.path),
        value=value,
        severity=raw.severity if raw.severity in _SEVERITIES else "Violation",  # type: ignore[arg-type]
        message=shapes.messages.get(raw.shape) or raw.message or f"{component} is not satisfied",
        shape=shapes.owners.get(raw.shape, raw.shape),
        component=component,
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


def _rdflib_graph(data: bytes) -> Any:  # noqa: ANN401  (rdflib is not loaded unless needed)
    graph = _graph_class()(bind_namespaces="none")
    for triple in ox.parse(input=data, format=ox.RdfFormat.N_TRIPLES):
        graph.add(tuple(_to_rdflib(term) for term in (*triple,)[:3]))
    return graph


def _to_rdflib(term: Any) -> Any:  # noqa: ANN401  (any term)
    """Return a term made of its text; xsd:string goes without, as rdflib's own literals do."""
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = None if term.datatype.value == _XSD_STRING else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)


def _from_rdflib(term: Any) -> Any:  # noqa: ANN401  (any term)
    import rdflib

    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype or _XSD_STRING)))


def _term(text: str) -> Any:  # noqa: ANN401  (any term)
    """Return the term of its N-Triples text."""
    line = f"<urn:s> <urn:p> {text} ."
    quads: Iterator[Any] = iter(ox.parse(input=line, format=ox.RdfFormat.N_TRIPLES))
    return next(quads).object


def _plain(term: Any) -> str:  # noqa: ANN401  (any term)
    """Return an IRI, a literal in N-Triples, or `_:`: engines rename blank nodes."""
    if isinstance(term, ox.BlankNode):
        return "_:"
    return str(term.value) if isinstance(term, ox.NamedNode) else str(term)


def _plain_iri(text: str) -> str:
    """Return `<iri>` without its brackets, and any other text as it is."""
    inner = text[1:-1]
    return inner if text[:1] == "<" and text[-1:] == ">" and "<" not in inner else text
