"""Where the annotated articles are, and the scorer that came with them."""

import importlib.util
import json
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
GOLD = SHARED / "gold"
GROUPS = ("seeds", "world", "wikinews", "conflict")


def has_gold() -> bool:
    return any((GOLD / "seeds").glob("*.gold.json"))


def has_scorer() -> bool:
    """Whether the scorer that came with the annotation is here."""
    return has_gold() and (GOLD / "seeds" / "score.py").is_file()


def text_dir(group: str) -> Path:
    return SHARED / "seeds" if group == "seeds" else GOLD / group / "text"


def gold_files(group: str) -> dict[str, dict]:
    """The annotation by text name."""
    found = {}
    for path in sorted((GOLD / group).glob("*.gold.json")):
        gold = json.loads(path.read_text("utf-8"))
        found[gold["seed"]] = gold
    return found


def texts(group: str) -> dict[str, str]:
    return {
        name: (text_dir(group) / f"{name}.txt").read_bytes().decode("utf-8")
        for name in gold_files(group)
    }


def cross_file(group: str) -> dict | None:
    path = GOLD / group / "cross.json"
    return json.loads(path.read_text("utf-8")) if path.is_file() else None


@cache
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("kg_gold_score", GOLD / "seeds" / "score.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
