"""Rows laid beside our own extraction: found by address, judged by type, actors, place and day."""

import csv
import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.errors import InputError
from kg.link.rows import link_table
from kg.model import Article, Factuality, Link, Place
from kg.pipeline.comparing import (
    Compared,
    Comparison,
    compare_files,
    compare_rows,
    dump_comparison,
    plain_url,
)
from kg.read.rows import read_event_table
from kg.records import dump_records
from tests.unit.articles import CHERRY, HARBOUR
from tests.unit.row_cases import acled, events, mentions, records

URL = "https://news.example/cherry"
PROTEST = {"EventCode": "141", "EventRootCode": "14", "SOURCEURL": URL}
GROWERS = {"Actor1Code": "AGR", "Actor1Name": "GROWERS", "Actor1CountryCode": ""}
THREAT = {"EventCode": "130", "EventRootCode": "13", "SOURCEURL": URL}


def compared(change: dict[str, str], *articles: Article) -> Compared:
    """The one row of a table beside the articles."""
    comparison = compare(change, *articles)
    (row,) = comparison.rows
    return row


def compare(change: dict[str, str], *articles: Article) -> Comparison:
    table, failures = read_event_table(events(change), name="rows.csv", kind="gdelt-events")
    assert failures == ()
    return compare_rows(link_table(table), articles or (CHERRY,))


def test_a_row_and_the_event_of_its_article_agree() -> None:
    row = compared({**PROTEST, **GROWERS, "Actor2Code": "", "Actor2Name": ""})
    assert (row.found, row.our_id, row.our_type) == ("asserted", "event-protest-56", "PROTEST")
    assert (row.type, row.actors, row.place, row.day) == ("yes", "yes", "yes", "yes")
    assert (row.claimed_type, row.claimed_day, row.our_day) == (
        "PROTEST",
        "2024-05-03",
        "2024-05-03",
    )


def test_what_the_article_denies_is_said_not_to_have_happened() -> None:
    comparison = compare({"EventCode": "182", "EventRootCode": "18", "SOURCEURL": URL})
    (row,) = comparison.rows
    assert (row.found, row.by, row.type) == ("denied", "the ministry", "yes")
    assert comparison.counts.not_happened == 1


def test_what_the_article_does_not_have_is_absent() -> None:
    comparison = compare({"EventCode": "173", "SOURCEURL": URL})
    (row,) = comparison.rows
    assert (row.found, row.type, row.actors, row.our_type) == ("absent", "no", "unknown", "")
    assert (comparison.counts.with_article, comparison.counts.absent) == (1, 1)


def test_a_type_of_the_same_class_is_near() -> None:
    row = compared({"EventCode": "143", "EventRootCode": "14", "SOURCEURL": URL})
    assert (row.claimed_type, row.our_type, row.type) == ("STRIKE", "PROTEST", "near")


def test_speech_is_laid_beside_a_claim() -> None:
    row = compared({**THREAT, "Actor1Name": "INES MOREAU"})
    assert (row.found, row.our_id, row.our_type) == ("asserted", "claim-103-140", "THREATEN")
    assert (row.type, row.actors) == ("yes", "yes")


def test_a_row_without_an_article_is_told_so() -> None:
    comparison = compare(PROTEST, HARBOUR)
    assert comparison.rows[0].found == "no article"
    assert comparison.counts.with_article == 0


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({"SQLDATE": "20240504"}, "no"),
        ({"SQLDATE": "20240503"}, "yes"),
    ],
)
def test_another_day_does_not_agree(change: dict[str, str], verdict: str) -> None:
    assert compared({**PROTEST, **change}).day == verdict


def test_days_that_overlap_are_near() -> None:
    first, *rest = CHERRY.events
    assert first.time is not None
    vague = replace(first.time, start=None, end=None, earliest="2024-05-01", latest="2024-05-05")
    article = replace(CHERRY, events=(replace(first, time=vague), *rest))
    assert compared(PROTEST, article).day == "near"


@pytest.mark.parametrize(
    ("place", "verdict"),
    [
        (Place(id="place-x", name="Hill Town", type="City", latitude=0.51, longitude=32.2), "yes"),
        (Place(id="place-x", name="Hill Town", type="City", latitude=9.0, longitude=32.2), "no"),
        (
            Place(id="place-x", name="Uganda", type="Country", link=Link(iri="place/uganda")),
            "near",
        ),
        (Place(id="place-x", name="Kenya", type="Country", link=Link(iri="place/kenya")), "no"),
    ],
)
def test_places_agree_by_point_or_country(place: Place, verdict: str) -> None:
    first, *rest = CHERRY.events
    moved = replace(first, place="place-x")
    article = replace(CHERRY, places=(*CHERRY.places, place), events=(moved, *rest))
    assert compared(PROTEST, article).place == verdict


