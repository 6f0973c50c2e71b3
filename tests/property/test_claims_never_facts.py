"""No claim becomes a fact: whatever is put inside an attribution, no `schema:Event` rests on it.

Sentences come from a grammar of speakers, ways of attributing and happenings. None of them is an
example of a lexicon; names and places are invented.
"""

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extract import extract_article, extract_articles
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
    "{H}, as {s} put it.",
    "{S} said the ministry had told her that {h}.",
    "{S} denied that {h}.",
    "{S} denied reports that {h}.",
    "{S}’s claim that {h} could not be verified.",
    "The claim by {s} that {h} was met with silence.",
    "{H}, {s} was quoted as saying.",
    "“{H},” {s} was quoted as saying.",
    "{S} warned that {h}.",
    "{S} feared that {h}.",
    "{S} grumbled that {h}.",
    "{S} is convinced that {h}.",
    "{S} was adamant that {h}.",
    "{S} let it be known that {h}.",
    "{S} posted on social media: {h}.",
    "{S} spread the rumour that {h}.",
    "{S} has said again and again, without offering any proof, that {h}.",
    "In the words of {s}, {h}.",
    "By the account of {s}, {h}.",
    "From what {s} said, {h}.",
    "{H} – or so {s} says.",
    "Reportedly, {h}.",
    "Word has spread that {h}.",
    "There were unconfirmed reports that {h}.",
    "{S}: {h}.",
    "{H}: {s}",
    "{H}, says {s}.",
    "{H} – {s}",
    "“{H}” – {s}",
    "{H} (according to {s}).",
    "{S}’s account is that {h}.",
    "On the telling of {s}, {h}.",
    "If {s} is to be believed, {h}.",
    "{H}, {s} has claimed.",
    "{S} has claimed: “{H}.”",
    "{H}, if the claims of {s} are true.",
    "{S} tweeted that {h}.",
    "In a tweet, {s} said {h}.",
    "A leaked report says that {h}.",
    "An official who asked not to be named said that {h}.",
    "It emerged on Friday, according to {s}, that {h}.",
    "It is alleged that {h}.",
    "It was reported that {h}.",
    "{S} described how {h}.",
    "{S} recounted how {h}.",
    "{S} told how {h}.",
    "{S} gave an interview in which he said that {h}.",
    "{S} published a video which, he says, shows how {h}.",
    "In the version of {s}, {h}.",
    "In an open letter, {s} complained that {h}.",
    "{S}, citing witnesses, said {h}.",
    "Citing {s}, the state news agency said that {h}.",
    "{S} repeated the allegation that {h}.",
    "The statement from {s} said {h}.",
    "{H}, a statement from {s} said.",
    "{H}, it said in a statement by {s}.",
    "{S} is of the opinion that {h}.",
    "{S} says it was then that {h}.",
    "Asked about the day, {s} replied that {h}.",
    "{H}, in the words of {s}.",
    "{H}, or so {s} claims.",
    "Rumour has it that {h}.",
    "{S} would have us believe that {h}.",
    "{S} – who was not there – insists {h}.",
    "{H}, {s} told the court on Monday.",
    "{S} is quoted by the newspaper as saying {h}.",
    "{S} said in an interview broadcast on Sunday evening that {h}.",
)
# These tell of a happening of their own, a suit or a testimony, that is a fact.
TELLING = (
    "A lawsuit filed by {s} says that {h}.",
    "Court papers filed by {s} allege that {h}.",
    "{S} testified under oath that {h}.",
    "{H}, {s} testified.",
)
ACCUSED = (
    ("{S} accused {a} of shelling the village of Dorna.", "ATTACK"),
    ("{S} accused {a} of killing two teachers near Brenna.", "KILLING"),
    ("{S} blamed {a} for shelling the village of Dorna.", "ATTACK"),
    ("{A} is said to have shelled the village of Dorna.", "ATTACK"),
    ("{A} is believed to have seized the airport of Lasko.", "SEIZURE"),
    ("{A} allegedly arrested 40 students in Lasko.", "ARREST"),
    ("{A} reportedly arrested 40 students in Lasko.", "ARREST"),
    ("{A} stands accused of arresting 40 students.", "ARREST"),
    ("{S} denied that {a} shelled the village of Dorna.", "ATTACK"),
)
ACCUSED_ONES = ("the army", "the Vostok militia", "the neighbouring state")
QUESTIONS = (
    "Did the army shell the village of Dorna?",
    "Who ordered the arrest of 40 students?",
    "Have rebels seized the airport of Lasko?",
)
OWN_VOICE = (
    ("After the army arrested 40 people, the minister said he was shocked.", "ARREST"),
    ("Ana Petrova, who was arrested on Monday, said she was well.", "ARREST"),
    ("Ana Petrova, who was arrested on Monday, told reporters on Friday.", "ARREST"),
    ("Rebels seized the airport of Lasko on Monday, and the mayor said he was shocked.", "SEIZURE"),
    ("Soldiers shelled the village of Dorna, but the governor said nothing.", "ATTACK"),
    ("The mayor, whom gunmen attacked on Sunday, spoke to reporters.", "ATTACK"),
    ("Gunmen killed two teachers near Brenna while the governor was speaking.", "KILLING"),
    ("The army arrested 40 students, the ministry’s second operation this week.", "ARREST"),
    ("Rebels seized the airport of Lasko: the governor fled.", "SEIZURE"),
    ("The army arrested one man: Tomas Brandt.", "ARREST"),
    ("The army arrested three rebels – a commander and two guards.", "ARREST"),
    ("Lasko: Rebels seize airport", "SEIZURE"),
    ("Two things happened on Monday: rebels seized the airport of Lasko.", "SEIZURE"),
    ("The army arrested 40 students, which the union condemned.", "ARREST"),
    ("The army arrested 40 students, as it had in May.", "ARREST"),
    ("It is known who shelled Dorna: government troops shelled the village.", "ATTACK"),
)
BESIDE = (
    "Gunmen killed two teachers near Brenna on Sunday, which the militia denied.",
    "Soldiers shelled the village of Dorna on Tuesday, which the army disputed.",
)


