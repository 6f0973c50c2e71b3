"""Where the engines read a pattern differently the linter has something to say about it."""

import re
import warnings

import pyoxigraph as ox
import pytest
import shacl

from kg.validate.patterns import pattern_problems, python_pattern

SH = "http://www.w3.org/ns/shacl#"
# Pattern, flags and a value on which the engines agree, and which need no word.
ALIKE = (
    ("^a$", "", "a\n"),
    ("^a$", "", "a"),
    ("b$", "m", "b\na"),
    ("^a.b$", "", "a\nb"),
    ("^a.b$", "s", "a\nb"),
    ("^a b$", "x", "ab"),
    ("a.b", "q", "axb"),
    ("a.b", "q", "a.b"),
    (r"^\d+$", "", "١٢"),
    (r"^\D$", "", "٣"),
    ("É", "i", "é"),
    ("ß", "i", "ẞ"),
    ("ς", "i", "Σ"),
    ("^.$", "", "😀"),
    (r"^[\[\]-]+$", "", "[-]"),
    (r"^a{2,}?$", "", "aaa"),
    (r"^https?://[^ ]+\.(org|net)/", "", "https://a.example.org/"),
)
# The same where they differ, or one cannot read it, or both read what XPath means otherwise.
UNLIKE = (
    (r"^\w+$", "", "²"),
    (r"^[\w.]+$", "", "a\u0301"),
    (r"^\s$", "", "\x1c"),
    (r"\bb", "", "a\u0301b"),
    (r"\B", "", ""),
    (r"^\p{L}+$", "", "é"),
    (r"^[\p{Lu}]$", "", "É"),
    (r"^\i\c*$", "", "a1"),
    (r"^[a-z-[aeiou]]+$", "", "a"),
    (r"^[a-z-[aeiou]]+$", "", "b]"),
    (r"^[[ab]]$", "", "a"),
    (r"^[[:alpha:]]+$", "", "a"),
    (r"^[a&&b]+$", "", "a"),
    ("a(?=b)", "", "ab"),
    ("(?<=a)b", "", "ab"),
    (r"(a)\1", "", "aa"),
    ("(?<x>a)", "", "a"),
    ("a(?i)b", "", "aB"),
    ("(?>a)b", "", "ab"),
    ("^a**$", "", "aa"),
    ("^a{2}{3}$", "", "aaaaaa"),
    ("a{,2}b", "", "aab"),
    ("a{x}", "", "a{x}"),
    (r"\x{41}", "", "A"),
    (r"\z", "", "a"),
    (r"\é", "", "é"),
    (r"\0", "", "\0"),
    ("a#b", "x", "a"),
    ("^[a b]$", "x", " "),
)


@pytest.mark.parametrize(("pattern", "flags", "value"), ALIKE)
def test_plain_pattern_is_read_alike(pattern: str, flags: str, value: str) -> None:
    assert pattern_problems(pattern, flags) == ()
    assert fast(pattern, flags, value) == oracle(pattern, flags, value)
    assert fast(pattern, flags, value) is not None


@pytest.mark.parametrize(("pattern", "flags", "value"), UNLIKE)
def test_pattern_that_is_read_differently_is_told(pattern: str, flags: str, value: str) -> None:
    assert pattern_problems(pattern, flags)
    readings = (fast(pattern, flags, value), oracle(pattern, flags, value))
    assert readings[0] != readings[1] or readings == (None, None)


def fast(pattern: str, flags: str, value: str) -> bool | None:
    """Whether the fast engine lets a value pass, None where it refuses the pattern."""
    lines = [
        f"<urn:S> <{SH}targetSubjectsOf> <urn:p> .",
        f"<urn:S> <{SH}property> <urn:P> .",
        f"<urn:P> <{SH}path> <urn:p> .",
        f"<urn:P> <{SH}pattern> {ox.Literal(pattern)} .",
    ]
    if flags:
        lines.append(f"<urn:P> <{SH}flags> {ox.Literal(flags)} .")
    try:
        shapes = shacl.Shapes.from_text("\n".join(lines) + "\n", format="ntriples")
    except ValueError:
        return None
    data = f"<urn:a> <urn:p> {ox.Literal(value)} .\n"
    return bool(shapes.validate_text(data, format="ntriples").conforms)


def oracle(pattern: str, flags: str, value: str) -> bool | None:
    """The same of pySHACL, which passes i and m on to `re`."""
    own = (re.IGNORECASE if "i" in flags else 0) | (re.MULTILINE if "m" in flags else 0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return bool(re.search(python_pattern(pattern, flags), value, own))
    except re.error:
        return None
