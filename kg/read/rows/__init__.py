"""Read event tables: GDELT events, mentions and knowledge graph, ACLED.

Every row is read or reported, by its number and the field that is wrong; only a file that is no
such table at all is an error.
"""

from kg.read.rows.detect import RowsKind, looks_like
from kg.read.rows.joining import join_mentions
from kg.read.rows.reading import read_event_table, read_mentions, read_table_rows

__all__ = [
    "RowsKind",
    "join_mentions",
    "looks_like",
    "read_event_table",
    "read_mentions",
    "read_table_rows",
]
