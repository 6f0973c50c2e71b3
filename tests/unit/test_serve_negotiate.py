"""Content negotiation: which of the forms on offer a client gets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.serve.negotiate import (
    GRAPHS,
    OFFERED,
    RESULTS,
    accepts_gzip,
    named_format,
    parse_accept,
    quality_of,
    rank,
)

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
QUALITIES = st.sampled_from(["0", "0.001", "0.5", "0.75", "1", "1.000"])
RANGES = st.sampled_from(["*/*", "text/*", "application/*", *OFFERED])


@pytest.mark.parametrize(
    ("header", "first"),
    [
        (None, RESULTS["json"]),
        ("", RESULTS["json"]),
        ("*/*", RESULTS["json"]),
        ("text/csv", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("text/csv;q=0.2, text/turtle;q=0.3", "text/turtle"),
        ("text/*", "text/csv"),
        ("text/*;q=0.5, text/turtle;q=0.9", "text/turtle"),
        ("*/*;q=0.1, application/json", RESULTS["json"]),
        ("application/xml", RESULTS["xml"]),
        ("text/turtle;charset=utf-8", "text/turtle"),
        ('text/csv;header="a,b;q=0";q=0.9, text/turtle;q=0.1', "text/csv"),
        ("text/csv;q=2, text/turtle;q=0.1", "text/turtle"),
        ("nonsense, text/turtle", "text/turtle"),
    ],
)
def test_the_best_form_is_first(header, first):
    assert rank(header, OFFERED)[0] == first


@pytest.mark.parametrize(
    "header",
    ["image/png", "text/turtle;q=0", "*/*;q=0", "nonsense", "text/csv;q=0.0", "text/*;q=0"],
)
def test_nothing_is_acceptable(header):
    assert rank(header, ("text/turtle",)) == ()


def test_the_most_specific_range_decides_not_the_best():
    ranges = parse_accept("text/*;q=0.9, text/csv;q=0.1, */*;q=1")
    assert quality_of("text/csv", ranges) == 0.1
    assert quality_of("text/turtle", ranges) == 0.9
    assert quality_of("application/trig", ranges) == 1.0


def test_a_form_that_is_excluded_stays_out_beside_a_star():
    assert "text/csv" not in rank("*/*, text/csv;q=0", OFFERED)


def test_browsers_get_a_page_and_curl_does_not():
    assert rank(BROWSER, (*OFFERED, "text/html"))[0] == "text/html"
    assert rank("*/*", (*OFFERED, "text/html"))[0] == RESULTS["json"]


@given(st.lists(st.tuples(RANGES, QUALITIES), max_size=8))
def test_what_is_acceptable_does_not_depend_on_the_order_of_the_header(parts):
    parts = list(dict(parts).items())  # one quality each
    header = ", ".join(f"{kind};q={quality}" for kind, quality in parts)
    backwards = ", ".join(f"{kind};q={quality}" for kind, quality in reversed(parts))
    assert rank(header, OFFERED) == rank(backwards, OFFERED)


@given(st.lists(st.tuples(RANGES, QUALITIES), min_size=1, max_size=8))
def test_qualities_fall_along_the_ranking_and_nothing_of_quality_0_is_in_it(parts):
    header = ", ".join(f"{kind};q={quality}" for kind, quality in parts)
    ranges = parse_accept(header)
    ranked = rank(header, OFFERED)
    qualities = [quality_of(form, ranges) for form in ranked]
    assert qualities == sorted(qualities, reverse=True)
    assert all(quality > 0 for quality in qualities)
    assert all(quality_of(form, ranges) == 0 for form in set(OFFERED) - set(ranked))


@given(st.text(max_size=300))
def test_any_text_is_a_header_that_can_be_read(header):
    assert set(rank(header, OFFERED)) <= set(OFFERED)
    accepts_gzip(header)


def test_names_of_forms():
    assert named_format("csv") == ("text/csv",)
    assert named_format("TTL") == named_format("turtle") == (GRAPHS["ttl"],)
    assert named_format("json") == (RESULTS["json"], GRAPHS["jsonld"])
    assert named_format("application/trig") == ("application/trig",)
    with pytest.raises(QueryError, match="there are json, xml, csv"):
        named_format("pdf")


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        (None, False),
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("gzip;q=0", False),
        ("deflate", False),
        ("gzip;q=x", False),
    ],
)
def test_gzip_is_used_where_it_is_taken(header, taken):
    assert accepts_gzip(header) is taken
