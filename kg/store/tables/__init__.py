"""Tables of events, claims, actors and figures, for spreadsheets and data frames."""

from kg.store.tables.columns import TABLES, Column, Table
from kg.store.tables.files import FORMATS, write_table
from kg.store.tables.rows import make_table

__all__ = ["FORMATS", "TABLES", "Column", "Table", "make_table", "write_table"]
