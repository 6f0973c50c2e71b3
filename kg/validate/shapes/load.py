"""Shapes from files: read, linted, named, and kept for the next call."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg.errors import ShapesError
from kg.validate.profiles import choose_profiles, is_own, shape_files
from kg.validate.report import Problem
from kg.validate.shapes.effect import (
    find_details,
    has_effect,
    own_parameters,
    without_idle,
)
from kg.validate.shapes.files import ShapesFile, find_files, read_file
from kg.validate.shapes.graph import (
    NAMELESS,
    RDFS,
    SH,
    Index,
    Term,
    index_triples,
    name_shapes,
    rename,
    types_of,
    values,
    write_text,
)
from kg.validate.shapes.lint import find_problems
from kg.validate.shapes.model import ShapesGraph, Target
from kg.validate.shapes.paths import path_text
from kg.validate.shapes.terms import TARGETS

_OF_PARTS = ("never-applied", "checks-nothing")
ShapesSource = str | Path | Iterable[str | Path]


def load_shapes(
    source: ShapesSource | None = None, *, profiles: Iterable[str] | None = None
) -> ShapesGraph:
    """Return shapes, linted; those of the same files are read and compiled once.

    Args:
        source: RDF files, or folders whose RDF files are all read; the project's own where there
            are none. Named graphs are read as one graph; `owl:imports` are not followed.
        profiles: names of layers of the project's own shapes; where None, the usual ones if there
            is no `source`, else none.

    Raises:
        ShapesError: no such profile, a file that does not parse (file and line), or shapes with
            mistakes that engines would pass over: all at once, one a line, in `problems` as values.
    """
    paths = [source] if isinstance(source, str | Path) else list(source or ())
    names = None if profiles is None else tuple(profiles)
    files = find_files(paths)
    if names is not None or not paths:
        files += shape_files(names)
    terms = names is not None and any(profile.in_python for profile in choose_profiles(names))
    return _load(tuple(_stamp(file) for file in files), terms=terms)


def _stamp(file: Path) -> tuple[str, int, int]:
    if not file.is_file():
        return str(file), 0, 0
    stat = file.stat()
    return str(file), stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=16)
def _load(stamps: tuple[tuple[str, int, int], ...], *, terms: bool) -> ShapesGraph:
    files = [read_file(name, number) for number, (name, _, _) in enumerate(stamps, start=1)]
    problems = find_problems(files)
    # What a layer does not use of the parts that all layers share is no mistake.
    problems = tuple(p for p in problems if p.code not in _OF_PARTS or not is_own(p.place))
    broken = [problem for problem in problems if problem.severity == "Violation"]
    if broken:
        raise ShapesError("\n".join(map(_line, broken)), problems=problems)
    return replace(_build(files, problems), terms=terms)


def _line(problem: Problem) -> str:
    where = problem.place or problem.shape
    return f"{where}: {problem.message}" if where else problem.message


def _build(files: Sequence[ShapesFile], problems: tuple[Problem, ...]) -> ShapesGraph:
    triples: list[ox.Triple] = [triple for file in files for triple in file.triples]
    triples = rename(triples, name_shapes(triples))
    index = index_triples(triples)
    own = own_parameters(index)
    targets = tuple(
        target
        for target in find_targets(index)
        if has_effect(index, ox.NamedNode(target.shape), own)
    )
    prefixes = {name: iri for file in reversed(files) for name, iri in file.prefixes.items()}
    return ShapesGraph(
        text=write_text(without_idle(triples)),
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
            if o.value.startswith(NAMELESS)
        },
        classes=_terms(targets, "targetClass"),
        predicates=_terms(targets, "targetSubjectsOf", "targetObjectsOf"),
        nodes=_terms(targets, "targetNode"),
        targets=targets,
        files=tuple(file.name for file in files),
        prefixes=prefixes,
        details=find_details(index, prefixes),
        problems=problems,
    )


def find_targets(index: Index) -> tuple[Target, ...]:
    """Return the targets of all shapes that have a name, whether or not they check anything."""
    found = []
    for node in index:
        if isinstance(node, ox.NamedNode):
            for kind in TARGETS:
                found += [
                    Target(shape=node.value, kind=kind, term=_plain(term))
                    for term in values(index, node, SH + kind)
                ]
            if _is_class(index, node):
                found.append(Target(shape=node.value, kind="targetClass", term=node.value))
    return tuple(dict.fromkeys(found))


def _is_class(index: Index, node: Term) -> bool:
    """Return whether a shape is a class too, which makes its instances targets.

    Source: https://www.w3.org/TR/shacl/#implicit-targetClass
    """
    types = types_of(index, node)
    return RDFS + "Class" in types and bool({SH + "NodeShape", SH + "PropertyShape"} & types)


def _plain(term: Term) -> str:
    return str(term.value) if isinstance(term, ox.NamedNode) else str(term)


def _terms(targets: Iterable[Target], *kinds: str) -> frozenset[str]:
    return frozenset(target.term for target in targets if target.kind in kinds)


def _messages(index: Index) -> dict[str, str]:
    """Return messages by shape; that of a SPARQL constraint serves where the shape has none."""
    found: dict[str, str] = {}
    for subject in index:
        if isinstance(subject, ox.NamedNode):
            texts = values(index, subject, SH + "message") or [
                text
                for constraint in values(index, subject, SH + "sparql")
                for text in values(index, constraint, SH + "message")
            ]
            if texts:
                found[subject.value] = min(text.value for text in texts)
    return found
