"""Rows of event tables are read, or told with their number and the field that is wrong."""

import pytest

from kg.errors import InputError
from kg.model import CodedRow, Failure
from kg.read.rows import (
    join_mentions,
    looks_like,
    read_event_table,
    read_mentions,
    read_table_rows,
)
from kg.read.rows.layouts import EVENTS_1, EVENTS_2
from tests.unit.row_cases import (
    acled,
    early_events,
    events,
    first_events,
    mentions,
    records,
    tabs,
)

NAME = "rows.csv"


def only_row(raw: bytes, kind: str = "gdelt-events") -> CodedRow:
    """The one row of a table that has nothing wrong with it."""
    table, failures = read_event_table(raw, name=NAME, kind=kind)
    assert failures == ()
    (row,) = table.rows
    return row


def reasons(raw: bytes, kind: str = "gdelt-events") -> list[str]:
    """What is told of a table."""
    _, failures = read_event_table(raw, name=NAME, kind=kind)
    return [failure.reason for failure in failures]


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (events(), "gdelt-events"),
        (first_events(), "gdelt-events"),
        (early_events(), "gdelt-events"),
        (mentions(), "gdelt-mentions"),
        (records(), "gkg"),
        (acled(), "acled"),
        (b"\xef\xbb\xbf" + acled(), "acled"),
        (acled(names={"time_precision": "time_prec", "geo_precision": "geo_prec"}), "acled"),
        ("\t".join(EVENTS_1).encode() + b"\n" + first_events(), "gdelt-events"),
        ("\t".join(EVENTS_1).lower().encode() + b"\n", "codebook"),
        ("\n".join(("tableId", *EVENTS_1)).encode(), "codebook"),
        (b"tableId,dataType,Empty,Description\nSQLDATE,INTEGER,NULLABLE,day\n", "codebook"),
        (b"\tDescription\tGoldsteinScale\tcameoCode\n01\tsay\t0\t01\n", "codebook"),
        (b"Variable,Description,Values\niso,number,numeric\n", "codebook"),
        (b"name,age\nJo,7\n", None),
        (b"Growers closed the road at Port Alba, and stayed.\n", None),
        (b"", None),
        (b"\x00\x01\x02", None),
    ],
)
def test_a_table_is_known_by_its_first_lines(raw: bytes, kind: str | None) -> None:
    assert looks_like(raw) == kind


def test_a_table_is_known_though_its_first_line_is_damaged() -> None:
    assert looks_like(b"half a row\n" + events({}, {}, {})) == "gdelt-events"


@pytest.mark.parametrize("raw", [events(), first_events()], ids=["61 columns", "58 columns"])
def test_an_event_of_gdelt_has_type_actors_place_day_and_report(raw: bytes) -> None:
    row = only_row(raw)
    assert (row.number, row.key, row.code, row.event_type) == (1, "700001", "173", "ARREST")
    (agent,), (target,) = row.agents, row.targets
    assert (agent.name, agent.type, agent.country) == ("POLICE", "GovernmentOrganization", "UG")
    assert agent.state_body
    assert target.is_country
    assert row.place is not None
    assert (row.place.name, row.place.full_name) == ("Port Alba", "Port Alba, Alba, Uganda")
    assert (row.place.type, row.place.exact) == ("City", True)
    assert (row.place.latitude, row.place.longitude, row.place.country) == (0.5, 32.25, "UG")
    assert row.time is not None
    assert row.time.start == "2024-05-03"
    assert row.citations == ("https://courier.example/alba?id=7",)
    assert row.confidence is None


def test_rows_before_april_2013_have_no_address() -> None:
    assert only_row(early_events()).citations == ()


def test_the_state_of_a_table_is_the_last_day_on_which_a_row_was_added() -> None:
    raw = events({"DATEADDED": "20240506000000"}, {})
    assert read_event_table(raw, name=NAME, kind="gdelt-events")[0].state == "2024-05-06"


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("010", "MENTION"),
        ("02", "REQUEST"),
        ("1041", "DEMAND"),
        ("112", "ACCUSE"),
        ("120", "REJECT"),
        ("138", "THREATEN"),
        ("036", "PROMISE"),
    ],
)
def test_speech_is_a_speech_act_and_no_event(code: str, act: str) -> None:
    row = only_row(events({"EventCode": code, "EventRootCode": code[:2]}))
    assert (row.event_type, row.speech_act) == (None, act)


