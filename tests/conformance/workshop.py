"""Applies damages to the good graph, and lists the constraints there are."""

import re
from functools import cache

import pyoxigraph as ox

from kg.validate import ShapesGraph, load_shapes
from kg.validate.shapes import SH
from kg.vocabulary import PREFIXES
from tests.conformance.damages import DAMAGES, PROFILE_EDITS, Damage
from tests.conformance.good import ARTICLE, TEXT, good_quads
from tests.conformance.good import NAMES as ARTICLE_NAMES
from tests.conformance.profiles import PUBLISH, ROW_NAMES, ROWS, TABLE, row_quads

ALL_DAMAGES = (*DAMAGES, *PUBLISH, *ROWS)
NAMES = ARTICLE_NAMES | ROW_NAMES

_HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
# Parameters of constraints -> the component that reports them.
# Source: https://www.w3.org/TR/shacl/#core-components
PARAMETERS = {
    "class": "Class",
    "datatype": "Datatype",
    "nodeKind": "NodeKind",
    "minCount": "MinCount",
    "maxCount": "MaxCount",
    "minInclusive": "MinInclusive",
    "maxInclusive": "MaxInclusive",
    "minExclusive": "MinExclusive",
    "maxExclusive": "MaxExclusive",
    "minLength": "MinLength",
    "maxLength": "MaxLength",
    "pattern": "Pattern",
    "languageIn": "LanguageIn",
    "uniqueLang": "UniqueLang",
    "equals": "Equals",
    "disjoint": "Disjoint",
    "lessThan": "LessThan",
    "lessThanOrEquals": "LessThanOrEquals",
    "not": "Not",
    "and": "And",
    "or": "Or",
    "xone": "Xone",
    "node": "Node",
    "qualifiedValueShape": "QualifiedMinCount",
    "closed": "Closed",
    "hasValue": "HasValue",
    "in": "In",
    "sparql": "SPARQL",
}


def damaged_quads(damage: Damage) -> list[ox.Quad]:
    edits = PROFILE_EDITS.get(damage.profile or "", ())
    return edited_quads(*edits, *damage.edits, rows=damage.profile == "rows")


def profile_quads(profile: str) -> list[ox.Quad]:
    return edited_quads(*PROFILE_EDITS[profile], rows=profile == "rows")


def edited_quads(*edits: str, rows: bool = False) -> list[ox.Quad]:
    store = _good_store(rows=rows)
    for edit in edits:
        _apply(store, edit)
    return list(store)


def _good_store(*, rows: bool) -> ox.Store:
    store = ox.Store()
    store.extend(row_quads() if rows else good_quads())
    return store


def _apply(store: ox.Store, edit: str) -> None:
    verb, _, rest = edit.partition(" ")
    if verb == "span":
        begin, end = rest.split()
        _add_span(store, int(begin), int(end))
    elif verb == "longer":
        _lengthen(store)
    elif verb == "move":
        _move(store, *rest.split())
    else:
        _edit(store, verb, _named(rest))


def _edit(store: ox.Store, verb: str, rest: str) -> None:
    verb, _, graph = verb.partition(":")
    subject, predicate, value = (*rest.split(" ", 2), "")[:3]
    before = len(store)
    if verb == "cut" and value:
        _update(store, f"DELETE WHERE {{ GRAPH ?g {{ {subject} {predicate} {value} }} }}")
    elif verb in ("cut", "set"):
        _update(store, f"DELETE WHERE {{ GRAPH ?g {{ {subject} {predicate} ?o }} }}")
        assert len(store) < before, f"nothing to {verb}: {rest}"
    if verb in ("put", "set"):
        graph_iri = NAMES[graph or _graph_of(subject)]
        _update(store, f"INSERT DATA {{ GRAPH <{graph_iri}> {{ {subject} {predicate} {value} }} }}")


def _graph_of(subject: str) -> str:
    if TABLE in subject:
        return "g_rows"
    return "g_links" if NAMES["story"] in subject else "g_article"


def _update(store: ox.Store, text: str) -> None:
    store.update(_HEAD + text)


def _named(text: str) -> str:
    return re.sub(r"(?<=\s)@(\w+)|^@(\w+)", lambda m: f"<{NAMES[m[1] or m[2]]}>", text)


def _add_span(store: ox.Store, begin: int, end: int) -> None:
    node = f"<{ARTICLE}#char={begin},{end}>"
    for part in (
        f"{node} a nif:RFC5147String",
        f"{node} nif:referenceContext <{NAMES['context']}>",
        f'{node} nif:beginIndex "{begin}"^^xsd:nonNegativeInteger',
        f'{node} nif:endIndex "{end}"^^xsd:nonNegativeInteger',
    ):
        _edit(store, "put", part)


def _lengthen(store: ox.Store) -> None:
    """Say that the text is one longer than it is, in the index and the IRI of its context."""
    longer = NAMES["context"].replace(f",{len(TEXT)}", f",{len(TEXT) + 1}")
    _edit(
        store,
        "set",
        f'<{NAMES["context"]}> nif:endIndex "{len(TEXT) + 1}"^^xsd:nonNegativeInteger',
    )
    _move(store, "@context", longer)


def _move(store: ox.Store, name: str, iri: str) -> None:
    old, new = ox.NamedNode(NAMES[name[1:]]), ox.NamedNode(iri)
    for quad in list(store):
        moved = ox.Quad(
            new if quad.subject == old else quad.subject,
            quad.predicate,
            new if quad.object == old else quad.object,
            quad.graph_name,
        )
        if moved != quad:
            store.remove(quad)
            store.add(moved)


def profiles_of(profile: str | None) -> list[str] | None:
    """The usual layers and one more; rows takes the place of evidence."""
    if profile == "rows":
        return ["core", "claims", "hygiene", "rows"]
    return None if profile is None else ["core", "claims", "evidence", "hygiene", profile]


@cache
def constraints(profile: str) -> frozenset[tuple[str, str]]:
    """Shape and component of every constraint of a named shape that is not only referred to."""
    shapes: ShapesGraph = load_shapes(profiles=profiles_of(profile))
    parts: dict[str, set[str]] = {}
    used: set[str] = set()
    for triple in ox.parse(input=shapes.text, format=ox.RdfFormat.N_TRIPLES):
        if not isinstance(triple.subject, ox.NamedNode):
            continue
        term = triple.predicate.value.removeprefix(SH)
        parts.setdefault(triple.subject.value, set()).add(term)
        if term.startswith("target"):
            used.add(triple.subject.value)
        if term == "property":
            assert isinstance(triple.object, ox.NamedNode), f"{triple.subject}: nameless property"
            used.add(triple.object.value)
    return frozenset(
        (shape, PARAMETERS[term]) for shape in used for term in parts[shape] if term in PARAMETERS
    )
