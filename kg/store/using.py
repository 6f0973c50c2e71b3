"""The dataset of an update that the protocol names beside it: USING, put into each operation.

Source: https://www.w3.org/TR/sparql11-protocol/#update-operation
"""

import re
from collections.abc import Sequence

from kg.errors import QueryError
from kg.store.guard import TOKEN, check_dataset

_CLAUSES = frozenset({"USING", "WITH"})


def add_using(sparql: str, default: Sequence[str], named: Sequence[str]) -> str:
    """Return an update whose WHERE clauses see these graphs and no others.

    Args:
        sparql: an update.
        default: IRIs of `using-graph-uri`.
        named: IRIs of `using-named-graph-uri`.

    Raises:
        QueryError: the update says USING or WITH itself.
        RefusedError: an IRI that is not http, https or urn.

    >>> add_using("DELETE { ?s ?p 1 } WHERE { ?s ?p ?o }", ["urn:g"], [])
    'DELETE { ?s ?p 1 } USING <urn:g> WHERE { ?s ?p ?o }'
    """
    if not default and not named:
        return sparql
    check_dataset((*default, *named))
    for iri in (*default, *named):
        if re.search(r"[\x00-\x20<>\"{}|^`\\]", iri):
            raise QueryError(f"not an IRI: {iri!r}")
    clause = "".join(f"USING <{iri}> " for iri in default)
    clause += "".join(f"USING NAMED <{iri}> " for iri in named)
    pieces, last = list[str](), 0
    for place, template in _places(sparql):
        pieces += [sparql[last:place], template, clause]
        last = place
    return "".join((*pieces, sparql[last:]))


def _places(sparql: str) -> list[tuple[int, str]]:
    """Return where the word WHERE of each operation stands, and the template it lacks.

    After `DELETE { … }`, `INSERT { … }` or both comes WHERE, at no depth of braces. `DELETE WHERE`
    has no place for a dataset: its pattern, which is its template too, is put before it.
    """
    places, depth = list[tuple[int, str]](), 0
    verb, templates = "", 0  # of the operation that is being read
    short: tuple[int, int] | None = None  # span of the WHERE of a DELETE WHERE
    for match in TOKEN.finditer(sparql):
        word = match.group().upper() if match.lastgroup == "word" and depth == 0 else ""
        if word in _CLAUSES:
            raise QueryError(f"{word} cannot stand in an update that comes with using-graph-uri")
        if word in ("DELETE", "INSERT"):
            verb, templates = word, templates if verb else 0
        elif word == "DATA":
            verb = ""
        elif word == "WHERE" and verb:
            if templates:
                places.append((match.start(), ""))
            short, verb = None if templates else match.span(), ""
        elif match.lastgroup in ("open", "close") and match.group() in "{}":
            depth += 1 if match.group() == "{" else -1
            templates += depth == 0 and bool(verb)
            if depth == 0 and short:
                places.append((short[0], sparql[short[1] : match.end()].lstrip() + " "))
                short = None
    return places
