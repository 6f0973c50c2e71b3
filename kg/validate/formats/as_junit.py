"""JUnit XML, the form in which build servers show tests: a suite a graph, a case a kind of result.

Source: the schema of the Jenkins xUnit plugin (junit-10.xsd), which most servers read.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from xml.etree import ElementTree as ET

from kg.validate.formats.as_text import to_text
from kg.validate.formats.names import Names
from kg.validate.report import Result, ValidationReport

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_junit(report: ValidationReport, limit: int | None = None) -> str:
    """Return JUnit XML.

    What fails the validation is a failure; what does not is told in `system-out`; broken shapes and
    engines that disagree are errors. There is always one case, so that no server takes the file
    for an empty run.

    Args:
        report: what was found.
        limit: has no effect: counts are taken from the file.
    """
    del limit
    root = ET.Element("testsuites", name="kg validate")
    _add_run(root, report)
    for name, results in _by_graph(report):
        _add_suite(root, report, name, results)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _add_run(root: ET.Element, report: ValidationReport) -> None:
    """Add the suite of the run itself: shapes that can be used, engines that agree."""
    names = Names(dict(report.prefixes))
    suite = ET.SubElement(root, "testsuite", name="validation")
    for about in ("shapes", "data"):
        found = [p for p in report.problems if p.about == about]
        lines = [f"{p.place or '-'}: {p.message} [{p.code}]" for p in found]
        broken = any(p.severity == "Violation" for p in found)
        _add_case(suite, about, "error" if broken else None, f"broken {about}", lines)
    if report.differences:
        lines = [f"only {d.engine}: {_line(d.result, names)}" for d in report.differences]
        _add_case(suite, "engines", "error", "the engines disagree", lines)
    verdict = to_text(report, 0).partition("\n")[0]
    failed = report.unchecked and report.unchecked_fails
    _add_case(suite, "targets", "failure" if failed else None, verdict, [verdict])
    if report.texts_given and not report.words_checked:
        lines = [f"{report.articles - report.texts} of {report.articles} texts are not at hand"]
        _add_case(suite, "texts", "failure", lines[0], lines)
    _count(suite)


def _by_graph(report: ValidationReport) -> Iterator[tuple[str, list[Result]]]:
    def name(result: Result) -> str:
        return result.graph or (result.place.file if result.place else "default graph")

    for graph, group in groupby(sorted(report.results, key=name), key=name):
        yield graph, list(group)


def _add_suite(
    root: ET.Element, report: ValidationReport, name: str, results: list[Result]
) -> None:
    suite = ET.SubElement(root, "testsuite", name=_clean(name))
    files = {result.place.file if result.place else "" for result in results} - {"", "-"}
    if len(files) == 1:  # of a case the schema has no file
        suite.set("file", _clean(files.pop()))

    names = Names(dict(report.prefixes))

    def kind(result: Result) -> tuple[str, str, bool]:
        return names.title(result), result.message, report.fails(result)

    for (title, message, fails), group in groupby(sorted(results, key=kind), key=kind):
        found = list(group)
        lines = [_line(result, names) for result in found]
        kind_of, severity = ("failure", found[0].severity) if fails else (None, None)
        _add_case(
            suite, f"{title}: {message}", kind_of, f"{len(found)}: {message}", lines, severity
        )
    _count(suite)


def _add_case(
    suite: ET.Element,
    name: str,
    kind: str | None,
    message: str,
    lines: list[str],
    label: str | None = None,
) -> None:
    case = ET.SubElement(suite, "testcase", name=_clean(name), classname=suite.get("name") or "")
    text = _clean("\n".join(lines))
    if kind is not None:
        ET.SubElement(case, kind, message=_clean(message), type=label or kind).text = text
    elif text:
        ET.SubElement(case, "system-out").text = text


def _count(suite: ET.Element) -> None:
    suite.set("tests", str(len(suite.findall("testcase"))))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", str(len(suite.findall("testcase/error"))))


def _line(result: Result, names: Names) -> str:
    text = result.sentence or result.words
    return f"{names.located(result)}  “{text}”" if text else names.located(result)


def _clean(text: str) -> str:
    """Return a text with what XML 1.0 has no place for replaced.

    Source: https://www.w3.org/TR/xml/#charsets
    """
    return _ILLEGAL.sub("\ufffd", text)
