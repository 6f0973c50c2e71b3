"""The shapes graph: read, checked for mistakes that engines pass over, and compiled once.

A misspelt `sh:minCoun` or a property shape without `sh:path` makes a constraint that never fires;
most engines accept it silently. Both are refused here.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import ShapesError
from kg.resources import resource_dir

SH = "http://www.w3.org/ns/shacl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NAMELESS = "urn:kg:nameless-shape:"
_PROFILES = frozenset({"publish"})
_LOADS = re.compile(r"(?<![\w:?$])(SERVICE|FROM|LOAD)\b", re.IGNORECASE)
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|<[^<>\s]*>")

# Source: https://www.w3.org/TR/shacl/#shacl-shacl, the terms of Core and of SHACL-SPARQL.
_TERM_NAMES = """NodeShape PropertyShape Violation Warning Info IRI BlankNode Literal BlankNodeOrIRI
    BlankNodeOrLiteral IRIOrLiteral SPARQLConstraint SPARQLSelectValidator SPARQLAskValidator
    ConstraintComponent Parameter PrefixDeclaration ShapesGraph shapesGraph suggestedShapesGraph
    entailment path inversePath
    alternativePath zeroOrMorePath oneOrMorePath zeroOrOnePath targetClass targetNode
    targetObjectsOf targetSubjectsOf property node class datatype nodeKind minCount maxCount
    minExclusive minInclusive maxExclusive maxInclusive minLength maxLength pattern flags
    languageIn uniqueLang equals disjoint lessThan lessThanOrEquals not and or xone
    qualifiedValueShape qualifiedValueShapesDisjoint qualifiedMinCount qualifiedMaxCount closed
    ignoredProperties hasValue in severity message deactivated name description order group
    defaultValue PropertyGroup sparql select ask prefixes declare prefix namespace validator
    nodeValidator propertyValidator parameter optional labelTemplate Validator"""
_TERMS = frozenset(_TERM_NAMES.split())


@dataclass(frozen=True)
class ShapesGraph:
    """Shapes ready to validate with.

    Attributes:
        text: the whole graph as N-Triples.
        messages: of each shape that has one, by its name.
        paths: property path of each property shape, by its name.
        owners: the shape in whose `sh:property` a nameless one stands, by the name given to it.
        classes, predicates: what the targets select by; nodes: fixed target nodes.
    """

    text: str
    messages: Mapping[str, str]
    paths: Mapping[str, str]
    owners: Mapping[str, str]
    classes: frozenset[str]
    predicates: frozenset[str]
    nodes: frozenset[str]

    @cached_property
    def compiled(self) -> Any:  # noqa: ANN401  (the wheel may be missing)
        """The shapes as the `shacl` engine keeps them.

        Raises:
            ShapesError: the engine refuses them.
        """
        import shacl

        try:
            return shacl.Shapes.from_text(self.text, format="ntriples")
        except ValueError as error:
            raise ShapesError(_one_line(error)) from None

    @cached_property
    def rdflib_graph(self) -> Any:  # noqa: ANN401  (rdflib is not loaded unless needed)
        """The shapes as an rdflib graph, read from the text."""
        import rdflib

        return rdflib.Graph().parse(data=self.text, format="nt")


def load_shapes(source: str | Path | None = None, *, profile: str | None = None) -> ShapesGraph:
    """Return shapes, checked; those of the same files are read and compiled once.

    Args:
        source: file or folder of Turtle; the project's own shapes where None.
        profile: name of a further set that is left out otherwise, such as `publish`.

    Raises:
        ShapesError: no such profile, a file that does not parse (file and line), no shape at all,
            or a shape with a mistake that engines would pass over; names the shape.
    """
    if profile is not None and profile not in _PROFILES:
        raise ShapesError(f"no such profile: {profile} (there is {', '.join(sorted(_PROFILES))})")
    folder = Path(source) if source is not None else resource_dir("shapes")
    if folder.is_dir():
        files = sorted(folder.glob("*.ttl"))
        if source is None:
            files = [f for f in files if f.stem not in _PROFILES or f.stem == profile]
    else:
        files = [folder]
    stamps = tuple((str(f), f.stat().st_mtime_ns if f.is_file() else 0) for f in files)
    return _load(stamps)


@lru_cache(maxsize=8)
def _load(stamps: tuple[tuple[str, int], ...]) -> ShapesGraph:
    triples = [triple for name, _ in stamps for triple in _parse(name)]
    _check(_index(triples))
    triples = _name_shapes(triples)
    index = _index(triples)
    return ShapesGraph(
        text=_as_text(triples),
        messages=_messages(index),
        paths={
            s.value: path_text(index, p[SH + "path"][0])
            for s, p in index.items()
            if isinstance(s, ox.NamedNode) and SH + "path" in p
        },
        owners={
            o.value: s.value
            for s, p in index.items()
            for o in p.get(SH + "property", [])
            if o.value.startswith(_NAMELESS)
        },
        classes=_objects(index, "targetClass") | _implicit_classes(index),
        predicates=_objects(index, "targetSubjectsOf") | _objects(index, "targetObjectsOf"),
        nodes=_objects(index, "targetNode"),
    )


_Index = dict[Any, dict[str, list[Any]]]


def _parse(name: str) -> list[ox.Triple]:
    try:
        return [ox.Triple(q.subject, q.predicate, q.object) for q in ox.parse(path=name)]
    except SyntaxError as error:
        place = f"{name}, line {error.lineno}" if error.lineno else name
        raise ShapesError(_one_line(error.msg), source=place) from None
    except (OSError, ValueError) as error:
        raise ShapesError(_one_line(error), source=name) from None


def _name_shapes(triples: list[ox.Triple]) -> list[ox.Triple]:
    """Return the triples with a name for every nameless shape that results may come from.

    Engines give blank nodes names of their own, by which a result cannot be traced to its shape.
    """
    names: dict[Any, ox.NamedNode] = {}
    for triple in triples:
        term = triple.predicate.value.removeprefix(SH)
        node = triple.object if term == "property" else triple.subject
        if (term == "property" or term.startswith("target")) and isinstance(node, ox.BlankNode):
            names.setdefault(node, ox.NamedNode(f"{_NAMELESS}{len(names) + 1}"))
    return [
        ox.Triple(names.get(t.subject, t.subject), t.predicate, names.get(t.object, t.object))
        for t in triples
    ]


def _as_text(triples: Iterable[ox.Triple]) -> str:
    data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return (data or b"").decode()


def _index(triples: Iterable[ox.Triple]) -> _Index:
    index: _Index = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        index[triple.subject][triple.predicate.value].append(triple.object)
    return index


def _check(index: _Index) -> None:
    shapes = [s for s, p in index.items() if any(t.startswith(SH + "target") for t in p)]
    if not shapes and not _implicit_classes(index):
        raise ShapesError("no shape with a target: nothing would be checked")
    for subject, properties in index.items():
        for predicate, values in properties.items():
            _check_term(subject, predicate)
            for value in values:
                if isinstance(value, ox.NamedNode):
                    _check_term(subject, value.value)
                if predicate == SH + "property" and SH + "path" not in index.get(value, {}):
                    raise ShapesError(f"{value} is used as sh:property and has no sh:path")
                if predicate in (SH + "select", SH + "ask"):
                    _check_query(subject, value.value)


def _check_term(subject: object, term: str) -> None:
    if term.startswith(SH) and term.removeprefix(SH) not in _TERMS:
        if term.endswith("ConstraintComponent"):
            return
        raise ShapesError(f"{subject}: no such SHACL term: sh:{term.removeprefix(SH)}")


def _check_query(subject: object, query: str) -> None:
    if _LOADS.search(_QUOTED.sub("''", query)):
        raise ShapesError(f"{subject}: SERVICE, FROM and LOAD are refused in a constraint's query")


def _messages(index: _Index) -> dict[str, str]:
    """Return messages by shape; that of a SPARQL constraint serves where the shape has none."""
    found: dict[str, str] = {}
    for subject, properties in index.items():
        if isinstance(subject, ox.NamedNode):
            texts = properties.get(SH + "message", [])
            texts = texts or [
                text
                for constraint in properties.get(SH + "sparql", [])
                for text in index.get(constraint, {}).get(SH + "message", [])
            ]
            if texts:
                found[subject.value] = min(text.value for text in texts)
    return found


def _objects(index: _Index, term: str) -> frozenset[str]:
    return frozenset(
        value.value for p in index.values() for value in p.get(SH + term, []) if value is not None
    )


def _implicit_classes(index: _Index) -> frozenset[str]:
    shape, rdfs_class = SH + "NodeShape", "http://www.w3.org/2000/01/rdf-schema#Class"
    found = set()
    for subject, properties in index.items():
        types = {t.value for t in properties.get(RDF + "type", []) if isinstance(t, ox.NamedNode)}
        if {shape, rdfs_class} <= types:
            found.add(subject.value)
    return frozenset(found)


def path_text(index: _Index, node: Any) -> str:  # noqa: ANN401  (any term)
    """Return a SHACL path: the IRI of a predicate, else a property path in SPARQL."""
    if isinstance(node, ox.NamedNode):
        return node.value
    return _complex_path(index, node)


def _complex_path(index: _Index, node: Any) -> str:  # noqa: ANN401  (any term)
    if isinstance(node, ox.NamedNode):
        return f"<{node.value}>"
    parts = index[node]
    if RDF + "first" in parts:
        return "/".join(_complex_path(index, item) for item in _items(index, node))
    if SH + "inversePath" in parts:
        return "^" + _complex_path(index, parts[SH + "inversePath"][0])
    if SH + "alternativePath" in parts:
        items = _items(index, parts[SH + "alternativePath"][0])
        return "(" + "|".join(_complex_path(index, item) for item in items) + ")"
    for term, mark in (("zeroOrMorePath", "*"), ("oneOrMorePath", "+"), ("zeroOrOnePath", "?")):
        if SH + term in parts:
            return f"({_complex_path(index, parts[SH + term][0])}){mark}"
    raise ShapesError(f"{node}: not a property path")


def _items(index: _Index, node: Any) -> Iterable[Any]:  # noqa: ANN401  (any term)
    while RDF + "first" in index.get(node, {}):
        yield index[node][RDF + "first"][0]
        node = index[node][RDF + "rest"][0]


def _one_line(error: object) -> str:
    return " ".join(str(error).split())
