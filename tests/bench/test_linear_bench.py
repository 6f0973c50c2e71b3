"""No input makes the extraction quadratic: four times the text takes about four times the time.

The rules alone are measured, since the parse is spaCy's; both are printed.
"""

import hashlib
import random
import time

import pytest

from kg.extract import extract_articles
from kg.extract.parse import parse_documents
from kg.model import Article, Document, Zone

pytestmark = pytest.mark.bench
FACTOR, LIMIT = 4, 6.0
WHO = ("Anna Brandt", "Mr. Kessler", "the ministry", "police", "the Harbour Union", "Ivan Petrov")
WHERE = ("Riga", "Mosul", "Lagos", "Lasko", "Port Alba")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def one_line(pick: random.Random, number: int) -> str:
    who = pick.choice(WHO)
    return f"{who.capitalize()} arrested {number} people in {pick.choice(WHERE)}, the mayor said."


def quotations(pick: random.Random, number: int) -> str:
    return f'"The strike number {number} will go on," said {pick.choice(WHO)} on Monday.'


def open_marks(pick: random.Random, number: int) -> str:
    return f'"Strike {number} was called by {pick.choice(WHO)} and said so'


def numbers(_pick: random.Random, number: int) -> str:
    return f"{number + 3} people were hurt and {number * 7 + 1} houses burned near Port {number}."


def names(pick: random.Random, number: int) -> str:
    first, last = LETTERS[number % 26].upper(), LETTERS[number // 26 % 26] + LETTERS[number % 23]
    return f"{first}orin Kelson{last} met {pick.choice(WHO)} and {first}ana Mel{last} in Oslo."


def events(pick: random.Random, _number: int) -> str:
    day = pick.choice(("Monday", "May 3", "Friday"))
    return f"{pick.choice(WHO).capitalize()} attacked {pick.choice(WHERE)} on {day}."


def document(make, count: int) -> Document:
    pick = random.Random(7)
    text = " ".join(make(pick, number) for number in range(count))
    digest = hashlib.sha256(text.encode()).hexdigest()
    zones = (Zone(kind="body", start=0, end=len(text)),)
    return Document(source="long.txt", text=text, raw_sha256=digest, zones=zones, language="en")


def seconds_of(work) -> float:
    clock = time.process_time()
    work()
    return time.process_time() - clock


@pytest.mark.parametrize(
    ("make", "count"),
    [
        (one_line, 5000),  # 300,000 characters in one line
        (quotations, 2500),  # 5,000 quotation marks
        (open_marks, 5000),
        (numbers, 1000),  # 3,000 numbers
        (names, 1500),  # 3,000 names
        (events, 3000),
    ],
)
def test_four_times_the_text_takes_four_times_the_time(make, count):
    list(extract_articles([document(make, 50)]))  # warm: lexicons, authority, gazetteer
    found = {}
    for size in (count // FACTOR, count):
        text = document(make, size)
        parse = seconds_of(lambda text=text: list(parse_documents([text])))
        whole = seconds_of(lambda text=text: _extract(text))
        found[size] = (parse, max(whole - parse, 0.01))
    (_, small), (parse, large) = found.values()
    print(
        f"\n{make.__name__}: {count} times, {len(text.text):,} characters: rules x"
        f"{large / small:.1f} for {FACTOR} times the text (limit {LIMIT}); rules / parse "
        f"{large / parse:.1f}"
    )
    assert large / small <= LIMIT


def _extract(text: Document) -> None:
    (article,) = extract_articles([text])
    assert isinstance(article, Article)
