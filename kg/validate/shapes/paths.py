"""Property paths of SHACL as text.

Source: https://www.w3.org/TR/shacl/#property-paths
"""

import pyoxigraph as ox

from kg.errors import ShapesError
from kg.validate.shapes.graph import RDF, SH, Index, Term, list_items, values

_MARKS = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
_DEEPEST = 50


def path_text(index: Index, node: Term) -> str:
    """Return a SHACL path: the IRI of a predicate, else a property path in SPARQL.

    Raises:
        ShapesError: it is not a path.
    """
    if isinstance(node, ox.NamedNode):
        return node.value
    return _complex_path(index, node, 0)


def _complex_path(index: Index, node: Term, depth: int) -> str:
    if isinstance(node, ox.NamedNode):
        return f"<{node.value}>"
    if depth > _DEEPEST:
        raise ShapesError(f"{node}: a property path that contains itself")
    if values(index, node, RDF + "first"):
        return "/".join(_complex_path(index, item, depth + 1) for item in list_items(index, node))
    for inner in values(index, node, SH + "inversePath")[:1]:
        text = _complex_path(index, inner, depth + 1)
        bare = not values(index, inner, RDF + "first") and not text.startswith("^")
        return f"^{text}" if bare else f"^({text})"
    for inner in values(index, node, SH + "alternativePath")[:1]:
        items = list_items(index, inner)
        return "(" + "|".join(_complex_path(index, item, depth + 1) for item in items) + ")"
    for term, mark in _MARKS.items():
        for inner in values(index, node, SH + term)[:1]:
            return f"({_complex_path(index, inner, depth + 1)}){mark}"
    raise ShapesError(f"{node}: not a property path")
