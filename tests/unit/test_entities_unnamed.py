"""Actors without a name, pronouns, and who speaks."""

import re

import pytest

from kg.extract.dates.anchor import Anchor
from kg.extract.entities import Entities, find_entities
from kg.extract.metadata import Metadata
from kg.extract.parse import Parsed, parse_documents
from kg.model import Document, Zone


def _find(text: str) -> tuple[Parsed, Entities]:
    zones = tuple(
        Zone(kind="body", start=m.start(), end=m.end()) for m in re.finditer(r"[^\n]+", text)
    )
    document = Document(source="t.txt", text=text, raw_sha256="0" * 64, zones=zones)
    parsed = next(parse_documents([document]))
    return parsed, find_entities(parsed, Metadata(language="en", reference=Anchor()))


def _token(parsed: Parsed, word: str, nth: int = 0):
    return [t for t in parsed.doc if t.text == word][nth]


def _names(entities: Entities, ids: tuple[str, ...]) -> list[str]:
    return [entities.name_of(i) for i in ids]


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("Protesters blocked the road.", "Protesters", "Group"),
        ("The police fired tear gas.", "police", "GovernmentOrganization"),
        ("Some militants escaped.", "militants", "ArmedGroup"),
        ("A witness described the blast.", "witness", "Person"),
        ("Local media reported the blast.", "media", "NewsMediaOrganization"),
    ],
)
def test_common_nouns_become_actors_on_demand(text: str, word: str, kind: str) -> None:
    parsed, entities = _find(text)
    assert not [a for a in entities.actors() if a.mentions]
    (found,) = entities.actors_of(_token(parsed, word))
    assert entities.kind_of(found) == kind
    actor = next(a for a in entities.actors() if a.id == found)
    assert not actor.named
    assert [m.kind for m in actor.mentions] == ["nominal"]


def test_things_do_not_act() -> None:
    parsed, entities = _find("The plan failed after the storm destroyed a bridge.")
    assert entities.actors_of(_token(parsed, "plan")) == ()
    assert entities.actors_of(_token(parsed, "bridge")) == ()


def test_officials_act_for_the_name_before_them() -> None:
    parsed, entities = _find("NATO officials met Kenyan diplomats.")
    (officials,) = entities.actors_of(_token(parsed, "officials"))
    (diplomats,) = entities.actors_of(_token(parsed, "diplomats"))
    assert entities.principal(officials) == "org-nato"
    assert entities.principal(diplomats) == "state-kenya"


def test_same_words_are_the_same_group_and_other_nations_another() -> None:
    parsed, entities = _find("Kenyan villagers fled. Peruvian villagers stayed. Villagers wept.")
    ids = [entities.actors_of(_token(parsed, "villagers", n))[0] for n in (0, 1)]
    assert ids[0] != ids[1]


def test_partitives_mean_the_noun_after_of() -> None:
    parsed, entities = _find("Hundreds of students marched, and members of NATO watched.")
    assert _names(entities, entities.actors_of(_token(parsed, "Hundreds"))) == ["students"]
    assert _names(entities, entities.actors_of(_token(parsed, "members"))) == ["NATO"]


def test_coordinated_subjects_are_all_returned() -> None:
    parsed, entities = _find("Kenya, Peru and the rebels signed.")
    first = _token(parsed, "Kenya")
    assert len(entities.actors_of(first)) == 3


def test_he_and_she_by_first_name_and_order() -> None:
    text = "Anna Berg met Robert Stone in Oslo. She praised the deal. He left early."
    parsed, entities = _find(text)
    assert _names(entities, entities.speaker_of(_token(parsed, "She"))) == ["Anna Berg"]
    assert _names(entities, entities.speaker_of(_token(parsed, "He"))) == ["Robert Stone"]


def test_pronoun_mentions_are_marked_inferred() -> None:
    parsed, entities = _find("Anna Berg resigned. She cited her health.")
    found = entities.actor_at(_token(parsed, "She"))
    berg = next(a for a in entities.actors() if a.id == found)
    mention = next(m for m in berg.mentions if m.span.text == "She")
    assert mention.kind == "pronoun"
    assert mention.inferred


def test_pronoun_without_a_person_stays_open() -> None:
    parsed, entities = _find("The storm passed. He went home.")
    assert entities.actors_of(_token(parsed, "He")) == ()


def test_names_inside_a_quotation_do_not_catch_the_pronoun_outside() -> None:
    text = 'Anna Berg was angry. "Clara Stone lied to us," she said.'
    parsed, entities = _find(text)
    assert _names(entities, entities.speaker_of(_token(parsed, "she"))) == ["Anna Berg"]


def test_who_refers_to_the_person_not_to_the_body_beside() -> None:
    parsed, entities = _find("Anna Berg, an expert at the World Bank, who doubted it, spoke.")
    assert _names(entities, entities.speaker_of(_token(parsed, "who"))) == ["Anna Berg"]


def test_the_president_is_the_one_named_so() -> None:
    text = "Kenyan President Samuel Otieno flew home. The president denied the charges."
    parsed, entities = _find(text)
    assert _names(entities, entities.speaker_of(_token(parsed, "president"))) == ["Samuel Otieno"]


