"""Shapes files: which there are, and their triples."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError, ShapesError
from kg.validate.shapes.graph import Term
from kg.validate.sources import FileNotes, base_of, form_by_ending, parse_file

_MAYBE_OTHER = ("json", "xml")
_HEAD = 65_536
_SHACL = re.compile(rb"www\.w3\.org/ns/shacl", re.IGNORECASE)
_ONLY_DATA = re.compile(r",? or say --input-format\b[^;]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapesFile:
    """What a file of shapes says.

    Attributes:
        name: path as it was given.
        number: of the file among those that are read together, from 1.
        form: its syntax, as `find_places` names it.
        base: IRI that stands for the file.
        prefixes: namespaces by prefix, as it declares them.
        triples: of all its graphs; blank nodes are named `fIbN` by file and first appearance.
    """

    name: str
    number: int
    form: str
    base: str
    prefixes: Mapping[str, str]
    triples: tuple[ox.Triple, ...]


def find_files(sources: Iterable[str | Path]) -> list[Path]:
    """Return the files of shapes: those named, and all RDF in the folders named and below.

    Of a folder's `.json` and `.xml`, which may be anything, those that name SHACL are taken; names
    with a leading dot are passed over.

    Raises:
        ShapesError: a folder without RDF.
    """
    files: list[Path] = []
    for source in sources:
        path = Path(source)
        if not path.is_dir():
            files.append(path)
            continue
        found = sorted(file for file in path.rglob("*") if _is_shapes_file(file, path))
        if not found:
            raise ShapesError("no RDF file in this folder", source=str(source))
        files += found
    return list(dict.fromkeys(files))


def _is_shapes_file(file: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    if hidden or form_by_ending(file.name) is None or not file.is_file():
        return False
    if not file.name.lower().endswith(_MAYBE_OTHER):
        return True
    with file.open("rb") as stream:
        return _SHACL.search(stream.read(_HEAD)) is not None


def read_file(name: str, number: int) -> ShapesFile:
    """Return the triples of a file; relative IRIs are resolved against the file's own.

    Args:
        name: path of the file.
        number: of the file among those that are read together, from 1.

    Raises:
        ShapesError: no such file, an unknown ending, or it does not parse: file, line, reason.
    """
    try:
        notes = FileNotes()
        triples = tuple(_label(parse_file(name, notes=notes), number))
    except InputError as error:
        text = str(error).removeprefix(f"{error.source}: ")
        raise ShapesError(_ONLY_DATA.sub("", text), source=error.source) from None
    return ShapesFile(
        name=name,
        number=number,
        form=notes.form or "",
        base=base_of(name),
        prefixes=notes.prefixes,
        triples=triples,
    )


def _label(quads: Iterable[ox.Quad], number: int) -> Iterator[ox.Triple]:
    """Yield triples with blank nodes named by the rank of their first appearance."""
    labels: dict[Term, ox.BlankNode] = {}

    def label(term: Term) -> Term:
        if not isinstance(term, ox.BlankNode):
            return term
        return labels.setdefault(term, ox.BlankNode(f"f{number}b{len(labels) + 1}"))

    for quad in quads:
        subject, value = label(quad.subject), label(quad.object)
        label(quad.graph_name)
        yield ox.Triple(subject, quad.predicate, value)
