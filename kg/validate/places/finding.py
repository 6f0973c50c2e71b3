"""Where nodes and statements stand in a file of RDF."""

import zlib
from collections.abc import Collection, Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, Protocol

import pyoxigraph as ox

from kg.validate.places.blocks import search_blocks
from kg.validate.places.jsonld import read_jsonld
from kg.validate.places.lines import read_lines
from kg.validate.places.ranks import name_blanks
from kg.validate.places.rdfxml import read_rdfxml
from kg.validate.places.search import Search, Wanted, is_backward
from kg.validate.places.source import open_file
from kg.validate.places.statements import Statement
from kg.validate.places.turtle import read_turtle
from kg.validate.report import Place


class _Read(Protocol):
    def __call__(self, file: IO[bytes], *, base: str | None = None) -> Iterator[Statement]: ...


def _readers() -> dict[str, tuple[_Read, ox.RdfFormat]]:
    return {
        "turtle": (read_turtle, ox.RdfFormat.TURTLE),
        "trig": (read_turtle, ox.RdfFormat.TRIG),
        "ntriples": (read_lines, ox.RdfFormat.N_TRIPLES),
        "nquads": (read_lines, ox.RdfFormat.N_QUADS),
        "rdfxml": (read_rdfxml, ox.RdfFormat.RDF_XML),
        "jsonld": (read_jsonld, ox.RdfFormat.JSON_LD),
    }


def find_places(
    file: str,
    form: str,
    wanted: Collection[Wanted],
    number: int = 1,
    *,
    base: str | None = None,
    path: str | Path | None = None,
) -> dict[Wanted, Place]:
    """Return the nearest line of each thing that is wanted and stands in the file.

    Nearest is the statement itself; then the first of the node's statements with that property;
    then where the node's block begins; then where the node first stands as an object. Where
    no path is wanted but a value, it is a statement with that object or property. A place is exact
    where it is that of the statement, or of the first with the property where no value is wanted.
    What cannot be told for sure has no place.

    Args:
        file: name of the file, as the places give it.
        form: turtle, trig, ntriples, nquads, rdfxml or jsonld; of any other nothing is found.
        wanted: nodes and statements.
        number: of the file among those validated, from 1; by it blank nodes are known.
        base: IRI against which relative ones are resolved, as the file was parsed with.
        path: where its bytes are, if not at `file`; gzip is unpacked.
    """
    if form not in _readers():
        return {}
    found: dict[Wanted, Place] = {}
    if form in ("turtle", "trig"):
        plain = [one for one in wanted if not is_backward(one) and not _has_blanks([one])]
        search = Search(file, plain)
        if not search.done:
            _offer(search, _read_blocks(path or file, base, search.subjects))
        found = search.places
    rest = [one for one in wanted if one not in found]
    asked = number if _has_blanks(wanted) else None
    if form == "turtle" and asked is not None:
        search = Search(file, rest)
        if _search_blocks(search, path or file, asked, base):
            return found | search.places
    search = Search(file, rest)
    if not search.done:
        _offer(search, read_statements(path or file, form, asked, base))
    return found | search.places


def _search_blocks(search: Search, path: str | Path, number: int, base: str | None) -> bool:
    try:
        return search.done or search_blocks(search, path, number, base)
    except (OSError, EOFError, zlib.error):
        return False


def _offer(search: Search, statements: Generator[Statement, None, None]) -> None:
    with closing(statements):
        for statement in statements:
            search.offer(statement)
            if search.done:
                return


def _read_blocks(
    path: str | Path, base: str | None, subjects: Collection[str]
) -> Generator[Statement, None, None]:
    """Yield the statements of Turtle or TriG in the blocks of some subjects."""
    try:
        with open_file(path) as file:
            yield from read_turtle(file, base=base, subjects=subjects)
    except (OSError, EOFError, zlib.error):
        return


def read_statements(
    path: str | Path, form: str, number: int | None, base: str | None = None
) -> Generator[Statement, None, None]:
    """Yield the statements of a file with their lines, as far as it can be read.

    Args:
        path: of the file, packed or not.
        form: as for `find_places`.
        number: of the file, for the names of blank nodes; None where nobody asks for them.
        base: IRI against which relative ones are resolved.
    """
    read, parser_form = _readers()[form]
    try:
        with open_file(path) as file:
            if number is None:
                yield from read(file, base=base)
                return
            with open_file(path) as again:
                quads = ox.parse(again, format=parser_form, base_iri=base)
                yield from name_blanks(read(file, base=base), quads, number)
    except (OSError, EOFError, zlib.error):
        return


def _has_blanks(wanted: Collection[Wanted]) -> bool:
    return any(
        term is not None and term.startswith("_:")
        for one in wanted
        for term in (one.graph, one.focus, one.value)
    )
