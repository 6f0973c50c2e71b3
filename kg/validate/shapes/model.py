"""Shapes ready to validate with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kg.validate.report import Place, Problem
from kg.validate.shapes.places import find_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a shape selects its nodes by.

    Attributes:
        shape: name of the shape.
        kind: targetClass, targetNode, targetSubjectsOf or targetObjectsOf; a shape that is a class
            itself has targetClass.
        term: IRI of the class, property or node; a literal in N-Triples.
    """

    shape: str
    kind: str
    term: str


@dataclass(frozen=True)
class ShapesGraph:
    """Shapes ready to validate with.

    Attributes:
        text: the whole graph as N-Triples.
        messages: of each shape that has one, by its name.
        paths: property path of each property shape, by its name.
        owners: the shape in whose `sh:property` a nameless one stands, by the name given to it.
        details: what a constraint asks for, by the name of the shape and the component.
        classes, predicates: what the targets select by; nodes: fixed target nodes.
        targets: the same by shape; none of shapes that check nothing.
        files: the files that they come from.
        prefixes: namespaces by prefix, as those files declare them.
        terms: whether the terms of schema.org are to be checked too.
        problems: what the linter warns of; shapes with worse are not loaded.
    """

    text: str
    messages: Mapping[str, str]
    paths: Mapping[str, str]
    owners: Mapping[str, str]
    classes: frozenset[str]
    predicates: frozenset[str]
    nodes: frozenset[str]
    details: Mapping[tuple[str, str], str] = field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    files: tuple[str, ...] = ()
    prefixes: Mapping[str, str] = field(default_factory=dict)
    terms: bool = False
    problems: tuple[Problem, ...] = ()

    def place_of(self, shape: str) -> Place | None:
        """Return where a shape stands; None where it is not known. The files are read on demand.

        Args:
            shape: its name, that given to a nameless one included.
        """
        return self._places.get(shape)

    @cached_property
    def _places(self) -> Mapping[str, Place]:
        return find_lines(self.files)
