"""Texts, paragraphs and headlines in capitals are read like others."""

import pytest

from kg.extract import extract_article
from kg.extract.casing import restore_case
from kg.model import Document, Zone

STORY = (
    "PRIME MINISTER MARTA OLSEN MET MR BROWN IN LISBON ON MONDAY, THE DEFENCE MINISTRY SAID. "
    "BROWN, WHO HEADS THE NORDIC GRAIN COUNCIL (NGC), TOLD REPORTERS THAT TURKEY AND THE US "
    "WOULD SIGN IN MARCH. THE NGC DID NOT COMMENT."
)


def document(text: str, *zones: Zone) -> Document:
    return Document(
        source="a.txt", text=text, raw_sha256="0" * 64, zones=zones, date_published="2024-05-15"
    )


def test_names_get_their_capitals_back():
    text = restore_case(STORY)
    assert len(text) == len(STORY)
    assert text.casefold() == STORY.casefold()
    for name in ("Prime Minister Marta Olsen", "Mr Brown in Lisbon on Monday", "(NGC)", "The NGC"):
        assert name in text
    for common in ("met", "said. Brown, who heads", "told reporters that Turkey and the US would"):
        assert common in text


@pytest.mark.parametrize(
    "text",
    [
        "The NATO, EU, UN and IMF envoys met in Rome.",
        "WASHINGTON (AP) - A ship of the US Navy left.",
        "He said that nothing had changed.",
        "",
        "ABC 123 XYZ",
        "NATO, EU, UN, IMF, OPEC, ASEAN",
    ],
)
def test_text_with_small_letters_stays(text):
    assert restore_case(text) == text


@pytest.mark.parametrize(
    "text", ["STRAßE İN ǰ THE POLICE SAID ON MONDAY İİ", "ŁÓDŹ WAS THE TOWN OF ŒUVRE"]
)
def test_length_stays_whatever_the_letters(text):
    assert len(restore_case(text)) == len(text)


def test_mixed_case_paragraphs_tell_how_a_word_is_written():
    text = "THE MILLER PLANT AND THE MINE WERE SHUT\nOn Monday the Miller works and a mine shut."
    assert restore_case(text).startswith("The Miller plant and the mine were shut\n")


def test_the_same_actors_and_places_are_found():
    small = restore_case(STORY)
    found = []
    for text in (small, STORY):
        article = extract_article(document(text, Zone(kind="body", start=0, end=len(text))))
        found.append(
            ({a.name for a in article.actors if a.named}, {p.name for p in article.places})
        )
    assert found[0] == found[1]
    assert {"Marta Olsen", "Turkey", "United States"} <= found[0][0]
    assert found[0][1] == {"Lisbon"}


def test_names_in_a_headline_in_capitals():
    head, body = "OLSEN LEAVES LISBON", "Marta Olsen left Lisbon on Monday, the ministry said."
    text = f"{head}\n{body}"
    zones = (
        Zone(kind="headline", start=0, end=len(head)),
        Zone(kind="body", start=len(head) + 1, end=len(text)),
    )
    article = extract_article(document(text, *zones))
    lisbon = next(p for p in article.places if p.name == "Lisbon")
    assert [m.span.text for m in lisbon.mentions] == ["LISBON", "Lisbon"]


@pytest.mark.bench
def test_time_is_linear():
    import time

    def seconds(size: int) -> float:
        text = ("THE MINISTER OF HEALTH TOLD JOHN SMITH IN PARIS THAT IT WAS OVER. " * size).strip()
        started = time.process_time()
        restore_case(text)
        return time.process_time() - started

    seconds(10)
    assert seconds(4000) < 25 * max(seconds(400), 0.01)
