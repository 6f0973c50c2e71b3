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
    for place in _places(sparql):
        pieces += [sparql[last:place], clause]
        last = place
    return "".join((*pieces, sparql[last:]))


def _places(sparql: str) -> list[int]:
    """Return where the WHERE clauses of operations begin.

    After `DELETE { … }`, `INSERT { … }` or both comes, at no depth of braces, the word WHERE or at
    once the brace of the clause. DELETE WHERE has no dataset of its own: its pattern is its
    template.
    """
    places, depth = list[int](), 0
    verb, templates = "", 0  # of the operation that is being read
    for match in TOKEN.finditer(sparql):
        word = match.group().upper() if match.lastgroup == "word" and depth == 0 else ""
        if word in _CLAUSES:
            raise QueryError(f"{word} cannot stand in an update that comes with using-graph-uri")
        if word in ("DELETE", "INSERT"):
            verb, templates = word, templates if verb in ("DELETE", "INSERT") else 0
        elif word == "DATA" or (word == "WHERE" and templates == 0):
            verb = ""
        elif word == "WHERE" and verb:
            places.append(match.start())
            verb, templates = "", 0
        elif match.lastgroup == "open" and match.group() == "{":
            if depth == 0 and verb and templates and _follows_brace(sparql, match.start()):
                places.append(match.start())
                verb, templates = "", 0
            depth += 1
        elif match.lastgroup == "close" and match.group() == "}":
            depth -= 1
            templates += depth == 0 and bool(verb)
    return places


def _follows_brace(sparql: str, place: int) -> bool:
    before = re.sub(r"#[^\r\n]*[\r\n]", " ", sparql[:place]).rstrip()
    return before.endswith("}")
