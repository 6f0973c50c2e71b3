"""Processes that parse: bounded, without network and secrets, gone when they are not needed."""

import io
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Zone
from kg.read.calls import Call, Outcome, read_outcome, write_frame
from kg.read.pages import Page
from kg.read.workers import Parsers
from tests.unit import hostile_calls as calls

ROOT = Path(__file__).parents[2]
linux_alone = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="of Linux alone")


def call(function, *arguments, seconds=10.0, memory=1_000_000_000):
    return Call(function=function, arguments=arguments, seconds=seconds, memory=memory)


def refusal(parsers, *arguments, **options):
    with pytest.raises(InputError) as caught:
        parsers.parse(call(*arguments, **options))
    reason = str(caught.value)
    assert "\n" not in reason
    return reason


def children(but=()):
    """Processes that this one has started and that parse, but for some."""
    found = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    return [line for line in found.splitlines() if "kg.read.parsing" in line and line not in but]


def handles():
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.fixture(scope="module")
def parsers():
    with Parsers(1) as made:
        yield made


def test_value_comes_back(parsers):
    value = {"a": ("é\0", [1, None]), "b": b"\xff" * 1_000_000}
    assert parsers.parse(call(calls.echo, value)) == value


def test_processor_time_is_bounded(parsers):
    begun = time.monotonic()
    assert "more than 0.3 seconds" in refusal(parsers, calls.work_forever, seconds=0.3)
    assert time.monotonic() - begun < 10
    assert parsers.parse(call(calls.echo, 1)) == 1


def test_time_on_the_clock_is_bounded_for_what_only_waits_or_is_deaf(parsers):
    for function in (calls.sleep_long, calls.ignore_signals):
        begun = time.monotonic()
        assert "more than 0.2 seconds" in refusal(parsers, function, seconds=0.2)
        assert time.monotonic() - begun < 10


def test_time_of_one_call_is_not_charged_to_the_next(parsers):
    number = parsers.parse(call(calls.process_id))
    for _ in range(4):
        parsers.parse(call(calls.take_memory, 100_000_000, seconds=0.5))
    time.sleep(0.1)
    assert parsers.parse(call(calls.process_id, seconds=0.5)) == number


@linux_alone
def test_memory_is_bounded_and_the_bound_is_named(parsers):
    reason = refusal(parsers, calls.take_memory, 300_000_000, memory=100_000_000)
    assert "more than 100,000,000 bytes" in reason
    assert parsers.parse(call(calls.take_memory, 50_000_000, memory=100_000_000)) == 50_000_000


@pytest.mark.parametrize("function", [calls.crash, calls.leave, calls.give_unpicklable])
def test_a_process_that_dies_costs_one_call_and_another_takes_its_place(parsers, function):
    before = parsers.parse(call(calls.process_id))
    assert "crashed" in refusal(parsers, function)
    assert parsers.parse(call(calls.process_id)) != before


def test_recursion_is_refused_and_the_process_lives_on(parsers):
    before = parsers.parse(call(calls.process_id))
    assert "too deep" in refusal(parsers, calls.recurse)
    assert parsers.parse(call(calls.process_id)) == before


def test_what_a_parser_prints_is_no_answer(parsers):
    assert parsers.parse(call(calls.print_much)) == "said"
    assert parsers.parse(call(calls.echo, 2)) == 2


def test_refusal_comes_as_it_was_given(parsers):
    assert refusal(parsers, calls.refuse, "too odd: leave it out") == "too odd: leave it out"


def test_refusal_repeats_no_escapes_of_strangers(parsers):
    assert (
        refusal(parsers, calls.refuse, "bad tag \x1b]0;x\x07\n\x7f")
        == "bad tag \ufffd]0;x\ufffd \ufffd"
    )


def test_any_other_exception_is_one_line_that_names_it(parsers):
    reason = refusal(parsers, calls.fail_oddly)
    assert "ZeroDivisionError: one two three" in reason
    assert len(reason) < 400


@linux_alone
def test_network_is_out_of_reach(parsers):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        assert calls.connect(port) == "connected"
        listening.accept()[0].close()
        if parsers.parse(call(calls.connect, port)) == "connected":  # no rights to give it up
            assert subprocess.run(["unshare", "-rn", "true"], check=False).returncode != 0


def test_secrets_of_the_environment_stay_here(monkeypatch):
    monkeypatch.setenv("KG_TOKEN", "secret")
    monkeypatch.setenv("OTHER", "known")
    with Parsers(1) as parsers:
        assert parsers.parse(call(calls.read_secrets)) == {"OTHER": "known"}


def test_order_is_that_of_the_calls_and_tags_without_a_call_keep_their_place():
    delays = [0.3, 0, 0.1, None, 0, 0.2, None, 0]
    steps = [
        (n, None if s is None else call(calls.echo_after, s, -n)) for n, s in enumerate(delays)
    ]
    with Parsers(3) as parsers:
        found = list(parsers.parse_all(steps))
    assert found == [(n, None if s is None else -n) for n, s in enumerate(delays)]


