"""The context of a JSON-LD document: which IRI a key stands for.

Contexts of types are not followed, nor are those at an address.

Source: https://www.w3.org/TR/json-ld11-api/#context-processing-algorithm
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kg.validate.places.json_text import JsonValue
from kg.validate.places.statements import resolve_iri

# Source: https://www.w3.org/TR/json-ld11-api/#create-term-definition, step 14.2.5
_DELIMITERS = (":", "/", "?", "#", "[", "]", "@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What a key means.

    Attributes:
        iri: or keyword; None where it means nothing.
        kind: `@id`, `@vocab`, `@json` or the datatype of its values, where it gives one.
        containers: `@list`, `@set`, `@language` and the like.
        language: of its strings, empty for none; None where it says nothing of it.
        context: of what stands below it.
        prefix: whether it may stand before a colon.
        known: False where it uses something that is not followed.
    """

    iri: str | None
    kind: str | None = None
    containers: frozenset[str] = frozenset()
    language: str | None = None
    context: JsonValue | None = None
    prefix: bool = True
    known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the keys of an object mean.

    Attributes:
        base: IRI that those of nodes are resolved against.
        vocabulary: put before keys without a meaning of their own.
        language: of strings.
        terms: by key.
    """

    base: str | None = None
    vocabulary: str | None = None
    language: str | None = None
    terms: Mapping[str, Term] = field(default_factory=dict)

    def extend(self, value: JsonValue, outermost: "Context") -> "Context | None":
        """Return this context with another on top; None where that is not followed.

        Args:
            value: of `@context`.
            outermost: what `null` goes back to.
        """
        if value.kind == "null":
            return outermost
        if value.kind == "array":
            context: Context | None = self
            for item in value.items:
                context = context.extend(item, outermost) if context else None
            return context
        return _extended(self, value) if value.kind == "object" else None

    def expand_key(self, key: str) -> Term:
        """Return what a key or type means."""
        term = self.terms.get(key)
        return term or Term(iri=_expand(key, self))

    def expand_id(self, text: str) -> str | None:
        """Return the IRI of a node, or its label with `_:`."""
        if text.startswith("@"):
            return None
        return _compact(text, self) or resolve_iri(text, self.base)


def _extended(context: Context, value: JsonValue) -> Context | None:
    given = {member.key: member.value for member in value.members}
    if "@import" in given or "@propagate" in given:
        return None
    base, vocabulary, language = context.base, context.vocabulary, context.language
    if "@base" in given:
        base = _text(given["@base"])
        base = base if base is None else resolve_iri(base, context.base)
    if "@language" in given:
        language = _text(given["@language"])
    plain = {key: item for key, item in given.items() if not key.startswith("@")}
    # A term may be explained by one that comes later.
    terms = {key: term for key, term in context.terms.items() if key not in plain}
    new = replace(context, base=base, language=language, terms=terms)
    if "@vocab" in given:
        text = _text(given["@vocab"])
        vocabulary = text and (_expand(text, new) if ":" in text else text)
        new = replace(new, vocabulary=vocabulary)
    for key in plain:
        _define(key, plain, new, terms, frozenset())
    return new


def _define(
    key: str,
    given: Mapping[str, JsonValue],
    context: Context,
    terms: dict[str, Term],
    above: frozenset[str],
) -> None:
    """Put the meaning of a key into `terms`, which the context looks into; those it needs first."""
    value = given[key]
    parts = {member.key: member.value for member in value.members}
    text = value.text if value.kind == "string" else _text(parts.get("@id")) or key
    for name in (text, text.partition(":")[0], *_needed(parts)):
        if name in given and name not in terms and name != key and name not in above:
            _define(name, given, context, terms, above | {key})
    if value.kind == "null" or ("@id" in parts and parts["@id"].kind == "null"):
        terms[key] = Term(iri=None)
        return
    kind = _text(parts.get("@type"))
    language = parts.get("@language")
    iri = _expand(text, context) if text != key else _of_itself(key, context)
    marked = "@prefix" in parts and parts["@prefix"].kind == "true"
    terms[key] = Term(
        iri=iri,
        kind=kind and context.expand_key(kind).iri,
        containers=_texts(parts.get("@container")),
        language=None if language is None else _text(language) or "",
        context=parts.get("@context"),
        prefix=marked or (value.kind == "string" and (iri or "").endswith(_DELIMITERS)),
        known="@reverse" not in parts and "@nest" not in parts,
    )


def _needed(parts: Mapping[str, JsonValue]) -> tuple[str, ...]:
    kind = _text(parts.get("@type")) or ""
    return kind, kind.partition(":")[0]


def _of_itself(key: str, context: Context) -> str | None:
    return _compact(key, context) or (context.vocabulary and context.vocabulary + key)


def _expand(text: str, context: Context) -> str | None:
    if text.startswith("@"):
        return text
    if text in context.terms:
        return context.terms[text].iri
    return _of_itself(text, context)


def _compact(text: str, context: Context) -> str | None:
    """Return the IRI of `prefix:name`, or what is an IRI already."""
    prefix, colon, name = text.partition(":")
    if not colon:
        return None
    term = None if prefix == "_" or name.startswith("//") else context.terms.get(prefix)
    return term.iri + name if term and term.iri and term.prefix else text


def _text(value: JsonValue | None) -> str | None:
    return value.text if value is not None and value.kind == "string" else None


def _texts(value: JsonValue | None) -> frozenset[str]:
    if value is None:
        return frozenset()
    return frozenset(item.text for item in (value.items if value.kind == "array" else [value]))
