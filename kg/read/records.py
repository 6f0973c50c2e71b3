"""Records: our own as JSON Lines, and articles as news-please and trafilatura write them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from kg.errors import InputError, RecordError
from kg.model import Article, Document, Failure, Origin
from kg.read.decode import mend_pairs
from kg.read.kinds import Kind
from kg.read.pages import find_articles, read_article_data
from kg.read.pages.page import Page
from kg.read.sidecar import is_iso_date, is_language
from kg.read.zones import find_zones
from kg.records import load_record

_MOST_TOLD = 100  # entries that are no articles
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """One article of another's records: its place in the file, its bytes and what it says.

    Attributes:
        place: such as `#3`; empty where it is the only one.
        raw: its JSON.
    """

    place: str
    raw: bytes
    page: Page


def read_own_records(
    stream: IO[bytes], name: str, limit: int
) -> Iterator[tuple[int, Article] | Failure]:
    """Yield line numbers and records of a JSON Lines file, one line in memory at a time.

    Args:
        stream: unpacked, at its beginning.
        name: of the file.
        limit: bytes that a line may have.
    """
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        place = f"{name}:{number}"
        if len(line) > limit:
            reason = f"a line of more than {limit:,} bytes: one record is one line"
            yield Failure(source=place, step="read", reason=reason)
            return
        if not line.strip():
            continue
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            yield number, load_record(text, source=place)
        except UnicodeDecodeError as error:
            reason = f"byte {error.start + 1} of the line is not UTF-8: write records as UTF-8"
            yield Failure(source=place, step="read", reason=reason)
        except RecordError as error:
            reason = str(error).removeprefix(f"{place}: ")
            yield Failure(source=place, step="read", reason=f"no record of ours: {reason}")


def is_bare(article: Article) -> bool:
    """Return whether a record brings a text and nothing that was found in it."""
    found = (article.actors, article.places, article.events, article.claims, article.figures)
    return article.text is not None and not any(found)


def to_document(article: Article) -> Document:
    """Return the text of a record with what it says of it."""
    text = article.text or ""
    return Document(
        source=article.source,
        text=text,
        raw_sha256=article.raw_sha256,
        media_type=article.media_type,
        encoding=article.encoding,
        zones=article.zones or find_zones(text),
        url=article.url,
        title=article.title,
        publisher=article.publisher.name if article.publisher else None,
        date_published=article.date_published,
        authors=tuple(author.name for author in article.authors),
        language=article.language if article.language != "und" else None,
        origins=article.origins,
        capture=article.capture,
        page_data=article.page_data,
    )


def read_described(raw: bytes, kind: Kind) -> Iterator[Described | str]:
    """Yield the articles of another's JSON (an object, a list, or lines), or why one is none.

    Raises:
        InputError: it is no JSON.
    """
    values, bad = _json_values(raw), 0
    for number, value in enumerate(values, 1):
        try:
            found = list(_of_value(value, number, kind, alone=len(values) == 1))
        except RecursionError:
            found = [f"entry {number} is nested too deep"]
        for one in found:
            bad += isinstance(one, str)
            if bad <= _MOST_TOLD or not isinstance(one, str):
                yield one
    if bad > _MOST_TOLD:
        yield f"and {bad - _MOST_TOLD:,} more entries are no articles"


def _of_value(value: object, number: int, kind: Kind, *, alone: bool) -> Iterator[Described | str]:
    place = "" if alone else f"#{number}"
    if kind is Kind.jsonld:
        yield from _of_data(value, place)
    elif not isinstance(value, dict):
        yield f"entry {number} is no JSON object"
    else:
        page = _of_newsplease(value) if kind is Kind.newsplease else _of_trafilatura(value)
        if page.text.strip():
            yield Described(place=place, raw=_plain(value), page=page)
        else:
            yield f"entry {number} has no text: it needs {_BODY[kind]}"


_BODY = {Kind.newsplease: "maintext", Kind.trafilatura: "text"}


def _of_data(value: object, place: str) -> Iterator[Described | str]:
    """Yield the articles that a piece of JSON-LD describes."""
    found = find_articles(value)
    if not found:
        yield "no schema.org article in it: it needs a node of type NewsArticle with articleBody"
    for number, node in enumerate(found, 1):
        page = read_article_data(node)
        where = f"{place or '#'}{'.' if place else ''}{number}" if len(found) > 1 else place
        if page.text.strip():
            yield Described(place=where, raw=_plain(node), page=page)
        else:
            yield f"article {number} has no articleBody: give it one, or name the page itself"


def _of_newsplease(value: dict[str, Any]) -> Page:
    """Source: https://github.com/fhamborg/news-please#readme."""
    return _page(
        value,
        maker="news-please",
        body="maintext",
        names={
            "url": ("url",),
            "title": ("title", "title_page"),
            "publisher": ("source_domain",),
            "date_published": ("date_publish",),
            "language": ("language",),
        },
    )


