"""Long names made short for people: prefixes, fragments, one line of a text."""

import re

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


def short_iri(iri: str) -> str:
    """Return a prefixed name where one is known, else the IRI in angle brackets.

    >>> short_iri("https://schema.org/headline")
    'schema:headline'
    >>> short_iri("https://a.example/x")
    '<https://a.example/x>'
    """
    for prefix, namespace in _PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return f"<{iri}>"


def short_path(path: str) -> str:
    """Return a property or a property path with short names."""
    if "<" not in path:
        return ("^" if path.startswith("^") else "") + short_iri(path.removeprefix("^"))
    return _IRI.sub(lambda found: short_iri(found[1]), path)


def short_node(node: str, article: str | None = None) -> str:
    """Return a node or value, relative to the article at hand as in our Turtle.

    >>> short_node("https://a.example/1#event-3", "https://a.example/1")
    '<#event-3>'
    >>> short_node("https://a.example/1", "https://a.example/1")
    '<>'
    """
    if node.startswith("_:"):
        return "a blank node"
    if node.startswith('"'):
        return one_line(_IRI.sub(lambda found: short_iri(found[1]), node))
    if article is not None and (node == article or node.startswith(f"{article}#")):
        return f"<{node[len(article) :]}>"
    return short_iri(node)


def shape_name(shape: str) -> str:
    """Return the name of a shape: that of our own without prefix; of a nameless one nothing.

    >>> shape_name("https://w3id.org/newskg/shapes#ActorName")
    'ActorName'
    """
    if not shape or shape.startswith(("_:", "urn:kg:nameless-shape:")):
        return ""
    return shape.removeprefix(SHAPES) if shape.startswith(SHAPES) else short_iri(shape)


def title_of(result: Result) -> str:
    """Return what a result is an instance of: its shape and component in a few words."""
    name = shape_name(result.shape)
    return f"{name} ({result.component})" if name else result.component


def statement_of(result: Result) -> str:
    """Return focus node, path and value of a result with short names."""
    parts = [short_node(result.focus, result.article)]
    if result.path:
        parts.append(short_path(result.path))
    if result.value and result.value != result.focus:
        parts.append(short_node(result.value, result.article))
    return "  ".join(parts)


def located(result: Result) -> str:
    """Return the statement of a result after its `file:line`, where that is known."""
    return f"{result.place}  {statement_of(result)}" if result.place else statement_of(result)


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
