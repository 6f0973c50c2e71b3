# ruff: noqa: E501 (updates beside each other)
"""The protocol's dataset of an update becomes USING clauses, wherever operations have a WHERE."""

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, RefusedError
from kg.store.using import add_using

U = "USING <urn:g> "


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }", f"INSERT {{ ?s ?p 1 }} {U}WHERE {{ ?s ?p ?o }}"),
        ("insert{?s ?p 1}where{?s ?p ?o}", f"insert{{?s ?p 1}}{U}where{{?s ?p ?o}}"),
        (
            "DELETE WHERE { GRAPH ?g { ?s ?p 1 } } ; CLEAR ALL",
            f"DELETE {{ GRAPH ?g {{ ?s ?p 1 }} }} {U}WHERE {{ GRAPH ?g {{ ?s ?p 1 }} }} ; CLEAR ALL",
        ),
        ("delete where{?s ?p '}'}", f"delete {{?s ?p '}}'}} {U}where{{?s ?p '}}'}}"),
        (
            "DELETE { ?s ?p 1 } INSERT { ?s ?p 2 } WHERE { ?s ?p 1 }",
            f"DELETE {{ ?s ?p 1 }} INSERT {{ ?s ?p 2 }} {U}WHERE {{ ?s ?p 1 }}",
        ),
        (
            "DELETE { GRAPH <urn:a> { ?s ?p 1 } } WHERE { GRAPH ?g { { ?s ?p 1 } } }",
            f"DELETE {{ GRAPH <urn:a> {{ ?s ?p 1 }} }} {U}WHERE {{ GRAPH ?g {{ {{ ?s ?p 1 }} }} }}",
        ),
        (
            'INSERT { ?s ?p \'} WHERE {\' } # WHERE {\nWHERE { ?s ?p """} WHERE { " }""" }',
            f'INSERT {{ ?s ?p \'}} WHERE {{\' }} # WHERE {{\n{U}WHERE {{ ?s ?p """}} WHERE {{ " }}""" }}',
        ),
        (
            "INSERT { ?where <urn:where> <urn:insert> } # }\n WHERE { ?where ?insert ?delete }",
            f"INSERT {{ ?where <urn:where> <urn:insert> }} # }}\n {U}WHERE {{ ?where ?insert ?delete }}",
        ),
        (
            "PREFIX where: <urn:w> INSERT { where:insert where:delete 1 } WHERE { ?s where:where ?o }",
            f"PREFIX where: <urn:w> INSERT {{ where:insert where:delete 1 }} {U}WHERE {{ ?s where:where ?o }}",
        ),
        ("INSERT DATA { <urn:a> <urn:b> '{' }", None),
        ("DELETE DATA { <urn:a> <urn:b> 1 }", None),
        ("CLEAR SILENT GRAPH <urn:a> ; DROP ALL ; CREATE GRAPH <urn:b>", None),
        (
            "INSERT DATA { <urn:a> <urn:b> 1 } ; DELETE { ?s ?p 1 } WHERE { ?s ?p 1 } ; CLEAR ALL",
            f"INSERT DATA {{ <urn:a> <urn:b> 1 }} ; DELETE {{ ?s ?p 1 }} {U}WHERE {{ ?s ?p 1 }} ; CLEAR ALL",
        ),
        (
            "INSERT { ?s ?p 1 } WHERE { { SELECT * WHERE { ?s ?p ?o } } } ; INSERT {} WHERE {}",
            f"INSERT {{ ?s ?p 1 }} {U}WHERE {{ {{ SELECT * WHERE {{ ?s ?p ?o }} }} }} ; INSERT {{}} {U}WHERE {{}}",
        ),
        ("", None),
    ],
)
def test_each_where_clause_of_an_update_gets_the_dataset(given, expected):
    wanted = given if expected is None else expected
    assert add_using(given, ["urn:g"], []) == wanted
    ox.Store().update(wanted)  # it is SPARQL


def test_default_and_named_graphs_become_clauses_of_their_own():
    update = add_using("INSERT {} WHERE {}", ["urn:a", "urn:b"], ["urn:c"])
    assert update == "INSERT {} USING <urn:a> USING <urn:b> USING NAMED <urn:c> WHERE {}"


def test_no_dataset_leaves_the_update_as_it_is():
    update = "WITH <urn:g> DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }"
    assert add_using(update, [], []) == update


@pytest.mark.parametrize(
    "update",
    [
        "WITH <urn:g> DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }",
        "DELETE { ?s ?p 1 } USING <urn:g> WHERE { ?s ?p 1 }",
        "DELETE { ?s ?p 1 } using named <urn:g> WHERE { ?s ?p 1 }",
        "CLEAR ALL; with<urn:g>DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }",
    ],
)
def test_an_update_with_a_dataset_of_its_own_is_an_error(update):
    with pytest.raises(QueryError, match="using-graph-uri"):
        add_using(update, ["urn:g"], [])


def test_words_that_only_look_like_clauses_are_no_error():
    update = "INSERT { ?with <urn:using> 'USING' } WHERE { ?with <urn:with> 'WITH' } # USING"
    assert U in add_using(update, ["urn:g"], [])


@pytest.mark.parametrize("iri", ["urn:a> WHERE {} ; CLEAR ALL #", "urn:a b", "urn:\\u003e"])
def test_an_iri_cannot_smuggle_an_update_in(iri):
    with pytest.raises(QueryError):
        add_using("INSERT {} WHERE {}", [iri], [])


def test_a_file_is_refused_as_a_graph():
    with pytest.raises(RefusedError):
        add_using("INSERT {} WHERE {}", ["file:///etc/passwd"], [])


def test_an_update_sees_only_the_graphs_that_were_named():
    store = ox.Store()
    store.update(
        "INSERT DATA { GRAPH <urn:a> { <urn:x> <urn:p> 1 } GRAPH <urn:b> { <urn:y> <urn:p> 1 } }"
    )
    store.update(
        add_using("INSERT { GRAPH <urn:out> { ?s ?p ?o } } WHERE { ?s ?p ?o }", ["urn:b"], [])
    )
    out = store.quads_for_pattern(None, None, None, ox.NamedNode("urn:out"))
    assert [quad.subject.value for quad in out] == ["urn:y"]
