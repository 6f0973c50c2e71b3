"""Shapes files: which there are, and their triples."""

import gzip
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import ShapesError
from kg.validate.shapes.graph import Term

_FORMS = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
_ENDINGS = {
    ".ttl": "turtle",
    ".shacl": "turtle",
    ".trig": "trig",
    ".nt": "ntriples",
    ".nq": "nquads",
    ".jsonld": "jsonld",
    ".rdf": "rdfxml",
    ".xml": "rdfxml",
    ".owl": "rdfxml",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapesFile:
    """What a file of shapes says.

    Attributes:
        name: path as it was given.
        number: of the file among those that are read together, from 1.
        form: its syntax, as `find_places` names it.
        base: IRI that stands for the file.
        triples: of all its graphs; blank nodes are named `fIbN` by file and first appearance.
        prefixes: namespaces by prefix, where the syntax has them.
    """

    name: str
    number: int
    form: str
    base: str
    triples: tuple[ox.Triple, ...]
    prefixes: Mapping[str, str]


def find_files(sources: Iterable[str | Path]) -> list[Path]:
    """Return the files of shapes: those named, and all RDF files of the folders named.

    Raises:
        ShapesError: nothing at a path, or a folder without RDF.
    """
    files: list[Path] = []
    for source in sources:
        path = Path(source)
        if not path.is_dir():
            files.append(path)
            continue
        found = sorted(f for f in path.iterdir() if _ending(f) in _ENDINGS and f.is_file())
        if not found:
            raise ShapesError("no RDF file in this folder", source=str(source))
        files += found
    return list(dict.fromkeys(files))


def read_file(name: str, number: int) -> ShapesFile:
    """Return the triples of a file; relative IRIs are resolved against the file's own.

    Args:
        name: path of the file.
        number: of the file among those that are read together, from 1.

    Raises:
        ShapesError: no such file, an unknown ending, or it does not parse: file, line, reason.
    """
    path = Path(name)
    form = _ENDINGS.get(_ending(path), "")
    if not form and path.is_file():
        known = " ".join(_ENDINGS)
        raise ShapesError(f"unknown ending {path.suffix or '(none)'}: one of {known}", source=name)
    base = path.resolve().as_uri()
    try:
        data = gzip.decompress(path.read_bytes()) if _zipped(path) else path.read_bytes()
        quads = ox.parse(input=data, format=_FORMS.get(form), base_iri=base)
        triples = tuple(_label(quads, number))
    except FileNotFoundError:
        raise ShapesError("no such file", source=name) from None
    except SyntaxError as error:
        place = f"{name}, line {error.lineno}" if error.lineno else name
        raise ShapesError(_reason(error.msg), source=place) from None
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise ShapesError(_reason(error), source=name) from None
    prefixes = dict(getattr(quads, "prefixes", None) or {})
    return ShapesFile(
        name=name, number=number, form=form, base=base, triples=triples, prefixes=prefixes
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


def _zipped(path: Path) -> bool:
    return path.suffix.lower() == ".gz"


def _ending(path: Path) -> str:
    inner = Path(path.stem) if _zipped(path) else path
    return inner.suffix.lower()


def _reason(error: object) -> str:
    text = " ".join(str(error).split())
    if "LoadDocumentCallback" in text:
        return "it names a JSON-LD context on the web, and nothing is fetched here: put it inline"
    return text
