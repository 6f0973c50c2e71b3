"""What an engine takes without a word and gets wrong: refused, so that the other one is used.

Each was found by comparing the two engines with the specification; tests hold that it is so.
"""

from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from kg.validate.shapes import RDF, SH


def fast_limits(text: str) -> tuple[str, ...]:
    """Return what the `shacl` engine would get wrong, in plain words.

    Args:
        text: the shapes as N-Triples.
    """
    shapes = _Shapes(text)
    for shape in shapes.subjects("closed"):
        closed = any(value.value == "true" for value in shapes.of(shape, SH + "closed"))
        if closed and shapes.of(shape, SH + "path"):
            return ("sh:closed in a property shape is held against the focus node",)
    return ()


def oracle_limits(text: str) -> tuple[str, ...]:
    """Return what pySHACL would get wrong, in plain words.

    Args:
        text: the shapes as N-Triples.
    """
    shapes = _Shapes(text)
    inverse = [p for p in shapes.subjects("inversePath") if not shapes.of(p, RDF + "first")]
    inner = [path for outer in inverse for path in shapes.of(outer, SH + "inversePath")]
    if any(shapes.of(path, RDF + "first") for path in inner):
        return (
            "the inverse of a sequence path is followed in the wrong order (write the sequence of "
            "the inverse paths)",
        )
    return ()


class _Shapes:
    """Look-up in a shapes graph."""

    def __init__(self, text: str) -> None:
        self._values: dict[tuple[Any, str], list[Any]] = {}
        for triple in ox.parse(input=text, format=ox.RdfFormat.N_TRIPLES):
            key = (triple.subject, triple.predicate.value)
            self._values.setdefault(key, []).append(triple.object)

    def of(self, subject: object, predicate: str) -> list[Any]:
        return self._values.get((subject, predicate), [])

    def subjects(self, term: str) -> list[Any]:
        return [subject for subject, predicate in self._values if predicate == SH + term]

    def values(self, term: str) -> Iterable[Any]:
        for (_, predicate), values in self._values.items():
            if predicate == SH + term:
                yield from values
