"""Things in the wrong place: severities nobody reads, constraints nobody applies, circles."""

from collections.abc import Iterator

import pyoxigraph as ox

from kg.validate.shapes.effect import has_effect
from kg.validate.shapes.graph import RDF, SH, Term, values
from kg.validate.shapes.lint.view import Found, View, violation, warning
from kg.validate.shapes.terms import SHAPE_LISTS, SHAPE_VALUES

_SHAPES = frozenset({SH + "NodeShape", SH + "PropertyShape"})
# With these a property shape describes a form, or is switched off: it need not check anything.
_MEANT_SO = ("name", "description", "order", "group", "defaultValue", "deactivated")
_QUERY_NODES = ("SPARQLConstraint", "SPARQLAskValidator", "SPARQLSelectValidator", "Validator")
_TO_QUERY = frozenset(
    SH + name for name in ("sparql", "validator", "nodeValidator", "propertyValidator")
)


def check_severities(view: View) -> Iterator[Found]:
    """Yield severities and messages on nodes where SHACL does not read them.

    Source: https://www.w3.org/TR/shacl/#severity
    """
    for node, properties in view.index.items():
        wrong = _wrong_place(view, node)
        for value in properties.get(SH + "severity", []):
            if wrong:
                message = f"sh:severity is not read on {wrong}: put it on the shape"
                yield violation("misplaced-severity", message, node, SH + "severity", value)
        may_say = node in view.components or _has_query(view, node)
        if SH + "message" in properties and wrong and not may_say:
            message = f"sh:message is not read on {wrong}: put it on the shape"
            yield warning("misplaced-message", message, node, SH + "message")


def _wrong_place(view: View, node: Term) -> str | None:
    """Return what a node is that is no shape; None for shapes."""
    if node in view.targeted or _SHAPES & view.types(node):
        return None
    kinds = (
        (None, isinstance(node, ox.NamedNode) and node.value.startswith(SH)),
        ("the node of a query", _has_query(view, node)),
        ("a property path", node in view.path_nodes),
        ("a constraint component", node in view.components),
        (None, node in view.shapes),
        ("a list", bool(values(view.index, node, RDF + "first"))),
        (f"{view.show(node)}, which is no shape", True),
    )
    return next(kind for kind, applies in kinds if applies)


def _has_query(view: View, node: Term) -> bool:
    if any(view.values(node, name) for name in ("select", "ask")):
        return True
    if any(predicate in _TO_QUERY for _, predicate in view.incoming.get(node, ())):
        return True
    return any(SH + name in view.types(node) for name in _QUERY_NODES)


def check_effect(view: View) -> Iterator[Found]:
    """Yield shapes that check nothing: all data pass them."""
    for node in view.targeted:
        if not has_effect(view.index, node, view.own_parameters):
            message = "a shape with a target and without a constraint that is on: it checks nothing"
            yield warning("checks-nothing", message, node)
    for node in list(view.index):
        if _is_idle_property(view, node):
            message = "a property shape without a constraint: it checks nothing"
            yield warning("checks-nothing", message, node)


def _is_idle_property(view: View, node: Term) -> bool:
    if not view.values(node, "path") or node not in view.shapes or node in view.targeted:
        return False
    if node in view.parameter_nodes or any(view.values(node, name) for name in _MEANT_SO):
        return False
    return not has_effect(view.index, node, view.own_parameters)


def check_idle_severities(view: View) -> Iterator[Found]:
    """Yield severities of node shapes that have no constraint of their own to count for.

    Source: https://www.w3.org/TR/shacl/#severity
    """
    others = view.constraining - {SH + "property"}
    for node, properties in list(view.index.items()):
        shapes = properties.get(SH + "property", [])
        idle = SH + "severity" in properties and shapes and others.isdisjoint(properties)
        if idle and not any(view.values(shape, "severity") for shape in shapes):
            message = "sh:severity of a node shape does not count for its property shapes"
            yield warning("idle-severity", f"{message}: put it on them", node, SH + "severity")


def check_reach(view: View) -> Iterator[Found]:
    """Yield shapes with constraints that no shape with a target leads to: they never apply."""
    reached = _reach(view, view.targeted)
    loose = {
        node: None
        for node, properties in view.index.items()
        if node not in reached
        and node not in view.parameter_nodes
        and not _is_other(view, node)
        and not view.constraining.isdisjoint(properties)
    }
    below = _reach(view, [v for node in loose for _, v in _edges(view, node) if v != node])
    for node in loose:
        if node not in below:
            yield _loose_problem(view, node)


def _is_other(view: View, node: Term) -> bool:
    """Return whether a node is something else of SHACL: a component, a function, a validator."""
    kinds = {kind for kind in view.types(node) if kind.startswith(SH)}
    return bool(kinds) and not kinds & _SHAPES


