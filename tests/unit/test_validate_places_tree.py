"""Lines of statements in RDF/XML and JSON-LD: every construct, by hand."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.validate.places.statements import RDF
from tests.unit.places import XSD, E, Term, place

XML = f"""<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [ <!ENTITY e "{E}"> ]>
<rdf:RDF xmlns:rdf="{RDF}" xmlns="{E}" xmlns:e="{E}"
  xml:base="http://x.example/">
<T rdf:about="&e;a" e:x="1">
  <p>text &amp;
   more</p>
  <p rdf:resource="r"/>
  <q rdf:parseType="Resource">
    <r rdf:datatype="{XSD}integer">1</r>
  </q>
  <q><rdf:Description>
    <s xml:lang="DE">x</s>
  </rdf:Description></q>
  <c rdf:parseType="Collection">
    <rdf:Description rdf:about="#1"/>
    <rdf:Description rdf:ID="2"/>
  </c>
  <l rdf:parseType="Literal"><b>x</b></l>
  <k e:m="2" rdf:ID="i"/>
  <o rdf:nodeID="n"/>
</T>
<rdf:Bag rdf:nodeID="n">
  <rdf:li>1</rdf:li>
  <rdf:li>2</rdf:li>
</rdf:Bag>
</rdf:RDF>
""".replace('rdf:ID="2"', 'rdf:ID="two"')


@pytest.mark.parametrize(
    ("focus", "path", "value", "expected"),
    [
        ("a", RDF + "type", "T", (5, True)),
        ("a", "x", '"1"', (5, True)),
        ("a", "p", '"text &\\n   more"', (6, True)),
        ("a", "p", "http://x.example/r", (8, True)),
        ("_:f1b1", "r", f'"1"^^<{XSD}integer>', (10, True)),
        ("_:f1b1", None, None, (9, False)),
        ("_:f1b2", "s", '"x"@de', (13, True)),
        ("a", "q", "_:f1b2", (12, True)),
        ("a", "c", None, (15, True)),
        ("_:f1b3", RDF + "first", "http://x.example/#1", (16, True)),
        ("_:f1b4", RDF + "first", "http://x.example/#two", (17, True)),
        ("a", "l", None, (19, True)),
        ("_:f1b5", "m", '"2"', (20, True)),
        ("http://x.example/#i", RDF + "object", "_:f1b5", (20, True)),
        ("a", "o", "_:f1b6", (21, True)),
        ("_:f1b6", RDF + "_2", '"2"', (25, True)),
        ("a", "missing", None, (5, False)),
        ("http://x.example/#1", None, None, (16, False)),
    ],
)
def test_in_xml_a_statement_stands_at_its_property(
    tmp_path: Path, focus: str, path: Term, value: Term, expected: tuple[int, bool]
) -> None:
    assert place(tmp_path, XML, focus, path, value, form="rdfxml") == expected


JSON = f"""{{"@context": {{
  "@vocab": "{E}", "e": "{E}", "id": "@id", "type": "@type", "@language": "de",
  "n": {{"@id": "e:n", "@type": "@id"}},
  "l": {{"@id": "e:l", "@container": "@list"}}}},
 "@graph": [
 {{
  "id": "e:a",
  "type": ["T",
    "{E}U"],
  "name": "x\\u00e9",
  "n": "e:b",
  "x": {{
    "y": 2.50,
    "z": true }},
  "d": [{{"@value": "v", "@type": "e:t"}},
    {{"id": "e:c", "m": 10}}],
  "l": [1,
    {{"q": 3}}]
 }},
 {{"id": "_:k",
  "x": {{"id": "e:late"}} }}
]}}
"""


@pytest.mark.parametrize(
    ("focus", "path", "value", "expected"),
    [
        ("a", RDF + "type", "U", (9, True)),
        ("a", "name", '"xé"@de', (10, True)),
        ("a", "n", "b", (11, True)),
        ("_:f1b1", "y", f'"2.5E0"^^<{XSD}double>', (13, True)),
        ("_:f1b1", "z", f'"true"^^<{XSD}boolean>', (14, True)),
        ("_:f1b1", "missing", None, (12, False)),
        ("a", "d", f'"v"^^<{E}t>', (15, True)),
        ("a", "d", "c", (16, True)),
        ("c", "m", f'"10"^^<{XSD}integer>', (16, True)),
        ("a", "l", "_:f1b2", (17, True)),
        ("_:f1b4", "q", None, (18, True)),
        ("_:f1b5", "x", "late", (21, True)),
        ("_:f1b5", "missing", None, (20, False)),
        ("a", "missing", None, (7, False)),
    ],
)
def test_in_json_a_statement_stands_at_its_key(
    tmp_path: Path, focus: str, path: Term, value: Term, expected: tuple[int, bool]
) -> None:
    assert place(tmp_path, JSON, focus, path, value, form="jsonld") == expected
    assert list(ox.parse(JSON, format=ox.RdfFormat.JSON_LD))


def test_xml_with_line_ends_of_windows_keeps_its_blank_nodes(tmp_path: Path) -> None:
    text = XML.replace("\n", "\r\n")
    assert place(tmp_path, text, "_:f1b6", RDF + "_2", '"2"', form="rdfxml") == (25, True)
    assert place(tmp_path, text, "a", "p", None, form="rdfxml") == (6, True)
