"""What is known about a text beside it: `NAME.meta.json`, or a row of a table."""

import csv
import io
import json
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from kg.errors import InputError

FIELDS = ("url", "title", "publisher", "date_published", "authors", "language")
_KEYS = ("file", "filename", "file_name", "source", "name")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True)
class Stated:
    """What one file or row states about a text.

    Attributes:
        values: checked text by field.
        authors: names, in order.
        origin: file, or table and row.
        warnings: one line for each thing that could not be used.
    """

    values: dict[str, str] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    origin: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields that it gives a value."""
        return (*self.values, *(("authors",) if self.authors else ()))


def read_sidecar(path: Path) -> Stated | None:
    """Return what `NAME.meta.json` beside `NAME.txt` states, or None where there is none."""
    for beside in (path.with_suffix(".meta.json"), path.with_name(path.name + ".meta.json")):
        if beside.is_file():
            try:
                data = json.loads(beside.read_bytes().decode("utf-8-sig"))
            except (ValueError, OSError, RecursionError) as error:
                reason = f"{beside.name} was left out: {str(error).splitlines()[0]}"
                return Stated(origin=beside.name, warnings=(reason,))
            if not isinstance(data, dict):
                return Stated(
                    origin=beside.name,
                    warnings=(f"{beside.name} was left out: it is not one JSON object",),
                )
            return _check(data, beside.name)
    return None


def read_table(path: Path) -> tuple[dict[str, Stated], list[str]]:
    """Return what a CSV, TSV or JSON Lines table states by file name, and warnings about its rows.

    A row names its text in the column `file` (or `filename`, `source`, `name`).

    Raises:
        InputError: the table cannot be read, or has no such column.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot read the table: {error.strerror}", source=path.name) from error
    except UnicodeDecodeError as error:
        raise InputError("the table is not UTF-8: save it as UTF-8", source=path.name) from error
    rows: dict[str, Stated] = {}
    warnings: list[str] = []
    for number, row in _rows(path, text, warnings):
        key = next((str(row[k]) for k in _KEYS if row.get(k)), None)
        if key is None:
            warnings.append(f"row {number} names no file: give it a column file")
            continue
        stated = _check(
            {k: v for k, v in row.items() if k not in _KEYS}, f"{path.name}#row={number}"
        )
        if key in rows:
            warnings.append(f"row {number} names {key} again: the first row counts")
        rows.setdefault(key, stated)
    if not rows:
        raise InputError("no row names a file: it needs a column file", source=path.name)
    return rows, warnings


def _rows(path: Path, text: str, warnings: list[str]) -> list[tuple[int, dict[str, object]]]:
    """Rows counted from 1, as in RFC 7111 (a CSV's header is row 1)."""
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        found: list[tuple[int, dict[str, object]]] = []
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                try:
                    row = json.loads(line)
                except (ValueError, RecursionError):
                    row = None
                if isinstance(row, dict):
                    found.append((number, row))
                else:
                    warnings.append(f"row {number} is not a JSON object and was left out")
        return found
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        return [
            (n, {k.strip(): v for k, v in row.items() if isinstance(k, str) and v})
            for n, row in enumerate(reader, 2)
        ]
    except csv.Error as error:
        raise InputError(f"the table is broken: {error}", source=path.name) from error


def _check(data: dict[str, object], origin: str) -> Stated:
    values: dict[str, str] = {}
    warnings: list[str] = []
    authors: tuple[str, ...] = ()
    for key, value in data.items():
        if key not in FIELDS:
            warnings.append(f"{origin}: {key!s:.40} is not known; known are {', '.join(FIELDS)}")
        elif not value:
            continue
        elif key == "authors":
            authors, problem = _authors(value)
            warnings += [f"{origin}: {problem}"] if problem else []
        elif not isinstance(value, str):
            warnings.append(f"{origin}: {key} was left out: it is not text")
        elif problem := _problem(key, value.strip()):
            warnings.append(f"{origin}: {key} was left out: {problem}")
        else:
            values[key] = " ".join(value.split())
    return Stated(values, authors, origin, tuple(warnings))


def _authors(value: object) -> tuple[tuple[str, ...], str | None]:
    names = value.split(";") if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(n, str) for n in names):
        return (), "authors was left out: it is not a list of names"
    return tuple(" ".join(n.split()) for n in names if n.strip()), None


def _problem(key: str, value: str) -> str | None:
    if not value:
        return "it is blank"
    if key == "url" and not _URL.fullmatch(value):
        return "it is not an absolute http or https address"
    if key == "language" and not _LANGUAGE.fullmatch(value):
        return "it is not a language tag such as en"
    if key == "date_published" and not is_iso_date(value):
        return "it is not an ISO date such as 2022-03-01"
    return None


def is_language(value: str) -> bool:
    """Return whether text is a language tag.

    Source: https://www.rfc-editor.org/rfc/rfc5646#section-2.1
    """
    return _LANGUAGE.fullmatch(value) is not None


def is_iso_date(value: str) -> bool:
    """Return whether text is an ISO 8601 day or date-time."""
    for parse in (date.fromisoformat, datetime.fromisoformat):
        try:
            return bool(parse(value)) and len(value) >= len("2022-03-01")
        except ValueError:
            continue
    return False
