"""What claims are about, when they were made and what they do to one another."""

import tomllib
from dataclasses import replace
from pathlib import Path

import kg.extract.claims
from kg.extract import extract_article
from kg.extract.claims import relate_claims
from kg.extract.claims.lexicon import load_lexicon
from kg.extract.dates import find_times
from kg.extract.metadata import read_metadata
from kg.extract.parse import parse_documents
from kg.model import Claim, Document, Event, EventMention, Factuality, Span, Zone

LEXICON = Path(kg.extract.claims.__file__).parents[1] / "lexicon"


def document(text: str) -> Document:
    zones, start = [], 0
    for paragraph in text.split("\n"):
        zones.append(Zone(kind="body", start=start, end=start + len(paragraph)))
        start += len(paragraph) + 1
    return Document(
        source="t.txt",
        text=text,
        raw_sha256="0" * 64,
        zones=tuple(zones),
        language="en",
        date_published="2024-03-06",
    )


def claim(text: str, words: str, speaker: str, cue: str = "said", **more) -> Claim:
    start = text.index(words)
    part = Span.of(text, start, start + len(words))
    at = text.index(cue)
    return Claim(
        id=f"claim-{part.start}-{part.end}",
        kind="indirect",
        parts=(part,),
        text=words,
        speakers=(speaker,),
        cue=Span.of(text, at, at + len(cue)),
        **more,
    )


def event(text: str, trigger: str, *labels: Factuality) -> Event:
    mentions = []
    start = text.find(trigger)
    while start >= 0:
        span = Span.of(text, start, start + len(trigger))
        mentions.append(EventMention(trigger=span, sentence=span))
        start = text.find(trigger, start + 1)
    return Event(
        id=f"event-attack-{mentions[0].trigger.start}",
        type="ATTACK",
        name="attack",
        factuality=labels or (Factuality(value="claimed", by="org-a"),),
        mentions=tuple(mentions),
    )


def relate(text: str, claims: list[Claim], events: list[Event]) -> list[Claim]:
    parsed = next(parse_documents([document(text)]))
    times = find_times(parsed, read_metadata(parsed).reference)
    return relate_claims(claims, events, [], times)


DENIAL = "Army A said the town was shelled. Army B denied that it shelled anything."


def test_a_denial_of_the_same_event_denies_the_claim_about_it():
    claims = [
        claim(DENIAL, "the town was shelled", "org-a"),
        claim(DENIAL, "it shelled anything", "org-b", "denied", polarity="denied", stance="denied"),
    ]
    first, second = relate(DENIAL, claims, [event(DENIAL, "shelled")])
    assert first.about == second.about == ("event-attack-25",)
    assert [(r.relation, r.target) for r in second.relations] == [("denies", first.id)]
    assert first.relations == ()


def test_nobody_denies_what_they_say_themselves():
    claims = [
        claim(DENIAL, "the town was shelled", "org-a"),
        claim(DENIAL, "it shelled anything", "org-a", "denied", polarity="denied"),
    ]
    found = relate(DENIAL, claims, [event(DENIAL, "shelled")])
    assert {r.target for c in found for r in c.relations} <= {"event-attack-25"}


def test_a_phrase_that_points_back_reaches_the_claim_before():
    text = "Army A said the bridge was gone. Army B rejected the accusation."
    claims = [
        claim(text, "the bridge was gone", "org-a"),
        claim(text, "the accusation", "org-b", "rejected", polarity="denied"),
    ]
    _, second = relate(text, claims, [])
    assert second.about == (claims[0].id,)
    assert [(r.relation, r.target) for r in second.relations] == [("denies", claims[0].id)]


def test_the_same_words_of_the_same_speaker_repeat():
    text = "Army A said the old bridge was gone. Again it said the old bridge was gone."
    later = replace(
        claim(text, "the old bridge was gone", "org-a"),
        id="claim-50-73",
        parts=(Span.of(text, 52, 75),),
    )
    found = relate(text, [claim(text, "the old bridge was gone", "org-a"), later], [])
    assert [r.relation for r in found[1].relations] == ["repeats"]


def test_answers_point_at_the_last_other_speaker():
    text = "Army A said the bridge was gone. Army B replied that nobody cared."
    claims = [
        claim(text, "the bridge was gone", "org-a"),
        claim(text, "nobody cared", "org-b", "replied"),
    ]
    found = relate(text, claims, [])
    assert [(r.relation, r.target) for r in found[1].relations] == [("responds_to", claims[0].id)]


def test_time_of_the_utterance_not_of_its_content():
    text = "Army A said on Monday that the bridge had been gone since 2019."
    (found,) = relate(text, [claim(text, "the bridge had been gone since 2019", "org-a")], [])
    assert found.time is not None
    assert found.time.start == "2024-03-04"
    text = "Army A said the bridge fell on Monday."
    (found,) = relate(text, [claim(text, "the bridge fell on Monday", "org-a")], [])
    assert found.time is None


def test_a_whole_article_keeps_targets_within_itself():
    text = (
        "Ruritania accused Graustark of shelling a border town on Monday. "
        "Graustark denied that it had shelled the town. "
        "“Nobody fired a shot,” its president, Anna Holt, said."
    )
    article = extract_article(document(text))
    known = {c.id for c in article.claims} | {e.id for e in article.events}
    known |= {f.id for f in article.figures}
    for found in article.claims:
        assert set(found.about) <= known
        assert {r.target for r in found.relations} <= known
        assert set(found.speakers) <= {a.id for a in article.actors}


def test_every_speech_act_of_the_lexicon_is_in_the_scheme():
    scheme = tomllib.loads((LEXICON / "speech_acts.toml").read_text("utf-8"))["act"]
    codes = {row["code"] for row in scheme}
    lexicon = load_lexicon()
    used = {
        reading.act
        for words in (lexicon.verbs, lexicon.nouns)
        for frames in words.values()
        for reading in frames.values()
    }
    assert used - {None} <= codes
    assert {row["broader"] for row in scheme if "broader" in row} <= codes


def test_forms_without_a_parse():
    forms = load_lexicon().forms
    for form, lemma in {
        "said": "say",
        "denies": "deny",
        "denied": "deny",
        "accusing": "accuse",
        "told": "tell",
        "admitted": "admit",
        "pledges": "pledge",
    }.items():
        assert forms[form] == lemma
