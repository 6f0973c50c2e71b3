"""Tiny corpora in the forms of MEANTIME, PolNeAR and re3d, whose scores are known by hand."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluate import meantime, pages, polnear, re3d
from kg.evaluate.cat_text import rebuild_text
from kg.evaluate.gold_set import key_of
from kg.evaluate.matching import pair_up, sentence_at
from kg.evaluate.runs import _extract
from kg.evaluate.scores import Accuracy, Mistake, Prf, SetScores
from kg.extract import prepare_articles
from kg.model import (
    Actor,
    Article,
    Claim,
    Document,
    Event,
    EventMention,
    Factuality,
    Mention,
    Place,
    Span,
)
from kg.settings import Settings

RULES = Settings(model="none")


def article_of(document: Document, **parts: tuple) -> Article:
    return Article(
        id="0" * 16,
        source=document.source,
        text_sha256="0" * 64,
        text_length=len(document.text),
        raw_sha256=document.raw_sha256,
        language="en",
        **parts,
    )


def span(text: str, words: str, after: int = 0) -> Span:
    start = text.index(words, after)
    return Span.of(text, start, start + len(words))


def event(text: str, words: str, *labels: str) -> Event:
    where = span(text, words)
    return Event(
        id=f"event-{words}",
        type="MEETING",
        name=words,
        factuality=tuple(Factuality(value=label) for label in labels),
        mentions=(EventMention(trigger=where, sentence=where),),
    )


def score(gold, **parts: tuple) -> SetScores:
    document = gold.documents()[0]
    return gold.score({key_of(document.source): article_of(document, **parts)})


def mistakes(scores: SetScores, kind: str, column: str) -> list[Mistake]:
    return [m for m in scores.mistakes if (m.kind, m.column) == (kind, column)]


# ---- MEANTIME

LINES = (
    "Harbour firm to close yard",
    "May 3 , 2011",
    "Velmora Lines closed its yard and met the unions , it said .",
    "Talks did not resume .",
    "It may sell ships and will pay wages .",
    "Two ferries sank .",
    "Workers marched .",
    "Nobody annotated that strikes went on .",
)
# words of a mention -> certainty, polarity, time
EVENTS = (
    (("close",), ("CERTAIN", "POS", "FUTURE")),
    (("closed",), ("CERTAIN", "POS", "NON_FUTURE")),
    (("met",), ("CERTAIN", "POS", "NON_FUTURE")),
    (("said",), ("CERTAIN", "POS", "NON_FUTURE")),
    (("resume",), ("CERTAIN", "NEG", "NON_FUTURE")),
    (("sell",), ("POSSIBLE", "POS", "FUTURE")),
    (("pay", "wages"), ("CERTAIN", "POS", "FUTURE")),
    (("sank",), ("CERTAIN", "POS", "NON_FUTURE")),
    (("sank",), ("CERTAIN", "POS", "NON_FUTURE")),
    (("ferries", "sank"), ("", "", "")),
    (("ships",), ("", "", "")),
)


def cat_file(folder: Path) -> Path:
    ids, tokens = {}, []
    for sentence, line in enumerate(LINES):
        for word in line.split():
            number = len(tokens) + 1
            ids.setdefault(word, number)
            tokens.append(f'<token t_id="{number}" sentence="{sentence}">{word}</token>')
    marks = []
    for number, (words, (certainty, polarity, time)) in enumerate(EVENTS):
        anchors = "".join(f'<token_anchor t_id="{ids[word]}"/>' for word in words)
        head = f'm_id="{number}" certainty="{certainty}" polarity="{polarity}" time="{time}"'
        marks.append(f"<EVENT_MENTION {head}>{anchors}</EVENT_MENTION>")
    body = "\n".join([*tokens, "<Markables>", *marks, "</Markables>"])
    path = folder / "meantime" / "dev" / "HARBOUR_1.txt.xml"
    path.parent.mkdir(parents=True)
    path.write_text(f'<Document doc_name="HARBOUR_1">\n{body}\n</Document>', encoding="utf-8")
    return path


@pytest.fixture
def harbour(tmp_path: Path):
    cat_file(tmp_path)
    (gold,) = meantime.find_sets(tmp_path)
    return gold


def test_meantime_text_looks_like_an_article(harbour) -> None:
    (document,) = harbour.documents()
    assert (harbour.name, harbour.kind, document.source) == (
        "meantime/dev",
        "MEANTIME",
        "HARBOUR_1.txt",
    )
    assert document.text.startswith(
        "Harbour firm to close yard\n\nMay 3, 2011\n\nVelmora Lines closed its yard and met the "
        "unions, it said. Talks did not resume. "
    )
    assert document.text.count("\n\n") == 3
    assert [zone.kind for zone in document.zones][:2] == ["headline", "date"]


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("He said `` we 're done '' .", 'He said "we\'re done".'),
        ('A " fine " day ( so far ) : 5 % up', 'A "fine" day (so far): 5% up'),
        ("They do n't pay US$ 5 , or £ 3", "They don't pay US$5, or £3"),
        ("Ann ’ s and the miners ' boats", "Ann’s and the miners' boats"),
    ],
)
def test_tokens_are_joined_as_people_write(tokens: str, text: str) -> None:
    from xml.etree import ElementTree as ET

    root = ET.Element("Document")
    for number, word in enumerate(tokens.split()):
        ET.SubElement(root, "token", t_id=str(number), sentence="0").text = word
    cat = rebuild_text(root)
    assert cat.text == text
    words = [text[start:end] for start, end in cat.places.values()]
    assert [w for w in words if w != '"'] == [
        w for w in tokens.split() if w not in {"``", "''", '"'}
    ]


def test_paragraphs_do_not_end_inside_a_quotation() -> None:
    from xml.etree import ElementTree as ET

    lines = ["A title", "One .", "Two .", "Three .", "`` Four .", "Five .", "Six . ''", "Seven ."]
    root = ET.Element("Document")
    for number, line in enumerate(lines):
        for place, word in enumerate(line.split()):
            name = f"{number}-{place}"
            ET.SubElement(root, "token", t_id=name, sentence=str(number)).text = word
    assert rebuild_text(root).text == ('A title\n\nOne. Two. Three. "Four. Five. Six."\n\nSeven.')


def test_every_column_of_the_corpora_is_explained(harbour) -> None:
    assert list(harbour.score({}).columns) == list(meantime.COLUMNS)


def test_meantime_mentions_are_counted_one_to_one(harbour) -> None:
    text = harbour.documents()[0].text
    scores = score(
        harbour,
        events=(
            event(text, "closed", "asserted"),
            event(text, "met the unions", "claimed"),
            event(text, "firm", "asserted"),
            event(text, "strikes", "asserted"),  # beyond the annotated sentences
        ),
        claims=(
            Claim(
                id="claim-1",
                kind="indirect",
                parts=(span(text, "Velmora Lines closed its yard"),),
                text="Velmora Lines closed its yard",
                speakers=("org-velmora",),
                cue=span(text, "said"),
            ),
        ),
    )
    # nine mentions: the double one counts once, the longer view without attributes not at all
    assert scores.columns["events.mentions"] == Prf(2, 1, 7)
    assert scores.columns["events.mentions_body"] == Prf(2, 0, 6)
    assert scores.columns["events.mentions_with_speech"] == Prf(3, 1, 6)
    assert [m.found for m in mistakes(scores, "invented", "events.mentions")] == ["firm"]
    missed = mistakes(scores, "missed", "events.mentions")
    assert [m.gold for m in missed] == [
        "close",
        "said",
        "resume",
        "sell",
        "ships",
        "pay wages",
        "sank",
    ]
    assert missed[2].sentence == "Talks did not resume."


def test_meantime_factuality_of_what_was_found(harbour) -> None:
    text = harbour.documents()[0].text
    scores = score(
        harbour,
        events=(
            event(text, "closed", "asserted"),
            event(text, "met", "planned"),
            event(text, "resume", "asserted"),
            event(text, "sell", "hypothetical"),
            event(text, "wages", "claimed", "planned"),
            event(text, "sank", "claimed"),
            event(text, "ships", "negated"),  # no attributes: not asked
        ),
    )
    columns = scores.columns
    assert columns["factuality.not_asserted"] == Prf(2, 1, 1)
    assert columns["factuality.asserted"] == Accuracy(2, 3)
    assert columns["factuality.negated"] == Accuracy(0, 1)
    assert columns["factuality.uncertain"] == Accuracy(1, 1)
    assert columns["factuality.future"] == Accuracy(1, 1)
    wrong = [(m.gold, m.found) for m in scores.mistakes if m.kind == "wrong"]
    assert wrong == [("met: asserted", "met: planned"), ("resume: negated", "resume: asserted")]


def test_a_claimed_event_takes_the_stance_of_its_claim(harbour) -> None:
    text = harbour.documents()[0].text
    one = event(text, "wages", "claimed")
    said = Claim(
        id="claim-2",
        kind="indirect",
        parts=(span(text, "will pay wages"),),
        text="will pay wages",
        speakers=("org-velmora",),
        stance="planned",
        about=(one.id,),
    )
    article = article_of(harbour.documents()[0], events=(one,), claims=(said,))
    assert meantime.event_label(one, article) == "planned"
    assert meantime.event_label(one, replace(article, claims=())) == "claimed"


def test_a_missing_record_is_an_empty_one(harbour) -> None:
    assert harbour.score({}).columns["events.mentions"] == Prf(0, 0, 9)


# ---- PolNeAR

SPEECH = (
    "Mayor Ana Rusk said the bridge will open in June. “We kept our word,” she added.\n"
    "\n"
    "According to auditors, the costs doubled. Critics doubt it.\n"
)


def brat_files(folder: Path) -> None:
    rows = [
        ("Source", "Mayor Ana Rusk"),
        ("Cue", "said"),
        ("Content", "the bridge will open in June"),
        ("Content", "“We kept our word,”"),
        ("Source", "she"),
        ("Cue", "added"),
        ("Source", "auditors"),
        ("Cue", "According to"),
        ("Content", "the costs doubled"),
        ("Source", "Critics"),
        ("Cue", "doubt"),
    ]
    lines = []
    for number, (role, words) in enumerate(rows, 1):
        start = SPEECH.index(words + " ") if words == "she" else SPEECH.index(words)
        lines.append(f"T{number}\t{role} {start} {start + len(words)}\t{words}")
    lines += [
        "E1\tCue:T2 Source:T1 Content:T3",
        "E2\tCue:T6 Source:T5 Content:T4",
        "E3\tCue:T8 Source:T7 Content:T9",
        "E4\tCue:T11 Source:T10",
    ]
    base = folder / "polnear" / "dev"
    (base / "text").mkdir(parents=True)
    (base / "attributions").mkdir()
    (base / "text" / "bridge.txt").write_text(SPEECH, encoding="utf-8", newline="")
    (base / "attributions" / "bridge_0a1f.ann").write_text("\n".join(lines), encoding="utf-8")


def claim(words: str, kind: str, speaker: str, source: str | None = None) -> Claim:
    part = span(SPEECH, words)
    return Claim(
        id=f"claim-{part.start}-{part.end}",
        kind=kind,
        parts=(part,),
        text=words,
        speakers=(speaker,),
        source=span(SPEECH, source) if source else None,
    )


@pytest.fixture
def bridge(tmp_path: Path):
    brat_files(tmp_path)
    (gold,) = polnear.find_sets(tmp_path)
    return gold


def test_polnear_contents_and_sources(bridge) -> None:
    rusk = Actor(
        id="person-rusk",
        name="Ana Rusk",
        type="Person",
        mentions=(Mention(span=span(SPEECH, "Ana Rusk")),),
    )
    critics = Actor(
        id="group-critics",
        name="critics",
        type="Group",
        mentions=(Mention(span=span(SPEECH, "Critics"), kind="nominal"),),
    )
    scores = score(
        bridge,
        actors=(rusk, critics),
        claims=(
            claim("the bridge will open", "indirect", "person-rusk"),  # by a mention
            claim("We kept our word,", "direct", "person-rusk"),  # no mention at "she"
            claim("doubled", "indirect", "group-critics", "Critics"),  # too little of it
        ),
    )
    assert (bridge.name, scores.documents) == ("polnear/dev", 1)
    assert scores.columns["content"] == Prf(2, 1, 1)
    assert scores.columns["content.direct"] == Prf(1, 0, 0)
    assert scores.columns["content.indirect"] == Prf(1, 1, 1)
    assert scores.columns["source"] == Accuracy(1, 2)
    assert [m.gold for m in mistakes(scores, "missed", "content.indirect")] == [
        "auditors: the costs doubled"
    ]
    assert [m.found for m in mistakes(scores, "invented", "content.indirect")] == [
        "Critics: doubled"
    ]
    (wrong,) = mistakes(scores, "wrong", "source")
    assert (wrong.gold, wrong.found) == ("she", "no words (Ana Rusk)")


def test_polnear_source_words_count_without_a_mention(bridge) -> None:
    one = claim("the costs doubled", "indirect", "group-x", "auditors")
    assert score(bridge, claims=(one,)).columns["source"] == Accuracy(1, 1)


def test_polnear_baseline_takes_every_quotation(bridge) -> None:
    scores = score(bridge)
    assert scores.peers["content (every quotation)"] == Prf(1, 0, 2)
    assert scores.columns["content"] == Prf(0, 0, 3)


def test_polnear_text_without_annotation_is_left_out(tmp_path: Path) -> None:
    brat_files(tmp_path)
    (tmp_path / "polnear" / "dev" / "text" / "other.txt").write_text("Nobody spoke.")
    (gold,) = polnear.find_sets(tmp_path)
    assert [document.source for document in gold.documents()] == ["bridge.txt"]


def test_quoted_letters_end_with_their_paragraph() -> None:
    text = '“Stay home.\nShe left. "Go" or “go”'
    quoted = "".join(text[i] for i in sorted(polnear.quoted_letters(text)))
    assert quoted == "Stay home.Gogo"


# ---- re3d

REPORT = (
    "Members of the Tolma Brigade met Gen. Omar Sayeed near Dar Qais. Iraqi forces left the town. "
    "The members thanked the Iraqi Foreign Minister in Paris and London, France."
)


def re3d_files(folder: Path) -> None:
    rows = [
        ("Organisation", "Members of the Tolma Brigade", 1),
        ("Organisation", "Tolma Brigade", 1),
        ("Person", "Gen. Omar Sayeed", 1),
        ("Location", "Dar Qais", 1),
        ("Organisation", "Iraqi forces", 1),
        ("Nationality", "Iraqi", 1),
        ("Organisation", "The members", 1),
        ("Person", "the Iraqi Foreign Minister", 0.9),
        ("Location", "Paris", 1),
        ("Location", "London", 0.1),
        ("Weapon", "town", 1),
    ]
    folder = folder / "re3d" / "Somewhere"
    folder.mkdir(parents=True)
    entities = [
        {
            "documentId": "D1",
            "begin": REPORT.index(words),
            "end": REPORT.index(words) + len(words),
            "type": kind,
            "value": words,
            "confidence": sure,
        }
        for kind, words, sure in rows
    ]
    lines = "\n".join(json.dumps(entity) for entity in entities)
    (folder / "entities.json").write_text("\ufeff" + lines, encoding="utf-8")
    row = {"_id": "D1", "title": "A report", "text": REPORT}
    (folder / "documents.json").write_text(json.dumps(row), encoding="utf-8")


@pytest.fixture
def report(tmp_path: Path):
    re3d_files(tmp_path)
    (gold,) = re3d.find_sets(tmp_path)
    return gold


def actor(words: str, sort: str = "Organization", kind: str = "name") -> Actor:
    mention = Mention(span=span(REPORT, words), kind=kind)
    return Actor(id=f"a-{words}", name=words, type=sort, mentions=(mention,))


def test_re3d_names(report) -> None:
    france = span(REPORT, "France")
    scores = score(
        report,
        actors=(
            actor("Tolma Brigade", "ArmedGroup"),  # inside the outermost span: overlap, not exact
            actor("Omar Sayeed", "Person"),  # exact without the rank
            actor("Dar Qais"),  # a place in the gold
            actor("Iraqi", "Country"),  # touches a description: left out
            actor("town"),  # a type that is not scored: left out
            actor("London"),  # rejected in the gold: left out
            actor("The members", kind="nominal"),  # no name
        ),
        places=(
            Place(id="place-f", name="France", type="Country", mentions=(Mention(span=france),)),
        ),
    )
    columns = scores.columns
    assert columns["names.overlap"] == Prf(3, 1, 1)
    assert columns["names.exact"] == Prf(2, 2, 2)
    assert columns["names.type"] == Accuracy(2, 3)
    assert scores.by_type["names.overlap"]["place"] == Prf(1, 1, 1)
    assert sum(scores.left_out.values()) == 3
    assert [m.gold for m in mistakes(scores, "missed", "names.overlap")] == ["Paris"]
    assert [m.found for m in mistakes(scores, "invented", "names.overlap")] == ["France"]
    assert [m.found for m in mistakes(scores, "wrong", "names.type")] == ["Dar Qais (organisation)"]


def test_a_name_of_both_kinds_may_be_either(report) -> None:
    place = Place(
        id="place-d",
        name="Dar Qais",
        type="City",
        mentions=(Mention(span=span(REPORT, "Dar Qais")),),
    )
    scores = score(report, actors=(actor("Dar Qais"),), places=(place,))
    assert scores.columns["names.type"] == Accuracy(1, 1)


# ---- pages and what all share


PAGE = """<html lang="en"><head><title>{title} | The Mill</title>
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "{title}", "datePublished": "{day}T10:00:00Z",
"author": {{"@type": "Person", "name": "Ann Lee"}}}}</script></head>
<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"""
PARAGRAPHS = (
    "The mill at the river was closed on Monday after its owner ran out of money, he said.",
    "Two hundred people have worked there since the spring, and most of them live in the valley.",
    "The town council will meet on Thursday to talk about the mill and those who worked in it.",
)


def test_pages_are_scored_by_headline_date_authors_and_words(tmp_path: Path) -> None:
    for day, title in (("2024_05_03", "Mill is closed for good"), ("2024_05_09", "Council meets")):
        marked = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
        page = PAGE.format(title=title, day=day.replace("_", "-"), paragraphs=marked)
        (tmp_path / f"xx_Mill_{day}.html").write_text(page)

    def version(title: str, day: str, *authors: str) -> dict[str, object]:
        sections = [{"headline": [], "paragraphs": list(PARAGRAPHS)}]
        body = {"summary": [], "sections": sections}
        return {"title": title, "publishing_date": day, "authors": authors, "body": body}

    versions = {
        "V1": version("Mill is closed for good, owner says", "2024-05-03 12:00", "Ann Lee"),
        "V2": version("Council is to meet", "2024-05-08 12:00", "Ann Lee", "Bo Carr"),
    }
    (tmp_path / "xx_Mill.json").write_text(json.dumps(versions))
    (gold,) = pages.find_sets(tmp_path)
    articles, _ = _extract(prepare_articles(gold.documents(), RULES), RULES)
    scores = gold.score({key_of(article.source): article for article in articles})
    told = {name: score.value for name, score in scores.columns.items()}
    assert told["page.headline"] == 0.5
    assert told["page.date"] == 0.5
    assert told["page.authors"] == 0.5
    assert told["page.body"] == 1.0
    assert any(note.startswith("title from: JSON-LD NewsArticle 2") for note in scores.notes)
    assert {m.column for m in scores.mistakes} == {"page.headline", "page.date", "page.authors"}
    assert gold.score({}).columns["page.headline"].value == 0


def test_page_without_readable_expectations_is_named(tmp_path: Path) -> None:
    (tmp_path / "xx_Mill_2024_05_03.html").write_text("<p>x</p>")
    (tmp_path / "xx_Mill.json").write_text('{"V1": 7}')
    (gold,) = pages.find_sets(tmp_path)
    with pytest.raises(InputError, match=r"xx_Mill\.json"):
        gold.documents()


def test_no_corpus_no_sets(tmp_path: Path) -> None:
    (tmp_path / "other.xml").write_text("<a/>")
    for module in (meantime, polnear, re3d, pages):
        assert module.find_sets(tmp_path) == []


def test_pairs_take_the_greatest_overlap_first() -> None:
    gold = [{1, 2, 3, 4}, {5, 6}]
    found = [{1}, {2, 3, 4}, {4, 5, 6}]
    assert pair_up(gold, found) == {0: 1, 1: 2}
    assert pair_up(gold, found, at_least=0.7) == {0: 1}


def test_the_sentence_of_a_place() -> None:
    text = "One came.\nTwo left, he said. Three\tstayed."
    assert sentence_at(text, text.index("left")) == "Two left, he said."
    assert sentence_at(text, text.index("stayed")) == "Three stayed."
