"""Fill the tables of docs/quality.md from docs/quality.json, or measure and write that file first.

python -m tools.make_quality --measure ../shared   # needs the gold sets; some minutes
python -m tools.make_quality                       # the page from the file; a test compares
"""

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tools.quality.page import filled  # noqa: E402

PAGE, FIGURES = ROOT / "docs" / "quality.md", ROOT / "docs" / "quality.json"


def page() -> str:
    """Return the page with its tables filled."""
    return filled(PAGE.read_text("utf-8"), json.loads(FIGURES.read_text("utf-8")))


def figures(root: Path) -> dict[str, Any]:
    """Return everything that the page shows, measured on the gold sets below a folder."""
    from tests.evaluation.corpus import GROUPS
    from tests.evaluation.robustness import scores_of
    from tests.evaluation.transforms import CHANGES
    from tools.quality.examples import read_examples
    from tools.quality.measure import measure, measure_robustness

    return {
        **measure(root),
        "robustness": measure_robustness(GROUPS, list(CHANGES), scores_of),
        "examples": read_examples(),
    }


def main(args: list[str]) -> None:
    """Measure where a folder is given, then write the page."""
    if args[:1] == ["--measure"] and len(args) == 2:
        made = json.dumps(figures(Path(args[1])), indent=1, ensure_ascii=False)
        FIGURES.write_text(f"{made}\n", "utf-8")
    elif args:
        sys.exit(__doc__)
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
