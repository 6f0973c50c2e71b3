"""Actors and places: names, kinds, clusters, readings, roles."""

import re
from itertools import pairwise

import pytest

from kg.extract.dates.anchor import Anchor
from kg.extract.entities import Entities, find_entities
from kg.extract.metadata import Metadata
from kg.extract.parse import Parsed, parse_documents
from kg.model import Actor, Document, Span, Zone


def _parse(text: str, model: str | None = None) -> Parsed:
    zones = tuple(
        Zone(kind="body", start=m.start(), end=m.end()) for m in re.finditer(r"[^\n]+", text)
    )
    document = Document(source="t.txt", text=text, raw_sha256="0" * 64, zones=zones)
    return next(parse_documents([document], model=model))


def _about(headline: Span | None = None) -> Metadata:
    return Metadata(language="en", headline=headline, reference=Anchor())


def _find(text: str, model: str | None = None) -> tuple[Parsed, Entities]:
    parsed = _parse(text, model)
    return parsed, find_entities(parsed, _about())


def _token(parsed: Parsed, word: str, nth: int = 0):
    return [t for t in parsed.doc if t.text == word][nth]


def _actor(entities: Entities, name: str) -> Actor:
    return next(a for a in entities.actors() if a.name == name)


def _named(entities: Entities) -> dict[str, str]:
    return {a.name: a.type for a in entities.actors() if a.named and a.mentions}


def _places(entities: Entities) -> dict[str, str]:
    return {p.name: p.type for p in entities.places()}


def test_country_acts_or_is_a_place_by_syntax() -> None:
    _, entities = _find("Peru condemned the raid. The convoy had crossed into Peru at night.")
    assert _actor(entities, "Peru").mentions[0].span.start == 0
    assert [p.name for p in entities.places()] == ["Peru"]
    assert entities.actors()[0].id == "state-peru"
    assert entities.places()[0].id == "place-peru"


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Norway rejected the offer.", True),
        ("The minister demanded sanctions against Norway.", True),
        ("They discussed the invasion of Norway.", True),
        ("The fishermen live in Norway.", False),
        ("Norway's border was closed.", False),
        ("The capital of Norway was quiet.", False),
        ("They fled to Norway.", False),
    ],
)
def test_readings_of_a_country(text: str, *, acts: bool) -> None:
    _, entities = _find(text)
    assert ("Norway" in _named(entities)) is acts
    assert ("Norway" in _places(entities)) is not acts


def test_countries_in_a_row_read_alike() -> None:
    _, entities = _find("Members such as Chile, Denmark, Kenya, the Netherlands and Peru signed.")
    assert {"Denmark", "Kenya", "Netherlands", "Peru"} <= set(_named(entities))


def test_capital_stands_for_its_government_only_where_it_acts() -> None:
    text = "Ankara denied the report. A bus crashed in Ankara."
    _, entities = _find(text)
    mention = _actor(entities, "Turkey").mentions[0]
    assert mention.metonym
    assert mention.span.text == "Ankara"
    assert _places(entities) == {"Ankara": "City"}


def test_demonyms_are_no_mentions() -> None:
    _, entities = _find("Kenyan and Belgian officials praised the Peruvian team.")
    assert not _named(entities)


def test_titles_possessives_and_articles_are_cut() -> None:
    text = "President Anna Kowalska's plan failed, Mr. Tomas Berg of the World Bank said."
    _, entities = _find(text)
    spans = {m.span.text for a in entities.actors() for m in a.mentions if m.kind == "name"}
    assert spans == {"Anna Kowalska", "Tomas Berg", "World Bank"}


def test_surnames_and_slips_of_the_pen_are_one_person() -> None:
    text = (
        "Anna Kowalewska resigned. The law was unpopular. Kowalewska said she was tired. "
        "Kowalewskaa had led the party for years."
    )
    _, entities = _find(text)
    people = [a for a in entities.actors() if a.type == "Person"]
    assert [p.name for p in people] == ["Anna Kowalewska"]
    assert {"Kowalewska", "Kowalewskaa"} <= set(people[0].aliases)


def test_short_surnames_are_never_merged_by_distance() -> None:
    _, entities = _find("Petra Novik met Olga Novak. Novik smiled and Novak left.")
    assert {"Petra Novik", "Olga Novak"} <= set(_named(entities))


def test_shared_surname_goes_by_title() -> None:
    text = "Robert Harlan and Susan Harlan sued. Mr. Harlan wept. Ms. Harlan spoke."
    parsed, entities = _find(text)
    wept, spoke = _token(parsed, "wept"), _token(parsed, "spoke")
    assert entities.name_of(entities.actors_of(wept.nbor(-1))[0]) == "Robert Harlan"
    assert entities.name_of(entities.actors_of(spoke.nbor(-1))[0]) == "Susan Harlan"


def test_acronym_in_brackets_is_the_long_name() -> None:
    text = "The Coastal Rescue Association (CRA) sent boats. CRA said nobody drowned."
    _, entities = _find(text)
    body = _actor(entities, "Coastal Rescue Association")
    assert [m.span.text for m in body.mentions].count("CRA") == 2


