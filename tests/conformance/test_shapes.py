"""Every constraint rejects the one graph that breaks it, alone, in both engines."""

from collections import Counter

import pyoxigraph as ox
import pytest

from kg.validate import Result, load_shapes, validate_graph
from tests.conformance.damages import DAMAGES, PROFILE_EDITS, Damage
from tests.conformance.good import good_quads
from tests.conformance.workshop import (
    ALL_DAMAGES,
    constraints,
    damaged_quads,
    edited_quads,
    profile_quads,
    profiles_of,
)

ENGINES = ("shacl", "pyshacl")


@pytest.mark.parametrize("engine", ENGINES)
def test_good_graph_has_no_finding(engine: str) -> None:
    report = validate_graph(good_quads(), engine=engine)
    assert report.results == ()
    assert report.conforms
    assert report.words_checked


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("profile", PROFILE_EDITS)
def test_good_graph_fits_profile(profile: str, engine: str) -> None:
    report = validate_graph(profile_quads(profile), engine=engine, profiles=profiles_of(profile))
    assert report.results == ()


def _constraints(results: tuple[Result, ...]) -> set[tuple[str, str]]:
    return {(result.shape, result.component) for result in results}


@pytest.mark.parametrize("damage", ALL_DAMAGES, ids=lambda damage: damage.name)
def test_damage_is_found_alone_by_both_engines(damage: Damage) -> None:
    quads = damaged_quads(damage)
    fast, oracle = (
        validate_graph(quads, engine=engine, profiles=profiles_of(damage.profile))
        for engine in ENGINES
    )
    assert _constraints(fast.results) == {(damage.shape, damage.component)}
    assert Counter(fast.results) == Counter(oracle.results)


def test_every_constraint_has_a_damage() -> None:
    covered = {(damage.shape, damage.component) for damage in ALL_DAMAGES}
    assert constraints("publish") | constraints("rows") == covered


def test_names_of_damages_are_unique() -> None:
    assert len({damage.name for damage in ALL_DAMAGES}) == len(ALL_DAMAGES)


def test_every_constraint_says_what_is_wrong() -> None:
    for profile in ("publish", "rows"):
        messages = load_shapes(profiles=profiles_of(profile)).messages
        assert not [shape for shape, _ in constraints(profile) if shape not in messages]


@pytest.mark.parametrize("engine", ENGINES)
def test_pages_in_the_old_spelling_of_schema_org_are_looked_at_too(engine: str) -> None:
    page, old = "https://a.example/page", "http://schema.org/"
    lines = f"<{page}> a <{old}Article> ; <{old}author> [ a <{old}Person> ] ."
    quads = [*ox.parse(input=lines, format=ox.RdfFormat.TURTLE)]
    report = validate_graph(quads, engine=engine, profiles=["publish"])
    found = {result.shape.partition("#")[2] for result in report.results}
    assert found == {
        "PublishHeadlineMissing",
        "PublishImageMissing",
        "PublishDateMissing",
        "PublishModifiedMissing",
        "PublishAuthorName",
        "PublishAuthorUrl",
        "PublishPublisherMissing",
    }


PROMOTED = next(d for d in DAMAGES if d.name == "claim-promoted-to-fact").edits
CARRIED = (
    *PROMOTED,
    "set @quote schema:author @wire",
)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("stance", "found"),
    [((), False), (("independent",), False), (("state",), True), (("party",), True)],
)
def test_what_independent_media_report_stays_asserted(
    stance: tuple[str, ...], *, found: bool, engine: str
) -> None:
    edits = [f'put @wire kg:stance "{value}"' for value in stance]
    report = validate_graph(edited_quads(*CARRIED, *edits), engine=engine)
    assert any(r.shape.endswith("#PromotedClaim") for r in report.results) == found


@pytest.mark.parametrize("engine", ENGINES)
def test_event_told_outside_the_quotation_is_not_promoted(engine: str) -> None:
    report = validate_graph(edited_quads("put @quote schema:about @strike"), engine=engine)
    assert report.results == ()
