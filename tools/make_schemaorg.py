"""Make `kg/data/schemaorg.tsv.gz`, the terms of schema.org, from a release of its vocabulary.

    python -m tools.make_schemaorg ../shared/corpora/schemaorg/schemaorg-current-https.ttl

Names, kinds, superclasses, domains, ranges, successors and sections alone: no descriptions. Same
file, same bytes: the archive has no time stamp.

Source: https://schema.org/docs/developers.html (vocabulary definition files, CC BY-SA 3.0).
"""

import gzip
import sys
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox

TABLE = Path(__file__).parent.parent / "kg" / "data" / "schemaorg.tsv.gz"
RELEASE = "30.0"
MADE = "2026-11-22"
SCHEMA = "https://schema.org/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
COLUMNS = ("name", "kind", "above", "domain", "range", "successor", "section")
HEADER = (
    f"# Terms of schema.org, release {RELEASE}: https://schema.org/version/{RELEASE}/",
    "# Licence: CC BY-SA 3.0, https://creativecommons.org/licenses/by-sa/3.0/",
    "# Source: schemaorg-current-https.ttl, https://schema.org/docs/developers.html",
    f"# Changed: names and relations chosen, descriptions left out. Made {MADE} by "
    "tools/make_schemaorg.py",
)

Relations = dict[str, dict[str, set[str]]]


def main(path: Path) -> None:
    """Write the archive from a vocabulary file."""
    relations = read_relations(path)
    lines = [*HEADER, "\t".join(COLUMNS)]
    lines += [row(name, relations[name]) for name in sorted(relations) if kind(relations[name])]
    TABLE.write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode(), 9, mtime=0))


def read_relations(path: Path) -> Relations:
    """Return the terms of schema.org: by name, then by predicate, the IRIs they lead to."""
    relations: Relations = defaultdict(lambda: defaultdict(set))
    for triple in ox.parse(path=path):
        subject, value = triple.subject, triple.object
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode):
            name = subject.value.removeprefix(SCHEMA)
            if name != subject.value:
                relations[name][triple.predicate.value].add(value.value)
    return relations


def kind(term: dict[str, set[str]]) -> str:
    """Return what a term is: class, property, value (of an enumeration) or nothing."""
    types = term.get(RDF + "type", set())
    if RDF + "Property" in types:
        return "property"
    if RDFS + "Class" in types:
        return "class"
    return "value" if any(name.startswith(SCHEMA) for name in types) else ""


def row(name: str, term: dict[str, set[str]]) -> str:
    """Return the line of a term; lists with spaces between."""
    above = _names(term, RDFS + "subClassOf")
    if kind(term) == "value":
        above = _names(term, RDF + "type")
    sections = sorted(
        iri.removeprefix("https://").partition(".")[0] for iri in term[SCHEMA + "isPartOf"]
    )
    cells = (
        name,
        kind(term),
        above,
        _names(term, SCHEMA + "domainIncludes"),
        _names(term, SCHEMA + "rangeIncludes"),
        _names(term, SCHEMA + "supersededBy"),
        " ".join(sections),
    )
    return "\t".join(cells)


def _names(term: dict[str, set[str]], predicate: str) -> str:
    found = term.get(predicate, set())
    return " ".join(sorted(n.removeprefix(SCHEMA) for n in found if n.startswith(SCHEMA)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
