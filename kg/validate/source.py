"""Quads from RDF files, output folders, or an iterable of quads."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError

Source = str | Path | Iterable[str | Path] | Iterable[ox.Quad]

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
}


def read_quads(source: Source) -> list[ox.Quad]:
    """Return the quads of a source; blank nodes of different files are kept apart.

    Args:
        source: an RDF file, a folder (its `graph.trig`, else all RDF files in it), several of
            these, or quads.

    Raises:
        InputError: no such file, unknown ending, or it does not parse: names file, line and reason.
    """
    if isinstance(source, str | Path):
        return list(_read_paths([source]))
    quads: list[ox.Quad] = []
    paths: list[str | Path] = []
    for item in source:
        if isinstance(item, str | Path):
            paths.append(item)
        else:
            quads.append(item)
    return [*quads, *_read_paths(paths)]


def _read_paths(paths: Iterable[str | Path]) -> Iterator[ox.Quad]:
    for path in paths:
        for file in _files(Path(path)):
            yield from _parse(file)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    if (path / "graph.trig").is_file():
        return [path / "graph.trig"]
    files = sorted(f for f in path.iterdir() if f.suffix in _FORMATS and f.is_file())
    if not files:
        raise InputError("no RDF file in this folder", source=str(path))
    return files


def _parse(file: Path) -> Iterator[ox.Quad]:
    form = _FORMATS.get(file.suffix.lower())
    if form is None:
        raise InputError(
            f"unknown ending {file.suffix or '(none)'}: one of {' '.join(_FORMATS)}",
            source=str(file),
        )
    try:
        yield from ox.parse(path=str(file), format=form, rename_blank_nodes=True)
    except FileNotFoundError:
        raise InputError("no such file", source=str(file)) from None
    except SyntaxError as error:
        place = f"{file}, line {error.lineno}" if error.lineno else str(file)
        reason = _reason(error.msg)
        raise InputError(
            f"{reason}; correct it, or write the file with `kg map` again", source=place
        ) from None
    except (OSError, ValueError) as error:
        raise InputError(_reason(error), source=str(file)) from None


def _reason(error: object) -> str:
    text = " ".join(str(error).split())
    if "LoadDocumentCallback" in text:
        return "it names a JSON-LD context on the web, and nothing is fetched here: put it inline"
    return text
