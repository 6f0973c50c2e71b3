"""Extract to a file of records; a run that is interrupted goes on where it stopped.

What is done stands in `OUTPUT.part`, so memory holds few documents at a time. At the end the
records are linked to each other from small keys, and written sorted by id.
"""

import hashlib
import json
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from kg.extract import extract_articles
from kg.link import (
    Saying,
    Telling,
    fill_shared,
    find_sayings,
    find_shared,
    find_stories,
    find_tellings,
    link_article,
)
from kg.link.rows import link_table
from kg.model import Article, Document, EventTable, Failure, MentionTable
from kg.pipeline.collecting import Progress, find_doubts, silent, usable_articles
from kg.pipeline.export import software_versions
from kg.pipeline.parts import Part
from kg.read import Item, read_documents
from kg.read.rows import join_mentions
from kg.read.sources import STDIN, Source, find_sources
from kg.records import dump_record
from kg.settings import Settings
from kg.write import replace_with

_NO_MATTER = frozenset({"cache", "delay", "user_agent"})  # of Reading: they decide no record


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What one run did.

    Attributes:
        records: how many were written; where there are none, the file stays as it was.
        resumed: documents that an earlier run had done.
        stale: whether an earlier run of something else was given up.
        failures: sorted by source; those of earlier runs too.
    """

    records: int
    resumed: int = 0
    stale: bool = False
    failures: tuple[Failure, ...] = ()


def extract_to_file(
    inputs: Iterable[str | Path],
    output: str | Path,
    settings: Settings | None = None,
    *,
    meta: Path | None = None,
    fresh: bool = False,
    progress: Progress | None = None,
) -> Extracted:
    """Read and extract inputs, link what they share, and write their records.

    The file is replaced at once, at the end. Until then `OUTPUT.part` keeps what is done; it is
    used by the next run of the same inputs (by name, size and time), settings and software, except
    where one of them is standard input.

    Args:
        inputs: files, folders, globs, URLs; `-` is standard input.
        output: file of records, JSON Lines.
        settings: options; defaults where None.
        meta: table with URL, publisher and date by file name.
        fresh: use nothing of an earlier run.
        progress: called with step, number done and total.

    Raises:
        InputError: no input exists, or another process writes the same output.
        ModelError: the language model is missing or not the pinned one.
        WriteError: the file cannot be written.
    """
    settings, output = settings or Settings(), Path(output)
    named = [str(one) for one in inputs]
    sources = [one for one in find_sources(named) if isinstance(one, Source)]
    header = _describe(named, sources, settings, meta)
    part = Part(output.resolve(), header, fresh=fresh or STDIN in named)
    try:
        done = frozenset(part.kept.sources)
        items = read_documents(named, settings=settings, meta=meta, done=done)
        run = _Run(part, settings, progress or silent, len(sources))
        with closing(items):  # type: ignore[type-var]
            run.take_all(items)
        found = run.finish(output)
    except BaseException:
        part.close()
        raise
    part.remove()
    return found


@dataclass(slots=True)
class _Others:
    """What is no document: small, or read anew each time."""

    articles: list[Article] = field(default_factory=list)
    tables: list[EventTable] = field(default_factory=list)
    mentions: list[MentionTable] = field(default_factory=list)


def _no_record(table: EventTable) -> Failure:
    reason = f"{len(table.rows):,} rows are no articles, so no records: kg export maps them"
    return Failure(source=table.source, step="extract", reason=reason)


class _Run:
    """One pass through the inputs."""

    def __init__(self, part: Part, settings: Settings, tell: Progress, total: int) -> None:
        self._part, self._settings = part, settings
        self._tell, self._total = tell, total
        self._done = len(part.kept.sources)
        self._others = _Others()
        self._failures = list(dict.fromkeys(part.kept.failures))
        self._known = set(self._failures)

    def take_all(self, items: Iterator[Item]) -> None:
        """Extract the documents, and keep what comes of each."""
        waiting: deque[Document] = deque()

        def documents() -> Iterator[Document]:
            for item in items:
                if self._is_new(item):
                    assert isinstance(item, Document)
                    waiting.append(item)
                    yield item

        for found in extract_articles(documents(), self._settings):
            self._keep(waiting.popleft(), found)

    def finish(self, output: Path) -> Extracted:
        """Link and write the records; return what was done."""
        _, unknown = join_mentions(
            sorted(self._others.tables, key=lambda t: t.source), self._others.mentions
        )
        brought, bad = usable_articles(
            sorted(self._others.articles, key=lambda a: (a.source, a.id)),
            self._part.sources,
            self._settings,
        )
        self._add([*unknown, *bad, *(_no_record(table) for table in self._others.tables)])
        records = _Records(self._part, {article.id: article for article in brought})
        if len(records):
            replace_with(output, records.write)
        return Extracted(
            records=len(records),
            resumed=len(self._part.kept.sources),
            stale=self._part.kept.stale,
            failures=self._told(),
        )

    def _is_new(self, item: Item) -> bool:
        """Return whether it is a document that is not done; put aside what is none."""
        if isinstance(item, Failure):
            if item not in self._known:
                self._part.put_failure(item)
                self._add([item])
        elif isinstance(item, EventTable):
            self._others.tables.append(link_table(item))
        elif isinstance(item, MentionTable):
            self._others.mentions.append(item)
        elif not self._is_repeated(item):
            if isinstance(item, Document):
                return True
            self._others.articles.append(item)
        return False

    def _is_repeated(self, item: Document | Article) -> bool:
        """Return whether an earlier run has done this document, or one of the same text."""
        kept = self._part.kept
        if isinstance(item, Document) and item.source in kept.sources:
            return True
        first = kept.texts.get(_text_digest(item))
        if first is None:
            return False
        reason = f"same text as {first}: read once"
        self._add([Failure(source=item.source, step="read", reason=reason, fatal=False)])
        return True

    def _keep(self, document: Document, found: Article | Failure) -> None:
        digest = _text_digest(document)
        if isinstance(found, Failure):
            failures, article = [found], None
        else:
            article = link_article(found)
            failures = find_doubts(article)
        self._part.put_document(document.source, digest, article, failures)
        self._add(failures)
        self._done += 1
        self._tell("extract", self._done, max(self._total, self._done))

    def _add(self, failures: Iterable[Failure]) -> None:
        new = [failure for failure in failures if failure not in self._known]
        self._known.update(new)
        self._failures += new

    def _told(self) -> tuple[Failure, ...]:
        """Return the failures, without those of an earlier run that this one made good."""
        good = set(self._part.sources.values())
        told = [
            f for f in self._failures if not (f.fatal and f.step == "read" and f.source in good)
        ]
        return tuple(sorted(told, key=lambda f: (f.source, f.step, f.reason)))


class _Records:
    """All records of a run; those of its documents are in memory one at a time."""

    def __init__(self, part: Part, brought: dict[str, Article]) -> None:
        self._part, self._brought = part, brought
        self._ids = sorted([*part.records, *brought])

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[Article]:
        for one in self._ids:
            yield self._brought[one] if one in self._brought else self._part.read(one)

    def write(self, stream: BinaryIO) -> None:
        """Write them, with what they share."""
        tellings, sayings = list[Telling](), list[Saying]()
        for article in self:
            tellings += find_tellings(article)
            sayings += find_sayings(article)
        stories, shared = find_stories(tellings), find_shared(sayings)
        del tellings, sayings
        for article in self:
            record = dump_record(fill_shared(article, stories, shared))
            stream.write(record.encode("utf-8") + b"\n")


def _text_digest(item: Document | Article) -> str:
    if isinstance(item, Article):
        return item.text_sha256
    return hashlib.sha256(item.text.encode("utf-8")).hexdigest()


def _describe(
    named: list[str], sources: list[Source], settings: Settings, meta: Path | None
) -> dict[str, Any]:
    """Return what a run is of: where it is the same, so is what comes of it."""
    options = asdict(settings)
    options["reading"] = {k: v for k, v in options["reading"].items() if k not in _NO_MATTER}
    files = [(source.name, source.url, *_look(source.path)) for source in sources]
    return {
        "inputs": named,
        "files": hashlib.sha256(json.dumps(files).encode()).hexdigest(),
        "meta": [str(meta), *_look(meta)] if meta else None,
        "settings": json.dumps(options, sort_keys=True, default=_plain),
        "software": [list(program) for program in software_versions()],
    }


def _look(path: Path | None) -> list[int]:
    """Return size and time of a file and of what stands beside it, as far as there is any."""
    if path is None:
        return []
    beside = (path, path.with_suffix(".meta.json"), path.with_name(path.name + ".meta.json"))
    found = [one.stat() for one in beside if one.exists()]
    return [number for one in found for number in (one.st_size, one.st_mtime_ns)]


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)
