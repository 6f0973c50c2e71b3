"""The description that goes with an export: `dataset.ttl`, counted in the graph beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad

from kg.store.description import DESCRIPTION_PREFIXES, check_iri, describe_graph
from kg.store.dumps import measure_dump
from kg.write import write_graph

DESCRIPTION = "dataset.ttl"
"""Name of the file."""

_DUMPS = ("graph.ttl", "graph.trig", "articles.jsonl")  # provenance and run have times of day


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Under what terms and where a graph is published.

    Attributes:
        licence: IRI of the licence of the graph; None says nothing about it.
        downloads: URL of the folder where the files of the export will stand; the base where None.

    Raises:
        InputError: one of them is no absolute IRI.
    """

    licence: str | None = None
    downloads: str | None = None

    def __post_init__(self) -> None:
        check_iri(self.licence, "licence")
        check_iri(self.downloads, "downloads")


def write_description(
    quads: Sequence[Quad], output: Path, base: str, publication: Publication
) -> Path:
    """Describe an export and return the file of the description.

    Args:
        quads: of the graph.
        output: folder that holds the other files already.
        base: base of the data.
        publication: terms and place.

    Raises:
        WriteError: the file cannot be written.
    """
    folder = (publication.downloads or base).rstrip("/") + "/"
    triples = describe_graph(
        quads,
        base=base,
        licence=publication.licence,
        dumps=tuple(measure_dump(output / name, folder) for name in _DUMPS),
    )
    target = output / DESCRIPTION
    here = DefaultGraph()
    described = [Quad(t.subject, t.predicate, t.object, here) for t in triples]
    write_graph(_by_subject(described), target, prefixes=DESCRIPTION_PREFIXES)
    return target


def _by_subject(quads: Iterable[Quad]) -> Iterable[Quad]:
    """Return quads with those of one subject together, in the order in which each first comes."""
    blocks: dict[object, list[Quad]] = {}
    for quad in quads:
        blocks.setdefault(quad.subject, []).append(quad)
    return (quad for block in blocks.values() for quad in block)
