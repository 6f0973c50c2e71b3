"""The writer of a store folder: changes in a journal, one transaction each, then a publication.

A folder holds `kg-store.json` (what it is), `graph/` (the writer's Oxigraph database),
`catalogue.db` (articles, journal, full-text index), `snapshots/` and `current` (what readers open),
and `lock`. A process that dies leaves every change either made or written down; the next writer
makes those first.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import pyoxigraph as ox

from kg.errors import InputError, QueryError, StoreError
from kg.store.guard import check_update
from kg.store.keep.catalogue import EVERYTHING, Catalogue, Change, catalogue_error
from kg.store.keep.snapshots import CATALOGUE, MARK, POINTER, is_store_folder, publish_snapshot
from kg.vocabulary import PREFIXES

_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a store was made with, and stays with.

    Attributes:
        base: prefix of every IRI that is minted in it.
        evidence: `words` or `offsets`.
        with_text: whether texts are kept.
        version: of the folder's format.
    """

    base: str
    evidence: str = "words"
    with_text: bool = False
    version: int = _VERSION


class StoreFolder:
    """A store folder, open for writing; one process at a time. Use it in a `with`."""

    def __init__(self, folder: Path, terms: Terms, lock: IO[str], catalogue: Catalogue) -> None:
        self.folder = folder
        self.terms = terms
        self.catalogue = catalogue
        self._lock = lock
        self.store = _open_graph(folder)
        for number, change in catalogue.pending():
            self._make(number, change)

    def apply(self, change: Change) -> None:
        """Make one change: all of it or, should this process die, all of it at the next opening.

        Raises:
            StoreError: it cannot be written.
        """
        self._make(self.catalogue.begin(change), change)

    def replace_graphs(self, wanted: Mapping[str, Iterable[ox.Quad]]) -> int:
        """Make graphs hold these quads and no others; return how many quads were changed."""
        gone, new = list[ox.Quad](), list[ox.Quad]()
        drops, touched = "", list[str]()
        for name, quads in wanted.items():
            there = set(self.store.quads_for_pattern(None, None, None, ox.NamedNode(name)))
            needed = list(quads)
            lost = there - as_stored(needed)
            if any(has_blank_node(quad) for quad in lost):  # which no DELETE DATA can name
                drops += drop_graphs((name,))
                touched.append(name)
                new += needed
                continue
            gone += lost
            new += [quad for quad in needed if quad not in self.store]
        if gone or new or drops:
            graphs = tuple(sorted({*touched, *(graph_of(quad) for quad in (*gone, *new))}))
            update = drops + delete_data(gone) + insert_data(new)
            self.apply(Change(update=update, graphs=graphs))
        for name in wanted:  # an empty graph is no graph
            node = ox.NamedNode(name)
            if next(self.store.quads_for_pattern(None, None, None, node), None) is None:
                self.store.remove_graph(node)
        return len(gone) + len(new)

    def update(self, sparql: str, *, base: str | None = None) -> None:
        """Run a SPARQL Update from outside, as one transaction; relative IRIs are below `base`.

        Raises:
            QueryError: it does not parse.
            RefusedError: it would read or write outside the graph.
        """
        checked = check_update(sparql)
        self.catalogue.note_changed(EVERYTHING)
        try:
            self.store.update(checked, base_iri=base, prefixes=PREFIXES)
        except (SyntaxError, ValueError, RuntimeError) as error:
            raise QueryError(f"not an update that can be run: {error}") from None

    def compact(self) -> None:
        """Let go of disk space that many changes have left behind.

        Raises:
            StoreError: it cannot be written.
        """
        try:
            self.store.optimize()
        except OSError as error:
            raise StoreError(f"cannot be written: {error}", source=str(self.folder)) from None

    def publish(self) -> int:
        """Make the present state what readers open; return the number of the publication.

        Raises:
            StoreError: it cannot be written.
        """
        try:
            self.store.flush()
            return publish_snapshot(self.folder, self.store)
        except OSError as error:
            raise StoreError(f"cannot publish: {error}", source=str(self.folder)) from None

    def close(self) -> None:
        """Close everything and let the next writer in."""
        self.catalogue.close()
        del self.store
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        if isinstance(error, sqlite3.Error):
            raise catalogue_error(self.folder, error) from None

    def _make(self, number: int, change: Change) -> None:
        try:
            self.store.update(change.update)
        except (OSError, RuntimeError, SyntaxError, ValueError) as error:
            raise StoreError(f"cannot be written: {error}", source=str(self.folder)) from None
        self.catalogue.finish(number, change)


