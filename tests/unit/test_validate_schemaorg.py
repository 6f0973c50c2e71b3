"""The check of schema.org terms, by small graphs in both spellings."""

import pyoxigraph as ox
import pytest

from kg.validate.engines import Finding
from kg.validate.schemaorg import check_terms

HEAD = """@prefix x: <http://www.w3.org/2001/XMLSchema#> .
@prefix kg: <https://w3id.org/newskg/ns#> .
@prefix e: <https://a.example/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
"""


def found(text: str, spelling: str = "https") -> list[Finding]:
    prefix = f"@prefix s: <{spelling}://schema.org/> .\n"
    return check_terms(ox.parse(input=prefix + HEAD + text, format=ox.RdfFormat.TURTLE))


def short(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(f.severity, f.shape.partition("#SchemaOrg")[2]) for f in findings]


@pytest.mark.parametrize("spelling", ["https", "http"])
@pytest.mark.parametrize(
    ("text", "severity", "shape", "message"),
    [
        ("e:a a s:NewsArticel .", "Violation", "Term", "did you mean NewsArticle?"),
        ("e:a a s:Article ; s:headLine 'x' .", "Violation", "Term", "did you mean headline?"),
        ("e:a a s:headline .", "Violation", "Term", "is a property, not a class"),
        ("e:a a s:Article ; s:Person e:b .", "Violation", "Term", "is a class, not a property"),
        ("e:a a s:Event ; s:eventStatus s:EventCanceled .", "Violation", "Term", "EventCancelled"),
        ("e:a a s:Event ; s:about s:Qzxv .", "Violation", "Term", "docs/full.html"),
        ("e:a a s:Movie ; s:actors e:b .", "Info", "Term", "use actor"),
        ("e:a a s:Article ; s:agent e:b .", "Warning", "Domain", "Action"),
        ("e:a a s:Event ; kg:actorType e:b .", "Warning", "Domain", "actorType is not for Event"),
        ("e:a s:name 'x' .", "Info", "Domain", "without a type"),
        ("e:a a s:Article ; s:author 'Jane' .", "Warning", "Range", "not string 'Jane'"),
        ("e:a a s:Article, s:Place ; s:author e:a .", "Warning", "Range", "not a node of type"),
        ("e:a a s:Article ; s:datePublished 'May' .", "Warning", "Range", "Date"),
        ("e:a a s:Article ; s:datePublished 2024 .", "Warning", "Range", "not integer"),
        ("e:a a s:Article ; s:wordCount 5.5 .", "Warning", "Range", "Integer"),
        ("e:a a s:Event ; s:eventStatus s:Monday .", "Warning", "Range", "DayOfWeek"),
    ],
)
def test_what_schema_org_does_not_allow_is_found(
    text: str, severity: str, shape: str, message: str, spelling: str
) -> None:
    findings = found(text, spelling)
    assert short(findings) == [(severity, shape)]
    assert message in findings[0].message
    assert findings[0].component == "Vocabulary"
    assert findings[0].focus == "https://a.example/a"


@pytest.mark.parametrize(
    "text",
    [
        "e:a a s:NewsArticle ; s:headline 'x'@en ; s:url 'https://a.example/', e:page .",
        "e:a a s:Article ; s:datePublished '2024-01-05T08:00:00+08:00', '2024'^^x:gYear .",
        "e:a a s:Article ; s:dateModified '2024-01-05'^^x:date, '2024-01-05'^^s:Date .",
        "e:a a s:Article ; s:wordCount 5, '5' ; s:isAccessibleForFree true, 'False' .",
        "e:a a s:Article ; s:timeRequired 'PT5M' ; s:author e:unknown, [] .",
        "e:a a s:Event ; s:eventStatus s:EventCancelled ; s:about <https://schema.org/docs/a> .",
        "e:a a foaf:Person ; s:jobTitle 'x' . e:b a s:Article ; s:author e:a .",
        "e:a a s:Person, s:Place ; s:jobTitle 'x' ; s:latitude 5.5 .",
        "e:a a s:Article ; s:author [ a s:Role ; s:author e:b ; s:roleName 'x' ] .",
        "e:a a kg:UnconfirmedEvent ; s:startDate '2024-01-05'^^x:date ; s:location e:b .",
    ],
)
def test_what_schema_org_allows_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_blank_node_keeps_the_label_of_the_data() -> None:
    (finding,) = check_terms(
        ox.parse(input="_:f1b3 <https://schema.org/name> 'x' .", format=ox.RdfFormat.TURTLE)
    )
    assert finding.focus.startswith("_:")
