from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from pyoxigraph import Literal

from kg.authority import Authority, Entry
from kg.errors import RecordError
from kg.map import (
    Run,
    count_articles,
    iter_articles,
    linked_nodes,
    map_article,
    map_articles,
    map_authority,
    map_links,
    map_provenance,
    normalise_article,
    repeated_share,
    to_rdflib,
    unmap_article,
    unmap_articles,
)
from kg.model import Actor, Factuality, Mention, Outlet
from kg.settings import Settings
from kg.vocabulary import PREFIXES, TERMS
from tests.property.strategies import articles
from tests.unit.articles import CHERRY, CHERRY_TEXT, HARBOUR, cherry, harbour

BASE = "https://example.org/kg/"
NORLAND = Entry(path="place/norland", name="Norland", type="Country", qid="Q103")


def short(term, article):
    """A term as one would write it: a CURIE, a fragment, a path or the text."""
    if isinstance(term, Literal):
        return term.value
    own = f"{BASE}article/{article.id}"
    if term.value.startswith(own):
        return term.value.removeprefix(own) or "article"
    for prefix, namespace in PREFIXES.items():
        if term.value.startswith(namespace):
            return f"{prefix}:{term.value.removeprefix(namespace)}"
    return term.value.removeprefix(BASE)


def said(article, chosen=None):
    """Subject -> predicate -> sorted values, all short."""
    found = {}
    for quad in map_article(article, chosen):
        subject, predicate, value = (
            short(term, article) for term in (quad.subject, quad.predicate, quad.object)
        )
        found.setdefault(subject, {}).setdefault(predicate, []).append(value)
    return found


def test_an_asserted_event_with_an_agent_is_an_event_and_an_action():
    event = said(CHERRY)["#" + CHERRY.events[0].id]
    assert event["rdf:type"] == ["schema:Event", "schema:Action"]
    assert event["schema:agent"] == ["#group-growers"]
    assert event["schema:location"] == ["#place-port-alba"]
    assert event["schema:startDate"] == ["2024-05-03"]
    assert event["kg:factuality"] == event["kg:presentedAs"] == ["kg:asserted"]


def test_a_claimed_event_is_neither():
    event = said(HARBOUR)["#" + HARBOUR.events[0].id]
    assert event["rdf:type"] == ["kg:UnconfirmedEvent"]
    assert event["kg:claimedBy"] == ["org/harbour-union"]
    assert event["kg:near"] == ["#place-pier"]
    assert "schema:location" not in event


def test_the_parties_of_talks_are_participants():
    event = said(HARBOUR)["#" + HARBOUR.events[1].id]
    assert event["schema:participant"] == ["place/norland"]
    assert "schema:agent" not in event


def test_a_label_without_a_claim_gets_one():
    event = HARBOUR.events[0]
    claim = said(HARBOUR)[f"#attribution-{event.id}-org-harbour-union"]
    assert claim["rdf:type"] == ["schema:Claim"]
    assert claim["schema:author"] == ["org/harbour-union"]
    assert claim["schema:about"] == ["#" + event.id]
    assert claim["schema:text"] == [event.mentions[0].sentence.text]
    assert claim["kg:factuality"] == ["kg:claimed"]


def test_a_label_with_a_claim_gets_none():
    assert not [subject for subject in said(CHERRY) if "attribution" in subject]


def test_who_cites_makes_a_claim_about_the_claim():
    quote = replace(CHERRY.claims[0], cited_by="org-the-ministry")
    found = said(replace(CHERRY, claims=(quote, CHERRY.claims[1])))
    outer = found[f"#citation-{quote.id.removeprefix('claim-')}"]
    assert outer["schema:about"] == ["#" + quote.id]
    assert outer["schema:author"] == ["#org-the-ministry"]


def test_a_quotation_keeps_its_words_and_its_speaker():
    claim = said(CHERRY)["#" + CHERRY.claims[0].id]
    assert claim["rdf:type"] == ["schema:Claim", "schema:Quotation"]
    assert claim["schema:text"] == [CHERRY.claims[0].text]
    assert claim["schema:author"] == ["#person-ines-moreau"]
    assert claim["kg:speechAct"] == ["kgsa:threaten"]
    assert claim["kg:factuality"] == ["kg:planned"]


def test_a_country_that_acts_and_is_a_place_is_one_node():
    found = said(HARBOUR)
    assert found["article"]["schema:mentions"] == ["org/harbour-union", "place/norland"]
    span = found[f"#char={harbour('Norland').start},{harbour('Norland').end}"]
    assert span["itsrdf:taIdentRef"] == ["place/norland"]
    assert span["itsrdf:taClassRef"] == ["schema:GovernmentOrganization"]


