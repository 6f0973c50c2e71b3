"""Random shapes and graphs of a made-up vocabulary, and random damage to the terms of any graph."""

import random
from collections.abc import Callable, Sequence
from typing import Any

import pyoxigraph as ox

EX = "http://vocabulary.example/"
HEAD = (
    f"@prefix ex: <{EX}> .\n@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
)
XSD = "http://www.w3.org/2001/XMLSchema#"
CLASSES = ("Ship", "Port", "Crew", "Cargo")
PREDICATES = ("carries", "calls", "after", "label", "weight", "built")
NODES = tuple(f"node{number}" for number in range(8))
LITERALS = (
    '"Dora"',
    '"Dora"@en',
    '"Dora"@en-GB',
    '"dora"@de',
    '""',
    '"7"',
    "7",
    "07",
    "7.0",
    "7.5",
    "70e-1",
    "-3",
    '"seven"^^xsd:integer',
    '"7"^^xsd:nonNegativeInteger',
    '"-7"^^xsd:nonNegativeInteger',
    "true",
    '"1"^^xsd:boolean',
    '"2024-02-30"^^xsd:date',
    '"2024-02-29"^^xsd:date',
    '"2023-01-01"^^xsd:date',
    '"2024-02-29T10:00:00Z"^^xsd:dateTime',
    '"2024-02-29T11:00:00+02:00"^^xsd:dateTime',
    '"abc\\n"',
    '"ÄÖü ß"',
    '"x"^^ex:code',
)
DATATYPES = ("string", "integer", "decimal", "boolean", "date", "dateTime", "nonNegativeInteger")
KINDS = ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
PATTERNS = ("^[A-Z]", "o", "^[a-z]+$", "[0-9]{1,2}", "ex|Do", "^.{3,}$", "^[^ ]*$", "é|ü")
RANGES = ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")
SEVERITIES = ("sh:Violation", "sh:Warning", "sh:Info", "ex:Grave")
QUERIES = (
    "SELECT $this WHERE {{ $this ex:{0} ?other . ?other ex:{1} ?third }}",
    "SELECT $this ?value WHERE {{ $this ex:{0} ?value FILTER isLiteral(?value) }}",
    "SELECT DISTINCT $this ?value WHERE {{ $this ex:{0} ?value . ?any ex:{1} ?value }}",
    "SELECT $this (?other AS ?value) WHERE {{ ?other ex:{0} $this FILTER (?other != $this) }}",
    "SELECT $this ?path ?value WHERE {{ $this ?path ?value FILTER (?path = ex:{0}) }}",
)


def random_shapes(rng: random.Random) -> str:
    """Shapes as Turtle, three with targets."""
    parts = [HEAD]
    for number in range(3):
        lines = [_target(rng), *_heading(rng), *_node_constraints(rng, depth=2)]
        if rng.random() < 0.2:
            lines.append(_closed(rng))
        if rng.random() < 0.2:
            lines.append(_query(rng))
        lines += [f"sh:property {_property(rng, depth=2)}" for _ in range(rng.randint(1, 3))]
        parts.append(f"ex:Shape{number} a sh:NodeShape ; {' ; '.join(lines)} .\n")
    return "".join(parts)


def random_data(rng: random.Random) -> list[ox.Triple]:
    """A graph of at most fifty triples, with blank nodes, cycles and ill-typed literals."""
    lines = [HEAD, "ex:Crew rdfs:subClassOf ex:Cargo . ex:Cargo rdfs:subClassOf ex:Port .\n"]
    nodes = [f"ex:{name}" for name in NODES] + [f"_:b{number}" for number in range(4)]
    for node in nodes:
        if rng.random() < 0.7:
            lines.append(f"{node} a ex:{rng.choice(CLASSES)} .\n")
        for _ in range(rng.randint(0, 4)):
            value = rng.choice(LITERALS) if rng.random() < 0.5 else rng.choice(nodes)
            lines.append(f"{node} ex:{rng.choice(PREDICATES)} {value} .\n")
    quads = ox.parse(input="".join(lines), format=ox.RdfFormat.TURTLE)
    return list(dict.fromkeys(quad.triple for quad in quads))