def _of_trafilatura(value: dict[str, Any]) -> Page:
    """Source: https://trafilatura.readthedocs.io/en/latest/corefunctions.html."""
    return _page(
        value,
        maker="trafilatura",
        body="text" if value.get("text") else "raw_text",
        names={
            "url": ("source", "url"),
            "title": ("title",),
            "publisher": ("source-hostname", "sitename", "hostname"),
            "date_published": ("date",),
            "language": ("language",),
        },
    )


def _page(
    value: dict[str, Any], *, maker: str, body: str, names: dict[str, tuple[str, ...]]
) -> Page:
    found: dict[str, str] = {}
    origins: list[Origin] = []
    warnings: list[str] = []
    for field, keys in names.items():
        for key in keys:
            words = _words(value.get(key))
            words = words.replace(" ", "T", 1) if field == "date_published" else words
            if not words:
                continue
            if field == "url" and not _URL.fullmatch(words):
                warnings.append(f"{key} was left out: it is not an http or https address")
            elif field == "date_published" and not is_iso_date(words):
                warnings.append(f"{key} was left out: it is not an ISO date")
            elif field == "language" and not is_language(words):
                warnings.append(f"{key} was left out: it is not a language tag such as en")
            else:
                found[field] = words
                origins.append(Origin(field=field, origin=f"{maker} {key}"))
                break
    written = value.get("authors") or value.get("author") or ()
    given = written.split(";") if isinstance(written, str) else written
    if not isinstance(given, list | tuple):
        given = ()
        warnings.append("the authors were left out: they are no list of names")
    authors = tuple(_words(name) for name in given if _words(name))
    if authors:
        key = "authors" if value.get("authors") else "author"
        origins.append(Origin(field="authors", origin=f"{maker} {key}"))
    text = _text(found.get("title"), value.get(body))
    return Page(
        text=text,
        zones=find_zones(text),
        url=found.get("url"),
        title=found.get("title"),
        publisher=found.get("publisher"),
        date_published=found.get("date_published"),
        language=found.get("language"),
        authors=authors,
        origins=tuple(origins),
        warnings=tuple(warnings),
    )


def _text(title: str | None, body: object) -> str:
    """Return headline and paragraphs, divided by blank lines; nothing without a body."""
    if not isinstance(body, str) or not body.strip():
        return ""
    lines = [" ".join(line.split()) for line in body.splitlines()]
    paragraphs = [line for line in lines if line]
    if title and paragraphs[0] != title:
        paragraphs.insert(0, title)
    return "\n\n".join(paragraphs) + "\n"


def _words(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _plain(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")


def _json_values(raw: bytes) -> list[Any]:
    """Return the entries of a list, the one object, or the objects of lines.

    Raises:
        InputError: it is no JSON.
    """
    try:
        text = mend_pairs(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"byte {error.start + 1} is not UTF-8: save it as UTF-8") from error
    try:
        value = json.loads(text)
        return value if isinstance(value, list) else [value]
    except RecursionError as error:
        raise InputError("JSON that is nested too deep") from error
    except ValueError as error:
        whole = error
    values = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                values.append(json.loads(line))
            except (ValueError, RecursionError):
                if number == 1:
                    raise InputError(f"broken JSON: {whole}") from whole
                raise InputError(f"broken JSON in line {number}: {whole}") from whole
    return values
