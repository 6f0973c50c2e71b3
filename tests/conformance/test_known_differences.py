"""Differences of the engines that stay: each is still there, and `both` is loud about it."""

from pathlib import Path

import pytest

from kg.validate import load_shapes
from kg.validate.engines import choose_engine
from kg.validate.shapes import RDF

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://a.example/> .
ex:S a sh:NodeShape ; sh:targetClass ex:Ship ; """
XSD = "http://www.w3.org/2001/XMLSchema#"
DATA = f"""<https://a.example/a> <{RDF}type> <https://a.example/Ship> .
<https://a.example/a> <https://a.example/name> "Dora" .
<https://a.example/a> <https://a.example/port> _:f1b1 .
<https://a.example/a> <https://a.example/afloat> "true"^^<{XSD}boolean> .
<https://a.example/a> <https://a.example/crew> "-7"^^<{XSD}nonNegativeInteger> .
""".encode()
# What the difference is, and which engine is wrong -> a shape that shows it.
DIFFERENCES = {
    "a value that a query makes up: the fast engine gives the focus node in its place": (
        'sh:sparql [ sh:select """SELECT DISTINCT $this (CONCAT("my ", ?n) AS ?value) '
        'WHERE { $this <https://a.example/name> ?n }""" ] .'
    ),
    "an ill-typed number: the fast engine compares it all the same": (
        "sh:property [ sh:path ex:crew ; sh:maxInclusive 7 ] ."
    ),
    "a boolean against a number: pySHACL compares them": (
        "sh:property [ sh:path ex:afloat ; sh:maxInclusive 7 ] ."
    ),
    "sh:minLength 0 of a blank node: pySHACL finds nothing": (
        "sh:property [ sh:path ex:port ; sh:minLength 0 ] ."
    ),
    "an ASK validator in a property shape: pySHACL does not name the value": (
        "sh:property [ sh:path ex:name ; ex:most 1 ] . ex:Most a sh:ConstraintComponent ; "
        "sh:parameter [ sh:path ex:most ] ; sh:validator [ a sh:SPARQLAskValidator ; "
        'sh:ask "ASK { FILTER (STRLEN(STR($value)) <= $most) }" ] .'
    ),
}


@pytest.mark.parametrize("difference", DIFFERENCES)
def test_difference_is_still_there_and_told(difference: str, tmp_path: Path) -> None:
    file = tmp_path / "shapes.ttl"
    file.write_text(HEAD + DIFFERENCES[difference], "utf-8")
    outcome = choose_engine("both").run(load_shapes(file), DATA)
    assert outcome.differences
