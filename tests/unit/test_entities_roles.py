"""Offices with the years in which somebody held them, where the text says so."""

import pytest

from kg.extract import extract_article
from kg.model import Document, Zone


def roles(text: str) -> list[tuple[str, str | None, str | None]]:
    zones = (Zone(kind="body", start=0, end=len(text)),)
    document = Document(
        source="a.txt", text=text, raw_sha256="0" * 64, zones=zones, date_published="2024-05-15"
    )
    people = [a for a in extract_article(document).actors if a.type == "Person" and a.named]
    return [(r.span.text, r.start, r.end) for a in people for r in a.roles]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Karin Falk, minister from 2001 to 2009, died.", [("minister", "2001", "2009")]),
        ("Karin Falk, mayor since May 2012, resigned.", [("mayor", "2012", None)]),
        ("Karin Falk, governor until 2015, was freed.", [("governor", None, "2015")]),
        ("Karin Falk, a nurse, moved here in 2001.", [("nurse", None, None)]),
        ("Karin Falk, mayor of a town hit in 2012, left.", [("mayor", None, None)]),
        (
            "Bank spokesman Capt. Lars Dahl left.",
            [("Bank spokesman", None, None), ("Capt.", None, None)],
        ),
    ],
)
def test_years_of_an_office(text, found):
    assert roles(text) == found
