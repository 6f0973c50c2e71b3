"""Extraction beside a bare pass of spaCy: same texts, pipes and batches, start-up apart."""

import time
from pathlib import Path

import pytest

from kg.extract import extract_articles
from kg.extract.parse import load_model, parse_documents
from kg.model import Article, Document
from kg.read import read_documents
from tests.evaluation.corpus import GROUPS, SHARED, has_gold, text_dir

pytestmark = pytest.mark.bench
ROOT = Path(__file__).parents[2]
ARTICLES, LIMIT = 500, 1.5


def documents():
    folders = [ROOT / "seeds"] if list((ROOT / "seeds").glob("*.txt")) else []
    if has_gold():
        folders += [text_dir(group) for group in GROUPS]
        folders.append(SHARED / "corpora" / "polnear" / "dev" / "text")
    found = [d for f in folders for d in read_documents([f]) if isinstance(d, Document)]
    return (found * (ARTICLES // len(found) + 1))[:ARTICLES]


def test_extraction_costs_little_more_than_the_parse():
    _nlp, has_parse = load_model(None)
    assert has_parse
    texts = documents()
    list(extract_articles(texts[:20]))  # warm: lexicons, authority, gazetteer

    def bare():
        return sum(len(parsed.doc) for parsed in parse_documents(texts))

    def whole():
        return sum(isinstance(a, Article) for a in extract_articles(texts))

    best = {}
    for _ in range(2):
        for work in (bare, whole):
            clock = time.process_time()
            done = work()
            best[work] = min(best.get(work, 1e9), time.process_time() - clock)
    assert done == ARTICLES
    ratio = best[whole] / best[bare]
    print(f"\nextraction / bare spaCy pass over {ARTICLES} articles: {ratio:.2f} (limit {LIMIT})")
    assert ratio <= LIMIT
