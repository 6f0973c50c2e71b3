"""What a constraint's query must not have, because its variables are bound beforehand.

Source: https://www.w3.org/TR/shacl/#pre-binding
"""

import re

# Comments, strings and IRIs, in which words mean nothing.
_QUOTED = re.compile(
    r"\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|<[^<>\s{}]*>|#[^\n]*",
    re.DOTALL,
)
_FORBIDDEN = re.compile(r"(?<![\w:?$.-])(VALUES|MINUS|SERVICE)(?![\w:])", re.IGNORECASE)
_BOUND_ANEW = re.compile(r"\bAS\s+[?$](this|shapesGraph|currentShape)\b", re.IGNORECASE)
_NESTED = re.compile(r"\{\s*SELECT\b(.*?)(?=\bWHERE\b|\{)", re.IGNORECASE | re.DOTALL)
_THIS = re.compile(r"[?$]this\b")


def query_problems(query: str) -> tuple[str, ...]:
    """Return what makes a query ill-formed as that of a constraint or validator, in plain words.

    Args:
        query: text of `sh:select` or `sh:ask`.

    Returns:
        Sentences without the query itself, each once; none where the query may be used. Whether
        it parses is not looked at.
    """
    text = _QUOTED.sub('""', query)
    found = {
        f"{word.upper()} cannot be used in the query of a constraint": None
        for word in _FORBIDDEN.findall(text)
    }
    for name in _BOUND_ANEW.findall(text):
        found[f"the query binds ${name} anew, which is bound already"] = None
    if any(not _THIS.search(variables) for variables in _NESTED.findall(text)):
        found["a SELECT within the query does not select $this, which has no value there"] = None
    return tuple(found)
