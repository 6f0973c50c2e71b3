"""Lines of nodes and statements: every construct of Turtle, TriG and lines, by hand."""

import gzip
import io
from pathlib import Path
from time import process_time

import pyoxigraph as ox
import pytest

from kg.validate.places import Wanted, find_places
from kg.validate.places.statements import RDF, read_term
from kg.validate.places.turtle import read_turtle
from kg.validate.report import Place
from tests.unit.places import XSD, E, Term, place

HEAD = f"@prefix : <{E}> .\n"
BLOCK = HEAD + ':a :p :b ;\n  :q 1 ,\n     "x"@EN .\n:c :p :a .\n:a :r :d .\n'


@pytest.mark.parametrize(
    ("focus", "path", "value", "expected"),
    [
        ("a", "p", "b", (2, True)),
        ("a", "q", f'"1"^^<{XSD}integer>', (3, True)),
        ("a", "q", '"x"@en', (4, True)),
        ("a", "r", "d", (6, True)),
        ("a", "q", None, (3, True)),
        ("a", "q", '"missing"', (3, False)),
        ("a", "missing", None, (2, False)),
        ("a", None, None, (2, False)),
        ("a", None, "a", (2, False)),
        ("a", None, "d", (6, False)),
        ("a", None, "q", (3, False)),
        ("a", None, '"missing"', (2, False)),
        ("a", f"^{E}p", "c", (5, True)),
        ("a", f"^<{E}p>", None, (5, True)),
        ("a", f"(<{E}r>|<{E}p>)", "d", (6, True)),
        ("a", f"(<{E}r>|^<{E}p>)", "c", (5, True)),
        ("a", f"<{E}p>/<{E}q>", "b", (2, False)),
        ("a", f"(<{E}p>)*", "b", (2, False)),
        ("b", "p", None, (2, False)),
        ("d", None, None, (6, False)),
        (f'"1"^^<{XSD}integer>', None, None, (3, False)),
        ("nobody", "p", "b", None),
    ],
)
def test_the_nearest_line_is_taken(
    tmp_path: Path, focus: str, path: Term, value: Term, expected: tuple[int, bool] | None
) -> None:
    assert place(tmp_path, BLOCK, focus, path, value) == expected


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (":b", "b"),
        ("<b>", "http://base.example/b"),
        ("<#b>", "http://base.example/file#b"),
        ("<\\u0062:\\U00000063>", "b:c"),
        (":b\\,\\(c", E + "b,(c"),
        (":b%20c.d", E + "b%20c.d"),
        ("é.x:b", "http://é.example/b"),
        ("01", f'"01"^^<{XSD}integer>'),
        ("-1.50", f'"-1.50"^^<{XSD}decimal>'),
        ("1.E3", f'"1.E3"^^<{XSD}double>'),
        ("true", f'"true"^^<{XSD}boolean>'),
        ('"b"', '"b"'),
        ("'b\"'", '"b\\""'),
        ('"""b\n\n"c" \\\\"""', '"b\\n\\n\\"c\\" \\\\"'),
        ("'''b\n'c'\n'''", "\"b\\n'c'\\n\""),
        ('"b\\t\\u00e9"', '"b\\té"'),
        ('"b"@de-CH', '"b"@de-ch'),
        ('"b"^^:t', f'"b"^^<{E}t>'),
        (f'"b" ^^ <{XSD}string>', '"b"'),
    ],
)
def test_a_term_is_known_however_it_is_written(tmp_path: Path, written: str, value: str) -> None:
    head = HEAD + "PREFIX é.x: <http://é.example/>\n"
    text = f"{head}:a :p # :a :p {written[:1]}\n  :first ,\n  {written} , :last .\n"
    assert place(tmp_path, text, "a", "p", value) == (5, True)
    after = 5 + written.count("\n")
    assert place(tmp_path, text, "a", "p", "last") == (after, True)


@pytest.mark.parametrize(
    "written",
    ["@base <http://x.example/> .", "BASE <http://x.example/>", "bAsE<http://x.example/>"],
)
def test_a_base_holds_from_where_it_stands(tmp_path: Path, written: str) -> None:
    text = f"<a> <p> <b> .\n{written}\n<a> <p> <b> .\n"
    old, new = "http://base.example/", "http://x.example/"
    assert place(tmp_path, text, old + "a", old + "p", old + "b") == (1, True)
    assert place(tmp_path, text, new + "a", new + "p", new + "b") == (3, True)


