"""Tokens of Turtle and TriG with the lines on which they begin.

Source: https://www.w3.org/TR/turtle/#sec-grammar-grammar
"""

import re
from collections.abc import Generator
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
# What stands in a block after its subject, up to the dot, or the brace of its graph.
_REST = re.compile(
    rf"""
    (?: [ \t\r\n;,@^~|=!?+*/>()\[\]]++
    | \#[^\r\n]*+
    | (?: [{_LATER}:%] | \\. )++ (?: \.++ (?: [{_LATER}:%] | \\. )++ )*+
    | <[^<>"{{}}|^`\x00-\x20]*+> | <<\(? | \{{\| | \|\}} | \.[0-9]
    | \"\"\" (?: [^"\\]++ | \\. | "(?!"") )*+ \"\"\"
    | \'\'\' (?: [^'\\]++ | \\. | '(?!'') )*+ \'\'\'
    | (?!\"\"\")" (?: [^"\\\r\n]++ | \\. )*+ "
    | (?!\'\'\')' (?: [^'\\\r\n]++ | \\. )*+ '
    )*+
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


def read_tokens(file: IO[bytes]) -> Generator[Token, bool | None, None]:
    """Yield the tokens of a file, up to the first place that is none.

    Sent True after a subject, it goes on at the end of its block without looking at what is in it,
    which takes a tenth of the time.

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
        kind, word, start = found.lastgroup, found.group(), found.end()
        pass_over = kind is not None and kind != "space" and (yield Token(kind, word, line))
        match = _REST.match if pass_over else _TOKEN.match
        if kind in (None, "space", "long"):
            line += word.count("\n")
