"""Lines of shapes and of what is wrong with them. The files are read again, for these alone."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.validate.report import Place
from kg.validate.shapes.files import ShapesFile
from kg.validate.shapes.graph import Term

if TYPE_CHECKING:
    from kg.validate.places import Wanted

Statement = tuple[Term, str | None, Term | None]


def find_lines(files: Sequence[str]) -> Mapping[str, Place]:
    """Return where each shape stands, by its name.

    Args:
        files: in the order in which they were loaded.
    """
    from kg.validate.places import find_shape_places

    return find_shape_places(files)


def find_statements(
    files: Sequence[ShapesFile], wanted: Collection[Statement]
) -> Mapping[Statement, Place]:
    """Return where statements stand: the line itself, or that on which the node's block begins.

    Args:
        files: what was read.
        wanted: node, property and value; without value, or without property, what is nearest.
    """
    from kg.validate.places import find_places

    found: dict[Statement, Place] = {}
    said = {file.number: _statements(file) for file in files}
    nearest = {one: _nearest(said.values(), one) for one in wanted}
    for file in files:
        asked: dict[Statement, list[Statement]] = {}
        for one, near in nearest.items():
            if near is not None and near in said[file.number]:
                asked.setdefault(near, []).append(one)
        keys = {_wanted(near): near for near in asked}
        places = find_places(file.name, file.form, list(keys), file.number, base=file.base)
        for key, place in places.items():
            for one in asked[keys[key]]:
                found.setdefault(one, place)
    return found


def _statements(file: ShapesFile) -> set[Statement]:
    """Return the statements of a file, also without value, and its nodes alone."""
    found: set[Statement] = set()
    for triple in file.triples:
        node, term = triple.subject, triple.predicate.value
        found |= {(node, term, triple.object), (node, term, None)}
        found |= {(node, None, None), (triple.object, None, None)}
    return found


def _nearest(said: Iterable[set[Statement]], statement: Statement) -> Statement | None:
    """Return as much of a statement as stands in a file; None where not even the node does."""
    node, term, value = statement
    for near in ((node, term, value), (node, term, None), (node, None, None)):
        if any(near in statements for statements in said):
            return near
    return None


def _wanted(statement: Statement) -> "Wanted":
    from kg.validate.places import Wanted

    node, term, value = statement
    return Wanted(graph=None, focus=_text(node), path=term, value=_optional(value))


def _text(term: Term) -> str:
    return str(term.value) if isinstance(term, ox.NamedNode) else str(term)


def _optional(term: Term | None) -> str | None:
    return None if term is None else _text(term)
