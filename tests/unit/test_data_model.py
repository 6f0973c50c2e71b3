"""The table of fields says what the values have and what the mapper writes."""

import dataclasses
import importlib.util
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from kg import model
from kg.map import map_article, map_links
from kg.map.fields import STRUCTURE, load_fields
from kg.vocabulary import TERMS
from tests.property.strategies import articles

ROOT = Path(__file__).parents[2]
LEFT_OUT = {"Document", "Failure"}
"""Values that are no part of a record; those of event tables are in docs/rows.md."""


def tool(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_field_of_the_record_has_a_row():
    values = {
        name: value
        for name, value in vars(model).items()
        if dataclasses.is_dataclass(value)
        and name not in LEFT_OUT
        and value.__module__ != "kg.model.tables"
    }
    fields = {(n, f.name) for n, value in values.items() for f in dataclasses.fields(value)}
    assert {(row.owner, row.name) for row in load_fields()} == fields


def test_a_field_without_a_triple_says_why():
    assert [
        f"{r.owner}.{r.name}" for r in load_fields() if not r.terms and not r.note and not r.value
    ] == []


def test_every_term_of_the_table_is_in_the_vocabulary():
    assert {term for row in load_fields() for term in row.terms} <= set(TERMS)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(articles())
def test_the_mapper_writes_nothing_that_the_table_lacks(article):
    known = {TERMS[term] for row in load_fields() for term in row.terms}
    known |= {TERMS[term] for term in (*STRUCTURE, "itsrdf:taClassRef", "kg:independentSources")}
    quads = [*map_article(article), *map_links([article])]
    assert {quad.predicate.value for quad in quads} <= known


def test_the_page_is_up_to_date():
    assert (ROOT / "docs/data-model.md").read_text("utf-8") == tool("make_data_model").build_page()
