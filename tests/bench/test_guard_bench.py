"""No text makes the guard of queries quadratic: ten times the text, about ten times the time."""

import contextlib
import time

import pytest

from kg.errors import QueryError
from kg.store.guard import check_update

pytestmark = pytest.mark.bench
FACTOR, LIMIT, LONG = 10, 30.0, 1_000_000
PIECES = (
    '"', "'", '\\"', '"""', "'''a'", "a-", "a.", "<a", "<", ":", "?service ", '"service"', "\\",
    "#", "()", "a:",
)  # fmt: skip


def cost(piece: str, length: int) -> float:
    text, clock = '"' + piece * (length // len(piece)), time.process_time()
    with contextlib.suppress(QueryError):
        check_update(text)
    return time.process_time() - clock


@pytest.mark.parametrize("piece", PIECES)
def test_ten_times_the_text_takes_about_ten_times_as_long(piece: str) -> None:
    small = max(min(cost(piece, LONG // FACTOR) for _ in range(3)), 0.001)
    assert cost(piece, LONG) < LIMIT * small
