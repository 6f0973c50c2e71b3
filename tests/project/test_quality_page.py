"""docs/quality.md shows the figures of docs/quality.json, and nothing else."""

import json
from pathlib import Path

import pytest

from kg.evaluate.columns import MAIN_COLUMNS
from kg.extract.rules import RULE_GROUPS
from tools import make_quality
from tools.quality.examples import shows_error
from tools.quality.page import commonest, filled

ROOT = Path(__file__).parents[2]
FIGURES = json.loads((ROOT / "docs/quality.json").read_text("utf-8"))
SMALL = {
    "sets": [
        {
            "name": "seeds",
            "kind": "annotated articles",
            "documents": 2,
            "columns": {
                "events.mentions": {"f1": 0.5, "precision": 1.0, "recall": 0.3333},
                "actors.type": {"accuracy": None, "right": 0, "n": 0},
                "boilerplate.leaks": {"count": 3},
            },
        },
        {"name": "pages", "kind": "pages", "skipped": "no reader"},
    ],
    "causes": {
        "seeds": {
            "events.mentions": {"missed": {"a": 4, "b": 1}},
            "events.events": {"missed": {"a": 9, "joined": 2}},
        }
    },
    "ablation": {"pronouns": {"seeds": {"events.mentions": -0.021}}},
    "robustness": {"capitals": {"seeds": {"events.mentions": -0.05, "actors.set": 0.01}}},
    "examples": [
        {
            "column": "events.mentions",
            "kind": "missed",
            "cause": "a",
            "sentence": "A dam broke.",
            "wrong": "Nothing is read.",
            "read": "nothing",
        }
    ],
}


def block(name: str) -> str:
    return filled(f"x\n<!-- made: {name} -->\nformer\n<!-- end -->\ny", SMALL)


def test_the_page_has_the_figures() -> None:
    assert (ROOT / "docs/quality.md").read_text("utf-8") == make_quality.page()


def test_the_figures_are_of_all_columns_that_are_shown() -> None:
    kinds = {s["kind"]: s for s in FIGURES["sets"] if not s.get("skipped")}
    assert {"annotated articles", "MEANTIME", "PolNeAR", "re3d"} <= set(kinds)
    assert set(MAIN_COLUMNS["annotated articles"]) <= set(kinds["annotated articles"]["columns"])
    assert set(FIGURES["ablation"]) <= set(RULE_GROUPS)


def test_the_commonest_errors_have_examples() -> None:
    known = {(e["column"], e["kind"], e["cause"]) for e in FIGURES["examples"]}
    assert [key for key, _ in commonest(FIGURES) if key not in known] == []


def test_an_example_shows_its_error_until_it_is_mended() -> None:
    row = {"shown": "KILLING", "mended": "by Rebels"}
    assert shows_error(row, "KILLING (killed)")
    assert not shows_error(row, "KILLING (killed) by Rebels")
    assert not shows_error(row, "ATTACK (shelled)")
    assert shows_error({}, "nothing")


def test_nothing_of_a_gold_set_is_in_the_figures() -> None:
    for one in FIGURES["sets"]:
        assert "mistakes" not in one
        assert "per_document" not in one


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("annotated", "| `events.mentions` | triggers: the same type, in the same sentence "),
        ("annotated", "**0.50** (1.00, 0.33) |"),
        (
            "annotated",
            "| `boilerplate.leaks` | names found in captions, links, menus (0 is best) | 3",
        ),
        ("skipped", "* `pages`: no reader."),
        ("gap", "| `events.mentions` | missed | a | 4 |"),
        ("ablation", "| `pronouns` | · | · | -2.1 / · | · |"),
        ("robustness", "| capitals | -5.0 `events.mentions` |"),
        ("errors", "1. **`events.mentions`, missed: a** (4 errors)\n\n   > A dam broke."),
        ("errors", "2. **`events.events`, missed: joined** (2 errors)"),
    ],
)
def test_blocks(name: str, line: str) -> None:
    made = block(name)
    assert made.startswith(f"x\n<!-- made: {name} -->\n")
    assert made.endswith("<!-- end -->\ny")
    assert line in made
    assert "former" not in made
