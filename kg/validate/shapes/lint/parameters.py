"""Values of the wrong kind: a count that is a string, a list that is none, several of one.

Source: https://www.w3.org/TR/shacl/#syntax-rules
"""

import re
from collections.abc import Callable, Iterator

import pyoxigraph as ox

from kg.validate.shapes.graph import RDF, SH, XSD, Term, values
from kg.validate.shapes.lint.view import Found, View, violation, warning
from kg.validate.shapes.terms import NODE_KINDS, PARAMETERS, SEVERITIES, TERMS, Kind, local_name

_NIL = RDF + "nil"
_INTEGER = re.compile(r"[+-]?\d+")
_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double", "float", "int"))

_SAYS: dict[Kind, str] = {
    "iri": "takes an IRI",
    "integer": "takes a whole number as xsd:integer, such as 1",
    "boolean": "takes true or false, without quotation marks",
    "literal": "takes a literal",
    "string": "takes a string",
    "text": "takes a string",
    "node-kind": f"takes one of {', '.join('sh:' + name for name in NODE_KINDS)}",
    "severity": "takes sh:Violation, sh:Warning, sh:Info or an IRI of your own",
    "target": "takes an IRI or a literal",
    "shape": "takes a shape",
    "query": "takes a node with a query",
}


def check_kinds(view: View) -> Iterator[Found]:
    """Yield values that a property of SHACL does not take."""
    for node, properties in view.index.items():
        for predicate, objects in properties.items():
            parameter = PARAMETERS.get(predicate.removeprefix(SH))
            if parameter is None or not predicate.startswith(SH):
                continue
            loose = parameter.kind in _LISTS and not all(_starts_list(view, v) for v in objects)
            if parameter.single and len(set(objects)) > 1 and not loose:
                yield _several(view, node, predicate, objects)
            for value in dict.fromkeys(objects):
                if parameter.kind in _LISTS:
                    yield from _check_list(view, node, predicate, value, parameter.kind)
                elif not _FITS[parameter.kind](value) and not _is_unknown(value):
                    yield _wrong(view, node, predicate, value, parameter.kind)


def _several(view: View, node: Term, predicate: str, objects: list[Term]) -> Found:
    term = view.show(predicate)
    shown = ", ".join(sorted(map(view.show, set(objects))))
    message = f"{term} stands {len(set(objects))} times on one shape ({shown}): keep one"
    return violation("several-values", message, node, predicate)


def _wrong(view: View, node: Term, predicate: str, value: Term, kind: Kind) -> Found:
    message = f"{view.show(predicate)} {_SAYS[kind]}, not {view.show(value)}"
    if predicate == SH + "targetClass" and isinstance(value, ox.Literal):
        message += ": write the IRI of the class without quotation marks"
    return violation("wrong-kind", message, node, predicate, value)


def _is_iri(value: Term) -> bool:
    return isinstance(value, ox.NamedNode) and value.value != _NIL


def _is_text(value: Term) -> bool:
    return isinstance(value, ox.Literal) and value.datatype.value in (
        XSD + "string",
        RDF + "langString",
        RDF + "dirLangString",
    )


def _is_string(value: Term) -> bool:
    return isinstance(value, ox.Literal) and value.datatype.value == XSD + "string"


def _is_integer(value: Term) -> bool:
    return (
        isinstance(value, ox.Literal)
        and value.datatype.value == XSD + "integer"
        and _INTEGER.fullmatch(value.value) is not None
    )


def _is_boolean(value: Term) -> bool:
    return (
        isinstance(value, ox.Literal)
        and value.datatype.value == XSD + "boolean"
        and value.value in ("true", "false", "1", "0")
    )


def _is_number(value: Term) -> bool:
    return isinstance(value, ox.Literal) and value.datatype.value in _NUMBERS


def _is_severity(value: Term) -> bool:
    if not isinstance(value, ox.NamedNode):
        return False
    return not value.value.startswith(SH) or value.value.removeprefix(SH) in SEVERITIES


def _is_unknown(value: Term) -> bool:
    """Return whether it is a misspelt term, which is told by itself."""
    name = local_name(value.value) if isinstance(value, ox.NamedNode) else None
    return name is not None and name not in TERMS


