"""The fast engine: the `shacl` wheel, which takes and gives text."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from kg.errors import ShapesError
from kg.validate.engines.findings import Finding, RawResult, normal_findings
from kg.validate.engines.limits import fast_limits
from kg.validate.shapes import ShapesGraph

_NODES = re.compile(
    rb"^[ \t]*(?:(_:[^\s<]+)|<[^>]*>)[ \t]*<[^>]*>[ \t]*(_:[^\s<]+|<<\(.*)?", re.MULTILINE
)
# Of a triple term (RDF 1.2): what may hold the look of a label, and the labels.
_IN_TERM = re.compile(rb'"(?:[^"\\]|\\.)*"|<[^<>\s]*>|(_:[^\s<]+)')
_LABEL = "_:0_b"


def run_shacl(shapes: ShapesGraph, data: bytes) -> list[Finding]:
    """Return what the `shacl` engine finds in N-Triples.

    Raises:
        ShapesError: the engine is not installed or cannot use the shapes.
    """
    compiled = call_safely(lambda: _compile(shapes.text))
    report = call_safely(lambda: compiled.validate_text(data.decode(), format="ntriples"))
    labels = _Labels(shapes, data)
    return normal_findings(shapes, (_raw(result, labels) for result in report.results))


def call_safely(step: Callable[[], Any]) -> Any:  # noqa: ANN401  (untyped wheel)
    """Return what a step of the engine gives.

    Raises:
        ShapesError: the engine is not there, or refuses, or breaks down: a panic in Rust is no
            `Exception`, and would end the program.
    """
    try:
        return step()
    except ImportError as error:
        raise ShapesError(f"the package shacl is not installed ({_one_line(error)})") from error
    except ValueError as error:
        raise ShapesError(f"the engine shacl: {_reason(error)}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise ShapesError(f"the engine shacl broke down: {_one_line(error)}") from error


@lru_cache(maxsize=8)
def _compile(text: str) -> Any:  # noqa: ANN401  (the wheel may be missing)
    import shacl

    compiled = shacl.Shapes.from_text(text, format="ntriples")
    limits = fast_limits(text)
    if limits:
        raise ValueError("; ".join(limits))
    return compiled


def _raw(result: Any, labels: "_Labels") -> RawResult:  # noqa: ANN401  (untyped wheel)
    path = result.path or ""
    shape = result.source_shape or ""
    return RawResult(
        focus=labels.plain(result.focus_node),
        path=_iri(path) or None,
        value=labels.plain(result.value) if result.value else None,
        severity=result.severity_iri,
        component=result.component_iri,
        messages=tuple(result.messages),
        shape=_iri(shape),
    )


def _iri(text: str) -> str:
    """Return the IRI of `<iri>`, and nothing for a blank node or a complex path."""
    inner = text[1:-1]
    return inner if text[:1] == "<" and text[-1:] == ">" and "<" not in inner else ""


class _Labels:
    """Finds the label that a blank node has in the data.

    The engine numbers blank nodes by first appearance, those of the shapes before those of the
    data, and calls the n-th of all `_:0_b<n>`.
    """

    def __init__(self, shapes: ShapesGraph, data: bytes) -> None:
        self._shapes, self._data = shapes, data
        self._names: list[str] | None = None
        self._first = 0

    def plain(self, text: str) -> str:
        """Return a term of a result: IRI plain, literal as it is, blank node with its label."""
        if text.startswith("_:"):
            return self._label(text)
        return _iri(text) or text

    def _label(self, text: str) -> str:
        if self._names is None:
            self._first = _blank_nodes_of_shapes(self._shapes.text)
            self._names = list(_blank_nodes(self._data))
        number = text.removeprefix(_LABEL)
        place = int(number) - self._first if number.isdecimal() else -1
        return self._names[place] if 0 <= place < len(self._names) else "_:"


@lru_cache(maxsize=8)
def _blank_nodes_of_shapes(text: str) -> int:
    return len(_blank_nodes(text.encode()))


def _blank_nodes(data: bytes) -> dict[str, None]:
    """Return the labels of N-Triples in the order of their first appearance."""
    found: dict[str, None] = {}
    for match in _NODES.finditer(data):
        subject, value = match.groups()
        labels = _IN_TERM.findall(value) if value and value[:1] == b"<" else [value]
        for label in (subject, *labels):
            if label:
                found.setdefault(label.decode().rstrip("."))
    return found


def _reason(error: ValueError) -> str:
    """Return the last line of an error, where the parser of patterns says what it is."""
    lines = str(error).splitlines() or [""]
    head = lines[0].removesuffix(" regex parse error:").rstrip(":")
    return _one_line(f"{head}: {lines[-1].removeprefix('error: ')}" if lines[1:] else head)


def _one_line(error: object) -> str:
    return " ".join(str(error).split())
