"""Event tables as graphs: claims of the data set, valid by the default path, never facts."""

from collections import Counter, defaultdict
from functools import partial
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from kg.link.rows import link_table, names_country
from kg.map import linked_nodes, map_article, map_authority
from kg.map.rows import map_table, table_concepts, table_nodes
from kg.model import EventTable
from kg.read.rows import join_mentions, read_event_table, read_mentions
from kg.settings import Settings
from kg.validate import ValidationReport, open_dataset, tables, units, validate_graph
from kg.vocabulary import PREFIXES, expand
from tests.unit.articles import CHERRY
from tests.unit.row_cases import acled, events, mentions, records

BASE = "https://example.org/kg/"
ENGINES = ("shacl", "pyshacl")


def table_of(raw: bytes, kind: str = "gdelt-events") -> EventTable:
    table, failures = read_event_table(raw, name="rows.csv", kind=kind)
    assert not any(failure.fatal for failure in failures)
    return link_table(table)


def graph_of(*tables: EventTable) -> list[Quad]:
    """The graphs of tables and of the nodes that they use."""
    nodes = [node for table in tables for node in table_nodes(table)]
    return [quad for table in tables for quad in map_table(table)] + map_authority(nodes)


def said(table: EventTable, settings: Settings | None = None) -> dict[str, dict[str, list[str]]]:
    """Subject -> predicate -> values, all short."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in map_table(table, settings):
        found[short(quad.subject, table)][short(quad.predicate, table)].append(
            short(quad.object, table)
        )
    return found


def short(term: object, table: EventTable) -> str:
    if not isinstance(term, NamedNode):
        return str(term.value)  # type: ignore[attr-defined]
    own = f"{BASE}table/{table.id}"
    if term.value.startswith(own):
        return term.value.removeprefix(own) or "file"
    for prefix, namespace in PREFIXES.items():
        if term.value.startswith(namespace):
            return f"{prefix}:{term.value.removeprefix(namespace)}"
    return term.value.removeprefix(BASE)


def violations(report: ValidationReport) -> list[str]:
    return [f"{r.shape} {r.focus} {r.value}" for r in report.results if r.severity != "Info"]


KINDS = [
    (events(), "gdelt-events"),
    (events({"EventCode": "112", "EventRootCode": "11"}), "gdelt-events"),
    (events({"EventCode": "010", "Actor1Code": "", "Actor1Name": ""}), "gdelt-events"),
    (
        events({"EventCode": "042", "ActionGeo_Type": "1", "ActionGeo_FullName": "Uganda"}),
        "gdelt-events",
    ),
    (acled({}, {"geo_precision": "3", "time_precision": "2"}), "acled"),
    (acled({"event_type": "Battles", "sub_event_type": "Armed clash"}), "acled"),
    (records(), "gkg"),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("raw", "kind"), KINDS)
def test_a_table_conforms_by_the_default_path(raw: bytes, kind: str, engine: str) -> None:
    report = validate_graph(graph_of(table_of(raw, kind)), engine=engine)
    assert violations(report) == []
    assert report.conforms
    assert "for these the profile rows took the place of evidence" in " ".join(report.notices)


def test_a_row_is_a_claim_of_the_publisher_about_an_event_that_nobody_has_confirmed() -> None:
    graph = said(table_of(events()))
    claim, event = graph["#claim-1"], graph["#event-1"]
    assert claim["rdf:type"] == ["schema:Claim"]
    assert claim["schema:author"] == ["#publisher"]
    assert claim["schema:appearance"] == ["#set"]
    assert claim["schema:about"] == ["#event-1"]
    assert claim["kg:evidence"] == ["#row=1"]
    assert claim["schema:citation"] == ["https://courier.example/alba?id=7"]
    assert claim["schema:identifier"] == ["700001"]
    assert event["rdf:type"] == ["kg:UnconfirmedEvent"]
    assert event["sem:eventType"] == ["kget:arrest"]
    assert event["schema:agent"] == ["#actor-ugacop-police-uganda"]
    assert event["schema:object"] == ["place/france"]
    assert event["schema:location"] == ["#place-port-alba-alba-uganda"]
    assert event["schema:startDate"] == ["2024-05-03"]
    assert event["kg:claimedBy"] == ["#publisher"]


def test_the_file_the_set_and_the_publisher_are_described() -> None:
    table = table_of(events())
    graph = said(table)
    assert graph["file"]["schema:sha256"] == [table.sha256]
    assert graph["#set"]["schema:distribution"] == ["file"]
    assert graph["#set"]["schema:dateModified"] == ["2024-05-04"]
    assert graph["#publisher"]["schema:name"] == ["The GDELT Project"]
    assert "schema:license" not in said(table_of(acled(), "acled"))["#set"]


def test_speech_is_a_second_claim_by_the_actor() -> None:
    graph = said(table_of(events({"EventCode": "138", "EventRootCode": "13"})))
    assert graph["#claim-1"]["schema:about"] == ["#said-1"]
    assert "#event-1" not in graph
    spoken = graph["#said-1"]
    assert spoken["schema:author"] == ["#actor-ugacop-police-uganda"]
    assert spoken["kg:addressee"] == ["place/france"]
    assert spoken["kg:speechAct"] == ["kgsa:threaten"]
    assert spoken["schema:dateCreated"] == ["2024-05-03"]


def test_a_speaker_whom_the_row_does_not_name_is_described() -> None:
    change = {"EventCode": "138", "Actor1Code": "", "Actor1Name": ""}
    graph = said(table_of(events(change)))
    (speaker,) = graph["#said-1"]["schema:author"]
    assert graph[speaker]["schema:description"] == ["speaker whom the row does not name"]


def test_the_parties_of_a_meeting_take_part_alike() -> None:
    graph = said(table_of(events({"EventCode": "040", "EventRootCode": "04"})))
    event = graph["#event-1"]
    assert event["schema:participant"] == ["#actor-ugacop-police-uganda", "place/france"]
    assert "schema:agent" not in event


def test_fatalities_are_a_figure_that_the_claim_is_about() -> None:
    graph = said(table_of(acled(), "acled"))
    figure = graph["#figure-2"]
    assert graph["#claim-2"]["schema:about"] == ["#event-2", "#figure-2"]
    assert (figure["schema:value"], figure["schema:variableMeasured"]) == (["2"], ["killed"])
    assert figure["schema:observationAbout"] == ["#event-2"]


def test_an_inexact_place_is_near_and_an_inexact_day_has_bounds() -> None:
    graph = said(table_of(acled({"geo_precision": "3", "time_precision": "3"}), "acled"))
    event = graph["#event-2"]
    assert event["kg:near"] == ["#place-alba"]
    assert "schema:location" not in event
    assert event["sem:hasEarliestBeginTimeStamp"] == ["2024-05-01"]
    assert event["sem:hasLatestEndTimeStamp"] == ["2024-05-31"]
    assert "schema:startDate" not in event


def test_the_words_of_the_data_set_are_left_out_with_the_words_of_articles() -> None:
    table = table_of(acled(), "acled")
    whole, sparing = (
        said(table, Settings(evidence=evidence))["#claim-2"]["schema:text"][0]
        for evidence in ("words", "offsets")
    )
    assert whole.startswith("On 3 May 2024, police shot")
    assert sparing.startswith("Violence against civilians: Attack: Police Forces of Uganda")


def test_a_record_is_a_claim_that_names_whom_and_what_the_report_names() -> None:
    graph = said(table_of(records(), "gkg"))
    claim = graph["#claim-1"]
    assert claim["schema:mentions"] == [
        "#actor-mara-lindqvist",
        "#actor-jon-aldana",
        "#actor-dockers-union",
        "place/uganda",
        "#place-port-alba-alba-uganda",
    ]
    assert "schema:about" not in claim


def test_joined_mentions_are_citations_and_the_confidence_of_the_claim() -> None:
    more, _ = read_mentions(mentions(), name="m")
    (joined,), _ = join_mentions([table_of(events())], [more])
    claim = said(joined)["#claim-1"]
    assert claim["schema:citation"][1] == "https://wire.example/port"
    assert claim["kg:confidence"] == ["0.6"]
    told = validate_graph(graph_of(joined))
    assert not any("RowConfidence" in result.shape for result in told.results)


@pytest.mark.parametrize(
    ("name", "path", "same"),
    [
        ("UNITED STATES", "place/united-states", True),
        ("FRENCH", "place/france", True),
        ("WASHINGTON", "place/united-states", True),
        ("VANCOUVER", "place/canada", False),
        ("CHRISTCHURCH", "place/new-zealand", False),
    ],
)
def test_a_country_code_is_the_state_only_where_the_name_is(
    name: str, path: str, *, same: bool
) -> None:
    assert names_country(name, path) is same


def test_a_town_that_has_its_countrys_code_is_not_the_state() -> None:
    town = {"Actor1Code": "NZL", "Actor1Name": "CHRISTCHURCH", "Actor1CountryCode": "NZL"}
    table = table_of(events({**town, "Actor1Type1Code": ""}))
    (actor,) = table.rows[0].agents
    assert (actor.link, actor.type, actor.name) == (None, "Group", "CHRISTCHURCH (New Zealand)")


def test_a_state_that_acts_is_country_and_government_and_the_same_node_as_in_articles() -> None:
    quads = graph_of(table_of(events()))
    france = NamedNode(f"{BASE}place/france")
    classes = {
        q.object.value
        for q in quads
        if q.subject == france and q.predicate.value == expand("rdf:type")
    }
    assert {expand("schema:Country"), expand("schema:GovernmentOrganization")} <= classes


def test_a_place_has_its_own_name_and_that_with_what_is_around_it() -> None:
    graph = said(table_of(events()))
    place = graph["#place-port-alba-alba-uganda"]
    assert place["schema:name"] == ["Port Alba"]
    assert place["schema:alternateName"] == ["Port Alba, Alba, Uganda"]
    assert graph["#event-1"]["schema:name"] == ["Arrest in Port Alba"]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"geo_precision": "1"}, "Attack in Port Alba"),
        ({"geo_precision": "2"}, "Attack near Port Alba"),
        ({"geo_precision": "3"}, "Attack somewhere in Alba"),
    ],
)
def test_the_name_of_an_event_says_how_exact_the_place_is(
    change: dict[str, str], name: str
) -> None:
    graph = said(table_of(acled(change), "acled"))
    assert graph["#event-2"]["schema:name"] == [f"Violence against civilians: {name}"]


def test_the_police_of_a_state_acts_for_it() -> None:
    graph = said(table_of(events()))
    assert graph["#actor-ugacop-police-uganda"]["kg:actsFor"] == ["place/uganda"]
    assert graph["#place-port-alba-alba-uganda"]["schema:containedInPlace"] == ["place/uganda"]


def test_two_actors_that_are_spelt_alike_have_two_nodes() -> None:
    quads = map_table(table_of(events({"Actor1Name": "THE POLICE"}, {"Actor1Name": "THE-POLICE"})))
    agents = {q.object for q in quads if q.predicate.value == expand("schema:agent")}
    assert len(agents) == 2


def test_an_ally_has_the_kind_that_another_row_tells() -> None:
    force = "Military Forces of the Hills"
    raw = acled({"actor2": force, "inter2": "2"}, {"assoc_actor_1": "Hill Union; Hill Front"})
    raw += acled({"actor1": "Hill Front", "inter1": "2"}).split(b"\n", 1)[1]
    table = table_of(raw, "acled")
    (front,) = (a for a in table.rows[1].participants if a.name == "Hill Front")
    assert front == table.rows[2].agents[0]
    assert front.type == "ArmedGroup"


def test_the_same_table_is_the_same_quads_without_blank_nodes() -> None:
    table = table_of(acled({}, {}, {"actor1": "Hill Watch"}), "acled")
    quads = map_table(table)
    assert quads == map_table(table)
    assert not any(isinstance(t, BlankNode) for q in quads for t in (q.subject, q.object))
    assert max(Counter(quads).values()) == 1
    assert {q.graph_name.value for q in quads} == {f"{BASE}graph/table/{table.id}"}


def test_the_concepts_of_a_table_are_told() -> None:
    raw = events({}, {"EventCode": "138", "EventRootCode": "13"})
    assert table_concepts(table_of(raw)) == ("kg:claimed", "kget:arrest", "kgsa:threaten")


def _flat(quads: list[Quad], file: Path) -> Path:
    triples = [Triple(q.subject, q.predicate, q.object) for q in quads]
    file.write_bytes(serialize(triples, format=RdfFormat.TURTLE) or b"")
    return file


def mixed() -> list[Quad]:
    """A table and an article with the nodes that both use."""
    table = table_of(events({}, {"EventCode": "138"}))
    nodes = (*linked_nodes(CHERRY), *table_nodes(table))
    return [*map_article(CHERRY), *map_table(table), *map_authority(nodes)]


@pytest.mark.parametrize("engine", ENGINES)
def test_articles_and_tables_in_one_flat_file_are_told_apart(tmp_path: Path, engine: str) -> None:
    report = validate_graph(_flat(mixed(), tmp_path / "graph.ttl"), engine=engine)
    assert violations(report) == []
    assert (report.graphs, report.articles) == (1, 1)
    assert len(report.notices) == 1


def test_all_graphs_as_one_are_told_apart_too() -> None:
    with open_dataset(mixed(), union=True) as dataset:
        report = validate_graph(dataset)
    assert violations(report) == []


@pytest.mark.parametrize("flat", [True, False])
def test_a_fault_of_a_row_and_one_of_an_article_are_both_found_once(
    tmp_path: Path, *, flat: bool
) -> None:
    quads = mixed()
    row = expand("kg:evidence"), "#row=1"
    kept = [q for q in quads if not (q.predicate.value == row[0] and row[1] in str(q.object))]
    dropped = next(q for q in kept if q.predicate.value == expand("kg:trigger"))
    kept.remove(dropped)
    report = validate_graph(_flat(kept, tmp_path / "graph.ttl") if flat else kept)
    shapes = Counter(result.shape.rpartition("#")[2] for result in report.results)
    assert shapes["RowEvidence"] == 1
    assert not report.conforms
    assert any(dropped.subject.value == result.focus for result in report.results)


def test_layers_that_are_named_stay_as_named() -> None:
    quads = graph_of(table_of(events()))
    report = validate_graph(quads, profiles=["core", "claims"])
    assert not any("Row" in result.shape for result in report.results)
    assert report.notices == ()
    named = validate_graph(quads, profiles=["core", "evidence"])
    assert any("RowConfidence" in result.shape for result in named.results)


def test_a_table_of_somebody_else_is_known_by_its_rows() -> None:
    file = Path(__file__).parent.parent / "conformance" / "rows.ttl"
    report = validate_graph(file)
    assert violations(report) == []
    assert len(report.notices) == 1


def test_a_graph_without_tables_has_no_word_of_them() -> None:
    report = validate_graph([*map_article(CHERRY), *map_authority(linked_nodes(CHERRY))])
    assert report.notices == ()


def test_the_query_of_the_page_finds_rows_that_an_article_tells_too() -> None:
    page = (Path(__file__).parent.parent.parent / "docs" / "rows.md").read_text(encoding="utf-8")
    query = page.partition("```sparql\n")[2].partition("```")[0]
    place = NamedNode(f"{BASE}place/uganda")
    article = [
        Quad(q.subject, q.predicate, place, q.graph_name)
        if q.predicate.value == expand("schema:location")
        else q
        for q in map_article(CHERRY)
    ]
    raw = events({"EventCode": "141", "EventRootCode": "14"}, {"EventCode": "173"})
    store = Store()
    triples = (Quad(q.subject, q.predicate, q.object) for q in [*article, *graph_of(table_of(raw))])
    store.extend(triples)
    found = list(store.query(query, prefixes=PREFIXES))
    assert [row["row"].value.rpartition("#")[2] for row in found] == ["row=1"]
    assert found[0]["presented"].value == expand("kg:asserted")


@pytest.mark.parametrize("flat", [True, False])
def test_a_large_table_is_validated_in_pieces_with_the_same_outcome(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, flat: bool
) -> None:
    table = table_of(events({}, {"EventCode": "138"}, {}, {"ActionGeo_Type": "1"}, {}))
    article = [*map_article(CHERRY), *map_authority((*linked_nodes(CHERRY), *table_nodes(table)))]
    cut = {("#claim-5", "kg:evidence"), ("#set", "schema:name"), ("#event-3", "sem:eventType")}
    cut |= {("#actor-ugacop-police-uganda", "schema:name")}
    own = f"{BASE}table/{table.id}"
    gone = {(own + name, expand(predicate)) for name, predicate in cut}
    kept = [q for q in map_table(table) if (q.subject.value, q.predicate.value) not in gone]
    data = [*article, *kept]
    source = _flat(data, tmp_path / "graph.ttl") if flat else data
    whole = validate_graph(source)
    monkeypatch.setattr(tables, "_ROWS", 2)
    monkeypatch.setattr(units, "pieces", partial(tables.pieces, largest=10))
    parted = validate_graph(source)
    assert parted.results == whole.results
    assert (parted.graphs, parted.notices) == (whole.graphs, whole.notices)
    violated = {r.focus for r in whole.results if r.severity == "Violation"}
    assert violated == {subject for subject, _ in gone}
