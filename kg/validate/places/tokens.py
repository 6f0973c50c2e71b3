"""Tokens of Turtle and TriG with the lines on which they begin.

Source: https://www.w3.org/TR/turtle/#sec-grammar-grammar
"""

import re
from collections.abc import Iterator
from typing import IO, NamedTuple

from kg.validate.places.source import Pieces

# The file parsed, so what is no ASCII can only be a letter of a name.
_LETTER = r"A-Za-z\x80-\U0010ffff"
_LATER = _LETTER + r"0-9_\-"
_HEX_OR_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[^\s]"
_TOKEN = re.compile(
    rf"""
    (?P<space> (?: [ \t\r\n]++ | \#[^\r\n]*+ )++ )
    | (?P<iri> <[^<>"{{}}|^`\x00-\x20]*+> )
    | (?P<name> (?: [{_LETTER}] (?: \.*+[{_LATER}] )*+ )?+ :
        (?: (?: [{_LETTER}0-9_:] | {_HEX_OR_ESCAPE} )
            (?: \.*+ (?: [{_LATER}:] | {_HEX_OR_ESCAPE} ) )*+ )?+ )
    | (?P<blank> _:[{_LETTER}0-9_] (?: \.*+[{_LATER}] )*+ )
    | (?P<long> \"\"\" (?: [^"\\]++ | \\. | "(?!"") )*+ \"\"\"
              | ''' (?: [^'\\]++ | \\. | '(?!'') )*+ ''' )
    | (?P<string> (?!\"\"\")" (?: [^"\\\r\n]++ | \\. )*+ "
                | (?!''')' (?: [^'\\\r\n]++ | \\. )*+ ' )
    | (?P<double> [+-]? (?: [0-9]+\.?[0-9]* | \.[0-9]+ ) [eE] [+-]? [0-9]+ )
    | (?P<decimal> [+-]? [0-9]* \. [0-9]+ )
    | (?P<integer> [+-]? [0-9]+ )
    | (?P<tag> @[A-Za-z]+ (?: -[A-Za-z0-9]+ )* (?: --[A-Za-z]+ )? )
    | (?P<word> [A-Za-z][A-Za-z0-9_]* )
    | (?P<mark> <<\( | << | \)>> | >> | \{{\| | \|\}} | \^\^ | [.,;\[\](){{}}~^|!=] )
    """,
    re.VERBOSE | re.DOTALL,
)
# No token but a space or a long string ends otherwise if more than this follows it.
_AHEAD = 64


class Token(NamedTuple):
    """A token.

    Attributes:
        kind: iri, name, blank, long, string, double, decimal, integer, tag, word or mark.
        text: as it is written.
        line: on which it begins, from 1.
    """

    kind: str
    text: str
    line: int


def read_tokens(file: IO[bytes]) -> Iterator[Token]:
    """Yield the tokens of a file, up to the first place that is none.

    Raises:
        OSError: the file cannot be read.
    """
    pieces = Pieces(file)
    match, start, line = _TOKEN.match, 0, 1
    text, safe = "", 0
    while True:
        found = match(text, start)
        if found is None or found.end() >= safe:
            if not pieces.read_on(start):
                return
            text, start = pieces.text, 0
            safe = len(text) + 1 if pieces.ended else len(text) - _AHEAD
            continue
        kind, word, start = found.lastgroup or "", found.group(), found.end()
        if kind != "space":
            yield Token(kind, word, line)
        if kind in ("space", "long"):
            line += word.count("\n")
