"""The check: existence of terms, successors, domains and ranges.

schema.org asks for no more than sense: its domains and ranges are what a term is expected with, so
they give warnings. What has a type from elsewhere, or none, is taken for what it should be.

Source: https://schema.org/docs/datamodel.html
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from kg.validate.engines import Finding
from kg.validate.report import Severity
from kg.validate.schemaorg.literals import fits
from kg.validate.schemaorg.release import Release, load_release, term_key
from kg.vocabulary import TERMS

_SHAPES = "https://w3id.org/newskg/shapes#SchemaOrg"
_TYPE = TERMS["rdf:type"]
_SPELLINGS = ("https://schema.org/", "http://schema.org/")
_ALL_TERMS = "https://schema.org/docs/full.html"
_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_ROLE = "Role"
"""A Role stands between a subject and the object of the same property.
Source: https://schema.org/Role"""


def check_terms(triples: Iterable[ox.Triple | ox.Quad]) -> list[Finding]:
    """Return what is wrong with the terms of schema.org, both spellings of it, and of kg.

    Findings have the component `Vocabulary` and one of three shapes: `SchemaOrgTerm` (a term does
    not exist: Violation; it is superseded: Info), `SchemaOrgDomain` (a property on a node of no
    type it is for: Warning; on a node without a type: Info), `SchemaOrgRange` (Warning).

    Args:
        triples: of all graphs that belong together: the types of nodes are taken from them.
    """
    kept = list(triples)
    check = _Check(load_release(), kept)
    return list(dict.fromkeys(finding for triple in kept for finding in check.findings(triple)))


def is_schemaorg(iri: str) -> bool:
    """Return whether an IRI is that of a term of schema.org, in either spelling."""
    return iri.startswith(_SPELLINGS)


