"""Which shapes check anything at all, and with what: a shape without effect lets all data pass."""

from collections.abc import Collection, Iterable, Mapping

import pyoxigraph as ox

from kg.validate.shapes.graph import SH, Index, Term, list_items, values
from kg.validate.shapes.terms import NOT_RUN, PARAMETERS, SHAPE_LISTS, SHAPE_VALUES

# Parameters that only say more about another one.
_COMPANIONS = frozenset({"flags", "ignoredProperties", "qualifiedValueShapesDisjoint"})
_ONWARD = ("property", "node")
_FEW = 5
_CONSTRAINTS = frozenset(
    SH + name
    for name, parameter in PARAMETERS.items()
    if parameter.constrains and name not in _COMPANIONS and name not in (*_ONWARD, "closed")
)


def own_parameters(index: Index) -> frozenset[str]:
    """Return the parameters of the constraint components that the shapes bring with them.

    Source: https://www.w3.org/TR/shacl/#constraint-components-parameters
    """
    return frozenset(
        str(path.value)
        for node in list(index)
        for parameter in values(index, node, SH + "parameter")
        for path in values(index, parameter, SH + "path")
    )


def has_effect(index: Index, shape: Term, own: Collection[str]) -> bool:
    """Return whether a shape, or one that it leads to, has a constraint that is not switched off.

    Args:
        index: all shapes.
        shape: a node or property shape.
        own: parameters of components that are not SHACL's own.
    """
    waiting, seen = [shape], {shape}
    while waiting:
        node = waiting.pop()
        if node not in index or _is_true(index, node, "deactivated"):
            continue
        properties = index[node]
        if not _CONSTRAINTS.isdisjoint(properties) or not properties.keys().isdisjoint(own):
            return True
        if _is_true(index, node, "closed"):
            return True
        onward = [n for name in _ONWARD for n in values(index, node, SH + name) if n not in seen]
        seen.update(onward)
        waiting += onward
    return False


def without_idle(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Return the triples without what is not run here, so that no engine runs it by itself."""
    idle = {SH + name for name in NOT_RUN}
    return [triple for triple in triples if triple.predicate.value not in idle]


def find_details(index: Index, prefixes: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Return what a constraint asks for, such as `sh:minCount 1`, by shape and component."""
    found: dict[tuple[str, str], str] = {}
    told = set(PARAMETERS) - {*SHAPE_LISTS, *SHAPE_VALUES, "sparql", *_COMPANIONS} | {"node"}
    for shape in list(index):
        for name in sorted(told) if isinstance(shape, ox.NamedNode) else ():
            terms = values(index, shape, SH + name)
            if name in ("in", "languageIn"):
                terms = [item for term in terms for item in list_items(index, term)]
            if terms and not any(isinstance(term, ox.BlankNode) for term in terms):
                component = name[0].upper() + name[1:]
                found[shape.value, component] = f"sh:{name} {_listed(terms, prefixes)}"
    return found


def _is_true(index: Index, node: Term, name: str) -> bool:
    return any(str(term.value) in ("true", "1") for term in values(index, node, SH + name))


def _listed(terms: list[Term], prefixes: Mapping[str, str]) -> str:
    more = f" and {len(terms) - _FEW} more" if len(terms) > _FEW else ""
    return ", ".join(_short(term, prefixes) for term in terms[:_FEW]) + more


def _short(term: Term, prefixes: Mapping[str, str]) -> str:
    if isinstance(term, ox.Literal):
        return str(term.value)
    for prefix, namespace in prefixes.items():
        if namespace and term.value.startswith(namespace):
            return f"{prefix}:{term.value.removeprefix(namespace)}"
    return str(term)
