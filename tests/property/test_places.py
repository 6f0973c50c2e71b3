"""Lines in files of RDF that we did not write: any graph, any writer, any hand.

The parser is the measure: the reader of positions has to give the same statements in the same
order, blank nodes included, and the line it names has to hold the words of the statement.
"""

import io
import random
import re
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.validate.places import Wanted
from kg.validate.places.blocks import search_blocks
from kg.validate.places.finding import read_statements
from kg.validate.places.jsonld import read_jsonld
from kg.validate.places.lines import read_lines
from kg.validate.places.rdfxml import read_rdfxml
from kg.validate.places.search import Search
from kg.validate.places.statements import BLANK, RDF, Statement, read_term
from kg.validate.places.turtle import read_turtle

BASE = "http://base.example/folder/file"
E = "http://e.example/"
MARK = re.compile(r"m\d{4}")
READERS = {
    ox.RdfFormat.TURTLE: read_turtle,
    ox.RdfFormat.TRIG: read_turtle,
    ox.RdfFormat.N_TRIPLES: read_lines,
    ox.RdfFormat.N_QUADS: read_lines,
    ox.RdfFormat.RDF_XML: read_rdfxml,
    ox.RdfFormat.JSON_LD: read_jsonld,
}
Row = tuple[str, str, str, str | None]


def parsed(data: bytes, form: ox.RdfFormat) -> list[Row]:
    names: dict[str, int] = {}

    def text(term: object) -> str | None:
        if isinstance(term, ox.BlankNode):
            return f"_:{names.setdefault(term.value, len(names) + 1)}"
        if isinstance(term, ox.DefaultGraph):
            return None
        return term.value if isinstance(term, ox.NamedNode) else read_term(str(term))

    return [
        (text(q.subject), q.predicate.value, text(q.object), text(q.graph_name))
        for q in ox.parse(data, format=form, base_iri=BASE)
    ]


def rows(statements: list[Statement]) -> list[Row]:
    names: dict[str, int] = {}

    def text(term: str | None) -> str | None:
        if term is None or not term.startswith(BLANK):
            return term
        return f"_:{names.setdefault(term, len(names) + 1)}"

    return [(text(s.subject), s.predicate, text(s.object), text(s.graph)) for s in statements]


def read(data: bytes, form: ox.RdfFormat) -> list[Statement]:
    """Return the statements of the reader, which are those of the parser in their order."""
    statements = list(READERS[form](io.BytesIO(data), base=BASE))
    assert rows(statements) == parsed(data, form)
    return statements


def assert_lines(data: bytes, statements: list[Statement]) -> None:
    lines = data.decode().split("\n")
    for found in statements:
        for term, number in ((found.object, found.line), (found.subject, found.block)):
            mark = MARK.search(term)
            if mark:
                assert mark[0] in lines[number - 1], (found, lines[number - 1])
            elif term.startswith(BLANK) and found.predicate != RDF + "rest":
                assert 1 <= number <= len(lines)


# Graphs of any kind; every IRI and every literal has a mark of its own.

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=6
)
BREAKS = st.sampled_from(
    ["", "\n", "\n\n", '"', "'", '"""', "\\", "\\n", "\t", "<b>", "&amp;", "]]>"]
)


@st.composite
def graphs(draw: st.DrawFn) -> list[ox.Quad]:
    count = draw(st.integers(1, 4))
    nodes = [ox.NamedNode(f"{E}m{n:04}") for n in range(count)]
    nodes += [ox.BlankNode(f"b{n}") for n in range(draw(st.integers(0, 4)))]
    quads = []
    for number in range(draw(st.integers(1, 12))):
        value = f"m{number + 1000:04}{draw(BREAKS)}{draw(WORDS)}{draw(BREAKS)}"
        literals = [
            ox.Literal(value),
            ox.Literal(value, language=draw(st.sampled_from(["en", "en-GB", "DE"]))),
            ox.Literal(value, datatype=ox.NamedNode(E + "type")),
            ox.Literal(number),
            ox.Literal(number + 0.5),
            ox.Literal(number % 2 == 0),
        ]
        term = draw(st.sampled_from(nodes + literals))
        predicate = ox.NamedNode(f"{E}p{draw(st.integers(0, 2))}")
        quads.append(ox.Quad(draw(st.sampled_from(nodes)), predicate, term))
    return list(dict.fromkeys(quads))


def graph_of(quads: list[ox.Quad]) -> rdflib.Graph:
    data = ox.serialize(quads, format=ox.RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=data, format="nt")


