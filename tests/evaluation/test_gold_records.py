"""Every annotated article becomes a record, a graph that conforms, and the same record again."""

import dataclasses
from functools import cache

import pytest

from kg.evaluate import Count
from kg.evaluate.annotated import AnnotatedSet
from kg.map import map_articles, normalise_article, unmap_articles
from kg.model import Article
from kg.records import dump_record, load_record
from kg.settings import Settings
from kg.validate import render_report, validate_graph
from tests.evaluation.corpus import GOLD, GROUPS, gold_files, has_gold, texts
from tests.evaluation.gold import to_record

pytestmark = pytest.mark.skipif(not has_gold(), reason="the annotated articles are not here")


@cache
def records(group):
    words = texts(group)
    return {name: to_record(gold, words[name]) for name, gold in gold_files(group).items()}


NAMES = [(g, n) for g in ("seeds",) for n in (gold_files(g) if has_gold() else ())]


@pytest.mark.parametrize(("group", "name"), NAMES)
def test_the_record_survives_json(group, name):
    article = records(group)[name]
    assert load_record(dump_record(article)) == article


@pytest.mark.parametrize(("group", "name"), NAMES)
def test_the_graph_conforms(group, name):
    report = validate_graph(
        map_articles([records(group)[name]], Settings()), texts=[texts(group)[name]]
    )
    assert report.conforms, render_report(report, "text")


@pytest.mark.parametrize(("group", "name"), NAMES)
def test_the_graph_gives_the_same_record_again(group, name):
    """In the form that a graph can give back."""
    article = records(group)[name]
    (again,) = unmap_articles(map_articles([article], Settings()), Settings())
    assert sorted_record(again) == sorted_record(normalise_article(article))


@pytest.mark.parametrize("group", GROUPS)
def test_scored_against_itself_every_column_is_one(group):
    totals = AnnotatedSet(group, GOLD / group).score(records(group)).columns
    low = {
        name: score
        for name, score in totals.items()
        if score.value not in ((0.0,) if isinstance(score, Count) else (1.0, None))
    }
    low.pop("article.body_iou", None)  # the annotated range may begin inside a paragraph
    assert low == {}


def sorted_record(article: Article):
    """Fields as a dict with every list sorted, since a graph has no order."""

    def tidy(value):
        if isinstance(value, dict):
            return {k: tidy(v) for k, v in sorted(value.items())}
        if isinstance(value, list | tuple):
            return sorted((tidy(v) for v in value), key=repr)
        return value

    return tidy(dataclasses.asdict(article))
