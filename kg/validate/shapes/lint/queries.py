"""Queries of SPARQL constraints: prefixes, pre-bound variables, and what SHACL forbids.

Source: https://www.w3.org/TR/shacl/#pre-binding
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.validate.shapes.graph import OWL, SH, XSD, Term, values
from kg.validate.shapes.lint.sparql import (
    aliased,
    clean,
    fault_of,
    form_of,
    is_distinct,
    projections,
    used_prefixes,
)
from kg.validate.shapes.lint.view import Found, View, violation, warning

_LOADS = re.compile(r"(?<![\w:?$])(SERVICE|FROM|LOAD)\b(?!\w*:)", re.IGNORECASE)
_FORBIDDEN = re.compile(r"(?<![\w:?$])(MINUS|VALUES)\b(?!\w*:)", re.IGNORECASE)
_IRI = re.compile(r"[A-Za-z][\w+.-]*:[^\s<>\"{}|\\^`]*")
_PATH = re.compile(r"[$?]PATH\b")
_ROLES = {"sparql": "select", "validator": "ask"} | dict.fromkeys(
    ("nodeValidator", "propertyValidator"), "select"
)
_PREFIX_VALUE = frozenset({XSD + "string", XSD + "anyURI"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Query:
    """A query of the shapes graph: its node, sh:select or sh:ask, its text, what it is used by."""

    node: Term
    form: str
    text: str
    cleaned: str
    used_by: tuple[tuple[Term, str], ...]

    def problem(self, code: str, message: str) -> Found:
        return violation(code, f"{message}", self.node, SH + self.form)


def check_queries(view: View) -> Iterator[Found]:
    """Yield what is wrong with the queries of constraints and validators."""
    yield from _check_missing(view)
    for query in _queries(view):
        found = list(_check_loads(query))
        yield from found
        if not found:
            yield from _check_form(view, query)
        yield from _check_binding(view, query)


def _queries(view: View) -> Iterator[_Query]:
    for node in view.index:
        for form in ("select", "ask"):
            for value in view.values(node, form):
                if isinstance(value, ox.Literal):
                    used = tuple(
                        (subject, predicate.removeprefix(SH))
                        for subject, predicate in view.incoming.get(node, ())
                        if predicate.removeprefix(SH) in _ROLES and not _is_built_in(subject)
                    )
                    text = value.value
                    yield _Query(node=node, form=form, text=text, cleaned=clean(text), used_by=used)


def _check_missing(view: View) -> Iterator[Found]:
    for node in view.index:
        for name, form in _ROLES.items():
            for value in view.values(node, name):
                if isinstance(value, ox.Literal) or view.values(value, form):
                    continue
                if _is_built_in(node) or view.values(value, "jsFunctionName"):
                    continue
                if name != "sparql" and (view.values(value, "ask") or view.values(value, "select")):
                    continue
                message = f"sh:{name} leads to a node without sh:{form}: there is no query to run"
                yield violation("missing-query", message, node, SH + name, value)


def _is_built_in(node: Term) -> bool:
    """Return whether a node is SHACL's own: engines do not run what files say of its components."""
    return isinstance(node, ox.NamedNode) and node.value.startswith(SH)


def _check_loads(query: _Query) -> Iterator[Found]:
    for match in _LOADS.finditer(query.cleaned):
        yield query.problem(
            "refused-query",
            f"{match[1].upper()} in a constraint's query is refused: nothing is fetched",
        )


def _check_form(view: View, query: _Query) -> Iterator[Found]:
    """Yield prefixes that are not declared, and what does not parse with all declared."""
    declared = _declared(view, query.node)
    used, own = used_prefixes(query.cleaned)
    missing = sorted(used - own - declared.keys())
    for prefix in missing:
        yield query.problem(
            "undeclared-prefix",
            f"the prefix {prefix}: of the query is not declared: "
            f"sh:prefixes leads to a node with sh:declare [ sh:prefix {prefix!r} … ]".replace(
                "'", '"'
            ),
        )
    spaces = {prefix: declared.get(prefix, "urn:kg:prefix:") for prefix in used - own}
    fault = fault_of(query.text, spaces)
    form = form_of(query.cleaned)
    if form is not None and form != query.form:
        message = f"sh:{query.form} takes a query that begins with {query.form.upper()}"
        yield query.problem("query-form", message)
    if fault:
        yield query.problem("query-syntax", f"the query of sh:{query.form} does not parse: {fault}")