@pytest.mark.parametrize(
    ("code", "type_", "exact"),
    [
        ("1", "Country", False),
        ("2", "Region", False),
        ("3", "City", True),
        ("4", "City", True),
        ("5", "Region", False),
    ],
)
def test_only_a_city_is_where_it_was(code: str, type_: str, *, exact: bool) -> None:
    place = only_row(events({"ActionGeo_Type": code})).place
    assert place is not None
    assert (place.type, place.exact) == (type_, exact)
    assert (place.latitude is not None) == exact


def test_a_county_is_no_city() -> None:
    change = {"ActionGeo_Type": "3", "ActionGeo_FullName": "Alba County, Iowa, United States"}
    place = only_row(events(change)).place
    assert place is not None
    assert (place.type, place.exact) == ("Region", False)


def test_a_row_without_place_has_none() -> None:
    assert only_row(events({"ActionGeo_Type": "0", "ActionGeo_FullName": ""})).place is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"SQLDATE": "20241301"}, "SQLDATE: no such day: '20241301'"),
        ({"SQLDATE": "yesterday"}, "SQLDATE: not a day"),
        ({"SQLDATE": "٢٠٢٤٠٥٠٣"}, "SQLDATE: not a day"),
        ({"GlobalEventID": ""}, "GlobalEventID: no number of an event"),
        ({"EventCode": "999"}, "EventCode: no code of CAMEO: '999'"),
        ({"EventCode": ""}, "EventCode: no code of CAMEO"),
        ({"ActionGeo_Lat": "91"}, "ActionGeo_Lat: not within 90 degrees: '91'"),
        ({"ActionGeo_Long": "-181"}, "ActionGeo_Long: not within 180 degrees"),
        ({"ActionGeo_Lat": "north"}, "ActionGeo_Lat: not a number"),
        ({"ActionGeo_Lat": "nan"}, "ActionGeo_Lat: not a number"),
        ({"ActionGeo_Type": "7"}, "ActionGeo_Type: not from 0 to 5"),
        ({"SQLDATE": "2024\t0503"}, "columns: 62 of them, not 57 or 58 or 61"),
        ({"Actor1Name": "PO\x00LICE"}, "NUL bytes"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_with_its_number(
    change: dict[str, str], told: str
) -> None:
    raw = events({}, change, {})
    table, (failure,) = read_event_table(raw, name=NAME, kind="gdelt-events")
    assert [row.number for row in table.rows] == [1, 3]
    assert failure.reason.startswith(f"row 2: {told}")
    assert failure.reason.endswith("; left out")
    assert (failure.source, failure.step, failure.fatal) == (NAME, "read", True)


def test_an_empty_row_is_counted_and_told_once() -> None:
    raw = events() + b"\n" + b"\t" * 60 + b"\n" + events() + b"\n\n"
    table, (failure,) = read_event_table(raw, name=NAME, kind="gdelt-events")
    assert [row.number for row in table.rows] == [1, 4]
    assert (failure.reason, failure.fatal) == (
        "row 2: row: empty; passed over, like any other",
        False,
    )


def test_bytes_that_are_no_utf_8_are_replaced_and_told() -> None:
    raw = events({"ActionGeo_FullName": "Port XX, Uganda"}).replace(b"XX", b"\xc3\xff")
    table, (failure,) = read_event_table(raw, name=NAME, kind="gdelt-events")
    assert table.rows[0].place is not None
    assert "\ufffd" in table.rows[0].place.name
    assert not failure.fatal
    assert "not UTF-8" in failure.reason


def test_a_quotation_mark_of_gdelt_is_a_character() -> None:
    raw = events({"Actor1Name": '"POLICE'}, {"Actor1Name": '"'})
    table, failures = read_event_table(raw, name=NAME, kind="gdelt-events")
    assert failures == ()
    assert [row.agents[0].name for row in table.rows] == ['"POLICE', '"']


def test_a_header_among_the_rows_is_passed_over() -> None:
    header = "\t".join(EVENTS_2).encode() + b"\n"
    table, (failure,) = read_event_table(
        header + events() + header + events(), name=NAME, kind="gdelt-events"
    )
    assert [row.number for row in table.rows] == [2, 4]
    assert failure.reason.startswith("row 3: header: stands again")


def test_what_is_odd_but_usable_is_told_once() -> None:
    raw = events({"Actor1CountryCode": "QQQ"}, {"Actor1CountryCode": "QQQ"})
    table, (failure,) = read_event_table(raw, name=NAME, kind="gdelt-events")
    assert len(table.rows) == 2
    assert failure.reason.startswith("row 1: Actor1CountryCode: no country of CAMEO: 'QQQ'")


def test_zeros_that_a_spreadsheet_took_are_put_back() -> None:
    raw = events({"EventCode": "43", "EventRootCode": "4"})
    table, (failure,) = read_event_table(raw, name=NAME, kind="gdelt-events")
    assert (table.rows[0].code, table.rows[0].event_type) == ("043", "VISIT")
    assert "zeros before the codes are lost" in failure.reason


def test_an_address_is_an_iri_or_words() -> None:
    odd, none = (
        only_row(events({"SOURCEURL": url}))
        for url in ("https://a.example/a|b c", "BBC Monitoring")
    )
    assert odd.citations == ("https://a.example/a%7Cb%20c",)
    assert (none.citations, none.sources) == ((), "BBC Monitoring")


def test_a_known_group_and_a_part_of_the_world_have_their_kinds() -> None:
    nato = {"Actor1Code": "IGONAT", "Actor1Name": "NATO", "Actor1CountryCode": ""}
    group = only_row(events({**nato, "Actor1KnownGroupCode": "NAT"})).agents[0]
    assert (group.type, group.group) == ("IntergovernmentalOrganization", "org/nato")
    part = {"Actor1Code": "AFR", "Actor1Name": "AFRICA", "Actor1CountryCode": "AFR"}
    region = only_row(events({**part, "Actor1Type1Code": ""})).agents[0]
    assert (region.type, region.country, region.is_country) == ("Group", None, False)


def test_a_part_of_a_country_with_a_code_of_its_own_is_no_country() -> None:
    change = {"ActionGeo_Type": "1", "ActionGeo_FullName": "West Bank"}
    place = only_row(events({**change, "ActionGeo_CountryCode": "WE"})).place
    assert place is not None
    assert (place.type, place.country) == ("Region", "PS")


def test_a_row_of_acled_has_all_parties_figures_and_notes() -> None:
    row = only_row(acled(), "acled")
    assert (row.number, row.key, row.event_type) == (2, "UGA900001", "ATTACK")
    (agent,), (target,) = row.agents, row.targets
    assert (agent.name, agent.type) == ("Police Forces of Uganda (1986-)", "GovernmentOrganization")
    assert (agent.country, agent.state_body, agent.named) == ("UG", True, True)
    assert (target.type, target.named, target.country) == ("Group", False, "UG")
    assert [actor.name for actor in row.participants] == ["Labour Group (Uganda)", "Women (Uganda)"]
    (figure,) = row.figures
    assert (figure.variable, figure.unit, figure.value) == ("killed", "person", 2)
    assert row.sources == "Alba Courier"
    assert row.notes.startswith("On 3 May 2024")
    assert row.confidence is None


def test_the_two_sides_of_a_battle_take_part_alike() -> None:
    row = only_row(acled({"event_type": "Battles", "sub_event_type": "Armed clash"}), "acled")
    assert (row.agents, row.targets) == ((), ())
    assert len(row.participants) == 4


def test_no_fatalities_are_no_figure() -> None:
    assert only_row(acled({"fatalities": "0"}), "acled").figures == ()


@pytest.mark.parametrize(
    ("precision", "type_", "exact", "name"),
    [
        ("1", "City", True, "Port Alba"),
        ("2.0", "City", False, "Port Alba"),
        ("3", "Region", False, "Alba"),
    ],
)
def test_a_place_of_acled_is_as_exact_as_it_says(
    precision: str, type_: str, name: str, *, exact: bool
) -> None:
    place = only_row(acled({"geo_precision": precision}), "acled").place
    assert place is not None
    assert (place.type, place.exact, place.name, place.country) == (type_, exact, name, "UG")


@pytest.mark.parametrize(
    ("precision", "bounds"),
    [
        ("1", ("2024-05-03", None, None)),
        ("2", (None, "2024-04-27", "2024-05-09")),
        ("3", (None, "2024-05-01", "2024-05-31")),
    ],
)
def test_a_date_of_acled_is_as_exact_as_it_says(precision: str, bounds: tuple[str | None]) -> None:
    time = only_row(acled({"time_precision": precision}), "acled").time
    assert time is not None
    assert (time.start, time.earliest, time.latest) == bounds


@pytest.mark.parametrize("written", ["03 May 2024", "3 May 2024", "2024-05-03", "03-May-2024"])
def test_dates_of_acled_are_read_in_all_its_forms(written: str) -> None:
    time = only_row(acled({"event_date": written}), "acled").time
    assert time is not None
    assert time.start == "2024-05-03"


def test_semicolons_divide_older_exports() -> None:
    raw = acled(delimiter=";")
    assert looks_like(raw) == "acled"
    assert only_row(raw, "acled") == only_row(acled(), "acled")


def test_events_with_commas_and_a_header_of_their_own_order_are_read() -> None:
    names = ("EventCode", "GlobalEventID", "SQLDATE", "Actor1Code", "Actor1Name", "SOURCEURL")
    raw = ",".join(names).lower().encode() + b'\n173,7,20240503,COP,"POLICE, ALBA",\n'
    assert looks_like(raw) == "gdelt-events"
    row = only_row(raw)
    assert (row.number, row.key, row.agents[0].name) == (2, "7", "POLICE, ALBA")


def test_old_column_names_and_kinds_in_words_are_read() -> None:
    names = {"time_precision": "time_prec", "geo_precision": "geo_prec"}
    names |= {"assoc_actor_1": "associated_actor_1"}
    change = {
        "inter1": "Rebel group",
        "actor1": "Front of the Hills",
        "assoc_actor_1": "Hill Union",
    }
    row = only_row(acled(change, names=names), "acled")
    assert row.agents[0].type == "ArmedGroup"
    assert "Hill Union" in [actor.name for actor in row.participants]


@pytest.mark.parametrize(
    ("name", "inter", "type_", "named"),
    [
        ("Protesters (Uganda)", "6", "Group", False),
        ("Unidentified Armed Group (Uganda)", "3", "ArmedGroup", False),
        ("Military Forces of Uganda (1986-)", "1", "ArmedForce", True),
        ("Military Forces of Russia (2000-)", "8", "ArmedForce", True),
        ("Government of Uganda (1986-)", "1", "GovernmentOrganization", True),
        ("Alba Ethnic Militia (Uganda)", "4", "ArmedGroup", True),
        ("Hill Watch", "8", "Organization", True),
        ("Hill Watch", "", "Organization", True),
    ],
)
def test_actors_of_acled_are_known_by_name_then_by_kind(
    name: str, inter: str, type_: str, *, named: bool
) -> None:
    actor = only_row(acled({"actor1": name, "inter1": inter}), "acled").agents[0]
    assert (actor.type, actor.named) == (type_, named)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"sub_event_type": "Quarrel"}, "sub_event_type: unknown"),
        ({"event_date": "May 2024"}, "event_date: not a day"),
        ({"event_date": "31 June 2024"}, "event_date: no such day"),
        ({"time_precision": "4"}, "time_precision: not from 1 to 3"),
        ({"geo_precision": ""}, "geo_precision: not a whole number"),
        ({"latitude": "200"}, "latitude: not within 90 degrees"),
        ({"fatalities": "many"}, "fatalities: not a whole number"),
        ({"fatalities": "-1"}, "fatalities: below 0"),
        ({"event_id_cnty": " "}, "event_id_cnty: empty"),
    ],
)
def test_a_row_of_acled_that_cannot_be_used_is_told(change: dict[str, str], told: str) -> None:
    assert [
        reason.removeprefix("row 3: ").startswith(told)
        for reason in reasons(acled({}, change), "acled")
    ] == [True]


