"""A store folder: what goes in comes out as an export writes it, and what goes leaves nothing."""

import json
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InputError, StoreError
from kg.pipeline import (
    add_articles,
    describe_store,
    export_articles,
    export_store,
    make_ready,
    remove_articles,
)
from kg.records import dump_records, read_records
from kg.settings import Settings
from kg.store import open_store
from kg.store.keep import Catalogue, current_snapshot, open_writer
from kg.store.search import search

ROOT = Path(__file__).parents[2]
RECORDS = ROOT / "output" / "articles.jsonl"
SAME = (
    "graph.ttl",
    "graph.trig",
    "articles.jsonl",
    "manifest.json",
    "dataset.ttl",
    "failures.jsonl",
)
ALL = [json.loads(line)["id"] for line in RECORDS.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("filled") / "news"
    assert add_articles([RECORDS], folder).ok
    return folder


@pytest.fixture
def store(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "news"))


def written(folder: Path, target: Path) -> dict[str, bytes]:
    assert export_store(folder, target).ok
    return {name: (target / name).read_bytes() for name in SAME}


def committed() -> dict[str, bytes]:
    return {name: (ROOT / "output" / name).read_bytes() for name in SAME}


def quads(folder: Path) -> set[str]:
    return {str(quad) for quad in open_store(folder)._store}


def test_a_store_gives_the_bytes_of_an_export(store: Path, tmp_path: Path) -> None:
    assert written(store, tmp_path / "out") == committed()


def test_texts_are_added_as_they_are_exported(tmp_path: Path) -> None:
    texts = sorted((ROOT / "seeds").glob("0[1-3]*.txt"))
    settings = Settings(model="none")
    export_articles(texts, tmp_path / "whole", settings)
    for text in reversed(texts):
        assert add_articles([text], tmp_path / "news", settings).ok
    out = written(tmp_path / "news", tmp_path / "out")
    assert out == {name: (tmp_path / "whole" / name).read_bytes() for name in SAME}


def test_the_same_again_changes_nothing(store: Path) -> None:
    before = describe_store(store)
    done = add_articles([RECORDS], store)
    assert (done.added, done.replaced, len(done.unchanged)) == ((), (), len(ALL))
    assert describe_store(store) == replace(before, bytes=describe_store(store).bytes)


