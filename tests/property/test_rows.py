"""Whatever stands in a table, its rows are read or told, and what is read is never a fact."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode

from kg.errors import InputError
from kg.link.rows import link_table
from kg.map import map_authority
from kg.map.rows import map_table, table_nodes
from kg.model import CodedRow, Failure, RowMention
from kg.read.rows import looks_like, read_event_table, read_table_rows
from kg.read.rows.layouts import EVENTS_2, GKG, MENTIONS
from kg.read.rows.values import clean_url
from kg.validate import validate_graph
from kg.vocabulary import expand
from tests.unit.row_cases import ACLED, acled, events, mentions, records

MAKERS = {"gdelt-events": events, "gkg": records, "acled": acled}
COLUMNS = {"gdelt-events": EVENTS_2, "gkg": GKG, "acled": tuple(ACLED), "gdelt-mentions": MENTIONS}
ODD = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["", "0", "-1", "1e400", "nan", "20240230", "00000000", "2024-02-30", "\x85"]),
    st.integers().map(str),
    st.dates().map(str),
)
NO_HEADER = "t: no header: the first row names the columns"
FACTS = {expand("schema:Event"), expand("schema:Action"), expand("kg:asserted")}


def changes(kind: str) -> st.SearchStrategy[list[dict[str, str]]]:
    """Changed cells of a few rows."""
    row = st.dictionaries(st.sampled_from(COLUMNS[kind]), ODD, max_size=4)
    return st.lists(row, min_size=1, max_size=4)


def items_of(raw: bytes, kind: str) -> list[CodedRow | RowMention | Failure]:
    return list(read_table_rows(raw, name="t", kind=kind))


def refusal(raw: bytes, kind: str) -> str:
    """Why a table as a whole is refused, or nothing."""
    try:
        items_of(raw, kind)
    except InputError as error:
        return str(error)
    return ""


@settings(deadline=None)
@pytest.mark.parametrize("kind", MAKERS)
@given(st.data())
def test_a_changed_row_is_read_or_told_and_maps_to_no_fact(kind: str, data: st.DataObject) -> None:
    raw = MAKERS[kind](*data.draw(changes(kind)))
    table, _ = read_event_table(raw, name="t", kind=kind)
    linked = link_table(table)
    quads = map_table(linked)
    assert quads == map_table(link_table(read_event_table(raw, name="t", kind=kind)[0]))
    table_nodes(linked)
    objects = {str(quad.object.value) for quad in quads if isinstance(quad.object, NamedNode)}
    assert not FACTS & objects
    assert not any(isinstance(term, BlankNode) for q in quads for term in (q.subject, q.object))


@settings(deadline=None, max_examples=25)
@pytest.mark.parametrize("kind", MAKERS)
@given(st.data())
def test_what_is_read_of_changed_rows_conforms(kind: str, data: st.DataObject) -> None:
    raw = MAKERS[kind]({}, *data.draw(changes(kind)))
    table = link_table(read_event_table(raw, name="t", kind=kind)[0])
    report = validate_graph([*map_table(table), *map_authority(table_nodes(table))])
    assert [result for result in report.results if result.severity == "Violation"] == []


@pytest.mark.parametrize("kind", ["gdelt-events", "gkg", "gdelt-mentions"])
@given(st.data())
def test_every_row_of_gdelt_is_read_or_told(kind: str, data: st.DataObject) -> None:
    maker = {**MAKERS, "gdelt-mentions": mentions}[kind]
    cells = st.text(
        st.characters(exclude_characters="\n\x00", exclude_categories=["Cs"]), max_size=20
    )
    columns = st.sampled_from(COLUMNS[kind])
    rows = data.draw(st.lists(st.dictionaries(columns, cells, max_size=3), min_size=1, max_size=4))
    found = items_of(maker(*rows), kind)
    read = sum(not isinstance(item, Failure) for item in found)
    lost = sum(isinstance(item, Failure) and item.fatal for item in found)
    assert read + lost == len(rows)


@pytest.mark.parametrize("kind", COLUMNS)
@given(raw=st.binary(max_size=400))
@example(raw=b'a,"')
@example(raw=b"\xef\xbb\xbf")
@example(raw=b"\r\r\n\n,\x00\t")
def test_no_bytes_are_an_unexpected_error(kind: str, raw: bytes) -> None:
    looks_like(raw)
    assert refusal(raw, kind) in {"", NO_HEADER}


@pytest.mark.parametrize("kind", MAKERS)
@given(data=st.data())
def test_bytes_in_the_middle_of_a_table_cost_no_other_file(kind: str, data: st.DataObject) -> None:
    raw = MAKERS[kind]({}, {}, {})
    at = data.draw(st.integers(0, len(raw)))
    broken = raw[:at] + data.draw(st.binary(max_size=20)) + raw[at:]
    assert refusal(broken, kind) in {"", NO_HEADER}


@given(st.text(max_size=60).map(str.strip))
@example("\u202e/%zz%41[]|\\^`{}<>\"'")
@example("]:/")
def test_a_clean_address_is_clean(rest: str) -> None:
    found = clean_url(f"https://a.example/{rest}")
    assert found is not None
    assert clean_url(found) == found
    assert NamedNode(found).value == found