def test_rows_with_line_breaks_are_counted_as_rows_and_told_with_their_line() -> None:
    raw = acled({"notes": "first\nsecond\nthird"}, {"latitude": "99"})
    table, (failure,) = read_event_table(raw, name=NAME, kind="acled")
    assert table.rows[0].notes == "first second third"
    assert failure.reason.startswith("row 3 (line 5): latitude")


def test_a_quotation_mark_that_is_never_closed_costs_its_own_rows_alone() -> None:
    raw = (
        acled({}) + b'UGA900002,"2024-05-04' + b"x" * 200_000 + b"\n" + acled({}).split(b"\n", 1)[1]
    )
    table, failures = read_event_table(raw, name=NAME, kind="acled")
    assert len(table.rows) == 2
    assert [failure.fatal for failure in failures] == [True]
    assert "field larger than" in failures[0].reason


def test_a_table_without_the_header_that_it_needs_is_refused() -> None:
    raw = acled().split(b"\n", 1)[1]
    with pytest.raises(InputError, match="no header"):
        read_event_table(raw, name=NAME, kind="acled")


def test_a_record_names_persons_bodies_and_places() -> None:
    row = only_row(records(), "gkg")
    assert (row.key, row.event_type, row.speech_act) == ("20240504120000-17", None, None)
    assert [(actor.name, actor.type) for actor in row.actors] == [
        ("mara lindqvist", "Person"),
        ("jon aldana", "Person"),
        ("dockers union", "Organization"),
    ]
    assert [(place.name, place.type) for place in row.places] == [
        ("Uganda", "Country"),
        ("Port Alba", "City"),
    ]
    assert row.citations == ("https://courier.example/alba?id=7",)


