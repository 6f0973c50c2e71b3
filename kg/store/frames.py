"""Rows as data frames of polars or pandas, with the types that the literals have."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import InputError
from kg.vocabulary import expand

if TYPE_CHECKING:
    import pandas
    import polars

Terms = Iterable[tuple[object, ...]]


class FramedRows:
    """Rows of terms, as whatever a program would have them: the base of every answer."""

    __slots__ = ()
    columns: tuple[str, ...]

    def terms(self) -> Iterator[tuple[object, ...]]:
        """Yield rows of RDF terms (of pyoxigraph); None is unbound."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[tuple[str | None, ...]]:
        """Yield rows of plain strings: IRIs and the words of literals; None is unbound."""
        for row in self.terms():
            yield tuple(plain(term) for term in row)

    def to_dicts(self) -> list[dict[str, str | None]]:
        """Return the rows as dictionaries of plain strings."""
        return [dict(zip(self.columns, row, strict=True)) for row in self]

    def to_polars(self) -> "polars.DataFrame":
        """Return a polars data frame; numbers, booleans and dates have their types.

        Raises:
            InputError: polars is not installed; says how to.
        """
        return to_polars(self.columns, self.terms())

    def to_pandas(self) -> "pandas.DataFrame":
        """Return a pandas data frame; numbers, booleans and dates have their types.

        Raises:
            InputError: pandas is not installed; says how to.
        """
        return to_pandas(self.columns, self.terms())


def plain(term: object) -> str | None:
    """Return the words of a term: IRI, or value of a literal; None stays None."""
    return None if term is None else str(getattr(term, "value", term))


_INTEGERS = ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger")
_DECIMALS = ("decimal", "double", "float")


def to_polars(columns: Sequence[str], rows: Terms) -> "polars.DataFrame":
    """Return the rows as a polars data frame, see `typed_columns`.

    Raises:
        InputError: polars is not installed.
    """
    try:
        import polars
    except ImportError:
        raise InputError("polars is not installed: pip install polars") from None
    return polars.DataFrame(typed_columns(columns, rows), strict=False)


def to_pandas(columns: Sequence[str], rows: Terms) -> "pandas.DataFrame":
    """Return the rows as a pandas data frame, see `typed_columns`.

    Raises:
        InputError: pandas is not installed.
    """
    try:
        import pandas
    except ImportError:
        raise InputError("pandas is not installed: pip install pandas") from None
    return pandas.DataFrame(typed_columns(columns, rows))


def typed_columns(columns: Sequence[str], rows: Terms) -> dict[str, list[Any]]:
    """Return the values of every column by its name.

    A column is of whole numbers, numbers, truth values, days or moments where all its values are
    such literals; otherwise of text. So a partial date makes its column one of text, and no value
    is lost. None is unbound.
    """
    found: list[list[object]] = [[] for _ in columns]
    for row in rows:
        for values, term in zip(found, row, strict=True):
            values.append(term)
    return {name: _typed(values) for name, values in zip(columns, found, strict=True)}


def _typed(terms: list[object]) -> list[Any]:
    kinds = {_kind(term) for term in terms if term is not None}
    read = _READERS.get(kinds.pop(), str) if len(kinds) == 1 else str
    if kinds == set() and not any(term is not None for term in terms):
        return terms
    words = [None if term is None else str(getattr(term, "value", term)) for term in terms]
    try:
        return [None if word is None else read(word) for word in words]
    except ValueError:  # an ill-formed literal: the words stay as they are
        return words


def _kind(term: object) -> str:
    if not isinstance(term, ox.Literal):
        return ""
    return _KINDS.get(term.datatype.value, "")


def _boolean(word: str) -> bool:
    return word in ("true", "1")


def _moment(word: str) -> datetime:
    return datetime.fromisoformat(word)


_READERS: dict[str, Callable[[str], object]] = {
    "integer": int,
    "number": float,
    "boolean": _boolean,
    "date": date.fromisoformat,
    "moment": _moment,
}
_KINDS = {
    **{expand(f"xsd:{name}"): "integer" for name in _INTEGERS},
    **{expand(f"xsd:{name}"): "number" for name in _DECIMALS},
    expand("xsd:boolean"): "boolean",
    expand("xsd:date"): "date",
    expand("xsd:dateTime"): "moment",
}
