"""Quotation marks: straight, curly, doubled, unclosed, misdirected, over paragraphs."""

import pytest

from kg.extract.claims.quotes import find_quotes, is_utterance
from kg.model import Zone


def inner(text: str) -> list[str]:
    zones, start = [], 0
    for paragraph in text.split("\n"):
        zones.append(Zone(kind="body", start=start, end=start + len(paragraph)))
        start += len(paragraph) + 1
    return [text[a:b] for q in find_quotes(text, zones) for a, b in q.ranges]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('He said "one" and "two".', ["one", "two"]),
        ("He said “one” and “two”.", ["one", "two"]),
        ("He said ''one'' and ''two''.", ["one", "two"]),
        ("He said ``one'' there.", ["one"]),
        ("“Never mind the rest.", ["Never mind the rest."]),
        ("‘We were never asked,’ he said.", ["We were never asked,"]),
        ("The farmers' plan and the miners' plan differ.", []),
        ('A 5" screen.', []),
        ("“It is over,“ he said.", ["It is over,"]),
        ("“One. “Two.”", ["One.", "Two."]),
        ("“”", []),
    ],
)
def test_pairs(text, found):
    assert inner(text) == found


def test_a_quotation_can_run_over_a_paragraph():
    text = '"The first part.\nThe second part," he said. "The third."'
    assert inner(text) == ["The first part.", "The second part,", "The third."]


def test_a_new_opening_mark_leaves_the_paragraph_before_open():
    text = "“The first part.\n“The second part,” he said."
    zones = [Zone(kind="body", start=0, end=16), Zone(kind="body", start=17, end=len(text))]
    first, second = find_quotes(text, zones)
    assert (first.closed, second.closed) == (False, True)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("“We will go,” he said", True),
        ("a “great” idea", False),
        ("the “worst of times” came", False),
    ],
)
def test_shape_of_an_utterance(text, whole):
    (quote,) = find_quotes(text, [Zone(kind="body", start=0, end=len(text))])
    assert is_utterance(text, quote) is whole
