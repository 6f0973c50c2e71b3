"""Quality floors on the gold sets: they only go up.

A floor is for the texts that were measured: their hash stands beside it. Raise them with
`python -m tests.evaluation.set_floors`; lowering one needs its flag `--lower-floors`.
"""

import json
from pathlib import Path

import pytest

from tests.evaluation.corpus import has_gold
from tests.evaluation.scored import is_count, scored, value_of

pytestmark = pytest.mark.skipif(not has_gold(), reason="the gold sets are not here")
_FILE = Path(__file__).parent / "floors.json"
FLOORS = json.loads(_FILE.read_text("utf-8")) if _FILE.exists() else {}


def scores(name):
    if name not in scored():
        pytest.skip(f"the gold set {name} is not here")
    return scored()[name]


@pytest.mark.parametrize("name", FLOORS)
def test_the_corpus_is_the_one_that_was_measured(name):
    assert scores(name).digest == FLOORS[name]["corpus"]


@pytest.mark.parametrize(
    ("name", "column"), [(n, c) for n in FLOORS for c in FLOORS[n].get("floors", ())]
)
def test_floor(name, column):
    value, floor = value_of(scores(name), column), FLOORS[name]["floors"][column]
    if is_count(scores(name), column):
        assert value <= floor, f"{name} {column}: {value:g} is over {floor:g}"
    else:
        assert value >= floor, f"{name} {column}: {value:.3f} is under the floor {floor}"
