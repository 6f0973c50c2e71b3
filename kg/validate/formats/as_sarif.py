"""SARIF 2.1.0, which code scanning reads: a rule a shape, a result a finding, with its line.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kg.validate.baseline import fingerprint
from kg.validate.formats.names import SHAPES, Names, from_here
from kg.validate.report import Place, Problem, Result, ValidationReport
from kg.vocabulary import VERSION

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {"Violation": "error", "Warning": "warning", "Info": "note"}
_RANKS = {"error": 0, "warning": 1, "note": 2}
_Json = dict[str, Any]


def to_sarif(report: ValidationReport, limit: int | None = None) -> str:
    """Return a SARIF log with one run.

    Files are told relative to the folder the command ran in (`%SRCROOT%`), where they lie below it.

    Args:
        report: what was found.
        limit: has no effect: what is not in the log counts as mended.
    """
    del limit
    entries = [*map(_problem, report.problems)]
    names = Names(dict(report.prefixes))
    entries += [_result(result, report, names) for result in report.results]
    run: _Json = {
        "tool": {"driver": _driver(entries)},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "where kg was run"}}},
        "invocations": [_invocation(report)],
        "results": [{k: v for k, v in entry.items() if k != "_rule"} for entry in entries],
        "properties": {"conforms": report.conforms, "checked": report.checked},
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _driver(entries: Iterable[_Json]) -> _Json:
    """Return the tool with its rules; the worst level of a rule's results is its own."""
    rules: dict[str, _Json] = {}
    for entry in entries:
        rule, level = entry["_rule"], entry["level"]
        known = rules.setdefault(rule["id"], {**rule, "defaultConfiguration": {"level": level}})
        if _RANKS[level] < _RANKS[known["defaultConfiguration"]["level"]]:
            known["defaultConfiguration"] = {"level": level}
    return {
        "name": "kg validate",
        "semanticVersion": VERSION,
        "rules": [rules[name] for name in sorted(rules)],
    }


def _result(result: Result, report: ValidationReport, names: Names) -> _Json:
    entry = _entry(
        _rule(result.shape, result.component, result.message),
        _LEVELS[result.severity],
        "\n".join(filter(None, (result.message, names.statement(result), _words(result)))),
        result.place,
    )
    entry["partialFingerprints"] = {"kgResult/v1": fingerprint(result)}
    if result.shape_place is not None and not result.shape.startswith(SHAPES):
        entry["relatedLocations"] = [
            {**_location(result.shape_place), "message": {"text": "the shape"}}
        ]
    nodes = [(result.focus, "resource"), (result.graph, "namespace")]
    if result.place is None and len(report.files) == 1 and report.files[0] != "-":
        artifact = _artifact(report.files[0])  # code scanning takes no result without a file
        entry["locations"][0]["physicalLocation"] = {"artifactLocation": artifact}
    logical = [{"fullyQualifiedName": name, "kind": kind} for name, kind in nodes if name]
    entry["locations"][0]["logicalLocations"] = logical
    if report.compared:
        entry["baselineState"] = "unchanged" if result.known else "new"
    return entry


def _words(result: Result) -> str | None:
    text = result.sentence or result.words
    return f"“{text}”" if text else None


def _problem(problem: Problem) -> _Json:
    rule = {"id": f"{problem.about}/{problem.code}", "shortDescription": {"text": problem.code}}
    return _entry(rule, _LEVELS[problem.severity], problem.message, problem.place)


def _entry(rule: _Json, level: str, message: str, place: Place | None) -> _Json:
    location = _location(place) if place is not None else {}
    return {
        "_rule": rule,
        "ruleId": rule["id"],
        "level": level,
        "message": {"text": message},
        "locations": [location],
    }


def _rule(shape: str, component: str, message: str) -> _Json:
    name = Names({}).of_shape(shape)  # the same whatever prefixes the data have
    known = bool(name) and shape.startswith(("http://", "https://"))
    return {
        "id": f"{name or 'shape without a name'}/{component}",
        "shortDescription": {"text": message},
        **({"helpUri": shape} if known else {}),
    }


def _location(place: Place) -> _Json:
    if place.file == "-":
        return {"message": {"text": f"line {place.line} of standard input"}}
    return {
        "physicalLocation": {
            "artifactLocation": _artifact(place.file),
            "region": {"startLine": place.line},
        }
    }


def _artifact(file: str) -> _Json:
    path = from_here(file)
    base = {} if path.is_absolute() else {"uriBaseId": "%SRCROOT%"}
    return {"uri": _uri(path), **base}


def _uri(path: Path) -> str:
    """Return a file's name as a relative reference, or as a file URI where it is absolute.

    Source: https://www.rfc-editor.org/rfc/rfc3986#section-4.2
    """
    return path.as_uri() if path.is_absolute() else quote(path.as_posix(), safe="/~")


def _invocation(report: ValidationReport) -> _Json:
    notes = [{"level": "note", "message": {"text": notice}} for notice in report.notices]
    for difference in report.differences:
        text = f"only {difference.engine} finds: {Names({}).located(difference.result)}"
        notes.append({"level": "error", "message": {"text": text}})
    if report.unchecked:
        text = "nothing was checked: no node of the data is a target of the shapes"
        level = "error" if report.unchecked_fails else "note"
        notes.append({"level": level, "message": {"text": text}})
    return {
        "executionSuccessful": report.exit_code != 2 and not report.unchecked,
        "exitCode": report.exit_code,
        "toolExecutionNotifications": notes,
    }
