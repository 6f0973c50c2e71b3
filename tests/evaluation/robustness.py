"""How much the scores move when an article is dressed otherwise.

python -m tests.evaluation.robustness [CHANGE ...]
"""

import sys
import tempfile
from functools import cache
from pathlib import Path

from kg.evaluate.annotated import score_article, total_columns
from kg.evaluate.annotated.found import read_record
from kg.evaluate.annotated.gold_file import read_gold
from kg.evaluate.annotated.shape import FoundArticle
from kg.extract import extract_articles
from kg.link import link_article, link_corpus
from kg.model import Article, Document
from kg.read import read_documents
from tests.evaluation.corpus import GROUPS, cross_file, gold_files, texts
from tests.evaluation.transforms import CHANGES, Changed, move_gold

COLUMNS = (
    "named_mentions.overlap",
    "actors.set",
    "places.set",
    "events.mentions",
    "events.events",
    "events.arguments_lenient",
    "events.date_compatible",
    "events.factuality",
    "events.not_fact_kept",
    "statements.direct",
    "statements.quote_and_speaker",
)


def _same(text: str, _gold: dict) -> Changed:
    return Changed(text, list(range(len(text))))


@cache
def scores_of(group: str, change: str) -> dict[str, float]:
    """Column -> F1 or accuracy of a group in a dress; "" is the text as it is."""
    dress, golds = CHANGES.get(change, _same), gold_files(group)
    changed = {name: dress(text, golds[name]) for name, text in texts(group).items()}
    moved = {name: move_gold(golds[name], one) for name, one in changed.items()}
    found = {name: read_record(article) for name, article in _extract(changed).items()}
    sheets = [
        score_article(read_gold(gold, changed[name].text), found.get(name, FoundArticle()))
        for name, gold in moved.items()
    ]
    columns = total_columns(sheets, cross_file(group))
    values = {column: columns[column].value for column in COLUMNS}
    return {c: v for c, v in values.items() if v is not None}


def _extract(changed: dict[str, Changed]) -> dict[str, Article]:
    with tempfile.TemporaryDirectory() as folder:
        for name, one in changed.items():
            (Path(folder) / f"{name}.txt").write_bytes(one.text.encode("utf-8"))
        documents = [d for d in read_documents([folder]) if isinstance(d, Document)]
        found = [a for a in extract_articles(documents) if isinstance(a, Article)]
        linked = link_corpus([link_article(a) for a in found])
    return {a.source.removesuffix(".txt"): a for a in linked}


def main() -> None:
    wanted = sys.argv[1:] or list(CHANGES)
    for group in GROUPS:
        plain = scores_of(group, "")
        for change in wanted:
            moves = {c: scores_of(group, change)[c] - plain[c] for c in plain}
            worst = ", ".join(f"{c} {m:+.3f}" for c, m in moves.items() if abs(m) >= 0.03)
            print(f"{group:9} {change:16} largest {max(moves.values(), key=abs):+.3f}  {worst}")


if __name__ == "__main__":
    main()
