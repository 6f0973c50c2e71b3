"""Score the extraction against the annotated articles: another way to write `kg eval`.

python -m tests.evaluation.run [seeds|world|wikinews|conflict|all] [--errors] [--per-article]
                               [--columns PREFIX,PREFIX] [--model NAME]
"""

import argparse
import sys

from kg.cli import main as kg
from tests.evaluation.corpus import GROUPS, SHARED


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("group", choices=[*GROUPS, "all"])
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--per-article", action="store_true")
    parser.add_argument("--columns", default="")
    parser.add_argument("--model")
    args = parser.parse_args()
    groups = ",".join(GROUPS) if args.group == "all" else args.group
    sys.argv = [
        *("kg", "eval", str(SHARED), *filter(None, args.columns.split(","))),
        *("--all", "--only", groups),
        *(["--errors"] if args.errors else []),
        *(["--per-document"] if args.per_article else []),
        *(["--model", args.model] if args.model else []),
    ]
    kg()


if __name__ == "__main__":
    main()
