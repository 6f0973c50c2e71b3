"""Prefixes of the vocabulary, declared for servers that do not know them."""

import re

from kg.vocabulary import PREFIXES

# What may hold the letters of a prefix or a keyword without being one.
# Source: https://www.w3.org/TR/sparql11-query/#sparqlGrammar
_OPAQUE = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\''
    r'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>"{}|^`\\\s]*>|#[^\n]*'
)
_DECLARED = re.compile(r"(?i)\bPREFIX\s+([\w-]*)\s*:")
_USED = re.compile(r"(?<![\w:?$-])([A-Za-z][\w-]*):")
_FORM = re.compile(r"(?i)(?<![\w:?$-])(SELECT|ASK|CONSTRUCT|DESCRIBE)(?![\w:-])")


def declare_prefixes(sparql: str) -> str:
    """Return SPARQL with the prefixes that it uses and does not declare, on its first line.

    The lines keep their numbers, so that a server's message names the right one.

    >>> declare_prefixes("SELECT * { ?c a schema:Claim }")
    'PREFIX schema: <https://schema.org/> SELECT * { ?c a schema:Claim }'
    """
    text = _OPAQUE.sub(" ", sparql)
    declared = {*_DECLARED.findall(text)}
    used = {*_USED.findall(text)} - declared
    lines = [f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items() if name in used]
    return "".join(lines) + sparql


def gives_triples(sparql: str) -> bool:
    r"""Return whether a query answers with triples: CONSTRUCT or DESCRIBE.

    >>> gives_triples("# SELECT\nCONSTRUCT WHERE { ?select a ?b }")
    True
    """
    form = _FORM.search(_OPAQUE.sub(" ", sparql))
    return form is not None and form[1].upper() in {"CONSTRUCT", "DESCRIBE"}