_FITS: dict[Kind, Callable[[Term], bool]] = {
    "any": lambda _: True,
    "iri": _is_iri,
    "integer": _is_integer,
    "boolean": _is_boolean,
    "literal": lambda value: isinstance(value, ox.Literal),
    "string": _is_string,
    "text": _is_text,
    "node-kind": lambda value: value in {ox.NamedNode(SH + name) for name in NODE_KINDS},
    "severity": _is_severity,
    "target": lambda value: isinstance(value, ox.NamedNode | ox.Literal),
    "shape": lambda value: isinstance(value, ox.NamedNode | ox.BlankNode),
    "query": lambda value: isinstance(value, ox.NamedNode | ox.BlankNode),
}
_LISTS: dict[Kind, tuple[str, Callable[[Term], bool]]] = {
    "list": ("a list of values", lambda _: True),
    "iris": ("a list of IRIs", _is_iri),
    "strings": ("a list of strings", _is_string),
    "shapes": ("a list of shapes", lambda value: not isinstance(value, ox.Literal)),
}


def _check_list(view: View, node: Term, predicate: str, value: Term, kind: Kind) -> Iterator[Found]:
    term, (says, fits) = view.show(predicate), _LISTS[kind]
    if not _starts_list(view, value):
        message = f"{term} takes {says} in round brackets, not {view.show(value)}"
        yield violation("not-a-list", message, node, predicate, value)
        return
    if fault := list_fault(view, value):
        yield violation("broken-list", f"the list of {term} {fault}", node, predicate, value)
        return
    items = view.items(value)
    if not items and predicate != SH + "ignoredProperties":
        effect = "always true" if predicate == SH + "and" else "never true"
        message = f"the list of {term} is empty: the constraint is {effect}"
        yield warning("empty-list", message, node, predicate, value)
    for item in items:
        if not fits(item):
            message = f"{term} takes {says}, and {view.show(item)} is none"
            yield violation("wrong-kind", message, node, predicate, value)


def _starts_list(view: View, value: Term) -> bool:
    if isinstance(value, ox.NamedNode) and value.value == _NIL:
        return True
    return bool(values(view.index, value, RDF + "first") or values(view.index, value, RDF + "rest"))


def list_fault(view: View, node: Term) -> str | None:
    """Return what is wrong with a list, as the end of a sentence; None where nothing is.

    Source: https://www.w3.org/TR/shacl/#dfn-shacl-list
    """
    seen: set[Term] = set()
    while not (isinstance(node, ox.NamedNode) and node.value == _NIL):
        if node in seen:
            return "runs in a circle: end it with rdf:nil"
        seen.add(node)
        first, rest = (values(view.index, node, RDF + name) for name in ("first", "rest"))
        if len(first) != 1 or len(rest) != 1:
            return "is broken: each of its nodes has one rdf:first and one rdf:rest"
        node = rest[0]
    if view.index.get(node):
        return "goes on after rdf:nil"
    return None


_RANGES = (
    ("minCount", "maxCount"),
    ("qualifiedMinCount", "qualifiedMaxCount"),
    ("minLength", "maxLength"),
    ("minInclusive", "maxInclusive"),
)


def check_ranges(view: View) -> Iterator[Found]:
    """Yield ranges that nothing lies in, and counts below zero."""
    for node in view.index:
        for least, most in _RANGES:
            low, high = _number(view, node, least), _number(view, node, most)
            if low is not None and high is not None and low > high:
                message = f"sh:{least} is more than sh:{most}: no data can satisfy the shape"
                yield warning("impossible-range", message, node, SH + least)
            for name, number in ((least, low), (most, high)):
                if name not in ("minInclusive", "maxInclusive") and (number or 0) < 0:
                    message = f"sh:{name} is below zero: nothing can be counted so"
                    yield warning("impossible-range", message, node, SH + name)


def _number(view: View, node: Term, name: str) -> float | None:
    for value in view.values(node, name)[:1]:
        if _is_number(value):
            try:
                return float(value.value)
            except ValueError:
                return None
    return None
