"""Every field of the record and the triples that keep it: the table of `docs/data-model.md`.

The table is `kg/map/fields.tsv`. A field without a triple says why. Tests hold the table against
the values and against the mapper.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

STRUCTURE = ("rdf:type", "nif:referenceContext", "schema:appearance", "schema:mentions")
"""Predicates that hold the graph together and keep no field of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the record.

    Attributes:
        owner, name: class and field of `kg.model`.
        node: what the triple is about. terms: its predicates, or the class it is; empty: no triple.
        value: what the triple points at.
        note: what comes back from the graph, or why nothing does.
    """

    owner: str
    name: str
    node: str
    terms: tuple[str, ...]
    value: str
    note: str


@lru_cache(maxsize=1)
def load_fields() -> tuple[Field, ...]:
    """Return the rows of the table, in its order.

    >>> load_fields()[0].name
    'id'
    """
    lines = Path(__file__).with_suffix(".tsv").read_text(encoding="utf-8").splitlines()
    return tuple(_field(*line.split("\t")) for line in lines[1:])


def _field(owner: str, name: str, node: str, terms: str, value: str, note: str) -> Field:
    words = tuple(term.strip() for term in terms.split(",") if term.strip())
    return Field(owner=owner, name=name, node=node, terms=words, value=value, note=note)
