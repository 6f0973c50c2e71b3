"""Regular expressions of sh:pattern: those that are none, and those that engines read differently.

Source: https://www.w3.org/TR/shacl/#PatternConstraintComponent
"""

import re
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from kg.validate.patterns import pattern_problems
from kg.validate.shapes.graph import SH
from kg.validate.shapes.lint.view import Found, View, violation, warning

_FLAGS = frozenset("ismxq")
# Escapes of XPath that neither library knows, as something that both take in their place.
_XPATH_ONLY = re.compile(r"\\[icIC]|\\[pP]\{[^}]*\}|\\[pP]\w|-\[[^\]]*\](?=\])")


def check_patterns(view: View) -> Iterator[Found]:
    """Yield patterns that no engine can read, and such as the engines do not read alike."""
    for node in view.index:
        flags = "".join(v.value for v in view.values(node, "flags") if isinstance(v, ox.Literal))
        for flag in sorted(set(flags) - _FLAGS):
            message = f"sh:flags has no flag {flag!r}: only i, s, m, x and q"
            yield violation("unknown-flag", message, node, SH + "flags")
        for value in view.values(node, "pattern"):
            if not isinstance(value, ox.Literal):
                continue
            if "q" not in flags and (fault := pattern_fault(value.value)):
                message = f"sh:pattern is not a regular expression: {fault}"
                yield violation("broken-pattern", message, node, SH + "pattern", value)
                continue
            for note in pattern_problems(value.value, flags):
                if not note.startswith("flag "):
                    yield warning("pattern", f"sh:pattern: {note}", node, SH + "pattern", value)


def pattern_fault(pattern: str) -> str | None:
    r"""Return why a text is no regular expression; None where an engine can read it.

    >>> pattern_fault("(a"), pattern_fault(r"a(?=b)"), pattern_fault(r"\p{IsGreek}\i")
    ('missing ), unterminated subpattern at position 0', None, None)
    """
    try:
        re.compile(_XPATH_ONLY.sub("w", pattern))
    except re.error as error:
        return None if _rust_reads(pattern) else str(error)
    except (OverflowError, RecursionError) as error:
        return str(error)
    return None


def _rust_reads(pattern: str) -> bool:
    query = f'SELECT (REGEX("", {ox.Literal(pattern)}) AS ?found) {{}}'
    rows: Any = ox.Store().query(query)
    return any(row["found"] is not None for row in rows)
