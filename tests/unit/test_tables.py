"""Tables: a row is what the graph says, claims do not look like facts, and files are exact."""

import csv
import io
import itertools
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import InputError
from kg.records import read_records
from kg.store import open_store
from kg.store.tables import TABLES, make_table, write_table
from kg.vocabulary import type_code
from tools.make_tables_page import TARGET, page

ROOT = Path(__file__).parents[2]
ARTICLES = list(read_records(ROOT / "output" / "articles.jsonl"))


@pytest.fixture(scope="module")
def graph() -> ox.Store:
    return open_store(ROOT / "output").database


def named(graph: ox.Store, name: str, **options: bool) -> list[dict[str, object]]:
    table, rows = make_table(graph, name, **options)
    return [dict(zip((c.name for c in table.columns), row, strict=True)) for row in rows]


def written(graph: ox.Store, name: str, form: str, **options: bool) -> bytes:
    stream = io.BytesIO()
    write_table(*make_table(graph, name), stream, form, **options)
    return stream.getvalue()


def test_every_event_of_the_records_is_a_row_and_stands_as_it_stood(graph) -> None:
    rows = {row["iri"]: row for row in named(graph, "events")}
    events = [(article, event) for article in ARTICLES for event in article.events]
    assert len(rows) == len(events)
    for article, event in events:
        row = rows[f"https://example.org/kg/article/{article.id}#{event.id}"]
        assert row["factuality"] == event.factuality[0].value
        assert type_code(row["type"]) == event.type
        assert row["event"] == event.name
        assert {span.text for span in event.evidence} <= set(row["evidence"])
        assert row["article_iri"].endswith(article.id)


def test_only_what_articles_vouch_for_is_left_where_that_is_wanted(graph) -> None:
    every, asserted = named(graph, "events"), named(graph, "events", asserted=True)
    assert {row["factuality"] for row in asserted} == {"asserted"}
    assert len(asserted) == sum(row["factuality"] == "asserted" for row in every) < len(every)


def test_a_claim_tells_who_says_what_and_whether_it_is_quoted(graph) -> None:
    rows = {row["iri"]: row for row in named(graph, "claims")}
    for article in ARTICLES:
        names = {actor.id: actor.name for actor in article.actors}
        for claim in article.claims:
            row = rows[f"https://example.org/kg/article/{article.id}#{claim.id}"]
            assert row["words"] == claim.text
            assert row["quotation"] is (claim.kind == "direct")
            assert len(row["speaker"]) == len({names[one] for one in claim.speakers})


def test_an_actor_is_counted_over_all_articles(graph) -> None:
    row = next(r for r in named(graph, "actors") if r["actor"] == "Alexander Lukashenko")
    asked = "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a schema:Claim ; schema:author <%s> }"
    ((claims,),) = open_store(ROOT / "output").query(asked % row["iri"])
    assert (row["claims"], row["type"]) == (int(claims), "person")
    assert row["articles"] == sum(
        any(a.link and str(row["iri"]).endswith(a.link.iri or "-") and a.mentions for a in x.actors)
        for x in ARTICLES
    )


def test_figures_are_numbers_in_the_order_of_their_articles(graph) -> None:
    rows = named(graph, "figures")
    assert len(rows) == sum(len(article.figures) for article in ARTICLES)
    assert all(isinstance(r["value"], int | float | None) for r in rows)
    for before, after in itertools.pairwise(rows):
        if before["article"] == after["article"]:
            assert before["evidence_start"] <= after["evidence_start"]


@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl", "parquet"])
def test_the_same_graph_gives_the_same_bytes(graph, form: str) -> None:
    for name in TABLES:
        assert written(graph, name, form) == written(graph, name, form)


def test_csv_parquet_and_json_lines_hold_the_same_rows(graph) -> None:
    from pyarrow import parquet

    for name, table in TABLES.items():
        lines = [json.loads(line) for line in written(graph, name, "jsonl").splitlines()]
        frame = parquet.read_table(io.BytesIO(written(graph, name, "parquet")))
        cells = list(csv.DictReader(io.StringIO(written(graph, name, "csv").decode())))
        assert frame.num_rows == len(lines) == len(cells)
        for column in table.columns:
            values = [v.isoformat() if hasattr(v, "isoformat") else v
                      for v in frame.column(column.name).to_pylist()]  # fmt: skip
            assert values == [line[column.name] for line in lines]


def test_a_spreadsheet_finds_no_formula_and_numbers_stay_numbers(graph) -> None:
    store = ox.Store()
    store.update(
        "PREFIX schema: <https://schema.org/> PREFIX kg: <https://w3id.org/newskg/ns#>"
        "INSERT DATA { <urn:e> a schema:Observation ; schema:value -5 ;"
        " kg:presentedAs kg:asserted ;"
        ' schema:variableMeasured "=HYPERLINK(1)" ; schema:unitText "@x" }'
    )
    (row,) = csv.DictReader(io.StringIO(written(store, "figures", "csv").decode()))
    assert (row["variable"], row["unit"], row["value"]) == ("'=HYPERLINK(1)", "'@x", "-5")


def test_the_mark_for_excel_stands_once_at_the_beginning(graph) -> None:
    marked = written(graph, "events", "csv", mark=True)
    assert marked.startswith(b"\xef\xbb\xbffactuality")
    assert marked.count(b"\xef\xbb\xbf") == 1
    assert marked[3:] == written(graph, "events", "csv")


def test_an_unknown_table_or_form_is_told(graph) -> None:
    with pytest.raises(InputError, match="no table 'people'; there are: events, claims"):
        make_table(graph, "people")
    with pytest.raises(InputError, match="no form 'xls'"):
        written(graph, "events", "xls")


def test_the_page_of_the_columns_is_up_to_date() -> None:
    assert TARGET.read_text("utf-8") == page()


def test_data_frames_have_the_types_of_the_literals() -> None:
    import datetime

    asked = open_store(ROOT / "output").query(
        "SELECT ?e ?day ?score { ?e sem:hasEarliestBeginTimeStamp ?day ; kg:confidence ?score }"
    )
    frame = asked.to_polars()
    assert isinstance(frame["day"][0], datetime.date)
    assert isinstance(frame["score"][0], float)
    assert list(asked.to_pandas().columns) == ["e", "day", "score"]
    assert asked.to_dicts()[0]["e"] == frame["e"][0]


def test_a_column_with_a_partial_date_or_a_bad_number_stays_text_and_loses_nothing() -> None:
    store = open_store(ROOT / "output")
    mixed = store.query(
        'SELECT ?d ?n { VALUES (?d ?n) { ("2020"^^xsd:gYear "x"^^xsd:integer) '
        '("2020-01-01"^^xsd:date 7) (UNDEF UNDEF) } }'
    ).to_polars()
    assert sorted(filter(None, mixed["d"])) == ["2020", "2020-01-01"]
    assert sorted(filter(None, mixed["n"])) == ["7", "x"]


@pytest.mark.parametrize("value", ['"many"', '"INF"^^xsd:double', '"x"^^xsd:integer', "<urn:n>"])
def test_a_value_that_is_no_number_leaves_its_cell_empty(value: str) -> None:
    store = ox.Store()
    store.update(
        "PREFIX schema: <https://schema.org/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>"
        f"INSERT DATA {{ <urn:e> a schema:Observation ; schema:value {value} }}"
    )
    assert [row["value"] for row in named(store, "figures")] == [None]
