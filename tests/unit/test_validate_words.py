"""Words of a result: the sentence and the passage that a node or a value rests on."""

import pyoxigraph as ox
import pytest

from kg.validate.engines import Finding
from kg.validate.report import Result
from kg.validate.units import Unit
from kg.validate.words import WordFinder

PREFIXES = """
@prefix schema: <https://schema.org/> . @prefix kg: <https://w3id.org/newskg/ns#> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix itsrdf: <http://www.w3.org/2005/11/its/rdf#> .
@base <https://a.example/article/1> .
"""
TEXT = "Ann Roe won. Dockers ended a strike on Monday."
BODY = """
<> a schema:NewsArticle ; schema:headline "Strike over" .
<#event-1> kg:trigger <#char=29,35> ; kg:evidence <#char=13,46> .
<#claim-1> kg:evidence <#char=0,12> .
<#char=29,35> nif:beginIndex 29 ; nif:endIndex 35 ; nif:referenceContext <#text> ;
    nif:anchorOf "strike" .
<#char=13,46> nif:beginIndex 13 ; nif:endIndex 46 ; nif:referenceContext <#text> ;
    nif:anchorOf "Dockers ended a strike on Monday." .
<#char=0,12> nif:beginIndex 0 ; nif:endIndex 12 ; nif:referenceContext <#text> .
<#char=0,7> nif:beginIndex 0 ; nif:endIndex 7 ; nif:referenceContext <#text> ;
    itsrdf:taIdentRef <#ann> .
<#ann> a schema:Person .
<#bare> nif:anchorOf "no place" .
[] kg:evidence <#char=13,46> ; schema:name "x" .
"""
BASE = "https://a.example/article/1"
BESIDE = (
    f"<{BASE}#text> <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#isString> "
    f'"{TEXT}" .\n'
).encode()


def result(
    focus: str, value: str | None = None, *, beside: bytes = BESIDE, body: str = BODY
) -> Result:
    triples = [quad.triple for quad in ox.parse(input=PREFIXES + body, format=ox.RdfFormat.TURTLE)]
    own = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    unit = Unit(f"{BASE}/graph", own, beside)
    finding = Finding(
        focus=focus if focus.startswith("_:") else BASE + focus,
        path=None,
        value=BASE + value if value else None,
        severity="Warning",
        message="m",
        shape="urn:s",
        component="MinCount",
    )
    return WordFinder(unit).result(finding)


@pytest.mark.parametrize(
    ("focus", "value", "sentence", "words"),
    [
        ("#event-1", None, "Dockers ended a strike on Monday.", "strike"),
        ("#char=29,35", None, "Dockers ended a strike on Monday.", "strike"),
        ("#claim-1", "#char=29,35", "Dockers ended a strike on Monday.", "strike"),
        ("#event-1", "#ann", "Dockers ended a strike on Monday.", "strike"),
        ("#claim-1", None, "Ann Roe won.", "Ann Roe won."),
        ("#ann", None, "Ann Roe won.", "Ann Roe"),
        ("#bare", None, None, "no place"),
        ("#nothing", None, None, None),
        ("", None, None, None),
    ],
)
def test_words_are_those_of_the_value_that_is_a_span_else_of_the_node(
    focus: str, value: str | None, sentence: str | None, words: str | None
) -> None:
    found = result(focus, value)
    assert (found.sentence, found.words) == (sentence, words)


def test_words_that_only_the_text_has_are_left_out_without_the_text() -> None:
    found = result("#ann", beside=b"")
    assert (found.sentence, found.words) == (None, None)


def test_article_and_headline_are_told_of_a_node_of_the_authority_too() -> None:
    for focus in ("#event-1", "-elsewhere#node"):
        found = result(focus)
        assert (found.article, found.headline) == (BASE, "Strike over")


def test_places_that_are_no_numbers_are_no_places() -> None:
    body = BODY.replace("nif:beginIndex 29", 'nif:beginIndex "-1", "x"')
    found = result("#char=29,35", body=body)
    assert (found.sentence, found.words) == (None, "strike")