def test_an_actor_of_the_same_country_is_near() -> None:
    ours = next(actor for actor in CHERRY.actors if actor.id == "group-growers")
    people = tuple(actor for actor in CHERRY.actors if actor != ours)
    force = replace(ours, link=Link(iri="place/uganda"))
    article = replace(CHERRY, actors=(*people, force))
    assert compared(PROTEST, article).actors == "near"
    assert compared(PROTEST).actors == "no"


def test_of_two_events_of_the_type_the_better_one_is_taken() -> None:
    first, *rest = CHERRY.events
    other = replace(first, id="event-protest-1", place=None, time=None)
    article = replace(CHERRY, events=(other, first, *rest))
    assert compared(PROTEST, article).our_id == first.id


def test_a_claimed_event_names_who_claims_it() -> None:
    first, *rest = CHERRY.events
    label = (Factuality(value="claimed", by="person-ines-moreau"),)
    article = replace(CHERRY, events=(replace(first, factuality=label), *rest))
    row = compared(PROTEST, article)
    assert (row.found, row.by) == ("claimed", "Ines Moreau")


@pytest.mark.parametrize(
    "other",
    [
        "http://news.example/cherry",
        "https://www.news.example/cherry/",
        "https://NEWS.example/cherry?utm_source=feed#top",
        "https://m.news.example:443/cherry",
    ],
)
def test_spellings_of_an_address_are_one(other: str) -> None:
    assert plain_url(other) == plain_url(URL)


@pytest.mark.parametrize("other", ["https://news.example/cherry?id=2", "https://[x/", "news"])
def test_other_addresses_are_others(other: str) -> None:
    assert plain_url(other) != plain_url(URL)


def _files(folder: Path, raw: bytes, name: str = "rows.csv") -> tuple[Path, Path]:
    table, out = folder / name, folder / "out"
    table.write_bytes(raw)
    out.mkdir()
    (out / "articles.jsonl").write_text(dump_records([CHERRY, HARBOUR]), encoding="utf-8")
    return table, out


def test_files_are_compared_packed_or_not(tmp_path: Path) -> None:
    table, out = _files(tmp_path, gzip.compress(events(PROTEST, THREAT), mtime=0), "rows.csv.gz")
    for articles in (out, out / "articles.jsonl"):
        comparison, failures = compare_files(table, [articles])
        assert failures == ()
        assert (comparison.counts.rows, comparison.counts.with_article) == (2, 2)


def test_mentions_lead_to_more_articles(tmp_path: Path) -> None:
    table, out = _files(tmp_path, events({**PROTEST, "SOURCEURL": ""}))
    more = tmp_path / "mentions.tsv"
    more.write_bytes(mentions({"MentionIdentifier": URL}))
    assert compare_files(table, [out])[0].counts.with_article == 0
    assert compare_files(table, [out], mentions=more)[0].counts.with_article == 1


@pytest.mark.parametrize("raw", [records(), mentions(), b"name,type,description\n", b"words"])
def test_what_is_no_table_of_events_is_refused(tmp_path: Path, raw: bytes) -> None:
    table, out = _files(tmp_path, raw)
    with pytest.raises(InputError, match="give event rows"):
        compare_files(table, [out])


def test_a_folder_without_records_is_refused(tmp_path: Path) -> None:
    table, _ = _files(tmp_path, events())
    with pytest.raises(InputError, match=r"no articles\.jsonl in it"):
        compare_files(table, [tmp_path])


def test_rows_of_acled_name_no_address_and_have_no_article(tmp_path: Path) -> None:
    table, out = _files(tmp_path, acled())
    comparison, _ = compare_files(table, [out])
    assert (comparison.counts.rows, comparison.counts.with_article) == (1, 0)


def test_csv_and_json_hold_all_rows() -> None:
    comparison = compare(PROTEST)
    (line,) = csv.DictReader(dump_comparison(comparison, "csv").splitlines())
    assert (line["found"], line["type"]) == ("asserted", "yes")
    value = json.loads(dump_comparison(comparison, "json"))
    assert value["rows"][0] == line | {"row": 1}
    assert value["counts"]["same_type"] == 1


def test_the_command_shows_a_table_and_counts(tmp_path: Path) -> None:
    import typer

    from kg.cli.comparing import compare as command

    table, out = _files(tmp_path, events(PROTEST, {"SQLDATE": "never"}))
    app = typer.Typer()
    app.command()(command)
    written = tmp_path / "compared.csv"
    done = CliRunner().invoke(app, [str(table), str(out), "-o", str(written)])
    assert done.exit_code == 1  # a row could not be read
    assert "event-protest" not in done.stdout
    assert "PROTEST" in done.stdout
    assert "row 2: SQLDATE" in done.stderr
    assert "1 rows, 1 with an article" in done.stderr
    assert written.read_text(encoding="utf-8").startswith("row,key,url,article")
    wrong = CliRunner().invoke(app, [str(table), str(out), "-o", "x.txt"])
    assert wrong.exit_code == 2
