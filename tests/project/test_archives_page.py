"""The limits that docs/archives.md promises are those of the code."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from kg.settings import Reading, Settings

PAGE = (Path(__file__).parents[2] / "docs/archives.md").read_text("utf-8")
LIMITS = re.findall(r"^\| [^|]+ \| ([\d,]+)[^|]*\| `([\w.]+)` \|$", PAGE, re.MULTILINE)


def value_of(name):
    """Return the value of a setting or constant."""
    place, _, field = name.rpartition(".")
    owner = {"Settings": Settings(), "Reading": Reading()}.get(place)
    return getattr(owner or import_module(place), field)


def test_limits_are_listed():
    assert len(LIMITS) >= 12


@pytest.mark.parametrize(("value", "name"), LIMITS)
def test_limit_is_what_the_page_says(value, name):
    assert value_of(name) == int(value.replace(",", ""))
