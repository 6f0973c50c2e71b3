"""Score the extraction with default options against the annotated articles.

python -m tests.evaluation.run [seeds|world|wikinews|conflict|all] [--errors] [--per-article]
                               [--columns PREFIX,PREFIX] [--model NAME]
"""

import argparse
from functools import cache

from kg.extract import extract_articles
from kg.link import link_article, link_corpus
from kg.model import Article, Document
from kg.read import read_documents
from kg.settings import Settings
from tests.evaluation.adapter import to_prediction
from tests.evaluation.corpus import GROUPS, cross_file, gold_files, scorer, text_dir, texts


@cache
def extract_group(group: str, model: str | None = None) -> dict[str, Article]:
    """The linked articles of a group, by text name."""
    settings = Settings(model=model)
    documents = [d for d in read_documents([text_dir(group)]) if isinstance(d, Document)]
    found = list(extract_articles(documents, settings))
    broken = [f.reason for f in found if not isinstance(f, Article)]
    assert not broken, broken
    articles = [link_article(a) for a in found if isinstance(a, Article)]
    return {a.source.removesuffix(".txt"): a for a in link_corpus(articles)}


def score_articles(group: str, articles: dict[str, Article]):
    """(column -> values, per article, scorers)."""
    predictions = {name: to_prediction(article) for name, article in articles.items()}
    return scorer().score(gold_files(group), predictions, texts(group), cross_file(group), None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("group", choices=[*GROUPS, "all"])
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--per-article", action="store_true")
    parser.add_argument("--columns", default="")
    parser.add_argument("--model")
    args = parser.parse_args()
    wanted = tuple(filter(None, args.columns.split(",")))

    def keep(name: str) -> bool:
        return not wanted or any(w in name for w in wanted)

    for group in GROUPS if args.group == "all" else (args.group,):
        totals, per_article, scorers = score_articles(group, extract_group(group, args.model))
        show = scorer().show
        if args.per_article:
            for name, columns in per_article.items():
                show(name, {k: v for k, v in columns.items() if keep(k)})
        show(group, {k: v for k, v in totals.items() if keep(k)})
        if args.errors:
            for name, one in scorers.items():
                for kind, want, got in one.errors:
                    if keep(kind) or (kind.startswith("entity") and keep("actors")):
                        print(f"{name[:12]} {kind}: gold={want!r} pred={got!r}")


if __name__ == "__main__":
    main()
