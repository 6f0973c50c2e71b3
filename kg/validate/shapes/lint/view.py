"""The shapes graph as the rules of the linter look at it, and what they find."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg.validate.report import Severity
from kg.validate.shapes.files import ShapesFile
from kg.validate.shapes.graph import (
    RDF,
    SH,
    XSD,
    Index,
    Term,
    index_triples,
    list_items,
    name_shapes,
    types_of,
    values,
)
from kg.validate.shapes.terms import PARAMETERS, SHAPE_LISTS, SHAPE_VALUES, TARGETS, TERMS

_LONGEST = 60
_PLAIN = tuple(ox.NamedNode(XSD + name) for name in ("integer", "decimal", "boolean"))
_STRUCTURE = frozenset(
    f"{SH}{name}"
    for name in ("sparql", "validator", "nodeValidator", "propertyValidator", "parameter")
) | {f"{SH}declare"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A problem at a statement of the shapes graph.

    Attributes:
        severity: Violation or Warning.
        code: kind of problem.
        message: what is wrong and what to do.
        node: subject of the statement; None where no single one is meant.
        term: IRI of its predicate; None where the whole node is meant.
        value: its object; None where all of the predicate are meant.
    """

    severity: Severity
    code: str
    message: str
    node: Term | None = None
    term: str | None = None
    value: Term | None = None


def violation(
    code: str, message: str, node: Term = None, term: str | None = None, value: Term = None
) -> Found:
    """Return a problem that makes the shapes unusable."""
    return Found(
        severity="Violation", code=code, message=message, node=node, term=term, value=value
    )


def warning(
    code: str, message: str, node: Term = None, term: str | None = None, value: Term = None
) -> Found:
    """Return a problem that the reader should know of."""
    return Found(severity="Warning", code=code, message=message, node=node, term=term, value=value)


