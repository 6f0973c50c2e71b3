"""kg extract: interrupted at any moment, it goes on where it stopped, and gives the same bytes."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import FetchError, InputError, ModelError, WriteError
from kg.pipeline import collect_inputs, extract_collected, extract_to_file
from kg.pipeline.parts import Part
from kg.read.following import Wanted, follow_file
from kg.records import dump_records, read_records
from kg.settings import Reading, Settings
from tests.unit.webarchives import write_pages

ROOT = Path(__file__).parents[2]
SETTINGS = Settings(model="none")
TEXT = "Minister Jana Orlova said on Monday that the harbour bridge number {} will stay closed.\n"


def write_texts(folder, count, start=0):
    folder.mkdir(exist_ok=True)
    for number in range(start, start + count):
        (folder / f"{number:04}.txt").write_text(TEXT.format(number), "utf-8")
    return folder


def write_all(folder):
    """Write inputs of many kinds, some of them broken or twice there."""
    write_texts(folder, 12)
    write_pages(folder / "crawl.warc.gz", 12)
    write_pages(folder / "again.warc", 3, start=10)
    (folder / "copy.txt").write_text(TEXT.format(3), "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "odd.txt").write_bytes(TEXT.format("\xe9").encode("latin-1") * 3)
    article = {"maintext": TEXT.format(77) * 3, "title": "A", "source_domain": "a.example"}
    other = {**article, "maintext": TEXT.format(78) * 3}
    (folder / "others.json").write_text(json.dumps([article, other, {"maintext": ""}]), "utf-8")
    records = (ROOT / "output/articles.jsonl").read_text("utf-8").splitlines(keepends=True)
    (folder / "records.jsonl").write_text(records[0] + "{broken\n" + records[1], "utf-8")
    return folder


def part_of(output):
    return output.with_name(output.name + ".part")


def interrupt(monkeypatch, after):
    """Let extraction be interrupted after some documents."""
    real = Part.put_document
    left = [after]

    def put(self, *arguments):
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        real(self, *arguments)

    monkeypatch.setattr(Part, "put_document", put)


def test_records_are_those_of_reading_all_at_once(tmp_path):
    folder = write_all(tmp_path / "in")
    done = extract_to_file([folder], tmp_path / "out.jsonl", SETTINGS)
    collected = collect_inputs([folder], SETTINGS)
    articles, more = extract_collected(collected, SETTINGS)
    assert (tmp_path / "out.jsonl").read_text("utf-8") == dump_records(articles)
    assert done.records == len(articles) > 20
    wanted = sorted([*collected.failures, *more], key=lambda f: (f.source, f.step, f.reason))
    assert list(done.failures) == list(dict.fromkeys(wanted))
    assert not part_of(tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize("after", [0, 2, 13, 26])
def test_interrupted_run_goes_on_and_ends_with_the_same_bytes(tmp_path, monkeypatch, after):
    folder = write_all(tmp_path / "in")
    whole = extract_to_file([folder], tmp_path / "whole.jsonl", SETTINGS)
    output = tmp_path / "out.jsonl"
    with monkeypatch.context() as patch:
        interrupt(patch, after)
        with pytest.raises(KeyboardInterrupt):
            extract_to_file([folder], output, SETTINGS)
    assert not output.exists()
    done = extract_to_file([folder], output, SETTINGS)
    assert done.resumed == after
    assert output.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert done.failures == whole.failures
    assert not part_of(output).exists()


def test_documents_that_are_done_are_not_extracted_again(tmp_path, monkeypatch):
    folder, output = write_texts(tmp_path / "in", 8), tmp_path / "out.jsonl"
    with monkeypatch.context() as patch:
        interrupt(patch, 5)
        with pytest.raises(KeyboardInterrupt):
            extract_to_file([folder], output, SETTINGS)
    told = []
    extract_to_file([folder], output, SETTINGS, progress=lambda *step: told.append(step))
    assert told == [("extract", 6, 8), ("extract", 7, 8), ("extract", 8, 8)]


def stop_early(monkeypatch, folder, output, after=3, **options):
    with monkeypatch.context() as patch:
        interrupt(patch, after)
        with pytest.raises(KeyboardInterrupt):
            extract_to_file([folder], output, SETTINGS, **options)


def test_other_settings_start_over(tmp_path, monkeypatch):
    folder, output = write_texts(tmp_path / "in", 5), tmp_path / "out.jsonl"
    stop_early(monkeypatch, folder, output)
    done = extract_to_file([folder], output, replace(SETTINGS, with_text=True))
    assert (done.stale, done.resumed, done.records) == (True, 0, 5)
    assert all(article.text for article in read_records(output))


def test_options_that_decide_no_record_do_not_start_over(tmp_path, monkeypatch):
    folder, output = write_texts(tmp_path / "in", 5), tmp_path / "out.jsonl"
    stop_early(monkeypatch, folder, output)
    other = replace(SETTINGS, reading=Reading(delay=0, user_agent="x"))
    assert extract_to_file([folder], output, other).resumed == 3


def test_input_that_changed_starts_over(tmp_path, monkeypatch):
    folder, output = write_texts(tmp_path / "in", 5), tmp_path / "out.jsonl"
    stop_early(monkeypatch, folder, output)
    (folder / "0001.txt").write_text(TEXT.format("changed"), "utf-8")
    done = extract_to_file([folder], output, SETTINGS)
    assert (done.stale, done.resumed) == (True, 0)
    extract_to_file([folder], tmp_path / "whole.jsonl", SETTINGS)
    assert output.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_what_is_known_beside_an_input_counts_as_part_of_it(tmp_path, monkeypatch):
    folder, output = write_texts(tmp_path / "in", 5), tmp_path / "out.jsonl"
    stop_early(monkeypatch, folder, output)
    (folder / "0001.meta.json").write_text('{"publisher": "The Courier"}', "utf-8")
    done = extract_to_file([folder], output, SETTINGS)
    assert done.stale
    found = [a.publisher.name for a in read_records(output) if a.publisher]
    assert found == ["The Courier"]


def test_fresh_uses_nothing_of_before(tmp_path, monkeypatch):
    folder, output = write_texts(tmp_path / "in", 5), tmp_path / "out.jsonl"
    stop_early(monkeypatch, folder, output)
    done = extract_to_file([folder], output, SETTINGS, fresh=True)
    assert (done.stale, done.resumed, done.records) == (False, 0, 5)


@pytest.mark.parametrize("cut", [1, 5, 60, 400])
def test_torn_end_of_what_was_kept_is_dropped(tmp_path, monkeypatch, cut):
    folder, output = write_texts(tmp_path / "in", 6), tmp_path / "out.jsonl"
    extract_to_file([folder], tmp_path / "whole.jsonl", SETTINGS)
    stop_early(monkeypatch, folder, output, after=4)
    part = part_of(output)
    part.write_bytes(part.read_bytes()[:-cut])
    done = extract_to_file([folder], output, SETTINGS)
    assert done.resumed < 4
    assert output.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


@pytest.mark.parametrize("content", [b"", b"\0" * 500, b"{}\n", b"[1]\nx\n", b"not a part"])
def test_file_of_that_name_that_is_no_part_is_not_used(tmp_path, content):
    folder, output = write_texts(tmp_path / "in", 2), tmp_path / "out.jsonl"
    part_of(output).write_bytes(content)
    done = extract_to_file([folder], output, SETTINGS)
    assert (done.resumed, done.records) == (0, 2)


def test_two_at_once_do_not_mix(tmp_path):
    folder, output = write_texts(tmp_path / "in", 2), tmp_path / "out.jsonl"
    part = Part(output, {}, fresh=True)
    with pytest.raises(InputError, match="another process is writing it"):
        extract_to_file([folder], output, SETTINGS)
    part.close()
    assert extract_to_file([folder], output, SETTINGS).records == 2


def test_nothing_is_left_where_nothing_was_done(tmp_path):
    folder, output = write_texts(tmp_path / "in", 2), tmp_path / "out.jsonl"
    with pytest.raises(ModelError):
        extract_to_file([folder], output, Settings(model="no_such_model"))
    with pytest.raises(InputError):
        extract_to_file([tmp_path / "nothing"], output, SETTINGS)
    with pytest.raises(WriteError) as caught:
        extract_to_file([folder], tmp_path / "no" / "out.jsonl", SETTINGS)
    assert ".part" not in str(caught.value)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in"]


def test_nothing_found_leaves_the_earlier_file(tmp_path):
    output = tmp_path / "out.jsonl"
    output.write_text("earlier", "utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    done = extract_to_file([tmp_path / "empty.txt"], output, SETTINGS)
    assert done.records == 0
    assert [f.fatal for f in done.failures] == [True]
    assert output.read_text("utf-8") == "earlier"
    assert not part_of(output).exists()


def test_failure_that_is_made_good_is_not_told(tmp_path, monkeypatch):
    """As a page that could not be fetched at first."""
    from kg.model import Failure

    folder, output = write_texts(tmp_path / "in", 5), tmp_path / "out.jsonl"
    stop_early(monkeypatch, folder, output)
    line = {"failure": {"source": "0004.txt", "step": "read", "reason": "gone", "fatal": True}}
    stays = {"failure": {**line["failure"], "source": "0009.txt"}}
    with part_of(output).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n" + json.dumps(stays) + "\n")
    done = extract_to_file([folder], output, SETTINGS)
    assert done.failures == (Failure(**stays["failure"]),)


def command(folder, output, *more):
    return subprocess.Popen(
        [sys.executable, "-m", "kg", "extract", folder, "-o", output, *more, "--model", "none"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def lines_of(path):
    return path.read_bytes().count(b"\n") if path.exists() else 0


def test_killed_at_random_moments_it_ends_with_the_same_bytes(tmp_path):
    folder, output = tmp_path / "in", tmp_path / "out.jsonl"
    write_texts(folder, 150)
    write_pages(folder / "crawl.warc.gz", 150)
    extract_to_file([folder], tmp_path / "whole.jsonl", SETTINGS)
    chance, killed = random.Random(5), 0
    for goal in sorted(chance.sample(range(2, 300), 4)):
        process = command(folder, output)
        while process.poll() is None and lines_of(part_of(output)) < goal:
            time.sleep(0.002)
        process.send_signal(chance.choice((signal.SIGKILL, signal.SIGINT, signal.SIGTERM)))
        process.communicate(timeout=60)
        killed += process.returncode != 0
        assert killed == 0 or part_of(output).exists() or output.exists()
    assert killed >= 3
    process = command(folder, output)
    told, errors = process.communicate(timeout=100)
    assert process.returncode == 0, errors
    assert "300 records written" in told
    assert "of them by an interrupted run" in told
    assert output.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert not part_of(output).exists()


_PEAK = """
import resource, sys
from pathlib import Path
from kg.pipeline import extract_to_file
from kg.settings import Settings
done = extract_to_file([sys.argv[1]], sys.argv[2], Settings(model="none"))
print(done.records, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kilobytes on Linux alone")
def test_memory_does_not_grow_with_the_number_of_articles(tmp_path):
    peaks = []
    for number in (300, 1_500):
        folder = write_texts(tmp_path / str(number), 0)
        archive = write_pages(folder / "crawl.warc.gz", number, paragraphs=2)
        found = subprocess.run(
            [sys.executable, "-c", _PEAK, str(archive), str(tmp_path / f"{number}.jsonl")],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        records, peak = map(int, found.stdout.split())
        assert records == number
        peaks.append(peak)
    assert peaks[1] - peaks[0] < 30_000


def kg(*words):
    """Run the command; return its code and what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "kg", "extract", *map(str, words), "--model", "none"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "60"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_the_command_tells_what_it_took_up_and_what_it_gave_up(tmp_path, monkeypatch):
    folder, output = write_texts(tmp_path / "in", 5), tmp_path / "out.jsonl"
    stop_early(monkeypatch, folder, output)
    code, told, errors = kg(folder, "-o", output)
    assert (code, errors) == (0, "")
    assert told == f"5 records written to {output}, 3 of them by an interrupted run\n"
    stop_early(monkeypatch, folder, output)
    code, told, errors = kg(folder, "-o", output, "--with-text")
    assert (code, told) == (0, f"5 records written to {output}\n")
    assert "an interrupted run of other inputs, settings or software was given up" in errors
    stop_early(monkeypatch, folder, output)
    assert kg(folder, "-o", output, "--fresh") == (0, f"5 records written to {output}\n", "")


def test_the_command_ends_with_1_where_a_document_failed_and_prints_no_escapes(tmp_path):
    folder, output = write_texts(tmp_path / "in", 2), tmp_path / "out.jsonl"
    (folder / "bad\x1b[31m.txt").write_bytes(b"")
    code, told, errors = kg(folder, "-o", output)
    assert (code, told) == (1, f"2 records written to {output}\n")
    assert "empty" in errors
    assert "\x1b" not in errors


def test_interrupted_command_says_how_to_go_on(tmp_path):
    folder, output = write_texts(tmp_path / "in", 2_000), tmp_path / "out.jsonl"
    process = command(folder, output)
    while process.poll() is None and lines_of(part_of(output)) < 20:
        time.sleep(0.002)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "the same command goes on from there" in errors
    assert "Traceback" not in errors


def test_pages_that_are_done_count_toward_the_limit_of_a_feed():
    asked = []

    class Web:
        def get(self, url):
            asked.append(url)
            raise FetchError("gone", source=url)

    urls = [f"https://courier.example/{n}" for n in range(5)]
    items = "".join(f"<item><title>x</title><link>{url}</link></item>" for url in urls)
    feed = f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode()
    wanted = Wanted(limit=3, done=frozenset(urls[:2]))
    assert len(list(follow_file(feed, "feed.xml", Web(), wanted))) == 1
    assert asked == [urls[2]]