def _check_binding(view: View, query: _Query) -> Iterator[Found]:
    if not query.used_by:
        return
    for match in _FORBIDDEN.finditer(query.cleaned):
        way = "FILTER NOT EXISTS" if match[1].upper() == "MINUS" else "FILTER with IN"
        message = f"{match[1].upper()} is forbidden in a constraint's query: use {way}"
        yield query.problem("forbidden-query", message)
    for name in aliased(query.cleaned) & _bound(view, query):
        message = f"AS ?{name} gives a value to a variable that has one already: rename it"
        yield query.problem("forbidden-query", message)
    yield from _check_projection(query)
    if _PATH.search(query.cleaned) and _on_node_shapes(view, query):
        message = "$PATH stands for the path of a property shape, and this shape has none"
        yield query.problem("no-path", message)


def _bound(view: View, query: _Query) -> set[str]:
    names = {"this", "shapesGraph", "currentShape"} | ({"value"} if query.form == "ask" else set())
    for subject, _ in query.used_by:
        for parameter in view.values(subject, "parameter"):
            for path in view.values(parameter, "path"):
                names.add(re.split(r"[#/:]", str(getattr(path, "value", "")))[-1])
    return names


def _check_projection(query: _Query) -> Iterator[Found]:
    for depth, names in projections(query.cleaned):
        if "this" in names:
            continue
        if depth:
            message = "a nested SELECT does not give $this: without it, it is not about the node"
            yield query.problem("forbidden-query", message)
        elif query.form == "select":
            message = "SELECT does not give $this: without it no node can be named"
            yield query.problem("no-this", message)
    if form_of(query.cleaned) == "select" and not is_distinct(query.cleaned):
        message = "SELECT without DISTINCT gives a result once for every way to find it: add it"
        yield warning("not-distinct", message, query.node, SH + query.form)


def _on_node_shapes(view: View, query: _Query) -> bool:
    return all(
        name == "nodeValidator" or (name == "sparql" and not view.values(subject, "path"))
        for subject, name in query.used_by
    )


def _declared(view: View, node: Term) -> dict[str, str]:
    """Return the namespaces that a query may use, by prefix.

    Source: https://www.w3.org/TR/shacl/#sparql-prefixes
    """
    found: dict[str, str] = {}
    seen: set[Term] = set()
    ways = list(view.values(node, "prefixes"))
    while ways:
        ontology = ways.pop()
        if ontology in seen:
            continue
        seen.add(ontology)
        if isinstance(ontology, ox.NamedNode) and ontology.value in (SH, SH.rstrip("#")):
            found["sh"] = SH
        ways += values(view.index, ontology, OWL + "imports")
        for declaration in view.values(ontology, "declare"):
            prefixes, spaces = (view.values(declaration, n) for n in ("prefix", "namespace"))
            if prefixes and spaces:
                found[prefixes[0].value] = spaces[0].value
    return found


def check_declarations(view: View) -> Iterator[Found]:
    """Yield declarations of prefixes that are incomplete or of the wrong kind."""
    for node in view.index:
        for declaration in view.values(node, "declare"):
            for name in ("prefix", "namespace"):
                yield from _check_declared(view, node, declaration, name)


def _check_declared(view: View, node: Term, declaration: Term, name: str) -> Iterator[Found]:
    found = view.values(declaration, name)
    if len(found) != 1:
        message = f"sh:declare takes a node with one sh:{name}, and this has {len(found)}"
        yield violation("broken-declaration", message, node, SH + "declare", declaration)
    for value in found:
        if not isinstance(value, ox.Literal):
            message = f"sh:{name} takes a literal, not {view.show(value)}"
            yield violation("wrong-kind", message, declaration, SH + name, value)
        elif name == "namespace" and not _IRI.fullmatch(value.value):
            message = f"sh:namespace takes an IRI as a literal, not {view.show(value)}"
            yield violation("wrong-kind", message, declaration, SH + name, value)
        elif value.datatype.value not in _PREFIX_VALUE:
            message = f"sh:{name} takes a string, not {view.show(value)}"
            yield violation("wrong-kind", message, declaration, SH + name, value)
