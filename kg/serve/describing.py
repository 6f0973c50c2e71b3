"""The description of the dataset that is served: counted once for each publication.

Counting goes through the whole graph, so a process of its own does it: `python -m
kg.serve.describing DATABASE BASE` writes it as N-Triples.
"""

import asyncio
import contextlib
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.serve.cells import Cell, cell_of_iri, curie, in_words
from kg.serve.resources import MOST_STATEMENTS, About, Group
from kg.serve.site import Site
from kg.store.description import DESCRIPTION_PREFIXES, describe_graph
from kg.store.location import open_database
from kg.vocabulary import PREFIXES

_ENDPOINT = "urn:kg:endpoint"  # stands for the address by which a client has come
_SECONDS = 300.0
_VOID = PREFIXES["void"]
_TYPE = PREFIXES["rdf"] + "type"
_COUNTED = ("entities", "triples")


class Description:
    """Describes a site's graph; keeps the description until something is published."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._generation: int | None = None
        self._lines = b""

    async def tell(self, site: Site, endpoint: str) -> list[ox.Triple]:
        """Return the description, with the endpoint by which the client has come.

        Raises:
            StoreError: it could not be counted.
        """
        async with self._lock:
            generation = site.generation()
            if generation != self._generation:
                site.location.refresh()
                self._lines = await _count(site.location.path, site.base)
                self._generation = generation
        lines = self._lines.replace(_ENDPOINT.encode(), endpoint.encode())
        return [quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)]


def write_triples(triples: Iterable[ox.Triple], media_type: str) -> bytes:
    """Return a description in a form of `negotiate.GRAPHS`."""
    form = ox.RdfFormat.from_media_type(media_type)
    prefixes = {**PREFIXES, **DESCRIPTION_PREFIXES}
    return ox.serialize(triples, format=form, prefixes=prefixes) or b""


def show_description(site: Site, triples: list[ox.Triple]) -> About:
    """Return what a page says about the dataset; its parts are named by what they count."""
    iri = f"{site.base}dataset"
    by_subject = defaultdict[str, dict[str, list[ox.Triple]]](lambda: defaultdict(list))
    for triple in triples:
        by_subject[_value(triple.subject)][triple.predicate.value].append(triple)
    own = by_subject[iri]
    groups = [
        Group(
            predicate=cell_of_iri(site, predicate, curie(predicate)),
            words=in_words(predicate),
            cells=tuple(
                _cell(site, triple.object, by_subject.get(_value(triple.object), {}))
                for triple in found[:MOST_STATEMENTS]
            ),
            total=len(found),
        )
        for predicate, found in own.items()
        if predicate != _TYPE
    ]
    title = own.get(PREFIXES["dcterms"] + "title")
    return About(
        iri=iri,
        title=_value(title[0].object) if title else "Dataset",
        types=(cell_of_iri(site, f"{PREFIXES['dcat']}Dataset", "dataset"),),
        groups=tuple(groups),
        inverse=(),
        claims=(),
    )


def _cell(site: Site, term: object, about: dict[str, list[ox.Triple]]) -> Cell:
    if not isinstance(term, ox.NamedNode):
        return Cell(value=_value(term), text=_value(term), kind="literal")
    for name in ("class", "property"):
        for triple in about.get(_VOID + name, ()):
            named = _value(triple.object)
            counts = [
                f"{int(_value(count.object)):,}"
                for word in _COUNTED
                for count in about.get(_VOID + word, ())
            ]
            text = f"{curie(named)} {', '.join(counts[:1])}"
            return Cell(value=named, text=text, kind="iri")
    return cell_of_iri(site, term.value)


def _value(term: object) -> str:
    return str(getattr(term, "value", term))


async def _count(database: Path, base: str) -> bytes:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "kg.serve.describing",
        str(database),
        base,
        stdout=asyncio.subprocess.PIPE,
        stdin=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(_SECONDS):
            lines, _ = await process.communicate()
    except TimeoutError:
        raise StoreError(f"the graph was not counted within {_SECONDS:g} seconds") from None
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    if process.returncode != 0:
        raise StoreError("the graph could not be counted", source=str(database))
    return lines


def main() -> None:
    """Write the description of a database."""
    triples = describe_graph(open_database(Path(sys.argv[1])), base=sys.argv[2], endpoint=_ENDPOINT)
    sys.stdout.buffer.write(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")


if __name__ == "__main__":
    main()
