"""The comparison with schema.org takes time in proportion to the triples."""

import time

import pyoxigraph as ox
import pytest

from kg.validate.schemaorg import check_terms

pytestmark = pytest.mark.bench


def test_time_grows_with_the_triples() -> None:
    line = '<https://a.example/%d> a <https://schema.org/Person> ; <https://schema.org/name> "x" .'
    few, many = (
        list(ox.parse(input="\n".join(line % n for n in range(size)), format=ox.RdfFormat.TURTLE))
        for size in (2_000, 20_000)
    )
    spans = []
    for triples in (few, many):
        start = time.process_time()
        assert check_terms(triples) == []
        spans.append(time.process_time() - start)
    assert spans[1] < 40 * spans[0] + 0.1
