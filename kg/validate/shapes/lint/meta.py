"""SHACL's own shapes for shapes, as pySHACL carries them.

Source: https://www.w3.org/TR/shacl/#shacl-shacl
"""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import ShapesError
from kg.validate.shapes.graph import SH, Term, write_text
from kg.validate.shapes.lint.view import Found, View, violation

_STAND_IN = "urn:kg:stand-in:"
_WHOLE = frozenset({"Node", "Xone", "Or", "And", "Not", "NodeKind", "Property"})


def check_by_shapes(view: View, told: Collection[Found]) -> Iterator[Found]:
    """Yield what SHACL's own shapes refuse and no other rule has told already.

    Args:
        view: the shapes graph.
        told: what the other rules found.
    """
    broken = [found for found in told if found.severity == "Violation"]
    nodes = {found.node for found in broken}
    terms = {(found.node, found.term) for found in broken}
    whole = {found.node for found in broken if found.term is None}
    whole |= {found.value for found in broken if found.value is not None}
    stand_ins, text = _stand_in(view)
    seen: set[tuple[Term, str | None]] = set()
    for focus, path, component in _validate(text):
        node = stand_ins.get(focus) or ox.NamedNode(focus)
        term = path if path and path.startswith(SH) else None
        known = node in whole or (node, term) in terms or (node, term) in seen
        if known or _has_good_path(view, node, component):
            continue
        if (term is None or component in _WHOLE) and _explained(view, node, nodes):
            continue
        seen.add((node, term))
        what = f"{view.show(term)} of {view.show(node)}" if term else view.show(node)
        yield violation(
            "shacl-shacl",
            f"{what} is not well formed by SHACL's own shapes ({component}): "
            "see https://www.w3.org/TR/shacl/#syntax-rules",
            node,
            term,
        )


def _has_good_path(view: View, node: Term, component: str) -> bool:
    """Return whether a shape is refused for a path that the rule of paths has accepted.

    Its own statement of paths is narrower than the text: a list with another path beside is one.
    """
    return component == "Xone" and bool(view.values(node, "path"))


def _explained(view: View, node: Term, nodes: Collection[Term]) -> bool:
    """Return whether a problem at a shape or at one below it makes the shape fail as a whole."""
    seen: set[Term] = set()
    ways = [node]
    while ways:
        here = ways.pop()
        if here in nodes:
            return True
        if here not in seen and not isinstance(here, ox.Literal):
            seen.add(here)
            for objects in view.index.get(here, {}).values():
                ways += [v for v in objects if isinstance(v, ox.BlankNode)]
            ways += [value for _, value in view.references(here)]
    return False


def _stand_in(view: View) -> tuple[dict[str, Term], str]:
    """Return N-Triples in which blank nodes have names, but for those of paths.

    Engines name blank nodes anew, by which a result could not be traced. Of paths alone SHACL's
    shapes ask that they be blank.
    """
    names: dict[Term, ox.NamedNode] = {}

    def name(term: Term) -> Term:
        if not isinstance(term, ox.BlankNode) or term in view.path_nodes:
            return term
        return names.setdefault(term, ox.NamedNode(f"{_STAND_IN}{term.value}"))

    triples = [ox.Triple(name(t.subject), t.predicate, name(t.object)) for t in view.triples]
    return {iri.value: node for node, iri in names.items()}, write_text(triples)


def _validate(text: str) -> Iterable[tuple[str, str | None, str]]:
    """Yield focus, path and component of each result, for those whose focus has a name."""
    if find_spec("shacl") is None:
        yield from _validate_slowly(text)
        return
    try:
        report = _compiled().validate_text(text, format="ntriples")
    except ValueError as error:
        raise ShapesError(" ".join(str(error).split())) from None
    for result in sorted(report.results, key=lambda r: (str(r.focus_node), str(r.path))):
        focus = str(result.focus_node)
        if focus.startswith("<"):
            path = str(result.path).strip("<>") if result.path else None
            yield focus.strip("<>"), path, _component(str(result.component))


def _validate_slowly(text: str) -> Iterable[tuple[str, str | None, str]]:
    import pyshacl
    import rdflib
    from rdflib.namespace import SH as SHACL

    data = rdflib.Graph().parse(data=text, format="nt")
    shapes = rdflib.Graph().parse(data=_text(), format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    for node in report.objects(None, SHACL.result):
        focus, path = report.value(node, SHACL.focusNode), report.value(node, SHACL.resultPath)
        if isinstance(focus, rdflib.URIRef):
            component = report.value(node, SHACL.sourceConstraintComponent)
            yield str(focus), str(path) if path else None, _component(str(component))


def _component(name: str) -> str:
    return name.strip("<>").removeprefix(SH).removesuffix("ConstraintComponent")


@lru_cache(maxsize=1)
def _compiled() -> Any:  # noqa: ANN401  (untyped wheel)
    import shacl

    return shacl.Shapes.from_text(_text(), format="turtle")


def _text() -> str:
    """Return SHACL's own shapes, a file of pySHACL, which takes long to import."""
    spec = find_spec("pyshacl")
    if spec is None or spec.origin is None:
        raise ShapesError("the package pyshacl is not installed: the shapes cannot be checked")
    return (Path(spec.origin).parent / "assets" / "shacl-shacl.ttl").read_text("utf-8")
