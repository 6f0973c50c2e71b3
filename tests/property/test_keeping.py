"""Whatever comes and goes in whatever order, a store holds what an export of the rest holds."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.pipeline import add_articles, export_store, remove_articles
from kg.records import dump_records, read_records
from kg.store import open_store
from kg.store.location import locate
from kg.store.search import open_index, read_entries

ROOT = Path(__file__).parents[2]
ARTICLES = sorted(read_records(ROOT / "output" / "articles.jsonl"), key=lambda a: a.text_length)[:4]
IDS = [article.id for article in ARTICLES]
SAME = ("graph.ttl", "graph.trig", "articles.jsonl", "manifest.json")
STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "remove"]), st.sampled_from(range(4))), max_size=7
)


def add(folder: Path, store: Path, numbers: list[int]) -> None:
    records = folder / "records.jsonl"
    records.write_text(dump_records(ARTICLES[number] for number in numbers), "utf-8")
    add_articles([records], store)


def written(store: Path, target: Path) -> dict[str, bytes]:
    export_store(store, target)
    return {name: (target / name).read_bytes() for name in SAME}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS, last=st.permutations(range(4)))
def test_any_way_to_the_same_articles_gives_the_same_bytes(steps, last) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        store, held = folder / "store", set[int]()
        for verb, number in steps:
            if verb == "add":
                add(folder, store, [number])
                held.add(number)
            elif number in held:
                remove_articles([IDS[number]], store)
                held.remove(number)
                gone = ARTICLES[number].id
                assert not [q for q in open_store(store)._store if gone in str(q)]
        for number in last[:2]:
            add(folder, store, [number])
            held.add(number)
        add(folder, folder / "fresh", sorted(held))
        assert written(store, folder / "a") == written(folder / "fresh", folder / "b")
        assert_in_step(store)
    finally:
        shutil.rmtree(folder)


def assert_in_step(store: Path) -> None:
    """Assert that the full-text index holds what the graph holds."""
    with locate(store) as location, open_index(location) as index:
        asked = "SELECT graph, iri, kind, article, words FROM entry"
        held = sorted(index.connection.execute(asked))
        wanted = sorted(
            (e.graph, e.iri, e.kind, e.article, e.words) for e in read_entries(location.open())
        )
        assert held == wanted
