"""The report for programs: all of it as JSON, the form that a baseline is read from."""

import json
from dataclasses import asdict
from typing import Any

from kg.validate.report import Result, ValidationReport


def to_json(report: ValidationReport, limit: int | None = None) -> str:
    """Return the whole report; what has no value is left out.

    Args:
        report: what was found.
        limit: has no effect: a baseline needs all results.
    """
    del limit
    value = {
        "conforms": report.conforms,
        "checked": report.checked,
        "words_checked": report.words_checked,
        "fail_on": report.fail_on,
        "engine": report.engine,
        "files": list(report.files),
        "graphs": report.graphs,
        "triples": report.triples,
        "articles": report.articles,
        "texts": report.texts,
        "counts": report.counts,
        "new": len(report.new_results),
        "gone": report.gone,
        "notices": list(report.notices),
        "problems": [_plain(asdict(problem)) for problem in report.problems],
        "differences": [
            {"engine": difference.engine, "result": _result(difference.result)}
            for difference in report.differences
        ],
        "results": [_result(result) for result in report.results],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _result(result: Result) -> dict[str, Any]:
    value = _plain(asdict(result))
    if not result.known:
        del value["known"]
    return value


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    return {name: item for name, item in value.items() if item is not None}
