import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError, RefusedError
from kg.store.guard import check_dataset, check_query, check_update

HOST = "<http://127.0.0.1:1/>"
REFUSED = [
    f"SELECT * {{ SERVICE {HOST} {{}} }}",
    f"SELECT * {{ service {HOST} {{}} }}",
    f"SELECT * {{ SeRvIcE SILENT {HOST} {{}} }}",
    f"SELECT * {{ SERVICE# note\n{HOST} {{}} }}",
    f"SELECT * {{ ?s ?p 1SERVICE {HOST} {{}} }}",
    f"SELECT * {{ ?s ?p trueSERVICE {HOST} {{}} }}",
    "PREFIX ex: <http://127.0.0.1:1/> SELECT * { SERVICEex:x {} }",
    "PREFIX : <http://127.0.0.1:1/> SELECT * { SERVICE:x {} }",
    f"SELECT * {{ #\rSERVICE {HOST} {{}}\n}}",
    "SELECT * { OPTIONAL { { SELECT * { SERVICE ?x {} } } } }",
    f"SELECT * {{ ?s ex:a\\#b 1 . SERVICE {HOST} {{}} }}",
    f"SELECT * {{ ?s ?p ?é1SERVICE {HOST} {{}} }}",
]
KEPT = [
    'SELECT * { ?s ?p "Secret Service" }',
    "SELECT * { ?s ?p 'its service' . ?s <http://x/service> ?service }",
    "PREFIX ex: <http://x/> SELECT ?myService { ?s ex:service ?myService ; ex:web-service ?b }",
    "# what the service says\nSELECT * { ?s ?p ?o }",
    'SELECT * { ?s ?p """a "service" of\nthe house""" }',
]


@pytest.mark.parametrize("text", REFUSED)
def test_a_call_to_another_service_is_refused_in_every_spelling(text: str) -> None:
    with pytest.raises(RefusedError):
        check_query(text)


@pytest.mark.parametrize("text", KEPT)
def test_the_word_in_strings_names_and_comments_is_kept_and_means_the_same(text: str) -> None:
    import pyoxigraph as ox

    made = check_query(text)
    store = ox.Store()
    store.add(
        ox.Quad(ox.NamedNode("http://s"), ox.NamedNode("http://p"), ox.Literal("Secret Service"))
    )
    assert [str(r) for r in store.query(made)] == [str(r) for r in store.query(text)]


def test_a_string_for_one_reading_that_is_code_for_another_cannot_run() -> None:
    """`?a<?b+'>'` is an IRI for a tokeniser and a comparison for the parser."""
    import pyoxigraph as ox

    text = (
        "SELECT * { BIND('a' AS ?a) BIND('b' AS ?b) FILTER(?a<?b+'>') "
        f"SERVICE {HOST} {{}} FILTER('a'='a') }}"
    )
    ox.Store().query(text)  # the parser takes the whole text
    with pytest.raises((RefusedError, SyntaxError)):
        ox.Store().query(check_query(text))


@pytest.mark.parametrize(
    "text",
    [
        f"LOAD {HOST}",
        "load silent <file:///etc/passwd> into graph <http://g>",
        f"INSERT DATA {{}};LOAD {HOST}",
        f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE {HOST} {{ ?s ?p ?o }} }}",
        "INSERT { ?s ?p 1 } USING <file:///etc/passwd> WHERE { ?s ?p ?o }",
        "WITH <file:///x> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_that_load_or_call_are_refused(text: str) -> None:
    with pytest.raises(RefusedError):
        check_update(text)


def test_an_update_may_hold_the_letters_of_load() -> None:
    text = 'INSERT DATA { <http://s> <http://x/downloadURL> "upload" }'
    assert "load" not in check_update(text).lower()


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <file:///etc/passwd> { ?s ?p ?o }",
        "PREFIX f: <file:///etc/> SELECT * FROM f:passwd { ?s ?p ?o }",
        "BASE <file:///etc/> SELECT * FROM <passwd> { ?s ?p ?o }",
        "SELECT * FROM <ftp://h/x> { ?s ?p ?o }",
    ],
)
def test_a_dataset_that_is_a_file_is_refused(text: str) -> None:
    with pytest.raises(RefusedError, match="graph"):
        check_query(text)


def test_a_dataset_of_the_web_is_only_a_name() -> None:
    assert check_query("SELECT * FROM <http://x/g> { ?s ?p ?o }").startswith("SELECT")
    check_dataset(("urn:x:g", "https://x/g"))
    with pytest.raises(RefusedError):
        check_dataset(("file:///etc/passwd",))


def test_deep_nesting_is_refused_before_the_parser_sees_it() -> None:
    with pytest.raises(QueryError, match="nested"):
        check_query("ASK" + "{" * 100_000 + "}" * 100_000)
    check_query("ASK { FILTER(" + "(" * 100 + "1" + ")" * 100 + ") }")


def test_half_a_character_is_refused() -> None:
    with pytest.raises(QueryError, match="UTF-8"):
        check_query("ASK { ?s ?p '\ud800' }")


_PIECES = st.sampled_from(
    ["SERVICE", "service", "<", ">", "'", '"', "#", "\n", "\r", " ", "?a", ":", "ex", "1", "{", "}",
     "\\", "+", "<http://127.0.0.1:1/>", "(", ")", "é", ".", "FILTER", "'''", '"""', "@en"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=30))
def test_what_is_let_through_never_holds_the_keyword_where_it_could_be_one(
    pieces: list[str],
) -> None:
    import re

    text = "".join(pieces)
    try:
        made = check_query(text)
    except QueryError:
        return
    for found in re.finditer("service", made, re.IGNORECASE):
        assert re.search(r"(?:[?$]\w*|:[\w-]*)$", made[: found.start()], re.ASCII)