def _target(rng: random.Random) -> str:
    return rng.choice(
        (
            f"sh:targetClass ex:{rng.choice(CLASSES)}",
            f"sh:targetNode ex:{rng.choice(NODES)} , {rng.choice(LITERALS)}",
            f"sh:targetSubjectsOf ex:{rng.choice(PREDICATES)}",
            f"sh:targetObjectsOf ex:{rng.choice(PREDICATES)}",
        )
    )


def _heading(rng: random.Random) -> list[str]:
    lines = []
    if rng.random() < 0.3:
        lines.append(f"sh:severity {rng.choice(SEVERITIES)}")
    if rng.random() < 0.2:
        lines.append('sh:message "not so"@en , "so nicht"@de')
    if rng.random() < 0.08:
        lines.append("sh:deactivated true")
    return lines


def _query(rng: random.Random) -> str:
    query = rng.choice(QUERIES).format(*rng.sample(PREDICATES, 2))
    return f'sh:sparql [ sh:select """PREFIX ex: <{EX}> {query}""" ]'


def _property(rng: random.Random, depth: int) -> str:
    lines = [
        f"sh:path {_path(rng, 2)}",
        *_heading(rng),
        *_property_constraints(rng, ranges=depth == 2),
    ]
    lines += _node_constraints(rng, depth=depth)
    if depth and rng.random() < 0.15:
        lines.append(f"sh:property {_property(rng, depth - 1)}")
    return f"[ {' ; '.join(lines)} ]"


def _path(rng: random.Random, depth: int) -> str:
    if depth == 0 or rng.random() < 0.5:
        return f"ex:{rng.choice(PREDICATES)}"
    first, second = (_path(rng, depth - 1) for _ in range(2))
    return rng.choice(
        (
            f"[ sh:inversePath ex:{rng.choice(PREDICATES)} ]",
            f"[ sh:inversePath [ sh:zeroOrMorePath ex:{rng.choice(PREDICATES)} ] ]",
            f"( {first} {second} )",
            f"[ sh:alternativePath ( {first} {second} ) ]",
            f"[ sh:zeroOrMorePath {first} ]",
            f"[ sh:oneOrMorePath {first} ]",
            f"[ sh:zeroOrOnePath {first} ]",
        )
    )


def _property_constraints(rng: random.Random, *, ranges: bool) -> list[str]:
    """Constraints of property shapes; ranges where a third engine can be asked about them."""
    other = f"ex:{rng.choice(PREDICATES)}"
    bound = rng.choice(("7", "0", "7.5", '"2024-01-01"^^xsd:date'))
    choices = [
        f"sh:minCount {rng.randint(1, 2)}",
        f"sh:maxCount {rng.randint(0, 2)}",
        "sh:uniqueLang true",
    ]
    if ranges:
        choices += [f"sh:{term} {other}" for term in ("lessThan", "lessThanOrEquals")]
        choices += [f"sh:{term} {bound}" for term in RANGES]
    qualified = (
        f"sh:qualifiedValueShape [ sh:nodeKind sh:{rng.choice(KINDS)} ] ; "
        f"sh:qualifiedMinCount {rng.randint(1, 2)}",
        f"sh:qualifiedValueShape [ sh:datatype xsd:{rng.choice(DATATYPES)} ] ; "
        f"sh:qualifiedMaxCount {rng.randint(0, 1)}",
    )
    return rng.sample(choices, rng.randint(0, 2)) + rng.sample(qualified, rng.random() < 0.2)


def _closed(rng: random.Random) -> str:
    kept = f"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ex:{rng.choice(PREDICATES)}"
    return f"sh:closed true ; sh:ignoredProperties ( {kept} )"


