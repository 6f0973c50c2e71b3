"""Rows of an answer as pages show them."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.serve.limits import Question
from kg.serve.negotiate import RESULTS
from kg.serve.site import Site
from kg.vocabulary import PREFIXES

_JSON = (RESULTS["json"],)
_CURIES = tuple(sorted(PREFIXES.items(), key=lambda pair: -len(pair[1])))
_WEB = re.compile(r"https?://[^\s<>\"]+")
_LONGEST = 2_000  # characters of a value on a page
_LANGUAGE = "en"  # of the pages
_USUAL = re.compile(r"XMLSchema#(string|boolean|date|dateTime|gYear|gYearMonth|anyURI)$")
_TYPED = re.compile(r"XMLSchema#(integer|decimal|double|float|nonNegativeInteger|int|long)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A term as a page shows it.

    Attributes:
        value: IRI, or the words of a literal.
        text: what to show.
        kind: iri, blank, literal, number or none.
        href: path on this server or a web address; None where nothing can be opened.
        note: language, where it is not that of the pages, or an uncommon datatype.
        language: tag; empty where there is none.
        local: whether the link stays on this server.
    """

    value: str
    text: str
    kind: str
    href: str | None = None
    note: str = ""
    language: str = ""
    local: bool = False


EMPTY = Cell(value="", text="", kind="none")
Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of a SELECT.

    Attributes:
        truth: the answer of an ASK; None for rows.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    truth: bool | None = None


async def ask_rows(site: Site, sparql: str) -> tuple[Row, ...]:
    """Return the rows of a SELECT that a page asks.

    Raises:
        KgError: as the pool says.
    """
    question = Question(
        sparql=sparql, kind="query", accept=_JSON, default_graphs=None, named_graphs=None, base=None
    )
    return read_table(site, (await site.ask(question)).body).rows


def read_table(site: Site, body: bytes, most: int | None = None) -> Table:
    """Return the table of an answer in JSON; with `most`, no more rows than that."""
    answer = json.loads(body)
    if "boolean" in answer:
        return Table(columns=(), rows=(), truth=bool(answer["boolean"]))
    columns = tuple(answer["head"]["vars"])
    bindings = answer["results"]["bindings"][:most]
    rows = tuple(dict(_cells(site, columns, binding)) for binding in bindings)
    return Table(columns=columns, rows=rows)


def cell_of_iri(site: Site, iri: str, text: str = "") -> Cell:
    """Return an IRI as a page shows it: a link here, a link elsewhere, or its name alone."""
    href = site.local(iri)
    if href is not None:
        shown = text or iri.removeprefix(site.base)
        return Cell(value=iri, text=shown[:_LONGEST], kind="iri", href=href, local=True)
    outside = iri if _WEB.fullmatch(iri) else None
    return Cell(value=iri, text=(text or curie(iri))[:_LONGEST], kind="iri", href=outside)


def curie(iri: str) -> str:
    """Return an IRI with a prefix where one fits.

    >>> curie("https://schema.org/name")
    'schema:name'
    """
    for prefix, namespace in _CURIES:
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def in_words(iri: str) -> str:
    """Return the last part of an IRI in words.

    >>> in_words("https://w3id.org/newskg/ns#UnconfirmedEvent")
    'unconfirmed event'
    """
    last = re.split(r"[#/]", iri.rstrip("#/"))[-1]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", last).replace("-", " ").lower() or iri


def _cells(
    site: Site, columns: tuple[str, ...], binding: Mapping[str, Any]
) -> Iterator[tuple[str, Cell]]:
    for name in columns:
        term = binding.get(name)
        yield name, _cell(site, term) if term else EMPTY


def _cell(site: Site, term: Mapping[str, Any]) -> Cell:
    kind, value = term["type"], term["value"]
    if kind == "uri":
        return cell_of_iri(site, value)
    if kind == "bnode":
        return Cell(value=value, text=f"_:{value}"[:24], kind="blank")
    if kind == "triple":
        text = json.dumps(value, ensure_ascii=False)[:_LONGEST]
        return Cell(value=text, text=text, kind="literal")
    datatype = term.get("datatype", "")
    text = value if len(value) <= _LONGEST else value[:_LONGEST] + " …"
    number = bool(_TYPED.search(datatype))
    language = term.get("xml:lang", "")
    note = language if language.partition("-")[0] != _LANGUAGE else ""
    if datatype and not number and not _USUAL.search(datatype):
        note = curie(datatype)
    kind = "number" if number else "literal"
    return Cell(value=value, text=text, kind=kind, note=note, language=language)
