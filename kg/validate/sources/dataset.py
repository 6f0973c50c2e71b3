"""A dataset out of files, folders, standard input or statements, one graph at a time."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import chain
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import TracebackType
from typing import IO, Self

import pyoxigraph as ox

from kg.errors import InputError
from kg.validate.sources.listing import STANDARD_INPUT, list_files
from kg.validate.sources.parsing import FileNotes, parse_file
from kg.validate.sources.reading import Tell, size_of
from kg.validate.sources.spool import Graph, Seen, Spool

Source = str | Path | Iterable[str | Path] | Iterable[ox.Quad]


class Dataset:
    """Graphs to validate, read once and kept in a temporary file until it is closed.

    Attributes:
        files: of the data, the first being number 1 of the labels of blank nodes.
        context_files: of what stands beside; their numbers follow.
        context_graphs: named graphs of the data that stand beside the others.
        union: all graphs are given as one.
    """

    def __init__(self, files: Iterable[str], context_files: Iterable[str], *, union: bool) -> None:
        self.files = tuple(files)
        self.context_files = tuple(context_files)
        self.context_graphs: tuple[str, ...] = ()
        self.union = union
        self._data, self._context = Spool(), Spool()
        self._notes: dict[str, FileNotes] = {}
        self._kept: IO[bytes] | None = None

    def read(self, quads: Iterable[ox.Quad], form: str | None, tell: Tell | None) -> None:
        """Put down statements, and those of the files.

        Args:
            quads: statements beside those of the files.
            form: the syntax of all files; by ending and content for None.
            tell: called with `read`, bytes read so far, and bytes of all files.

        Raises:
            InputError: a file cannot be read, or there is no room for the temporary file.
        """
        progress = _Progress(tell, [*self.files, *self.context_files])
        self._data.add(quads, 0)
        numbered = enumerate((*self.files, *self.context_files), 1)
        for number, file in numbered:
            notes = self._notes.setdefault(file, FileNotes())
            if file == STANDARD_INPUT:  # it is read again for the lines of faults
                self._kept = NamedTemporaryFile(prefix="kg-")  # noqa: SIM115
                notes.keep = self._kept
            parsed = parse_file(file, form, tell=progress.next_file(), notes=notes)
            spool = self._data if number <= len(self.files) else self._context
            spool.add(parsed, number)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Delete the temporary files."""
        self._data.close()
        self._context.close()
        if self._kept is not None:
            self._kept.close()

    @property
    def triples(self) -> int:
        """How many statements the data have, those of the context files not counted."""
        return self._data.triples

    @cached_property
    def seen(self) -> Seen:
        """What terms the data use."""
        pairs = self._data.subclasses | self._context.subclasses
        subclasses = frozenset((lower.strip("<>"), upper.strip("<>")) for lower, upper in pairs)
        return Seen(
            predicates=frozenset(_iris(self._data.predicates)),
            classes=_with_those_above(_iris(self._data.classes), subclasses),
            subclasses=subclasses,
            _has=self._data.has_node,
        )

    @cached_property
    def context(self) -> bytes:
        """N-Triples of the context files."""
        return self._context.read_all()

    def __len__(self) -> int:
        return min(len(self._data), 1) if self.union else len(self._data)

    def __iter__(self) -> Iterator[Graph]:
        """Yield the graphs by IRI, the default graph first, those of the context among them."""
        names = ("", *self.files)
        graphs = (self._data.graph(name, names) for name in self._data.names())
        if not self.union:
            yield from graphs
        elif len(self):
            yield _as_one(list(graphs), self._data.read_all)

    def form_of(self, file: str) -> str | None:
        """Return the syntax that a file was read as; None of an empty one."""
        return self._notes[file].form

    def path_of(self, file: str) -> Path:
        """Return where the bytes of a file are: those of standard input are kept for a while."""
        if file == STANDARD_INPUT and self._kept is not None:
            self._kept.flush()
            return Path(self._kept.name)
        return Path(file)

    @property
    def prefixes(self) -> dict[str, str]:
        """Namespaces by prefix, as the files declare them; of several the first."""
        found: dict[str, str] = {}
        for notes in self._notes.values():
            found = notes.prefixes | found
        return found

    def text_of(self, node: str) -> bytes:
        """Return the statements, in whatever graph, that give the text of a node (`<iri>`)."""
        return self._data.text_of(node)


