"""Who says what: direct, indirect, mixed and nested speech, on sentences of our own."""

import pytest

from kg.extract.claims import find_claims, is_attitude
from kg.extract.entities import find_entities
from kg.extract.metadata import read_metadata
from kg.extract.parse import parse_documents
from kg.model import Claim, Document, Zone


def claims_of(text: str, model: str | None = None) -> tuple[list[Claim], dict[str, str]]:
    """The claims, and the names of the actors by id."""
    zones, start = [], 0
    for paragraph in text.split("\n"):
        if paragraph:
            zones.append(Zone(kind="body", start=start, end=start + len(paragraph)))
        start += len(paragraph) + 1
    document = Document(
        source="t.txt", text=text, raw_sha256="0" * 64, zones=tuple(zones), language="en"
    )
    parsed = next(parse_documents([document], model=model))
    entities = find_entities(parsed, read_metadata(parsed))
    claims = find_claims(parsed, entities)
    return claims, {a.id: a.name for a in entities.actors()}


def told(text: str, model: str | None = None) -> list[tuple[str, str]]:
    """(first speaker, words) of each claim that is more than an attitude."""
    claims, names = claims_of(text, model)
    return [(names[c.speakers[0]], c.text) for c in claims if not is_attitude(c)]


def one(text: str) -> Claim:
    claims, _ = claims_of(text)
    assert len(claims) == 1, [c.text for c in claims]
    return claims[0]


@pytest.mark.parametrize(
    "text",
    [
        '"The bridge is safe," Anna Holt said.',
        '"The bridge is safe," said Anna Holt.',
        '"The bridge is safe," said Anna Holt, who runs the harbour.',
        'Anna Holt said: "The bridge is safe,"',
        'Anna Holt told reporters, "The bridge is safe,"',
        "“The bridge is safe,” Anna Holt said.",
        "''The bridge is safe,'' Anna Holt said.",
        '"The bridge is safe, "Anna Holt said.',
        "Anna Holt spoke on Friday. “The bridge is safe,” she said.",
    ],
)
def test_direct_speech_has_its_speaker(text):
    assert told(text) == [("Anna Holt", "The bridge is safe,")]


def test_a_quotation_interrupted_by_its_attribution_is_one_claim():
    claim = one('"The pumps," Anna Holt said, "were switched off at night."')
    assert [p.text for p in claim.parts] == ["The pumps,", "were switched off at night."]
    assert claim.kind == "direct"


def test_a_quotation_after_the_attribution_goes_on():
    claim = one("“We will rebuild,” said Anna Holt. “It will take two years.”")
    assert [p.text for p in claim.parts] == ["We will rebuild,", "It will take two years."]


def test_paragraphs_of_one_speech_are_claims_of_the_speaker_named_at_its_end():
    text = "“They came at dawn. \n“Nobody had time to run,” said Anna Holt."
    assert told(text) == [
        ("Anna Holt", "They came at dawn."),
        ("Anna Holt", "Nobody had time to run,"),
    ]


def test_a_quotation_whose_mark_never_closes_ends_with_its_paragraph():
    text = "Anna Holt said: “The bridge is safe.\nThe harbour stays shut."
    assert told(text) == [("Anna Holt", "The bridge is safe.")]


def test_words_in_the_raw_text_with_curly_marks_inside():
    claim = one("“He said ‘go home’ and I left,” Anna Holt told the court.")
    assert claim.text == "He said ‘go home’ and I left,"


@pytest.mark.parametrize(
    "text",
    [
        'The film, "The Long Night," opens on Friday.',
        "The so-called “peace train” left the station.",
        "The mayor did not say when the vote would be.",
        "A spokesman would not comment.",
    ],
)
def test_titles_scare_quotes_and_silence_are_no_claims(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Anna Holt said that the bridge was safe.", "the bridge was safe"),
        ("Anna Holt said on Friday the bridge was safe.", "the bridge was safe"),
        ("The bridge was safe, Anna Holt said.", "The bridge was safe"),
        ("Anna Holt claims to have won the vote.", "to have won the vote"),
        (
            "Anna Holt accused the rebels of shelling a hospital.",
            "the rebels of shelling a hospital",
        ),
        ("Anna Holt blamed the army for the fire.", "the army for the fire"),
        ("Anna Holt called for new talks.", "new talks"),
        ("Anna Holt vowed to fight on.", "to fight on"),
        ("According to Anna Holt, the bridge was safe.", "the bridge was safe"),
        ("The bridge was safe, according to Anna Holt.", "The bridge was safe"),
        ("Anna Holt asked whether the bridge was safe.", "whether the bridge was safe"),
        ("Anna Holt called the ruling a disgrace.", "the ruling a disgrace"),
        ("Anna Holt said it rained, a sign that the drought had ended.", "it rained"),
    ],
)
def test_the_content_of_indirect_speech(text, words):
    assert told(text) == [("Anna Holt", words)]


def test_content_before_and_after_the_report():
    claim = one("In the north, Anna Holt said, the bridges are safe.")
    assert [p.text for p in claim.parts] == ["In the north", "the bridges are safe"]


