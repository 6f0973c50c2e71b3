"""Whatever the web does, kg behaves; the table in docs/fetching.md says how."""

from pathlib import Path

import pytest

from tests.unit import (
    cases_cache,
    cases_following,
    cases_https,
    cases_network,
    cases_robots,
    cases_servers,
)
from tests.unit.website import GROUPS, table, website

PAGE = Path(__file__).parents[2] / "docs" / "fetching.md"
BEGIN, END = "<!-- cases: begin -->\n", "<!-- cases: end -->"
CASES = [one for cases in GROUPS.values() for one in cases]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name[:60])
def test_the_web_does_this_and_kg_behaves(case, tmp_path, monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with website() as site:
        site.folder, site.monkeypatch = tmp_path, monkeypatch
        case.check(site)


def test_the_table_of_the_docs_is_that_of_these_tests():
    """Write it anew by `python -m tests.unit.test_web`."""
    assert {cases_cache, cases_following, cases_https, cases_network, cases_robots, cases_servers}
    stated = PAGE.read_text("utf-8").partition(BEGIN)[2].partition(END)[0].strip()
    assert stated == table().strip()


def test_no_case_stands_twice():
    names = [one.name for one in CASES]
    assert len(names) == len(set(names))
    assert len(names) > 60


def write_table():
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}", "utf-8")


if __name__ == "__main__":
    write_table()