def test_a_record_that_names_nobody_is_told() -> None:
    nobody = {"Persons": "", "Organizations": "", "Locations": ""}
    assert reasons(records(nobody), "gkg")[0].startswith("row 1: Persons: the record names nobody")


def test_a_broken_place_of_a_record_costs_itself_alone() -> None:
    raw = records({"Locations": "4#Port Alba;9#x#y#z#1#2#3"})
    table, failures = read_event_table(raw, name=NAME, kind="gkg")
    assert table.rows[0].places == ()
    assert not any(failure.fatal for failure in failures)


def test_mentions_give_more_reports_and_the_highest_confidence() -> None:
    table, _ = read_event_table(
        events({}, {"GlobalEventID": "700002"}), name=NAME, kind="gdelt-events"
    )
    more, failures = read_mentions(
        mentions({}, {"Confidence": "80", "MentionIdentifier": "https://b.example/"}), name="m"
    )
    assert failures == ()
    (joined,), left = join_mentions([table], [more])
    assert left == ()
    assert joined.rows[0].citations == (
        "https://courier.example/alba?id=7",
        "https://wire.example/port",
        "https://b.example/",
    )
    assert joined.rows[0].confidence == 0.8
    assert joined.rows[1] == table.rows[1]


def test_mentions_of_other_events_are_counted_with_their_first_rows() -> None:
    table, _ = read_event_table(events(), name=NAME, kind="gdelt-events")
    more, _ = read_mentions(mentions({}, *({"GlobalEventID": str(n)} for n in range(5))), name="m")
    _, (failure,) = join_mentions([table], [more])
    assert failure.reason.startswith(
        "5 of 6 mentions are of events not in the input: row 2 (event 0), row 3 (event 1), "
        "row 4 (event 2), …"
    )
    assert not failure.fatal