class View:
    """A shapes graph with what the rules ask of it, worked out once.

    Attributes:
        files: what was read.
        triples: of all files.
        index: objects by subject and predicate.
        names: names given to nameless shapes.
    """

    def __init__(self, files: Sequence[ShapesFile]) -> None:
        self.files = files
        self.triples = [triple for file in files for triple in file.triples]
        self.index: Index = index_triples(self.triples)
        self.names = name_shapes(self.triples)

    def values(self, node: Term, name: str) -> list[Term]:
        """Return the objects of a SHACL property, named without its prefix."""
        return values(self.index, node, SH + name)

    def items(self, node: Term) -> list[Term]:
        """Return the members of a list."""
        return list_items(self.index, node)

    def types(self, node: Term) -> frozenset[str]:
        """Return the classes of a node, with those above them."""
        return self._types.get(node, frozenset())

    def described(self, node: Term) -> bool:
        """Return whether the graph says anything of a node."""
        return node in self.index

    def show(self, term: Term) -> str:
        """Return a term as the reader wrote it: with a prefix where the files have one."""
        if isinstance(term, str):
            term = ox.NamedNode(term)
        if isinstance(term, ox.BlankNode):
            return "a node without a name"
        if not isinstance(term, ox.NamedNode):
            plain = getattr(term, "datatype", None) in _PLAIN
            text = str(term.value if plain else term)
            return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
        for space, prefix in self._prefixes:
            if term.value.startswith(space) and term.value != space:
                return f"{prefix}:{term.value.removeprefix(space)}"
        return f"<{term.value}>"

    @cached_property
    def _prefixes(self) -> list[tuple[str, str]]:
        pairs = {(SH, "sh")}
        pairs |= {(space, prefix) for file in self.files for prefix, space in file.prefixes.items()}
        return sorted(pairs, key=lambda pair: (-len(pair[0]), pair[1]))

    @cached_property
    def _types(self) -> Mapping[Term, frozenset[str]]:
        typed = (node for node, properties in self.index.items() if RDF + "type" in properties)
        return {node: types_of(self.index, node) for node in typed}

    @cached_property
    def incoming(self) -> Mapping[Term, list[tuple[Term, str]]]:
        """Subjects and predicates of the statements whose object a node is."""
        found: dict[Term, list[tuple[Term, str]]] = defaultdict(list)
        for triple in self.triples:
            if not isinstance(triple.object, ox.Literal):
                found[triple.object].append((triple.subject, triple.predicate.value))
        return found

    @cached_property
    def components(self) -> frozenset[Term]:
        """Constraint components that the graph declares itself."""
        named = {node for node, kinds in self._types.items() if SH + "ConstraintComponent" in kinds}
        return frozenset(named)

    @cached_property
    def own_parameters(self) -> frozenset[str]:
        """IRIs of the parameters of the components that the graph declares itself."""
        return frozenset(
            path.value
            for component in self.components
            for parameter in self.values(component, "parameter")
            for path in self.values(parameter, "path")
            if isinstance(path, ox.NamedNode)
        )

    @cached_property
    def parameter_nodes(self) -> frozenset[Term]:
        """Declarations of parameters: they look like property shapes and constrain nothing."""
        values_of = {
            value
            for properties in self.index.values()
            for value in properties.get(SH + "parameter", [])
        }
        typed = {node for node, kinds in self._types.items() if SH + "Parameter" in kinds}
        return frozenset(values_of | typed)

    @cached_property
    def targeted(self) -> frozenset[Term]:
        """Shapes that have a target, by a statement or as classes."""
        shapes = {SH + "NodeShape", SH + "PropertyShape"}
        rdfs_class = "http://www.w3.org/2000/01/rdf-schema#Class"
        found = {
            node for node, kinds in self._types.items() if rdfs_class in kinds and shapes & kinds
        }
        for node, properties in self.index.items():
            if any(SH + target in properties for target in TARGETS):
                found.add(node)
        return frozenset(found)

    @cached_property
    def constraining(self) -> frozenset[str]:
        """IRIs of all parameters that make a constraint."""
        core = {SH + name for name, parameter in PARAMETERS.items() if parameter.constrains}
        return frozenset(core | self.own_parameters)

    @cached_property
    def shapes(self) -> frozenset[Term]:
        """All nodes that SHACL counts as shapes.

        Source: https://www.w3.org/TR/shacl/#shapes
        """
        kinds_of_shape = {SH + "NodeShape", SH + "PropertyShape"}
        found = {node for node, kinds in self._types.items() if kinds_of_shape & kinds}
        found |= self.targeted
        for node, properties in self.index.items():
            if not self.constraining.isdisjoint(properties):
                found.add(node)
            found.update(value for _, value in self.references(node))
        return frozenset(node for node in found if not isinstance(node, ox.Literal))

    def references(self, node: Term) -> Sequence[tuple[str, Term]]:
        """Return the shapes that a shape refers to, each with the name of the property."""
        return self._references.get(node, ())

    @cached_property
    def _references(self) -> Mapping[Term, Sequence[tuple[str, Term]]]:
        return {node: tuple(self._find_references(node)) for node in self.index}

    def _find_references(self, node: Term) -> Iterator[tuple[str, Term]]:
        for name in SHAPE_VALUES:
            for value in self.values(node, name):
                yield name, value
        for name in SHAPE_LISTS:
            for value in self.values(node, name):
                for item in self.items(value):
                    yield name, item

    @cached_property
    def speaking(self) -> frozenset[Term]:
        """Nodes that say something in SHACL, or that SHACL leads to: no nodes of data."""
        found = set(self.shapes | self.path_nodes)
        for node, properties in self.index.items():
            known = [p for p in properties if p.removeprefix(SH) in TERMS and p.startswith(SH)]
            if known or any(kind.startswith(SH) for kind in self.types(node)):
                found.add(node)
            for predicate in _STRUCTURE.intersection(known):
                found.update(properties[predicate])
        return frozenset(found)

    @cached_property
    def path_nodes(self) -> frozenset[Term]:
        """Blank nodes that make up property paths."""
        ways = [v for p in self.index.values() for v in p.get(SH + "path", [])]
        found: set[Term] = set()
        while ways:
            node = ways.pop()
            if isinstance(node, ox.BlankNode) and node not in found:
                found.add(node)
                for values_of in self.index.get(node, {}).values():
                    ways += values_of
        return frozenset(found)

    def owner(self, node: Term) -> Term | None:
        """Return the nearest node with an IRI above a node, itself included; None without one."""
        seen: set[Term] = set()
        ways = [node]
        while ways:
            here = ways.pop(0)
            if isinstance(here, ox.NamedNode):
                return here
            if here not in seen:
                seen.add(here)
                ways += [subject for subject, _ in self.incoming.get(here, [])]
        return None
