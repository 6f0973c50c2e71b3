"""The load test as a test: `pytest -m full tests/bench/test_load_serve.py`, two minutes a mix."""

import pytest

from tests.bench.load_serve import MIXES, load

MOST_BYTES = 6_000_000_000


@pytest.mark.full
@pytest.mark.parametrize("mix", MIXES)
def test_a_runaway_query_is_hardly_felt_by_sixteen_clients(mix):
    outcome, failures = load(mix=MIXES[mix])
    print(f"\n{outcome}")
    assert failures == []
    assert outcome.p99_loud < 10 * outcome.median_quiet, outcome
    assert set(outcome.runaway_statuses) <= {503, 504}
    assert outcome.runaways >= 3
    assert outcome.longest_runaway < 2 * 10 + 5, "its limit, and a place in the queue"
    assert outcome.peak_bytes < MOST_BYTES