@pytest.mark.parametrize("confidence", ["101", "-1", "", "high"])
def test_a_mention_without_a_confidence_from_0_to_100_is_told(confidence: str) -> None:
    table, (failure,) = read_mentions(mentions({"Confidence": confidence}), name="m")
    assert table.rows == ()
    assert failure.reason.startswith("row 1: Confidence: ")


def test_mentions_with_commas_and_header_are_read() -> None:
    raw = b"globaleventid,mentiontimedate,mentionidentifier,confidence,extras\n"
    raw += b'7,20240505090000,"https://a.example/x,y",40,\n'
    assert looks_like(raw) == "gdelt-mentions"
    table, failures = read_mentions(raw, name="m")
    assert failures == ()
    assert (table.rows[0].number, table.rows[0].url) == (2, "https://a.example/x,y")


def test_rows_come_one_by_one_in_the_order_of_the_file() -> None:
    items = read_table_rows(events({}, {"SQLDATE": ""}, {}), name=NAME, kind="gdelt-events")
    assert [isinstance(item, Failure) for item in items] == [False, True, False]


def test_a_row_that_is_too_long_is_told_and_not_kept() -> None:
    long = tabs(("a",), {"a": "x" * 4_000_001})
    table, (failure,) = read_event_table(long + events(), name=NAME, kind="gdelt-events")
    assert [row.number for row in table.rows] == [2]
    assert failure.reason.startswith("row 1: longer than 4,000,000 bytes")


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_empty_lines_are_counted_however_many(end: bytes) -> None:
    raw = events().replace(b"\n", end) + end * 1_000_000 + events()
    table, _ = read_event_table(raw, name=NAME, kind="gdelt-events")
    assert [row.number for row in table.rows] == [1, 1_000_002]


def test_empty_lines_of_csv_are_counted_too() -> None:
    head, row, _ = acled().split(b"\r\n")
    raw = b"\r\n".join((head, b"", row, b"", b"", row.replace(b"0.5", b"99"), b""))
    table, (warning, failure) = read_event_table(raw, name=NAME, kind="acled")
    assert [one.number for one in table.rows] == [3]
    assert warning.reason.startswith("row 2: row: empty")
    assert failure.reason.startswith("row 6: latitude")


def test_another_table_is_given_up_after_ten_thousand_rows() -> None:
    with pytest.raises(InputError, match="10,000 of 10,001 rows cannot be used"):
        read_event_table(events() + b"x\n" * 20_000, name=NAME, kind="gdelt-events")


def test_many_damaged_rows_among_good_ones_are_all_told() -> None:
    good, bad = events(), events({"SQLDATE": "x"})
    table, failures = read_event_table((good + bad * 6) * 2_000, name=NAME, kind="gdelt-events")
    assert (len(table.rows), len(failures)) == (2_000, 12_000)
