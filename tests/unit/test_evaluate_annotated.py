"""Annotated articles: every score of two short articles is known by hand."""

import json
from collections import Counter

import pytest

from kg.errors import InputError
from kg.evaluate import Accuracy, Count, Prf
from kg.evaluate.annotated import COLUMNS, AnnotatedSet, find_sets
from kg.evaluate.annotated.compare import best_pairs, inside, same_days
from tests.unit.annotation import MILL, MILL_RECORD, write_gold


@pytest.fixture
def gold(tmp_path):
    return AnnotatedSet("tiny", write_gold(tmp_path / "tiny"))


@pytest.fixture
def scores(gold):
    """Of the record of one article, and none of the other."""
    return gold.score({"mill": MILL_RECORD})


EXPECTED = {
    "article.headline": Accuracy(1, 2),
    "article.authors": Accuracy(2, 2),
    "article.publisher": Accuracy(2, 2),
    "article.date_exact": Accuracy(1, 2),
    "article.date_compatible": Accuracy(1, 2),
    "article.date_guess": Accuracy(1, 2),
    "article.language": Accuracy(1, 2),
    "article.body_iou": Accuracy(1, 2),
    "named_mentions.exact": Prf(1, 1, 2),  # Brekke; Monday; Torvik and Halden
    "named_mentions.overlap": Prf(1, 1, 2),
    "actor_mentions.overlap": Prf(1, 1, 0),
    "actor_mentions.linked": Accuracy(1, 1),
    "places.mentions_exact": Prf(0, 0, 2),
    "boilerplate.leaks": Count(1),  # Sunday
    "actors.set": Prf(1, 1, 0),
    "actors.type": Accuracy(0, 1),
    "actors.type_coarse": Accuracy(0, 1),
    "actors.qid": Accuracy(0, 0),
    "places.set": Prf(0, 0, 2),
    "events.mentions": Prf(2, 1, 1),  # VISIT is invented
    "events.mentions_any_type": Prf(2, 1, 1),
    "events.trigger_overlap": Accuracy(2, 2),
    "events.events": Prf(2, 1, 1),
    "events.agents": Prf(1, 0, 0),
    "events.targets": Prf(0, 0, 1),
    "events.arguments_lenient": Prf(1, 0, 1),
    "events.arguments_end_to_end": Prf(1, 1, 1),
    "events.place": Accuracy(0, 0),
    "events.date_exact": Accuracy(2, 2),
    "events.quantities": Prf(1, 0, 0),
    "events.quantity_bound": Accuracy(0, 1),
    "events.factuality": Accuracy(1, 2),
    "events.factuality_source": Accuracy(1, 2),
    "events.not_fact_kept": Accuracy(0, 1),
    "events.fact_kept": Accuracy(1, 1),
    "statements.quote_and_speaker": Prf(1, 0, 1),
    "statements.direct": Prf(1, 0, 0),
    "statements.speaker": Accuracy(1, 1),
    "statements.kind": Accuracy(1, 1),
    "statements.verb": Accuracy(0, 1),
}


@pytest.mark.parametrize(("column", "score"), EXPECTED.items())
def test_score(scores, column, score):
    assert scores.columns[column] == score


def test_clusters(scores):
    exact, end = scores.columns["cross.actors_b3"], scores.columns["cross.actors_b3_end_to_end"]
    assert (exact.precision, exact.recall) == (1, 1)
    assert (end.precision, end.recall) == (0.5, 1)  # Monday
    ends = scores.columns["cross.events_b3_end_to_end"]
    assert (ends.precision, ends.recall) == (pytest.approx(2 / 3), pytest.approx(2 / 3))


def test_columns_are_in_their_order_and_described(scores):
    assert list(scores.columns) == list(COLUMNS)
    assert all(COLUMNS.values())


def test_documents_and_digest(gold, scores):
    assert [d.source for d in gold.documents()] == ["bridge.txt", "mill.txt"]
    assert gold.documents()[1].zones
    assert (scores.documents, len(scores.digest)) == (2, 16)
    assert scores.per_document["mill"]["events.mentions"] == Prf(2, 1, 0)


MISTAKES = [
    ("places.set", "missed", "City: Torvik", None, "Workers of the mill at Torvik marched"),
    ("actors.set", "invented", None, "Organization: Monday", "marched on Monday."),
    ("actors.type", "wrong", "Odd Brekke: Person", "Group", "said Odd Brekke"),
    ("boilerplate.leaks", "invented", None, "Sunday", "Share this on Sunday"),
    ("events.mentions", "invented", None, "VISIT: said", "said Odd Brekke"),
    ("events.not_fact_kept", "wrong", "ARREST: arrested: CLAIMED_BY:union", "FACT", "Two men were"),
    ("events.arguments_lenient", "missed", "ARREST: arrested: target men", None, "Two men were"),
    ("statements.quote_and_speaker", "missed", "union: Two men were arrested", None, "Two men"),
]


@pytest.mark.parametrize(("column", "kind", "want", "got", "words"), MISTAKES)
def test_mistake_with_its_sentence(scores, column, kind, want, got, words):
    found = [m for m in scores.mistakes if m.column == column and m.document == "mill"]
    one = next(m for m in found if (m.kind, m.gold, m.found) == (kind, want, got))
    assert words in one.sentence
    assert MILL[one.offset :].split()