def test_names_of_linked_nodes_stand_in_the_authority_graph():
    assert "place/norland" not in said(HARBOUR)
    quads = map_authority(linked_nodes(HARBOUR), Authority([NORLAND]))
    kinds = {q.object.value for q in quads if q.predicate.value == TERMS["rdf:type"]}
    wanted = ("schema:Country", "schema:GovernmentOrganization", "schema:Place")
    assert {TERMS[name] for name in wanted} <= kinds
    assert "Harbour Union" in {q.object.value for q in quads}


def test_offsets_alone_keep_no_words_in_spans():
    found = said(CHERRY, Settings(evidence="offsets"))
    span = found[f"#char={cherry('closed').start},{cherry('closed').end}"]
    assert "nif:anchorOf" not in span
    assert len(span["schema:sha256"][0]) == 64
    quads = map_article(CHERRY, Settings(evidence="offsets"))
    quads += map_authority(linked_nodes(CHERRY), Authority(()))
    assert unmap_article(quads, text=CHERRY_TEXT) == normalise_article(CHERRY)
    with pytest.raises(RecordError, match="give the text"):
        unmap_article(quads)


def test_the_text_stands_in_a_graph_of_its_own():
    quads = map_article(CHERRY, Settings(with_text=True))
    kept = [q for q in quads if q.predicate.value == TERMS["nif:isString"]]
    assert [q.object.value for q in kept] == [CHERRY_TEXT]
    assert kept[0].graph_name.value == f"{BASE}graph/text/{CHERRY.id}"


def test_plain_turtle_of_one_article_gives_the_record_back():
    from pyoxigraph import Quad

    quads = [*map_article(CHERRY), *map_authority(linked_nodes(CHERRY), Authority(()))]
    flat = [Quad(q.subject, q.predicate, q.object) for q in quads]
    assert unmap_article(flat) == normalise_article(CHERRY)


def test_a_story_counts_outlets_once():
    told = [
        replace(
            HARBOUR, id="1" * 16, publisher=Outlet(name="A"), original_publisher=Outlet(name="X")
        ),
        replace(HARBOUR, id="2" * 16, publisher=Outlet(name="X")),
        replace(HARBOUR, id="3" * 16),
    ]
    counts = [q.object.value for q in map_links(told) if "independent" in q.predicate.value]
    assert counts == ["2"]
    assert map_links(told) == map_links(told[::-1])


def test_the_order_of_articles_makes_no_difference():
    assert map_articles([CHERRY, HARBOUR]) == map_articles([HARBOUR, CHERRY])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"agents": ("org-nobody",)}, "org-nobody"),
        ({"part_of": "event-nowhere"}, "event-nowhere"),
        ({"type": "no code"}, "no code"),
        ({"id": "a b"}, "a b"),
        ({"confidence": float("nan")}, "nan"),
        ({"name": "\ud800"}, "surrogates"),
        ({"mentions": ()}, "mentions is empty"),
        ({"factuality": ()}, "factuality is empty"),
        ({"id": "source"}, "source"),
    ],
)
def test_a_record_that_cannot_be_mapped_is_named(change, reason):
    broken = replace(CHERRY, events=(replace(CHERRY.events[0], **change),), claims=(), figures=())
    with pytest.raises(RecordError, match=reason) as caught:
        map_article(broken)
    assert str(caught.value).startswith("cherry.txt: ")
    assert "\n" not in str(caught.value)


def test_an_id_is_used_once():
    with pytest.raises(RecordError, match="group-police"):
        map_article(replace(CHERRY, actors=(*CHERRY.actors, CHERRY.actors[3])))


def test_one_range_has_one_text():
    actor = Actor(id="person-x", name="x", type="Person")
    wrong = replace(cherry("closed"), text="opened")
    actor = replace(actor, mentions=(Mention(span=wrong),))
    with pytest.raises(RecordError, match="two texts"):
        map_article(replace(CHERRY, actors=(*CHERRY.actors, actor)))


def test_one_span_mentions_several_nodes_in_one_way():
    span = cherry("Ines Moreau")
    other = Actor(
        id="group-people",
        name="people",
        type="Group",
        mentions=(Mention(span=span, kind="nominal"),),
    )
    article = replace(CHERRY, actors=(*CHERRY.actors, other))
    quads = [*map_article(article), *map_authority(linked_nodes(article), Authority(()))]
    again = unmap_article(quads)
    assert again == normalise_article(article)
    kinds = {m.kind for a in again.actors for m in a.mentions if m.span == span}
    assert kinds == {"nominal"}


