"""Saved queries: SPARQL files with a header that says what they answer.

# answers: who denies what somebody else claims
# parameter: speaker | part of the speaker's name
# parameter: since (date) | first day
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal as OneOf
from typing import get_args

from pyoxigraph import Literal

from kg.errors import QueryError

_ANSWERS = re.compile(r"(?m)^# answers: (.+)$")
_PARAMETER = re.compile(r"(?m)^# parameter: (\w+)(?: \((\w+)\))? \| (.+)$")
Kind = OneOf["text", "date", "number"]
_NAME = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A value that a saved query takes, always a plain literal.

    Attributes:
        kind: what may be given: any text, a day as YYYY-MM-DD, or a decimal number.
    """

    name: str
    default: str
    meaning: str
    kind: Kind = "text"

    def check(self, value: str) -> None:
        """Refuse a value of another kind.

        Raises:
            QueryError: says what it must look like.
        """
        if self.kind == "date" and not _is_day(value):
            raise QueryError(f"{self.name}={value}: this is a day, such as 2024-05-31")
        if self.kind == "number" and not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", value):
            raise QueryError(f"{self.name}={value}: this is a number, such as 0.7")


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedQuery:
    """A query and what it answers."""

    name: str
    answers: str
    parameters: tuple[Parameter, ...]
    sparql: str

    def with_values(self, given: Mapping[str, str]) -> str:
        """Return the SPARQL text with other values for its parameters.

        Raises:
            QueryError: a parameter that the query does not have, or a value of another kind.
        """
        known = {p.name: p for p in self.parameters}
        text = self.sparql
        for name, value in given.items():
            if name not in known:
                names = ", ".join(sorted(known)) or "none"
                raise QueryError(f"{self.name}: no parameter {name!r}; it has: {names}")
            known[name].check(value)
            clause = f"VALUES ?{name} {{ {Literal(value)} }}"
            first, _, last = _split(text, name)
            text = first + clause + last
        return text


@cache
def list_queries() -> tuple[SavedQuery, ...]:
    """Return the saved queries that ship with kg, sorted by name."""
    folder = files("kg.store") / "queries"
    found = [
        _parse(item.name.removesuffix(".rq"), item.read_text("utf-8"))
        for item in folder.iterdir()
        if item.name.endswith(".rq")
    ]
    return tuple(sorted(found, key=lambda q: q.name))


def find_query(text: str) -> SavedQuery:
    """Return the query of a saved name, of a `.rq` file, or of SPARQL text itself.

    Raises:
        QueryError: a name that is not saved, or a file that cannot be read.
    """
    if _NAME.fullmatch(text):
        for saved in list_queries():
            if saved.name == text:
                return saved
        names = ", ".join(q.name for q in list_queries())
        raise QueryError(f"no saved query {text!r}; there are: {names}")
    if text.endswith(".rq") and "\n" not in text:
        try:
            return _parse(text, Path(text).read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"{text}: cannot be read: {error}") from None
    return _parse("query", text)


def _parse(name: str, text: str) -> SavedQuery:
    answers = _ANSWERS.search(text)
    parameters = []
    for parameter, kind, meaning in _PARAMETER.findall(text):
        default = _values(parameter).search(text)
        if default is None:
            raise QueryError(f'{name}: no VALUES ?{parameter} {{ "…" }} for the parameter')
        parameters.append(
            Parameter(
                name=parameter,
                default=default[1],
                meaning=meaning,
                kind=_kind(name, kind or "text"),
            )
        )
    return SavedQuery(
        name=name, answers=answers[1] if answers else "", parameters=tuple(parameters), sparql=text
    )


def _kind(query: str, word: str) -> Kind:
    for kind in get_args(Kind):
        if word == kind:
            return kind  # type: ignore[no-any-return]
    raise QueryError(f"{query}: no kind of parameter {word!r}; there are: text, date, number")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _split(text: str, name: str) -> tuple[str, str, str]:
    """Return what stands before, in and after the VALUES clause of a parameter."""
    found = _values(name).search(text)
    if found is None:
        raise QueryError(f'no VALUES ?{name} {{ "…" }} in the query')
    return text[: found.start()], found[1], text[found.end() :]


def _values(name: str) -> re.Pattern[str]:
    return re.compile(rf'VALUES \?{name} {{ "([^"\\]*)" }}')
