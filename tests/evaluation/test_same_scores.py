"""Our scorer gives what the scorer that came with the annotation gives, in every column.

On the records of all groups, on what the annotation itself would be as records, and on both with
random damage.
"""

import copy
import random
from functools import cache

import pytest

from kg.evaluate import Accuracy, Count
from kg.evaluate.annotated import score_article, total_columns
from kg.evaluate.annotated.found import read_record
from kg.evaluate.annotated.gold_file import read_gold
from kg.evaluate.annotated.shape import FoundArticle
from kg.evaluate.runs import _extract
from kg.extract import prepare_articles
from kg.model import Document
from kg.read import read_documents
from kg.settings import Settings
from tests.evaluation.adapter import to_prediction
from tests.evaluation.corpus import (
    GROUPS,
    cross_file,
    gold_files,
    has_scorer,
    scorer,
    text_dir,
    texts,
)
from tests.evaluation.damage import Damage, damage_gold
from tests.evaluation.gold import to_record

pytestmark = pytest.mark.skipif(not has_scorer(), reason="the scorer is not here")
NEW = {"events.fact_kept"}


@cache
def found_records(group):
    documents = [d for d in read_documents([text_dir(group)]) if isinstance(d, Document)]
    articles, failures = _extract(prepare_articles(documents, Settings()), Settings())
    assert not failures
    return {article.source.removesuffix(".txt"): article for article in articles}


@cache
def gold_records(group):
    words = texts(group)
    return {name: to_record(gold, words[name]) for name, gold in gold_files(group).items()}


def reference(golds, words, articles, cross):
    """Column -> numbers of the scorer that came with the annotation."""
    predictions = {name: to_prediction(article) for name, article in articles.items()}
    totals, per_article, _ = scorer().score(golds, predictions, words, cross, None)
    keys = ("precision", "recall", "f1", "tp", "fp", "fn", "accuracy", "n", "count")
    rows = {"": totals, **per_article}
    return {
        (where, name): [value[k] for k in keys if k in value]
        for where, columns in rows.items()
        for name, value in columns.items()
    }


def ours(golds, words, articles, cross):
    sheets = []
    for name, raw in golds.items():
        found = read_record(articles[name]) if name in articles else FoundArticle()
        sheets.append(score_article(read_gold(raw, words[name]), found))
    rows = {"": total_columns(sheets, cross), **{s.gold.name: s.columns for s in sheets}}
    return {
        (where, name): numbers(score)
        for where, columns in rows.items()
        for name, score in columns.items()
        if name not in NEW
    }


def numbers(score):
    if isinstance(score, Count):
        return [score.number]
    if isinstance(score, Accuracy):
        return [score.value, score.asked]
    counts = [getattr(score, k) for k in ("right", "invented", "missed") if hasattr(score, k)]
    return [score.precision, score.recall, score.value, *counts]


def check(golds, words, articles, cross):
    want, got = reference(golds, words, articles, cross), ours(golds, words, articles, cross)
    assert want.keys() == got.keys()
    other = {k: (want[k], got[k]) for k in want if want[k] != pytest.approx(got[k], abs=1e-9)}
    assert other == {}


@pytest.mark.parametrize("group", GROUPS)
def test_same_on_the_records(group):
    check(gold_files(group), texts(group), found_records(group), cross_file(group))


@pytest.mark.parametrize("group", GROUPS)
def test_same_where_records_are_missing(group):
    some = dict(list(found_records(group).items())[::2])
    check(gold_files(group), texts(group), some, cross_file(group))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("group", GROUPS)
def test_same_on_damaged_records(group, seed):
    chance = random.Random(f"{group} {seed}")
    records = (found_records if seed % 2 else gold_records)(group)
    words = texts(group)
    damaged = {n: Damage(article, words[n], chance).record() for n, article in records.items()}
    check(gold_files(group), words, damaged, cross_file(group))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("group", GROUPS)
def test_same_on_damaged_gold(group, seed):
    chance = random.Random(f"{group} gold {seed}")
    records = (found_records if seed % 2 else gold_records)(group)
    damaged = copy.deepcopy(gold_files(group))
    for gold in damaged.values():
        damage_gold(gold, chance)
    cross = copy.deepcopy(cross_file(group))
    for kind in ("events", "statements"):
        cross[kind] = cross[kind][:: chance.choice((1, 2))]
    check(damaged, texts(group), records, cross)
