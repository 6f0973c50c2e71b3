"""Records in any number, made of those of `output/` under other names."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kg.link import link_corpus
from kg.model import Article
from kg.records import read_records

ROOT = Path(__file__).parents[2]


def many_articles(number: int) -> Iterator[Article]:
    """Yield articles that differ in id, URL, source and publisher."""
    kinds = [link_corpus([article])[0] for article in read_records(ROOT / "output/articles.jsonl")]
    for count in range(number):
        article = kinds[count % len(kinds)]
        digest = hashlib.sha256(f"{article.id} {count}".encode()).hexdigest()
        yield replace(
            article,
            id=digest[:16],
            text_sha256=digest,
            raw_sha256=digest,
            source=f"{count:05d}.txt",
            url=f"https://news.example/{count}",
        )
