"""The parts of fetching, each by itself."""

import gzip
import os
import socket
import time

import pytest

from kg.errors import FetchError, InputError, RefusedAddressError
from kg.fetch.addresses import Guard
from kg.fetch.cache import Cache
from kg.fetch.pace import Pace
from kg.fetch.robots import Robots
from kg.fetch.transport import Deadline
from kg.fetch.unfolding import Unfolding
from kg.fetch.web import FEED_BYTES, PAGE_BYTES, SITEMAP_BYTES, Web, web_limits
from kg.read import feeds, sitemaps
from tests.unit.website import BOMB

TAG = (("etag", '"1"'), ("set-cookie", "id=1"))


def test_the_limits_are_those_of_the_docs():
    limits = web_limits()
    assert (limits.connect_seconds, limits.read_seconds, limits.total_seconds) == (5, 10, 30)
    assert (limits.redirects, limits.tries, limits.first_wait, limits.longest_wait) == (5, 3, 1, 20)
    assert limits.response_bytes == PAGE_BYTES == 10_000_000
    assert feeds.MOST_BYTES == FEED_BYTES == 20_000_000
    assert sitemaps.MOST_BYTES == SITEMAP_BYTES == 50_000_000


@pytest.mark.parametrize("host", ["localhost", "2130706433", "a.localhost."])
def test_a_guard_does_not_even_look_up_a_refused_name(host):
    def resolve(*_):
        raise AssertionError

    with pytest.raises(RefusedAddressError):
        Guard(resolve=resolve).connect(host, 80, 1)
    with pytest.raises(RefusedAddressError, match="port 22"):
        Guard(resolve=resolve).connect("news.example", 22, 1)


def test_the_families_of_addresses_take_turns_and_no_more_than_four_are_tried(monkeypatch):
    tried = []
    addresses = ["2606:4700::1", "2606:4700::2", "2606:4700::3", "1.1.1.1", "10.0.0.1", "8.8.8.8"]

    def resolve(host, port):
        return [
            (
                socket.AF_INET6 if ":" in one else socket.AF_INET,
                socket.SOCK_STREAM,
                6,
                "",
                (one, port),
            )
            for one in addresses
        ]

    def reach(guard, host, kind, place, seconds):
        tried.append((place[0], seconds))
        raise OSError("unreachable")

    monkeypatch.setattr(Guard, "_reach", reach)
    with pytest.raises(OSError, match="unreachable"):
        Guard(resolve=resolve).connect("news.example", 443, 5)
    assert [one for one, _ in tried] == ["2606:4700::1", "1.1.1.1", "2606:4700::2", "8.8.8.8"]
    tried.clear()
    times = iter([9.0, 2.0, 0.0])
    with pytest.raises(OSError, match="unreachable"):
        Guard(resolve=resolve).connect("news.example", 443, 5, lambda: next(times))
    assert [seconds for _, seconds in tried] == [5, 2.0]


def test_a_connection_that_comes_too_late_is_cut():
    deadline = Deadline()
    deadline.start(0.01)
    time.sleep(0.1)
    one, other = socket.socketpair()
    with one, other:
        deadline.watch(one)
        other.settimeout(1)
        assert other.recv(1) == b""
    deadline.stop()


def test_no_more_is_unfolded_than_the_limit():
    assert len(Unfolding("gzip", 1000).take(BOMB)) == 1001
    unfolding = Unfolding("gzip", 1000)
    assert sum(len(unfolding.take(BOMB[n : n + 10])) for n in range(0, len(BOMB), 10)) == 1001


@pytest.mark.parametrize("ending", [b"\x00" * 9, b"padding", b"\x1f"])
def test_what_follows_the_end_of_gzip_is_not_read(ending):
    unfolding = Unfolding("gzip", 1000)
    packed = gzip.compress(b"words", mtime=0) + ending
    found = b"".join(unfolding.take(packed[n : n + 1]) for n in range(len(packed)))
    unfolding.end()
    assert found == b"words"


def test_a_first_byte_alone_is_no_whole_answer():
    unfolding = Unfolding("gzip", 1000)
    unfolding.take(b"\x1f")
    with pytest.raises(FetchError, match="broke off"):
        unfolding.end()


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_a_second_member_is_read_however_it_is_cut(size):
    unfolding = Unfolding("gzip", 1000)
    packed = gzip.compress(b"one ", mtime=0) + gzip.compress(b"two", mtime=0)
    found = b"".join(unfolding.take(packed[n : n + size]) for n in range(0, len(packed), size))
    unfolding.end()
    assert found == b"one two"


def test_a_cache_keeps_what_was_used_last(tmp_path):
    cache = Cache(tmp_path, most_entries=3, most_bytes=1_000_000)
    for number in range(5):
        cache.keep(f"k{number}", TAG, b"x" * number)
        for path in tmp_path.iterdir():
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 10))
    assert cache.find("k0") is not None  # now the last one used
    cache.close()
    assert [cache.find(f"k{n}") is not None for n in range(5)] == [True, False, False, True, True]


def test_a_cache_is_bounded_in_bytes(tmp_path):
    cache = Cache(tmp_path, most_bytes=25_000)
    for number in range(5):
        cache.keep(f"k{number}", TAG, b"x" * 10_000)
    (tmp_path / "left-by-a-killed-run.new").write_bytes(b"x" * 50_000)
    os.utime(tmp_path / "left-by-a-killed-run.new", (1, 1))
    cache.close()
    assert len(list(tmp_path.iterdir())) == 2
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 25_000


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such permissions")
def test_the_folder_of_the_cache_is_for_its_owner_alone(tmp_path):
    cache = Cache(tmp_path / "cache")
    cache.keep("k", TAG, b"x")
    assert (tmp_path / "cache").stat().st_mode & 0o077 == 0
    assert b"cookie" not in next((tmp_path / "cache").iterdir()).read_bytes()


def test_a_pause_is_from_the_end_of_an_answer_and_for_one_host():
    clock, waits = [100.0], []
    pace = Pace(2, wait=waits.append, now=lambda: clock[0])
    pace.begin("a")
    pace.end("a")
    clock[0] += 0.5
    pace.begin("a")
    pace.begin("b")
    clock[0] += 9
    pace.begin("a")
    assert waits == [1.5]
    pace.slow_down("a", 20)
    pace.slow_down("b", 1)
    assert (pace.delay_of("a"), pace.delay_of("b")) == (20, 2)
    pace.rest("a", 60)
    with pytest.raises(FetchError, match="in 60 seconds"):
        pace.check("a")
    clock[0] += 61
    pace.check("a")


@pytest.mark.parametrize("delay", [b"soon", b"nan", b"-7", b"0", b""])
def test_rules_that_cannot_be_understood_have_no_say(delay):
    words = b"Crawl-delay: 9\nUser-agent: *\nDisallow\nAllow: \xff\nCrawl-delay: "
    rules = Robots.read(words + delay)
    assert rules.allows("https://news.example/a")
    assert rules.delay is None


@pytest.mark.parametrize("agent", ["a\nb", "a\rX-Evil: 1", "Zeitung ä", " ", "\x00"])
def test_a_user_agent_is_one_line(agent):
    with pytest.raises(InputError, match="User-Agent"):
        Web(user_agent=agent)
