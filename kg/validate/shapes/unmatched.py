"""Targets that no node of the data is: shapes that check nothing, which a verdict does not tell."""

from collections.abc import Collection
from difflib import get_close_matches
from typing import Protocol

from kg.validate.report import Problem
from kg.validate.shapes.graph import NAMELESS
from kg.validate.shapes.model import ShapesGraph, Target

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

_SAYS = {
    "targetClass": "is of the class",
    "targetSubjectsOf": "has the property",
    "targetObjectsOf": "is a value of the property",
    "targetNode": "is",
}


class Seen(Protocol):
    """What the data have, gathered while they are read."""

    @property
    def predicates(self) -> Collection[str]:
        """IRIs of all properties."""

    @property
    def classes(self) -> Collection[str]:
        """IRIs of all classes that a node has by rdf:type, with the classes above them."""

    def has_node(self, term: str) -> bool:
        """Return whether a node stands as subject or object; literals in N-Triples."""


def unmatched_targets(shapes: ShapesGraph, seen: Seen) -> tuple[Problem, ...]:
    """Return a warning for each target that selects no node of the data, in the order of shapes.

    A class or property that the data nearly have is named: a misspelt target checks nothing.
    """
    nodes = [target.term for target in shapes.targets if target.kind == "targetNode"]
    predicates = frozenset(seen.predicates)
    known = {
        "targetClass": frozenset(seen.classes),
        "targetSubjectsOf": predicates,
        "targetObjectsOf": predicates,
        "targetNode": frozenset(node for node in nodes if seen.has_node(node)),
    }
    found: dict[tuple[str, str], Target] = {}
    for target in shapes.targets:
        if target.term not in known[target.kind]:
            found.setdefault((target.kind, target.term), target)
    return tuple(_problem(shapes, target, known[target.kind]) for target in found.values())


def _problem(shapes: ShapesGraph, target: Target, known: Collection[str]) -> Problem:
    near = _nearest(target.term, known) if target.kind != "targetNode" else None
    hint = f": did you mean {near}?" if near else ": the shape checks nothing by this target"
    return Problem(
        severity="Warning",
        code="unmatched-target",
        message=f"no node of the data {_SAYS[target.kind]} {target.term}{hint}",
        shape="_:" if target.shape.startswith(NAMELESS) else target.shape,
        place=shapes.place_of(target.shape),
    )


def _nearest(iri: str, known: Collection[str]) -> str | None:
    """Return the IRI of the same name in another namespace, else one nearly the same."""
    names = sorted(set(known) - {_TYPE})
    local = _local(iri)
    same = [name for name in names if _local(name).lower() == local.lower()]
    close = same or [
        name
        for name in get_close_matches(iri, names, n=3, cutoff=0.9)
        if get_close_matches(local, [_local(name)], cutoff=0.75)
    ]
    return close[0] if close else None


def _local(iri: str) -> str:
    return iri.replace("#", "/").rstrip("/").rpartition("/")[2]