def open_writer(folder: str | Path, terms: Terms | None = None) -> StoreFolder:
    """Open a store folder for writing, and finish what a process that died left behind.

    Args:
        folder: made where it does not exist and `terms` are given.
        terms: what it is to be made with; an existing store must have been made with the same.

    Raises:
        InputError: not a store, or one made with other terms.
        StoreError: another process writes it, a newer format, or it is damaged.
    """
    path = Path(folder)
    if not is_store_folder(path):
        if terms is None:
            raise InputError("no store of kg add is here (no kg-store.json)", source=str(path))
        _make_folder(path, terms)
    found = read_terms(path)
    if terms is not None and terms != found:
        raise InputError(_difference(found, terms), source=str(path))
    lock = _lock(path)
    try:
        return StoreFolder(path, found, lock, Catalogue(path / CATALOGUE))
    except BaseException:  # of any kind: the next writer must get in
        lock.close()
        raise


def read_terms(folder: Path) -> Terms:
    """Return what a store was made with.

    Raises:
        InputError: not a store.
        StoreError: damaged, or of a newer format.
    """
    try:
        read = json.loads((folder / MARK).read_text("utf-8"))
        terms = Terms(**read)
    except OSError:
        raise InputError("no store of kg add is here", source=str(folder)) from None
    except (ValueError, TypeError):
        raise StoreError(f"{MARK} is damaged", source=str(folder)) from None
    if terms.version > _VERSION:
        raise StoreError(
            f"made by a newer kg (format {terms.version}): update kg", source=str(folder)
        )
    return terms


def as_stored(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """Return quads as Oxigraph gives them back: it keeps the value of a number, not its spelling.

    `"7"^^xsd:nonNegativeInteger` comes back as `"7"^^xsd:integer`; both are the same to it.
    """
    store = ox.Store()
    store.bulk_extend(quads)
    return set(store)


def has_blank_node(quad: ox.Quad) -> bool:
    """Return whether a quad has a blank node, or a triple, which may have one."""
    return any(isinstance(end, ox.BlankNode | ox.Triple) for end in (quad.subject, quad.object))


def graph_of(quad: ox.Quad) -> str:
    """Return the name of a quad's graph, "" for the default graph."""
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""


def insert_data(quads: Iterable[ox.Quad]) -> str:
    """Return the SPARQL Update that puts quads in."""
    return _data("INSERT DATA", quads)


def delete_data(quads: Iterable[ox.Quad]) -> str:
    """Return the SPARQL Update that takes quads out."""
    return _data("DELETE DATA", quads)


def drop_graphs(names: Iterable[str]) -> str:
    """Return the SPARQL Update that removes graphs, whether they are there or not."""
    return "".join(f"DROP SILENT GRAPH <{name}> ;\n" for name in names)


def _data(verb: str, quads: Iterable[ox.Quad]) -> str:
    by_graph: dict[str, list[str]] = {}
    for quad in quads:
        by_graph.setdefault(str(quad.graph_name), []).append(str(quad.triple))
    blocks = [
        f"GRAPH {graph} {{\n" + " .\n".join(triples) + "\n}" for graph, triples in by_graph.items()
    ]
    return f"{verb} {{\n" + "\n".join(blocks) + "\n} ;\n" if blocks else ""


def _make_folder(path: Path, terms: Terms) -> None:
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise InputError("not a store, and not an empty folder: name another", source=str(path))
    try:
        path.mkdir(parents=True, exist_ok=True)
        unfinished = path / f"{MARK}.new"
        unfinished.write_text(json.dumps(asdict(terms), indent=1) + "\n", "utf-8")
        unfinished.replace(path / MARK)
    except OSError as error:
        raise StoreError(f"cannot be made: {error.strerror}", source=str(path)) from None


def _open_graph(folder: Path) -> ox.Store:
    graph = folder / "graph"
    if not graph.exists() and (folder / POINTER).exists():
        raise StoreError("its graph/ is gone; the snapshots still open", source=str(folder))
    try:
        return ox.Store(str(graph))
    except OSError as error:
        raise StoreError(f"its graph cannot be opened: {error}", source=str(folder)) from None


def _lock(folder: Path) -> IO[str]:
    """Return the open lock file; closing it lets the next writer in."""
    try:
        stream = (folder / "lock").open("a+", encoding="ascii")
    except OSError as error:
        raise StoreError(f"cannot be written: {error.strerror}", source=str(folder)) from None
    try:
        import fcntl
    except ImportError:  # Windows: Oxigraph's own lock has the last word
        return stream
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        stream.seek(0)
        owner = stream.read().strip()
        stream.close()
        told = f" (process {owner})" if owner.isdigit() else ""
        raise StoreError(f"another kg is writing this store{told}", source=str(folder)) from None
    stream.seek(0)
    stream.truncate()
    stream.write(str(os.getpid()))
    stream.flush()
    return stream


def _difference(found: Terms, wanted: Terms) -> str:
    for name, option in (
        ("base", "--base"),
        ("evidence", "--evidence"),
        ("with_text", "--with-text"),
    ):
        have, ask = getattr(found, name), getattr(wanted, name)
        if have != ask:
            return f"this store was made with {option} {have}, not {ask}"
    return "this store was made with other options"