def _loose_problem(view: View, node: Term) -> Found:
    if isinstance(node, ox.NamedNode):
        subject = view.show(node)
    else:
        place = _wrong_place(view, node)
        subject = f"constraints on {place}" if place else "a shape without a name"
    message = f"{subject}: never applied, for no shape with a target leads there"
    if any(name.endswith("#Class") for name in view.types(node)):
        message += "; a class is a target by itself only as rdfs:Class and sh:NodeShape at once"
    else:
        message += "; give it a target, or use it by sh:node or sh:property"
    return warning("never-applied", message, node)


def _reach(view: View, start: frozenset[Term] | list[Term]) -> set[Term]:
    found: set[Term] = set()
    ways = list(start)
    while ways:
        node = ways.pop()
        if node not in found:
            found.add(node)
            ways += [value for _, value in _edges(view, node)]
    return found


def _edges(view: View, node: Term) -> Iterator[tuple[str, Term]]:
    """Yield what a shape applies: other shapes, and all that own parameters lead to."""
    for predicate, objects in view.index.get(node, {}).items():
        if predicate in view.own_parameters or predicate in _LEADS:
            for value in objects:
                yield predicate, value
                yield from ((predicate, item) for item in view.items(value))


_LEADS = frozenset(
    SH + name
    for name in (
        *SHAPE_VALUES,
        *SHAPE_LISTS,
        *("filterShape", "expression", "nodes", "condition", "memberShape"),
    )
)


def check_references(view: View) -> Iterator[Found]:
    """Yield shapes that are referred to and described nowhere, and node shapes that are none."""
    for node in view.index:
        for name, value in view.references(node):
            if name == "property" or isinstance(value, ox.Literal):
                continue
            if not view.described(value):
                yield warning(
                    "undescribed",
                    f"sh:{name} leads to {view.show(value)}, which is described nowhere: "
                    "every node conforms to it",
                    node,
                    SH + name,
                )
            elif name == "node" and view.values(value, "path"):
                message = f"sh:node leads to the property shape {view.show(value)}: use sh:property"
                yield violation("not-a-node-shape", message, node, SH + "node", value)


def check_companions(view: View) -> Iterator[Found]:
    """Yield parameters that need another one beside them."""
    for node in view.index:
        qualified = [n for n in ("qualifiedMinCount", "qualifiedMaxCount") if view.values(node, n)]
        if view.values(node, "qualifiedValueShape") and not qualified:
            message = (
                "sh:qualifiedValueShape without sh:qualifiedMinCount or sh:qualifiedMaxCount "
                "checks nothing: add one"
            )
            yield violation("incomplete", message, node, SH + "qualifiedValueShape")
        if qualified and not view.values(node, "qualifiedValueShape"):
            message = f"sh:{qualified[0]} without sh:qualifiedValueShape checks nothing: add it"
            yield warning("incomplete", message, node, SH + qualified[0])
        if view.values(node, "flags") and not view.values(node, "pattern"):
            message = "sh:flags without sh:pattern checks nothing: add the pattern"
            yield violation("incomplete", message, node, SH + "flags")
        if view.values(node, "ignoredProperties") and not view.values(node, "closed"):
            message = "sh:ignoredProperties without sh:closed checks nothing: add sh:closed true"
            yield warning("incomplete", message, node, SH + "ignoredProperties")


def check_closed(view: View) -> Iterator[Found]:
    """Yield closed shapes for a class that forbid the very rdf:type by which nodes are of it."""
    for node in view.index:
        closed = any(
            getattr(value, "value", "") in ("true", "1") for value in view.values(node, "closed")
        )
        if not closed or not view.values(node, "targetClass"):
            continue
        allowed = [
            item for value in view.values(node, "ignoredProperties") for item in view.items(value)
        ]
        for shape in view.values(node, "property"):
            allowed += view.values(shape, "path")
        if ox.NamedNode(RDF + "type") not in allowed:
            message = (
                "sh:closed forbids rdf:type, which every node of sh:targetClass has: "
                "add sh:ignoredProperties ( rdf:type )"
            )
            yield warning("closed-without-type", message, node, SH + "closed")


def check_recursion(view: View) -> Iterator[Found]:
    """Yield shapes that refer to themselves: what that means is left open.

    Source: https://www.w3.org/TR/shacl/#shapes-recursion
    """
    told: set[Term] = set()
    for node in view.index:
        if node in told:
            continue
        circle = _circle(view, node)
        if circle:
            told.update(circle)
            message = (
                f"{view.show(node)} refers to itself by {_chain(view, circle)}: SHACL leaves open "
                "what that means, and engines differ"
            )
            yield warning("recursion", message, node)


def _chain(view: View, circle: list[Term]) -> str:
    named = [view.show(node) for node in circle if isinstance(node, ox.NamedNode)]
    return " → ".join(named) or "nodes without names"


def _circle(view: View, start: Term) -> list[Term]:
    """Return the shapes on a way from a shape back to itself; none where there is no way."""
    before: dict[Term, Term] = {}
    ways = [start]
    while ways:
        node = ways.pop(0)
        for _, value in view.references(node):
            if value == start:
                trail = [node]
                while trail[-1] != start:
                    trail.append(before[trail[-1]])
                return [*reversed(trail), start]
            if value not in before:
                before[value] = node
                ways.append(value)
    return []
