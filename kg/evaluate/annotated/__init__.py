"""Annotated articles: folders with `NAME.gold.json`, their texts in `text/` or beside the folder.

The annotation says what is in an article: actors, places, events with their factuality, and
statements with their speakers. An `event_types.json` in the folder lists the event types that the
annotators knew; events of other types are left out and counted. Where there is no such list, the
whole closed list was used, and every event counts.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluate.annotated.align import Alignment
from kg.evaluate.annotated.clusters import score_clusters
from kg.evaluate.annotated.columns import COLUMNS
from kg.evaluate.annotated.entities import score_entities
from kg.evaluate.annotated.events import score_events
from kg.evaluate.annotated.found import read_record
from kg.evaluate.annotated.gold_file import load_json, read_gold
from kg.evaluate.annotated.head import score_head
from kg.evaluate.annotated.mentions import score_mentions
from kg.evaluate.annotated.shape import FoundArticle, GoldArticle
from kg.evaluate.annotated.sheet import Sheet
from kg.evaluate.annotated.statements import score_statements
from kg.evaluate.gold_set import GoldSet, key_of
from kg.evaluate.scores import Score, SetScores, add_columns
from kg.model import Article, Document
from kg.read import read_documents

__all__ = ["COLUMNS", "KIND", "AnnotatedSet", "find_sets", "score_article", "total_columns"]

KIND = "annotated articles"
_ATTITUDE = "attitude"
_SUFFIX = ".gold.json"


def find_sets(root: Path) -> list[GoldSet]:
    """Return the sets in a folder or below it: every folder that has `*.gold.json`."""
    folders = sorted({path.parent for path in root.resolve().rglob(f"*{_SUFFIX}")})
    used = Counter(folder.name for folder in folders)
    return [
        AnnotatedSet(
            folder.name if used[folder.name] == 1 else f"{folder.parent.name}/{folder.name}", folder
        )
        for folder in folders
    ]


class AnnotatedSet:
    """The annotated articles of one folder."""

    kind = KIND

    def __init__(self, name: str, folder: Path) -> None:
        """Nothing is read yet."""
        self.name, self._folder = name, folder

    def documents(self) -> list[Document]:
        """Return the texts that are annotated, sorted by name.

        Raises:
            InputError: an annotation or its text is missing or cannot be read.
        """
        return [self._documents[name] for name in sorted(self.annotation)]

    def score(self, articles: Mapping[str, Article]) -> SetScores:
        """Return all columns of the set."""
        sheets = []
        for name, gold in sorted(self.annotation.items()):
            article = articles.get(name)
            found = read_record(article) if article else FoundArticle()
            sheet = score_article(gold, found, self._neutral(found))
            if found.attitudes:
                sheet.left_out[_ATTITUDE] = found.attitudes
            sheets.append(sheet)
        return self._total(sheets)

    @cached_property
    def annotation(self) -> dict[str, GoldArticle]:
        """The annotated articles by name."""
        found = {}
        for path in sorted(self._folder.glob(f"*{_SUFFIX}")):
            raw = load_json(path)
            name = raw.get("seed") if isinstance(raw, dict) else None
            if not isinstance(name, str):
                raise InputError("no name of a text in the field seed", source=path.name)
            if name not in self._documents:
                raise InputError(f"no text {name}.txt for {path.name}", source=self.name)
            found[name] = read_gold(raw, self._documents[name].text)
        return found

    @cached_property
    def _documents(self) -> dict[str, Document]:
        items = read_documents([self._text_folder()])
        return {key_of(item.source): item for item in items if isinstance(item, Document)}

    def _text_folder(self) -> Path:
        folder = self._folder
        places = (folder / "text", folder.parent.parent / folder.name, folder)
        for place in places:
            if any(place.glob("*.txt")):
                return place
        looked = ", ".join(str(place) for place in places)
        raise InputError(f"no texts for the annotation; looked in {looked}", source=self.name)

    @cached_property
    def _cross(self) -> Mapping[str, Any] | None:
        path = self._folder / "cross.json"
        found: Mapping[str, Any] | None = load_json(path) if path.is_file() else None
        return found

    @cached_property
    def _known_types(self) -> frozenset[str] | None:
        """Types that the annotators had, or None for all of them."""
        path = self._folder / "event_types.json"
        if not path.is_file():
            return None
        used = (event.types for gold in self.annotation.values() for event in gold.events)
        return frozenset(load_json(path)).union(*used)

    def _neutral(self, found: FoundArticle) -> frozenset[str]:
        known = self._known_types
        types = frozenset(event.type for event in found.events)
        return frozenset() if known is None else types - known

    def _total(self, sheets: list[Sheet]) -> SetScores:
        left_out: Counter[str] = Counter()
        by_type: dict[str, list[Mapping[str, Score]]] = {}
        for sheet in sheets:
            left_out.update(sheet.left_out)
            for column, rows in sheet.by_type.items():
                by_type.setdefault(column, []).append(rows)
        return SetScores(
            name=self.name,
            kind=KIND,
            documents=len(sheets),
            digest=_digest(sheet.gold for sheet in sheets),
            columns=total_columns(sheets, self._cross),
            peers=add_columns(sheet.peers for sheet in sheets),
            by_type={c: dict(sorted(add_columns(by_type[c]).items())) for c in sorted(by_type)},
            left_out=dict(sorted(left_out.items())),
            per_document={sheet.gold.name: _ordered(sheet.columns) for sheet in sheets},
            mistakes=tuple(m for sheet in sheets for m in sheet.sorted_mistakes()),
            notes=self._notes(left_out),
        )

    def _notes(self, left_out: Counter[str]) -> tuple[str, ...]:
        notes = []
        types = {name: n for name, n in sorted(left_out.items()) if name != _ATTITUDE}
        if types:
            known = len(self._known_types or ())
            rows = ", ".join(f"{name} {n}" for name, n in types.items())
            notes.append(
                f"{sum(types.values())} events of types that are not among the {known} of this "
                f"set's list are left out: {rows}"
            )
        if number := left_out[_ATTITUDE]:
            notes.append(f"{number} attitudes are left out: statements are what somebody says")
        return tuple(notes)


def score_article(
    gold: GoldArticle, found: FoundArticle, neutral: frozenset[str] = frozenset()
) -> Sheet:
    """Return the sheet of one article; event types in `neutral` are not charged."""
    sheet = Sheet(gold)
    alignment = Alignment(gold, found)
    score_head(sheet, found.head)
    score_mentions(sheet, found)
    score_entities(sheet, found)
    score_events(sheet, found, alignment, neutral)
    score_statements(sheet, found, alignment)
    return sheet


def total_columns(sheets: Sequence[Sheet], cross: Mapping[str, Any] | None) -> dict[str, Score]:
    """Return the columns of several articles; `cross` says what is one thing in several of them."""
    columns = add_columns(sheet.columns for sheet in sheets)
    columns |= score_clusters([(sheet.gold.name, sheet.pairs) for sheet in sheets], cross)
    return _ordered(columns)


def _ordered(columns: Mapping[str, Score]) -> dict[str, Score]:
    return {name: columns[name] for name in COLUMNS if name in columns}


def _digest(articles: Iterable[GoldArticle]) -> str:
    words = "".join(f"{gold.name}\0{gold.text}\0" for gold in articles)
    return hashlib.sha256(words.encode()).hexdigest()[:16]
