"""The linter of shapes graphs: mistakes that engines pass over in silence, all of them at once."""

from collections.abc import Callable, Iterable, Sequence

from kg.validate.report import Place, ShapeProblem
from kg.validate.shapes.files import ShapesFile
from kg.validate.shapes.graph import Term
from kg.validate.shapes.lint.meta import check_by_shapes
from kg.validate.shapes.lint.names import (
    check_datatypes,
    check_imports,
    check_names,
    check_not_run,
    check_targets,
)
from kg.validate.shapes.lint.parameters import check_kinds, check_ranges
from kg.validate.shapes.lint.paths import check_paths, check_places
from kg.validate.shapes.lint.patterns import check_patterns
from kg.validate.shapes.lint.placement import (
    check_companions,
    check_reach,
    check_recursion,
    check_references,
    check_severities,
)
from kg.validate.shapes.lint.queries import check_declarations, check_queries
from kg.validate.shapes.lint.view import Found, View

Rule = Callable[[View], Iterable[Found]]

_RULES: tuple[Rule, ...] = (
    check_names,
    check_kinds,
    check_paths,
    check_places,
    check_severities,
    check_references,
    check_companions,
    check_patterns,
    check_declarations,
    check_queries,
    check_targets,
    check_ranges,
    check_datatypes,
    check_not_run,
    check_imports,
    check_reach,
    check_recursion,
)


def find_problems(files: Sequence[ShapesFile]) -> tuple[ShapeProblem, ...]:
    """Return all that is wrong with shapes: violations first, each group in the order of the files.

    Raises:
        ShapesError: the engine cannot read the shapes at all.
    """
    view = View(files)
    found = _fold(problem for rule in _RULES for problem in rule(view))
    found += check_by_shapes(view, found)
    if not found:
        return ()
    order = {node: rank for rank, node in enumerate(view.index)}
    ranked = sorted(
        found, key=lambda f: (f.severity != "Violation", order.get(f.node, -1), f.code, f.message)
    )
    return tuple(_problem(view, problem, None) for problem in ranked)


def _fold(found: Iterable[Found]) -> list[Found]:
    """Return each problem once; one that says the same of another value of the node is dropped."""
    kept: dict[tuple[Term, str, str], Found] = {}
    for problem in found:
        kept.setdefault((problem.node, problem.code, problem.message), problem)
    return list(kept.values())


def _problem(view: View, found: Found, place: Place | None) -> ShapeProblem:
    owner = view.owner(found.node) if found.node is not None else None
    shape = None if found.node is None else "_:" if owner is None else str(owner.value)
    return ShapeProblem(
        severity=found.severity,
        code=found.code,
        message=found.message,
        shape=shape,
        place=place,
    )
