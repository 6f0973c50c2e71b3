"""The shapes agree with the closed lists of the other modules, and need no base."""

import re
import tomllib
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import rdflib

from kg.resources import resource_dir
from kg.validate import load_shapes
from kg.validate.profiles import PROFILES
from kg.validate.shapes import RDF, SH
from kg.vocabulary import ACTOR_TYPE, ACTOR_TYPE_SLUGS, BOUND_TERMS, EVENT_TYPE, SPEECH_ACT, TERMS

ALL = tuple(PROFILES)
OURS = "https://w3id.org/newskg/"
LEXICON = Path(__file__).parents[2] / "kg" / "extract" / "lexicon"


def _triples() -> list[ox.Triple]:
    text = load_shapes(profiles=ALL).text
    return [q.triple for q in ox.parse(input=text, format=ox.RdfFormat.N_TRIPLES)]


def _allowed(shape: str) -> set[str]:
    """The values of the shape's sh:in."""
    index = {(t.subject, t.predicate.value): t.object for t in _triples()}
    node = index[ox.NamedNode(f"{OURS}shapes#{shape}"), SH + "in"]
    found = set()
    while (node, RDF + "first") in index:
        found.add(index[node, RDF + "first"].value)
        node = index[node, RDF + "rest"]
    return found


def _slugs(codes: list[str]) -> set[str]:
    return {code.lower().replace("_", "-") for code in codes}


def test_event_types_are_the_closed_list() -> None:
    codes = tomllib.loads((LEXICON / "event_types.toml").read_text("utf-8"))
    assert _allowed("EventType") == {EVENT_TYPE + slug for slug in _slugs(list(codes))}


def test_speech_acts_are_the_scheme() -> None:
    acts = tomllib.loads((LEXICON / "speech_acts.toml").read_text("utf-8"))["act"]
    codes = [act["code"] for act in acts]
    assert _allowed("ClaimSpeechAct") == {SPEECH_ACT + slug for slug in _slugs(codes)}


def test_actor_types_and_bounds_are_those_of_the_mapper() -> None:
    assert _allowed("ActorType") == {ACTOR_TYPE + slug for slug in ACTOR_TYPE_SLUGS.values()}
    assert _allowed("FigureBound") == {TERMS[term] for term in BOUND_TERMS.values()}


def test_shapes_speak_only_of_terms_the_mapper_writes() -> None:
    known = set(TERMS.values())
    foreign = (
        "actor Article BlogPosting citation contentUrl DataDownload dateModified distribution image"
    )
    exempt = {f"https://schema.org/{name}" for name in foreign.split()}
    used = {
        term.value
        for triple in _triples()
        for term in (triple.subject, triple.object)
        if isinstance(term, ox.NamedNode)
        and term.value.startswith(("https://schema.org/", OURS + "ns#"))
    }
    assert used - exempt <= known


def test_no_base_is_written_into_the_shapes() -> None:
    for file in sorted(resource_dir("shapes").rglob("*.ttl")):
        assert "example.org" not in file.read_text("utf-8"), file.name


def test_sparql_constraints_give_each_result_once() -> None:
    for triple in _triples():
        if triple.predicate.value == SH + "select":
            query = triple.object.value
            assert "SELECT DISTINCT" in query or "GROUP BY" in query


def test_patterns_look_neither_ahead_nor_back() -> None:
    patterns = [t.object.value for t in _triples() if t.predicate.value == SH + "pattern"]
    assert patterns
    assert not [p for p in patterns if "(?" in p]


def test_severity_sits_on_the_shape() -> None:
    constraints = {t.object for t in _triples() if t.predicate.value == SH + "sparql"}
    assert not [
        t for t in _triples() if t.predicate.value == SH + "severity" and t.subject in constraints
    ]


def test_profile_is_left_out_unless_asked_for() -> None:
    name = f"{OURS}shapes#PublishImage"
    assert name not in load_shapes().messages
    assert name in load_shapes(profiles=ALL).messages


def test_shapes_are_well_formed_by_the_shapes_of_shacl() -> None:
    # The paths of publish nest deeper than pySHACL looks here; the linter has the same rules.
    shallow = [name for name in ALL if name != "publish"]
    shapes = rdflib.Graph().parse(data=load_shapes(profiles=shallow).text, format="nt")
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


def test_properties_of_the_kg_vocabulary_are_all_known() -> None:
    (query,) = [
        t.object.value
        for t in _triples()
        if t.predicate.value == SH + "select" and "NOT IN" in t.object.value
    ]
    listed = set(re.findall(r"kg:(\w+)", query))
    assert listed == {t.removeprefix("kg:") for t in TERMS if re.match("kg:[a-z]", t)}
