"""The text of a SPARQL query, looked at without a parser's tree.

pyoxigraph tells whether a query parses, and no more; rdflib's parser would cost a second at start.
"""

import re
from collections.abc import Iterator, Mapping

import pyoxigraph as ox

_TEXTS = re.compile(
    r"(?P<text>\"\"\"(?:\\.|(?!\"\"\").)*\"\"\"|'''(?:\\.|(?!''').)*'''"
    r"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*')"
    r"|(?P<iri><[^<>\"{}|^`\\\s]*>)|(?P<comment>#[^\n]*)",
    re.DOTALL,
)
_PROLOGUE = re.compile(r"\bPREFIX\s+([\w.-]*):\s*<>", re.IGNORECASE)
_NAME = re.compile(r"(?<![\w?$@.:\\-])([A-Za-z][\w.-]*)?:(?=[\w%\\-]|[\s;,.)}|/*+?]|$)")
_SELECT = re.compile(r"(?<![\w:?$])(SELECT)\b|[{}]", re.IGNORECASE)
_HEAD_END = re.compile(r"\bWHERE\b|\{", re.IGNORECASE)
_VARIABLE = re.compile(r"[?$](\w+)")
_ALIAS = re.compile(r"\bAS\s*[?$](\w+)", re.IGNORECASE)
_FILTER = re.compile(r"\bFILTER\s*\((?:[^()]|\([^()]*\))*\)", re.IGNORECASE)
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_DISTINCT = re.compile(r"\b(?:DISTINCT|REDUCED|GROUP\s+BY)\b", re.IGNORECASE)
_AT = re.compile(r"error at (\d+):(\d+)")
_REASON = re.compile(r"The [A-Z]+ [^,\[\]]+|Prefix not found[^,]*|[Vv]ariable[^,\[\]]+")


def clean(query: str) -> str:
    """Return a query with empty strings and IRIs and without comments: only its own words.

    >>> clean('SELECT ?a { ?a <urn:FROM> "SERVICE" } # LOAD')
    'SELECT ?a { ?a <> "" }  '
    """

    def empty(match: re.Match[str]) -> str:
        return '""' if match["text"] else "<>" if match["iri"] else " "

    return _TEXTS.sub(empty, query)


def used_prefixes(cleaned: str) -> tuple[set[str], set[str]]:
    """Return the prefixes that a cleaned query uses, and those that it declares itself.

    >>> used, own = used_prefixes("PREFIX ex: <> ASK { ?a ex:b/foaf:name 'x'@en ; :c ?d }")
    >>> sorted(used), sorted(own)
    (['', 'ex', 'foaf'], ['ex'])
    """
    own = set(_PROLOGUE.findall(cleaned))
    body = _PROLOGUE.sub(" ", cleaned)
    return {match[1] or "" for match in _NAME.finditer(body)} | own, own


def projections(cleaned: str) -> Iterator[tuple[int, set[str]]]:
    """Yield of each SELECT its depth in brackets and the variables that it gives.

    >>> list(projections("SELECT (1 AS ?n) WHERE { { SELECT * { FILTER(?a) } } }"))
    [(0, {'n'}), (2, set())]
    """
    depth = 0
    for match in _SELECT.finditer(cleaned):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
        else:
            end = _HEAD_END.search(cleaned, match.end())
            star, names = _given(cleaned[match.end() : end.start() if end else None])
            inside = _FILTER.sub("", _group(cleaned, match.end())) if star else ""
            yield depth, names | set(_VARIABLE.findall(inside))


def _group(cleaned: str, start: int) -> str:
    """Return the text from a place to the end of the first group in braces after it."""
    depth = 0
    for match in re.compile(r"[{}]").finditer(cleaned, start):
        depth += 1 if match[0] == "{" else -1
        if depth <= 0:
            return cleaned[start : match.end()]
    return cleaned[start:]


def _given(head: str) -> tuple[bool, set[str]]:
    depth, outside, names = 0, "", set()
    for part in re.split(r"([()])", head):
        if part in ("(", ")"):
            depth += 1 if part == "(" else -1
        elif depth == 0:
            outside += part
        else:
            names |= set(_ALIAS.findall(part))
    return "*" in outside, names | set(_VARIABLE.findall(outside))


def aliased(cleaned: str) -> set[str]:
    """Return the variables that a cleaned query gives values by AS."""
    return set(_ALIAS.findall(cleaned))


def form_of(cleaned: str) -> str | None:
    """Return the form of a cleaned query in small letters, such as select; None where unclear.

    >>> form_of("PREFIX ask: <> SELECT ?a { ?a ask:b ?c }")
    'select'
    """
    found = _FORM.search(_PROLOGUE.sub(" ", cleaned))
    return found[1].lower() if found else None


def is_distinct(cleaned: str) -> bool:
    """Return whether the outer SELECT gives each row once, as DISTINCT and GROUP BY do."""
    end = _HEAD_END.search(cleaned)
    head = cleaned[: end.start() if end else None]
    tail = cleaned[cleaned.rfind("}") :]
    return bool(_DISTINCT.search(head) or _DISTINCT.search(tail))


def fault_of(query: str, prefixes: Mapping[str, str]) -> str | None:
    """Return why a query does not parse, with its line; None where it does.

    Args:
        query: SPARQL; `$PATH` stands for a path.
        prefixes: namespaces that it may use.
    """
    head = " ".join(f"PREFIX {prefix}: <{space}>" for prefix, space in sorted(prefixes.items()))
    text = re.sub(r"[$?]PATH\b", "<urn:kg:path>", query)
    try:
        ox.Store().query(f"{head}\n{text}", base_iri="urn:kg:base")
    except SyntaxError as error:
        return _reason(str(error.msg))
    except (ValueError, RuntimeError, OSError):
        return None  # it parses; an engine may have functions that this one does not have
    return None


def _reason(message: str) -> str:
    at, reason = _AT.search(message), _REASON.search(message)
    place = f"line {int(at[1]) - 1}, column {at[2]} of the query" if at else ""
    why = " ".join(reason[0].split()) if reason else ""
    return ": ".join(part for part in (place, why) if part)
