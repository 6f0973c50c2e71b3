"""All rows at hand of GDELT and ACLED are mapped without violation, or told with their reason."""

from functools import cache
from pathlib import Path

import pytest

from kg.link.rows import link_table
from kg.map import map_authority
from kg.map.rows import map_table, table_nodes
from kg.model import EventTable, Failure
from kg.read.rows import join_mentions, looks_like, read_event_table, read_mentions
from kg.validate import validate_graph
from kg.vocabulary import expand

CORPORA = Path(__file__).parent.parent.parent.parent / "shared" / "corpora"
FILES = [
    *sorted((CORPORA / "gdelt").glob("*.[ct]sv")),
    *sorted((CORPORA / "acled").glob("*.csv")),
]
TABLES = {
    "gdelt-bristol-miscoding.export.tsv": ("gdelt-events", 10),
    "gdelt-events.export.tsv": ("gdelt-events", 33),
    "v1_events.csv": ("gdelt-events", 710),
    "mentionssamp.csv": ("gdelt-mentions", 1635),
    "acled_old_dummy.csv": ("acled", 326),
    "acled_old_deletion_dummy.csv": ("acled", 9000),
}
NO_ROWS = {
    *("acled_countries.csv", "acled_multipliers.csv", "acled_regions.csv"),  # of no kind
}
BRISTOL = "gdelt-bristol-miscoding.export.tsv"

pytestmark = pytest.mark.skipif(not FILES, reason="the tables of GDELT and ACLED are not here")


@cache
def _read(name: str) -> tuple[EventTable, tuple[Failure, ...]]:
    (file,) = (file for file in FILES if file.name == name)
    table, failures = read_event_table(file.read_bytes(), name=name, kind=TABLES[name][0])
    return link_table(table), failures


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_tables_are_told_from_their_codebooks(file: Path) -> None:
    expected = TABLES[file.name][0] if file.name in TABLES else "codebook"
    expected = None if file.name in NO_ROWS else expected
    assert looks_like(file.read_bytes()[:65_536]) == expected


@pytest.mark.parametrize("name", [n for n, (kind, _) in TABLES.items() if kind != "gdelt-mentions"])
def test_every_row_is_read_and_conforms(name: str) -> None:
    table, failures = _read(name)
    assert len(table.rows) == TABLES[name][1]
    assert not any(failure.fatal for failure in failures)
    report = validate_graph([*map_table(table), *map_authority(table_nodes(table))])
    worse = [result for result in report.results if result.severity != "Info"]
    assert worse == []
    assert report.conforms


@pytest.mark.parametrize("name", [n for n, (kind, _) in TABLES.items() if kind != "gdelt-mentions"])
def test_nothing_that_a_row_claims_is_a_fact(name: str) -> None:
    facts = {expand("schema:Event"), expand("schema:Action")}
    objects = {str(quad.object.value) for quad in map_table(_read(name)[0])}
    assert not facts & objects


def test_mentions_of_other_days_are_told() -> None:
    (file,) = (file for file in FILES if file.name == "mentionssamp.csv")
    mentions, failures = read_mentions(file.read_bytes(), name=file.name)
    assert (len(mentions.rows), failures) == (1635, ())
    _, left = join_mentions([_read(BRISTOL)[0]], [mentions])
    assert left[0].reason.startswith("1635 of 1635 mentions are of events not in the input")


def test_the_miscoded_attack_is_a_claim_of_the_data_set_and_nothing_else() -> None:
    table, _ = _read(BRISTOL)
    attacks = [row for row in table.rows if row.code == "190"]
    assert attacks
    for row in attacks:
        (town,) = row.agents
        assert town.link is None
        assert not town.principal
    quads = map_table(table)
    typed = {
        q.object.value for q in quads if q.subject.value.endswith(f"#event-{attacks[0].number}")
    }
    assert expand("kg:UnconfirmedEvent") in typed
    assert expand("kg:asserted") not in typed
