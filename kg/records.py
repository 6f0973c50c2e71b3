"""Records: an `Article` as JSON, one line each, in and out.

The record is the contract for other extractors: whatever writes it can be mapped, validated and
queried. Its JSON Schema (`ontology/article-record.schema.json`) is generated from the values.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kg.errors import RecordError
from kg.model import Article, EventTable

_ARTICLE = TypeAdapter(Article)
_TABLE = TypeAdapter(EventTable)


def dump_record(article: Article) -> str:
    """Return the record of an article as one line of JSON; empty fields are left out."""
    return json.dumps(_slim(_ARTICLE.dump_python(article, mode="json")), ensure_ascii=False)


def load_record(line: str, *, source: str = "record") -> Article:
    """Return the article of one line of JSON.

    Raises:
        RecordError: names the field and what is wrong with it.
    """
    try:
        return _ARTICLE.validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "line"
        more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
        raise RecordError(f"{place}: {first['msg']}{more}", source=source) from None


def read_records(path: Path) -> Iterator[Article]:
    """Yield the articles of a JSON Lines file.

    Raises:
        RecordError: names file, line and field.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield load_record(line, source=f"{path}:{number}")


def dump_records(articles: Iterable[Article]) -> str:
    """Return JSON Lines, one record a line."""
    return "".join(dump_record(article) + "\n" for article in articles)


def dump_table(table: EventTable) -> str:
    """Return a table of coded events as one line of JSON."""
    return _TABLE.dump_json(table, exclude_defaults=True).decode()


def load_table(line: str) -> EventTable:
    """Return the table of `dump_table`."""
    return _TABLE.validate_json(line)


def record_schema() -> dict[str, Any]:
    """Return the JSON Schema of the record."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://w3id.org/newskg/article-record.schema.json",
        "title": "Article record",
        **_ARTICLE.json_schema(mode="validation"),
    }


def _slim(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {k: _slim(v) for k, v in value.items() if v is not None and v != []}
    if isinstance(value, list):
        return [_slim(item) for item in value]
    return value
