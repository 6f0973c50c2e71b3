"""What a store folder holds: written out as an export, described, and made ready to be read."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from kg.errors import InputError, StoreError
from kg.iris import graph_iri
from kg.link import link_corpus
from kg.map import Run, map_articles, repeated_share
from kg.model import Article, EventTable
from kg.pipeline.export import Export, write_export
from kg.pipeline.keys import PastRun, derive_graphs, load_keys, table_of
from kg.pipeline.publication import Publication
from kg.pipeline.settling import article_graphs, is_settled, past_runs, settings_of, settle
from kg.records import load_record, load_table
from kg.settings import Settings
from kg.store.keep import (
    CATALOGUE,
    Catalogue,
    as_stored,
    current_snapshot,
    is_store_folder,
    open_writer,
    read_terms,
)
from kg.store.location import open_database
from kg.validate import validate_graph
from kg.write import check_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreInfo:
    """What a store folder holds.

    Attributes:
        triples: statements that readers see, each counted once a graph.
        graphs: named graphs that readers see.
        runs: how many runs have articles.
        changed: end of the last run that has articles, ISO 8601, or None.
        publication: number of what readers open, 0 where nothing was published.
        settled: whether readers see all that is in the store.
        bytes: size on disk, snapshots counted once.
    """

    folder: str
    articles: int
    tables: int
    triples: int
    graphs: int
    runs: int
    changed: str | None
    publication: int
    settled: bool
    bytes: int
    base: str
    evidence: str
    with_text: bool
    version: int


def describe_store(folder: str | Path) -> StoreInfo:
    """Return what a store folder holds, as readers see it.

    Raises:
        InputError: not a store.
        StoreError: damaged.
    """
    path = Path(folder)
    terms = read_terms(path)
    with Catalogue(path / CATALOGUE, read_only=True) as catalogue:
        runs = catalogue.runs()
        entries, settled = catalogue.ids(), is_settled(catalogue)
        tables = sum(table_of(entry) is not None for entry in entries)
    triples = graphs = number = 0
    if (path / "current").is_file():
        snapshot, number = current_snapshot(path)
        store = open_database(snapshot)
        triples, graphs = len(store), sum(1 for _ in store.named_graphs())
    return StoreInfo(
        folder=str(folder),
        articles=len(entries) - tables,
        tables=tables,
        triples=triples,
        graphs=graphs,
        runs=len(runs),
        changed=runs[-1][2] if runs else None,
        publication=number,
        settled=settled,
        bytes=_size(path),
        base=terms.base,
        evidence=terms.evidence,
        with_text=terms.with_text,
        version=terms.version,
    )


def make_ready(source: str | Path) -> bool:
    """Settle a store that a process left unsettled, unless another writes it; say if it was done.

    Anything that is no store folder is left alone.

    Raises:
        StoreError: the store is damaged.
    """
    path = Path(source)
    if not is_store_folder(path) or not (path / CATALOGUE).is_file():
        return False
    with Catalogue(path / CATALOGUE, read_only=True) as catalogue:
        if is_settled(catalogue):
            return False
    try:
        with open_writer(path) as writer:
            settle(writer, settings_of(writer.terms))
    except StoreError:
        if (path / "current").is_file():  # in use, or read-only: the last publication is whole
            return False
        raise
    return True


def export_store(
    folder: str | Path,
    output: str | Path,
    *,
    engine: str = "auto",
    texts: Path | None = None,
    publication: Publication | None = None,
) -> Export:
    """Write the graph of a store folder as `kg export` writes it, and return what was done.

    The same articles give the same files as an export of their texts, but for the report: words are
    proved only where the texts are given. Statements that others put into the store follow those of
    their graph, sorted; what others took out stays out.

    Args:
        folder: a store folder.
        output: folder, made if absent; each file is replaced atomically.
        engine: SHACL engine: auto, shacl or pyshacl.
        texts: folder of the source texts.
        publication: what `dataset.ttl` says of licence and place.

    Raises:
        InputError: not a store, or an empty one.
        WriteError: the output cannot be written.
    """
    clock = time.monotonic()
    path, target = Path(folder), Path(output)
    make_ready(path)
    settings = settings_of(read_terms(path))
    check_folder(target)
    store = open_database(current_snapshot(path)[0])
    articles, tables, runs, provenance = _read_catalogue(path, store, settings)
    if not articles and not tables:
        raise InputError("this store holds no article: nothing was written", source=str(path))
    about = graph_iri(settings.base, "provenance")
    quads = list(_in_order(map_articles(articles, settings, tables), store, leave_out=about))
    done = Export(
        articles=tuple(articles),
        tables=tuple(tables),
        report=validate_graph(quads, engine=engine, texts=texts),
        triples=len({quad.triple for quad in quads}),
        repeated=repeated_share(articles, settings),
    )
    last = Run(started=runs[-1].started, ended=runs[-1].ended, software=runs[-1].software)
    files = write_export(target, done, quads, provenance, last, settings.base, publication)
    return replace(done, files=files, seconds=time.monotonic() - clock)


def _read_catalogue(
    path: Path, store: Store, settings: Settings
) -> tuple[list[Article], list[EventTable], list[PastRun], list[Quad]]:
    """Return the articles and tables that readers see, linked, their runs, and what those tell."""
    with Catalogue(path / CATALOGUE, read_only=True) as catalogue:
        lines = [
            (entry, line)
            for entry, line in zip(catalogue.ids(), catalogue.records(), strict=True)
            if store.contains_named_graph(NamedNode(article_graphs(settings.base, entry)[0]))
        ]
        seen = [load_record(line) for entry, line in lines if table_of(entry) is None]
        tables = [load_table(line) for entry, line in lines if table_of(entry) is not None]
        keys = [load_keys(text) for _, _, _, text in catalogue.all_keys()]
        runs = past_runs(catalogue)
        graphs = derive_graphs(keys, runs, settings)
    articles = sorted(link_corpus(seen), key=lambda a: a.id)
    about = graph_iri(settings.base, "provenance")
    tables.sort(key=lambda table: table.source)
    return articles, tables, runs, list(_in_order(graphs[about], store, only=about))


def _in_order(
    mapped: Iterable[Quad], store: Store, *, leave_out: str = "", only: str = ""
) -> Iterator[Quad]:
    """Yield the quads of a store in the order of mapping, then the others of each graph, sorted."""
    order: dict[str, list[Quad]] = {}
    for quad in mapped:
        order.setdefault(str(quad.graph_name), []).append(quad)
    names = {str(name): name for name in store.named_graphs()}
    wanted = [name for name in order if name in names]
    wanted += sorted(set(names) - set(order))
    for name in wanted:
        plain = name[1:-1]
        if plain == leave_out or (only and plain != only):
            continue
        known = [quad for quad in order.get(name, ()) if quad in store]
        yield from known
        there = set(store.quads_for_pattern(None, None, None, names[name]))
        yield from sorted(there - as_stored(known), key=str)


def _size(folder: Path) -> int:
    """Return the bytes of all files, those with several names counted once."""
    seen: Counter[tuple[int, int]] = Counter()
    total = 0
    for file in folder.rglob("*"):
        try:
            facts = file.stat()
        except OSError:  # a compaction took it away
            continue
        if file.is_file() and not seen[facts.st_dev, facts.st_ino]:
            seen[facts.st_dev, facts.st_ino] += 1
            total += facts.st_size
    return total
