"""Statements put down by graph in a temporary file, as N-Triples, and taken up again."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import Any

import pyoxigraph as ox

from kg.errors import InputError
from kg.vocabulary import expand

_TYPE = f"<{expand('rdf:type')}>"
_SUBCLASS = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
_IS_STRING = f"<{expand('nif:isString')}>"
_TOLD = frozenset({_TYPE, _SUBCLASS, _IS_STRING})
# Characters kept before they are put down; bytes of the temporary file that stay in memory.
_KEPT, _IN_MEMORY = 8_000_000, 32_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is in data, to know which targets find nothing.

    Attributes:
        predicates: IRIs used as such.
        classes: IRIs by `rdf:type`, and all that these are subclasses of.
        subclasses: pairs of `rdfs:subClassOf`, those of the context too.
    """

    predicates: frozenset[str]
    classes: frozenset[str]
    subclasses: frozenset[tuple[str, str]]
    _has: Callable[[str], bool] = field(repr=False, compare=False)

    def has_node(self, term: str) -> bool:
        """Return whether a term is a subject or an object: an IRI, `_:label` or a literal.

        The first question has all the data read once more.
        """
        return self._has(term)


@dataclass(slots=True)
class _Record:
    """Where a graph is: offset and length of each piece, one after the other."""

    files: tuple[int, ...] = ()
    triples: int = 0
    texts: int = 0
    pieces: list[int] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """One graph of a dataset.

    Attributes:
        name: IRI, `_:label` of a graph named by a blank node, None for the default graph.
        files: where it is from; triples: how many statements.
        texts: how many of these are texts (`nif:isString`).
    """

    name: str | None
    files: tuple[str, ...]
    triples: int
    texts: int
    _read: Callable[[], bytes] = field(repr=False, compare=False)

    def read(self) -> bytes:
        """Return its statements as N-Triples, in the order of the files."""
        return self._read()


