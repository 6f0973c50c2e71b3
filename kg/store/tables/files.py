"""Tables as files: CSV for spreadsheets, Parquet for data frames, JSON Lines for programs."""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import BinaryIO

from kg.errors import InputError
from kg.store.tables.columns import Table
from kg.store.tables.rows import Value

FORMATS = ("csv", "tsv", "jsonl", "parquet")
_BETWEEN = "; "
# Spreadsheets take a cell that begins so for a formula, even in quotes.
# Source: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = re.compile(r"[=+\-@\t\r]")


def write_table(
    table: Table,
    rows: Sequence[Sequence[Value]],
    stream: BinaryIO,
    form: str,
    *,
    mark: bool = False,
) -> None:
    """Write a table; the same rows give the same bytes.

    In CSV and TSV the values of a list stand in one cell, joined with `; `; a text that a
    spreadsheet would take for a formula gets an apostrophe before it. Parquet has lists as lists,
    days as days, and texts as they are.

    Args:
        table: what the columns are.
        rows: from `make_table`.
        stream: open for bytes.
        form: csv, tsv, jsonl or parquet.
        mark: begin CSV with a byte order mark, by which Excel knows UTF-8.

    Raises:
        InputError: no such form, or Parquet without pyarrow.
    """
    if form in ("csv", "tsv"):
        _write_csv(table, rows, stream, "\t" if form == "tsv" else ",", mark=mark)
    elif form == "jsonl":
        for row in rows:
            named = {c.name: _plain(v) for c, v in zip(table.columns, row, strict=True)}
            stream.write((json.dumps(named, ensure_ascii=False) + "\n").encode())
    elif form == "parquet":
        _write_parquet(table, rows, stream)
    else:
        raise InputError(f"no form {form!r} of a table; there are: {', '.join(FORMATS)}")


def _write_csv(
    table: Table,
    rows: Iterable[Sequence[Value]],
    stream: BinaryIO,
    delimiter: str,
    *,
    mark: bool,
) -> None:
    text = io.TextIOWrapper(
        stream, encoding="utf-8-sig" if mark else "utf-8", newline="", write_through=True
    )
    writer = csv.writer(text, delimiter=delimiter)  # RFC 4180: CRLF
    writer.writerow([column.name for column in table.columns])
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    text.detach()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | date):
        return str(value)
    words = _BETWEEN.join(value) if isinstance(value, tuple) else value
    return f"'{words}" if _FORMULA.match(words) else words


def _plain(value: Value) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _write_parquet(table: Table, rows: Sequence[Sequence[Value]], stream: BinaryIO) -> None:
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError:
        raise InputError(
            'Parquet needs pyarrow: pip install "newskg[tables]"; CSV needs nothing'
        ) from None
    kinds = {
        "text": arrow.string(),
        "list": arrow.list_(arrow.string()),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "date": arrow.date32(),
        "truth": arrow.bool_(),
    }
    fields = [
        arrow.field(column.name, kinds[column.kind], metadata={"meaning": column.meaning})
        for column in table.columns
    ]
    columns = [
        arrow.array([_exact(row[place], column.kind) for row in rows], type=kinds[column.kind])
        for place, column in enumerate(table.columns)
    ]
    made = arrow.Table.from_arrays(columns, schema=arrow.schema(fields))
    parquet.write_table(made, stream, compression="zstd", version="2.6")


def _exact(value: Value, kind: str) -> object:
    if kind == "number" and isinstance(value, int):
        return float(value)
    return list(value) if isinstance(value, tuple) else value
