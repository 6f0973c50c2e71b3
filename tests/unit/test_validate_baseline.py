"""The baseline: what an earlier report knew already, and what is gone since."""

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.validate import render_report
from kg.validate.baseline import fingerprint, judge_report, load_baseline, mark_known
from kg.validate.report import Place, Result, ValidationReport


def result(**changes: object) -> Result:
    base = Result(
        focus="https://a.example/x",
        path="https://schema.org/name",
        value='"1"',
        severity="Violation",
        message="A name is text.",
        shape="https://a.example/shapes#Name",
        component="Datatype",
        graph="https://a.example/g",
        place=Place(file="a.ttl", line=3),
    )
    return replace(base, **changes)


def report(*results: Result) -> ValidationReport:
    return ValidationReport(results=results, graphs=1, triples=9)


def written(tmp_path: Path, *results: Result) -> Path:
    file = tmp_path / "report.json"
    file.write_text(render_report(report(*results), "json"), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "changes",
    [
        {"message": "Names are text."},
        {"place": Place(file="b.ttl", line=99)},
        {"place": None},
        {"headline": "Another", "sentence": "Another.", "words": "An"},
    ],
)
def test_a_result_is_known_again_after_lines_and_messages_changed(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    baseline = load_baseline(written(tmp_path, result()))
    judged = judge_report(report(result(**changes)), baseline=baseline)
    assert (judged.conforms, judged.compared, judged.gone) == (True, True, 0)
    assert [r.known for r in judged.results] == [True]


@pytest.mark.parametrize(
    "changes",
    [
        {"focus": "https://a.example/y"},
        {"path": "https://schema.org/url"},
        {"path": None},
        {"value": '"2"'},
        {"value": None},
        {"shape": "https://a.example/shapes#Other"},
        {"component": "MinCount"},
        {"graph": None},
    ],
)
def test_a_result_that_says_something_else_is_new(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    baseline = load_baseline(written(tmp_path, result()))
    judged = judge_report(report(result(**changes)), baseline=baseline)
    assert (judged.conforms, judged.gone) == (False, 1)


def test_labels_of_blank_nodes_and_nameless_shapes_do_not_count() -> None:
    one = result(focus="_:f1b3", value="_:f1b4", shape="urn:kg:nameless-shape:1")
    two = result(focus="_:f2b9", value="_:f2b1", shape="urn:kg:nameless-shape:7")
    assert fingerprint(one) == fingerprint(two)
    assert fingerprint(one) != fingerprint(replace(one, focus="https://a.example/x"))
    assert fingerprint(result(value='"_:f1b3"')) != fingerprint(result(value='"_:f1b4"'))


def test_as_many_are_known_as_the_baseline_has(tmp_path: Path) -> None:
    blank = [result(focus=f"_:f1b{number}") for number in range(1, 4)]
    baseline = load_baseline(written(tmp_path, *blank[:2]))
    marked, gone = mark_known(blank, baseline)
    assert ([r.known for r in marked], gone) == ([True, True, False], 0)
    assert mark_known(blank[:1], baseline)[1] == 1
    assert mark_known(blank[:1], baseline)[1] == 1


def test_what_was_known_once_stays_known_in_the_next_baseline(tmp_path: Path) -> None:
    baseline = load_baseline(written(tmp_path, result()))
    judged = judge_report(report(result()), baseline=baseline)
    again = judge_report(
        report(result()), baseline=load_baseline(written(tmp_path, *judged.results))
    )
    assert again.conforms


def test_the_severity_that_fails_is_set_with_and_without_a_baseline(tmp_path: Path) -> None:
    thin = result(severity="Warning")
    assert judge_report(report(thin)).conforms
    assert not judge_report(report(thin), fail_on="Warning").conforms
    baseline = load_baseline(written(tmp_path, thin))
    assert judge_report(report(thin), fail_on="Warning", baseline=baseline).conforms


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not json",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b"null",
        b'{"results": {}}',
        b'{"results": [1]}',
        b'{"results": [{"ruleId": "x"}]}',
        b'{"runs": [{"results": []}]}',
        b"[" * 200_000,
    ],
)
def test_a_file_that_is_no_report_is_refused_with_the_way_out(
    tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "odd.json"
    file.write_bytes(content)
    with pytest.raises(InputError, match=r"odd\.json: .*--report FILE\.json") as caught:
        load_baseline(file)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.json: .*--report FILE\.json"):
        load_baseline(tmp_path / "none.json")
    with pytest.raises(InputError, match="--report"):
        load_baseline(tmp_path)
