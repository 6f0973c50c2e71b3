"""Lines in RDF/XML and JSON-LD as people write them, and places found from end to end."""

import io
import json
import random
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.validate.places import Wanted, find_places
from kg.validate.places.jsonld import read_jsonld
from kg.validate.places.rdfxml import read_rdfxml
from kg.validate.places.statements import RDF, TYPE
from tests.property.test_places import BASE, MARK, E, Hand, graphs, parsed, rows

XSD = "http://www.w3.org/2001/XMLSchema#"


class Author:
    """Someone who nests what can be nested; every value has a mark of its own."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.number = 0

    def mark(self) -> str:
        self.number += 1
        return f"m{self.number:04}"

    def gap(self) -> str:
        return self.chance.choice(["", "\n", " ", "\n\n  "])


class XmlAuthor(Author):
    """Someone who writes RDF/XML."""

    def document(self) -> str:
        parts = [self.node(0) for _ in range(self.chance.randint(1, 4))]
        base = self.chance.choice(["", ' xml:base="http://b.example/x/y"', ' xml:lang="de"'])
        head = f'<?xml version="1.0"?>{self.gap()}<rdf:RDF xmlns:rdf="{RDF}"\n xmlns:e="{E}"{base}>'
        return head + self.gap() + self.gap().join(parts) + "</rdf:RDF>"

    def node(self, depth: int) -> str:
        tag = self.chance.choice(["rdf:Description", "e:Kind", "rdf:Bag"])
        name = self.chance.choice(
            [
                f'rdf:about="{self.mark()}"',
                f'rdf:about="{E}{self.mark()}"',
                f'rdf:ID="{self.mark()}"',
                'rdf:nodeID="n"',
                "",
            ]
        )
        more = self.chance.choice(["", f'e:x="{self.mark()}"', f'rdf:type="{E}{self.mark()}"'])
        lang = self.chance.choice(["", "", 'xml:lang="EN"', 'xml:base="http://c.example/"'])
        inside = [self.property(depth) for _ in range(self.chance.randint(0, 3))]
        gap = self.chance.choice(["\n", " "])
        body = self.gap() + "".join(part + self.gap() for part in inside)
        return f"<{tag}{gap}{name} {more}{gap}{lang}>{body}</{tag}>"

    def property(self, depth: int) -> str:
        tag = self.chance.choice(["e:p", "e:q", "rdf:li", "rdf:_7"])
        mark = self.mark()
        own = self.chance.choice(["", "", f' rdf:ID="i{mark}"'])
        kinds = [
            f"<{tag}{own}>{mark} &lt;&#233;</{tag}>",
            f"<{tag}{own} xml:lang='fr'>{mark}\n</{tag}>",
            f'<{tag}{own} rdf:datatype="{E}t">{mark}</{tag}>',
            f"<{tag}><![CDATA[{mark}<]]></{tag}>",
            f'<{tag}{own} rdf:resource="{mark}"/>',
            f'<{tag} rdf:nodeID="n"></{tag}>',
            f'<{tag}{own} e:y="{mark}"/>',
            f"<{tag}{own}/>",
            f'<{tag} rdf:parseType="Literal"><b>{mark}</b>\n<e:c/></{tag}>',
        ]
        if depth > 2 or self.chance.random() < 0.7:
            return self.chance.choice(kinds)
        inner = self.node(depth + 1)
        more = "".join(self.node(depth + 1) for _ in range(self.chance.randint(0, 1)))
        some = "".join(self.property(depth + 1) for _ in range(self.chance.randint(0, 2)))
        kinds = [
            f"<{tag}{own}>{self.gap()}{inner}{self.gap()}</{tag}>",
            f'<{tag} rdf:parseType="Collection">{self.gap()}{inner}{more}</{tag}>',
            f'<{tag}{own} rdf:parseType="Resource">{self.gap()}{some}</{tag}>',
        ]
        return self.chance.choice(kinds)


CONTEXT = {
    "e": E,
    "id": "@id",
    "type": "@type",
    "date": {"@id": "e:date", "@type": f"{XSD}date"},
    "link": {"@id": "e:link", "@type": "@id"},
    "word": {"@id": "e:word", "@type": "@vocab"},
    "list": {"@id": "e:list", "@container": "@list"},
    "set": {"@id": "e:set", "@container": "@set"},
    "said": {"@id": "e:said", "@container": "@language"},
    "plain": {"@id": "e:plain", "@language": None},
    "nothing": None,
    "below": {"@id": "e:below", "@context": {"own": "e:own", "date": "e:other"}},
}


class JsonAuthor(Author):
    """Someone who writes JSON-LD."""

    def document(self) -> str:
        context = {**CONTEXT, "@vocab": E}
        if self.chance.random() < 0.3:
            context["@language"] = "DE"
        if self.chance.random() < 0.3:
            context["@base"] = "http://b.example/x/"
        nodes = [self.node(0) for _ in range(self.chance.randint(1, 3))]
        whole: object = {"@context": context, "@graph": nodes}
        if self.chance.random() < 0.3:
            whole = {"@context": context, **nodes[0]}
        elif self.chance.random() < 0.3:
            whole = [{"@context": context, **node} for node in nodes]
        return json.dumps(whole, indent=self.chance.choice([None, 0, 1]), ensure_ascii=False)

    def node(self, depth: int) -> dict[str, object]:
        members: list[tuple[str, object]] = []
        if self.chance.random() < 0.6:
            key = self.chance.choice(["@id", "id"])
            mark = self.mark()
            members.append((key, self.chance.choice([f"e:{mark}", mark, "_:n", f"{E}{mark}"])))
        if self.chance.random() < 0.5:
            kinds = [f"e:{self.mark()}" for _ in range(self.chance.randint(1, 3))]
            members.append((self.chance.choice(["@type", "type"]), kinds))
        for _ in range(self.chance.randint(0, 4)):
            key = self.chance.choice(
                ["e:p", "name", "date", "link", "word", "list", "set", "plain", "nothing", "below",
                 f"{E}full", "own"]
            )  # fmt: skip
            members.append((key, self.value(depth)))
        if self.chance.random() < 0.2:
            members.append(("said", {"en": self.mark(), "de-CH": [self.mark()]}))
        self.chance.shuffle(members)
        return dict(members)

    def value(self, depth: int) -> object:
        mark = self.mark()
        kinds: list[object] = [mark, f"e:{mark}", 5, -2.5, 1e30, True, None, f"{mark}\n\té"]
        kinds += [{"@value": mark}, {"@value": mark, "@language": "EN"}]
        kinds += [{"@value": 3, "@type": f"{XSD}double"}, {"@value": mark, "@type": "e:t"}]
        if depth > 2 or self.chance.random() < 0.6:
            return self.chance.choice(kinds)
        choice = self.chance.random()
        if choice < 0.5:
            return self.node(depth + 1)
        if choice < 0.7:
            return {"@list": [self.chance.choice(kinds), self.node(depth + 1)]}
        if choice < 0.8:
            return {"@set": [self.chance.choice(kinds)]}
        return [self.value(depth + 1) for _ in range(self.chance.randint(0, 3))]


@given(chance=st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_xml_written_by_people_is_read_as_the_parser_reads_it(chance: random.Random) -> None:
    data = XmlAuthor(chance).document().encode()
    statements = list(read_rdfxml(io.BytesIO(data), base=BASE))
    expected = parsed(data, ox.RdfFormat.RDF_XML)
    assert [row[:2] for row in rows(statements)] == [row[:2] for row in expected]
    for ours, theirs in zip(rows(statements), expected, strict=True):
        assert ours[2] in (theirs[2], '"')
    lines = data.decode().split("\n")
    for found in statements:
        if found.predicate.startswith(E):
            assert found.predicate.removeprefix(E) in lines[found.line - 1]


@given(chance=st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_json_written_by_people_is_read_as_the_parser_reads_it(chance: random.Random) -> None:
    data = JsonAuthor(chance).document().encode()
    statements = list(read_jsonld(io.BytesIO(data), base=BASE))
    assert rows(statements) == parsed(data, ox.RdfFormat.JSON_LD)
    lines = data.decode().split("\n")
    for found in statements:
        mark = MARK.search(found.object)
        if mark and found.predicate == TYPE:
            assert mark[0] in lines[found.line - 1]


FORMS = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def assert_all_found(file: Path, form: str) -> None:
    """Every statement of the file is wanted, and found where it stands."""
    wanted: dict[Wanted, ox.Quad] = {}
    names: dict[str, str] = {}

    def name(term: object) -> str | None:
        if isinstance(term, ox.BlankNode):
            return names.setdefault(term.value, f"_:f7b{len(names) + 1}")
        if isinstance(term, ox.DefaultGraph):
            return None
        return term.value if isinstance(term, ox.NamedNode) else str(term)

    for quad in ox.parse(path=str(file), format=FORMS[form], base_iri=BASE):
        focus, value, graph = name(quad.subject), name(quad.object), name(quad.graph_name)
        wanted[Wanted(graph=graph, focus=focus or "", path=quad.predicate.value, value=value)] = (
            quad
        )
    places = find_places(str(file), form, wanted, 7, base=BASE)
    assert places.keys() == wanted.keys()
    assert all(place.exact for place in places.values())


@pytest.mark.parametrize("form", FORMS)
@given(quads=graphs())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_statement_is_found_in_every_syntax(
    tmp_path: Path, form: str, quads: list[ox.Quad]
) -> None:
    file = tmp_path / "data"
    file.write_bytes(ox.serialize(quads, format=FORMS[form]))
    assert_all_found(file, form)


@pytest.mark.parametrize("form", ["turtle", "trig"])
@given(chance=st.randoms(use_true_random=False))
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_statement_that_a_hand_writes_is_found(
    tmp_path: Path, form: str, chance: random.Random
) -> None:
    file = tmp_path / "data"
    file.write_bytes(Hand(chance, trig=form == "trig").document().encode())
    assert_all_found(file, form)