def _node_constraints(rng: random.Random, depth: int) -> list[str]:
    terms = rng.sample([*LITERALS, *(f"ex:{name}" for name in NODES)], 6)
    choices = [
        f"sh:class ex:{rng.choice(CLASSES)}",
        f"sh:datatype xsd:{rng.choice(DATATYPES)}",
        f"sh:nodeKind sh:{rng.choice(KINDS)}",
        f"sh:minLength {rng.randint(1, 5)}",
        f"sh:maxLength {rng.randint(0, 30)}",
        f'sh:pattern "{rng.choice(PATTERNS)}"' + rng.choice(("", ' ; sh:flags "i"')),
        'sh:languageIn ( "en" "de" )',
        f"sh:equals ex:{rng.choice(PREDICATES)}",
        f"sh:disjoint ex:{rng.choice(PREDICATES)}",
        f"sh:hasValue {terms[0]}",
        f"sh:in ( {' '.join(terms)} )",
    ]
    if depth:
        choices += [f"{form} {_shape(rng, depth - 1)}" for form in ("sh:not", "sh:node")]
        for form in ("sh:and", "sh:or", "sh:xone"):
            both = f"{_shape(rng, depth - 1)} {_shape(rng, depth - 1)}"
            choices.append(f"{form} ( {both} )")
    return rng.sample(choices, rng.randint(0, 2))


def _shape(rng: random.Random, depth: int) -> str:
    lines = _node_constraints(rng, depth) or [f"sh:nodeKind sh:{rng.choice(KINDS)}"]
    if rng.random() < 0.1:
        lines.append(_closed(rng))
    if rng.random() < 0.3:
        lines.append(f"sh:property {_property(rng, depth)}")
    return f"[ {' ; '.join(lines)} ]"


def damage(rng: random.Random, triples: Sequence[ox.Triple], times: int) -> list[ox.Triple]:
    """The triples with some of their terms lost, exchanged or spoilt."""
    spoilt = list(triples)
    for _ in range(times):
        place = rng.randrange(len(spoilt))
        rng.choice(_DAMAGES)(rng, spoilt, place)
        if not spoilt:
            return list(triples)
    return list(dict.fromkeys(spoilt))


def _lose(rng: random.Random, triples: list[ox.Triple], place: int) -> None:
    del triples[place]


def _repeat_with_other_value(rng: random.Random, triples: list[ox.Triple], place: int) -> None:
    kept = triples[place]
    triples.append(ox.Triple(kept.subject, kept.predicate, rng.choice(triples).object))


def _change_value(rng: random.Random, triples: list[ox.Triple], place: int) -> None:
    kept = triples[place]
    triples[place] = ox.Triple(kept.subject, kept.predicate, _spoil(rng, kept.object))


def _change_predicate(rng: random.Random, triples: list[ox.Triple], place: int) -> None:
    kept = triples[place]
    triples[place] = ox.Triple(kept.subject, rng.choice(triples).predicate, kept.object)


def _change_subject(rng: random.Random, triples: list[ox.Triple], place: int) -> None:
    kept = triples[place]
    triples[place] = ox.Triple(rng.choice(triples).subject, kept.predicate, kept.object)


def _add_blank(rng: random.Random, triples: list[ox.Triple], place: int) -> None:
    kept = triples[place]
    blank = ox.BlankNode(f"added{rng.randint(0, 2)}")
    triples[place] = ox.Triple(kept.subject, kept.predicate, blank)
    triples.append(ox.Triple(blank, rng.choice(triples).predicate, kept.object))


_DAMAGES: tuple[Callable[[random.Random, list[ox.Triple], int], None], ...] = (
    _lose,
    _repeat_with_other_value,
    _change_value,
    _change_value,
    _change_predicate,
    _change_subject,
    _add_blank,
)


def _spoil(rng: random.Random, term: Any) -> Any:
    if not isinstance(term, ox.Literal):
        return rng.choice(
            (ox.Literal(str(term)), ox.NamedNode(f"{EX}elsewhere"), ox.BlankNode("b"))
        )
    datatype = ox.NamedNode(XSD + rng.choice(DATATYPES))
    text = term.value
    return rng.choice(
        (
            ox.Literal(text, datatype=datatype),
            ox.Literal(text, language=rng.choice(("en", "de", "en-GB"))),
            ox.Literal(text + rng.choice((" ", "\n", "x", "0", "\u00a0"))),
            ox.Literal(text[1:], datatype=term.datatype) if not term.language else ox.Literal(""),
            ox.Literal(text.upper(), datatype=term.datatype) if not term.language else term,
            ox.NamedNode(f"{EX}{len(text)}"),
        )
    )