@pytest.mark.parametrize("form", READERS, ids=str)
@given(quads=graphs(), graph=st.sampled_from([None, E + "graph"]))
@settings(max_examples=60, deadline=None)
def test_every_line_of_what_the_parser_writes_is_found(
    form: ox.RdfFormat, quads: list[ox.Quad], graph: str | None
) -> None:
    if graph and form.supports_datasets:
        name = ox.NamedNode(graph)
        quads = [ox.Quad(q.subject, q.predicate, q.object, name) for q in quads]
    prefixes = {"e": E}
    readable = form in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.RDF_XML)
    data = ox.serialize(quads, format=form, prefixes=prefixes if readable else None)
    assert_lines(data, read(data, form))


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("turtle", ox.RdfFormat.TURTLE),
        ("longturtle", ox.RdfFormat.TURTLE),
        ("xml", ox.RdfFormat.RDF_XML),
        ("pretty-xml", ox.RdfFormat.RDF_XML),
        ("json-ld", ox.RdfFormat.JSON_LD),
    ],
)
@given(quads=graphs())
@settings(max_examples=60, deadline=None)
def test_every_line_of_what_rdflib_writes_is_found(
    name: str, form: ox.RdfFormat, quads: list[ox.Quad]
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = graph_of(quads).serialize(format=name, encoding="utf-8")
    try:
        list(ox.parse(data, format=form, base_iri=BASE))
    except SyntaxError:
        return  # what the parser refuses is never asked for
    statements = read(data, form)
    if form != ox.RdfFormat.RDF_XML:
        assert_lines(data, statements)


class Hand:
    """Someone who writes Turtle or TriG without any habit."""

    def __init__(self, chance: random.Random, *, trig: bool) -> None:
        self.chance = chance
        self.trig = trig
        self.number = 0
        self.gaps = chance.choice([[" "], [" ", "\n"], [" ", "\n", "\r\n", "\t", "\n\n"], None])

    def gap(self) -> str:
        gaps = self.gaps or [" ", "\n", ' # <x> [ ( "\n', "\t\r\n", "\n#\n ", "\n \n"]
        return self.chance.choice(gaps)

    def mark(self) -> str:
        self.number += 1
        return f"m{self.number:04}"

    def document(self) -> str:
        parts = [
            f"@prefix : <{E}> .",
            f"PREFIX{self.gap()}p.q-r:{self.gap()}<{E}p/>",
            f"@base{self.gap()}<http://b.example/x/>{self.gap()}.",
        ]
        parts += [self.part() for _ in range(self.chance.randint(1, 6))]
        return self.gap().join(parts) + self.chance.choice(["", "\n", " # end"])

    def part(self) -> str:
        choice = self.chance.random()
        if choice < 0.1:
            return self.chance.choice(
                ["base <../y/>", "@prefix : <z#> .", "Prefix é: <http://é.example/>"]
            )
        if not self.trig or choice < 0.5:
            return self.statement() + self.gap() + "."
        name = self.chance.choice([self.iri(), "_:g", "[]", f"GRAPH {self.iri()}", "GRAPH[ ]", ""])
        inside = f"{self.gap()}.{self.gap()}".join(
            self.statement() for _ in range(self.chance.randint(0, 3))
        )
        stop = self.chance.choice(["", "."]) if inside else ""
        return f"{name}{self.gap()}{{{self.gap()}{inside}{self.gap()}{stop}}}"

    def statement(self) -> str:
        choice = self.chance.random()
        if choice < 0.15:
            more = self.chance.choice(["", self.properties()])
            return f"[{self.gap()}{self.properties()}{self.gap()}]{self.gap()}{more}"
        subject = self.iri()
        if choice < 0.3:
            subject = self.collection(2)
        elif choice < 0.5:
            subject = self.chance.choice(["_:a", "_:b.c", "[]", "[ ]"])
        return f"{subject}{self.gap()}{self.properties()}"

    def properties(self, depth: int = 0) -> str:
        parts = [
            self.verb()
            + self.gap()
            + f"{self.gap()},{self.gap()}".join(
                self.term(depth) for _ in range(self.chance.randint(1, 3))
            )
            for _ in range(self.chance.randint(1, 3))
        ]
        stop = self.chance.choice(["", "", ";", f";{self.gap()};"])
        return f"{self.gap()};{self.gap()}".join(parts) + self.gap() + stop

    def verb(self) -> str:
        return self.chance.choice(["a", ":p", "p.q-r:s", "<r>", f"<{E}t>"])

    def collection(self, depth: int) -> str:
        items = [self.term(depth + 1) for _ in range(self.chance.randint(0, 3))]
        return "(" + self.gap() + self.gap().join([*items, ")"])

    def term(self, depth: int) -> str:
        kinds: list[Callable[[], str]] = [self.iri, self.literal, self.number_or_word, self.blank]
        if depth < 3:
            kinds += [
                lambda: self.collection(depth),
                lambda: f"[{self.gap()}{self.properties(depth + 1)}{self.gap()}]",
            ]
        return self.chance.choice(kinds)()

    def blank(self) -> str:
        return self.chance.choice(["[]", f"[{self.gap()}]", "_:a", "_:b.c", "_:1-é"])

    def iri(self) -> str:
        mark = self.mark()
        return self.chance.choice(
            [
                f":{mark}",
                f"p.q-r:{mark}.x",
                f":{mark}\\,\\(",
                f":a:{mark}%20",
                f"<{mark}>",
                f"<../{mark}?q#f>",
                f"<http://x.example/{mark}>",
                f"<\\u00E9{mark}\\U0001F600>",
                f"<//h.example/{mark}/./..>",
                f":é{mark}",
            ]
        )

    def literal(self) -> str:
        mark = self.mark()
        text = self.chance.choice(
            [
                f'"{mark}"',
                f"'{mark} \" # '",
                f'"""{mark} "" \n " \\""""',
                f"'''{mark}\r\n'' ] . '''",
                f'"{mark}\\n\\t\\"\\\\\\u00e9"',
                f'"""{mark}\n\n\n"""',
            ]
        )
        suffix = ["", "", "@en", "@EN-gb", f"^^:{mark}", f"^^<{E}t>", f"{self.gap()}^^:t"]
        suffix.append("^^<http://www.w3.org/2001/XMLSchema#string>")
        return text + self.chance.choice(suffix)

    def number_or_word(self) -> str:
        return self.chance.choice(
            ["1", "-01", "+2.50", ".5", "1e9", "1.E-3", "-.5E+1", "true", "false"]
        )


@pytest.mark.parametrize("form", [ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG], ids=str)
@given(chance=st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_every_line_of_what_a_hand_writes_is_found(
    form: ox.RdfFormat, chance: random.Random
) -> None:
    data = Hand(chance, trig=form == ox.RdfFormat.TRIG).document().encode()
    assert_lines(data, read(data, form))


@pytest.mark.parametrize("form", [ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG], ids=str)
@given(chance=st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_blocks_of_others_can_be_passed_over(form: ox.RdfFormat, chance: random.Random) -> None:
    data = Hand(chance, trig=form == ox.RdfFormat.TRIG).document().encode()
    whole = list(read_turtle(io.BytesIO(data), base=BASE))
    for subject in {found.subject for found in whole if not found.subject.startswith("_:")}:
        some = list(read_turtle(io.BytesIO(data), base=BASE, subjects={subject}))
        assert about(subject, some) == about(subject, whole)


def about(subject: str, statements: list[Statement]) -> list[tuple[str | int, ...]]:
    return [
        (found.predicate, found.object.partition("_:")[0], found.block, found.line)
        for found in statements
        if found.subject == subject
    ]


@pytest.mark.parametrize("labels", [False, True], ids=["no labels", "labels"])
@given(chance=st.randoms(use_true_random=False))
@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_lines_by_blocks_are_those_of_the_whole_file(
    chance: random.Random, tmp_path: Path, *, labels: bool
) -> None:
    text = Hand(chance, trig=False).document()
    if not labels:
        text = re.sub("_:(?:a|b\\.c|1-é)", "[]", text)
        # Not everything is one subject's only block.
        for _ in range(2):
            text = text.replace(f":m{chance.randint(1, 20):04}", f":m{chance.randint(1, 20):04}")
    file = tmp_path / "data.ttl"
    file.write_bytes(text.encode())
    statements = list(read_statements(file, "turtle", 1, BASE))
    wanted = [w for w in some_wanted(chance, statements) if not w.focus.startswith('"')]
    whole, blocks = Search("data", wanted), Search("data", wanted)
    for statement in statements:
        whole.offer(statement)
    if search_blocks(blocks, file, 1, BASE):
        assert blocks.places == whole.places


def some_wanted(chance: random.Random, statements: list[Statement]) -> list[Wanted]:
    found = []
    for one in chance.sample(statements, min(len(statements), chance.randint(1, 4))):
        focus = chance.choice([one.subject, one.object, one.subject])
        path = chance.choice([None, one.predicate, f"^{one.predicate}", E + "none"])
        value = chance.choice([None, one.object, one.subject, chance.choice(statements).object])
        found.append(Wanted(graph=None, focus=focus, path=path, value=value))
    return found


@given(chance=st.randoms(use_true_random=False), size=st.integers(1, 200))
@settings(max_examples=60, deadline=None)
def test_it_does_not_matter_where_the_pieces_of_a_file_end(
    chance: random.Random, size: int
) -> None:
    data = Hand(chance, trig=False).document().encode()

    class Slow(io.BytesIO):
        def read(self, _: int | None = -1) -> bytes:
            return super().read(size)

    assert list(read_turtle(Slow(data), base=BASE)) == list(
        read_turtle(io.BytesIO(data), base=BASE)
    )


def cuts(data: bytes) -> Iterator[bytes]:
    for end in range(0, len(data), max(1, len(data) // 40)):
        yield data[:end]
        yield data[end:]


@pytest.mark.parametrize("form", READERS, ids=str)
@given(quads=graphs(), noise=st.binary(max_size=20))
@settings(max_examples=15, deadline=None)
def test_no_reader_raises_on_what_is_broken(
    form: ox.RdfFormat, quads: list[ox.Quad], noise: bytes
) -> None:
    data = ox.serialize(quads, format=form)
    for broken in cuts(data):
        list(READERS[form](io.BytesIO(broken + noise), base=BASE))
        list(READERS[form](io.BytesIO(noise + broken), base=BASE))
