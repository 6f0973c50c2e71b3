"""JSON-LD of a page made safe to load: its contexts written out, its schema.org terms in https.

A context that would have to be fetched never is: schema.org's is replaced by what it says of the
terms that pages use, any other is dropped.
"""

import json
import re
from typing import Any

_HTTP = re.compile(r"^http://(?:www\.)?schema\.org/")
_SCHEMA = re.compile(r"^https?://(?:www\.)?schema\.org(?:/|/docs/jsonldcontext\.jsonld?)?/?$")
_TERM = "https://schema.org/"
_ADDRESSES = (
    "url",
    "sameAs",
    "image",
    "logo",
    "mainEntityOfPage",
    "contentUrl",
    "thumbnailUrl",
    "isPartOf",
    "license",
)
# Source: https://schema.org/docs/jsonldcontext.jsonld: values of these are IRIs, not text
_CONTEXT: dict[str, object] = {
    "@vocab": _TERM,
    **{name: {"@type": "@id"} for name in _ADDRESSES},
}
_DEEP = 40
_MOST = 2_000_000  # characters


def write_out(scripts: list[Any]) -> tuple[str | None, tuple[str, ...]]:
    """Return the JSON-LD of a page as one JSON list, and what was left out of it.

    Args:
        scripts: the values of its scripts.
    """
    dropped: list[str] = []
    values = [value for one in scripts for value in (one if isinstance(one, list) else [one])]
    kept = [
        {"@context": _CONTEXT, **_plain(value, dropped, 0)}
        for value in values
        if isinstance(value, dict)
    ]
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    if len(text) > _MOST:
        return None, (f"its JSON-LD was left out: more than {_MOST:,} characters",)
    told = [f"a context of its JSON-LD was left out: {name}" for name in dict.fromkeys(dropped)]
    return text if kept else None, tuple(told[:5])


def _plain(value: dict[str, Any], dropped: list[str], depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, inner in value.items():
        if key == "@context":
            context = _context(inner, dropped)
            if context:
                found[key] = [_CONTEXT, context]
        else:
            found[_HTTP.sub(_TERM, key)] = _value(inner, dropped, depth + 1)
    return found


def _value(value: Any, dropped: list[str], depth: int) -> Any:  # noqa: ANN401
    if depth > _DEEP:
        return None
    if isinstance(value, dict):
        return _plain(value, dropped, depth)
    if isinstance(value, list):
        return [_value(one, dropped, depth + 1) for one in value]
    return _HTTP.sub(_TERM, value) if isinstance(value, str) else value


def _context(value: object, dropped: list[str]) -> dict[str, str]:
    """Return the prefixes of a context that need nothing fetched."""
    if isinstance(value, list):
        return {k: v for one in value for k, v in _context(one, dropped).items()}
    if isinstance(value, str):
        if not _SCHEMA.match(value.strip()):
            dropped.append(value[:100])
        return {}
    if not isinstance(value, dict):
        return {}
    return {
        key: _HTTP.sub(_TERM, inner)
        for key, inner in value.items()
        if isinstance(inner, str) and not key.startswith("@") and ":" in inner
    }