def test_two_reports_of_one_subject_are_two_claims():
    text = "Anna Holt said the bridge was safe, adding that the harbour would open."
    assert told(text) == [
        ("Anna Holt", "the bridge was safe"),
        ("Anna Holt", "the harbour would open"),
    ]


def test_denials_carry_what_is_denied():
    denied = one("Anna Holt denied that she had taken money.")
    assert (denied.polarity, denied.stance, denied.speech_act) == ("denied", "denied", "DENY")
    rejected = one("Anna Holt rejected the accusation.")
    assert (rejected.text, rejected.polarity) == ("the accusation", "denied")
    doubted = one("Anna Holt doubts that the truce will hold.")
    assert doubted.polarity == "doubted"


@pytest.mark.parametrize(
    ("text", "stance", "act"),
    [
        ("Anna Holt said the port had closed.", "claimed", None),
        ("Anna Holt said the port would close.", "planned", None),
        ("Anna Holt said the port might close.", "hypothetical", None),
        ("Anna Holt said nobody was hurt.", "denied", None),
        ("Anna Holt threatened to close the port.", "hypothetical", "THREATEN"),
        ("Anna Holt warned that the dam was weak.", "claimed", "WARN"),
        ("Anna Holt promised to open the port.", "planned", "PROMISE"),
        ("Anna Holt urged the army to leave.", "hypothetical", "REQUEST"),
    ],
)
def test_modality_and_speech_act(text, stance, act):
    claim = one(text)
    assert (claim.stance, claim.speech_act) == (stance, act)


def test_mixed_claims_keep_their_quoted_fragments():
    claim = one("Anna Holt said the plan was “a very bad joke” and must go.")
    assert claim.kind == "mixed"
    assert [f.text for f in claim.quoted_fragments] == ["a very bad joke"]


def test_nested_speech_belongs_to_the_inner_speaker():
    claims, names = claims_of("Anna Holt cited Peter Vance as saying that the border was open.")
    assert [names[c.speakers[0]] for c in claims] == ["Peter Vance"]
    assert names[claims[0].cited_by or ""] == "Anna Holt"


def test_outlets_carry_what_others_say():
    claims, names = claims_of("Police said two men fled, the Associated Press reported.")
    assert [c.text for c in claims] == ["two men fled"]
    assert ["Associated Press" in names[v] for v in claims[0].via] == [True]


def test_addressee():
    claims, names = claims_of("Anna Holt told the army that the war was over.")
    assert "army" in names[claims[0].addressee or ""].lower()


def test_cue_and_source_are_words_of_the_text():
    claim = one("Minister Anna Holt said the bridge was safe.")
    assert claim.cue is not None
    assert claim.source is not None
    assert (claim.cue.text, claim.source.text) == ("said", "Minister Anna Holt")


def test_an_unnamed_source_speaks_where_the_text_names_none():
    claims, names = claims_of("It was reported that the ship had sunk.")
    assert [(names[c.speakers[0]], c.text) for c in claims] == [
        ("unnamed sources", "the ship had sunk")
    ]
    assert told("Rebels reportedly seized the ship last week.")[0][0] == "reports"


def test_she_goes_on_speaking_whoever_she_names():
    text = (
        "Anna Holt, the mayor, said the plan had failed. She said Clara Berg had known.\n"
        "She added that nothing could be done."
    )
    assert [speaker for speaker, _ in told(text)] == ["Anna Holt"] * 3


def test_an_unquoted_statement_after_a_colon():
    text = "Anna Holt said:\nI am shocked by the news.\nWe will not rest."
    assert told(text) == [
        ("Anna Holt", "I am shocked by the news."),
        ("Anna Holt", "We will not rest."),
    ]


def test_the_same_text_gives_the_same_claims():
    text = "Anna Holt denied the charge. “It is a lie,” she said, according to the Herald."
    assert claims_of(text) == claims_of(text)


def test_every_span_holds_its_words():
    text = "“We will rebuild,” said Anna Holt. The army denied the “claims of looting” on Friday."
    for claim in claims_of(text)[0]:
        for span in (*claim.parts, *claim.quoted_fragments, claim.cue, claim.source):
            assert span is None or text[span.start : span.end] == span.text


class TestWithoutParse:
    def test_direct_speech_with_a_name_beside_it(self):
        text = "“We will rebuild,” said Angela Merkel. “It will take two years.”"
        claims, _ = claims_of(text, "none")
        assert [p.text for p in claims[0].parts] == ["We will rebuild,", "It will take two years."]
        assert claims[0].kind == "direct"

    def test_an_attributed_sentence_is_a_claim_even_of_an_unnamed_source(self):
        claims, _ = claims_of("The farmers said the river had been poisoned again.", "none")
        assert [c.text for c in claims] == ["the river had been poisoned again"]

    def test_according_to(self):
        claims, _ = claims_of("Ten people were hurt, according to the hospital.", "none")
        assert [c.text for c in claims] == ["Ten people were hurt"]

    def test_plain_narrative_is_no_claim(self):
        assert claims_of("Ten people were hurt in the fire.", "none")[0] == []
