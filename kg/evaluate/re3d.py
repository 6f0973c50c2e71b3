"""re3d: names of people, organisations and places in reports on Syria and Iraq.

What counts as what, decided after looking at the files:

* Spans that the crowd rejected (confidence below one half) are not gold; as many of them are right,
  what they touch is not charged either.
* Person, Organisation and Location are scored, the outermost spans of the three alone. Nationality,
  MilitaryPlatform, Vehicle, Weapon, Quantity, Temporal, Money, DocumentReference and
  CommsIdentifier are left out.
* Which spans are named is told by a rule: see `kg.evaluate.naming`.
* Of the record, the names of actors and places are compared (no descriptions, no pronouns), again
  the outermost alone. One that has no pair and touches a span that is no gold name (of the types
  left out, a description, a part of a longer span, a rejected one) is neither right nor invented;
  it is counted as left out.
* `names.overlap`: one to one, the greatest overlap first. `names.exact`: the same range, without an
  article at its start, a possessive at its end, or titles before a person's name.
* `names.type`: of the pairs, those of the same kind: person, organisation or place. A country that
  acts is an organisation here; a name that the record has as actor and place may be either.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from kg.errors import InputError
from kg.evaluate.gold_set import GoldSet, key_of
from kg.evaluate.matching import (
    as_document,
    count_types,
    digest_of,
    pair_up,
    read_file,
    sentence_at,
)
from kg.evaluate.naming import REJECTED, Name, is_named, outermost, trim
from kg.evaluate.scores import Accuracy, Mistake, Prf, Score, SetScores, add_columns
from kg.model import Article, Document, Mention

KIND = "re3d"
COLUMNS: dict[str, str] = {
    "names.overlap": "outermost spans with a proper name, any overlap, one to one",
    "names.exact": "the same span, but for articles, possessives and titles",
    "names.type": "person, organisation or place of the spans both have",
}
_KINDS = {"Person": "person", "Organisation": "organisation", "Location": "place"}
_SURE = 0.5
_MODEL_KINDS = {
    "PERSON": "person",
    "ORG": "organisation",
    "NORP": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
_NOTES = (
    "named, outermost spans of Person, Organisation and Location; spans the crowd rejected are no "
    "gold",
    "an own name without a pair that touches another span of the gold is left out, not charged",
    "`named entities of the model`: people, bodies and places of the spaCy model alone",
)


@dataclass(frozen=True)
class GoldText:
    """One text: names that count, and all other spans as (start, end, type)."""

    document: Document
    names: tuple[Name, ...]
    others: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class Re3dSet:
    """Folders with documents.json and entities.json each."""

    folders: tuple[Path, ...]
    name: str
    kind: str = field(default=KIND, init=False)

    @cached_property
    def annotation(self) -> dict[str, GoldText]:
        """The annotated texts by key."""
        found = [text for folder in self.folders for text in read_folder(folder)]
        return {key_of(text.document.source): text for text in found}

    def documents(self) -> list[Document]:
        """Return the texts of all folders, sorted by name.

        Raises:
            InputError: a file is not in the form of re3d.
        """
        return sorted((text.document for text in self.annotation.values()), key=lambda d: d.source)

    def score(self, articles: Mapping[str, Article]) -> SetScores:
        """Return the scores of the records of `documents()`, by key."""
        rows = sorted(self.annotation.items())
        results = {key: score_text(text, articles.get(key), key) for key, text in rows}
        return SetScores(
            name=self.name,
            kind=self.kind,
            documents=len(results),
            digest=digest_of(self.documents()),
            columns=add_columns(one.columns for one in results.values()),
            peers={"names.overlap (named entities of the model)": self._model_score},
            by_type={"names.overlap": add_columns(one.by_type for one in results.values())},
            left_out=count_types(one.left_out for one in results.values()),
            per_document={key: one.columns for key, one in results.items()},
            mistakes=tuple(m for one in results.values() for m in one.mistakes),
            notes=_NOTES,
        )

    @cached_property
    def _model_score(self) -> Score:
        """What the names of the language model alone give, with the same rules."""
        from kg.extract.parse import parse_documents

        total = Prf()
        for parsed in parse_documents(self.documents()):
            gold = self.annotation[key_of(parsed.document.source)]
            found = outermost(
                Name(e.start_char, e.end_char, frozenset({_MODEL_KINDS[e.label_]}))
                for e in parsed.doc.ents
                if e.label_ in _MODEL_KINDS
            )
            total += _overlap(gold, found)
        return total


def _overlap(gold: GoldText, found: list[Name]) -> Prf:
    pairs = pair_up([g.places for g in gold.names], [f.places for f in found])
    used = set(pairs.values())
    invented = sum(not _other(f, gold) for j, f in enumerate(found) if j not in used)
    return Prf(len(pairs), invented, len(gold.names) - len(pairs))


@dataclass(frozen=True)
class TextScores:
    """What one text gave."""

    columns: dict[str, Score]
    by_type: dict[str, Score]
    left_out: dict[str, int]
    mistakes: list[Mistake]


def find_sets(root: Path) -> list[GoldSet]:
    """Return the sets at or below a folder: one for folders that lie side by side, by name."""
    found: dict[Path, list[Path]] = {}
    for path in sorted(root.rglob("entities.json")):
        if (path.parent / "documents.json").is_file():
            found.setdefault(path.parent.parent, []).append(path.parent)
    return [
        Re3dSet(tuple(found[above]), "re3d" if above.name == "re3d" else f"re3d/{above.name}")
        for above in sorted(found)
    ]


def read_folder(folder: Path) -> list[GoldText]:
    """Return the texts of one folder, in the order of the file.

    Raises:
        InputError: a file is not in the form of re3d.
    """
    try:
        spans: dict[str, list[tuple[int, int, str]]] = {}
        for row in _rows(folder / "entities.json"):
            kind = row["type"] if row["confidence"] >= _SURE else REJECTED
            place = (int(row["begin"]), int(row["end"]), str(kind))
            spans.setdefault(row["documentId"], []).append(place)
        return [
            _gold_text(f"{folder.name}/{row['_id']}.txt", row, spans.get(row["_id"], []))
            for row in _rows(folder / "documents.json")
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"not in the form of re3d: {error!r}", source=folder.name) from None


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    for line in read_file(path).splitlines():
        if line.strip():
            yield json.loads(line)


def _gold_text(source: str, row: Mapping[str, Any], spans: list[tuple[int, int, str]]) -> GoldText:
    text = row["text"]
    document = as_document(source, text, title=row.get("title"))
    scored = [Name(s, e, frozenset({_KINDS[kind]})) for s, e, kind in spans if kind in _KINDS]
    outer = outermost(scored)
    named = tuple(name for name in outer if is_named(name, text, spans))
    kept = {(name.start, name.end) for name in named}
    others = tuple(sorted({span for span in spans if span[:2] not in kept}))
    return GoldText(document, named, others)


def names_of(article: Article | None) -> list[Name]:
    """Return the outermost names of actors and places in a record."""
    found: list[Name] = []
    for actor in article.actors if article else ():
        kind = "person" if actor.type == "Person" else "organisation"
        found += _named(actor.mentions, kind)
    for place in article.places if article else ():
        found += _named(place.mentions, "place")
    return outermost(found)


def _named(mentions: Iterable[Mention], kind: str) -> list[Name]:
    kinds = frozenset({kind})
    return [Name(m.span.start, m.span.end, kinds) for m in mentions if m.kind == "name"]


def score_text(gold: GoldText, article: Article | None, key: str) -> TextScores:
    """Return the scores of one text; None is a record without names."""
    text = gold.document.text
    found = names_of(article)
    pairs = pair_up([g.places for g in gold.names], [f.places for f in found])
    used = set(pairs.values())
    left = {j: kind for j, f in enumerate(found) if j not in used and (kind := _other(f, gold))}
    invented = [j for j in range(len(found)) if j not in used and j not in left]
    typed = [bool(gold.names[i].kinds & found[j].kinds) for i, j in sorted(pairs.items())]
    exact = sum(trim(gold.names[i], text) == trim(found[j], text) for i, j in pairs.items())
    count = len(gold.names)
    return TextScores(
        columns={
            "names.overlap": Prf(len(pairs), len(invented), count - len(pairs)),
            "names.exact": Prf(exact, len(pairs) + len(invented) - exact, count - exact),
            "names.type": Accuracy(sum(typed), len(typed)),
        },
        by_type=_by_type(gold.names, found, pairs, invented),
        left_out=count_types({kind: 1} for kind in left.values()),
        mistakes=_mistakes(gold, found, pairs, invented, key),
    )


def _other(name: Name, gold: GoldText) -> str:
    """Type of the first other span of the gold that a name touches, or nothing."""
    return next((kind for s, e, kind in gold.others if s < name.end and name.start < e), "")


def _by_type(
    gold: tuple[Name, ...], found: list[Name], pairs: Mapping[int, int], invented: list[int]
) -> dict[str, Score]:
    """Right and missed by the gold's kind, invented by the record's; a name of two by its first."""
    rows: dict[str, Score] = {}
    for kind in _KINDS.values():
        wanted = [i for i, name in enumerate(gold) if min(name.kinds) == kind]
        right = sum(i in pairs for i in wanted)
        wrong = sum(min(found[j].kinds) == kind for j in invented)
        rows[kind] = Prf(right, wrong, len(wanted) - right)
    return rows


def _mistakes(
    gold: GoldText, found: list[Name], pairs: Mapping[int, int], invented: list[int], key: str
) -> list[Mistake]:
    text = gold.document.text
    rows: list[Mistake] = []
    for i, name in enumerate(gold.names):
        ours = found[pairs[i]] if i in pairs else None
        if ours is None:
            rows.append(_mistake("missed", "names.overlap", key, text, name, None))
        elif not name.kinds & ours.kinds:
            rows.append(_mistake("wrong", "names.type", key, text, name, ours))
        elif trim(name, text) != trim(ours, text):
            rows.append(_mistake("wrong", "names.exact", key, text, name, ours))
    rows += [_mistake("invented", "names.overlap", key, text, None, found[j]) for j in invented]
    return sorted(rows, key=lambda m: m.offset or 0)


def _mistake(
    kind: Literal["missed", "wrong", "invented"],
    column: str,
    key: str,
    text: str,
    gold: Name | None,
    found: Name | None,
) -> Mistake:
    place = gold or found
    start = place.start if place else 0
    return Mistake(
        column=column,
        kind=kind,
        document=key,
        type="/".join(sorted(place.kinds)) if place else "",
        gold=text[gold.start : gold.end] if gold else None,
        found=_shown(found, text, column) if found else None,
        sentence=sentence_at(text, start),
        offset=start,
    )


def _shown(name: Name, text: str, column: str) -> str:
    words = text[name.start : name.end]
    return f"{words} ({'/'.join(sorted(name.kinds))})" if column == "names.type" else words
