"""A graph that is kept: articles go into a store folder and out of it, one transaction each."""

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kg.errors import InputError, RecordError
from kg.extract import extract_articles
from kg.fetch import is_url
from kg.iris import article_id, graph_iri
from kg.link import link_article, link_corpus
from kg.map import map_article, map_table
from kg.model import Article, Document, EventTable, Failure, MentionTable
from kg.pipeline.collecting import Progress, collect_inputs, find_doubts, silent
from kg.pipeline.export import software_versions
from kg.pipeline.keys import (
    Keys,
    derive_graphs,
    dump_keys,
    find_keys,
    find_table_keys,
    load_keys,
    table_entry,
)
from kg.pipeline.settling import article_graphs, dump_software, now, settle
from kg.read.rows import join_mentions
from kg.records import dump_record, dump_table
from kg.settings import Settings
from kg.store.keep import (
    Change,
    Kept,
    StoreFolder,
    Terms,
    drop_graphs,
    insert_data,
    open_writer,
)
from kg.validate import load_shapes, validate_graph


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What adding did.

    Attributes:
        added, replaced, unchanged: ids of articles; `replaced` are the new ones.
        removed: ids of the captures that went for them.
        failures: documents that could not be used, and warnings about others.
        rules_only: whether an English text was extracted without a language model.
        publication: number of what readers now open.
        seconds: wall-clock time.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    rules_only: bool = False
    publication: int = 0
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether every document is in the store."""
        return not any(failure.fatal for failure in self.failures)


def add_articles(
    inputs: Iterable[str | Path],
    folder: str | Path,
    settings: Settings | None = None,
    *,
    meta: Path | None = None,
    keep_old: bool = False,
    keep_invalid: bool = False,
    progress: Progress | None = None,
) -> Added:
    """Put the articles of texts and records into a store folder, one transaction each.

    An article whose text changed replaces the earlier capture: that of the same URL or, where it
    has none, of the same file. What is there already and was made from the same is left alone.

    Args:
        inputs: files, folders, globs, URLs; `-` is standard input.
        folder: made where it does not exist.
        settings: options; base, evidence and with_text must be those the store was made with.
        meta: table with URL, publisher and date by file name.
        keep_old: keep the earlier capture too; the new one is then a revision of it.
        keep_invalid: put in what the shapes refuse, too.
        progress: called with step, number done and total.

    Raises:
        InputError: no input exists, or the folder is no store.
        ModelError: the language model is missing or not the pinned one.
        StoreError: another process writes the store, or it cannot be written.
    """
    settings, clock = settings or Settings(), time.monotonic()
    tell = progress or silent
    given, failures = _read_inputs(inputs, settings, meta)
    terms = Terms(base=settings.base, evidence=settings.evidence, with_text=settings.with_text)
    with open_writer(folder, terms) as writer:
        adding = _Adding(writer, settings, keep_old=keep_old, keep_invalid=keep_invalid)
        try:
            adding.put_all(given, tell)
        finally:  # what is in stays in, and readers see it
            publication = settle(writer, settings, run=adding.run)
    return Added(
        added=tuple(adding.added),
        replaced=tuple(adding.replaced),
        unchanged=tuple(adding.unchanged),
        removed=tuple(adding.removed),
        failures=tuple(
            sorted([*failures, *adding.failures], key=lambda f: (f.source, f.step, f.reason))
        ),
        rules_only=adding.rules_only,
        publication=publication,
        seconds=time.monotonic() - clock,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """A document to be extracted, or an article that already is, and where it came from."""

    id: str
    url: str | None
    source: str
    digest: str
    place: str | None = None
    document: Document | None = None
    article: Article | None = None
    table: EventTable | None = None


def _read_inputs(
    inputs: Iterable[str | Path], settings: Settings, meta: Path | None
) -> tuple[list[_Given], list[Failure]]:
    """Return what was given, sorted by name, and what could not be read.

    Raises:
        InputError: nothing could be read, and no input exists.
    """
    given, failures, missing = list[_Given](), list[Failure](), list[InputError]()
    tables, mentions = list[tuple[EventTable, str]](), list[MentionTable]()
    for one in inputs:
        try:
            collected = collect_inputs([one], settings, meta)
        except InputError as error:
            missing.append(error)
            continue
        given += [_of_document(document, str(one), settings) for document in collected.documents]
        given += [_of_record(article) for article in collected.articles]
        failures += collected.failures
        tables += [(table, str(one)) for table in collected.tables]
        mentions += collected.mentions
    mentions.sort(key=lambda table: (table.source, table.sha256))
    joined, unmatched = join_mentions([table for table, _ in tables], mentions)
    given += [_of_table(table, one) for table, (_, one) in zip(joined, tables, strict=True)]
    failures += unmatched
    if missing and not given:
        raise missing[0]
    failures += [Failure(source=e.source or "", step="read", reason=str(e)) for e in missing]
    return _once(sorted(given, key=lambda g: (g.source, g.digest)), failures), failures


def _once(given: list[_Given], failures: list[Failure]) -> list[_Given]:
    """Return what was given without the texts that came before, of which a warning is left."""
    first: dict[str, _Given] = {}
    for one in given:
        known = first.setdefault(one.id, one)
        if known is not one:
            reason = f"same text as {known.source}: read once"
            failures.append(Failure(source=one.source, step="read", reason=reason, fatal=False))
    return list(first.values())


def _of_table(table: EventTable, given: str) -> _Given:
    return _Given(
        id=table_entry(table.id),
        url=None,
        source=table.source,
        digest=_digest(dump_table(table)),
        place=_place(given, table.source),
        table=table,
    )


def _of_record(article: Article) -> _Given:
    alone = link_corpus((article,))[0]  # what it shares with others is found anew here
    return _Given(
        id=alone.id,
        url=alone.url,
        source=alone.source,
        digest=_digest(dump_record(alone)),
        article=alone,
    )


def _of_document(document: Document, given: str, settings: Settings) -> _Given:
    made_by = (settings.model, sorted(settings.without), software_versions())
    return _Given(
        id=article_id(document.text),
        url=document.url,
        source=document.source,
        digest=_digest(repr((document, made_by))),
        place=_place(given, document.source),
        document=document,
    )


def _place(given: str, source: str) -> str | None:
    """Return a hash of the place of a file, by what was given and its name there."""
    if given == "-" or is_url(given):
        return None
    parent = Path(given) if Path(given).is_dir() else Path(given).parent
    return _digest(str((parent / source).resolve()))[:16]


class _Adding:
    """One run of adding."""

    def __init__(
        self, writer: StoreFolder, settings: Settings, *, keep_old: bool, keep_invalid: bool
    ) -> None:
        self.added: list[str] = []
        self.replaced: list[str] = []
        self.unchanged: list[str] = []
        self.removed: list[str] = []
        self.failures: list[Failure] = []
        self.rules_only = False
        self.run: int | None = None
        self._writer, self._settings = writer, settings
        self._keep_old, self._keep_invalid = keep_old, keep_invalid
        self._given: set[str] = set()

    def put_all(self, given: Sequence[_Given], tell: Progress) -> None:
        """Put in what is not there yet."""
        catalogue = self._writer.catalogue
        new = []
        self._given = {one.id for one in given}
        for one in given:
            own = article_graphs(self._settings.base, one.id)[0]
            there = self._writer.store.contains_named_graph(NamedNode(own))
            if there and catalogue.digest(one.id) == one.digest:
                self.unchanged.append(one.id)
            else:
                new.append(one)
        for one in new:
            if one.table is not None:
                self._put_table(one, one.table)
        new = [one for one in new if one.table is None]
        tell("add", 0, len(new))
        for number, (one, article) in enumerate(self._extract(new), 1):
            if isinstance(article, Failure):
                self.failures.append(article)
            else:
                self._put(one, article)
            tell("add", number, len(new))

    def _extract(self, given: Sequence[_Given]) -> Iterator[tuple[_Given, Article | Failure]]:
        """Yield records first, then the documents as they are extracted."""
        yield from ((one, one.article) for one in given if one.article is not None)
        waiting = [one for one in given if one.document is not None]
        documents = [one.document for one in waiting if one.document is not None]
        found = extract_articles(documents, self._settings) if documents else iter(())
        for one, article in zip(waiting, found, strict=False):
            if isinstance(article, Failure):
                yield one, article
                continue
            self.failures += find_doubts(article)
            english = article.language in ("en", "und")
            self.rules_only |= english and article.extractor.model is None
            yield one, link_article(article)

    def _put(self, given: _Given, article: Article) -> None:
        try:
            quads = map_article(article, self._settings)
        except RecordError as error:
            self.failures.append(Failure(source=given.source, step="map", reason=str(error)))
            return
        keys = find_keys(article)
        if not self._may_stand(given, [*quads, *self._beside(keys)]):
            return
        old = self._earlier(given)
        revises = old[-1] if old and self._keep_old else self._writer.catalogue.revised(given.id)
        keys = replace(keys, revises=revises)
        gone = () if self._keep_old else old
        self._apply(given, self._keep(given, article.url, keys, dump_record(article)), quads, gone)

    def _put_table(self, given: _Given, table: EventTable) -> None:
        quads, keys = map_table(table, self._settings), find_table_keys(table)
        if not self._may_stand(given, [*quads, *self._beside(keys)]):
            return
        gone = () if self._keep_old else self._earlier(given)
        self._apply(given, self._keep(given, None, keys, dump_table(table)), quads, gone)

    def _may_stand(self, given: _Given, quads: Sequence[Quad]) -> bool:
        """Return whether the shapes allow what is to be put in; what they refuse is told."""
        problem = self._check(given, quads)
        if problem is not None:
            self.failures.append(replace(problem, fatal=not self._keep_invalid))
        return problem is None or self._keep_invalid

    def _keep(self, given: _Given, url: str | None, keys: Keys, record: str) -> Kept:
        if self.run is None:
            self.run = self._writer.catalogue.begin_run(now(), dump_software(software_versions()))
        return Kept(
            id=given.id,
            url=url,
            source=given.source,
            digest=given.digest,
            run=self.run,
            place=given.place,
            replaces=keys.revises,
            keys=dump_keys(keys),
            record=record,
        )

    def _apply(
        self, given: _Given, kept: Kept, quads: Sequence[Quad], gone: tuple[str, ...]
    ) -> None:
        """Put an entry in, in one transaction, and take out those that it replaces."""
        base = self._settings.base
        there = self._writer.catalogue.digest(given.id) is not None
        touched = tuple(g for one in (given.id, *gone) for g in article_graphs(base, one))
        beside = self._beside(load_keys(kept.keys))
        self._writer.apply(
            Change(
                update=drop_graphs(touched) + insert_data([*quads, *beside]),
                put=kept,
                removed=gone,
                graphs=(*touched, graph_iri(base, "authority")),
            )
        )
        (self.replaced if gone or there else self.added).append(given.id)
        self.removed += gone

    def _beside(self, keys: Keys) -> list[Quad]:
        """Return what the graphs that all share say of this article alone.

        So an article is whole at once; what it shares with others comes with settling.
        """
        graphs = derive_graphs([keys], (), self._settings)
        return graphs[graph_iri(self._settings.base, "authority")]

    def _earlier(self, given: _Given) -> tuple[str, ...]:
        """Return the captures that an article is a later one of, oldest run first."""
        catalogue = self._writer.catalogue
        if given.url:
            found = catalogue.ids_by_url(given.url)
        else:
            found = catalogue.ids_by_place(given.place) if given.place else []
        if catalogue.digest(given.id) is not None:  # it is there already, as it was
            return ()
        runs = {one: catalogue.run_of(one) or 0 for one in found if one not in self._given}
        return tuple(sorted(runs, key=lambda one: (runs[one], one)))

    def _check(self, given: _Given, quads: Sequence[Quad]) -> Failure | None:
        texts = {given.document.text} if given.document else None
        shapes = None if given.table else load_shapes()
        report = validate_graph(quads, shapes=shapes, texts=texts)
        if not report.violations:
            return None
        first = next(r for r in report.results if r.severity == "Violation")
        told = f"{report.violations} violations of the shapes; the first: {first.message}"
        return Failure(source=given.source, step="validate", reason=told)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
