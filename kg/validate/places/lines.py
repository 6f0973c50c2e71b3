"""Statements of N-Triples and N-Quads: each stands on a line.

Source: https://www.w3.org/TR/n-quads/#sec-grammar
"""

import re
from collections.abc import Iterator
from typing import IO

from kg.validate.places.statements import BLANK, Statement, join_literal, unescape

_NODE = r"<([^<>\s]*)>|_:(\S+)"
_LINE = re.compile(
    rf"""\s*(?:{_NODE})\s*<([^<>\s]*)>\s*
    (?:{_NODE}|"((?:[^"\\]++|\\.)*+)"(?:@([A-Za-z0-9-]+)|\^\^\s*<([^<>\s]*)>)?)\s*
    (?:<([^<>\s]*)>|_:(\S+?))?\s*\.\s*(?:\#[^\r\n]*\s*)?""",
    re.VERBOSE | re.DOTALL,
)
_LONGEST = 1 << 26


def read_lines(file: IO[bytes], *, base: str | None = None) -> Iterator[Statement]:
    """Yield the statements of N-Triples or N-Quads; a line that is none is passed over.

    Args:
        file: the text.
        base: not needed here, IRIs are absolute.

    Raises:
        OSError: the file cannot be read.
    """
    del base
    number = 0
    while line := file.readline(_LONGEST):
        number += 1
        if len(line) == _LONGEST:
            return
        for found in _statements(line.decode("utf-8", errors="replace")):
            yield _statement(found, number)


def _statements(line: str) -> Iterator[re.Match[str]]:
    """Yield the statements of a line: one, or more where a lone carriage return parts them."""
    end = 0
    while found := _LINE.match(line, end):
        end = found.end()
        yield found


def _statement(found: re.Match[str], line: int) -> Statement:
    iri, blank, predicate, other, other_blank, value, language, datatype, *graph = found.groups()
    subject = _node(iri, blank)
    if value is None:
        term = _node(other, other_blank)
    else:
        term = join_literal(unescape(value), language, datatype and unescape(datatype))
    name = None if graph == [None, None] else _node(*graph)
    return Statement(subject, unescape(predicate), term, name, line, line)


def _node(iri: str | None, blank: str | None) -> str:
    return f"{BLANK}{blank}" if iri is None else unescape(iri)
