"""Regular expressions: what `sh:pattern` means, and where the engines mean something else.

SHACL has the regular expressions of XPath; the fast engine has those of Rust's crate `regex`,
pySHACL has Python's `re`. Where they differ silently, the same data conform in one engine and do
not in the other.

Source: https://www.w3.org/TR/shacl/#PatternConstraintComponent
Source: https://www.w3.org/TR/xpath-functions-31/#regex-syntax
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

_FLAGS = frozenset("ismxq")
# A token: an escape, a class with its brackets, the opening of a group, or one character.
_TOKEN = re.compile(
    r"\\[pP]\{[^}]*\}|\\x\{[^}]*\}|\\u\{[^}]*\}|\\.|\(\?[#<P]?[=!:<>]?|[*+?}][+]|\{,?\d*[^}]*\}|.",
    re.DOTALL,
)
_CLASS = re.compile(r"\[\^?\]?(?:\\.|\[:\^?\w+:\]|\[(?:\\.|[^\]\\])*\]|[^\]\\])*\]", re.DOTALL)


def python_pattern(pattern: str, flags: str) -> str:
    r"""Return a pattern of `sh:pattern` with the meaning of its flags, as Python's `re` has it.

    pySHACL itself passes on the flags i and m alone. `$` is the end of the text, as in XPath, not
    also the place before a last line break; where flag m is given it is left as it is.

    >>> python_pattern("^a$", "")
    '^a\\Z'
    >>> python_pattern("a.b", "q")
    'a\\.b'
    >>> python_pattern("a b", "sx")
    '(?s:ab)'
    """
    if "q" in flags:
        return re.escape(pattern)
    parts = []
    for piece in _tokens(pattern):
        if piece == "$" and "m" not in flags:
            parts.append(r"\Z")
        elif not ("x" in flags and piece.isspace()):
            parts.append(piece)
    text = "".join(parts)
    return f"(?s:{text})" if "s" in flags else text


def _tokens(pattern: str) -> Iterator[str]:
    place = 0
    while place < len(pattern):
        found = _CLASS.match(pattern, place) or _TOKEN.match(pattern, place)
        assert found is not None
        yield found[0]
        place = found.end()


_IN_CLASS = r"\[(?:\\.|[^\\\[])*"
_KNOWN = re.compile(r"\\[nrtdD]")
_QUANTIFIER = re.compile(r"[*+?]|\{\d+(?:,\d*)?\}")
# What a token looks like -> what is to be known about it.
_NOTES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(form, re.DOTALL), note)
    for form, note in (
        (r"\(\?=|\(\?!", "look-ahead: the fast engine has none, pyshacl takes over"),
        (r"\(\?<[=!]", "look-behind: the fast engine has none, pyshacl takes over"),
        (r"\\[1-9]", "back-reference: the fast engine has none, pyshacl takes over"),
        (r"\\0", "octal escape: XPath and the fast engine have none, write the character"),
        (r"\(\?P?<$|\(\?P$", "named group: XPath has none, write (…) or (?:…)"),
        (r"\(\?>|[*+?}]\+", "possessive or atomic: the engines differ, and XPath has none"),
        (r"\(\?#", "comment in the pattern: XPath and the fast engine have none"),
        (r"\(\?$", "flags inside the pattern: XPath has none, use sh:flags"),
        (r"\\[pP]\{Is.*", "Unicode block: neither engine has blocks, write the range"),
        (r"\\[pP].*", "Unicode property: pyshacl has none, the fast engine is needed"),
        (r"\\[icIC]", "name characters of XML: neither engine has them, write the class"),
        (r"\\[wW]", "\\w: the engines differ for marks and numerals; write the class"),
        (r"\\[sS]", "\\s: pyshacl counts U+001C to U+001F and U+0085 too, XPath does not"),
        (r"\\[bBAzZG]$", "word or text boundary by escape: XPath has none"),
        (r"\\[a-zA-Z\x80-\U0010ffff]", "escape unknown to XPath: write the character itself"),
        (rf"{_IN_CLASS}-\[", "class subtraction: both engines read it as something else"),
        (
            rf"{_IN_CLASS}(?:&&|--|~~)",
            "set operation in a class: the engines differ, XPath has none",
        ),
        (rf"{_IN_CLASS}\[", "bracket in a class: the engines differ, write \\["),
        (r"[*+?{].*[*+?{]", "quantifier after a quantifier: the engines differ, XPath has none"),
        (r"\{,.*", "quantifier without lower bound: only pyshacl has it, write {0,n}"),
        (r"\{(?!\d+(?:,\d*)?\}).*", "brace that is no quantifier: the fast engine refuses it"),
    )
)


def pattern_problems(pattern: str, flags: str) -> tuple[str, ...]:
    """Return where the engines, or an engine and XPath, do not mean the same, in plain words.

    Args:
        pattern: value of `sh:pattern`.
        flags: value of `sh:flags`, empty where there is none.

    Returns:
        Sentences without the pattern itself, each once, in the order in which they stand in it.
    """
    found = dict.fromkeys(
        f"flag {flag}: there is none such, only i, s, m, x and q"
        for flag in flags
        if flag not in _FLAGS
    )
    if "q" in flags:
        return tuple(found)
    if "x" in flags and "#" in pattern:
        found["# under flag x: the fast engine begins a comment there, XPath does not"] = None
    if "x" in flags and any(p.startswith("[") and " " in p for p in _tokens(pattern)):
        found["space in a class under flag x: XPath keeps it, the fast engine does not"] = None
    if "m" in flags and "\r" in pattern:
        found["line break CR under flag m: the engines differ"] = None
    for piece in _with_parts(_tokens(pattern)):
        if not _KNOWN.match(piece):
            notes = (note for form, note in _NOTES if form.match(piece))
            found |= dict.fromkeys(islice(notes, 1))
    return tuple(found)


def _with_parts(pieces: Iterable[str]) -> Iterator[str]:
    """Yield tokens, the escapes of a class each by itself too, and quantifiers that meet as one."""
    before = ""
    for piece in pieces:
        yield piece
        if piece.startswith("["):
            yield from (part for part in _tokens(piece[1:-1]) if part.startswith("\\"))
        quantifier = piece if _QUANTIFIER.fullmatch(piece) else ""
        if before and quantifier and quantifier != "?":
            yield before + quantifier
        before = quantifier
