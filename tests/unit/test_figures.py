"""Numbers with their bounds, units, events and factuality."""

import pytest

from kg.extract.figures import find_figures
from kg.extract.figures.numbers import find_numbers
from kg.extract.parse import parse_documents
from kg.model import Claim, Document, Event, EventMention, Factuality, Span, Zone


class Speakers:
    """Entities that know one independent outlet."""

    def is_carrier(self, actor):
        return actor == "org-reed"


def parse(text, model=None):
    zone = Zone(kind="body", start=0, end=len(text))
    document = Document(source="x.txt", text=text, raw_sha256="0" * 64, zones=(zone,))
    return next(parse_documents([document], model=model))


def span(text, words):
    start = text.index(words)
    return Span.of(text, start, start + len(words))


def event(text, kind, trigger, *labels):
    found = span(text, trigger)
    return Event(
        id=f"event-{trigger}",
        type=kind,
        name=trigger,
        factuality=labels or (Factuality(value="asserted"),),
        mentions=(EventMention(trigger=found, sentence=Span.of(text, 0, len(text))),),
    )


def figures(text, *events, claims=(), model=None):
    return find_figures(parse(text, model), Speakers(), list(events), list(claims))


@pytest.mark.parametrize(
    ("text", "words", "bound", "value", "unit"),
    [
        ("Some 900 nurses left.", "Some 900 nurses", "approximate", 900, "person"),
        ("At least 7,100 miners left.", "At least 7,100 miners", "minimum", 7100, "person"),
        ("She won more than 60% of it.", "more than 60%", "minimum", 60, "percent"),
        ("She won 60 per cent of it.", "60 per cent", "exact", 60, "percent"),
        ("Nearly 500 miners left.", "Nearly 500 miners", "maximum", 500, "person"),
        ("Up to twelve lorries burned.", "Up to twelve lorries", "maximum", 12, "vehicle"),
        ("Tens of thousands of nurses left.", "Tens of thousands", "multiple", 10000, "person"),
        ("He owes $1.5bn to them.", "$1.5bn", "exact", 1_500_000_000, "USD"),
        ("He owes 500 billion rubles.", "500 billion rubles", "exact", 500_000_000_000, "RUB"),
        ("Twenty-five miners left.", "Twenty-five miners", "exact", 25, "person"),
        ("A dozen cars burned.", "A dozen cars", "exact", 12, "vehicle"),
        ("40 or more miners left.", "40 or more miners", "minimum", 40, "person"),
    ],
)
def test_a_number_has_bound_value_and_unit(text, words, bound, value, unit):
    (figure,) = figures(text)
    told = next(v for v in (figure.value, figure.minimum, figure.maximum) if v is not None)
    assert (figure.span.text, figure.bound, told, figure.unit) == (words, bound, value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Lund, 47, flew an F-4 and a MiG-8.",
        "The 58-year-old read Article 12 on Flight 447.",
        "They met at 5 p.m. on June 3, 2014.",
        "He lives at 10 Mill Street and won 3-2 in the 480th game.",
        "One of them said that no one thing is like another one.",
    ],
)
def test_ages_times_names_and_orders_are_no_figures(text):
    assert find_numbers(text, []) == [] or figures(text) == []


def test_between_gives_a_least_and_a_most():
    low, high = figures("Between 10 and 20 miners left.")
    assert (low.minimum, high.maximum) == (10, 20)


def test_a_figure_is_about_the_event_of_its_clause():
    text = "Police arrested 40 miners while 300 nurses marched."
    arrest, march = event(text, "ARREST", "arrested"), event(text, "PROTEST", "marched")
    found = figures(text, arrest, march)
    assert [(f.about, f.variable) for f in found] == [
        ("event-arrested", "arrested"),
        ("event-marched", "participants"),
    ]


def test_a_share_of_the_vote_is_about_the_election():
    text = "After the election she claimed 60 percent of the vote."
    (figure,) = figures(text, event(text, "ELECTION", "election"))
    assert (figure.about, figure.variable) == ("event-election", "vote-share")


def test_nobody_is_a_number():
    text = "No one was arrested."
    (figure,) = figures(text, event(text, "ARREST", "arrested", Factuality(value="negated")))
    assert (figure.value, figure.unit, figure.factuality[0].value) == (0, "person", "negated")


def test_all_but_one_is_worked_out():
    text = "Police held 33 miners. All but one have been freed."
    held, freed = figures(text, event(text, "HANDOVER", "freed"))
    assert (freed.value, freed.bound, freed.about) == (32, "derived", "event-freed")
    assert held.value == 33


def test_people_told_of_before_are_not_counted_again():
    text = "The two leaders met in Oslo."
    assert [f.about for f in figures(text, event(text, "MEETING", "met"))] == [None]


def test_a_figure_inside_a_claim_is_the_speakers():
    text = "The union said 900 nurses marched."
    marched = event(text, "PROTEST", "marched")

    def claim(speaker):
        part = span(text, "900 nurses marched")
        return Claim(id="c", kind="indirect", parts=(part,), text=part.text, speakers=(speaker,))

    (claimed,) = figures(text, marched, claims=[claim("org-union")])
    (carried,) = figures(text, marched, claims=[claim("org-reed")])
    assert claimed.factuality == (Factuality(value="claimed", by="org-union"),)
    assert carried.factuality == (Factuality(value="asserted"),)


def test_without_a_parse_the_noun_behind_counts():
    text = "Some 900 striking nurses marched."
    (figure,) = figures(text, event(text, "PROTEST", "marched"), model="none")
    assert (figure.value, figure.unit, figure.about) == (900, "person", "event-marched")
