"""Long names made short for people: prefixes, fragments, one line of a text."""

import re
from collections.abc import Mapping
from pathlib import Path

from kg.validate.report import Result
from kg.vocabulary import PREFIXES

_PREFIXES = {
    **PREFIXES,
    "sh": "http://www.w3.org/ns/shacl#",
    "kgs": "https://w3id.org/newskg/shapes#",
    "foaf": "http://xmlns.com/foaf/0.1/",
}
_LOCAL = re.compile(r"[A-Za-z_][\w-]*")
_IRI = re.compile(r"<([^<>\s]*)>")
_LONGEST = 200
SHAPES = "https://w3id.org/newskg/shapes#"


class Names:
    """Short names by the prefixes of the data and the shapes, and by the usual ones.

    >>> names = Names({"ex": "https://a.example/"})
    >>> names.of_node("https://a.example/ann"), names.of_node("https://schema.org/name")
    ('ex:ann', 'schema:name')
    >>> names.of_node("https://b.example/x")
    '<https://b.example/x>'
    """

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        """Take prefixes, by name; the longest namespace that fits an IRI is used."""
        known = {namespace: prefix for prefix, namespace in _PREFIXES.items()}
        known |= {namespace: prefix for prefix, namespace in prefixes.items() if namespace}
        self._known = sorted(known.items(), key=lambda item: (-len(item[0]), item))

    def of_iri(self, iri: str) -> str:
        """Return a prefixed name where one is known, else the IRI in angle brackets."""
        for namespace, prefix in self._known:
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri[len(namespace) :]):
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{iri}>"

    def of_path(self, path: str) -> str:
        """Return a property or a property path with short names."""
        if "<" not in path:
            return ("^" if path.startswith("^") else "") + self.of_iri(path.removeprefix("^"))
        return _IRI.sub(lambda found: self.of_iri(found[1]), path)

    def of_node(self, node: str, article: str | None = None) -> str:
        """Return a node or value, relative to the article at hand as in our Turtle.

        >>> Names({}).of_node("https://a.example/1#event-3", "https://a.example/1")
        '<#event-3>'
        >>> Names({}).of_node("https://a.example/1", "https://a.example/1")
        '<>'
        """
        if node.startswith("_:"):
            return "a blank node"
        if node.startswith('"'):
            text, mark, datatype = node.rpartition('"^^')
            return one_line(f"{text}{mark}{self.of_path(datatype)}" if mark else node)
        if article is not None and (node == article or node.startswith(f"{article}#")):
            return f"<{node[len(article) :]}>"
        return self.of_iri(node)

    def of_shape(self, shape: str) -> str:
        """Return the name of a shape: that of our own without prefix; of a nameless one nothing.

        >>> Names({}).of_shape("https://w3id.org/newskg/shapes#ActorName")
        'ActorName'
        """
        if not shape or shape.startswith(("_:", "urn:kg:nameless-shape:")):
            return ""
        return shape.removeprefix(SHAPES) if shape.startswith(SHAPES) else self.of_iri(shape)

    def title(self, result: Result) -> str:
        """Return what a result is an instance of: its shape and component in a few words."""
        name = self.of_shape(result.shape)
        component = result.component if ":" not in result.component else "its own component"
        return f"{name} ({component})" if name else component

    def statement(self, result: Result) -> str:
        """Return focus node, path and value of a result."""
        parts = [self.of_node(result.focus, result.article)]
        if result.path:
            parts.append(self.of_path(result.path))
        if result.value and result.value != result.focus:
            parts.append(self.of_node(result.value, result.article))
        return "  ".join(parts)

    def located(self, result: Result) -> str:
        """Return the statement of a result after its `file:line`, where that is known."""
        told = self.statement(result)
        return f"{result.place}  {told}" if result.place else told


def from_here(file: str) -> Path:
    """Return a file as seen from the folder the command runs in, where it lies below it."""
    path = Path(file)
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def one_line(text: str) -> str:
    """Return a text on one line, cut where it is very long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def count_of(number: int, word: str) -> str:
    """Return a number with its noun.

    >>> count_of(1, "triple"), count_of(12345, "triple")
    ('1 triple', '12,345 triples')
    """
    return f"{number:,} {word}{'' if number == 1 else 's'}"
