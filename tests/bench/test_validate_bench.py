"""Validation article by article against pySHACL, on the same shapes and data, in the same run."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pyshacl
import pytest
import rdflib

from kg.map import map_articles
from kg.settings import Settings
from kg.validate import load_shapes
from kg.validate.engines import run_pyshacl, run_shacl
from kg.validate.texts import find_texts
from kg.validate.units import split_units
from tests.conformance.good import BASE, TEXT, good_article

FLOOR = 50


def article_data(count: int) -> list[bytes]:
    """The good article under other names, every third without publisher and date."""
    articles = []
    for number in range(count):
        article = replace(good_article(), id=f"{number:016x}", source=f"{number}.txt")
        if number % 3 == 0:
            article = replace(article, publisher=None, date_published=None)
        articles.append(article)
    units = split_units(map_articles(articles, Settings(base=BASE)), find_texts({TEXT}))
    return [unit.data for unit in units if unit.articles]


def best_of(times: int, work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


@pytest.mark.bench
def test_fifty_times_faster_than_pyshacl_with_the_same_results() -> None:
    shapes, data = load_shapes(), article_data(4)
    shapes_graph = shapes.rdflib_graph

    def plain_pyshacl() -> None:
        for text in data:
            graph = rdflib.Graph().parse(data=text, format="nt")
            pyshacl.validate(graph, shacl_graph=shapes_graph)

    def ours() -> None:
        for text in data:
            run_shacl(shapes, text)

    ours()
    for text in data:
        assert Counter(run_shacl(shapes, text)) == Counter(run_pyshacl(shapes, text))
    fast, slow = best_of(3, ours), best_of(1, plain_pyshacl)
    print(f"{len(data)} articles: {fast:.3f} s, pyshacl {slow:.3f} s, {slow / fast:.0f}x")
    assert slow / fast >= FLOOR
