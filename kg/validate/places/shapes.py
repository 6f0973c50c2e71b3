"""Where shapes stand in their files."""

from collections.abc import Iterable
from pathlib import Path

from kg.validate.places.finding import read_statements
from kg.validate.places.statements import LOST, Statement
from kg.validate.report import Place
from kg.validate.sources import base_of, form_by_ending

_SH = "http://www.w3.org/ns/shacl#"
_NAMELESS = "urn:kg:nameless-shape:"


def find_shape_places(files: Iterable[str | Path]) -> dict[str, Place]:
    """Return where each subject of the shapes begins, by its name.

    A blank node is known as `_:f1b2`, the second of the first file. A nameless shape is known as
    `urn:kg:nameless-shape:N` too, N counting from 1 those that `sh:property` leads to or that have
    a target, in the order in which they appear.

    Args:
        files: in the order in which they were loaded; the ending tells the syntax.
    """
    blocks: dict[str, Place] = {}
    nameless: dict[str, str] = {}
    for number, file in enumerate(files, 1):
        form, base = form_by_ending(str(file)) or "turtle", base_of(str(file))
        for found in read_statements(file, form, number, base):
            if found.subject != LOST:
                place = Place(file=str(file), line=found.block)
                blocks.setdefault(found.subject, place)
            node = _shape_of(found)
            if node.startswith("_:"):
                nameless.setdefault(node, f"{_NAMELESS}{len(nameless) + 1}")
    return blocks | {
        name: blocks[node] for node, name in _countable(nameless).items() if node in blocks
    }


def _shape_of(found: Statement) -> str:
    """Return the node that the statement makes a shape; nothing where it makes none."""
    term = found.predicate.removeprefix(_SH)
    if term == found.predicate:
        return ""
    if term == "property":
        return found.object
    return found.subject if term.startswith("target") else ""


def _countable(nameless: dict[str, str]) -> dict[str, str]:
    """Return the names up to the first node that could not be made out: from there none is sure."""
    nodes = list(nameless)
    sure = nodes[: nodes.index(LOST)] if LOST in nameless else nodes
    return {node: nameless[node] for node in sure}