def test_a_removed_article_leaves_nothing_behind(store: Path) -> None:
    for article in ALL:
        assert remove_articles([article], store) == (article,)
        assert not [quad for quad in quads(store) if article in quad]
        assert not [hit for hit in search(store, "belarus", limit=1000) if article in hit.iri]
    assert quads(store) == set()
    info = describe_store(store)
    assert (info.articles, info.triples, info.graphs, info.runs) == (0, 0, 0, 0)
    with sqlite3.connect(store / "catalogue.db") as database:
        for table in ("article", "entry", "entry_words", "changed", "pending"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    database.close()


def test_what_remains_is_what_an_export_of_it_would_be(store: Path, tmp_path: Path) -> None:
    remove_articles(ALL[::2], store)
    rest = tmp_path / "rest.jsonl"
    rest.write_text(dump_records(a for a in read_records(RECORDS) if a.id in ALL[1::2]), "utf-8")
    add_articles([rest], tmp_path / "fresh")
    assert written(store, tmp_path / "a") == written(tmp_path / "fresh", tmp_path / "b")


def captures(tmp_path: Path, **changes: object) -> tuple[Path, Path]:
    """Two texts of one URL."""
    texts = []
    for number, words in enumerate(("Police arrested 12 people.", "Police arrested 14 people.")):
        folder = tmp_path / f"day{number}"
        folder.mkdir()
        text = folder / "story.txt"
        text.write_text(f"Strike at Lasko\n\nMarch 8, 2024\n\nLASKO — {words}\n", "utf-8")
        meta = {"url": "https://news.example/story", **changes}
        (folder / "story.meta.json").write_text(json.dumps(meta), "utf-8")
        texts.append(text)
    return texts[0], texts[1]


def test_a_changed_text_of_a_url_replaces_the_earlier_one(tmp_path: Path) -> None:
    first, second = captures(tmp_path)
    settings = Settings(model="none")
    (old,) = add_articles([first], tmp_path / "news", settings).added
    done = add_articles([second], tmp_path / "news", settings)
    assert (done.added, len(done.replaced), done.removed) == ((), 1, (old,))
    assert describe_store(tmp_path / "news").articles == 1
    assert not [quad for quad in quads(tmp_path / "news") if old in quad]


def test_both_captures_can_be_kept_and_the_new_one_revises_the_old(tmp_path: Path) -> None:
    first, second = captures(tmp_path)
    settings = Settings(model="none")
    (old,) = add_articles([first], tmp_path / "news", settings).added
    (new,) = add_articles([second], tmp_path / "news", settings, keep_old=True).added
    asked = "SELECT ?new ?old { ?new prov:wasRevisionOf ?old }"
    base = settings.base + "article/"
    assert list(open_store(tmp_path / "news").query(asked)) == [(base + new, base + old)]
    assert set(remove_articles(["https://news.example/story"], tmp_path / "news")) == {old, new}


def test_files_of_one_name_in_two_folders_are_two_articles(tmp_path: Path) -> None:
    first, second = captures(tmp_path, url=None)
    settings = Settings(model="none")
    add_articles([first], tmp_path / "news", settings)
    add_articles([second], tmp_path / "news", settings)
    assert describe_store(tmp_path / "news").articles == 2


def test_one_text_in_two_files_is_read_once_and_told(tmp_path: Path) -> None:
    first, second = captures(tmp_path, url=None)
    second.write_text(first.read_text("utf-8"), "utf-8")
    settings = Settings(model="none")
    done = add_articles([first, second], tmp_path / "news", settings)
    assert (len(done.added), done.ok) == (1, True)
    assert any("read once" in failure.reason for failure in done.failures)
    assert add_articles([second, first], tmp_path / "news", settings).replaced == ()


def test_a_changed_file_without_a_url_replaces_its_earlier_self(tmp_path: Path) -> None:
    first, second = captures(tmp_path, url=None)
    settings = Settings(model="none")
    add_articles([first], tmp_path / "news", settings)
    first.write_text(second.read_text("utf-8"), "utf-8")
    done = add_articles([first], tmp_path / "news", settings)
    assert (len(done.replaced), describe_store(tmp_path / "news").articles) == (1, 1)


def test_unknown_names_remove_nothing_and_near_ones_are_told(store: Path) -> None:
    with pytest.raises(InputError, match=r"did you mean 07-belarus-in-seven-dates\.txt"):
        remove_articles([ALL[0], "07-belarus-seven-dates"], store)
    assert describe_store(store).articles == len(ALL)


def test_articles_are_removed_by_iri_and_by_file_name(store: Path) -> None:
    source = json.loads(RECORDS.read_text("utf-8").splitlines()[1])["source"]
    gone = remove_articles([f"https://example.org/kg/article/{ALL[0]}", source], store)
    assert gone == tuple(ALL[:2])


def test_two_writers_get_one_clear_line(store: Path) -> None:
    with open_writer(store), pytest.raises(StoreError, match=r"another kg is writing this store"):
        add_articles([RECORDS], store)


def test_readers_read_on_while_somebody_writes(store: Path) -> None:
    before = quads(store)
    with open_writer(store) as writer:
        writer.update("CLEAR ALL")
        assert quads(store) == before
        assert make_ready(store) is False
        writer.publish()
    assert quads(store) == set()


def test_options_that_the_store_was_not_made_with_are_told(store: Path) -> None:
    with pytest.raises(InputError, match=r"made with --base https://example\.org/kg/"):
        add_articles([RECORDS], store, Settings(base="https://other.example/"))


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("{", "kg-store.json is damaged"),
        ('{"base": "https://x/", "version": 99}', "made by a newer kg"),
        ('{"bass": 1}', "kg-store.json is damaged"),
    ],
)
def test_a_damaged_or_newer_store_is_told(store: Path, damage: str, told: str) -> None:
    (store / "kg-store.json").write_text(damage)
    with pytest.raises(StoreError, match=told):
        add_articles([RECORDS], store)