def test_rdflib_gets_the_same_triples():
    graph = to_rdflib(CHERRY)
    quads = [*map_article(CHERRY), *map_authority(linked_nodes(CHERRY))]
    assert len(graph) == len({quad.triple for quad in quads})
    assert dict(graph.namespaces())["schema"].toPython() == "https://schema.org/"


def test_provenance_has_the_run_and_the_origins():
    run = Run(
        started="2024-05-04T10:00:00+00:00",
        ended="2024-05-04T10:00:09+00:00",
        articles=(CHERRY, HARBOUR),
        software=(("newskg", "0.1.0"),),
    )
    values = {quad.object.value for quad in map_provenance(run)}
    assert {"2024-05-04T10:00:00+00:00", "cherry.meta.json", "newskg"} <= values
    assert not [q for q in map_articles([CHERRY]) if "cherry.meta.json" in str(q.object)]


def test_the_share_of_the_text_that_is_repeated():
    assert 0 < repeated_share([CHERRY], Settings(evidence="offsets")) < 1
    assert repeated_share([CHERRY]) > repeated_share([CHERRY], Settings(evidence="offsets"))
    assert repeated_share([]) == 0


def test_two_articles_are_not_one():
    with pytest.raises(RecordError, match="2 articles"):
        unmap_article([*map_article(CHERRY), *map_article(HARBOUR)])
    with pytest.raises(RecordError, match="0 articles"):
        unmap_article([])


def values_of(quads, curie):
    """Subject -> the values of one property."""
    found = {}
    for quad in quads:
        if quad.predicate.value == TERMS[curie]:
            found.setdefault(quad.subject.value, set()).add(quad.object.value)
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(articles())
def test_only_what_the_article_asserts_is_an_event(article):
    kinds = values_of(map_article(article), "rdf:type")
    facts = {TERMS["schema:Event"], TERMS["schema:Action"]}
    for event in article.events:
        found = kinds[f"{BASE}article/{article.id}#{event.id}"]
        assert bool(facts & found) == event.asserted
        assert (TERMS["kg:UnconfirmedEvent"] in found) != event.asserted


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(articles())
def test_whoever_a_label_names_has_a_claim_of_that_stance(article):
    quads = map_article(article)
    speakers, stances = (values_of(quads, name) for name in ("schema:author", "kg:factuality"))
    claims = {
        (about, who, stance)
        for claim, subjects in values_of(quads, "schema:about").items()
        for about in subjects
        for who in speakers[claim]
        for stance in stances[claim]
    }
    for value in ("claimed", "denied"):
        for subject, people in values_of(quads, f"kg:{value}By").items():
            assert {(subject, who, TERMS[f"kg:{value}"]) for who in people} <= claims


def test_a_record_s_labels_are_all_kept():
    labels = (
        Factuality(value="claimed", by="org-harbour-union"),
        Factuality(value="denied", by="state-norland"),
    )
    found = said(replace(HARBOUR, events=(replace(HARBOUR.events[0], factuality=labels),)))
    event = found["#" + HARBOUR.events[0].id]
    assert event["kg:factuality"] == ["kg:claimed", "kg:denied"]
    assert event["kg:presentedAs"] == ["kg:claimed"]
    assert event["kg:deniedBy"] == ["place/norland"]


def test_a_dataset_gives_all_its_records_back():
    chosen = Settings(with_text=True)
    again = unmap_articles(map_articles([CHERRY, HARBOUR], chosen), chosen)
    wanted = [normalise_article(a, with_text=True) for a in (CHERRY, HARBOUR)]
    assert list(again) == sorted(wanted, key=lambda a: a.id)


def test_articles_may_come_one_by_one():
    ordered = sorted([CHERRY, HARBOUR], key=lambda a: a.id)
    assert list(iter_articles(iter(ordered))) == map_articles([CHERRY, HARBOUR])


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(articles())
def test_the_dataset_counts_what_is_in_it(article):
    counts = count_articles([article])
    kinds = [
        kind for found in values_of(map_article(article), "rdf:type").values() for kind in found
    ]
    assert counts.claims == kinds.count(TERMS["schema:Claim"])
    assert counts.asserted_events == kinds.count(TERMS["schema:Event"])
    assert counts.figures == kinds.count(TERMS["schema:Observation"])
