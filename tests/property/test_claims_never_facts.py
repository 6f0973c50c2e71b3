"""No claim becomes a fact: whatever is put inside an attribution, no `schema:Event` rests on it.

Sentences come from a grammar of speakers, ways of attributing and happenings. None of them is an
example of a lexicon; names and places are invented.
"""

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extract import extract_article
from kg.link import link_article
from kg.map import map_articles
from kg.model import Document, Zone
from kg.settings import Settings
from kg.vocabulary import KG, SCHEMA, expand

SPEAKERS = (
    "Interior Minister Ana Petrova",
    "Karim Haddad",
    "a spokesman for the Vostok militia",
    "the governor of Lasko province",
    "rebel commander Tomas Brandt",
    "police",
    "two officials of the ministry",
    "the Harbour Workers' Union",
    "Brenna's mayor, Ines Costa,",
    "the opposition",
)
HAPPENINGS = (
    ("soldiers shelled the village of Dorna on Tuesday", "ATTACK"),
    ("the army arrested 40 students in Lasko", "ARREST"),
    ("gunmen killed two teachers near Brenna", "KILLING"),
    ("rebels seized the airport of Lasko", "SEIZURE"),
    ("government troops invaded the province", "INVASION"),
    ("hundreds of miners protested in Dorna", "PROTEST"),
    ("the president resigned on Monday", "RESIGNATION"),
    ("hackers attacked the central bank", "CYBER_ATTACK"),
    ("the navy intercepted a fishing boat", "INTERCEPTION"),
    ("the court sentenced the editor to six years", "TRIAL"),
    ("the two governments signed a treaty", "AGREEMENT"),
)
FRAMES = (
    "{S} said that {h}.",
    "{S} said {h}.",
    "{H}, {s} said.",
    "{H}, said {s}.",
    "{S} claimed that {h}.",
    "{S} claimed {h}.",
    "According to {s}, {h}.",
    "{H}, according to {s}.",
    "“{H},” {s} said.",
    "“{H},” {s} told reporters.",
    "{S} said: “{H}.”",
    '"{H}," {s} said in a statement.',
    "{S} told the newspaper that {h}.",
    "{S} insisted that {h}.",
    "{S} alleged that {h}.",
    "{S} wrote on Telegram that {h}.",
    "In a statement, {s} said that {h}.",
    "{S} added that {h}.",
    "{S} maintained that {h}.",
    "{S} believes that {h}.",
    "{S} stated on Friday that {h}.",
    "{S} has repeatedly asserted that {h}.",
    "{H}, {s} claimed on Sunday.",
    "As {s} put it, {h}.",
)


def first_upper(words: str) -> str:
    return words[0].upper() + words[1:]


@cache
def graph_of(sentence: str):
    text = sentence + "\n"
    document = Document(
        source="a.txt",
        text=text,
        raw_sha256="0" * 64,
        date_published="2024-03-08",
        zones=(Zone(kind="body", start=0, end=len(sentence)),),
    )
    article = link_article(extract_article(document))
    return article, list(map_articles([article], Settings()))


def typed(quads, kind):
    return [
        q.subject
        for q in quads
        if q.predicate.value == expand("rdf:type") and q.object.value == kind
    ]


@pytest.mark.parametrize("frame", FRAMES)
@settings(max_examples=12, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(speaker=st.sampled_from(SPEAKERS), happening=st.sampled_from(HAPPENINGS))
def test_what_is_attributed_is_there_but_is_no_fact(frame, speaker, happening):
    words, _ = happening
    sentence = frame.format(
        S=first_upper(speaker), s=speaker, h=words, H=first_upper(words)
    ).replace(",,", ",")
    _, quads = graph_of(sentence)
    assert not typed(quads, SCHEMA + "Event"), f"a fact from: {sentence}"
    unconfirmed = typed(quads, KG + "UnconfirmedEvent")
    assert unconfirmed, f"dropped: {sentence}"
    claimed = {q.subject for q in quads if q.predicate.value in (KG + "claimedBy", KG + "deniedBy")}
    assert claimed & set(unconfirmed), f"no claimant: {sentence}"


def test_the_same_happening_in_the_article_s_own_voice_is_a_fact():
    """Without this the property could be had by asserting nothing at all."""
    asserted = 0
    for words, kind in HAPPENINGS:
        article, _ = graph_of(first_upper(words) + ".")
        asserted += any(e.asserted and e.type == kind for e in article.events)
    assert asserted >= len(HAPPENINGS) - 1
