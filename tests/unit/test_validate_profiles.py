"""Layers of the shapes: each stands alone, the usual ones together are what is checked."""

import re

import pytest

from kg.errors import ShapesError
from kg.resources import resource_dir
from kg.validate import load_shapes
from kg.validate.profiles import PROFILES, choose_profiles, shape_files

USUAL = ["core", "claims", "evidence", "hygiene"]


def test_the_usual_layers_are_those_checked_where_nobody_asks() -> None:
    assert [profile.name for profile in choose_profiles()] == USUAL
    assert shape_files() == shape_files(USUAL)
    assert load_shapes().text == load_shapes(profiles=USUAL).text


def test_every_shape_file_belongs_to_a_layer_that_has_a_name() -> None:
    folder = resource_dir("shapes")
    assert set(folder.rglob("*.ttl")) == set(shape_files(PROFILES))


@pytest.mark.parametrize("name", PROFILES)
def test_a_layer_alone_has_every_shape_it_refers_to(name: str) -> None:
    text = "\n".join(
        re.sub(r'"""|#.*', "", line)
        for path in shape_files([name])
        for line in path.read_text("utf-8").splitlines()
    )
    named = set(re.findall(r"^(kgs:\w+)", text, re.MULTILINE))
    assert set(re.findall(r"(?<!\^)\bkgs:\w+", text)) <= named
    assert load_shapes(profiles=[name]).problems == ()


def test_a_shape_stands_in_one_layer_alone() -> None:
    found = [
        shape
        for path in shape_files(PROFILES)
        for shape in re.findall(r"^(kgs:\w+)", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert len(found) == len(set(found))


def test_layers_keep_their_order_and_come_once() -> None:
    assert [p.name for p in choose_profiles(["rows, core", "core"])] == ["core", "rows"]


@pytest.mark.parametrize("names", [["cores"], ["core", "claim"], [""], []])
def test_an_unknown_layer_is_refused_with_all_that_there_are(names: list[str]) -> None:
    with pytest.raises(ShapesError, match="no such profile") as caught:
        shape_files(names)
    assert all(f"{p.name}: {p.purpose}" in str(caught.value) for p in PROFILES.values())
    assert "\n" not in str(caught.value)
