"""What the graph can tell of an article, and what is worked out again when it is read."""

from dataclasses import replace

import pytest

from kg.authority import Authority
from kg.map import (
    linked_nodes,
    map_article,
    map_authority,
    map_links,
    normalise_article,
    unmap_article,
)
from kg.map.settled import settle_article
from kg.map.times import granularity_of
from kg.model import EventMention, Link, Place, Time, Zone
from tests.unit.articles import CHERRY, HARBOUR, cherry, harbour


def back(article):
    quads = [*map_article(article), *map_authority(linked_nodes(article), Authority(()))]
    return unmap_article([*quads, *map_links([article])])


def test_a_linked_place_without_mention_or_part_is_left_out():
    idle = Place(id="place-sund", name="Sund", type="Landform", link=Link(iri="place/sund"))
    article = replace(HARBOUR, places=(*HARBOUR.places, idle))
    assert back(article) == normalise_article(article) == back(HARBOUR)
    assert "place/sund" not in {node.path for node in linked_nodes(article)}
    own = replace(idle, link=None)
    assert own in back(replace(HARBOUR, places=(*HARBOUR.places, own))).places


def test_whoever_is_acted_for_is_an_actor_though_never_mentioned():
    assert "state-norland" in {actor.id for actor in back(CHERRY).actors}
    assert back(CHERRY).places == normalise_article(CHERRY).places
    assert "place-norland" not in {place.id for place in back(CHERRY).places}


def test_a_country_without_mentions_of_one_reading_has_both():
    again = back(HARBOUR)
    (country,) = (place for place in again.places if place.id == "place-norland")
    assert country.mentions == ()
    (state,) = (actor for actor in again.actors if actor.id == "state-norland")
    assert [mention.span for mention in state.mentions] == [harbour("Norland")]


def test_the_headline_is_found_inside_a_longer_zone():
    words = cherry("growers block road")
    article = replace(CHERRY, headline=words)
    assert settle_article(article).zones == CHERRY.zones
    assert back(article).headline == words


def test_headline_and_dateline_bring_their_zones():
    dateline = harbour("Norland")
    again = back(replace(HARBOUR, dateline=dateline))
    assert (again.headline, again.dateline) == (HARBOUR.headline, dateline)
    kinds = {zone.kind: (zone.start, zone.end) for zone in again.zones}
    assert kinds["headline"] == (HARBOUR.headline.start, HARBOUR.headline.end)
    assert kinds["dateline"] == (dateline.start, dateline.end)


def test_a_title_is_no_headline():
    untold = replace(
        HARBOUR,
        headline=None,
        title="Ships wait",
        zones=(Zone(kind="body", start=0, end=HARBOUR.text_length),),
    )
    assert (back(untold).headline, back(untold).title) == (None, "Ships wait")


@pytest.mark.parametrize(("ending", "first"), [(cherry("closed").start, "closed"), ("x", "block")])
def test_the_id_of_an_event_tells_its_main_trigger(ending, first):
    event = CHERRY.events[0]
    other = EventMention(trigger=cherry("block"), sentence=cherry("Cherry growers block road"))
    event = replace(event, id=f"event-protest-{ending}", mentions=(*event.mentions, other))
    article = replace(CHERRY, events=(event,), claims=(), figures=())
    (again,) = back(article).events
    assert again.trigger == cherry(first)
    assert {m.sentence.text for m in again.mentions} == {m.sentence.text for m in event.mentions}


def test_the_kind_of_a_claim_is_read_off_its_words():
    indirect = CHERRY.claims[1]
    mixed = replace(indirect, kind="mixed", quoted_fragments=(cherry("beaten"),))
    kinds = {c.id: c.kind for c in back(replace(CHERRY, claims=(CHERRY.claims[0], mixed))).claims}
    assert kinds == {CHERRY.claims[0].id: "direct", mixed.id: "mixed"}
    assert [c.kind for c in back(CHERRY).claims] == ["direct", "indirect"]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2024-05-03", "2024-05-03", "day"),
        ("2024-04-29", "2024-05-05", "week"),
        ("2024-04-30", "2024-05-06", "interval"),
        ("2024-02-01", "2024-02-29", "month"),
        ("2023-02-01", "2023-02-27", "interval"),
        ("2024-01-01", "2024-12-31", "year"),
        ("2024-01-01", "2025-12-31", "interval"),
        ("2024-05-03", None, "interval"),
        ("2024-05", "2024-05", "month"),
        ("2024-13-01", "2024-13-07", "interval"),
        (None, None, None),
    ],
)
def test_bounds_tell_how_exact_a_time_is(first, last, expected):
    assert granularity_of(Time(earliest=first, latest=last)) == expected


def test_a_day_without_bounds_is_a_day():
    assert granularity_of(Time(start="2024-05-03", end="2024-05-03")) == "day"