@pytest.mark.parametrize("column", [c for c in COLUMNS if not c.startswith("cross.")])
def test_every_error_is_listed(scores, column):
    score = scores.columns[column]
    kinds = Counter(m.kind for m in scores.mistakes if m.column == column)
    if isinstance(score, Prf):
        assert (kinds["missed"], kinds["invented"]) == (score.missed, score.invented)
    elif isinstance(score, Accuracy) and column != "article.body_iou":
        assert kinds["wrong"] == score.asked - score.right


def test_baseline(scores):
    assert scores.peers == {"events.factuality (all facts)": Accuracy(1, 2)}


def test_types_add_up(scores):
    rows = scores.by_type["events.mentions"]
    assert rows == {
        "ACCIDENT": Prf(0, 0, 1),
        "ARREST": Prf(1),
        "PROTEST": Prf(1),
        "VISIT": Prf(0, 1),
    }


def test_a_type_that_the_annotators_did_not_know_is_left_out(tmp_path):
    known = AnnotatedSet("tiny", write_gold(tmp_path / "tiny", {"PROTEST": {}, "ARREST": {}}))
    scores = known.score({"mill": MILL_RECORD})
    assert scores.left_out == {"VISIT": 1}
    assert scores.columns["events.mentions"] == Prf(2, 0, 1)
    assert scores.columns["events.events"] == Prf(2, 0, 1)
    assert scores.columns["events.arguments_end_to_end"] == Prf(1, 0, 1)
    assert "VISIT 1" in scores.notes[0]
    assert not any(m.type == "VISIT" for m in scores.mistakes)


def test_a_type_that_they_knew_is_charged_even_where_the_gold_has_none(tmp_path):
    types = {"PROTEST": {}, "ARREST": {}, "VISIT": {}}
    scores = AnnotatedSet("tiny", write_gold(tmp_path / "tiny", types)).score({"mill": MILL_RECORD})
    assert scores.columns["events.mentions"] == Prf(2, 1, 1)
    assert not scores.left_out


def test_no_record_at_all_scores_nothing(gold):
    columns = gold.score({}).columns
    assert columns["events.mentions"] == Prf(0, 0, 3)
    assert columns["events.mentions"].value == 0
    assert columns["article.headline"].value == 0
    assert columns["article.date_exact"].value == 0


def test_optional_gold_counts_neither_way(tmp_path):
    folder = write_gold(tmp_path / "tiny")
    raw = json.loads((folder / "mill.gold.json").read_text("utf-8"))
    for event in raw["events"]:
        event["optional"] = True
    raw["actors"][0]["mentions"][0]["optional"] = True
    raw["statements"][0]["optional"] = True
    (folder / "mill.gold.json").write_text(json.dumps(raw), "utf-8")
    columns = AnnotatedSet("tiny", folder).score({"mill": MILL_RECORD}).columns
    assert columns["events.mentions"] == Prf(0, 1, 1)
    assert columns["named_mentions.overlap"] == Prf(0, 1, 2)
    assert columns["actors.set"] == Prf(0, 1, 0)
    assert columns["statements.quote_and_speaker"] == Prf(0, 0, 1)


def test_sets_are_found_at_any_depth_with_texts_beside_or_in_a_folder_of_their_name(tmp_path):
    write_gold(tmp_path / "gold" / "one")
    two = write_gold(tmp_path / "gold" / "two")
    (two / "text").rename(tmp_path / "two")
    found = find_sets(tmp_path)
    assert [gold.name for gold in found] == ["one", "two"]
    assert all(len(gold.documents()) == 2 for gold in found)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("mill.gold.json", "{", "not a readable JSON file"),
        ("mill.gold.json", "[]", "field seed"),
        ("mill.gold.json", '{"seed": "mill"}', "not the annotation of an article"),
        ("mill.gold.json", '{"seed": "lost"}', "no text lost.txt"),
    ],
)
def test_what_is_wrong_with_a_set_is_said(tmp_path, name, content, reason):
    folder = write_gold(tmp_path / "tiny")
    (folder / name).write_text(content, "utf-8")
    with pytest.raises(InputError, match=reason):
        AnnotatedSet("tiny", folder).documents()


def test_a_set_without_texts_says_where_it_looked(tmp_path):
    folder = write_gold(tmp_path / "tiny")
    for path in (folder / "text").iterdir():
        path.unlink()
    with pytest.raises(InputError, match="no texts for the annotation; looked in"):
        AnnotatedSet("tiny", folder).documents()


def test_days():
    assert same_days(("2020-02-01", "2020-02-29"), ("2020-02-01", "2020-02-31"))
    assert not same_days(("2020-02-02", "2020-02-29"), ("2020-02-02", "2020-02-28"))
    assert same_days(None, None)
    assert not same_days(None, (None, None))
    assert inside(("2020-01-01", "2020-01-02"), (None, "2020-01-02"))
    assert not inside((None, "2020-01-02"), ("2020-01-01", None))


def test_pairs_are_one_to_one_best_first_lower_index_at_a_tie():
    assert best_pairs([(1, 0, 0), (2, 0, 1), (2, 1, 1), (1, 1, 0)]) == [(0, 1), (1, 0)]
