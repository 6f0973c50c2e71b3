"""Publishers' pages with what is expected of them: headline, date, authors and body.

A publisher's file names versions (V1, V1_1, V2 …), each what a reader written for that publisher
found in one page; the pages, in the order of the dates in their names, are those versions in the
order of theirs. What counts as right, decided after looking at the files:

* A headline of the same words, or of all words of the shorter one at the beginning of the longer:
  pages carry a long and a short form, and either may be the expected one.
* The day of a date. The same set of names of authors, in any order.
* Of the body, words by number: standfirst, titles between paragraphs and paragraphs; a word that
  stands twice is right twice only where it is expected twice.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluate.gold_set import GoldSet, key_of
from kg.evaluate.scores import Accuracy, Mistake, Prf, Score, SetScores, add_columns
from kg.model import Article, Document
from kg.read import read_documents

KIND = "pages"
COLUMNS: dict[str, str] = {
    "page.headline": "headline of the same words, or of the beginning of the longer one",
    "page.date": "day of publication",
    "page.authors": "the same set of names",
    "page.body": "words of the body, over all pages",
    "page.body_mean": "F1 of the words of the body, mean over the pages",
}
_DATE = re.compile(r"_(\d{4}_\d\d_\d\d)\.html(?:\.gz)?$")
_WORD = re.compile(r"\w+")
_BODY = frozenset({"standfirst", "body", "dateline", "date"})
_LEAST_SHARED = 4  # words that a shorter headline has


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of a page."""

    headline: str
    day: str
    authors: frozenset[str]
    body: Counter[str]


@dataclass(frozen=True)
class PagesSet:
    """A folder of pages (`*.html.gz` or `*.html`) with one file of expectations a publisher."""

    folder: Path
    name: str = "pages"
    kind: str = field(default=KIND, init=False)

    @cached_property
    def expected(self) -> dict[str, Expected]:
        """What is expected, by the page's key.

        Raises:
            InputError: a file of expectations cannot be read.
        """
        return dict(_expectations(self.folder))

    @cached_property
    def _read(self) -> tuple[Document, ...]:
        paths = [self.folder / name for name in sorted(_pages(self.folder))]
        wanted = [path for path in paths if key_of(path.name) in self.expected]
        found = read_documents(wanted) if wanted else ()
        return tuple(item for item in found if isinstance(item, Document))

    def documents(self) -> list[Document]:
        """Return the pages' texts, sorted by name; a page that cannot be read is missing."""
        return list(self._read)

    def score(self, articles: Mapping[str, Article]) -> SetScores:
        """Return the scores of the records, and of the bodies that were read."""
        documents = {key_of(document.source): document for document in self._read}
        columns: dict[str, dict[str, Score]] = {}
        mistakes: list[Mistake] = []
        for key, wanted in sorted(self.expected.items()):
            document, article = documents.get(key), articles.get(key)
            columns[key] = _compare(key, wanted, document, article, mistakes)
        return SetScores(
            name=self.name,
            kind=self.kind,
            documents=len(columns),
            digest=_digest(self._read),
            columns=add_columns(columns.values()),
            per_document=columns,
            mistakes=tuple(mistakes),
            notes=tuple(_sources(self._read)),
        )


def _digest(documents: tuple[Document, ...]) -> str:
    """Return 16 hex digits that change with a page, and not with how it is read."""
    named = sorted(f"{document.source}\n{document.raw_sha256}\n" for document in documents)
    return hashlib.sha256("".join(named).encode()).hexdigest()[:16]


def find_sets(root: Path) -> list[GoldSet]:
    """Return the folders at or below a folder that hold pages beside expectations, by name."""
    folders = sorted({path.parent for path in root.rglob("*.html*") if _is_page(path.name)})
    sets = [PagesSet(folder) for folder in folders if any(folder.glob("*.json"))]
    if len(sets) == 1:
        return [*sets]
    return [PagesSet(found.folder, f"pages/{found.folder.name}") for found in sets]


def _is_page(name: str) -> bool:
    return name.endswith((".html", ".html.gz"))


def _pages(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if _is_page(path.name)]


def _expectations(folder: Path) -> list[tuple[str, Expected]]:
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            versions = json.loads(path.read_bytes())
            expected = [_expected(versions[name]) for name in sorted(versions)]
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise InputError("no expectations of pages can be read", source=path.name) from error
        names = [name for name in _pages(folder) if _DATE.sub("", name) == path.stem]
        names.sort(key=_date_in)
        found += [(key_of(name), one) for name, one in zip(names, expected, strict=False)]
    return found


def _date_in(name: str) -> str:
    match = _DATE.search(name)
    return match[1] if match else ""


def _expected(version: dict[str, Any]) -> Expected:
    body = version["body"]
    lines = [*body.get("summary", ())]
    for section in body["sections"]:
        lines += [*section["headline"], *section["paragraphs"]]
    return Expected(
        headline=version["title"],
        day=version["publishing_date"][:10],
        authors=frozenset(_fold(name) for name in version["authors"]),
        body=_words(" ".join(lines)),
    )


def _compare(
    key: str,
    wanted: Expected,
    document: Document | None,
    article: Article | None,
    mistakes: list[Mistake],
) -> dict[str, Score]:
    """Return the columns of one page, and add what is wrong with it."""
    headline = _headline(article)
    day = ((article.date_published or "") if article else "")[:10]
    authors = frozenset(_fold(a.name) for a in article.authors) if article else frozenset()
    answers = (
        ("page.headline", _same_headline(headline, wanted.headline), wanted.headline, headline),
        ("page.date", day == wanted.day, wanted.day, day),
        (
            "page.authors",
            authors == wanted.authors,
            ", ".join(sorted(wanted.authors)),
            ", ".join(sorted(authors)),
        ),
    )
    columns: dict[str, Score] = {}
    for column, right, gold, found in answers:
        columns[column] = Accuracy(float(right), 1)
        if not right:
            mistakes.append(
                Mistake(column=column, kind="wrong", document=key, gold=gold, found=found or None)
            )
    body = _words(_body(document))
    shared = (body & wanted.body).total()
    words = Prf(shared, body.total() - shared, wanted.body.total() - shared)
    return {**columns, "page.body": words, "page.body_mean": Accuracy(words.value, 1)}


def _headline(article: Article | None) -> str:
    if article is None:
        return ""
    return article.headline.text if article.headline else article.title or ""


def _body(document: Document | None) -> str:
    if document is None:
        return ""
    return " ".join(document.text[z.start : z.end] for z in document.zones if z.kind in _BODY)


def _same_headline(one: str, other: str) -> bool:
    """Return whether two headlines have the same words, or one begins the other.

    >>> _same_headline("Bridge shut after a crane hit it", "Bridge shut after a crane")
    True
    """
    shorter, longer = sorted((_fold(one).split(), _fold(other).split()), key=len)
    if len(shorter) < _LEAST_SHARED:
        return shorter == longer
    return longer[: len(shorter)] == shorter


def _fold(words: str) -> str:
    return " ".join(_WORD.findall(words.lower()))


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.lower()))


def _sources(documents: tuple[Document, ...]) -> list[str]:
    """Return, for each field, how often which source gave its value."""
    found: dict[str, Counter[str]] = {}
    for document in documents:
        for origin in document.origins:
            kind = origin.origin.replace(".", " ").split()
            found.setdefault(origin.field, Counter())[" ".join(kind[:2])] += 1
    return [
        f"{name} from: " + ", ".join(f"{source} {n}" for source, n in counts.most_common())
        for name, counts in found.items()
    ]
