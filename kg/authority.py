"""Known nodes: countries, organisations, media, people in office, and the world's cities.

`kg/data/authority.tsv` is the reviewable table of nodes that actors and places are linked to; its
`qid` column is filled only where the item was verified. `kg/data/cities.tsv.gz` is an extract of
GeoNames that gives coordinates and countries to cities without a node.

What it gets wrong: it knows forms, not people. A namesake of a head of state is found as the head
of state; the caller decides whether type and context fit. City look-up without a country prefers
the largest city of that name.
"""

import gzip
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from kg.model import ActorType, PlaceType

_DATA = Path(__file__).parent / "data"
_PLAIN = str.maketrans("łŁøØđĐı’‘ʼ`“”‐‑–—\u00a0", "lLoOdDi''''\"\"---- ")
_TYPES = frozenset((*get_args(ActorType), *get_args(PlaceType)))
MediaStance = Literal["independent", "state", "party"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A post that a person held: `body` is a path; dates are a year or a day, open where None."""

    title: str
    body: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One node of the authority file.

    Attributes:
        path: path of its IRI below the base: `place/belarus`, `org/nato`, `person/jane-doe`.
        name: usual English name. names: all other forms, any script, sorted.
        qid: verified Wikidata item, or None.
        code: ISO 3166-1 alpha-2 code of a country.
        country: path of the country that it lies in or belongs to.
        acts_for: path of the principal that it acts for: a ministry for its state.
        stance: of media and monitors: `independent` ones are carriers, `state` media and a `party`
            to a conflict are claimants; None where the question does not arise.
        offices: posts of a person, by start.
        latitude, longitude: decimal degrees, WGS 84.
        demonyms: adjectives and nouns of a country: Belarusian, Belarusians.
        capital: path of the capital. metonyms: place names that stand for its government.
    """

    path: str
    name: str
    type: ActorType | PlaceType
    names: tuple[str, ...] = ()
    qid: str | None = None
    code: str | None = None
    country: str | None = None
    acts_for: str | None = None
    stance: MediaStance | None = None
    offices: tuple[Office, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    demonyms: tuple[str, ...] = ()
    capital: str | None = None
    metonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A city of the gazetteer; `country` is a path, `population` a count of people."""

    name: str
    country: str | None
    geonames_id: int
    latitude: float
    longitude: float
    population: int


class Authority:
    """The nodes, found by path, by form, by demonym or by metonym."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(sorted(entries, key=lambda entry: entry.path))
        self._by_path = {entry.path: entry for entry in self._entries}
        self._by_code = {entry.code: entry for entry in self._entries if entry.code}
        self._names = _index((e, (e.name, *e.names)) for e in self._entries)
        self._demonyms = _index((e, e.demonyms) for e in self._entries)
        self._metonyms = _index((e, e.metonyms) for e in self._entries)

    def get(self, path: str) -> Entry | None:
        """Return the entry of a path, or None."""
        return self._by_path.get(path)

    def country(self, code: str) -> Entry | None:
        """Return the country of an ISO 3166-1 alpha-2 code, or None."""
        return self._by_code.get(code.upper())

    def find(self, name: str) -> tuple[Entry, ...]:
        """Return the entries that have this name, countries first, then by path.

        Accents and kinds of quotation mark do not count. Case does, as in running text: a form of
        up to three letters or all in capitals matches only as written ("US" is not "us"), any other
        form that starts with a capital needs one ("Chad" is not "chad"); a leading "the" is passed
        over where no form has it.
        """
        found = _look_up(self._names, name)
        if not found and name[:4].casefold() == "the ":
            found = _look_up(self._names, name[4:])
        return found

    def find_demonym(self, word: str) -> tuple[Entry, ...]:
        """Return the countries whose people or things the word names ("Belarusian")."""
        return _look_up(self._demonyms, word)

    def find_metonym(self, name: str) -> tuple[Entry, ...]:
        """Return the nodes that a place name may stand for ("Moscow" for Russia)."""
        return _look_up(self._metonyms, name)

    def entries(self) -> tuple[Entry, ...]:
        """Return all entries, sorted by path."""
        return self._entries

    def forms(self) -> Iterator[tuple[str, Entry]]:
        """Yield every folded name with its entry, for matching against folded text.

        A match is a candidate only: `find` on the words as the text has them applies the rule of
        case.
        """
        for folded, candidates in self._names.items():
            for _, entry in candidates:
                yield folded, entry


_Index = dict[str, list[tuple[str, Entry]]]


def fold_name(text: str) -> str:
    """Return a name without accents, case, kinds of quotation mark and runs of white space.

    >>> fold_name("Linas  LINKEVIČIUS’")
    "linas linkevicius'"
    """
    return _unmark(text).casefold()


@lru_cache(maxsize=1)
def load_authority() -> Authority:
    """Return the nodes of `kg/data/authority.tsv`, read once.

    Raises:
        ValueError: the table has a row that cannot be used; the message names it.
    """
    return Authority(read_entries(_DATA / "authority.tsv"))


def read_entries(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a table: a header, then one row a node, `|` between values.

    Raises:
        ValueError: names the line and what is wrong with it.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    entries = []
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != len(header):
            raise ValueError(f"{path.name}:{number}: {len(cells)} cells, not {len(header)}")
        try:
            entries.append(_entry(dict(zip(header, cells, strict=True))))
        except (KeyError, ValueError) as error:
            raise ValueError(f"{path.name}:{number}: {error}") from None
    return tuple(entries)


def _entry(row: dict[str, str]) -> Entry:
    if row["type"] not in _TYPES:
        raise ValueError(f"no such type: {row['type']!r}")
    if row["stance"] not in {"", *get_args(MediaStance)}:
        raise ValueError(f"no such stance: {row['stance']!r}")
    return Entry(
        path=row["path"],
        name=row["name"],
        type=row["type"],  # type: ignore[arg-type]
        names=_values(row["names"]),
        qid=row["qid"] or None,
        code=row["code"] or None,
        country=row["country"] or None,
        acts_for=row["acts_for"] or None,
        stance=row["stance"] or None,  # type: ignore[arg-type]
        offices=tuple(_office(cell) for cell in _values(row["offices"])),
        latitude=float(row["latitude"]) if row["latitude"] else None,
        longitude=float(row["longitude"]) if row["longitude"] else None,
        demonyms=_values(row["demonyms"]),
        capital=row["capital"] or None,
        metonyms=_values(row["metonyms"]),
    )


def _values(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _office(cell: str) -> Office:
    title, body, start, end = cell.split(";")
    return Office(title=title, body=body, start=start or None, end=end or None)


def _index(rows: Iterable[tuple[Entry, tuple[str, ...]]]) -> _Index:
    index: _Index = {}
    for entry, forms in rows:
        for form in forms:
            bare = _unmark(form)
            index.setdefault(bare.casefold(), []).append((bare, entry))
    return index


def _look_up(index: _Index, name: str) -> tuple[Entry, ...]:
    bare = _unmark(name)
    found = {
        entry.path: entry
        for form, entry in index.get(bare.casefold(), ())
        if _same_case(form, bare)
    }
    return tuple(sorted(found.values(), key=lambda entry: (entry.type != "Country", entry.path)))


def _same_case(form: str, words: str) -> bool:
    if len(form) <= 3 or form.isupper():
        return form == words
    return not form[0].isupper() or words[0].isupper()


def _unmark(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_PLAIN))
        text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(text.split())


class Cities:
    """The gazetteer: one row a city, kept as text until it is asked for."""

    def __init__(self, rows: tuple[str, ...], keys: dict[str, list[int]]) -> None:
        self._rows = rows
        self._keys = keys

    def find(self, name: str) -> tuple[City, ...]:
        """Return the cities that have this name, the same accents first, then the largest."""
        rows = [self._rows[number].split("\t") for number in self._keys.get(fold_name(name), ())]
        wanted = " ".join(name.split())
        rows.sort(key=lambda row: (wanted not in {row[0], *row[1].split("|")}, -int(row[6])))
        return tuple(_city(row) for row in rows)

    def __len__(self) -> int:
        return len(self._rows)


@lru_cache(maxsize=1)
def load_cities() -> Cities:
    """Return the gazetteer of `kg/data/cities.tsv.gz`, read once.

    Source: https://www.geonames.org/ (CC BY 4.0), cities of at least 15,000 people and capitals.
    """
    lines = gzip.decompress((_DATA / "cities.tsv.gz").read_bytes()).decode().split("\n")[1:-1]
    keys: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        for key in line[line.rindex("\t") + 1 :].split("|"):
            keys.setdefault(key, []).append(number)
    return Cities(tuple(lines), keys)


def find_city(name: str, country: str | None = None) -> City | None:
    """Return the city of that name, or None.

    A city in `country` (a path) goes before all others; then one with the same accents; then the
    largest.
    """
    if not name[:1].isupper():
        return None
    found = load_cities().find(name)
    return next((city for city in found if country and city.country == country), None) or next(
        iter(found), None
    )


def _city(row: list[str]) -> City:
    name, _, code, number, latitude, longitude, population, _ = row
    country = load_authority().country(code)
    return City(
        name=name,
        country=country.path if country else None,
        geonames_id=int(number),
        latitude=float(latitude),
        longitude=float(longitude),
        population=int(population),
    )
