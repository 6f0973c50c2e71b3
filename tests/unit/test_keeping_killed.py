"""A process that is killed while it adds leaves whole articles, and the next one goes on."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.map import map_article
from kg.pipeline import add_articles, describe_store, export_store
from kg.records import dump_records
from kg.settings import Settings
from kg.store import open_store
from kg.store.keep import as_stored, open_writer
from tests.unit.many import ROOT, many_articles

SAME = ("graph.ttl", "graph.trig", "articles.jsonl", "manifest.json")


def add_and_kill(records: Path, folder: Path, seconds: float) -> bool:
    """Add in another process and kill it after some time; return whether it was still at work."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "add", str(records), "--store", str(folder), "-q"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


class Checker:
    """Knows what each article's graph must be."""

    def __init__(self, number: int) -> None:
        self._wanted = {}
        for article in many_articles(number):
            quads = map_article(article, Settings())
            self._wanted[quads[0].graph_name] = as_stored(quads)

    def check(self, folder: Path) -> int:
        """Assert that the store holds whole articles only; return how many."""
        if not (folder / "kg-store.json").is_file():
            return 0
        with open_writer(folder) as writer:
            there = [g for g in writer.store.named_graphs() if "/graph/article/" in g.value]
            for graph in there:
                held = set(writer.store.quads_for_pattern(None, None, None, graph))
                assert held == self._wanted[graph]
            assert len(there) == len(writer.catalogue)
            assert writer.catalogue.pending() == []
            return len(there)


def kill_often(tmp_path: Path, *, articles: int, kills: int, longest: float, seed: int) -> None:
    records = tmp_path / "records.jsonl"
    records.write_text(dump_records(many_articles(articles)), "utf-8")
    whole = tmp_path / "whole"
    add_articles([records], whole)
    export_store(whole, tmp_path / "wanted")
    chance, checker = random.Random(seed), Checker(articles)
    stores = iter(tmp_path / f"store{number}" for number in range(kills))
    store, held, at_work = next(stores), 0, 0
    for _ in range(kills):
        at_work += add_and_kill(records, store, chance.uniform(0.05, longest))
        now = checker.check(store)
        assert now >= held  # nothing that was in is lost
        held = now
        if held == articles:
            finish(records, store, tmp_path)
            store, held = next(stores), 0
    finish(records, store, tmp_path)
    assert at_work > kills / 2


def finish(records: Path, store: Path, tmp_path: Path) -> None:
    """Assert that going on to the end gives what an undisturbed run gives."""
    add_articles([records], store)
    assert describe_store(store).settled
    export_store(store, tmp_path / "out")
    for name in SAME:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "wanted" / name).read_bytes()
    held = {str(quad.triple) for quad in ox.Store.read_only(str(store / "graph"))}
    assert {str(quad.triple) for quad in open_store(store)._store} == held


def test_a_few_kills_while_adding_60_articles_lose_nothing(tmp_path: Path) -> None:
    kill_often(tmp_path, articles=60, kills=5, longest=3.0, seed=1)


@pytest.mark.full
def test_50_kills_while_adding_500_articles_lose_nothing(tmp_path: Path) -> None:
    kill_often(tmp_path, articles=500, kills=50, longest=12.0, seed=2)