def test_acronym_of_a_common_phrase_is_no_name() -> None:
    _, entities = _find("Police found a remote controlled device (RCD) near the road.")
    assert not _named(entities)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        (
            "The Ministry of Fisheries opposed it.",
            "Ministry of Fisheries",
            "GovernmentOrganization",
        ),
        ("The Varda Regiment retreated.", "Varda Regiment", "ArmedForce"),
        ("Shares of Zellwood Motors fell.", "Zellwood Motors", "Corporation"),
        ("The Zellwood Herald reported it.", "Zellwood Herald", "NewsMediaOrganization"),
        ("The Popular Reform Party won.", "Popular Reform Party", "PoliticalParty"),
        ("The University of Zellwood closed.", "University of Zellwood", "Organization"),
        ("The destroyer HMS Zellwood sank.", "HMS Zellwood", "ArmedForce"),
    ],
)
def test_kind_from_the_words_of_a_name(text: str, name: str, kind: str) -> None:
    _, entities = _find(text)
    assert _named(entities)[name] == kind


def test_facilities_waters_and_regions() -> None:
    text = (
        "Ships left the Gulf of Aden. Shells hit the Kenyan embassy and the Zellwood power plant."
    )
    _, entities = _find(text)
    places = _places(entities)
    assert places["Gulf of Aden"] == "BodyOfWater"
    assert places["Kenyan embassy"] == "Facility"


def test_longest_name_wins_and_none_is_nested() -> None:
    _, entities = _find("The US Air Force and the Central Election Commission of Kenya agreed.")
    spans = sorted(
        (m.span.start, m.span.end)
        for e in (*entities.actors(), *entities.places())
        for m in e.mentions
    )
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert "Central Election Commission of Kenya" in _named(entities)


def test_names_only_inside_compounds_are_left_out() -> None:
    _, entities = _find("The pro-NATO camp and the anti-Putin marchers clashed.")
    assert not _named(entities)


def test_headline_takes_names_of_the_body() -> None:
    text = "Kenya Sues Bank\nKenya sued the World Bank."
    document = Document(
        source="t.txt",
        text=text,
        raw_sha256="0" * 64,
        zones=(
            Zone(kind="headline", start=0, end=15),
            Zone(kind="body", start=16, end=len(text)),
        ),
    )
    parsed = next(parse_documents([document]))
    entities = find_entities(parsed, _about(Span.of(text, 0, 15)))
    assert [m.span.start for m in _actor(entities, "Kenya").mentions] == [0, 16]


def test_nothing_is_mentioned_outside_the_body() -> None:
    text = "Kenya sued.\nPhoto: Peru, by Anna Berg of Reuters"
    zones = (Zone(kind="body", start=0, end=11), Zone(kind="caption", start=12, end=len(text)))
    document = Document(source="t.txt", text=text, raw_sha256="0" * 64, zones=zones)
    entities = find_entities(next(parse_documents([document])), _about())
    assert _named(entities) == {"Kenya": "Country"}


def test_roles_and_whom_they_serve() -> None:
    text = "NATO spokeswoman Ana Dias spoke. Kenyan Foreign Minister Peter Otieno left."
    _, entities = _find(text)
    dias, otieno = _actor(entities, "Ana Dias"), _actor(entities, "Peter Otieno")
    assert [r.span.text for r in dias.roles] == ["spokeswoman"]
    assert dias.acts_for == "org-nato"
    assert [r.span.text for r in otieno.roles] == ["Foreign Minister"]
    assert otieno.acts_for == "state-kenya"


def test_role_in_apposition() -> None:
    _, entities = _find(
        "Ana Dias, a political analyst, and Leo Brandt, head of the World Bank, met."
    )
    assert "analyst" in _actor(entities, "Ana Dias").roles[0].span.text
    assert _actor(entities, "Leo Brandt").acts_for == "org-world-bank"


def test_ids_are_unique_and_the_result_is_stable() -> None:
    text = "Kenya and NATO met. The police and Kenyan troops watched. Police left."
    first = _find(text)[1]
    second = _find(text)[1]
    assert first.actors() == second.actors()
    ids = [a.id for a in first.actors()]
    assert len(ids) == len(set(ids))


def test_rules_only_finds_known_names_and_titled_people() -> None:
    text = "Mr. Tomas Berg of NATO said the convoy had left Kenya. Vladimir Putin denied it."
    _, entities = _find(text, "none")
    assert {"NATO", "Vladimir Putin", "Tomas Berg"} <= set(_named(entities))


def test_rules_only_answers_every_question() -> None:
    parsed, entities = _find("The police said two rebels fled. He wept.", "none")
    for token in parsed.doc:
        entities.actor_at(token)
        entities.place_at(token)
        entities.speaker_of(token)
    assert entities.actors_of(_token(parsed, "police"))


def test_rules_only_parse_has_sound_edges() -> None:
    text = "It's 5 o'clock p.m. in the U.S., isn't it?\nI can't say: he'll go at 10a.m. :-)\n"
    parsed = _parse(text * 40, "none")
    assert all(t.left_edge.i == t.i == t.right_edge.i for t in parsed.doc)
    assert len(parsed.sentences) == 80


def test_bodies_of_one_name_go_by_the_country_of_the_text() -> None:
    text = "Voters in London were tired. The British leader of the Labour Party spoke."
    _, entities = _find(text)
    party = next(a for a in entities.actors() if a.type == "PoliticalParty")
    assert party.id == "org-labour-party-uk"
    _, entities = _find("The Labour Party lost the vote.")
    party = next(a for a in entities.actors() if a.type == "PoliticalParty")
    assert party.link is None
