"""A statement with its lines, and its terms as text that can be compared.

An IRI is itself. A literal is its value in quotes, unescaped, with `@language` in lower case or
`^^<datatype>`. A blank node is `_:` and a space before what the reader calls it, until it gets the
name that the report knows it by.
"""

import re
from typing import NamedTuple

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
FIRST, REST, NIL, TYPE = RDF + "first", RDF + "rest", RDF + "nil", RDF + "type"
BLANK = "_: "
# A blank node of which it is not sure which it is.
LOST = "_:"
# A literal whose value the reader does not work out.
UNREAD = '"'

_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^<>]*)>)?', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_LAST_CHARACTER = 0x10FFFF

# Source: https://www.rfc-editor.org/rfc/rfc3986#appendix-B
_PARTS = re.compile(r"(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class Statement(NamedTuple):
    """One statement of a file.

    Attributes:
        subject: as text.
        predicate: IRI.
        object: as text.
        graph: its name as text; None for the default graph.
        block: line, from 1, on which the subject's block begins.
        line: line, from 1, on which the object begins.
    """

    subject: str
    predicate: str
    object: str
    graph: str | None
    block: int
    line: int


def join_literal(value: str, language: str | None = None, datatype: str | None = None) -> str:
    """Return a literal as text; a language counts before a datatype, `xsd:string` is left out."""
    if language:
        return f'"{value}"@{language.lower()}'
    if datatype and datatype != XSD + "string":
        return f'"{value}"^^<{datatype}>'
    return f'"{value}"'


def read_term(text: str) -> str:
    """Return a term of a finding as text that can be compared; only literals change."""
    if not text.startswith('"'):
        return text
    literal = _LITERAL.fullmatch(text)
    if literal is None:
        return text
    value, language, datatype = literal.groups()
    return join_literal(unescape(value), language, datatype and unescape(datatype))


def unescape(text: str) -> str:
    r"""Return the text with `\n`, `\u00e9` and the like replaced; another `\x` is that sign."""
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(escape: re.Match[str]) -> str:
    digits = escape[1] or escape[2]
    if digits is None:
        return _LETTERS.get(escape[3], escape[3])
    number = int(digits, 16)
    return chr(number) if number <= _LAST_CHARACTER else escape[0]


def resolve_iri(iri: str, base: str | None) -> str:
    """Return the IRI made absolute; one with a scheme stays as it is, as the parser leaves it.

    Source: https://www.rfc-editor.org/rfc/rfc3986#section-5.2.2
    """
    if base is None or _SCHEME.match(iri):
        return iri
    scheme, host, base_path, base_query, _ = _split(base)
    if iri.startswith("//"):
        return f"{scheme}:{iri}"
    _, _, path, query, fragment = _split(iri)
    if not path:
        path = base_path
        query = base_query if query is None else query
    elif path.startswith("/"):
        path = _join_paths([], path)
    else:
        before = "/" if host is not None and not base_path else base_path
        path = _join_paths(before.split("/")[:-1], path)
    return (
        (f"{scheme}:" if scheme is not None else "")
        + (f"//{host}" if host is not None else "")
        + path
        + (f"?{query}" if query is not None else "")
        + (f"#{fragment}" if fragment is not None else "")
    )


def _split(iri: str) -> tuple[str | None, str | None, str, str | None, str | None]:
    parts = _PARTS.fullmatch(iri)
    if parts is None:
        return None, None, iri, None, None
    return parts[1], parts[2], parts[3] or "", parts[4], parts[5]


def _join_paths(kept: list[str], path: str) -> str:
    """Return the steps of the base and the path, whose `.` and `..` are followed, those before not.

    Source: https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4
    """
    steps = path.split("/")
    for number, step in enumerate(steps):
        if step == "..":
            if len(kept) > 1 or (kept and kept[0]):
                kept.pop()
        elif step != ".":
            kept.append(step)
            continue
        if number == len(steps) - 1:
            kept.append("")
    return "/".join(kept)