class _Check:
    """The data's types, and answers for what was asked before."""

    def __init__(self, release: Release, triples: list[ox.Triple | ox.Quad]) -> None:
        self._release = release
        self._types: dict[Any, frozenset[str]] = {}
        self._closures: dict[frozenset[str], frozenset[str]] = {}
        self._words: dict[tuple[str, str], tuple[Severity, str] | None] = {}
        self._keys: dict[str, str] = {}
        types: dict[Any, set[str]] = defaultdict(set)
        for triple in triples:
            value = triple.object
            if triple.predicate.value == _TYPE and isinstance(value, ox.NamedNode):
                types[triple.subject].add(self._key(value.value))
        shared: dict[frozenset[str], frozenset[str]] = {}
        for node, found in types.items():
            names = frozenset(found)
            self._types[node] = shared.setdefault(names, names)

    def findings(self, triple: ox.Triple | ox.Quad) -> Iterator[Finding]:
        """Yield what is wrong with a triple."""
        iri, value = triple.predicate.value, triple.object
        if iri == _TYPE:
            if isinstance(value, ox.NamedNode) and value.value.startswith(_SPELLINGS):
                yield from self._term(triple, value.value, "class", value.value)
            return
        name = self._key(iri)
        if iri.startswith(_SPELLINGS):
            yield from self._term(triple, iri, "property", None)
        if name in self._release.domains:
            yield from self._domain(triple, name)
        if name in self._release.ranges:
            yield from self._range(triple, name)

    def _term(
        self, triple: ox.Triple | ox.Quad, iri: str, kind: str, value: str | None
    ) -> Iterator[Finding]:
        said = self._said(iri, kind)
        if said:
            yield _finding("Term", said[0], said[1], triple, value)

    def _said(self, iri: str, kind: str) -> tuple[Severity, str] | None:
        """Return severity and message for a term, None where nothing is wrong with it."""
        if (iri, kind) not in self._words:
            self._words[iri, kind] = self._judge(iri, kind)
        return self._words[iri, kind]

    def _judge(self, iri: str, kind: str) -> tuple[Severity, str] | None:
        name = iri.partition("schema.org/")[2]
        found = self._release.kinds.get(name)
        if found is None:
            near = self._release.nearest(name, kind)
            hint = f"did you mean {near}?" if near else f"look it up at {_ALL_TERMS}"
            return "Violation", f"schema.org has no {kind} {name}: {hint}"
        if found != kind and not (kind == "class" and found == "value"):
            return "Violation", f"{name} of schema.org is a {found}, not a {kind}"
        after = self._release.successors.get(name)
        if after:
            return "Info", f"{name} of schema.org is superseded: use {' or '.join(after)}"
        return None

    def _domain(self, triple: ox.Triple | ox.Quad, name: str) -> Iterator[Finding]:
        allowed = self._release.domains[name]
        types = self._types.get(triple.subject)
        if types is None:
            if triple.predicate.value.startswith(_SPELLINGS):
                text = f"{_local(name)} on a node without a type: give it one of {_listed(allowed)}"
                yield _finding("Domain", "Info", text, triple, None)
        elif allowed and self._known(types) and not self._classes(types) & (allowed | {_ROLE}):
            text = f"{_local(name)} is not for {_listed(types)}: it stands on {_listed(allowed)}"
            yield _finding("Domain", "Warning", text, triple, None)

    def _range(self, triple: ox.Triple | ox.Quad, name: str) -> Iterator[Finding]:
        allowed, value = self._release.ranges[name], triple.object
        if not allowed:
            return
        if isinstance(value, ox.Literal):
            datatype = value.datatype.value
            if not fits(self._release, frozenset(allowed), datatype, value.value):
                shown = f"{_local(datatype)} '{value.value[:40]}'"
                text = f"{_local(name)} takes {_listed(allowed)}, not {shown}"
                yield _finding("Range", "Warning", text, triple, str(value))
            return
        types = self._types.get(value)
        if isinstance(value, ox.NamedNode) and types is None and value.value.startswith(_SPELLINGS):
            key = self._key(value.value)
            if key != value.value and "URL" not in allowed:
                said = self._value_said(value.value, key)
                if said:
                    yield _finding("Term", said[0], said[1], triple, value.value)
                elif self._release.kinds[key] == "value":
                    types = frozenset(self._release.above[key])
        if types and self._known(types) and not self._allowed(types, allowed, value):
            text = f"{_local(name)} takes {_listed(allowed)}, not a node of type {_listed(types)}"
            yield _finding("Range", "Warning", text, triple, _plain(value))

    def _value_said(self, iri: str, key: str) -> tuple[Severity, str] | None:
        kind = self._release.kinds.get(key)
        return self._said(iri, kind or "value")

    def _allowed(self, types: frozenset[str], allowed: set[str], value: _Term) -> bool:
        if "URL" in allowed and isinstance(value, ox.NamedNode):
            return True
        return bool(self._classes(types) & (allowed | {_ROLE}))

    def _known(self, types: frozenset[str]) -> bool:
        """Return whether all types are of vocabularies whose definitions are at hand."""
        return all(name in self._release.above for name in types)

    def _classes(self, types: frozenset[str]) -> frozenset[str]:
        if types not in self._closures:
            self._closures[types] = self._release.classes(types)
        return self._closures[types]

    def _key(self, iri: str) -> str:
        if iri not in self._keys:
            self._keys[iri] = term_key(iri)
        return self._keys[iri]


def _finding(
    shape: str, severity: Severity, message: str, triple: ox.Triple | ox.Quad, value: str | None
) -> Finding:
    return Finding(
        focus=_plain(triple.subject),
        path=triple.predicate.value,
        value=value,
        severity=severity,
        message=message,
        shape=_SHAPES + shape,
        component="Vocabulary",
    )


def _plain(term: _Term) -> str:
    return str(term.value) if isinstance(term, ox.NamedNode) else str(term)


def _listed(names: Iterable[str]) -> str:
    """Return names with commas, six at most."""
    ordered = sorted(map(_local, names))
    more = f" and {len(ordered) - 6} more" if len(ordered) > 6 else ""
    return ", ".join(ordered[:6]) + more


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]
