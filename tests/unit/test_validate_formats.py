"""The report as text, JSON, annotations: what people and scripts read."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.validate import render_report
from kg.validate.formats import FORMATS, form_of
from kg.validate.report import Difference, Place, Problem, Result, ValidationReport

ARTICLE = "https://a.example/article/1"


def result(**changes: object) -> Result:
    base = Result(
        focus=f"{ARTICLE}#event-3",
        path="https://schema.org/name",
        value='"x"@en',
        severity="Violation",
        message="A name has words.",
        shape="https://w3id.org/newskg/shapes#EventName",
        component="MinLength",
        article=ARTICLE,
        headline="Strike over",
        sentence="Dockers ended a strike.",
        words="strike",
        place=Place(file="out/graph.trig", line=7, exact=True),
        shape_place=Place(file="shapes/event.ttl", line=12),
    )
    return replace(base, **changes)


def report(*results: Result, **changes: object) -> ValidationReport:
    base = ValidationReport(
        results=tuple(sorted(results, key=lambda r: r.key)), graphs=2, triples=1234
    )
    return replace(base, **changes)


BROKEN = Problem(
    severity="Violation",
    code="unknown-term",
    message="no such term: sh:minCoun",
    place=Place(file="s.ttl", line=4),
)


def lines(found: ValidationReport, limit: int | None = None) -> list[str]:
    return render_report(found, "text", limit=limit).splitlines()


def test_a_result_is_told_in_short_with_its_places_and_words() -> None:
    assert lines(report(result())) == [
        "does not conform: 1 violation in 2 graphs (1,234 triples)",
        "",
        "VIOLATION EventName (MinLength), once: A name has words.",
        "  shape at shapes/event.ttl:12",
        "  in “Strike over”",
        '    out/graph.trig:7  <#event-3>  schema:name  "x"@en',
        "      “Dockers ended a [strike].”",
    ]


def test_the_same_sentence_is_told_once_in_a_row() -> None:
    text = render_report(report(*[result(value=f'"{n}"') for n in range(5)]), "text")
    assert text.count("Dockers ended") == 1
    assert text.count("<#event-3>") == 5


def test_the_limit_cuts_the_list_and_never_the_counts() -> None:
    many = [result(value=f'"{n}"') for n in range(30)]
    thin = [result(severity="Warning", message="Thin.", value=f'"{n}"') for n in range(9)]
    found = report(*many, *thin)
    text = "\n".join(lines(found, limit=4))
    assert text.startswith("does not conform: 30 violations, 9 warnings in")
    assert text.count("<#event-3>") == 4
    assert "… and 28 more of this kind" in text
    assert "… and 7 more of this kind" in text
    assert "WARNING EventName (MinLength), 9 times: Thin." in text
    assert len(lines(found)) > 39


def test_every_kind_has_an_example_before_one_has_many() -> None:
    many = [result(value=f'"{n}"') for n in range(30)]
    rest = [result(message=f"Wrong {n}.", value='"z"') for n in range(3)]
    text = render_report(report(*many, *rest), "text", limit=10)
    assert text.count('"z"') == 3
    assert "… and 23 more of this kind" in text


def test_many_kinds_are_cut_by_the_limit_too() -> None:
    found = report(*[result(message=f"Wrong {n:03}.") for n in range(300)])
    text = lines(found, limit=25)
    assert sum(line.startswith("VIOLATION") for line in text) == 25
    assert text[-1] == "… and 275 more kinds, 275 results in all"
    assert sum(line.startswith("VIOLATION") for line in lines(found)) == 300


def test_results_of_a_kind_stand_in_the_order_of_the_file() -> None:
    places = {"#b": 100, "#a": 20, "#c": 3}
    found = report(
        *(result(focus=ARTICLE + n, place=Place(file="a", line=p)) for n, p in places.items())
    )
    told = [line.split()[0] for line in lines(found) if line.startswith("    a:")]
    assert told == ["a:3", "a:20", "a:100"]


def test_one_kind_is_told_once_whatever_stands_between() -> None:
    mixed = [
        result(focus=f"{ARTICLE}#event-{n}", message=("Odd.", "Even.")[n % 2]) for n in range(6)
    ]
    heads = [line for line in lines(report(*mixed)) if line.startswith("VIOLATION")]
    assert heads == [
        "VIOLATION EventName (MinLength), 3 times: Even.",
        "VIOLATION EventName (MinLength), 3 times: Odd.",
    ]


def test_the_worst_comes_first_and_the_known_last() -> None:
    found = report(
        result(known=True),
        result(severity="Info", message="Look."),
        result(severity="Warning", message="Thin."),
        result(message="Wrong."),
        compared=True,
        gone=4,
    )
    text = lines(found)
    assert text[1] == "3 new, 1 known to the baseline, 4 gone"
    heads = [line.split(" EventName")[0] for line in text if "EventName" in line]
    assert heads == ["VIOLATION", "WARNING", "INFO", "VIOLATION (known)"]


def test_broken_shapes_come_before_all_with_their_place() -> None:
    text = lines(report(result(), problems=(BROKEN,)))
    assert text[0] == "cannot be validated: the shapes are broken"
    assert text[1] == "s.ttl:4: broken shape: no such term: sh:minCoun [unknown-term]"


def test_differences_are_told_by_engine() -> None:
    found = report(
        differences=(
            Difference(engine="shacl", result=result()),
            Difference(engine="pyshacl", result=result(value='"y"')),
        )
    )
    text = lines(found)
    assert text[0] == "cannot be validated: the two engines do not find the same"
    assert [line for line in text if line.startswith("ONLY")] == [
        "ONLY shacl FINDS, once:",
        "ONLY pyshacl FINDS, once:",
    ]


@pytest.mark.parametrize(("triples", "reason"), [(0, "the data are empty"), (5, "vocabulary")])
def test_what_was_not_checked_never_conforms(triples: int, reason: str) -> None:
    found = ValidationReport(checked=False, graphs=1, triples=triples)
    for form in FORMATS:
        assert "nothing was checked" in render_report(found, form) or form in {"json", "turtle"}
    (verdict, *_) = lines(found)
    assert reason in verdict
    assert "conforms" not in verdict
    assert json.loads(render_report(found, "json"))["conforms"] is False


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_report_gives_the_same_bytes_and_ends_a_line(form: str) -> None:
    found = report(result(), result(path="^<https://a.example/p>", value="_:f1b2"))
    text = render_report(found, form)
    assert text == render_report(found, form)
    assert text.endswith("\n")


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("a.json", "json"),
        ("a.ttl", "turtle"),
        ("a.sarif", "sarif"),
        ("a.sarif.json", "sarif"),
        ("out.d/a.XML", "junit"),
        ("a.txt", "text"),
    ],
)
def test_the_ending_of_a_file_decides_the_form(path: str, form: str) -> None:
    assert form_of(path) == form
    assert form_of(Path(path)) == form


@pytest.mark.parametrize("path", ["a", "a.yaml", "json", "a.json.gz"])
def test_other_endings_are_refused(path: str) -> None:
    with pytest.raises(InputError, match=r"\.sarif"):
        form_of(path)


def test_an_unknown_form_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="junit"):
        render_report(report(), "html")


def test_json_has_all_results_whatever_the_limit() -> None:
    found = report(*[result(value=f'"{n}"') for n in range(9)], result(severity="Info"))
    value = json.loads(render_report(found, "json", limit=1))
    assert len(value["results"]) == 10
    assert value["counts"] == {"Violation": 9, "Warning": 0, "Info": 1}
    one = value["results"][0]
    assert one["place"] == {"file": "out/graph.trig", "line": 7, "exact": True}
    assert one["shape_place"]["line"] == 12
    assert "known" not in one


def test_an_annotation_names_file_and_line_and_keeps_to_one_line() -> None:
    odd = result(
        message="100% wrong:\r\nsee, there",
        place=Place(file="a,b:c%.ttl", line=3),
        shape="https://a.example/s,1",
    )
    first, *_ = render_report(report(odd), "github").splitlines()
    head, _, message = first.removeprefix("::").partition("::")
    assert head.startswith("error file=a%2Cb%3Ac%25.ttl,line=3,title=")
    assert head.count(",") == 2
    assert message.startswith("100%25 wrong:%0D%0Asee, there%0A")


@pytest.mark.parametrize("place", [None, Place(file="-", line=3)])
def test_an_annotation_without_a_file_names_none(place: Place | None) -> None:
    first, *_ = render_report(report(result(place=place)), "github").splitlines()
    assert first.startswith("::error title=")


def test_github_shows_ten_of_each_level_and_the_rest_is_counted() -> None:
    found = report(
        *[result(value=f'"{n}"') for n in range(25)],
        *[result(severity="Warning", value=f'"{n}"') for n in range(11)],
        result(severity="Info"),
    )
    text = render_report(found, "github").splitlines()
    kinds = [line.split(" ")[0] for line in text if line.startswith("::")]
    assert kinds == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"]
    assert any("16 more are not shown" in line for line in text)
    few = render_report(found, "github", limit=2).splitlines()
    assert sum(line.startswith("::error") for line in few) == 2


def test_what_is_known_is_no_annotation_and_broken_shapes_are() -> None:
    known = render_report(report(result(known=True), compared=True), "github")
    assert not [line for line in known.splitlines() if line.startswith("::")]
    first, *_ = render_report(report(problems=(BROKEN,)), "github").splitlines()
    assert first.startswith("::error file=s.ttl,line=4,title=shapes%3A unknown-term::no such")
