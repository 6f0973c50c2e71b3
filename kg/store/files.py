"""RDF files on disk: which there are, and how they get into a store."""

import gzip
import zlib
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import InputError

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}
"""Suffix of a file -> syntax; each may have `.gz` behind it."""


def list_graph_files(source: str | Path) -> list[Path]:
    """Return the files that hold the graph of a source: the file, or those of an output folder.

    Raises:
        InputError: no such file, or a folder that `kg export` did not write.
    """
    path = Path(source)
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise InputError("no such file or folder", source=str(path))
    files = [path / name for name in ("graph.trig", "provenance.trig")]
    files = [file for file in files if file.is_file()]
    if not files:
        raise InputError(
            "not an output folder (no graph.trig) and not a store (no kg-store.json, no CURRENT)",
            source=str(path),
        )
    return files


def load_file(store: ox.Store, file: Path) -> None:
    """Put the quads of a file into a store.

    Raises:
        InputError: an unknown kind of file, or it does not parse; names file and line.
    """
    suffixes = [suffix.lower() for suffix in file.suffixes]
    packed = suffixes[-1:] == [".gz"]
    form = FORMATS.get((suffixes[:-1] if packed else suffixes)[-1] if suffixes[packed:] else "")
    if form is None:
        known = " ".join(FORMATS)
        raise InputError(f"unknown kind of RDF file; known are {known}", source=str(file))
    try:
        if packed:
            with gzip.open(file) as stream:
                store.bulk_load(cast("IO[bytes]", stream), format=form)
        else:
            store.bulk_load(path=str(file), format=form)
    except (SyntaxError, ValueError, OSError, EOFError, zlib.error) as error:
        raise InputError(f"does not parse: {error}", source=str(file)) from None