class Spool:
    """A temporary file with statements by graph.

    Attributes:
        triples: how many were put in; predicates, classes, subclasses: terms seen, as N-Triples.
    """

    def __init__(self) -> None:
        self.triples = 0
        self.predicates: set[str] = set()
        self.classes: set[str] = set()
        self.subclasses: set[tuple[str, str]] = set()
        self._graphs: dict[str | None, _Record] = {}
        self._texts: dict[str, list[int]] = {}
        self._new_texts: list[tuple[str, str]] = []
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        self._end = 0
        self._nodes: set[int] | None = None

    def close(self) -> None:
        """Delete the temporary file."""
        self._file.close()

    def add(self, quads: Iterable[ox.Quad], number: int) -> None:
        """Put down the statements of a file.

        Args:
            quads: the statements, in the order of the file.
            number: of the file: its blank nodes become `_:f<number>b1`, `b2` and so on, in the
                order of their first appearance (subject, object, graph).

        Raises:
            InputError: as reading them does, or there is no room for the temporary file.
        """
        labels = _Labels(number)
        last: object = None
        record = _Record()
        kept, count = 0, 0
        predicates = self.predicates
        for quad in quads:
            line = str(quad.triple)
            subject, predicate, value = line.split(" ", 2)
            if subject[0] == "_" or value[0] == "_" or value[:2] == "<<":
                subject, value = labels.rename(quad.subject), labels.rename(quad.object)
                line = f"{subject} {predicate} {value}"
            graph = quad.graph_name
            if graph != last:
                last, record = graph, self._record(graph, labels, number)
            record.lines.append(line)
            record.triples += 1
            predicates.add(predicate)
            if predicate in _TOLD:
                self._note(record, line, (subject, predicate, value))
            count += 1
            kept += len(line)
            if kept > _KEPT:
                self._put_down()
                kept = 0
        self._put_down()
        self.triples += count
        self._nodes = None

    def __len__(self) -> int:
        """How many graphs there are."""
        return len(self._graphs)

    def names(self) -> list[str | None]:
        """Return the names of the graphs, the default graph first."""
        return sorted(self._graphs, key=lambda name: (name is not None, name or ""))

    def graph(self, name: str | None, files: tuple[str, ...]) -> Graph:
        """Return a graph; `files` are the names of all files, by number from 0."""
        record = self._graphs[name]
        return Graph(
            name=name,
            files=tuple(files[number] for number in record.files if files[number]),
            triples=record.triples,
            texts=record.texts,
            _read=lambda: self._read(record.pieces),
        )

    def text_of(self, subject: str) -> bytes:
        """Return the statements that give the text of a node, whatever the graph."""
        return self._read(self._texts.get(subject, []))

    def read_all(self) -> bytes:
        """Return all statements."""
        return b"".join(self._read(record.pieces) for record in self._graphs.values())

    def has_node(self, term: str) -> bool:
        """Return whether a term (as in a result) is a subject or an object."""
        if self._nodes is None:
            self._nodes = set()
            for record in self._graphs.values():
                for piece in self._pieces(record.pieces):
                    self._nodes.update(_hashes_of_nodes(piece))
        return hash(_as_term(term).encode()) in self._nodes

    def _record(self, graph: object, labels: "_Labels", number: int) -> _Record:
        if isinstance(graph, ox.NamedNode):
            name: str | None = graph.value
        else:
            name = labels.rename(graph) if isinstance(graph, ox.BlankNode) else None
        record = self._graphs.setdefault(name, _Record())
        if number not in record.files:
            record.files = (*record.files, number)
        return record

    def _note(self, record: _Record, line: str, terms: tuple[str, str, str]) -> None:
        subject, predicate, value = terms
        if predicate == _TYPE:
            self.classes.add(value)
        elif predicate == _SUBCLASS:
            self.subclasses.add((subject, value))
        else:
            record.texts += 1
            self._new_texts.append((subject, line))

    def _put_down(self) -> None:
        try:
            for record in self._graphs.values():
                if record.lines:
                    record.pieces += self._write(record.lines)
                    record.lines.clear()
            for subject, line in self._new_texts:
                self._texts.setdefault(subject, []).extend(self._write([line]))
            self._new_texts.clear()
        except OSError as error:
            raise InputError(
                f"no room for the temporary file ({error.strerror}): set TMPDIR to another folder"
            ) from None

    def _write(self, lines: list[str]) -> tuple[int, int]:
        data = (" .\n".join(lines) + " .\n").encode()
        self._file.seek(self._end)
        self._file.write(data)
        start, self._end = self._end, self._end + len(data)
        return start, len(data)

    def _read(self, pieces: list[int]) -> bytes:
        return b"".join(self._pieces(pieces))

    def _pieces(self, pieces: list[int]) -> Iterator[bytes]:
        for start, length in zip(pieces[::2], pieces[1::2], strict=True):
            self._file.seek(start)
            yield self._file.read(length)


class _Labels:
    """New labels for the blank nodes of one file."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._names: dict[str, str] = {}

    def rename(self, term: Any) -> str:  # noqa: ANN401  (any term)
        """Return a term as N-Triples, its blank nodes renamed."""
        if isinstance(term, ox.BlankNode):
            label = term.value
            if label not in self._names:
                self._names[label] = f"_:f{self._number}b{len(self._names) + 1}"
            return self._names[label]
        if isinstance(term, ox.Triple):
            inner = [self.rename(term.subject), str(term.predicate), self.rename(term.object)]
            return f"<<( {' '.join(inner)} )>>"
        return str(term)


def _hashes_of_nodes(lines: bytes) -> Iterator[int]:
    """Yield the hashes of subjects and objects: a tenth of the memory of the terms."""
    for line in lines.split(b"\n"):
        if line:
            subject, _, rest = line.split(b" ", 2)
            yield hash(subject)
            yield hash(rest[:-2])


def _as_term(name: str) -> str:
    return name if name.startswith(('"', "_:", "<<")) else f"<{name}>"
