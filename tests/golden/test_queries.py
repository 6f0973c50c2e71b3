"""Every saved query gives its expected rows on the articles of `seeds/`, under any base.

The expected rows stand in `queries/NAME.csv`, made by `python -m tests.golden.make_queries` and
read by a person before they are committed.
"""

from functools import cache
from pathlib import Path

import pytest

from kg.map import Run, map_articles, map_provenance
from kg.records import read_records
from kg.settings import Settings
from kg.store import list_queries, open_store
from kg.write import write_graph

ROOT = Path(__file__).parents[2]
EXPECTED = Path(__file__).parent / "queries"
BASES = ("https://example.org/kg/", "http://news.example.net/data/2024/")
NAMES = [saved.name for saved in list_queries()]


@cache
def store_under(base: str, folder: Path):
    settings = Settings(base=base)
    articles = list(read_records(ROOT / "output" / "articles.jsonl"))
    write_graph(map_articles(articles, settings), folder / "graph.trig", base=base)
    run = Run(
        started="2026-01-01T00:00:00+00:00",
        ended="2026-01-01T00:00:01+00:00",
        articles=tuple(articles),
        software=(("newskg", "0"),),
    )
    write_graph(map_provenance(run, settings), folder / "provenance.trig", base=base)
    return open_store(folder)


@pytest.fixture(scope="session")
def folders(tmp_path_factory):
    return {base: tmp_path_factory.mktemp("store") for base in BASES}


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("name", NAMES)
def test_rows(name, base, folders):
    rows = store_under(base, folders[base]).query(name).serialize("csv").replace("\r\n", "\n")
    expected = (EXPECTED / f"{name}.csv").read_text("utf-8")
    assert rows.replace(base, BASES[0]) == expected


@pytest.mark.parametrize("name", NAMES)
def test_every_query_has_something_to_find(name):
    assert len((EXPECTED / f"{name}.csv").read_text("utf-8").splitlines()) > 1, name