def test_what_is_refused_comes_in_its_turn_as_an_error():
    steps = [(1, call(calls.echo, "a")), (2, call(calls.crash)), (3, call(calls.echo, "b"))]
    with Parsers(2) as parsers:
        found = list(parsers.parse_all(steps))
    assert [tag for tag, _ in found] == [1, 2, 3]
    assert [isinstance(value, InputError) for _, value in found] == [False, True, False]


class Forged:
    """A value that does something when it is read."""

    def __init__(self, function, *arguments):
        self._made_by = (function, arguments)

    def __reduce__(self):
        return self._made_by


@pytest.mark.parametrize("place", ["value", "alone"])
def test_forged_answer_of_a_process_does_nothing(tmp_path, place):
    mark = tmp_path / "done"
    for forged in (Forged(Path.touch, mark), Forged(os.system, f"touch {mark}"), Forged(exec, "1")):
        answer = Outcome(kind="value", value=forged) if place == "value" else forged
        frame = io.BytesIO()
        write_frame(frame, answer)
        frame.seek(0)
        assert read_outcome(frame) is None
    assert not mark.exists()


@pytest.mark.parametrize("data", [b"", b"\0" * 7, b"\xff" * 8, b"\0" * 7 + b"\5abc", b"\0" * 8])
def test_broken_answer_of_a_process_is_none(data):
    assert read_outcome(io.BytesIO(data)) is None


def test_values_of_readers_come_through_as_they_are():
    page = Page(text="a", zones=(Zone(kind="body", start=0, end=1),))
    frame = io.BytesIO()
    write_frame(frame, Outcome(kind="value", value=page))
    frame.seek(0)
    assert read_outcome(frame).value == page


def test_few_calls_are_held_ahead():
    taken = []

    def steps():
        for number in range(100):
            taken.append(number)
            yield number, call(calls.echo, number)

    with Parsers(2) as parsers:
        for done, (number, _) in enumerate(parsers.parse_all(steps())):
            assert number == done
            assert len(taken) - done <= 6


@linux_alone
def test_many_calls_leave_no_process_and_no_open_file():
    others, files = children(), handles()
    with Parsers(2) as parsers:
        deadly = [
            (n, call(calls.leave) if n % 10 == 0 else call(calls.echo, n)) for n in range(101)
        ]
        assert len(list(parsers.parse_all(deadly))) == 101
        assert len(children(others)) <= 2
        assert handles() <= files + 4
    assert children(others) == []
    assert handles() == files


@linux_alone
def test_a_loop_that_is_left_early_ends_the_processes_at_once():
    def some():
        with Parsers(2) as parsers:
            yield from parsers.parse_all(
                [(0, call(calls.echo, 0)), *[(n, call(calls.sleep_long)) for n in range(1, 9)]]
            )

    others, going = children(), some()
    assert next(going) == (0, 0)
    assert children(others)
    begun = time.monotonic()
    going.close()
    assert time.monotonic() - begun < 3
    assert children(others) == []


@linux_alone
def test_an_error_of_the_caller_ends_the_processes():
    others = children()
    with suppress(KeyError), Parsers(2) as parsers:
        for _ in parsers.parse_all([(n, call(calls.echo, n)) for n in range(5)]):
            raise KeyError
    assert children(others) == []


def test_after_an_interruption_answers_still_belong_to_their_calls():
    with Parsers(1) as parsers:
        parsers.parse(call(calls.echo, 0))
        timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            parsers.parse(call(calls.echo_after, 1.5, "late"))
        assert parsers.parse(call(calls.echo, "next")) == "next"


_INTERRUPTED = """
import sys
from kg.model import Zone
from kg.read.calls import Call, Outcome, read_outcome, write_frame
from kg.read.pages import Page
from kg.read.workers import Parsers
from tests.unit import hostile_calls as calls
with Parsers(2) as parsers:
    steps = [(n, Call(function=calls.sleep_long)) for n in range(4)]
    print(parsers.parse(Call(function=calls.process_id)), flush=True)
    list(parsers.parse_all(steps))
"""


@linux_alone
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_whoever_is_ended_by_a_signal_leaves_no_process_behind(sign):
    started = subprocess.Popen(
        [sys.executable, "-c", _INTERRUPTED],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with started:
        number = int(started.stdout.readline())
        time.sleep(0.5)
        begun = time.monotonic()
        started.send_signal(sign)
        started.wait(timeout=10)
        assert time.monotonic() - begun < 5
    for _ in range(100):
        if not Path(f"/proc/{number}").exists():
            return
        time.sleep(0.05)
    pytest.fail("a process that parses outlived the one that started it")
