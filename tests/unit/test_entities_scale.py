"""Many names, many descriptions: the time goes with the length of the text."""

import time

import pytest

from kg.extract.entities import find_entities
from kg.extract.metadata import read_metadata
from kg.extract.parse import parse_documents
from kg.model import Document, Zone

_SYLLABLES = ("ba", "ko", "ri", "ta", "ve", "lo", "mi", "nu", "sha", "dre", "zol", "kan", "pet")


def name(number: int) -> str:
    parts = []
    for _ in range(4):
        number, rest = divmod(number, len(_SYLLABLES))
        parts.append(_SYLLABLES[rest])
    return "".join(parts).capitalize()


PATTERNS = {
    "people": lambda i: f"{name(7 * i)} {name(3 * i + 1)} said that he met {name(i)}. ",
    "one surname": lambda i: f"John {name(i)} met Mr Dahl and Ann Dahl and Lars Dahl. Dahl left. ",
    "bodies": lambda i: f"The {name(i)} Council ({name(i)[:3].upper()}) sued. The company paid. ",
    "offices": lambda i: f"President {name(i)} spoke. The French president left. They agreed. ",
    "reports": lambda i: f"The report said so. {name(i)} officials paid. ",
}


def seconds(sentence, count: int) -> float:
    text = "".join(sentence(i) for i in range(count)).strip()
    zones = (Zone(kind="body", start=0, end=len(text)),)
    document = Document(source="a.txt", text=text, raw_sha256="0" * 64, zones=zones, language="en")
    parsed = next(parse_documents([document], model="none"))
    about = read_metadata(parsed)
    started = time.process_time()
    entities = find_entities(parsed, about)
    for token in parsed.doc:
        entities.speaker_of(token)
    return time.process_time() - started


@pytest.mark.parametrize("kind", sorted(PATTERNS))
@pytest.mark.bench
def test_time_is_linear(kind):
    seconds(PATTERNS[kind], 20)
    small = min(seconds(PATTERNS[kind], 150) for _ in range(2))
    assert seconds(PATTERNS[kind], 1200) < 24 * max(small, 0.02)