def test_lines_that_end_as_on_windows_count_once(tmp_path: Path) -> None:
    assert place(tmp_path, BLOCK.replace("\n", "\r\n"), "a", "r", "d") == (6, True)


def test_a_type_is_a_property_like_any_other(tmp_path: Path) -> None:
    assert place(tmp_path, HEAD + ":a\n a :B .", "a", RDF + "type", "B") == (3, True)


NESTED = (
    HEAD
    + """:a :p [
    :q 1 ;
    :r [ :s
      2 ]
  ] , ( 3
    [ :t 4 ] ) .
[ :u 5 ] .
_:x :v
  _:x .
"""
)


@pytest.mark.parametrize(
    ("focus", "path", "value", "expected"),
    [
        ("_:f1b1", "q", None, (3, True)),
        ("_:f1b1", "missing", None, (2, False)),
        ("a", "p", "_:f1b1", (2, True)),
        ("_:f1b1", "r", "_:f1b2", (4, True)),
        ("_:f1b2", "s", f'"2"^^<{XSD}integer>', (5, True)),
        ("a", "p", "_:f1b3", (6, True)),
        ("_:f1b4", RDF + "first", "_:f1b5", (7, True)),
        ("_:f1b5", "t", None, (7, True)),
        ("_:f1b6", "u", None, (8, True)),
        ("_:f1b7", "v", "_:f1b7", (10, True)),
        ("_:f1b7", None, None, (9, False)),
        ("_:f1b8", None, None, None),
        ("_:f2b1", None, None, None),
    ],
)
def test_a_blank_node_is_found_by_its_rank(
    tmp_path: Path, focus: str, path: Term, value: Term, expected: tuple[int, bool] | None
) -> None:
    assert place(tmp_path, NESTED, focus, path, value) == expected


