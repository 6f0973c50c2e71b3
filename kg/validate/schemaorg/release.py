"""The vocabulary of schema.org as a table, and what the project's own vocabulary adds to it.

A term is known by its key: the name alone for schema.org, in either spelling, else the IRI.
"""

import difflib
import gzip
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg.resources import resource_dir
from kg.vocabulary import PREFIXES, SCHEMA, TERMS

_TABLE = Path(__file__).parents[2] / "data" / "schemaorg.tsv.gz"
_NAME = re.compile(r"https?://schema\.org/([A-Za-z0-9]+)")
_SUBCLASS = PREFIXES["rdfs"] + "subClassOf"
_DOMAIN, _RANGE = SCHEMA + "domainIncludes", SCHEMA + "rangeIncludes"
_CLASSES = frozenset({PREFIXES["rdfs"] + "Class", PREFIXES["owl"] + "Class"})


def term_key(iri: str) -> str:
    """Return the key of a term: its name for one of schema.org, else the IRI as it is.

    >>> term_key("http://schema.org/headline"), term_key("https://schema.org/docs/about.html")
    ('headline', 'https://schema.org/docs/about.html')
    """
    found = _NAME.fullmatch(iri)
    return found[1] if found else iri


@dataclass(frozen=True, slots=True)
class Release:
    """Definitions of terms, by key.

    Attributes:
        kinds: property, class or value (of an enumeration).
        above: superclasses of a class, classes of a value.
        domains, ranges: classes a property is defined for, classes and datatypes of its values.
        successors: terms to be used in the place of a superseded one.
    """

    kinds: dict[str, str] = field(default_factory=dict)
    above: dict[str, set[str]] = field(default_factory=dict)
    domains: dict[str, set[str]] = field(default_factory=dict)
    ranges: dict[str, set[str]] = field(default_factory=dict)
    successors: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def classes(self, kinds: frozenset[str]) -> frozenset[str]:
        """Return classes and all above them."""
        found: set[str] = set()
        waiting = list(kinds)
        while waiting:
            kind = waiting.pop()
            if kind not in found:
                found.add(kind)
                waiting.extend(self.above.get(kind, ()))
        return frozenset(found)

    def nearest(self, name: str, kind: str) -> str | None:
        """Return the name most like one that does not exist, of the same kind if there is one."""
        names = [known for known, other in self.kinds.items() if other == kind]
        for known in (*names, *self.kinds):
            if known.casefold() == name.casefold():
                return known
        close = difflib.get_close_matches(name, names, n=1, cutoff=0.75)
        return close[0] if close else None


@lru_cache(maxsize=1)
def load_release() -> Release:
    """Return release 30.0 with the project's own vocabulary; read once.

    Source: https://schema.org/docs/datamodel.html (domainIncludes, rangeIncludes).
    """
    release = Release()
    lines = gzip.decompress(_TABLE.read_bytes()).decode().split("\n")[:-1]
    rows = [line for line in lines if not line.startswith("#")]
    for line in rows[1:]:
        name, kind, above, domain, values, successors, _ = line.split("\t")
        release.kinds[name] = kind
        if kind == "property":
            release.domains[name] = set(domain.split())
            release.ranges[name] = set(values.split())
        else:
            release.above[name] = set(above.split())
        if successors:
            release.successors[name] = tuple(successors.split())
    _add_own(release)
    return release


def _add_own(release: Release) -> None:
    """Add classes, domains and ranges of `ontology/kg.ttl`."""
    tables = {_SUBCLASS: release.above, _DOMAIN: release.domains, _RANGE: release.ranges}
    for triple in ox.parse(path=resource_dir("ontology") / "kg.ttl"):
        subject, value = triple.subject, triple.object
        if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode):
            continue
        key, predicate = term_key(subject.value), triple.predicate.value
        if predicate in tables:
            tables[predicate].setdefault(key, set()).add(term_key(value.value))
        elif predicate == TERMS["rdf:type"] and value.value in _CLASSES:
            release.above.setdefault(key, set())
