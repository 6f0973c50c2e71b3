"""Event tables among what is validated: their rows are told from articles by what is in the graph.

The evidence of a row is the row of a file, so the profile `rows` takes the place of `evidence`. In
a graph that holds tables and other things, a table's nodes are the file's IRI and what begins with
it and `#`.

Source: https://www.rfc-editor.org/rfc/rfc7111#section-2
"""

import re
from collections.abc import Iterable, Iterator

from kg.validate.profiles import PROFILES
from kg.vocabulary import expand

_TYPE = f"<{expand('rdf:type')}>".encode()
_IS_FILE = b" %s <%s> .\n" % (_TYPE, expand("schema:DataDownload").encode())
_ROW = b"#row="
_OF_ROW = re.compile(rb"<[^ >]+#(?:claim|said|event|figure)-(\d{1,15})(?:-\d+)?> ")
_ROWS = 4_000
LARGEST = 40_000_000
"""Bytes of N-Triples that are validated at once: some 10,000 rows."""
_REPLACED, _REPLACING = "evidence", "rows"


def row_profiles(names: Iterable[str] | None) -> tuple[str, ...] | None:
    """Return the profiles for tables: `rows` in place of `evidence`; None if they are the same.

    >>> row_profiles(["core", "evidence"])
    ('core', 'rows')
    """
    usual = [profile.name for profile in PROFILES.values() if profile.usual]
    parts = usual if names is None else [part.strip() for name in names for part in name.split(",")]
    if _REPLACED not in parts:
        return None
    return tuple(dict.fromkeys(_REPLACING if part == _REPLACED else part for part in parts))


def has_rows(data: bytes) -> bool:
    """Return whether N-Triples hold a file of rows and rows of it."""
    return _IS_FILE in data and _ROW in data


def divide(data: bytes) -> tuple[bytes, bytes]:
    """Return the statements about tables, and the others.

    Where the rows of somebody else's table do not begin with the name of its file, all are taken
    for statements about it.
    """
    files = set(_files(data))
    of_tables: list[bytes] = []
    others: list[bytes] = []
    for line in data.split(b"\n"):
        if line:
            subject = line[: line.index(b" ")]
            own = subject in files or subject.partition(b"#")[0] + b">" in files
            (of_tables if own else others).append(line)
    if any(_ROW in line for line in others):
        return data, b""
    return _joined(of_tables), _joined(others)


def pieces(data: bytes, largest: int = LARGEST) -> Iterator[bytes]:
    """Yield the statements about tables: those that rows share, then those of some thousand rows.

    Rows do not speak of each other, so that each piece can be validated with the shared nodes it
    uses beside it, in bounded memory. What is smaller than `largest` (bytes), or names its nodes
    otherwise than we do, is one piece.
    """
    if len(data) <= largest:
        yield data
        return
    shared: list[bytes] = []
    rows: dict[int, list[bytes]] = {}
    for line in data.split(b"\n"):
        found = _OF_ROW.match(line)
        if found:
            rows.setdefault(int(found[1]) // _ROWS, []).append(line)
        elif line:
            shared.append(line)
    if any(_ROW in line for line in shared):
        yield data
        return
    yield _joined(shared)
    while rows:
        yield _joined(rows.pop(min(rows)))


def _files(data: bytes) -> Iterator[bytes]:
    at = data.find(_IS_FILE)
    while at >= 0:
        yield data[data.rfind(b"\n", 0, at) + 1 : at]
        at = data.find(_IS_FILE, at + 1)


def _joined(lines: list[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)
