"""Whether a happening is told, claimed, denied, planned, imagined or negated."""

import pytest

from kg.extract.events.building import merge_labels
from kg.model import Factuality
from tests.unit.test_events import article, one


def values(text: str, code: str) -> list[str]:
    return [f.value for f in one(text, code).factuality]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Police arrested a tailor in Lyon on Monday.", "ARREST"),
        ("The army continued to shell the harbour of Odesa.", "ATTACK"),
        ("Aid workers were forced to evacuate the hospital.", "RESCUE"),
        ("The man who attacked a guard with a knife left the city.", "ASSAULT"),
    ],
)
def test_what_the_article_tells_itself_is_asserted(text: str, code: str) -> None:
    assert values(text, code) == ["asserted"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Germany will deploy troops to Lithuania.", "TROOP_DEPLOYMENT"),
        ("The president plans to visit Canada.", "VISIT"),
        ("A strike by train drivers is set to begin on Friday.", "STRIKE"),
        ("The two navies are scheduled to hold joint military exercises.", "MILITARY_EXERCISE"),
        ("Preparations for the upcoming election are slow.", "ELECTION"),
    ],
)
def test_what_is_announced_is_planned(text: str, code: str) -> None:
    assert values(text, code)[0] == "planned"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Canada may impose sanctions on Iran.", "SANCTION"),
        ("If militants attack the dam, the valley could be lost.", "ATTACK"),
        ("There is a threat of an invasion of Moldova.", "INVASION"),
        ("The union threatened to go on strike.", "STRIKE"),
        ("The parties are seeking a ceasefire.", "CEASEFIRE"),
        ("An attack on the base would be a disaster for the region.", "ATTACK"),
    ],
)
def test_what_is_possible_or_wished_is_hypothetical(text: str, code: str) -> None:
    assert values(text, code)[0] == "hypothetical"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("No one was arrested at the stadium.", "ARREST"),
        ("Parliament failed to pass the budget.", "LEGISLATION"),
        ("The troops did not invade Moldova.", "INVASION"),
        ("The army held the bridge without attacking the town.", "ATTACK"),
    ],
)
def test_what_did_not_happen_is_negated(text: str, code: str) -> None:
    assert values(text, code)[0] == "negated"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Rebels shelled the town on Tuesday, the governor said.", "ATTACK"),
        ("Opposition leaders accused the government of rigging the vote.", "ELECTION_FRAUD"),
        ("“Our soldiers have captured the city,” General Ivan Petrov said.", "SEIZURE"),
        ("The ministry claims that Georgia invaded the province.", "INVASION"),
        ("Rebels allegedly attacked the village.", "ATTACK"),
        ("The alleged attack happened near Lyon.", "ATTACK"),
        ("Guards reportedly beat three protesters.", "ASSAULT"),
        ("A clerk was charged with murder.", "KILLING"),
        ("According to the defence ministry, a bomb exploded in Kabul.", "ATTACK"),
        ("State media say that troops seized the airport of Hodeida.", "SEIZURE"),
    ],
)
def test_what_only_a_source_tells_is_claimed_and_kept(text: str, code: str) -> None:
    event = one(text, code)
    assert event.factuality[0].value == "claimed"
    assert event.factuality[0].by in {a.id for a in article(text).actors}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The ministry denied that its troops had crossed the border.", "TROOP_DEPLOYMENT"),
        ("There was no attack, the mayor insisted.", "ATTACK"),
        ("The opposition denies planning a coup.", "POWER_TRANSFER"),
    ],
)
def test_what_a_source_denies_is_denied(text: str, code: str) -> None:
    assert values(text, code) == ["denied"]


def test_independent_media_only_carry() -> None:
    assert values("According to the BBC, a bomb exploded in Kabul.", "ATTACK") == ["asserted"]


def test_a_claim_that_the_article_also_tells_is_asserted() -> None:
    text = (
        "A bomb exploded in Kabul on Monday.\n"
        "The bomb that exploded in Kabul on Monday was home-made, the mayor said."
    )
    assert one(text, "ATTACK").asserted


@pytest.mark.parametrize(
    "words",
    [
        "the army shelled the town",
        "the shelling of the town continued",
        "the army's attack on the town killed nine people",
        "police arrested a farmer and raided his house after the attack",
        "the army, which had invaded the valley, was attacked by rebels",
    ],
)
@pytest.mark.parametrize(
    "frame",
    [
        "The governor said that {}.",
        "“{},” General Ivan Petrov said.",
        "The governor claimed {}.",
        "According to the governor, {}.",
    ],
)
def test_nothing_inside_a_claim_comes_out_as_a_fact(words: str, frame: str) -> None:
    found = article(frame.format(words)).events
    assert found
    assert not [e.trigger.text for e in found if e.asserted]


CLAIMED = Factuality(value="claimed", by="org-a")
DENIED = Factuality(value="denied", by="org-b")
TOLD = Factuality(value="asserted")
PLANNED = Factuality(value="planned")
MAYBE = Factuality(value="hypothetical")


@pytest.mark.parametrize(
    ("labels", "merged"),
    [
        ([(CLAIMED,), (TOLD,)], (TOLD,)),
        ([(DENIED,), (CLAIMED,)], (CLAIMED, DENIED)),
        ([(PLANNED,), (MAYBE, CLAIMED)], (PLANNED, CLAIMED)),
        ([(MAYBE,), (TOLD,)], (MAYBE,)),
    ],
)
def test_labels_of_mentions_become_labels_of_the_event(labels, merged) -> None:
    assert merge_labels(labels) == merged


def test_a_quotation_that_nobody_is_named_for_is_claimed() -> None:
    text = "“They have seized the harbour and the northern airport.”\nThe ships left at noon."
    assert not one(text, "SEIZURE").asserted


def test_without_a_parse_nothing_near_a_word_of_saying_is_a_fact() -> None:
    text = (
        "Police arrested three men in Lyon.\nThe army invaded the valley, the governor said.\n"
        "According to TASS, rebels deported a farmer.\n“They assassinated my brother,” Ivan said."
    )
    found = article(text, model="none").events
    assert [(e.type, e.asserted) for e in found] == [
        ("ARREST", True),
        ("INVASION", False),
        ("HANDOVER", False),
        ("KILLING", False),
    ]


@pytest.mark.parametrize(
    ("text", "code", "value"),
    [
        ("Garland is the candidate to replace Anna Berg.", "APPOINTMENT", "hypothetical"),
        ("It was the first army to invade Moldova.", "INVASION", "asserted"),
        ("The unit was sent to evacuate the villagers.", "RESCUE", "asserted"),
        ("The troops had no plans to invade Moldova.", "INVASION", "negated"),
    ],
)
def test_infinitives_of_nouns_and_of_purpose(text: str, code: str, value: str) -> None:
    assert values(text, code)[0] == value


def test_a_day_ahead_in_the_present_tense_is_a_plan():
    from kg.extract import extract_article
    from kg.model import Document, Zone

    text = "Voters in Peru are going to the polls on May 12."
    document = Document(
        source="a.txt",
        text=text,
        raw_sha256="",
        date_published="2024-05-03",
        zones=(Zone(kind="body", start=0, end=len(text)),),
    )
    (event,) = (e for e in extract_article(document).events if e.type == "ELECTION")
    assert event.factuality[0].value == "planned"
    assert event.time is not None
    assert event.time.start == "2024-05-12"
