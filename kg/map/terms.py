"""RDF terms: one object a named node of the vocabulary, and literals with their datatypes."""

import re
from decimal import Decimal
from functools import lru_cache
from math import isfinite

from pyoxigraph import Literal, NamedNode

from kg.iris import type_slug
from kg.vocabulary import ACTOR_TYPE, EVENT_TYPE, SPEECH_ACT, TERMS

Node = NamedNode
Term = NamedNode | Literal

TERM: dict[str, NamedNode] = {curie: NamedNode(iri) for curie, iri in TERMS.items()}
"""The nodes of `kg.vocabulary.TERMS`, by CURIE."""

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_CODE = re.compile(r"[A-Z][A-Z_]*")
_DATES = (
    (re.compile(r"\d{4}-\d\d-\d\d"), TERM["xsd:date"]),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?"), TERM["xsd:dateTime"]),
    (re.compile(r"\d{4}-\d\d"), TERM["xsd:gYearMonth"]),
    (re.compile(r"\d{4}"), TERM["xsd:gYear"]),
)


def words(value: str, language: str | None = None) -> Literal:
    """Return a text literal; the tag is left out where it is no BCP 47 language tag."""
    if language and _is_tag(language):
        return Literal(value, language=language)
    return Literal(value)


@lru_cache(maxsize=256)
def _is_tag(language: str) -> bool:
    return _LANGUAGE.fullmatch(language) is not None


@lru_cache(maxsize=4096)
def day(value: str) -> Literal:
    """Return an ISO 8601 date in the datatype of its precision, or a string if it is none.

    >>> day("2024-05-03").datatype.value.rpartition("#")[2]
    'date'
    """
    for form, datatype in _DATES:
        if form.fullmatch(value):
            return Literal(value, datatype=datatype)
    return Literal(value)


@lru_cache(maxsize=4096)
def decimal(value: float) -> Literal:
    """Return an xsd:decimal that reads back as the same float.

    Raises:
        ValueError: not a finite number.

    >>> decimal(0.5).value
    '0.5'
    """
    if not isfinite(value):
        raise ValueError(f"not a number: {value}")
    plain = format(Decimal(repr(float(value))), "f")
    return Literal(plain if "." in plain else plain + ".0", datatype=TERM["xsd:decimal"])


def number(value: float) -> Literal:
    """Return an xsd:integer for a whole number, else an xsd:decimal.

    Raises:
        ValueError: not a finite number.

    >>> number(200000.0).value
    '200000'
    """
    if isfinite(value) and value == int(value):
        return Literal(str(int(value)), datatype=TERM["xsd:integer"])
    return decimal(value)


@lru_cache(maxsize=65536)
def index(value: int) -> Literal:
    """Return an offset as xsd:nonNegativeInteger."""
    return Literal(str(value), datatype=TERM["xsd:nonNegativeInteger"])


@lru_cache(maxsize=1024)
def event_type(code: str) -> NamedNode:
    """Return the concept of an event type; any code of capitals and underscores has one.

    Raises:
        ValueError: not a code.
    """
    return NamedNode(EVENT_TYPE + _slug(code))


@lru_cache(maxsize=256)
def speech_act(code: str) -> NamedNode:
    """Return the concept of a speech act.

    Raises:
        ValueError: not a code.
    """
    return NamedNode(SPEECH_ACT + _slug(code))


@lru_cache(maxsize=64)
def actor_type(slug: str) -> NamedNode:
    """Return the concept of an actor type from its slug."""
    return NamedNode(ACTOR_TYPE + slug)


def _slug(code: str) -> str:
    if not _CODE.fullmatch(code):
        raise ValueError(f"not a code in capitals: {code!r}")
    return type_slug(code)
