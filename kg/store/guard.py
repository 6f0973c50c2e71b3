r"""What SPARQL from outside may not do: reach another service, a file, or overflow the parser.

Oxigraph calls SERVICE and LOAD by itself, and its grammar has no token borders: `1SERVICE <…>`,
`SERVICEex:name` and `#` before a carriage return all reach it, and what is a string for one reading
is code for another. So nothing rests on our reading of the text: wherever the letters of such a
keyword stand, they are escaped (`\u0073ervice` says the same in a string or an IRI, and is no
keyword), part of a variable or a local name, or the text is refused. What comes back cannot hold
the keyword in any reading.

Source: https://www.w3.org/TR/sparql11-query/#sparqlGrammar
"""

import itertools
import re
from collections.abc import Iterator

from kg.errors import QueryError, RefusedError

_MOST_NESTED = 200  # Oxigraph's parser overflows its stack between 300 and 1000
# Strings that do not end are strings to the end of line or text: then no text takes longer than in
# proportion.
TOKEN = re.compile(
    r"(?P<string>\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*+(?:\"\"\")?|'''(?:[^'\\]|\\.|'(?!''))*+(?:''')?"
    r"|\"(?:[^\"\\\r\n]|\\.)*+\"?|'(?:[^'\\\r\n]|\\.)*+'?)"
    r"|(?P<iri><[^<>\"{}|^`\\\x00-\x20]*>)"
    r"|(?P<comment>\#[^\r\n]*)"
    r"|(?P<name>[A-Za-z_][\w.-]{0,39})?:(?P<local>(?:[\w.:-]|\\.|%[0-9A-Fa-f]{2})*)"
    r"|(?P<variable>[?$]\w+)"
    r"|(?P<word>[A-Za-z]\w*)"
    r"|(?P<open>[({\[])|(?P<close>[)}\]])",
    re.DOTALL,
)
# A sigil or a colon at once before the letters, with nothing but letters between: no keyword can
# follow there in any reading of the grammar.
_INERT = re.compile(r"(?:[?$][A-Za-z0-9_]*|:(?:[A-Za-z0-9_][A-Za-z0-9_-]*)?)\Z")
_SAFE_SCHEMES = ("http:", "https:", "urn:")
_DATASET_WORDS = frozenset({"FROM", "USING", "WITH"})


def check_query(sparql: str) -> str:
    """Return a query in a form that cannot leave the graph; answers are those of the query given.

    Raises:
        RefusedError: it calls SERVICE, or names a dataset that is no http, https or urn IRI.
        QueryError: nested too deep to be parsed, or characters that cannot stand in UTF-8.
    """
    return _check(sparql, ("service",))


def check_update(sparql: str) -> str:
    """Return an update in a form that cannot leave the graph.

    Raises:
        RefusedError: SERVICE, LOAD, or a dataset that is no http, https or urn IRI.
        QueryError: nested too deep to be parsed.
    """
    return _check(sparql, ("service", "load"))


def check_dataset(iris: tuple[str, ...]) -> None:
    """Refuse graph names from outside that are files or the like.

    Raises:
        RefusedError: an IRI that is not http, https or urn.
    """
    for iri in iris:
        if not iri.lower().startswith(_SAFE_SCHEMES):
            raise RefusedError(f"<{iri}> is refused as a graph: only http, https and urn IRIs are")


def names_dataset(sparql: str) -> bool:
    """Return whether a query names its own dataset with FROM: then no other takes its place.

    >>> names_dataset("SELECT * FROM <http://a.test/g> { ?from ?p 'FROM' }")
    True
    >>> names_dataset("SELECT * { ?from ?p 'FROM' }")
    False
    """
    return any(
        match.lastgroup == "word" and match.group().upper() == "FROM"
        for match in TOKEN.finditer(sparql)
    )


def _check(sparql: str, keywords: tuple[str, ...]) -> str:
    try:
        sparql.encode("utf-8")
    except UnicodeEncodeError:
        raise QueryError("the text holds half a character (a surrogate): not UTF-8") from None
    _check_depth(sparql)
    check_dataset(tuple(_dataset_iris(sparql)))
    for keyword in keywords:
        sparql = _disarm(sparql, keyword)
    return sparql


def _disarm(sparql: str, keyword: str) -> str:
    """Return the text with every occurrence of the keyword's letters escaped or proved inert."""
    found = [match.start() for match in re.finditer(keyword, sparql, re.IGNORECASE)]
    if not found:
        return sparql
    opaque = [
        match.span()
        for match in TOKEN.finditer(sparql)
        if match.lastgroup in ("string", "iri", "comment")
    ]
    pieces, last, at = list[str](), 0, 0
    for start in found:
        while at < len(opaque) and opaque[at][1] <= start:
            at += 1
        if at < len(opaque) and opaque[at][0] < start:
            pieces += [sparql[last:start], f"\\u{ord(sparql[start]):04x}"]
            last = start + 1
        elif not _INERT.search(sparql[max(0, start - 200) : start]):
            raise RefusedError(_reason(keyword, sparql, start))
    return "".join((*pieces, sparql[last:]))


def _reason(keyword: str, sparql: str, start: int) -> str:
    line = sparql.count("\n", 0, start) + 1
    told = f"line {line}: {keyword.upper()} is refused: nothing here reaches the network or a file"
    if re.match(r"[\w-]*:", sparql[start : start + 200]):
        told += f" (a prefix must not hold the word {keyword!r})"
    return told


def _check_depth(sparql: str) -> None:
    depth = 0
    for match in TOKEN.finditer(sparql):
        if match.lastgroup == "open":
            depth += 1
        elif match.lastgroup == "close":
            depth -= 1
        if depth > _MOST_NESTED:
            raise QueryError(f"nested deeper than {_MOST_NESTED} brackets")


def _dataset_iris(sparql: str) -> Iterator[str]:
    """Yield the IRIs after FROM, USING and WITH, prefixes and base resolved as far as they go."""
    prefixes, base = dict[str, str](), "http:"
    words = [m for m in TOKEN.finditer(sparql) if m.lastgroup != "comment"]
    for before, match in itertools.pairwise(words):
        kind, text = before.lastgroup, before.group().upper()
        if kind == "word" and text == "BASE" and match.lastgroup == "iri":
            base = match.group()[1:-1]
        elif kind == "local" and match.lastgroup == "iri" and not before["local"]:
            prefixes[before["name"] or ""] = match.group()[1:-1]
        elif kind == "word" and (text in _DATASET_WORDS or text == "NAMED"):
            if match.lastgroup == "iri":
                iri = match.group()[1:-1]
                yield iri if re.match(r"[A-Za-z][\w+.-]*:", iri) else base
            elif match.lastgroup == "local":
                yield prefixes.get(match["name"] or "", "http:")
