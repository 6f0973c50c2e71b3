"""Literals of JSON-LD.

Source: https://www.w3.org/TR/json-ld11-api/#object-to-rdf-conversion
"""

from decimal import Decimal, InvalidOperation

from kg.validate.places.context import Context, Term
from kg.validate.places.json_text import JsonValue
from kg.validate.places.statements import UNREAD, XSD, join_literal

_LONGEST_INTEGER = 21


def read_literal(value: JsonValue, context: Context, term: Term | None) -> str | None:
    """Return a plain value as a literal; None for null.

    Args:
        value: string, number, true, false or null.
        context: for the language of strings.
        term: of the key, which may give a type or language.
    """
    kind = term.kind if term is not None and term.kind not in ("@none", "@id", "@vocab") else None
    if value.kind == "null":
        return None
    language = context.language if term is None or term.language is None else term.language
    return _literal(value, kind, language)


def read_value_object(parts: dict[str | None, JsonValue], context: Context) -> str | None:
    """Return an object with `@value` as a literal; None for null.

    Args:
        parts: its values by keyword.
        context: for its type.
    """
    value = parts["@value"]
    kind, language = parts.get("@type"), parts.get("@language")
    if "@direction" in parts:
        return UNREAD
    if value.kind == "null":
        return None
    datatype = context.expand_key(kind.text).iri if kind and kind.kind == "string" else None
    return _literal(value, datatype, language.text if language else None)


def _literal(value: JsonValue, datatype: str | None, language: str | None) -> str:
    if datatype == "@json" or value.kind in ("object", "array"):
        return UNREAD
    if value.kind == "string":
        return join_literal(value.text, None if datatype else language, datatype)
    if value.kind in ("true", "false"):
        return join_literal(value.kind, datatype=datatype or XSD + "boolean")
    number, own = _write_number(value.text, always_double=datatype == XSD + "double")
    return join_literal(number, datatype=datatype or own) if number else UNREAD


def _write_number(text: str, *, always_double: bool) -> tuple[str, str]:
    """Return a number in canonical form and its datatype; empty where it is none."""
    try:
        number = Decimal(text)
        negative, digits, power = number.as_tuple()
    except InvalidOperation:
        return "", ""
    if not isinstance(power, int):
        return "", ""
    written = "".join(map(str, digits)).lstrip("0")
    kept = written.rstrip("0")
    power += len(written) - len(kept)
    sign = "-" if negative else ""
    if not kept:
        kept, power = "0", 0
    if not always_double and power >= 0 and len(kept) + power < _LONGEST_INTEGER:
        return sign + kept + "0" * power, XSD + "integer"
    return f"{sign}{kept[0]}.{kept[1:] or '0'}E{power + len(kept) - 1}", XSD + "double"