def test_the_company_is_the_one_named_before() -> None:
    parsed, entities = _find("Zellwood Motors cut jobs. The company blamed weak sales.")
    assert _names(entities, entities.speaker_of(_token(parsed, "company"))) == ["Zellwood Motors"]


def test_the_two_are_the_only_two_people_before() -> None:
    parsed, entities = _find("Anna Berg met Robert Stone. The two discussed fishing.")
    assert set(_names(entities, entities.actors_of(_token(parsed, "two")))) == {
        "Anna Berg",
        "Robert Stone",
    }


def test_a_statement_speaks_for_its_author() -> None:
    parsed, entities = _find("A statement by NATO said the drill was over. A report said more.")
    assert _names(entities, entities.speaker_of(_token(parsed, "statement"))) == ["NATO"]
    assert entities.actors_of(_token(parsed, "report")) == ()
    (report,) = entities.speaker_of(_token(parsed, "report"))
    assert not entities.is_named(report)


def test_apposed_noun_is_the_name() -> None:
    parsed, entities = _find("The spokesman, Leo Brandt, declined. The Ansa news agency wrote it.")
    assert _names(entities, entities.speaker_of(_token(parsed, "spokesman"))) == ["Leo Brandt"]
    assert _names(entities, entities.speaker_of(_token(parsed, "agency"))) == ["ANSA"]


def test_carriers_and_claimants() -> None:
    parsed, entities = _find("Reuters and TASS wrote about it. News reports spread. State TV lied.")
    assert entities.is_carrier(entities.speaker_of(_token(parsed, "Reuters"))[0])
    assert not entities.is_carrier(entities.actor_at(_token(parsed, "TASS")))
    assert entities.is_carrier(entities.speaker_of(_token(parsed, "reports"))[0])
    assert not entities.is_carrier(entities.speaker_of(_token(parsed, "TV"))[0])


def test_source_without_words_is_one_actor() -> None:
    _, entities = _find("It rained.")
    first = entities.source("unnamed source")
    assert entities.source("unnamed source") == first
    actor = next(a for a in entities.actors() if a.id == first)
    assert not actor.named
    assert actor.mentions == ()


def test_unnamed_takes_the_tokens_it_is_given() -> None:
    parsed, entities = _find("Nine masked strangers came.")
    made = entities.unnamed(parsed.doc[1:3], "Group", acts_for=None)
    assert entities.name_of(made) == "masked strangers"
    assert entities.actor_at(_token(parsed, "strangers")) == made


def test_troops_and_police_act_for_their_state() -> None:
    text = "Russian troops fled. Police in Kenya wept. Pro-Russian militants cheered."
    parsed, entities = _find(text)
    (troops,) = entities.actors_of(_token(parsed, "troops"))
    (police,) = entities.actors_of(_token(parsed, "Police"))
    (militants,) = entities.actors_of(_token(parsed, "militants"))
    assert entities.principal(troops) == "state-russia"
    assert entities.principal(police) == "state-kenya"
    assert entities.principal(militants) is None


def test_troops_of_a_ruler_act_for_his_state() -> None:
    parsed, entities = _find("Vladimir Putin spoke. He praised his troops.")
    (troops,) = entities.actors_of(_token(parsed, "troops"))
    assert entities.principal(troops) == "state-russia"


def test_he_added_is_the_last_speaker() -> None:
    text = (
        "Anna Berg doubted it, Leo Brandt said. Tomas Stone had won the vote, and Stone was glad, "
        "he added."
    )
    parsed, entities = _find(text)
    assert _names(entities, entities.speaker_of(_token(parsed, "he"))) == ["Leo Brandt"]


def test_a_member_of_a_body_speaks_for_it_and_a_member_of_a_crowd_is_the_crowd():
    parsed, entities = _find("A member of the strike committee said it rained.")
    (speaker,) = entities.speaker_of(_token(parsed, "member"))
    assert entities.kind_of(speaker) == "Person"
    assert entities.name_of(entities.principal(speaker) or "").endswith("committee")
    parsed, entities = _find("Several members of the crowd said it rained.")
    (speaker,) = entities.speaker_of(_token(parsed, "members"))
    assert entities.name_of(speaker).endswith("crowd")


@pytest.mark.parametrize(
    "title", ["Capt.", "Gen.", "Sen.", "Lt.", "Sgt.", "Maj-Gen.", "Vice-Admiral"]
)
def test_no_sentence_ends_between_a_title_and_a_name(title):
    parsed, entities = _find(f"The crew, it said, was led by {title} Holt. It rained in June.")
    assert len(parsed.sentences) == 2
    assert "person-holt" in [a.id for a in entities.actors()]


def test_a_surname_shared_with_somebody_known_is_the_namesakes():
    _, entities = _find("Wilma Putin runs a bakery in Dorna. Putin said it was open.")
    assert [a.name for a in entities.actors() if a.type == "Person"] == ["Wilma Putin"]
