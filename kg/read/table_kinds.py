"""Tables of rows by the kind of input that they are."""

from kg.model import EventTable, Failure, MentionTable, TableKind
from kg.read.kinds import Kind
from kg.read.rows import read_event_table, read_mentions

_KINDS: dict[Kind, TableKind] = {
    Kind.gdelt_events: "gdelt-events",
    Kind.gkg: "gkg",
    Kind.acled: "acled",
}


def read_table_of(
    raw: bytes, name: str, kind: Kind
) -> tuple[EventTable | MentionTable, tuple[Failure, ...]]:
    """Return a table and what is wrong with its rows.

    Raises:
        InputError: no such table.
    """
    if kind is Kind.gdelt_mentions:
        return read_mentions(raw, name=name)
    return read_event_table(raw, name=name, kind=_KINDS[kind])
