"""Write a graph in one of five formats, as a stream, into a file that is replaced whole."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Literal

from pyoxigraph import Quad, RdfFormat, serialize

from kg.errors import InputError
from kg.vocabulary import file_prefixes
from kg.write.files import replace_with
from kg.write.turtle import format_turtle

Format = Literal["turtle", "trig", "nquads", "ntriples", "jsonld"]

FORMATS: dict[str, Format] = {
    ".ttl": "turtle",
    ".trig": "trig",
    ".nq": "nquads",
    ".nt": "ntriples",
    ".jsonld": "jsonld",
}
"""Suffix of a file -> format. TriG, N-Quads and JSON-LD keep the named graphs; Turtle and N-Triples
are the union of all graphs."""


def write_graph(
    quads: Iterable[Quad],
    target: str | Path | BinaryIO,
    format: Format | None = None,  # noqa: A002
    *,
    base: str | None = None,
    prefixes: Mapping[str, str] | None = None,
) -> int:
    """Write quads in the order they come and return how many there were.

    Args:
        quads: read once; those of one subject together make the shortest Turtle.
        target: file, replaced atomically, or an open binary stream.
        format: left out, the suffix of the file decides.
        base: base of the data; then its rooms (`person:`, `org:` …) are prefixes too.
        prefixes: more prefixes.

    Raises:
        InputError: no such format.
        WriteError: the file cannot be written.
    """
    chosen = _format_of(target, format)
    count = Counter(quads)

    def write(stream: BinaryIO) -> None:
        _write_stream(count, stream, chosen, {**file_prefixes(base), **(prefixes or {})})

    if isinstance(target, str | Path):
        replace_with(target, write)
    else:
        write(target)
    return count.number


class Counter:
    """Passes quads on and counts them."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._quads = quads
        self.number = 0

    def __iter__(self) -> Iterator[Quad]:
        for quad in self._quads:
            self.number += 1
            yield quad


def distinct_triples(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield quads whose triple was not yielded before, whatever their graph.

    Only what shared nodes (of the authority file) are told by several articles can repeat, so only
    that is remembered.
    """
    seen: set[tuple[str, str, str]] = set()
    for quad in quads:
        subject = str(quad.subject)
        if "/article/" not in subject:
            key = (subject, str(quad.predicate), str(quad.object))
            if key in seen:
                continue
            seen.add(key)
        yield quad


def _format_of(target: str | Path | BinaryIO, wanted: str | None) -> Format:
    suffix = Path(target).suffix.lower() if isinstance(target, str | Path) else ""
    for known, name in FORMATS.items():
        if wanted == name or (wanted is None and suffix == known):
            return name
    names = " ".join(FORMATS if wanted is None else FORMATS.values())
    raise InputError(f"cannot tell the format of {wanted or target}: one of {names}")


def _write_stream(
    quads: Iterable[Quad], stream: BinaryIO, chosen: Format, prefixes: dict[str, str]
) -> None:
    if chosen in ("turtle", "ntriples"):
        quads = distinct_triples(quads)
    if chosen in ("turtle", "trig"):
        for piece in format_turtle(quads, prefixes, graphs=chosen == "trig"):
            stream.write(piece.encode("utf-8"))
    elif chosen == "ntriples":
        serialize((quad.triple for quad in quads), stream, RdfFormat.N_TRIPLES)
    elif chosen == "nquads":
        serialize(quads, stream, RdfFormat.N_QUADS)
    else:
        serialize(quads, stream, RdfFormat.JSON_LD, prefixes=prefixes)
