"""MEANTIME: mentions of events and their factuality, in CAT files of Wikinews articles.

A file's title, date line and first sentences are annotated, the rest is not: only what stands in
the annotated sentences is scored. Titles count, although the extraction reads no events from
headlines: their mentions are missed, and `events.mentions_body` shows the rest apart.

What counts as what, decided after looking at the files:

* Mentions with the same tokens are one. A mention without attributes that shares a token with one
  that has them is a longer view of it (made for causal and grammatical links) and is left out.
* Not asserted in the gold: polarity NEG (negated); else certainty other than CERTAIN (uncertain);
  else time FUTURE (future). A polarity or time of UNDERSPECIFIED alone leaves a mention asserted:
  it stands on general statements and on happenings that took place. Mentions without attributes
  are not asked for factuality.
* Not asserted in the record: main label planned, hypothetical, negated or denied. MEANTIME says how
  certain a happening is inside the words of its source, so `claimed` is as good as asserted, unless
  the labels after it, or the claims that are about the event and hold its trigger, say more.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from kg.errors import InputError
from kg.evaluate.cat_text import CatText, rebuild_text
from kg.evaluate.gold_set import GoldSet, key_of
from kg.evaluate.matching import as_document, digest_of, pair_up, sentence_at
from kg.evaluate.scores import Accuracy, Mistake, Prf, Score, SetScores, add_columns
from kg.model import Article, Document, Event, Span, Zone

KIND = "MEANTIME"
COLUMNS: dict[str, str] = {
    "events.mentions": "words of events, any type, one to one",
    "events.mentions_body": "the same without titles",
    "events.mentions_with_speech": "words of events and cues of claims",
    "factuality.not_asserted": "of the mentions both have: negated, uncertain or future",
    "factuality.asserted": "asserted ones that are called nothing else",
    "factuality.negated": "negated ones that are negated or denied",
    "factuality.uncertain": "uncertain ones that are hypothetical or planned",
    "factuality.future": "future ones that are planned or hypothetical",
}
_FIRST_SENTENCES = 6  # title, date line and four sentences are annotated in every file
_FITTING = {
    "negated": frozenset({"negated", "denied"}),
    "uncertain": frozenset({"hypothetical", "planned"}),
    "future": frozenset({"planned", "hypothetical"}),
}
_NOT_ASSERTED = frozenset({"planned", "hypothetical", "negated", "denied"})
_STANCE = {"planned": "planned", "hypothetical": "hypothetical", "denied": "denied"}
_NOTES = (
    "only the title and the first sentences of a file are annotated, so only they are scored",
    "titles count as gold, though the extraction reads no events from headlines",
    "`all verbs`: every verb of the parse is an event, titles included",
    "negated, uncertain, future: share of such mentions, of those that were found, whose label "
    "fits; `asserted`: share of the asserted ones that are not called anything else",
)


class GoldMention(NamedTuple):
    """An annotated event mention: range of each token, words, and its kind of factuality.

    `status` is asserted, negated, uncertain, future, or empty where nothing is annotated.
    """

    tokens: frozenset[tuple[int, int]]
    words: str
    status: str
    in_title: bool

    @property
    def start(self) -> int:
        """Where its first token begins."""
        return min(self.tokens)[0]


@dataclass(frozen=True)
class GoldFile:
    """One file: its document, its mentions, and the ranges of the annotated tokens."""

    document: Document
    mentions: tuple[GoldMention, ...]
    tokens: tuple[tuple[int, int], ...]
    title_end: int = 0


@dataclass(frozen=True)
class Found:
    """A trigger of the record and the annotated tokens below it; `label` is empty for cues."""

    span: Span
    tokens: frozenset[tuple[int, int]]
    type: str = ""
    label: str = ""


@dataclass(frozen=True)
class MeantimeSet:
    """A folder of CAT files."""

    folder: Path
    name: str
    kind: str = field(default=KIND, init=False)

    @cached_property
    def annotation(self) -> dict[str, GoldFile]:
        """The annotated files by key."""
        files = [read_gold_file(path) for path in sorted(self.folder.glob("*.xml"))]
        return {key_of(file.document.source): file for file in files}

    @cached_property
    def _all_verbs(self) -> Prf:
        return score_all_verbs([self.annotation[key] for key in sorted(self.annotation)])

    def documents(self) -> list[Document]:
        """Return the rebuilt texts, sorted by name.

        Raises:
            InputError: a file is no CAT file.
        """
        return [file.document for _, file in sorted(self.annotation.items())]

    def score(self, articles: Mapping[str, Article]) -> SetScores:
        """Return the scores of the records of `documents()`, by key."""
        columns: dict[str, dict[str, Score]] = {}
        mistakes: list[Mistake] = []
        for key, file in sorted(self.annotation.items()):
            columns[key], wrong = score_file(file, articles.get(key), key)
            mistakes += wrong
        files = [file for _, file in sorted(self.annotation.items())]
        return SetScores(
            name=self.name,
            kind=self.kind,
            documents=len(files),
            digest=digest_of(file.document for file in files),
            columns=add_columns(columns.values()),
            per_document=columns,
            peers={"events.mentions (all verbs)": self._all_verbs},
            mistakes=tuple(mistakes),
            notes=_NOTES,
        )


def find_sets(root: Path) -> list[GoldSet]:
    """Return the folders of CAT files with event mentions at or below a folder, sorted by name."""
    folders = sorted({path.parent for path in root.rglob("*.xml") if _is_cat(path)})
    return [MeantimeSet(folder, _name(folder, root)) for folder in folders]


def _name(folder: Path, root: Path) -> str:
    """`meantime/dev` for that folder, wherever the root lies."""
    parts = folder.resolve().parts
    if "meantime" in parts:
        return "/".join(parts[parts.index("meantime") :])
    return f"meantime/{folder.name}" if folder != root else "meantime"


def _is_cat(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(400)
    return b"<Document" in head and b"doc_name=" in head


def read_gold_file(path: Path) -> GoldFile:
    """Return what a CAT file annotates, in the text rebuilt from its tokens.

    Raises:
        InputError: the file is not XML, or an annotation names a token that is not there.
    """
    try:
        root = ET.parse(path).getroot()  # noqa: S314 - gold files of the user's own folder
        cat = rebuild_text(root)
        mentions = tuple(_mentions(root, cat))
    except (ET.ParseError, ValueError, KeyError) as error:
        raise InputError(f"this is no CAT file: {error}", source=path.name) from None
    last = max([_FIRST_SENTENCES - 1, *(cat.sentences[i] for i in _anchored(root))])
    tokens = tuple(cat.places[i] for i, number in cat.sentences.items() if number <= last)
    title = max((cat.places[i][1] for i, number in cat.sentences.items() if not number), default=0)
    source = path.name.removesuffix(".xml").removesuffix(".txt") + ".txt"
    return GoldFile(as_document(source, cat.text), mentions, tokens, title)


def _anchored(root: ET.Element) -> Iterator[str]:
    """Ids of the tokens that any event or entity mention stands on."""
    for kind in ("EVENT_MENTION", "ENTITY_MENTION"):
        for mention in root.iter(kind):
            yield from (anchor.get("t_id", "") for anchor in mention.iter("token_anchor"))


def _mentions(root: ET.Element, cat: CatText) -> Iterator[GoldMention]:
    seen: set[frozenset[str]] = set()
    marked: set[str] = set()
    elements = sorted(root.iter("EVENT_MENTION"), key=lambda e: not e.get("certainty"))
    for element in elements:
        ids = frozenset(a.get("t_id", "") for a in element.iter("token_anchor"))
        if not ids or ids in seen or (not element.get("certainty") and ids & marked):
            continue
        seen.add(ids)
        marked |= ids
        tokens = frozenset(cat.places[i] for i in ids)
        words = " ".join(cat.text[start:end] for start, end in sorted(tokens))
        title = all(cat.sentences[i] == 0 for i in ids)
        yield GoldMention(tokens, words, _status(element), title)


def _status(element: ET.Element) -> str:
    if element.get("polarity") == "NEG":
        return "negated"
    if not element.get("certainty"):
        return ""
    if element.get("certainty") != "CERTAIN":
        return "uncertain"
    return "future" if element.get("time") == "FUTURE" else "asserted"


def score_file(
    file: GoldFile, article: Article | None, key: str
) -> tuple[dict[str, Score], list[Mistake]]:
    """Return the columns and the mistakes of one article; None is an article without events."""
    gold = sorted(file.mentions, key=lambda m: (m.start, m.words))
    found = _in_annotated(_triggers(article), file)
    cues = _in_annotated(_cues(article), file)
    pairs = _pairs(gold, found)
    mistakes = [*_mention_mistakes(gold, found, pairs, file, key)]
    columns: dict[str, Score] = {
        "events.mentions": _prf(gold, found, pairs),
        "events.mentions_body": _body_prf(gold, found, pairs, file.title_end),
        "events.mentions_with_speech": _prf(gold, both := [*found, *cues], _pairs(gold, both)),
    }
    asked = [(gold[i], found[j]) for i, j in sorted(pairs.items()) if gold[i].status]
    columns |= _factuality(asked)
    mistakes += _factuality_mistakes(asked, file, key)
    return columns, sorted(mistakes, key=lambda m: m.offset or 0)


def _pairs(gold: list[GoldMention], found: list[Found]) -> dict[int, int]:
    return pair_up([g.tokens for g in gold], [f.tokens for f in found])


def _prf(gold: list[GoldMention], found: list[Found], pairs: Mapping[int, int]) -> Prf:
    return Prf(len(pairs), len(found) - len(pairs), len(gold) - len(pairs))


def _body_prf(
    gold: list[GoldMention], found: list[Found], pairs: Mapping[int, int], title_end: int
) -> Prf:
    body = sum(not g.in_title for g in gold)
    ours = sum(f.span.start >= title_end for f in found)
    right = sum(not gold[i].in_title for i in pairs)
    return Prf(right, ours - right, body - right)


def _in_annotated(found: Iterable[Found], file: GoldFile) -> list[Found]:
    """What stands on annotated tokens, with these tokens; each range once."""
    kept: dict[tuple[int, int], Found] = {}
    for one in found:
        start, end = one.span.start, one.span.end
        tokens = frozenset(t for t in file.tokens if t[0] < end and start < t[1])
        before = kept.get((start, end))
        if tokens and (before is None or before.label in _NOT_ASSERTED):
            kept[start, end] = replace(one, tokens=tokens)
    return [kept[place] for place in sorted(kept)]


def _triggers(article: Article | None) -> Iterator[Found]:
    for event in article.events if article else ():
        for mention in event.mentions:
            label = event_label(event, article)
            yield Found(mention.trigger, frozenset(), event.type, label)


def _cues(article: Article | None) -> Iterator[Found]:
    for claim in article.claims if article else ():
        if claim.cue is not None:
            yield Found(claim.cue, frozenset())


def event_label(event: Event, article: Article | None) -> str:
    """Return the label that a record gives to a happening, looking inside its attribution."""
    values = [one.value for one in event.factuality]
    if values[0] != "claimed":
        return values[0]
    inner = next((value for value in values[1:] if value in _NOT_ASSERTED), None)
    if inner is not None:
        return inner
    for claim in article.claims if article else ():
        holds = any(part.covers(event.trigger) for part in claim.parts)
        if holds and event.id in claim.about and claim.stance in _STANCE:
            return _STANCE[claim.stance]
    return "claimed"


def _factuality(asked: list[tuple[GoldMention, Found]]) -> dict[str, Score]:
    both = sum(g.status != "asserted" and f.label in _NOT_ASSERTED for g, f in asked)
    gold = sum(g.status != "asserted" for g, _ in asked)
    ours = sum(f.label in _NOT_ASSERTED for _, f in asked)
    columns: dict[str, Score] = {
        "factuality.not_asserted": Prf(both, ours - both, gold - both),
        "factuality.asserted": _share([f.label not in _NOT_ASSERTED for _, f in _of(asked, "")]),
    }
    for kind, labels in _FITTING.items():
        columns[f"factuality.{kind}"] = _share([f.label in labels for _, f in _of(asked, kind)])
    return columns


def _of(asked: list[tuple[GoldMention, Found]], kind: str) -> list[tuple[GoldMention, Found]]:
    return [(g, f) for g, f in asked if g.status == (kind or "asserted")]


def _share(answers: list[bool]) -> Accuracy:
    return Accuracy(sum(answers), len(answers))


def _mention_mistakes(
    gold: list[GoldMention],
    found: list[Found],
    pairs: Mapping[int, int],
    file: GoldFile,
    key: str,
) -> Iterator[Mistake]:
    text = file.document.text
    used = set(pairs.values())
    for i, one in enumerate(gold):
        if i not in pairs:
            kind = "title" if one.in_title else one.status
            words, at = sentence_at(text, one.start), one.start
            yield Mistake(
                column="events.mentions", kind="missed", document=key, type=kind, gold=one.words,
                sentence=words, offset=at,
            )  # fmt: skip
    for j, ours in enumerate(found):
        if j not in used:
            yield Mistake(
                column="events.mentions", kind="invented", document=key, type=ours.type,
                found=ours.span.text, sentence=sentence_at(text, ours.span.start),
                offset=ours.span.start,
            )  # fmt: skip


def _factuality_mistakes(
    asked: list[tuple[GoldMention, Found]], file: GoldFile, key: str
) -> Iterator[Mistake]:
    for gold, ours in asked:
        fits = _FITTING.get(gold.status)
        right = ours.label in fits if fits else ours.label not in _NOT_ASSERTED
        if not right:
            yield Mistake(
                column=f"factuality.{gold.status}", kind="wrong", document=key, type=ours.type,
                gold=f"{gold.words}: {gold.status}", found=f"{ours.span.text}: {ours.label}",
                sentence=sentence_at(file.document.text, ours.span.start), offset=ours.span.start,
            )  # fmt: skip


def score_all_verbs(files: list[GoldFile]) -> Prf:
    """Return what calling every verb of the parse an event gives, titles included."""
    from kg.extract.parse import parse_documents

    total = Prf()
    whole = [_all_body(file.document) for file in files]
    for parsed, file in zip(parse_documents(whole), files, strict=True):
        verbs = (t for t in parsed.doc if t.pos_ == "VERB")
        found = _in_annotated((Found(parsed.token_span(t), frozenset()) for t in verbs), file)
        gold = list(file.mentions)
        total += _prf(gold, found, _pairs(gold, found))
    return total


def _all_body(document: Document) -> Document:
    """The document with every line as body, so that titles are parsed too."""
    zones, start = [], 0
    for line in document.text.splitlines(keepends=True):
        if line.strip():
            zones.append(Zone(kind="body", start=start, end=start + len(line.rstrip())))
        start += len(line)
    return replace(document, zones=tuple(zones))
