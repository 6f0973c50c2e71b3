"""What is validated together with what."""

from pathlib import Path

import pyoxigraph as ox

from kg.map import map_articles
from kg.settings import Settings
from kg.validate import validate_graph
from kg.validate.sources import open_dataset
from kg.validate.texts import TextFinder, find_texts
from kg.validate.units import Unit, split_units
from tests.conformance.good import BASE, NAMES, TEXT, good_article, good_quads

A, P, G = "http://a.example/a", "http://a.example/p", "http://a.example/g"
NONE = TextFinder()


def units_of(path: Path, *context: str | Path, union: bool = False) -> list[Unit]:
    with open_dataset(path, context=context, union=union) as dataset:
        return list(split_units(dataset, NONE))


def lines(data: bytes) -> set[str]:
    return set(data.decode().splitlines())


def triples(quads: list[ox.Quad], graph: str) -> set[str]:
    node = ox.NamedNode(NAMES[graph])
    return {f"{quad.triple} ." for quad in quads if quad.graph_name == node}


def test_article_has_its_authority_and_text_beside_it() -> None:
    quads = list(good_quads())
    with open_dataset(quads) as dataset:
        units = {unit.graph: unit for unit in split_units(dataset, NONE)}
    article = units[NAMES["g_article"]]
    assert lines(article.own) == triples(quads, "g_article")
    assert lines(article.beside) & triples(quads, "g_authority")
    assert lines(article.beside) > lines(article.beside) & triples(quads, "g_authority")
    assert (article.articles, article.texts, article.leans) == (1, 1, True)
    assert not any(unit.beside for name, unit in units.items() if name != NAMES["g_article"])


def test_authority_comes_first_and_alone_is_shared() -> None:
    with open_dataset(list(good_quads())) as dataset:
        units = list(split_units(dataset, NONE))
    assert [unit.graph for unit in units if unit.shared] == [NAMES["g_authority"]]
    assert units[0].shared


def test_authority_gives_only_what_is_used() -> None:
    quads = list(good_quads())
    graph = ox.NamedNode(NAMES["g_authority"])
    quads.append(ox.Quad(ox.NamedNode(A), ox.NamedNode(P), ox.NamedNode(A), graph))
    with open_dataset(quads) as dataset:
        units = {unit.graph: unit for unit in split_units(dataset, NONE)}
    assert f"<{A}>".encode() in units[NAMES["g_authority"]].own
    assert f"<{A}>".encode() not in units[NAMES["g_article"]].beside


def test_text_is_found_where_the_data_have_none() -> None:
    quads = map_articles([good_article()], Settings(base=BASE))
    for texts, count in (({TEXT}, 1), ({TEXT + "!"}, 0)):
        with open_dataset(quads) as dataset:
            (unit,) = (u for u in split_units(dataset, find_texts(texts)) if u.articles)
        assert unit.texts == count
        assert (b"isString" in unit.beside) == bool(count)


def test_context_files_stand_beside_every_graph_and_are_not_told(tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_text(
        f"<{A}> <{P}> 'x' <{G}> .\n<{A}> <{P}> 'y' .\n".replace("'", '"')
    )
    (tmp_path / "c.nt").write_text(f"<{P}> <{P}> <{P}> .\n")
    context, *units = units_of(tmp_path / "a.nq", tmp_path / "c.nt")
    assert (context.shared, context.told, lines(context.own)) == (
        True,
        False,
        {f"<{P}> <{P}> <{P}> ."},
    )
    assert [unit.graph for unit in units] == [None, G]
    assert all(unit.beside == context.own and unit.leans and unit.told for unit in units)
    assert lines(units[1].data) == {f'<{A}> <{P}> "x" .', f"<{P}> <{P}> <{P}> ."}
    (_, union) = (None, units_of(tmp_path / "a.nq", tmp_path / "c.nt", union=True))
    assert lines(union[-1].data) == lines(units[0].data) | lines(units[1].data)


def test_context_graph_stands_beside_the_others_and_is_validated_once(tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_text(f'<{A}> <{P}> "x" <{G}> .\n<{A}> <{P}> "y" .\n')
    shared, other = units_of(tmp_path, G)
    assert (shared.graph, shared.shared, shared.told, shared.beside) == (G, True, True, b"")
    assert (other.graph, lines(other.beside)) == (None, {f'<{A}> <{P}> "x" .'})


def test_union_is_one_unit_with_the_texts_it_has() -> None:
    with open_dataset(list(good_quads()), union=True) as dataset:
        (unit,) = split_units(dataset, NONE)
    assert (unit.graph, unit.articles, unit.texts, unit.beside) == (None, 1, 1, b"")


def test_unit_knows_its_files_and_values(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(f'<{A}> <{P}> "x", "y" .')
    (unit,) = units_of(tmp_path)
    assert unit.files == (str(tmp_path / "a.ttl"),)
    assert [text.value for text in unit.values(ox.NamedNode(A), P)] == ["x", "y"]


def test_units_come_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_text("".join(f"<{A}> <{P}> <{G}> <{G}{n}> .\n" for n in range(9)))
    with open_dataset(tmp_path) as dataset:
        units = split_units(dataset, NONE)
        assert next(units).graph == f"{G}0"
    assert len(dataset) == 9


def test_fault_of_a_context_file_is_told_only_where_the_data_describe_the_node(
    tmp_path: Path,
) -> None:
    (tmp_path / "shapes.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <x:S> a sh:NodeShape ; "
        "sh:targetClass <x:C> ; sh:property [ sh:path <x:p> ; sh:minCount 1 ] ."
    )
    (tmp_path / "a.ttl").write_text("<x:one> a <x:C> ; <x:q> <x:two> . <x:ok> a <x:C> ; <x:p> 1 .")
    (tmp_path / "c.ttl").write_text("<x:one> a <x:C> . <x:two> a <x:C> . <x:three> a <x:C> .")
    with open_dataset(tmp_path / "a.ttl", context=[tmp_path / "c.ttl"]) as dataset:
        report = validate_graph(dataset, shapes=tmp_path / "shapes.ttl")
    assert [result.focus for result in report.results] == ["x:one"]