def test_a_catalogue_that_is_no_database_is_told(store: Path) -> None:
    (store / "catalogue.db").write_bytes(b"no database" * 100)
    with pytest.raises(StoreError, match="catalogue cannot be read or written"):
        add_articles([RECORDS], store)
    with pytest.raises(StoreError, match="catalogue cannot be read or written"):
        describe_store(store)
    with pytest.raises(StoreError, match="catalogue cannot be read or written"):
        make_ready(store)


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path, monkeypatch) -> None:
    first = tmp_path / "first.jsonl"
    first.write_text(RECORDS.read_text("utf-8").splitlines(keepends=True)[0], "utf-8")
    add_articles([first], tmp_path / "news")
    opened = Catalogue.__init__

    def open_full(self: Catalogue, path: Path, *, read_only: bool = False) -> None:
        opened(self, path, read_only=read_only)
        pages = self.connection.execute("PRAGMA page_count").fetchone()[0]
        self.connection.execute(f"PRAGMA max_page_count = {pages + 2}")

    with monkeypatch.context() as patch:
        patch.setattr(Catalogue, "__init__", open_full)
        with pytest.raises(StoreError, match="the disk is full"):
            add_articles([RECORDS], tmp_path / "news")
    assert describe_store(tmp_path / "news").articles == 1
    add_articles([RECORDS], tmp_path / "news")
    assert written(tmp_path / "news", tmp_path / "out") == committed()


def test_a_store_that_cannot_be_written_is_read(store: Path, monkeypatch) -> None:
    whole = quads(store)
    monkeypatch.setattr("kg.store.keep.catalogue.os.access", lambda *_: False)
    assert describe_store(store).articles == len(ALL)
    assert make_ready(store) is False
    assert search(store, "lukashenko")
    assert quads(store) == whole


def test_a_folder_that_is_something_else_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "mine.txt").write_text("dear")
    with pytest.raises(InputError, match="not a store, and not an empty folder"):
        add_articles([RECORDS], tmp_path / "letters")
    assert [p.name for p in (tmp_path / "letters").iterdir()] == ["mine.txt"]


def test_what_breaks_a_shape_stays_out_unless_it_is_wanted(tmp_path: Path) -> None:
    article = next(read_records(RECORDS))
    bad = replace(article, events=tuple(replace(e, confidence=7.5) for e in article.events))
    (tmp_path / "bad.jsonl").write_text(dump_records([bad]), "utf-8")
    done = add_articles([tmp_path / "bad.jsonl"], tmp_path / "news")
    assert not done.ok
    assert "violations of the shapes" in done.failures[0].reason
    assert describe_store(tmp_path / "news").articles == 0
    kept = add_articles([tmp_path / "bad.jsonl"], tmp_path / "news", keep_invalid=True)
    assert (kept.ok, describe_store(tmp_path / "news").articles) == (True, 1)


def test_an_unsettled_store_is_settled_by_who_reads_it(store: Path) -> None:
    whole = quads(store)
    article = ALL[0]
    with open_writer(store) as writer:  # as a process that died after the first of two
        from kg.pipeline.settling import article_graphs
        from kg.store.keep import Change, drop_graphs

        graphs = article_graphs("https://example.org/kg/", article)
        writer.apply(Change(update=drop_graphs(graphs), removed=(article,), graphs=graphs))
    assert describe_store(store).settled is False
    assert quads(store) == whole  # the last publication
    assert make_ready(store) is True
    assert describe_store(store).settled is True
    assert not [quad for quad in quads(store) if article in quad]


def test_what_was_written_down_and_not_made_is_made_at_the_next_opening(store: Path) -> None:
    from kg.pipeline.settling import article_graphs
    from kg.store.keep import Change, drop_graphs

    graphs = article_graphs("https://example.org/kg/", ALL[0])
    with open_writer(store) as writer:
        writer.catalogue.begin(Change(update=drop_graphs(graphs), removed=(ALL[0],), graphs=graphs))
    assert describe_store(store).settled is False
    make_ready(store)
    assert describe_store(store).articles == len(ALL) - 1
    assert not [quad for quad in quads(store) if ALL[0] in quad]


def test_statements_of_others_stay_and_come_last_in_their_graph(
    store: Path, tmp_path: Path
) -> None:
    with open_writer(store) as writer:
        writer.update('INSERT DATA { GRAPH <urn:notes> { <urn:a> <urn:b> "checked by hand" } }')
    make_ready(store)
    assert search(store, "lukashenko")
    export_store(store, tmp_path / "out")
    text = (tmp_path / "out" / "graph.trig").read_text("utf-8")
    assert text.rindex("checked by hand") > text.rindex("/graph/dataset>")


