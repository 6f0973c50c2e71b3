"""The linter of shapes graphs: mistakes that engines pass over in silence, all of them at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from kg.validate.report import Place, Problem
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
    check_closed,
    check_companions,
    check_effect,
    check_idle_severities,
    check_reach,
    check_recursion,
    check_references,
    check_severities,
)
from kg.validate.shapes.lint.queries import check_declarations, check_queries
from kg.validate.shapes.lint.view import Found, View
from kg.validate.shapes.places import find_statements

Rule = Callable[[View], Iterable[Found]]

_RULES: tuple[Rule, ...] = (
    check_names,
    check_kinds,
    check_paths,
    check_places,
    check_severities,
    check_references,
    check_companions,
    check_closed,
    check_patterns,
    check_declarations,
    check_queries,
    check_targets,
    check_ranges,
    check_datatypes,
    check_not_run,
    check_imports,
    check_effect,
    check_idle_severities,
    check_reach,
    check_recursion,
)


def find_problems(files: Sequence[ShapesFile]) -> tuple[Problem, ...]:
    """Return all that is wrong with shapes: violations first, each group by file and line.

    Raises:
        ShapesError: the engine cannot read the shapes at all.
    """
    view = View(files)
    found = _fold(problem for rule in _RULES for problem in rule(view))
    found += check_by_shapes(view, found)
    found = _without_consequences(found)
    if not found:
        return ()
    places = find_statements(files, [(f.node, f.term, f.value) for f in found if f.node])
    first = Place(file=files[0].name, line=1) if len(files) == 1 else None
    problems = [
        _problem(view, f, places.get((f.node, f.term, f.value)) if f.node else first) for f in found
    ]
    numbers = {file.name: file.number for file in files}
    return tuple(sorted(problems, key=lambda problem: _rank(problem, numbers)))


def _without_consequences(found: Sequence[Found]) -> list[Found]:
    """Return what was found without shapes that check nothing because of what else is told."""
    broken = any(one.severity == "Violation" or one.code == "recursion" for one in found)
    told = {one.node for one in found if one.code != "checks-nothing"}
    return [
        one for one in found if one.code != "checks-nothing" or not (broken or one.node in told)
    ]


def _rank(problem: Problem, numbers: Mapping[str, int]) -> tuple[bool, int, int, str, str]:
    """Return the sort key: violations first, then by file and line."""
    place = problem.place
    number, line = (numbers[place.file], place.line) if place else (len(numbers) + 1, 0)
    return problem.severity != "Violation", number, line, problem.code, problem.message


def _fold(found: Iterable[Found]) -> list[Found]:
    """Return each problem once; one that says the same of another value of the node is dropped."""
    kept: dict[tuple[Term, str, str], Found] = {}
    for problem in found:
        kept.setdefault((problem.node, problem.code, problem.message), problem)
    return list(kept.values())


def _problem(view: View, found: Found, place: Place | None) -> Problem:
    owner = view.owner(found.node) if found.node is not None else None
    shape = None if found.node is None else "_:" if owner is None else str(owner.value)
    return Problem(
        severity=found.severity,
        code=found.code,
        message=found.message,
        shape=shape,
        place=place,
    )
