"""Property shapes without a path, with several, or with a path that is none.

Source: https://www.w3.org/TR/shacl/#property-paths
"""

from collections.abc import Iterator

import pyoxigraph as ox

from kg.validate.shapes.graph import RDF, SH, Term, values
from kg.validate.shapes.lint.parameters import list_fault
from kg.validate.shapes.lint.view import Found, View, violation, warning
from kg.validate.shapes.terms import PARAMETERS, PATHS

# Without a path these are passed over; the others make a shape ill-formed.
_UNREAD = ("qualifiedMinCount", "qualifiedMaxCount", "qualifiedValueShapesDisjoint")


def check_paths(view: View) -> Iterator[Found]:
    """Yield property shapes that say of no property, or not clearly of which one."""
    for node in view.index:
        paths = view.values(node, "path")
        if len(set(paths)) > 1:
            shown = ", ".join(sorted(map(view.show, set(paths))))
            message = f"several sh:path on one shape ({shown}): one property shape for each"
            yield violation("several-paths", message, node, SH + "path", paths[1])
        for path in paths:
            if fault := _path_fault(view, path, frozenset()):
                yield violation("malformed-path", f"sh:path {fault}", node, SH + "path", path)
    yield from _missing_paths(view)


def _missing_paths(view: View) -> Iterator[Found]:
    told: set[Term] = set()
    for node in view.index:
        for value in view.values(node, "property"):
            if isinstance(value, ox.Literal) or view.values(value, "path") or value in told:
                continue
            told.add(value)
            yield _pathless(view, node, value)
    for node in view.index:
        named = SH + "PropertyShape" in view.types(node)
        if named and node not in told and not view.values(node, "path"):
            told.add(node)
            message = f"{view.show(node)} has no sh:path: say which property it is about"
            yield violation("missing-path", message, node)


def _pathless(view: View, node: Term, value: Term) -> Found:
    if not view.described(value):
        message = f"sh:property leads to {view.show(value)}, which is described nowhere"
        return violation("undescribed", message, node, SH + "property", value)
    if values(view.index, value, RDF + "first"):
        message = "sh:property takes no list: give the property shapes with commas, not brackets"
        return violation("missing-path", message, node, SH + "property", value)
    subject = view.show(value) if isinstance(value, ox.NamedNode) else "a property shape"
    message = f"{subject} has no sh:path: say which property it is about"
    return violation("missing-path", message, value)


def _path_fault(view: View, node: Term, above: frozenset[Term]) -> str | None:
    """Return what is wrong with a path, as the end of a sentence; None where nothing is."""
    if isinstance(node, ox.NamedNode):
        return "is an empty list" if node.value == RDF + "nil" else None
    if not isinstance(node, ox.BlankNode):
        return f"takes an IRI or a path, not {view.show(node)}"
    if node in above:
        return "contains itself"
    if _is_list(view, node):
        return _list_path_fault(view, node, above | {node})
    return _kind_path_fault(view, node, above | {node})


def _kind_path_fault(view: View, node: Term, above: frozenset[Term]) -> str | None:
    kinds = [kind for kind in PATHS if view.values(node, kind)]
    if not kinds:
        known = ", ".join("sh:" + kind for kind in PATHS)
        return f"is a node that is neither a list nor has one of {known}"
    if len(kinds) != 1 or len(view.values(node, kinds[0])) != 1:
        return f"has sh:{' and sh:'.join(kinds)} more than once: one path, one kind"
    (inner,) = view.values(node, kinds[0])
    if kinds[0] != "alternativePath":
        return _path_fault(view, inner, above)
    if not _is_list(view, inner):
        return "has sh:alternativePath without a list in round brackets"
    return _list_path_fault(view, inner, above)


def _is_list(view: View, node: Term) -> bool:
    return any(values(view.index, node, RDF + name) for name in ("first", "rest"))


def _list_path_fault(view: View, node: Term, above: frozenset[Term]) -> str | None:
    if fault := list_fault(view, node):
        return f"has a list that {fault}"
    items = view.items(node)
    if len(items) < 2:
        return "has a list with a single member: write the member alone"
    faults = (_path_fault(view, item, above) for item in items)
    return next((fault for fault in faults if fault), None)


def check_places(view: View) -> Iterator[Found]:
    """Yield parameters of property shapes on node shapes, where they say nothing.

    Source: https://www.w3.org/TR/shacl/#shacl-shacl, shsh:NodeShapeShape
    """
    on_property = [name for name, p in PARAMETERS.items() if p.on_property]
    properties = {v for node in view.index for v in view.values(node, "property")}
    for node in view.index:
        if view.values(node, "path") or node in properties:
            continue
        if SH + "PropertyShape" in view.types(node):
            continue
        for name in on_property:
            for value in view.values(node, name)[:1]:
                say = warning if name in _UNREAD else violation
                yield say(
                    "misplaced-parameter",
                    f"sh:{name} stands on a shape without sh:path, where it says nothing: "
                    "put it into sh:property [ sh:path … ]",
                    node,
                    SH + name,
                    value,
                )
    for node in view.index:
        if SH + "NodeShape" in view.types(node) and view.values(node, "path"):
            message = f"{view.show(node)} is a sh:NodeShape and has sh:path: one or the other"
            yield violation("node-shape-with-path", message, node, SH + "path")