def test_snapshots_do_not_pile_up(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.keep.snapshots._AGE", 0.0)
    with open_writer(store) as writer:
        for _ in range(6):
            writer.publish()
    assert len(list((store / "snapshots").iterdir())) == 3
    assert current_snapshot(store)[0].is_dir()


def test_interrupted_adding_keeps_what_is_in_and_can_be_read(tmp_path: Path) -> None:
    seen = []

    def stop(step: str, done: int, _total: int) -> None:
        seen.append(step)
        if (step, done) == ("add", 3):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add_articles([RECORDS], tmp_path / "news", progress=stop)
    info = describe_store(tmp_path / "news")
    assert (info.articles, info.settled) == (3, True)
    add_articles([RECORDS], tmp_path / "news")
    assert written(tmp_path / "news", tmp_path / "out") == committed()


def test_the_commands_add_tell_and_remove(tmp_path: Path) -> None:
    def kg(*args: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "kg", *map(str, args)]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    news = tmp_path / "news"
    assert (
        "7 added, 0 replaced, 0 unchanged, 0 failed" in kg("add", RECORDS, "--store", news).stdout
    )
    assert json.loads(kg("store", "info", news, "--json").stdout)["articles"] == 7
    assert kg("remove", ALL[0], "--store", news).stdout.startswith("1 removed")
    assert kg("remove", ALL[0], "--store", news).returncode == 2
    assert kg("export", "--from-store", news, "-o", tmp_path / "out").returncode == 0
    assert len((tmp_path / "out" / "articles.jsonl").read_text("utf-8").splitlines()) == 6
    both = kg("export", "seeds", "--from-store", news, "-o", tmp_path / "out")
    assert (both.returncode, "either INPUT" in both.stderr) == (2, True)


def test_a_blank_node_of_others_in_a_shared_graph_does_no_harm(store: Path, tmp_path: Path) -> None:
    with open_writer(store) as writer:
        writer.update(
            "INSERT DATA { GRAPH <https://example.org/kg/graph/links> { <urn:a> <urn:b> [] } }"
        )
    remove_articles([ALL[0]], store)
    assert not [quad for quad in quads(store) if "urn:a" in quad]
    add_articles([RECORDS], store)
    assert written(store, tmp_path / "out") == committed()


def test_two_captures_of_a_url_in_one_run_stay_also_when_they_are_given_again(
    tmp_path: Path,
) -> None:
    first, second = captures(tmp_path)
    settings = Settings(model="none")
    add_articles([first], tmp_path / "news", settings)  # as a run that was killed after the first
    done = add_articles([first, second], tmp_path / "news", settings)
    assert (len(done.added), len(done.unchanged), done.removed) == (1, 1, ())
    assert len(add_articles([first, second], tmp_path / "news", settings).unchanged) == 2


@pytest.mark.parametrize("keep_old", [True, False])
def test_other_metadata_of_an_old_capture_leaves_the_new_one_alone(
    tmp_path: Path, *, keep_old: bool
) -> None:
    first, second = captures(tmp_path)
    settings, news = Settings(model="none"), tmp_path / "news"
    (old,) = add_articles([first], news, settings).added
    (new,) = add_articles([second], news, settings, keep_old=True).added
    beside = first.with_name("story.meta.json")
    beside.write_text(json.dumps({**json.loads(beside.read_text()), "publisher": "The Lasko Post"}))
    done = add_articles([first], news, settings, keep_old=keep_old)
    assert (done.replaced, done.removed) == ((old,), ())
    base = settings.base + "article/"
    asked = "SELECT ?new ?old { ?new prov:wasRevisionOf ?old }"
    assert list(open_store(news).query(asked)) == [(base + new, base + old)]


def test_an_article_whose_graph_others_took_away_is_put_in_again(
    store: Path, tmp_path: Path
) -> None:
    with open_writer(store) as writer:
        writer.update("CLEAR ALL")
    assert len(add_articles([RECORDS], store).replaced) == len(ALL)
    assert written(store, tmp_path / "out") == committed()


def test_an_export_does_not_go_into_a_store(store: Path) -> None:
    with pytest.raises(InputError, match="this is a store of kg add"):
        export_articles([ROOT / "seeds"], store, Settings(model="none"))
