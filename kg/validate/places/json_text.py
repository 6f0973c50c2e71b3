"""JSON with the lines of its values.

Source: https://www.rfc-editor.org/rfc/rfc8259
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from kg.validate.places.source import Pieces

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]++)|(?P<string>"(?:[^"\\]++|\\.)*+")|(?P<mark>[\[\]{},:])
    |(?P<plain>[A-Za-z0-9+.\-]++)""",
    re.VERBOSE | re.DOTALL,
)
_DEEPEST = 100


@dataclass(slots=True, kw_only=True)
class JsonValue:
    """A value.

    Attributes:
        kind: object, array, string, number, or one of true, false and null.
        line: on which it begins, from 1.
        text: of a string, unescaped, or of a number as it is written.
        members: of an object, in their order.
        items: of an array.
    """

    kind: str
    line: int
    text: str = ""
    members: list["Member"] = field(default_factory=list)
    items: list["JsonValue"] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A key of an object with its line, from 1, and its value."""

    key: str
    line: int
    value: JsonValue


class BrokenJsonError(Exception):
    """The text is no JSON, ends early, or is nested deeper than is followed."""


class JsonText:
    """A text of JSON that is read value by value."""

    def __init__(self, file: IO[bytes]) -> None:
        """Begin to read; nothing is taken from the file yet."""
        self._tokens = _read_tokens(file)
        self._kept: tuple[str, str, int] | None = None

    def opens(self, mark: str) -> bool:
        """Return whether `{` or `[` comes next; if so, it is read over."""
        token = self._take()
        if token[1] == mark:
            return True
        self._kept = token
        return False

    def read_items(self) -> Iterator[JsonValue]:
        """Yield the values of an array whose bracket was read over."""
        while not self._closes("]"):
            yield self.read_value()

    def read_keys(self) -> Iterator[tuple[str, int]]:
        """Yield the keys of an object whose bracket was read over, each with its line.

        The caller reads the value of one before it takes the next.
        """
        while not self._closes("}"):
            _, text, line = self._take()
            if self._take()[1] != ":":
                raise BrokenJsonError
            yield _unquoted(text), line

    def read_value(self, depth: int = 0) -> JsonValue:
        """Return the next value.

        Raises:
            BrokenJsonError: there is none.
            OSError: the file cannot be read.
        """
        kind, text, line = self._take()
        if depth > _DEEPEST:
            raise BrokenJsonError
        if kind == "string":
            return JsonValue(kind="string", line=line, text=_unquoted(text))
        if text == "{":
            members = [
                Member(key=key, line=at, value=self.read_value(depth + 1))
                for key, at in self.read_keys()
            ]
            return JsonValue(kind="object", line=line, members=members)
        if text == "[":
            items = []
            while not self._closes("]"):
                items.append(self.read_value(depth + 1))
            return JsonValue(kind="array", line=line, items=items)
        if kind != "plain":
            raise BrokenJsonError
        return JsonValue(
            kind=text if text in ("true", "false", "null") else "number", line=line, text=text
        )

    def _closes(self, mark: str) -> bool:
        """Return whether the bracket closes here; a comma before another value is read over."""
        token = self._take()
        if token[1] == mark:
            return True
        if token[1] != ",":
            self._kept = token
        return False

    def _take(self) -> tuple[str, str, int]:
        if self._kept is not None:
            token, self._kept = self._kept, None
            return token
        for token in self._tokens:
            return token
        raise BrokenJsonError


def _read_tokens(file: IO[bytes]) -> Iterator[tuple[str, str, int]]:
    pieces = Pieces(file)
    text, start, line = "", 0, 1
    while True:
        found = _TOKEN.match(text, start)
        if found is None or (found.end() == len(text) and not pieces.ended):
            if not pieces.read_on(start):
                return
            text, start = pieces.text, 0
            continue
        kind, start = found.lastgroup or "", found.end()
        if kind == "space":
            line += found.group().count("\n")
        else:
            yield kind, found.group(), line


def _unquoted(text: str) -> str:
    try:
        return str(json.loads(text, strict=False))
    except ValueError:
        raise BrokenJsonError from None
