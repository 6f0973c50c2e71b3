from pathlib import Path

import pytest

from kg.model import Document
from kg.read import read_documents

SEEDS = Path(__file__).parents[2] / "seeds"
NAMES = sorted(path.name for path in SEEDS.glob("*.txt"))


def words(document, *wanted):
    return [document.text[z.start : z.end] for z in document.zones if z.kind in wanted]


@pytest.fixture(scope="module")
def seeds():
    found = list(read_documents([SEEDS]))
    assert all(isinstance(d, Document) for d in found)
    return {d.source[:2]: d for d in found}


def test_seven_articles_of_a_usual_length(seeds):
    assert [d.source for d in seeds.values()] == NAMES
    assert len(NAMES) == 7
    for document in seeds.values():
        assert 250 <= len(document.text.split()) <= 500


def test_no_page_furniture_in_the_body(seeds):
    for document in seeds.values():
        body = " ".join(words(document, "body"))
        for strange in (
            "cookies",
            "Photo:",
            "Image:",
            "Read more",
            "2018",
            "2019",
            "Subscribe",
            "©",
            "Correction",
        ):
            assert strange not in body


@pytest.mark.parametrize(
    ("seed", "kind", "start"),
    [
        ("01", "date", "August 17, 2020"),
        ("01", "byline", "Imke Haldane"),
        ("01", "bio", "Imke Haldane"),
        ("01", "caption", "Marchers carry"),
        ("02", "related", "Related stories"),
        ("02", "notice", "Meridian Post uses cookies"),
        ("03", "dateline", "KYIV, Ukraine"),
        ("03", "notice", "This article first appeared in"),
        ("04", "standfirst", "Lukashenko says"),
        ("04", "headline", "Russian troops cross"),
        ("05", "notice", "Correction"),
        ("05", "date", "July 30"),
        ("06", "dateline", "WARSAW"),
        ("07", "body", "What did the protests lead to?"),
    ],
)
def test_each_shape_is_read(seeds, seed, kind, start):
    assert any(text.startswith(start) for text in words(seeds[seed], kind))


def test_what_is_known_beside_the_text(seeds):
    document = seeds["06"]
    assert words(document, "headline") == []
    assert document.date_published == "2022-10-14"
    assert document.authors == ("Anouk Devereaux-Lind",)
    assert all(other.origins == () for key, other in seeds.items() if key != "06")