def first_upper(words: str) -> str:
    return words[0].upper() + words[1:]


def document_of(sentence: str) -> Document:
    return Document(
        source="a.txt",
        text=sentence + "\n",
        raw_sha256="0" * 64,
        date_published="2024-03-08",
        zones=(Zone(kind="body", start=0, end=len(sentence)),),
    )


@cache
def graph_of(sentence: str):
    article = link_article(extract_article(document_of(sentence)))
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
    sentence = frame.format(S=first_upper(speaker), s=speaker, h=words, H=first_upper(words))
    sentence = sentence.replace(",,", ",").replace(",’s", "’s")
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


@pytest.mark.parametrize(("frame", "kind"), ACCUSED)
@pytest.mark.parametrize("accused", ACCUSED_ONES)
@pytest.mark.parametrize("speaker", SPEAKERS[:4])
def test_what_somebody_is_accused_of_is_no_fact(frame, kind, accused, speaker):
    sentence = frame.format(
        S=first_upper(speaker), s=speaker, a=accused, A=first_upper(accused)
    ).replace(",,", ",")
    article, quads = graph_of(sentence)
    assert not typed(quads, SCHEMA + "Event"), f"a fact from: {sentence}"
    assert kind in {e.type for e in article.events}, f"dropped: {sentence}"


@pytest.mark.parametrize("sentence", QUESTIONS)
def test_a_question_tells_no_fact(sentence):
    _, quads = graph_of(sentence)
    assert not typed(quads, SCHEMA + "Event")


def test_what_is_denied_is_denied_by_the_one_who_does():
    article, _ = graph_of("Karim Haddad denied that the army arrested 40 students in Lasko.")
    event = next(e for e in article.events if e.type == "ARREST")
    assert [f.value for f in event.factuality] == ["denied"]


def test_without_a_parse_nothing_attributed_is_a_fact():
    """And the happenings of the article's own voice still are."""
    made = [
        document_of(
            frame.format(S=first_upper(speaker), s=speaker, h=words, H=first_upper(words)).replace(
                ",,", ","
            )
        )
        for frame in FRAMES
        for speaker in SPEAKERS[:3]
        for words, _ in HAPPENINGS
    ]
    articles = extract_articles(made, Settings(model="none"))
    assert not [
        d.text for d, a in zip(made, articles, strict=True) if any(e.asserted for e in a.events)
    ]
    plain = [document_of(first_upper(words) + ".") for words, _ in HAPPENINGS]
    told = extract_articles(plain, Settings(model="none"))
    assert sum(any(e.asserted for e in a.events) for a in told) >= len(HAPPENINGS) - 3


@pytest.mark.parametrize("frame", TELLING)
@pytest.mark.parametrize("speaker", SPEAKERS[:4])
@pytest.mark.parametrize(("words", "kind"), HAPPENINGS[:4])
def test_what_a_suit_or_a_witness_tells_is_no_fact(frame, speaker, words, kind):
    sentence = frame.format(S=first_upper(speaker), s=speaker, h=words, H=first_upper(words))
    article, _ = graph_of(sentence)
    assert {e.asserted for e in article.events if e.type == kind} == {False}, sentence


@pytest.mark.parametrize("sentence", BESIDE)
def test_a_denial_beside_what_the_article_tells_is_kept_with_it(sentence):
    article, _ = graph_of(sentence)
    assert [f.value for f in article.events[0].factuality] == ["asserted", "denied"]


@pytest.mark.parametrize(("sentence", "kind"), OWN_VOICE)
def test_the_article_s_own_clause_beside_a_report_stays_a_fact(sentence, kind):
    article, _ = graph_of(sentence)
    assert any(e.asserted and e.type == kind for e in article.events)


def test_what_is_joined_to_a_reported_clause_is_reported_too():
    """A verb of attacks that also is one of speech does not end what the minister said."""
    verbs = (
        "attacked", "shelled", "bombed", "seized", "captured", "raided", "stormed", "looted",
        "burned", "occupied", "invaded", "arrested", "detained", "killed", "shot", "beat",
        "abducted", "expelled", "blockaded", "condemned", "challenged", "targeted", "protested",
        "charged", "ordered", "sanctioned",
    )  # fmt: skip
    texts = [
        f"The minister {said} that rebels had crossed the river and {verb} the traders."
        for verb in verbs
        for said in ("said", "claimed")
    ]
    articles = list(extract_articles([document_of(text) for text in texts]))
    found = [(text, e) for text, a in zip(texts, articles, strict=True) for e in a.events]
    assert len(found) >= 20
    assert [(text, e.type) for text, e in found if e.asserted] == []