@pytest.mark.parametrize(
    "construct",
    [
        ":x :y << :s :p :o >> .",
        "<< :s :p [] ~ :r >> :y :z .",
        ":x :y <<( :s :p <<( :a :b :c )>> )>> .",
        ":x :y :z {| :q [ :r 1 . 2 ] |} .",
        ":x :y :z ~ :r , :w .",
        ":x :y [ :q << :s :p :o >> ; :r 2 ] ; :s 3 .",
    ],
)
def test_statements_about_statements_are_passed_over(tmp_path: Path, construct: str) -> None:
    construct = construct.replace("1 . 2", "1")
    text = f"{HEAD}{construct}\n:a :p :b .\n[] :p :c .\n"
    ox.serialize(ox.parse(text, format=ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_QUADS)
    assert place(tmp_path, text, "a", "p", "b") == (3, True)
    ranks = [place(tmp_path, text, f"_:f1b{rank}", "p", "c") for rank in range(1, 6)]
    assert set(ranks) <= {None, (4, True)}


def test_a_reader_that_parts_from_the_parser_gives_no_blank_node(tmp_path: Path) -> None:
    text = HEAD + "[] :p :a .\n:x :y << :s :p :o >> .\n[] :p :b .\n"
    assert place(tmp_path, text, "_:f1b1", "p", "a") == (2, True)
    for rank in range(2, 6):
        assert place(tmp_path, text, f"_:f1b{rank}", "p") is None


TRIG = (
    HEAD
    + """:a :p 1 .
:g { :a :p 1 .
  :b :p 2 }
GRAPH :h {
  :b :p 2 . }
_:n { :b :p 3 }
{ :c :p
  4 }
"""
)


@pytest.mark.parametrize(
    ("graph", "focus", "value", "expected"),
    [
        (None, "a", "1", (2, True)),
        ("g", "a", "1", (3, True)),
        ("h", "b", "2", (6, True)),
        ("_:f1b1", "b", "3", (7, True)),
        (None, "c", "4", (9, True)),
        (None, "b", "2", (4, True)),
        ("h", "a", "1", (2, True)),
        ("h", "b", "3", (6, False)),
    ],
)
def test_a_statement_is_looked_for_in_its_graph_first(
    tmp_path: Path, graph: Term, focus: str, value: str, expected: tuple[int, bool]
) -> None:
    number = f'"{value}"^^<{XSD}integer>'
    assert place(tmp_path, TRIG, focus, "p", number, form="trig", graph=graph) == expected


@pytest.mark.parametrize("form", ["ntriples", "nquads"])
def test_in_lines_each_statement_has_its_own(tmp_path: Path, form: str) -> None:
    graph = f" <{E}g>" if form == "nquads" else ""
    lines = [
        "# <a> <b> <c> .",
        f"<{E}a> <{E}p> <{E}b>{graph} .",
        "",
        f'<{E}a>\t<{E}p> "x\\n\\u00e9"@EN{graph} . # end',
        f'_:x <{E}p> "1"^^<{XSD}integer>{graph}.',
        f"_:y <{E}p> _:x{graph} .\r",
    ]
    text = "\n".join(lines)
    name = "g" if graph else None
    for focus, value, line in [
        ("a", "b", 2),
        ("a", '"x\\né"@en', 4),
        ("_:f1b1", f'"1"^^<{XSD}integer>', 5),
        ("_:f1b2", "_:f1b1", 6),
    ]:
        found = place(tmp_path, text, focus, "p", value, form=form, graph=name)
        assert found == (line, True)


def test_a_packed_file_counts_as_if_it_were_not(tmp_path: Path) -> None:
    file = tmp_path / "data.ttl.gz"
    file.write_bytes(gzip.compress(NESTED.encode(), mtime=0))
    wanted = Wanted(graph=None, focus="_:f3b2", path=E + "s")
    found = find_places(str(file), "turtle", [wanted], 3)
    assert found == {wanted: Place(file=str(file), line=5, exact=True)}
    file.write_bytes(gzip.compress(NESTED.encode(), mtime=0)[:-20])
    find_places(str(file), "turtle", [wanted], 3)


def test_the_bytes_may_lie_elsewhere_than_the_name_says(tmp_path: Path) -> None:
    file = tmp_path / "spool"
    file.write_text(BLOCK)
    wanted = Wanted(graph=None, focus=E + "a", path=E + "r", value=E + "d")
    assert find_places("-", "turtle", [wanted], path=file) == {
        wanted: Place(file="-", line=6, exact=True)
    }


def test_what_cannot_be_read_has_no_places(tmp_path: Path) -> None:
    wanted = [Wanted(graph=None, focus=E + "a"), Wanted(graph=None, focus="_:f1b1")]
    assert find_places(str(tmp_path / "none.ttl"), "turtle", wanted) == {}
    assert find_places(str(tmp_path / "none.n3"), "n3", wanted) == {}


def test_reading_stops_when_every_line_is_found(tmp_path: Path) -> None:
    class Counted(io.BytesIO):
        taken = 0

        def read(self, size: int | None = -1) -> bytes:
            data = super().read(size)
            self.taken += len(data)
            return data

    text = (BLOCK + "".join(f":s{n} :p {n} .\n" for n in range(100_000))).encode()
    file = Counted(text)
    next(read_turtle(file))
    assert file.taken < len(text) / 2


def test_nesting_has_no_bound(tmp_path: Path) -> None:
    deep = 5_000
    text = HEAD + ":a :p " + "[ :p\n" * deep + ":b" + " ]" * deep + " .\n:a :p :c ."
    assert place(tmp_path, text, "a", "p", "c") == (3 + deep, True)


def test_the_items_of_a_long_list_are_each_read_once(tmp_path: Path) -> None:
    items = "1 " * 30_000
    text = f"{HEAD}:a :p ( {items}) .\n[] :q 2 .\n"
    before = process_time()
    assert place(tmp_path, text, "_:f1b30001", "q", '"3"') == (3, False)
    assert process_time() - before < 10  # seconds; minutes where each item leads up anew


def test_literals_are_compared_whatever_their_escapes() -> None:
    assert read_term('"a\\u0009\\"b"@EN') == read_term('"a\\t\\"b"@en')
    assert read_term(f'"a"^^<{XSD}string>') == read_term('"a"')
    assert read_term('"a"@en') != read_term('"a\\"@en"')


def test_a_node_with_many_wrong_values_is_found_as_fast_as_many_nodes(tmp_path: Path) -> None:
    file = tmp_path / "data.ttl"
    count = 20_000
    file.write_text(HEAD + ":a :p\n" + ",\n".join(map(str, range(count))) + " .\n")
    numbers = [f'"{number}"^^<{XSD}integer>' for number in range(count)]
    wanted = [Wanted(graph=None, focus=E + "a", path=E + "p", value=n) for n in numbers]
    places = find_places(str(file), "turtle", wanted)
    assert [places[one].line for one in wanted] == list(range(3, count + 3))


def test_a_byte_order_mark_hides_nothing(tmp_path: Path) -> None:
    for form, text in (("turtle", NESTED), ("ntriples", f"_:a <{E}p> _:b .\n")):
        assert place(tmp_path, "\ufeff" + text, "_:f1b1", None, None, form=form) is not None
