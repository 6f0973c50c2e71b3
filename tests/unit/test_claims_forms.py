"""The same claims whatever the marks and the order; attitudes apart; work linear in the text."""

import time

import pytest

from kg.extract import extract_article
from kg.extract.claims import find_claims, is_attitude
from kg.extract.entities import find_entities
from kg.extract.metadata import read_metadata
from kg.extract.parse import parse_documents
from kg.model import Document, Zone
from tests.unit.test_claims import claims_of

_QUOTED = "{o}The ferry sank in the night,{c} Anna Holt said. {o}We saw no boat.{c}"


@pytest.mark.parametrize("marks", ['""', "“”", "«»", "''", "‘’"])
def test_marks_of_any_kind_hold_the_same_words(marks):
    claims, names = claims_of(_QUOTED.format(o=marks[0], c=marks[1]))
    assert [(c.kind, names[c.speakers[0]], c.text) for c in claims] == [
        ("direct", "Anna Holt", "The ferry sank in the night, We saw no boat.")
    ]


def test_paragraphs_in_another_order_keep_their_own_speakers():
    paragraphs = [
        '"The ferry sank in the night," Anna Holt said.',
        '"Nobody warned us," Peter Lindqvist said.',
        "The police said that 40 people were missing.",
    ]

    def read(order: list[str]) -> set[tuple[str, str]]:
        claims, names = claims_of("\n".join(order))
        return {(names[c.speakers[0]], c.text) for c in claims}

    assert read(paragraphs) == read(paragraphs[::-1])


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Anna Holt opposes the sale of the port.", "OPPOSE"),
        ("Anna Holt backs the sale of the port.", "FAVOR"),
        ("Anna Holt plans to sell the port.", "INTEND"),
        ("Anna Holt mentioned the sale of the port.", "MENTION"),
        ("Anna Holt is worried about the sale of the port.", "VIEW"),
    ],
)
def test_attitudes_are_claims_of_their_own_acts(text, act):
    claims, _ = claims_of(text)
    assert [(c.speech_act, is_attitude(c)) for c in claims] == [(act, True)]


def test_a_happening_that_somebody_only_opposes_stays_told():
    text = "Anna Holt opposed the arrest of two divers by police in Milton."
    zone = Zone(kind="body", start=0, end=len(text))
    article = extract_article(
        Document(source="t.txt", text=text, raw_sha256="0" * 64, zones=(zone,), language="en")
    )
    assert [e.factuality[0].value for e in article.events if e.type == "ARREST"] == ["asserted"]


@pytest.mark.parametrize(
    "unit",
    [
        '"The road was closed," Anna Holt said. "We left it." ',
        "He said that she said that they said that it was so and ",
        'The mayor told us: "They came and the “guards" fled. Some said the "bridge was gone. ',
        "the harbour opened when it rained and they left the port, ",
    ],
)
@pytest.mark.bench
def test_the_work_grows_no_faster_than_the_text(unit):
    def cost(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        zone = Zone(kind="body", start=0, end=size)
        document = Document(
            source="t.txt", text=text, raw_sha256="0" * 64, zones=(zone,), language="en"
        )
        parsed = next(parse_documents([document]))
        entities = find_entities(parsed, read_metadata(parsed))
        started = time.process_time()
        find_claims(parsed, entities)
        return time.process_time() - started

    cost(2000)
    assert cost(24000) < 9 * max(cost(6000), 0.02)  # four times the text; sixteen if quadratic
