"""Files that hold a graph, as a description of it lists them."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from kg.errors import InputError

_KINDS = {
    ".ttl": ("text/turtle", "Turtle"),
    ".trig": ("application/trig", "TriG"),
    ".nt": ("application/n-triples", "N-Triples"),
    ".nq": ("application/n-quads", "N-Quads"),
    ".jsonld": ("application/ld+json", "JSON-LD"),
    ".rdf": ("application/rdf+xml", "RDF_XML"),
    ".jsonl": ("application/jsonl", ""),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """A file to download.

    Attributes:
        name: of the file; it becomes the end of an IRI.
        url: absolute IRI where it is.
        media_type: as `text/turtle`.
        rdf_format: its name in http://www.w3.org/ns/formats/; empty where it is not RDF.
        size: bytes.
        sha256: in hexadecimal digits.
    """

    name: str
    url: str
    media_type: str
    rdf_format: str
    size: int
    sha256: str


def measure_dump(path: Path, folder_url: str) -> Dump:
    """Return a file of a folder that stands, or will stand, at a URL.

    Args:
        path: of the file; its suffix says the media type.
        folder_url: ends in `/`.

    Raises:
        InputError: it cannot be read, or is of an unknown kind.
    """
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise InputError(f"unknown kind of dump; known are {' '.join(_KINDS)}", source=str(path))
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            size = stream.tell()
    except OSError as error:
        raise InputError(error.strerror or str(error), source=str(path)) from None
    return Dump(
        name=path.name,
        url=folder_url + quote(path.name),
        media_type=kind[0],
        rdf_format=kind[1],
        size=size,
        sha256=digest,
    )
