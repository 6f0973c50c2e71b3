"""Quality floors on the annotated articles: they only go up.

A floor is for the texts that were measured: their hash stands beside it. Raise them with
`python -m tests.evaluation.set_floors`; lowering one needs its flag `--lower-floors`.
"""

import hashlib
import json
from functools import cache
from pathlib import Path

import pytest

from tests.evaluation.corpus import GROUPS, has_gold, texts
from tests.evaluation.run import extract_group, score_articles

pytestmark = pytest.mark.skipif(not has_gold(), reason="the annotated articles are not here")
_FILE = Path(__file__).parent / "floors.json"
FLOORS = json.loads(_FILE.read_text("utf-8")) if _FILE.exists() else {}


@cache
def scores(group: str, model: str | None = None):
    totals, _, _ = score_articles(group, extract_group(group, model))
    return {k: v.get("f1", v.get("accuracy", v.get("count"))) for k, v in totals.items()}


def corpus_hash(group: str) -> str:
    words = "".join(f"{name}\0{text}\0" for name, text in sorted(texts(group).items()))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


@pytest.mark.parametrize("group", GROUPS)
def test_the_corpus_is_the_one_that_was_measured(group):
    assert corpus_hash(group) == FLOORS[group]["corpus"]


@pytest.mark.parametrize(
    ("group", "column"), [(g, c) for g in GROUPS for c in FLOORS.get(g, {}).get("floors", ())]
)
def test_floor(group, column):
    value, floor = scores(group)[column], FLOORS[group]["floors"][column]
    if column == "boilerplate.leaks":
        assert value <= floor
    else:
        assert value >= floor, f"{group} {column}: {value:.3f} is under the floor {floor}"


@pytest.mark.parametrize("column", sorted(FLOORS.get("rules_only", {}).get("floors", ())))
def test_floor_without_a_model(column):
    assert scores("seeds", "none")[column] >= FLOORS["rules_only"]["floors"][column]
