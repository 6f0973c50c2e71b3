"""Literals against the datatypes of schema.org.

Web pages write most values as plain strings, so a string counts as what it reads like.

Source: https://schema.org/DataType
"""

import re

from kg.validate.schemaorg.release import Release, term_key
from kg.vocabulary import PREFIXES

_XSD = PREFIXES["xsd"]
_STRINGS = frozenset({_XSD + "string", PREFIXES["rdf"] + "langString"})
_MEANS: dict[str, frozenset[str]] = {
    _XSD + name: frozenset(kinds.split())
    for names, kinds in (
        ("anyURI", "URL Text"),
        ("date dateTime dateTimeStamp", "Date DateTime"),
        ("gYear gYearMonth", "Date DateTime"),
        ("time", "Time"),
        ("duration dayTimeDuration yearMonthDuration", "Duration"),
        ("boolean", "Boolean"),
        ("decimal double float", "Float Number"),
        (
            "integer int long short byte nonNegativeInteger positiveInteger unsignedInt "
            "unsignedLong unsignedShort unsignedByte negativeInteger nonPositiveInteger",
            "Integer Number",
        ),
    )
    for name in names.split()
}
_DAY = r"-?\d{4}(-\d\d(-\d\d)?)?"
_CLOCK = r"\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?"
# What a plain string reads like -> what it may stand for.
_FORMS = tuple(
    (re.compile(form), frozenset(kinds.split()))
    for form, kinds in (
        (rf"{_DAY}(T{_CLOCK})?", "Date DateTime"),
        (_CLOCK, "Time"),
        (r"[+-]?\d+", "Integer Number"),
        (r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", "Float Number"),
        (r"(?i:true|false)", "Boolean"),
        (r"(https?://schema\.org/)?(True|False)", "Boolean"),
    )
)


def fits(release: Release, allowed: frozenset[str], datatype: str, text: str) -> bool:
    """Return whether a literal is one of the values that a property allows.

    Args:
        release: definitions.
        allowed: keys of the property's range.
        datatype: IRI. One that schema.org has no counterpart for is taken as it is.
        text: lexical form.
    """
    if datatype in allowed:
        return True
    if datatype in _STRINGS:
        return _takes_text(release, allowed) or any(
            kinds & allowed and form.fullmatch(text.strip()) for form, kinds in _FORMS
        )
    own = term_key(datatype)
    if own in release.kinds:
        return bool(release.classes(frozenset({own})) & allowed)
    return datatype not in _MEANS or bool(_MEANS[datatype] & allowed)


def _takes_text(release: Release, allowed: frozenset[str]) -> bool:
    """Return whether text is allowed; a quantity such as a Duration is written as text too."""
    if allowed & {"Text", "URL", _XSD + "string"}:
        return True
    return bool({"Text", "Quantity"} & release.classes(allowed))
