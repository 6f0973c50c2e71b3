from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, QueryError
from kg.store import locate
from kg.store.search import Entry, SearchIndex, match_of, search
from kg.store.search.index import fold

OUTPUT = Path(__file__).parents[2] / "output"


@pytest.fixture
def index():
    import sqlite3

    connection = sqlite3.connect(":memory:")
    made = SearchIndex(connection)
    made.create()
    made.add(
        [
            Entry(graph="g:1", iri="p:walesa", kind="name", words="Lech Wałęsa"),
            Entry(graph="g:1", iri="p:walesa", kind="name", words="Wałęsa"),
            Entry(graph="g:1", iri="a:1#c", kind="claim", words="Wałęsa was there", article="a:1"),
            Entry(graph="g:2", iri="a:2#c", kind="claim", words="NATO massed troops at the border"),
        ]
    )
    yield made
    connection.close()


def found(index: SearchIndex, words: str, *kinds: str) -> list[str]:
    return [hit.iri for hit in index.find(words, kinds)]


def test_names_go_before_what_mentions_them_and_come_once(index) -> None:
    assert found(index, "walesa") == ["p:walesa", "a:1#c"]


def test_accents_and_strokes_make_no_difference(index) -> None:
    assert found(index, "WAŁĘSA") == found(index, "walesa") != []


def test_all_words_must_be_there_and_excluded_ones_must_not(index) -> None:
    assert found(index, "troops border") == ["a:2#c"]
    assert found(index, "troops walesa") == []
    assert found(index, "walesa -there") == ["p:walesa"]


def test_a_phrase_and_the_beginning_of_a_word_are_found(index) -> None:
    assert found(index, '"massed troops"') == ["a:2#c"]
    assert found(index, '"troops massed"') == []
    assert found(index, "bord*") == ["a:2#c"]
    assert found(index, "bord") == []


def test_kinds_narrow_the_search_and_unknown_ones_are_told(index) -> None:
    assert found(index, "walesa", "claim") == ["a:1#c"]
    with pytest.raises(QueryError, match="no kind 'person'; there are: name"):
        index.find("walesa", ["person"])


def test_the_words_come_back_as_they_were_with_what_was_found(index) -> None:
    hit = index.find("walesa", ["claim"])[0]
    assert hit.snippet == hit.text == "Wałęsa was there"
    assert [hit.snippet[a:b] for a, b in hit.found] == ["Wałęsa"]


def test_a_dropped_graph_is_not_found(index) -> None:
    index.drop("g:1")
    assert found(index, "walesa") == []
    assert found(index, "nato") == ["a:2#c"]
    assert len(index) == 1


@pytest.mark.parametrize("words", ["", "   ", "***", '"" -', "-nato", "?!"])
def test_nothing_to_look_for_is_told(words: str) -> None:
    with pytest.raises(QueryError, match="no word"):
        match_of(words)


def test_too_many_words_are_refused() -> None:
    with pytest.raises(QueryError, match="more than 32"):
        match_of("word " * 33)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_words_and_never_an_operator(text: str) -> None:
    import sqlite3

    connection = sqlite3.connect(":memory:")
    made = SearchIndex(connection)
    made.create()
    made.add([Entry(graph="g", iri="i", kind="name", words="NOT AND OR NEAR folded:")])
    try:
        made.find(text)
    except QueryError:
        pass
    finally:
        connection.close()


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(
    st.lists(st.sampled_from(["alpha", "beta", "Łódź", "\n", "x" * 90]), min_size=1, max_size=60)
)
def test_a_snippet_is_short_and_marks_the_word(words: list[str]) -> None:
    import sqlite3

    text = " ".join([*words, "needle", *words])
    connection = sqlite3.connect(":memory:")
    made = SearchIndex(connection)
    made.create()
    made.add([Entry(graph="g", iri="i", kind="name", words=text)])
    hit = made.find("needle")[0]
    connection.close()
    assert len(hit.snippet) <= 170
    assert [hit.snippet[a:b] for a, b in hit.found] == ["needle"]


def test_the_folder_of_an_export_is_searched_by_name_claim_and_evidence() -> None:
    hits = search(OUTPUT, "lukashenko", ["name"])
    assert hits[0].iri == "https://example.org/kg/person/alexander-lukashenko"
    claims = search(OUTPUT, "falsified", ["claim"])
    assert claims
    assert all("#claim-" in hit.iri and hit.article in hit.iri for hit in claims)
    assert (
        search(OUTPUT, "detained", ["evidence"])[0]
        .iri.partition("#")[2]
        .startswith(("event-", "figure-"))
    )
    assert search(OUTPUT, "election", ["event"])
    assert search(OUTPUT, "belarus", ["headline"])


def test_the_index_beside_a_location_is_made_once() -> None:
    with locate(OUTPUT) as location:
        first = search(location, "minsk")
        made = location.path.parent / "search.db"
        stamp = made.stat().st_mtime_ns
        assert search(location, "minsk") == first != ()
        assert made.stat().st_mtime_ns == stamp
    assert not made.exists()


def test_a_missing_source_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        search(tmp_path / "none.ttl", "word")


def test_what_a_killed_process_had_loaded_is_removed_by_the_next(tmp_path, monkeypatch) -> None:
    import os
    import subprocess
    import sys

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left, mine = tmp_path / f"kg-read-{gone.pid}-x", tmp_path / f"kg-read-{os.getpid()}-x"
    left.mkdir()
    mine.mkdir()
    with locate(OUTPUT):
        assert not left.exists()
        assert mine.exists()