def open_dataset(
    source: Source,
    *,
    union: bool = False,
    context: Iterable[str | Path] = (),
    form: str | None = None,
    tell: Tell | None = None,
) -> Dataset:
    """Read a dataset; close it, or use it in a `with`.

    Args:
        source: an RDF file, `-` for standard input, a folder, several of these, or statements,
            whose blank nodes get the number 0.
        union: all graphs as one.
        context: files and folders, or IRIs of named graphs of the data, to stand beside each graph.
        form: the syntax of all files, whatever their endings.
        tell: called with `read`, bytes read so far, and bytes of all files.

    Raises:
        InputError: something that cannot be read; names file, line, reason and way out.
    """
    quads, paths = _sorted_out(source)
    aside, graphs = _sort_context(context)
    dataset = Dataset(list_files(paths), list_files(aside), union=union)
    try:
        dataset.read(quads, form, tell)
        _check_context(dataset, graphs)
    except BaseException:
        dataset.close()
        raise
    return dataset


def _sorted_out(source: Source) -> tuple[Iterable[ox.Quad], list[str | Path]]:
    """Return the statements and the paths of a source."""
    if isinstance(source, str | Path):
        return [], [source]
    items = iter(source)
    first = next(items, None)
    if first is None:
        return [], []
    if isinstance(first, str | Path):
        paths: list[str | Path] = []
        quads: list[ox.Quad] = []
        for item in chain([first], items):
            if isinstance(item, str | Path):
                paths.append(item)
            else:
                quads.append(item)
        return quads, paths
    return _only_quads(chain([first], items)), []


def _only_quads(items: Iterable[object]) -> Iterator[ox.Quad]:
    for item in items:
        if not isinstance(item, ox.Quad):
            raise InputError(f"neither a path nor a statement: {item!r}")
        yield item


def _sort_context(context: Iterable[str | Path]) -> tuple[list[str | Path], list[str]]:
    """Return the paths and the IRIs: what has a scheme and is no file is an IRI."""
    paths: list[str | Path] = []
    graphs: list[str] = []
    for item in context:
        is_iri = isinstance(item, str) and ":" in item and not Path(item).exists()
        if is_iri:
            graphs.append(str(item).strip("<>"))
        else:
            paths.append(item)
    return paths, graphs


def _check_context(dataset: Dataset, graphs: list[str]) -> None:
    there = [graph.name for graph in dataset if graph.name] if not dataset.union else graphs
    for name in graphs:
        if name not in there:
            known = ", ".join(there[:3]) or "none"
            raise InputError(
                f"context {name}: neither a file nor a named graph of the data (there: {known})"
            )
    dataset.context_graphs = tuple(dict.fromkeys(graphs))


def _as_one(graphs: list[Graph], read: Callable[[], bytes]) -> Graph:
    return Graph(
        name=None,
        files=tuple(dict.fromkeys(file for graph in graphs for file in graph.files)),
        triples=sum(graph.triples for graph in graphs),
        texts=sum(graph.texts for graph in graphs),
        _read=read,
    )


def _with_those_above(
    classes: Iterable[str], subclasses: Iterable[tuple[str, str]]
) -> frozenset[str]:
    above: dict[str, list[str]] = {}
    for lower, upper in subclasses:
        above.setdefault(lower, []).append(upper)
    found: set[str] = set()
    waiting = list(classes)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += above.get(name, [])
    return frozenset(found)


def _iris(terms: Iterable[str]) -> Iterator[str]:
    return (term[1:-1] for term in terms if term[0] == "<" and term[:2] != "<<")


class _Progress:
    """Adds up what is read of several files."""

    def __init__(self, tell: Tell | None, files: list[str]) -> None:
        self._tell = tell
        self._total = sum(size_of(file) for file in files) if tell else 0
        self._done, self._last = 0, 0

    def next_file(self) -> Callable[[int], None]:
        """Return what takes the bytes read so far of one more file."""
        self._done, self._last = self._done + self._last, 0
        return self._step

    def _step(self, done: int) -> None:
        self._last = done
        if self._tell is not None:
            self._tell("read", self._done + done, self._total)
