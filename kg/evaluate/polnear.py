"""PolNeAR: who says what in political news, as brat files with Source, Cue and Content.

What counts as what:

* Only attributions with a content are gold. Contents and claims are paired one to one, the greatest
  overlap first, where the letters and digits they share are half of those they cover together.
* A content is direct where half of its letters or more stand in quotation marks, else indirect; a
  claim is direct where its record says so, else indirect (a mixed one too). `content.direct` and
  `content.indirect` count right and missed by the gold's kind, invented by the claim's.
* `source`: of the pairs whose gold names a source, those where the words the claim gives as its
  source, or any mention of one of its speakers (name, description, pronoun) in the record, share a
  letter with the gold's source. Nothing else counts: the same person named elsewhere is not enough.
* Titles and the words that the reader takes for notices count as gold too.
* Where several people annotated a text, the first file by name is gold; a text without annotation
  is left out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kg.errors import InputError
from kg.evaluate.gold_set import GoldSet, key_of
from kg.evaluate.matching import as_document, digest_of, pair_up, read_file, sentence_at
from kg.evaluate.scores import Accuracy, Mistake, Prf, Score, SetScores, add_columns
from kg.model import Article, Claim, Document

KIND = "PolNeAR"
COLUMNS: dict[str, str] = {
    "content": "what is said, half of the letters in common, one to one",
    "content.direct": "contents in quotation marks, half of them or more",
    "content.indirect": "all other contents",
    "source": "who says it, of the contents both have",
}
_HALF = 0.5
_SHOWN = 160  # code points of a content that a mistake shows
_MARKS = re.compile(r"[“”\"«»]|\n")
_NOTES = (
    "content: half of the letters in common, one to one; direct: half of the letters in quotation "
    "marks",
    "`every quotation`: each stretch in double quotation marks is a content",
    "source: the claim's words, or a mention of one of its speakers, touch the gold's source",
)
Range = tuple[int, int]


@dataclass(frozen=True)
class Attribution:
    """What the gold says of one content: letters of it, of its source, and whether it is quoted."""

    content: tuple[Range, ...]
    letters: frozenset[int]
    source: frozenset[int]
    words: str
    source_words: str
    cue: str
    direct: bool

    @property
    def kind(self) -> str:
        """Return `direct` or `indirect`."""
        return "direct" if self.direct else "indirect"


@dataclass(frozen=True)
class PolnearSet:
    """A folder with `text/NAME.txt` and `attributions/NAME_HASH.ann`."""

    folder: Path
    name: str
    kind: str = field(default=KIND, init=False)

    @cached_property
    def annotation(self) -> dict[str, tuple[Document, list[Attribution]]]:
        """The texts and their attributions by key."""
        found = {}
        for path in sorted((self.folder / "text").glob("*.txt")):
            if (annotated := _annotation(self.folder, path.stem)) is None:
                continue
            text, annotation = read_file(path), read_file(annotated)
            document = as_document(path.name, text)
            try:
                gold = read_attributions(annotation, text)
            except (ValueError, KeyError, IndexError) as error:
                reason = f"this is no brat file of PolNeAR: {error!r}"
                raise InputError(reason, source=path.name) from None
            found[key_of(path.name)] = (document, gold)
        return found

    def documents(self) -> list[Document]:
        """Return the texts, sorted by name.

        Raises:
            InputError: a text or its annotation cannot be read.
        """
        return [document for _, (document, _) in sorted(self.annotation.items())]

    def score(self, articles: Mapping[str, Article]) -> SetScores:
        """Return the scores of the records of `documents()`, by key."""
        columns: dict[str, dict[str, Score]] = {}
        mistakes: list[Mistake] = []
        for key, (document, gold) in sorted(self.annotation.items()):
            columns[key], wrong = score_file(document, gold, articles.get(key), key)
            mistakes += wrong
        return SetScores(
            name=self.name,
            kind=self.kind,
            documents=len(self.annotation),
            digest=digest_of(self.documents()),
            columns=add_columns(columns.values()),
            peers={"content (every quotation)": self._every_quotation},
            per_document=columns,
            mistakes=tuple(mistakes),
            notes=_NOTES,
        )

    @cached_property
    def _every_quotation(self) -> Prf:
        """What taking each stretch in double quotation marks for a content gives."""
        total = Prf()
        for document, gold in self.annotation.values():
            spans = [letters_of(document.text, (one,)) for one in quotations(document.text)]
            found = [letters for letters in spans if letters]
            right = len(pair_up([g.letters for g in gold], found, at_least=_HALF))
            total += Prf(right, len(found) - right, len(gold) - right)
        return total


def find_sets(root: Path) -> list[GoldSet]:
    """Return the folders of texts with attributions at or below a folder, sorted by name."""
    folders = sorted({p.parent.parent for p in root.rglob("attributions/*.ann")})
    return [PolnearSet(f, _name(f, root)) for f in folders if (f / "text").is_dir()]


def _name(folder: Path, root: Path) -> str:
    parts = folder.resolve().parts
    if "polnear" in parts:
        return "/".join(parts[parts.index("polnear") :])
    return f"polnear/{folder.name}" if folder != root else "polnear"


def _annotation(folder: Path, stem: str) -> Path | None:
    """Path of the annotation of a text: its name, and behind it a mark that differs by file."""
    direct = folder / "attributions" / f"{stem}.ann"
    marked = re.compile(re.escape(stem) + r"_[0-9a-f]+\.ann")
    others = (p for p in sorted(direct.parent.glob("*.ann")) if marked.fullmatch(p.name))
    return direct if direct.is_file() else next(others, None)


def read_attributions(annotation: str, text: str) -> list[Attribution]:
    """Return the attributions with a content, in order of place.

    Raises:
        ValueError, KeyError, IndexError: a line is not brat, or names a span that is not there.
    """
    spans: dict[str, tuple[Range, ...]] = {}
    roles: list[dict[str, list[str]]] = []
    for line in annotation.splitlines():
        cells = line.split("\t")
        if line.startswith("T"):
            ranges = cells[1].partition(" ")[2].split(";")
            spans[cells[0]] = tuple(_range(words) for words in ranges)
        elif line.startswith("E"):
            one: dict[str, list[str]] = {}
            for pair in cells[1].split():
                role, _, name = pair.partition(":")
                one.setdefault(role.rstrip("0123456789"), []).append(name)
            roles.append(one)
    quoted = quoted_letters(text)
    found = [_attribution(one, spans, text, quoted) for one in roles if "Content" in one]
    return sorted((a for a in found if a.letters), key=lambda a: (a.content, a.source_words))


def _range(words: str) -> Range:
    start, end = words.split()
    return int(start), int(end)


def _attribution(
    roles: Mapping[str, list[str]],
    spans: Mapping[str, tuple[Range, ...]],
    text: str,
    quoted: frozenset[int],
) -> Attribution:
    ranges = {
        role: tuple(sorted(r for name in names for r in spans[name]))
        for role, names in roles.items()
    }
    content = ranges["Content"]
    letters = letters_of(text, content)
    return Attribution(
        content=content,
        letters=letters,
        source=letters_of(text, ranges.get("Source", ())),
        words=_words(text, content),
        source_words=_words(text, ranges.get("Source", ())),
        cue=_words(text, ranges.get("Cue", ())),
        direct=len(letters & quoted) >= _HALF * len(letters),
    )


def _words(text: str, ranges: tuple[Range, ...]) -> str:
    return " ".join(" ".join(text[start:end].split()) for start, end in ranges)


def letters_of(text: str, ranges: tuple[Range, ...]) -> frozenset[int]:
    """Return the offsets of the letters and digits in some ranges."""
    return frozenset(i for start, end in ranges for i in range(start, end) if text[i].isalnum())


def quoted_letters(text: str) -> frozenset[int]:
    """Return the offsets between double quotation marks, paragraph by paragraph."""
    return frozenset(i for start, end in quotations(text) for i in range(start, end))


def quotations(text: str) -> list[Range]:
    """Return the ranges between double quotation marks, without the marks.

    A mark that is never closed quotes to the end of its line.
    """
    inside: list[Range] = []
    opened: int | None = None
    for match in _MARKS.finditer(text):
        mark, at = match[0], match.start()
        if opened is None:
            opened = at + 1 if mark in '“"«' else None
        elif mark != "“":
            inside.append((opened, at))
            opened = None
    if opened is not None:
        inside.append((opened, len(text)))
    return inside


def score_file(
    document: Document, gold: list[Attribution], article: Article | None, key: str
) -> tuple[dict[str, Score], list[Mistake]]:
    """Return the columns and the mistakes of one article; None is an article without claims."""
    text = document.text
    claims = sorted(article.claims, key=lambda c: c.parts[0].start) if article else []
    covered = [letters_of(text, tuple((p.start, p.end) for p in c.parts)) for c in claims]
    pairs = pair_up([g.letters for g in gold], covered, at_least=_HALF)
    columns: dict[str, Score] = {
        "content": Prf(len(pairs), len(claims) - len(pairs), len(gold) - len(pairs))
    }
    for kind in ("direct", "indirect"):
        columns[f"content.{kind}"] = _by_kind(kind, gold, claims, pairs)
    asked = [(gold[i], claims[j]) for i, j in sorted(pairs.items()) if gold[i].source]
    right = [source_fits(one, claim, article, text) for one, claim in asked]
    columns["source"] = Accuracy(sum(right), len(right))
    wrong = [pair for pair, fits in zip(asked, right, strict=True) if not fits]
    mistakes = [
        *_content_mistakes(gold, claims, pairs, text, key),
        *_source_mistakes(wrong, article, text, key),
    ]
    return columns, sorted(mistakes, key=lambda m: m.offset or 0)


def _kind(claim: Claim) -> str:
    return "direct" if claim.kind == "direct" else "indirect"


def _by_kind(
    kind: str, gold: list[Attribution], claims: list[Claim], pairs: Mapping[int, int]
) -> Prf:
    wanted = [i for i, one in enumerate(gold) if one.kind == kind]
    right = sum(i in pairs for i in wanted)
    used = set(pairs.values())
    invented = sum(_kind(c) == kind for j, c in enumerate(claims) if j not in used)
    return Prf(right, invented, len(wanted) - right)


def source_fits(gold: Attribution, claim: Claim, article: Article | None, text: str) -> bool:
    """Return whether a claim's source words or a mention of a speaker touch the gold's source."""
    spans = [claim.source] if claim.source is not None else []
    for actor in article.actors if article else ():
        if actor.id in claim.speakers:
            spans += [mention.span for mention in actor.mentions]
    ranges = tuple((span.start, span.end) for span in spans)
    return bool(letters_of(text, ranges) & gold.source)


def _content_mistakes(
    gold: list[Attribution], claims: list[Claim], pairs: Mapping[int, int], text: str, key: str
) -> Iterator[Mistake]:
    used = set(pairs.values())
    for i, one in enumerate(gold):
        if i not in pairs:
            start = one.content[0][0]
            yield Mistake(
                column=f"content.{one.kind}", kind="missed", document=key, type=one.cue,
                gold=f"{one.source_words or '-'}: {one.words[:_SHOWN]}",
                sentence=sentence_at(text, start), offset=start,
            )  # fmt: skip
    for j, claim in enumerate(claims):
        if j not in used:
            start = claim.parts[0].start
            yield Mistake(
                column=f"content.{_kind(claim)}", kind="invented", document=key,
                type=claim.cue.text if claim.cue else "",
                found=f"{claim.source.text if claim.source else '-'}: {claim.text[:_SHOWN]}",
                sentence=sentence_at(text, start), offset=start,
            )  # fmt: skip


def _source_mistakes(
    wrong: list[tuple[Attribution, Claim]], article: Article | None, text: str, key: str
) -> Iterator[Mistake]:
    names = {actor.id: actor.name for actor in article.actors} if article else {}
    for one, claim in wrong:
        start = claim.parts[0].start
        found = claim.source.text if claim.source else "no words"
        speakers = ", ".join(names.get(s, s) for s in claim.speakers)
        yield Mistake(
            column="source", kind="wrong", document=key, type=one.kind, gold=one.source_words,
            found=f"{found} ({speakers})", sentence=sentence_at(text, start), offset=start,
        )  # fmt: skip
